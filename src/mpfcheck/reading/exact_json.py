"""JSON with nothing wrong in it, quickly: numbers exact, equal names refused, NaN and Infinity refused."""

from __future__ import annotations

import codecs

import jiter

from mpfcheck.proposal.limits import MAX_VALUES, count_values

__all__ = ["parse"]


def parse(data: bytes) -> object:
    """The value of a document, Decimal in place of float; raises ValueError for anything that is wrong with it."""
    value: object = jiter.from_json(
        data.removeprefix(codecs.BOM_UTF8),
        allow_inf_nan=False,
        # Names come again and again. To look up every short text as well takes longer than to make it.
        cache_mode="keys",
        catch_duplicate_keys=True,
        float_mode="decimal",
    )
    # A value takes two bytes at least, so only a large document can have too many.
    if len(data) > 2 * MAX_VALUES and count_values(value) > MAX_VALUES:
        raise ValueError(f"more than {MAX_VALUES} values")
    return value
