"""The law of unanswered fields, on expressions and half-filled proposals made up at random.

A result that is there stays as it is however absent fields are filled in, and what is not there names the very fields
that are absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.feel.evaluate.evaluator import evaluate
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.types import BOOLEAN, DATE, NUMBER, TEXT, ContextType, Field, ListType, RecordType
from mpfcheck.feel.values.comparison import same
from mpfcheck.feel.values.value import Record, Unanswered, Value, unanswered_in

MANDATE = RecordType("mandate", {"country": Field(TEXT), "share": Field(NUMBER)})
APPLICANT = RecordType(
    "applicant",
    {
        "name": Field(TEXT),
        "country": Field(TEXT),
        "age": Field(NUMBER),
        "public": Field(BOOLEAN),
        "mandate": Field(MANDATE),
    },
)
PROPOSAL = RecordType(
    "proposal",
    {
        "title": Field(TEXT),
        "total": Field(NUMBER),
        "own": Field(NUMBER),
        "ready": Field(BOOLEAN),
        "start": Field(DATE),
        "lead": Field(APPLICANT),
        "partners": Field(ListType(APPLICANT), "empty"),
        "countries": Field(ListType(TEXT)),
        "sums": Field(ListType(NUMBER)),
    },
)

texts = st.sampled_from(["a", "b", ""])
numbers = st.sampled_from([Decimal(0), Decimal(1), Decimal("2.5")])
applicants = st.fixed_dictionaries(
    {
        "name": texts,
        "country": texts,
        "age": numbers,
        "public": st.booleans(),
        "mandate": st.fixed_dictionaries({"country": texts, "share": numbers}),
    }
)
proposals = st.fixed_dictionaries(
    {
        "title": texts,
        "total": numbers,
        "own": numbers,
        "ready": st.booleans(),
        "start": st.sampled_from([date(2024, 1, 1), date(2024, 2, 29)]),
        "lead": applicants,
        "partners": st.lists(applicants, max_size=3),
        "countries": st.lists(texts, max_size=3),
        "sums": st.lists(numbers, max_size=3),
    }
)


def fields(bound: tuple[str, ...], kind: str) -> list[str]:
    """Ways to say a field of that kind, with applicants bound to these names."""
    of_proposal = {
        "text": ["title"],
        "number": ["total", "own"],
        "truth": ["ready"],
        "date": ["start"],
        "texts": ["countries", "partners.country", "partners.mandate.country", "[title, lead.name]"],
        "numbers": ["sums", "partners.age", "[total, own, 1]", "[lead.age]"],
    }
    of_applicant = {
        "text": ["name", "country", "mandate.country"],
        "number": ["age", "mandate.share"],
        "truth": ["public"],
    }
    return of_proposal[kind] + [f"{name}.{field}" for name in ("lead", *bound) for field in of_applicant.get(kind, [])]


@st.composite
def expressions(draw: st.DrawFn, kind: str, depth: int, bound: tuple[str, ...] = ()) -> str:
    """An expression of a kind; now and then one of another, as FEEL allows it and says null."""
    if draw(st.integers(0, 30)) == 0:
        kind = draw(st.sampled_from(["text", "number", "truth", "texts", "numbers", "date", "null"]))
    if kind == "null":
        return "null"
    constants = {
        "text": ['"a"', '"b"'],
        "number": ["0", "1", "2.5", "-1"],
        "truth": ["true", "false"],
        "date": ['date("2024-01-01")', '@"2024-02-29"'],
        "texts": ['["a", "b"]', "[]"],
        "numbers": ["[1, 2.5]", "[]"],
    }
    if depth <= 0:
        return draw(st.sampled_from(fields(bound, kind) * 2 + constants[kind]))

    def inner(of: str, more: tuple[str, ...] = ()) -> str:
        return draw(expressions(of, depth - 1, (*bound, *more)))

    name = f"p{depth}"
    other = draw(st.sampled_from(["text", "number", "truth", "texts", "numbers"]))
    choices: dict[str, list[str]] = {
        "truth": [
            *("compare", "and", "or", "not", "some", "every", "in", "contains", "between", "all", "equal", "is"),
            *("some of", "every of", "in list", "all of", "text test", "lists equal"),
        ],
        "number": ["arithmetic", "sum", "count", "fold", "length", "round", "index", "at", "member"],
        "text": ["join", "concat", "upper", "at text", "substring", "string"],
        "date": ["add"],
        "texts": ["for", "append", "filter", "distinct", "sort", "sublist", "union", "split"],
        "numbers": [
            *("for", "append", "filter", "concat lists", "reverse", "flatten", "replace", "index of"),
            *("for of", "filter of", "insert", "remove", "partial", "union", "sort numbers", "mode"),
        ],
    }
    form = draw(st.sampled_from([*choices[kind], "if", "leaf", "function"]))
    scalar, items = ("text", "texts") if kind in ("text", "texts") else ("number", "numbers")
    if form == "leaf":
        return draw(expressions(kind, 0, bound))
    if form == "if":
        return f"(if {inner('truth')} then {inner(kind)} else {inner(kind)})"
    if form == "function":
        return f"(function(x) {draw(st.sampled_from(['x', '[x][1]', '{a: x}.a']))})({inner(kind)})"
    written = {
        "compare": lambda: f"({inner(other)} {draw(st.sampled_from(['<', '<=', '>', '>=']))} {inner(other)})",
        "equal": lambda: f"({inner(other)} {draw(st.sampled_from(['=', '!=']))} {inner(other)})",
        "is": lambda: f"is({inner(other)}, {inner(other)})",
        "and": lambda: f"({inner('truth')} and {inner('truth')})",
        "or": lambda: f"({inner('truth')} or {inner('truth')})",
        "not": lambda: f"not({inner('truth')})",
        "some": lambda: f"(some {name} in partners satisfies {inner('truth', (name,))})",
        "every": lambda: f"(every {name} in [lead, lead] satisfies {inner('truth', (name,))})",
        "in": lambda: f"({inner('number')} in ({inner('number')}, [{inner('number')}..{inner('number')}], < 1))",
        "contains": lambda: f"list contains({inner('texts')}, {inner('text')})",
        "between": lambda: f"({inner('number')} between {inner('number')} and {inner('number')})",
        "all": lambda: f"{draw(st.sampled_from(['all', 'any']))}([{inner('truth')}, {inner('truth')}])",
        "arithmetic": lambda: (
            f"({inner('number')} {draw(st.sampled_from(['+', '-', '*', '/', '**']))} {inner('number')})"
        ),
        "sum": lambda: f"sum({inner('numbers')})",
        "fold": lambda: f"{draw(st.sampled_from(['min', 'max', 'mean', 'median', 'product']))}({inner('numbers')})",
        "count": lambda: f"count({inner(other if other.endswith('s') else 'texts')})",
        "length": lambda: f"string length({inner('text')})",
        "round": lambda: f"decimal({inner('number')}, 1)",
        "index": lambda: f"count(index of({inner('texts')}, {inner('text')}))",
        "at": lambda: f"{inner('numbers')}[{inner('number')}]",
        "at text": lambda: f"{inner('texts')}[{draw(st.sampled_from(['1', '-1', '2']))}]",
        "member": lambda: f"{{a: {inner('number')}, b: a}}.b",
        "join": lambda: f"string join({inner('texts')}, {inner('text')})",
        "concat": lambda: f"({inner('text')} + {inner('text')})",
        "upper": lambda: f"upper case({inner('text')})",
        "substring": lambda: f"substring({inner('text')}, 1)",
        "string": lambda: f"string({inner(other)})",
        "add": lambda: f'({inner("date")} + duration("P1M"))',
        "for": lambda: f"(for {name} in partners return {inner(scalar, (name,))})",
        "append": lambda: f"append({inner(items)}, {inner(scalar)})",
        "filter": lambda: f"partners[{inner('truth', ('item',))}].{draw(st.sampled_from(['country', 'name', 'age']))}",
        "distinct": lambda: f"distinct values({inner('texts')})",
        "sort": lambda: f"sort({inner('texts')})",
        "sublist": lambda: f"sublist({inner('texts')}, 1, 1)",
        "union": lambda: f"union({inner(items)}, {inner(items)})",
        "split": lambda: f'split({inner("text")}, "a")',
        "concat lists": lambda: f"concatenate({inner('numbers')}, {inner('numbers')})",
        "reverse": lambda: f"reverse({inner('numbers')})",
        "flatten": lambda: f"flatten([{inner('numbers')}, {inner('number')}])",
        "replace": lambda: f"list replace({inner('numbers')}, function(a, b) a < b, {inner('number')})",
        "index of": lambda: f"index of({inner('numbers')}, {inner('number')})",
        "some of": lambda: (
            f"(some y in {inner('numbers')}, z in {inner('numbers')} satisfies (y < z or {inner('truth')}))"
        ),
        "every of": lambda: f"(every y in {inner('texts')} satisfies (y != {inner('text')} or {inner('truth')}))",
        "in list": lambda: f"({inner('text')} in {inner('texts')})",
        "all of": lambda: (
            f"{draw(st.sampled_from(['all', 'any']))}(for {name} in partners return {inner('truth', (name,))})"
        ),
        "text test": lambda: f"{draw(st.sampled_from(['contains', 'starts with']))}({inner('text')}, {inner('text')})",
        "lists equal": lambda: f"({inner('numbers')} = {inner('numbers')})",
        "for of": lambda: f"(for y in {inner('numbers')}, z in {inner('numbers')} return y + z)",
        "filter of": lambda: f"({inner('numbers')})[item {draw(st.sampled_from(['<', '>=', '=']))} {inner('number')}]",
        "insert": lambda: (
            f"insert before({inner('numbers')}, {draw(st.sampled_from(['1', '2', '-1']))}, {inner('number')})"
        ),
        "remove": lambda: f"remove({inner('numbers')}, {draw(st.sampled_from(['1', '2', '-1']))})",
        "partial": lambda: f"(for y in {inner('numbers')} return count(partial) + y)",
        "sort numbers": lambda: f"sort({inner('numbers')})",
        "mode": lambda: f"mode({inner('numbers')})",
    }
    return written[form]()


@st.composite
def drafts(draw: st.DrawFn, answers: Mapping[str, object]) -> dict[str, object]:
    """The answers with some left out, at any depth; lists that count as given where absent stay."""
    kept: dict[str, object] = {}
    for name, value in answers.items():
        if name != "partners" and draw(st.booleans()):
            continue
        if isinstance(value, dict):
            kept[name] = draw(drafts(value))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            kept[name] = [draw(drafts(item)) for item in value]
        elif isinstance(value, list):
            kept[name] = [None if draw(st.integers(0, 3)) == 0 else item for item in value]
        else:
            kept[name] = value
    return kept


def at(answers: object, pointer: str) -> object:
    """What stands at a JSON Pointer, or None."""
    found = answers
    for part in pointer.split("/")[1:]:
        if isinstance(found, dict):
            found = found.get(part)
        elif isinstance(found, list):
            found = found[int(part)]
        else:
            return None
    return found


def value_of(text: str, answers: Mapping[str, object], read: set[str] | None = None, *, strict: bool = False) -> Value:
    return evaluate(parse(text), {}, record=Record(answers, PROPOSAL), read=read, strict=strict)


kinds = st.sampled_from(["truth", "truth", "number", "text", "texts", "numbers", "date"])


@given(st.data())
def test_a_result_that_is_there_never_changes_when_absent_fields_are_filled_in(data: st.DataObject) -> None:
    full = data.draw(proposals)
    draft = data.draw(drafts(full))
    text = data.draw(kinds.flatmap(lambda kind: expressions(kind, 3)))
    on_draft, on_full = value_of(text, draft), value_of(text, full)
    assert unanswered_in(on_full) is None, text
    if unanswered_in(on_draft) is None:
        assert same(on_draft, on_full), (text, on_draft, on_full)


@given(st.data())
def test_a_strict_answer_is_that_of_the_standard_and_stays_when_fields_are_filled_in(data: st.DataObject) -> None:
    """Where null decides nothing, what is true or false is so in the standard too, and on every completion."""
    full = data.draw(proposals)
    draft = data.draw(drafts(full))
    text = data.draw(expressions("truth", 3))
    on_draft = value_of(text, draft, strict=True)
    if isinstance(on_draft, bool):
        assert value_of(text, draft) is on_draft, text
        assert value_of(text, full, strict=True) is on_draft, text


@given(st.data())
def test_what_is_unanswered_names_fields_that_are_absent_and_what_was_read_is_answered(data: st.DataObject) -> None:
    draft = data.draw(drafts(data.draw(proposals)))
    text = data.draw(kinds.flatmap(lambda kind: expressions(kind, 3)))
    read: set[str] = set()
    found = unanswered_in(value_of(text, draft, read))
    if found is not None:
        assert found.paths, text
        assert [path for path in found.paths if at(draft, path) is not None] == [], text
    assert [path for path in read if at(draft, path) is None] == [], text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ready and false", False),
        ("false and ready", False),
        ("ready or true", True),
        ("some x in [ready, true] satisfies x", True),
        ("every x in [ready, false] satisfies x", False),
        ("all([ready, false])", False),
        ("any([ready, true])", True),
        ("if ready then 1 else 1", Decimal(1)),
        ("count([ready, total])", Decimal(2)),
        ("list contains([1, total], 1)", True),
        ("{a: 1, b: total}.a", Decimal(1)),
        ("count(partners)", Decimal(0)),
        ("[total, 2][2]", Decimal(2)),
        ("partners[age > total]", []),
        ("ready = null and false", False),
        ("null and false", False),
    ],
)
def test_what_is_decided_without_an_answer_does_not_wait_for_it(text: str, expected: Value) -> None:
    assert value_of(text, {}) == expected


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("total", {"/total"}),
        ("total + own", {"/total", "/own"}),
        ("ready and total > 1", {"/ready", "/total"}),
        ("ready and null", {"/ready"}),
        ("ready or null", {"/ready"}),
        ("lead.mandate.country", {"/lead/mandate/country"}),
        ("lead.mandate", {"/lead/mandate"}),
        ("if ready then 1 else 2", {"/ready"}),
        ("if ready then total else 2", {"/ready", "/total"}),
        ("list contains([1, total], 2)", {"/total"}),
        ("sum([1, total])", {"/total"}),
        ("total = total", {"/total"}),
        ("countries[1]", {"/countries"}),
        ("start.year", {"/start"}),
        ("string(total)", {"/total"}),
        ("[1, 2][item > total]", {"/total"}),
        ("for x in countries return 1", {"/countries"}),
        ("total instance of number", {"/total"}),
    ],
)
def test_what_is_undecided_names_the_answers_it_waits_for(text: str, paths: set[str]) -> None:
    found = value_of(text, {})
    assert isinstance(found, Unanswered)
    assert found.paths == paths


def test_members_of_list_items_are_named_with_the_position_of_the_item() -> None:
    found = value_of("partners.country", {"partners": [{"country": "a"}, {}]})
    assert found == ["a", Unanswered(frozenset({"/partners/1/country"}))]


def test_the_pointers_of_the_answers_that_were_read_are_collected() -> None:
    read: set[str] = set()
    answers = {"lead": {"name": "a", "country": "b"}, "ready": True, "total": Decimal(1)}
    assert value_of('ready and lead.country = "b"', answers, read) is True
    assert read == {"/ready", "/lead/country"}


def test_a_field_that_is_not_declared_is_null() -> None:
    assert value_of("lead.shoe_size", {"lead": {"shoe_size": 43}}) is None


OPEN = RecordType("answers", {"annex": Field(ContextType())})
OPEN_ANSWERS = {"annex": {"a": 1, "inner": {"x": "y"}, "items": [{"q": 2}, {"r": 1}]}}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("annex.a", Decimal(1)),
        ('annex.inner.x = "y"', True),
        ("count(annex.items)", Decimal(2)),
        ("some item in annex.items satisfies item.q = 2", True),
        ("annex.foo != 1", {"/annex/foo"}),
        ("annex.inner.z", {"/annex/inner/z"}),
        ("every item in annex.items satisfies item.q = 2", {"/annex/items/1/q"}),
        ("annex.items[q = 2]", {"/annex/items/1/q"}),
        ("annex = {a: 1}", {"/annex"}),
        ("count(get entries(annex)) = 1", {"/annex"}),
        ('get value(annex, "foo") = 1', {"/annex"}),
        ("annex instance of context<a: number>", {"/annex"}),
    ],
)
def test_more_may_come_into_an_object_whose_fields_nobody_declared(text: str, value: object) -> None:
    found = evaluate(parse(text), {}, record=Record(OPEN_ANSWERS, OPEN))
    assert (set(found.paths) if isinstance(found, Unanswered) else found) == value
