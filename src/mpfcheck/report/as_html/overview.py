"""All proposals together, in parts of the page: near misses, envelopes, countries, repetitions, what if."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from decimal import Decimal
from os.path import commonprefix
from typing import TypeGuard

from mpfcheck.checking.portfolio.summary import (
    Compared,
    LeadCountry,
    NearlyEligible,
    PortfolioSummary,
    SameProposal,
    SharedOrganisation,
    SharedPic,
    Together,
    TogetherItem,
)
from mpfcheck.checking.report import InputReference, Status, Verdict
from mpfcheck.checking.what_if import AlikeChange, WhatIfResult
from mpfcheck.proposal.values import format_money
from mpfcheck.report.as_html.charts import bar, chart, percent, table
from mpfcheck.report.as_html.marks import VERDICT_MARK, mark
from mpfcheck.report.as_html.markup import Markup, element, joined, outside
from mpfcheck.report.as_html.tally import ProposalLine
from mpfcheck.report.say.comparison import what_if_terms
from mpfcheck.report.say.portfolio import (
    STATUS_MARK,
    copies_also,
    holder_in_words,
    money_left_in_words,
    not_counted,
    pics_in_words,
    without_country_in_words,
)
from mpfcheck.report.words import (
    ALL_IN_JSON,
    NOT_ANSWERED,
    STATUS_WORDS,
    VERDICT_HEADLINE,
    Heading,
    counted,
    grouped,
    input_name,
    project,
)

__all__ = [
    "ProposalLinks",
    "countries_section",
    "envelopes_section",
    "listed",
    "nearly_section",
    "repeated_section",
    "shared_folder",
    "what_if_section",
]


class ProposalLinks:
    """Finds the section of a proposal by its name; of a file that was checked twice, the first one."""

    def __init__(self, lines: Sequence[ProposalLine], sections: Container[int]) -> None:
        """Link to those of the sections that are on the page."""
        self._folder = shared_folder(lines)
        self._numbers: dict[str, int] = {}
        for line in lines:
            if line.number in sections:
                self._numbers.setdefault(line.name, line.number)

    def to(self, input: InputReference) -> Markup:
        """The name of a proposal, a link where it has a section, and which project it is."""
        about = project(input)
        return joined(
            [self.to_file(input), " · " if about else None, outside(about, class_="project") if about else None]
        )

    def to_file(self, input: InputReference) -> Markup:
        """The name of the input alone; a link where the proposal has a section."""
        name = input_name(input)
        number = self._numbers.get(name)
        short = outside(name.removeprefix(self._folder))
        if number is None:
            return element("span", short, title=name)
        return element("a", short, href=f"#p{number}", title=name)


def listed(names: Sequence[Markup]) -> Markup:
    """Names with commas between them; each stays whole and with its comma on one line, if that is long enough."""
    parts: list[str] = []
    for place, name in enumerate(names, 1):
        parts += [element("span", name, "," if place < len(names) else None, class_="one"), " "]
    return joined(parts[:-1])


def shared_folder(lines: Iterable[ProposalLine]) -> str:
    """What all names begin with, up to a slash: where space is short, it tells nobody one from another."""
    shared = commonprefix([line.name for line in lines])  # noqa: RUF071 - cut at a slash in the next line
    folder, slash, _ = shared.rpartition("/")
    return folder + slash


def nearly_section(found: Sequence[NearlyEligible], links: ProposalLinks) -> Markup | None:
    """An entry a proposal; None where there is none."""
    if not found:
        return None
    title = element("h2", Heading.NEARLY_ELIGIBLE, id="nearly-title")
    lead = element(
        "p", f"{counted(len(found), 'proposal fails', 'proposals fail')} one blocking rule only.", class_="lead"
    )
    items = [_nearly_entry(one, links) for one in found]
    listed = element("ul", *items, class_="nearly")
    return element("section", title, lead, listed, id="nearly", aria_labelledby="nearly-title")


def _nearly_entry(one: NearlyEligible, links: ProposalLinks) -> Markup:
    rule = element("span", mark("bad"), " ", element("span", one.rule, class_="rule"), " ", one.title)
    sentences = [sentence for sentence in one.fix.split("\n") if sentence]
    fix = element("div", *(element("p", sentence) for sentence in sentences), class_="mend") if sentences else None
    copies = copies_also(one.copies)
    duplicates = element("p", copies, class_="in") if copies else None
    return element(
        "li", element("div", element("p", links.to(one.input), class_="name"), element("p", rule), duplicates), fix
    )


def envelopes_section(rules: Iterable[Together]) -> Markup | None:
    """A part a rule: a figure for each of its items that compares two amounts of money, a line for each other."""
    parts = [joined(_envelope_rule(rule, number)) for number, rule in enumerate(rules, 1) if rule.items]
    if not parts:
        return None
    title = element("h2", "Eligible proposals together", id="pots-title")
    return element("section", title, *parts, id="pots", aria_labelledby="pots-title")


def _envelope_rule(rule: Together, number: int) -> Iterator[Markup]:
    tag = None if rule.severity.value == "blocking" else element("span", rule.severity.value, class_="tag")
    yield element("h3", element("span", rule.rule, class_="rule"), " ", rule.title, " ", tag)
    drawn = [item for item in rule.items if _is_envelope(item.compared)]
    if drawn:
        copies = f" ({not_counted(rule.copies)})" if rule.copies else ""
        asking = f"{counted(rule.proposals, 'eligible proposal')}{copies}"
        explanation = f"Grants requested by {asking} together. All bars have one scale."
        yield element("p", explanation, class_="lead")
        widest = max(max(item.compared.amount, item.compared.limit) for item in drawn if item.compared)
        figures = [_figure(item, widest, f"c-pot{number}-{place}") for place, item in enumerate(drawn, 1)]
        yield element("div", *figures, class_="pots")
    others = [_envelope_line(item) for item in rule.items if not _is_envelope(item.compared)]
    if others:
        yield element("ul", *others, class_="quiet")


def _is_envelope(compared: Compared | None) -> TypeGuard[Compared]:
    return compared is not None and compared.unit == "EUR" and compared.operator in ("<", "<=")


def _envelope_line(item: TogetherItem) -> Markup:
    name = item.label or item.item or "All together"
    message = item.message or (STATUS_WORDS[Status.PASS] if item.status is Status.PASS else "")
    words = (outside(name), ": ", message) if message else (outside(name),)
    return element("li", element("div", mark(STATUS_MARK[item.status]), *words))


def _figure(item: TogetherItem, widest: Decimal, name: str) -> Markup:
    compared = item.compared
    if compared is None:
        raise ValueError("an item without amounts cannot be drawn")

    def length(amount: Decimal) -> float:
        return float(100 * amount / widest) if widest > 0 else 0.0

    requested, limit = compared.amount, compared.limit
    tone = STATUS_MARK[item.status].value
    judged = money_left_in_words(compared)
    edge = percent(length(limit))
    drawing = (
        element("rect", class_="track", width="100%", height=36),
        element("rect", class_="envelope", width=edge, height=36),
        bar(tone, 0, length(requested), top=9, height=18) if requested else Markup(),
        element("line", class_="edge", x1=edge, x2=edge, y1=0, y2=36),
    )
    title = item.label or item.item or "All together"
    description = (
        f"Envelope: {format_money(limit)}. Requested by eligible proposals: {format_money(requested)}. {judged}."
    )
    rows = (
        _envelope_row(joined([_envelope_swatch(tone), "Requested"]), requested, limit),
        _envelope_row(joined([_envelope_swatch("line"), "Envelope"]), limit, limit),
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
    return element("figure", caption, chart(title, description, 36, *drawing, name=name), table)


def _envelope_swatch(tone: str) -> Markup:
    edge = element("line", class_="edge", x1=2, x2=2, y1=0, y2=12)
    drawing = edge if tone == "line" else bar(tone, 0, 100)
    return element("svg", drawing, width=14, height=12, class_="swatch", aria_hidden="true")


def _envelope_row(name: Markup, amount: Decimal, limit: Decimal) -> Markup:
    share = f"{100 * amount / limit:.0f} %" if limit > 0 else "-"
    cells = element("td", format_money(amount), class_="n"), element("td", share, class_="n")
    return element("tr", element("th", name, scope="row"), *cells)


def countries_section(countries: Sequence[LeadCountry]) -> Markup | None:
    """A row a country, those with the most proposals first; None where nothing was read."""
    if not countries:
        return None
    scale = max(country.proposals for country in countries)
    rows = [_country_row(country, scale, f"c-country{number}") for number, country in enumerate(countries, 1)]
    heads = ("Country", "Proposals", "Eligible", "Requested by eligible proposals")
    legend = element(
        "p",
        f"A full bar is {counted(scale, 'proposal')}. ",
        *(
            element("span", _country_swatch(tone), words)
            for tone, words in (("good", "eligible"), ("all", "other verdicts"))
        ),
        class_="legend",
    )
    title = element("h2", Heading.COUNTRIES, id="countries-title")
    shown = table(Heading.COUNTRIES, heads, rows, "rules countries")
    return element("section", title, legend, shown, id="countries", aria_labelledby="countries-title")


def _country_row(country: LeadCountry, scale: int, name: str) -> Markup:
    words = country.name or country.code or NOT_ANSWERED
    share = 100 / scale
    drawn = [element("rect", class_="track", width="100%", height=12)]
    if country.eligible:
        drawn.append(bar("good", 0, share * country.eligible))
    if country.proposals > country.eligible:
        drawn.append(bar("all", share * country.eligible, share * (country.proposals - country.eligible)))
    description = f"{counted(country.proposals, 'proposal')}, {grouped(country.eligible)} eligible."
    copies = f" ({not_counted(country.copies)})" if country.copies else None
    label = element("span", outside(words), copies, class_="words")
    head = element("th", element("div", label, chart(words, description, 12, *drawn, name=name)), scope="row")
    amount = format_money(country.requested) if country.eligible else "-"
    cells = (grouped(country.proposals), grouped(country.eligible), amount)
    return element("tr", head, *(element("td", cell, class_="n" if cell not in "0-" else "n none") for cell in cells))


def _country_swatch(tone: str) -> Markup:
    return element("svg", bar(tone, 0, 100), width=22, height=12, aria_hidden="true")


MOST_GROUPS = 200
"""More organisations than this nobody reads on a page."""
MOST_PROPOSALS = 30


def repeated_section(summary: PortfolioSummary, links: ProposalLinks) -> Markup | None:
    """None where nothing came twice."""
    parts = [
        _proposals(Heading.SAME_CONTENT, [one for one in summary.same_proposals if one.by == "content"], links),
        _proposals(
            Heading.SAME_NAME,
            [one for one in summary.same_proposals if one.by == "name"],
            links,
        ),
        _organisations(summary, links),
        _pics(summary.shared_pics, links),
    ]
    if not any(parts):
        return None
    title = element("h2", "Repeated proposals and organisations", id="repeated-title")
    return element("section", title, *parts, id="repeated", aria_labelledby="repeated-title")


def _proposals(title: str, found: Sequence[SameProposal], links: ProposalLinks) -> Markup | None:
    if not found:
        return None
    items = [_group(same, links) for same in found]
    return element("div", element("h3", title), element("ul", *items, class_="groups"), class_="part")


def _group(same: SameProposal, links: ProposalLinks) -> Markup:
    about = project(same.inputs[0])
    head = element("p", outside(about)) if about else None
    files = element("p", listed([links.to_file(input) for input in same.inputs]), class_="in" if about else None)
    return element("li", head, files)


def _organisations(portfolio: PortfolioSummary, links: ProposalLinks) -> Markup | None:
    found = portfolio.shared_organisations
    if not found and not portfolio.without_country:
        return None
    items = [_organisation(one, links) for one in found[:MOST_GROUPS]]
    more = len(found) - MOST_GROUPS
    rest = element("p", f"… and {counted(more, 'more organisation')}; {ALL_IN_JSON}.") if more > 0 else None
    count = element("span", counted(len(found), "organisation"), class_="count")
    summary = element("summary", element("h3", Heading.SHARED_ORGANISATIONS), count)
    groups = element("ul", *items, class_="groups") if items else None
    left_out = element("p", without_country_in_words(portfolio)) if portfolio.without_country else None
    return element("details", summary, groups, rest, left_out, class_="part")


def _pics(found: Sequence[SharedPic], links: ProposalLinks) -> Markup | None:
    if not found:
        return None
    items = [_pic(one, links) for one in found[:MOST_GROUPS]]
    more = len(found) - MOST_GROUPS
    rest = element("p", f"… and {counted(more, 'more PIC')}; {ALL_IN_JSON}.") if more > 0 else None
    return element(
        "div", element("h3", Heading.SHARED_PICS), element("ul", *items, class_="groups"), rest, class_="part"
    )


def _pic(one: SharedPic, links: ProposalLinks) -> Markup:
    holders = []
    for holder in one.holders:
        places = list(dict.fromkeys(links.to(appearance.input) for appearance in holder.appearances))
        more = len(places) - MOST_PROPOSALS
        rest = f" and {counted(more, 'more', 'more')} ({ALL_IN_JSON})" if more > 0 else None
        name = outside(holder_in_words(holder))
        holders.append(element("p", name, ": ", listed(places[:MOST_PROPOSALS]), rest, class_="in"))
    return element("li", element("p", element("strong", "PIC ", outside(one.pic))), *holders)


def _organisation(one: SharedOrganisation, links: ProposalLinks) -> Markup:
    places: dict[str, list[str]] = {}
    for appearance in one.appearances:
        roles = places.setdefault(links.to(appearance.input), [])
        if appearance.role == "lead" and "lead" not in roles:
            roles.append("lead")
    shown = [
        joined([Markup(place), " (lead)" if roles else None]) for place, roles in list(places.items())[:MOST_PROPOSALS]
    ]
    more = len(places) - MOST_PROPOSALS
    apart = [outside(one.country)] if one.country else []
    if one.pics:
        apart.append(outside(pics_in_words(one)))
    head = element("p", element("strong", outside(one.name)), " ", *[part for text in apart for part in (" · ", text)])
    number = f"{counted(len(places), 'proposal')}: "
    rest = f" and {counted(more, 'more', 'more')} ({ALL_IN_JSON})" if more > 0 else None
    return element("li", head, element("p", number, listed(shown), rest, class_="in"))


def what_if_section(what_if: WhatIfResult, links: ProposalLinks) -> Markup:
    """An entry for the proposals whose verdict would change alike."""
    title = element("h2", Heading.WHAT_IF, id="supposed-title")
    lead = element("p", what_if_terms(what_if), class_="lead")
    items = [_change(change, links) for change in what_if.alike()]
    listed = element("ul", *items, class_="nearly") if items else None
    return element("section", title, lead, listed, id="supposed", aria_labelledby="supposed-title")


def _change(change: AlikeChange, links: ProposalLinks) -> Markup:
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
