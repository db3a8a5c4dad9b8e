"""Ids of rules that people would take for one another when they quote them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mpfcheck.packs.call import Call
from mpfcheck.packs.lint.finding import Finding, warning
from mpfcheck.packs.rule import Rule

__all__ = ["overlapping_ids"]

_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
_ALIKE = str.maketrans({"O": "0", "I": "1"})


def overlapping_ids(call: Call) -> Iterator[Finding]:
    """Find ids that differ only in leading zeros, hyphens, or letters that look like digits."""
    first: dict[str, Rule] = {}
    for rule in call.rules:
        before = first.setdefault(_as_heard(rule.id), rule)
        if before.id != rule.id:
            message = f"the id {rule.id} is easily taken for {before.id}"
            hint = f"the other is at {before.place.file}:{before.place.line}; give this one an id of its own"
            yield warning(rule.place, message, hint, rule.id)


def _as_heard(rule_id: str) -> str:
    return _ZEROS.sub("", rule_id.translate(_ALIKE)).replace("-", "")
