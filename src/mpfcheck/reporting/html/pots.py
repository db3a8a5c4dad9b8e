"""The money there is against the money that is asked for, pot by pot."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from mpfcheck.frozen import Frozen
from mpfcheck.reporting.html.charts import bar, chart, percent
from mpfcheck.reporting.html.marks import mark
from mpfcheck.reporting.html.markup import Markup, element, joined

__all__ = ["Pot", "pots_section"]


class Pot(Frozen):
    """A pot of the call, in EUR.

    ``envelope`` is what it holds, ``requested_by_eligible`` what the eligible proposals ask of it together, and
    ``requested_by_all`` what all do that say so.
    """

    name: str
    envelope: Decimal
    requested_by_eligible: Decimal
    requested_by_all: Decimal


def pots_section(pots: Sequence[Pot]) -> Markup | None:
    """A figure a pot, all on one scale; None where there are no pots."""
    if not pots:
        return None
    widest = max(max(pot.envelope, pot.requested_by_all, pot.requested_by_eligible) for pot in pots)
    figures = [_figure(pot, widest, f"c-pot{number}") for number, pot in enumerate(pots, 1)]
    return element(
        "section",
        element("h2", "Pots against requests", id="pots-title"),
        element(
            "p",
            "What the eligible proposals ask for together, beside what there is. All bars have one scale.",
            class_="lead",
        ),
        element("div", *figures, class_="pots"),
        id="pots",
        aria_labelledby="pots-title",
    )


def _figure(pot: Pot, widest: Decimal, name: str) -> Markup:
    def length(amount: Decimal) -> float:
        return float(100 * amount / widest) if widest > 0 else 0.0

    over = pot.requested_by_eligible - pot.envelope
    tone, judged = ("bad", f"{_money(over)} more than there is") if over > 0 else ("good", f"{_money(-over)} left")
    edge = percent(length(pot.envelope))
    drawing = (
        element("rect", class_="track", width="100%", height=44),
        element("rect", class_="envelope", width=edge, height=44),
        bar("all", 0, length(pot.requested_by_all), top=6, height=32) if pot.requested_by_all else Markup(),
        bar(tone, 0, length(pot.requested_by_eligible), top=14, height=16) if pot.requested_by_eligible else Markup(),
        element("line", class_="edge", x1=edge, x2=edge, y1=0, y2=44),
    )
    said = (
        f"Envelope {_money(pot.envelope)}; eligible proposals ask for {_money(pot.requested_by_eligible)}, "
        f"all for {_money(pot.requested_by_all)}: {judged}."
    )
    rows = (
        _row(joined([_swatch("line"), "Envelope"]), pot.envelope, pot),
        _row(joined([_swatch(tone), "The eligible ask for"]), pot.requested_by_eligible, pot),
        _row(joined([_swatch("all"), "All ask for"]), pot.requested_by_all, pot),
    )
    heads = element(
        "tr",
        element("th", "What", scope="col"),
        element("th", "Amount", scope="col", class_="n"),
        element("th", "Share", scope="col", class_="n"),
    )
    verdict = element("p", mark(tone), element("strong", judged), class_=f"judged {tone}")
    table = element(
        "table",
        element("caption", f"Pot {pot.name}", class_="unseen"),
        element("thead", heads),
        element("tbody", *rows),
    )
    caption = element("figcaption", element("h3", pot.name), verdict)
    return element("figure", caption, chart(f"Pot {pot.name}", said, 44, *drawing, name=name), table)


def _swatch(tone: str) -> Markup:
    edge = element("line", class_="edge", x1=2, x2=2, y1=0, y2=12)
    drawing = edge if tone == "line" else bar(tone, 0, 100)
    return element("svg", drawing, width=14, height=12, class_="swatch", aria_hidden="true")


def _row(name: Markup, amount: Decimal, pot: Pot) -> Markup:
    share = f"{100 * amount / pot.envelope:.0f} %" if pot.envelope > 0 else "-"
    cells = element("td", _money(amount), class_="n"), element("td", share, class_="n")
    return element("tr", element("th", name, scope="row"), *cells)


def _money(amount: Decimal) -> str:
    return "EUR " + f"{amount:,.2f}".replace(",", " ")
