"""Documents are never changed in place, and places are what JSON Pointers say."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.drafting.document import items_at, value_at, with_items, with_value, without
from mpfcheck.proposal.pointer import pointer

KEYS = st.text("ab~/0 ", min_size=1, max_size=3).filter(lambda key: not key.isdecimal())
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=4)
WAYS = st.lists(KEYS, min_size=1, max_size=3)


def goes(document: dict[str, Any], way: list[str]) -> bool:
    """Whether a way leads through objects only, so that something can be put at its end."""
    here: object = document
    for step in way[:-1]:
        if not isinstance(here, dict):
            return here is None
        here = here.get(step)
    return isinstance(here, dict) or here is None


@given(DOCUMENTS, WAYS, VALUES)
def test_what_is_put_somewhere_is_found_there_and_nothing_else_changes(
    document: dict[str, Any], way: list[str], value: object
) -> None:
    before = deepcopy(document)
    place = pointer(way)
    if not goes(document, way):
        with pytest.raises(KeyError):
            with_value(document, place, value)
        return
    changed = with_value(document, place, value)
    assert value_at(changed, place) == value
    assert document == before
    for name in document.keys() - {way[0]}:
        assert changed[name] is document[name]


@given(DOCUMENTS, WAYS, VALUES.filter(lambda value: value is not None))
def test_what_is_taken_away_leaves_no_trace(document: dict[str, Any], way: list[str], value: object) -> None:
    place = pointer(way)
    if value_at(document, pointer(way[:1])) is None:
        empty = {name: kept for name, kept in document.items() if name != way[0]}
        assert without(with_value(empty, place, value), place) == empty


@given(DOCUMENTS, WAYS)
def test_taking_away_what_is_not_there_changes_nothing(document: dict[str, Any], way: list[str]) -> None:
    if value_at(document, pointer(way)) is None and way[-1] not in str(document):
        assert without(document, pointer(way)) is document


def test_an_item_stays_when_its_last_field_is_taken_away() -> None:
    """That there is an item is said already; what it is, is not."""
    document = {"lines": [{"amount": "1"}, {"amount": "2"}]}
    assert without(document, "/lines/0/amount") == {"lines": [{}, {"amount": "2"}]}


def test_items_are_found_and_replaced() -> None:
    document = {"budget": {"lines": [1, 2]}}
    assert items_at(document, "/budget/lines") == [1, 2]
    assert items_at(document, "/budget/total") == []
    assert with_items(document, "/budget/lines", (3,)) == {"budget": {"lines": [3]}}
    assert value_at(document, "/budget/lines/1") == 2
    assert value_at(document, "/budget/lines/2") is None
    assert value_at(document, "/budget/lines/x") is None


def test_a_place_inside_an_answer_is_no_place() -> None:
    with pytest.raises(KeyError):
        with_value({"title": "text"}, "/title/deeper", 1)
    with pytest.raises(KeyError):
        with_value({"lines": []}, "/lines/0/amount", 1)
