"""The fields of a proposal as the published schema describes them: one description for all that need no pydantic.

The quick reader, the warning about an unknown field and the types of the rule language start from here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Literal, TypeAlias

import jiter

from mpfcheck.frozen import Frozen, FrozenDict
from mpfcheck.proposal.codes import COMMENTS

__all__ = [
    "Code",
    "Day",
    "Exact",
    "Field",
    "Kind",
    "Many",
    "Moment",
    "Open",
    "Record",
    "Text",
    "Whole",
    "YesNo",
    "proposal_kinds",
    "proposal_record",
]

Unit: TypeAlias = Literal["EUR", "months"]


class Text(Frozen):
    """Open text."""


class YesNo(Frozen):
    """True or false."""


class Whole(Frozen):
    """A whole number of zero or more."""

    unit: Unit | None


class Exact(Frozen):
    """An exact decimal of zero or more, with at most ``decimals`` digits after the point."""

    unit: Unit | None
    decimals: int


class Day(Frozen):
    """A day of the calendar."""


class Moment(Frozen):
    """A day and a time in a time zone. Only the annex of a call asks for one."""


class Code(Frozen):
    """One of ``codes``. ``code_list`` names the list that says what they are called; None for a fixed word."""

    code_list: str | None
    codes: tuple[str, ...]


class Many(Frozen):
    """A list of items of one kind."""

    item: Kind


class Open(Frozen):
    """An object whose fields are not said here (``annex``)."""


class Record(Frozen):
    """An object with known fields. ``name`` is what it is called in a message ("budget line")."""

    name: str
    fields: Mapping[str, Field]


Kind: TypeAlias = Text | YesNo | Whole | Exact | Day | Moment | Code | Many | Open | Record


class Field(Frozen):
    """A field of a record: what it holds, its title and description, and what it means where it is absent."""

    kind: Kind
    title: str
    description: str
    absent: Literal["unanswered", "empty"] = "unanswered"


_Schema: TypeAlias = Mapping[str, "_Member"]
_Member: TypeAlias = "str | int | list[_Member] | dict[str, _Member] | None"


@cache
def proposal_record() -> Record:
    """What a proposal holds, from the published schema."""
    record = _published().whole()
    if not isinstance(record, Record):
        raise TypeError("The published schema does not describe a record.")
    return record


@cache
def proposal_kinds() -> Mapping[str, Kind]:
    """What the published schema defines by name, for another schema to refer to: Amount, Country, Day."""
    return _published().definitions()


@cache
def _published() -> _Reading:
    with open(os.path.join(os.path.dirname(__file__), "proposal.schema.json"), "rb") as file:
        return _Reading(jiter.from_json(file.read()))


class _Reading:
    """Kinds out of a schema; a definition that is used twice becomes one object."""

    def __init__(self, schema: _Schema) -> None:
        definitions = schema["$defs"]
        if not isinstance(definitions, dict):
            raise TypeError("The published schema defines nothing by name.")
        self._schema = schema
        self._definitions = definitions
        self._known: dict[str, Kind] = {}

    def whole(self) -> Kind:
        """What the schema itself describes."""
        return self.kind(self._schema)

    def definitions(self) -> Mapping[str, Kind]:
        """What it defines by name."""
        return {name: self._definition(name) for name in self._definitions}

    def kind(self, schema: _Schema) -> Kind:
        """The kind a schema describes, null left aside; raises ValueError where it is none of those here."""
        match schema:
            case {"$ref": str(reference)}:
                return self._definition(reference.removeprefix("#/$defs/"))
            case {"x-decimals": int(decimals)}:
                return Exact(_unit(schema), decimals)
            case {"anyOf": [dict(described), {"type": "null"}]}:
                return self.kind(described)
            case {"enum": list(members)}:
                code_list = schema.get("x-code-list")
                codes = tuple(code for code in members if isinstance(code, str))
                return Code(code_list if isinstance(code_list, str) else None, codes)
            case {"items": dict(items)}:
                return Many(self.kind(items))
            case {"x-record": str(name), "properties": dict(properties)}:
                fields = {field: self._field(one) for field, one in properties.items() if field != COMMENTS}
                return Record(name, FrozenDict(fields))
            case {"format": "date"}:
                return Day()
            case {"format": "date-time"}:
                return Moment()
            case {"type": "integer" | ["integer", "null"]}:
                return Whole(_unit(schema))
            case {"type": "boolean" | ["boolean", "null"]}:
                return YesNo()
            case {"type": "string" | ["string", "null"]}:
                return Text()
            case {"type": "object" | ["object", "null"]}:
                return Open()
        raise ValueError(f"The published schema has a member that no field is made of: {schema}")

    def _definition(self, name: str) -> Kind:
        if name not in self._known:
            described = self._definitions[name]
            if not isinstance(described, dict):
                raise TypeError(f"The definition {name} is not a schema.")
            self._known[name] = self.kind(described)
        return self._known[name]

    def _field(self, schema: _Member) -> Field:
        match schema:
            case {"title": str(title), "description": str(description)} if isinstance(schema, dict):
                absent: Literal["unanswered", "empty"] = "empty" if schema.get("x-absent") == "empty" else "unanswered"
                return Field(self.kind(schema), title, description, absent)
        raise ValueError(f"A field of the published schema has no title and description: {schema}")


def _unit(schema: _Schema) -> Unit | None:
    match schema.get("x-unit"):
        case "EUR":
            return "EUR"
        case "months":
            return "months"
    return None
