"""A place that is sought is the one that is found when the whole text is read."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.reading.document import read_proposal
from mpfcheck.reading.exact_json import parse
from mpfcheck.reading.json_text import read_json
from mpfcheck.reading.places import Lines, Places
from tests.data import NAUGHTY_STRINGS
from tests.proposal.strategies import drafts, json_bytes

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3) | st.just("a/~b"), inner, max_size=4)
    ),
    max_leaves=20,
)


def assert_alike(text: str, order: random.Random) -> None:
    """Seek in any order; compare with the offsets the tolerant reader wrote down on its way through the whole text."""
    read = read_json(text)
    lines, sought = Lines(text, 3), Places(text, 3)
    pointers = [*read.places, *(f"{pointer}/nothing" for pointer in read.places), "/0", "no pointer", "/9/9"]
    order.shuffle(pointers)
    for pointer in pointers:
        for place, offsets in ((sought.of_value, read.places), (sought.of_name, read.names)):
            expected = lines.place(offsets[pointer]) if pointer in offsets else None
            assert place(pointer) == expected, pointer


@given(drafts, st.sampled_from([None, 0, 2]), st.randoms(use_true_random=False))
def test_in_drafts(document: object, indent: int | None, order: random.Random) -> None:
    assert_alike(json_bytes(document, indent).decode(), order)


@given(anything, st.sampled_from([None, 0, 3]), st.randoms(use_true_random=False))
def test_in_any_json(document: object, indent: int | None, order: random.Random) -> None:
    text = json_bytes(document, indent).decode()
    parse(text.encode())
    assert_alike(text, order)


@pytest.mark.parametrize(
    "text", [' \n{"a" : [ ] , "b":{} }\n', "[[],{}, 1e5,-0 ]", ' "x" ', "1" * 5000, '{"n": ' + "9" * 5000 + ', "m": 1}']
)
def test_with_blanks_and_numbers_of_any_length(text: str) -> None:
    assert_alike(text, random.Random(1))  # noqa: S311 - an order, not a secret


def test_with_naughty_names() -> None:
    for naughty in NAUGHTY_STRINGS:
        for text in (json.dumps({naughty: naughty}), json.dumps({naughty: naughty}, ensure_ascii=False)):
            assert_alike(text, random.Random(1))  # noqa: S311 - an order, not a secret


def test_lines_and_columns_count_from_the_line_of_the_document() -> None:
    document = read_proposal('{"title": "é",\r\n "budget":\n{"total": "1.00"}}'.encode(), 7)

    assert document.place_of("/title") == (7, 11)
    assert document.place_of("/budget/total") == (9, 11)
    assert document.place_of("/budget/lines") is None
