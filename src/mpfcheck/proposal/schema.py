"""The published JSON Schema of the proposal, generated from the models: ``python -m mpfcheck.proposal.schema``.

Draft 2020-12, with keywords of our own that every other validator passes over: ``x-unit`` (EUR, months),
``x-code-list`` (the code list that says what the codes are called), ``x-absent`` ("empty": an absent list counts as an
empty one), ``x-record`` (what a record is called in a message), ``x-digits`` and ``x-decimals`` (the limits of an exact
number).
"""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from mpfcheck.proposal import models
from mpfcheck.proposal.codes import COMMENTS

__all__ = ["SCHEMA_FILE", "TITLES", "generate", "schema_text"]

SCHEMA_FILE = Path(__file__).with_name("proposal.schema.json")

_Schema: TypeAlias = JsonSchemaValue
_Docstrings: TypeAlias = Mapping[tuple[str, str], str]
_SHORT_LIST = re.compile(r"\[\s+[^\[\]{}]+?\s+\]")
_OUTLINE = ("title", "description", "x-record", "x-unit", "x-code-list", "x-absent", "x-digits", "x-decimals", "type")

TITLES = {
    "contributions": "Co-financing",
    "held": "Consultation of the MPF",
    "legal_person": "Legal personality",
    "no_double_funding": "Declaration on double funding",
    "no_exclusion_situation": "Declaration on exclusion situations",
    "non_profit": "Non-profit basis",
    "not_started": "Declaration on the start of the work",
}
"""The titles of fields that people do not call by their name in the files. Of a yes/no answer they say what is asked,
and not one of the answers: "Not started" reads as if it were so."""

_COMMENTS = {
    "title": "Comments",
    "description": "Comments of people on answers of this record: each a text, by the path from here to the answer. "
    "mpfcheck comment writes them. No rule reads them, and the exported proposal does not have them.",
    "examples": [{"title": "to check with Ana"}],
}
"""What a draft may say beside a proposal. As nothing reads it, a value of another kind is not a mistake."""


class _Plain(GenerateJsonSchema):
    """Pydantic's generator without what says nothing: null as a default, a union where a list of types does."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        inner = self.generate_inner(schema["schema"])
        if "enum" in inner or "const" in inner:
            members = inner.pop("enum", None) or [inner.pop("const")]
            return {**inner, "type": ["string", "null"], "enum": [*members, None]}
        if isinstance(inner.get("type"), str):
            return {**inner, "type": [inner["type"], "null"]}
        return {"anyOf": [inner, {"type": "null"}]}


def generate() -> dict[str, object]:
    """The schema of :class:`mpfcheck.proposal.models.Proposal`."""
    docstrings = _docstrings(models)
    whole = models.Proposal.model_json_schema(schema_generator=_Plain)
    definitions = whole.pop("$defs")
    described = {name: _described(name, definitions[name], docstrings) for name in sorted(definitions)}
    schema: dict[str, object] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:mpfcheck:proposal:1",
        **_described("Proposal", whole, docstrings),
        "$defs": described,
    }
    for record in (schema, *(described[name] for name in _listed(whole, described))):
        properties = record["properties"]
        assert isinstance(properties, dict)  # noqa: S101 - a record has fields
        properties[COMMENTS] = _COMMENTS
    return schema


def _listed(whole: _Schema, definitions: Mapping[str, _Schema]) -> set[str]:
    """The names of the records that come in lists; comments go where their record goes."""
    fields = (field for record in (whole, *definitions.values()) for field in record.get("properties", {}).values())
    arrays = (kind for field in fields for kind in (field, *field.get("anyOf", ())) if "items" in kind)
    names = {str(array["items"].get("$ref", "")).removeprefix("#/$defs/") for array in arrays}
    return {name for name in names if "properties" in definitions.get(name, {})}


def schema_text() -> str:
    """The schema as it stands in its file."""
    text = json.dumps(generate(), indent=2, ensure_ascii=False) + "\n"
    return _SHORT_LIST.sub(lambda match: re.sub(r"\s+", " ", match[0]).replace("[ ", "[").replace(" ]", "]"), text)


def _described(name: str, schema: _Schema, docstrings: _Docstrings) -> _Schema:
    """A definition with its title, its own description and its fields', and the keywords in one order."""
    schema["title"] = _words(name)
    if (name, "") in docstrings:
        schema["description"] = docstrings[name, ""]
    if schema.get("type") == "object":
        schema["x-record"] = _words(name).lower()
        for field, described in schema["properties"].items():
            described["title"] = TITLES.get(field) or _words(field)
            described["description"] = docstrings[name, field]
            schema["properties"][field] = _ordered(described)
    return _ordered(schema)


def _ordered(schema: _Schema) -> _Schema:
    return {key: schema[key] for key in _OUTLINE if key in schema} | schema


def _words(name: str) -> str:
    """A class or field name as words: BudgetLine and budget_line are "Budget line"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").capitalize()


def _docstrings(module: ModuleType) -> dict[tuple[str, str], str]:
    """What stands below the fields: by class and field; classes and named types themselves have the field "".

    Read from the source text, because asking pydantic for it would make every import of the models read it too.
    """
    body = ast.parse(inspect.getsource(module)).body
    found = {(name, ""): text for name, text in _below_assignments(body)}
    for statement in body:
        if isinstance(statement, ast.ClassDef):
            found[statement.name, ""] = " ".join((ast.get_docstring(statement) or "").split())
            found |= {(statement.name, name): text for name, text in _below_assignments(statement.body)}
    return found


def _below_assignments(body: list[ast.stmt]) -> list[tuple[str, str]]:
    found = []
    for statement, below in pairwise(body):
        target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
        match target, below:
            case ast.Name(id=name), ast.Expr(value=ast.Constant(value=str(text))):
                found.append((name, " ".join(text.split())))
    return found


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
