"""Every kind of block comes out of every renderer, whole and as data."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mpfcheck.checking.report import Result, Severity, SourceReference, Status, Verdict
from mpfcheck.report import blocks as kinds
from mpfcheck.report.as_html.blocks import blocks_as_html
from mpfcheck.report.as_markdown import as_markdown
from mpfcheck.report.as_text import write_blocks
from mpfcheck.report.blocks import (
    Answer,
    Blank,
    Block,
    Brief,
    Code,
    Columns,
    Cover,
    Detail,
    Entry,
    Fact,
    Facts,
    Group,
    Headline,
    Lines,
    Listing,
    Mark,
    PageBreak,
    Quiet,
    Say,
    Section,
    Signature,
    Strong,
    Subject,
    Table,
    Title,
    Tone,
)
from mpfcheck.report.page import LinePage
from mpfcheck.report.paper.flow import flow
from mpfcheck.report.style import Style

SOURCE = SourceReference("w-document", "w-section", None, "seed")
RESULT = Result("w-needs", "w-title", Severity.BLOCKING, Status.UNDECIDED, SOURCE)

PAGE: tuple[Block, ...] = (
    Title("w-name", "w-text"),
    Headline(Verdict.ELIGIBLE, "w-headline"),
    *(Say((f"w-say-{tone}", Code("w-code"), Strong("w-strong")), tone) for tone in Tone),
    Subject("w-subject"),
    Brief(Mark.BAD, "w-where", "w-project", "w-short"),
    Listing(
        [
            *(Entry(mark, f"w-{mark}", "w-entry", details=(Detail(("w-detail",), "w-label"),)) for mark in Mark),
            Entry(Mark.BAD, "w-placed", source=SOURCE, place="w-file.yaml:1:2", url="https://example.org/w-url"),
        ]
    ),
    Listing([Answer("/w-pointer", "w-answer", (RESULT,))], "answer"),
    Quiet((RESULT,), ()),
    Lines(("w-line", Code("w-literal"))),
    Group("w-group", "w-note", ("w-member",)),
    Table(("w-head", "w-number:"), (("w-row", "7"),)),
    Table(("w-head", "w-word"), (("w-other", "w-cell"),)),
    Columns("", [(("w-first",),), (("w-second",),)], [("w-topic", [[("w-left",)], [(Code("w-right"),)]])]),
    Facts((Fact("w-fact", "w-value"), Fact("w-unknown", Blank("w-blank")))),
    Cover("w-kind", "w-document", "w-under", (Fact("w-date", "w-day"),), "w-note-below"),
    Signature("w-signer", "w-role", ("w-sign-here",)),
    PageBreak(),
    Section("w-heading", (Say(("w-inside",)),), "https://example.org/w-linked"),
)

WORDS = (
    *("w-name", "w-text", "w-headline", "w-code", "w-strong", "w-subject", "w-entry", "w-detail", "w-label"),
    *("w-file.yaml:1:2", "https://example.org/w-url", "/w-pointer", "w-answer", "w-needs", "w-line", "w-literal"),
    *("w-group", "w-note", "w-member", "w-row", "w-number", "7", "w-other", "w-cell", "w-first", "w-second"),
    *("w-topic", "w-left", "w-right", "w-heading", "w-inside", "https://example.org/w-linked", "w-section"),
    *(
        "w-fact",
        "w-value",
        "w-unknown",
        "w-blank",
        "w-kind",
        "w-document",
        "w-under",
        "w-date",
        "w-day",
        "w-note-below",
    ),
    *("w-where", "w-project", "w-short"),
    *("w-signer", "w-role", "w-sign-here"),
    *(f"w-say-{tone}" for tone in Tone),
    *(f"w-{mark}" for mark in Mark),
)


def as_text(page: tuple[Block, ...], width: int = 80) -> str:
    written = LinePage(width, Style())
    write_blocks(written, page)
    return written.text()


def as_html(page: tuple[Block, ...]) -> str:
    return blocks_as_html(page)


def on_paper(page: tuple[Block, ...]) -> str:
    """The flow of a document, as the values it is made of."""
    return "\n".join(map(str, flow(page)))


Renderer = Callable[[tuple[Block, ...]], str]
RENDERERS: list[Renderer] = [as_text, as_markdown, as_html, on_paper]


def test_the_sample_has_every_kind_of_block() -> None:
    every = {getattr(kinds, name) for name in str(Block).split(" | ")}

    assert {type(block) for block in PAGE} == every


@pytest.mark.parametrize("renderer", RENDERERS)
def test_nothing_of_a_block_is_left_out(renderer: Renderer) -> None:
    shown = renderer(PAGE)

    assert [word for word in WORDS if word not in shown] == []


def test_things_side_by_side_stand_below_each_other_on_a_narrow_page() -> None:
    lines = as_text(PAGE, 40).splitlines()

    assert lines.index("  w-first") < lines.index("    w-left") < lines.index("  w-second") < lines.index("    w-right")
    assert any("w-left" in line and "w-right" in line for line in as_text(PAGE).splitlines())


@pytest.mark.parametrize("renderer", RENDERERS)
def test_text_of_a_block_is_data(renderer: Renderer) -> None:
    hostile = "<script>alert(1)</script>\x1b[31m"
    page: tuple[Block, ...] = (
        Title(hostile, hostile),
        Brief(Mark.BAD, hostile, hostile, hostile),
        Say((hostile, Strong(hostile), Code(hostile))),
        Section(hostile, (Lines((hostile,)), Group(hostile, hostile, (hostile,))), "javascript:alert(1)"),
        Table((hostile, hostile), ((hostile, hostile),)),
        Columns(hostile, [((hostile,),)], [(hostile, [[(Strong(hostile),)]])]),
        Listing([Entry(Mark.BAD, hostile, hostile, details=(Detail((hostile,), "x"),), place=hostile, url=hostile)]),
    )
    shown = renderer(page)

    assert "\x1b" not in shown
    if renderer is as_html:
        assert "<script" not in shown
        assert 'href="javascript' not in shown
    if renderer is as_markdown:
        from markdown_it import MarkdownIt

        html = MarkdownIt("commonmark").enable("table").render(shown)
        assert "<script" not in html
        assert 'href="javascript' not in html
