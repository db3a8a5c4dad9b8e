"""The standard's own tests: the cases of the DMN Technology Compatibility Kit in tests/data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from tck_cases import run_all

from tests.data import FEEL_KIT

LEAST = 98
"""Per cent of the cases in scope that must pass."""


def test_the_cases_of_the_compatibility_kit_pass(record_property: Callable[[str, object], None]) -> None:
    """At least 98 % of the cases in scope pass, and what is out of scope is named with its reason."""
    outcomes = list(run_all(FEEL_KIT))
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
