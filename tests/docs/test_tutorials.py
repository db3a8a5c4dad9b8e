"""The first steps can be taken: every command prints what is shown, every line of Python runs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.docs.console import agrees, commands, run
from tests.docs.markdown import DOCS, blocks

ROOT = Path(__file__).resolve().parents[2]
WITH_FILES = "call-officers.md"
"""A page that has files to write between its commands; it has tests of its own."""
PAGES = sorted(f"tutorials/{path.name}" for path in (DOCS / "tutorials").glob("*.md") if path.name != WITH_FILES)


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_can_be_typed_one_after_the_other(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    for block in blocks(page, "console"):
        for command, shown in commands(block):
            printed, _ = run(command)
            assert agrees(shown, printed), (str(block), command, "\n".join(printed))


@pytest.mark.parametrize("page", PAGES)
def test_the_python_of_a_page_runs_from_top_to_bottom(page: str) -> None:
    names: dict[str, object] = {}
    for block in blocks(page, "python"):
        exec(compile(block.text, str(block), "exec"), names)  # noqa: S102 - the pages are ours


@pytest.mark.parametrize("page", PAGES)
def test_no_block_is_left_out(page: str) -> None:
    """What is fenced is run; what cannot be is indented."""
    assert {block.language for block in blocks(page)} <= {"console", "python"}
