"""What compiled code works on: the plain Python values that answers are made of, and which of them compare alike."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal

from mpfcheck.feel.errors import NotCompilableError
from mpfcheck.feel.temporal import Date
from mpfcheck.feel.types import ANY, BOOLEAN, DATE, NUMBER, TEXT, ListType, NumberType, RecordType, TextType, Type

__all__ = ["alike", "comparable", "to_python", "type_of_constant"]


def to_python(value: object) -> Decimal | str | bool | date | list[Decimal | str | bool | date]:
    """The value as answers hold it; raises :class:`NotCompilableError` where they hold no such value."""
    if isinstance(value, Decimal | str | bool):
        return value
    if isinstance(value, Date) and MINYEAR <= value.year <= MAXYEAR:
        return date(value.year, value.month, value.day)
    if isinstance(value, list):
        items = [to_python(item) for item in value]
        if len({type(item) for item in items}) <= 1 and not any(isinstance(item, list) for item in items):
            return items  # type: ignore[return-value]  # no item is a list, as just seen
    raise NotCompilableError(type(value).__name__)


def type_of_constant(value: object) -> Type:
    """The type of a value :func:`to_python` takes; an empty list is one of anything."""
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, Decimal):
        return NUMBER
    if isinstance(value, str):
        return TEXT
    if isinstance(value, Date):
        return DATE
    if isinstance(value, list):
        return ListType(type_of_constant(value[0]) if value else ANY)
    raise NotCompilableError(type(value).__name__)


def comparable(left: Type, right: Type, *, ordered: bool) -> bool:
    """Whether two values of these types compare in Python as they do in FEEL."""
    if isinstance(left, NumberType):
        return isinstance(right, NumberType)
    if isinstance(left, TextType):
        return isinstance(right, TextType)
    if left == DATE:
        return right == DATE
    return left == BOOLEAN and right == BOOLEAN and not ordered


def alike(left: Type, right: Type) -> bool:
    """Whether two values of these types go into one list of compiled code."""
    if isinstance(left, RecordType):
        return isinstance(right, RecordType) and left.name == right.name
    return comparable(left, right, ordered=False)
