"""The proposals that one finding keeps from being eligible, with what would mend it."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.checking.portfolio.summary import NearlyEligible
from mpfcheck.report.as_html.links import Links
from mpfcheck.report.as_html.marks import mark
from mpfcheck.report.as_html.markup import Markup, element
from mpfcheck.report.say.portfolio import copies_also
from mpfcheck.report.words import Heading, counted

__all__ = ["nearly_section"]


def nearly_section(found: Sequence[NearlyEligible], links: Links) -> Markup | None:
    """An entry a proposal; None where there is none."""
    if not found:
        return None
    title = element("h2", Heading.NEARLY_ELIGIBLE, id="nearly-title")
    lead = element(
        "p", f"{counted(len(found), 'proposal fails', 'proposals fail')} one blocking rule only.", class_="lead"
    )
    items = [_entry(one, links) for one in found]
    listed = element("ul", *items, class_="nearly")
    return element("section", title, lead, listed, id="nearly", aria_labelledby="nearly-title")


def _entry(one: NearlyEligible, links: Links) -> Markup:
    rule = element("span", mark("bad"), " ", element("span", one.rule, class_="rule"), " ", one.title)
    sentences = [sentence for sentence in one.fix.split("\n") if sentence]
    fix = element("div", *(element("p", sentence) for sentence in sentences), class_="mend") if sentences else None
    copies = copies_also(one.copies)
    said = element("p", copies, class_="in") if copies else None
    return element(
        "li", element("div", element("p", links.to(one.input), class_="name"), element("p", rule), said), fix
    )
