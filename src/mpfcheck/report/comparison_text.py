"""Differences between runs, for people: what is new first, then what was mended, then whose verdict changed."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.checking.report import InputReference, Severity
from mpfcheck.checking.what_if import Supposition, VerdictChange
from mpfcheck.report.comparison import Comparison, Finding
from mpfcheck.report.page import Page
from mpfcheck.report.words import STATUS_WORDS, VERDICT_HEADLINE, VERDICT_STYLE, counted, project_name

__all__ = ["comparison_in_short", "supposed", "write_comparison", "write_supposition"]


def comparison_in_short(comparison: Comparison) -> str:
    """How many findings are new, fixed and unchanged, in one sentence."""
    return (
        f"{counted(len(comparison.new), 'new finding')}, {len(comparison.fixed)} fixed, "
        f"{len(comparison.unchanged)} unchanged; {counted(len(comparison.verdicts), 'verdict')} changed."
    )


def write_comparison(page: Page, comparison: Comparison) -> None:
    """Write how two runs differ; of what is the same, only how much there is."""
    page.say(comparison_in_short(comparison), style="bold")
    _write_findings(page, "New", comparison.new, "✗", "red")
    _write_findings(page, "Fixed", comparison.fixed, "✓", "green")
    _write_findings(
        page, "Not known any more: these files could not be checked again", comparison.unknown, "?", "yellow"
    )
    if comparison.verdicts:
        page.heading("Other verdicts")
        _write_verdict_changes(page, comparison.verdicts)
    _write_inputs(page, "Only in the newer run", comparison.added)
    _write_inputs(page, "Only in the older run", comparison.removed)


def write_supposition(page: Page, supposition: Supposition) -> None:
    """Write which proposals would get another verdict, and by which rules."""
    page.say(supposed(supposition), style="bold")
    for change in supposition.alike():
        page.blank()
        words = f"instead of {VERDICT_HEADLINE[change.before]}: {counted(len(change.inputs), 'proposal')}"
        page.lead(VERDICT_HEADLINE[change.after], VERDICT_STYLE[change.after], words)
        for rule in change.rules:
            page.entry("•", "cyan", rule.rule, rule.title)
            page.detail(f"As checked: {STATUS_WORDS[rule.before]}; then: {STATUS_WORDS[rule.after]}.")
        for input in change.inputs:
            page.say(project_name(input), indent="  ", hang="  ")


def supposed(supposition: Supposition) -> str:
    """What is supposed, and how many verdicts it would change, in one sentence."""
    conditions = [f"it were {supposition.as_of}"] if supposition.as_of else []
    conditions += [f"{name} were {value}" for name, value in supposition.changed.items()]
    number = len(supposition.changes)
    said = f"{counted(number, 'verdict')} would be another" if number else "no verdict would be another"
    return f"If {' and '.join(conditions)}: {said}."


def _write_verdict_changes(page: Page, changes: Sequence[VerdictChange]) -> None:
    for change in changes:
        page.say(project_name(change.input), indent="  ", hang="  ", style="bold")
        page.lead(
            f"    {VERDICT_HEADLINE[change.after]}",
            VERDICT_STYLE[change.after],
            f"before: {VERDICT_HEADLINE[change.before]}",
        )
        for rule in change.rules:
            page.entry("•", "cyan", rule.rule, rule.title)
            page.detail(f"Before: {STATUS_WORDS[rule.before]}; now: {STATUS_WORDS[rule.after]}.")


def _write_findings(page: Page, heading: str, found: Sequence[Finding], mark: str, colour: str) -> None:
    if not found:
        return
    page.heading(f"{heading} ({len(found)})")
    for input, own in _by_input(found):
        page.say(project_name(input), indent="  ", hang="  ", style="bold")
        for finding in own:
            weight = "" if finding.severity is Severity.BLOCKING else f" ({finding.severity.value})"
            name, title = (finding.rule, finding.title) if finding.rule else (finding.title, "")
            page.entry(mark, colour, name, f"{title}{weight}".strip())
            for line in finding.message.split("\n"):
                page.detail(line)


def _by_input(found: Sequence[Finding]) -> list[tuple[InputReference, list[Finding]]]:
    by_input: dict[InputReference, list[Finding]] = {}
    for one in found:
        by_input.setdefault(one.input, []).append(one)
    return list(by_input.items())


def _write_inputs(page: Page, heading: str, inputs: Sequence[InputReference]) -> None:
    if inputs:
        page.heading(f"{heading} ({len(inputs)})")
        for input in inputs:
            page.say(project_name(input), indent="  ", hang="  ")
