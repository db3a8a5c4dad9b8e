"""Numbers as people type them: amounts, counts, percentages and durations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import ROUND_DOWN, Context, Decimal
from typing import TypeAlias

from mpfcheck.forms.typed.answer import Query, Reading, Understood, plain_characters
from mpfcheck.frozen import Frozen
from mpfcheck.proposal.fields import Exact, Whole
from mpfcheck.proposal.values import (
    AMOUNT_DECIMALS,
    MAX_DIGITS,
    MAX_MONTHS_DIGITS,
    MAX_WHOLE,
    format_money,
    shown,
)

__all__ = [
    "NumberField",
    "WrittenNumber",
    "decimals_of",
    "digits_of",
    "example",
    "fitting",
    "in_another_unit",
    "is_figure",
    "is_months",
    "kind_in_words",
    "multiplied",
    "number_in_words",
    "number_value",
    "other_currency",
    "read_number",
    "read_percentage",
    "typed_number",
    "ways_to_read",
    "written_number",
]


LONGEST = 200
"""More characters than this are no number, whatever they are."""

_parts = re.compile(r"(?P<before>[^0-9]*)(?P<figure>[0-9](?:.*[0-9])?)(?P<after>[^0-9]*)", re.DOTALL).fullmatch
_words = re.compile(r"[^\W\d_]+|[^\w\s]|_").findall
_without_cents = re.compile(r"(?P<mark>[.,])--?").match
"""No cents, as price tags say it: ``400000,-``. The mark is then the one for decimals."""

_MARKS = (".", ",")
_EURO = ("€", "eur", "euro", "euros")
_SCALES = {"k": 3, "thousand": 3, "mio": 6, "mln": 6, "million": 6, "millions": 6}
_UNCERTAIN_SCALE = "m"
_PERCENT = (["%"], ["percent"], ["pct"], ["per", "cent"])


class WrittenNumber(Frozen):
    """The parts of a written number.

    ``zeros`` is how many zeros ``k`` or ``million`` add, None where that is uncertain. ``words`` are those before and
    after the figure that say nothing about the number, such as a unit or another currency. ``loose`` tells of a decimal
    mark at an end of the figure, as in ``.5`` and ``5.``.
    """

    figure: str
    euro: bool = False
    negative: bool = False
    percent: bool = False
    zeros: int | None = 0
    words: tuple[str, ...] = ()
    loose: bool = False


def written_number(text: str) -> WrittenNumber | None:
    """The parts of a number with something around it; None where there is no digit, or far too much."""
    if len(text) > LONGEST:
        return None
    parts = _parts(plain_characters(text))
    if parts is None:
        return None
    figure, after = parts["figure"], parts["after"].casefold()
    if without_cents := _without_cents(after):
        figure, after = f"{figure}{without_cents['mark']}00", after[without_cents.end() :]
    return _arranged(figure, _words(parts["before"].casefold()), _words(after))


def _arranged(figure: str, before: list[str], after: list[str]) -> WrittenNumber:
    starts_loose, ends_loose = bool(before) and before[-1] in _MARKS, bool(after) and after[0] in _MARKS
    if starts_loose:
        figure, before = f"0{before[-1]}{figure}", before[:-1]
    after = after[1:] if ends_loose else [word for word in after if word != "."]
    in_brackets = before[-1:] == ["("] and after[:1] == [")"]
    if in_brackets:
        before, after = before[:-1], after[1:]
    euro = any(word in _EURO or word.endswith("eur") for word in (*before, *after))
    zeros, after = _scale(_without_euro(after))
    percent = next((words for words in _PERCENT if after[: len(words)] == words), None)
    around = [word for word in _without_euro(before) if word not in ("+", "-")]
    return WrittenNumber(
        figure,
        euro=euro,
        negative=in_brackets or "-" in before,
        percent=percent is not None,
        zeros=zeros,
        words=(*around, *after[len(percent or ()) :]),
        loose=starts_loose or ends_loose,
    )


def _without_euro(words: Iterable[str]) -> list[str]:
    """The words without the currency; ``kEUR`` is ``k`` then."""
    bare = (word.removesuffix("eur") if word.removesuffix("eur") in (*_SCALES, "m") else word for word in words)
    return [word for word in bare if word not in _EURO]


def _scale(after: list[str]) -> tuple[int | None, list[str]]:
    """How many zeros the first word adds, and the words after it."""
    if after and after[0] in _SCALES:
        return _SCALES[after[0]], after[1:]
    if after == [_UNCERTAIN_SCALE]:
        return None, []
    return 0, after


_DECIMAL_MARKS = ".,\N{ARABIC DECIMAL SEPARATOR}"
_GROUP_MARKS = " '.,\N{ARABIC THOUSANDS SEPARATOR}"
_only_figure = re.compile(rf"[0-9{_GROUP_MARKS}{_DECIMAL_MARKS}]+").fullmatch
_digits = re.compile(r"[0-9]+").fullmatch
_grouped = re.compile(rf"[1-9][0-9]{{0,2}}(?P<mark>[{_GROUP_MARKS}])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*").fullmatch


def is_figure(text: str) -> bool:
    """Whether there is nothing but digits and what may stand between them."""
    return _only_figure(text) is not None


def ways_to_read(figure: str) -> tuple[str, ...]:
    """The numbers a figure can be, with a point and without other marks; thousands first, none where none fits.

    Zeros in front and at the end are kept.
    """
    if _digits(figure):
        return (figure,)
    ways = []
    if _grouped(figure):
        ways.append(digits_of(figure))
    last = max(map(figure.rfind, _DECIMAL_MARKS))
    whole, decimals = figure[:last], figure[last + 1 :]
    if last > 0 and _digits(decimals):
        grouped = _grouped(whole)
        if _digits(whole) or (grouped and grouped["mark"] != figure[last]):
            ways.append(f"{digits_of(whole)}.{decimals}")
    return tuple(ways)


def multiplied(number: str, zeros: int) -> str:
    """A number as :func:`ways_to_read` gives it, times 10 to the power of ``zeros``."""
    if not zeros:
        return number
    whole, _, decimals = number.partition(".")
    digits = whole + decimals[:zeros].ljust(zeros, "0")
    digits = digits.lstrip("0") or "0" if whole == "0" else digits
    rest = decimals[zeros:]
    return f"{digits}.{rest}" if rest else digits


def digits_of(figure: str) -> str:
    """The digits alone."""
    return re.sub("[^0-9]", "", figure)


NumberField: TypeAlias = Exact | Whole


def kind_in_words(field: NumberField) -> str:
    """What the field holds, as a message calls it."""
    match field:
        case Exact("EUR"):
            return "an amount in EUR"
        case Whole("months"):
            return "a number of whole months"
        case Exact("months"):
            return "a number of months"
        case Whole():
            return "a whole number"
    return "a number"


def example(field: NumberField) -> str:
    """What to type into the field, as a hint."""
    match field:
        case Exact("EUR"):
            return "Type the amount in digits, such as 400000.50."
        case Exact():
            return "Type the number in digits, such as 24 or 5.5."
    return "Type the number in digits, such as 24."


def decimals_of(field: NumberField) -> int:
    """How many decimals a number of the field may have."""
    return field.decimals if isinstance(field, Exact) else 0


def digits_at_most(field: NumberField) -> int:
    """How many digits a number of the field may have, decimals included."""
    return MAX_DIGITS if isinstance(field, Exact) else MAX_MONTHS_DIGITS


def fitting(numbers: Iterable[str], field: NumberField) -> tuple[Understood, ...]:
    """Those of the numbers (digits, and a point before decimals) that fit the field, as its values, each once."""
    found: dict[object, Understood] = {}
    for number in map(_bare, numbers):
        whole, _, decimals = number.partition(".")
        if len(whole) + len(decimals) <= digits_at_most(field) and len(decimals) <= decimals_of(field):
            understood = Understood(number_value(number, field), number_in_words(number, field))
            found.setdefault(understood.value, understood)
    return tuple(found.values())


def number_value(number: str, field: NumberField) -> str | int:
    """A number that fits the field, as a draft holds it."""
    number = _bare(number)
    if isinstance(field, Whole):
        return int(number)
    return _with_cents(number) if field.unit == "EUR" else number


def number_in_words(number: str, field: NumberField) -> str:
    """A number as people read it: ``EUR 400 000.50``, ``24 months``, ``1 234.5``."""
    number = _bare(number)
    if field.unit == "EUR":
        return format_money(Decimal(number))
    whole, point, decimals = number.partition(".")
    grouped = f"{int(whole):,}".replace(",", " ") + point + decimals
    if field.unit == "months":
        return f"{grouped} month" if number == "1" else f"{grouped} months"
    return grouped


def typed_number(number: str, field: NumberField) -> str:
    """A number as text that is read as that number again: 1.333 could be thousands, 1.3330 could not."""
    number = _bare(number)
    if isinstance(field, Exact) and field.unit == "EUR":
        number = _with_cents(number)
    whole, _, decimals = number.partition(".")
    return f"{number}0" if len(decimals) == 3 and len(whole) <= 3 else number


def _with_cents(number: str) -> str:
    whole, _, decimals = number.partition(".")
    if len(whole) + AMOUNT_DECIMALS <= MAX_DIGITS:
        decimals = decimals.ljust(AMOUNT_DECIMALS, "0")
    return f"{whole}.{decimals}" if decimals else whole


def _bare(number: str) -> str:
    """The number without zeros in front and at the end."""
    whole, _, decimals = number.partition(".")
    whole, decimals = whole.lstrip("0") or "0", decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


_IN_USE = """
aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd btn bwp byn bzd cad cdf chf clp
cny cop crc cup cve czk djf dkk dop dzd egp ern etb fjd fkp gbp gel ghs gip gmd gnf gtq gyd hkd hnl htg huf idr ils
inr iqd irr isk jmd jod jpy kes kgs khr kmf kpw krw kwd kyd kzt lak lbp lkr lrd lsl lyd mad mdl mga mkd mmk mnt mop
mru mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr
sdg sek sgd shp sle sos srd ssp stn svc syp szl thb tjs tmt tnd top try ttd twd tzs uah ugx usd uyu uzs ves vnd vuv
wst xaf xcd xof xpf yer zar zmw
"""
_NAMES = """
dollar dollars pound pounds franc francs lei leu zloty
hryvnia lira dinar dinars dirham rouble rupee yen
"""

_CODES = frozenset(_IN_USE.split())
"""The codes of ISO 4217 that are in use, the euro aside."""
_WORDS = frozenset(_NAMES.split())


def _as_typed(words: str, text: str) -> str:
    """Words of a text that were read without their capitals and blanks, as they are in it."""
    found = re.search(r"\s*".join(map(re.escape, words.split())), plain_characters(text), re.IGNORECASE)
    return found[0] if found else words


def other_currency(words: Iterable[str]) -> str | None:
    """The first of these words (in small letters) that names a currency other than the euro, as messages write it."""
    for word in words:
        if word in _CODES:
            return word.upper()
        if word in _WORDS or (len(word) == 1 and unicodedata.category(word) == "Sc"):
            return word
    return None


_EXACTLY = Context(prec=500)
"""Wide enough for every product of numbers that can be typed, so that nothing is rounded but at the cent."""
_CENT = Decimal("0.01")


def read_percentage(text: str, written: WrittenNumber, field: NumberField, percent_of: Decimal | None) -> Reading:
    """What a number with a percent sign means in this field."""
    ways = ways_to_read(written.figure)
    if not ways or written.zeros != 0:
        return Query(f"{shown(text)} is not a share that can be read without guessing.", example(field))
    if field.unit == "EUR":
        return _in_eur(text, ways, field, percent_of)
    if not isinstance(field, Exact) or field.unit is not None:
        return Query(f"{shown(text)} is a percentage, not {kind_in_words(field)}.", example(field))
    return _as_share(text, ways, field, alone=not written.words)


def _in_eur(text: str, ways: tuple[str, ...], field: NumberField, percent_of: Decimal | None) -> Query:
    if percent_of is None:
        return Query(f"{shown(text)} is a percentage, not {kind_in_words(field)}.", example(field))
    if not percent_of.is_finite() or not 0 <= percent_of <= MAX_WHOLE:
        hint = f"Answer that first, or type the amount here. {example(field)}"
        return Query(f"{shown(text)} is a percentage of an amount that is not known yet.", hint)
    shares = [(way, _share(Decimal(way), percent_of)) for way in ways if Decimal(way) <= 100]
    if not shares:
        return Query(f"{shown(text)} is more than the whole of {format_money(percent_of)}.", example(field))
    whole = format_money(percent_of)
    amounts = "; ".join(f"{way} % of {whole} is {format_money(share)}" for way, share in shares)
    suggestions = fitting([f"{share:f}" for _, share in shares], field)
    return Query(f"{amounts}.", "Take that amount, or type another in EUR.", suggestions)


def _share(percent: Decimal, whole: Decimal) -> Decimal:
    """So many percent of an amount, to the cent, rounded down: a grant must not be larger than its share allows."""
    share = _EXACTLY.scaleb(_EXACTLY.multiply(percent, whole), -2)
    return share.quantize(_CENT, rounding=ROUND_DOWN, context=_EXACTLY)


def _as_share(text: str, ways: tuple[str, ...], field: Exact, *, alone: bool) -> Reading:
    shares = [
        Understood(share.value, f"{share.shown} ({way} %)")
        for way in ways
        for share in fitting([f"{_EXACTLY.scaleb(Decimal(way), -2):f}"], field)
    ]
    if not shares:
        return Query(f"{shown(text)} has more digits than fit here.", example(field))
    if len(ways) == 1 and alone:
        return shares[0]
    return Query(f"{shown(text)} is not clear.", "Type the share alone, such as 95 % or 0.95.", tuple(shares))


_MONTHS = frozenset({"mo", "mos", "mth", "mths", "month", "months"})
_YEARS = frozenset({"y", "yr", "yrs", "year", "years"})
_OTHERS = frozenset({"day", "days", "week", "weeks", "hour", "hours", "quarter", "quarters", "semester", "semesters"})
_MONTHS_A_YEAR = 12
_EXACT_DURATION = Context(prec=100)
_years_and_months = re.compile(r"([0-9]{1,3}) ?y[a-z]*,? ?(?:and |& ?)?([0-9]{1,3}) ?m[a-z]*").fullmatch


def is_months(written: WrittenNumber) -> bool:
    """Whether the number is counted in months, and says so."""
    return (len(written.words) == 1 and written.words[0] in _MONTHS) or (written.zeros is None and not written.words)


def in_another_unit(text: str, written: WrittenNumber, field: NumberField) -> Query | None:
    """What is said of a duration in years, or in anything but months; None where none is typed."""
    if both := _years_and_months(plain_characters(text).casefold()):
        months = [str(_MONTHS_A_YEAR * int(both[1]) + int(both[2]))]
    elif len(written.words) != 1:
        return None
    elif written.words[0] in _YEARS:
        # The figure may be as long as it likes: only the ones that fit become suggestions.
        months = [
            f"{_EXACT_DURATION.multiply(Decimal(way), _MONTHS_A_YEAR):f}"
            for way in ways_to_read(written.figure)
            if len(way) <= 12
        ]
    elif written.words[0] in _OTHERS:
        return Query(f"{shown(text)} is not in months.", f"Count the months. {example(field)}")
    else:
        return None
    suggestions = fitting(months, field)
    period = f", which is {suggestions[0].shown}" if len(suggestions) == 1 else ""
    message = f"{shown(text)} is in years{period}. The answer must be {kind_in_words(field)}."
    return Query(message, example(field), suggestions)


_scientific = re.compile(
    r"(?P<whole>[0-9]+)(?:[.,](?P<decimals>[0-9]+))?[eE](?P<sign>[+-]?)(?P<zeros>[0-9]+)"
).fullmatch
_in_lakhs = re.compile(r"[0-9]{1,2}(?P<mark>[, ])[0-9]{2}(?:(?P=mark)[0-9]{2})*(?P=mark)[0-9]{3}").fullmatch
_M_IS = (6, 3)
"""The zeros of million, and of thousand: ``m`` is written for both."""


def read_number(text: str, field: NumberField, percent_of: Decimal | None = None) -> Reading:
    """The number somebody typed into this field.

    A share typed into a field for EUR is asked back, with that share of ``percent_of`` (EUR) as suggestion.
    """
    written = written_number(text)
    if written is None:
        return Query(f"{shown(text)} is not {kind_in_words(field)}.", example(field))
    if field.unit == "months":
        if query := in_another_unit(text, written, field):
            return query
        if is_months(written):
            written = WrittenNumber(written.figure, negative=written.negative)
    query = _no_figure(text, written, field) or _not_alone(text, written, field)
    if query:
        return query
    return read_percentage(text, written, field, percent_of) if written.percent else _figure(text, written, field)


def _no_figure(text: str, written: WrittenNumber, field: NumberField) -> Query | None:
    """What is said where there is more between the digits than belongs there."""
    if scientific := _scientific(written.figure):
        zeros = int(scientific["zeros"][:3])
        number = multiplied(f"{scientific['whole']}.{scientific['decimals'] or '0'}", zeros)
        return Query(
            f"{shown(text)} is how a spreadsheet shortens a number, and digits may be missing.",
            "Widen the column there and type all the digits.",
            fitting([number], field) if scientific["sign"] != "-" else (),
        )
    if not is_figure(written.figure):
        return Query(f"{shown(text)} is not {kind_in_words(field)}.", example(field))
    return None


def _not_alone(text: str, written: WrittenNumber, field: NumberField) -> Query | None:
    """What is said of a sign or of words beside the number."""
    currency = other_currency(written.words)
    if field.unit != "EUR" and (currency or written.euro):
        return Query(f"{shown(text)} is an amount of money, not {kind_in_words(field)}.", example(field))
    if currency:
        return Query(
            f"{shown(text)} is in another currency ({_as_typed(currency, text)}).",
            "Type it in EUR, as all amounts are.",
        )
    if written.negative:
        return Query(f"{shown(text)} is negative.", "Type a number of zero or more.")
    if written.words and not written.percent:
        # Beside an amount an unknown word may be a number word ("400 Tsd."), so that the figure alone is no offer.
        alone = () if field.unit == "EUR" else fitting(ways_to_read(written.figure), field)
        words = shown(_as_typed(" ".join(written.words), text))
        return Query(f"In {shown(text)}, {words} cannot be read.", example(field), alone)
    return None


def _figure(text: str, written: WrittenNumber, field: NumberField) -> Reading:
    ways = ways_to_read(written.figure)
    if not ways:
        return Query(
            f"The digits of {shown(text)} are not grouped in threes, as thousands are.",
            f"Leave out the signs and blanks between thousands. {example(field)}",
            fitting([digits_of(written.figure)], field) if _in_lakhs(written.figure) else (),
        )
    if written.zeros is None:
        possible = fitting([multiplied(way, zeros) for zeros in _M_IS for way in ways], field)
        message = f'{shown(text)} is unclear: "m" is written for million and for thousand.'
        return Query(message, _all_digits(possible, field), possible)
    numbers = [multiplied(way, written.zeros) for way in ways]
    if len(numbers) == 1:
        return _number(text, numbers[0], field, loose=written.loose)
    # Thousands are likelier in amounts that are written out, and where a zero ends the figure.
    if written.zeros or (field.unit != "EUR" and not written.figure.endswith("0")):
        numbers.reverse()
    return _in_two_ways(text, numbers, field)


def _in_two_ways(text: str, numbers: list[str], field: NumberField) -> Query:
    ways = fitting(numbers, field)
    unfit = [f"{number}, which does not fit here" for number in numbers if not fitting([number], field)]
    readings = " or ".join((*(way.shown for way in ways), *unfit))
    return Query(f"{shown(text)} can be read in two ways: {readings}.", _all_digits(ways, field), ways)


def _all_digits(ways: Iterable[Understood], field: NumberField) -> str:
    """What to type for each of these numbers."""
    typed = " or ".join(typed_number(str(way.value), field) for way in ways)
    return f"Type {typed}." if typed else example(field)


def _number(text: str, number: str, field: NumberField, *, loose: bool) -> Reading:
    whole, _, decimals = number.partition(".")
    digits = digits_at_most(field)
    if len(whole.lstrip("0") or "0") + len(decimals.rstrip("0")) > digits:
        hint = f"Type at most {digits} digits{', decimals included' if decimals_of(field) else ''}."
        return Query(f"{shown(text)} has more than {digits} digits.", hint)
    understood = fitting([number], field)
    most = decimals_of(field)
    if not understood and most == 0:
        return Query(f"{shown(text)} is not a whole number.", "Round it to a whole number, such as 24.")
    if not understood or 0 < most < len(decimals):
        words = "two" if most == AMOUNT_DECIMALS else str(most)
        return Query(f"{shown(text)} has more than {words} decimals.", f"Round it to {words} decimals.", understood)
    if loose:
        hint = f"{_all_digits(understood, field)} If digits are missing, type all."
        return Query(f"{shown(text)} has a decimal mark at one end.", hint, understood)
    if whole.startswith("0") and len(whole) > 1:
        hint = f"{_all_digits(understood, field)} If a digit is missing, type all."
        return Query(f"{shown(text)} has a zero in front.", hint, understood)
    return understood[0]
