"""The classes of :mod:`ast`, except that a node of them stands at a place from the start.

Python compiles no node without a place, and reads it as any attribute, so that the class may have it for all its nodes.
To walk over the nodes and give each one a place takes as long as to compile them. Other modules name this one ``ast``:
to type checkers its classes are those of :mod:`ast`, of which they are subclasses.
"""

from __future__ import annotations

import ast
from copy import copy
from typing import Any, Final, cast

__all__ = ["LOAD", "STORE", "definition"]

# Made once, for they say no more than their class, and Python's parser shares them too.
LOAD: Final = ast.Load()
STORE: Final = ast.Store()

# Nobody makes one of these; they tell a node by what it is.
_KINDS: Final = (ast.expr, ast.stmt, ast.excepthandler)

_PLACE: Final = {"lineno": 1, "col_offset": 0, "end_lineno": 1, "end_col_offset": 0}

# Parsed, for each Python version has its own idea of the node; once, for two threads cannot parse trees together.
_EMPTY: Final = cast("ast.FunctionDef", ast.parse("def _(answers): pass").body[0])


def __getattr__(name: str) -> Any:
    """What :mod:`ast` has of that name; a class of nodes with their place, made when it is first needed."""
    found = getattr(ast, name)
    if isinstance(found, type) and found not in _KINDS and "lineno" in getattr(found, "_attributes", ()):
        found = type(name, (found,), {**_PLACE, "__module__": __name__, "__slots__": ()})
    return globals().setdefault(name, found)


def definition(name: str, arguments: list[ast.arg], body: list[ast.stmt]) -> ast.FunctionDef:
    """``def name(arguments)`` with these statements."""
    function = copy(_EMPTY)
    function.name, function.body, function.args = name, body, copy(function.args)
    function.args.args = arguments
    return function
