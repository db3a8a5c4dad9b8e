"""Certainty: conditions whose answer is known before any proposal is seen, because they can only be true or only false.

Sound and small: what is claimed holds for every proposal, and much that could be found is not looked for. The condition
is tried on enough values of each field to stand for all of them: for numbers, the numbers it names and one in every gap
between them; for texts, those it names and another. What cannot be tried so may be true, false or null.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise, product
from math import prod
from typing import NamedTuple, TypeAlias

from mpfcheck.feel.syntax.tree import (
    And,
    Between,
    Boolean,
    Compare,
    Expression,
    FunctionCall,
    If,
    In,
    ListOf,
    Name,
    Negate,
    Number,
    Or,
    Path,
    RangeOf,
    Test,
    Text,
)
from mpfcheck.feel.types import BOOLEAN, NumberType, RecordType, TextType, Type, members

__all__ = [
    "always",
]

_MOST_TRIALS = 4096

Literal: TypeAlias = Fraction | str | bool
KnownValues: TypeAlias = Mapping[Expression, Literal | None]
Holds: TypeAlias = Callable[[Literal], bool]


class _Atom(NamedTuple):
    """A condition on one field: the field, what it is compared with, and for which values it holds."""

    field: Expression
    literals: tuple[Literal, ...]
    holds: Holds


def always(tree: Expression, names: Mapping[str, Type], *, fields: Collection[str] | None = None) -> bool | None:
    """True where a condition can never be false, False where it can never be true, None where that is not known.

    An always true condition may still be undecided while answers are missing, or null. ``fields`` are the names that
    stand for answers, which are never null; without it, every name in ``names`` counts as one.
    """
    trial = _Trial(names, names if fields is None else fields)
    trial.look_at(tree)
    values = trial.values()
    if prod(len(some) for some in values.values()) > _MOST_TRIALS:
        return None
    answers = {trial.answer(tree, dict(zip(values, some, strict=True))) for some in product(*values.values())}
    if False not in answers and True in answers:
        return True
    return False if True not in answers and False in answers else None


class _Trial:
    """The fields a condition depends on, and the values to try for each."""

    def __init__(self, names: Mapping[str, Type], fields: Collection[str]) -> None:
        self._names = names
        self._fields = fields
        self._atoms: dict[Expression, _Atom | None] = {}

    def look_at(self, tree: Expression) -> None:
        """Find the conditions a condition is made of."""
        inside = list(_conditions_in(tree))
        for part in inside:
            self.look_at(part)
        if not inside and not isinstance(tree, Boolean):
            self._atoms[tree] = self._atom(tree)

    def values(self) -> dict[Expression, list[Literal | None]]:
        """The values to try: of fields, and of conditions without known parts."""
        named: dict[Expression, set[Literal]] = {}
        found: dict[Expression, list[Literal | None]] = {}
        for tree, atom in self._atoms.items():
            if atom is None:
                found[tree] = _outcomes(tree)
            else:
                named.setdefault(atom.field, set()).update(atom.literals)
        for field, literals in named.items():
            may_be_null = _root(field) not in self._fields
            found[field] = [*_representatives(self._type_of(field), literals), *([None] if may_be_null else [])]
        return found

    def answer(self, tree: Expression, given: KnownValues) -> bool | None:
        """What FEEL makes of the condition for these values."""
        match tree:
            case Boolean(known):
                return known
            case And(parts):
                return _and(self.answer(part, given) for part in parts)
            case Or(parts):
                return _negation(_and(_negation(self.answer(part, given)) for part in parts))
            case FunctionCall(Name("not"), (negand,)):
                return _negation(self.answer(negand, given))
            case If(condition, then, otherwise):
                return self.answer(then if self.answer(condition, given) is True else otherwise, given)
        atom = self._atoms[tree]
        if atom is None:
            found = given[tree]
            return found if isinstance(found, bool) else None
        value = given[atom.field]
        if value is None:
            # Null is equal to none of the literals and has no order. Where FEEL itself would say null, false is on the
            # safe side: whatever is decided with null stays so with false.
            return isinstance(tree, Compare) and tree.op == "!="
        return atom.holds(value)

    def _atom(self, tree: Expression) -> _Atom | None:
        match tree:
            case Name() | Path():
                return _Atom(tree, (True,), lambda value: value is True) if self._type_of(tree) == BOOLEAN else None
            case Compare(op, left, right):
                if _literal(right) is not None:
                    return self._made(left, [_compared(op, _literal(right))])
                return self._made(right, [_compared(_TURNED[op], _literal(left))])
            case Between(value, low, high):
                both = _both(_compared(">=", _literal(low)), _compared("<=", _literal(high)))
                return self._made(value, [both])
            case In(value, tests):
                return self._made(value, [_tested(test) for test in tests])
        return None

    def _made(self, field: Expression, tests: Sequence[_Test | None]) -> _Atom | None:
        """The condition that one of the tests holds of the field, if that can be tried."""
        known = [test for test in tests if test is not None]
        type_ = self._type_of(field)
        literals = tuple(literal for test in known for literal in test.literals)
        if len(known) < len(tests) or type_ is None or not all(_is_of(literal, type_) for literal in literals):
            return None
        if isinstance(type_, TextType) and any(test.by_order for test in known):
            return None
        return _Atom(field, literals, lambda value: any(test.holds(value) for test in known))

    def _type_of(self, tree: Expression) -> Type | None:
        """The type of a name, or of a field of a record; None for anything else."""
        if isinstance(tree, Name):
            return self._names.get(tree.name)
        if isinstance(tree, Path):
            base = self._type_of(tree.base)
            return (members(base) or {}).get(tree.name) if isinstance(base, RecordType) else None
        return None


class _Test(NamedTuple):
    """A test of a value against literals."""

    literals: tuple[Literal, ...]
    holds: Holds
    by_order: bool


_TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _conditions_in(tree: Expression) -> Iterator[Expression]:
    match tree:
        case And(parts) | Or(parts):
            yield from parts
        case FunctionCall(Name("not"), (negand,)):
            yield negand
        case If(condition, then, otherwise):
            yield from (condition, then, otherwise)


def _and(answers: Iterable[bool | None]) -> bool | None:
    given = set(answers)
    return False if False in given else None if None in given else True


def _negation(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _outcomes(tree: Expression) -> list[Literal | None]:
    """The possible values of a condition without known parts."""
    if isinstance(tree, Compare) and tree.left == tree.right:
        return [tree.op in ("=", "<=", ">="), None]
    return [True, False, None]


def _representatives(type_: Type | None, literals: set[Literal]) -> list[Literal]:
    """Enough values of the type to stand for all, as far as these literals can tell them apart."""
    if type_ == BOOLEAN:
        return [True, False]
    numbers = sorted(literal for literal in literals if isinstance(literal, Fraction))
    if numbers:
        gaps = [(low + high) / 2 for low, high in pairwise(numbers)]
        return [numbers[0] - 1, *numbers, *gaps, numbers[-1] + 1]
    texts = sorted(literal for literal in literals if isinstance(literal, str))
    if isinstance(type_, TextType) and type_.codes is not None:
        others = sorted(type_.codes - set(texts))
        return [*(text for text in texts if text in type_.codes), *others[:1]]
    return [*texts, "".join(texts) + "?"]


def _root(field: Expression) -> str | None:
    while isinstance(field, Path):
        field = field.base
    return field.name if isinstance(field, Name) else None


def _literal(tree: Expression) -> Literal | None:
    match tree:
        case Number(value):
            return Fraction(value)
        case Negate(Number(value)):
            return -Fraction(value)
        case Text(value) | Boolean(value):
            return value
    return None


def _is_of(literal: Literal, type_: Type) -> bool:
    match type_:
        case NumberType():
            return isinstance(literal, Fraction)
        case TextType():
            return isinstance(literal, str)
    return type_ == BOOLEAN and isinstance(literal, bool)


def _compared(op: str, literal: Literal | None) -> _Test | None:
    """The test ``op literal``."""
    if literal is None:
        return None
    if op in ("=", "!="):
        return _Test((literal,), lambda value: (value == literal) is (op == "="), by_order=False)
    if not isinstance(literal, Fraction):
        return None
    limit = literal

    def holds(value: Literal) -> bool:
        if not isinstance(value, Fraction):
            return False
        return {"<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit}[op]

    return _Test((limit,), holds, by_order=True)


def _both(first: _Test | None, second: _Test | None) -> _Test | None:
    if first is None or second is None:
        return None
    return _Test(
        (*first.literals, *second.literals),
        lambda value: first.holds(value) and second.holds(value),
        by_order=first.by_order or second.by_order,
    )


def _tested(test: Expression | Test) -> _Test | None:
    """The test of a value by ``in test``; None where it is not made of literals alone."""
    match test:
        case Test(op, operand):
            return _compared(op, _literal(operand))
        case ListOf(items):
            tests = [_tested(item) for item in items]
            known = [each for each in tests if each is not None]
            if len(known) < len(tests):
                return None
            return _Test(
                tuple(literal for each in known for literal in each.literals),
                lambda value: any(each.holds(value) for each in known),
                by_order=any(each.by_order for each in known),
            )
        case RangeOf(low, high, low_closed, high_closed, op) if op is None or op not in ("=", "!="):
            lower = _compared(">=" if low_closed else ">", _literal(low)) if low is not None else None
            upper = _compared("<=" if high_closed else "<", _literal(high)) if high is not None else None
            if low is None or high is None:
                return upper if low is None else lower
            return _both(lower, upper)
        case RangeOf():
            return None
    return _compared("=", _literal(test))
