"""The conditions of a call as constraints over every proposal there can be, for the solver z3.

A field is a variable of its kind: an amount a whole number of cents, a date its ordinal, a code or a text a number that
stands for it, so that texts can only be the same or not. A list has a length up to a bound and that many items. What a
draft answers is a fact about these variables; what it does not answer is free. Only proposals in which everything a
condition reads is answered are spoken of, so there is no unanswered here: by the law of drafts, what holds for all of
them holds for the draft.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import TypeAlias

import z3

from mpfcheck.checking.names import CallNames
from mpfcheck.feel.evaluate.evaluator import evaluate
from mpfcheck.feel.study.dependencies import names_used
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.types import BOOLEAN, DATE, ListType, NumberType, RecordType, TextType, Type
from mpfcheck.feel.values.temporal import Date
from mpfcheck.feel.values.value import Unanswered
from mpfcheck.frozen import Frozen
from mpfcheck.packs.rule import Rule, Scope

__all__ = ["DEFAULT_BOUNDS", "OTHER_BOUND", "EncodedRule", "Encoder", "NotEncodableError", "Variable"]

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

MOST_CENTS = 10**15
"""Amounts have at most 15 digits."""

FIRST_DAY, LAST_DAY = date(1990, 1, 1).toordinal(), date(2100, 12, 31).toordinal()


TRUE, FALSE = z3.BoolVal(val=True), z3.BoolVal(val=False)


class NotEncodableError(Exception):
    """A condition the constraints cannot say; the message names what."""


class Number:
    """A number, as a real term in whole units (EUR, months).

    ``known`` is its value where it is a literal or answered; ``answer`` is the fact that it is answered so,
    ``most`` the most it can be where it counts a list.
    """

    __slots__ = ("answer", "known", "most", "term")

    def __init__(self, term: z3.ArithRef, known: Fraction | None = None, most: int | None = None) -> None:
        self.answer: z3.BoolRef | None = None
        self.term = term
        self.known = known
        self.most = most


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


class Items:
    """A list: each item with the condition under which it is there.

    In a list that is ``in_order`` an item is there only with all items before it, so that they can be counted off.
    """

    __slots__ = ("in_order", "items")

    def __init__(self, items: list[tuple[z3.BoolRef, Symbol]], *, in_order: bool = False) -> None:
        self.items = items
        self.in_order = in_order


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


Symbol: TypeAlias = "z3.BoolRef | Number | Coded | Dated | Items | Fields"


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

    @property
    def passes(self) -> z3.BoolRef:
        """The rule is met or does not apply."""
        return z3.And(z3.Not(self.fails), z3.Not(self.review))


class Encoder:
    """One call on one day, and one draft: its variables, the facts of the draft, and its rules as constraints.

    ``answers`` is the draft, empty for every proposal there can be. ``bounds`` says how many items lists may have that
    the draft leaves open. ``limits`` are conditions that hold for every proposal (kinds, ranges, lengths). ``hints``
    hold for some proposals, and make one easy to find. One ``beside`` another speaks of the same proposals: to compare
    two versions of a call.
    """

    def __init__(
        self,
        names: CallNames,
        answers: Mapping[str, object],
        bounds: Mapping[str, int] = DEFAULT_BOUNDS,
        beside: Encoder | None = None,
    ) -> None:
        self.variables: dict[str, Variable] = {}
        self.limits: list[z3.BoolRef] = []
        self.bounds_used: dict[str, int] = {}
        self.lengths: dict[str, z3.ArithRef] = {}
        self.hints: list[z3.BoolRef] = []
        self._bounds = bounds
        self._names = names
        self._proposal = Fields(self, names.proposal, "", answers)
        self._symbols: dict[str, Symbol] = {}
        self._definitions: dict[str, Symbol] = {}
        self._lists_read: set[str] = set()
        self._lists_of_definition: dict[str, set[str]] = {}
        self._codes: dict[str, int] = beside._codes if beside else {ANY_TEXT: 0}
        self._texts: list[str] = beside._texts if beside else [ANY_TEXT]
        self._looked_into: list[z3.ArithRef] = []
        self._functions: dict[tuple[str, ...], z3.FuncDeclRef] = beside._functions if beside else {}

    def rule(self, rule: Rule) -> EncodedRule:
        """Encode a rule; raises NotEncodableError for one that cannot be said."""
        if rule.manual or rule.scope is not Scope.PROPOSAL or rule.require is None:
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
            z3.Or([z3.And(there, applies) for there, (applies, _, _) in parts]),
            fails := z3.Or([z3.And(there, fails) for there, (_, fails, _) in parts]),
            z3.And(z3.Not(fails), z3.Or([z3.And(there, review) for there, (_, _, review) in parts])),
            frozenset(self._lists_read),
        )

    def _cases(self, rule: Rule, scope: Mapping[str, Symbol]) -> tuple[z3.BoolRef, z3.BoolRef, z3.BoolRef]:
        applies = self._truth(rule.when.tree, scope) if rule.when else TRUE
        holds = self._truth(rule.require.tree, scope) if rule.require else TRUE
        doubt = self._truth(rule.doubt.tree, scope) if rule.doubt else FALSE
        broken = z3.And(applies, z3.Not(holds))
        return applies, z3.And(broken, z3.Not(doubt)), z3.And(broken, doubt)

    # The proposal as variables.

    def symbol(self, type_: Type, pointer: str, answer: object) -> Symbol:
        """The symbol of a field; one for each place."""
        if isinstance(type_, ListType) and not isinstance(answer, list | tuple):
            self._lists_read.add(pointer)
        if pointer not in self._symbols:
            self._symbols[pointer] = self._made(type_, pointer, answer)
        return self._symbols[pointer]

    def _made(self, type_: Type, pointer: str, answer: object) -> Symbol:
        if isinstance(type_, RecordType):
            return Fields(self, type_, pointer, answer if isinstance(answer, Mapping) else {})
        if isinstance(type_, ListType):
            return self._list_of(type_, pointer, answer)
        term, symbol = self._leaf(type_, pointer)
        constant = None if answer is None else self._constant_term(type_, answer)
        fact = None if constant is None else term == constant
        if isinstance(symbol, Number) and answer is not None:
            symbol.known = Fraction(Decimal(str(answer)))
            symbol.answer = fact
        self.variables[pointer] = Variable(pointer, type_, term, answer, constant, fact)
        return symbol

    def _leaf(self, type_: Type, pointer: str) -> tuple[z3.ExprRef, Symbol]:
        if type_ == BOOLEAN:
            truth = z3.Bool(pointer)
            return truth, truth
        if type_ == DATE:
            term = z3.Int(pointer)
            self.limits += [term >= FIRST_DAY, term <= LAST_DAY]
            return term, Dated(term)
        if isinstance(type_, TextType):
            term = z3.Int(pointer)
            codes = [self.code(text) for text in sorted(type_.codes)] if type_.codes is not None else None
            self.limits.append(z3.Or([term == code for code in codes]) if codes is not None else term >= 0)
            return term, Coded(term)
        if isinstance(type_, NumberType) and type_.unit == "EUR":
            term = z3.Int(pointer)
            self.limits += [term >= 0, term < MOST_CENTS]
            return term, Number(z3.ToReal(term) / 100)
        if isinstance(type_, NumberType) and type_.unit == "months":
            term = z3.Int(pointer)
            self.limits += [term >= 0, term <= 1200]
            return term, Number(z3.ToReal(term))
        if isinstance(type_, NumberType):
            real = z3.Real(pointer)
            self.limits.append(real >= 0)
            return real, Number(real)
        raise NotEncodableError(f"the kind of answer at {pointer}")

    def _list_of(self, type_: ListType, pointer: str, answer: object) -> Items:
        if isinstance(answer, list | tuple):
            there = TRUE
            items = [(there, self.symbol(type_.item, f"{pointer}/{at}", item)) for at, item in enumerate(answer)]
            return Items(items, in_order=True)
        most = self._bounds.get(pointer.removeprefix("/"), self._bounds.get("", OTHER_BOUND))
        self.bounds_used[pointer] = most
        length = self.lengths[pointer] = z3.Int(f"{pointer}#")
        self.limits += [length >= 0, length <= most]
        items = [(length > at, self.symbol(type_.item, f"{pointer}/{at}", None)) for at in range(most)]
        return Items(items, in_order=True)

    def code(self, text: str) -> int:
        """The number that stands for a text."""
        if text not in self._codes:
            self._codes[text] = len(self._texts)
            self._texts.append(text)
        return self._codes[text]

    def _constant_term(self, type_: Type, answer: object) -> z3.ExprRef:
        if type_ == BOOLEAN:
            return z3.BoolVal(bool(answer))
        if type_ == DATE:
            day = answer if isinstance(answer, date) else date.fromisoformat(str(answer))
            return z3.IntVal(day.toordinal())
        if isinstance(type_, TextType):
            return z3.IntVal(self.code(str(answer)))
        exact = Decimal(str(answer))
        if isinstance(type_, NumberType) and type_.unit == "EUR":
            return z3.IntVal(int(exact * 100))
        if isinstance(type_, NumberType) and type_.unit == "months":
            return z3.IntVal(int(exact))
        return z3.RealVal(str(Fraction(exact)))

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
        if isinstance(variable.type, NumberType) and variable.type.unit == "EUR":
            return f"{Decimal(value.as_long()).scaleb(-2):.2f}"
        if isinstance(variable.type, NumberType) and variable.type.unit == "months":
            return value.as_long()
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
            return self._literal(evaluate(expression, known.constants, strict=True))
        walk: Callable[..., Symbol] | None = getattr(self, f"_{type(expression).__name__.lower()}", None)
        if walk is None:
            raise NotEncodableError(f"{type(expression).__name__} expressions")
        return walk(expression, scope)

    def _literal(self, value: object) -> Symbol:
        if isinstance(value, bool):
            return z3.BoolVal(value)
        if isinstance(value, str):
            return Coded(z3.IntVal(self.code(value)))
        if isinstance(value, int | Decimal):
            return Number(z3.RealVal(str(Fraction(value))), Fraction(value))
        if isinstance(value, Date):
            return Dated(z3.IntVal(date(value.year, value.month, value.day).toordinal()))
        if isinstance(value, list | tuple):
            return Items([(TRUE, self._literal(item)) for item in value], in_order=True)
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
        return z3.And([self._truth(part, scope) for part in expression.parts])

    def _or(self, expression: tree.Or, scope: Mapping[str, Symbol]) -> Symbol:
        return z3.Or([self._truth(part, scope) for part in expression.parts])

    def _compare(self, expression: tree.Compare, scope: Mapping[str, Symbol]) -> Symbol:
        return _compared(expression.op, self.value(expression.left, scope), self.value(expression.right, scope))

    def _between(self, expression: tree.Between, scope: Mapping[str, Symbol]) -> Symbol:
        value = self.value(expression.value, scope)
        low, high = self.value(expression.low, scope), self.value(expression.high, scope)
        return z3.And(_compared(">=", value, low), _compared("<=", value, high))

    def _in(self, expression: tree.In, scope: Mapping[str, Symbol]) -> Symbol:
        value = self.value(expression.value, scope)
        return z3.Or([self._is_in(value, test, scope) for test in expression.tests])

    def _is_in(self, value: Symbol, test: tree.Expression | tree.Test, scope: Mapping[str, Symbol]) -> z3.BoolRef:
        if isinstance(test, tree.Test):
            return _compared(test.op, value, self.value(test.operand, scope))
        if isinstance(test, tree.RangeOf):
            ends = []
            if test.low is not None:
                ends.append(_compared(">=" if test.low_closed else ">", value, self.value(test.low, scope)))
            if test.high is not None:
                ends.append(_compared("<=" if test.high_closed else "<", value, self.value(test.high, scope)))
            return z3.And(ends)
        held = self.value(test, scope)
        if isinstance(held, Items):
            return z3.Or([z3.And(there, _compared("=", value, item)) for there, item in held.items])
        return _compared("=", value, held)

    def _if(self, expression: tree.If, scope: Mapping[str, Symbol]) -> Symbol:
        condition = self._truth(expression.condition, scope)
        then, otherwise = self.value(expression.then, scope), self.value(expression.otherwise, scope)
        if isinstance(then, Items) and isinstance(otherwise, Items):
            return Items(
                [(z3.And(condition, there), item) for there, item in then.items]
                + [(z3.And(z3.Not(condition), there), item) for there, item in otherwise.items]
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
            return z3.Or([z3.And(there, holds) for there, holds in parts])
        return z3.And([z3.Implies(there, holds) for there, holds in parts])

    def _combinations(
        self, expression: tree.Quantified, at: int, scope: Mapping[str, Symbol]
    ) -> Iterator[tuple[z3.BoolRef, z3.BoolRef]]:
        if at == len(expression.iterations):
            yield TRUE, self._truth(expression.condition, scope)
            return
        iteration = expression.iterations[at]
        domain = self.value(iteration.domain, scope)
        items = self._list(domain).items if iteration.end is None else self._counted(domain, iteration.end, scope)
        for there, item in items:
            for others, holds in self._combinations(expression, at + 1, {**scope, iteration.name: item}):
                yield z3.And(there, others), holds

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
        return [(high.term >= at, Number(z3.RealVal(at), Fraction(at))) for at in numbers]

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
            kept.append((z3.And(there, self._truth(expression.condition, inner)), item))
        return Items(kept)

    def _item_at(self, base: Items, position: Symbol) -> Symbol:
        """The item at a position that is a known number; beyond the longest list there can be, any item will do."""
        known = position.known if isinstance(position, Number) else None
        if known is None or known < 1 or not base.items:
            raise NotEncodableError("a position that is an answer")
        return base.items[min(int(known), len(base.items)) - 1][1]

    def _arithmetic(self, expression: tree.Arithmetic, scope: Mapping[str, Symbol]) -> Symbol:
        left, right = self.value(expression.left, scope), self.value(expression.right, scope)
        if not (isinstance(left, Number) and isinstance(right, Number)):
            raise NotEncodableError("arithmetic with dates and durations")
        match expression.op:
            case "+":
                return Number(left.term + right.term, _sum_of(left.known, right.known))
            case "-":
                return Number(left.term - right.term, _sum_of(left.known, right.known, -1))
            case "*":
                return self._product(left, right)
            case "/" if right.known:
                return Number(left.term / z3.RealVal(str(right.known)))
        raise NotEncodableError("a quotient of two answers")

    def _product(self, left: Number, right: Number) -> Number:
        """A product.

        That of two answers that are not given is a number of its own, for products of free numbers take solvers too
        long. Any number can be such a product, so nothing that is possible becomes impossible. To find a proposal, one
        of the two is 1.
        """
        factor, other = (left, right) if left.known is not None else (right, left)
        if factor.known is not None:
            known = None if other.known is None else factor.known * other.known
            multiple = z3.RealVal(str(factor.known)) * other.term
            if factor.answer is None:
                return Number(multiple, known)
            # True only while the factor is answered so: what follows from the product, follows from that answer.
            term = z3.Real(f"multiple·{len(self.limits)}")
            self.limits.append(z3.Implies(factor.answer, term == multiple))
            return Number(term, known)
        product = z3.Real(f"product·{len(self.hints)}")
        self.hints += [left.term == 1, product == right.term]
        return Number(product)

    def _negate(self, expression: tree.Negate, scope: Mapping[str, Symbol]) -> Symbol:
        return Number(-self._number(self.value(expression.operand, scope)))

    def _listof(self, expression: tree.ListOf, scope: Mapping[str, Symbol]) -> Symbol:
        return Items([(TRUE, self.value(item, scope)) for item in expression.items])

    def _call(self, expression: tree.Call, scope: Mapping[str, Symbol]) -> Symbol:
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
        number = z3.Sum([z3.If(there, z3.RealVal(1), z3.RealVal(0)) for there, _ in items]) if items else z3.RealVal(0)
        return Number(number, known, len(items))

    def _sum(self, arguments: list[Symbol]) -> Symbol:
        (value,) = arguments
        # The sum of nothing is null to the language. A condition that is met although a part of it is null is met
        # whatever the part is: 0 makes no proposal impossible that is possible.
        items = self._list(value).items
        return Number(z3.Sum([z3.If(there, self._number(item), z3.RealVal(0)) for there, item in items]))

    def _append(self, arguments: list[Symbol]) -> Symbol:
        there = TRUE
        return Items([*self._list(arguments[0]).items, *((there, item) for item in arguments[1:])])

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
            kind = z3.BoolSort() if name in _PREDICATES else z3.IntSort()
            self._functions[key] = z3.Function("·".join(key), z3.IntSort(), kind)
        term = self._functions[key](text.term)
        return term if name in _PREDICATES else Coded(term)

    def known_texts(self) -> list[z3.BoolRef]:
        """That texts which functions look into are among the known ones: only of these we know what comes out."""
        codes = range(len(self._texts))
        return [z3.Or([term == code for code in codes]) for term in self._looked_into]

    def tables(self) -> list[z3.BoolRef]:
        """What functions of texts make of the texts that are known, once all rules are encoded."""
        found = []
        for (name, *literals), function in self._functions.items():
            for code, text in enumerate(tuple(self._texts)):
                call = tree.Call(tree.Name(name), (tree.Text(text), *map(tree.Text, literals)))
                value = evaluate(call, {}, strict=True)
                if isinstance(value, bool):
                    found.append(function(code) == z3.BoolVal(value))
                elif isinstance(value, str):
                    found.append(function(code) == self.code(value))
        return found

    def _union(self, arguments: list[Symbol]) -> Symbol:
        distinct: list[tuple[z3.BoolRef, Symbol]] = []
        for argument in arguments:
            for there, item in self._list(argument).items:
                before = [z3.And(earlier, _compared("=", other, item)) for earlier, other in distinct]
                distinct.append((z3.And(there, z3.Not(z3.Or(before))), item))
        return Items(distinct)

    def _round_half_up(self, arguments: list[Symbol]) -> Symbol:
        number, digits = (self._number(argument) for argument in arguments)
        if not z3.is_rational_value(digits):
            raise NotEncodableError("rounding to a number of digits that is an answer")
        scale = 10 ** digits.numerator_as_long()
        half = z3.RealVal("1/2")
        up, down = z3.ToInt(number * scale + half), z3.ToInt(-number * scale + half)
        return Number(z3.If(number >= 0, z3.ToReal(up), -z3.ToReal(down)) / scale)

    def _abs(self, arguments: list[Symbol]) -> Symbol:
        (argument,) = arguments
        number = self._number(argument)
        return Number(z3.If(number >= 0, number, -number))


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
            return _OPERATORS[op](left.term, right.term)
    raise NotEncodableError("a comparison of values of different kinds")


_OPERATORS: Mapping[str, Callable[[z3.ArithRef, z3.ArithRef], z3.BoolRef]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
