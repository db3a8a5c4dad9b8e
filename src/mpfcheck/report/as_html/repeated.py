"""What came more than once: the same proposal, and the same organisation in several proposals."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.checking.portfolio.summary import PortfolioSummary, SameProposal, SharedOrganisation, SharedPic
from mpfcheck.report.as_html.links import Links, listed
from mpfcheck.report.as_html.markup import Markup, element, joined, outside
from mpfcheck.report.say.portfolio import holder_in_words
from mpfcheck.report.words import Heading, counted, names, project

__all__ = ["repeated_section"]

MOST = 200
"""More organisations than this nobody reads on a page."""
MOST_PROPOSALS = 30
MOST_PICS = 3


def repeated_section(summary: PortfolioSummary, links: Links) -> Markup | None:
    """None where nothing came twice."""
    parts = [
        _proposals(Heading.SAME_CONTENT, [one for one in summary.same_proposals if one.by == "content"], links),
        _proposals(
            Heading.SAME_NAME,
            [one for one in summary.same_proposals if one.by == "name"],
            links,
        ),
        _organisations(summary.shared_organisations, links),
        _pics(summary.shared_pics, links),
    ]
    if not any(parts):
        return None
    title = element("h2", "Repeated proposals and organisations", id="repeated-title")
    return element("section", title, *parts, id="repeated", aria_labelledby="repeated-title")


def _proposals(title: str, found: Sequence[SameProposal], links: Links) -> Markup | None:
    if not found:
        return None
    items = [_group(same, links) for same in found]
    return element("div", element("h3", title), element("ul", *items, class_="groups"), class_="part")


def _group(same: SameProposal, links: Links) -> Markup:
    said = project(same.inputs[0])
    head = element("p", outside(said)) if said else None
    files = element("p", listed([links.to_file(input) for input in same.inputs]), class_="in" if said else None)
    return element("li", head, files)


def _organisations(found: Sequence[SharedOrganisation], links: Links) -> Markup | None:
    if not found:
        return None
    items = [_organisation(one, links) for one in found[:MOST]]
    more = len(found) - MOST
    rest = element("p", f"… and {counted(more, 'more organisation')}; the JSON report lists all.") if more > 0 else None
    count = element("span", counted(len(found), "organisation"), class_="count")
    summary = element("summary", element("h3", Heading.SHARED_ORGANISATIONS), count)
    return element("details", summary, element("ul", *items, class_="groups"), rest, class_="part")


def _pics(found: Sequence[SharedPic], links: Links) -> Markup | None:
    if not found:
        return None
    items = [_pic(one, links) for one in found[:MOST]]
    more = len(found) - MOST
    rest = element("p", f"… and {counted(more, 'more PIC')}; the JSON report lists all.") if more > 0 else None
    return element(
        "div", element("h3", Heading.SHARED_PICS), element("ul", *items, class_="groups"), rest, class_="part"
    )


def _pic(one: SharedPic, links: Links) -> Markup:
    holders = []
    for holder in one.holders:
        places = list(dict.fromkeys(links.to(appearance.input) for appearance in holder.appearances))
        more = len(places) - MOST_PROPOSALS
        rest = f" and {counted(more, 'more', 'more')}" if more > 0 else None
        name = outside(holder_in_words(holder))
        holders.append(element("p", name, ": ", listed(places[:MOST_PROPOSALS]), rest, class_="in"))
    return element("li", element("p", element("strong", "PIC ", outside(one.pic))), *holders)


def _organisation(one: SharedOrganisation, links: Links) -> Markup:
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
        apart.append(outside(names([f"PIC {pic}" for pic in one.pics[:MOST_PICS]], len(one.pics))))
    head = element("p", element("strong", outside(one.name)), " ", *[part for text in apart for part in (" · ", text)])
    said = f"{counted(len(places), 'proposal')}: "
    rest = f" and {counted(more, 'more')}" if more > 0 else None
    return element("li", head, element("p", said, listed(shown), rest, class_="in"))
