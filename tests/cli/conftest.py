"""The command line as a test uses it, cut off from whoever runs the tests."""

from __future__ import annotations

import copy
import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mpfcheck.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
CALL = "mpf-2023-borders-security"


@dataclass(frozen=True)
class Ended:
    """What a run left behind."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


Cli = Callable[..., Ended]


@pytest.fixture(autouse=True)
def nobodys_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "MPFCHECK_RULES", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run ``mpfcheck`` in this process."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        written = capfd.readouterr()
        assert isinstance(end.value.code, int)
        return Ended(end.value.code, written.out, written.err)

    return run


@pytest.fixture(scope="session")
def _eligible() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((EXAMPLES / "eligible-lithuania-moldova.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture
def proposal(_eligible: dict[str, Any]) -> dict[str, Any]:
    """An eligible proposal, to spoil as a test likes."""
    return copy.deepcopy(_eligible)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Write a file in an empty folder, which is the current one, and return its name."""
    monkeypatch.chdir(tmp_path)

    def file(data: object, name: str = "proposal.json") -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(data, bytes):
            path.write_bytes(data)
        else:
            path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        return name

    return file


@pytest.fixture
def pack(tmp_path: Path) -> Callable[..., Path]:
    """Write a call of one's own, with some of its files replaced, and return the folder that holds it."""

    def make(**files: str) -> Path:
        folder = tmp_path / "packs" / "small-call"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in {"call": SMALL_CALL, "size": SMALL_RULES, **files}.items():
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        return folder.parent

    return make


SMALL_CALL = """\
id: small-call
title: A small call
version: "1"
as_of: 2024-01-01
summary: For tests.
sources:
  guidelines: {title: Guidelines, authority: official}
code_lists: []
parameters:
  smallest_total:
    title: The smallest total
    unit: EUR
    values: [{from: 2024-01-01, value: 1000.00, source: {document: guidelines, section: "1"}}]
definitions: {}
rules: [size.yaml]
"""

SMALL_RULES = """\
- id: SIZE-1
  title: The total is large enough
  severity: blocking
  require: budget.total >= smallest_total
  message: "The total is {budget.total}, less than {smallest_total}."
  fix: "Raise it to {smallest_total}."
  source: {document: guidelines, section: "1"}
  examples:
    - {given: {budget: {total: 1000}}, expect: pass}
    - {given: {budget: {total: 999.99}}, expect: fail}
"""
