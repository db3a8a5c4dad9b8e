"""Differences between runs, for people: what is new first, then what was mended, then whose verdict changed."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.checking.report import InputReference, Severity, Status
from mpfcheck.checking.verdict_change import StatusChange, VerdictChange
from mpfcheck.reporting.comparison import Comparison, Finding
from mpfcheck.reporting.page import Page
from mpfcheck.reporting.totals import input_name
from mpfcheck.reporting.wording import COLOUR, SENTENCE, counted

__all__ = ["write_comparison", "write_verdict_changes"]

STATUS = {
    Status.PASS: "holds",
    Status.FAIL: "fails",
    Status.NOT_APPLICABLE: "does not apply",
    Status.UNDECIDED: "waits for answers",
    Status.REVIEW: "is for a person to judge",
    Status.INCONCLUSIVE: "could not be evaluated",
    None: "is not among the rules",
}
"""What a rule does."""


def write_comparison(page: Page, comparison: Comparison) -> None:
    """Write how two runs differ; of what is the same, only how much there is."""
    page.say(
        f"{counted(len(comparison.new), 'new finding')}, {len(comparison.fixed)} fixed, "
        f"{len(comparison.unchanged)} unchanged; {counted(len(comparison.verdicts), 'verdict')} changed.",
        style="bold",
    )
    _write_findings(page, "New", comparison.new, "✗", "red")
    _write_findings(page, "Fixed", comparison.fixed, "✓", "green")
    _write_findings(
        page, "Not known any more: these files could not be checked again", comparison.unknown, "?", "yellow"
    )
    if comparison.verdicts:
        write_verdict_changes(page, "Other verdicts", comparison.verdicts)
    _write_inputs(page, "Only in the newer run", comparison.added)
    _write_inputs(page, "Only in the older run", comparison.removed)


def write_verdict_changes(page: Page, heading: str, changes: Sequence[VerdictChange]) -> None:
    """Write whose verdict is another one, and which rules make it so."""
    page.heading(heading)
    for change in changes:
        page.say(input_name(change.input), indent="  ", hang="  ", style="bold")
        page.lead(f"    {SENTENCE[change.after]}", COLOUR[change.after], f"before: {SENTENCE[change.before]}")
        for rule in change.rules:
            page.entry("•", "cyan", rule.rule, rule.title)
            page.detail(_in_words(rule))


def _in_words(rule: StatusChange) -> str:
    return f"Before: {STATUS[rule.before]}; now: {STATUS[rule.after]}."


def _write_findings(page: Page, heading: str, found: Sequence[Finding], mark: str, colour: str) -> None:
    if not found:
        return
    page.heading(f"{heading} ({len(found)})")
    for input, own in _by_input(found):
        page.say(input_name(input), indent="  ", hang="  ", style="bold")
        for finding in own:
            weight = "" if finding.severity is Severity.BLOCKING else f" ({finding.severity.value})"
            name, title = (finding.rule, finding.title) if finding.rule else (finding.title, "")
            page.entry(mark, colour, name, f"{title}{weight}".strip())
            for line in finding.message.split("\n"):
                page.detail(line)


def _write_unknown(page: Page, found: Sequence[Finding]) -> None:
    """Of what could not be looked at again only how much there was: it is neither mended nor still there."""
    if found:
        page.heading(f"Neither fixed nor found again: these were not read ({len(found)})")
    for input, own in _by_input(found):
        page.say(f"{input_name(input)}: {counted(len(own), 'finding')}", indent="  ", hang="  ")


def _by_input(found: Sequence[Finding]) -> list[tuple[InputReference, list[Finding]]]:
    by_input: dict[InputReference, list[Finding]] = {}
    for one in found:
        by_input.setdefault(one.input, []).append(one)
    return list(by_input.items())


def _write_inputs(page: Page, heading: str, inputs: Sequence[InputReference]) -> None:
    if inputs:
        page.heading(f"{heading} ({len(inputs)})")
        for input in inputs:
            page.say(input_name(input), indent="  ", hang="  ")
