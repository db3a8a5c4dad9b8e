"""Compilation of which fields an expression reads, for answered proposals.

The code gives what that of :class:`Compiler` gives, and notes on its way the fields that it reads, by their JSON
Pointers, each with its answer. A finding names these fields, so they are exactly those that the reference evaluator
reads: where that looks on although the value is certain (it tries every item, and both ends of a range), so does this
code. Where it cannot tell what the reference would read, it leaves by one of ``errors.UNREADY``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from mpfcheck.feel.compile.compiler import Code, Compiler, call, name_of
from mpfcheck.feel.compile.nodes import STORE
from mpfcheck.feel.errors import UnreadyError
from mpfcheck.feel.evaluate.evaluator import NEVER_A_POSITION
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.types import MONTHS, ListType, RecordType

if TYPE_CHECKING:
    import ast
else:
    from mpfcheck.feel.compile import nodes as ast

__all__ = ["ReadingCompiler", "RecordPointers", "records_in"]

_Compiled = TypeVar("_Compiled")


_Places: TypeAlias = "tuple[tuple[str, bool, _Places], ...]"


def records_in(kind: RecordType) -> _Places:
    """The fields of a record that are records or lists of records: their names, which of the two, and those in them."""
    found = []
    for name, field in kind.fields.items():
        inside = field.type.item if isinstance(field.type, ListType) else field.type
        if isinstance(inside, RecordType):
            found.append((name, isinstance(field.type, ListType), records_in(inside)))
    return tuple(found)


class RecordPointers(dict[int, str]):
    """The pointers of the records in some answers, by the ids of the records.

    They are looked for when one is first asked for. Raises KeyError for what is none of the records, and for all of
    them where one stands at several places.
    """

    __slots__ = ("_answers", "_places")

    def __init__(self, places: _Places, answers: Mapping[str, object]) -> None:
        """Look at these ``places`` (:func:`records_in` the type of the answers)."""
        self._places = places
        self._answers: Mapping[str, object] | None = answers

    def __missing__(self, record: int) -> str:
        answers, self._answers = self._answers, None
        if answers is None:
            raise KeyError(record)
        if self._add(answers, "", self._places) != len(self):
            self.clear()
        if record not in self:
            raise KeyError(record)
        return self[record]

    def _add(self, record: Any, pointer: str, places: _Places) -> int:
        """Add a record and those in it; gives how many."""
        self[id(record)] = pointer
        count = 1
        for name, several, inside in places:
            value = record.get(name)
            if value is None:
                continue
            place = f"{pointer}/{name}"
            if not several:
                count += self._add(value, place, inside)
            elif inside:
                count += sum([self._add(one, f"{place}/{number}", inside) for number, one in enumerate(value)])
            else:
                self.update([(id(one), f"{place}/{number}") for number, one in enumerate(value)])
                count += len(value)
        return count


def _field_of(record: Mapping[str, object], name: str, read: dict[str, object], pointers: Mapping[int, str]) -> object:
    value = record[name]
    read[f"{pointers[id(record)]}/{name}"] = value
    return value


def _field_at(record: Mapping[str, object], name: str, read: dict[str, object], pointer: str) -> object:
    value = read[pointer] = record[name]
    return value


def _list_of(record: Mapping[str, object], name: str, read: dict[str, object], pointers: Mapping[int, str]) -> object:
    return [] if record.get(name) is None else _field_of(record, name, read, pointers)


def _list_at(record: Mapping[str, object], name: str, read: dict[str, object], pointer: str) -> object:
    return [] if record.get(name) is None else _field_at(record, name, read, pointer)


def _list_below(
    answers: Mapping[str, Mapping[str, object]], parent: str, name: str, read: dict[str, object], pointer: str
) -> object:
    record = answers.get(parent)
    return [] if record is None else _list_at(record, name, read, pointer)


def _with_read(value: object, read: dict[str, object], more: Mapping[str, object]) -> object:
    """The value of a definition, whose own fields are read where it is asked for."""
    read.update(more)
    return value


def _between(low: Any, value: Any, high: Any) -> bool:
    return bool(low <= value) and bool(value <= high)


def _some_items(items: list[object]) -> list[object]:
    """A list, unless it is empty: then the reference looks at the condition of a filter without an item."""
    if not items:
        raise UnreadyError
    return items


_NAMESPACE: Mapping[str, Callable[..., object]] = {
    "field_of": _field_of,
    "field_at": _field_at,
    "list_of": _list_of,
    "list_at": _list_at,
    "list_below": _list_below,
    "with_read": _with_read,
    "some_items": _some_items,
    "between": _between,
}


class ReadingCompiler(Compiler):
    """Compiles expressions to code that fills ``read``, and asks ``pointers`` for those of records by their ids."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.names.update(_NAMESPACE)
        self._read = "read"
        self._read_by: dict[str, str] = {}
        # The variables that hold the pointers of records, by the variables of these.
        self._pointers: dict[str, str] = {}

    def function(self, name: str, body: Callable[[], list[ast.stmt]], *others: str) -> ast.FunctionDef:
        """``def name(answers, *others)`` with these statements, which begins with an empty ``read``."""
        function = super().function(name, body, *others)
        function.body.insert(0, self._nothing_read())
        return function

    def unread(self, code: Callable[[], _Compiled]) -> _Compiled:
        """What is compiled so reads what does not count as read."""
        outside, self._read = self._read, self.variable()
        self._assignments.append(self._nothing_read())
        compiled = code()
        self._read = outside
        return compiled

    def _nothing_read(self) -> ast.stmt:
        return ast.Assign([ast.Name(self._read, STORE)], ast.Dict([], []))

    def _definition(self, name: str) -> Code:
        if name not in self._hoisted:
            outside, self._read = self._read, self.variable()
            self._read_by[name] = self._read
            self._assignments.append(self._nothing_read())
            super()._definition(name)
            self._read = outside
        code = self._hoisted[name]
        node = call(name_of("with_read"), code.node, name_of(self._read), name_of(self._read_by[name]))
        return code._replace(node=node)

    def _field(self, base: ast.expr, record: RecordType, name: str) -> Code:
        code = super()._field(base, record, name)
        field = record.fields[name]
        if isinstance(field.type, RecordType):
            # That a record was looked into is told by the fields in it.
            return code
        kind = "list" if field.absent == "empty" else "field"
        pointer = self._pointer(base)
        if pointer is None:
            node = self._reading(f"{kind}_of", base, name, name_of("pointers"))
        else:
            before, after = pointer
            place: ast.expr = ast.Constant(f"{after}/{name}")
            node = self._reading(
                f"{kind}_at", base, name, place if before is None else ast.BinOp(before, ast.Add(), place)
            )
        return Code(call(name_of("Decimal"), node) if field.type == MONTHS else node, field.type)

    def _pointer(self, record: ast.expr) -> tuple[ast.Name | None, str] | None:
        """The pointer of a record that is known without a search: a variable that it begins with, and the rest."""
        match record:
            case ast.Name("answers"):
                return None, ""
            case ast.Name(name) if name in self._pointers:
                return name_of(self._pointers[name]), ""
            case ast.Subscript(base, ast.Constant(str() as name)):
                outside = self._pointer(base)
                return None if outside is None else (outside[0], f"{outside[1]}/{name}")
        return None

    def item_at(self, variable: str, items: tree.Expression, place: ast.expr) -> list[ast.stmt]:
        """The statements that keep the pointer of an item of a list, which stands at a place from 0.

        There are none where the list has a pointer of its own in each proposal, or is none of the proposal's.
        """
        list_pointer = self._pointer_of_list(items)
        if list_pointer is None:
            return []
        self._pointers[variable] = pointer = self.variable()
        text = ast.JoinedStr([ast.Constant(f"{list_pointer}/"), ast.FormattedValue(place, -1)])
        return [ast.Assign([ast.Name(pointer, STORE)], text)]

    def _pointer_of_list(self, items: tree.Expression) -> str | None:
        if self._list_key(items, {}) is None:
            return None
        match items:
            case tree.Name(name):
                return f"/{name}"
            case tree.Path(tree.Name(record), name) if isinstance(self._record.fields[record].type, RecordType):
                return f"/{record}/{name}"
        return None

    def _empty_list_below_absent(self, expression: tree.Path, scope: Mapping[str, Code]) -> Code | None:
        code = super()._empty_list_below_absent(expression, scope)
        if code is None or not isinstance(expression.base, tree.Name):
            return code
        parent, name = expression.base.name, expression.name
        parts = (name_of("answers"), ast.Constant(parent), ast.Constant(name))
        read = (name_of(self._read), ast.Constant(f"/{parent}/{name}"))
        return Code(call(name_of("list_below"), *parts, *read), code.type)

    def _reading(self, function: str, base: ast.expr, name: str, place: ast.expr) -> ast.expr:
        return call(name_of(function), base, ast.Constant(name), name_of(self._read), place)

    def _of_place(self, argument: tree.Expression, function: ast.Name, scope: Mapping[str, Code]) -> Code | None:
        # What is worked out once for every item has read them all.
        return None

    def _within(self, low: ast.expr, value: ast.expr, high: ast.expr) -> ast.expr:
        # Both ends are read, whatever the first says.
        return call(name_of("between"), low, value, high)

    def _filter(self, expression: tree.Filter, scope: Mapping[str, Code]) -> Code:
        code = super()._filter(expression, scope)
        if isinstance(code.node, ast.ListComp) and not isinstance(expression.condition, NEVER_A_POSITION):
            (items,) = code.node.generators
            items.iter = call(name_of("some_items"), items.iter)
        return code

    def _truths(self, condition: ast.expr, generators: list[ast.comprehension]) -> ast.expr:
        # Of a list that is made first, every item is tried.
        return ast.ListComp(condition, generators)
