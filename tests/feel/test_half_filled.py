"""Compiled code for half-filled proposals says what the reference evaluator says, or leaves the answer to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mpfcheck.checking.names import with_open_lists
from mpfcheck.feel.compile import nodes as ast
from mpfcheck.feel.compile.compiler import functions_of
from mpfcheck.feel.compile.half_filled import HalfFilledCompiler
from mpfcheck.feel.errors import UNREADY, NotCompilableError
from mpfcheck.feel.evaluate.evaluator import evaluate
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.syntax.tree import Expression
from mpfcheck.feel.types import BOOLEAN, DATE, NUMBER, TEXT, Field, ListType, NumberType, RecordType, TextType
from mpfcheck.feel.values.knowledge import is_truth
from mpfcheck.feel.values.temporal import Date
from mpfcheck.feel.values.value import ARITHMETIC, Record, Unanswered, Value

AMOUNT = NumberType("EUR", (Decimal(0), Decimal(1000)), 2)
KIND = TextType("kinds", frozenset({"ngo", "public_body"}))
PARTNER = RecordType("partner", {"kind": Field(KIND), "name": Field(TEXT), "non_profit": Field(BOOLEAN)})
LINE = RecordType("line", {"amount": Field(AMOUNT), "count": Field(NUMBER), "heading": Field(TEXT)})
BUDGET = RecordType("budget", {"lines": Field(ListType(LINE), "empty"), "total": Field(AMOUNT)})
PROPOSAL = RecordType(
    "proposal",
    {
        "lead": Field(PARTNER),
        "partners": Field(ListType(PARTNER)),
        "budget": Field(BUDGET),
        "months": Field(NumberType("months", (Decimal(0), Decimal(120)))),
        "start": Field(DATE),
        "share": Field(NUMBER),
        "kinds": Field(ListType(KIND)),
    },
)
CONSTANTS: Mapping[str, Value] = {"first_day": Date(2024, 1, 1), "limit": Decimal(2), "known": ["ngo", "a"]}
DEFINITIONS = {
    "applicants": "concatenate([lead], partners)",
    "who": 'if lead.kind = "ngo" then lead.name else budget.lines[1].heading',
    "spent": "sum(append(budget.lines[heading = lead.name].amount, 0))",
}

AMOUNTS = st.sampled_from([Decimal(text) for text in ("0", "1", "2", "2.50", "3", "1000")])
WORDS = st.sampled_from(["", "a", "ngo"])
PARTNERS = st.fixed_dictionaries({}, optional={"kind": WORDS, "name": WORDS, "non_profit": st.booleans()})
LINES = st.fixed_dictionaries({}, optional={"amount": AMOUNTS, "count": AMOUNTS, "heading": WORDS})
ANSWERS = st.fixed_dictionaries(
    {"open": st.lists(st.sampled_from(["/partners", "/budget/lines", "/kinds"]), max_size=2)},
    optional={
        "lead": PARTNERS,
        "partners": st.lists(PARTNERS, max_size=3),
        "budget": st.fixed_dictionaries({}, optional={"lines": st.lists(LINES, max_size=3), "total": AMOUNTS}),
        "months": st.integers(0, 3),
        "start": st.dates(),
        "share": AMOUNTS,
        "kinds": st.lists(WORDS, max_size=3),
    },
)

# $kind stands for an expression of that kind. Most of what the code covers, and a little that it does not.
FORMS: Mapping[str, list[str]] = {
    "boolean": [
        *("lead.non_profit", "true", "$number <= $number", "$number = $number", "$number > $number", "$text = $text"),
        *("$number != $number", "$text != $text", "$text in known", "$text in $texts", "$boolean and $boolean"),
        *("$boolean or $boolean", "not($boolean)", "start >= first_day", "$number between $number and $number"),
        *(
            "some x in partners satisfies (x.kind = $text or $boolean)",
            "count(partners) > 0",
            "$number in (<= $number)",
        ),
        *("every x in budget.lines satisfies (x.amount < $number and $boolean)", "some x in kinds satisfies x = $text"),
        *("every x in partners[kind = $text] satisfies x.name in known", "$number in [$number..$number]"),
        *("if $boolean then $boolean else $boolean", "every k in partners.kind satisfies k in known"),
        "every i in 2..count(applicants), j in 1..i - 1 satisfies applicants[i].name != applicants[j].name",
        "every i in 2..count(applicants), j in 1..i - 1 satisfies"
        " plain name(applicants[i].name) != plain name(applicants[j].name) or applicants[i].kind = $text",
        "some x in partners, y in kinds satisfies x.kind = y or $boolean",
        *("abs($number - round half up($number * $number, 2)) <= limit", "$number * $number != $number + limit"),
        *("start < start", "start = first_day", "lead.non_profit = $boolean", "digits($text) != digits($text)"),
    ],
    "number": [
        *("limit", "share", "budget.total", "months", "2.5", "$number + $number", "$number - $number", "spent"),
        *("$number * $number", "-($number)", "abs($number)", "round half up($number, 1)", "floor($number)"),
        *("sum($numbers)", "sum(append($numbers, $number))", "count(budget.lines)", "count($numbers)", "min($numbers)"),
        *("if $boolean then $number else $number", "$number / $number", "sum(budget.lines[$of_line].amount)"),
        *(
            "count(partners[kind = $text])",
            "sum(append(budget.lines[$of_line].amount, $number))",
            "budget.lines[1].count",
        ),
    ],
    "numbers": [
        *("budget.lines.amount", "budget.lines.count", "append($numbers, $number)", "concatenate($numbers, $numbers)"),
        *("[$number, $number]", "for x in budget.lines return x.amount", "budget.lines[$of_line].amount"),
    ],
    "text": ['"ngo"', '""', "lead.kind", "lead.name", "who", "plain name($text)", "if $boolean then $text else $text"],
    "texts": ["kinds", "known", "partners.kind", "[$text]", "kinds[item = $text]"],
    "of_line": ["heading = $text", "amount > $number", "heading != $text and amount >= count", "item.count = $number"],
}
PART = re.compile(r"\$(\w+)")


@st.composite
def expressions(draw: st.DrawFn, kind: str = "boolean", depth: int = 3) -> str:
    """A FEEL expression of a kind."""
    forms = FORMS[kind] if depth else [form for form in FORMS[kind] if "$" not in form] or ["amount > count"]
    return PART.sub(lambda part: f"({draw(expressions(part[1], depth - 1))})", draw(st.sampled_from(forms)))


def compiled(tree: Expression) -> Callable[[Mapping[str, object]], Any]:
    """The code of a condition; raises NotCompilableError."""

    def constant(expression: Expression) -> object:
        value = evaluate(expression, CONSTANTS, strict=True)
        if value is None or isinstance(value, Unanswered):
            raise NotCompilableError("no value")
        return value

    definitions = {name: parse(text) for name, text in DEFINITIONS.items()}
    compiler = HalfFilledCompiler(PROPOSAL, CONSTANTS, constant, definitions)
    function = compiler.function("says", lambda: [ast.Return(compiler.truth(tree, {}).node)])
    says: Callable[[Mapping[str, object]], Any] = functions_of([function], compiler.names)["says"]
    return says


def by_reference(tree: Expression, answers: Mapping[str, object]) -> Value:
    record = Record(answers, PROPOSAL)
    names: dict[str, Value] = dict(CONSTANTS)
    for name, text in DEFINITIONS.items():
        names[name] = evaluate(parse(text), CONSTANTS, record=record, strict=True)
    return evaluate(tree, names, record=record, strict=True)


@settings(max_examples=400)
@given(expressions(), ANSWERS)
def test_what_the_code_says_the_reference_says(text: str, answers: Mapping[str, object]) -> None:
    tree = parse(text)
    try:
        says = compiled(tree)
    except NotCompilableError:
        return
    marked = with_open_lists(answers, PROPOSAL)
    with localcontext(ARITHMETIC):
        try:
            said = says(marked)
        except UNREADY:
            return
        known = by_reference(tree, marked)
    assert type(said) is type(known)
    assert is_truth(said) == is_truth(known)
    if isinstance(known, bool):
        assert said is known


@pytest.mark.parametrize("text", [form for form in FORMS["boolean"] if "$" not in form])
def test_what_rules_mostly_ask_has_code_that_does_not_leave_an_empty_draft(text: str) -> None:
    with localcontext(ARITHMETIC):
        assert isinstance(compiled(parse(text))({}), bool | Unanswered)
