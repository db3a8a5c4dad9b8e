"""Names are compared in one way, and the comparison is an equivalence."""

# Characters that look alike are what this is about.
# ruff: noqa: RUF001

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mpfcheck.same_name import name_key, pic_key

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202e\u2066\u2069\u3164\u115f\uffa0\u034f\ufe0f\x00\x1b"
BLANKS = " \t\n\r\u00a0\u2003\u2009\u202f\u3000\u2028\u2800"
NAMES = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs",)),
        st.sampled_from(INVISIBLE + BLANKS + "'\"-\u2010\u2011–−\u0307«»„“´`\u1ffd\u1fefŞşŢţȘșȚțİıßſςΣ"),
    ),
    max_size=20,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Border Police", "BORDER POLICE"),
        ("Border Police", "Border Police "),
        ("Border Police", " Border\u00a0 Police"),
        ("Border Police", "Bor\u00adder \u200bPolice\u200e"),
        ("Border Police", "Border\nPolice"),
        ("Border Police", "Ｂｏｒｄｅｒ　Ｐｏｌｉｃｅ"),
        ("Border Police", "Border\u2800Police"),
        ("Poliția de Frontieră", "Poliţia de Frontieră"),
        ("ȘTEFAN VODĂ", "ştefan vodă"),
        ("S\u0326tefan", "s\u0327tefan"),
        ("Poliția", unicodedata.normalize("NFD", "Poliția")),
        ("Straße", "STRASSE"),
        ("ΥΠΟΥΡΓΕΙΟ ΕΣΩΤΕΡΙΚΩΝ ΑΘΗΝΑΣ", "υπουργειο εσωτερικων αθηνας"),
        ("VšĮ „Viltis“", 'VšĮ "Viltis"'),
        ("VšĮ „Viltis“", "VŠĮ «VILTIS»"),
        ("O'Brien", "O’Brien"),
        ("Ofﬁce", "OFFICE"),
        ("Border-Police", "Border\u2011Police"),
        ("Police - Moldova", "POLICE – MOLDOVA"),
        ("İstanbul Police", "istanbul police"),
    ],
)
def test_what_people_read_as_one_name_is_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Border Police", "Border Policy"),
        ("Border Police", "BorderPolice"),
        ("Ministère", "Ministere"),
        ("Ministry of Labour", "Ministry of Labour 2"),
        ("Police", ""),
    ],
)
def test_other_names_stay_other_names(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(NAMES)
@example("e\u200d\u0301")
@example("\u1e9e\u0345 \u0345")
@example("t\u200b\u0327")
def test_the_key_of_a_key_is_itself(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)


@given(NAMES)
def test_the_key_does_not_depend_on_how_characters_are_put_together(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert name_key(unicodedata.normalize(form, text)) == name_key(text)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_texts_take_the_same_way_as_all_others(text: str) -> None:
    assert name_key(text) == name_key(f"{text}\u200b")


@given(NAMES, st.sampled_from(INVISIBLE), st.data())
def test_what_nobody_sees_changes_nothing(text: str, unseen: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    assert name_key(f"{text[:place]}{unseen}{text[place:]}") == name_key(text)


@given(st.text(st.sampled_from(INVISIBLE + BLANKS)))
def test_what_only_blanks_and_unseen_characters_say_is_nothing(text: str) -> None:
    assert name_key(text) == ""


@pytest.mark.parametrize("written", ["999999901", "999 999 901", "PIC: 999-999-901", "９９９９９９９０１"])
def test_a_pic_is_its_digits(written: str) -> None:
    assert pic_key(written) == "999999901"


@pytest.mark.parametrize("written", ["", "  ", "n/a", "-"])
def test_a_pic_without_digits_is_none(written: str) -> None:
    assert pic_key(written) == ""
