"""A typed number is that number or a question back, with a sentence of its own for each thing that can be wrong."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from mpfcheck.forms.typed.reading import Query, Understood, read_typed
from mpfcheck.proposal.fields import Exact, Whole

AMOUNT = Exact("EUR", 2)
UNIT_COST = Exact("EUR", 14)
QUANTITY = Exact(None, 14)
MONTHS = Whole("months")


@pytest.mark.parametrize(
    "typed",
    [
        "400000.50",
        "400000,50",
        "400000.5",
        "400 000,50",
        "400.000,50",
        "400,000.50",
        "400'000.50",
        "400\N{RIGHT SINGLE QUOTATION MARK}000,50",
        "400\N{NO-BREAK SPACE}000,50",
        "400\N{NARROW NO-BREAK SPACE}000,50",
        "400\N{THIN SPACE}000.50",
        "€ 400000.5",
        "€400000.50",
        "400 000,50 €",
        "EUR 400'000.50",
        "eur 400000,5",
        "400000.50 EUR",
        "400000.50 euros",
        "+400000.50",
        "  400000.50\t",
        "\N{RIGHT-TO-LEFT MARK}400000.50",
        "\N{FULLWIDTH DIGIT FOUR}00000\N{FULLWIDTH FULL STOP}50",
        "\u0664\u0660\u0660\u066c\u0660\u0660\u0660\u066b\u0665\u0660",
        "400000\u066b50",
        "400.0005 k",
        "0,4000005 Mio. EUR",
        "0.4000005 million",
    ],
)
def test_one_amount_however_it_is_typed(typed: str) -> None:
    assert read_typed(typed, AMOUNT) == Understood("400000.50", "EUR 400 000.50")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0", "0.00"),
        ("400000,-", "400000.00"),
        ("400.000,-", "400000.00"),
        ("400'000.--", "400000.00"),
        ("400k", "400000.00"),
        ("400 kEUR", "400000.00"),
        ("1,5 Mio", "1500000.00"),
        ("1.234.567", "1234567.00"),
        ("1 234", "1234.00"),
        ("9999999999999.99", "9999999999999.99"),
        ("99999999999999", "99999999999999"),
        ("99999999999999,5", "99999999999999.5"),
        ("999999999999999", "999999999999999"),
    ],
)
def test_amounts_are_stored_with_cents_where_they_fit(typed: str, value: str) -> None:
    reading = read_typed(typed, AMOUNT)
    assert isinstance(reading, Understood)
    assert reading.value == value


@pytest.mark.parametrize(
    ("typed", "likelier", "other"),
    [
        ("400.000", "EUR 400 000.00", "EUR 400.00"),
        ("400,000", "EUR 400 000.00", "EUR 400.00"),
        ("1,500", "EUR 1 500.00", "EUR 1.50"),
        ("€ 1.500", "EUR 1 500.00", "EUR 1.50"),
        ("1.500 k", "EUR 1 500.00", "EUR 1 500 000.00"),
        ("0.4m", "EUR 400 000.00", "EUR 400.00"),
        ("0,4 M€", "EUR 400 000.00", "EUR 400.00"),
    ],
)
def test_what_can_be_two_amounts_is_asked_back_with_both(typed: str, likelier: str, other: str) -> None:
    reading = read_typed(typed, AMOUNT)
    assert isinstance(reading, Query)
    assert [suggestion.shown for suggestion in reading.suggestions] == [likelier, other]


def test_the_reading_that_does_not_fit_is_told_though_it_cannot_be_taken() -> None:
    reading = read_typed("1.255", AMOUNT)
    assert isinstance(reading, Query)
    assert [suggestion.value for suggestion in reading.suggestions] == ["1255.00"]
    assert "1.255, which does not fit here" in reading.message


@pytest.mark.parametrize(
    ("typed", "said", "suggested"),
    [
        ("-5", "negative", []),
        ("\N{MINUS SIGN}5", "negative", []),
        ("(500)", "negative", []),
        ("USD 400", "another currency (USD)", []),
        ("400 $", "another currency ($)", []),
        ("£400", "another currency (£)", []),
        ("400 dollars", "another currency (dollars)", []),
        ("1234567890123456", "more than 15 digits", []),
        ("99999999999999.99", "more than 15 digits", []),
        ("9" * 5000, "is not an amount", []),
        ("1234.567", "more than two decimals", []),
        ("1234.500", "more than two decimals", ["1234.50"]),
        ("0.500", "more than two decimals", ["0.50"]),
        ("40,00,000", "not grouped in threes", ["4000000.00"]),
        ("400 50", "not grouped in threes", []),
        ("4000.000,00", "not grouped in threes", []),
        ("0.400.000", "not grouped in threes", []),
        ("1.2.3", "not grouped in threes", []),
        ("4E+05", "spreadsheet", ["400000.00"]),
        ("1,5e6", "spreadsheet", ["1500000.00"]),
        ("4E-05", "spreadsheet", []),
        ("4E+999999999", "spreadsheet", []),
        ("007", "a zero in front", ["7.00"]),
        (".5", "a decimal mark at one end", ["0.50"]),
        ("5.", "a decimal mark at one end", ["5.00"]),
        ("400 Tsd.", '"Tsd" cannot be read', []),
        ("400 Euro-Cent", '"-Cent" cannot be read', []),
        ("400 bn", '"bn" cannot be read', []),
        ("about 400", '"about" cannot be read', []),
        ("400000 a year", '"a year" cannot be read', []),
        ("10\N{SUPERSCRIPT TWO}", "cannot be read", []),
        ("\N{RIGHT-TO-LEFT OVERRIDE}000004", "cannot be read", []),
        ("400-500", "is not an amount", []),
        ("40O000", "is not an amount", []),
        ("400\t000", "is not an amount", []),
        ("\N{VULGAR FRACTION ONE HALF}", "is not an amount", []),
        ("four", "is not an amount", []),
        ("=2*3", "is not an amount", []),
        ("95 %", "is a percentage, not an amount in EUR", []),
    ],
)
def test_what_is_no_amount_is_told_in_its_own_words(typed: str, said: str, suggested: list[str]) -> None:
    reading = read_typed(typed, AMOUNT)
    assert isinstance(reading, Query)
    assert said in reading.message
    assert reading.message.endswith(".")
    assert re.match("(?:Type|Round|Widen|Leave out) .*[.]$", reading.hint), "what to write, and no question back"
    assert [suggestion.value for suggestion in reading.suggestions] == suggested


@pytest.mark.parametrize(
    "typed", ["95 %", "95%", "95 percent", "95 per cent", "95,0 %", "95 % of the total", "\u0669\u0665\u066a"]
)
def test_a_share_of_a_known_amount_is_worked_out_and_asked_back(typed: str) -> None:
    reading = read_typed(typed, AMOUNT, percent_of=Decimal("178512.92"))
    assert isinstance(reading, Query)
    assert reading.message.endswith("% of EUR 178 512.92 is EUR 169 587.27.")
    assert reading.suggestions == (Understood("169587.27", "EUR 169 587.27"),)


def test_a_share_of_an_amount_that_is_not_answered_yet_is_told_so() -> None:
    reading = read_typed("95 %", AMOUNT, percent_of=Decimal("NaN"))
    assert reading == Query(
        '"95 %" is a percentage of an amount that is not known yet.',
        "Answer that first, or type the amount here. Type the amount in digits, such as 400000.50.",
    )


def test_a_share_is_rounded_down_to_the_cent() -> None:
    reading = read_typed("33.33 %", AMOUNT, percent_of=Decimal("0.29"))
    assert isinstance(reading, Query)
    assert [suggestion.value for suggestion in reading.suggestions] == ["0.09"]


def test_more_than_the_whole_is_no_share() -> None:
    reading = read_typed("120 %", AMOUNT, percent_of=Decimal(400000))
    assert reading == Query(
        '"120 %" is more than the whole of EUR 400 000.00.', "Type the amount in digits, such as 400000.50."
    )


def test_a_field_for_a_share_takes_a_percentage_and_shows_both() -> None:
    assert read_typed("95 %", Exact(None, 4)) == Understood("0.95", "0.95 (95 %)")
    assert read_typed("12,5%", Exact(None, 4)) == Understood("0.125", "0.125 (12.5 %)")
    assert isinstance(read_typed("0.00001 %", Exact(None, 4)), Query)


@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [
        ("24", "24", "24"),
        ("5,5", "5.5", "5.5"),
        ("5.50", "5.5", "5.5"),
        ("0.333333", "0.333333", "0.333333"),
        ("1.3330", "1.333", "1.333"),
        ("12 000", "12000", "12 000"),
    ],
)
def test_quantities_may_be_finer_than_a_cent(typed: str, value: str, shown: str) -> None:
    assert read_typed(typed, QUANTITY) == Understood(value, shown)


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [("1.333", ["1.333", "1333"]), ("1.500", ["1500", "1.5"]), ("24 months", ["24"]), ("3 trips", ["3"]), ("€ 5", [])],
)
def test_an_unclear_quantity_is_asked_back(typed: str, suggested: list[str]) -> None:
    reading = read_typed(typed, QUANTITY)
    assert isinstance(reading, Query)
    assert [suggestion.value for suggestion in reading.suggestions] == suggested


def test_unit_costs_have_cents_and_may_have_more() -> None:
    assert read_typed("5000", UNIT_COST) == Understood("5000.00", "EUR 5 000.00")
    assert read_typed("5501,815", UNIT_COST) == Understood("5501.815", "EUR 5 501.815")


@pytest.mark.parametrize("typed", ["24", "24 months", "24 month", "24 mo", "24m", "24.0", "\u0662\u0664"])
def test_a_number_of_months(typed: str) -> None:
    assert read_typed(typed, MONTHS) == Understood(24, "24 months")


@pytest.mark.parametrize("typed", ["2 years", "2 yrs", "2y", "1 year 12 months", "1 year and 12 months", "2,0 years"])
def test_years_are_counted_in_months_and_asked_back(typed: str) -> None:
    reading = read_typed(typed, MONTHS)
    assert isinstance(reading, Query)
    assert reading.suggestions == (Understood(24, "24 months"),)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("24.5", "not a whole number"),
        ("1.7 years", "in years"),
        ("12 weeks", "not in months"),
        ("1,500", "two ways"),
        ("two", "not a number of whole months"),
        ("24 €", "an amount of money"),
        ("50 %", "a percentage"),
        ("-24", "negative"),
        ("1234567890123456", "9 digits"),
    ],
)
def test_what_is_no_number_of_months_is_asked_back(typed: str, said: str) -> None:
    reading = read_typed(typed, MONTHS)
    assert isinstance(reading, Query)
    assert said in reading.message
