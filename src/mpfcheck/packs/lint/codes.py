"""Codes and values of a call: parameters, code lists, examples, and codes of open lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from mpfcheck.feel.syntax.tree import Compare, Expression, In, Iteration, ListOf, Name, Path, Test, Text, parts
from mpfcheck.feel.syntax.unparse import unparse
from mpfcheck.feel.types import BOOLEAN, DATE, ListType, NumberType, RecordType, TextType, Type
from mpfcheck.nearest import did_you_mean
from mpfcheck.packs.call import Call, Parameter
from mpfcheck.packs.code_list import CodeList
from mpfcheck.packs.entries import read_day
from mpfcheck.packs.lint.finding import LintFinding, error, warning
from mpfcheck.packs.rule import Example, Rule, RuleScope
from mpfcheck.packs.template import Condition
from mpfcheck.packs.vocabulary import PROPOSALS, code_types, proposal_type_of
from mpfcheck.proposal.codes import MISTAKEN_CODES

__all__ = ["code_list_values", "example_answers", "open_codes", "parameter_values"]


def parameter_values(call: Call) -> Iterator[LintFinding]:
    """Look at the values of the parameters."""
    for parameter in call.parameters.values():
        yield from _order(parameter)
        for dated in parameter.values:
            if parameter.unit == "share" and isinstance(dated.value, Decimal) and not 0 <= dated.value <= 1:
                message = f'"{parameter.name}" is a share of {dated.value}'
                yield error(dated.place, message, "a share lies between 0 and 1: 95 % is written 0.95")
            if parameter.unit == "EUR" and isinstance(dated.value, Decimal) and _decimals(dated.value) > 2:
                message = f'"{parameter.name}" is EUR {dated.value}, with more than two decimals'
                amount = str(dated.value).replace(".", "")
                hint = f"thousands have no point: write {amount} if that is meant; an amount has two decimals at most"
                yield error(dated.place, message, hint)
        if parameter.values and all(dated.since > call.as_of for dated in parameter.values):
            message = f'nothing is known of "{parameter.name}" on {call.as_of}, the day of the call'
            yield warning(parameter.place, message, "rules that need it cannot be decided on that day")


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _order(parameter: Parameter) -> Iterator[LintFinding]:
    for before, after in pairwise(parameter.values):
        if after.since == before.since:
            message = f'"{parameter.name}" has two values from {after.since}'
            yield error(after.place, message, "keep one of them")
        elif after.since < before.since:
            message = f'the values of "{parameter.name}" are not in the order of their days'
            yield error(after.place, message, f"{after.since} comes before {before.since}")


def code_list_values(call: Call) -> Iterator[LintFinding]:
    """Look at the codes of the code lists the call uses, and of those the proposal format uses."""
    for code_list in call.code_lists.values():
        yield from _codes_taken(call, code_list)
    for name, type_ in code_types().items():
        labelled = call.labels.code_list(name)
        if labelled is None or type_.codes is None:
            continue
        known = {member.code for member in labelled.members}
        for member in labelled.members:
            if member.code not in type_.codes:
                message = f'proposals have no code "{member.code}" in "{name}"'
                yield error(member.place, message, did_you_mean(member.code, type_.codes - known))
        for code in sorted(type_.codes - known):
            message = f'the code list "{name}" has no label for "{code}"'
            yield error(labelled.place, message, "proposals may hold this code, and people must be able to read it")


def _codes_taken(call: Call, code_list: CodeList) -> Iterator[LintFinding]:
    """Find codes that are not in the list they are said to be taken from."""
    base = call.labels.code_list(code_list.of) if code_list.of else None
    if base is None:
        return
    if base.of is not None:
        message = f'the code list "{code_list.id}" is of "{base.id}", whose codes are themselves taken from "{base.of}"'
        yield error(code_list.place, message, f'say "of: {base.of}"')
    known = {member.code for member in base.members}
    for member in (*code_list.members, *code_list.candidates):
        if member.code not in known:
            message = f'"{member.code}" is not in the code list "{base.id}"'
            hint = (
                f"use {MISTAKEN_CODES[member.code]}"
                if member.code in MISTAKEN_CODES
                else did_you_mean(member.code, known)
            )
            yield error(member.place, message, hint)


_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


def example_answers(call: Call) -> Iterator[LintFinding]:
    """Look at what the examples of every rule give as answers."""
    for rule in call.rules:
        for example in rule.examples:
            for message, hint in dict.fromkeys(_answers(rule, example, proposal_type_of(call))):
                yield error(example.place, f"an example of rule {rule.id} {message}", hint, rule.id)


def _answers(rule: Rule, example: Example, proposal_type: RecordType) -> Iterator[tuple[str, str]]:
    for _, answers in example.variants():
        yield from _given(rule, answers, proposal_type)


def _given(rule: Rule, given: Mapping[str, object], proposal_type: RecordType) -> Iterator[tuple[str, str]]:
    if rule.scope is not RuleScope.PORTFOLIO:
        yield from _record(dict(given), proposal_type, "")
        return
    proposals = given.get(PROPOSALS)
    if not isinstance(proposals, list) or len(given) > 1:
        yield f'must give "{PROPOSALS}" and nothing else', "a portfolio rule is about a list of proposals"
        return
    for proposal in proposals:
        yield from _value(proposal, proposal_type, PROPOSALS)


def _record(answers: dict[str, object], type_: RecordType, path: str) -> Iterator[tuple[str, str]]:
    for name, value in answers.items():
        if name not in type_.fields:
            yield f'gives "{path}{name}", which no proposal has', did_you_mean(name, type_.fields)
        elif value is not None:
            yield from _value(value, type_.fields[name].type, f"{path}{name}")


def _value(value: object, type_: Type, path: str) -> Iterator[tuple[str, str]]:
    match type_:
        case RecordType():
            if isinstance(value, dict):
                yield from _record(value, type_, f"{path}.")
            else:
                yield f'gives "{path}", which must have fields', ""
        case ListType(item):
            if isinstance(value, list):
                for one in value:
                    yield from _value(one, item, path)
            else:
                yield f'gives "{path}", which must be a list', ""
        case _:
            yield from _leaf(value, type_, path)


def _leaf(value: object, type_: Type, path: str) -> Iterator[tuple[str, str]]:
    match type_:
        case TextType(_, codes):
            if not isinstance(value, str):
                yield f'gives "{path}", which must be a text', "put it in quotes"
            elif codes is not None and value not in codes:
                yield f'gives "{path}" the code "{value}", which there is not', did_you_mean(value, codes)
        case NumberType():
            number = isinstance(value, int | Decimal) and not isinstance(value, bool) and value >= 0
            if not number and not (isinstance(value, str) and _NUMBER.fullmatch(value)):
                yield f'gives "{path}", which must be a number, zero or more', ""
        case _ if type_ == BOOLEAN and not isinstance(value, bool):
            yield f'gives "{path}", which must be true or false', ""
        case _ if type_ == DATE and not (isinstance(value, str) and read_day(value)):
            yield f'gives "{path}", which must be a date', "write it as year-month-day: 2023-12-07"


_Node = Expression | Test | Iteration


def open_codes(call: Call) -> Iterator[LintFinding]:
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
                yield warning(place, message, did_you_mean(literal.value, known) or "add it to the list", rule_id)


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
