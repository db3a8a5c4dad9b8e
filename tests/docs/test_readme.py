"""The README is true: what it shows of a terminal is what one sees, and its Python runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from mpfcheck.checking.report import Status
from mpfcheck.cli.exit_codes import ExitCode
from tests.docs.console import agrees, commands, run
from tests.docs.markdown import Block, blocks, page

ROOT = Path(__file__).resolve().parents[2]
README = "../README.md"


@pytest.mark.parametrize("block", blocks(README, "console"), ids=str)
def test_what_is_shown_of_a_terminal_is_what_one_sees(block: Block, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for command, shown in commands(block):
        printed, _ = run(command)
        assert agrees(shown, printed), "\n".join(printed)


@pytest.mark.parametrize("block", blocks(README, "python"), ids=str)
def test_the_python_runs(block: Block) -> None:
    exec(compile(block.text, str(block), "exec"), {})  # noqa: S102 - it is our own README


def test_every_exit_code_and_status_is_told() -> None:
    text = page(README)

    assert all(f"| {int(code)} |" in text for code in ExitCode if code is not ExitCode.CLOSED_PIPE)
    assert all(f"| `{status}` |" in text for status in Status)


def test_every_file_it_points_to_is_there() -> None:
    text = page(README)
    targets = [part.split(")")[0] for part in text.split("](")[1:]]

    assert targets
    assert all((ROOT / target).exists() for target in targets)
