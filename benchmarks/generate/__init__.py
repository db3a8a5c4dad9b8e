"""Seeded, realistic proposals as JSON: sound ones, ones that break rules at their boundaries, half-filled ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from random import Random

from benchmarks.generate.breaches import spoil
from benchmarks.generate.drafts import half_filled
from benchmarks.generate.money import JsonObject
from benchmarks.generate.sound import sound_proposal

__all__ = ["Mix", "proposals"]


class Mix(StrEnum):
    """What to generate."""

    VALID = "valid"
    """Complete, and nothing wrong that a program can tell."""
    FAILING = "failing"
    """Complete, one or two things changed, mostly at a boundary."""
    COMPLETE = "complete"
    """Half of the one, half of the other."""
    HALF_FILLED = "half-filled"
    """Any of these with answers taken away."""


NUMBERS_SHARE = 0.05
"""How many write their amounts as JSON numbers; the others as text, as drafts are saved."""


def proposals(count: int, seed: int, mix: Mix = Mix.COMPLETE) -> Iterator[bytes]:
    """The proposals of a seed, each as one line of JSON in UTF-8 without the line end."""
    random = Random(seed)
    for _ in range(count):
        yield json.dumps(proposal(random, mix), ensure_ascii=False).encode()


def write_numbers(made: JsonObject) -> None:
    """Turn the budget lines' amounts into JSON numbers; with two decimals and few digits a float prints exactly."""
    for line in made["budget"]["lines"]:
        line |= {name: float(line[name]) for name in ("quantity", "unit_cost", "amount")}


def proposal(random: Random, mix: Mix) -> JsonObject:
    made = sound_proposal(random)
    if mix is Mix.FAILING or (mix is not Mix.VALID and random.random() < 0.5):
        spoil(random, made)
    if random.random() < NUMBERS_SHARE:
        write_numbers(made)
    return half_filled(random, made) if mix is Mix.HALF_FILLED else made
