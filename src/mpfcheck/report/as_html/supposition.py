"""Whose verdict another day or parameter would change, and by which rules."""

from __future__ import annotations

from mpfcheck.checking.report import Verdict
from mpfcheck.checking.what_if import AlikeChange, Supposition
from mpfcheck.report.as_html.links import Links, listed
from mpfcheck.report.as_html.marks import VERDICT_MARK, mark
from mpfcheck.report.as_html.markup import Markup, element
from mpfcheck.report.say.comparison import supposed
from mpfcheck.report.words import STATUS_WORDS, VERDICT_HEADLINE, Heading, counted

__all__ = ["supposition_section"]


def supposition_section(supposition: Supposition, links: Links) -> Markup:
    """An entry for the proposals whose verdict would change alike."""
    title = element("h2", Heading.WHAT_IF, id="supposed-title")
    lead = element("p", supposed(supposition), class_="lead")
    items = [_change(change, links) for change in supposition.alike()]
    listed = element("ul", *items, class_="nearly") if items else None
    return element("section", title, lead, listed, id="supposed", aria_labelledby="supposed-title")


def _change(change: AlikeChange, links: Links) -> Markup:
    turned = element("p", _verdict(change.before), " → ", _verdict(change.after), class_="name")
    rules = [
        element(
            "p",
            element("span", rule.rule, class_="rule"),
            f" {rule.title}: {STATUS_WORDS[rule.before]}; then {STATUS_WORDS[rule.after]}.",
        )
        for rule in change.rules
    ]
    names = listed([links.to(input) for input in change.inputs])
    proposals = element("p", f"{counted(len(change.inputs), 'proposal')}: ", names, class_="in")
    return element("li", element("div", turned, *rules), proposals)


def _verdict(verdict: Verdict) -> Markup:
    tone = VERDICT_MARK[verdict]
    return element("span", mark(tone), " ", VERDICT_HEADLINE[verdict].capitalize(), class_=f"verdict {tone}")
