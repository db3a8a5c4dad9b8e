"""How much memory a check takes, of few proposals and of many: it should not matter how many there are."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle, islice

__all__ = ["measure_memory"]

TITLE = b'"title": "'
MEASURED = """
import resource, sys
from pathlib import Path
from mpfcheck.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    assert end.code == 0, end.code
status = Path("/proc/self/status")
if status.exists():
    own = int(status.read_text().split("VmHWM:")[1].split()[0])
else:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
"""
"""What the system counts as the most a process held begins with what its parent did, except in ``/proc``."""
CHECK = ("check", "-", "--format", "jsonl", "--fail-on", "never", "--output", os.devnull)


def measure_memory(proposals: Sequence[bytes], counts: Sequence[int], jobs: int) -> Mapping[int, float]:
    """The most MiB that the largest process held, by the number of proposals; on Linux.

    They come through standard input, so that no disk must hold them: the given ones over and over, each with a title of
    its own. Raises ChildProcessError where a run fails.
    """
    return {count: _peak(islice(_endless(proposals), count), jobs) for count in counts}


def _endless(proposals: Sequence[bytes]) -> Iterator[bytes]:
    for number, data in enumerate(cycle(proposals)):
        assert TITLE in data
        yield data.replace(TITLE, TITLE + str(number).encode() + b" ", 1) + b"\n"


def _peak(lines: Iterator[bytes], jobs: int) -> float:
    command = [sys.executable, "-c", MEASURED, *CHECK, "--jobs", str(jobs)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in lines:
            process.stdin.write(line)
        process.stdin.close()
        kibibytes = process.stdout.read()
    if process.returncode:
        raise ChildProcessError(f"mpfcheck ended with {process.returncode}")
    return int(kibibytes) / 1024
