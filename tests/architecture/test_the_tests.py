"""The suite itself: it tells every failure, and it needs nothing outside this repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SLOW

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("processes", ["0", "2"])
def test_a_failure_with_a_lone_surrogate_is_told_like_any_other(tmp_path: Path, processes: str) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path / "conftest.py")
    (tmp_path / "test_it.py").write_text('def test_it():\n    assert "\\ud800" == "x", {"\\udfff": ["\\ud800"]}\n')

    # Of the plugins that are installed, most take longer to start than this test needs.
    plugins = ("xdist.plugin", "_hypothesis_pytestplugin", "no:cacheprovider")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", processes, *(f"-p{name}" for name in plugins), "--rootdir=.", "."],
        cwd=tmp_path,
        env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        check=False,
    )

    text = run.stdout.decode("utf-8", "replace")
    assert run.returncode == 1, text
    assert "1 failed" in text
    assert "INTERNALERROR" not in text
    assert "hypothesis seed: " in text


def test_every_file_that_is_marked_as_slow_is_there() -> None:
    missing = [name for name in SLOW if not (ROOT / "tests" / name).is_file()]
    assert missing == []


def test_no_test_reads_outside_the_repository() -> None:
    """Going up from a file of the tests ends at the root of the repository at the latest."""
    outside = []
    for path in sorted((ROOT / "tests").rglob("*.py")):
        deepest = len(path.relative_to(ROOT).parts) - 1
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            ups = [int(found) for found in re.findall(r"__file__\)(?:\.resolve\(\))?\.parents\[(\d+)\]", line)]
            if any(up > deepest for up in ups) or "ROOT.parent" in line.replace('"ROOT.parent"', ""):
                outside.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")

    assert not outside
