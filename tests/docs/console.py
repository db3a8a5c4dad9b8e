"""What a page shows of a terminal: commands after ``$`` and all that they print."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from click.testing import CliRunner

from mpfcheck.cli.main import mpfcheck
from tests.docs.markdown import Block

LEFT_OUT = "…"
"""Alone on a line: here stands more."""


def commands(block: Block) -> Iterator[tuple[str, list[str]]]:
    """The commands of a block, each with the lines it prints."""
    command, printed = "", list[str]()
    for line in block.text.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, printed
            command, printed = line[2:], []
        else:
            printed.append(line)
    yield command, printed


def run(command: str) -> tuple[list[str], int]:
    """Run a command in the current directory: the lines it prints, and the exit code."""
    program, *arguments = shlex.split(command)
    assert program == "mpfcheck"
    result = CliRunner().invoke(mpfcheck, arguments)
    return result.output.rstrip("\n").splitlines(), result.exit_code


def agrees(shown: list[str], printed: list[str]) -> bool:
    """Whether the lines shown are those printed, apart from what is left out."""
    if not shown:
        return not printed
    if shown[0].strip() == LEFT_OUT:
        return any(agrees(shown[1:], printed[start:]) for start in range(len(printed) + 1))
    return bool(printed) and shown[0] == printed[0] and agrees(shown[1:], printed[1:])
