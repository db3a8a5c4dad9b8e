"""The law of lists that are not finished: further items, like further answers, change nothing that is certain.

What is said for certain of a draft (a value, or bounds, choices and items of a value that is not there yet) holds for
every completion of it: absent fields filled in, and items added at the end of open lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.feel.evaluate.builtins.registry import BUILTINS
from mpfcheck.feel.evaluate.evaluator import evaluate
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.types import BOOLEAN, DATE, TEXT, Field, ListType, NumberType, RecordType
from mpfcheck.feel.values.comparison import same
from mpfcheck.feel.values.knowledge import bounds, kind
from mpfcheck.feel.values.order import order
from mpfcheck.feel.values.value import Items, OneOf, OpenList, Record, Unanswered, Value, unanswered_in
from tests.feel.test_unanswered import drafts, expressions, kinds, proposals

AMOUNT = NumberType(None, (Decimal(0), Decimal(10)))
MANDATE = RecordType("mandate", {"country": Field(TEXT), "share": Field(AMOUNT)})
APPLICANT = RecordType(
    "applicant",
    {
        "name": Field(TEXT),
        "country": Field(TEXT),
        "age": Field(AMOUNT),
        "public": Field(BOOLEAN),
        "mandate": Field(MANDATE),
    },
)
PROPOSAL = RecordType(
    "proposal",
    {
        "title": Field(TEXT),
        "total": Field(AMOUNT),
        "own": Field(AMOUNT),
        "ready": Field(BOOLEAN),
        "start": Field(DATE),
        "lead": Field(APPLICANT),
        "partners": Field(ListType(APPLICANT), "empty"),
        "countries": Field(ListType(TEXT)),
        "sums": Field(ListType(AMOUNT)),
    },
)
"""As in the tests of unanswered fields, but numbers are never negative, as those of a proposal."""

LISTS = ("partners", "countries", "sums")


@st.composite
def open_drafts(draw: st.DrawFn, answers: Mapping[str, object]) -> dict[str, object]:
    """The answers with some left out, and with lists that are open: they have only the first of their items."""
    draft = draw(drafts(answers))
    for name in LISTS:
        items = draft.get(name)
        if isinstance(items, list) and (isinstance(answers[name], OpenList) or draw(st.booleans())):
            draft[name] = OpenList(items[: draw(st.integers(0, len(items)))])
    return draft


def value_of(text: str, answers: Mapping[str, object], *, strict: bool = False) -> Value:
    return evaluate(parse(text), {}, record=Record(answers, PROPOSAL), strict=strict)


def comes_true(said: Value, value: Value) -> bool:
    """Whether what is certain of a value on a draft is so of the value on a completion."""
    if not isinstance(said, Unanswered):
        if isinstance(said, list):
            return isinstance(value, list) and len(said) == len(value) and all(map(comes_true, said, value))
        if isinstance(said, dict):
            return (
                isinstance(value, dict)
                and said.keys() == value.keys()
                and all(map(comes_true, said.values(), value.values()))
            )
        if isinstance(said, Record):
            return isinstance(value, Record) and said.path == value.path
        return unanswered_in(value) is not None or same(said, value)
    if kind(said) is not None and not isinstance(kind(said), ListType) and kind(said) != kind(value):
        return False
    limits = bounds(said)
    if limits is not None and not within(limits, value):
        return False
    if isinstance(said.knows, OneOf):
        return any(comes_true(choice, value) for choice in said.knows.values)
    return not isinstance(said.knows, Items) or (isinstance(value, list) and are_among(said.knows, value))


def within(limits: tuple[Value, Value], value: Value) -> bool:
    below, above = order(limits[0], value), order(value, limits[1])
    return below is not None and above is not None and below <= 0 and above <= 0


def are_among(items: Items, values: list[Value]) -> bool:
    """Whether the values begin with those at the front, and the rest of them are the other items and further ones."""
    if len(values) < items.front or not all(map(comes_true, items.items[: items.front], values)):
        return False
    return are_further(items, list(items.items[items.front :]), values[items.front :])


def are_further(items: Items, others: list[Value], values: list[Value]) -> bool:
    if others:
        item, *rest = others
        return any(
            comes_true(item, value) and are_further(items, rest, [*values[:place], *values[place + 1 :]])
            for place, value in enumerate(values)
        )
    enough = items.most is None or len(values) <= items.most
    return enough and all(comes_true(items.further, value) for value in values)


@given(st.data(), st.booleans())
def test_what_is_certain_on_a_draft_is_so_on_every_completion(data: st.DataObject, strict: bool) -> None:
    full = data.draw(proposals)
    draft = data.draw(open_drafts(full))
    text = data.draw(kinds.flatmap(lambda kind: expressions(kind, 3)))
    on_draft, on_full = value_of(text, draft, strict=strict), value_of(text, full, strict=strict)
    assert unanswered_in(on_full) is None, text
    assert comes_true(on_draft, on_full), (text, draft, full, on_draft, on_full)


@given(st.data())
def test_what_is_certain_stays_certain_when_only_some_answers_and_items_are_added(data: st.DataObject) -> None:
    full = data.draw(proposals)
    later = data.draw(open_drafts(full))
    draft = data.draw(open_drafts(later))
    text = data.draw(expressions("truth", 3))
    on_draft = value_of(text, draft, strict=True)
    if isinstance(on_draft, bool):
        assert value_of(text, later, strict=True) is on_draft, (text, draft, later)


@given(st.data())
def test_what_waits_names_absent_fields_and_open_lists(data: st.DataObject) -> None:
    draft = data.draw(open_drafts(data.draw(proposals)))
    text = data.draw(kinds.flatmap(lambda kind: expressions(kind, 3)))
    found = unanswered_in(value_of(text, draft))
    if found is not None:
        assert found.paths, text
        for path in found.paths:
            there: object = draft
            for step in path.split("/")[1:]:
                there = there[int(step)] if isinstance(there, list) else (there or {}).get(step)  # type: ignore[attr-defined]
            assert there is None or isinstance(there, OpenList), (text, path)


DRAFT = {
    "sums": OpenList([Decimal(1), Decimal(4)]),
    "countries": OpenList(["a", "b", "a"]),
    "partners": OpenList([{"name": "p", "age": Decimal(2), "public": True}, {"name": "q", "public": False}]),
    "total": Decimal(4),
}

WAITS = "waits"

LAWS: Mapping[str, list[tuple[str, object]]] = {
    "all": [("all(partners.public)", False), ("all([true, ready])", WAITS), ("all(for x in sums return true)", True)],
    "any": [
        ("any(partners.public)", True),
        ("any(for x in sums return x > 5)", WAITS),
        ("any(for x in sums return x < 0)", False),
    ],
    "append": [
        ("count(append(sums, 3)) >= 3", True),
        ("append(sums, 3)[1]", Decimal(1)),
        ("append(sums, 3)[3]", WAITS),
        ("sum(append(sums, 0)) >= 5", True),
    ],
    "concatenate": [("concatenate([9], sums)[3]", Decimal(4)), ("concatenate(sums, [9])[3]", WAITS)],
    "context": [("context(for x in sums return {key: string(x), value: x})", WAITS)],
    "context merge": [("context merge(for x in sums return {a: x})", WAITS)],
    "context put": [("context put({a: 1}, countries, 2)", WAITS)],
    "count": [
        ("count(sums) >= 2", True),
        ("count(sums) < 2", False),
        ("count(sums) = 1", False),
        ("count(sums) = 2", WAITS),
    ],
    "distinct values": [
        ("count(distinct values(countries)) >= 2", True),
        ("count(distinct values(countries)) >= 3", WAITS),
        ('count(distinct values(["a", "b", "c", "c", title])) >= 3', True),
        ('count(distinct values(["a", "b", "c", "c", title])) > 4', False),
        ('count(distinct values(["a", title])) = 2', WAITS),
    ],
    "flatten": [("count(flatten([sums, [7]])) >= 3", True), ("flatten([[7], sums])[2]", Decimal(1))],
    "index of": [
        ('count(index of(countries, "a")) >= 2', True),
        ('index of(countries, "a")[2]', Decimal(3)),
        ('count(index of(countries, "c")) > 0', WAITS),
    ],
    "insert before": [("insert before(sums, 2, 9)[3]", Decimal(4)), ("insert before(sums, -1, 9)[1]", WAITS)],
    "list contains": [('list contains(countries, "a")', True), ('list contains(countries, "z")', WAITS)],
    "list replace": [
        ("list replace(sums, 1, 9)[1]", Decimal(9)),
        ("list replace(sums, 3, 9)", WAITS),
        ("list replace(sums, function(x, y) x < y, 9)", WAITS),
    ],
    "max": [
        ("max(sums) >= 4", True),
        ("max(sums) < 4", False),
        ("max(sums) = 4", WAITS),
        ("max(partners.age) >= 2", True),
    ],
    "mean": [("mean(sums)", WAITS)],
    "median": [("median(sums)", WAITS)],
    "min": [("min(sums) <= 1", True), ("min(sums) > 1", False), ("min(sums) = 1", WAITS)],
    "mode": [("mode(sums)", WAITS)],
    "product": [("product(sums)", WAITS)],
    "remove": [("remove(sums, 1)[1]", Decimal(4)), ("count(remove(sums, 1)) >= 1", True), ("remove(sums, -1)", WAITS)],
    "reverse": [("count(reverse(sums)) >= 2", True), ("reverse(sums)[1]", WAITS), ("sum(reverse(sums)) >= 5", True)],
    "sort": [("sort(sums)[1]", WAITS), ("sum(sort(sums)) >= 5", True), ("sort(sums, function(x, y) x < y)", WAITS)],
    "stddev": [("stddev(sums)", WAITS)],
    "string join": [("string join(countries)", WAITS)],
    "sublist": [
        ("sublist(sums, 1, 2)", [Decimal(1), Decimal(4)]),
        ("sublist(sums, 2)[1]", Decimal(4)),
        ("sublist(sums, 2, 2)", WAITS),
        ("sublist(sums, -1)", WAITS),
    ],
    "sum": [
        ("sum(sums) > 5", WAITS),
        ("sum(sums) >= 5", True),
        ("sum(sums) < 5", False),
        ("sum(sums) = 4", False),
        ("sum([total, own]) >= 4", True),
        ("sum([total, own]) > 14", False),
    ],
    "union": [('count(union(countries, ["z"])) >= 3', True), ("count(union(sums, sums)) >= 2", True)],
}
"""What is certain of each function that takes a list, while the list is open or an item is not answered."""


@pytest.mark.parametrize(("text", "expected"), [row for rows in LAWS.values() for row in rows])
def test_a_function_of_an_open_list_says_what_is_certain_and_waits_for_the_rest(text: str, expected: object) -> None:
    found = value_of(text, DRAFT, strict=True)
    assert (WAITS if isinstance(found, Unanswered) else found) == expected


def test_every_function_that_takes_a_list_has_its_law() -> None:
    taking = {
        name
        for name, builtin in BUILTINS.items()
        if any(parameter.kind == "list" for overload in builtin.overloads for parameter in overload.parameters)
    }
    assert taking == LAWS.keys()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("every x in sums satisfies x < 3", False),
        ("every x in sums satisfies x < 5", WAITS),
        ("every x in sums satisfies x >= 0", True),
        ("some x in sums satisfies x = 4", True),
        ("some x in sums satisfies x = 3", WAITS),
        ("some x in sums satisfies x < 0", False),
        ("some x in [1], y in sums satisfies x = y", True),
        ("every x in sums, y in [0] satisfies x >= y", True),
        ("for x in sums return x * 2", WAITS),
        ("(for x in sums return x * 2)[2]", Decimal(8)),
        ("sum(for x in sums return x * 2) >= 10", True),
        ("sums[item > 3][1]", Decimal(4)),
        ("count(sums[item > 3]) >= 1", True),
        ("sums[item < 0]", []),
        ("count(sums[item > own]) > 2", WAITS),
        ("count([1, 2][item > own]) > 2", False),
        ("sums[1]", Decimal(1)),
        ("sums[3]", WAITS),
        ("sums[-1]", WAITS),
        ("partners.name[2]", "q"),
        ("count(partners.name) >= 2", True),
        ("count(partners[public]) >= 1", True),
        ("partners[1].age", Decimal(2)),
        ("partners[2].age >= 0", True),
        ("sums = [1]", False),
        ("sums = [1, 5, 6]", False),
        ("sums = [1, 4]", WAITS),
        ("sums != [2, 4, 6]", True),
        ('"a" in countries', True),
        ('"z" in countries', WAITS),
        ("4 in (sums, < 0)", True),
        ("sums instance of list<number>", WAITS),
        ("own >= 0", True),
        ("own > 10", False),
        ("own + total >= 4", True),
        ("-own <= 0", True),
        ("own * -2 <= 0", True),
        ("abs(own - 3) <= 7", True),
        ("floor(own / 2) <= 5", True),
        ("own between 0 and 10", True),
        ("own in [20..30]", False),
        ('(if ready then "x" else "y") != "z"', True),
        ('(if ready then "x" else "y") in ["x", "y"]', True),
        ('(if ready then "x" else "y") = "x"', WAITS),
        ('upper case(if ready then "x" else "y") = "z"', False),
        ("(if ready then 1 else 2) < 3", True),
        ("(if null > 1 then 1 else 2) < 3", None),
        ("(if own / own > 1 then 1 else 2) < 3", WAITS),
        ('start + duration("P1M") > start', WAITS),
        ("1 / own", WAITS),
        ("own ** 2 >= 0", WAITS),
    ],
)
def test_what_is_certain_is_said_and_the_rest_waits(text: str, expected: object) -> None:
    found = value_of(text, DRAFT, strict=True)
    assert (WAITS if isinstance(found, Unanswered) else found) == expected
