"""Measure mpfcheck against the same rules by hand and in other engines, and print what came out."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import against, certainty, web
from benchmarks.agreement import Judge, disagreements
from benchmarks.commands import measure_commands
from benchmarks.contestants import BASELINE, floors, judges
from benchmarks.generate import Mix, proposals
from benchmarks.memory import measure_memory
from benchmarks.outlook import measure_outlook
from benchmarks.outlook import section as outlook_section
from benchmarks.peers import LEFT_OUT, peers
from benchmarks.report import Measured, page
from benchmarks.stages import stages
from benchmarks.survey import measure_survey
from benchmarks.survey import section as survey_section
from benchmarks.timing import interleaved, paired_starts
from benchmarks.wizard import measure_wizard, section

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "eligible-lithuania-moldova.json"
CONSOLE_SCRIPT = "from mpfcheck.cli import program; program()"
PYDANTIC = ("-c", "import pydantic")
EMBEDDED = "from mpfcheck import Call, Report, Result, Severity, Status, Verdict, check_many, load_call"
RESULTS = Path(__file__).with_name("RESULTS.md")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, compare, measure, print; raises SystemExit where the statuses differ."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="proposals of each sort")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--starts", type=int, default=15, help="fresh processes of each sort")
    parser.add_argument("--most", type=int, default=100_000, help="proposals to measure memory with")
    parser.add_argument(
        "--rows", type=int, default=1_000_000, help="rows of the table to survey; memory with ten times as many"
    )
    parser.add_argument("--compared", type=int, default=200_000, help="random rows to compare SQL and check on")
    parser.add_argument("--against", type=Path, help="a checkout of another state, to be compared with this one")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name} too")
    options = parser.parse_args(arguments)
    text = page(measure(options.count, options.seed, options.rounds, options.starts, options.most))
    text += section(measure_wizard(options.starts))
    text += web.section(web.measure_web(options.starts))
    text += outlook_section(measure_outlook(options.starts, options.seed))
    surveyed = measure_survey(options.rows, 1, 10 * options.rows, options.compared, options.seed)
    text += survey_section(surveyed)
    if options.against is not None:
        text += against.section(
            against.measure_against(options.against, 3 * options.count // 2, options.seed, options.starts)
        )
    print(text)
    if options.write:
        text += certainty.kept_section(RESULTS)
        RESULTS.write_text(text, encoding="utf-8")
    if surveyed.comparison.differences:
        raise SystemExit("\n".join(surveyed.comparison.differences))


def measure(count: int, seed: int, rounds: int, starts: int, most: int) -> Measured:
    complete = batches(count, seed, rounds, Mix.COMPLETE)
    half_filled = batches(count, seed, rounds, Mix.HALF_FILLED)
    ours, engines = judges(), dict(peers())
    must_agree(ours, engines, complete[:1], half_filled[:1])
    timed = interleaved(ours | engines, complete)
    timed_half_filled = interleaved(ours, half_filled)
    must_agree(ours, engines, complete[1:], half_filled[1:])
    some = complete[0]
    with TemporaryDirectory() as folder:
        # Enough that starting processes does not count: they take over from the 101st proposal on.
        every = list(proposals(20 * count, seed, Mix.COMPLETE))
        commands = measure_commands(every, Path(folder), max(rounds // 2, 1), files=count)
    return Measured(
        seed=seed,
        size=sum(map(len, complete[0])) // count,
        complete=timed,
        floors=interleaved(floors(), complete),
        half_filled=timed_half_filled,
        starts=paired_starts(("-c", CONSOLE_SCRIPT, "check", str(EXAMPLE)), PYDANTIC, starts),
        imports=paired_starts(("-c", "import mpfcheck"), PYDANTIC, starts),
        embedded=paired_starts(("-c", EMBEDDED), PYDANTIC, starts),
        peers=sorted(engines, key=timed.per_second, reverse=True),
        stages=interleaved(stages(), complete),
        commands=commands,
        memory={jobs: measure_memory(some, [most // 100, most // 10, most], jobs) for jobs in (1, 2)},
    )


def batches(count: int, seed: int, rounds: int, mix: Mix) -> list[list[bytes]]:
    """A batch for warming up and one for each round."""
    return [list(proposals(count, seed + number, mix)) for number in range(rounds + 1)]


def must_agree(
    ours: dict[str, Judge],
    engines: dict[str, Judge],
    complete: Sequence[list[bytes]],
    half_filled: Sequence[list[bytes]],
) -> None:
    """Raises SystemExit, with every difference, unless all say what the hand-written rules say."""
    reference = ours[BASELINE]
    found = disagreements(reference, ours, chain(*complete, *half_filled))
    found += disagreements(reference, engines, chain(*complete), LEFT_OUT)
    if found:
        lines = [
            f"{rule}: {name} says {own}, {BASELINE} says {theirs} ({times} times)"
            for (rule, name, own, theirs), times in sorted(found.items())
        ]
        raise SystemExit("\n".join(("No time counts while they disagree:", *lines)))


if __name__ == "__main__":
    main()
