"""The plain front end, driven through its two streams."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from mpfcheck.drafting.desk import Ending
from mpfcheck.prompts.run import run_prompts

CALL = "mpf-2023-borders-security"
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

Talk = Callable[..., tuple[str, Ending]]


@pytest.fixture(autouse=True)
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this test's drafts and histories."""
    folder = tmp_path / "drafts"
    monkeypatch.setenv("MPFCHECK_DRAFTS", str(folder))
    monkeypatch.setenv("COLUMNS", "1000")
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a draft may be."""
    return tmp_path / "draft.json"


@pytest.fixture
def talk() -> Talk:
    """Type lines, until nothing more is typed; what was said, and how it ended."""

    def talk(draft: Path | None, *lines: str, call_id: str | None = CALL) -> tuple[str, Ending]:
        out = StringIO()
        typed = StringIO("".join(f"{line}\n" for line in lines))
        ending = run_prompts(draft, call_id=call_id, typed=typed, out=out)
        return out.getvalue(), ending

    return talk


@pytest.fixture
def example(path: Path) -> Path:
    """A copy of the eligible example."""
    path.write_bytes((EXAMPLES / "eligible-lithuania-moldova.json").read_bytes())
    return path
