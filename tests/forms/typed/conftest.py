"""What is typed into: fields of every kind, with the choices people get."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mpfcheck.forms.typed.reading import Choice
from mpfcheck.packs.load import load_call

Choices = Callable[[str], tuple[Choice, ...]]


@pytest.fixture(scope="session")
def choices() -> Choices:
    """The choices of a code list that comes with mpfcheck."""
    labels = load_call("mpf-2023-borders-security").labels

    def of(code_list: str) -> tuple[Choice, ...]:
        found = labels.code_list(code_list)
        assert found is not None
        return tuple(Choice(member.code, member.label) for member in found.members)

    return of
