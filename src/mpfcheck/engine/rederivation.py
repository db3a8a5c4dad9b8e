"""Reports made again, from the proposals they are about and from what they say of their own making."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from mpfcheck.checking.checker import ParameterError
from mpfcheck.checking.report import InputReference, PassedOver, ProposalReport
from mpfcheck.engine.check import Checked, Engine, input_reference
from mpfcheck.engine.registry import Registry, Terms
from mpfcheck.frozen import changed
from mpfcheck.packs.find import UnknownCallError
from mpfcheck.packs.load import UnknownVersionError
from mpfcheck.proposal.values import shown
from mpfcheck.reading.inputs import Input, open_inputs

if TYPE_CHECKING:
    from mpfcheck.checking.portfolio.ranking import RankBy
    from mpfcheck.checking.portfolio.resubmissions import Counting
    from mpfcheck.checking.portfolio.summary import PortfolioSummary
    from mpfcheck.checking.what_if import WhatIfResult
    from mpfcheck.engine.assessments import Assessments

__all__ = ["NotReproducibleError", "Rederivation", "UnknownRulesError"]

_Key: TypeAlias = tuple[str | None, str | None]


class NotReproducibleError(Exception):
    """A report that cannot be made again; the message says why."""


class UnknownRulesError(Exception):
    """A report by rules that are not at hand; the message says which, and what to do."""


class Rederivation:
    """Makes reports again, each by the call, the date and the parameters that the written one names.

    ``calls`` are the ids of the calls (``CALL@VERSION`` for an older version).

    Decisions of people cannot be made again: without ``assessments`` they are taken as they are written.
    What was given and is in no report, or could not be looked at, is in ``strangers`` and ``passed_over`` after
    :meth:`reports`, and the paths of all inputs in ``paths``, each with what the reports call it.
    """

    def __init__(
        self, written: Sequence[ProposalReport], registry: Registry, assessments: Assessments | None = None
    ) -> None:
        """Find the rules of every report.

        Raises :class:`UnknownRulesError` where the rules at hand are others, by their checksum;
        :class:`NotReproducibleError` where a report is about some rules only; BrokenCallError for a broken call.
        """
        self._written = written
        self._registry = registry
        self._assessments = assessments
        self._engines: dict[tuple[Terms, bool], Engine] = {}
        self._terms: list[Terms] = []
        self.calls: dict[str, None] = {}
        self.strangers: list[InputReference] = []
        self.passed_over: list[PassedOver] = []
        self.paths: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()
        for report in written:
            if report.chosen:
                only = ", ".join(report.chosen)
                raise NotReproducibleError(
                    f"The report applies only the rules {only}. The command line cannot choose rules; use Python."
                )
            call_id = _call_of(report, registry)
            if call_id is not None:
                self.calls[call_id] = None
            self._terms.append(Terms(call_id, _day(report.as_of), tuple(report.changed.items())))

    @property
    def unread(self) -> list[str]:
        """The paths of the inputs that could not be read when the reports were written."""
        return [one.input.path or "" for one in self._written if one.input.sha256 is None]

    def reports(self, paths: Sequence[str]) -> list[Checked | None]:
        """The reports made again, in the order they were written; None where no proposal at these paths is the one.

        A proposal is the one a report is about if its checksum is the same; its path may be another.
        """
        derived: list[Checked | None] = [None] * len(self._written)
        numbers_of: dict[_Key, list[int]] = {}
        for number, written in enumerate(self._written):
            numbers_of.setdefault(_key(written.input), []).append(number)
        left = {key: len(numbers) for key, numbers in numbers_of.items()}
        given: set[tuple[str, int | None]] = set()
        for source in open_inputs(paths, pass_over=self.passed_over.append):
            reference = input_reference(source, checksum=True)
            key = _key(reference)
            for number in numbers_of.get(key, ()):
                same_line = self._written[number].input.line == source.line
                if derived[number] is None or same_line:
                    derived[number] = self._derive(number, source)
            if source.path not in self.paths:
                self._name(source.path, numbers_of.get(key, ()))
            place = os.path.realpath(source.path), source.line
            if place in given:
                # The same file by another name is not another proposal.
                continue
            given.add(place)
            left[key] = left.get(key, 0) - 1
            if left[key] < 0:
                self.strangers.append(reference)
        return derived

    def _name(self, path: str, numbers: Sequence[int]) -> None:
        """Keep what the reports of these numbers, on the first proposal of a file, call the file."""
        called = dict.fromkeys(one for number in numbers if (one := self._written[number].input.path) is not None)
        free = [one for one in called if one not in self._taken]
        # Of copies, each has a name of its own; where several would do, the one that was kept.
        free.sort(key=lambda one: os.path.basename(one) != os.path.basename(path))
        place = os.path.realpath(path)
        self.paths[path] = free[0] if free else self._names.get(place, path)
        self._names.setdefault(place, self.paths[path])
        self._taken.add(self.paths[path])

    def portfolio(
        self, derived: Sequence[Checked], counting: Counting | None = None, rank_by: RankBy | None = None
    ) -> PortfolioSummary:
        """The summary of all the proposals together, counted and ranked as these say."""
        from mpfcheck.engine.portfolio import Portfolio

        portfolio = Portfolio(counting, rank_by)
        for checked in derived:
            checked.count_in(portfolio)
        pairs = zip(self._written, self._terms, strict=True)
        engines = {report.call.id: self._engine(report, terms) for report, terms in pairs if report.call}
        return portfolio.summary(lambda call_id: engines[call_id].checker_of(call_id))

    def what_if(self, as_of: str | None, parameters: Mapping[str, object], derived: Sequence[Checked]) -> WhatIfResult:
        """How verdicts would change on another date or with other parameters; raises NotReproducibleError."""
        from mpfcheck.checking.what_if import WhatIf

        what_if = WhatIf(_day(as_of), parameters)
        try:
            return what_if.result([change for checked in derived for change in checked.changes(what_if)])
        except ParameterError as error:
            raise NotReproducibleError(str(error)) from None

    def _derive(self, number: int, source: Input) -> Checked:
        try:
            checked = self._engine(self._written[number], self._terms[number]).check_input(source)
        except ParameterError as error:
            raise NotReproducibleError(str(error)) from None
        written = self._written[number]
        checked.report = changed(checked.report, input=changed(checked.report.input, path=written.input.path))
        if self._assessments is None:
            checked.report = changed(checked.report, assessments=written.assessments)
        else:
            checked.report = self._assessments.added_to(checked.report)
        return checked

    def _engine(self, report: ProposalReport, terms: Terms) -> Engine:
        key = terms, report.outlook is not None
        if key not in self._engines:
            engine = Engine(self._registry, terms, choose="choose one with --call", outlook=report.outlook is not None)
            engine.ready()
            self._engines[key] = engine
        return self._engines[key]


def _day(as_of: str | None) -> date | None:
    try:
        return None if as_of is None else date.fromisoformat(as_of)
    except ValueError:
        raise NotReproducibleError(f"The date of the report, {shown(as_of)}, is not a date.") from None


def _call_of(report: ProposalReport, registry: Registry) -> str | None:
    """The call by whose rules a report was made, in the version that has the checksum it names."""
    call = report.call
    if call is None:
        return None
    try:
        known = registry.call(call.id)
        if known.sha256 == call.sha256:
            return call.id
        published = f"{call.id}@{call.version}"
        if registry.call(published).sha256 == call.sha256:
            return published
    except UnknownVersionError:
        pass
    except UnknownCallError:
        raise UnknownRulesError(
            f"The report uses the rules of {call.id}, version {call.version}, which are not here. "
            "Use --rules DIR to say where they are."
        ) from None
    raise UnknownRulesError(
        f"The report uses other rules of {call.id} than those here.\n"
        f"  report: version {call.version}, checksum {call.sha256}\n"
        f"  here:   version {known.version}, checksum {known.sha256}\n"
        "Use --rules DIR to say where the rules of the report are."
    )


def _key(reference: InputReference) -> _Key:
    """What tells whether two reports are about the same: the content, or the path of what could not be read."""
    checksum = reference.sha256
    return (checksum, None) if checksum is not None else (None, reference.path)
