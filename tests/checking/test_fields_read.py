"""The fields a finding names are those its own conditions read, however and in whichever order rules are evaluated."""

from __future__ import annotations

from pathlib import Path

import pytest

import mpfcheck

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_a_report_is_the_same_however_often_the_call_was_used(path: Path) -> None:
    """The first proposals are judged by the reference, later ones by compiled rules."""
    call = mpfcheck.load_call("mpf-2023-borders-security")
    first, *others = [call.check(path) for _ in range(6)]

    assert all(other == first for other in others)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_a_rule_reads_the_same_fields_alone_and_among_others(path: Path) -> None:
    call = mpfcheck.load_call("mpf-2023-borders-security")
    for result in call.check(path).results:
        (alone,) = call.check(path, rules=[result.rule]).results
        assert alone == result
