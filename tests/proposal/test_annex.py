"""The annex of a proposal: read as its call describes it, and by no other rules than its JSON Schema."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator, Registry

from mpfcheck.packs.annex_file import read_annex
from mpfcheck.packs.mistake import PackMistake
from mpfcheck.packs.yaml_file import read_yaml
from mpfcheck.proposal.annex import Annex

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Annex",
    "type": "object",
    "properties": {
        "name": {"title": "Name", "description": "A text.", "type": "string"},
        "sure": {"title": "Sure", "description": "Yes or no.", "type": "boolean"},
        "size": {"title": "Size", "description": "One of two.", "type": "string", "enum": ["small", "large"]},
        "price": {"title": "Price", "description": "EUR.", "$ref": "urn:mpfcheck:proposal:1#/$defs/Amount"},
        "day": {"title": "Day", "description": "A day.", "$ref": "urn:mpfcheck:proposal:1#/$defs/Day"},
        "months": {"title": "Months", "description": "Months.", "$ref": "urn:mpfcheck:proposal:1#/$defs/Months"},
        "countries": {
            "title": "Countries",
            "description": "Some.",
            "type": "array",
            "items": {"$ref": "urn:mpfcheck:proposal:1#/$defs/Country"},
        },
        "parts": {
            "title": "Parts",
            "description": "Some.",
            "type": "array",
            "items": {
                "title": "Part",
                "type": "object",
                "properties": {"sure": {"title": "Sure", "description": "Yes or no.", "type": "boolean"}},
            },
        },
    },
}


def annex() -> Annex:
    mistakes: list[PackMistake] = []
    schema = read_annex(read_yaml(json.dumps(SCHEMA).encode(), "annex.schema.json"), mistakes)
    assert mistakes == []
    return Annex(schema.record)


def validator() -> Draft202012Validator:
    text = files("mpfcheck.proposal").joinpath("proposal.schema.json").read_text(encoding="utf-8")
    registry = Registry([("urn:mpfcheck:proposal:1", json.loads(text))])
    return Draft202012Validator(SCHEMA, registry=registry, validate_formats=True)


ANNEX, VALIDATOR = annex(), validator()
VALUES = st.recursive(
    st.sampled_from(
        ["small", "large", "MD", "", "2024-02-29", "2024-02-30", "12.50", "1,5", "-1", True, False, 0, 12, 10**15, -1]
    ),
    lambda inside: (
        st.lists(inside, max_size=2) | st.dictionaries(st.sampled_from(["sure", "name"]), inside, max_size=2)
    ),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from([*SCHEMA["properties"], "unknown"]), VALUES))
def test_an_annex_fits_exactly_where_its_schema_says_so(raw: dict[str, Any]) -> None:
    _, mistakes = ANNEX.fit({"annex": raw})

    assert all(mistake.warning for mistake in mistakes) is VALIDATOR.is_valid(raw)


def test_amounts_and_days_become_numbers_and_dates_and_null_is_not_answered() -> None:
    raw = {"price": "12.50", "day": "2024-02-29", "countries": ["MD"], "name": None, "parts": [{"sure": None}]}
    answers, mistakes = ANNEX.fit({"title": "A title", "annex": raw})

    assert mistakes == ()
    assert answers == {
        "title": "A title",
        "annex": {"price": Decimal("12.50"), "day": datetime.date(2024, 2, 29), "countries": ["MD"], "parts": [{}]},
    }
    assert raw["price"] == "12.50"
    assert ANNEX.fit(answers) == (answers, ())


@pytest.mark.parametrize(
    ("raw", "pointer", "said", "hint"),
    [
        ({"sure": "yes"}, "/annex/sure", 'This should be true or false, not the text "yes".', "Write true"),
        ({"size": "larg"}, "/annex/size", '"larg" is not one of the codes.', 'Did you mean "large"?'),
        ({"price": "1,5"}, "/annex/price", '"1,5" cannot be read as a number.', "Write only digits"),
        ({"day": "2024-02-30"}, "/annex/day", '"2024-02-30" is not a date of the calendar.', "Write year"),
        ({"countries": ["MD", "Moldova"]}, "/annex/countries/1", '"Moldova" is not a country code.', "MD for Moldova"),
        ({"countries": [None]}, "/annex/countries/0", "An entry of a list cannot be null.", "Remove the entry"),
        ({"parts": {}}, "/annex/parts", "This should be a list in square brackets, not an object in braces.", "Put"),
        ({"parts": ["a"]}, "/annex/parts/0", 'This should be a part in braces, not the text "a".', "sure"),
        ({"name": 5}, "/annex/name", "This should be text, not the number 5.", "double quotes"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(raw: dict[str, Any], pointer: str, said: str, hint: str) -> None:
    answers, (mistake,) = ANNEX.fit({"annex": raw})

    assert (mistake.pointer, mistake.message, mistake.warning) == (pointer, said, False)
    assert hint in mistake.hint
    assert "annex" not in answers


def test_a_field_nobody_knows_only_warns() -> None:
    answers, (mistake,) = ANNEX.fit({"annex": {"sur": True, "sure": True}})

    assert (mistake.pointer, mistake.warning) == ("/annex/sur", True)
    assert answers == {"annex": {"sure": True}}


def test_every_shipped_annex_is_a_json_schema() -> None:
    for path in (Path(__file__).resolve().parents[2] / "rules").glob("*/annex.schema.json"):
        schema = json.loads(path.read_text(encoding="utf-8"))
        jsonschema_rs.meta.validate(schema)
        assert schema["$id"] == f"urn:mpfcheck:annex:{path.parent.name}"
