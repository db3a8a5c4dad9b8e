"""The proposals that one finding keeps from being eligible, with what would mend it."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.checking.portfolio.summary import NearlyEligible
from mpfcheck.report.html.links import Links
from mpfcheck.report.html.marks import mark
from mpfcheck.report.html.markup import Markup, element
from mpfcheck.report.words import counted

__all__ = ["nearly_section"]


def nearly_section(found: Sequence[NearlyEligible], links: Links) -> Markup | None:
    """An entry a proposal; None where there is none."""
    if not found:
        return None
    title = element("h2", "One finding from eligible", id="nearly-title")
    lead = element(
        "p", f"One broken rule alone stands between {counted(len(found), 'proposal')} and eligible.", class_="lead"
    )
    items = [_entry(one, links) for one in found]
    listed = element("ul", *items, class_="nearly")
    return element("section", title, lead, listed, id="nearly", aria_labelledby="nearly-title")


def _entry(one: NearlyEligible, links: Links) -> Markup:
    rule = element("span", mark("bad"), " ", element("span", one.rule, class_="rule"), " ", one.title)
    sentences = [sentence for sentence in one.fix.split("\n") if sentence]
    fix = element("div", *(element("p", sentence) for sentence in sentences), class_="mend") if sentences else None
    copies = f"This also applies to {counted(one.copies, 'exact copy', 'exact copies')}." if one.copies else None
    said = element("p", copies, class_="in") if copies else None
    return element(
        "li", element("div", element("p", links.to(one.input), class_="name"), element("p", rule), said), fix
    )
