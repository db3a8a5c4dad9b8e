"""The proposals in examples: every field there is, every value one a proposal may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from mpfcheck.feel.types import BOOLEAN, DATE, ListType, NumberType, RecordType, TextType, Type
from mpfcheck.packs.call import Call
from mpfcheck.packs.entries import read_day
from mpfcheck.packs.lint.finding import Finding, error
from mpfcheck.packs.mistake import nearest
from mpfcheck.packs.proposal_type import proposal_type_of
from mpfcheck.packs.rule import Example, Rule, Scope
from mpfcheck.packs.vocabulary import PROPOSALS

__all__ = ["example_answers"]

_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


def example_answers(call: Call) -> Iterator[Finding]:
    """Look at what the examples of every rule give as answers."""
    for rule in call.rules:
        for example in rule.examples:
            for message, hint in dict.fromkeys(_answers(rule, example, proposal_type_of(call))):
                yield error(example.place, f"an example of rule {rule.id} {message}", hint, rule.id)


def _answers(rule: Rule, example: Example, proposal_type: RecordType) -> Iterator[tuple[str, str]]:
    for _, given in example.variants():
        yield from _given(rule, given, proposal_type)


def _given(rule: Rule, given: Mapping[str, object], proposal_type: RecordType) -> Iterator[tuple[str, str]]:
    if rule.scope is not Scope.PORTFOLIO:
        yield from _record(dict(given), proposal_type, "")
        return
    proposals = given.get(PROPOSALS)
    if not isinstance(proposals, list) or len(given) > 1:
        yield f'must give "{PROPOSALS}" and nothing else', "a portfolio rule speaks of a list of proposals"
        return
    for proposal in proposals:
        yield from _value(proposal, proposal_type, PROPOSALS)


def _record(given: dict[str, object], type_: RecordType, path: str) -> Iterator[tuple[str, str]]:
    for name, value in given.items():
        if name not in type_.fields:
            yield f'gives "{path}{name}", which no proposal has', nearest(name, type_.fields)
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
                yield f'gives "{path}" the code "{value}", which there is not', nearest(value, codes)
        case NumberType():
            number = isinstance(value, int | Decimal) and not isinstance(value, bool) and value >= 0
            if not number and not (isinstance(value, str) and _NUMBER.fullmatch(value)):
                yield f'gives "{path}", which must be a number, zero or more', ""
        case _ if type_ == BOOLEAN and not isinstance(value, bool):
            yield f'gives "{path}", which must be true or false', ""
        case _ if type_ == DATE and not (isinstance(value, str) and read_day(value)):
            yield f'gives "{path}", which must be a day', "write it as year-month-day: 2023-12-07"
