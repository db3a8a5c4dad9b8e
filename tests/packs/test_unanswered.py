"""The law of the unanswered, held to every rule of every shipped call: what a draft decides stays decided.

Each example is made a draft by taking one answer out. A rule then says what it says of the whole example, or that it
waits; and the compiled rule says the same as the one that explains.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Status
from mpfcheck.packs.call import Call
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call
from mpfcheck.packs.rule import Example, Rule, RuleScope
from mpfcheck.proposal.answers import answers_from
from mpfcheck.proposal.pointer import pointer

CALLS = [load_call(call_id) for call_id in list_calls()]
COUNTED_AS_EMPTY = (("budget",), ("budget", "lines"))
"""Without them there is no breakdown, which is an answer: the contract's one exception."""
DECIDED = (Status.PASS, Status.FAIL, Status.NOT_APPLICABLE, Status.REVIEW)


def answers_in(value: object, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The ways to every answer: of a draft any may be missing, but a list that is there is complete."""
    if isinstance(value, Mapping):
        for name, inside in value.items():
            if (*way, name) not in COUNTED_AS_EMPTY:
                yield (*way, name)
            yield from answers_in(inside, (*way, name))
    elif isinstance(value, list):
        for number, inside in enumerate(value):
            yield from answers_in(inside, (*way, number))


def open_copy(value: object) -> Any:
    """A copy that can be changed, in depth: examples cannot."""
    if isinstance(value, Mapping):
        return {name: open_copy(inside) for name, inside in value.items()}
    return [open_copy(inside) for inside in value] if isinstance(value, list) else value


def without(given: Mapping[str, object], way: tuple[str | int, ...]) -> dict[str, Any]:
    draft: Any = open_copy(given)
    place = draft
    for step in way[:-1]:
        place = place[step]
    del place[way[-1]]
    return draft


def examples(call: Call) -> Iterator[tuple[Rule, Example]]:
    for rule in call.rules:
        if rule.scope is RuleScope.PROPOSAL:
            yield from ((rule, example) for example in rule.examples)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.id)
def test_what_a_draft_decides_the_whole_example_decides_alike(call: Call) -> None:
    checkers = {example.as_of: Checker(call, example.as_of) for _, example in examples(call)}
    decided = waiting = 0
    for rule, example in examples(call):
        checker = checkers[example.as_of]
        for way in answers_in(example.given):
            draft = answers_from(without(example.given, way))
            status = checker.result(draft, rule.id).status
            compiled = checker.compiled_status(draft, rule.id)
            where = f"{rule.id}, example in line {example.place.line}, without {way}"

            assert compiled in (None, status), where
            if status in DECIDED:
                assert status == example.expect, where
                decided += 1
            else:
                assert status is Status.UNDECIDED, where
                waiting += 1

    assert decided
    assert waiting


def lists_in(value: object, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The ways to every list."""
    if isinstance(value, list):
        yield way
    for name, inside in (
        value.items() if isinstance(value, Mapping) else enumerate(value if isinstance(value, list) else ())
    ):
        yield from lists_in(inside, (*way, name))


def at(value: Any, way: tuple[str | int, ...]) -> Any:
    for step in way:
        value = value[step]
    return value


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.id)
def test_what_an_open_list_decides_more_items_leave_as_it_is(call: Call) -> None:
    """Each list of an example loses its last items and is open; then items of other examples come as well."""
    checkers = {example.as_of: Checker(call, example.as_of) for _, example in examples(call)}
    others: dict[tuple[str | int, ...], list[object]] = {}
    for _, example in examples(call):
        for way in lists_in(example.given):
            found = others.setdefault(way, [])
            found += [item for item in at(example.given, way) if item not in found]
    decided = waiting = 0
    for rule, example in examples(call):
        checker = checkers[example.as_of]
        for way in lists_in(example.given):
            whole = at(example.given, way)
            for kept in range(len(whole) + 1):
                draft = open_copy(example.given)
                at(draft, way[:-1])[way[-1]] = open_copy(whole)[:kept]
                draft["open"] = [pointer(way)]
                where = f"{rule.id}, example in line {example.place.line}, {kept} items of {way}"
                status = checker.result(answers_from(draft), rule.id).status

                assert checker.statuses(answers_from(draft))[call.rules.index(rule)] is status, where
                if status in (Status.PASS, Status.FAIL, Status.NOT_APPLICABLE):
                    decided += 1
                    assert status == example.expect, where
                    more = open_copy(draft) | {"open": []}
                    at(more, way).extend(open_copy(others[way]))
                    assert checker.result(answers_from(more), rule.id).status is status, f"{where} and more"
                else:
                    waiting += 1
    assert decided
    assert waiting
