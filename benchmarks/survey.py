"""How fast ``mpfcheck survey`` counts a table, how much memory it holds, and whether its SQL says what check says.

Verdicts a second are compared with ``check --format jsonl`` on proposals of the same kind. Memory is that of a run
that reads the rows of a table over and over.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pyarrow.parquet as pq

from benchmarks.generate import Mix, proposals
from benchmarks.memory import MEASURED
from benchmarks.warehouse import Comparison, compare

__all__ = ["Surveyed", "measure_survey", "section"]

MPFCHECK = (sys.executable, "-m", "mpfcheck")
KINDS: dict[str, tuple[Mix, tuple[str, ...]]] = {
    "all rules": (Mix.COMPLETE, ()),
    "verdicts only": (Mix.COMPLETE, ("--verdicts",)),
    "all rules, half-filled": (Mix.HALF_FILLED, ()),
}
LIMIT = "512MB"


class Took(NamedTuple):
    """Seconds of one run, by the clock and of processors."""

    clock: float
    processors: float


class Surveyed(NamedTuple):
    """What was measured. ``peaks`` is MiB by the number of proposals, with ``--memory`` set to :data:`LIMIT`."""

    rows: int
    surveys: dict[str, list[Took]]
    checked: int
    check: list[Took]
    peaks: dict[int, float]
    comparison: Comparison


def measure_survey(count: int, rounds: int, most: int, compared: int, seed: int) -> Surveyed:
    """Survey ``count`` proposals of each kind ``rounds`` times, ``most`` for memory, and compare ``compared`` rows."""
    checked = min(count, 20_000)
    with TemporaryDirectory() as folder:
        places = {mix: Path(folder) / mix.name for mix in (Mix.COMPLETE, Mix.HALF_FILLED)}
        for mix, place in places.items():
            place.mkdir()
            (place / "in.jsonl").write_bytes(b"\n".join(proposals(checked, seed, mix)) + b"\n")
            export = ("export", str(place / "in.jsonl"), "-o", str(place / "small.parquet"), "--quiet")
            subprocess.run([*MPFCHECK, *export], check=True, stderr=subprocess.DEVNULL)
            rows = repeat(str(place / "small.parquet"), str(place / "table.parquet"), count)
        surveys: dict[str, list[Took]] = {name: [] for name in KINDS}
        check = []
        complete = places[Mix.COMPLETE]
        for _ in range(rounds):
            for name, (mix, options) in KINDS.items():
                surveys[name].append(took(("survey", str(places[mix] / "table.parquet"), "--quiet", *options)))
            check.append(took(("check", str(complete / "in.jsonl"), "--format", "jsonl", "--fail-on", "never")))
        peaks = {}
        for number in (most // 10, most):
            small = str(complete / "small.parquet")
            peaks[number] = peak(number, ("survey", small, "--quiet", "--verdicts", "--memory", LIMIT))
    return Surveyed(rows, surveys, checked, check, peaks, compare(compared, seed))


def repeat(source: str, target: str, count: int) -> int:
    """Write a table with the rows of another over and over, at least ``count``; how many there are.

    What the table says of itself is that of the other: a survey counts the rows.
    """
    file = pq.ParquetFile(source)
    written = 0
    with pq.ParquetWriter(target, file.schema_arrow, compression="zstd", store_decimal_as_integer=True) as writer:
        writer.add_key_value_metadata({b"mpfcheck": file.metadata.metadata[b"mpfcheck"]})
        while written < count:
            for group in range(file.num_row_groups):
                rows = file.read_row_group(group)
                writer.write_table(rows)
                written += rows.num_rows
    return written


def took(arguments: Sequence[str]) -> Took:
    """Run the program to its end; raises CalledProcessError where it does not end with 0."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([*MPFCHECK, *arguments, "--output", os.devnull], check=True)
    clock, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


AGAIN = """
from itertools import chain, repeat
from mpfcheck.warehouse.survey import TableSource
once = TableSource.slices
def over_and_over(self, ways):
    waiting = {count}
    for rows in chain.from_iterable(once(self, ways) for _ in repeat(None)):
        yield rows.slice(0, waiting)
        waiting -= rows.num_rows
        if waiting <= 0:
            return
TableSource.slices = over_and_over
"""
"""What reads a table again and again, until so many rows are read: no disk must hold them."""


def peak(count: int, arguments: Sequence[str]) -> float:
    """The most MiB that a run holds that reads so many rows, those of its table over and over."""
    program = AGAIN.format(count=count) + MEASURED
    ended = subprocess.run(
        [sys.executable, "-c", program, *arguments, "--output", os.devnull], check=True, capture_output=True
    )
    return int(ended.stdout) / 1024


def section(found: Surveyed) -> str:
    """What came out, for the page with the results."""

    def median(runs: Sequence[Took], of: str) -> float:
        return float(statistics.median(getattr(one, of) for one in runs))

    checked = median(found.check, "clock") / found.checked
    lines = [
        "",
        "## Counting very many",
        "",
        f"`mpfcheck survey` of a table with {found.rows} complete proposals, and of one with as many half-filled ones; "
        f"`mpfcheck check --format jsonl` of {found.checked} complete ones. Whole commands, start included; "
        + ("one run each." if len(found.check) == 1 else f"medians of {len(found.check)} runs."),
        "",
        "| what | seconds by the clock | of processors | verdicts a second | to `check` |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    measured = [(f"survey, {name}", found.rows, runs) for name, runs in found.surveys.items()]
    for name, number, runs in [*measured, ("check", found.checked, found.check)]:
        clock, processors = median(runs, "clock"), median(runs, "processors")
        ratio = checked * number / clock
        lines.append(f"| {name} | {clock:.1f} | {processors:.1f} | {number / clock:.0f} | {ratio:.1f} |")
    lines += [
        "",
        f"The most MiB that the process held, with `--memory {LIMIT}`, of rows that are read over and over:",
        "",
        "| proposals | MiB |",
        "| --- | ---: |",
        *(f"| {number} | {held:.0f} |" for number, held in found.peaks.items()),
        "",
        f"Every status of the SQL is compared with that of check on random rows of all calls: {found.comparison}.",
        "",
    ]
    return "\n".join(lines)
