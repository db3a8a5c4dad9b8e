"""Hypothesis strategies for proposals as JSON values (dict, list, str, bool, int, Decimal, None), by the schema.

``complete_proposals`` answer every field, ``drafts`` leave some out, most ``mistaken_proposals`` have a mistake.
``json_bytes`` writes one as a file would hold it, Decimals as exact JSON numbers.
"""

from __future__ import annotations

import datetime
import json
import re
from decimal import Decimal

from hypothesis import strategies as st

from mpfcheck.proposal.fields import Code, Day, Exact, Kind, Many, Open, Record, Text, Whole, YesNo, proposal_record

__all__ = [
    "amounts",
    "boundary_amounts",
    "complete_proposals",
    "days",
    "drafts",
    "json_bytes",
    "mistaken_proposals",
    "quantities",
    "texts",
]

# Surrogates are not characters: no file holds them.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)

boundary_amounts = st.sampled_from(
    [
        "0",
        "0.00",
        "0.01",
        "190000.00",
        "190000.01",
        "199999.99",
        "200000.00",
        "200000",
        "169587.27",
        "169587.28",
        "178512.92",
        "3900000.00",
        "3900000.01",
        "900000000",
        "9999999999999.99",
        "999999999999999",
    ]
)

days = st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31)).map(datetime.date.isoformat)


def _decimals(places: int) -> st.SearchStrategy[Decimal]:
    """Exact numbers of at most fifteen digits, so many of them after the point."""
    return st.integers(0, 10**15 - 1).map(lambda digits: Decimal(digits).scaleb(-places))


def _written(number: Decimal) -> str:
    return f"{number:f}"


def _numbers(most_places: int) -> st.SearchStrategy[object]:
    exact = st.integers(0, most_places).flatmap(_decimals)
    # A zero in front of the point is a digit too when it is written.
    fifteen = exact.filter(lambda number: len(_written(number).replace(".", "")) <= 15)
    return fifteen.map(_written) | fifteen | st.integers(0, 10**15 - 1)


amounts = boundary_amounts | _numbers(2)
quantities = st.sampled_from(["24", "5.5", "0.333333", "12"]) | _numbers(14)


def _open_objects() -> st.SearchStrategy[dict[str, object]]:
    scalars = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | texts | _numbers(5)
    values = st.recursive(
        scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=5
    )
    return st.dictionaries(texts, values, max_size=3)


def _values(kind: Kind, *, absences: bool) -> st.SearchStrategy[object]:
    match kind:
        case Text():
            return texts
        case YesNo():
            return st.booleans()
        case Whole():
            return st.integers(0, 120) | st.integers(0, 120).map(lambda months: Decimal(f"{months}.0"))
        case Exact(_, decimals):
            return amounts if decimals == 2 else quantities
        case Day():
            return days
        case Code(_, codes):
            return st.sampled_from(codes)
        case Many(item):
            return st.lists(_values(item, absences=absences), max_size=3)
        case Open():
            return _open_objects()
        case Record(_, fields):
            values = {name: _values(field.kind, absences=absences) for name, field in fields.items()}
            if not absences:
                return st.fixed_dictionaries(values)
            return st.fixed_dictionaries({}, optional={name: st.none() | value for name, value in values.items()})


complete_proposals: st.SearchStrategy[dict[str, object]] = _values(proposal_record(), absences=False)
"""Every field is answered."""

drafts: st.SearchStrategy[dict[str, object]] = _values(proposal_record(), absences=True)
"""Any field, at any depth, may be absent or null."""

ODDITIES: tuple[object, ...] = (
    None,
    True,
    False,
    0,
    -1,
    24,
    10**15,
    10**40,
    Decimal("-0.0"),
    Decimal("24.0"),
    Decimal("24.5"),
    Decimal("2E+5"),
    Decimal("1E+300"),
    Decimal("1E-300"),
    Decimal("0.001"),
    Decimal("1.500"),
    Decimal("1.5000000000000000000000000000"),
    Decimal("99999999999999.99"),
    Decimal("999999999999999.00"),
    Decimal("0.00000000000001"),
    Decimal("0.000000000000001"),
    "",
    " ",
    "0",
    "-0",
    "-1",
    "+1",
    "007",
    "00.5",
    "1.",
    ".5",
    "1.5",
    "1.50",
    "1.500",
    "1.005",
    "1,5",
    "1 000",
    "1_000",
    "1e5",
    "NaN",
    "Infinity",
    "12\n",
    "1.5\n",
    " 12",
    "\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT TWO}",
    "\N{ARABIC-INDIC DIGIT FIVE}",
    "999999999999999",
    "9999999999999999",
    "9999999999999.99",
    "99999999999999.99",
    "0.12345678901234",
    "0.123456789012345",
    "2024-02-29",
    "2023-02-29",
    "2024-02-30",
    "0000-01-01",
    "2024-13-01",
    "2024-1-1",
    "20240101",
    "2024-W01-1",
    "2024-01-01\n",
    "2024-01-01T00:00:00",
    "LT",
    "lt",
    "UK",
    "XK",
    "EUR",
    "USD",
    "ngo",
    "NGO",
    "central",
    "mpfcheck-proposal/1",
    "mpfcheck-proposal/2",
    [],
    [None],
    [[]],
    [{}],
    ["LT"],
    ["LT", None],
    {},
    {"amount": "1.00"},
    {"no such field": 1},
)


@st.composite
def mistaken_proposals(draw: st.DrawFn) -> dict[str, object]:
    """A draft in which some values are replaced by odd ones, or odd fields added: most of them have a mistake."""
    whole = draw(drafts)
    for _ in range(draw(st.integers(1, 3))):
        _spoil(draw, whole, proposal_record())
    return whole


def _spoil(draw: st.DrawFn, values: dict[str, object], record: Record) -> None:
    name = draw(st.sampled_from([*record.fields, "no such field"]))
    field = record.fields.get(name)
    inner, item = values.get(name), field.kind if field else None
    if isinstance(item, Many) and isinstance(inner, list) and inner and draw(st.booleans()):
        position = draw(st.integers(0, len(inner) - 1))
        if isinstance(item.item, Record) and isinstance(inner[position], dict) and draw(st.booleans()):
            _spoil(draw, inner[position], item.item)
        else:
            inner[position] = draw(st.sampled_from(ODDITIES))
    elif isinstance(item, Record) and draw(st.integers(0, 3)):
        part = dict(inner) if isinstance(inner, dict) else {}
        _spoil(draw, part, item)
        values[name] = part
    else:
        values[name] = draw(st.sampled_from(ODDITIES))


def json_bytes(value: object, indent: int | None = None) -> bytes:
    """A JSON value as a file holds it, UTF-8; Decimals as numbers with their exact digits."""
    numbers: list[str] = []

    def stand_in(value: object) -> object:
        match value:
            case Decimal():
                numbers.append(str(value))
                return f"\N{BLACK SQUARE}{len(numbers) - 1}\N{BLACK SQUARE}"
            case dict():
                return {name: stand_in(member) for name, member in value.items()}
            case list():
                return [stand_in(item) for item in value]
        return value

    text = json.dumps(stand_in(value), indent=indent, ensure_ascii=False)
    for position, number in enumerate(numbers):
        text = text.replace(f'"\N{BLACK SQUARE}{position}\N{BLACK SQUARE}"', number, 1)
    return text.encode()


def in_another_notation(document: object) -> bool:
    """Whether a document holds a number the schema does not describe and the readers decide by its value.

    That is a text in a notation of JSON other than the one that is written back, a count of months as text, and an
    amount such as 400.000, which the schema cannot tell from 400.
    """
    match document:
        case dict():
            months = isinstance(document.get("duration_months"), str)
            return months or any(map(in_another_notation, document.values()))
        case list():
            return any(map(in_another_notation, document))
        case str():
            return bool(_JSON_NUMBER.fullmatch(document)) and not _WRITTEN_BACK.fullmatch(document)
        case Decimal() if document.is_finite():
            return document.as_tuple().exponent == -3 and 1 <= document < 1000
    return False


_JSON_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_WRITTEN_BACK = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9]|\.[0-9]{1,2})?")
