"""What is said of all proposals together, as blocks of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mpfcheck.checking.portfolio.summary import PortfolioSummary, RuleFiles, SharedOrganisation, SharedPic, Together
from mpfcheck.checking.report import InputReference, Severity, Status
from mpfcheck.checking.what_if import AlikeChange, Supposition
from mpfcheck.proposal.money import format_money
from mpfcheck.report.commonmark import markdown
from mpfcheck.report.comparison_text import supposed
from mpfcheck.report.portfolio_text import (
    SHARED_PICS,
    compared_in_words,
    copies_in_words,
    holder_in_words,
    not_counted,
)
from mpfcheck.report.words import STATUS_WORDS, VERDICT_HEADLINE, counted, names, project_name

__all__ = ["portfolio_blocks", "supposition_blocks"]

SAID = {
    Status.PASS: "fits",
    Status.FAIL: "does not fit",
    Status.NOT_APPLICABLE: "does not apply",
    Status.UNDECIDED: "waits for answers",
    Status.REVIEW: "for a person to judge",
    Status.INCONCLUSIVE: "not evaluated",
}
MOST_NAMES = 10


def portfolio_blocks(summary: PortfolioSummary) -> Iterator[str]:
    """The blocks, to stand with an empty line between them."""
    if summary.copies:
        yield markdown(copies_in_words(summary))
    if summary.nearly_eligible:
        yield "## One finding from eligible"
        yield _table(
            ("Proposal", "Rule", "To mend it"),
            (
                (project_name(one.input), f"{one.rule} {one.title}", one.fix.replace("\n", " "))
                for one in summary.nearly_eligible
            ),
        )
    for together in summary.together:
        yield from _together(together)
    if summary.rules:
        yield "## What the rules say, and of how many"
        heads = ("Rule", "Fail:", "Waiting:", "For review:", "Not evaluated:")
        yield _table(heads, (_rule(rule) for rule in summary.rules))
    if summary.lead_countries:
        yield "## Countries of the lead applicants"
        rows = (
            (one.name or "(not answered)", str(one.proposals), str(one.eligible), format_money(one.requested))
            for one in summary.lead_countries
        )
        yield _table(("Country", "Proposals:", "Eligible:", "Eligible ask for:"), rows)
    for by, heading in (
        ("content", "The same proposal more than once"),
        ("name", "The same title and lead applicant, other answers"),
    ):
        groups = [same.inputs for same in summary.same_proposals if same.by == by]
        if groups:
            yield f"## {heading}"
            yield "\n".join(f"- {_named(inputs)}" for inputs in groups)
    if summary.shared_organisations:
        yield "## Organisations in several proposals"
        yield "\n".join(f"- {_organisation(one)}" for one in summary.shared_organisations)
    if summary.shared_pics:
        yield f"## {SHARED_PICS}"
        yield "\n".join(f"- {_pic(one)}" for one in summary.shared_pics)


def supposition_blocks(supposition: Supposition) -> Iterator[str]:
    """The blocks, to stand with an empty line between them."""
    yield "## What if"
    yield markdown(supposed(supposition))
    if supposition.changes:
        yield "\n".join(f"- {_alike(change)}" for change in supposition.alike())


def _together(together: Together) -> Iterator[str]:
    yield f"## {markdown(together.title)}"
    copies = f"; {not_counted(together.copies)}" if together.copies else ""
    yield markdown(f"{together.rule}, of {counted(together.proposals, 'eligible proposal')} together{copies}.")
    rows = []
    for item in together.items:
        numbers = compared_in_words(item.compared) if item.compared else ""
        rows.append((item.label or item.item or "All", numbers, SAID[item.status], item.message.replace("\n", " ")))
    yield _table(("Of", "Numbers", "Status", "Remark"), rows)


def _rule(rule: RuleFiles) -> tuple[str, ...]:
    weight = "" if rule.severity is Severity.BLOCKING else f" ({rule.severity.value})"
    counts = (Status.FAIL, Status.UNDECIDED, Status.REVIEW, Status.INCONCLUSIVE)
    return (f"{rule.rule} {rule.title}{weight}", *(str(rule.count(status)) for status in counts))


def _organisation(one: SharedOrganisation) -> str:
    apart = ", ".join(filter(None, (one.country, *(f"PIC {pic}" for pic in one.pics))))
    inputs = list(dict.fromkeys(appearance.input for appearance in one.appearances))
    return f"**{markdown(one.name)}** ({markdown(apart)}): {_named(inputs)}"


def _pic(one: SharedPic) -> str:
    holders = [
        f"{markdown(holder_in_words(holder))}: {_named([appearance.input for appearance in holder.appearances])}"
        for holder in one.holders
    ]
    return f"**PIC {markdown(one.pic)}** {'; '.join(holders)}"


def _alike(change: AlikeChange) -> str:
    rules = " ".join(
        f"{rule.rule} {rule.title}: {STATUS_WORDS[rule.before]}; then {STATUS_WORDS[rule.after]}."
        for rule in change.rules
    )
    turned = f"{VERDICT_HEADLINE[change.before].capitalize()}, then {VERDICT_HEADLINE[change.after].lower()}"
    return f"**{turned}**: {_named(change.inputs)}. {markdown(rules)}"


def _named(inputs: Sequence[InputReference]) -> str:
    shown = [markdown(project_name(input)) for input in inputs[:MOST_NAMES]]
    return names(shown, len(inputs))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; heads that end with a colon stand over numbers."""
    lines = [
        " | ".join(head.removesuffix(":") for head in heads),
        " | ".join("---:" if head.endswith(":") else "---" for head in heads),
        *(" | ".join(markdown(cell) for cell in row) for row in rows),
    ]
    return "\n".join(f"| {line} |" for line in lines)
