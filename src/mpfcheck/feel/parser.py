"""From text to tree: FEEL as the DMN 1.5 standard writes it (chapter 10.3.1).

The parser is written by hand, by recursive descent and precedence. FEEL names may hold blanks, reserved words and
operators, and where one ends depends on the names in scope (``for``, ``some``, a context's earlier entries and a
function's parameters open scopes). No parser generator's grammar can say that; a descent that carries the scope can.

From loosest to tightest: ``if``/``for``/``some``/``every``, ``or``, ``and``, comparison with ``between`` and ``in``,
``+ -``, ``* /``, ``**``, ``instance of``, unary ``-``, then path, filter and call. ``**`` is read from the left and
``-3 ** 2`` is 9, as the standard's own tests have it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from typing import Literal

from mpfcheck.feel.errors import FeelSyntaxError
from mpfcheck.feel.lexer import NAME_SYMBOLS, Lexer
from mpfcheck.feel.naming import KnownNames, declared_name
from mpfcheck.feel.primaries import OPERATORS, Operator, Primaries
from mpfcheck.feel.tree import (
    And,
    Arithmetic,
    Between,
    Call,
    Compare,
    Expression,
    Filter,
    For,
    If,
    In,
    InstanceOf,
    Iteration,
    Negate,
    Node,
    Or,
    Path,
    Quantified,
    Span,
    Test,
)
from mpfcheck.feel.type_names import parse_type_name

__all__ = ["DEEPEST", "LONGEST", "parse"]

LONGEST = 10_000
"""Characters an expression may have."""
DEEPEST = 100
"""Levels an expression may be nested."""

_TOO_DEEP = f"Take parts out into definitions of their own. The limit is {DEEPEST} levels."
_ARITHMETIC: dict[str, Literal["+", "-", "*", "/", "**"]] = {"+": "+", "-": "-", "*": "*", "/": "/", "**": "**"}
_COMPARISON: dict[str, Operator] = {operator: operator for operator in OPERATORS}
_PRECEDENCE: dict[str, int] = {"or": 1, "and": 2, "between": 3, "in": 3, **dict.fromkeys(OPERATORS, 3)}
_PRECEDENCE |= {"+": 4, "-": 4, "*": 5, "/": 5, "**": 6}
_ABOVE_COMPARISON = 4
_ARGUMENT_NAME = re.compile(rf"[\w\s?{re.escape(NAME_SYMBOLS)}]+:")


def parse(text: str, names: Collection[str] = ()) -> Expression:
    """The tree of a FEEL expression.

    ``names`` are the names in scope, and of members, that hold blanks, operators or reserved words; giving simple
    names does no harm. The names of the built-in functions are always known. Raises :class:`FeelSyntaxError`.
    """
    if len(text) > LONGEST:
        raise FeelSyntaxError(
            f"the expression has {len(text)} characters", Span(LONGEST, len(text)), f"The limit is {LONGEST}."
        )
    try:
        return _whole(Parser(Lexer(text), KnownNames(names)))
    except RecursionError:
        raise FeelSyntaxError("the expression is nested too deeply", Span(0, len(text)), _TOO_DEEP) from None
    except FeelSyntaxError as error:
        if error.hint:
            raise
        from mpfcheck.feel.habits import hint_for_syntax  # what explains mistakes is loaded where there is one

        raise FeelSyntaxError(error.message, error.span, hint_for_syntax(text, error.span.start)) from None


def _whole(parser: Parser) -> Expression:
    found = parser.expression()
    if not parser.lexer.at_end():
        raise parser.lexer.unexpected("expected an operator or the end of the expression")
    _refuse_depth(found)
    return found


class Parser(Primaries):
    """One run over one text."""

    def expression(self) -> Expression:
        """Take a whole expression."""
        self.nesting += 1
        if self.nesting > DEEPEST:
            raise self.lexer.wrong("the expression is nested too deeply", _TOO_DEEP)
        start = self.lexer.skip()
        word = self._leading_word()
        if word:
            self.lexer.take_word(word)
            found = self._if(start) if word == "if" else self._loop(word, start)
        else:
            found = self._binary(1)
        self.nesting -= 1
        return found

    def _leading_word(self) -> str:
        """``if``, ``for``, ``some`` or ``every`` where one comes next, which is left there, or an empty string."""
        word = self.lexer.peek_word()
        return word if word in ("if", "for", "some", "every") and not self.known.known(self.lexer)[0] else ""

    def operand(self) -> Expression:
        """Take an expression that binds tighter than a comparison."""
        return self._binary(_ABOVE_COMPARISON)

    def _if(self, start: int) -> Expression:
        condition = self.expression()
        self.lexer.expect_word("then", "after the condition of 'if'")
        then = self.expression()
        self.lexer.expect_word("else", "after the first branch of 'if'")
        return If(condition, then, self.expression(), self.lexer.span(start))

    def _loop(self, word: str, start: int) -> Expression:
        iterations: list[Iteration] = []
        with ExitStack() as scopes:
            while not iterations or self.lexer.take(","):
                iteration = self._iteration()
                iterations.append(iteration)
                scopes.enter_context(self.known.scope(iteration.name))
            self.lexer.expect_word("return" if word == "for" else "satisfies", f"after what {word!r} goes over")
            body = self.expression()
        span = self.lexer.span(start)
        if word == "for":
            return For(tuple(iterations), body, span)
        return Quantified("some" if word == "some" else "every", tuple(iterations), body, span)

    def _iteration(self) -> Iteration:
        start = self.lexer.skip()
        name = declared_name(self.lexer, "in")
        self.lexer.expect_word("in", f"after the name {name!r}")
        domain = self.expression()
        end = self.expression() if self.lexer.take("..") else None
        return Iteration(name, domain, end, self.lexer.span(start))

    def _binary(self, weakest: int, first: Expression | None = None) -> Expression:
        """Take operands and the operators between them that bind at least as tight as ``weakest``.

        One method for all the levels, so that a hundred nested parentheses stay within Python's own recursion limit.
        """
        start = first.span.start if first else self.lexer.skip()
        left = self._tight(start, first)
        while True:
            operator = self._infix()
            level = _PRECEDENCE.get(operator, 0)
            if level < weakest or not level:
                return left
            self.lexer.take(operator)
            if operator in ("or", "and"):
                left = self._chain(operator, left, level, start)
            elif operator == "between":
                low = self._binary(level + 1)
                self.lexer.expect_word("and", "and the upper end of 'between'")
                left = Between(left, low, self._binary(level + 1), self.lexer.span(start))
            elif operator == "in":
                left = In(left, self._tests_of_in(), self.lexer.span(start))
            elif operator in _ARITHMETIC:
                right = self._binary(level + 1)
                left = Arithmetic(_ARITHMETIC[operator], left, right, self.lexer.span(start))
            else:
                right = self._binary(level + 1)
                left = Compare(_COMPARISON[operator], left, right, self.lexer.span(start))

    def _infix(self) -> str:
        """The operator that comes next, which is left there, or an empty string."""
        character = self.lexer.peek()
        if character in ("+", "-", "/"):
            return character
        if character == "*":
            return "**" if self.lexer.sees("**") else "*"
        if character in ("<", ">", "=", "!"):
            return next((operator for operator in OPERATORS if self.lexer.sees(operator)), "")
        return self.lexer.peek_word()

    def _chain(self, operator: str, first: Expression, level: int, start: int) -> Expression:
        parts = [first, self._binary(level + 1)]
        while self.lexer.take_word(operator):
            parts.append(self._binary(level + 1))
        return (Or if operator == "or" else And)(tuple(parts), self.lexer.span(start))

    def _tests_of_in(self) -> tuple[Expression | Test, ...]:
        start = self.lexer.skip()
        if operator := self.comparison_operator():
            return (Test(operator, self.operand(), self.lexer.span(start)),)
        if self.lexer.peek() != "(":
            return (self.operand(),)
        inner = self.in_parentheses(tests=True)
        return inner if isinstance(inner, tuple) else (self._binary(_ABOVE_COMPARISON, inner),)

    def _tight(self, start: int, first: Expression | None) -> Expression:
        """Take what binds tighter than any operator between two operands: minus signs, paths, ``instance of``.

        The standard's grammar also lets ``if``, ``for``, ``some`` and ``every`` follow an operator. They reach as far
        to the right as they can.
        """
        if first is None and self._leading_word():
            return self.expression()
        minuses: list[int] = []
        while first is None and self.lexer.sees("-"):
            minuses.append(self.lexer.position)
            self.lexer.take("-")
        found = self._postfix(start if not minuses else self.lexer.skip(), first)
        for minus in reversed(minuses):
            found = Negate(found, self.lexer.span(minus))
        while self.lexer.take_word("instance"):
            self.lexer.expect_word("of", "after 'instance'")
            found = InstanceOf(found, parse_type_name(self.lexer), self.lexer.span(start))
        return found

    def _postfix(self, start: int, first: Expression | None) -> Expression:
        found = self.primary() if first is None else first
        while True:
            if self.lexer.sees(".") and not self.lexer.sees(".."):
                self.lexer.take(".")
                found = Path(found, self.known.member(self.lexer), self.lexer.span(start))
            elif self.lexer.sees("[") and not self.closing_range:
                self.lexer.take("[")
                with self.inside_brackets(), self.known.inside_filter():
                    condition = self.expression()
                self.lexer.expect("]", "to close the filter")
                found = Filter(found, condition, self.lexer.span(start))
            elif self.lexer.sees("("):
                found = self._call(found, start)
            else:
                return found

    def _call(self, function: Expression, start: int) -> Expression:
        self.lexer.take("(")
        arguments: list[Expression] = []
        names: list[str] = []
        with self.inside_brackets():
            while not self.lexer.take(")"):
                if arguments:
                    self.lexer.expect(",", "between the arguments")
                self.lexer.skip()
                if _ARGUMENT_NAME.match(self.lexer.text, self.lexer.position):
                    names.append(declared_name(self.lexer, ":"))
                    self.lexer.expect(":", "after the name of an argument")
                arguments.append(self.expression())
                if names and len(names) != len(arguments):
                    raise self.lexer.wrong("arguments are given either all by name or all by position")
        return Call(function, tuple(arguments), tuple(names) if names else None, self.lexer.span(start))


def _refuse_depth(whole: Expression) -> None:
    """Every walk over a tree goes down it by recursion, so a long chain of operators counts as nesting too."""
    level: list[object] = [whole]
    depth = 0
    while level:
        depth += 1
        if depth > DEEPEST * 2:
            raise FeelSyntaxError("the expression is nested too deeply", whole.span, _TOO_DEEP)
        level = [child for node in level for child in _children(node)]


def _children(node: object) -> Iterator[object]:
    """The nodes right below a node or a tuple of nodes."""
    if isinstance(node, tuple):
        for part in node:
            yield from _children(part) if isinstance(part, tuple) else (part,)
    elif isinstance(node, Node):
        for name in node.fields_of_class:
            part = getattr(node, name)
            if isinstance(part, tuple) and name != "span":
                yield from _children(part)
            elif isinstance(part, Node):
                yield part
