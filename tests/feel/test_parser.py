"""How FEEL is read: precedence, names with blanks and operators, ranges, errors that point at the spot."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.feel.errors import FeelSyntaxError, Span
from mpfcheck.feel.syntax.parser import DEEPEST, LONGEST, parse
from mpfcheck.feel.syntax.tree import (
    And,
    Arithmetic,
    Between,
    Compare,
    Expression,
    Filter,
    For,
    FunctionCall,
    In,
    InstanceOf,
    Iteration,
    Name,
    Negate,
    Number,
    Or,
    Path,
    RangeOf,
    Text,
    TypeName,
)
from mpfcheck.feel.syntax.tree import Test as UnaryTest


def n(value: str) -> Number:
    return Number(Decimal(value))


A, B, C = Name("a"), Name("b"), Name("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a or b and c", Or((A, And((B, C))))),
        ("a and b or c", Or((And((A, B)), C))),
        ("a + b * c", Arithmetic("+", A, Arithmetic("*", B, C))),
        ("a - b - c", Arithmetic("-", Arithmetic("-", A, B), C)),
        ("-a ** b", Arithmetic("**", Negate(A), B)),
        ("a ** b ** c", Arithmetic("**", Arithmetic("**", A, B), C)),
        ("a + b = c", Compare("=", Arithmetic("+", A, B), C)),
        ("a between b and c and a", And((Between(A, B, C), A))),
        ("a = b instance of number", Compare("=", A, InstanceOf(B, TypeName("number")))),
        ("a.b[c](1)", FunctionCall(Filter(Path(A, "b"), C), (n("1"),))),
        ("a in (b, < c)", In(A, (B, UnaryTest("<", C)))),
        ("a in < b", In(A, (UnaryTest("<", B),))),
        ("a in (b + c) * b", In(A, (Arithmetic("*", Arithmetic("+", B, C), B),))),
        ("a in (b..c]", In(A, (RangeOf(B, C, low_closed=False, high_closed=True),))),
        ("(< a)", RangeOf(None, A, low_closed=False, high_closed=False, op="<")),
        ("a(b: 1, c d: 2)", FunctionCall(A, (n("1"), n("2")), ("b", "c d"))),
        (".5e-1", n("0.05")),
    ],
)
def test_operators_bind_as_the_standard_says(text: str, tree: Expression) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "names", "tree"),
    [
        ("down-payment - a", ["down-payment"], Arithmetic("-", Name("down-payment"), A)),
        ("down-payment", [], Arithmetic("-", Name("down"), Name("payment"))),
        ("down - payment", ["down-payment"], Arithmetic("-", Name("down"), Name("payment"))),
        ("profit and loss and a", ["profit and loss"], And((Name("profit and loss"), A))),
        ("profit  and\nloss", ["profit and loss"], Name("profit and loss")),
        ("date and time(a)", [], FunctionCall(Name("date and time"), (A,))),
        ("list contains(a, b)", ["list"], FunctionCall(Name("list contains"), (A, B))),
        ("a.start included and b", [], And((Path(A, "start included"), B))),
        ("größe > \N{HORSE}", [], Compare(">", Name("größe"), Name("\N{HORSE}"))),
        ("? > 1", [], Compare(">", Name("?"), n("1"))),
    ],
)
def test_the_longest_known_name_wins_and_unknown_ones_end_at_a_reserved_word(
    text: str, names: list[str], tree: Expression
) -> None:
    assert parse(text, names) == tree


def test_names_of_loops_contexts_and_functions_are_known_where_they_are_in_scope() -> None:
    assert parse("for i in in a list return i", ["in a list"]) == For((Iteration("i", Name("in a list")),), Name("i"))
    loop = parse("for a-b in c return a-b")
    assert loop == For((Iteration("a-b", C),), Name("a-b"))
    assert parse("[for a-b in c return 1, a-b]").items[1] == Arithmetic("-", A, B)  # type: ignore[union-attr]
    assert parse("function(a-b) a-b").body == Name("a-b")  # type: ignore[union-attr]
    assert parse("{a-b: 1}.a-b") == Path(parse("{a-b: 1}"), "a-b")


@pytest.mark.parametrize("text", ["[1..10[", "[1..10)", "[ 1 .. 10 [ "])
def test_a_range_may_be_closed_by_a_bracket_the_other_way_round(text: str) -> None:
    assert parse(text) == RangeOf(n("1"), n("10"), low_closed=True, high_closed=False)


def test_a_bracket_after_a_range_is_a_filter_where_that_can_be_read() -> None:
    assert parse("[a..b[1]]") == RangeOf(A, Filter(B, n("1")), low_closed=True, high_closed=True)
    assert parse("[[1..2[, [b]]") == parse("[[1..2), [b]]")
    assert parse("a in [1..2[ and b in [1..2]") == parse("a in [1..2) and b in [1..2]")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"a\nb"', "a\nb"),
        (r'"\"\\\t"', '"\\\t'),
        (r'"\u0041\U01F40E"', "A\N{HORSE}"),
        (r'"\uD83D\uDC0E"', "\N{HORSE}"),
        (r'"\s\d\p{L}"', r"\s\d\p{L}"),
    ],
)
def test_escapes_are_read_and_those_of_regular_expressions_are_kept(text: str, value: str) -> None:
    assert parse(text) == Text(value)


def test_comments_count_as_blanks() -> None:
    assert parse("1 /* one */ + // two\n 2") == Arithmetic("+", n("1"), n("2"))


def test_every_node_carries_the_place_it_was_read_from() -> None:
    text = "  a + upper case(b)  "
    tree = parse(text)
    assert tree.span == Span(2, 19)
    assert isinstance(tree, Arithmetic)
    assert text[slice(*tree.right.span)] == "upper case(b)"


@pytest.mark.parametrize(
    ("text", "message", "start"),
    [
        ("", "expected a value or a name, but the expression ends here", 0),
        ("a +", "expected a value or a name, but the expression ends here", 3),
        ("a = = b", "expected a value or a name, found '='", 4),
        ("a b) c", "expected an operator or the end of the expression, found ')'", 3),
        ("if a then b", "expected 'else' after the first branch of 'if', but the expression ends here", 11),
        ('"abc', "this string is not closed", 0),
        ("a /* b", "this comment is not closed", 2),
        ("[1, 2", "expected ',' between the items of a list, but the expression ends here", 5),
        ("f(1, a: 2)", "arguments are given either all by name or all by position", 9),
        ("{a: 1, a: 2}", "the context has two entries 'a'", 7),
        ("function(a) external {}", "external functions are not part of the rule language", 12),
        ("1e9999", "this number is too large or too small", 0),
        ("some x in y", "expected 'satisfies' after the list of 'some', but the expression ends here", 11),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, message: str, start: int) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        parse(text)
    assert caught.value.message == message
    assert caught.value.span.start == start


@pytest.mark.parametrize(
    "text",
    [
        "(" * 500 + "1" + ")" * 500,
        "[" * 3000,
        "-" * 5000 + "1",
        "1" + "+1" * 4000,
        "a" + ".b" * 4000,
        "a" + "[1]" * 3000,
        "if a then " * 500 + "b",
        "not(" * 200 + "a" + ")" * 200,
        "[1.." * 300,
        "a in (" * 300,
        "x instance of " + "list<" * 500,
        "1" * (LONGEST + 1),
    ],
)
def test_what_is_too_long_or_nested_too_deeply_is_refused_with_a_clear_error(text: str) -> None:
    with pytest.raises(FeelSyntaxError):
        parse(text)


def test_nesting_up_to_the_limit_is_read() -> None:
    depth = DEEPEST - 1
    assert parse("(" * depth + "1" + ")" * depth) == n("1")


@given(st.text(alphabet='ab1 .,:[](){}<>=!+-*/"@\\\nifthenelsorad', max_size=40) | st.text(max_size=20))
def test_any_text_is_a_tree_or_a_syntax_error(text: str) -> None:
    try:
        parse(text)
    except FeelSyntaxError as error:
        assert 0 <= error.span.start <= error.span.end <= len(text)  # noqa: PT017 - either outcome is fine
