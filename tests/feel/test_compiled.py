"""Where compiled code decides a condition without the work that it describes, it says what the reference says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, localcontext
from itertools import product

import pytest

from mpfcheck.feel.compile import nodes as ast
from mpfcheck.feel.compile.compiler import Compiler, functions_of
from mpfcheck.feel.compile.half_filled import HalfFilledCompiler
from mpfcheck.feel.errors import UNREADY
from mpfcheck.feel.evaluate.evaluator import evaluate
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.syntax.tree import Expression
from mpfcheck.feel.values.value import ARITHMETIC
from tests.feel.test_half_filled import CONSTANTS, DEFINITIONS, PROPOSAL, by_reference

AMOUNTS = tuple(map(Decimal, ("0", "0.33", "0.34", "0.4", "0.40", "1", "2.34", "2.35", "7.00")))
SHARES = tuple(map(Decimal, ("0", "0.335", "0.34", "0.345", "0.4", "2.335", "4", "4.3449")))
ROUNDED = [
    *(f"budget.total {op} {function}(share, 2)" for op in ("=", "!=") for function in ("round half up", "round down")),
    *("budget.total = round up(share, 1)", "round half up(share, 2) = budget.total", "share = round half up(share, 2)"),
    *("abs(budget.total - round half up(share, 2)) <= limit", "abs(budget.total - round up(share, 2)) <= 0"),
    *("abs(budget.total - round half up(share, 2)) <= -1", "abs(budget.total - round half up(share, 2)) < 0.01"),
]
PAIRS = [
    "every i in 2..count(applicants), j in 1..i - 1 satisfies plain name(applicants[i].name) != "
    "plain name(applicants[j].name)",
    "every i in 2..count(applicants), j in 1..i - 1 satisfies applicants[i].kind != applicants[j].kind or "
    "plain name(applicants[j].name) != plain name(applicants[i].name)",
    "every i in 2..count(applicants), j in 1..i - 1 satisfies plain name(applicants[i].name) != "
    "plain name(applicants[j].name) and (applicants[i].kind != applicants[j].kind or "
    "digits(applicants[i].name) != digits(applicants[j].name))",
    "every i in 2..count(applicants), j in 1..i - 1 satisfies plain name(applicants[i].name) != "
    "plain name(applicants[j].name) and applicants[i].non_profit",
    "every i in 2..count(applicants), j in 1..i - 1 satisfies plain name(applicants[i].name) != "
    "plain name(applicants[i].name)",
    "every i in 2..count(applicants), j in 1..i - 1 satisfies plain name(applicants[i].name) != "
    "digits(applicants[j].name)",
    "some i in 2..count(applicants), j in 1..i - 1 satisfies plain name(applicants[i].name) != "
    "plain name(applicants[j].name)",
    "every i in 3..count(applicants), j in 1..i - 1 satisfies plain name(applicants[i].name) != "
    "plain name(applicants[j].name)",
]


def constant(expression: Expression) -> object:
    return evaluate(expression, CONSTANTS, strict=True)


def code_of(compiler_of: type[Compiler], text: str) -> Callable[[Mapping[str, object]], object]:
    """What tells what the code says of a condition, None where it leaves that to the reference."""
    definitions = {name: parse(definition) for name, definition in DEFINITIONS.items()}
    compiler = compiler_of(PROPOSAL, CONSTANTS, constant, definitions)
    function = compiler.function("code", lambda: [ast.Return(compiler.expression(parse(text), {}).node)])
    code: Callable[[Mapping[str, object]], object] = functions_of([function], compiler.names)["code"]

    def says(answers: Mapping[str, object]) -> object:
        try:
            return code(answers)
        except UNREADY:
            return None

    return says


@pytest.mark.parametrize("text", ROUNDED)
def test_an_amount_is_compared_with_a_rounded_one_as_if_it_were_always_rounded(text: str) -> None:
    says = code_of(Compiler, text)
    with localcontext(ARITHMETIC):
        for amount, share in product(AMOUNTS, SHARES):
            answers = {"budget": {"total": amount}, "share": share}

            assert says(answers) is by_reference(parse(text), answers), answers


@pytest.mark.parametrize("compiler", [Compiler, HalfFilledCompiler])
@pytest.mark.parametrize("text", PAIRS)
def test_texts_that_are_all_different_are_different_in_each_pair(text: str, compiler: type[Compiler]) -> None:
    says = code_of(compiler, text)
    decided = 0
    with localcontext(ARITHMETIC):
        for count, first_kind in product(range(4), ("ngo", None)):
            for names in product(("a", "A", "b 1", None), repeat=count):
                kinds = first_kind, "ngo", "a", "ngo"
                partners: list[dict[str, object]] = [
                    {field: value for field, value in (("name", name), ("kind", kind)) if value} | {"non_profit": True}
                    for name, kind in zip(names, kinds, strict=False)
                ]
                answers = {"lead": {"name": "c 2", "kind": "ngo", "non_profit": False}, "partners": partners}
                found = says(answers)
                if isinstance(found, bool):
                    decided += 1
                    assert found is by_reference(parse(text), answers), answers
    assert decided


@pytest.mark.parametrize("condition", ["x in known", "not(x in known)", "x in known and x in known"])
@pytest.mark.parametrize("quantifier", ["some", "every"])
def test_what_is_asked_of_items_and_members_that_never_change_holds_as_in_a_loop(
    quantifier: str, condition: str
) -> None:
    text = f"{quantifier} x in kinds satisfies {condition}"
    says = code_of(Compiler, text)
    for count in range(4):
        for kinds in product(("ngo", "a", "other"), repeat=count):
            answers = {"kinds": list(kinds)}

            assert says(answers) is by_reference(parse(text), answers), kinds


def test_code_for_pairs_leaves_long_lists_to_the_reference_which_counts_its_work() -> None:
    says = code_of(Compiler, PAIRS[0])
    with localcontext(ARITHMETIC):
        for count, expected in ((30, True), (31, None)):
            partners = [{"name": f"name {number}"} for number in range(count)]

            assert says({"lead": {"name": "c"}, "partners": partners}) is expected
