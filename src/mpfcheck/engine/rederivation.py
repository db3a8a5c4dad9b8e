"""Reports made again, from the proposals they are about and from what they say of their own making."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from mpfcheck.reading.inputs import STANDARD_INPUT, Input, PassOver, open_inputs

if TYPE_CHECKING:
    from mpfcheck.checking.portfolio.summary import PortfolioSummary
    from mpfcheck.checking.what_if import VerdictChange, WhatIf
    from mpfcheck.engine.assessments import Assessments
    from mpfcheck.engine.portfolio import Portfolio

__all__ = ["NotReproducibleError", "Rederivation", "UnknownRulesError"]

_Key: TypeAlias = tuple[str | None, str | None]


class NotReproducibleError(Exception):
    """A report that cannot be made again; the message says why."""


class UnknownRulesError(Exception):
    """A report by rules that are not at hand; the message says which, and what to do."""


class Rederivation:
    """Makes reports again, each by the call, the date and the parameters that the written one names.

    ``written`` are the reports without what they say, ``calls`` the ids of the calls (``CALL@VERSION`` for an older
    version).

    Decisions of people cannot be made again: without ``assessments`` they are taken as they are written.
    After :meth:`find`, ``missing`` are the reports whose proposals were not given. What was given and is in no report,
    or could not be looked at, is in ``strangers`` and ``passed_over``, and the paths of all inputs in ``paths``, each
    with what the reports call it.
    """

    def __init__(
        self, written: Iterable[ProposalReport], registry: Registry, assessments: Assessments | None = None
    ) -> None:
        """Find the rules of every report. Of many reports, what they say is not held.

        Raises :class:`UnknownRulesError` where the rules at hand are others, by their checksum;
        :class:`NotReproducibleError` where a report is about some rules only; BrokenCallError for a broken call.
        """
        self.written: list[ProposalReport] = []
        self._registry = registry
        self._assessments = assessments
        self._engines: dict[tuple[Terms, bool], Engine] = {}
        self._terms: list[Terms] = []
        self.calls: dict[str, None] = {}
        self.missing: list[ProposalReport] = []
        self.strangers: list[InputReference] = []
        self.passed_over: list[PassedOver] = []
        self.paths: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()
        self._wanted: dict[int, list[int]] = {}
        self._inputs: Callable[[], Iterable[Input]] = tuple
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
            self.written.append(changed(report, problems=(), results=(), repair=None))

    @property
    def unread(self) -> list[str]:
        """The paths of the inputs that could not be read when the reports were written."""
        return [one.input.path or "" for one in self.written if one.input.sha256 is None]

    def find(self, paths: Sequence[str]) -> None:
        """Find the proposals of the reports at these paths.

        A proposal is the one a report is about if its checksum is the same; its path may be another.
        """
        standard_input = tuple(open_inputs([STANDARD_INPUT])) if STANDARD_INPUT in paths else ()

        def inputs(pass_over: PassOver = lambda _: None) -> Iterator[Input]:
            for path in paths:
                yield from standard_input if path == STANDARD_INPUT else open_inputs([path], pass_over=pass_over)

        self._inputs = inputs
        numbers_of: dict[_Key, list[int]] = {}
        for number, written in enumerate(self.written):
            numbers_of.setdefault(_key(written.input), []).append(number)
        left = {key: len(numbers) for key, numbers in numbers_of.items()}
        given: set[tuple[str, int | None]] = set()
        # Of copies, the one on the same line of its file, or else the first.
        best: dict[int, tuple[bool, int]] = {}
        for place_in_order, source in enumerate(inputs(self.passed_over.append)):
            reference = input_reference(source, checksum=True)
            key = _key(reference)
            for number in numbers_of.get(key, ()):
                same_line = self.written[number].input.line == source.line
                if number not in best or (same_line and not best[number][0]):
                    best[number] = same_line, place_in_order
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
        self.missing = [written for number, written in enumerate(self.written) if number not in best]
        for number, (_, place_in_order) in sorted(best.items()):
            self._wanted.setdefault(place_in_order, []).append(number)

    def reports(self) -> Iterator[Checked]:
        """The reports made again, in the order they were written, from the proposals that were found.

        A report is held only while one before it is not made yet: none where the proposals are given in the same order.
        """
        ready: dict[int, Checked] = {}
        turn = iter(sorted(number for numbers in self._wanted.values() for number in numbers))
        following = next(turn, None)
        for place_in_order, source in enumerate(self._inputs()):
            for number in self._wanted.get(place_in_order, ()):
                ready[number] = self._derive(number, source)
            while following in ready:
                yield ready.pop(following)
                following = next(turn, None)

    def _name(self, path: str, numbers: Sequence[int]) -> None:
        """Keep what the reports of these numbers, on the first proposal of a file, call the file."""
        called = dict.fromkeys(one for number in numbers if (one := self.written[number].input.path) is not None)
        free = [one for one in called if one not in self._taken]
        # Of copies, each has a name of its own; where several would do, the one that was kept.
        free.sort(key=lambda one: os.path.basename(one) != os.path.basename(path))
        place = os.path.realpath(path)
        self.paths[path] = free[0] if free else self._names.get(place, path)
        self._names.setdefault(place, self.paths[path])
        self._taken.add(self.paths[path])

    def summary(self, portfolio: Portfolio) -> PortfolioSummary:
        """The summary of all the proposals together that were counted in it."""
        pairs = zip(self.written, self._terms, strict=True)
        engines = {report.call.id: self._engine(report, terms) for report, terms in pairs if report.call}
        return portfolio.summary(lambda call_id: engines[call_id].checker_of(call_id))

    def what_if(self, as_of: str | None, parameters: Mapping[str, object]) -> WhatIf:
        """What a report supposes; raises NotReproducibleError."""
        from mpfcheck.checking.what_if import WhatIf

        return WhatIf(_day(as_of), parameters)

    def changes(self, checked: Checked, what_if: WhatIf) -> Sequence[VerdictChange]:
        """How a verdict would change if that were so; raises NotReproducibleError."""
        try:
            return checked.changes(what_if)
        except ParameterError as error:
            raise NotReproducibleError(str(error)) from None

    def _derive(self, number: int, source: Input) -> Checked:
        try:
            checked = self._engine(self.written[number], self._terms[number]).check_input(source)
        except ParameterError as error:
            raise NotReproducibleError(str(error)) from None
        written = self.written[number]
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
