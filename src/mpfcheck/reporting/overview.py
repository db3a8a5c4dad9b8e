"""What is said of a run as a whole, after the last report: of all proposals together, and beside another run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mpfcheck.frozen import Frozen

if TYPE_CHECKING:
    from mpfcheck.checking.portfolio.summary import PortfolioSummary
    from mpfcheck.checking.supposition import Supposition
    from mpfcheck.reporting.comparison import Comparison

__all__ = ["NOTHING_MORE", "Overview"]


class Overview(Frozen):
    """The parts that were asked for or make sense; a format writes those it has a place for.

    ``portfolio`` is there where several proposals were checked, ``supposition`` where it was asked what another day or
    parameter would change, ``comparison`` where there is an older run.
    """

    portfolio: PortfolioSummary | None = None
    supposition: Supposition | None = None
    comparison: Comparison | None = None


NOTHING_MORE = Overview()
