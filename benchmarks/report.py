"""What was measured, as a page: ratios first, because they travel from one machine to another, and seconds after."""

from __future__ import annotations

import platform
import statistics
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from typing import NamedTuple

from benchmarks.contestants import BASELINE, MPFCHECK
from benchmarks.timing import Pairs, Rounds

__all__ = ["Measured", "page"]

LIBRARIES = ("jiter", "pydantic", "zen-engine", "cel-expr-python")

INPUTS = """\
Each round has {count} complete proposals of its own ({size} bytes each on average; half of them sound, often
just so, half with one or two things wrong, mostly by a cent) and {count} half-filled ones, from seed {seed} on.
Everybody goes through them once, in {rounds} rounds that begin with another each time, after one that does not
count; a ratio is the median of the rounds' ratios. Processes start in turns, {starts} times each, after two
that do not count."""

FAIRNESS = """\
Every rule's status on every proposal is compared, before anything is timed and again for all that was timed; a
single difference ends the run. The hand-written rules (`handwritten/`) share no code with mpfcheck. The other
engines (`peers/`) are given complete proposals in the form and by the call that was fastest for them, all rules
but POT-2, which is about batches; what it costs to turn JSON into that form counts. They check no types, codes
or duplicate keys, the hand-written rules no duplicate keys; mpfcheck does."""


class Measured(NamedTuple):
    """One run of everything. ``peers`` are the names of the other engines, the fastest first.

    ``starts`` are of one check from the command line, ``imports`` of ``import mpfcheck`` alone, ``embedded`` of that
    and of loading what most programs use of it.
    """

    seed: int
    size: int
    complete: Rounds
    floors: Rounds
    half_filled: Rounds
    starts: Pairs
    imports: Pairs
    embedded: Pairs
    peers: Sequence[str]


def page(measured: Measured) -> str:
    """The results as Markdown."""
    return "\n\n".join((*ratios(measured), *speeds(measured), *method(measured))) + "\n"


def ratios(measured: Measured) -> Iterable[str]:
    complete, half, starts = measured.complete, measured.half_filled, measured.starts
    yield "# Measured"
    yield "## Ratios"
    yield table(
        ("what", "ratio"),
        [
            ("complete proposals a second, mpfcheck to hand-written", f"{complete.ratio(MPFCHECK, BASELINE):.2f}"),
            *(
                (f"complete proposals a second, mpfcheck to {peer}", f"{complete.ratio(MPFCHECK, peer):.2f}")
                for peer in measured.peers
            ),
            ("half-filled proposals a second, mpfcheck to hand-written", f"{half.ratio(MPFCHECK, BASELINE):.2f}"),
            ("time of `mpfcheck check` of one file to `python -c 'import pydantic'`", f"{starts.ratio:.2f}"),
            ("time of `import mpfcheck` to that (limit: 1.3)", f"{measured.imports.ratio:.2f}"),
            ("time of that and of loading the API to that", f"{measured.embedded.ratio:.2f}"),
        ],
    )


def speeds(measured: Measured) -> Iterable[str]:
    yield "## Proposals a second"
    yield "From JSON bytes to the status of every rule, a second of processor time. The floors read, and judge nothing."
    yield table(
        ("complete proposals", "a second"),
        [(name, f"{measured.complete.per_second(name):.0f}") for name in measured.complete.seconds]
        + [(f"floor: {name}", f"{measured.floors.per_second(name):.0f}") for name in measured.floors.seconds],
    )
    yield table(
        ("half-filled proposals", "a second"),
        [(name, f"{measured.half_filled.per_second(name):.0f}") for name in measured.half_filled.seconds],
    )
    yield "## Starting"
    yield table(
        ("fresh process", "median ms"),
        [
            ("`mpfcheck check` of one file", f"{1000 * statistics.median(measured.starts.ours):.0f}"),
            ("`import mpfcheck`", f"{1000 * statistics.median(measured.imports.ours):.0f}"),
            ("`from mpfcheck import load_call, …`", f"{1000 * statistics.median(measured.embedded.ours):.0f}"),
            ("`python -c 'import pydantic'`", f"{1000 * statistics.median(measured.starts.theirs):.0f}"),
        ],
    )


def method(measured: Measured) -> Iterable[str]:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    yield "## How"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    yield f"`python -m benchmarks --write`, {python}, {libraries}."
    yield INPUTS.format(
        count=measured.complete.inputs,
        seed=measured.seed,
        size=measured.size,
        rounds=len(measured.complete.seconds[MPFCHECK]),
        starts=len(measured.starts.ours),
    )
    yield FAIRNESS


def table(head: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"| {left} | {right} |" for left, right in (head, ("---", "---:"), *rows))
