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
from contextlib import ExitStack, contextmanager
from decimal import Overflow
from typing import Literal

from mpfcheck.feel.errors import FeelSyntaxError, Span
from mpfcheck.feel.syntax.lexer import NAME_SYMBOLS, RESERVED, KnownNames, Lexer, declared_name
from mpfcheck.feel.syntax.tree import (
    And,
    Arithmetic,
    Between,
    Boolean,
    Compare,
    Context,
    Expression,
    Filter,
    For,
    FunctionCall,
    FunctionLiteral,
    If,
    In,
    InstanceOf,
    Iteration,
    ListOf,
    Name,
    Negate,
    Node,
    Null,
    Number,
    Or,
    Path,
    Quantified,
    RangeOf,
    Temporal,
    Test,
    Text,
    TypeName,
)
from mpfcheck.feel.values.value import ARITHMETIC

__all__ = ["DEEPEST", "LONGEST", "parse"]

LONGEST = 10_000
"""Characters an expression may have."""
DEEPEST = 100
"""Levels an expression may be nested."""

_TOO_DEEP = f"Move parts into definitions. The limit is {DEEPEST} levels."
Operator = Literal["=", "!=", "<", "<=", ">", ">="]
OPERATORS: tuple[Operator, ...] = ("<=", ">=", "!=", "<", ">", "=")
_ARITHMETIC: dict[str, Literal["+", "-", "*", "/", "**"]] = {"+": "+", "-": "-", "*": "*", "/": "/", "**": "**"}
_COMPARISON: dict[str, Operator] = {operator: operator for operator in OPERATORS}
_COMPARING = ("<", ">", "=", "!")
_PRECEDENCE: dict[str, int] = {"or": 1, "and": 2, "between": 3, "in": 3, **dict.fromkeys(OPERATORS, 3)}
_PRECEDENCE |= {"+": 4, "-": 4, "*": 5, "/": 5, "**": 6, "instance": 7}
_ABOVE_COMPARISON = 4
_ARGUMENT_NAME = rf"[\w\s?{re.escape(NAME_SYMBOLS)}]+:"
_MOST_GUESSES = 20
_LEADING = ("if", "for", "some", "every")
_CONSTANTS = {"true": True, "false": False, "null": None}
_TYPES_OF_WORDS = (
    r"(?:date\s+and\s+time|days\s+and\s+time\s+duration|years\s+and\s+months\s+duration"
    r"|day-time-duration|year-month-duration)\b"
)
_TYPES_WITH_PARTS = ("list", "range", "context", "function")
_DEEPEST_TYPE = 20


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
        from mpfcheck.feel.syntax.habits import hint_for_syntax  # what explains mistakes is loaded where there is one

        raise FeelSyntaxError(error.message, error.span, hint_for_syntax(text, error.span.start)) from None


def _whole(parser: Parser) -> Expression:
    found = parser.expression()
    if not parser.lexer.at_end():
        raise parser.lexer.unexpected("expected an operator or the end of the expression")
    if len(parser.lexer.text) > DEEPEST * 2:
        # Each level takes a character at least.
        _refuse_depth(found)
    return found


class Parser:
    """One run over one text."""

    def __init__(self, lexer: Lexer, known: KnownNames) -> None:
        self.lexer = lexer
        self.known = known
        self.nesting = 0
        self.guesses = _MOST_GUESSES
        self.closing_range = False
        """Whether an end of a range is being read: a ``[`` may then close it."""

    def expression(self) -> Expression:
        """Take a whole expression."""
        self.nesting += 1
        if self.nesting > DEEPEST:
            raise self.lexer.wrong("the expression is nested too deeply", _TOO_DEEP)
        found = self._binary(1)
        self.nesting -= 1
        return found

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
            self.lexer.expect_word("return" if word == "for" else "satisfies", f"after the list of {word!r}")
            body = self.expression()
        span = self.lexer.span(start)
        if word == "for":
            return For(tuple(iterations), body, span)
        return Quantified("some" if word == "some" else "every", tuple(iterations), body, span)

    def _iteration(self) -> Iteration:
        start = self.lexer.position
        name = declared_name(self.lexer, "in")
        self.lexer.expect_word("in", f"after the name {name!r}")
        domain = self.expression()
        end = self.expression() if self.lexer.take("..") else None
        return Iteration(name, domain, end, self.lexer.span(start))

    def _binary(self, weakest: int, first: Expression | None = None) -> Expression:
        """Take operands and the operators between them that bind at least as tight as ``weakest``.

        One method for all the levels, so that a hundred nested parentheses stay within Python's own recursion limit.
        """
        start = first.span.start if first else self.lexer.position
        left = self._tight(start, first)
        while True:
            operator = self._infix()
            level = _PRECEDENCE.get(operator, 0)
            if level < weakest or not level:
                return left
            self.lexer.move(self.lexer.position + len(operator))
            if operator in ("or", "and"):
                left = self._chain(operator, left, level, start)
            elif operator == "between":
                low = self._binary(level + 1)
                self.lexer.expect_word("and", "and the upper end of 'between'")
                left = Between(left, low, self._binary(level + 1), self.lexer.span(start))
            elif operator == "instance":
                self.lexer.expect_word("of", "after 'instance'")
                left = InstanceOf(left, parse_type_name(self.lexer), self.lexer.span(start))
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
        character = self.lexer.following
        if character in ("+", "-", "/"):
            return character
        if character == "*":
            return "**" if self.lexer.sees("**") else "*"
        if character in _COMPARING:
            return self._comparison()
        return self.lexer.peek_word()

    def _comparison(self) -> Operator | Literal[""]:
        """The comparison operator that comes next, which is left there, or an empty string."""
        text, position = self.lexer.text, self.lexer.position
        return _COMPARISON.get(text[position : position + 2]) or _COMPARISON.get(text[position : position + 1]) or ""

    def _chain(self, operator: str, first: Expression, level: int, start: int) -> Expression:
        parts = [first, self._binary(level + 1)]
        while self.lexer.take_word(operator):
            parts.append(self._binary(level + 1))
        return (Or if operator == "or" else And)(tuple(parts), self.lexer.span(start))

    def _tests_of_in(self) -> tuple[Expression | Test, ...]:
        start = self.lexer.position
        if operator := self.comparison_operator():
            return (Test(operator, self.operand(), self.lexer.span(start)),)
        if self.lexer.following != "(":
            return (self.operand(),)
        inner = self.in_parentheses(tests=True)
        return inner if isinstance(inner, tuple) else (self._binary(_ABOVE_COMPARISON, inner),)

    def _tight(self, start: int, first: Expression | None) -> Expression:
        """Take what binds tighter than any operator after an operand: minus signs and paths.

        The standard's grammar also lets ``if``, ``for``, ``some`` and ``every`` follow an operator. They reach as far
        to the right as they can.
        """
        if first is not None:
            return self._postfix(start, first)
        word = self.lexer.peek_word()
        if word in _LEADING and not self.known.known(self.lexer)[0]:
            self.lexer.take_word(word)
            return self._if(start) if word == "if" else self._loop(word, start)
        minuses: list[int] = []
        while self.lexer.following == "-":
            minuses.append(self.lexer.position)
            self.lexer.take("-")
        found = self._postfix(self.lexer.position, self.primary())
        for minus in reversed(minuses):
            found = Negate(found, self.lexer.span(minus))
        return found

    def _postfix(self, start: int, found: Expression) -> Expression:
        while True:
            mark = self.lexer.following
            if mark == "." and not self.lexer.sees(".."):
                self.lexer.take(".")
                found = Path(found, self.known.member(self.lexer), self.lexer.span(start))
            elif mark == "[" and not self.closing_range:
                self.lexer.take("[")
                with self.inside_brackets(), self.known.inside_filter():
                    condition = self.expression()
                self.lexer.expect("]", "to close the filter")
                found = Filter(found, condition, self.lexer.span(start))
            elif mark == "(":
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
                # Few expressions have a colon, and to compile the pattern takes as long as to read some rules.
                if ":" in self.lexer.text and re.compile(_ARGUMENT_NAME).match(self.lexer.text, self.lexer.position):
                    names.append(declared_name(self.lexer, ":"))
                    self.lexer.expect(":", "after the name of an argument")
                arguments.append(self.expression())
                if names and len(names) != len(arguments):
                    raise self.lexer.wrong("arguments are given either all by name or all by position")
        return FunctionCall(function, tuple(arguments), tuple(names) if names else None, self.lexer.span(start))

    def comparison_operator(self) -> Operator | None:
        """Take a comparison operator if one comes next."""
        operator = self._comparison()
        return operator if operator and self.lexer.take(operator) else None

    def primary(self) -> Expression:
        """Take a literal, a name, or something in brackets."""
        lexer = self.lexer
        start = lexer.position
        character = lexer.following
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
        if "." <= character <= "9" and (number := lexer.number()) is not None:
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
        if self.lexer.following != '"':
            raise self.lexer.unexpected("expected a string after '@'", hint='Write a date as @"2024-03-01".')
        return Temporal(self.lexer.string(), self.lexer.span(start))

    def in_parentheses(self, *, tests: bool) -> Expression | tuple[Expression | Test, ...]:
        """Take ``(expression)``, a range that starts with ``(``, or, where ``tests`` are wanted, a list of them."""
        lexer = self.lexer
        start = lexer.position
        lexer.take("(")
        if lexer.following in _COMPARING:
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
        start = self.lexer.position
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
        as a filter first, and as the end where that fails. After a number of failures it is always the end.
        """
        position, nesting = self.lexer.position, self.nesting
        if self.guesses > 0:
            try:
                with self.inside_brackets():
                    high = self.expression()
                if self.lexer.following in ("]", ")", "["):
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
                key_start = lexer.position
                key = lexer.string() if lexer.following == '"' else declared_name(lexer, ":")
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


def parse_type_name(lexer: Lexer, depth: int = 0) -> TypeName:
    """Take the type name that comes next; raises :class:`FeelSyntaxError`."""
    start = lexer.position
    if depth > _DEEPEST_TYPE:
        raise lexer.wrong("this type is nested too deeply", hint=f"The limit is {_DEEPEST_TYPE} levels.")
    plain = re.compile(_TYPES_OF_WORDS).match(lexer.text, start)
    if plain is not None:
        lexer.move(plain.end())
        return TypeName(" ".join(plain.group().split()), span=lexer.span(start))
    name = _words_of_type(lexer)
    end = lexer.position
    if name in _TYPES_WITH_PARTS and lexer.take("<"):
        try:
            return _type_with_parts(lexer, name, start, depth)
        except FeelSyntaxError:
            # ``x instance of list < y`` compares: the ``<`` is no part of the type then.
            if depth:
                raise
            lexer.move(end)
    return TypeName(name, span=lexer.span(start))


def _type_with_parts(lexer: Lexer, name: str, start: int, depth: int) -> TypeName:
    if name == "context":
        return TypeName(name, members=_member_types(lexer, depth), span=lexer.span(start))
    if name == "function":
        return _function_type(lexer, start, depth)
    item = parse_type_name(lexer, depth + 1)
    lexer.expect(">", f"to close the type {name}<…>")
    return TypeName(name, (item,), span=lexer.span(start))


def _words_of_type(lexer: Lexer) -> str:
    words: list[str] = []
    while word := lexer.peek_word():
        if word in RESERVED:
            break
        lexer.move(lexer.position + len(word))
        words.append(word)
        while lexer.sees(".") and not lexer.sees(".."):
            lexer.take(".")
            word = lexer.peek_word()
            lexer.move(lexer.position + len(word))
            words[-1] += f".{word}"
    if not words:
        raise lexer.unexpected("expected the name of a type")
    return " ".join(words)


def _member_types(lexer: Lexer, depth: int) -> tuple[tuple[str, TypeName], ...]:
    members: list[tuple[str, TypeName]] = []
    while not lexer.take(">"):
        if members:
            lexer.expect(",", "between the members of a context type")
        name = lexer.string() if lexer.following == '"' else _words_of_type(lexer)
        lexer.expect(":", "after the name of a member")
        members.append((name, parse_type_name(lexer, depth + 1)))
    return tuple(members)


def _function_type(lexer: Lexer, start: int, depth: int) -> TypeName:
    parameters: list[TypeName] = []
    while not lexer.take(">"):
        if parameters:
            lexer.expect(",", "between the types of parameters")
        parameters.append(parse_type_name(lexer, depth + 1))
    lexer.expect("->", "and the type of the function's result")
    result = parse_type_name(lexer, depth + 1)
    return TypeName("function", tuple(parameters), result=result, span=lexer.span(start))


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
