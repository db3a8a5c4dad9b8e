"""Half-filled proposals: a complete one with answers taken away."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from benchmarks.generate.money import JsonObject

__all__ = ["half_filled"]

KEPT = frozenset({"format", "call"})
SHARES = (0.02, 0.1, 0.3, 0.6)


def half_filled(random: Random, proposal: JsonObject) -> JsonObject:
    """Take away some answers, single fields and whole parts, and leave a few of them as null. Lists stay whole."""
    share = random.choice(SHARES)
    return {
        name: proposal[name] if name in KEPT else thinned(random, proposal[name], share)
        for name in proposal
        if name in KEPT or not taken(random, proposal[name], share)
    }


def thinned(random: Random, value: object, share: float) -> object:
    if isinstance(value, Mapping):
        fields: JsonObject = {}
        for name, part in value.items():
            if not taken(random, part, share):
                fields[name] = thinned(random, part, share)
            elif random.random() < 0.2:
                fields[name] = None
        return fields
    if isinstance(value, list):
        return [thinned(random, item, share) for item in value]
    return value


def taken(random: Random, value: object, share: float) -> bool:
    """Parts with fields of their own go more seldom, so that there is something left to leave out in them."""
    return random.random() < (share / 3 if isinstance(value, dict | list) else share)
