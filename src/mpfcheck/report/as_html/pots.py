"""What rules about all eligible proposals say: the grants requested compared with each envelope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TypeGuard

from mpfcheck.checking.portfolio.summary import Compared, Together, TogetherItem
from mpfcheck.checking.report import Status
from mpfcheck.proposal.values import format_money
from mpfcheck.report.as_html.charts import bar, chart, percent
from mpfcheck.report.as_html.marks import mark
from mpfcheck.report.as_html.markup import Markup, element, joined, outside
from mpfcheck.report.say.portfolio import not_counted
from mpfcheck.report.words import STATUS_WORDS, counted

__all__ = ["pots_section"]

_MARK = {
    Status.PASS: "good",
    Status.FAIL: "look",
    Status.UNDECIDED: "open",
    Status.REVIEW: "judge",
    Status.INCONCLUSIVE: "fault",
    Status.NOT_APPLICABLE: "apart",
}


def pots_section(rules: Iterable[Together]) -> Markup | None:
    """A part a rule: a figure for each of its items that compares two amounts of money, a line for each other."""
    parts = [joined(_rule(rule, number)) for number, rule in enumerate(rules, 1) if rule.items]
    if not parts:
        return None
    title = element("h2", "Eligible proposals together", id="pots-title")
    return element("section", title, *parts, id="pots", aria_labelledby="pots-title")


def _rule(rule: Together, number: int) -> Iterator[Markup]:
    tag = None if rule.severity.value == "blocking" else element("span", rule.severity.value, class_="tag")
    yield element("h3", element("span", rule.rule, class_="rule"), " ", rule.title, " ", tag)
    drawn = [item for item in rule.items if _is_pot(item.compared)]
    if drawn:
        copies = f" ({not_counted(rule.copies)})" if rule.copies else ""
        asking = f"{counted(rule.proposals, 'eligible proposal')}{copies}"
        said = f"Grants requested by {asking} together. All bars have one scale."
        yield element("p", said, class_="lead")
        widest = max(max(item.compared.amount, item.compared.limit) for item in drawn if item.compared)
        figures = [_figure(item, widest, f"c-pot{number}-{place}") for place, item in enumerate(drawn, 1)]
        yield element("div", *figures, class_="pots")
    others = [_line(item) for item in rule.items if not _is_pot(item.compared)]
    if others:
        yield element("ul", *others, class_="quiet")


def _is_pot(compared: Compared | None) -> TypeGuard[Compared]:
    return compared is not None and compared.unit == "EUR" and compared.operator in ("<", "<=")


def _line(item: TogetherItem) -> Markup:
    name = item.label or item.item or "All together"
    message = item.message or (STATUS_WORDS[Status.PASS] if item.status is Status.PASS else "")
    words = (outside(name), ": ", message) if message else (outside(name),)
    return element("li", element("div", mark(_MARK[item.status]), *words))


def _figure(item: TogetherItem, widest: Decimal, name: str) -> Markup:
    compared = item.compared
    if compared is None:
        raise ValueError("an item without amounts cannot be drawn")

    def length(amount: Decimal) -> float:
        return float(100 * amount / widest) if widest > 0 else 0.0

    asked, limit = compared.amount, compared.limit
    tone = _MARK[item.status]
    judged = (
        f"{format_money(asked - limit)} over the envelope" if asked > limit else f"{format_money(limit - asked)} left"
    )
    edge = percent(length(limit))
    drawing = (
        element("rect", class_="track", width="100%", height=36),
        element("rect", class_="envelope", width=edge, height=36),
        bar(tone, 0, length(asked), top=9, height=18) if asked else Markup(),
        element("line", class_="edge", x1=edge, x2=edge, y1=0, y2=36),
    )
    title = item.label or item.item or "All together"
    said = f"Envelope: {format_money(limit)}. Requested by eligible proposals: {format_money(asked)}. {judged}."
    rows = (
        _row(joined([_swatch(tone), "Requested"]), asked, limit),
        _row(joined([_swatch("line"), "Envelope"]), limit, limit),
    )
    heads = element(
        "tr",
        element("th", "What", scope="col"),
        element("th", "Amount", scope="col", class_="n"),
        element("th", "Share", scope="col", class_="n"),
    )
    verdict = element("p", mark(tone), element("strong", judged), class_=f"judged {tone}")
    table = element(
        "table", element("caption", title, class_="unseen"), element("thead", heads), element("tbody", *rows)
    )
    caption = element("figcaption", element("h4", outside(title)), verdict)
    return element("figure", caption, chart(title, said, 36, *drawing, name=name), table)


def _swatch(tone: str) -> Markup:
    edge = element("line", class_="edge", x1=2, x2=2, y1=0, y2=12)
    drawing = edge if tone == "line" else bar(tone, 0, 100)
    return element("svg", drawing, width=14, height=12, class_="swatch", aria_hidden="true")


def _row(name: Markup, amount: Decimal, limit: Decimal) -> Markup:
    share = f"{100 * amount / limit:.0f} %" if limit > 0 else "-"
    cells = element("td", format_money(amount), class_="n"), element("td", share, class_="n")
    return element("tr", element("th", name, scope="row"), *cells)
