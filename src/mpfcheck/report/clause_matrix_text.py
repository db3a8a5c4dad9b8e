"""The table of clauses as Markdown to print and sign, and as CSV for spreadsheets."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import groupby

from mpfcheck.checking.pack_tests.pack_test import PackTest
from mpfcheck.report.cell import cell
from mpfcheck.report.clause_matrix import Destination, Handling, Row
from mpfcheck.report.commonmark import code, link, markdown
from mpfcheck.report.csv import BYTE_ORDER_MARK
from mpfcheck.report.words import counted

__all__ = ["COLUMNS", "matrix_csv", "matrix_markdown"]

COLUMNS = (
    *("clause", "text", "document", "section", "authority", "handling"),
    *("rule", "title", "severity", "examples", "message"),
)
"""The columns of the CSV. ``rule`` is the id of a rule or the topic of a gap, ``examples`` holds one a line."""

HEAD = ("| Clause | What it says | What becomes of it | Examples | What a person is told |", f"|{' --- |' * 5}")
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
        f"# Sign-off: {markdown(call.title)}",
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
    for title, unknown in (("Rules no clause leads to", False), ("Not known, and in no clause", True)):
        alone = [row for row in rest if (row.destination.handling is Handling.UNKNOWN) is unknown]
        if alone:
            blocks += [f"## {title}", _table(alone, shown)]
    blocks += ["## Signatures", "\n".join(SIGNATURES)]
    return "\n\n".join(blocks) + "\n"


def _summary(test: PackTest, table: Sequence[Row]) -> str:
    clauses = {row.clause.id for row in table if row.clause}
    held = f"**{len(test.failed)} do not hold**" if test.failed else "all hold"
    rules = f"{counted(len(test.call.rules), 'rule')} with {counted(len(test.results), 'example')}: {held}."
    if not clauses:
        return f"{rules} The clauses of this call are not listed: the table shows its rules and gaps alone."
    handlings = {(row.clause.id, row.destination.handling) for row in table if row.clause}
    counts = Counter(handling for _, handling in handlings)
    said = "; ".join(f"{handling}: {counts[handling]}" for handling in Handling if counts[handling])
    return f"{counted(len(clauses), 'clause')} ({said}; one may be several of these). {rules}"


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
