"""Names of countries and months, in every language of the tables that ship."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.forms.typed import day as month_names
from mpfcheck.forms.typed.answer import Query, Understood
from mpfcheck.forms.typed.reading import read_typed
from mpfcheck.proposal import country_names_table
from mpfcheck.proposal.codes import COUNTRIES
from mpfcheck.proposal.country_names import countries_called, countries_like
from mpfcheck.proposal.fields import Code, Day
from tests.forms.typed.conftest import Choices

COUNTRY = Code("countries", COUNTRIES)
babel = pytest.importorskip("babel", reason="the tables are compared with those of babel, which is not here")


def test_the_tables_are_those_that_the_script_writes() -> None:
    from tools.cldr_names import country_table, month_table, written

    assert country_names_table.FILE.read_text(encoding="utf-8") == written(country_table())
    assert month_names.FILE.read_text(encoding="utf-8") == written(month_table())


def _territories() -> list[tuple[str, str, str]]:
    from tools.cldr_names import LANGUAGES

    return [
        (language, code, name)
        for language in LANGUAGES
        for code, name in babel.Locale.parse(language).territories.items()
        if code in COUNTRIES
    ]


def test_every_name_in_every_language_means_its_country_or_is_asked_back_with_it() -> None:
    wrong = []
    for language, code, name in _territories():
        called = countries_called(name)
        if code not in called.codes or (called.certain and called.codes != (code,)):
            wrong.append((language, code, name, called.codes))
    assert wrong == []


def test_an_english_name_with_a_letter_left_out_never_means_another_country() -> None:
    english = [(code, name) for language, code, name in _territories() if language == "en"]
    wrong = []
    for code, name in english:
        for at in range(len(name)):
            slip = name[:at] + name[at + 1 :]
            called = countries_called(slip)
            if called.certain and called.codes != (code,) and slip not in (name for _, name in english):
                wrong.append((slip, name, called.codes))
    assert wrong == []


@given(st.sampled_from(_territories()), st.sampled_from([str.upper, str.lower, str.title, " {} ".format, "{}.".format]))
def test_however_it_is_written(choices: Choices, territory: tuple[str, str, str], change: object) -> None:
    _, code, name = territory
    assert callable(change)
    reading = read_typed(change(name), COUNTRY, choices=choices("countries"))
    meant = [reading.value] if isinstance(reading, Understood) else [one.value for one in reading.suggestions]
    # The capitals of some scripts cannot be told from other letters: then nothing is said of another country.
    assert code in meant or not isinstance(reading, Understood)


def test_every_label_is_read_as_its_country_but_where_others_share_the_name(choices: Choices) -> None:
    asked = []
    for choice in choices("countries"):
        reading = read_typed(choice.label, COUNTRY, choices=choices("countries"))
        if isinstance(reading, Query):
            asked.append(choice.code)
            assert choice.code in [one.value for one in reading.suggestions]
        else:
            assert reading.value == choice.code
    assert asked == ["GN"]


def test_every_official_name_is_read_both_ways_round() -> None:
    from tools.cldr_names import OFFICIAL

    for line in OFFICIAL.strip().splitlines():
        code, _, names = line.partition(" ")
        for name in names.split(";"):
            assert countries_called(name).codes == (code,), name
            kind, of, rest = name.strip().partition(" of ")
            if of:
                assert code in countries_called(f"{rest}, {kind} of").codes, name


@pytest.mark.parametrize("common", ["Republic", "republic of the", "Islamic Republic", "United", "of", "State"])
def test_a_common_word_alone_is_like_no_country(common: str) -> None:
    assert countries_called(common).codes == ()
    assert countries_like(common) == ()


@given(st.text(max_size=30))
def test_no_text_is_too_odd_to_be_asked_about(text: str) -> None:
    called = countries_called(text)
    assert not called.certain or len(called.codes) == 1
    assert set(called.codes) | set(countries_like(text)) <= set(COUNTRIES)


def test_a_good_proposal_is_checked_without_the_names() -> None:
    program = (
        "import sys, mpfcheck; "
        "mpfcheck.load_call('mpf-2023-borders-security').check({'lead': {'country': 'LT'}}); "
        "print([m for m in sys.modules if 'country_names' in m or 'month_names' in m])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "typed",
    [
        "1 mars 2024",
        "1er mars 2024",
        "1. März 2024",
        "1. marz 2024",
        "1 Mart 2024",
        "1 de marzo de 2024",
        "1 de março de 2024",
        "1 marzo 2024",
        "1 martie 2024",
        "1 марта 2024 года",
        "1 березня 2024 року",
        "2024 m. kovo 1 d.",
        "2024. gada 1. marts",
        "1. ožujka 2024.",
        "2024. március 1.",
        "1. maaliskuuta 2024",
        "1 Μαρτίου 2024",
        "1 ta’ Marzu 2024",  # noqa: RUF001 - the apostrophe Maltese is written with
        "1 marca 2024",
        "1 март 2024",
        "2024-yil 1-mart",
        "1η Μαρτίου 2024",
        "1ης Μαρτίου 2024",
        "1-го марта 2024 г.",  # noqa: RUF001
        "1-ви март 2024",
        "1:e mars 2024",
        "2024. március 1-je",
        "the 1st of March 2024",
        "1 مارس 2024",
        "١ مارس ٢٠٢٤",  # noqa: RUF001
        "1 آذار 2024",
        "1 آذار/مارس 2024",
        "1 من مارس 2024",
        "1 במרץ 2024",
        "2024 թ. մարտի 1",
        "1 მარტი 2024",
    ],
)
def test_months_are_read_in_the_languages_of_the_table(typed: str) -> None:
    assert read_typed(typed, Day()) == Understood("2024-03-01", "1 March 2024")


@pytest.mark.parametrize(
    ("typed", "quoted"),
    [
        ("1 MARCHE 2024", "MARCHE"),
        ("1 Frühling 2024", "Frühling"),
        ("LISTOPAD 1 2024", "LISTOPAD"),
        ("Sometime In March", "Sometime In March"),
        ("Next Year 2024", "Next Year 2024"),
    ],
)
def test_what_is_not_understood_is_quoted_as_it_was_typed(typed: str, quoted: str) -> None:
    reading = read_typed(typed, Day())
    assert isinstance(reading, Query)
    assert f'"{quoted}"' in reading.message


def test_a_name_in_two_words_and_the_names_of_two_months() -> None:
    assert read_typed("5 كانون الثاني 2024", Day()) == Understood("2024-01-05", "5 January 2024")
    assert isinstance(read_typed("5 آذار/نيسان 2024", Day()), Query)
    assert isinstance(read_typed("5 March April 2024", Day()), Query)


def test_a_name_of_two_months_is_asked_back() -> None:
    reading = read_typed("1 listopada 2024", Day())
    assert isinstance(reading, Query)
    assert [one.value for one in reading.suggestions] == ["2024-10-01", "2024-11-01"]


def test_which_of_two_numbers_is_the_month_is_still_asked() -> None:
    reading = read_typed("1/3/2024", Day())
    assert isinstance(reading, Query)
    assert sorted(str(one.value) for one in reading.suggestions) == ["2024-01-03", "2024-03-01"]


@given(st.sampled_from(sorted(json.loads(month_names.FILE.read_text(encoding="utf-8")).items())))
def test_every_name_of_a_month_is_read_as_that_month_or_asked_back(named: tuple[str, str]) -> None:
    name, numbers = named
    reading = read_typed(f"15 {name} 2024", Day())
    meant = [reading.value] if isinstance(reading, Understood) else [one.value for one in reading.suggestions]
    assert meant == [f"2024-{int(number):02}-15" for number in numbers.split()]
