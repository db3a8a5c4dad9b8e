"""The published JSON Schemas as pages: every field with its title, what it holds, and what it means."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from docs.generate.text import code, shown
from mpfcheck.api.schemas import SCHEMAS, schema_text

__all__ = ["schema_pages"]

Schema = Mapping[str, object]


def schema_pages() -> Iterator[tuple[str, str]]:
    """The pages by their paths, one for each schema and an index."""
    listed = ["# Schemas\n", "JSON Schemas (draft 2020-12) of every file mpfcheck reads or writes.\n"]
    for name in SCHEMAS:
        schema = json.loads(schema_text(name))
        listed.append(f"- [{shown(str(schema.get('title', name)))}]({name}.md): {code(f'mpfcheck schema {name}')}")
        yield f"reference/schemas/{name}.md", "\n".join(_page(name, schema))
    yield "reference/schemas/index.md", "\n".join([*listed, ""])


def _page(name: str, schema: Schema) -> Iterator[str]:
    yield f"# {shown(str(schema.get('title', name)))}\n"
    yield f"{code(f'mpfcheck schema {name}')} prints the schema. {shown(str(schema.get('description', '')))}\n"
    yield from _fields("The file", schema)
    for definition, inner in _mapping(schema.get("$defs")).items():
        yield from _fields(definition, _mapping(inner))


def _fields(title: str, schema: Schema) -> Iterator[str]:
    properties = _mapping(schema.get("properties"))
    if not properties:
        said = str(schema.get("description", ""))
        if title != "The file" and said:
            yield f"## {shown(title)}\n\n{shown(said)}\n"
        return
    required = schema.get("required")
    needed = required if isinstance(required, list) else []
    yield f"## {shown(title)}\n\n{shown(str(schema.get('description', '')))}\n"
    yield "| Field | Holds | Meaning |\n| --- | --- | --- |"
    for field, described in properties.items():
        inner = _mapping(described)
        must = " (needed)" if field in needed else ""
        yield f"| {code(field)}{must} | {shown(_holds(inner))} | {shown(str(inner.get('description', '')))} |"
    yield ""


def _holds(schema: Schema) -> str:
    match schema:
        case {"$ref": str(reference)}:
            return reference.rsplit("/", 1)[-1]
        case {"const": constant}:
            return json.dumps(constant)
        case {"enum": list(words)}:
            return " or ".join("null" if word is None else str(word) for word in words)
        case {"anyOf": list(several)} | {"oneOf": list(several)}:
            return " or ".join(dict.fromkeys(_holds(_mapping(one)) for one in several))
        case {"type": "array", "items": items} | {"type": ["array", "null"], "items": items}:
            return f"list of {_holds(_mapping(items))}"
        case {"type": list(kinds)}:
            return " or ".join(map(str, kinds))
        case {"type": str(kind)}:
            return kind
    return "anything"


def _mapping(value: object) -> Schema:
    return value if isinstance(value, Mapping) else {}
