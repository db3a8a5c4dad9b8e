"""Mutants: every small change somebody might make by mistake, each by itself, and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mpfcheck.feel.check.expression import check
from mpfcheck.feel.study.mutants import mutants, step_of
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.syntax.unparse import unparse
from mpfcheck.feel.types import BOOLEAN, NUMBER, TEXT, ContextType, ListType, TextType, Type

KINDS = TextType("kinds", frozenset({"a", "b", "c"}))
NAMES: dict[str, Type] = {
    "yes": BOOLEAN,
    "no": BOOLEAN,
    "n": NUMBER,
    "kind": KINDS,
    "word": TEXT,
    "numbers": ListType(NUMBER),
    "group": ContextType({"members": ListType(KINDS), "candidates": ListType(KINDS)}),
}


def made_of(text: str) -> list[str]:
    tree = parse(text)
    return [unparse(mutant.tree) for mutant in mutants(tree, check(tree, NAMES).type_of)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yes", ["not(yes)"]),
        ("n <= n", ["n < n", "n > n"]),
        ("n > 5", ["n >= 5", "n <= 5", "n > 6", "n > 4"]),
        ("n = 0.95", ["n != 0.95", "n = 0.96", "n = 0.94"]),
        ("yes and no", ["yes or no", "no", "yes", "not(yes) and no", "yes and not(no)"]),
        ("not(yes)", ["yes", "not(not(yes))"]),
        ('kind = "a"', ['kind != "a"', 'kind = "b"']),
        ('kind = "c"', ['kind != "c"', 'kind = "a"']),
        ('word != ""', ['word = ""', 'word != "?"']),
        (
            'kind in ["a", "b"]',
            ['not(kind in ["a", "b"])', 'kind in ["b"]', 'kind in ["a"]', 'kind in ["a", "b", "c"]'],
        ),
        ("kind in group.members", ["not(kind in group.members)", "kind in group.candidates"]),
        (
            "n in [1..3)",
            [
                "not(n in [1..3))",
                "n in (1..3)",
                "n in [1..3]",
                "n in [2..3)",
                "n in [0..3)",
                "n in [1..4)",
                "n in [1..2)",
            ],
        ),
        ("n in (> 5)", ["not(n in (> 5))", "n in (>= 5)", "n in (<= 5)", "n in (> 6)", "n in (> 4)"]),
        (
            "some x in numbers satisfies x = n",
            ["every x in numbers satisfies x = n", "some x in numbers satisfies x != n"],
        ),
        (
            "(if yes then 1 else n)",
            ["if yes then n else 1", "if not(yes) then 1 else n", "if yes then 2 else n", "if yes then 0 else n"],
        ),
        ("numbers[item > n]", ["numbers", "numbers[item >= n]", "numbers[item <= n]"]),
        ("numbers[1]", ["numbers[2]", "numbers[0]"]),
        (
            "round up(n * n, 2)",
            [
                "round down(n * n, 2)",
                "round half up(n * n, 2)",
                "round up(n / n, 2)",
                "round up(n * n, 3)",
                "round up(n * n, 1)",
            ],
        ),
        ("abs(n)", ["n"]),
        ("concatenate(numbers, numbers)", ["concatenate(numbers)", "concatenate(numbers)"]),
        (
            '@"2024-03-01" + @"P1M"',
            [
                '@"2024-03-01" - @"P1M"',
                '@"2024-03-02" + @"P1M"',
                '@"2024-02-29" + @"P1M"',
                '@"2024-03-01" + @"P2M"',
                '@"2024-03-01" + @"P0M"',
            ],
        ),
    ],
)
def test_each_part_is_changed_once_in_each_way(text: str, expected: list[str]) -> None:
    assert made_of(text) == expected


def test_both_ends_of_between_are_left_out_once() -> None:
    assert made_of("n between 1 and n")[:3] == [
        "n > 1 and n <= n",
        "n >= 1 and n < n",
        "not(n between 1 and n)",
    ]


def test_a_change_is_told_in_words_with_its_place() -> None:
    text = 'yes and (no or kind in ["a", "b"])'
    tree = parse(text)
    told = {(text[mutant.span.start :][:9], mutant.change) for mutant in mutants(tree, check(tree, NAMES).type_of)}
    assert ("yes and (", "`and` becomes `or` after `yes`") in told
    assert ("no or kin", "`no` left out") in told
    assert ("no or kin", "`no` becomes `not(no)`") in told
    assert ("kind in [", '"a" left out of `kind in ["a", "b"]`') in told
    assert ("kind in [", '"c" put into `kind in ["a", "b"]`') in told


@pytest.mark.parametrize(
    "text", ['yes and (no or n > 3) and word != "x"', "every x in numbers satisfies (if yes then x > 1 else no)"]
)
def test_no_mutant_is_the_original_and_each_differs_in_one_place(text: str) -> None:
    made = made_of(text)
    assert unparse(parse(text)) not in made
    assert len(made) == len(set(made))


@pytest.mark.parametrize(
    ("number", "step"), [("5", "1"), ("200000.00", "0.01"), ("0.95", "0.01"), ("1E+3", "1"), ("0.5", "0.1")]
)
def test_a_number_is_changed_in_its_last_written_place(number: str, step: str) -> None:
    assert step_of(Decimal(number)) == Decimal(step)
