"""What another day or parameter would change, as the member ``what_if`` of the JSON report."""

from __future__ import annotations

from mpfcheck.checking.what_if import StatusChange, Supposition, VerdictChange
from mpfcheck.report.encoding import reference_members

__all__ = ["supposition_members"]


def supposition_members(supposition: Supposition) -> dict[str, object]:
    """It as plain JSON data."""
    return {
        "as_of": supposition.as_of,
        "parameters": dict(supposition.changed),
        "changes": [_change(change) for change in supposition.changes],
    }


def _change(change: VerdictChange) -> dict[str, object]:
    return {
        "input": reference_members(change.input),
        "verdict": change.before.value,
        "verdict_then": change.after.value,
        "rules": [_rule(rule) for rule in change.rules],
    }


def _rule(rule: StatusChange) -> dict[str, object]:
    return {
        "rule": rule.rule,
        "title": rule.title,
        "status": rule.before and rule.before.value,
        "status_then": rule.after and rule.after.value,
    }
