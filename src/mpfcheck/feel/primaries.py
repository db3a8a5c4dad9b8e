"""The innermost parts of an expression: literals, names, lists, contexts, ranges, functions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from decimal import Overflow
from typing import Literal

from mpfcheck.feel.errors import FeelSyntaxError
from mpfcheck.feel.lexer import Lexer
from mpfcheck.feel.naming import KnownNames, declared_name
from mpfcheck.feel.tree import (
    Boolean,
    Context,
    Expression,
    FunctionLiteral,
    ListOf,
    Name,
    Null,
    Number,
    RangeOf,
    Temporal,
    Test,
    Text,
    TypeName,
)
from mpfcheck.feel.type_names import parse_type_name
from mpfcheck.feel.values import ARITHMETIC

__all__ = ["OPERATORS", "Operator", "Primaries"]

Operator = Literal["=", "!=", "<", "<=", ">", ">="]
OPERATORS: tuple[Operator, ...] = ("<=", ">=", "!=", "<", ">", "=")
_MOST_GUESSES = 20
_CONSTANTS = {"true": True, "false": False, "null": None}


class Primaries:
    """The part of the parser below the operators; :class:`~mpfcheck.feel.parser.Parser` completes it."""

    def __init__(self, lexer: Lexer, known: KnownNames) -> None:
        self.lexer = lexer
        self.known = known
        self.nesting = 0
        self.guesses = _MOST_GUESSES
        self.closing_range = False
        """Whether an end of a range is being read: a ``[`` may then close it."""

    def expression(self) -> Expression:
        """Take a whole expression."""
        raise NotImplementedError

    def operand(self) -> Expression:
        """Take an expression that binds tighter than a comparison."""
        raise NotImplementedError

    def comparison_operator(self) -> Operator | None:
        """Take a comparison operator if one comes next."""
        for operator in OPERATORS:
            if self.lexer.take(operator):
                return operator
        return None

    def primary(self) -> Expression:
        """Take a literal, a name, or something in brackets."""
        lexer = self.lexer
        start = lexer.skip()
        character = lexer.peek()
        if character == '"':
            return Text(lexer.string(), lexer.span(start))
        if character == "@":
            return self._temporal(start)
        if character == "(":
            inner = self.in_parentheses(tests=False)
            assert not isinstance(inner, tuple)  # noqa: S101 - only asked-for tests come as a tuple
            return inner
        if character in ("[", "]"):
            return self._list_or_range(start)
        if character == "{":
            return self._context(start)
        number = lexer.number()
        if number is not None:
            # A number has 34 digits, as the results of arithmetic do; one that is written with more is rounded.
            try:
                rounded = ARITHMETIC.plus(number) if len(number.as_tuple().digits) > ARITHMETIC.prec else number
            except Overflow:
                rounded = None
            if rounded is None or not -6176 <= (0 if not rounded else rounded.adjusted()) <= 6144:
                raise FeelSyntaxError("this number is too large or too small", lexer.span(start))
            return Number(rounded, lexer.span(start))
        return self._word(start)

    def _word(self, start: int) -> Expression:
        lexer = self.lexer
        word = lexer.peek_word()
        if word in _CONSTANTS or word == "function":
            known, _ = self.known.known(lexer)
            if not known:
                lexer.take_word(word)
                if word == "function":
                    return self._function(start)
                value = _CONSTANTS[word]
                return Null(lexer.span(start)) if value is None else Boolean(value, lexer.span(start))
        if not word:
            raise lexer.unexpected("expected a value or a name")
        return Name(self.known.variable(lexer), lexer.span(start))

    def _temporal(self, start: int) -> Expression:
        self.lexer.take("@")
        if self.lexer.peek() != '"':
            raise self.lexer.unexpected("expected a string after '@'", hint='A date is written @"2024-03-01".')
        return Temporal(self.lexer.string(), self.lexer.span(start))

    def in_parentheses(self, *, tests: bool) -> Expression | tuple[Expression | Test, ...]:
        """Take ``(expression)``, a range that starts with ``(``, or, where ``tests`` are wanted, a list of them."""
        lexer = self.lexer
        start = lexer.skip()
        lexer.take("(")
        if lexer.peek() in ("<", ">", "=", "!"):
            first = self.test()
            if tests:
                return self._tests(first)
            lexer.expect(")", "to close the range")
            return _one_sided(first, start, lexer)
        with self.inside_brackets():
            inner = self.expression()
        if lexer.take(".."):
            return self._range(start, inner, low_closed=False)
        if tests and lexer.sees(","):
            return self._tests(inner)
        lexer.expect(")", "to close the parenthesis")
        return inner

    def test(self) -> Expression | Test:
        """Take a unary test: ``< 10``, ``= x``, or any expression."""
        start = self.lexer.skip()
        operator = self.comparison_operator()
        if operator is None:
            return self.expression()
        return Test(operator, self.operand(), self.lexer.span(start))

    def _tests(self, first: Expression | Test) -> tuple[Expression | Test, ...]:
        found = [first]
        with self.inside_brackets():
            while self.lexer.take(","):
                found.append(self.test())
        self.lexer.expect(")", "to close the tests")
        return tuple(found)

    def _list_or_range(self, start: int) -> Expression:
        lexer = self.lexer
        if lexer.take("]"):
            with self.inside_brackets():
                low = self.expression()
            lexer.expect("..", "between the ends of a range")
            return self._range(start, low, low_closed=False)
        lexer.take("[")
        items: list[Expression] = []
        with self.inside_brackets():
            while not lexer.take("]"):
                if items:
                    lexer.expect(",", "between the items of a list")
                items.append(self.expression())
                if len(items) == 1 and lexer.take(".."):
                    return self._range(start, items[0], low_closed=True)
        return ListOf(tuple(items), lexer.span(start))

    def _range(self, start: int, low: Expression, *, low_closed: bool) -> Expression:
        lexer = self.lexer
        high = self._end_of_range()
        if lexer.take("]"):
            high_closed = True
        elif lexer.take(")") or lexer.take("["):
            high_closed = False
        else:
            raise lexer.unexpected("expected ']' or ')' to close the range")
        return RangeOf(low, high, low_closed, high_closed, span=lexer.span(start))

    def _end_of_range(self) -> Expression:
        """Take the upper end of a range.

        A ``[`` after it either opens a filter, as in ``[a..b[1]]``, or closes the range, as in ``[1..10[``. It is read
        as a filter first, and as the end where that leads nowhere: so many times, then always as the end.
        """
        position, nesting = self.lexer.position, self.nesting
        if self.guesses > 0:
            try:
                with self.inside_brackets():
                    high = self.expression()
                if self.lexer.peek() in ("]", ")", "["):
                    return high
            except FeelSyntaxError:
                pass
            self.guesses -= 1
            self.lexer.move(position)
            self.nesting = nesting
        before, self.closing_range = self.closing_range, True
        try:
            return self.expression()
        finally:
            self.closing_range = before

    def _context(self, start: int) -> Expression:
        lexer = self.lexer
        lexer.take("{")
        entries: dict[str, Expression] = {}
        with self.inside_brackets(), ExitStack() as scopes:
            while not lexer.take("}"):
                if entries:
                    lexer.expect(",", "between the entries of a context")
                key_start = lexer.skip()
                key = lexer.string() if lexer.peek() == '"' else declared_name(lexer, ":")
                if key in entries:
                    raise FeelSyntaxError(f"the context has two entries {key!r}", lexer.span(key_start))
                lexer.expect(":", "after the name of an entry")
                entries[key] = self.expression()
                self.known.add_member(key)
                scopes.enter_context(self.known.scope(key))
        return Context(tuple(entries.items()), lexer.span(start))

    def _function(self, start: int) -> Expression:
        lexer = self.lexer
        lexer.expect("(", "and the parameters of the function")
        parameters: list[tuple[str, TypeName | None]] = []
        while not lexer.take(")"):
            if parameters:
                lexer.expect(",", "between parameters")
            name = declared_name(lexer, ":")
            parameters.append((name, parse_type_name(lexer) if lexer.take(":") else None))
        if lexer.peek_word() == "external":
            raise lexer.wrong("external functions are not part of the rule language", hint="Write the body in FEEL.")
        with self.known.scope(*(name for name, _ in parameters)):
            body = self.expression()
        return FunctionLiteral(tuple(parameters), body, lexer.span(start))

    @contextmanager
    def inside_brackets(self) -> Iterator[None]:
        """Inside brackets a ``[`` is never the end of a range around them."""
        before, self.closing_range = self.closing_range, False
        try:
            yield
        finally:
            self.closing_range = before


def _one_sided(test: Expression | Test, start: int, lexer: Lexer) -> RangeOf:
    """``(< 10)`` as a range."""
    assert isinstance(test, Test)  # noqa: S101 - an operator came first
    end, op = test.operand, test.op
    low = end if op in (">", ">=", "=", "!=") else None
    high = end if op in ("<", "<=", "=", "!=") else None
    return RangeOf(low, high, op in (">=", "="), op in ("<=", "="), op, lexer.span(start))
