"""The end of a report on several proposals: how many of each verdict, and which ones are not eligible."""

from __future__ import annotations

from mpfcheck.checking.report import InputReference, ProposalReport, Verdict
from mpfcheck.reporting.page import Page
from mpfcheck.reporting.summary import Summary
from mpfcheck.reporting.wording import COLOUR, SENTENCE, TOTAL, counted

__all__ = ["Totals", "input_name"]


def input_name(reference: InputReference) -> str:
    """What people call the input: its path, and its line where the file holds many."""
    name = "standard input" if reference.path == "-" else reference.path or "the proposal"
    return name if reference.line is None else f"{name}, line {reference.line}"


class Totals:
    """Remembers the names of the proposals that are not eligible: all of them, since a cut list would hide one."""

    def __init__(self) -> None:
        """Start with no names."""
        self._names: dict[Verdict, list[str]] = {verdict: [] for verdict in TOTAL if verdict is not Verdict.ELIGIBLE}

    def add(self, report: ProposalReport) -> None:
        """Remember the name of one that is not eligible."""
        if report.verdict is not Verdict.ELIGIBLE:
            self._names[report.verdict].append(input_name(report.input))

    def write(self, page: Page, summary: Summary) -> None:
        """Write the totals, one line a name."""
        parts = [f"{counted(n, TOTAL[v], TOTAL[v])}" for v in TOTAL if (n := summary.counts[v])]
        page.say(f"{counted(summary.proposals, 'proposal')}: {', '.join(parts)}.", style="bold")
        for verdict, names in self._names.items():
            if names:
                page.lead(SENTENCE[verdict], COLOUR[verdict], "")
                for name in names:
                    page.say(name, indent="  ", hang="  ")
