"""A call of two rules, put together from text, to try its examples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mpfcheck.packs.call import Call
from mpfcheck.packs.load import load_pack

CALL = """\
id: trial
title: A call to try examples with
version: "1"
as_of: 2024-01-01
summary: For tests.
sources:
  notice: {title: The notice, authority: seed}
code_lists: [trial_regions]
parameters:
  least_total:
    title: The least total
    unit: EUR
    values:
      - {from: 2023-01-01, value: 1000.00, source: {document: notice, section: Money}}
definitions:
  work:
    title: The lines that are work
    value: sum(append(budget.lines[heading = "human_resources"].amount, 0))
rules: [rules.yaml]
"""

REGIONS = """\
id: trial_regions
title: The region
of: countries
source: The notice
confidence: high
members: [MD, UA]
candidates: [BY]
"""

MakeCall = Callable[..., Call]


@pytest.fixture
def make_call(tmp_path: Path) -> MakeCall:
    """Make a call of rules in YAML (each without its source), with other texts in place of parts of ``call.yaml``."""

    def make(rules: str, **changed: str) -> Call:
        folder = tmp_path / "trial"
        (folder / "codelists").mkdir(parents=True, exist_ok=True)
        text = CALL
        for old, new in changed.items():
            assert old in text
            text = text.replace(old, new)
        (folder / "call.yaml").write_text(text, encoding="utf-8")
        (folder / "codelists" / "trial_regions.yaml").write_text(REGIONS, encoding="utf-8")
        cited = rules.replace("\n  message:", "\n  source: {document: notice, section: Rules}\n  message:")
        (folder / "rules.yaml").write_text(cited, encoding="utf-8")
        return load_pack(folder)

    return make
