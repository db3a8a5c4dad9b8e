"""The five minutes of CONTRIBUTING.md end with a rule that lint has nothing against and whose examples come out."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent, indent

from mpfcheck.packs.lint import lint
from tests.docs.pack import wrong_examples

ROOT = Path(__file__).resolve().parents[2]

CALL = """\
id: small-call
title: A small call
version: "1"
as_of: 2024-01-01
summary: For this test.
sources:
  mpf-call-page: {{title: Page of the call, authority: official, date: 2024-01-01}}
code_lists: []
parameters:
{parameters}
definitions: {{}}
rules: [time.yaml]
"""


def test_the_rule_of_the_walk_through_works(tmp_path: Path) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    parameter, rule = (dedent(block) for block in re.findall(r"^   ```yaml\n(.*?)^   ```$", text, re.M | re.S))
    call = tmp_path / "small-call"
    call.mkdir()
    (call / "call.yaml").write_text(CALL.format(parameters=indent(parameter, "  ")), encoding="utf-8")
    (call / "time.yaml").write_text(rule, encoding="utf-8")

    assert [str(finding) for finding in lint(call)] == []
    assert wrong_examples(call) == []


def test_every_room_is_in_the_table_and_every_path_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in (ROOT / "src" / "mpfcheck").glob("*/__init__.py")}
    assert {room for room in rooms if f"| `src/mpfcheck/{room}` |" not in text} == set()
    paths = set(re.findall(r"`((?:src|rules|tests)/[a-z0-9_/.-]+)`", text))
    assert {path for path in paths if not (ROOT / path).exists()} == set()
