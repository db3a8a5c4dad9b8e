"""What a built-in function is: its ways of being called, and how arguments become what it takes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from decimal import Decimal, DecimalException
from typing import NamedTuple

from mpfcheck.feel.evaluate.kinds import convert, is_function
from mpfcheck.feel.limits import CHARACTERS_A_STEP, Run
from mpfcheck.feel.values.comparison import one_of
from mpfcheck.feel.values.knowledge import choices
from mpfcheck.feel.values.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from mpfcheck.feel.values.value import PLAIN, Range, Record, Unanswered, Value, join, unanswered_in

__all__ = [
    "Builtin",
    "Family",
    "FormalParameter",
    "Law",
    "Overload",
]

KINDS: dict[str, tuple[type, ...]] = {
    "number": (Decimal,),
    "string": (str,),
    "boolean": (bool,),
    "date": (Date,),
    "time": (Time,),
    "date and time": (DateTime,),
    "date or date and time": (Date, DateTime),
    "duration": (MonthsDuration, DaysDuration),
    "list": (list,),
    "context": (dict, Record),
    "range": (Range,),
}
"""The classes of values a parameter of a kind takes; ``any`` takes everything and ``function`` what can be called."""


class FormalParameter(NamedTuple):
    """A parameter: its name in the standard, its kind, whether it may be left out, whether it may be null."""

    name: str
    kind: str
    optional: bool = False
    nullable: bool = False

    @classmethod
    def read(cls, text: str) -> FormalParameter:
        """From ``"name: kind"``, ``?`` after a kind for "may be left out", ``|null`` for "may be null"."""
        name, _, kind = text.partition(": ")
        kind, nullable, _ = kind.partition("|null")
        return cls(name, kind.rstrip("?"), optional=text.endswith("?"), nullable=bool(nullable))

    def takes(self, value: Value) -> bool:
        """Whether the value is of the parameter's kind."""
        if self.kind == "any":
            return True
        return is_function(value) if self.kind == "function" else isinstance(value, KINDS[self.kind])


class Overload:
    """One way to call a built-in function; if ``variadic``, the last parameter takes all arguments that are left.

    It takes between ``fewest`` and ``most`` arguments.
    """

    __slots__ = ("_classes", "fewest", "function", "most", "parameters", "variadic")

    def __init__(
        self, function: Callable[..., Value], parameters: tuple[FormalParameter, ...], variadic: bool = False
    ) -> None:
        self.function = function
        self.parameters = parameters
        self.variadic = variadic
        self.fewest = sum(not parameter.optional for parameter in parameters)
        self.most = sys.maxsize if variadic else len(parameters)
        # What needs no second look; nothing is of no class, so that a function gets one.
        self._classes = [object if one.kind == "any" else KINDS.get(one.kind, ()) for one in parameters]

    def takes(self, count: int) -> bool:
        """Whether it may be called with this number of arguments."""
        return self.fewest <= count <= self.most

    def prepare(self, arguments: list[Value]) -> list[Value] | None:
        """The arguments as the parameters want them, or None where one does not fit."""
        if len(arguments) <= len(self._classes) and all(map(isinstance, arguments, self._classes)):
            return arguments
        prepared: list[Value] = []
        for index, argument in enumerate(arguments):
            parameter = self.parameters[min(index, len(self.parameters) - 1)]
            if argument is None:
                if not (parameter.nullable or parameter.kind == "any"):
                    return None
            elif not parameter.takes(argument):
                argument = convert(
                    argument,
                    parameter.takes,
                    to_list=parameter.kind == "list",
                    to_date_time=parameter.kind == "date and time",
                )
                if argument is None:
                    return None
            prepared.append(argument)
        return prepared


Law = Callable[[Run, list[Value], frozenset[str]], Value]
"""What is certain of a result that waits for the answers at these paths; None where nothing is."""


class Builtin:
    """A built-in function. A ``lenient`` one decides itself what an unanswered item or ``any`` argument means.

    Its ``law``, where it has one, tells what is certain of the result while an argument is unanswered or a list open.
    """

    __slots__ = ("law", "lenient", "name", "overloads")

    def __init__(
        self, name: str, overloads: tuple[Overload, ...], *, lenient: bool = False, law: Law | None = None
    ) -> None:
        self.name = name
        self.overloads = overloads
        self.lenient = lenient
        self.law = law

    def __repr__(self) -> str:
        return f"Builtin({self.name})"

    def call(self, arguments: list[Value], run: Run) -> Value:
        """The function's value; null for arguments it does not take. A list for a variadic list is one argument."""
        for overload in self.overloads:
            if overload.takes(len(arguments)):
                found = self._run(overload, arguments, run)
                if found is not _NEXT:
                    return found  # type: ignore[return-value]  # what is not the mark is a value
        return None

    def call_by_name(self, names: tuple[str, ...], arguments: list[Value], run: Run) -> Value:
        """The same with named arguments."""
        given = dict(zip(names, arguments, strict=True))
        if len(given) != len(names):
            return None
        for overload in self.overloads:
            known = [parameter.name for parameter in overload.parameters]
            present = [name for name in known if name in given]
            if len(present) == len(given) and all(p.optional or p.name in given for p in overload.parameters):
                while known and known[-1] not in given:
                    known.pop()
                found = self._run(overload, [given.get(name) for name in known], run)
                if found is not _NEXT:
                    return found  # type: ignore[return-value]  # what is not the mark is a value
        return None

    def _run(self, overload: Overload, arguments: list[Value], run: Run) -> object:
        waiting = self._waiting(overload, arguments)
        if waiting is not None:
            return self._partly(overload, arguments, waiting, run)
        prepared = overload.prepare(arguments)
        if prepared is None:
            return _NEXT
        run.spend()
        try:
            result = overload.function(run, *prepared)
        except DecimalException:
            return None
        if isinstance(result, list):
            run.check_items(len(result))
            run.spend(len(result) + sum(len(part) for part in result if isinstance(part, str)) // CHARACTERS_A_STEP)
        elif isinstance(result, str):
            run.check_characters(len(result))
        return result

    def _partly(self, overload: Overload, arguments: list[Value], waiting: Unanswered, run: Run) -> Value:
        """What is certain of the result all the same."""
        for place, argument in enumerate(arguments):
            if type(argument) is Unanswered and len(several := choices(argument)) > 1:
                found = [
                    self._run(overload, [*arguments[:place], one, *arguments[place + 1 :]], run) for one in several
                ]
                results: list[Value] = [each for each in found if each is not _NEXT]  # type: ignore[misc]  # values
                return one_of(results, waiting.paths) if len(results) == len(found) else waiting
        if self.law is None:
            return waiting
        run.spend()
        try:
            known = self.law(run, arguments, waiting.paths)
        except DecimalException:
            return waiting
        return waiting if known is None else known

    def _waiting(self, overload: Overload, arguments: list[Value]) -> Unanswered | None:
        """What the call must wait for, whatever the function does."""
        if not self.lenient:
            if PLAIN.issuperset(map(type, arguments)):
                return None
            parts = [part for part in map(unanswered_in, arguments) if part is not None]
            return (parts[0] if len(parts) == 1 else join(parts)) if parts else None
        last = len(overload.parameters) - 1
        found = [
            argument
            for index, argument in enumerate(arguments)
            if type(argument) is Unanswered and overload.parameters[min(index, last)].kind != "any"
        ]
        return join(found) if found else None


_NEXT = object()
"""The arguments do not fit this way of calling: the next one is tried."""


class Family:
    """The built-in functions of one module, as they are written down."""

    def __init__(self) -> None:
        self.overloads: dict[str, list[Overload]] = {}
        self.lenient: set[str] = set()

    def add(
        self, name: str, *parameters: str, variadic: bool = False, lenient: bool = False
    ) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
        """Register a function under its FEEL name; ``parameters`` as :meth:`Parameter.read` takes them."""

        def register(function: Callable[..., Value]) -> Callable[..., Value]:
            overload = Overload(function, tuple(map(FormalParameter.read, parameters)), variadic)
            self.overloads.setdefault(name, []).append(overload)
            if lenient:
                self.lenient.add(name)
            return function

        return register

    def builtins(self, laws: Mapping[str, Law]) -> dict[str, Builtin]:
        """All of them by name, with their laws."""
        return {
            name: Builtin(name, tuple(overloads), lenient=name in self.lenient, law=laws.get(name))
            for name, overloads in self.overloads.items()
        }
