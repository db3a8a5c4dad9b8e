"""The types of the rule language: what the static checker proves of an expression before any proposal is seen.

A type says more than FEEL's own where it helps a reader: a number may be an amount in EUR or a count of months, a text
may be a code of a named code list. :class:`RecordType` describes what comes from outside (a proposal): a declared field
that is absent there is *unanswered*; a field that is not declared does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, TypeAlias

from mpfcheck.frozen import Frozen

__all__ = [
    "ANY",
    "BOOLEAN",
    "DATE",
    "DATE_TIME",
    "DAYS_DURATION",
    "MONEY",
    "MONTHS",
    "MONTHS_DURATION",
    "NULL",
    "NUMBER",
    "TEXT",
    "TIME",
    "ContextType",
    "Field",
    "FunctionType",
    "ListType",
    "NumberType",
    "RangeType",
    "RecordType",
    "SimpleType",
    "TextType",
    "Type",
]


class SimpleType(Frozen):
    """A type without parts, by its FEEL name; ``Any`` is every value, ``Null`` only null."""

    name: Literal[
        "Any",
        "Null",
        "boolean",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
    ]


class NumberType(Frozen):
    """A number; ``unit`` is ``"EUR"`` for an amount of money, ``"months"`` for a length, None for a plain number."""

    unit: Literal["EUR", "months"] | None = None


class TextType(Frozen):
    """A string; where it holds a code, ``code_list`` is the name of its list and ``codes`` the codes there are.

    ``codes`` without ``code_list`` are the texts it can be, as of a literal: so a misspelt code is found wherever the
    literal ends up.
    """

    code_list: str | None = None
    codes: frozenset[str] | None = None


class ListType(Frozen):
    """A list of items of one type."""

    item: Type


class RangeType(Frozen):
    """A range between values of one type."""

    item: Type


class Field(Frozen):
    """A declared field of a record: its type, and what an absent one means.

    ``absent`` is ``"unanswered"``, or ``"empty"`` for a list that counts as given and empty where it is absent.
    """

    type: Type
    absent: Literal["unanswered", "empty"] = "unanswered"


class RecordType(Frozen):
    """A record from outside: the declared fields by name. ``name`` is for messages ("applicant", "budget line")."""

    name: str
    fields: Mapping[str, Field]

    beside: ClassVar[frozenset[str]] = frozenset({"fields"})


class ContextType(Frozen):
    """A FEEL context: a missing entry is null. ``entries`` is None where they are not known."""

    entries: Mapping[str, Type] | None = None

    beside: ClassVar[frozenset[str]] = frozenset({"entries"})


class FunctionType(Frozen):
    """A function value: parameter types and result, or None where they are not known."""

    parameters: tuple[Type, ...] | None = None
    result: Type | None = None


Type: TypeAlias = SimpleType | NumberType | TextType | ListType | RangeType | RecordType | ContextType | FunctionType

ANY = SimpleType("Any")
NULL = SimpleType("Null")
BOOLEAN = SimpleType("boolean")
DATE = SimpleType("date")
TIME = SimpleType("time")
DATE_TIME = SimpleType("date and time")
DAYS_DURATION = SimpleType("days and time duration")
MONTHS_DURATION = SimpleType("years and months duration")
NUMBER = NumberType()
MONEY = NumberType("EUR")
MONTHS = NumberType("months")
TEXT = TextType()
