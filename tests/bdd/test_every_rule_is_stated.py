"""No rule of a call is without a feature, and no feature speaks of a rule its call does not have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mpfcheck.packs.find import list_calls

from .steps import desk

FEATURES = Path(__file__).resolve().parents[2] / "features"
STATED = re.compile(r"^ *Rule: ([A-Z]+-[0-9]+) ", re.MULTILINE)


def test_each_rule_of_the_call_is_stated_once_as_a_feature() -> None:
    stated = [rule for path in FEATURES.glob("*.feature") for rule in STATED.findall(path.read_text(encoding="utf-8"))]

    assert sorted(stated) == sorted(rule.id for rule in desk.call().rules)


@pytest.mark.parametrize("call_id", [call_id for call_id in list_calls() if call_id != desk.CALL])
def test_each_rule_only_this_call_has_is_stated_once_in_its_feature(call_id: str) -> None:
    """Rules in shared files are stated once for all calls, in the features on the budget and the declarations."""
    text = (FEATURES / "calls" / f"{call_id}.feature").read_text(encoding="utf-8")
    own = [rule.id for rule in desk.call(call_id).rules if not rule.place.file.startswith("shared/")]

    assert sorted(STATED.findall(text)) == sorted(own)
