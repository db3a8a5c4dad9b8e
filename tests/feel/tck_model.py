"""A DMN model as trees of the language: decisions, what they require, and boxed expressions."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from tck_scope import OutOfScope
from tck_types import Types, child, children, tag

from mpfcheck.feel.errors import FeelSyntaxError
from mpfcheck.feel.evaluate.evaluator import converted, evaluate
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.syntax.tree import (
    Context,
    Expression,
    Filter,
    For,
    FunctionCall,
    FunctionLiteral,
    If,
    Iteration,
    ListOf,
    Name,
    Null,
    Quantified,
    TypeName,
)
from mpfcheck.feel.syntax.tree import Path as PathNode
from mpfcheck.feel.values.value import Value

__all__ = ["Model", "parse_xml"]

_RESULT = "\N{WHITE MEDIUM STAR}"
"""The name of a boxed context's result: no text of a model can say it by chance."""


def parse_xml(path: Path) -> ET.Element:
    """The root of an XML file; one that declares entities is refused."""
    text = path.read_bytes()
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise ValueError(f"{path} declares entities")
    return ET.fromstring(text)  # noqa: S314 - no entity is declared, as just seen


class Model:
    """One ``.dmn`` file."""

    def __init__(self, path: Path) -> None:
        self.root = parse_xml(path)
        self.types = Types(self.root)
        self.elements = {part.get("id", ""): part for part in self.root}
        named = ("inputData", "decision", "businessKnowledgeModel", "variable", "formalParameter", "itemComponent")
        self.names = {part.get("name", "").strip() for part in self.root.iter() if tag(part) in (*named, "column")}
        self.names |= {part.get("iteratorVariable", "") for part in self.root.iter()}
        self._values: dict[str, Value] = {}

    def decision(self, name: str, inputs: dict[str, Value]) -> Value:
        """The value of a decision on these inputs."""
        self._values = {}
        for part in self.root:
            if tag(part) == "decision" and part.get("name") == name:
                return self._value_of(part, inputs)
            if tag(part) in ("decisionService",) and part.get("name") == name:
                raise OutOfScope("decisionService")
        raise KeyError(name)

    def _value_of(self, element: ET.Element, inputs: dict[str, Value]) -> Value:
        key = element.get("id", "")
        if key not in self._values:
            self._values[key] = self._computed(element, inputs)
        return self._values[key]

    def _type_of(self, element: ET.Element) -> TypeName | None:
        variable = child(element, "variable")
        return self.types.named(variable.get("typeRef")) if variable is not None else None

    def _computed(self, element: ET.Element, inputs: dict[str, Value]) -> Value:
        kind, name = tag(element), element.get("name", "").strip()
        wanted = self._type_of(element)
        if kind == "inputData":
            value = inputs.get(name)
            return value if wanted is None else converted(value, wanted)
        if kind == "decisionService":
            raise OutOfScope("decisionService")
        scope = self._required(element, inputs)
        if kind == "businessKnowledgeModel":
            logic = child(element, "encapsulatedLogic")
            scope[name] = evaluate(self._function(logic), scope) if logic is not None else None
            return scope[name]
        body = next((part for part in element if tag(part) in _BOXED), None)
        if body is None:
            return None
        value = evaluate(self.tree(body), scope)
        return value if wanted is None else converted(value, wanted)

    def _required(self, element: ET.Element, inputs: dict[str, Value]) -> dict[str, Value]:
        scope: dict[str, Value] = {}
        for requirement in children(element, "informationRequirement", "knowledgeRequirement"):
            for reference in requirement:
                href = reference.get("href", "")
                model, _, key = href.rpartition("#")
                if key not in self.elements or (model and model != self.root.get("namespace")):
                    raise OutOfScope("import")
                required = self.elements[key]
                scope[required.get("name", "").strip()] = self._value_of(required, inputs)
        return scope

    def tree(self, boxed: ET.Element | None) -> Expression:
        """The tree of a boxed expression, converted to its type if it states one."""
        if boxed is None:
            return Null()
        found = _BOXED.get(tag(boxed), Model._other)(self, boxed)
        wanted = self.types.named(boxed.get("typeRef"))
        if wanted is None or tag(boxed) == "functionDefinition":
            return found
        return FunctionCall(FunctionLiteral((("value", wanted),), Name("value")), (found,))

    def _other(self, _boxed: ET.Element) -> Expression:
        raise OutOfScope("other boxed expression")

    def _decision_table(self, _boxed: ET.Element) -> Expression:
        raise OutOfScope("decisionTable")

    def _literal(self, boxed: ET.Element) -> Expression:
        if "feel" not in boxed.get("expressionLanguage", "feel").lower():
            raise OutOfScope("expression language")
        if child(boxed, "importedValues") is not None:
            raise OutOfScope("import")
        text = child(boxed, "text")
        source = (text.text or "") if text is not None else ""
        if not source.strip():
            return Null()
        clock = re.search(r"\b(now|today)\s*\(\s*\)", re.sub(r'"(?:[^"\\]|\\.)*"', "", source))
        if clock:
            raise OutOfScope(clock[1])
        try:
            tree: Expression = self.types.in_tree(parse(source, self.names))
        except FeelSyntaxError as error:
            if "external" in error.message:
                raise OutOfScope("external function") from None
            # The kit expects null where an expression is none.
            return Null()
        return tree

    def _inner(self, boxed: ET.Element, name: str) -> Expression:
        holder = child(boxed, name)
        return self.tree(next(iter(holder), None) if holder is not None else None)

    def _context(self, boxed: ET.Element) -> Expression:
        entries: list[tuple[str, Expression]] = []
        result = False
        for entry in children(boxed, "contextEntry"):
            variable = child(entry, "variable")
            body = next((part for part in entry if tag(part) in _BOXED), None)
            tree = self.tree(body)
            if variable is None:
                result = True
                entries.append((_RESULT, tree))
                continue
            wanted = self.types.named(variable.get("typeRef"))
            if wanted is not None and wanted.name != "function":
                tree = FunctionCall(FunctionLiteral((("value", wanted),), Name("value")), (tree,))
            entries.append((variable.get("name", "").strip(), tree))
        made = Context(tuple(entries))
        return PathNode(made, _RESULT) if result else made

    def _relation(self, boxed: ET.Element) -> Expression:
        columns = [part.get("name", "").strip() for part in children(boxed, "column")]
        rows = [[self.tree(cell) for cell in row] for row in children(boxed, "row")]
        return ListOf(tuple(Context(tuple(zip(columns, row, strict=True))) for row in rows))

    def _list(self, boxed: ET.Element) -> Expression:
        return ListOf(tuple(self.tree(part) for part in boxed if tag(part) in _BOXED))

    def _function(self, boxed: ET.Element) -> Expression:
        if boxed.get("kind", "FEEL") != "FEEL":
            raise OutOfScope("external function")
        parameters = tuple(
            (part.get("name", "").strip(), self.types.named(part.get("typeRef")))
            for part in children(boxed, "formalParameter")
        )
        body = next((part for part in boxed if tag(part) in _BOXED), None)
        return FunctionLiteral(parameters, self.tree(body))

    def _invocation(self, boxed: ET.Element) -> Expression:
        function = self.tree(next(part for part in boxed if tag(part) in _BOXED))
        names: list[str] = []
        arguments: list[Expression] = []
        for binding in children(boxed, "binding"):
            parameter = child(binding, "parameter")
            names.append(parameter.get("name", "").strip() if parameter is not None else "")
            arguments.append(self.tree(next((part for part in binding if tag(part) in _BOXED), None)))
        return FunctionCall(function, tuple(arguments), tuple(names))

    def _conditional(self, boxed: ET.Element) -> Expression:
        return If(self._inner(boxed, "if"), self._inner(boxed, "then"), self._inner(boxed, "else"))

    def _iteration(self, boxed: ET.Element) -> tuple[Iteration, ...]:
        return (Iteration(boxed.get("iteratorVariable", "").strip(), self._inner(boxed, "in")),)

    def _for(self, boxed: ET.Element) -> Expression:
        return For(self._iteration(boxed), self._inner(boxed, "return"))

    def _some(self, boxed: ET.Element) -> Expression:
        return Quantified("some", self._iteration(boxed), self._inner(boxed, "satisfies"))

    def _every(self, boxed: ET.Element) -> Expression:
        return Quantified("every", self._iteration(boxed), self._inner(boxed, "satisfies"))

    def _filter(self, boxed: ET.Element) -> Expression:
        return Filter(self._inner(boxed, "in"), self._inner(boxed, "match"))


_BOXED = {
    "literalExpression": Model._literal,
    "context": Model._context,
    "relation": Model._relation,
    "list": Model._list,
    "functionDefinition": Model._function,
    "invocation": Model._invocation,
    "conditional": Model._conditional,
    "for": Model._for,
    "some": Model._some,
    "every": Model._every,
    "filter": Model._filter,
    "decisionTable": Model._decision_table,
}
