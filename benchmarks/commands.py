"""Whole commands, as people start them: many proposals, on one core and on two, and the nearest thing there is.

`check-jsonschema` validates files against a JSON Schema. It is given the published schema of proposals: what mpfcheck
does before the first rule. It reads no JSON Lines, so both have a file a proposal, with amounts as texts: of amounts as
numbers it says that 4526.61 is no multiple of 0.01, which in binary it is not.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

__all__ = ["Commands", "measure_commands"]

ONE, TWO = "one process", "two processes"
OURS, THEIRS = "mpfcheck, with all rules", "check-jsonschema, without"
MPFCHECK = (sys.executable, "-m", "mpfcheck")


class Commands(NamedTuple):
    """Seconds by the clock of every run. ``lines`` and ``files`` are how many proposals each run checked."""

    lines: int
    files: int
    from_lines: Mapping[str, Sequence[float]]
    from_files: Mapping[str, Sequence[float]]

    def ratio(self, name: str, to: str) -> float:
        """How many times as fast as another: the median of the rounds' ratios."""
        seconds = {**self.from_lines, **self.from_files}
        return statistics.median(theirs / own for own, theirs in zip(seconds[name], seconds[to], strict=True))


def measure_commands(proposals: Sequence[bytes], folder: Path, rounds: int, *, files: int) -> Commands:
    """Run everything in turns, ``rounds`` times after one that does not count; ``folder`` is an empty one."""
    lines = folder / "batch.jsonl"
    lines.write_bytes(b"".join(line + b"\n" for line in proposals))
    single = _files(proposals[:files], folder)
    schema = folder / "proposal.schema.json"
    schema.write_bytes(subprocess.run([*MPFCHECK, "schema", "proposal"], check=True, capture_output=True).stdout)
    check = (*MPFCHECK, "check", "--format", "jsonl", "--fail-on", "never", "--output", os.devnull)
    validate = (str(Path(sys.executable).with_name("check-jsonschema")), "--schemafile", str(schema))
    return Commands(
        len(proposals),
        len(single),
        _in_turns({ONE: (*check, "--jobs", "1", str(lines)), TWO: (*check, "--jobs", "2", str(lines))}, rounds),
        _in_turns({OURS: (*check, "--jobs", "1", *single), THEIRS: (*validate, *single)}, rounds),
    )


def _files(proposals: Sequence[bytes], folder: Path) -> list[str]:
    """A file a proposal, with every number that has a point as a text."""
    names = []
    for number, data in enumerate(proposals):
        file = folder / f"{number:05}.json"
        file.write_text(json.dumps(json.loads(data, parse_float=str), ensure_ascii=False), encoding="utf-8")
        names.append(str(file))
    return names


def _in_turns(commands: Mapping[str, Sequence[str]], rounds: int) -> Mapping[str, Sequence[float]]:
    """Every command once a round, each round beginning with another one; raises where one does not end with 0."""
    took: dict[str, list[float]] = {name: [] for name in commands}
    names = list(commands)
    for number in range(rounds + 1):
        shift = number % len(names)
        for name in names[shift:] + names[:shift]:
            begun = time.perf_counter()
            subprocess.run(commands[name], check=True, stdout=subprocess.DEVNULL)
            if number > 0:
                took[name].append(time.perf_counter() - begun)
    return took
