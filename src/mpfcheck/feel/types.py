"""The types of the rule language: what the static check proves of an expression before any proposal is seen.

A type says more than FEEL's own where it helps a reader: a number may be an amount in EUR or a count of months, a text
may be a code of a named code list. :class:`RecordType` describes what comes from outside (a proposal): a declared field
that is absent there is *unanswered*; a field that is not declared does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
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
    "ORDERED",
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
    "common",
    "common_of",
    "fits",
    "is_open",
    "is_ordered",
    "members",
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
    """A number; ``unit`` is ``"EUR"`` for an amount of money, ``"months"`` for a length, None for a plain number.

    ``within`` are the least and the greatest value that an answer of the type can have, where it has such limits, and
    ``decimals`` says how many digits it has at most after the point.
    """

    unit: Literal["EUR", "months"] | None = None
    within: tuple[Decimal, Decimal] | None = None
    decimals: int | None = None

    beside: ClassVar[frozenset[str]] = frozenset({"within", "decimals"})


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


ORDERED: tuple[Type, ...] = (NUMBER, TEXT, DATE, TIME, DATE_TIME, DAYS_DURATION, MONTHS_DURATION)
"""The types that have a before and an after."""

# A set of literals larger than this is not worth carrying along.
_MANY_LITERALS = 200


def is_open(type_: Type) -> bool:
    """Whether nothing is known of the value, or only that it is null: it goes with everything."""
    return type_ in (ANY, NULL)


def is_ordered(type_: Type) -> bool:
    """Whether two values of the type can be put in order."""
    return is_open(type_) or isinstance(type_, NumberType | TextType) or type_ in ORDERED


def members(type_: Type) -> Mapping[str, Type] | None:
    """The members of a record or context by name; None where it is neither, or they are not known."""
    if isinstance(type_, RecordType):
        return {name: declared.type for name, declared in type_.fields.items()}
    return type_.entries if isinstance(type_, ContextType) else None


def fits(actual: Type, wanted: Type) -> bool:
    """Whether a value of the one type may stand where the other is wanted; units and code lists do not matter here."""
    if is_open(actual) or is_open(wanted):
        return True
    match actual, wanted:
        case (ListType(left), ListType(right)) | (RangeType(left), RangeType(right)):
            return fits(left, right)
        case ((RecordType() | ContextType()), (RecordType() | ContextType())):
            return True
        case SimpleType(left_name), SimpleType(right_name):
            return left_name == right_name
    return type(actual) is type(wanted)


def common(left: Type, right: Type) -> Type | None:
    """The narrowest type both belong to, or None where they have nothing in common.

    Null belongs to every type. A plain number takes the unit of the other, a literal text the code list.
    """
    if NULL in (left, right):
        return right if left == NULL else left
    if ANY in (left, right):
        return ANY
    match left, right:
        case NumberType(a), NumberType(b):
            return NumberType(a or b) if a is None or b is None or a == b else None
        case TextType(), TextType():
            return _common_text(left, right)
        case ListType(a), ListType(b):
            return ListType(common(a, b) or ANY)
        case RangeType(a), RangeType(b):
            return RangeType(common(a, b) or ANY)
        case ((RecordType() | ContextType()), (RecordType() | ContextType())):
            return _common_members(left, right)
        case FunctionType(), FunctionType():
            return left if left == right else FunctionType()
    return left if left == right else None


def common_of(types: Iterable[Type]) -> Type:
    """What several types have in common: null of none at all, anything where they do not agree."""
    found: Type = NULL
    for type_ in types:
        found = common(found, type_) or ANY
    return found


def _common_text(left: TextType, right: TextType) -> TextType:
    if left.codes is None or right.codes is None:
        return TextType(left.code_list) if left.code_list is not None and left.code_list == right.code_list else TEXT
    codes = left.codes | right.codes
    if left.code_list == right.code_list:
        return TextType(left.code_list, codes) if left.code_list or len(codes) <= _MANY_LITERALS else TEXT
    if left.code_list and right.code_list:
        return TEXT
    listed = left if left.code_list else right
    return listed if listed.codes == codes else TEXT


def _common_members(left: Type, right: Type) -> Type:
    if isinstance(left, RecordType) and isinstance(right, RecordType):
        name = left.name if left.name == right.name else "record"
        shared = {key: _common_field(left.fields[key], right.fields[key]) for key in left.fields if key in right.fields}
        return RecordType(name, shared)
    left_members, right_members = members(left), members(right)
    if isinstance(left, RecordType) or isinstance(right, RecordType) or left_members is None or right_members is None:
        return ContextType()
    # A context without an entry has null there, which belongs to every type: so all entries of both may be named.
    keys = [*left_members, *(key for key in right_members if key not in left_members)]
    return ContextType({key: common_of([left_members.get(key, NULL), right_members.get(key, NULL)]) for key in keys})


def _common_field(left: Field, right: Field) -> Field:
    absent = left.absent if left.absent == right.absent else "unanswered"
    return Field(common(left.type, right.type) or ANY, absent)
