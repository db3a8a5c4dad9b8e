"""Every node that compiled code can be made of has the place that Python wants to know."""

from __future__ import annotations

import ast

import pytest

from mpfcheck.feel.compile import nodes

# Without those that only tell the kind of a node.
WITH_PLACES: list[type[ast.AST]] = [
    *(node for kind in (ast.expr, ast.stmt, ast.excepthandler) for node in kind.__subclasses__()),
    *(ast.arg, ast.keyword, ast.alias),
]


@pytest.mark.parametrize("node", WITH_PLACES, ids=lambda node: node.__name__)
def test_a_node_has_a_place_from_the_start(node: type[ast.AST]) -> None:
    placed = getattr(nodes, node.__name__)
    assert issubclass(placed, node)
    assert placed is getattr(nodes, node.__name__)
    assert [getattr(placed, name) for name in sorted(node._attributes)] == [0, 0, 1, 1]
    assert not hasattr(node, "lineno"), "the class of ast itself stays as it is"


@pytest.mark.parametrize("name", ["expr", "stmt", "excepthandler", "Load", "Eq", "Module", "comprehension", "walk"])
def test_what_has_no_place_of_its_own_is_that_of_ast(name: str) -> None:
    assert getattr(nodes, name) is getattr(ast, name)


def test_a_class_that_python_does_not_have_is_an_error() -> None:
    with pytest.raises(AttributeError, match="Nothing"):
        _ = nodes.Nothing
