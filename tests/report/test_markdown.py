"""The report as Markdown: read back by a renderer, it says what it should, and user text stays text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from mpfcheck.checking.report import InputReference, Problem, ProposalReport, ReadField, Severity, SourceReference
from mpfcheck.plain import plain
from mpfcheck.report.as_markdown import MarkdownReporter
from mpfcheck.report.as_text import TextReporter
from mpfcheck.report.commonmark import APART, code, link, markdown
from tests.report.samples import ELIGIBLE, EVERY, GRANT, INELIGIBLE, INVALID, WHAT_IF, report, result

RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
STRUCTURE = {"text", "softbreak", "code_inline", "em_open", "em_close", "strong_open", "strong_close", "html_inline"}
SPECIAL = "\\`*_{}[]()<>#+-.!|~&@:=$^%\"'/ \n\t1ahw\u200c\x1b"


def write(*reports: ProposalReport) -> str:
    pieces: list[str] = []
    reporter = MarkdownReporter(pieces.append)
    for one in reports:
        reporter.add(one)
    reporter.finish()
    return "".join(pieces)


def parts(source: str) -> list[Token]:
    """What stands inside the blocks of a document."""
    return [part for block in RENDERER.parse(source) for part in block.children or ()]


def shown(source: str) -> list[str]:
    """The text of each block, as a reader sees it."""
    return [
        "".join(part.content for part in block.children or () if part.type in {"text", "code_inline"})
        for block in RENDERER.parse(source)
        if block.type == "inline"
    ]


def flat(text: str) -> str:
    return " ".join(plain(text).split())


def test_the_glance_stands_first_then_each_proposal_in_the_order_of_the_text_report() -> None:
    text = "\n".join(shown(write(*EVERY)))
    order = [
        "Eligibility check",
        "4 proposals: 1 eligible, 1 not eligible, 1 not complete, 1 not a proposal.",
        "batch.jsonl, line 3\nMobile posts\nEligible",
        "NOT ELIGIBLE: proposal.json",
        "SAFE-DOCS: Detecting forged documents · lead applicant State Border Guard Service (LT)",
        "What must change",
        "GRANT-1 Title of GRANT-1",
        "You ask for EUR 190 000.01, more than EUR 190 000.00.",
        "How to fix it: Ask for EUR 190 000.00 or less.",
        "See: /financing/grant_requested (line 40), /budget/total",
        "Source: Conference summary, Migration Partnership Facility (primary source)",
        "Rules that could not be evaluated",
        "BUDGET-3",
        "Missing information",
        "/declarations/no_exclusion_situation Declaration on exclusion situations: needed by EXCL-1",
        "Warnings and advice",
        "FUND-2 Title of FUND-2 (warning)",
        "Manual review needed",
        "COAPP-5",
        "Met, with a remark",
        "BUDGET-2",
        "Rules met: 2. Not applicable: 1.",
        "ELIGIBLE: batch.jsonl, line 3",
        "NOT A PROPOSAL: standard input",
        "line 3, column 7\nA comma is missing.\nPut a comma before it.",
        "What if: checked with maximum_grant_share = 0.9",
        "the MPF decides.",
    ]
    places = [text.index(part) for part in order]

    assert places == sorted(places)


def test_the_headings_are_those_of_the_text_report() -> None:
    unknown = Problem("There is no field co_aplicants.", "", "/co_aplicants", 4, 3, Severity.WARNING)
    reports = [INELIGIBLE, INVALID, report("ineligible", GRANT, problems=(unknown,))]
    pieces: list[str] = []
    reporter = TextReporter(pieces.append, width=200)
    for one in reports:
        reporter.add(one)
    reporter.finish()
    headings = set(
        re.findall(
            r"^(File .*|What .*|Rules that .*|Missing .*|Warnings .*|Manual .*|Met, .*)$", "".join(pieces), re.MULTILINE
        )
    )

    assert len(headings) == 8
    assert set(re.findall(r"^### (.*)$", write(*reports), re.MULTILINE)) == headings


def test_one_proposal_needs_no_table() -> None:
    assert "|" not in write(ELIGIBLE)


def test_a_source_with_an_address_is_a_link_to_it() -> None:
    found = [part.attrs["href"] for part in parts(write(INELIGIBLE)) if part.type == "link_open"]

    assert set(found) == {"https://example.org/summary"}


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", "file:///etc/passwd", "//example.org", " https://x"])
def test_other_addresses_are_no_links(url: str | None) -> None:
    assert link("a_b", url) == "a\\_b"


@given(st.text(st.sampled_from(SPECIAL + ">\n\ud800ü"), max_size=20))
def test_an_address_cannot_end_its_link(rest: str) -> None:
    """Whatever stands in the address, the whole of it is the one link."""
    found = parts(link("text", f"https://example.org/{rest}"))

    assert [part.type for part in found] == ["link_open", "text", "link_close"]


@given(st.text(st.sampled_from(SPECIAL), max_size=40) | st.text(st.characters(), max_size=60))
def test_text_is_shown_as_it_is(text: str) -> None:
    wanted = flat(text)
    for before, after in (("", ""), ("## ", ""), ("- ", "\n\n  more"), ("- **a** ", ""), ("> ", "")):
        source = f"{before}{markdown(text)}{after}"
        blocks = shown(source)
        said = f"a {wanted}".strip() if "**a**" in before else wanted

        assert blocks[:1] == [said] if said else True
        assert {part.type for part in parts(source)} <= STRUCTURE
        assert {part.content for part in parts(source) if part.type == "html_inline"} <= {APART}


@given(st.text(st.sampled_from(SPECIAL), max_size=30) | st.text(st.characters(), max_size=40))
def test_text_in_a_table_stays_in_its_cell(text: str) -> None:
    source = f"| a | b |\n| --- | --- |\n| {markdown(text)} | end |\n"

    assert shown(source) == ["a", "b", flat(text), "end"]


@given(st.text(st.sampled_from(SPECIAL), max_size=30) | st.text(st.characters(), max_size=40))
def test_code_is_shown_as_it_is(text: str) -> None:
    wanted = plain(text).strip()
    found = parts(f"see {code(text)} there")

    assert [part.content for part in found if part.type == "code_inline"] == ([wanted] if wanted else [])


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example/",
        "see www.evil.example",
        "WWW.evil.example",
        "mail a@evil.example now",
        "ftp://evil.example",
        "@everyone look",
        "#12 and !34",
        ":tada:",
        "xmpp:a@evil.example",
    ],
)
def test_sites_find_no_address_name_or_number_in_it(text: str) -> None:
    """They look at the finished text, piece by piece between the tags."""
    pieces = [part.content for part in parts(markdown(text)) if part.type == "text"]

    assert "".join(pieces) == text
    for piece in pieces:
        assert not re.search(r"@\S|://|www\.|#\w|!\d|:\w+:", piece, re.IGNORECASE)


@given(st.text(st.sampled_from(SPECIAL), max_size=30))
def test_a_whole_report_of_any_text_has_the_shape_of_one_with_plain_words(text: str) -> None:
    def document(word: str) -> str:
        source = SourceReference(word, word, None, "seed")
        fields = (ReadField(f"/{word}", word, 1, 1),)
        failed = result(word, "fail", title=word, message=word, fix=word, fields=fields, source=source)
        waiting = result(word, "undecided", title=word, missing=(f"/{word}",))
        problem = Problem(word, word, f"/{word}", severity=Severity.WARNING)
        one = report("ineligible", failed, waiting, problems=(problem,), input=InputReference(word, 1, None))
        return write(one, one)

    line = f"x{flat(text)}x"
    shape = [(block.type, block.level) for block in RENDERER.parse(document(line))]

    assert shape == [(block.type, block.level) for block in RENDERER.parse(document("word"))]


def test_a_changed_parameter_cannot_be_overlooked() -> None:
    assert "**What if: checked with maximum\\_grant\\_share = 0.9" in write(WHAT_IF)


def test_no_report_at_all_is_a_document_too() -> None:
    assert shown(write()) == ["Eligibility check", "0 proposals."]
