"""A small throw-away call to try single rules on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mpfcheck.checking.checker import Checker
from mpfcheck.packs.load import load_pack

HEAD = """\
id: try-out
title: A call to try things on
version: "1"
as_of: 2023-12-07
summary: Made for a test.
sources:
  text: {title: The text of the call, authority: seed, url: https://example.org/call}
code_lists: [eu_member_states, horn_of_africa]
parameters:
  limit:
    title: the limit
    unit: EUR
    values:
      - {from: 2023-03-10, value: 100.00, source: {document: text, section: "1"}}
      - {from: 2023-12-07, value: 200.00, source: {document: text, section: "2"}}
definitions:
  contributed: {title: All contributions, value: "sum(append(financing.contributions.amount, 0))"}
rules: [rules.yaml]
"""
RULE_HEAD = """\
- id: TRY-1
  title: A rule to try
  severity: blocking
  source: {document: text, section: "3"}
"""

Make = Callable[..., Checker]


@pytest.fixture
def rule(tmp_path: Path) -> Make:
    """A checker for a call with one rule: the lines given, under the head above."""

    def make(text: str, **options: object) -> Checker:
        folder = tmp_path / "try-out"
        folder.mkdir()
        (folder / "call.yaml").write_text(HEAD, encoding="utf-8")
        body = "".join(f"  {line}\n" for line in text.strip().splitlines())
        (folder / "rules.yaml").write_text(RULE_HEAD + body, encoding="utf-8")
        return Checker(load_pack(folder), **options)  # type: ignore[arg-type]

    return make
