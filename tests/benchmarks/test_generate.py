"""Generated proposals are the same for the same seed, and are what their mix promises."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from benchmarks.generate import Mix, proposals
from benchmarks.handwritten import statuses

MAY_BE_REVIEWED = {"COAPP-5", "SCOPE-3", "SCOPE-4", "SCOPE-6"}


@pytest.mark.parametrize("mix", list(Mix))
def test_a_seed_always_gives_the_same_proposals(mix: Mix) -> None:
    assert list(proposals(5, 7, mix)) == list(proposals(5, 7, mix))
    assert list(proposals(5, 7, mix)) != list(proposals(5, 8, mix))


def test_valid_proposals_break_no_rule_and_miss_no_answer() -> None:
    for data in proposals(100, 1, Mix.VALID):
        said = statuses(data)
        wrong = {rule for rule, status in said.items() if status not in ("pass", "not_applicable")}
        assert wrong <= MAY_BE_REVIEWED, said


def test_failing_proposals_make_every_rule_that_can_fail_do_so() -> None:
    failed: Counter[str] = Counter()
    rules: set[str] = set()
    for data in proposals(600, 1, Mix.FAILING):
        said = statuses(data)
        rules |= said.keys()
        failed.update(rule for rule, status in said.items() if status == "fail")
    assert rules - failed.keys() == MAY_BE_REVIEWED | {"POT-2", "DATE-1", "DATE-2"}


def test_half_filled_proposals_leave_rules_undecided() -> None:
    said = [set(statuses(data).values()) for data in proposals(100, 1, Mix.HALF_FILLED)]
    assert sum("undecided" in status for status in said) > 60


def test_complete_proposals_are_of_the_size_the_measurements_speak_of() -> None:
    sizes = [len(data) for data in proposals(100, 1, Mix.COMPLETE)]
    assert 5_500 < sum(sizes) / len(sizes) < 7_000
    largest = json.loads(max(proposals(20, 1, Mix.VALID), key=len))
    assert len(largest["budget"]["lines"]) == 15
    assert len(largest["co_applicants"]) == 3
    assert len(largest["activities"]) == 4


def test_complete_proposals_leave_no_rule_undecided() -> None:
    for data in proposals(300, 2, Mix.COMPLETE):
        assert "undecided" not in statuses(data).values()
