"""The report on an input that could not be checked through no fault of its own: inconclusive, never a pass."""

from __future__ import annotations

from pathlib import PurePath
from types import TracebackType

from mpfcheck.checking.report import InputReference, Problem, ProposalReport, Verdict

__all__ = ["crash_report", "fault_report"]

_OURS = "This is an error in mpfcheck, not in your file. Report it, and include the file if you can."


def fault_report(error: Exception, input: InputReference) -> ProposalReport:
    """The report on an input at which mpfcheck failed with an exception."""
    if isinstance(error, MemoryError):
        problem = Problem("There was not enough memory to check this input.", "Check it alone, or with --jobs 1.")
    else:
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        problem = Problem(f"mpfcheck failed on this input: {what}{_place(error.__traceback__)}.", _OURS)
    return _inconclusive(problem, input)


def crash_report(exit_code: int | None, input: InputReference) -> ProposalReport:
    """The report on an input at which a process ended that was checking it alone."""
    if exit_code is not None and exit_code < 0:
        how = f"was ended by {_signal_name(-exit_code)}"
        hint = "The system ends processes if memory is short. Check the input alone, or with --jobs 1."
    else:
        how, hint = f"ended with exit code {exit_code}", _OURS
    return _inconclusive(Problem(f"The process that checked this input {how}.", hint), input)


def _inconclusive(problem: Problem, input: InputReference) -> ProposalReport:
    return ProposalReport(input, None, None, Verdict.INCONCLUSIVE, (problem,))


def _place(traceback: TracebackType | None) -> str:
    """Where in mpfcheck it was, so that a report of the fault says it without a traceback."""
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    if traceback is None:
        return ""
    path = PurePath(traceback.tb_frame.f_code.co_filename)
    return f" ({path.parent.name}/{path.name}, line {traceback.tb_lineno})"


def _signal_name(number: int) -> str:
    from signal import Signals

    try:
        return Signals(number).name
    except ValueError:
        return f"signal {number}"
