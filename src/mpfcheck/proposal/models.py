"""The proposal, format ``mpfcheck-proposal/1``, as pydantic models: the definition of what a proposal may say.

Every field may be absent in a draft. None stands for an absent field and for null: not answered yet, never false and
never zero. A list that is present is complete as it stands, unless ``open`` names it. Unknown fields are kept, so that
saving a draft loses nothing; the reader warns about them. Models are immutable.

The published JSON Schema is generated from this module (:mod:`mpfcheck.proposal.schema`), and what checks good files
quickly reads the schema (:mod:`mpfcheck.proposal.fields`), so that a good file is checked without importing pydantic.
The docstring below a field is its description in the schema.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal, Self

import jiter
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StrictBool,
    StrictStr,
)
from pydantic_core import CoreSchema, core_schema
from typing_extensions import TypeAliasType

from mpfcheck.frozen import refuse_change, short
from mpfcheck.proposal import codes
from mpfcheck.proposal.values import (
    AMOUNT_DECIMALS,
    MAX_DIGITS,
    MAX_MONTHS,
    amount_from,
    as_text,
    day_from,
    decimal_from,
    whole_from,
)

__all__ = [
    "Activity",
    "Amount",
    "Applicant",
    "ApplicantKind",
    "Budget",
    "BudgetLine",
    "Consultation",
    "Contact",
    "Contribution",
    "ContributionKind",
    "Country",
    "Currency",
    "Day",
    "Declarations",
    "Document",
    "DocumentKind",
    "Financing",
    "Heading",
    "Level",
    "Mandate",
    "Months",
    "Proposal",
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
    Annotated[int, Field(ge=0, le=MAX_MONTHS, json_schema_extra={"x-unit": "months"}), BeforeValidator(whole_from)],
)
"""A number of whole months, in at most nine digits."""

Day = TypeAliasType(
    "Day",
    Annotated[
        datetime.date,
        BeforeValidator(day_from),
        Field(json_schema_extra={"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "not": {"pattern": r"^0000|\n"}}),
    ],
)
"""A date, ISO 8601, such as 2024-03-01. Validators must assert the format: 2024-02-30 is not a date."""

Country = TypeAliasType("Country", Annotated[str, _Code("countries", codes.COUNTRIES)])
"""A country, ISO 3166-1 alpha-2, or XK."""

ApplicantKind = TypeAliasType("ApplicantKind", Annotated[str, _Code("applicant_kinds", codes.APPLICANT_KINDS)])
"""The type of applicant: a type of organisation, or a natural person."""

Level = TypeAliasType("Level", Annotated[str, _Code("levels", codes.LEVELS)])
"""The level of government of a public body."""

Heading = TypeAliasType("Heading", Annotated[str, _Code("headings", codes.HEADINGS)])
"""The budget heading of a line."""

ContributionKind = TypeAliasType(
    "ContributionKind", Annotated[str, _Code("contribution_kinds", codes.CONTRIBUTION_KINDS)]
)
"""The type of a contribution."""

DocumentKind = TypeAliasType("DocumentKind", Annotated[str, _Code("document_kinds", codes.DOCUMENT_KINDS)])
"""The type of a supporting document."""


Currency = TypeAliasType("Currency", Annotated[str, _Code(None, codes.CURRENCIES)])
"""The currency of amounts. Only EUR: the rules compare amounts with limits in EUR, and an amount in another currency
would be judged wrongly without anyone noticing."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow")

    if not TYPE_CHECKING:  # Type checkers would take any name for one that can be set.
        # In the words of all values of mpfcheck: pydantic's own would be a ValidationError, as of a wrong answer.
        __setattr__ = __delattr__ = refuse_change


class Activity(_Part):
    """An activity of the project."""

    title: StrictStr | None = None
    """The title of the activity."""
    category: StrictStr | None = None
    """The type of activity. Open text: no source gives a complete list."""
    description: StrictStr | None = None
    """What is done."""
    annex: dict[str, object] | None = None
    """Questions of one call about it beyond the common fields, validated with the JSON Schema of that call."""


class Mandate(_Part):
    """The mandate that a public body gave to the mandated body."""

    body: StrictStr | None = None
    """The name of the public body that gave it."""
    country: Country | None = None
    """The country of that public body. For a mandated body, it counts instead of the country of the office."""
    document: StrictStr | None = None
    """The file or reference that shows the mandate."""


class Contact(_Part):
    """The contact person."""

    name: StrictStr | None = None
    """The person's name."""
    email: StrictStr | None = None
    """The e-mail address."""


class Applicant(_Part):
    """The lead applicant or a co-applicant."""

    id: StrictStr | None = None
    """A short name within this proposal, to which budget lines, contributions and documents refer."""
    name: StrictStr | None = None
    """The official name of the organisation."""
    country: Country | None = None
    """The country in which it is established."""
    kind: ApplicantKind | None = None
    """The type of organisation."""
    level: Level | None = None
    """For a public body, its level of government."""
    legal_person: StrictBool | None = None
    """Whether it has legal personality."""
    non_profit: StrictBool | None = None
    """Whether it works on a non-profit basis."""
    mandate: Mandate | None = None
    """For a mandated body: the public body that gave the mandate."""
    pic: StrictStr | None = None
    """Its Participant Identification Code in the EU Funding & Tenders Portal."""
    contact: Contact | None = None
    """The contact person."""
    annex: dict[str, object] | None = None
    """Questions of one call about it beyond the common fields, validated with the JSON Schema of that call."""


class BudgetLine(_Part):
    """One line of the budget."""

    id: StrictStr | None = None
    """The number of the line, such as 1.1."""
    heading: Heading | None = None
    """The budget heading of the line."""
    description: StrictStr | None = None
    """What the money is spent on."""
    applicant: StrictStr | None = None
    """The id of the applicant who spends the amount."""
    unit: StrictStr | None = None
    """The unit, such as month or trip."""
    quantity: Quantity | None = None
    """The number of units."""
    unit_cost: UnitCost | None = None
    """The cost of one unit, in EUR."""
    amount: Amount | None = None
    """The cost of the line, in EUR."""
    annex: dict[str, object] | None = None
    """Questions of one call about it beyond the common fields, validated with the JSON Schema of that call."""


class Budget(_Part):
    """The costs of the project."""

    currency: Currency | None = None
    """The currency of every amount."""
    lines: Annotated[tuple[BudgetLine, ...] | None, Field(json_schema_extra={"x-absent": "empty"})] = None
    """The breakdown. If it is absent, no breakdown is given, as with an empty list. The total alone is then enough."""
    total: Amount | None = None
    """The total budget of the project, in EUR."""


class Contribution(_Part):
    """One part of the co-financing."""

    source: StrictStr | None = None
    """The co-financing source: the id of an applicant, or a name."""
    kind: ContributionKind | None = None
    """The type of contribution."""
    amount: Amount | None = None
    """The value of the contribution, in EUR."""
    annex: dict[str, object] | None = None
    """Questions of one call about it beyond the common fields, validated with the JSON Schema of that call."""


class Financing(_Part):
    """Who pays for the project."""

    grant_requested: Amount | None = None
    """The requested grant, in EUR."""
    contributions: tuple[Contribution, ...] | None = None
    """The co-financing: what others than the grant pay."""


class Document(_Part):
    """A supporting document."""

    kind: DocumentKind | None = None
    """What it is."""
    applicant: StrictStr | None = None
    """The id of the applicant to whom the document belongs."""
    issuer: StrictStr | None = None
    """Who issued it."""
    issuer_country: Country | None = None
    """The country of the issuer."""
    issuer_level: Level | None = None
    """The issuer's level of government."""
    date: Day | None = None
    """The date of issue."""
    file: StrictStr | None = None
    """The name of the file."""
    annex: dict[str, object] | None = None
    """Questions of one call about it beyond the common fields, validated with the JSON Schema of that call."""


class Declarations(_Part):
    """The declarations of the applicants."""

    no_exclusion_situation: StrictBool | None = None
    """No applicant is in an exclusion situation."""
    no_double_funding: StrictBool | None = None
    """The same costs are not paid twice from the EU budget."""
    not_started: StrictBool | None = None
    """The action has not started before the application."""


class Consultation(_Part):
    """Whether the MPF was consulted before submission."""

    held: StrictBool | None = None
    """Whether the consultation took place."""
    date: Day | None = None
    """The date of the consultation."""


class Proposal(_Part):
    """A project proposal to the Migration Partnership Facility. A field that is absent or null is not answered yet."""

    format: Literal["mpfcheck-proposal/1"] | None = None
    """The format of this file, with its version."""
    call: StrictStr | None = None
    """The id of the call for which the proposal is written."""
    title: StrictStr | None = None
    """The title of the project."""
    acronym: StrictStr | None = None
    """The short name of the project."""
    summary: StrictStr | None = None
    """The project in a few sentences."""
    fund: StrictStr | None = None
    """The fund that pays for it, such as BMVI or ISF. Open text: the rules of the call say which funds it has."""
    strand: StrictStr | None = None
    """The strand of the call, if the call has strands. Open text: the rules of the call say which strands it has."""
    activities: tuple[Activity, ...] | None = None
    """What is done."""
    target_countries: tuple[Country, ...] | None = None
    """The countries outside the EU that the project is for."""
    start_date: Day | None = None
    """The first day of the project."""
    duration_months: Months | None = None
    """The duration of the project in whole months."""
    lead: Applicant | None = None
    """The lead applicant."""
    co_applicants: tuple[Applicant, ...] | None = None
    """The co-applicants."""
    budget: Budget | None = None
    """The costs of the project."""
    financing: Financing | None = None
    """Who pays for it."""
    documents: tuple[Document, ...] | None = None
    """The supporting documents."""
    declarations: Declarations | None = None
    """The declarations of the applicants."""
    consultation: Consultation | None = None
    """Whether the MPF was consulted before submission."""
    annex: dict[str, object] | None = None
    """Questions of one call beyond the common fields, validated with the JSON Schema of that call."""
    open: tuple[StrictStr, ...] | None = None
    """The lists that are not finished, as JSON Pointers such as /co_applicants. Their items are known, and more may
    follow. Every other list that is present is complete."""

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """A proposal from JSON, numbers taken exactly; raises ValueError, of which pydantic's ValidationError is one.

        Pydantic's own ``model_validate_json`` reads numbers as floats first, and amounts among them are then refused.
        """
        return cls.model_validate(
            jiter.from_json(data, allow_inf_nan=False, catch_duplicate_keys=True, float_mode="decimal")
        )

    def __repr__(self) -> str:
        """Which proposal it is; a proposal with all that is in it fills a screen."""
        shown = ", ".join(f"{name}={short(getattr(self, name))}" for name in ("call", "title", "acronym"))
        return f"{type(self).__name__}({shown}, …)"
