"""Item definitions of a DMN model as types of the language."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

from mpfcheck.feel.syntax.tree import Node, TypeName

__all__ = ["Types", "child", "children", "tag"]


def tag(element: ET.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: ET.Element, *names: str) -> list[ET.Element]:
    """The children of these names."""
    return [part for part in element if tag(part) in names]


def child(element: ET.Element, *names: str) -> ET.Element | None:
    """The first child of these names."""
    return next(iter(children(element, *names)), None)


_BUILT_IN = frozenset(
    {
        "Any",
        "Null",
        "number",
        "string",
        "boolean",
        "date",
        "time",
        "date and time",
        "list",
        "context",
        "range",
        "function",
    }
    | {"days and time duration", "years and months duration"}
)
_OTHER_NAMES = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "days and time duration": "days and time duration",
    "years and months duration": "years and months duration",
}


class Types:
    """The types a model defines, by name."""

    def __init__(self, model: ET.Element) -> None:
        self._definitions = {part.get("name", ""): part for part in children(model, "itemDefinition")}
        self._allowed: dict[str, str] = {}

    def named(self, name: str | None, depth: int = 0) -> TypeName | None:
        """The type of that name, or None for Any and for names nobody defines."""
        if name is None or depth > 20:
            return None
        name = name.rpartition(":")[2].rpartition("feel.")[2]
        name = _OTHER_NAMES.get(name, name)
        if name == "Any":
            return None
        if name in self._definitions:
            return self._defined(self._definitions[name], depth + 1)
        return TypeName(name) if name in _BUILT_IN else None

    def _defined(self, definition: ET.Element, depth: int) -> TypeName:
        components = children(definition, "itemComponent")
        reference = child(definition, "typeRef")
        function = child(definition, "functionItem")
        if components:
            members = tuple((part.get("name", ""), self._defined(part, depth + 1)) for part in components)
            found = TypeName("context", members=members)
        elif function is not None:
            parameters = tuple(
                self.named(p.get("typeRef"), depth) or TypeName("Any") for p in children(function, "parameters")
            )
            found = TypeName(
                "function", parameters, result=self.named(function.get("outputTypeRef"), depth) or TypeName("Any")
            )
        else:
            found = self.named(reference.text if reference is not None else None, depth) or TypeName("Any")
        return TypeName("list", (found,)) if definition.get("isCollection") == "true" else found

    def in_tree(self, node: Any) -> Any:
        """The tree with the names of the model's own types replaced by what they stand for."""
        if isinstance(node, TypeName):
            known = self.named(node.name) if node.name in self._definitions else None
            if known is not None:
                return known
        if isinstance(node, tuple) and type(node) is tuple:
            return tuple(self.in_tree(part) for part in node)
        if isinstance(node, Node):
            return type(node)(**{name: self.in_tree(part) for name, part in vars(node).items()})
        return node
