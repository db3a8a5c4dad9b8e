"""What each way into the program costs, and the table of it on the page about embedding.

``python -m benchmarks.doors --write`` writes the table. Other processes take part, so it is measured by the clock. All
ways go through the same proposals in every round, and a ratio is one within a round.
"""

from __future__ import annotations

import argparse
import gc
import http.client
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import mpfcheck
from benchmarks.contestants import CALL
from benchmarks.generate import Mix, proposals
from benchmarks.report import table

__all__ = ["doors", "main", "measure", "section"]

PAGE = Path(__file__).resolve().parents[1] / "docs" / "how-to" / "embedding.md"
HEAD = ("in your program", "time, in times of `call.statuses`", "proposals a second")
FIRST = "`call.statuses(proposal)`"
AT_ONCE = 50

Door = Callable[[Sequence[bytes]], int]
"""Lets proposals through and counts those that it answered."""


def doors(call: mpfcheck.Call, port: int) -> Mapping[str, Door]:
    """Every way in, by what the page calls it; a service listens at ``port``."""

    def each(use: Callable[[bytes], object]) -> Door:
        return lambda batch: len([use(data) for data in batch])

    def requests(batch: Sequence[bytes]) -> int:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            for data in batch:
                posted(connection, f"/check?call={call.id}", "application/json", data)
        return len(batch)

    def stream(batch: Sequence[bytes]) -> int:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            lines = 0
            for first in range(0, len(batch), AT_ONCE):
                # The service answers while it reads; this client does not, so that a request must be short.
                data = b"\n".join(batch[first : first + AT_ONCE])
                lines += posted(connection, f"/check-many?call={call.id}", "application/jsonl", data).count(b"\n")
        return lines

    return {
        FIRST: each(call.statuses),
        "`call.verdict(proposal)`": each(call.verdict),
        '`call.explain(proposal, "GRANT-1")`': each(lambda data: call.explain(data, "GRANT-1")),
        "`call.check(proposal)`": each(call.check),
        "`call.check(proposal).model_dump_json()`": each(lambda data: call.check(data).model_dump_json()),
        "`check_many(call, proposals)`": lambda batch: sum(1 for _ in mpfcheck.check_many(call, batch)),
        "`mpfcheck.check(proposal)`": each(mpfcheck.check),
        "`POST /check`, a connection that is kept": requests,
        f"`POST /check-many`, {AT_ONCE} in a request": stream,
    }


def posted(connection: http.client.HTTPConnection, path: str, kind: str, data: bytes) -> bytes:
    """The answer to a request; raises http.client.HTTPException for an answer that is not 200."""
    connection.request("POST", path, data, {"Content-Type": kind})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 200:
        raise http.client.HTTPException(f"{path}: {answer.status} {text[:200]!r}")
    return text


@contextmanager
def service() -> Iterator[int]:
    """The service, in a process of its own; gives its port."""
    command = [sys.executable, "-m", "mpfcheck", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            lines = iter(process.stderr or ())
            found = next(filter(None, (re.search(r"http://127\.0\.0\.1:(\d+)", line) for line in lines)), None)
            if found is None:
                raise RuntimeError("The service did not start.")
            yield int(found[1])
        finally:
            process.terminate()


def measure(batches: Sequence[Sequence[bytes]]) -> Mapping[str, Sequence[float]]:
    """Seconds for each proposal, by way in and round. The first batch is for warming up."""
    with service() as port:
        ways = doors(mpfcheck.load_call(CALL), port)
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        for number, batch in enumerate(batches):
            for name, way in ways.items():
                gc.collect()
                begun = time.perf_counter()
                answered = way(batch)
                if number:
                    seconds[name].append((time.perf_counter() - begun) / answered)
    return seconds


def section(seconds: Mapping[str, Sequence[float]]) -> str:
    """The table: the median of the ratios of each round, and proposals a second in the median round."""
    first = seconds[FIRST]
    return table(
        HEAD,
        [
            (
                name,
                f"{statistics.median(own / base for own, base in zip(took, first, strict=True)):.1f}",
                f"{1 / statistics.median(took):.0f}",
            )
            for name, took in seconds.items()
        ],
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.doors", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="proposals in a round")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help=f"write the table into {PAGE.name}")
    options = parser.parse_args(arguments)
    batches = [list(proposals(options.count, options.seed + n, Mix.COMPLETE)) for n in range(options.rounds + 1)]
    text = section(measure(batches))
    print(text)
    if options.write:
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")


def written(page: str, text: str) -> str:
    """The page with this table in the place of the one it has."""
    before, old = page.split(f"| {HEAD[0]} |", 1)
    after = old[old.index("\n\n") :]
    return f"{before}{text}{after}"


if __name__ == "__main__":
    main()
