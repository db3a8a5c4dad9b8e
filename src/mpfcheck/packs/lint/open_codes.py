"""Codes in open text: a field that rules look up in a code list is compared with a text that is not in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mpfcheck.feel.syntax.tree import Compare, Expression, In, Iteration, ListOf, Name, Path, Test, Text, parts
from mpfcheck.feel.syntax.unparse import unparse
from mpfcheck.packs.call import Call
from mpfcheck.packs.lint.finding import Finding, warning
from mpfcheck.packs.mistake import nearest
from mpfcheck.packs.rule import Condition

__all__ = ["open_codes"]

_Node = Expression | Test | Iteration


def open_codes(call: Call) -> Iterator[Finding]:
    """Find texts that a call compares with a field, and that are missing from the list it looks this field up in.

    Fields whose codes the proposal format knows are checked by their type; this is for those that are open text, such
    as the fund.
    """
    conditions = list(_conditions(call))
    lists = _lists_of_fields(call, [condition for _, condition in conditions])
    for rule_id, condition in conditions:
        for field, literal in _compared(condition.tree):
            names = lists.get(unparse(field), ())
            known = {code for name in names for code in _codes(call, name)}
            if names and literal.value not in known:
                place = condition.place_at(literal.span.start)
                message = (
                    f'"{literal.value}" is not in the code list "{names[0]}", where rules look up "{unparse(field)}"'
                )
                yield warning(place, message, nearest(literal.value, known) or "add it to the list", rule_id)


def _conditions(call: Call) -> Iterator[tuple[str | None, Condition]]:
    for definition in call.definitions.values():
        yield None, definition.condition
    for rule in call.rules:
        for _, condition in rule.conditions():
            yield rule.id, condition


def _lists_of_fields(call: Call, conditions: list[Condition]) -> Mapping[str, list[str]]:
    """The code lists of the call in which its conditions look a field up, by the field as it is written."""
    found: dict[str, list[str]] = {}
    for condition in conditions:
        for node in _all_in(condition.tree):
            match node:
                case In(Name() | Path() as field, (Path(Name(name), "members" | "candidates"),)) if (
                    name in call.code_lists and call.code_lists[name].of is None
                ):
                    found.setdefault(unparse(field), []).append(name)
    return found


def _compared(tree: Expression) -> Iterator[tuple[Expression, Text]]:
    """Fields and the texts they are compared with."""
    for node in _all_in(tree):
        match node:
            case Compare("=" | "!=", Name() | Path() as field, Text() as text):
                yield field, text
            case Compare("=" | "!=", Text() as text, Name() | Path() as field):
                yield field, text
            case In(Name() | Path() as field, (ListOf(items),)):
                yield from ((field, item) for item in items if isinstance(item, Text))


def _codes(call: Call, name: str) -> Iterator[str]:
    code_list = call.code_lists[name]
    yield from (member.code for member in (*code_list.members, *code_list.candidates))


def _all_in(node: _Node) -> Iterator[_Node]:
    yield node
    for part in parts(node):
        yield from _all_in(part)
