"""What the rule language raises: text that is not FEEL, and work beyond the limits.

Wrong types and impossible operations are never raised: FEEL says null.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = [
    "NOWHERE",
    "UNREADY",
    "FeelSyntaxError",
    "LanguageError",
    "LimitExceeded",
    "NotCompilableError",
    "Span",
    "UnreadyError",
]


class Span(NamedTuple):
    """Where a node stands in its text: the offsets of its first character and of the one after its last."""

    start: int
    end: int


NOWHERE = Span(0, 0)


class LanguageError(Exception):
    """Anything the rule language raises."""


class FeelSyntaxError(LanguageError):
    """A text that is not a FEEL expression: what is wrong, where (offsets into the text), and what to do."""

    def __init__(self, message: str, span: Span, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.hint = hint

    def __str__(self) -> str:
        where = f"{self.message} (at character {self.span.start + 1})"
        return f"{where}. {self.hint}" if self.hint else where


class LimitExceeded(LanguageError):  # noqa: N818 - a name others say: the limit is exceeded
    """An evaluation took more steps, or made a longer list or text, than it may."""


class NotCompilableError(LanguageError):
    """An expression without Python code, which is left to the reference evaluator."""


class UnreadyError(LanguageError):
    """Compiled code cannot answer: the reference evaluator must be asked."""


UNREADY = (LookupError, UnreadyError, ArithmeticError)
"""The ways out of compiled code: an unanswered field or a missing item, a value FEEL calls null, a number too large."""
