"""Blocks as HTML: what is said of a rule, with headings, entries, lines and tables."""

from __future__ import annotations

from collections.abc import Iterable

from mpfcheck.report.as_html.marks import mark
from mpfcheck.report.as_html.markup import Markup, element, joined, link, outside
from mpfcheck.report.blocks import (
    Answer,
    Block,
    Code,
    Entry,
    Group,
    Lines,
    Listing,
    Mark,
    Say,
    Section,
    Spans,
    Table,
    Title,
)

__all__ = ["blocks_as_html"]


def blocks_as_html(blocks: Iterable[Block], level: int) -> Markup:
    """The blocks one after the other; ``level`` is that of their headings."""
    return joined(_block(block, level) for block in blocks)


def _block(block: Block, level: int) -> Markup:
    match block:
        case Title(name, text):
            return element(f"h{level}", element("span", name, class_="rule"), " ", text)
        case Say(spans, tone):
            return element("p", _spans(spans), class_=str(tone))
        case Section(heading, inner):
            return element("section", element(f"h{level}", heading), blocks_as_html(inner, level + 1), class_="part")
        case Listing(items):
            return element("ul", *(_entry(item) for item in items if isinstance(item, Entry)), class_="entries")
        case Lines(lines):
            return element("ul", *(element("li", _spans((line,))) for line in lines))
        case Group(name, note, members):
            return element("p", element("strong", name), f" ({note}): " if note else ": ", ", ".join(members))
        case Table(heads, rows):
            head = element("tr", *(element("th", one.removesuffix(":"), scope="col") for one in heads))
            body = [
                element("tr", element("th", row[0], scope="row"), *(element("td", cell) for cell in row[1:]))
                for row in rows
            ]
            return element("table", element("thead", head), element("tbody", *body))
        case _:
            raise TypeError(f"{type(block).__name__} is not shown here")


def _entry(entry: Entry | Answer) -> Markup:
    if isinstance(entry, Answer):
        raise TypeError("only a proposal has missing answers")
    name = entry.name if isinstance(entry.name, str) else entry.name.pointer
    title = [element("strong", name), f" {entry.title}" if entry.title else None]
    details = [element("p", _spans(detail.spans)) for detail in entry.details]
    address = element("p", link(entry.url, entry.url), class_="address") if entry.url else None
    drawn = None if entry.mark is Mark.APART else mark(entry.mark)
    return element("li", element("p", drawn, *title, class_="title"), *details, address)


def _spans(spans: Spans) -> Markup:
    return joined(element("code", span) if isinstance(span, Code) else outside(span) for span in spans)
