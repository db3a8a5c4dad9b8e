"""The proposal as the rule language sees it: its published JSON Schema, translated into types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TypeAlias, cast

from mpfcheck.language.types import (
    ANY,
    BOOLEAN,
    DATE,
    NUMBER,
    ContextType,
    Field,
    ListType,
    NumberType,
    RecordType,
    TextType,
    Type,
)

__all__ = ["code_types", "proposal_schema", "proposal_type"]

JsonSchema: TypeAlias = Mapping[str, object]


@cache
def proposal_schema() -> JsonSchema:
    """Read the published JSON Schema of the proposal."""
    text = files("mpfcheck.proposal").joinpath("proposal.schema.json").read_text(encoding="utf-8")
    return cast("JsonSchema", json.loads(text))


@cache
def proposal_type() -> RecordType:
    """Translate the proposal's schema into the record type whose fields conditions may name."""
    return _Translation(proposal_schema()).record(proposal_schema())


@cache
def code_types() -> Mapping[str, TextType]:
    """Find the types of the proposal's codes, by the name of their code list."""
    found: dict[str, TextType] = {}
    _collect(proposal_type(), found)
    return found


def _collect(type_: Type, found: dict[str, TextType]) -> None:
    if isinstance(type_, RecordType):
        for field in type_.fields.values():
            _collect(field.type, found)
    elif isinstance(type_, ListType):
        _collect(type_.item, found)
    elif isinstance(type_, TextType) and type_.code_list:
        found[type_.code_list] = type_


class _Translation:
    """The schema's definitions, each translated once."""

    def __init__(self, schema: JsonSchema) -> None:
        self.definitions = cast("Mapping[str, JsonSchema]", schema.get("$defs", {}))
        self.done: dict[str, Type] = {}

    def record(self, schema: JsonSchema) -> RecordType:
        properties = cast("Mapping[str, JsonSchema]", schema["properties"])
        fields = {
            name: Field(self.type(described), "empty" if described.get("x-absent") == "empty" else "unanswered")
            for name, described in properties.items()
        }
        return RecordType(str(schema.get("x-record", "record")), fields)

    def type(self, schema: JsonSchema) -> Type:
        reference = schema.get("$ref")
        if isinstance(reference, str):
            name = reference.rpartition("/")[2]
            if name not in self.done:
                self.done[name] = self.type(self.definitions[name])
            return self.done[name]
        if "x-unit" in schema or "x-digits" in schema:
            unit = schema.get("x-unit")
            return NumberType("EUR") if unit == "EUR" else NumberType("months") if unit == "months" else NUMBER
        either = [one for one in cast("list[JsonSchema]", schema.get("anyOf", [])) if one.get("type") != "null"]
        if either:
            return self.type(either[0])
        return self._plain(schema)

    def _plain(self, schema: JsonSchema) -> Type:
        kinds = schema.get("type")
        names = [name for name in (kinds if isinstance(kinds, list) else [kinds]) if name != "null"]
        match names:
            case ["object"]:
                return self.record(schema) if "properties" in schema else ContextType()
            case ["array"]:
                return ListType(self.type(cast("JsonSchema", schema["items"])))
            case ["boolean"]:
                return BOOLEAN
            case ["integer" | "number"]:
                return NUMBER
            case ["string"]:
                return DATE if schema.get("format") == "date" else _text(schema)
        return ANY


def _text(schema: JsonSchema) -> TextType:
    codes = [code for code in cast("list[str | None]", schema.get("enum", [])) if code is not None]
    code_list = schema.get("x-code-list")
    return TextType(str(code_list) if code_list else None, frozenset(codes) if codes else None)
