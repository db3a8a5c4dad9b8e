"""What a call declares and does not use: names, sources, files, fields of the annex, rules without a clause."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from mpfcheck.feel.study.dependencies import fields_read, names_used
from mpfcheck.json_codec import json_mistake
from mpfcheck.nearest import did_you_mean
from mpfcheck.packs.call import Call
from mpfcheck.packs.clause import Clause
from mpfcheck.packs.lint.finding import LintFinding, error, warning
from mpfcheck.packs.load import ANNEX_FILE, CLAUSES_FILE
from mpfcheck.packs.mistake import Place
from mpfcheck.packs.vocabulary import vocabulary_of
from mpfcheck.packs.yaml_file import YamlFile, YamlMap, YamlNode
from mpfcheck.proposal.annex import HOLDERS
from mpfcheck.proposal.fields import Code, Kind, Many, Record

__all__ = ["annex_file", "unknown_owners", "unlisted_files", "unread_fields", "unsigned", "unused"]


def unused(call: Call, clauses: Iterable[Clause] = ()) -> Iterator[LintFinding]:
    """Find what no rule uses, directly or through definitions; sources may be cited by clauses too."""
    used = _used_names(call)
    for annex in (call.annex, *call.annex_parts.values()):
        used |= set(_codes_of(annex)) if annex else set()
    declared: list[tuple[str, str, Place]] = []
    declared += [("parameter", name, parameter.place) for name, parameter in call.parameters.items()]
    declared += [("definition", name, definition.place) for name, definition in call.definitions.items()]
    declared += [("code list", name, code_list.place) for name, code_list in call.code_lists.items()]
    for what, name, place in declared:
        if name not in used:
            yield warning(place, f'no rule uses the {what} "{name}"', f"use it, or take it out of {_holder(what)}")
    cited = {citation.document for rule in call.rules for citation in (rule.source, *rule.also)}
    cited |= {value.source.document for parameter in call.parameters.values() for value in parameter.values}
    cited |= {clause.source.document for clause in clauses}
    for name, source in call.sources.items():
        if name not in cited:
            yield warning(source.place, f'nothing cites the source "{name}"', "cite it, or remove it")


def unknown_owners(call: Call) -> Iterator[LintFinding]:
    """Find what ``equivalent`` names that the call does not have, so that nobody ever tries the changes."""
    known = {*call.parameters, *call.definitions, *call.code_lists, *(rule.id for rule in call.rules)}
    for equivalent in call.equivalent:
        if equivalent.of not in known:
            what = "which is not a rule, definition, parameter or code list of this call"
            message = f'"equivalent" names "{equivalent.of}", {what}'
            yield error(equivalent.place, message, did_you_mean(equivalent.of, known) or "remove the entry")


def unlisted_files(names: Iterable[str], listed: Iterable[str]) -> Iterator[LintFinding]:
    """Find rule files of the folder that the call does not list, so that nobody checks their rules."""
    for name in sorted(set(names) - set(listed)):
        message = f'"{name}" is in the folder, but call.yaml does not list it: its rules are not checked'
        yield error(Place(name, 1, 1), message, 'add it to "rules", or remove it')


def _holder(what: str) -> str:
    return "code_lists in call.yaml" if what == "code list" else "call.yaml"


def _codes_of(kind: Kind) -> Iterator[str]:
    """Find the code lists whose codes the annex holds."""
    match kind:
        case Record(_, fields):
            for field in fields.values():
                yield from _codes_of(field.kind)
        case Many(item):
            yield from _codes_of(item)
        case Code(str() as code_list, _):
            yield code_list


def _used_names(call: Call) -> set[str]:
    """Collect the names the rules use, and those that the definitions they use need in turn."""
    used: set[str] = set()
    for rule in call.rules:
        for _, condition in rule.conditions():
            used |= names_used(condition.tree)
        for _, sentence in rule.sentences():
            for placeholder in sentence.placeholders():
                used |= names_used(placeholder.tree)
    seen: set[str] = set()
    while fresh := (used & call.definitions.keys()) - seen:
        seen |= fresh
        for name in fresh:
            used |= names_used(call.definitions[name].condition.tree)
    return used


def unsigned(call: Call, clauses: Sequence[Clause]) -> Iterator[LintFinding]:
    """Find the rules and gaps that no clause names, in a call that has clauses."""
    reached = {name for clause in clauses for name in clause.rules}
    known = {name for clause in clauses for name in clause.gaps}
    for rule in call.rules:
        if rule.id not in reached:
            message = f"no clause leads to the rule {rule.id}"
            yield warning(rule.place, message, f"name it in {CLAUSES_FILE}, with the words it stands on", rule.id)
    for gap in call.gaps:
        if gap.topic not in known:
            message = f'no clause leads to the gap "{gap.topic}"'
            yield warning(Place(CLAUSES_FILE, 1, 1), message, "name it under the clause that leaves it open")


def annex_file(file: YamlFile) -> Iterator[LintFinding]:
    """Find what keeps the schema from being JSON: the loader reads YAML, of which JSON is a part."""
    try:
        json.loads(file.text)
    except json.JSONDecodeError as wrong:
        place = Place(file.name, wrong.lineno, wrong.colno)
        yield error(place, f"this is not JSON: {json_mistake(wrong)}", "other programs read this file as JSON")


def unread_fields(call: Call, file: YamlFile | None = None) -> Iterator[LintFinding]:
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
