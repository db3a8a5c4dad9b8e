"""Clause by clause, what a pack makes of the sources of its call: the rows of the table people sign off.

Every clause has a row for each rule and each gap it leads to, and for each reason why there is no rule. Rules and gaps
that no clause leads to come last, so that nothing of the pack is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from mpfcheck.checking.pack_tests.pack_test import ExampleResult, PackTest
from mpfcheck.checking.report import Status
from mpfcheck.frozen import Frozen
from mpfcheck.packs.call import Call, Gap
from mpfcheck.packs.clause import Clause
from mpfcheck.packs.rule import Citation, Rule
from mpfcheck.report.json_codec import json_text

__all__ = ["Destination", "Handling", "Row", "rows"]

TOLD = (Status.FAIL, Status.REVIEW)
"""What makes a rule tell a person something, and on which example it is shown."""


class Handling(StrEnum):
    """What becomes of a clause, in the words of the table."""

    CHECKED = "checked by a rule"
    JUDGED = "a person judges, asked by a rule"
    LEFT = "left to people"
    UNKNOWN = "not known"
    NOTHING = "nothing to check"


class Destination(Frozen):
    """Where a clause leads: to a rule (``name`` is its id), to a gap (its topic), or to a reason (no name).

    ``message`` is what a person is told: by the rule, by the gap, or why there is no rule. ``examples`` are lines, each
    an example of the rule and what it must say.
    """

    handling: Handling
    message: str
    name: str = ""
    title: str = ""
    severity: str = ""
    examples: tuple[str, ...] = ()


class Row(Frozen):
    """One row. ``clause`` is None for a rule or gap no clause leads to, ``source`` None for such a gap."""

    clause: Clause | None
    source: Citation | None
    destination: Destination


def rows(call: Call, clauses: Sequence[Clause], test: PackTest) -> list[Row]:
    """Make the table of a call: the rows of its clauses in their order, then what no clause leads to.

    ``test`` is what the examples of all its rules showed.
    """
    rules = {rule.id: _of_rule(rule, [run for run in test.results if run.rule is rule]) for rule in call.rules}
    gaps = {gap.topic: _of_gap(gap) for gap in call.gaps}
    made: list[Row] = []
    for clause in clauses:
        led_to = (*(rules[rule] for rule in clause.rules), *(gaps[topic] for topic in clause.gaps), *_reasons(clause))
        made += [Row(clause, clause.source, destination) for destination in led_to]
    named = {row.destination.name for row in made}
    made += [Row(None, rule.source, rules[rule.id]) for rule in call.rules if rule.id not in named]
    return made + [Row(None, None, gap) for gap in gaps.values() if gap.name not in named]


def _reasons(clause: Clause) -> Iterator[Destination]:
    if clause.left_to_people:
        yield Destination(Handling.LEFT, clause.left_to_people)
    if clause.nothing_to_check:
        yield Destination(Handling.NOTHING, clause.nothing_to_check)


def _of_rule(rule: Rule, runs: Sequence[ExampleResult]) -> Destination:
    handling = Handling.JUDGED if rule.manual else Handling.CHECKED
    examples = tuple(map(_in_words, runs))
    message = " ".join(_told(rule, runs).split())
    return Destination(handling, message, rule.id, rule.title, rule.severity.value, examples)


def _told(rule: Rule, runs: Sequence[ExampleResult]) -> str:
    """Give the message on the first example that fails, or else is for review: with values in it it says more."""
    for status in TOLD:
        for run in runs:
            if run.said is status and run.sentences:
                return run.sentences[0]
    return rule.message.text


def _of_gap(gap: Gap) -> Destination:
    return Destination(Handling.UNKNOWN, gap.text, gap.topic)


def _in_words(run: ExampleResult) -> str:
    example = run.example
    day = f" on {example.as_of}" if example.as_of else ""
    broken = "" if run.holds else "DOES NOT HOLD: "
    return f"{broken}{example.expect.replace('_', ' ')}{day}: {example.title or _data(example.given)}"


def _data(given: object) -> str:
    """Give an example's data on one line; an empty proposal in words."""
    return json_text(_plain(given)) if given else "nothing answered yet"


def _plain(value: object) -> object:
    """Data of a rule file as JSON can write it: its exact numbers as text."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)
