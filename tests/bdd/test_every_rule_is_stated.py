"""No rule of the call is without a feature, and no feature speaks of a rule the call does not have."""

from __future__ import annotations

import re
from pathlib import Path

from .steps import desk

FEATURES = Path(__file__).resolve().parents[2] / "features"
STATED = re.compile(r"^ *Rule: ([A-Z]+-[0-9]+) ", re.MULTILINE)


def test_each_rule_of_the_call_is_stated_once_as_a_feature() -> None:
    stated = [rule for path in FEATURES.glob("*.feature") for rule in STATED.findall(path.read_text(encoding="utf-8"))]

    assert sorted(stated) == sorted(rule.id for rule in desk.call().rules)
