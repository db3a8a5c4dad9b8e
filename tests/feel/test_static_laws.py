"""What the static walks promise of an expression holds for every proposal it is evaluated on."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import partial

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mpfcheck.feel.check.expression import check
from mpfcheck.feel.evaluate.evaluator import NEVER_A_POSITION, evaluate
from mpfcheck.feel.study.certainty import always
from mpfcheck.feel.study.dependencies import fields_read
from mpfcheck.feel.syntax import tree as feel
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DAYS_DURATION,
    MONEY,
    MONTHS,
    MONTHS_DURATION,
    NULL,
    NUMBER,
    TEXT,
    ContextType,
    Field,
    FunctionType,
    ListType,
    NumberType,
    RangeType,
    RecordType,
    TextType,
    Type,
)
from mpfcheck.feel.values.temporal import Date, DaysDuration, MonthsDuration
from mpfcheck.feel.values.value import Range, Record, Value, lift

KIND = TextType("kinds", frozenset({"ngo", "public_body", "company"}))
APPLICANT = RecordType("applicant", {"kind": Field(KIND), "name": Field(TEXT), "non_profit": Field(BOOLEAN)})
LINE = RecordType("line", {"amount": Field(MONEY), "count": Field(NUMBER), "heading": Field(TEXT)})
BUDGET = RecordType("budget", {"lines": Field(ListType(LINE), "empty"), "total": Field(MONEY)})
NAMES: Mapping[str, Type] = {
    "lead": APPLICANT,
    "partners": ListType(APPLICANT),
    "budget": BUDGET,
    "months": MONTHS,
    "start": DATE,
    "share": NUMBER,
    "kinds": ListType(KIND),
}
PROPOSAL = RecordType("proposal", {name: Field(type_) for name, type_ in NAMES.items()})

NUMBERS = st.sampled_from([Decimal(text) for text in ("0", "1", "2", "2.50", "-3", "1000.01")])
WORDS = st.sampled_from(["", "a", "ngo", "travel"])
APPLICANTS = st.fixed_dictionaries(
    {"kind": st.sampled_from(sorted(KIND.codes or ())), "name": WORDS, "non_profit": st.booleans()}
)
LINES = st.fixed_dictionaries({"amount": NUMBERS, "count": NUMBERS, "heading": WORDS})
ANSWERS = st.fixed_dictionaries(
    {
        "lead": APPLICANTS,
        "partners": st.lists(APPLICANTS, max_size=3),
        "budget": st.fixed_dictionaries({"lines": st.lists(LINES, max_size=3), "total": NUMBERS}),
        "months": st.integers(0, 3),
        "start": st.dates(datetime.date(2023, 1, 1), datetime.date(2024, 12, 31)),
        "share": NUMBERS,
        "kinds": st.lists(st.sampled_from(sorted(KIND.codes or ())), max_size=3),
    }
)

# What an expression of each kind may look like; $kind stands for an expression of that kind. A field of a filtered
# item or a loop's variable is in scope often enough.
FORMS: Mapping[str, list[str]] = {
    "number": [
        *("0", "1", "2.5", "budget.total", "months", "share", "budget.lines[1].amount", "amount", "x.amount", "x"),
        *("$number + $number", "$number - $number", "$number * $number", "$number / $number", "-($number)"),
        *("sum($numbers)", "count($numbers)", "count($records)", "min($numbers)", "max($number, $number)"),
        *("abs($number)", "round half up($number, 1)", "floor($number)", "modulo($number, $number)"),
        *("if $boolean then $number else $number", "($numbers)[$number]", "string length($text)"),
        *("($date).year", "mean($numbers)", "median($numbers)", "[$number..$number].start", "{n: $number}.n"),
        *("(function(x) x + $number)($number)", "$duration / $duration", "null", "$number ** 2"),
    ],
    "text": [
        *('"ngo"', '"a"', "lead.kind", "lead.name", "partners[1].kind", "kind", "x.kind", "x", "string($number)"),
        *("$text + $text", "upper case($text)", "substring($text, 1)", "if $boolean then $text else $text"),
        *("($texts)[1]", "string join($texts)", "day of week($date)", "min($texts)", "replace($text, $text, $text)"),
    ],
    "boolean": [
        *("true", "false", "lead.non_profit", "non_profit", "x.non_profit"),
        *("$number < $number", "$number = $number", "$number >= $number", "$text = $text", "$text != $text"),
        *("lead.kind = $text", "x.kind = lead.kind", "$text in $texts", "$number in $numbers", "$date < $date"),
        *("$number in [$number..$number]", "$number in (< $number, $number)", "$number between $number and 3"),
        *("$boolean and $boolean", "$boolean or $boolean", "not($boolean)", "$records = $records"),
        *("some x in $records satisfies $boolean", "every x in $numbers satisfies $boolean"),
        *("list contains($texts, $text)", "contains($text, $text)", "$any instance of number", "$any = $any"),
        *("all([$boolean, $boolean])", "any($boolean, $boolean)", "before($number, $number)", "odd($number)"),
    ],
    "date": ["start", '@"2024-03-01"', "$date + $duration", "date(2024, 1, $number)", "max($date, $date)"],
    "duration": ['@"P1M"', '@"P3D"', "$date - $date", "$duration * $number", "abs($duration)", 'duration("P1Y")'],
    "numbers": [
        *("[]", "[$number, $number]", "budget.lines.amount", "for x in $numbers return $number", "x"),
        *("$numbers[item > $number]", "append($numbers, $number)", "concatenate($numbers, $numbers)"),
        *("reverse($numbers)", "sublist($numbers, 1)", "distinct values($numbers)", "for x in 1 .. 3 return $number"),
        *("sort($numbers, function(x, y) x < y)", "index of($numbers, $number)", "flatten([$numbers, $number])"),
        *("for x in $records return x.amount", "union($numbers, $numbers)", "mode($numbers)", "remove($numbers, 1)"),
        *("insert before($numbers, 1, $number)", "list replace($numbers, 1, $number)", "get entries($any).value"),
    ],
    "texts": [
        *('["ngo", $text]', "kinds", "partners.kind", "partners.name", "$texts[item = $text]", "split($text, $text)"),
        *("append($texts, $text)", "concatenate($texts, $texts)", "for x in $records return x.kind"),
        *("distinct values($texts)", "sort($texts)"),
    ],
    "records": [
        *("partners", "budget.lines", "[lead]", "append(partners, lead)", "concatenate([lead], partners)"),
        *("partners[$boolean]", "budget.lines[$boolean]", "partners[kind = $text]", "partners[item.kind = $text]"),
        *("budget.lines[amount > $number]", "[{amount: $number, kind: $text}]", "reverse($records)"),
        *("concatenate($records, $records)", "sort(partners, function(x, y) x.name < y.name)"),
    ],
    "any": [*("$number", "$text", "$boolean", "$date", "$numbers", "$texts", "$records", "null", "lead"), "$range"],
    "range": ["[$number..$number]", "($date..$date)", "(< $number)"],
}
PART = re.compile(r"\$(\w+)")


@st.composite
def texts(draw: st.DrawFn, kind: str, depth: int = 3) -> str:
    """A FEEL expression, most often one without mistakes."""
    wanted = draw(st.sampled_from(sorted(FORMS))) if draw(st.integers(0, 29)) == 0 else kind
    forms = FORMS[wanted] if depth else [form for form in FORMS[wanted] if "$" not in form] or ["null"]
    return PART.sub(lambda part: f"({draw(texts(part[1], depth - 1))})", draw(st.sampled_from(forms)))


def has_position(part: feel.Expression | feel.Test | feel.Iteration) -> bool:
    """Whether a filter in the expression has a position that is worked out: where that is null, it leaves no items."""
    if isinstance(part, feel.Filter) and not isinstance(part.condition, (feel.Number, *NEVER_A_POSITION)):
        return True
    return any(has_position(inner) for inner in feel.parts(part))


def belongs(value: Value, type_: Type, *, or_no_item: bool = False) -> bool:
    """Whether a value is one of the type's; null is one of every type's, and an empty list ``or_no_item``."""
    if value is None or type_ == ANY or (or_no_item and value == []):
        return True
    belongs_here = partial(belongs, or_no_item=or_no_item)
    match type_:
        case NumberType():
            return isinstance(value, Decimal)
        case TextType(_, codes):
            return isinstance(value, str) and (codes is None or value in codes)
        case ListType(item):
            return isinstance(value, list) and all(belongs_here(each, item) for each in value)
        case RangeType(item):
            return isinstance(value, Range) and belongs_here(value.low, item) and belongs_here(value.high, item)
        case RecordType():
            return isinstance(value, Record) and type_.fields.keys() <= value.type.fields.keys()
        case ContextType(entries):
            if isinstance(value, Record):
                return all(belongs_here(value.member(name), entry) for name, entry in (entries or {}).items())
            return isinstance(value, dict) and all(
                belongs_here(value.get(name), entry) for name, entry in (entries or {}).items()
            )
        case FunctionType():
            return not isinstance(value, Decimal | str | bool | list | dict | Range | Record)
    classes = {BOOLEAN: bool, DATE: Date, DAYS_DURATION: DaysDuration, MONTHS_DURATION: MonthsDuration}
    return type_ != NULL and isinstance(value, classes[type_])


EXPRESSIONS = st.sampled_from(sorted(FORMS)).flatmap(texts)
SEARCH = settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])


@SEARCH
@given(EXPRESSIONS, ANSWERS)
def test_an_expression_without_mistakes_gives_its_type_or_null(text: str, answers: dict[str, object]) -> None:
    tree = parse(text)
    checked = check(tree, NAMES)
    assume(not checked.mistakes)
    names = {name: lift(answers[name], type_, f"/{name}") for name, type_ in NAMES.items()}
    value = evaluate(tree, names)
    assert belongs(value, checked.type, or_no_item=has_position(tree)), (value, checked.type)


@SEARCH
@given(texts("boolean"), ANSWERS)
def test_what_is_certain_is_so(text: str, answers: dict[str, object]) -> None:
    tree = parse(text)
    assume(not check(tree, NAMES).mistakes)
    certain = always(tree, NAMES)
    names = {name: lift(answers[name], type_, f"/{name}") for name, type_ in NAMES.items()}
    assert certain is None or evaluate(tree, names) is not (not certain)


@SEARCH
@given(EXPRESSIONS, ANSWERS)
def test_reads_no_field_that_was_not_foretold(text: str, answers: dict[str, object]) -> None:
    tree = parse(text)
    assume(not check(tree, NAMES).mistakes)
    read: set[str] = set()
    evaluate(tree, {}, record=Record(answers, PROPOSAL), read=read)
    foretold = fields_read(tree, NAMES)
    for pointer in read:
        path = ".".join(token for token in pointer.split("/")[1:] if not token.isdigit())
        assert any(f"{field}.".startswith(f"{path}.") or f"{path}.".startswith(f"{field}.") for field in foretold), path
