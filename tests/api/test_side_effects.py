"""Behind ``check`` there is nothing but arithmetic: no file, network, clock, locale, process or log."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import mpfcheck

EXAMPLES = Path(__file__).parents[2] / "examples"
WATCHED = Path(__file__).with_name("watched.py")
SOURCE = Path(mpfcheck.__file__).parent
CORE = ("api", "packs", "checking", "feel", "proposal", "reading")
OUTSIDE = {"locale", "logging", "random", "secrets", "socket", "time", "urllib", "http", "uuid"}
"""Modules that are about the world outside the process, or about chance."""
ASKING = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "os.environ", "os.getenv"}


def watched(statement: str = "") -> str:
    """Check many sorts of proposals in a fresh process that is watched; what it did beside."""
    texts = [file.read_text(encoding="utf-8", errors="surrogateescape") for file in sorted(EXAMPLES.glob("*.json"))]
    if statement:
        texts = texts[:1]
    texts += ["", "{", "[1]", '{"budget": {"total": 1.005}}', '{"fnud": "BMVI", "co_applicants": [{"kind": "ngoo"}]}']
    command = [sys.executable, str(WATCHED), statement]
    run = subprocess.run(command, input=json.dumps(texts), capture_output=True, check=False, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_checking_does_nothing_beside() -> None:
    assert watched() == "nothing"


@pytest.mark.parametrize(
    ("statement", "noticed"),
    [
        ("open(mpfcheck.__file__).close()", "open "),
        ("import socket; socket.socket().close()", "socket.__new__"),
        ("import subprocess, sys; subprocess.run([sys.executable, '--version'], stdout=-3)", "subprocess.Popen"),
        ("import logging; logging.getLogger('mpfcheck').debug('psst')", "logged: psst"),
        ("import locale; locale.getlocale()", "getlocale was called"),
        ("import time; time.localtime()", "localtime was called"),
        ("print('psst')", "psst"),
    ],
)
def test_whoever_did_would_be_caught(statement: str, noticed: str) -> None:
    assert noticed in watched(statement)


def test_no_module_behind_check_can_ask_for_the_day_or_the_world_outside() -> None:
    """The clock of ``datetime.now`` is C code nobody can watch from Python, so nobody may call it."""
    found = []
    for path in (path for room in CORE for path in sorted((SOURCE / room).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            imported: set[str] = set()
            if isinstance(node, ast.Import):
                imported = {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported = {node.module.split(".")[0]}
            if imported & OUTSIDE or (isinstance(node, ast.Attribute) and ast.unparse(node) in ASKING):
                found.append(f"{path.relative_to(SOURCE)}:{node.lineno}")  # type: ignore[attr-defined]

    assert not found
