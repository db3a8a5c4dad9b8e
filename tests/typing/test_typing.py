"""The public names are typed: mypy and pyright, strict both, find right use right and wrong use wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import mpfcheck

ROOT = Path(__file__).resolve().parents[2]
USE = Path(__file__).with_name("api_use.py")


def test_mypy_agrees() -> None:
    options = ["--strict", "--warn-unreachable", "--no-error-summary"]
    run = subprocess.run([sys.executable, "-m", "mypy", *options, str(USE)], cwd=ROOT, capture_output=True, text=True)

    assert run.returncode == 0, run.stdout + run.stderr


def test_pyright_agrees(tmp_path: Path) -> None:
    settings = tmp_path / "pyrightconfig.json"
    settings.write_text(
        json.dumps(
            {
                "include": [str(USE)],
                "strict": [str(USE)],
                "pythonVersion": "3.11",
                "reportUnnecessaryTypeIgnoreComment": "error",
                "enableTypeIgnoreComments": False,
            }
        ),
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "pyright", "--project", str(settings), "--pythonpath", sys.executable]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert run.returncode == 0, run.stdout + run.stderr


def test_every_public_name_is_used_there() -> None:
    text = USE.read_text(encoding="utf-8")
    errors = {name for name in mpfcheck.__all__ if name.endswith("Error")}
    unused = {name for name in mpfcheck.__all__ if f"mpfcheck.{name}" not in text}

    assert unused == errors
