"""What a call declares and nobody uses: parameters, definitions, code lists, sources, files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mpfcheck.feel.study.dependencies import names_used
from mpfcheck.packs.call import Call
from mpfcheck.packs.clause import Clause
from mpfcheck.packs.lint.finding import Finding, error, warning
from mpfcheck.packs.mistake import nearest
from mpfcheck.packs.rule import Place
from mpfcheck.proposal.fields import Code, Kind, Many, Record

__all__ = ["unknown_owners", "unlisted_files", "unused"]


def unused(call: Call, clauses: Iterable[Clause] = ()) -> Iterator[Finding]:
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
            yield warning(source.place, f'nothing cites the source "{name}"', "cite it, or take it out")


def unknown_owners(call: Call) -> Iterator[Finding]:
    """Find what ``equivalent`` names that the call does not have, so that nobody ever tries the changes."""
    known = {*call.parameters, *call.definitions, *call.code_lists, *(rule.id for rule in call.rules)}
    for said in call.equivalent:
        if said.of not in known:
            message = f'"equivalent" speaks of "{said.of}", which is no rule, definition, parameter or code list here'
            yield error(said.place, message, nearest(said.of, known) or "take the entry out")


def unlisted_files(names: Iterable[str], listed: Iterable[str]) -> Iterator[Finding]:
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
