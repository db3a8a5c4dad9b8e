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


NAMES = ["a", "a", "b", "ab", "é", "0", "", ",", ":", 'b"a', "a\\", "a/~b"]
PIECES = ["a", '"', "\\", '"a":', '\\"a":', "{", "}", ",", ":", " ", "},{", "[", "]"]


def much_alike(chance: random.Random, depth: int = 3) -> object:
    """A value with the same few names again and again, as texts too, and with texts that look like JSON."""
    kind = chance.choice("otl" if depth else "t")
    if depth == 3 or kind == "o":
        return {name: much_alike(chance, depth - 1) for name in chance.sample(NAMES, chance.randint(0, 4))}
    if kind == "l":
        return [much_alike(chance, depth - 1) for _ in range(chance.randint(0, 3))]
    return "".join(chance.choices(PIECES, k=chance.choice([0, 1, 1, 3])))


def spelled(value: object, chance: random.Random) -> str:
    """JSON text with blanks and escapes in any place where they are allowed."""
    blank, other = chance.choice(["", "", " ", "\n"]), chance.choice(["", " "])
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("a", chance.choice(["a", "a", "\\u0061"]))
    if isinstance(value, list):
        return f"[{blank}{f'{other},{blank}'.join(spelled(item, chance) for item in value)}{blank}]"
    if isinstance(value, dict):
        members = (f"{spelled(name, chance)}{other}:{blank}{spelled(item, chance)}" for name, item in value.items())
        return f"{{{blank}{f'{other},{blank}'.join(members)}{other}}}"
    return json.dumps(value)


def assert_alike(text: str, order: random.Random) -> None:
    """Seek in any order; compare with the offsets the tolerant reader wrote down on its way through the whole text."""
    read = read_json(text)
    lines = Lines(text, 3)
    pointers = [*read.places, *(f"{pointer}/{name}" for pointer in read.places for name in ("nothing", "a", "3", "03"))]
    pointers += ["/0", "no pointer", "/9/9"]
    order.shuffle(pointers)
    for sought in (Places(text, 3), Places(text, 3, answers=read.value)):
        for pointer in pointers:
            for place, offsets in ((sought.of_value, read.places), (sought.of_name, read.names)):
                expected = lines.place(offsets[pointer]) if pointer in offsets else None
                assert place(pointer) == expected, pointer


@given(drafts, st.sampled_from([None, 0, 2]), st.randoms(use_true_random=False))
def test_in_drafts(document: object, indent: int | None, order: random.Random) -> None:
    assert_alike(json_bytes(document, indent).decode(), order)


def assert_document_is_right(text: str, order: random.Random) -> None:
    """The places a document gives are those of the offsets that the tolerant reader wrote down."""
    read, lines = read_json(text), Lines(text)
    document = read_proposal(text.encode())
    pointers = [*read.places, "/fund", "/budget/total", "/lead/mandate/country"]
    order.shuffle(pointers)
    for pointer in pointers:
        offset = read.places.get(pointer)
        assert document.place_of(pointer) == (None if offset is None else lines.place(offset)), pointer


@given(drafts, st.sampled_from([None, 0, 2]), st.randoms(use_true_random=False))
def test_of_documents(document: dict[str, object], indent: int | None, order: random.Random) -> None:
    shuffled = [*document.items()]
    order.shuffle(shuffled)
    assert_document_is_right(json_bytes(dict(shuffled), indent).decode(), order)


@pytest.mark.parametrize("kind", ["fund", "lead"])
def test_names_that_only_one_field_has_may_be_texts_or_written_with_escapes(kind: str) -> None:
    for text in (
        f'{{"call": "{kind}", "title": "\\"{kind}\\": ", "{kind}" : null, "acronym": "a"}}',
        f'{{"call": "{kind}", "\\u00{ord(kind[0]):x}{kind[1:]}": null, "acronym": "{kind}"}}',
        '{"lead": {"name": "lead", "country": "FR"}, "fund": "ISF", "co_applicants": [{"country": "fund"}]}',
    ):
        assert_document_is_right(text, random.Random(1))  # noqa: S311 - an order, not a secret


@pytest.mark.parametrize(
    "annexed",
    [
        '"annex": {ANNEX}, "fund": "ISF"',
        '"lead": {"annex": {ANNEX}, "country": "FR"}, "fund": "ISF"',
        '"co_applicants": [{"country": "FR", "annex": {ANNEX}}], "lead": {"country": "FR"}, "fund": "ISF"',
        '"budget": {"lines": [{"annex": {ANNEX}}], "total": "1.00"}, "fund": "ISF"',
    ],
)
def test_an_annex_may_have_the_names_of_fields(annexed: str) -> None:
    for annex in ('"fund": "a", "lead": {"country": 1}, "total": 2', '"b": {"fund": null, "total": [{"lead": "c"}]}'):
        assert_document_is_right(f"{{{annexed.replace('ANNEX', annex)}}}", random.Random(1))  # noqa: S311


@given(anything, st.sampled_from([None, 0, 3]), st.randoms(use_true_random=False))
def test_in_any_json(document: object, indent: int | None, order: random.Random) -> None:
    text = json_bytes(document, indent).decode()
    parse(text.encode())
    assert_alike(text, order)


@given(st.randoms(use_true_random=True))
def test_where_names_and_texts_are_much_alike(chance: random.Random) -> None:
    for _ in range(10):
        assert_alike(spelled(much_alike(chance), chance), chance)


@pytest.mark.parametrize(
    "text", [' \n{"a" : [ ] , "b":{} }\n', "[[],{}, 1e5,-0 ]", ' "x" ', "1" * 5000, '{"n": ' + "9" * 5000 + ', "m": 1}']
)
def test_with_blanks_and_numbers_of_any_length(text: str) -> None:
    assert_alike(text, random.Random(1))  # noqa: S311 - an order, not a secret


@pytest.mark.parametrize(
    "items",
    [
        '{"a": 1}, {"a": 2}, {"b": 3}',
        '{"a": {"b": 1}}, {"a": {"b": 2}, "c": {"a": 3}}, {"a": 4}',
        # Some are not found by the records before them: others are no records, or have lists or more objects in them.
        '{"a": 1}, {}, {"a": 2}',
        '{"a": 1}, 2, {"a": 2}, {"a": 3}',
        '{"a": 1}, {"\\u0061": 2}, {"a": 3}',
        '{"a": [{"a": 1}, {"a": 2}]}, {"a": 3}',
        '{"a": 1}, [{"a": 2}, {"a": 3}], {"a": 4}',
        '[{"a": 1}, 2], {"a": 2}, {"a": 3}',
        '{"a": {"b": 1}, "b": {"a": {"a": 1}}}, {"a": {}}, {"a": 3}',
        # Texts look like records, and like the end of one or of the list.
        '{"a": "{"}, {"b": "}"}, {"a": 3}',
        '{"a": {"b": "}"}}, {"b": {"a": "}", "c": {"a": 1}}}, {"a": 3}',
        '{"a": {"b": "}"}}, null, {"b": {"a": "}"}}, {"a": 3}',
        '{"a": ":{", "b": {"a": "} , {"}}, {"a": ": {\\"a"}, {"a": 3}',
        '{"a": "}, {"}, {"a": "}, {a"}, {"a": 3}',
        '{"a": "}, {\\"a"}, {"a": "\\"}, {\\"a\\": 2"}, {"a": 3}',
        '{"a": 1}, {"a": "]"}, {"a": "["}, {"a": 3}',
        '"}, {", "a", "}, {", "b"',
        '{"}, {": "a", "a": "b"}, {"a": "}, {"}',
    ],
)
def test_records_of_a_list_are_told_from_what_looks_alike(items: str) -> None:
    for text in (f'{{"l": [{items}], "m": [{items}]}}', f"[ [{items}], [ ], [\n{items} ] ]"):
        assert_alike(text, random.Random(1))  # noqa: S311 - an order, not a secret


def test_records_of_a_list_are_found_without_reading_what_is_in_them() -> None:
    """Nobody could step over these values: only what is between the records is looked at, and the name."""
    places = Places('{"l": [{"a": ?}, {"b": ?} ,\r\n {"a": 2}]}', answers={"l": [{}, {}, {"a": 2}]})

    assert places.of_value("/l/2/a") == (2, 8)


def test_with_naughty_names() -> None:
    for naughty in NAUGHTY_STRINGS:
        for text in (json.dumps({naughty: naughty}), json.dumps({naughty: naughty}, ensure_ascii=False)):
            assert_alike(text, random.Random(1))  # noqa: S311 - an order, not a secret


def test_lines_and_columns_count_from_the_line_of_the_document() -> None:
    document = read_proposal('{"title": "é",\r\n "budget":\n{"total": "1.00"}}'.encode(), 7)

    assert document.place_of("/title") == (7, 11)
    assert document.place_of("/budget/total") == (9, 11)
    assert document.place_of("/budget/lines") is None
