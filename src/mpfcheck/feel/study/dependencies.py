"""Dependencies: which names an expression uses, and which fields of a proposal it may read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

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
    Path,
    Quantified,
    Test,
)
from mpfcheck.feel.types import ContextType, ListType, RecordType, SimpleType, Type

if TYPE_CHECKING:
    from mpfcheck.feel.check.expression import CheckedExpression

from mpfcheck.feel.syntax.tree import parts

__all__ = [
    "fields_read",
    "names_used",
]

_NO_NAMES: frozenset[str] = frozenset()
_NO_DEFINITIONS: Mapping[str, Expression] = MappingProxyType({})


def names_used(tree: Expression) -> frozenset[str]:
    """The names an expression takes from outside.

    Inside a filter a name may also be a field of the item, which only the types can tell: such names are among these.
    Names of built-in functions are, where one is called.
    """
    found: set[str] = set()
    _collect(tree, _NO_NAMES, found)
    return frozenset(found)


def _collect(tree: Expression | Test | Iteration, bound: frozenset[str], found: set[str]) -> None:
    match tree:
        case Name(name):
            if name not in bound:
                found.add(name)
        case Filter(base, condition):
            _collect(base, bound, found)
            _collect(condition, bound | {"item"}, found)
        case For(iterations, body) | Quantified(_, iterations, body):
            for each in iterations:
                _collect(each, bound, found)
                bound |= {each.name}
            _collect(body, bound | {"partial"} if isinstance(tree, For) else bound, found)
        case Context(entries):
            for name, value in entries:
                _collect(value, bound, found)
                bound |= {name}
        case FunctionLiteral(parameters, body):
            _collect(body, bound | {name for name, _ in parameters}, found)
        case _:
            for part in parts(tree):
                _collect(part, bound, found)


def fields_read(
    tree: Expression,
    names: Mapping[str, Type],
    definitions: Mapping[str, Expression] = _NO_DEFINITIONS,
    *,
    fields: Collection[str] | None = None,
) -> frozenset[str]:
    """The fields an expression may read, as dotted paths: ``lead.country``, ``budget.lines.amount``, ``co_applicants``.

    A field of the items of a list is named by the list's path and the field. A record or list is named itself only
    where it is used as a whole (``count(co_applicants)``). ``names`` are the types of the names in scope.
    ``definitions`` are the names among them that stand for an expression, which is then searched too; a name that
    stands for each item of a list in turn is given the list (``{"partner": <the tree of co_applicants>}``). ``fields``
    are the names that are fields of the proposal; by default, all names that are not definitions.
    """
    walk = _Dependencies(names, definitions, names.keys() if fields is None else fields)
    walk.use_all(tree)
    return frozenset(walk.read)


Places: TypeAlias = frozenset[str]
"""The dotted paths a value may come from; none for a value that was computed."""

_NOWHERE: Places = frozenset()

# Functions that hand on the items of their arguments without looking into them: of the first, or of all.
_HAND_ON_FIRST = ("flatten", "remove", "reverse", "sublist")
_HAND_ON_ALL = ("append", "concatenate", "insert before")


class _Dependencies:
    """One walk that collects what is read."""

    def __init__(
        self, names: Mapping[str, Type], definitions: Mapping[str, Expression], fields: Collection[str]
    ) -> None:
        self._names = names
        self._definitions = definitions
        self._outermost = {name: frozenset((name,)) for name in fields if name not in definitions}
        self._defined: dict[str, Places] = {}
        self._checked: list[CheckedExpression] = []
        self.read: set[str] = set()

    def use_all(self, tree: Expression) -> None:
        """Read the value of an expression that stands on its own."""
        self.read |= self._alone(tree)

    def _alone(self, tree: Expression) -> Places:
        # Only names_used is needed to check a proposal; the static check costs time to import.
        from mpfcheck.feel.check.expression import check

        self._checked.append(check(tree, self._names))
        found = self.places(tree, self._outermost)
        self._checked.pop()
        return found

    def _definition(self, name: str) -> Places:
        if name not in self._defined:
            # A definition that needs itself is a mistake others report; here it must only come to an end.
            self._defined[name] = _NOWHERE
            self._defined[name] = self._alone(self._definitions[name])
        return self._defined[name]

    def _type_of(self, tree: Expression) -> Type:
        return self._checked[-1].type_of(tree)

    def use(self, tree: Expression, scope: Mapping[str, Places]) -> None:
        """Read the value of an expression as a whole."""
        self.read |= self.places(tree, scope)

    def places(self, tree: Expression, scope: Mapping[str, Places]) -> Places:
        """Where the value of an expression comes from, having read what is needed to get there."""
        match tree:
            case Name(name):
                if name in scope:
                    return scope[name]
                return self._definition(name) if name in self._definitions else _NOWHERE
            case Path():
                return self._member(tree, scope)
            case Filter(base, condition):
                found = self.places(base, scope)
                self.use(condition, self._inside(base, found, scope))
                return found
            case If(condition, then, otherwise):
                self.use(condition, scope)
                return self.places(then, scope) | self.places(otherwise, scope)
            case For(iterations, body):
                return self.places(body, self._iterate(iterations, body, scope))
            case Quantified(_, iterations, body):
                self.use(body, self._iterate(iterations, body, scope))
                return _NOWHERE
            case ListOf(items):
                return _NOWHERE.union(*(self.places(item, scope) for item in items))
            case Context(entries):
                return self._entries(entries, scope)
            case FunctionLiteral(parameters, body):
                self.use(body, {**scope, **{name: _NOWHERE for name, _ in parameters}})
                return _NOWHERE
            case FunctionCall():
                return self._call(tree, scope)
        for part in parts(tree):
            assert not isinstance(part, Iteration)  # noqa: S101 - those are in the two loops above
            self.use(part.operand if isinstance(part, Test) else part, scope)
        return _NOWHERE

    def _member(self, tree: Path, scope: Mapping[str, Places]) -> Places:
        found = self.places(tree.base, scope)
        if not isinstance(_item(self._type_of(tree.base)), RecordType | ContextType):
            # The year of a date, the start of a range: part of a field, and no field.
            return found
        return frozenset(f"{place}.{tree.name}" for place in found)

    def _inside(self, base: Expression, places: Places, scope: Mapping[str, Places]) -> Mapping[str, Places]:
        item = _item(self._type_of(base))
        inner = {**scope, "item": places}
        known = item.fields if isinstance(item, RecordType) else item.entries if isinstance(item, ContextType) else None
        return inner | {name: frozenset(f"{place}.{name}" for place in places) for name in known or ()}

    def _iterate(
        self, iterations: tuple[Iteration, ...], body: Expression, scope: Mapping[str, Places]
    ) -> Mapping[str, Places]:
        for number, each in enumerate(iterations):
            found = self.places(each.domain, scope)
            if each.end is not None:
                self.use(each.end, scope)
                self.read |= found
                found = _NOWHERE
            later = (other.domain for other in iterations[number + 1 :])
            if not any(each.name in names_used(part) for part in (body, *later)):
                # Nothing of the items is read, but how many there are matters.
                self.read |= found
            scope = {**scope, each.name: found}
        return {**scope, "partial": _NOWHERE}

    def _entries(self, entries: tuple[tuple[str, Expression], ...], scope: Mapping[str, Places]) -> Places:
        inner = dict(scope)
        for name, value in entries:
            inner[name] = self.places(value, inner)
            self.read |= inner[name]
        return _NOWHERE

    def _call(self, tree: FunctionCall, scope: Mapping[str, Places]) -> Places:
        name = tree.function.name if isinstance(tree.function, Name) else ""
        if name in scope or not name:
            self.use(tree.function, scope)
        if name == "sort" and len(tree.arguments) == 2 and isinstance(tree.arguments[1], FunctionLiteral):
            places = self.places(tree.arguments[0], scope)
            order = tree.arguments[1]
            self.use(order.body, {**scope, **{parameter: places for parameter, _ in order.parameters}})
            return places
        handed_on = tree.arguments if name in _HAND_ON_ALL else tree.arguments[: name in _HAND_ON_FIRST]
        for argument in tree.arguments[len(handed_on) :]:
            self.use(argument, scope)
        return _NOWHERE.union(*(self.places(argument, scope) for argument in handed_on))


def _item(type_: Type) -> Type:
    """The record, or whatever it is, at the bottom of a list or where nothing is known a context."""
    while isinstance(type_, ListType):
        type_ = type_.item
    return ContextType() if type_ == SimpleType("Any") else type_
