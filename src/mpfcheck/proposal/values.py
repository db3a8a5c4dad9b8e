"""What the fields of a proposal hold, as named types for the models: amounts, days, codes.

Each becomes a definition of the published schema; the docstring below it is its description there.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema
from typing_extensions import TypeAliasType

from mpfcheck.proposal import codes
from mpfcheck.proposal.countries import COUNTRIES
from mpfcheck.proposal.day import day_from
from mpfcheck.proposal.money import (
    AMOUNT_DECIMALS,
    MAX_DIGITS,
    MAX_WHOLE,
    amount_from,
    as_text,
    decimal_from,
    whole_from,
)

__all__ = [
    "Amount",
    "ApplicantKind",
    "ContributionKind",
    "Country",
    "Currency",
    "Day",
    "DocumentKind",
    "Heading",
    "Level",
    "Months",
    "Quantity",
    "UnitCost",
]


class _Code:
    """One of the codes of a code list."""

    def __init__(self, code_list: str | None, members: tuple[str, ...]) -> None:
        self._code_list = code_list
        self._members = members

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema(list(self._members))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, object]:
        described: dict[str, object] = {"type": "string", "enum": list(self._members)}
        return described if self._code_list is None else described | {"x-code-list": self._code_list}


class _Exact:
    """A number of zero or more, exact, as text or number. ``decimals`` at most, of 15 digits altogether."""

    def __init__(self, decimals: int, unit: str | None = None) -> None:
        self._decimals = decimals
        self._unit = unit

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        read = amount_from if self._decimals == AMOUNT_DECIMALS else decimal_from
        return core_schema.no_info_plain_validator_function(
            read, serialization=core_schema.plain_serializer_function_ser_schema(as_text, when_used="json")
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, object]:
        unit = {} if self._unit is None else {"x-unit": self._unit}
        fraction = f"[0-9]{{1,{self._decimals}}}" if self._decimals == AMOUNT_DECIMALS else "[0-9]+"
        as_text = {
            "type": "string",
            "pattern": rf"^(0|[1-9][0-9]*)(\.{fraction})?$",
            "maxLength": MAX_DIGITS + 1,
            # Sixteen characters are fifteen digits and a point. Python lets $ match before a last line break.
            "not": {"pattern": rf"^[0-9]{{{MAX_DIGITS + 1}}}|\n"},
        }
        as_numbers = [
            {
                "type": "number",
                "minimum": 0,
                "maximum": _json_number(Decimal(10 ** (MAX_DIGITS) - 1).scaleb(-places)),
                "multipleOf": _json_number(Decimal(1).scaleb(-places)),
            }
            for places in range(self._decimals + 1)
        ]
        return {**unit, "x-digits": MAX_DIGITS, "x-decimals": self._decimals, "anyOf": [as_text, *as_numbers]}


def _json_number(number: Decimal) -> int | float:
    """A limit as JSON has it. Fifteen digits survive binary floating point, and json has no other way to write one."""
    return int(number) if number == number.to_integral_value() else float(number)


Amount = TypeAliasType("Amount", Annotated[Decimal, _Exact(AMOUNT_DECIMALS, "EUR")])
"""An amount in EUR, to the cent, zero or more. Best written as text, "120000.00"; a JSON number is taken at its exact
decimal value, so validators must not read it as binary floating point."""

UnitCost = TypeAliasType("UnitCost", Annotated[Decimal, _Exact(MAX_DIGITS - 1, "EUR")])
"""The cost of one unit in EUR, zero or more, in at most 15 digits. It may be finer than a cent."""

Quantity = TypeAliasType("Quantity", Annotated[Decimal, _Exact(MAX_DIGITS - 1)])
"""How many units, zero or more, in at most 15 digits. It may be a fraction, such as 5.5 months."""

Months = TypeAliasType(
    "Months",
    Annotated[int, Field(ge=0, le=MAX_WHOLE, json_schema_extra={"x-unit": "months"}), BeforeValidator(whole_from)],
)
"""A number of whole months."""

Day = TypeAliasType(
    "Day",
    Annotated[
        datetime.date,
        BeforeValidator(day_from),
        Field(json_schema_extra={"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "not": {"pattern": r"^0000|\n"}}),
    ],
)
"""A day of the calendar, ISO 8601, such as 2024-03-01. Validators must assert the format: 2024-02-30 is no day."""

Country = TypeAliasType("Country", Annotated[str, _Code("countries", COUNTRIES)])
"""A country, ISO 3166-1 alpha-2, or XK."""

ApplicantKind = TypeAliasType("ApplicantKind", Annotated[str, _Code("applicant_kinds", codes.APPLICANT_KINDS)])
"""What kind of organisation, or person, an applicant is."""

Level = TypeAliasType("Level", Annotated[str, _Code("levels", codes.LEVELS)])
"""The level of government a public body belongs to."""

Heading = TypeAliasType("Heading", Annotated[str, _Code("headings", codes.HEADINGS)])
"""The budget heading a line stands under."""

ContributionKind = TypeAliasType(
    "ContributionKind", Annotated[str, _Code("contribution_kinds", codes.CONTRIBUTION_KINDS)]
)
"""What a contribution consists of."""

DocumentKind = TypeAliasType("DocumentKind", Annotated[str, _Code("document_kinds", codes.DOCUMENT_KINDS)])
"""What a supporting document is."""


Currency = TypeAliasType("Currency", Annotated[str, _Code(None, codes.CURRENCIES)])
"""The currency of amounts. Only EUR: the rules compare amounts with limits in EUR, and an amount in another currency
would be judged wrongly without anyone noticing."""
