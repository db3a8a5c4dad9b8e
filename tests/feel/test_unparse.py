"""Trees as text: parsing the text gives the tree again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.feel.syntax import tree
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.syntax.tree import Expression
from mpfcheck.feel.syntax.unparse import unparse

KNOWN = ("lead", "x", "down payment", "a-b", "count", "x1")
TEXTS = st.text(max_size=6) | st.sampled_from(['"', "\\", "\\n", "\n\t", "\\u0041", "é", "\U0001f600", "//", "/* "])
NAMES = st.sampled_from(KNOWN)
MEMBERS = st.sampled_from(["country", "down payment", "kind", "x"])
VARIABLES = st.sampled_from(["p", "q", "each one"])
COMPARISONS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
TYPES = st.recursive(
    st.sampled_from(["number", "string", "date and time", "Any", "list", "context"]).map(tree.TypeName),
    lambda inner: (
        st.builds(tree.TypeName, st.sampled_from(["list", "range"]), st.tuples(inner))
        | st.builds(
            tree.TypeName,
            st.just("context"),
            members=st.lists(st.tuples(st.sampled_from(["a", "b"]), inner), min_size=1, max_size=2).map(tuple),
        )
        | st.builds(tree.TypeName, st.just("function"), st.lists(inner, max_size=2).map(tuple), result=inner)
    ),
    max_leaves=4,
)
LEAVES = (
    st.decimals(min_value=0, max_value=Decimal("1e12"), allow_nan=False, places=3).map(tree.Number)
    | TEXTS.map(tree.Text)
    | TEXTS.map(tree.Temporal)
    | st.booleans().map(tree.Boolean)
    | st.just(tree.Null())
    | NAMES.map(tree.Name)
)


def ranges(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    def one_sided(op: str, end: Expression) -> tree.RangeOf:
        found = parse(f"({op} 1)")
        assert isinstance(found, tree.RangeOf)
        low, high = end if found.low else None, end if found.high else None
        return tree.RangeOf(low, high, found.low_closed, found.high_closed, found.op)

    two_sided = st.builds(tree.RangeOf, inner, inner, st.booleans(), st.booleans())
    return two_sided | st.builds(one_sided, COMPARISONS, inner)


def larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    few = st.lists(inner, max_size=2).map(tuple)
    tests = st.lists(inner | st.builds(tree.Test, COMPARISONS, inner), min_size=1, max_size=3).map(tuple)
    iterations = st.lists(st.builds(tree.Iteration, VARIABLES, inner, st.none() | inner), min_size=1, max_size=2).map(
        tuple
    )
    named = st.dictionaries(st.sampled_from(["list", "start position", "n"]), inner, min_size=1)
    entries = st.dictionaries(st.sampled_from(["a", "down payment", "a-b", "1", 'q"', ""]), inner, max_size=2)
    parameters = st.dictionaries(VARIABLES, st.none() | TYPES, max_size=2).map(lambda found: tuple(found.items()))
    return st.one_of(
        st.builds(tree.Path, inner, MEMBERS),
        st.builds(tree.Filter, inner, inner),
        st.builds(tree.Arithmetic, st.sampled_from(["+", "-", "*", "/", "**"]), inner, inner),
        st.builds(tree.Negate, inner),
        st.builds(tree.Compare, COMPARISONS, inner, inner),
        st.builds(tree.Between, inner, inner, inner),
        st.builds(tree.In, inner, tests),
        st.builds(tree.And, several),
        st.builds(tree.Or, several),
        st.builds(tree.If, inner, inner, inner),
        st.builds(tree.For, iterations, inner),
        st.builds(tree.Quantified, st.sampled_from(["some", "every"]), iterations, inner),
        st.builds(tree.InstanceOf, inner, TYPES),
        st.builds(tree.FunctionCall, NAMES.map(tree.Name), few),
        st.builds(
            lambda function, found: tree.FunctionCall(function, tuple(found.values()), tuple(found)),
            NAMES.map(tree.Name),
            named,
        ),
        st.builds(tree.ListOf, few),
        entries.map(lambda found: tree.Context(tuple(found.items()))),
        ranges(inner),
        st.builds(tree.FunctionLiteral, parameters, inner),
    )


@given(st.recursive(LEAVES, larger, max_leaves=12))
def test_parsing_the_text_of_a_tree_gives_the_tree(expression: Expression) -> None:
    assert parse(unparse(expression), [*KNOWN, "each one"]) == expression


SHORTEST = [
    'lead.country in ["LT", "LV"] and not(lead.non_profit) or budget.total >= 0.95 * (a + b)',
    "(a or b) and c",
    "a - (b - c) - d",
    "-(a + b) ** 2",
    'sum(budget.lines[heading = "travel"].amount)',
    "some p in co_applicants satisfies p.country = lead.country",
    "(if a then b else c) + 1",
    "for i in 1 .. 3 return partial",
    "a in (< 5, 7, [1..3))",
    'start_date + @"P1M" * duration_months',
    "(function(a: number) a)(1)",
    'substring(string: "abc", start position: 1)',
]


@pytest.mark.parametrize("text", SHORTEST)
def test_writes_no_parentheses_that_are_not_needed(text: str) -> None:
    assert unparse(parse(text)) == text
