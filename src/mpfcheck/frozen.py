"""Immutable values, declared like dataclasses.

A dataclass writes and compiles its methods when its module is imported, which takes most of a millisecond a class; this
program has many small classes and must start quickly. These share their methods instead. Type checkers see a frozen
dataclass; ``match`` takes the fields by position.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Generic, NoReturn, TypeVar, cast, dataclass_transform, overload

__all__ = ["Frozen", "FrozenDict", "FrozenList", "changed", "frozen", "later", "made_once", "refuse_change", "short"]


@dataclass_transform(frozen_default=True, eq_default=True)
class Frozen:
    """A value made of the fields its class declares, those of its bases first; equal to another with equal fields.

    A field with a value in the class body has that default, which must be immutable. Fields named in ``beside`` do not
    take part in comparison; ``repr`` shows those in ``in_short``, long values cut, and all where there are
    none; ``call=call.id`` there is a field of a field, under a name of its own.
    """

    fields_of_class: ClassVar[tuple[str, ...]] = ()
    beside: ClassVar[frozenset[str]] = frozenset()
    in_short: ClassVar[tuple[str, ...]] = ()
    _known: ClassVar[frozenset[str]] = frozenset()
    _needed: ClassVar[frozenset[str]] = frozenset()
    _enough: ClassVar[int] = 0
    """How many values, given by their places, hold all that have no default."""

    def __init_subclass__(cls) -> None:
        declared = [name for name, kind in cls.__annotations__.items() if "ClassVar" not in str(kind)]
        inherited = [name for name in cls.fields_of_class if name not in declared]
        # Not by ``hasattr``: where there is nothing it takes ten times as long, and a start makes a hundred classes.
        with_default = {*vars(cls), *(cls._known - cls._needed)}
        cls.fields_of_class = (*inherited, *declared)
        cls._known = frozenset(cls.fields_of_class)
        cls._needed = cls._known - with_default
        cls._enough = len(cls.fields_of_class)
        while cls._enough and cls.fields_of_class[cls._enough - 1] not in cls._needed:
            cls._enough -= 1
        type.__setattr__(cls, "__match_args__", cls.fields_of_class)

    def __init__(self, *values: object, **named: object) -> None:
        names = self.fields_of_class
        own = self.__dict__
        if not named and self._enough <= len(values) <= len(names):
            # A batch makes very many so: ``zip`` with ``strict`` would cost as much as the checks below.
            own.update(zip(names, values))  # noqa: B905
            return
        if len(values) > len(names):
            raise TypeError(f"{type(self).__name__} has {len(names)} fields, not {len(values)}")
        if values:
            own.update(zip(names, values, strict=False))
        if named:
            if not self._known.issuperset(named) or not own.keys().isdisjoint(named):
                unknown = named.keys() - self._known | named.keys() & own.keys()
                raise TypeError(f"{type(self).__name__} cannot take {', '.join(sorted(unknown))}")
            own.update(named)
        if len(own) < len(names) and not self._needed.issubset(own):
            missing = [name for name in names if name in self._needed and name not in own]
            raise TypeError(f"{type(self).__name__} needs {', '.join(missing)}")

    def __setattr__(self, name: str, value: object) -> None:
        refuse_change(self)

    def __delattr__(self, name: str) -> None:
        refuse_change(self)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self is other or self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash((type(self), *self._compared()))

    def __repr__(self) -> str:
        if not self.in_short:
            fields = [f"{name}={getattr(self, name)!r}" for name in self.fields_of_class]
            return f"{type(self).__name__}({', '.join(fields)})"
        shown = [_shown(self, *(name if "=" in name else f"{name}={name}").split("=")) for name in self.in_short]
        return f"{type(self).__name__}({', '.join(shown)}, …)"

    def _compared(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.fields_of_class if name not in self.beside)


def refuse_change(value: object, *_change: object) -> NoReturn:
    """Raise AttributeError: a field of an immutable value cannot be set or deleted."""
    raise AttributeError(f"{type(value).__name__} is immutable")


LONGEST_SHOWN = 80
"""Characters of a value in the ``repr`` of what it is in, where that is short."""


def _shown(value: Any, name: str, path: str) -> str:
    for part in path.split("."):
        value = None if value is None else getattr(value, part)
    return f"{name}={short(value)}"


def short(value: object) -> str:
    """The ``repr`` of a value, a long one cut: its quotation mark or bracket at the end stays."""
    text = repr(value)
    if len(text) <= LONGEST_SHOWN:
        return text
    if isinstance(value, str):
        kept = value[:LONGEST_SHOWN]
        while len(text := repr(f"{kept}…")) > LONGEST_SHOWN:
            kept = kept[:-1]
        return text
    if isinstance(value, Mapping):
        opening, members, closing = "{", [f"{key!r}: {member!r}" for key, member in value.items()], "}"
    elif isinstance(value, tuple | list):
        opening, members, closing = text[0], [*map(repr, value)], text[-1]
    else:
        opening, members, closing = f"{type(value).__name__}(", [], ")"
    while len(text := f"{opening}{', '.join((*members, '…'))}{closing}") > LONGEST_SHOWN and members:
        members.pop()
    return text


_Value = TypeVar("_Value", bound=Frozen)


def changed(value: _Value, /, **changes: object) -> _Value:
    """The same value with some fields changed."""
    # What is not there has the default of the class, or is to be worked out later.
    kept = {name: value.__dict__[name] for name in value.fields_of_class if name in value.__dict__}
    return type(value)(**{**kept, **changes})


def _refuse(self: object, *_values: object, **_named: object) -> NoReturn:
    raise TypeError("This is part of a value that is immutable. Make a copy to change it: dict(…) or list(…).")


_Key = TypeVar("_Key")
_Member = TypeVar("_Member")


class FrozenDict(dict[_Key, _Member]):
    """A dict that stays as it was made. A copy (``dict(frozen)``) can be changed."""

    __slots__ = ()

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type[FrozenDict[_Key, _Member]], tuple[dict[_Key, _Member]]]:
        return type(self), (dict(self),)


class FrozenList(list[_Member]):
    """A list that stays as it was made. A copy (``list(frozen)``) can be changed."""

    __slots__ = ()

    __setitem__ = __delitem__ = __iadd__ = __imul__ = append = clear = extend = insert = pop = remove = reverse = (
        _refuse
    )
    sort = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self))

    def __reduce__(self) -> tuple[type[FrozenList[_Member]], tuple[list[_Member]]]:
        return type(self), (list(self),)


def frozen(value: Any) -> Any:
    """The same value with all dicts and lists in it, at any depth, frozen."""
    kind = type(value)
    if kind is str:
        return value
    if kind is dict or isinstance(value, Mapping):
        return FrozenDict({name: frozen(member) for name, member in value.items()})
    if isinstance(value, list):
        return FrozenList(map(frozen, value))
    return tuple(map(frozen, value)) if kind is tuple else value


class made_once(Generic[_Member]):  # noqa: N801 - it is used like a property
    """A property that is worked out when it is first asked for, without a lock.

    ``functools.cached_property`` holds a lock in some versions of Python, for ever in a process that is forked off
    meanwhile. Threads that ask at the same time may each work it out; all get the same one.
    """

    def __init__(self, make: Callable[[Any], _Member]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        """Keep what is made under the name it has in the class."""
        self._name = name

    @overload
    def __get__(self, owner: None, kind: type) -> made_once[_Member]: ...

    @overload
    def __get__(self, owner: object, kind: type) -> _Member: ...

    def __get__(self, owner: object | None, kind: type) -> made_once[_Member] | _Member:
        """Work it out, and keep it where the next one finds it without asking here."""
        if owner is None:
            return self
        made: _Member = owner.__dict__.setdefault(self._name, self._make(owner))
        return made


def later(make: Callable[[Any], _Member]) -> _Member:
    """The default of a field that is worked out from the other fields when it is first asked for."""
    return cast("_Member", made_once(make))
