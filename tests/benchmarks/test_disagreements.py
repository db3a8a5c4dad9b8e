"""A comparison finds what differs, and says who, where and how often."""

from __future__ import annotations

from benchmarks.agreement import disagreements


def test_every_difference_is_counted_by_rule_and_contestant() -> None:
    found = disagreements(
        lambda _: {"A-1": "pass", "A-2": "fail"},
        {"same": lambda _: {"A-1": "pass", "A-2": "fail"}, "other": lambda _: {"A-1": "fail", "A-2": "fail"}},
        [b"{}", b"{}"],
    )
    assert found == {("A-1", "other", "fail", "pass"): 2}


def test_a_rule_one_does_not_speak_of_is_a_difference_unless_left_out() -> None:
    judges = {"other": lambda _: {"A-1": "pass"}}
    reference = {"A-1": "pass", "A-2": "fail"}
    assert disagreements(lambda _: reference, judges, [b"{}"]) == {("A-2", "other", "nothing", "fail"): 1}
    assert not disagreements(lambda _: reference, judges, [b"{}"], without={"A-2"})
