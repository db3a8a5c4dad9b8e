"""The standard's own tests: the cases of the DMN Technology Compatibility Kit that lie beside the repository."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tck_cases import run_all

LEAST = 98
"""Per cent of the cases in scope that must pass."""

_REPOSITORY = Path(__file__).resolve().parents[2]
_KIT = Path(os.environ.get("MPFCHECK_TCK") or _REPOSITORY.parent / "shared" / "feel-tck")


def test_the_cases_of_the_compatibility_kit_pass(record_property: Callable[[str, object], None]) -> None:
    """At least 98 % of the cases in scope pass, and what is out of scope is named with its reason."""
    if not _KIT.is_dir():
        pytest.skip("the DMN compatibility kit is not there: put it beside the repository or set MPFCHECK_TCK")
    outcomes = list(run_all(_KIT))
    within = [outcome for outcome in outcomes if outcome.in_scope]
    failures = [outcome for outcome in within if outcome.reason]
    passed = len(within) - len(failures)
    share = 100 * passed / len(within) if within else 100.0
    lines = [
        f"FEEL TCK: {passed} of {len(within)} in-scope cases pass ({share:.1f} %), "
        f"{len(outcomes) - len(within)} out of scope"
    ]
    left_out = Counter((o.name.split("/")[0], o.reason) for o in outcomes if not o.in_scope)
    lines += [f"  out of scope: {count} of {name} ({reason})" for (name, reason), count in sorted(left_out.items())]
    lines += [f"  fails: {outcome.name}: {outcome.reason}" for outcome in failures]
    record_property("feel_tck", "\n".join(lines))
    assert outcomes, "no test case was found in the kit"
    assert share >= LEAST, "\n".join(lines)
