"""The end of a report on several proposals: how many of each verdict, and which ones are not eligible."""

from __future__ import annotations

from mpfcheck.checking.report import InputReference, ProposalReport, Verdict
from mpfcheck.reporting.page import Page
from mpfcheck.reporting.wording import COLOUR, SENTENCE, TOTAL, counted

__all__ = ["Totals", "input_name"]


def input_name(reference: InputReference) -> str:
    """What people call the input: its path, and its line where the file holds many."""
    name = "standard input" if reference.path == "-" else reference.path or "the proposal"
    return name if reference.line is None else f"{name}, line {reference.line}"


class Totals:
    """Counts the proposals, and remembers the names of those that are not eligible: all of them, to hide none."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.proposals = 0
        self._names: dict[Verdict, list[str]] = {verdict: [] for verdict in TOTAL if verdict is not Verdict.ELIGIBLE}

    @property
    def checked(self) -> int:
        """How many could be read, and were checked."""
        return self.proposals - len(self._names[Verdict.INVALID])

    def add(self, report: ProposalReport) -> None:
        """Count one, and remember its name if it is not eligible."""
        if report.verdict is not Verdict.ELIGIBLE:
            self._names[report.verdict].append(input_name(report.input))
        self.proposals += 1

    def write(self, page: Page) -> None:
        """Write how many there are of each verdict, then the names, one a line."""
        counts = {verdict: len(names) for verdict, names in self._names.items()}
        counts[Verdict.ELIGIBLE] = self.proposals - sum(counts.values())
        parts = [counted(counts[verdict], words, words) for verdict, words in TOTAL.items() if counts[verdict]]
        page.say(f"{counted(self.proposals, 'proposal')}: {', '.join(parts)}.", style="bold")
        for verdict, names in self._names.items():
            if names:
                page.lead(SENTENCE[verdict], COLOUR[verdict], "")
                for name in names:
                    page.say(name, indent="  ", hang="  ")
