"""Inputs to rows: every proposal goes through the one reader, and all of them are for one call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from mpfcheck.checking.checker import CallAnnex, Checker
from mpfcheck.checking.report import PassedOver, ProposalReport, Severity
from mpfcheck.engine.check import Engine
from mpfcheck.reading.inputs import Input
from mpfcheck.warehouse.table import InputsNote

__all__ = ["Intake", "Seal", "SeveralCallsError"]


class SeveralCallsError(ValueError):
    """Two proposals of one table name different calls; the message says which, and what to do."""


class Seal(Protocol):
    """Makes the one checksum of all inputs."""

    def add(self, sha256: str | None, /) -> object:
        """Take the checksum of the next input."""

    def checksum(self) -> str | None:
        """That of all."""


class Intake:
    """Takes inputs one by one, and says of each what was answered or why it is not a proposal to the call.

    ``checker`` is that of the call: the engine's own, or that of the first proposal that names one; None before.
    ``invalid`` is how many were not proposals; ``passed_over`` is for what lies in a folder and is not taken.
    """

    def __init__(self, engine: Engine, seal: Seal) -> None:
        self._engine = engine
        self._annex: CallAnnex | None = None
        self._seal = seal
        self.checker: Checker | None = None
        self.invalid = 0
        self.passed_over: list[PassedOver] = []
        if engine.terms.call_id is not None:
            self._choose(engine.checker_of(engine.terms.call_id))

    def _choose(self, checker: Checker) -> None:
        self.checker = checker
        self._annex = CallAnnex(checker.call)

    def take(self, source: Input) -> tuple[str | None, Mapping[str, object]] | ProposalReport:
        """The checksum and the answers of a proposal, its annex as the call reads it; or the report that it is invalid.

        Raises SeveralCallsError, and as :meth:`Engine.check` does.
        """
        taken = self._taken(source)
        if isinstance(taken, ProposalReport):
            self.invalid += 1
            self._seal.add(taken.input.sha256)
        else:
            self._seal.add(taken[0])
        return taken

    def note(self, *, interrupted: bool = False) -> InputsNote:
        """What became of the inputs."""
        complete = not interrupted and not any(one.possible for one in self.passed_over)
        return InputsNote(self.invalid, complete, interrupted, self._seal.checksum(), tuple(self.passed_over))

    def _taken(self, source: Input) -> tuple[str | None, Mapping[str, object]] | ProposalReport:
        document = source.document()
        answers = document.answers
        if answers is not None and self._annex is not None and self._is_of_the_call(answers):
            fitted, problems = self._annex.looked_at(answers, lambda _: None)
            if all(problem.severity is not Severity.BLOCKING for problem in problems):
                return document.sha256, fitted
        checked = self._engine.check_input(source)
        if checked.broken is not None:
            raise checked.broken
        if checked.answers is None or checked.checker is None:
            return checked.report
        if self.checker is None:
            self._choose(checked.checker)
            return self._taken(source)
        place = source.path if source.line is None else f"{source.path}, line {source.line}"
        raise SeveralCallsError(
            f"{place} is for the call {checked.checker.call.id}, the proposals before it for {self.checker.call.id}. "
            "Export the proposals of each call separately, or choose one call for all with --call."
        )

    def _is_of_the_call(self, answers: Mapping[str, object]) -> bool:
        if self.checker is None:
            return False
        return self._engine.terms.call_id is not None or answers.get("call") == self.checker.call.id
