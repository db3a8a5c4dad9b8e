"""Pieces of compiled code: Python syntax with the type of what it gives, and the few shapes it is put together from."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import NamedTuple

from mpfcheck.feel.types import Type

__all__ = ["COMPARISONS", "OPERATORS", "Code", "call", "generator", "name_of", "value_of"]

COMPARISONS: Mapping[str, type[ast.cmpop]] = {
    "=": ast.Eq,
    "!=": ast.NotEq,
    "<": ast.Lt,
    "<=": ast.LtE,
    ">": ast.Gt,
    ">=": ast.GtE,
}
OPERATORS: Mapping[str, type[ast.operator]] = {"+": ast.Add, "-": ast.Sub, "*": ast.Mult, "/": ast.Div}


class Code(NamedTuple):
    """A piece of Python and the type of what it gives.

    ``whole`` marks a number that is an int, not a Decimal; ``place`` one that counts up from 1 or more.
    """

    node: ast.expr
    type: Type
    whole: bool = False
    place: bool = False

    def exact(self) -> ast.expr:
        """The code of a number as a Decimal, so that FEEL's arithmetic applies."""
        return call(name_of("Decimal"), self.node) if self.whole else self.node


def name_of(identifier: str) -> ast.Name:
    """The Python variable of that name, read."""
    return ast.Name(identifier, ast.Load())


def value_of(base: ast.expr, key: str) -> ast.Subscript:
    """``base["key"]``, which raises KeyError where the field is unanswered."""
    return ast.Subscript(base, ast.Constant(key), ast.Load())


def call(function: ast.expr, *arguments: ast.expr) -> ast.Call:
    """``function(arguments…)``."""
    return ast.Call(function, list(arguments), [])


def generator(variable: str, domain: ast.expr) -> ast.comprehension:
    """``for variable in domain``, inside a comprehension."""
    return ast.comprehension(ast.Name(variable, ast.Store()), domain, [], 0)
