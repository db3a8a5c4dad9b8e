"""What expressions mean: the standard's own tests say most of it (test_tck); here stands what they leave out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal

import pytest

from mpfcheck.feel.errors import LimitExceeded
from mpfcheck.feel.evaluate.builtins.registry import BUILTINS
from mpfcheck.feel.evaluate.evaluator import WorkLimits, evaluate
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.values.value import Value


def value_of(text: str, names: Mapping[str, Value] | None = None, limits: WorkLimits | None = None) -> Value:
    return evaluate(parse(text), names or {}, limits=limits or WorkLimits())


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        # Examples of the standard, chapters 10.3.1 and 10.3.4.
        ('substring("\\U01F40Eab", 2)', '"ab"'),
        ('substring after("", "a")', '""'),
        ('replace("banana", "a", "o")', '"bonono"'),
        ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '"[1=ab][2=]cd"'),
        ('split("a;b;c;;", ";")', '["a", "b", "c", "", ""]'),
        ('string join(["a", null, "c"], "X")', '"aXc"'),
        ('string join([], "X")', '""'),
        ("sum([])", "null"),
        ("mean(1, 2, 3)", "2"),
        ("all([false, null, true])", "false"),
        ("any([])", "false"),
        ("append([1], 2, 3)", "[1, 2, 3]"),
        ("list replace([2, 4, 7, 8], 3, 6)", "[2, 4, 6, 8]"),
        ("list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)", "[5, 5, 7, 8]"),
        ("union([1, 2], [2, 3])", "[1, 2, 3]"),
        ("flatten([[1, 2], [[3]], 4])", "[1, 2, 3, 4]"),
        ("median([6, 1, 2, 3])", "2.5"),
        ("stddev(2, 4, 7, 5)", "2.081665999466132735282297706979931"),
        ("stddev([47])", "null"),
        ("mode([6, 1, 9, 6, 1])", "[1, 6]"),
        ("floor(-1.56, 1)", "-1.6"),
        ("ceiling(-1.56, 1)", "-1.5"),
        ("round half down(-1.126, 2)", "-1.13"),
        ("modulo(-10.1, 4.5)", "3.4"),
        ('number("1 000,0", " ", ",")', "1000"),
        ('number("1,000.0", ",", ".")', "1000"),
        ('date and time("2012-12-24T23:59:00") + duration("PT1M")', 'date and time("2012-12-25T00:00:00")'),
        ('years and months duration(date("2011-12-22"), date("2013-08-24"))', 'duration("P1Y8M")'),
        ('range("[2..)")', "(>= 2)"),
        ('range("(..2)")', "(< 2)"),
        ("day of week(date(2019, 9, 17))", '"Tuesday"'),
        ("month of year(date(2019, 9, 17))", '"September"'),
        ("week of year(date(2005, 1, 1))", "53"),
        ("day of year(date(2019, 9, 17))", "260"),
        ("overlaps before([1..5), (1..5])", "true"),
        ("overlaps after((1..5], [1..5])", "true"),
        ("finished by([1..10], (1..10])", "true"),
        ("includes([1..10], (1..10))", "true"),
        ("during(1, (1..10])", "false"),
        ("before([1..10), 10)", "true"),
        ("after([11..20], [1..11))", "true"),
        ("met by([5..10], [1..5])", "true"),
        ("coincides(5, 5)", "true"),
        ("sort(list: [3, 1, 4, 5, 2], precedes: function(x, y) x < y)", "[1, 2, 3, 4, 5]"),
        ('context put({x: 1, y: {a: 0}}, ["y", "a"], 2)', "{x: 1, y: {a: 2}}"),
        ("context put({x: 1}, [], 2)", "null"),
        ('context([{key: "a", value: 1}, {key: "b"}])', "null"),
        ("get entries({a: 1})", '[{key: "a", value: 1}]'),
        ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", "[1, 1, 2, 6, 24]"),
        ("for i in 3..1 return i", "[3, 2, 1]"),
        ('for d in @"2024-02-28"..@"2024-03-01" return d.day', "[28, 29, 1]"),
        ("for i in [1..4) return i", "[1, 2, 3]"),
        ("{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(10)}.r", "3628800"),
        ('is(@"23:00:50Z", @"23:00:50+00:00")', "true"),
        ("5 in (? > 3)", "true"),
        ("if null then 1 else 2", "2"),
        ("[1, 2, 3][item >= 2][1]", "2"),
        ("[{a: [1, 2]}, {a: [3]}].a", "[[1, 2], [3]]"),
        ('string([1, "a", {b: @"2024-01-01"}])', r'"[1, \"a\", {b: @\"2024-01-01\"}]"'),
        ("string(1.500)", '"1.5"'),
        ("string(1e3)", '"1000"'),
    ],
)
def test_an_expression_has_the_value_the_standard_gives_it(text: str, same_as: str) -> None:
    assert value_of(text) == value_of(same_as)


@pytest.mark.parametrize(
    "text",
    [
        '1 + "a"',
        "1 / 0",
        "10 ** 7000",
        '1 < "a"',
        "nobody",
        "nobody(1)",
        "1(2)",
        "abs(1, 2)",
        "abs(m: 1)",
        'date("2023-02-29")',
        "sqrt(-1)",
        "log(0)",
        "[1, 2][3]",
        "[1, 2][1.5]",
        "{a: 1}.b",
        "(function(a, b) a)(1)",
        '(function(a: number) a)("x")',
        'sort([1, "a"])',
        'matches("a", "[")',
        'replace("a", "a", "$")',
        "for i in null return i",
        "for i in 1..2.5 return i",
        'number("1,5")',
        "null[1]",
        "min([])",
        '@"never"',
        "not(1)",
    ],
)
def test_a_wrong_type_or_an_impossible_operation_is_null(text: str) -> None:
    assert value_of(text) is None


def test_numbers_are_exact_decimals_of_34_digits() -> None:
    assert value_of("0.1 + 0.2 = 0.3") is True
    assert value_of("1 / 3") == Decimal("0." + "3" * 34)
    assert value_of("190000.01 - 0.01") == Decimal("190000.00")


def test_an_argument_is_converted_as_the_standard_says() -> None:
    assert value_of('upper case(["a"])') == "A"
    assert value_of('count("a")') == Decimal(1)
    assert value_of("(function(a: list<number>) a)(1)") == [Decimal(1)]
    assert value_of('(function(a: date and time) a.hour)(date("2024-01-01"))') == Decimal(0)


def test_names_given_from_outside_are_found_and_inner_ones_hide_them() -> None:
    names: dict[str, Value] = {"x": Decimal(1), "first name": "a"}
    assert value_of("x + 1", names) == Decimal(2)
    assert evaluate(parse("first name", names), names) == "a"
    assert value_of("[for x in [2, 3] return x, x]", names) == [[Decimal(2), Decimal(3)], Decimal(1)]
    assert value_of("{x: 5, y: x}.y", names) == Decimal(5)
    assert value_of("[{x: 7}, {y: 8}][x > 0]", names) == [{"x": Decimal(7)}, {"y": Decimal(8)}]


def test_every_builtin_function_of_the_standard_is_there_but_the_clock() -> None:
    wanted = (
        "date;date and time;time;number;string;duration;years and months duration;range;not;is;substring;string length;"
        "upper case;lower case;substring before;substring after;replace;contains;starts with;ends with;matches;split;"
        "string join;list contains;list replace;count;min;max;sum;mean;all;any;sublist;append;concatenate;"
        "insert before;remove;reverse;index of;union;distinct values;flatten;product;median;stddev;mode;sort;decimal;"
        "floor;ceiling;round up;round down;round half up;round half down;abs;modulo;sqrt;log;exp;odd;even;day of year;"
        "day of week;month of year;week of year;before;after;meets;met by;overlaps;overlaps before;overlaps after;"
        "finishes;finished by;includes;during;starts;started by;coincides;get value;get entries;context;context put;"
        "context merge"
    )
    of_our_own = {"plain name", "digits"}
    assert set(BUILTINS) == {*wanted.split(";"), *of_our_own}


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..1000000 return i",
        "for i in 1..1000, j in 1..1000, k in 1..1000 return 1",
        "some i in 1..99999, j in 1..99999 satisfies i < 0",
        'for i in 1..60 return if i = 1 then "ab" else partial[-1] + partial[-1]',
        "for i in 1..60 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])",
        "flatten(for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]])",
        "string(for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]])",
        "{a: for i in 1..40 return if i = 1 then [1] else [partial[-1], partial[-1]], "
        "b: for i in 1..40 return if i = 1 then [1] else [partial[-1], partial[-1]], c: a = b}",
        "distinct values(for i in 1..9999 return {a: i})",
        "{f: function(n) f(n), r: f(1)}",
        "{f: function(g) g(g), r: f(f)}",
        'replace("' + "a" * 2000 + '", "a", "' + "b" * 5000 + '")',
    ],
)
def test_work_beyond_the_limits_is_stopped_soon(text: str) -> None:
    with pytest.raises(LimitExceeded):
        value_of(text, limits=WorkLimits(steps=300_000))


def test_the_limits_are_the_callers() -> None:
    with pytest.raises(LimitExceeded, match="more than 10 steps"):
        value_of("for i in 1..11 return i", limits=WorkLimits(steps=10))
    with pytest.raises(LimitExceeded, match="more than 5 items"):
        value_of("for i in 1..6 return i", limits=WorkLimits(items=5))
    with pytest.raises(LimitExceeded, match="more than 3 characters"):
        value_of('"ab" + "cd"', limits=WorkLimits(characters=3))


def test_starting_loads_no_time_zones_and_no_patterns() -> None:
    program = (
        "import sys, mpfcheck.feel.evaluate.evaluator, mpfcheck.feel.syntax.parser; "
        "print([m for m in ('zoneinfo', 'dataclasses', 'unicodedata', 'mpfcheck.feel.evaluate.patterns.pattern') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[5..1]", None),
        ('[@"2024-02-01"..@"2024-01-01"]', None),
        ("3 in [5..1]", False),
        ("for i in 1..0 return i", [Decimal(1), Decimal(0)]),
        ('[1, 2]["a"]', None),
        ('[]["a"]', None),
        ("[1, 2][null]", []),
        ("0.12345678901234567890123456789012345678", Decimal("0.1234567890123456789012345678901235")),
        ('is(time("10:00:00@Europe/Paris"), time("10:00:00+01:00"))', False),
        ('is(time("10:00:00Z"), time("10:00:00+00:00"))', True),
        ("true and every x in [1, 2] satisfies x > 0 and x < 2", False),
        ("false or some x in [1, 2] satisfies x = 2", True),
        ("1 + if true then 2 else 3 + 4", Decimal(3)),
    ],
)
def test_corners_of_the_standard(text: str, expected: Value) -> None:
    assert evaluate(parse(text), {}) == expected
