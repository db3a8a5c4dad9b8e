"""JSON with nothing wrong in it, quickly: numbers exact, equal names refused, NaN and Infinity refused."""

from __future__ import annotations

import codecs
import re
from typing import Final

import jiter

from mpfcheck.proposal.limits import MAX_VALUES, count_values
from mpfcheck.proposal.pointer import join

__all__ = ["find_offsets", "parse"]

# A string with or without the colon that makes it a name, an opening bracket, a closing one, or another value.
# Possessive repeats remember nothing to come back to, so a text of a million escapes takes no memory.
_tokens: Final = re.compile(
    r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"([ \t\n\r]*+:)?|([{\[])|([}\]])|[^ \t\n\r,:{}\[\]"]++', re.DOTALL
).finditer
_STRING, _NAME, _OPENING, _CLOSING = 1, 2, 3, 4


def parse(data: bytes) -> object:
    """The value of a document, Decimal in place of float; raises ValueError for anything that is wrong with it."""
    value: object = jiter.from_json(
        data.removeprefix(codecs.BOM_UTF8),
        allow_inf_nan=False,
        cache_mode="keys",
        catch_duplicate_keys=True,
        float_mode="decimal",
    )
    # A value takes two bytes at least, so only a large document can have too many.
    if len(data) > 2 * MAX_VALUES and count_values(value) > MAX_VALUES:
        raise ValueError(f"more than {MAX_VALUES} values")
    return value


def find_offsets(text: str) -> tuple[dict[str, int], dict[str, int]]:
    """Where the values and the names in a text that :func:`parse` accepts start, as offsets by JSON Pointer."""
    values: dict[str, int] = {}
    names: dict[str, int] = {}
    around: list[tuple[str, int]] = []
    container, position, pointer = "", -1, ""
    for token in _tokens(text):
        kind = token.lastindex
        if kind == _NAME:
            name = token[_STRING]
            pointer = join(container, jiter.from_json(f'"{name}"'.encode()) if "\\" in name else name)
            names[pointer] = token.start()
        elif kind == _CLOSING:
            container, position = around.pop()
        else:
            if position >= 0:
                pointer = f"{container}/{position}"
                position += 1
            values[pointer] = token.start()
            if kind == _OPENING:
                around.append((container, position))
                container, position = pointer, 0 if token[_OPENING] == "[" else -1
    return values, names
