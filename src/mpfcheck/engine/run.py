"""A run over many inputs as data: its terms, and what comes out of its inputs. It can be sent between processes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from mpfcheck.checking.checker import ParameterError
from mpfcheck.checking.report import ProposalReport, Severity, Status, Verdict
from mpfcheck.engine.check import Checked, Engine
from mpfcheck.engine.registry import BrokenCallError, Checkers, Registry, Terms
from mpfcheck.frozen import Frozen

if TYPE_CHECKING:
    from mpfcheck.checking.portfolio.ranking import RankBy
    from mpfcheck.checking.portfolio.resubmissions import Counting
    from mpfcheck.checking.what_if import VerdictChange, WhatIf
    from mpfcheck.engine.assessments import Assessments
    from mpfcheck.engine.portfolio import PortfolioEntry
    from mpfcheck.packs.call import Call

__all__ = ["Finished", "Gist", "LineWriter", "RunPiece", "RunTerms", "gist_of"]


_FAIL, _INCONCLUSIVE = Status.FAIL, Status.INCONCLUSIVE
"""To look one up in its class takes many times as long as to compare with it."""


class LineWriter(Protocol):
    """A format that writes each report by itself."""

    def add(self, report: ProposalReport) -> None:
        """Write the next report."""


class RunTerms(Frozen):
    """The terms of a run over many inputs: small, and can be sent from one process to another.

    ``what_if_date`` and ``what_if_parameters`` are the date and the parameters to compare verdicts with.
    ``for_people``, ``bare``, ``outlook`` and ``assessments`` are as in :class:`Engine`; ``together`` says that the run
    ends with what the proposals have in common. ``calls`` are those that a program has loaded. ``lines`` makes the
    writer of a format whose reports stand each by itself, given where to write: then processes send text. ``counting``
    says how proposals that were sent in again are counted once, ``rank_by`` by which score the eligible are ranked.
    """

    folders: tuple[Path, ...]
    terms: Terms
    what_if_date: date | None = None
    what_if_parameters: tuple[tuple[str, str], ...] = ()
    for_people: bool = False
    bare: bool = False
    together: bool = False
    lines: Callable[[Callable[[bytes], object]], LineWriter] | None = None
    choose: str = "choose one"
    outlook: bool = False
    assessments: Assessments | None = None
    counting: Counting | None = None
    rank_by: RankBy | None = None
    calls: tuple[Call, ...] = ()

    def engine(self, *, for_people: bool) -> Engine:
        """What checks on these terms; it is ready. Raises as :meth:`Engine.ready` does."""
        engine = Engine(
            Registry(self.folders, loaded=map(Checkers, self.calls)),
            self.terms,
            choose=self.choose,
            for_people=for_people,
            bare=self.bare,
            outlook=self.outlook,
            assessments=self.assessments,
        )
        engine.ready()
        return engine

    def what_if(self) -> WhatIf | None:
        """What verdicts are compared with, if anything."""
        if self.what_if_date is None and not self.what_if_parameters:
            return None
        # Few runs compare, and everybody would wait for this import.
        from mpfcheck.checking.what_if import WhatIf

        return WhatIf(self.what_if_date, dict(self.what_if_parameters))


class Gist(Frozen):
    """What of a report decides how a run ends.

    ``failed`` holds the severities of the rules that are not met and of the problems of the file; ``inconclusive`` says
    that a rule could not be evaluated.
    """

    verdict: Verdict
    failed: frozenset[Severity]
    inconclusive: bool

    # Every report has one, and to set any fields of any class takes more than twice as long.
    def __init__(self, verdict: Verdict, failed: frozenset[Severity], inconclusive: bool) -> None:
        own = self.__dict__
        own["verdict"], own["failed"], own["inconclusive"] = verdict, failed, inconclusive


def gist_of(report: ProposalReport) -> Gist:
    """What of a report decides how a run ends."""
    failed = {problem.severity for problem in report.problems}
    inconclusive = False
    fail, not_known = _FAIL, _INCONCLUSIVE
    for result in report.results:
        status = result.status
        if status is fail:
            failed.add(result.severity)
        elif status is not_known:
            inconclusive = True
    return Gist(report.verdict, frozenset(failed), inconclusive)


class Finished(Frozen):
    """What came out of some inputs, in their order: the checked proposals, or the text of their reports as UTF-8.

    ``inputs`` is how many they were and ``size`` how many bytes they had. ``gists`` are those of reports that are there
    as text only. ``entries`` and ``changes`` are what another process found out for the end of the run; checked
    proposals of this process are asked instead. ``assessed`` are the numbers of the decisions about those that are
    there as text only. ``broken`` are the calls that cannot be used, ``notices`` what a person must know about the
    terms.
    """

    inputs: int
    size: int
    checked: tuple[Checked, ...] = ()
    text: bytes = b""
    gists: frozenset[Gist] = frozenset()
    entries: tuple[PortfolioEntry, ...] = ()
    changes: tuple[VerdictChange, ...] = ()
    broken: tuple[BrokenCallError, ...] = ()
    notices: tuple[str, ...] = ()
    assessed: frozenset[int] = frozenset()

    # As for a gist.
    def __init__(
        self,
        inputs: int,
        size: int,
        checked: tuple[Checked, ...] = (),
        text: bytes = b"",
        gists: frozenset[Gist] = frozenset(),
        entries: tuple[PortfolioEntry, ...] = (),
        changes: tuple[VerdictChange, ...] = (),
        broken: tuple[BrokenCallError, ...] = (),
        notices: tuple[str, ...] = (),
        assessed: frozenset[int] = frozenset(),
    ) -> None:
        own = self.__dict__
        own["inputs"], own["size"], own["checked"], own["text"], own["gists"] = inputs, size, checked, text, gists
        own["entries"], own["changes"], own["broken"], own["notices"] = entries, changes, broken, notices
        own["assessed"] = assessed


class RunPiece(Frozen):
    """What came out of some inputs, in their order: reports, or the text of them as UTF-8 with their gists.

    ``entries`` and ``changes`` are for what is said at the end of the run, if that is wanted. ``broken`` are the calls
    that cannot be used, ``notices`` what a person must know about the terms. ``wrong_terms`` says why the run must end.
    """

    reports: tuple[ProposalReport, ...]
    text: bytes
    gists: frozenset[Gist]
    entries: tuple[PortfolioEntry, ...]
    changes: tuple[VerdictChange, ...]
    broken: tuple[BrokenCallError, ...]
    notices: tuple[str, ...]
    wrong_terms: ParameterError | None
    assessed: frozenset[int] = frozenset()
