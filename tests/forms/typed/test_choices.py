"""A typed choice is one of the choices or a question back; so is each of several."""

from __future__ import annotations

import pytest

from mpfcheck.forms.typed.reading import Choice, Query, Understood, read_typed, typed_value
from mpfcheck.proposal.fields import Code, Many, Text, YesNo
from tests.forms.typed.conftest import Choices

COUNTRY = Code("countries", ("CI", "MD"))


@pytest.mark.parametrize("typed", ["yes", "Y", " YES. ", "true", "yes!", "\N{FULLWIDTH LATIN SMALL LETTER Y}es"])
def test_yes(typed: str) -> None:
    assert read_typed(typed, YesNo()) == Understood(value=True, shown="yes")


@pytest.mark.parametrize("typed", ["no", "N", "False"])
def test_no(typed: str) -> None:
    assert read_typed(typed, YesNo()) == Understood(value=False, shown="no")


@pytest.mark.parametrize(
    ("typed", "likelier"),
    [("1", True), ("0", False), ("ja", True), ("non", False), ("maybe", True), ("yes and no", True), ("-", True)],
)
def test_what_is_neither_yes_nor_no_is_asked_back_with_both(typed: str, likelier: bool) -> None:
    reading = read_typed(typed, YesNo())
    assert isinstance(reading, Query)
    assert [suggestion.value for suggestion in reading.suggestions] == [likelier, not likelier]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("MD", "MD"),
        ("md", "MD"),
        ("Moldova", "MD"),
        (" moldova ", "MD"),
        ("Moldova (MD)", "MD"),
        ("cote divoire", "CI"),
        ("Côte d\N{RIGHT SINGLE QUOTATION MARK}Ivoire", "CI"),
        ("TÜRKIYE", "TR"),
        ("turkiye", "TR"),
        ("aland islands", "AX"),
        ("Bonaire, Sint Eustatius and Saba", "BQ"),
        ("guinea bissau", "GW"),
        ("turkey", "TR"),
        ("UK", "GB"),
        ("el", "GR"),
        ("LTU", "LT"),
        ("Republic of Moldova", "MD"),
        ("Moldova, Republic of", "MD"),
        ("the Netherlands", "NL"),
        ("Holland", "NL"),
        ("Litva", "LT"),
        ("la Moldavie", "MD"),
        ("l'Ukraine", "UA"),
        ("Georgia (Sakartvelo)", "GE"),
        ("Guinea (GN)", "GN"),
        ("საქართველო", "GE"),
        ("Молдова", "MD"),
        ("\N{REGIONAL INDICATOR SYMBOL LETTER M}\N{REGIONAL INDICATOR SYMBOL LETTER D}", "MD"),
        ("\N{LATIN SMALL LETTER E WITH ACUTE}thiopia", "ET"),
    ],
)
def test_a_country_by_its_code_or_name(choices: Choices, typed: str, code: str) -> None:
    reading = read_typed(typed, COUNTRY, choices=choices("countries"))
    assert isinstance(reading, Understood)
    assert reading.value == code
    assert reading.shown.endswith(f"({code})")


@pytest.mark.parametrize(
    ("typed", "said", "suggested"),
    [
        ("moldva", "none of the choices", ["MD"]),
        ("Uzbekstan", "none of the choices", ["UZ"]),
        ("Republic", "none of the choices", []),
        ("Republic of", "none of the choices", []),
        ("Republic of Molvania", "none of the choices", []),
        ("congo", "may mean", ["CD", "CG"]),
        ("guinea", "may mean", ["GN", "GQ", "GW"]),
        ("Kongo", "may mean", ["CD", "CG"]),
        ("Georgia (state)", "may mean", ["GE", "US"]),
        ("Serbia and Montenegro", "may mean", ["ME", "RS"]),
        ("Moldova, Ukraine", "may mean", ["MD", "UA"]),
        ("Moldova and Ukraine", "may mean", ["MD", "UA"]),
        ("Transnistria", "not clear", ["MD"]),
        ("Western Balkans", "not one country", []),
        ("EU", "not one country", []),
        ("XX", "none of the choices", []),
        ("bosnia", "one name only", ["BA"]),
        ("dem congo", "one name only", ["CD"]),
        ("korea", "may mean", ["KP", "KR"]),
        ("xyzzy", "none of the choices", []),
        ("none", "none of the choices", []),
        ("?!", "none of the choices", []),
        ("x" * 10000, "none of the choices", []),
    ],
)
def test_less_than_a_whole_name_is_asked_back(choices: Choices, typed: str, said: str, suggested: list[str]) -> None:
    reading = read_typed(typed, COUNTRY, choices=choices("countries"))
    assert isinstance(reading, Query)
    assert said in reading.message
    assert [suggestion.value for suggestion in reading.suggestions] == suggested


def test_of_many_that_fit_the_first_are_told_those_that_begin_like_it_before_others(choices: Choices) -> None:
    reading = read_typed("s", COUNTRY, choices=choices("countries"))
    assert isinstance(reading, Query)
    assert len(reading.suggestions) == 8
    assert all(suggestion.shown.startswith("S") for suggestion in reading.suggestions)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ngo", "ngo"),
        ("NGO", "ngo"),
        ("Non-governmental organisation", "ngo"),
        ("public body", "public_body"),
        ("PUBLIC_BODY", "public_body"),
    ],
)
def test_codes_nobody_knows_are_named_by_their_label(choices: Choices, typed: str, code: str) -> None:
    reading = read_typed(typed, Code("applicant_kinds", ("ngo",)), choices=choices("applicant_kinds"))
    assert isinstance(reading, Understood)
    assert reading.value == code
    assert "_" not in reading.shown


def test_of_few_choices_all_are_told_where_none_is_meant(choices: Choices) -> None:
    reading = read_typed("zzz", Code("levels", ("central",)), choices=choices("levels"))
    assert isinstance(reading, Query)
    assert [suggestion.value for suggestion in reading.suggestions] == ["central", "regional", "local"]


def test_a_label_of_two_choices_is_asked_back_and_their_codes_are_not() -> None:
    two = (Choice("a", "Same"), Choice("b", "Same"))
    reading = read_typed("same", Text(), choices=two)
    assert isinstance(reading, Query)
    assert [suggestion.value for suggestion in reading.suggestions] == ["a", "b"]
    assert read_typed("b", Text(), choices=two) == Understood("b", "Same")
    assert typed_value("b", Text(), two) == "b"


def test_open_text_that_has_choices_takes_nothing_else(choices: Choices) -> None:
    assert read_typed("bmvi", Text(), choices=choices("funds")) == Understood(
        "BMVI", "Border Management and Visa Instrument (BMVI)"
    )
    assert isinstance(read_typed("AMIF", Text(), choices=choices("funds")), Query)


def test_own_text_is_kept_where_it_is_unlike_every_choice_and_asked_back_where_it_is_like_one() -> None:
    applicants = (Choice("lead", "State Border Guard Service"), Choice("co-1", "Border Police"))

    def read(typed: str) -> object:
        return read_typed(typed, Text(), choices=applicants, own_text=True)

    assert read("border police") == Understood("co-1", "Border Police")
    assert read("lead") == Understood("lead", "State Border Guard Service")
    assert read("World Bank ") == Understood("World Bank ", "World Bank ")
    assert isinstance(half := read("Border"), Query)
    assert [each.value for each in half.suggestions] == ["co-1", "lead", "Border"]
    assert isinstance(slip := read("Boarder Polise"), Query)
    assert [each.value for each in slip.suggestions] == ["co-1", "Boarder Polise"]


def test_a_code_without_choices_is_chosen_by_itself() -> None:
    assert read_typed("eur", Code(None, ("EUR",))) == Understood("EUR", "EUR")


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("MD", ["MD"]),
        ("Ukraine, Moldova", ["UA", "MD"]),
        ("md; ua;", ["MD", "UA"]),
        ("Moldova\nUkraine", ["MD", "UA"]),
        ("Bonaire, Sint Eustatius and Saba, Moldova", ["BQ", "MD"]),
        ("Bosnia and Herzegovina,md", ["BA", "MD"]),
        ("Moldova, Republic of, Turkey", ["MD", "TR"]),
    ],
)
def test_several_countries_with_commas_between_them(choices: Choices, typed: str, codes: list[str]) -> None:
    reading = read_typed(typed, Many(COUNTRY), choices=choices("countries"))
    assert isinstance(reading, Understood)
    assert reading.value == codes


@pytest.mark.parametrize(
    ("typed", "said", "suggested"),
    [
        ("Moldova and Ukraine", "no comma", [["MD", "UA"]]),
        ("Moldova, tunesia", '"tunesia" is none of the choices', [["MD", "TN"]]),
        ("korea, MD", '"korea" may mean', [["KP", "MD"], ["KR", "MD"]]),
        ("tunesia, bosnia", '"tunesia" is none of the choices. "bosnia" is', [["TN", "BA"]]),
        ("tunesia, korea", '"korea" may mean', []),
        ("MD, Moldova", "names something twice", [["MD"]]),
        ("none", "none of the choices", []),
        (", ;", "not a list of choices", []),
    ],
)
def test_what_is_unclear_in_a_list_is_asked_back(
    choices: Choices, typed: str, said: str, suggested: list[list[str]]
) -> None:
    reading = read_typed(typed, Many(COUNTRY), choices=choices("countries"))
    assert isinstance(reading, Query)
    assert said in reading.message
    assert [suggestion.value for suggestion in reading.suggestions] == suggested
