"""Sessions on the form of the Borders & Security call, and on the examples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mpfcheck.checking.checker import Checker
from mpfcheck.drafting.document import Document
from mpfcheck.drafting.session import Session, new_document
from mpfcheck.forms.form import Form
from mpfcheck.forms.load import load_form
from mpfcheck.packs.load import load_call
from mpfcheck.reading.exact_json import parse

EXAMPLES = Path(__file__).parents[2] / "examples"
CALL = "mpf-2023-borders-security"


@pytest.fixture(scope="session")
def checker() -> Checker:
    return Checker(load_call(CALL))


@pytest.fixture(scope="session")
def form(checker: Checker) -> Form:
    return load_form(checker.call)


@pytest.fixture
def start(checker: Checker, form: Form) -> Callable[[Document], Session]:
    """Begin a session on a document."""
    return lambda document: Session(checker, form, document)


@pytest.fixture
def session(start: Callable[[Document], Session], form: Form) -> Session:
    """A session on a new draft."""
    return start(new_document(form))


def example(name: str) -> Document:
    """One of the examples as a document."""
    document = parse((EXAMPLES / name).read_bytes())
    assert isinstance(document, dict)
    return document
