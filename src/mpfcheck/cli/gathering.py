"""What is kept of the reports of a run for what is said at its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from mpfcheck.cli.batch import Batch, Checked
from mpfcheck.cli.terms import Terms
from mpfcheck.cli.work import Finished
from mpfcheck.report.overview import Overview, Run

if TYPE_CHECKING:
    from mpfcheck.checking.portfolio.portfolio import Portfolio
    from mpfcheck.checking.portfolio.summary import PortfolioSummary
    from mpfcheck.checking.report import ProposalReport
    from mpfcheck.checking.what_if import VerdictChange

__all__ = ["Gathering"]


class Gathering:
    """Takes all that is finished; gives the overview. Of a proposal alone nothing is kept, and nothing imported."""

    def __init__(self, terms: Terms, batch: Batch, older: Sequence[ProposalReport] | None) -> None:
        """Keep what the terms ask for; ``older`` are the reports of a run to compare this one with."""
        # Few runs ask for any of these, and the others are not to wait for their imports.
        if older is None:
            self._since = None
        else:
            from mpfcheck.report.comparison import Since

            self._since = Since(older)
        self._batch = batch
        self._what_if = terms.what_if()
        self._together = terms.together
        self._first: tuple[ProposalReport, Checked | None] | None = None
        self._portfolio: Portfolio | None = None
        self._changes: list[VerdictChange] = []

    def add(self, finished: Finished) -> None:
        """Take what is finished. Raises click.UsageError for a supposed parameter that the call does not have."""
        for report, checked in finished.reports:
            if self._since is not None:
                self._since.add(report)
            if self._what_if is not None and checked is not None:
                self._changes += checked.changes(self._what_if, report)
            if self._together and not finished.entries:
                self._count(report, checked)
        self._changes += finished.changes
        for one in finished.entries:
            self._opened().add_entry(one)

    def overview(self, run: Run) -> Overview:
        """What is known at the end of a run. One that was interrupted is not compared with a whole one."""
        return Overview(
            run=run,
            portfolio=self._summary(),
            supposition=None if self._what_if is None else self._what_if.supposition(self._changes),
            comparison=None if self._since is None or run.interrupted else self._since.comparison(),
        )

    def notices(self) -> Iterable[str]:
        """What a person must be told of what was supposed."""
        return () if self._what_if is None else self._what_if.notices()

    def _summary(self) -> PortfolioSummary | None:
        return None if self._portfolio is None else self._portfolio.summary(self._batch.checker)

    def _count(self, report: ProposalReport, checked: Checked | None) -> None:
        if self._portfolio is None and self._first is None:
            self._first = report, checked
            return
        _count_in(self._opened(), report, checked)

    def _opened(self) -> Portfolio:
        """The portfolio, with the first proposal in it."""
        if self._portfolio is None:
            from mpfcheck.checking.portfolio.portfolio import Portfolio

            self._portfolio = Portfolio()
            if self._first is not None:
                _count_in(self._portfolio, *self._first)
                self._first = None
        return self._portfolio


def _count_in(portfolio: Portfolio, report: ProposalReport, checked: Checked | None) -> None:
    if checked is None:
        portfolio.add(report)
    else:
        checked.count_in(portfolio, report)
