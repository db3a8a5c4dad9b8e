"""Where the lead applicants come from, and the grants that eligible proposals request."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.checking.portfolio.summary import LeadCountry
from mpfcheck.proposal.values import format_money
from mpfcheck.report.as_html.charts import bar, chart, grouped, table
from mpfcheck.report.as_html.markup import Markup, element, outside
from mpfcheck.report.say.portfolio import not_counted
from mpfcheck.report.words import NOT_ANSWERED, Heading, counted

__all__ = ["countries_section"]


def countries_section(countries: Sequence[LeadCountry]) -> Markup | None:
    """A row a country, those with the most proposals first; None where nothing was read."""
    if not countries:
        return None
    scale = max(country.proposals for country in countries)
    rows = [_row(country, scale, f"c-country{number}") for number, country in enumerate(countries, 1)]
    heads = ("Country", "Proposals", "Eligible", "Requested by eligible proposals")
    legend = element(
        "p",
        f"A full bar is {counted(scale, 'proposal')}. ",
        *(element("span", _swatch(tone), words) for tone, words in (("good", "eligible"), ("all", "other verdicts"))),
        class_="legend",
    )
    title = element("h2", Heading.COUNTRIES, id="countries-title")
    shown = table(Heading.COUNTRIES, heads, rows, "rules countries")
    return element("section", title, legend, shown, id="countries", aria_labelledby="countries-title")


def _row(country: LeadCountry, scale: int, name: str) -> Markup:
    words = country.name or country.code or NOT_ANSWERED
    share = 100 / scale
    drawn = [element("rect", class_="track", width="100%", height=12)]
    if country.eligible:
        drawn.append(bar("good", 0, share * country.eligible))
    if country.proposals > country.eligible:
        drawn.append(bar("all", share * country.eligible, share * (country.proposals - country.eligible)))
    said = f"{counted(country.proposals, 'proposal')}, {grouped(country.eligible)} eligible."
    copies = f" ({not_counted(country.copies)})" if country.copies else None
    label = element("span", outside(words), copies, class_="words")
    head = element("th", element("div", label, chart(words, said, 12, *drawn, name=name)), scope="row")
    asked = format_money(country.requested) if country.eligible else "-"
    cells = (grouped(country.proposals), grouped(country.eligible), asked)
    return element("tr", head, *(element("td", cell, class_="n" if cell not in "0-" else "n none") for cell in cells))


def _swatch(tone: str) -> Markup:
    return element("svg", bar(tone, 0, 100), width=22, height=12, aria_hidden="true")
