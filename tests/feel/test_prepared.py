"""Prepared expressions give what the evaluator gives, whatever is answered and whichever lists are open."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import localcontext

from hypothesis import given, settings
from hypothesis import strategies as st

from mpfcheck.checking.names import with_open_lists
from mpfcheck.feel.evaluate.evaluator import evaluate
from mpfcheck.feel.evaluate.prepared import Preparation
from mpfcheck.feel.limits import Purse
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.values.value import ARITHMETIC, Bounds, Items, OneOf, Record, Unanswered, Value
from tests.feel.test_half_filled import ANSWERS, CONSTANTS, DEFINITIONS, PARTNER, PROPOSAL, expressions

KINDS = ("boolean", "number", "numbers", "text", "texts")
# The forms that the code for statuses knows are drawn; around them stands what is rarer, or of other kinds.
AROUND = (
    "{0}",
    "{0} = {1}",
    'who in ["ngo", "a"] or {0} = {1}',
    "{0} in ({1}, > {2}, null)",
    "{0} in [{1}, {2}]",
    "if {0} then {1} else {2}",
    "if {0} = null then {1} else partners",
    "for x in partners, y in {0} return if x.name = y then {1} else {2}",
    "for x in 1..3 return if x > 1 then [partial[-1], count(partial)] else {0}",
    "for x in partners return if count(partial) > 1 then {0} else (for y in {1} return count(partial))",
    "for line in budget.lines[{0} = {1} or item.heading = heading] return line.count + {2}",
    "some x in {0} satisfies x in (? = {1}, {2})",
    "partners[name = {0} and item.kind instance of string].kind",
    "concatenate([applicant], partners)[{0}].name",
    "[{0}, {1}][item = {2}]",
    "-({0}) between {1} and {2}",
    "{{a: {0}, b: a = {1}}}.b",
    "budget.lines[-1].amount ** {0}",
    "every f in [function(x) x = {0}] satisfies f({1})",
    "sum(list: {0})",
)


def in_full(value: object) -> object:
    """All that a value says, also of what is not answered."""
    if isinstance(value, Unanswered):
        return "waits", sorted(value.paths), value.type, value.known, in_full(value.knows), value.further
    if isinstance(value, Items | OneOf | Bounds | list | tuple):
        return type(value), [in_full(part) for part in value]
    return (Record, value.path) if isinstance(value, Record) else (type(value), value)


def names_of(record: Record) -> dict[str, Value]:
    defined = {name: evaluate(parse(text), CONSTANTS, record=record, strict=True) for name, text in DEFINITIONS.items()}
    return {**CONSTANTS, **defined}


@settings(max_examples=400, derandomize=True)
@given(
    st.sampled_from(AROUND),
    st.tuples(*[st.sampled_from(KINDS).flatmap(lambda kind: expressions(kind, 2))] * 3),
    ANSWERS,
    st.integers(0, 2),
)
def test_what_is_prepared_gives_what_the_evaluator_gives(
    around: str, parts: tuple[str, ...], answers: Mapping[str, object], place: int
) -> None:
    """The values with all that is known of them, what was read, and the work that was counted."""
    text = around.format(*(f"({part})" for part in parts)).replace("lead.", "applicant.")
    record = Record(with_open_lists(answers, PROPOSAL), PROPOSAL)
    applicants = evaluate(parse("concatenate([lead], partners)"), {}, record=record)
    item = applicants[place] if isinstance(applicants, list) and place < len(applicants) else Unanswered(frozenset("/"))
    names = {**names_of(record), "applicant": item}
    tree = parse(text)
    preparation = Preparation(PROPOSAL, CONSTANTS, {name: parse(each) for name, each in DEFINITIONS.items()})
    prepared = preparation.expression(tree, "applicant", PARTNER if isinstance(item, Record) else None)
    read, expected_read = set[str](), set[str]()
    purse, expected_purse = Purse(10**6), Purse(10**6)
    with localcontext(ARITHMETIC):
        found = prepared.value(names, record, item, read, purse)
        expected = evaluate(tree, names, read=expected_read, record=record, purse=expected_purse, strict=True)
    assert in_full(found) == in_full(expected)
    assert read == expected_read
    assert purse.steps == expected_purse.steps
