"""The tolerant reader: every problem, each with its place; on good JSON it says what every other reader says."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mpfcheck.proposal.limits import MAX_DEPTH, MAX_VALUES, numbers_fit
from mpfcheck.proposal.pointer import split
from mpfcheck.reading.exact_json import parse
from mpfcheck.reading.json_text import MAX_TROUBLES, UNREADABLE, read_json
from tests.data import NAUGHTY_STRINGS
from tests.proposal.strategies import drafts, json_bytes


def troubles(text: str) -> list[tuple[int, str]]:
    return [(trouble.offset, trouble.message) for trouble in read_json(text).troubles]


@given(drafts, st.sampled_from([None, 0, 2]))
def test_good_json_has_no_trouble_and_the_value_others_read(document: object, indent: int | None) -> None:
    text = json_bytes(document, indent).decode()
    read = read_json(text)
    assert read.troubles == ()
    assert read.value == parse(text.encode()) == json.loads(text, parse_float=Decimal)


@given(drafts, st.sampled_from([None, 2]))
def test_places_are_where_the_values_and_names_stand(document: object, indent: int | None) -> None:
    text = json_bytes(document, indent).decode()
    read = read_json(text)
    decoder = json.JSONDecoder(parse_float=Decimal)
    for pointer, offset in read.places.items():
        assert decoder.raw_decode(text, offset)[0] == _at(read.value, pointer)
    for pointer, offset in read.names.items():
        assert decoder.raw_decode(text, offset)[0] == split(pointer)[-1]


def _at(value: object, pointer: str) -> object:
    for step in split(pointer):
        value = value[step] if isinstance(value, dict) else value[int(step)] if isinstance(value, list) else None
    return value


JSON_PIECES = st.sampled_from(
    [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        '"',
        '"a"',
        '"b": 1',
        "1",
        "-0.5e3",
        "true",
        "null",
        " ",
        "\n",
        "\\",
        "\\u00e9",
        "é",
        "'",
        "//",
        "/*",
        "#",
        "=",
        "NaN",
        "01",
        "+1",
        "\t",
        "\r",
        "\x00",
        "\u00a0",
        "\ufeff",
        "\u201c",
        "\\ud800",
        "x",
    ]
)


@given(st.lists(JSON_PIECES, max_size=25).map("".join))
@example('{"a":{"b":1,}}')
@example('["a\n", 1]')
@example("'")
@settings(max_examples=500)
def test_there_is_trouble_exactly_where_the_standard_reader_refuses(text: str) -> None:
    try:
        expected = json.loads(text, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_no_duplicates)
        text.encode()
        json.dumps(expected, default=str, ensure_ascii=False).encode()
    except ValueError:
        assert read_json(text).troubles
    else:
        read = read_json(text)
        if numbers_fit(expected):
            assert (read.value, read.troubles) == (expected, ())
        else:
            # Larger than any number of a proposal may be, which the standard reader does not mind.
            assert read.troubles


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _no_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("duplicate")
    return dict(pairs)


@given(drafts, st.data())
def test_a_text_that_was_damaged_never_raises(document: object, data: st.DataObject) -> None:
    text = json_bytes(document).decode()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(JSON_PIECES | st.just("")) + text[at + data.draw(st.integers(0, 3)) :]
    for trouble in read_json(text).troubles:
        assert 0 <= trouble.offset <= len(text)
        assert trouble.message.endswith(".")
        assert trouble.hint


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        ('{"a": NaN}', 6, "NaN is not a number."),
        ('{"a": -Infinity}', 6, "-Infinity is not a number."),
        ('{"a": True}', 6, '"True" is not JSON.'),
        ('{"a": None}', 6, '"None" is not JSON.'),
        ('{"a": 007}', 6, '"007" is not a number in JSON.'),
        ('{"a": +5}', 6, '"+5" is not a number in JSON.'),
        ('{"a": .5}', 6, '".5" is not a number in JSON.'),
        ('{"a": 1_000}', 6, '"1_000" is not a number in JSON.'),
        ('{"a": 1.000.000}', 6, '"1.000.000" is not a number in JSON.'),
        ('{"a": 5€}', 6, '"5€" is not JSON.'),
        ('{"a": 400,000.00}', 10, 'A name is expected here, not the number "000.00".'),
        ('{"a": hello world}', 6, '"hello" has no quotes.'),
        ("{\"a\": 'x'}", 6, "This text has the wrong quotes."),
        ('{"a": “x”}', 6, "This text has the wrong quotes."),
        ("{'a': 1}", 1, "This name has the wrong quotes."),
        ("{a: 1}", 1, 'The name "a" has no quotes.'),
        ('{"a" = 1}', 5, "A colon must follow a name, not =."),
        ('{"a" 1}', 5, 'Missing colon after the name "a".'),
        ('{"a": }', 6, 'The value of "a" is missing.'),
        ("{: 1}", 1, "Missing name before this colon."),
        ('{"a": 1,}', 7, "Unexpected comma after the last entry."),
        ("[1, 2,]", 5, "Unexpected comma after the last entry."),
        ("[1,, 2]", 3, "Unexpected comma."),
        ("[1 2]", 3, "Missing comma before this."),
        ("[1, 2", 5, "The file ends here, but the [ of line 1, column 1 is not closed."),
        ('{"a": [1}', 8, "The [ of line 1, column 7 is not closed before this }."),
        ("{} {}", 3, "Unexpected text after the end of the JSON document."),
        ('{"a": 1} // x', 9, "JSON has no comments."),
        ('{"a": /* x */ 1}', 6, "JSON has no comments."),
        ('# x\n{"a": 1}', 0, "JSON has no comments."),
        ('{"a":\u00a01}', 5, "The character U+00A0 is not an ordinary space."),
        ('{"a": "x\ty"}', 8, "Tab inside this text."),
        ('{"a": "x\ny", "b": 1}', 8, "Line break inside this text."),
        ('{"a": "x\x1by"}', 8, "Control character (U+001B) inside this text."),
        ('{"a": "x,\n"b": 1}', 6, "The closing quote of this text is missing on its line."),
        ('{"a": "C:\\data"}', 9, '"\\d" is not an escape of JSON.'),
        ('{"a": "\\u12"}', 7, '"\\u" is not an escape of JSON.'),
        ('{"a": "\\ud800"}', 7, "\\ud800 is only half of a character."),
        ('{"a": "\\udc00\\ud800"}', 7, "\\udc00 is only half of a character."),
        ('{"a": 1e999}', 6, "This number has more than 100 places."),
        ('{"a": 1e99999999999999999999}', 6, "This number has more than 100 places."),
        (f'{{"a": {"1" * 5000}}}', 6, "This number has more than 100 places."),
        ('{"a": 1, "a": 2}', 9, 'The field "a" is here a second time. The first is in line 1, column 2.'),
        ('{"é": 1,\n "\\u00e9": 2}', 10, 'The field "é" is here a second time. The first is in line 1, column 2.'),
        ("\x00\x01", 0, "The character U+0000 is not an ordinary space."),
        ("}", 0, "No JSON here."),
    ],
)
def test_what_is_wrong_is_named_at_its_place(text: str, offset: int, message: str) -> None:
    assert troubles(text)[0] == (offset, message)


def test_all_that_is_wrong_is_told_not_only_the_first() -> None:
    text = """{
  // the applicant
  "lead": {name: 'Border Guard', "country": "LT",},
  "budget": {"total": 0400000.00, "total": "5"}
  "fund": BMVI
"""
    assert [trouble.message for trouble in read_json(text).troubles] == [
        "JSON has no comments.",
        'The name "name" has no quotes.',
        "This text has the wrong quotes.",
        "Unexpected comma after the last entry.",
        '"0400000.00" is not a number in JSON.',
        'The field "total" is here a second time. The first is in line 4, column 14.',
        "Missing comma before this.",
        '"BMVI" has no quotes.',
        "The file ends here, but the { of line 1, column 1 is not closed.",
    ]


def test_what_surrounds_a_problem_is_still_read() -> None:
    read = read_json('{"a": 1, "b": NaN, "c": [1, oops, 3,], "d": {"e": "x\ny"}, "a": 5}')
    assert read.value == {"a": 1, "b": UNREADABLE, "c": [1, UNREADABLE, 3], "d": {"e": "x\ny"}}


def test_a_bracket_that_was_forgotten_does_not_swallow_the_rest() -> None:
    read = read_json('{"co_applicants": [{"name": "x"], "fund": "BMVI"}')
    assert read.value == {"co_applicants": [{"name": "x"}], "fund": "BMVI"}
    assert len(read.troubles) == 1


@pytest.mark.parametrize("piece", ["[", '{"a":', '[{"a":', "[ "])
def test_nesting_of_any_depth_is_refused_politely(piece: str) -> None:
    messages = [message for _, message in troubles(piece * 100_000)]
    assert messages == [f"Lists and objects are nested deeper than {MAX_DEPTH} levels here."]


def test_nesting_up_to_the_limit_is_read() -> None:
    assert troubles("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert troubles("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) != []


def test_too_many_values_are_refused() -> None:
    assert troubles("[" + "1," * (MAX_VALUES - 2) + "1]") == []
    assert troubles("[" + "1," * (MAX_VALUES - 1) + "1]")[-1][1] == f"There are more than {MAX_VALUES} values."


@pytest.mark.parametrize("text", ["[" + "?," * 5000 + "1]", "{" + '"a":1,' * 5000 + '"b":1}', "[1" + " 1" * 5000 + "]"])
def test_after_so_many_problems_reading_stops(text: str) -> None:
    assert len(troubles(text)) == MAX_TROUBLES + 1
    assert "Reading stopped here" in troubles(text)[-1][1]


@pytest.mark.parametrize(
    "text",
    [
        '"' + "\\n" * 1_000_000 + '"',
        '"' + "\n" * 1_000_000,
        '"' + 'a"b\n' * 250_000,
        "[" + "'" * 1_000_000,
        "/" * 1_000_000,
        "/*" * 500_000,
        "//\n" * 300_000,
        "a/" * 500_000,
        "“" * 1_000_000,
        "-" * 1_000_000,
        "1" * 1_000_000,
        "\u00a0" * 1_000_000,
        '{"a":"' + "x" * 1_000_000,
    ],
    ids=lambda text: f"{text[:8]!r}…",
)
def test_hostile_texts_take_no_long_time(text: str) -> None:
    # Quadratic work on a million characters would take longer than the limit that every test has.
    assert read_json(text).troubles or text.endswith('"')


def test_naughty_strings_are_read_as_they_are() -> None:
    for naughty in NAUGHTY_STRINGS:
        for text in (json.dumps({naughty: naughty}), json.dumps({naughty: naughty}, ensure_ascii=False)):
            read = read_json(text)
            assert read.value == {naughty: naughty}
            assert read.troubles == ()
