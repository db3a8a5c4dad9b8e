"""What the solver holds certain of random drafts of every call, no way of filling them in contradicts."""

from __future__ import annotations

import pytest

from benchmarks.certainty import compare


@pytest.mark.parametrize("seed", [20231207, 20261128])
def test_no_way_of_answering_the_rest_contradicts_the_solver(seed: int) -> None:
    found = compare(35, seed, most_rules=3)

    assert found.contradictions == []
    assert found["rules"] > 80
    assert found["completions"] > 200


def test_a_contradiction_would_be_found() -> None:
    """A comparison that cannot fail would prove nothing: here a rule is taken for one that never fails."""
    found = compare(14, 1, most_rules=8, blind=True)

    assert found.contradictions
