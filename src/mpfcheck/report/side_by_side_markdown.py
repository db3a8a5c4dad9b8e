"""Calls side by side as a Markdown table."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.packs.side_by_side import SideBySide
from mpfcheck.report.commonmark import code, markdown
from mpfcheck.report.side_by_side_text import in_words

__all__ = ["side_by_side_as_markdown"]


def side_by_side_as_markdown(compared: SideBySide) -> str:
    """The comparison: one column a call, one row a topic, and a list of what all of them say."""
    return "".join(f"{line}\n" for line in _lines(compared))


def _lines(compared: SideBySide) -> Iterator[str]:
    yield f"| | {' | '.join(code(call.id) for call in compared.calls)} |"
    yield f"|---|{'---|' * len(compared.calls)}"
    yield f"| Title | {' | '.join(markdown(call.title) for call in compared.calls)} |"
    for row in compared.rows:
        cells = (
            "<br>".join(markdown(in_words(said, call, row.topic)) for said in cell)
            for cell, call in zip(row.cells, compared.calls, strict=True)
        )
        yield f"| {markdown(row.topic)} | {' | '.join(cells)} |"
    if compared.common:
        yield ""
        yield "The same in all of them:"
        yield ""
        for said in compared.common:
            yield f"- {markdown(in_words(said, compared.calls[0]))}"
