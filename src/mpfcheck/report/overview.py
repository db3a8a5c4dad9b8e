"""What is said of a run as a whole, after the last report: of all proposals together, and beside another run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mpfcheck.checking.report import PassedOver
from mpfcheck.frozen import Frozen

if TYPE_CHECKING:
    from mpfcheck.checking.portfolio.summary import PortfolioSummary
    from mpfcheck.checking.what_if import Supposition
    from mpfcheck.report.comparison import Comparison

__all__ = ["NOTHING_MORE", "Overview", "Run", "Shown"]


class Shown(Frozen):
    """How many proposals are shown of how many, and by which selection: ``verdict=ineligible country=FR``."""

    proposals: int
    of: int
    only: str


class Run(Frozen):
    """How far a run came: how many inputs it found until its end, what it passed over, and whether it was interrupted.

    ``inputs`` is None where nobody looked for any: reports made by a program are as many as there are. ``complete`` is
    whether the run came to its end and passed over nothing that may be a proposal. ``shown`` is None where all
    proposals are shown.
    """

    inputs: int | None = None
    passed_over: tuple[PassedOver, ...] = ()
    complete: bool = True
    interrupted: bool = False
    shown: Shown | None = None


class Overview(Frozen):
    """The parts that were asked for or make sense; a format writes those it has a place for.

    ``run`` is how far the run came; ``portfolio`` is there where several proposals were checked, ``supposition`` where
    it was asked what another day or parameter would change, ``comparison`` where there is an older run.
    """

    portfolio: PortfolioSummary | None = None
    supposition: Supposition | None = None
    comparison: Comparison | None = None
    run: Run = Run()


NOTHING_MORE = Overview()
