"""The traceability matrix of a call, clause by clause: its rows, and the matrix to sign, as blocks and as CSV.

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
from mpfcheck.json_codec import json_text
from mpfcheck.packs.call import Call, Gap
from mpfcheck.packs.clause import Clause
from mpfcheck.packs.rule import Citation, Rule
from mpfcheck.report.blocks import Block, Cell, Code, Columns, Say, Section, Spans, Strong, Table, Title
from mpfcheck.report.cell import cell
from mpfcheck.report.csv import BYTE_ORDER_MARK
from mpfcheck.report.say.rule import plain_data
from mpfcheck.report.words import cited, counted

__all__ = ["COLUMNS", "Destination", "Handling", "Row", "matrix_blocks", "matrix_csv", "rows"]

WITH_MESSAGE = (Status.FAIL, Status.REVIEW)
"""The results with a message, and so the examples on which it is shown."""


class Handling(StrEnum):
    """What becomes of a clause, in the words of the table."""

    CHECKED = "checked by a rule"
    JUDGED = "manual review, asked by a rule"
    LEFT = "left to manual review"
    UNKNOWN = "not known"
    NOTHING = "nothing to check"


class Destination(Frozen):
    """Where a clause leads: to a rule (``name`` is its id), to a gap (its topic), or to a reason (no name).

    ``message`` is the message of the rule, the text of the gap, or why there is no rule. ``examples`` are lines, each
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
        ends = (*(rules[rule] for rule in clause.rules), *(gaps[topic] for topic in clause.gaps), *_reasons(clause))
        made += [Row(clause, clause.source, end) for end in ends]
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
    message = " ".join(_message(rule, runs).split())
    return Destination(handling, message, rule.id, rule.title, rule.severity.value, examples)


def _message(rule: Rule, runs: Sequence[ExampleResult]) -> str:
    """Give the message on the first example that fails, or else is for review: with values in it it says more."""
    for status in WITH_MESSAGE:
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


def _data(value: object) -> str:
    """Give an example's data on one line; an empty proposal in words."""
    return json_text(plain_data(value)) if value else "nothing answered yet"


COLUMNS = (
    *("clause", "text", "document", "section", "authority", "handling"),
    *("rule", "title", "severity", "examples", "message"),
)
"""The columns of the CSV. ``rule`` is the id of a rule or the topic of a gap, ``examples`` holds one a line."""


def matrix_csv(table: Sequence[Row], *, byte_order_mark: bool = False) -> str:
    """Write the table as CSV (RFC 4180), a row for each pair of a clause and what it leads to."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in table:
        clause, source, destination = row.clause, row.source, row.destination
        values = (
            *((clause.id, clause.text) if clause else ("", "")),
            *((source.document, source.section, source.authority.value) if source else ("", "", "")),
            *(destination.handling.value, destination.name, destination.title, destination.severity),
            *("\n".join(destination.examples), destination.message),
        )
        writer.writerow([cell(value) for value in values])
    return (BYTE_ORDER_MARK if byte_order_mark else "") + text.getvalue()


def matrix_blocks(test: PackTest, table: Sequence[Row], state: str) -> Iterator[Block]:
    """The table as a document, source by source; ``state`` says how far the pack's version is settled."""
    call = test.call
    yield Title("Traceability matrix", call.title)
    version = f", rules of version {call.version}, checksum "
    yield Say(("Call ", Code(call.id), version, Code(call.sha256), f". {state}"))
    yield Say(_summary(test, table))
    shown: dict[str, str] = {}
    for source, group in groupby((row for row in table if row.clause), key=lambda row: row.source):
        columns = _columns(group, shown)
        if source is None:
            yield columns
            continue
        document = call.sources[source.document]
        section = Say((cited(source.section, source.authority),))
        yield Section(document.title, (section, columns), document.url)
    rest = [row for row in table if row.clause is None]
    for title, unknown in (("Rules without a clause", False), ("Not known, without a clause", True)):
        alone = [row for row in rest if (row.destination.handling is Handling.UNKNOWN) is unknown]
        if alone:
            yield Section(title, (_columns(alone, shown),))
    yield Section("Signatures", (Table(("Signed off by", "Function", "Date"), (("", "", ""), ("", "", ""))),))


def _summary(test: PackTest, table: Sequence[Row]) -> Spans:
    clauses = {row.clause.id for row in table if row.clause}
    result = Strong(f"{len(test.failed)} fail") if test.failed else "all pass"
    rules = (f"{counted(len(test.call.rules), 'rule')} with {counted(len(test.results), 'example')}: ", result, ".")
    if not clauses:
        return (*rules, " This call has no list of clauses; the matrix shows its rules and gaps only.")
    handlings = {(row.clause.id, row.destination.handling) for row in table if row.clause}
    counts = Counter(handling for _, handling in handlings)
    parts = "; ".join(f"{handling}: {counts[handling]}" for handling in Handling if counts[handling])
    return (f"{counted(len(clauses), 'clause')} ({parts}; a clause may have several). ", *rules)


def _columns(table: Iterable[Row], shown: dict[str, str]) -> Columns:
    """The rows; ``shown`` holds the clause under which each rule has all its examples, so that they are there once."""
    heads = [((name,),) for name in ("Text", "Handling", "Examples", "Message")]
    rows: list[tuple[str, Sequence[Cell]]] = []
    last = None
    for row in table:
        clause, destination = row.clause, row.destination
        # Of a clause that leads to several rules, only the first row has id and text.
        name, text = (clause.id, clause.text) if clause and clause is not last else ("", "")
        last = clause
        above = shown.get(destination.name) if destination.examples else None
        if clause and destination.name and above is None:
            shown[destination.name] = clause.id
        examples = destination.examples if above is None else (f"see {above}",)
        message = destination.message if above is None else f"see {above}"
        cells = (text,), examples, (message,)
        lines = [[(line,) for line in cell if line] for cell in cells]
        rows.append((name, (lines[0], (_handling(destination),), *lines[1:])))
    return Columns("Clause", heads, rows)


def _handling(destination: Destination) -> Spans:
    if not destination.name:
        return (destination.handling.value,)
    severity = f" ({destination.severity}) {destination.title}" if destination.title else ""
    return (f"{destination.handling}: ", Strong(destination.name), severity)
