"""A mistake in the values of a proposal as a problem of the file it stands in."""

from __future__ import annotations

import json

from mpfcheck.checking.report import Problem, Severity
from mpfcheck.proposal.mistakes import Mistake

__all__ = ["as_problem"]

FEW = 3
"""So many readings of a value may be told."""
_ASKED = "Did you mean "


def as_problem(mistake: Mistake, place: tuple[int, int] | None) -> Problem:
    """The problem, at a line and column where they are known. A warning stays one.

    Where the value can be read as people write it ("64029231,00", "18.06.2015", "Moldova"), the hint offers what may be
    meant, as it should stand in the file.
    """
    line, column = place or (None, None)
    severity = Severity.WARNING if mistake.warning else Severity.BLOCKING
    return Problem(mistake.message, _hint(mistake), mistake.pointer, line, column, severity)


def _hint(mistake: Mistake) -> str:
    if mistake.kind is None:
        return mistake.hint
    # Only needed once something is wrong.
    from mpfcheck.forms.typed.reading import readings_of

    meant = [json.dumps(value, ensure_ascii=False) for value in readings_of(mistake.value, mistake.kind)]
    if not meant or len(meant) > FEW or all(f"Write {one}" in mistake.hint for one in meant):
        return mistake.hint
    # The nearest code, by its letters alone, gives way to what the text says.
    rest = mistake.hint.partition("? ")[2] if mistake.hint.startswith(_ASKED) else mistake.hint
    return f"{_ASKED}{' or '.join(meant)}? {rest}".rstrip()
