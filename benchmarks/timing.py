"""Timing on a machine that others use too: everybody in every round, and ratios within a round.

What runs in this process is measured in processor time, which others' work lengthens little. Starting a process is
measured by the clock: it reads files, and people wait for it.
"""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

__all__ = ["Pairs", "Rounds", "interleaved", "paired_starts"]


class Rounds(NamedTuple):
    """Seconds of processor time each contestant took in each round, for the same number of inputs."""

    inputs: int
    seconds: Mapping[str, Sequence[float]]

    def per_second(self, name: str) -> float:
        """Inputs a second, in the median round."""
        return self.inputs / statistics.median(self.seconds[name])

    def ratio(self, name: str, to: str) -> float:
        """How many times as many inputs a second as another: the median of the rounds' ratios."""
        return statistics.median(theirs / own for own, theirs in zip(self.seconds[name], self.seconds[to], strict=True))


def interleaved(contestants: Mapping[str, Callable[[bytes], object]], batches: Sequence[Sequence[bytes]]) -> Rounds:
    """Let every contestant go through a batch once a round, each round beginning with another one.

    Each round has a batch of its own, of the same size as the others, so that nobody meets an input again and what was
    remembered of it. The first is for warming up and is not counted. Between two turns the garbage of the one before is
    collected, uncounted.
    """
    names = list(contestants)
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for number, batch in enumerate(batches):
        shift = number % len(names)
        for name in names[shift:] + names[:shift]:
            took = once(contestants[name], batch)
            if number > 0:
                seconds[name].append(took)
    return Rounds(len(batches[0]), seconds)


def once(contestant: Callable[[bytes], object], inputs: Sequence[bytes]) -> float:
    gc.collect()
    begun = time.process_time()
    for data in inputs:
        contestant(data)
    return time.process_time() - begun


class Pairs(NamedTuple):
    """Seconds two commands took, run one after the other each time."""

    ours: Sequence[float]
    theirs: Sequence[float]

    @property
    def ratio(self) -> float:
        """Our time in theirs: the median of the pairs' ratios."""
        return statistics.median(our / their for our, their in zip(self.ours, self.theirs, strict=True))


def paired_starts(ours: Sequence[str], theirs: Sequence[str], runs: int) -> Pairs:
    """Run two argument lists of this Python as fresh processes, in turns; two pairs first that do not count.

    Those two leave the compiled modules behind, as an installation does, in a folder of their own: whatever the
    environment says of writing bytecode, nobody is measured compiling. The second command must end with 0, the first
    may end with 1 (findings); raises subprocess.CalledProcessError otherwise.
    """
    took: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = folder
        for number in range(runs + 2):
            if number % 2:
                their = process_seconds(theirs, environment, allowed=(0,))
                our = process_seconds(ours, environment, allowed=(0, 1))
            else:
                our = process_seconds(ours, environment, allowed=(0, 1))
                their = process_seconds(theirs, environment, allowed=(0,))
            took.append((our, their))
    return Pairs([our for our, _ in took[2:]], [their for _, their in took[2:]])


def process_seconds(arguments: Sequence[str], environment: Mapping[str, str], allowed: Sequence[int]) -> float:
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=False)
    took = time.perf_counter() - begun
    if done.returncode not in allowed:
        raise subprocess.CalledProcessError(done.returncode, arguments, done.stdout, done.stderr)
    return took
