"""The choices of a question: codes, and what people call them."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.forms.typed.answer import Understood
from mpfcheck.frozen import Frozen
from mpfcheck.proposal.country_names import words_of
from mpfcheck.proposal.fields import Code

__all__ = ["Choice", "bare", "choice_in_words", "choices_of", "of_choice", "words_of"]


class Choice(Frozen):
    """A code one may choose, and its label."""

    code: str
    label: str


def choices_of(kind: Code, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The choices of a question; where it names none, all codes of its field, by themselves."""
    return tuple(choices) or tuple(Choice(code, code) for code in kind.codes)


def choice_in_words(choice: Choice) -> str:
    """A choice as people read it: ``Moldova (MD)``. Codes people do not know (``public_body``) are left out."""
    if not choice.code.isupper() or choice.code in choice.label:
        return choice.label or choice.code
    return f"{choice.label} ({choice.code})"


def of_choice(choice: Choice) -> Understood:
    """A choice that was made."""
    return Understood(choice.code, choice_in_words(choice))


def bare(text: str) -> str:
    """A name as it is compared whole: its words without blanks between them."""
    return "".join(words_of(text))
