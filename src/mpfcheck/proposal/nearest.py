"""The known name a person most likely meant."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["nearest"]


def nearest(written: str, known: Iterable[str]) -> str | None:
    """The known name nearest to what was written, or None where none is near. Case, ``-`` and blanks do not count."""
    # Only needed once something is wrong.
    from difflib import get_close_matches

    plain = {_plain(name): name for name in known}
    found = get_close_matches(_plain(written[:100]), plain, n=1, cutoff=0.6)
    return plain[found[0]] if found else None


def _plain(name: str) -> str:
    return name.strip().casefold().replace("-", "_").replace(" ", "_")
