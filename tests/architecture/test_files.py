"""What the tracked files look like: nothing of anybody's machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MACHINE = re.compile("|".join((r"(?<![\w.])/(?:work|root|farm|home/\w+)/", r"(?<![\w.])/tmp/\w+/")))
REGISTRY = re.compile(
    r"\b(?:pypi|pythonhosted|npmjs|artifactory|nexus)\.(?:org|com|io)/(?:simple|packages)|/opt/py" r"pi"
)


def tracked() -> list[Path]:
    """The files of the project: what git knows, or everything where there is no git."""
    run = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)  # noqa: S607
    if run.returncode:
        pytest.skip("this is no git checkout")
    return [ROOT / name.decode() for name in run.stdout.split(b"\0") if name]


def test_no_file_knows_a_machine_or_a_registry() -> None:
    found = []
    for path in tracked():
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            if MACHINE.search(line) or REGISTRY.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")

    assert not found


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "src").rglob("*.py")
        if not path.read_text(encoding="utf-8").lstrip().startswith(('"""', 'r"""'))
    ]

    assert not silent


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "misc", "base"])
def test_no_module_is_named_after_nothing(name: str) -> None:
    assert not list((ROOT / "src").rglob(f"{name}.py"))
