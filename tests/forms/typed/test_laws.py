"""Laws of typed text: values come back as they were, numbers never become others, and nothing typed is ever a crash."""

from __future__ import annotations

import decimal
import itertools
import locale
import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mpfcheck.forms.typed.reading import Choice, Query, Understood, read_typed, shown_value, typed_value
from mpfcheck.plain import plain
from mpfcheck.proposal.codes import COUNTRIES
from mpfcheck.proposal.fields import Code, Day, Exact, Kind, Many, Text, Whole, YesNo
from mpfcheck.proposal.values import MAX_MONTHS, UnfitValueError, amount_from, decimal_from, whole_from
from tests.forms.typed.conftest import Choices
from tests.proposal.strategies import days, json_bytes, mistaken_proposals, texts

AMOUNT = Exact("EUR", 2)
UNIT_COST = Exact("EUR", 14)
QUANTITY = Exact(None, 14)
MONTHS = Whole("months")
COUNTRY = Code("countries", COUNTRIES)
KINDS: tuple[Kind, ...] = (
    Text(),
    YesNo(),
    MONTHS,
    Whole(None),
    AMOUNT,
    UNIT_COST,
    QUANTITY,
    Day(),
    COUNTRY,
    Many(COUNTRY),
)
FUNDS = (Choice("BMVI", "Border Management and Visa Instrument (BMVI)"), Choice("ISF", "Internal Security Fund (ISF)"))

amounts = st.integers(0, 10**15 - 1).map(lambda cents: Decimal(cents).scaleb(-2)) | st.integers(0, 10**6).map(Decimal)
fine_numbers = st.tuples(st.integers(0, 10**14 - 1), st.integers(0, 14)).map(
    lambda parts: Decimal(parts[0]).scaleb(-parts[1])
)


def _grouped(amount: Decimal, thousands: str, point: str) -> str:
    return f"{amount:,f}".replace(",", "T").replace(".", point).replace("T", thousands)


STYLES = (
    lambda amount: f"{amount:f}",
    lambda amount: f"{amount:.2f}",
    lambda amount: f"EUR {amount:f}",
    lambda amount: f"{amount:f} €".replace(".", ","),
    lambda amount: _grouped(amount, ",", "."),
    lambda amount: _grouped(amount, ".", ","),
    lambda amount: _grouped(amount, " ", ","),
    lambda amount: _grouped(amount, "\N{NARROW NO-BREAK SPACE}", ","),
    lambda amount: "€" + _grouped(amount, "'", "."),
    lambda amount: _grouped(amount, "\N{RIGHT SINGLE QUOTATION MARK}", ".") + " EUR",
    lambda amount: _grouped(amount, "\N{ARABIC THOUSANDS SEPARATOR}", "\N{ARABIC DECIMAL SEPARATOR}"),
    lambda amount: f"{amount:f}".translate({ord(str(digit)): chr(0x0660 + digit) for digit in range(10)}),
    lambda amount: f"{amount:f}".translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}),
    lambda amount: f"{amount.scaleb(-3):f} k",
    lambda amount: f"{amount.scaleb(-6):f} million EUR",
    lambda amount: f"{amount.scaleb(-6):f} m",
)


@given(amounts, st.sampled_from(STYLES))
@example(Decimal(400000), STYLES[5])
@example(Decimal("1.50"), STYLES[0])
def test_an_amount_in_any_style_is_that_amount_or_asked_back_with_it(amount, style) -> None:  # type: ignore[no-untyped-def]
    reading = read_typed(style(amount), AMOUNT)

    offered = reading.suggestions if isinstance(reading, Query) else (reading,)
    assert amount in [Decimal(str(each.value)) for each in offered]


@given(st.text("0123456789.,' €EURk%-", max_size=14), st.sampled_from([AMOUNT, UNIT_COST, QUANTITY, MONTHS]))
def test_what_is_understood_as_a_number_is_one_that_a_proposal_may_hold(typed: str, kind: Kind) -> None:
    reading = read_typed(typed, kind, percent_of=Decimal("178512.92"))

    for each in reading.suggestions if isinstance(reading, Query) else (reading,):
        if kind is MONTHS:
            assert type(each.value) is int
        else:
            assert (amount_from if kind is AMOUNT else decimal_from)(each.value) >= 0


VALUES: tuple[tuple[Kind, st.SearchStrategy[object]], ...] = (
    (Text(), texts.filter(bool)),
    (YesNo(), st.booleans()),
    (MONTHS, st.integers(0, MAX_MONTHS)),
    (Day(), days),
    (COUNTRY, st.sampled_from(COUNTRIES)),
    (Many(COUNTRY), st.lists(st.sampled_from(COUNTRIES), min_size=1, max_size=5, unique=True)),
    (AMOUNT, amounts.map(lambda amount: read_typed(f"{amount:.2f}", AMOUNT)).map(lambda reading: reading.value)),
)


@pytest.mark.parametrize(("kind", "values"), VALUES, ids=lambda part: type(part).__name__)
@given(data=st.data())
def test_a_value_put_back_into_its_input_is_read_as_that_value(
    kind: Kind, values: st.SearchStrategy[object], data: st.DataObject
) -> None:
    value = data.draw(values)

    reading = read_typed(typed_value(value, kind), kind)

    assert isinstance(reading, Understood)
    assert reading.value == value
    assert reading.shown == shown_value(value, kind)


@given(number=st.integers(1, 18).flatmap(lambda digits: st.integers(10 ** (digits - 1), 10**digits - 1)))
def test_a_whole_number_that_is_typed_is_taken_where_a_file_may_hold_it(number: int) -> None:
    try:
        whole_from(number)
    except UnfitValueError:
        fits = False
    else:
        fits = True

    assert isinstance(read_typed(str(number), MONTHS), Understood) is fits


def test_every_choice_put_back_into_its_input_is_read_as_that_choice(choices: Choices) -> None:
    for code_list in (
        "countries",
        "applicant_kinds",
        "headings",
        "levels",
        "document_kinds",
        "contribution_kinds",
        "funds",
    ):
        of = choices(code_list)
        kind = Code(code_list, tuple(choice.code for choice in of))
        for choice in of:
            typed = typed_value(choice.code, kind, of)
            reading = read_typed(typed, kind, choices=of)
            assert isinstance(reading, Understood)
            assert (reading.value, reading.shown) == (choice.code, shown_value(choice.code, kind, of))
            assert read_typed(f"{typed}, {typed}", Many(kind), choices=of) != reading
        everything = [choice.code for choice in of]
        whole = read_typed(typed_value(everything, Many(kind), of), Many(kind), choices=of)
        assert isinstance(whole, Understood)
        assert whole.value == everything


@given(fine_numbers, st.sampled_from([AMOUNT, UNIT_COST, QUANTITY]), st.booleans())
def test_numbers_that_others_wrote_come_back_as_the_same_number(number: Decimal, kind: Exact, as_number: bool) -> None:
    stored: object = number if as_number else f"{number:f}"
    try:
        (amount_from if kind is AMOUNT else decimal_from)(stored)
    except ValueError:
        return

    reading = read_typed(typed_value(stored, kind), kind)

    assert isinstance(reading, Understood)
    assert Decimal(str(reading.value)) == number
    assert typed_value(reading.value, kind) == typed_value(stored, kind)


anything = st.text(max_size=40) | st.text(
    st.characters(
        categories=["Nd", "No", "Sc", "Zs", "Cf", "Cs", "Po", "Mn"], include_characters="0123456789.,'eE-%km/"
    ),
    max_size=12,
)


@given(anything, st.sampled_from(KINDS), st.sampled_from([(), FUNDS]), st.none() | st.decimals(allow_nan=True))
@example("9" * 5000, MONTHS, (), None)
@example("1e" + "9" * 150, AMOUNT, (), None)
@example("9" * 150 + " %", AMOUNT, (), Decimal("1E+400"))
@example("95 %", AMOUNT, (), Decimal("sNaN"))
@example("\N{SUPERSCRIPT TWO}.\N{SUPERSCRIPT TWO}.2024", Day(), (), None)
@example("\N{ZERO WIDTH NON-JOINER}", Code("funds", ("BMVI", "ISF")), FUNDS, None)
def test_nothing_typed_raises(typed: str, kind: Kind, of: tuple[Choice, ...], percent_of: Decimal | None) -> None:
    reading = read_typed(typed, kind, choices=of, percent_of=percent_of)

    if isinstance(reading, Query):
        # Not isprintable(): joiners, which are part of ordinary spelling in some languages, are shown as they are.
        assert reading.message == plain(reading.message)
        assert reading.message.endswith((".", "?"))
    else:
        json_bytes(reading.value)


@given(mistaken_proposals(), st.sampled_from(KINDS))
def test_any_value_of_a_file_can_be_shown_and_put_back(proposal: dict[str, object], kind: Kind) -> None:
    for value in (proposal, *proposal.values()):
        assert isinstance(shown_value(value, kind, FUNDS), str)
        assert isinstance(typed_value(value, kind, FUNDS), str)


@contextmanager
def _elsewhere() -> Iterator[None]:
    """A program that rounds to two digits, traps everything, and writes numbers as in Germany (where that is known)."""
    before = locale.setlocale(locale.LC_ALL)
    strict = decimal.Context(prec=2, traps=[decimal.Inexact, decimal.Rounded, decimal.FloatOperation])
    with decimal.localcontext(strict):
        try:
            locale.setlocale(locale.LC_ALL, "de_DE.UTF-8")
        except locale.Error:
            locale.setlocale(locale.LC_ALL, "C")
        try:
            yield
        finally:
            locale.setlocale(locale.LC_ALL, before)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("400.000,50", AMOUNT),
        ("95 %", AMOUNT),
        ("12.34567 %", Exact(None, 14)),
        ("5501.815", UNIT_COST),
        ("1.5 years", MONTHS),
        ("1.500", QUANTITY),
        ("1 March 2024", Day()),
    ],
)
def test_reading_depends_on_neither_locale_nor_decimal_context(typed: str, kind: Kind) -> None:
    here = read_typed(typed, kind, percent_of=Decimal("178512.92"))

    with _elsewhere():
        there = read_typed(typed, kind, percent_of=Decimal("178512.92"))
        shown = [typed_value(each.value, kind) for each in _offered(there)]

    assert there == here
    assert shown == [typed_value(each.value, kind) for each in _offered(here)]


def _offered(reading: object) -> tuple[Understood, ...]:
    return reading.suggestions if isinstance(reading, Query) else (reading,) if isinstance(reading, Understood) else ()


def test_text_is_kept_as_it_was_typed() -> None:
    typed = " [bold] \r\n\x00\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}\N{PILE OF POO} "
    assert read_typed(typed, Text()) == Understood(typed, typed)


def test_half_a_character_is_asked_back() -> None:
    reading = read_typed("ab\ud800", Text())
    assert isinstance(reading, Query)
    assert "Character 3" in reading.message


def test_a_text_that_would_make_the_draft_unreadable_is_asked_back() -> None:
    reading = read_typed("x" * 1_000_001, Text())
    assert isinstance(reading, Query)
    assert "1 000 001 characters" in reading.message


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        ("400000.50", AMOUNT, "EUR 400 000.50"),
        (400000, AMOUNT, "EUR 400 000.00"),
        (Decimal("0.1"), AMOUNT, "EUR 0.10"),
        ("no number", AMOUNT, "no number"),
        ("400.000", AMOUNT, "400.000"),
        ("400.000", QUANTITY, "400"),
        (1, MONTHS, "1 month"),
        (24, MONTHS, "24 months"),
        ("5.5", Exact("months", 14), "5.5 months"),
        ("2024-03-01", Day(), "1 March 2024"),
        ("2024-02-30", Day(), "2024-02-30"),
        (True, YesNo(), "yes"),
        ("BMVI", Text(), "BMVI"),
        ([], Many(COUNTRY), "none"),
        ({"a": 1}, AMOUNT, "an object in braces"),
        (None, AMOUNT, ""),
    ],
)
def test_stored_values_are_shown_to_people(value: object, kind: Kind, shown: str) -> None:
    assert shown_value(value, kind) == shown


def test_only_kinds_that_people_type_are_read() -> None:
    with pytest.raises(TypeError, match="Many"):
        read_typed("x", Many(Text()))


def _styles() -> Iterator[tuple[str, str, re.Pattern[str]]]:
    """Every way in which people write numbers: what separates thousands, what decimals, and how it looks."""
    for thousands, decimals in itertools.product(["", ".", ",", "'", " "], [".", ","]):
        if thousands != decimals:
            grouped = rf"|[1-9]\d{{0,2}}(?:{re.escape(thousands)}\d{{3}})+" if thousands else ""
            yield thousands, decimals, re.compile(rf"(?:0|[1-9]\d*{grouped})(?:{re.escape(decimals)}\d+)?")


def test_what_is_understood_is_what_every_way_of_writing_numbers_agrees_on() -> None:
    """All that can be put together of some digits and separators, against a list of the ways there are."""
    styles = list(_styles())
    pieces = ["1", "10", "000", ".", ",", "'", " "]
    for length in range(1, 6):
        for typed in map("".join, itertools.product(pieces, repeat=length)):
            if typed != typed.strip() or "  " in typed:
                continue
            numbers = {
                Decimal(
                    typed.replace(thousands, "").replace(decimals, ".") if thousands else typed.replace(decimals, ".")
                )
                for thousands, decimals, looks in styles
                if looks.fullmatch(typed)
            }
            reading = read_typed(typed, QUANTITY)
            if isinstance(reading, Understood):
                assert numbers == {Decimal(str(reading.value))}, typed
            else:
                assert len(numbers) != 1, typed
                assert not numbers or numbers == {Decimal(str(each.value)) for each in reading.suggestions}, typed
