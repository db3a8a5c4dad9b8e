"""A comparison with another state of the program, each in fresh processes and in turns: what a change brought or cost.

`python -m benchmarks --against CHECKOUT` wants a checkout of the other state, such as one of `git worktree`. Both are
given the same proposals, and run under the same Python with the same libraries. Processor time of the whole process
counts, starting included: what others do on the machine lengthens it little. Commands start as each state's own script
does, which sees to more than the modules behind it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.generate import Mix, proposals

__all__ = ["Against", "measure_against", "section"]

ROOT = Path(__file__).resolve().parents[1]
STATUSES = (
    "import sys; from benchmarks.contestants import MPFCHECK, judges; judge = judges()[MPFCHECK]\n"
    "for line in open(sys.argv[1], 'rb'): judge(line)"
)
"""Statuses alone, by the benchmark of the state that runs it."""


class Against(NamedTuple):
    """How many times as much processor time the other state took, by what was run and on which proposals.

    Of the proposals after the first ones, such as "451 to 4500", it is told from the difference between two runs: what
    one more costs, without starting and compiling.
    """

    name: str
    ratios: Mapping[tuple[str, str], Sequence[float]]


def measure_against(other: Path, count: int, seed: int, rounds: int = 3) -> Against:
    """Run both states in turns, ``rounds`` times after one that does not count; the other is a git checkout.

    Of ``count`` proposals a good part is starting; ten times as many complete ones are what an officer has.
    """
    git = ("git", "-C", str(other), "log", "-1", "--format=%h of %cs")
    name = subprocess.run(git, check=True, capture_output=True, text=True).stdout.strip()
    report = ("check", "--jobs", "1", "--format", "jsonl", "--fail-on", "never")
    script = {state: _script(state) for state in (other, ROOT)}
    statuses = dict.fromkeys(script, STATUSES)
    one = str(ROOT / "examples" / "eligible-lithuania-moldova.json")
    runs: dict[tuple[str, int], tuple[Mapping[Path, str], tuple[str, ...]]] = {
        ("`check` of one file", 1): (script, ("check", one))
    }
    with TemporaryDirectory() as folder:
        for mix, kind, many in (
            (Mix.COMPLETE, "complete", count),
            (Mix.COMPLETE, "complete", 10 * count),
            (Mix.HALF_FILLED, "half-filled", count),
        ):
            file = Path(folder, f"{mix.name}-{many}.jsonl")
            file.write_bytes(b"".join(line + b"\n" for line in proposals(many, seed, mix)))
            runs[f"whole reports of {kind} proposals", many] = script, (*report, str(file))
            runs[f"statuses of {kind} proposals", many] = statuses, (str(file),)
        # By what was run, of each round: the seconds of the other state, and of this one.
        seconds: dict[tuple[str, int], list[tuple[float, float]]] = {what: [] for what in runs}
        for number in range(rounds + 1):
            for what, (code, arguments) in runs.items():
                pair = (other, ROOT) if number % 2 else (ROOT, other)
                took = {
                    state: _seconds(state, ("-c", code[state], *arguments), Path(folder, state.name)) for state in pair
                }
                if number:
                    seconds[what].append((took[other], took[ROOT]))
    ratios = {(what, str(many)): [before / now for before, now in found] for (what, many), found in seconds.items()}
    for name_of_run in ("whole reports of complete proposals", "statuses of complete proposals"):
        pairs = zip(seconds[name_of_run, count], seconds[name_of_run, 10 * count], strict=True)
        ratios[name_of_run, f"{count + 1} to {10 * count}"] = [
            (before - first_before) / (now - first_now) for (first_before, first_now), (before, now) in pairs
        ]
    return Against(name, ratios)


def _script(state: Path) -> str:
    """What the console script of a state runs."""
    project = tomllib.loads((state / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, function = project["scripts"]["mpfcheck"].partition(":")
    return f"from {module} import {function}; {function}()"


def _seconds(state: Path, arguments: Sequence[str], compiled: Path) -> float:
    """The processor time of a process that runs a state; raises CalledProcessError where it fails."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment |= {
        "PYTHONPATH": os.pathsep.join([str(state), str(state / "src")]),
        "PYTHONPYCACHEPREFIX": str(compiled),
    }
    process = subprocess.Popen([sys.executable, *arguments], env=environment, cwd=state, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    code = process.returncode = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):
        raise subprocess.CalledProcessError(code, arguments)
    return used.ru_utime + used.ru_stime


def section(against: Against) -> str:
    """The part of the results about it."""
    rows = "\n".join(
        f"| {what} | {many} | {statistics.median(found):.2f} |" for (what, many), found in against.ratios.items()
    )
    pairs = len(next(iter(against.ratios.values())))
    return f"""
## Against {against.name}

How many times as much processor time that state takes for the same work as this one: the median of {pairs} pairs of
fresh processes. Starting and compiling the rules count, but not where the first proposals are taken off: there is what
one more costs.

| what | proposals | ratio |
| --- | ---: | ---: |
{rows}
"""
