"""The annex of a call: a schema other programs can read, and no field that no rule looks at."""

from __future__ import annotations

import json
from collections.abc import Iterator

from mpfcheck.feel.study.dependencies import fields_read
from mpfcheck.packs.call import Call
from mpfcheck.packs.lint.finding import Finding, error, warning
from mpfcheck.packs.loading import ANNEX_FILE
from mpfcheck.packs.rule import Place
from mpfcheck.packs.vocabulary import vocabulary_of
from mpfcheck.packs.yaml_node import YamlFile, YamlMap, YamlNode
from mpfcheck.proposal.annex import HOLDERS
from mpfcheck.proposal.fields import Kind, Many, Record

__all__ = ["annex_file", "unread_fields"]


def annex_file(file: YamlFile) -> Iterator[Finding]:
    """Find what keeps the schema from being JSON: the loader reads YAML, of which JSON is a part."""
    try:
        json.loads(file.text)
    except json.JSONDecodeError as wrong:
        place = Place(file.name, wrong.lineno, wrong.colno)
        yield error(place, f"this is no JSON: {wrong.msg}", "other programs read this file as JSON")


def unread_fields(call: Call, file: YamlFile | None = None) -> Iterator[Finding]:
    """Find the fields of the annex that no rule reads: nobody would know why they are asked."""
    if call.annex is None and not call.annex_parts:
        return
    read = _read(call)
    described: list[tuple[tuple[tuple[str, ...], ...], YamlNode | None, Record]] = []
    if call.annex:
        described.append(((("annex",),), _root(file), call.annex))
    for name, part in call.annex_parts.items():
        described.append((tuple((*path, "annex") for path in HOLDERS[name]), _root(file, name), part))
    for holders, root, record in described:
        for inner in _paths(record, ""):
            paths = [".".join(holder) + inner for holder in holders]
            if not any(_is_read(path, read) for path in paths):
                place = _place(file, root, inner) if file and root else Place(ANNEX_FILE, 1, 1)
                yield warning(place, f'no rule uses the field "{paths[-1]}"', "use it, or take it out of the schema")


def _is_read(path: str, read: set[str]) -> bool:
    return any(one == path or one.startswith(f"{path}.") or path.startswith(f"{one}.") for one in read)


def _root(file: YamlFile | None, part: str = "") -> YamlNode | None:
    """The node that describes the annex, or that of a part."""
    root = file.root if file else None
    if not part or not isinstance(root, YamlMap):
        return root
    parts = root.entries.get("$defs")
    return parts.entries.get(part) if isinstance(parts, YamlMap) else None


def _read(call: Call) -> set[str]:
    """The dotted paths of the annex that conditions and sentences read."""
    vocabulary = vocabulary_of(call)
    definitions = {name: definition.condition.tree for name, definition in call.definitions.items()}
    read: set[str] = set()
    for rule in call.rules:
        names = vocabulary.names_for(rule)
        each = {rule.item: rule.for_each.tree} if rule.item and rule.for_each else {}
        conditions = [condition for _, condition in rule.conditions()]
        conditions += [part for _, sentence in rule.sentences() for part in sentence.placeholders()]
        for condition in conditions:
            read |= fields_read(condition.tree, names, {**definitions, **each})
    return {path for path in read if "annex" in path.split(".")}


def _paths(kind: Kind, path: str) -> Iterator[str]:
    """The dotted paths of all fields that are no records themselves."""
    match kind:
        case Record():
            for name, field in kind.fields.items():
                yield from _paths(field.kind, f"{path}.{name}")
        case Many(Record() as item):
            yield from _paths(item, path)
        case _:
            yield path


def _place(file: YamlFile, root: YamlNode, path: str) -> Place:
    """Where a field is described; a record the proposal defines has its fields elsewhere, and is itself the place."""
    node, key = root, root
    for name in path.split(".")[1:]:
        inside = node
        while isinstance(inside, YamlMap) and "items" in inside.entries:
            inside = inside.entries["items"]
        properties = inside.entries.get("properties") if isinstance(inside, YamlMap) else None
        if not isinstance(properties, YamlMap) or name not in properties.entries:
            break
        node, key = properties.entries[name], properties.keys[name]
    return key.place
