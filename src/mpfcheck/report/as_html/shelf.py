"""The sections of single proposals, kept until the overview that stands before them can be written."""

from __future__ import annotations

from enum import IntEnum

from mpfcheck.checking.report import ProposalReport, Severity, Status, Verdict
from mpfcheck.report.as_html.markup import Markup

__all__ = ["FEW", "MOST", "Interest", "Shelf", "interest_of"]

FEW = 100
"""Up to this many proposals, every one has its section."""
MOST = 500
"""More sections than this no browser shows at ease, and no person reads."""


class Interest(IntEnum):
    """How much a proposal's own section is worth a reader's time; the smaller the more."""

    NOT_ELIGIBLE = 0
    SOMETHING_TO_SEE = 1
    SIMPLY_ELIGIBLE = 2


def interest_of(report: ProposalReport) -> Interest:
    """A proposal is simply eligible where it breaks and misses nothing but advice, and its file has nothing odd.

    What a person judges does not count: that is asked of nearly all.
    """
    if report.verdict is not Verdict.ELIGIBLE:
        return Interest.NOT_ELIGIBLE
    quiet = (Status.PASS, Status.NOT_APPLICABLE, Status.REVIEW)
    seen = report.problems or any(
        result.status not in quiet and result.severity is not Severity.ADVICE for result in report.results
    )
    return Interest.SOMETHING_TO_SEE if seen else Interest.SIMPLY_ELIGIBLE


class Shelf:
    """Holds at most ``most`` sections: those of most interest, the first of them where they are alike.

    Once there are more than ``few`` proposals, those that are simply eligible lose theirs.
    """

    def __init__(self, few: int = FEW, most: int = MOST) -> None:
        """Start empty."""
        self._few = few
        self._most = most
        self._kept: dict[Interest, dict[int, Markup]] = {interest: {} for interest in Interest}

    def wants(self, number: int, interest: Interest) -> bool:
        """Whether to write the section of the ``number``-th proposal at all; asked of each in turn."""
        if number > self._few:
            self._kept[Interest.SIMPLY_ELIGIBLE].clear()
            if interest is Interest.SIMPLY_ELIGIBLE:
                return False
        return len(self) < self._most or any(self._kept[other] for other in Interest if other > interest)

    def add(self, number: int, interest: Interest, section: Markup) -> None:
        """Keep a section, in the place of one of less interest where there is no room."""
        self._kept[interest][number] = section
        if len(self) > self._most:
            least = max(other for other in Interest if self._kept[other])
            self._kept[least].popitem()

    def sections(self) -> dict[int, Markup]:
        """The sections by the number of their proposal, in input order."""
        return dict(sorted((number, text) for kept in self._kept.values() for number, text in kept.items()))

    def __len__(self) -> int:
        return sum(map(len, self._kept.values()))
