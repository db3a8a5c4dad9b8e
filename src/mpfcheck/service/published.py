"""The published JSON Schemas as parts of an OpenAPI document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any, Final, TypeAlias

__all__ = ["PUBLISHED", "components", "schema_text"]

Schema: TypeAlias = dict[str, Any]

PUBLISHED: Final[Mapping[str, tuple[str, str]]] = {
    "proposal": ("mpfcheck.proposal", "proposal.schema.json"),
    "report": ("mpfcheck.report", "report.schema.json"),
    "rules": ("mpfcheck.packs.schemas", "rules.schema.json"),
    "call": ("mpfcheck.packs.schemas", "call.schema.json"),
    "codelist": ("mpfcheck.packs.schemas", "codelist.schema.json"),
}
"""The schemas a service publishes, and where in the package they lie."""


def schema_text(name: str) -> str:
    """A published schema as it is; raises KeyError."""
    package, file = PUBLISHED[name]
    return (files(package) / file).read_text(encoding="utf-8")


def components(name: str) -> Iterator[tuple[str, Schema]]:
    """A published schema and its definitions, each under a name of its own in ``#/components/schemas``."""
    whole: Schema = json.loads(schema_text(name))
    definitions: dict[str, Schema] = whole.pop("$defs", {})
    for keyword in ("$schema", "$id"):
        whole.pop(keyword, None)
    head = name.capitalize()
    yield head, _pointing_to(head, whole)
    for key, schema in definitions.items():
        yield _named(head, key), _pointing_to(head, schema)


def _pointing_to(head: str, value: Any) -> Any:
    """The schema, its references leading to where the definitions are then."""
    if isinstance(value, list):
        return [_pointing_to(head, item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {key: _pointing_to(head, member) for key, member in value.items()}
    if isinstance(reference := value.get("$ref"), str):
        found["$ref"] = f"#/components/schemas/{_named(head, reference.removeprefix('#/$defs/'))}"
    return found


def _named(head: str, key: str) -> str:
    return f"{head}.{key}"
