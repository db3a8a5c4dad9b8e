"""The traceability matrix of a call, clause by clause: its rows, and the matrix as Markdown to sign and as CSV.

Every clause has a row for each rule and each gap it leads to, and for each reason why there is no rule. Rules and gaps
that no clause leads to come last, so that nothing of the pack is left out.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from io import StringIO
from itertools import groupby

from mpfcheck.checking.pack_tests.pack_test import ExampleResult, PackTest
from mpfcheck.checking.report import Status
from mpfcheck.frozen import Frozen
from mpfcheck.packs.call import Call, Gap
from mpfcheck.packs.clause import Clause
from mpfcheck.packs.rule import Citation, Rule
from mpfcheck.report.cell import cell
from mpfcheck.report.commonmark import code, link, markdown
from mpfcheck.report.csv import BYTE_ORDER_MARK
from mpfcheck.report.json_codec import json_text
from mpfcheck.report.say.rule import plain_data
from mpfcheck.report.words import counted

__all__ = ["COLUMNS", "Destination", "Handling", "Row", "matrix_csv", "matrix_markdown", "rows"]

TOLD = (Status.FAIL, Status.REVIEW)
"""What makes a rule tell a person something, and on which example it is shown."""


class Handling(StrEnum):
    """What becomes of a clause, in the words of the table."""

    CHECKED = "checked by a rule"
    JUDGED = "manual review, asked by a rule"
    LEFT = "left to manual review"
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
            if run.status is status and run.sentences:
                return run.sentences[0]
    return rule.message.text


def _of_gap(gap: Gap) -> Destination:
    return Destination(Handling.UNKNOWN, gap.text, gap.topic)


def _in_words(run: ExampleResult) -> str:
    example = run.example
    day = f" on {example.as_of}" if example.as_of else ""
    broken = "" if run.holds else "FAILS: "
    return f"{broken}{example.expect.replace('_', ' ')}{day}: {example.title or _data(example.given)}"


def _data(given: object) -> str:
    """Give an example's data on one line; an empty proposal in words."""
    return json_text(plain_data(given)) if given else "nothing answered yet"


COLUMNS = (
    *("clause", "text", "document", "section", "authority", "handling"),
    *("rule", "title", "severity", "examples", "message"),
)
"""The columns of the CSV. ``rule`` is the id of a rule or the topic of a gap, ``examples`` holds one a line."""

HEAD = ("| Clause | Text | Handling | Examples | Message |", f"|{' --- |' * 5}")
SIGNATURES = ("| Signed off by | Function | Date |", "| --- | --- | --- |", "| &nbsp; | | |", "| &nbsp; | | |")


def matrix_csv(table: Sequence[Row], *, byte_order_mark: bool = False) -> str:
    """Write the table as CSV (RFC 4180), a row for each pair of a clause and what it leads to."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in table:
        clause, source, led_to = row.clause, row.source, row.destination
        values = (
            *((clause.id, clause.text) if clause else ("", "")),
            *((source.document, source.section, source.authority.value) if source else ("", "", "")),
            *(led_to.handling.value, led_to.name, led_to.title, led_to.severity),
            *("\n".join(led_to.examples), led_to.message),
        )
        writer.writerow([cell(value) for value in values])
    return (BYTE_ORDER_MARK if byte_order_mark else "") + text.getvalue()


def matrix_markdown(test: PackTest, table: Sequence[Row], state: str) -> str:
    """Write the table as a document, source by source; ``state`` says how far the pack's version is settled."""
    call = test.call
    version = f"rules of version {markdown(call.version)}, checksum {code(call.sha256)}"
    blocks = [
        f"# Traceability matrix: {markdown(call.title)}",
        f"Call {code(call.id)}, {version}. {markdown(state)}",
        _summary(test, table),
    ]
    shown: dict[str, str] = {}
    for source, group in groupby((row for row in table if row.clause), key=lambda row: row.source):
        if source is not None:
            document = call.sources[source.document]
            blocks.append(f"## {link(document.title, document.url)}")
            blocks.append(f"{markdown(source.section)} (authority: {source.authority.value})")
        blocks.append(_table(group, shown))
    rest = [row for row in table if row.clause is None]
    for title, unknown in (("Rules without a clause", False), ("Not known, without a clause", True)):
        alone = [row for row in rest if (row.destination.handling is Handling.UNKNOWN) is unknown]
        if alone:
            blocks += [f"## {title}", _table(alone, shown)]
    blocks += ["## Signatures", "\n".join(SIGNATURES)]
    return "\n\n".join(blocks) + "\n"


def _summary(test: PackTest, table: Sequence[Row]) -> str:
    clauses = {row.clause.id for row in table if row.clause}
    held = f"**{len(test.failed)} fail**" if test.failed else "all pass"
    rules = f"{counted(len(test.call.rules), 'rule')} with {counted(len(test.results), 'example')}: {held}."
    if not clauses:
        return f"{rules} This call has no list of clauses; the matrix shows its rules and gaps only."
    handlings = {(row.clause.id, row.destination.handling) for row in table if row.clause}
    counts = Counter(handling for _, handling in handlings)
    said = "; ".join(f"{handling}: {counts[handling]}" for handling in Handling if counts[handling])
    return f"{counted(len(clauses), 'clause')} ({said}; a clause may have several). {rules}"


def _table(table: Iterable[Row], shown: dict[str, str]) -> str:
    return "\n".join((*HEAD, *_lines(table, shown)))


def _lines(table: Iterable[Row], shown: dict[str, str]) -> Iterator[str]:
    """Write the rows; ``shown`` holds where each rule was shown whole, so that it is only once."""
    last = None
    for row in table:
        clause, led_to = row.clause, row.destination
        # A clause that leads to several rules is said once; the rows below it go on with it.
        words = (clause.id, clause.text) if clause and clause is not last else ("", "")
        last = clause
        cells = (*map(markdown, words), _becomes(led_to))
        above = shown.get(led_to.name) if led_to.examples else None
        if above is not None:
            yield f"| {' | '.join(cells)} | see {markdown(above)} | see {markdown(above)} |"
            continue
        if clause and led_to.name:
            shown[led_to.name] = clause.id
        yield f"| {' | '.join(cells)} | {_one_a_line(led_to.examples)} | {markdown(led_to.message)} |"


def _becomes(led_to: Destination) -> str:
    name = f": **{markdown(led_to.name)}**" if led_to.name else ""
    severity = f" ({led_to.severity}) {markdown(led_to.title)}" if led_to.title else ""
    return f"{led_to.handling}{name}{severity}"


def _one_a_line(examples: Iterable[str]) -> str:
    return "<br>".join(markdown(example) for example in examples)
