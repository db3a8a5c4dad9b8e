"""A call with one thing changed that its rules share: a definition, a limit or its day, a member of a code list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from mpfcheck.checking.pack_tests.change import CODE_LIST, DEFINITION, PARAMETER, Change
from mpfcheck.feel.mutants import mutants, step_of
from mpfcheck.frozen import changed
from mpfcheck.packs.call import Call, CodeList, DatedValue, Parameter, ParameterValue
from mpfcheck.packs.rule import Condition
from mpfcheck.packs.vocabulary import vocabulary_of

__all__ = ["call_mutants"]

CENT = Decimal("0.01")
ONE_DAY = timedelta(1)


def call_mutants(call: Call) -> Iterator[tuple[Call, Change]]:
    """Every mutant of what the rules of a call share, with what was changed."""
    yield from _definitions(call)
    for parameter in call.parameters.values():
        for other, change in _parameters(parameter):
            yield changed(call, parameters={**call.parameters, parameter.name: other}), change
    for code_list in call.code_lists.values():
        for shorter, change in _code_lists(code_list):
            yield changed(call, code_lists={**call.code_lists, code_list.id: shorter}), change


def _definitions(call: Call) -> Iterator[tuple[Call, Change]]:
    for name, definition in call.definitions.items():
        condition = definition.condition
        for mutant in mutants(condition.tree, vocabulary_of(call).definitions[name].type_of):
            other = changed(definition, condition=Condition(condition.text, mutant.tree, condition.place))
            change = Change(name, DEFINITION, mutant.change, condition.place_at(mutant.span.start))
            yield changed(call, definitions={**call.definitions, name: other}), change


def _parameters(parameter: Parameter) -> Iterator[tuple[Parameter, Change]]:
    for number, dated in enumerate(parameter.values):
        for other, words in _values(parameter, dated, changes_day=number > 0):
            values = (*parameter.values[:number], other, *parameter.values[number + 1 :])
            yield changed(parameter, values=values), Change(parameter.name, PARAMETER, words, dated.place)


def _values(parameter: Parameter, dated: DatedValue, *, changes_day: bool) -> Iterator[tuple[DatedValue, str]]:
    """Another value from the same day, and the same value from another day.

    The day of a first value is left alone: it says since when anything is known, and is no limit of the call.
    """
    for value in _near(dated.value, parameter.unit):
        words = f"{_shown(dated.value)} becomes {_shown(value)} (from {dated.since})"
        yield changed(dated, value=value), words
    for since in (dated.since - ONE_DAY, dated.since + ONE_DAY) if changes_day else ():
        yield changed(dated, since=since), f"{_shown(dated.value)} holds from {since}, not {dated.since}"


def _near(value: ParameterValue, unit: str | None) -> Iterator[ParameterValue]:
    match value:
        case bool():
            yield not value
        case Decimal():
            step = min(step_of(value), CENT) if unit == "EUR" else step_of(value)
            yield from (value + step, value - step)
        case date():
            yield from (value + ONE_DAY, value - ONE_DAY)
        case str():
            yield f"{value}?"


def _shown(value: ParameterValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else f"{value}"


def _code_lists(code_list: CodeList) -> Iterator[tuple[CodeList, Change]]:
    """A list without one of its codes, or with a candidate taken for a member."""
    for member in code_list.members:
        rest = tuple(other for other in code_list.members if other is not member)
        change = Change(code_list.id, CODE_LIST, f"{member.code} left out of the members", member.place)
        yield changed(code_list, members=rest), change
    for candidate in code_list.candidates:
        rest = tuple(other for other in code_list.candidates if other is not candidate)
        change = Change(code_list.id, CODE_LIST, f"{candidate.code} left out of the candidates", candidate.place)
        yield changed(code_list, candidates=rest), change
        taken = changed(code_list, members=(*code_list.members, candidate))
        change = Change(code_list.id, CODE_LIST, f"the candidate {candidate.code} taken for a member", candidate.place)
        yield changed(taken, candidates=rest), change
