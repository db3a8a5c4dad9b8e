"""What was measured, as a page: ratios first, because they travel from one machine to another, and seconds after."""

from __future__ import annotations

import platform
import statistics
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import NamedTuple

from benchmarks.commands import ONE, OURS, THEIRS, TWO, Commands
from benchmarks.contestants import BASELINE, MPFCHECK
from benchmarks.stages import added
from benchmarks.timing import Pairs, Rounds

__all__ = ["Measured", "page"]

LIBRARIES = ("jiter", "pydantic", "zen-engine", "cel-expr-python", "check-jsonschema")

INPUTS = """\
Each round has {count} complete proposals of its own ({size} bytes each on average; half of them sound, often
just so, half with one or two things wrong, mostly by a cent) and {count} half-filled ones, from seed {seed} on.
Everybody goes through them once, in {rounds} rounds that begin with another each time, after one that does not
count; a ratio is the median of the rounds' ratios. Processes start in turns, {starts} times each, after two
that do not count; whole commands run in turns, {commands} times each, after one that does not count. Others may
have used the machine meanwhile: compare the ratios, and of the numbers only those of one table."""

FAIRNESS = """\
Every rule's status on every proposal is compared, before anything is timed and again for all that was timed; a
single contradiction ends the run. Of drafts mpfcheck decides more than the hand-written rules, which wait for every
answer that a rule reads. The hand-written rules (`handwritten/`) share no code with mpfcheck. The other
engines (`peers/`) are given complete proposals in the form and by the call that was fastest for them, all rules
but POT-2, which is about batches; what it costs to turn JSON into that form counts. They check no types, codes
or duplicate keys, the hand-written rules no duplicate keys; mpfcheck does."""


class Measured(NamedTuple):
    """One run of everything. ``peers`` are the names of the other engines, the fastest first.

    ``starts`` are of one check from the command line, ``imports`` of ``import mpfcheck`` alone, ``embedded`` of that
    and of loading what most programs use of it. ``stages`` are cumulative. ``memory`` holds the peak in MiB by the
    number of proposals, for each number of processes.
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
    stages: Rounds
    commands: Commands
    memory: Mapping[int, Mapping[int, float]]


def page(measured: Measured) -> str:
    """The results as Markdown."""
    parts = (ratios, speeds, profile, commands, memory, method)
    return "\n\n".join(paragraph for part in parts for paragraph in part(measured)) + "\n"


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
            ("`mpfcheck check` of JSON Lines, two processes to one", f"{measured.commands.ratio(TWO, ONE):.2f}"),
            ("files a second, mpfcheck to check-jsonschema", f"{measured.commands.ratio(OURS, THEIRS):.1f}"),
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


def profile(measured: Measured) -> Iterable[str]:
    yield "## Where the time goes"
    yield """\
What `mpfcheck check --format jsonl` does with a complete proposal, microseconds of processor time. The first three are
the work behind the proposals a second above, measured by themselves: compare the shares. The rest makes the report a
person or a program can act on."""
    parts = list(added(measured.stages))
    whole = sum(seconds for _, seconds in parts)
    rows = [(name, f"{1e6 * seconds:.0f}", f"{100 * seconds / whole:.0f} %") for name, seconds in parts]
    yield table(("stage", "µs", "share"), [*rows, ("all", f"{1e6 * whole:.0f}", "100 %")])


def commands(measured: Measured) -> Iterable[str]:
    found = measured.commands
    yield "## Whole commands"
    yield "By the clock, from the start of the process to its end; reports as JSON Lines, written to nowhere."
    yield table(
        (f"`mpfcheck check`, {found.lines} proposals in JSON Lines", "proposals a second"),
        [(name, f"{found.lines / statistics.median(seconds):.0f}") for name, seconds in found.from_lines.items()],
    )
    yield table(
        (f"{found.files} files, one process", "files a second"),
        [(name, f"{found.files / statistics.median(seconds):.0f}") for name, seconds in found.from_files.items()],
    )
    yield """\
check-jsonschema validates against the published schema of proposals, which is what mpfcheck does before the first
rule; it knows no rule of the call. Both are given amounts as texts: of `4526.61` as a number it says that it is no
multiple of 0.01, which in binary it is not."""


def memory(measured: Measured) -> Iterable[str]:
    yield "## Memory"
    yield "The most MiB that the largest process of `mpfcheck check - --format jsonl` held."
    counts = list(next(iter(measured.memory.values())))
    yield table(
        ("proposals", *(f"{jobs} process{'es' if jobs > 1 else ''}" for jobs in measured.memory)),
        [(str(count), *(f"{peaks[count]:.0f}" for peaks in measured.memory.values())) for count in counts],
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
        commands=len(measured.commands.from_lines[ONE]),
    )
    yield FAIRNESS


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column is text and whose others are numbers."""
    lines = (head, ("---", *("---:" for _ in head[1:])), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
