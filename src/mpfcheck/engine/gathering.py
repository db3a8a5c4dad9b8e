"""What is kept of a run for what is said at its end: the proposals together, and how verdicts would change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mpfcheck.engine.check import Checked, Engine
from mpfcheck.engine.run import Finished, RunTerms

if TYPE_CHECKING:
    from mpfcheck.checking.portfolio.summary import PortfolioSummary
    from mpfcheck.checking.what_if import VerdictChange, WhatIfResult
    from mpfcheck.engine.portfolio import Portfolio

__all__ = ["Gathering"]


class Gathering:
    """Takes all that is finished. Of a proposal alone nothing is kept, and nothing imported."""

    def __init__(self, terms: RunTerms, engine: Engine) -> None:
        """Keep what the terms ask for."""
        self._engine = engine
        self._what_if = terms.what_if()
        self._together = terms.together
        self._counting = terms.counting
        self._rank_by = terms.rank_by
        self._first: Checked | None = None
        self._portfolio: Portfolio | None = None
        self._changes: list[VerdictChange] = []

    def add(self, finished: Finished) -> None:
        """Take what is finished. Raises ParameterError for a supposed parameter that the call does not have."""
        for checked in finished.checked:
            if self._what_if is not None:
                self._changes += checked.changes(self._what_if)
            if self._together and not finished.entries:
                self._count(checked)
        self._changes += finished.changes
        for one in finished.entries:
            self._opened().add_entry(one)

    def portfolio(self) -> PortfolioSummary | None:
        """The summary of the proposals together; None where there were not several."""
        return None if self._portfolio is None else self._portfolio.summary(self._engine.checker_of)

    def what_if(self) -> WhatIfResult | None:
        """How verdicts would change; None where nothing is supposed."""
        return None if self._what_if is None else self._what_if.result(self._changes)

    def notices(self) -> Iterator[str]:
        """What a person must know of what is supposed, and of what was chosen to count or rank by."""
        if self._what_if is not None:
            yield from self._what_if.notices()
        if self._portfolio is not None:
            yield from self._portfolio.notices()

    def _count(self, checked: Checked) -> None:
        if self._portfolio is None and self._first is None:
            self._first = checked
            return
        checked.count_in(self._opened())

    def _opened(self) -> Portfolio:
        """The portfolio, with the first proposal in it."""
        if self._portfolio is None:
            # Few runs need it, and the others are not to wait for this import.
            from mpfcheck.engine.portfolio import Portfolio

            self._portfolio = Portfolio(self._counting, self._rank_by)
            if self._first is not None:
                self._first.count_in(self._portfolio)
                self._first = None
        return self._portfolio
