"""Types as written in FEEL: after ``instance of`` and after a parameter's name."""

from __future__ import annotations

import re

from mpfcheck.feel.errors import FeelSyntaxError
from mpfcheck.feel.lexer import RESERVED, Lexer
from mpfcheck.feel.tree import TypeName

__all__ = ["parse_type_name"]

_PLAIN = re.compile(
    r"(?:date\s+and\s+time|days\s+and\s+time\s+duration|years\s+and\s+months\s+duration"
    r"|day-time-duration|year-month-duration)\b"
)
_WITH_PARTS = ("list", "range", "context", "function")
_DEEPEST = 20


def parse_type_name(lexer: Lexer, depth: int = 0) -> TypeName:
    """Take the type name that comes next; raises :class:`FeelSyntaxError`."""
    start = lexer.skip()
    if depth > _DEEPEST:
        raise lexer.wrong("this type is nested too deeply", hint=f"The limit is {_DEEPEST} levels.")
    plain = _PLAIN.match(lexer.text, start)
    if plain is not None:
        lexer.move(plain.end())
        return TypeName(" ".join(plain.group().split()), span=lexer.span(start))
    name = _name(lexer)
    end = lexer.position
    if name in _WITH_PARTS and lexer.take("<"):
        try:
            return _with_parts(lexer, name, start, depth)
        except FeelSyntaxError:
            # ``x instance of list < y`` compares: the ``<`` is no part of the type then.
            if depth:
                raise
            lexer.move(end)
    return TypeName(name, span=lexer.span(start))


def _with_parts(lexer: Lexer, name: str, start: int, depth: int) -> TypeName:
    if name == "context":
        return TypeName(name, members=_members(lexer, depth), span=lexer.span(start))
    if name == "function":
        return _function(lexer, start, depth)
    item = parse_type_name(lexer, depth + 1)
    lexer.expect(">", f"to close the type {name}<…>")
    return TypeName(name, (item,), span=lexer.span(start))


def _name(lexer: Lexer) -> str:
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


def _members(lexer: Lexer, depth: int) -> tuple[tuple[str, TypeName], ...]:
    members: list[tuple[str, TypeName]] = []
    while not lexer.take(">"):
        if members:
            lexer.expect(",", "between the members of a context type")
        name = lexer.string() if lexer.peek() == '"' else _name(lexer)
        lexer.expect(":", "after the name of a member")
        members.append((name, parse_type_name(lexer, depth + 1)))
    return tuple(members)


def _function(lexer: Lexer, start: int, depth: int) -> TypeName:
    parameters: list[TypeName] = []
    while not lexer.take(">"):
        if parameters:
            lexer.expect(",", "between the types of parameters")
        parameters.append(parse_type_name(lexer, depth + 1))
    lexer.expect("->", "and the type of the function's result")
    result = parse_type_name(lexer, depth + 1)
    return TypeName("function", tuple(parameters), result=result, span=lexer.span(start))
