"""A mistake in the values of a proposal as a problem of the file it stands in."""

from __future__ import annotations

from mpfcheck.checking.report import Problem, Severity
from mpfcheck.proposal.mistakes import Mistake

__all__ = ["as_problem"]


def as_problem(mistake: Mistake, place: tuple[int, int] | None) -> Problem:
    """The problem, at a line and column where they are known. A warning stays one."""
    line, column = place or (None, None)
    severity = Severity.WARNING if mistake.warning else Severity.BLOCKING
    return Problem(mistake.message, mistake.hint, mistake.pointer, line, column, severity)
