"""What explains mistakes in rules never adds one: it is quick and comes to an end, whatever it is asked about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.feel.errors import FeelSyntaxError
from mpfcheck.feel.syntax.habits import NEAR, hint_for_function, hint_for_name, hint_for_syntax
from mpfcheck.feel.syntax.parser import LONGEST, parse

WORDS = st.sampled_from(
    [
        "if",
        "then",
        "else",
        "some",
        "every",
        "in",
        "satisfies",
        "not",
        "is",
        "and",
        "=",
        "<",
        "%",
        "'",
        "5",
        "x",
        "¦",
        "“",
    ]
)
TEXTS = st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=60)


@given(TEXTS, st.integers(min_value=0, max_value=60))
def test_there_is_a_hint_or_none_and_never_an_error(text: str, position: int) -> None:
    for hint in (hint_for_syntax(text, min(position, len(text))), hint_for_name(text), hint_for_function(text)):
        assert isinstance(hint, str)
        assert not hint or hint.endswith((".", "?"))


@given(TEXTS)
def test_a_text_that_is_no_feel_is_refused_as_before(text: str) -> None:
    place = 0
    try:
        parse(text)
    except FeelSyntaxError as error:
        place = error.span.start
    assert 0 <= place <= len(text)


@pytest.mark.parametrize("word", ["if x then ", "some x satisfies ", "for ", "not "])
def test_only_what_is_near_is_looked_at(word: str) -> None:
    text = word * (LONGEST // len(word))
    assert hint_for_syntax(text + "else", 0) == hint_for_syntax(text[:NEAR], 0)
    assert isinstance(hint_for_syntax(text, len(text)), str)
