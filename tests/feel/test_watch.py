"""Watched trees mean what the trees they are made from mean, and write down what their conditions came out as."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.feel.check.expression import check
from mpfcheck.feel.evaluate.evaluator import evaluate
from mpfcheck.feel.study.watch import Watched, watch
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.syntax.tree import Compare
from mpfcheck.feel.syntax.unparse import unparse
from mpfcheck.feel.types import BOOLEAN, NUMBER, ListType, Type
from mpfcheck.feel.values.value import Unanswered, Value

NAMES: dict[str, Type] = {"a": BOOLEAN, "b": BOOLEAN, "n": NUMBER, "some_numbers": ListType(NUMBER)}
OPEN = Unanswered(frozenset({"/b"}))


def watched(text: str) -> tuple[object, list[Watched]]:
    tree = parse(text)
    checked = check(tree, NAMES)
    return watch(tree, lambda node: checked.type_of(node) == BOOLEAN, whole=checked.type == BOOLEAN)


def seen(text: str, **names: Value) -> dict[str, set[bool]]:
    tree, found = watched(text)
    evaluate(tree, names)  # type: ignore[arg-type]
    return {text[one.span.start : one.span.end]: one.seen for one in found}


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("a", {"a": True}, {"a": {True}}),
        ("a and b", {"a": True, "b": False}, {"a and b": {False}, "a": {True}, "b": {False}}),
        # What stands after a part that settles the whole is not looked at.
        ("a and b", {"a": False, "b": True}, {"a and b": {False}, "a": {False}, "b": set()}),
        ("a or b", {"a": True, "b": OPEN}, {"a or b": {True}, "a": {True}, "b": set()}),
        ("a or b", {"a": False, "b": OPEN}, {"a or b": set(), "a": {False}, "b": set()}),
        ("not(a and n > 1)", {"a": True, "n": Decimal(2)}, {"not(a and n > 1)": {False}, "a": {True}, "n > 1": {True}}),
        ("if a then n > 1 else b", {"a": True, "n": Decimal(0)}, {"a": {True}, "n > 1": {False}, "b": set()}),
        ("(if a then 1 else 2) = n", {"a": False, "n": Decimal(2)}, {"(if a then 1 else 2) = n": {True}, "a": {False}}),
        ("every x in some_numbers satisfies x > 1", {}, {"x > 1": {True, False}}),
        ("count(some_numbers[item > 5]) = 0", {}, {"count(some_numbers[item > 5]) = 0": {True}, "item > 5": {False}}),
        ("some_numbers[1] = 1", {}, {"some_numbers[1] = 1": {True}}),
    ],
)
def test_every_condition_is_seen_as_far_as_it_is_looked_at(
    text: str, names: dict[str, Value], expected: dict[str, set[bool]]
) -> None:
    found = seen(text, some_numbers=[Decimal(1), Decimal(3)], **names)
    assert expected.items() <= found.items()
    assert found.keys() - expected.keys() <= {text}


CONDITIONS = st.recursive(
    st.sampled_from(["a", "b", "n > 1", "n in [1, 2]", "(some x in some_numbers satisfies x = n)"]),
    lambda inner: (
        st.builds("({} and {})".format, inner, inner)
        | st.builds("({} or {})".format, inner, inner)
        | st.builds("not({})".format, inner)
        | st.builds("(if {} then {} else {})".format, inner, inner, inner)
    ),
    max_leaves=12,
)
TRUTHS = st.sampled_from([True, False, None, OPEN])


@given(CONDITIONS, TRUTHS, TRUTHS, st.integers(0, 3))
def test_a_watched_tree_means_the_same_and_its_root_writes_down_what_it_means(
    text: str, a: Value, b: Value, n: int
) -> None:
    names: dict[str, Value] = {"a": a, "b": b, "n": Decimal(n), "some_numbers": [Decimal(1), Decimal(3)]}
    tree, found = watched(text)
    value = evaluate(tree, names)  # type: ignore[arg-type]
    assert value == evaluate(parse(text), names)
    assert unparse(tree) == unparse(parse(text))  # type: ignore[arg-type]
    assert found[0].seen == ({value} if isinstance(value, bool) else set())


def test_whoever_looks_at_a_watched_tree_finds_what_was_there() -> None:
    tree, _ = watched("n > 1")
    assert isinstance(tree, Compare)
    assert type(tree) is not Compare
    match tree:
        case Compare(op, left, right):
            assert (op, unparse(left), unparse(right)) == (">", "n", "1")
