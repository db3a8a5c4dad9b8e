"""Rule, call and code list files against their published JSON Schemas, in kind words and with places."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from mpfcheck.packs.entries import describe
from mpfcheck.packs.lint.finding import Finding, error
from mpfcheck.packs.mistake import nearest
from mpfcheck.packs.yaml_file import YamlFile, YamlList, YamlMap, YamlNode, YamlScalar

__all__ = ["Kind", "schema_findings", "schema_violations"]

Kind: TypeAlias = Literal["rules", "call", "codelist", "clauses", "sources"]
_Said: TypeAlias = tuple[YamlNode, str, str]
"""Where a violation is, what it is, and what to do."""

_TYPES = {
    "array": "a list",
    "object": "entries of the form key: value",
    "string": "a text",
    "number": "a number",
    "boolean": "true or false",
}


@cache
def _validator(package: str, name: str) -> Draft202012Validator:
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text), format_checker=Draft202012Validator.FORMAT_CHECKER)


def schema_findings(file: YamlFile, kind: Kind) -> Iterator[Finding]:
    """Validate a file of a rule pack; every violation is an error with its place."""
    yield from schema_violations(file, "mpfcheck.packs", f"schemas/{kind}.schema.json")


def schema_violations(file: YamlFile, package: str, schema: str) -> Iterator[Finding]:
    """Validate a file against a JSON Schema that lies in a package; every violation is an error with its place."""
    errors = _validator(package, schema).iter_errors(file.root.plain())
    for violation in sorted(errors, key=lambda one: list(map(str, one.absolute_path))):
        yield from _findings(file, violation)


def _findings(file: YamlFile, violation: ValidationError) -> Iterator[Finding]:
    node = _node_at(file.root, violation.absolute_path)
    if violation.context and violation.validator == "anyOf":
        # Of several forms, what is wrong with the one that was most likely meant says more than "none of them".
        deepest = max(violation.context, key=lambda one: len(one.absolute_path))
        if len(deepest.absolute_path) > len(violation.absolute_path):
            yield from _findings(file, deepest)
            return
    if violation.validator == "additionalProperties" and isinstance(node, YamlMap):
        known = cast("Mapping[str, object]", _schema(violation).get("properties", {}))
        for key in node.keys.keys() - known.keys():
            place = node.keys[key].place
            yield error(place, f'"{key}" is no entry here', nearest(key, known) or f"known are {', '.join(known)}")
        return
    say = _WORDS.get(str(violation.validator))
    at, message, hint = say(node, violation) if say else (node, violation.message, "")
    yield error(at.place, message, hint)


def _node_at(node: YamlNode, path: Sequence[str | int]) -> YamlNode:
    for step in path:
        if isinstance(node, YamlMap) and isinstance(step, str):
            node = node.entries[step]
        elif isinstance(node, YamlList) and isinstance(step, int):
            node = node.items[step]
    return node


def _schema(violation: ValidationError) -> Mapping[str, object]:
    """Return the part of the schema that is violated; a bare True or False has nothing to say."""
    return violation.schema if isinstance(violation.schema, Mapping) else {}


def _shown(node: YamlNode) -> str:
    return f'"{node.value}"' if isinstance(node, YamlScalar) and isinstance(node.value, str) else describe(node)


def _missing(node: YamlNode, violation: ValidationError) -> _Said:
    there = node.entries if isinstance(node, YamlMap) else {}
    missing = [name for name in cast("list[str]", violation.validator_value) if name not in there]
    return node, f"{_listed(missing)} missing here", ""


def _listed(names: Sequence[str]) -> str:
    quoted = [f'"{name}"' for name in names]
    return f"{quoted[0]} is" if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]} are"


def _wrong_type(node: YamlNode, violation: ValidationError) -> _Said:
    wanted = violation.validator_value
    kinds = [_TYPES.get(str(kind), str(kind)) for kind in (wanted if isinstance(wanted, list) else [wanted])]
    hint = "put it in quotes" if kinds == ["a text"] and isinstance(node, YamlScalar) else ""
    return node, f"this must be {' or '.join(kinds)}, not {describe(node)}", hint


def _no_word(node: YamlNode, violation: ValidationError) -> _Said:
    words = [str(word) for word in cast("list[object]", violation.validator_value)]
    return node, f"this cannot be {_shown(node)}", f"it is one of {', '.join(words)}"


def _wrong_form(node: YamlNode, violation: ValidationError) -> _Said:
    if violation.validator_value == "\\S":
        return node, "this text is empty", ""
    return node, f"this cannot be {_shown(node)}", str(_schema(violation).get("description", ""))


def _too_few(node: YamlNode, _: ValidationError) -> _Said:
    return node, "this list is empty", ""


def _twice(node: YamlNode, _: ValidationError) -> _Said:
    return node, "something is in this list twice", "keep one of the two"


def _companion(node: YamlNode, violation: ValidationError) -> _Said:
    pairs = cast("Mapping[str, list[str]]", violation.validator_value)
    there = node.entries if isinstance(node, YamlMap) else {}
    for key, needed in pairs.items():
        missing = [other for other in needed if other not in there]
        if key in there and missing:
            return there[key], f'"{key}" needs "{missing[0]}"', ""
    return node, violation.message, ""


def _forbidden(node: YamlNode, violation: ValidationError) -> _Said:
    """Say it of an entry whose schema is False; the validator tells its value and not its key."""
    there = node.entries if isinstance(node, YamlMap) else {}
    for key in ("require", "doubt"):
        if key in there and there[key].plain() == violation.instance:
            return there[key], f'"{key}" has no place here', "a manual rule is judged by a person, not by a condition"
    return node, violation.message, ""


_WORDS: Mapping[str | None, Callable[[YamlNode, ValidationError], _Said]] = {
    "required": _missing,
    "type": _wrong_type,
    "enum": _no_word,
    "pattern": _wrong_form,
    "format": _wrong_form,
    "minItems": _too_few,
    "uniqueItems": _twice,
    "dependentRequired": _companion,
    # A False schema is a violation without a keyword of its own.
    "None": _forbidden,
}
