"""Saved and opened again, a draft is what it was: fields nobody knows, odd texts and exact numbers among them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mpfcheck.drafting.store.draft_file import DraftFile
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.json_file import NoDraftError, as_json, from_json, same
from tests.data import NAUGHTY_STRINGS
from tests.proposal.strategies import drafts, mistaken_proposals

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
# What is read is an int where it has neither point nor exponent.
fractions = st.decimals(allow_nan=False, allow_infinity=False).filter(
    lambda number: not str(number).lstrip("-").isdigit()
)
numbers = st.integers(-(10**30), 10**30) | fractions
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
documents = st.dictionaries(texts, values, max_size=5)


@given(documents | drafts)
def test_written_and_read_a_draft_is_the_same(draft: dict[str, object]) -> None:
    again = from_json(as_json(draft))

    assert again == draft
    assert as_json(again) == as_json(draft)  # the order of the fields too, and true is not 1


@given(documents)
def test_a_draft_that_was_read_is_the_same_to_the_last_digit(draft: dict[str, object]) -> None:
    assert same(from_json(as_json(draft)), draft)


@given(drafts | mistaken_proposals(), st.dictionaries(texts, texts, max_size=3))
@settings(max_examples=25)
def test_saved_and_opened_a_draft_is_the_same(draft: object, unfinished: dict[str, str]) -> None:
    if not isinstance(draft, dict):
        return
    with TemporaryDirectory() as name:
        folders = Folders(Path(name) / "drafts", Path(name) / "state")
        path = folders.drafts / "one.json"
        with DraftFile.create(path, {}, folders) as file:
            file.save(draft, unfinished)
        with DraftFile.open(path, folders) as file:
            assert as_json(file.draft) == as_json(draft)
            assert file.unfinished == unfinished
            assert not file.save(file.draft, file.unfinished).written


def test_naughty_strings_survive_in_every_place(folders: Folders) -> None:
    strings = NAUGHTY_STRINGS
    path = folders.drafts / "one.json"
    draft = {
        "title": strings[0],
        "annex": {text: text for text in strings},
        "activities": [{"title": t} for t in strings],
    }
    with DraftFile.create(path, {}, folders) as file:
        file.save(draft, {f"/{number}": text for number, text in enumerate(strings)})
    with DraftFile.open(path, folders) as file:
        assert same(file.draft, draft)
        assert list(file.unfinished.values()) == strings


def test_numbers_are_written_without_a_detour() -> None:
    numbers = [Decimal("0.10"), Decimal("1E+2"), Decimal("0E-7"), Decimal("123456789012345678901234567890.5"), 10**40]

    assert (
        b"".join(as_json(numbers).split()) == b"[0.10,1E+2,0E-7,123456789012345678901234567890.5,1" + b"0" * 40 + b"]"
    )


def test_of_a_text_that_is_no_draft_the_reason_comes_before_values_that_do_not_fit() -> None:
    example = Path(__file__).resolve().parents[3] / "examples" / "broken-values.json"
    with pytest.raises(NoDraftError) as refused:
        from_json(example.read_bytes())

    assert "is here a second time" in refused.value.problems[0].message
    assert "is not a country code" in refused.value.problems[1].message
