"""Compiled code that tells which fields an expression reads tells what the reference evaluator reads, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import localcontext
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mpfcheck.checking.names import CallNames, ProposalNames
from mpfcheck.feel.compile import nodes as ast
from mpfcheck.feel.compile.compiler import functions_of, name_of
from mpfcheck.feel.compile.fields_read import ReadingCompiler, RecordPointers, records_in
from mpfcheck.feel.errors import UNREADY, NotCompilableError
from mpfcheck.feel.evaluate.evaluator import evaluate
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.syntax.tree import Expression
from mpfcheck.feel.values.value import ARITHMETIC
from mpfcheck.proposal.pointer import value_at
from tests.feel.test_half_filled import AMOUNTS, CONSTANTS, DEFINITIONS, PROPOSAL, WORDS, expressions

TREES = {name: parse(text) for name, text in DEFINITIONS.items()}
NAMES = cast("CallNames", SimpleNamespace(proposal=PROPOSAL, constants=dict(CONSTANTS), definitions=TREES))

PARTNER = st.fixed_dictionaries({"kind": WORDS, "name": WORDS, "non_profit": st.booleans()})
LINE = st.fixed_dictionaries({"amount": AMOUNTS, "count": AMOUNTS}, optional={"heading": WORDS})
ANSWERED = st.fixed_dictionaries(
    {
        "lead": PARTNER,
        "partners": st.lists(PARTNER, max_size=3),
        "months": st.integers(0, 3),
        "start": st.dates(),
        "share": AMOUNTS,
        "kinds": st.lists(WORDS, max_size=3),
    },
    optional={"budget": st.fixed_dictionaries({"total": AMOUNTS}, optional={"lines": st.lists(LINE, max_size=3)})},
)
"""Mostly answered, for without an answer there is no code."""


def read_by_code(tree: Expression, answers: Mapping[str, object]) -> tuple[object, dict[str, object]]:
    """The value of a condition and what it reads; raises NotCompilableError, or one of UNREADY."""

    def constant(expression: Expression) -> object:
        return evaluate(expression, CONSTANTS, strict=True)

    compiler = ReadingCompiler(PROPOSAL, CONSTANTS, constant, TREES)

    def body() -> list[ast.stmt]:
        return [ast.Return(ast.Tuple([compiler.condition(tree, {}), name_of("read")], ast.Load()))]

    function = functions_of([compiler.function("reads", body, "pointers", "places")], compiler.names)["reads"]
    value, read = function(answers, RecordPointers(records_in(PROPOSAL), answers), ())
    return value, read


@settings(max_examples=300, derandomize=True)
@given(expressions(), ANSWERED)
def test_the_code_reads_what_the_reference_reads(text: str, answers: dict[str, object]) -> None:
    tree = parse(text)
    with localcontext(ARITHMETIC):
        try:
            value, read = read_by_code(tree, answers)
        except (NotCompilableError, *UNREADY):
            return
        by_reference: set[str] = set()
        assert ProposalNames(NAMES, answers).value(tree, by_reference) is value
    assert read.keys() == by_reference
    assert all(answer is value_at(answers, pointer) for pointer, answer in read.items())


PARTNERS = [{"kind": "ngo", "name": "a"}, {"kind": "a", "name": "b"}]
WHOLE: Mapping[str, object] = {"lead": {"kind": "a", "name": "l"}, "partners": PARTNERS, "kinds": ["a", "ngo"]}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('some x in partners satisfies x.kind = "ngo"', ["/partners", "/partners/0/kind", "/partners/1/kind"]),
        ('lead.kind = "ngo" and lead.name = "l"', ["/lead/kind"]),
        ('who = "l"', None),
        (
            'count(applicants[kind = "ngo"].name) > 5',
            ["/lead/kind", "/partners", "/partners/0/kind", "/partners/0/name", "/partners/1/kind"],
        ),
        ("2 between 3 and count(kinds)", ["/kinds"]),
        ('count(budget.lines[not(heading = "a")]) > 0', None),
        ("count(budget.lines[amount > 2]) > 0", []),
    ],
)
def test_what_is_read_follows_the_reference(text: str, read: list[str] | None) -> None:
    """It tries every item, and stops where it stops; None stands for what is left to it."""
    try:
        found = sorted(read_by_code(parse(text), WHOLE)[1])
    except UNREADY:
        assert read is None
    else:
        assert found == read


def test_a_record_that_stands_at_two_places_has_no_pointer() -> None:
    partner = {"kind": "ngo"}
    for answers in ({"lead": partner, "partners": [partner]}, {"partners": [partner, partner]}):
        with pytest.raises(KeyError):
            RecordPointers(records_in(PROPOSAL), answers)[id(partner)]
