"""Names of the months in the languages of the EU and of the calls' regions, read when a name is no English one.

They stand in ``month_names.json``, which ``python -m tools.cldr_names`` writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from mpfcheck.proposal.country_names import name_of

__all__ = ["FILE", "months_called"]

FILE = Path(__file__).with_name("month_names.json")


def months_called(word: str) -> tuple[int, ...]:
    """The months, from 1, that are called so: none, one, or two where languages differ (listopad)."""
    return tuple(map(int, _table().get(name_of(word), "").split()))


@cache
def _table() -> Mapping[str, str]:
    import jiter

    table: Mapping[str, str] = jiter.from_json(FILE.read_bytes())
    return table
