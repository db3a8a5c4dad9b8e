"""Problems of a proposal beside its rules: mistakes in its values, and the call it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from mpfcheck.checking.report import CallReference, Problem, Severity
from mpfcheck.proposal.fields import Code, YesNo
from mpfcheck.proposal.mistakes import Mistake
from mpfcheck.proposal.values import shown

if TYPE_CHECKING:
    from mpfcheck.checking.finding import PlaceOf

__all__ = ["MEND", "as_problem", "call_named", "main_problem", "no_call", "other_call", "unusable"]


FEW = 3
"""The most readings of a value that a hint lists."""
_DID_YOU_MEAN = "Did you mean "


def as_problem(mistake: Mistake, place: tuple[int, int] | None) -> Problem:
    """The problem, at a line and column where they are known. A warning stays one.

    Where the value can be read as people write it ("64029231,00", "18.06.2015", "Moldova"), the hint offers what may be
    meant, as it should stand in the file.
    """
    line, column = place or (None, None)
    severity = Severity.WARNING if mistake.warning else Severity.BLOCKING
    return Problem(mistake.message, _hint(mistake), mistake.pointer, line, column, severity)


def main_problem(problems: Sequence[Problem]) -> Problem | None:
    """The one to name where there is room for one: the first that blocks, or else the first; None without problems.

    Problems stand in the order of the file, so a harmless warning may come before what makes the file unreadable.
    """
    return next((one for one in problems if one.severity is Severity.BLOCKING), problems[0] if problems else None)


def _hint(mistake: Mistake) -> str:
    if mistake.kind is None:
        return mistake.hint
    # Only needed once something is wrong.
    import json

    from mpfcheck.forms.typed.reading import readings_of

    readings = [json.dumps(value, ensure_ascii=False) for value in readings_of(mistake.value, mistake.kind)]
    # Of few values all may be offered, which says nothing of what was meant.
    every = len(mistake.kind.codes) if isinstance(mistake.kind, Code) else 2 if isinstance(mistake.kind, YesNo) else 0
    if len(readings) in (0, every) or len(readings) > FEW or all(f"Write {one}" in mistake.hint for one in readings):
        return mistake.hint
    # The nearest code, by its letters alone, gives way to what the text says.
    rest = mistake.hint.partition("? ")[2] if mistake.hint.startswith(_DID_YOU_MEAN) else mistake.hint
    return f"{_DID_YOU_MEAN}{' or '.join(readings)}? {rest}".rstrip()


POINTER = "/call"
MEND = "Correct the rule pack first."
"""What to do about a call that cannot be used."""


def unusable(call_id: str) -> str:
    """The message about a call whose rules have mistakes."""
    return f"The rules of the call {call_id} cannot be used."


def call_named(answers: Mapping[str, object]) -> str | None:
    """The id of the call a proposal names, None where it names none."""
    named = answers.get("call")
    return named if isinstance(named, str) and named else None


def other_call(answers: Mapping[str, object], call: CallReference, place_of: PlaceOf) -> tuple[Problem, ...]:
    """The warning that a proposal names another call, or another version, than the one it was checked against."""
    named = call_named(answers)
    if named is None or named in (call.id, f"{call.id}@{call.version}"):
        return ()
    message = f"The proposal names the call {shown(named)}, but it was checked against {call.id}."
    if named.partition("@")[0] == call.id:
        message = f"The proposal names the version {shown(named)}, but it was checked against {call.version}."
    hint = "Check the proposal against that call, or correct the name in the proposal."
    line, column = place_of(POINTER) or (None, None)
    return (Problem(message, hint, POINTER, line, column, Severity.WARNING),)


def no_call(named: str | None, known: Sequence[str], place_of: PlaceOf, choose: str) -> Problem:
    """The problem of a proposal that does not name its call, or names one that is not ``known``.

    ``choose`` says how else a call can be chosen, such as ``choose one with --call``.
    """
    line, column = place_of(POINTER) or (None, None)
    if named is not None:
        # Few proposals name a call that is not there.
        from mpfcheck.packs.find import UnknownCallError

        # The name is from a file: it is shown without control characters.
        message = UnknownCallError(shown(named), known).message
        return Problem(message, UnknownCallError(named, known).hint, POINTER, line, column)
    hint = f'Write its id as "call", or {choose}. The calls are: {", ".join(known)}.' if known else ""
    return Problem("The proposal does not name its call.", hint, POINTER, line, column)
