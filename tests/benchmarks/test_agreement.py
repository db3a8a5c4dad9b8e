"""mpfcheck says the same as the hand-written rules of generated proposals, rule by rule; of drafts it may know more."""

from __future__ import annotations

import pytest

from benchmarks.agreement import disagreements
from benchmarks.contestants import MPFCHECK, mpfcheck_judge
from benchmarks.generate import Mix, proposals
from benchmarks.handwritten import statuses


@pytest.mark.parametrize(("mix", "count"), [(Mix.COMPLETE, 300), (Mix.FAILING, 300), (Mix.HALF_FILLED, 600)])
def test_the_engine_never_contradicts_the_hand_written_rules(mix: Mix, count: int) -> None:
    found = disagreements(statuses, {MPFCHECK: mpfcheck_judge()}, proposals(count, 20231207, mix))
    assert not found, "\n".join(
        f"{rule}: {name} says {own}, by hand it is {theirs} ({times} times)"
        for (rule, name, own, theirs), times in sorted(found.items())
    )
