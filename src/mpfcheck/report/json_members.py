"""The members of a JSON object, each of the kind it must be: what is of another kind is told with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import TypeVar

__all__ = ["Members", "UnreadableReportError"]

_Code = TypeVar("_Code", bound=Enum)
_Item = TypeVar("_Item")


class UnreadableReportError(ValueError):
    """A text that is no report: what is wrong with it, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message} {hint}".rstrip())
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type[UnreadableReportError], tuple[str, str]]:
        return type(self), (self.message, self.hint)


class Members:
    """The members of a JSON object, each of the kind it must be; ``pointer`` says where the object stands.

    Whatever is read and is not there as it must be raises :class:`UnreadableReportError`.
    """

    def __init__(self, value: object, pointer: str) -> None:
        """Take an object."""
        if not isinstance(value, dict):
            raise self._wrong(pointer, "an object")
        self._values: Mapping[str, object] = value
        self._pointer = pointer

    def optional(self, name: str) -> object:
        """A member of any kind, or None."""
        return self._values.get(name)

    def text(self, name: str, *, absent: str | None = None) -> str:
        """A text."""
        value = self._values.get(name, absent)
        if isinstance(value, str):
            return value
        raise self._wrong(f"{self._pointer}/{name}", "a text")

    def text_or_none(self, name: str) -> str | None:
        """A text, or None where it is null or absent."""
        return None if self._values.get(name) is None else self.text(name)

    def position(self, name: str) -> int | None:
        """A whole number, or None where it is null or absent."""
        value = self._values.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise self._wrong(f"{self._pointer}/{name}", "a whole number or null")

    def flag(self, name: str) -> bool:
        """True or false; false where it is absent."""
        value = self._values.get(name, False)
        if isinstance(value, bool):
            return value
        raise self._wrong(f"{self._pointer}/{name}", "true or false")

    def code(self, name: str, codes: type[_Code]) -> _Code:
        """One of these codes."""
        value = self.text(name)
        try:
            return codes(value)
        except ValueError:
            known = ", ".join(str(code.value) for code in codes)
            raise self._wrong(f"{self._pointer}/{name}", f"one of {known}") from None

    def inside(self, name: str) -> Members:
        """An object."""
        return Members(self._values.get(name), f"{self._pointer}/{name}")

    def many(self, name: str, read: Callable[[Members], _Item]) -> tuple[_Item, ...]:
        """A list of objects, each read by ``read``."""
        pointer = f"{self._pointer}/{name}"
        return tuple(read(Members(item, f"{pointer}/{index}")) for index, item in enumerate(self._list(name)))

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        values = self._list(name)
        texts = tuple(value for value in values if isinstance(value, str))
        if len(texts) < len(values):
            raise self._wrong(f"{self._pointer}/{name}", "a list of texts")
        return texts

    def mapping(self, name: str) -> Mapping[str, str]:
        """An object whose members are texts; an empty one where it is absent."""
        value = self._values.get(name, {})
        if isinstance(value, dict) and all(isinstance(inner, str) for inner in value.values()):
            return value
        raise self._wrong(f"{self._pointer}/{name}", "an object of texts")

    def _list(self, name: str) -> list[object]:
        value = self._values.get(name)
        if isinstance(value, list):
            return value
        raise self._wrong(f"{self._pointer}/{name}", "a list")

    @staticmethod
    def _wrong(pointer: str, expected: str) -> UnreadableReportError:
        return UnreadableReportError(
            f"{pointer or 'The whole'} should be {expected}.",
            "Write the report again, or with this version of mpfcheck.",
        )
