"""Text from outside is text on the page: it makes no element, no attribute, no comment and no anchor."""

from __future__ import annotations

import re
from decimal import Decimal

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mpfcheck.checking.explain import Explanation
from mpfcheck.checking.portfolio.summary import (
    Appearance,
    Compared,
    LeadCountry,
    NearlyEligible,
    PicHolder,
    PortfolioSummary,
    SameProposal,
    SharedOrganisation,
    SharedPic,
    Together,
    TogetherItem,
)
from mpfcheck.checking.report import InputReference, LeadReference, Severity, Status, Verdict
from mpfcheck.checking.what_if import StatusChange, VerdictChange, WhatIfResult
from mpfcheck.report.as_html.markup import Markup, element, escaped, link
from mpfcheck.report.as_html.tally import FEW
from mpfcheck.report.overview import Overview
from tests.data import NAUGHTY_STRINGS
from tests.report.html.pages import Parsed, filled_with, page

SHARES = 8
"""The strings are tested in so many parts, which can run side by side."""
JOINERS = "\u200c\u200d"
INJECTIONS = [
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '" onfocus="alert(1)" autofocus="',
    "</title><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "</svg></desc><iframe src=//example.org>",
    "<!-- hidden",
    "--><b>",
    "<![CDATA[ x ]]>",
    "<?xml version='1.0'?>",
    "javascript:alert(1)",
    'https://example.org/" onclick="alert(1)',
    "https://example.org/><script>",
    "data:text/html,<script>alert(1)</script>",
    "p1",
    "#findings",
    "&lt;script&gt; &amp; &#60;b&#62;",
    "</details></section></main></body></html><h1>ELIGIBLE</h1>",
    "a\nb\r\nc\u2028d\x85e",
    "\x1b[2J\x00\x08\x7f\x9b",
    "\u202eELBIGILE\u202c \u2066x\u2069 \ufeff",
    "\ud800 \udfff lone",
    "\ufffe\uffff\U0001ffff\ufdd0",
    "",
    " ",
]


class Known:
    """Says the text in every explanation."""

    def __init__(self, text: str) -> None:
        self._part = Explanation(text, text, False, (Explanation(text, text, None, (), text),), text)

    def place_of(self, pointer: str) -> tuple[int, int] | None:
        return None

    def explain(self, rule_id: str) -> tuple[Explanation, ...]:
        return (self._part,)


def pages_of(text: str) -> list[str]:
    one, other = filled_with(text), filled_with(text, Verdict.INVALID, None)
    alone = page(one, known=Known(text), explain=True, version=text)
    return [alone, page(one, other, overview=overview(text), version=text)]


def overview(text: str) -> Overview:
    """Every part there can be, with the text wherever it can come in."""
    input = InputReference(text, 7, None, text, text, LeadReference(text, text), text, text)
    changes = (VerdictChange(input, Verdict.ELIGIBLE, Verdict.REVIEW, (StatusChange(text, text, None, Status.FAIL),)),)
    pot = TogetherItem(text, text, Status.FAIL, text, Compared(Decimal(20), "<=", Decimal(10), "EUR"))
    other = TogetherItem(text, text, Status.REVIEW, text, None)
    appearances = (Appearance(input, "lead", text, text, text), Appearance(input, text, text, text, text))
    return Overview(
        PortfolioSummary(
            proposals=2,
            verdicts=dict.fromkeys(Verdict, ()),
            nearly_eligible=(NearlyEligible(input, text, text, text, text),),
            rules=(),
            together=(Together(text, text, text, Severity.ADVICE, Status.FAIL, 2, (pot, other)),),
            lead_countries=(LeadCountry(text, text, 2, 1, Decimal(1)), LeadCountry(None, "", 1, 0, Decimal(0))),
            shared_pics=(SharedPic(text, (PicHolder(text, text, appearances), PicHolder(None, None, appearances))),),
            distinct=dict.fromkeys(Verdict, 1),
            copies=(2,),
            same_proposals=tuple(SameProposal(by, (input, input)) for by in ("content", "name")),
            shared_organisations=(SharedOrganisation(text, text, text, (text,), appearances),),
        ),
        WhatIfResult(text, {text: text}, changes),
    )


ORDINARY = [Parsed(text) for text in pages_of("Ordinary")]
LINKED = [Parsed(text) for text in pages_of("https://example.org/")]
NAMES = {tag for parsed in [*ORDINARY, *LINKED] for tag, _ in parsed.elements}
ATTRIBUTES = {name for parsed in [*ORDINARY, *LINKED] for _, attributes in parsed.elements for name in attributes}
NUMBERED = re.compile("[0-9]+")
ANCHORS = {NUMBERED.sub("0", anchor) for parsed in ORDINARY for anchor in parsed.values("id")}
ANCHOR = re.compile("|".join(re.escape(anchor).replace("0", "[0-9]+") for anchor in ANCHORS))
"""What an anchor may be: our own words, and numbers."""


def assert_text_only(text: str) -> None:
    for written in pages_of(text):
        assert_only_ours(written)


def assert_only_ours(written: str) -> None:
    parsed = Parsed(written)
    assert parsed.strange == []
    assert {tag for tag, _ in parsed.elements} <= NAMES
    assert {name for _, attributes in parsed.elements for name in attributes} <= ATTRIBUTES
    assert len(parsed.values("id")) == len(set(parsed.values("id")))
    assert all(ANCHOR.fullmatch(anchor) for anchor in parsed.values("id"))
    assert all(re.match(r"#|https?://", address) for address in parsed.values("href"))
    assert re.sub(f"[\n\u00a0{JOINERS}]", "", written).isprintable()
    written.encode("utf-8")


@pytest.mark.parametrize("text", INJECTIONS)
def test_an_attempt_stays_text(text: str) -> None:
    assert_text_only(text)


@pytest.mark.parametrize("text", [text for text in INJECTIONS if "http" not in text and text.strip()])
def test_a_text_that_is_no_address_changes_nothing_of_the_structure(text: str) -> None:
    """The same elements with the same attributes as for an ordinary word; only line breaks make more paragraphs."""
    if len(text.splitlines()) == 1:
        for written, ordinary in zip(pages_of(text), ORDINARY, strict=True):
            assert Parsed(written).skeleton == ordinary.skeleton


@pytest.mark.parametrize("text", INJECTIONS)
def test_a_browser_reads_the_page_without_mending_it(text: str) -> None:
    """html5lib parses as browsers do; in strict mode it refuses whatever a browser would have to repair."""
    for written in pages_of(text):
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(written)
        assert {one.tag for one in tree.iter() if isinstance(one.tag, str)}.isdisjoint({"script", "iframe", "img"})
        assert all(isinstance(one.tag, str) for one in tree.iter()), "a comment came from data"
        assert not [name for one in tree.iter() for name in one.attrib if str(name).startswith("on")]


@pytest.mark.parametrize("share", range(SHARES))
def test_naughty_strings_stay_text(share: int) -> None:
    texts = NAUGHTY_STRINGS[share::SHARES]
    for text in texts:
        assert_only_ours(page(filled_with(text), known=Known(text), explain=True))
    for start in range(0, len(texts), FEW):
        assert_only_ours(page(*map(filled_with, texts[start : start + FEW]), overview=overview(texts[start])))


@given(st.text(st.characters(), max_size=60))
@settings(max_examples=60)
def test_any_text_stays_text(text: str) -> None:
    assert_text_only(text)


@given(st.text(st.characters(), max_size=200))
def test_escaped_text_reads_back_as_what_is_shown(text: str) -> None:
    written = escaped(text)

    assert not set('<>"') & set(written)
    assert "'" not in written
    assert "&" not in re.sub(r"&(amp|lt|gt|quot|#x27);", "", written)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " https://example.org",
        "//example.org",
        "https://a b",
        'https://a"b',
        "HTTPS://x",
        "https://ä",
    ],
)
def test_only_addresses_of_the_web_are_linked(address: str) -> None:
    assert "href" not in link(address, "words")
    with pytest.raises(ValueError, match="not an address"):
        element("a", href=address)


def test_markup_is_not_escaped_twice_and_text_is_escaped_once() -> None:
    assert element("p", "a & b", Markup("<br>"), None, title='"') == '<p title="&quot;">a &amp; b<br></p>'


def test_a_text_nobody_would_read_is_cut_and_says_so() -> None:
    written = page(filled_with("a" * 5000))

    assert "(1000 more characters)" in written
    assert "a" * 4001 not in written
