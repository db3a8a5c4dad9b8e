"""What is known of proposals together, for people: files by verdict, pots, rules, countries, what came twice."""

from __future__ import annotations

from collections.abc import Iterable

from mpfcheck.checking.portfolio.summary import (
    Appearance,
    Compared,
    PicHolder,
    PortfolioSummary,
    RuleFiles,
    SameProposal,
    SharedOrganisation,
    SharedPic,
    Together,
)
from mpfcheck.checking.report import InputReference, Severity, Status, Verdict
from mpfcheck.proposal.money import format_money
from mpfcheck.report.page import Page
from mpfcheck.report.words import (
    VERDICT_HEADLINE,
    VERDICT_IN_COUNTS,
    VERDICT_STYLE,
    counted,
    input_name,
    names,
    project,
    project_name,
)

__all__ = [
    "SHARED_PICS",
    "compared_in_words",
    "copies_in_words",
    "holder_in_words",
    "not_counted",
    "write_portfolio",
]

MARK = {
    Status.PASS: ("✓", "green"),
    Status.FAIL: ("!", "yellow"),
    Status.NOT_APPLICABLE: ("•", "dim"),
    Status.UNDECIDED: ("?", "yellow"),
    Status.REVIEW: ("•", "cyan"),
    Status.INCONCLUSIVE: ("!", "red"),
}
SAID = {
    Status.FAIL: "fail",
    Status.UNDECIDED: "waiting",
    Status.REVIEW: "for review",
    Status.INCONCLUSIVE: "not evaluated",
}
"""What is said of the proposals of a rule, in this order."""

SHARED_PICS = "One PIC with different names or countries"

MOST_PICS = 3
MOST_APPEARANCES = 10

ROLE = {"lead": "lead", "co_applicant": "co-applicant"}
OF = {"<": "of less than", "<=": "of", ">": "of more than", ">=": "of at least", "=": "of exactly", "!=": "not"}


def write_portfolio(page: Page, summary: PortfolioSummary) -> None:
    """Write the summary of several proposals: every file that is not eligible by name, however many.

    Only of an organisation that is everywhere not every place is told; the JSON report has them all.
    """
    counts = {verdict: len(summary.verdicts[verdict]) for verdict in VERDICT_IN_COUNTS}
    parts = [counted(counts[verdict], words, words) for verdict, words in VERDICT_IN_COUNTS.items() if counts[verdict]]
    page.say(f"{counted(summary.proposals, 'proposal')}: {', '.join(parts) or 'none'}.", style="bold")
    if summary.copies:
        page.say(copies_in_words(summary))
    for verdict in VERDICT_IN_COUNTS:
        if verdict is not Verdict.ELIGIBLE and summary.verdicts[verdict]:
            page.lead(VERDICT_HEADLINE[verdict], VERDICT_STYLE[verdict], "")
            _write_inputs(page, summary.verdicts[verdict])
    _write_nearly_eligible(page, summary)
    for together in summary.together:
        _write_together(page, together)
    _write_rules(page, summary.rules)
    _write_countries(page, summary)
    _write_same(page, summary.same_proposals)
    _write_organisations(page, summary.shared_organisations)
    _write_pics(page, summary.shared_pics)


def copies_in_words(summary: PortfolioSummary) -> str:
    """How many proposals repeat another one, and how many of each verdict are left without these."""
    number = len(summary.copies)
    different = [(summary.distinct[verdict], words) for verdict, words in VERDICT_IN_COUNTS.items()]
    parts = ", ".join(counted(count, words, words) for count, words in different if count)
    return (
        f"{counted(number, 'proposal is an exact copy', 'proposals are exact copies')} of another one. "
        "The figures below count each proposal once: "
        f"{counted(sum(summary.distinct.values()), 'different proposal')}, {parts}."
    )


def not_counted(copies: int) -> str:
    """How many copies a figure leaves out; empty for none."""
    return counted(copies, "copy not counted", "copies not counted") if copies else ""


def _write_nearly_eligible(page: Page, summary: PortfolioSummary) -> None:
    if summary.nearly_eligible:
        page.heading("One finding from eligible")
    for one in summary.nearly_eligible:
        page.say(project_name(one.input), indent="  ", hang="  ", style="bold")
        page.entry("✗", "red", one.rule, one.title)
        if one.copies:
            page.detail(f"This also applies to {counted(one.copies, 'exact copy', 'exact copies')}.")
        if one.fix:
            page.detail(one.fix.replace("\n", " "), label="To mend it")


def _write_together(page: Page, together: Together) -> None:
    of = ", ".join(filter(None, (counted(together.proposals, "eligible proposal"), not_counted(together.copies))))
    page.heading(f"{together.title} ({together.rule}, {of})")
    for item in together.items:
        mark, colour = MARK[item.status]
        label = item.label if item.label != item.item else ""
        numbers = compared_in_words(item.compared) if item.compared else ""
        page.entry(mark, colour, item.item or "All", ": ".join(filter(None, (label, numbers))))
        for line in item.message.split("\n") if item.message else ():
            page.detail(line)


def compared_in_words(compared: Compared) -> str:
    """Two numbers, as ``EUR 760 000.00 of EUR 3 900 000.00``."""
    return f"{_number(compared, limit=False)} {OF[compared.operator]} {_number(compared, limit=True)}"


def _number(compared: Compared, *, limit: bool) -> str:
    number = compared.limit if limit else compared.amount
    if compared.unit == "EUR":
        return format_money(number)
    return f"{number.normalize():f}"


def _write_rules(page: Page, rules: tuple[RuleFiles, ...]) -> None:
    if not rules:
        return
    page.heading("What the rules say, and of how many")
    several = len({rule.call for rule in rules}) > 1
    ids = max(len(rule.rule) for rule in rules)
    for rule in rules:
        counts = ", ".join(f"{rule.count(status)} {word}" for status, word in SAID.items() if rule.count(status))
        weight = "" if rule.severity is Severity.BLOCKING else f", {rule.severity.value}"
        call = f" ({rule.call})" if several else ""
        page.row(f"  {rule.rule:{ids}}  ", f"{counts}{weight}: {rule.title}{call}")


def _write_countries(page: Page, summary: PortfolioSummary) -> None:
    if summary.lead_countries:
        page.heading("Countries of the lead applicants")
    for country in summary.lead_countries:
        asked = (
            f", {country.eligible} eligible, asking for {format_money(country.requested)}" if country.eligible else ""
        )
        copies = f"; {not_counted(country.copies)}" if country.copies else ""
        page.say(
            f"{country.name or '(not answered)'}: {counted(country.proposals, 'proposal')}{asked}{copies}",
            indent="  ",
            hang="  ",
        )


def _write_same(page: Page, found: tuple[SameProposal, ...]) -> None:
    for by, heading in (
        ("content", "The same proposal more than once"),
        ("name", "The same title and lead applicant, other answers"),
    ):
        groups = [same for same in found if same.by == by]
        if groups:
            page.heading(heading)
        for same in groups:
            page.say(": ".join(filter(None, (project(same.inputs[0]), _names(same.inputs)))), indent="  ", hang="  ")


def _write_organisations(page: Page, found: tuple[SharedOrganisation, ...]) -> None:
    if found:
        page.heading("Organisations in several proposals")
    for one in found:
        pics = [names([f"PIC {pic}" for pic in one.pics[:MOST_PICS]], len(one.pics))] if one.pics else []
        apart = ", ".join(filter(None, (one.country, *pics)))
        page.say(f"{one.name} ({apart})", indent="  ", hang="  ", style="bold")
        for appearance in one.appearances[:MOST_APPEARANCES]:
            page.say(_appearance(appearance, one.name), indent="    ", hang="  ")
        if len(one.appearances) > MOST_APPEARANCES:
            page.say(f"… and {len(one.appearances) - MOST_APPEARANCES} more", indent="    ", hang="  ")


def _write_pics(page: Page, found: tuple[SharedPic, ...]) -> None:
    if found:
        page.heading(SHARED_PICS)
    for one in found:
        page.say(f"PIC {one.pic}", indent="  ", hang="  ", style="bold")
        for holder in one.holders:
            page.say(f"{holder_in_words(holder)}:", indent="    ", hang="  ")
            for appearance in holder.appearances[:MOST_APPEARANCES]:
                page.say(_appearance(appearance, holder.name), indent="      ", hang="  ")
            if len(holder.appearances) > MOST_APPEARANCES:
                page.say(f"… and {len(holder.appearances) - MOST_APPEARANCES} more", indent="      ", hang="  ")


def holder_in_words(holder: PicHolder) -> str:
    """The name and country that a PIC is given with."""
    name = holder.name or "(no name)"
    return f"{name} ({holder.country})" if holder.country else name


def _appearance(appearance: Appearance, name: str | None) -> str:
    other = f", as {appearance.name}" if appearance.name and appearance.name != name else ""
    return f"{project_name(appearance.input)}: {ROLE[appearance.role]}{other}"


def _names(inputs: Iterable[InputReference]) -> str:
    return "; ".join(map(input_name, inputs))


def _write_inputs(page: Page, inputs: Iterable[InputReference]) -> None:
    for input in inputs:
        page.say(project_name(input), indent="  ", hang="  ")
