"""What became of a typed text: a value, or a question back."""

from __future__ import annotations

from typing import TypeAlias

from mpfcheck.frozen import Frozen

__all__ = ["AskedBack", "Reading", "Understood"]


class Understood(Frozen):
    """A value, as a draft holds it, and how people read it: ``EUR 400 000.50``, ``1 March 2024``, ``Moldova (MD)``."""

    value: object
    shown: str


class AskedBack(Frozen):
    """What is unclear or wrong, what to type, and what may be meant.

    ``message`` is a sentence, ``hint`` one or empty. The likelier suggestions come first; each is a value of
    the whole field, and whoever takes one has answered.
    """

    message: str
    hint: str = ""
    suggestions: tuple[Understood, ...] = ()


Reading: TypeAlias = Understood | AskedBack
