"""What docs/how-to shows is true: commands print what is shown, and Python runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.console import agrees, commands, run
from tests.docs.markdown import DOCS, Block, blocks

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(f"how-to/{path.name}" for path in (DOCS / "how-to").glob("*.md"))


@pytest.mark.parametrize("block", [block for page in PAGES for block in blocks(page, "console")], ids=str)
def test_what_is_shown_of_a_terminal_is_what_one_sees(block: Block, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for command, shown in commands(block):
        printed, _ = run(command)
        assert agrees(shown, printed), "\n".join(printed)


@pytest.mark.parametrize("page", PAGES)
def test_the_python_of_a_page_runs_from_top_to_bottom(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for block in blocks(page, "python"):
        exec(compile(block.text, str(block), "exec"), names)  # noqa: S102 - it is our own page
