"""The matrix of proposals and rules: a row a proposal, a column a rule, a mark a cell."""

from __future__ import annotations

from collections.abc import Container, Iterator

from mpfcheck.report.as_html.marks import VERDICT_MARK, RuleOutcome, mark
from mpfcheck.report.as_html.markup import Markup, element, joined, outside
from mpfcheck.report.as_html.overview import shared_folder
from mpfcheck.report.as_html.tally import CallTally, ProposalLine
from mpfcheck.report.words import VERDICT_IN_COUNTS

__all__ = ["legend", "matrix"]

_ANCHORED = {
    RuleOutcome.BROKEN: "r{place}",
    RuleOutcome.LOOK: "r{place}",
    RuleOutcome.FAULT: "r{place}",
    RuleOutcome.JUDGE: "r{place}",
    RuleOutcome.REVIEWED: "r{place}",
    RuleOutcome.OPEN: "missing",
}
"""Where on the proposal's section a cell leads: to the finding, or to all answers that are missing."""


def legend() -> Markup:
    """What the marks mean."""
    shown = [one for one in RuleOutcome if one is not RuleOutcome.UNKNOWN]
    return element("ul", *(element("li", mark(one.tone), one.words) for one in shown), class_="legend")


def matrix(call: CallTally, sections: Container[int], name: str) -> Iterator[Markup]:
    """The matrix piece by piece, with the proposals that have a section on this page; ``name`` makes its id."""
    heads = [
        element("th", element("span", rule.id, title=rule.title), scope="col", class_="turned") for rule in call.rules
    ]
    head = element("tr", element("th", "Proposal", scope="col"), *heads)
    caption = element("caption", "Proposals and rules", class_="unseen", id=name)
    yield Markup(f'<div class="matrix" role="region" tabindex="0" aria-labelledby="{name}"><table>')
    yield joined([caption, element("thead", head), Markup("<tbody>")])
    lines = [line for line in call.lines if line.number in sections]
    folder = shared_folder(lines)
    for line in lines:
        yield _row(line, call, folder)
    yield Markup("</tbody></table></div>")


def _row(line: ProposalLine, call: CallTally, folder: str) -> Markup:
    words = element("span", VERDICT_IN_COUNTS[line.verdict], class_="unseen")
    name = outside(line.name.removeprefix(folder))
    project = outside(line.project, class_="project") if line.project else None
    head = element(
        "th",
        element(
            "a",
            element("span", mark(VERDICT_MARK[line.verdict]), words, " "),
            element("span", name, project),
            href=f"#p{line.number}",
            title=line.name,
        ),
        scope="row",
    )
    padded = line.outcomes.ljust(len(call.rules), RuleOutcome.UNKNOWN.value)
    cells = [_cell(line.number, place, call.rules[place].id, letter) for place, letter in enumerate(padded)]
    return element("tr", head, *cells)


def _cell(number: int, place: int, rule: str, letter: str) -> Markup:
    outcome = RuleOutcome(letter)
    shown = joined([mark(outcome.tone), element("span", outcome.words, class_="unseen")])
    title = f"{rule}: {outcome.words}"
    if outcome not in _ANCHORED:
        return element("td", shown, title=title)
    return element("td", element("a", shown, href=f"#p{number}-" + _ANCHORED[outcome].format(place=place), title=title))
