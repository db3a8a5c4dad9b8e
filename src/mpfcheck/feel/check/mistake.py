"""A mistake: what is wrong with an expression whatever the proposal, where it is, and how to fix it."""

from __future__ import annotations

from mpfcheck.feel.errors import Span
from mpfcheck.frozen import Frozen

__all__ = ["ExpressionMistake"]


class ExpressionMistake(Frozen):
    """One thing that is wrong. ``message`` and ``hint`` are sentences for people; ``hint`` may be empty."""

    message: str
    span: Span
    hint: str = ""
