"""Immutable values, declared like dataclasses.

A dataclass writes and compiles its methods when its module is imported, which takes most of a millisecond a class; this
program has many small classes and must start quickly. These share their methods instead. Type checkers see a frozen
dataclass; ``match`` takes the fields by position.
"""

from __future__ import annotations

from typing import ClassVar, TypeVar, dataclass_transform

__all__ = ["Frozen", "changed"]


@dataclass_transform(frozen_default=True, eq_default=True)
class Frozen:
    """A value made of the fields its class declares, those of its bases first; equal to another with equal fields.

    A field with a value in the class body has that default, which must be immutable. Fields named in ``beside`` do not
    take part in comparison.
    """

    fields_of_class: ClassVar[tuple[str, ...]] = ()
    beside: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        declared = [name for name, kind in cls.__annotations__.items() if "ClassVar" not in str(kind)]
        inherited = [name for name in cls.fields_of_class if name not in declared]
        cls.fields_of_class = (*inherited, *declared)
        type.__setattr__(cls, "__match_args__", cls.fields_of_class)

    def __init__(self, *values: object, **named: object) -> None:
        names = self.fields_of_class
        own = self.__dict__
        if len(values) > len(names):
            raise TypeError(f"{type(self).__name__} has {len(names)} fields, not {len(values)}")
        own.update(zip(names, values, strict=False))
        if named:
            unknown = named.keys() - set(names) | named.keys() & own.keys()
            if unknown:
                raise TypeError(f"{type(self).__name__} cannot take {', '.join(sorted(unknown))}")
            own.update(named)
        if len(own) < len(names):
            missing = [name for name in names if name not in own and not hasattr(type(self), name)]
            if missing:
                raise TypeError(f"{type(self).__name__} needs {', '.join(missing)}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self is other or self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash((type(self), *self._compared()))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.fields_of_class)
        return f"{type(self).__name__}({fields})"

    def _compared(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.fields_of_class if name not in self.beside)


_Value = TypeVar("_Value", bound=Frozen)


def changed(value: _Value, /, **changes: object) -> _Value:
    """The same value with some fields changed."""
    kept = {name: getattr(value, name) for name in value.fields_of_class}
    return type(value)(**{**kept, **changes})
