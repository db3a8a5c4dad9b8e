"""Names, fields and filters: what a name stands for, what a path leads to, and what to say where it leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mpfcheck.feel.check.mistake import ExpressionMistake
from mpfcheck.feel.check.signatures import SIGNATURES
from mpfcheck.feel.check.type_names import describe
from mpfcheck.feel.syntax.tree import Expression, Name, Path
from mpfcheck.feel.syntax.unparse import quoted, unparse
from mpfcheck.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAYS_DURATION,
    MONTHS_DURATION,
    NUMBER,
    TEXT,
    TIME,
    ContextType,
    FunctionType,
    ListType,
    RangeType,
    RecordType,
    TextType,
    Type,
    is_open,
    members,
)
from mpfcheck.nearest import did_you_mean

__all__ = [
    "check_member",
    "check_name",
    "name_a_part",
    "properties",
]

_DAY = dict.fromkeys(("year", "month", "day", "weekday"), NUMBER)
_CLOCK: dict[str, Type] = {
    **dict.fromkeys(("hour", "minute", "second"), NUMBER),
    "time offset": DAYS_DURATION,
    "timezone": TEXT,
}
_PROPERTIES: Mapping[Type, Mapping[str, Type]] = {
    DATE: _DAY,
    TIME: _CLOCK,
    DATE_TIME: {**_DAY, **_CLOCK},
    DAYS_DURATION: dict.fromkeys(("days", "hours", "minutes", "seconds"), NUMBER),
    MONTHS_DURATION: dict.fromkeys(("years", "months"), NUMBER),
}


def properties(type_: Type) -> Mapping[str, Type] | None:
    """What may stand after the dot: fields, entries, the parts of a date. None where that is not known."""
    if isinstance(type_, RangeType):
        return {"start": type_.item, "end": type_.item, "start included": BOOLEAN, "end included": BOOLEAN}
    return _PROPERTIES.get(type_) or members(type_)


def check_name(tree: Name, scope: Mapping[str, Type], mistakes: list[ExpressionMistake]) -> Type:
    """The type of what a name stands for."""
    found = scope.get(tree.name)
    if found is not None:
        return found
    if tree.name in SIGNATURES:
        return FunctionType()
    mistakes.append(ExpressionMistake(f"Unknown name `{tree.name}`.", tree.span, _hint_for_name(tree.name, scope)))
    return ANY


def check_member(tree: Path, base: Type, mistakes: list[ExpressionMistake]) -> Type:
    """The type of ``base.name``; of a list, the list of that member of every item."""
    if isinstance(base, ListType):
        return ListType(check_member(tree, base.item, mistakes))
    known = properties(base)
    if is_open(base) or (known is None and isinstance(base, ContextType)):
        return ANY
    if known is not None and tree.name in known:
        return known[tree.name]
    subject = f"`{unparse(tree.base)}`"
    if known is None:
        message = f"{subject} is {describe(base)} and has no field `{tree.name}`."
        mistakes.append(ExpressionMistake(message, tree.span))
    else:
        hint = _hint_for_habit(tree.name, f"{unparse(tree.base)}.") or did_you_mean(tree.name, known, "`")
        hint = hint or (f"The fields are {_listed(known)}." if 0 < len(known) <= 12 else "")
        mistakes.append(ExpressionMistake(f"{subject} has no field `{tree.name}`.", tree.span, hint))
    return ANY


def _listed(names: Mapping[str, Type], joined_by: str = "and", owner: str = "") -> str:
    *most, last = (f"`{owner}{name}`" for name in names)
    return f"{', '.join(most)} {joined_by} {last}" if most else last


def _hint_for_name(name: str, scope: Mapping[str, Type]) -> str:
    """What may have been meant: a code without quotation marks, a field, a word of the language, another name."""
    if any(name in text.codes for text in _texts(scope.values(), 3) if text.codes is not None and text.code_list):
        return f"Put a code in quotation marks: {quoted(name)}."
    owners = [owner for owner, type_ in scope.items() if isinstance(type_, RecordType) and name in type_.fields]
    if owners:
        return f"Did you mean the field `{owners[0]}.{name}`?"
    near = _hint_for_habit(name) or did_you_mean(name, scope, "`")
    if not near and "item" in scope and is_open(scope["item"]):
        return f"To read a field of the items, write `item.{name}`."
    return near


def _hint_for_habit(name: str, owner: str = "") -> str:
    # What explains mistakes is loaded where there is one.
    from mpfcheck.feel.syntax.habits import hint_for_name

    return hint_for_name(name, owner)


def name_a_part(tree: Expression, type_: Type) -> str:
    """A hint to name a part of a context, such as the members of a code list; empty for other types."""
    known = members(type_) if isinstance(type_, ContextType) else None
    return f"Name the part you mean: {_listed(known, 'or', f'{unparse(tree)}.')}." if known else ""


def _texts(types: Iterable[Type], depth: int) -> Iterator[TextType]:
    """The text types there are in some types, down to a depth."""
    for type_ in types:
        item = type_.item if isinstance(type_, ListType) else type_
        if isinstance(item, TextType):
            yield item
        elif depth and (known := members(item)) is not None:
            yield from _texts(known.values(), depth - 1)
