"""The conditions of a call as constraints over every proposal there can be, for the solver z3.

A field is a variable of its kind: an amount a whole number of cents, a date its ordinal, a code or a text a number that
stands for it, so that texts can only be the same or not. A list has a length up to a bound and that many items. What a
draft answers is a fact about these variables; what it does not answer is free. Only proposals in which everything a
condition reads is answered are spoken of, so there is no unanswered here: by the law of drafts, what holds for all of
them holds for the draft.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, partial
from typing import TypeAlias

import z3

from mpfcheck.checking.names import CallNames
from mpfcheck.feel.evaluate.evaluator import evaluate
from mpfcheck.feel.study.dependencies import names_used
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.types import BOOLEAN, DATE, ListType, NumberType, RecordType, TextType, Type
from mpfcheck.feel.values.temporal import Date, DaysDuration, MonthsDuration
from mpfcheck.feel.values.value import Unanswered
from mpfcheck.frozen import Frozen, made_once
from mpfcheck.packs.rule import Rule, RuleScope
from mpfcheck.proposal.fields import Exact, Kind, Many, Record, Whole, proposal_record
from mpfcheck.proposal.pointer import split
from mpfcheck.proposal.unfinished import open_lists

__all__ = ["DEFAULT_BOUNDS", "OTHER_BOUND", "EncodedRule", "Encoder", "NotEncodableError", "Variable", "names_in"]

DEFAULT_BOUNDS: Mapping[str, int] = {
    "co_applicants": 3,
    "target_countries": 3,
    "activities": 1,
    "budget/lines": 4,
    "financing/contributions": 3,
    "documents": 2,
}
"""How many items a list that is not answered can have, by its pointer without the first slash; else ``OTHER_BOUND``."""

OTHER_BOUND = 2

ANY_TEXT = "Example"
"""What stands in a proposal where any text will do."""

MOST_PARTS = 10**15
"""Numbers have at most 15 digits."""

FEW_DECIMALS = 4
"""Up to so many decimals, a number is counted in its smallest parts."""

MOST_MONTHS = 1201

FIRST_DAY, LAST_DAY = date(1990, 1, 1).toordinal(), date(2100, 12, 31).toordinal()


class NotEncodableError(Exception):
    """A condition the constraints cannot say; the message names what."""


class Number:
    """A number, as a real term in whole units (EUR, months).

    ``known`` is its value where it is a literal or answered; ``answer`` is the fact that it is answered so,
    ``most`` the most it can be where it counts a list, ``whole`` the same number as a whole one where it is counted in
    months.
    """

    __slots__ = ("answer", "known", "most", "term", "whole")

    def __init__(
        self,
        term: z3.ArithRef,
        known: Fraction | None = None,
        most: int | None = None,
        whole: z3.ArithRef | None = None,
    ) -> None:
        self.answer: z3.BoolRef | None = None
        self.term = term
        self.known = known
        self.most = most
        self.whole = whole


class Coded:
    """A text or a code, as the whole number that stands for it."""

    __slots__ = ("term",)

    def __init__(self, term: z3.ArithRef) -> None:
        self.term = term


class Dated:
    """A date, as its ordinal."""

    __slots__ = ("term",)

    def __init__(self, term: z3.ArithRef) -> None:
        self.term = term


class Span:
    """A duration: a number of ``months``, or of days."""

    __slots__ = ("months", "term")

    def __init__(self, term: z3.ArithRef, *, months: bool) -> None:
        self.term = term
        self.months = months


class Items:
    """A list: each item with the condition under which it is there.

    In a list that is ``in_order`` an item is there only with all items before it, so that they can be counted off.
    ``codes`` are the numbers that stand for the texts of a list that is the same for every proposal, None for others.
    """

    __slots__ = ("codes", "in_order", "items")

    def __init__(
        self, items: list[tuple[z3.BoolRef, Symbol]], *, in_order: bool = False, codes: list[int] | None = None
    ) -> None:
        self.items = items
        self.in_order = in_order
        self.codes = codes


class Fields:
    """A record of the proposal, whose members are made when they are asked for."""

    __slots__ = ("answers", "encoder", "pointer", "type")

    def __init__(self, encoder: Encoder, type_: RecordType, pointer: str, answers: Mapping[str, object]) -> None:
        self.encoder = encoder
        self.type = type_
        self.pointer = pointer
        self.answers = answers

    def member(self, name: str) -> Symbol:
        if name not in self.type.fields:
            raise NotEncodableError(f"the field {name}")
        return self.encoder.symbol(self.type.fields[name].type, f"{self.pointer}/{name}", self.answers.get(name))


Symbol: TypeAlias = "z3.BoolRef | Number | Coded | Dated | Span | Items | Fields"


class Variable(Frozen):
    """A field as a variable: where it stands, its type, its term, and what is answered there (None: nothing).

    ``constant`` is the answer as a term, ``fact`` that the field has it.
    """

    pointer: str
    type: Type
    term: z3.ExprRef
    answer: object = None
    constant: z3.ExprRef | None = None
    fact: z3.BoolRef | None = None


class EncodedRule(Frozen):
    """When a rule applies, fails and is for review, as conditions on the variables.

    ``lists`` are the lists without an answer that it reads: what is proven of it holds up to their bounds only.
    """

    rule: Rule
    applies: z3.BoolRef
    fails: z3.BoolRef
    review: z3.BoolRef
    lists: frozenset[str] = frozenset()

    @made_once
    def passes(self) -> z3.BoolRef:
        """The rule is met or does not apply."""
        return z3.And(z3.Not(self.fails), z3.Not(self.review))


class Encoder:
    """One call on one day, and one draft: its variables, the facts of the draft, and its rules as constraints.

    ``record`` is what a proposal to the call holds. ``answers`` is the draft, empty for every proposal there can be.
    ``bounds`` says how many items lists may have that the draft leaves open. ``limits`` are conditions that hold for
    every proposal (kinds, ranges, lengths). ``hints`` hold for some proposals, and make one easy to find. By their
    place, numbers are ``nice`` that have two decimals or are as the draft answers them; those that are ``writable``
    have at most 15 digits. One ``beside`` another speaks of the same proposals: to compare two versions of a call.

    The terms of one encoder belong to a context of their own, so that several can work at once in several threads.
    """

    def __init__(
        self,
        names: CallNames,
        answers: Mapping[str, object],
        bounds: Mapping[str, int] = DEFAULT_BOUNDS,
        beside: Encoder | None = None,
        record: Record | None = None,
    ) -> None:
        self.context: z3.Context = beside.context if beside else _context()
        self.true, self.false = z3.BoolVal(val=True, ctx=self.context), z3.BoolVal(val=False, ctx=self.context)
        self.variables: dict[str, Variable] = {}
        self.limits: list[z3.BoolRef] = []
        self.bounds_used: dict[str, int] = {}
        self.lengths: dict[str, z3.ArithRef] = {}
        self.hints: list[z3.BoolRef] = []
        self.nice: dict[str, z3.BoolRef] = {}
        self.writable: dict[str, z3.BoolRef] = {}
        self._record = record or proposal_record()
        self._bounds = bounds
        self._names = names
        # What is worked out from the same fields is the same for both.
        self._products: dict[tuple[int, ...], z3.ArithRef] = beside._products if beside else {}
        self._months: dict[int, z3.ArithRef] = beside._months if beside else {}
        self._open = open_lists(answers)
        self._proposal = Fields(self, names.proposal, "", answers)
        self._symbols: dict[str, Symbol] = {}
        self._definitions: dict[str, Symbol] = {}
        self._lists_read: set[str] = set()
        self._lists_of_definition: dict[str, set[str]] = {}
        self._integers: dict[int, z3.ArithRef] = {}
        self._numbers: dict[Fraction | int, z3.ArithRef] = {}
        self._codes: dict[str, int] = beside._codes if beside else {ANY_TEXT: 0}
        self._texts: list[str] = beside._texts if beside else [ANY_TEXT]
        self._constants: dict[int, Symbol] = {}
        for code in _side_by_side(names.constants.values()):
            self.code(code)
        self._free_texts: set[int] = beside._free_texts if beside else {0}
        self._kept: list[z3.ExprRef] = beside._kept if beside else []
        self._factors: dict[str, set[str]] = {}
        self._looked_into: list[z3.ArithRef] = []
        self._functions: dict[tuple[str, ...], z3.FuncDeclRef] = beside._functions if beside else {}

    def rule(self, rule: Rule) -> EncodedRule:
        """Encode a rule; raises NotEncodableError for one that cannot be said."""
        if rule.manual or rule.scope is not RuleScope.PROPOSAL or rule.require is None:
            raise NotEncodableError(
                "manual review is needed for this rule" if rule.manual else "a rule on all proposals together"
            )
        self._lists_read = set()
        if rule.for_each is None or rule.item is None:
            return EncodedRule(rule, *self._cases(rule, {}), frozenset(self._lists_read))
        parts = [
            (there, self._cases(rule, {rule.item: item}))
            for there, item in self._list(self.value(rule.for_each.tree, {})).items
        ]
        return EncodedRule(
            rule,
            self.any(self.all(there, applies) for there, (applies, _, _) in parts),
            fails := self.any(self.all(there, fails) for there, (_, fails, _) in parts),
            self.all(z3.Not(fails), self.any(self.all(there, review) for there, (_, _, review) in parts)),
            frozenset(self._lists_read),
        )

    def _cases(self, rule: Rule, scope: Mapping[str, Symbol]) -> tuple[z3.BoolRef, z3.BoolRef, z3.BoolRef]:
        applies = self._truth(rule.when.tree, scope) if rule.when else self.true
        holds = self._truth(rule.require.tree, scope) if rule.require else self.true
        if rule.doubt is None:
            return applies, self.all(applies, z3.Not(holds)), self.false
        doubt = self._truth(rule.doubt.tree, scope)
        broken = self.all(applies, z3.Not(holds))
        return applies, self.all(broken, z3.Not(doubt)), self.all(broken, doubt)

    def all(self, *conditions: z3.BoolRef | Iterable[z3.BoolRef]) -> z3.BoolRef:
        """That all conditions hold."""
        parts = [one for one in _each(conditions) if one is not self.true]
        return self._joined(z3.Z3_mk_and, parts) if len(parts) > 1 else parts[0] if parts else self.true

    def any(self, *conditions: z3.BoolRef | Iterable[z3.BoolRef]) -> z3.BoolRef:
        """That at least one condition holds."""
        parts = [one for one in _each(conditions) if one is not self.false]
        return self._joined(z3.Z3_mk_or, parts) if len(parts) > 1 else parts[0] if parts else self.false

    def _joined(self, join: Callable[..., z3.Ast], parts: Sequence[z3.BoolRef]) -> z3.BoolRef:
        """Conditions joined. z3.And and z3.Or first look at what each part is, which takes a fifth of the encoding."""
        asts = (z3.Ast * len(parts))(*[part.as_ast() for part in parts])
        return z3.BoolRef(join(self.context.ref(), len(parts), asts), self.context)

    def among(self, term: z3.ArithRef, codes: Iterable[int]) -> z3.BoolRef:
        """That a text is one of these, by the numbers that stand for them: as few ranges as there are."""
        runs: list[list[int]] = []
        for code in sorted(set(codes)):
            if runs and runs[-1][1] == code - 1:
                runs[-1][1] = code
            else:
                runs.append([code, code])
        return self.any(
            _related("=", term, self._integer(first))
            if first == last
            else self.all(_related(">=", term, self._integer(first)), _related("<=", term, self._integer(last)))
            for first, last in runs
        )

    def _number_of(self, exact: Fraction | int) -> z3.ArithRef:
        if exact not in self._numbers:
            self._numbers[exact] = z3.RealVal(str(Fraction(exact)), self.context)
        return self._numbers[exact]

    def _integer(self, number: int) -> z3.ArithRef:
        if number not in self._integers:
            self._integers[number] = z3.IntVal(number, self.context)
        return self._integers[number]

    # The proposal as variables.

    def symbol(self, type_: Type, pointer: str, answer: object) -> Symbol:
        """The symbol of a field; one for each place."""
        if isinstance(type_, ListType) and (not isinstance(answer, list | tuple) or pointer in self._open):
            self._lists_read.add(pointer)
        if pointer not in self._symbols:
            self._symbols[pointer] = self._made(type_, pointer, answer)
        return self._symbols[pointer]

    def _made(self, type_: Type, pointer: str, answer: object) -> Symbol:
        if isinstance(type_, RecordType):
            return Fields(self, type_, pointer, answer if isinstance(answer, Mapping) else {})
        if isinstance(type_, ListType):
            return self._list_of(type_, pointer, answer)
        term, symbol, possible = self._leaf(type_, pointer)
        constant = None if answer is None else self._constant_term(type_, pointer, answer)
        fact = None if constant is None else term == constant
        # A draft may answer what is doubtful, such as a date long ago: that does not make it impossible.
        self.limits.append(possible if fact is None else self.any(possible, fact))
        if z3.is_real(term):
            for numbers, digits in ((self.nice, 2), (self.writable, 9)):
                part = z3.Int(f"{pointer}·{digits}", self.context)
                few = z3.And(part < MOST_PARTS, z3.ToReal(part) == 10**digits * term)
                numbers[pointer] = few if fact is None else z3.Or(few, fact)
        if isinstance(symbol, Number) and answer is not None:
            symbol.known = Fraction(Decimal(str(answer)))
            symbol.answer = fact
        self.variables[pointer] = Variable(pointer, type_, term, answer, constant, fact)
        return symbol

    def _leaf(self, type_: Type, pointer: str) -> tuple[z3.ExprRef, Symbol, z3.BoolRef]:
        """The variable of a field, its symbol, and which values it can have."""
        if type_ == BOOLEAN:
            truth = z3.Bool(pointer, self.context)
            return truth, truth, self.true
        scale = self.scale(pointer)
        if isinstance(type_, NumberType) and scale is None:
            real = z3.Real(pointer, self.context)
            return real, Number(real), real >= 0
        term = z3.Int(pointer, self.context)
        if type_ == DATE:
            return term, Dated(term), z3.And(term >= FIRST_DAY, term <= LAST_DAY)
        if isinstance(type_, TextType):
            codes = None if type_.codes is None else [self.code(text) for text in sorted(type_.codes)]
            return term, Coded(term), term >= 0 if codes is None else self.among(term, codes)
        if isinstance(type_, NumberType) and scale == 1:
            most = MOST_MONTHS if type_.unit == "months" else MOST_PARTS
            return term, Number(z3.ToReal(term), whole=term), z3.And(term >= 0, term < most)
        if isinstance(type_, NumberType) and scale is not None:
            return term, Number(z3.ToReal(term) / scale), z3.And(term >= 0, term < MOST_PARTS)
        raise NotEncodableError(f"the kind of answer at {pointer}")

    def scale(self, pointer: str) -> int | None:
        """How many of the smallest parts of a number make one whole: 100 cents; None where it has none."""
        kind = self.kind(pointer)
        if isinstance(kind, Whole):
            return 1
        return 10**kind.decimals if isinstance(kind, Exact) and kind.decimals <= FEW_DECIMALS else None

    def kind(self, pointer: str) -> Kind:
        """What a proposal holds at a place."""
        kind: Kind = self._record
        for part in split(pointer):
            if isinstance(kind, Many):
                kind = kind.item
            elif isinstance(kind, Record) and part in kind.fields:
                kind = kind.fields[part].kind
        return kind

    def _list_of(self, type_: ListType, pointer: str, answer: object) -> Items:
        if isinstance(answer, list | tuple):
            items = [(self.true, self.symbol(type_.item, f"{pointer}/{at}", item)) for at, item in enumerate(answer)]
            if pointer not in self._open:
                return Items(items, in_order=True)
        else:
            items = []
        known = len(items)
        most = known + self._bounds.get(pointer.removeprefix("/"), self._bounds.get("", OTHER_BOUND))
        self.bounds_used[pointer] = most
        length = self.lengths[pointer] = z3.Int(f"{pointer}#", self.context)
        self.limits += [length >= known, length <= most]
        items += [(length > at, self.symbol(type_.item, f"{pointer}/{at}", None)) for at in range(known, most)]
        return Items(items, in_order=True)

    def code(self, text: str) -> int:
        """The number that stands for a text."""
        if text not in self._codes:
            self._codes[text] = len(self._texts)
            self._texts.append(text)
        return self._codes[text]

    def is_code(self, text: str) -> bool:
        """Whether a text is one that the conditions or the draft name, not any text that will do."""
        return text in self._codes and text != ANY_TEXT

    def free_text(self, text: str) -> int:
        """The number that stands for a text that functions may look into."""
        code = self.code(text)
        self._free_texts.add(code)
        return code

    def _constant_term(self, type_: Type, pointer: str, answer: object) -> z3.ExprRef:
        if type_ == BOOLEAN:
            return self.true if answer else self.false
        if type_ == DATE:
            day = answer if isinstance(answer, date) else date.fromisoformat(str(answer))
            return self._integer(day.toordinal())
        if isinstance(type_, TextType):
            return self._integer(self.free_text(str(answer)) if type_.codes is None else self.code(str(answer)))
        exact = Decimal(str(answer))
        scale = self.scale(pointer)
        return self._number_of(Fraction(exact)) if scale is None else self._integer(int(exact * scale))

    def answered(self, variable: Variable, model: z3.ModelRef) -> object:
        """What a model of the solver answers in a field, as it stands in a proposal."""
        value = model.eval(variable.term, model_completion=True)
        if variable.type == BOOLEAN:
            return z3.is_true(value)
        if isinstance(variable.type, TextType):
            code = value.as_long()
            return self._texts[code] if code < len(self._texts) else f"Text {code}"
        if variable.type == DATE:
            return date.fromordinal(value.as_long()).isoformat()
        if z3.is_int_value(value):
            scale = self.scale(variable.pointer) or 1
            return value.as_long() if scale == 1 else str(Decimal(value.as_long()).scaleb(1 - len(str(scale))))
        exact = Fraction(value.numerator_as_long(), value.denominator_as_long())
        return str(Decimal(exact.numerator) / Decimal(exact.denominator))

    # Conditions.

    def _truth(self, expression: tree.Expression, scope: Mapping[str, Symbol]) -> z3.BoolRef:
        value = self.value(expression, scope)
        if not z3.is_bool(value):
            raise NotEncodableError("a condition that is not yes or no")
        return value

    def value(self, expression: tree.Expression, scope: Mapping[str, Symbol]) -> Symbol:
        """Encode an expression; raises NotEncodableError for what cannot be said."""
        used = names_used(expression)
        known = self._names
        if not used & (scope.keys() | known.proposal.fields.keys() | known.definitions.keys()):
            if id(expression) not in self._constants:
                self._constants[id(expression)] = self._literal(evaluate(expression, known.constants, strict=True))
            return self._constants[id(expression)]
        walk: Callable[..., Symbol] | None = getattr(self, f"_{type(expression).__name__.lower()}", None)
        if walk is None:
            raise NotEncodableError(f"{type(expression).__name__} expressions")
        return walk(expression, scope)

    def _literal(self, value: object) -> Symbol:
        if isinstance(value, bool):
            return self.true if value else self.false
        if isinstance(value, str):
            return Coded(self._integer(self.code(value)))
        if isinstance(value, int | Decimal):
            return Number(self._number_of(Fraction(value)), Fraction(value))
        if isinstance(value, Date):
            return Dated(self._integer(date(value.year, value.month, value.day).toordinal()))
        if isinstance(value, MonthsDuration):
            return Span(self._integer(value.months), months=True)
        if isinstance(value, DaysDuration) and value.nanoseconds % NANOSECONDS_OF_DAY == 0:
            return Span(self._integer(value.nanoseconds // NANOSECONDS_OF_DAY), months=False)
        if isinstance(value, list | tuple):
            codes = [self.code(item) for item in value if isinstance(item, str)]
            whole = codes if len(codes) == len(value) else None
            return Items([(self.true, self._literal(item)) for item in value], in_order=True, codes=whole)
        if isinstance(value, Unanswered):
            raise NotEncodableError("a value that is not known on this date")
        raise NotEncodableError(f"a value of the type {type(value).__name__}")

    def _name(self, expression: tree.Name, scope: Mapping[str, Symbol]) -> Symbol:
        name = expression.name
        if name in scope:
            return scope[name]
        if name in self._names.definitions:
            if name not in self._definitions:
                before, self._lists_read = self._lists_read, set()
                self._definitions[name] = self.value(self._names.definitions[name], {})
                self._lists_of_definition[name] = self._lists_read
                self._lists_read = before
            self._lists_read |= self._lists_of_definition[name]
            return self._definitions[name]
        return self._proposal.member(name)

    def _path(self, expression: tree.Path, scope: Mapping[str, Symbol]) -> Symbol:
        base = self.value(expression.base, scope)
        if isinstance(base, Items):
            members = [(there, self._fields(item).member(expression.name)) for there, item in base.items]
            return Items(members, in_order=base.in_order)
        return self._fields(base).member(expression.name)

    def _and(self, expression: tree.And, scope: Mapping[str, Symbol]) -> Symbol:
        return self.all(self._truth(part, scope) for part in expression.parts)

    def _or(self, expression: tree.Or, scope: Mapping[str, Symbol]) -> Symbol:
        return self.any(self._truth(part, scope) for part in expression.parts)

    def _compare(self, expression: tree.Compare, scope: Mapping[str, Symbol]) -> Symbol:
        return _compared(expression.op, self.value(expression.left, scope), self.value(expression.right, scope))

    def _between(self, expression: tree.Between, scope: Mapping[str, Symbol]) -> Symbol:
        value = self.value(expression.value, scope)
        low, high = self.value(expression.low, scope), self.value(expression.high, scope)
        return self.all(_compared(">=", value, low), _compared("<=", value, high))

    def _in(self, expression: tree.In, scope: Mapping[str, Symbol]) -> Symbol:
        value = self.value(expression.value, scope)
        return self.any(self._is_in(value, test, scope) for test in expression.tests)

    def _is_in(self, value: Symbol, test: tree.Expression | tree.Test, scope: Mapping[str, Symbol]) -> z3.BoolRef:
        if isinstance(test, tree.Test):
            return _compared(test.op, value, self.value(test.operand, scope))
        if isinstance(test, tree.RangeOf):
            ends = []
            if test.low is not None:
                ends.append(_compared(">=" if test.low_closed else ">", value, self.value(test.low, scope)))
            if test.high is not None:
                ends.append(_compared("<=" if test.high_closed else "<", value, self.value(test.high, scope)))
            return self.all(ends)
        held = self.value(test, scope)
        if isinstance(held, Items):
            if held.codes is not None and isinstance(value, Coded):
                return self.among(value.term, held.codes)
            return self.any(self.all(there, _compared("=", value, item)) for there, item in held.items)
        return _compared("=", value, held)

    def _if(self, expression: tree.If, scope: Mapping[str, Symbol]) -> Symbol:
        condition = self._truth(expression.condition, scope)
        then, otherwise = self.value(expression.then, scope), self.value(expression.otherwise, scope)
        if isinstance(then, Items) and isinstance(otherwise, Items):
            return Items(
                [(self.all(condition, there), item) for there, item in then.items]
                + [(self.all(z3.Not(condition), there), item) for there, item in otherwise.items]
            )
        if z3.is_bool(then) and z3.is_bool(otherwise):
            return z3.If(condition, then, otherwise)
        for kind in (Number, Coded, Dated):
            if isinstance(then, kind) and isinstance(otherwise, kind):
                return kind(z3.If(condition, then.term, otherwise.term))
        raise NotEncodableError("branches of different kinds")

    def _quantified(self, expression: tree.Quantified, scope: Mapping[str, Symbol]) -> Symbol:
        parts = list(self._combinations(expression, 0, scope))
        if expression.quantifier == "some":
            return self.any(self.all(there, holds) for there, holds in parts)
        return self.all(holds if z3.is_true(there) else z3.Implies(there, holds) for there, holds in parts)

    def _combinations(
        self, expression: tree.Quantified, at: int, scope: Mapping[str, Symbol]
    ) -> Iterator[tuple[z3.BoolRef, z3.BoolRef]]:
        if at == len(expression.iterations):
            yield self.true, self._truth(expression.condition, scope)
            return
        iteration = expression.iterations[at]
        domain = self.value(iteration.domain, scope)
        items = self._list(domain).items if iteration.end is None else self._counted(domain, iteration.end, scope)
        for there, item in items:
            for others, holds in self._combinations(expression, at + 1, {**scope, iteration.name: item}):
                yield self.all(there, others), holds

    def _counted(
        self, low: Symbol, end: tree.Expression, scope: Mapping[str, Symbol]
    ) -> list[tuple[z3.BoolRef, Symbol]]:
        """The numbers from one to another, each with the condition that the other is not passed."""
        high = self.value(end, scope)
        if not (isinstance(low, Number) and isinstance(high, Number) and low.known is not None):
            raise NotEncodableError("counting from an answer")
        last = high.most if high.known is None else int(high.known)
        if last is None:
            raise NotEncodableError("counting to an answer")
        numbers = range(int(low.known), last + 1)
        return [(high.term >= at, Number(self._number_of(at), Fraction(at))) for at in numbers]

    def _filter(self, expression: tree.Filter, scope: Mapping[str, Symbol]) -> Symbol:
        kept = []
        base = self._list(self.value(expression.base, scope))
        position = expression.condition
        if base.in_order and isinstance(position, tree.Name) and isinstance(scope.get(position.name), Number):
            return self._item_at(base, scope[position.name])
        for there, item in base.items:
            inner = {**scope, "item": item}
            if isinstance(item, Fields):
                used = names_used(expression.condition) & item.type.fields.keys()
                inner |= {name: item.member(name) for name in used}
            kept.append((self.all(there, self._truth(expression.condition, inner)), item))
        return Items(kept)

    def _item_at(self, base: Items, position: Symbol) -> Symbol:
        """The item at a position that is a known number; beyond the longest list there can be, any item will do."""
        known = position.known if isinstance(position, Number) else None
        if known is None or known < 1 or not base.items:
            raise NotEncodableError("a position that is an answer")
        return base.items[min(int(known), len(base.items)) - 1][1]

    def _arithmetic(self, expression: tree.Arithmetic, scope: Mapping[str, Symbol]) -> Symbol:
        left, right = self.value(expression.left, scope), self.value(expression.right, scope)
        if isinstance(left, Dated) and isinstance(right, Span) and expression.op in ("+", "-"):
            span = right.term if expression.op == "+" else -right.term
            return self._months_later(left, span) if right.months else Dated(left.term + span)
        if expression.op == "*" and isinstance(right, Number) and isinstance(left, Span):
            left, right = right, left
        if expression.op == "*" and isinstance(left, Number) and isinstance(right, Span):
            return self._multiple_of(right, left)
        if not (isinstance(left, Number) and isinstance(right, Number)):
            raise NotEncodableError("this arithmetic with dates and durations")
        match expression.op:
            case "+":
                return Number(left.term + right.term, _sum_of(left.known, right.known))
            case "-":
                return Number(left.term - right.term, _sum_of(left.known, right.known, -1))
            case "*":
                return self._product(left, right)
            case "/" if right.known and right.answer is None:
                return Number(left.term / self._number_of(right.known))
        raise NotEncodableError("a quotient of two answers")

    def _multiple_of(self, span: Span, factor: Number) -> Span:
        if factor.whole is not None and z3.is_int_value(span.term):
            return Span(factor.whole * span.term, months=span.months)
        raise NotEncodableError("a duration multiplied by what is not a number of months")

    def _months_later(self, start: Dated, months: z3.ArithRef) -> Dated:
        """The date so many months later: on the same day of the month, or the last one of a shorter month."""
        month = self._months.setdefault(start.term.get_id(), z3.Int(f"month·{len(self._months)}", self.context))
        self._kept.append(start.term)
        first, next_first = _first_day_of(month), _first_day_of(month + 1)
        # Which month the date is in follows from the date: this excludes nothing.
        self.limits += [first <= start.term, start.term < next_first, month >= 0]
        later = _first_day_of(month + months)
        last = _first_day_of(month + months + 1) - 1
        same_day = later + start.term - first
        return Dated(z3.If(same_day <= last, same_day, last))

    def _product(self, left: Number, right: Number) -> Number:
        """A product.

        That of two answers that are not given is a number of its own, for products of free numbers take solvers too
        long. Any number can be such a product, so nothing that is possible becomes impossible. To find a proposal, one
        of the two is 1, or is answered as it was.
        """
        known = None if left.known is None or right.known is None else left.known * right.known
        for factor, other in ((left, right), (right, left)):
            if factor.known is not None and factor.answer is None:
                return Number(self._number_of(factor.known) * other.term, known)
        # The terms are kept, so that no other gets their ids.
        key = tuple(sorted((left.term.get_id(), right.term.get_id())))
        product = self._products.setdefault(key, z3.Real(f"product·{len(self._products)}", self.context))
        self._kept += [left.term, right.term]
        self._factors[product.decl().name()] = names_in(left.term) | names_in(right.term)
        kept = []
        for factor, other in ((left, right), (right, left)):
            if factor.known is not None and factor.answer is not None:
                # Only while the factor is answered so: what follows from the product, follows from that answer.
                multiple = product == self._number_of(factor.known) * other.term
                self.limits.append(z3.Implies(factor.answer, multiple))
                kept.append(factor.answer)
        self.hints.append(self.any(kept) if kept else z3.And(left.term == 1, product == right.term))
        return Number(product, known)

    def _negate(self, expression: tree.Negate, scope: Mapping[str, Symbol]) -> Symbol:
        return Number(-self._number(self.value(expression.operand, scope)))

    def _listof(self, expression: tree.ListOf, scope: Mapping[str, Symbol]) -> Symbol:
        return Items([(self.true, self.value(item, scope)) for item in expression.items])

    def _functioncall(self, expression: tree.FunctionCall, scope: Mapping[str, Symbol]) -> Symbol:
        name = expression.function.name if isinstance(expression.function, tree.Name) else ""
        function = _FUNCTIONS.get(name)
        if function is None or expression.names is not None:
            raise NotEncodableError(f"the function {name}")
        return function(self, [self.value(argument, scope) for argument in expression.arguments])

    def _list(self, value: Symbol) -> Items:
        if not isinstance(value, Items):
            raise NotEncodableError("one value in the place of a list")
        return value

    def _fields(self, value: Symbol) -> Fields:
        if not isinstance(value, Fields):
            raise NotEncodableError("a member of what is not a record")
        return value

    def _number(self, value: Symbol) -> z3.ArithRef:
        if not isinstance(value, Number):
            raise NotEncodableError("a number was expected")
        return value.term

    # Functions.

    def _not(self, arguments: list[Symbol]) -> Symbol:
        (value,) = arguments
        if not z3.is_bool(value):
            raise NotEncodableError("not of what is not yes or no")
        return z3.Not(value)

    def _count(self, arguments: list[Symbol]) -> Symbol:
        (value,) = arguments
        items = self._list(value).items
        known = Fraction(len(items)) if all(z3.is_true(there) for there, _ in items) else None
        if known is not None:
            return Number(self._number_of(known), known, len(items))
        one, none = self._number_of(1), self._number_of(0)
        return Number(z3.Sum([z3.If(there, one, none) for there, _ in items]), None, len(items))

    def _sum(self, arguments: list[Symbol]) -> Symbol:
        (value,) = arguments
        # The sum of nothing is null to the language. A condition that is met although a part of it is null is met
        # whatever the part is: 0 makes no proposal impossible that is possible.
        items, none = self._list(value).items, self._number_of(0)
        parts = [
            self._number(item) if z3.is_true(there) else z3.If(there, self._number(item), none) for there, item in items
        ]
        return Number(z3.Sum(parts) if parts else none)

    def _append(self, arguments: list[Symbol]) -> Symbol:
        return Items([*self._list(arguments[0]).items, *((self.true, item) for item in arguments[1:])])

    def _concatenate(self, arguments: list[Symbol]) -> Symbol:
        parts = [self._list(argument) for argument in arguments]
        whole = all(z3.is_true(there) for part in parts[:-1] for there, _ in part.items)
        return Items([pair for part in parts for pair in part.items], in_order=whole and parts[-1].in_order)

    def _text_function(self, arguments: list[Symbol], *, name: str) -> Symbol:
        """A function of a text, known for the texts there are and open for all others."""
        text, others = arguments[0], arguments[1:]
        if not isinstance(text, Coded):
            raise NotEncodableError(f"the function {name} of what is not a text")
        literals = []
        for other in others:
            if not (isinstance(other, Coded) and z3.is_int_value(other.term)):
                raise NotEncodableError(f"the function {name} with a second text that is an answer")
            literals.append(self._texts[other.term.as_long()])
        self._looked_into.append(text.term)
        key = (name, *literals)
        if key not in self._functions:
            integer = z3.IntSort(self.context)
            kind = z3.BoolSort(self.context) if name in _PREDICATES else integer
            self._functions[key] = z3.Function("·".join(key), integer, kind)
        term = self._functions[key](text.term)
        return term if name in _PREDICATES else Coded(term)

    def fields_in(self, condition: z3.BoolRef) -> set[str]:
        """The names of the variables that a condition reads; a product stands for its two factors."""
        names = names_in(z3.simplify(condition))
        while products := names & self._factors.keys():
            names = names.difference(products).union(*(self._factors[product] for product in products))
        return names

    def known_texts(self) -> list[z3.BoolRef]:
        """That texts which functions look into are among the known ones: only of these we know what comes out."""
        return [self.among(term, self._free_texts) for term in self._looked_into]

    def tables(self) -> list[z3.BoolRef]:
        """What functions of texts make of the texts that are known, once all rules are encoded."""
        found = []
        for (name, *literals), function in self._functions.items():
            for code in sorted(self._free_texts):
                value = _of_text(name, self._texts[code], *literals)
                if isinstance(value, bool):
                    found.append(function(code) if value else z3.Not(function(code)))
                elif isinstance(value, str):
                    found.append(function(code) == self.code(value))
        return found

    def _union(self, arguments: list[Symbol]) -> Symbol:
        distinct: list[tuple[z3.BoolRef, Symbol]] = []
        for argument in arguments:
            for there, item in self._list(argument).items:
                before = [self.all(earlier, _compared("=", other, item)) for earlier, other in distinct]
                distinct.append((self.all(there, z3.Not(self.any(before))) if before else there, item))
        return Items(distinct)

    def _round_half_up(self, arguments: list[Symbol]) -> Symbol:
        number, digits = (self._number(argument) for argument in arguments)
        if not z3.is_rational_value(digits):
            raise NotEncodableError("rounding to a number of digits that is an answer")
        scale = 10 ** digits.numerator_as_long()
        half = self._number_of(Fraction(1, 2))
        up, down = z3.ToInt(number * scale + half), z3.ToInt(-number * scale + half)
        return Number(z3.If(number >= 0, z3.ToReal(up), -z3.ToReal(down)) / scale)

    def _abs(self, arguments: list[Symbol]) -> Symbol:
        (argument,) = arguments
        number = self._number(argument)
        return Number(z3.If(number >= 0, number, -number))


@lru_cache(maxsize=2_000)
def _of_text(name: str, text: str, *literals: str) -> object:
    """What a function makes of a text."""
    return evaluate(tree.FunctionCall(tree.Name(name), (tree.Text(text), *map(tree.Text, literals))), {}, strict=True)


def _context() -> z3.Context:
    context = z3.Context()
    # Python may let go of a term in another thread than the one that works with its context.
    z3.Z3_enable_concurrent_dec_ref(context.ref())
    return context


def _each(conditions: Iterable[z3.BoolRef | Iterable[z3.BoolRef]]) -> Iterator[z3.BoolRef]:
    for one in conditions:
        if isinstance(one, z3.BoolRef):
            yield one
        else:
            yield from one


def _side_by_side(constants: Iterable[object]) -> list[str]:
    """The codes in the lists of a call, those that are in the same lists side by side: then a list is a few ranges."""
    lists: list[frozenset[str]] = []
    waiting = list(constants)
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            waiting += value.values()
        elif isinstance(value, list | tuple) and value and all(isinstance(item, str) for item in value):
            lists.append(frozenset(value))
    lists = sorted(set(lists), key=lambda one: (-len(one), sorted(one)))
    return sorted({code for one in lists for code in one}, key=lambda code: ([code not in one for one in lists], code))


def _first_day_of(month: z3.ArithRef) -> z3.ArithRef:
    """The ordinal of the first day of a month, counted from March of the year 0: then a leap day ends a year."""
    year, of_year = month / 12, month % 12
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * of_year + 2) / 5 + MARCH_OF_YEAR_0


MARCH_OF_YEAR_0 = -305
"""The ordinal that 1 March of the year 0 has."""

NANOSECONDS_OF_DAY = 86_400 * 10**9


def names_in(term: z3.ExprRef) -> set[str]:
    """The names of the variables in a term."""
    found: set[str] = set()
    waiting, seen = [term], {term.get_id()}
    while waiting:
        part = waiting.pop()
        parts = part.children()
        for one in parts:
            # A part that stands in several places is looked into once.
            if (one_id := one.get_id()) not in seen:
                seen.add(one_id)
                waiting.append(one)
        if not parts and z3.is_const(part) and part.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            found.add(part.decl().name())
    return found


def _sum_of(one: Fraction | None, other: Fraction | None, sign: int = 1) -> Fraction | None:
    return None if one is None or other is None else one + sign * other


_PREDICATES = ("matches", "contains", "starts with", "ends with")

_FUNCTIONS: Mapping[str, Callable[[Encoder, list[Symbol]], Symbol]] = {
    "not": Encoder._not,
    "count": Encoder._count,
    "sum": Encoder._sum,
    "append": Encoder._append,
    "concatenate": Encoder._concatenate,
    "union": Encoder._union,
    "distinct values": Encoder._union,
    "round half up": Encoder._round_half_up,
    "abs": Encoder._abs,
    **{name: partial(Encoder._text_function, name=name) for name in (*_PREDICATES, "digits", "plain name")},
}


def _compared(op: str, left: Symbol, right: Symbol) -> z3.BoolRef:
    if z3.is_bool(left) and z3.is_bool(right) and op in ("=", "!="):
        return left == right if op == "=" else left != right
    for kind in (Number, Dated, Coded):
        if isinstance(left, kind) and isinstance(right, kind):
            if kind is Coded and op not in ("=", "!="):
                raise NotEncodableError("the order of texts")
            return _related(op, left.term, right.term)
    raise NotEncodableError("a comparison of values of different kinds")


def _related(op: str, left: z3.ArithRef, right: z3.ArithRef) -> z3.BoolRef:
    """A comparison of two terms of one sort. z3's operators first look for a common one, which takes longer."""
    if op == "!=":
        return z3.Not(_related("=", left, right))
    return z3.BoolRef(_RELATIONS[op](left.ctx_ref(), left.as_ast(), right.as_ast()), left.ctx)


_RELATIONS: Mapping[str, Callable[..., z3.Ast]] = {
    "=": z3.Z3_mk_eq,
    "<": z3.Z3_mk_lt,
    "<=": z3.Z3_mk_le,
    ">": z3.Z3_mk_gt,
    ">=": z3.Z3_mk_ge,
}
