"""Amounts are exact, written one way, at most two decimals and fifteen digits, never negative."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mpfcheck.proposal.values import (
    UnfitValueError,
    amount_from,
    as_text,
    decimal_from,
    format_money,
    plain_money,
    whole_from,
)
from tests.proposal.strategies import amounts, quantities


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("0", "0"),
        ("0.00", "0.00"),
        ("120000.00", "120000.00"),
        ("5.5", "5.5"),
        ("999999999999999", "999999999999999"),
        ("9999999999999.99", "9999999999999.99"),
        (400000, "400000"),
        (Decimal("400000.01"), "400000.01"),
        (Decimal("2E+5"), "200000"),
        ("2e5", "200000"),
        ("2E+5", "200000"),
        ("-0", "0"),
        ("200000.000", "200000.00"),
        (Decimal("200000.000"), "200000.00"),
        ("0.500", "0.50"),
        (Decimal("-0.0"), "0.0"),
        (Decimal("0E-90"), "0.00"),
        (Decimal("999999999999999.00"), "999999999999999"),
    ],
)
def test_an_amount_is_read_exactly(written: object, amount: str) -> None:
    assert str(amount_from(written)) == amount


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1.005", "more than two decimals"),
        (Decimal("1.005"), "more than two decimals"),
        ("1234567890123456", "more than 15 digits"),
        (1234567890123456, "more than 15 digits"),
        ("99999999999999.99", "more than 15 digits"),
        (Decimal("99999999999999.99"), "more than 15 digits"),
        (Decimal("1E+999999"), "more than 100 places"),
        (Decimal("1E-999999"), "more than"),
        pytest.param(10**5000, "more than 100 places", id="an int of 5001 digits"),
        ("-1.00", "negative"),
        ("\N{MINUS SIGN}1.00", "negative"),
        (-1, "negative"),
        (Decimal("-0.01"), "negative"),
        (Decimal("NaN"), "not a number"),
        (Decimal("sNaN"), "not a number"),
        (Decimal("Infinity"), "not a number"),
        ("NaN", "cannot be read as a number"),
        ("1,5", "cannot be read as a number"),
        ("1.000,00", "cannot be read as a number"),
        ("1 000", "cannot be read as a number"),
        ("1_000", "cannot be read as a number"),
        ("1e", "cannot be read as a number"),
        ("400.000", "can separate thousands or decimals"),
        (Decimal("400.000"), "can separate thousands or decimals"),
        ("1.500", "can separate thousands or decimals"),
        ("1e400", "more than 100 places"),
        ("1e-400", "more than 100 places"),
        ("1e99999999999999999999", "more than 100 places"),
        ("+5", "cannot be read as a number"),
        ("EUR 5", "cannot be read as a number"),
        ("5.", "cannot be read as a number"),
        ("\N{FULLWIDTH DIGIT FIVE}", "cannot be read as a number"),
        ("12\n", "blanks"),
        (" 12", "blanks"),
        ("007", "zero in front"),
        ("", "empty"),
        (True, "not true"),
        (None, "not null"),
        ([], "a list"),
        ({}, "an object"),
        (0.1, "floating-point"),
        (float("nan"), "floating-point"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_reason(written: object, said: str) -> None:
    with pytest.raises(UnfitValueError, match=said) as refused:
        amount_from(written)
    assert refused.value.message.endswith(".")
    assert refused.value.hint.endswith((".", '"'))


@pytest.mark.parametrize(("written", "meant"), [("007", "7"), ("00.50", "0.50"), ("000", "0"), (" 12 ", "12")])
def test_the_hint_says_how_to_write_it(written: str, meant: str) -> None:
    with pytest.raises(UnfitValueError) as refused:
        amount_from(written)
    assert refused.value.hint == f'Write "{meant}".'


def _read(read: Callable[[object], object], written: object) -> object:
    try:
        return read(written)
    except UnfitValueError:
        return None


JSON_NUMBERS = st.from_regex(r"-?(0|[1-9][0-9]{0,16})(\.[0-9]{1,6})?([eE][+-]?[0-9]{1,3})?", fullmatch=True)


@pytest.mark.parametrize("read", [amount_from, decimal_from, whole_from])
@given(JSON_NUMBERS)
@example("200000.000")
@example("-0")
@example("2e5")
@example("400.000")
def test_a_number_is_read_alike_as_text_and_as_number(read: Callable[[object], object], written: str) -> None:
    assert _read(read, written) == _read(read, Decimal(written))


@given(amounts)
def test_an_amount_that_is_read_can_be_written_and_read_again(written: object) -> None:
    amount = amount_from(written)
    assert amount_from(str(amount)) == amount == Decimal(str(written))


@given(quantities)
def test_a_quantity_that_is_read_can_be_written_and_read_again(written: object) -> None:
    quantity = decimal_from(written)
    assert decimal_from(as_text(quantity)) == quantity == Decimal(str(written))


def test_quantities_may_be_finer_than_a_cent() -> None:
    assert decimal_from("0.333333") == Decimal("0.333333")
    assert decimal_from(Decimal("0.00000000000001")) == Decimal("0.00000000000001")
    with pytest.raises(UnfitValueError, match="15 digits"):
        decimal_from("0.123456789012345")


@pytest.mark.parametrize("written", [24, "24", "24.0", "2.4e1", Decimal(24), Decimal("24.0"), Decimal("2.4E+1")])
def test_a_whole_number_is_read_whatever_its_form(written: object) -> None:
    assert whole_from(written) == 24
    assert type(whole_from(written)) is int


@pytest.mark.parametrize(
    "written",
    [
        "24.5",
        "-1",
        "1e40",
        "24 months",
        "",
        "024",
        24.0,
        True,
        None,
        Decimal("24.5"),
        -1,
        Decimal("NaN"),
        Decimal("1E+999999999"),
        10**40,
        [],
    ],
)
def test_what_is_no_whole_number_is_refused(written: object) -> None:
    with pytest.raises(UnfitValueError):
        whole_from(written)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("0", "EUR 0.00"),
        ("-0", "EUR 0.00"),
        ("5.5", "EUR 5.50"),
        ("190000.01", "EUR 190 000.01"),
        ("2E+5", "EUR 200 000.00"),
        ("5501.815", "EUR 5 501.815"),
        ("169587.27400", "EUR 169 587.274"),
        ("-1234.5", "EUR -1 234.50"),
        ("999999999999999", "EUR 999 999 999 999 999.00"),
    ],
)
def test_money_is_shown_with_cents_and_nothing_rounded_away(amount: str, shown: str) -> None:
    assert format_money(Decimal(amount)) == shown


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_money_that_is_shown_can_be_read_again(amount: Decimal) -> None:
    assert amount_from(format_money(amount).removeprefix("EUR ").replace(" ", "")) == amount


@pytest.mark.parametrize(
    ("amount", "people", "programs"),
    [
        ("0", "EUR 0.00", "0.00"),
        ("-0.0", "EUR 0.00", "0.00"),
        ("1200", "EUR 1 200.00", "1200.00"),
        ("1200.5", "EUR 1 200.50", "1200.50"),
        ("1200.50", "EUR 1 200.50", "1200.50"),
        ("1200.500", "EUR 1 200.50", "1200.50"),
        ("-1234567.005", "EUR -1 234 567.005", "-1234567.005"),
        ("2E+5", "EUR 200 000.00", "200000.00"),
    ],
)
def test_an_amount_has_cents_and_more_decimals_only_where_they_count(amount: str, people: str, programs: str) -> None:
    assert (format_money(Decimal(amount)), plain_money(Decimal(amount))) == (people, programs)
