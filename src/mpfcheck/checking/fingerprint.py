"""What makes a finding the same finding in another run."""

from __future__ import annotations

import json
from hashlib import sha256

from mpfcheck.checking.report import ProposalReport, Result
from mpfcheck.proposal.pointer import is_position

__all__ = ["fingerprint"]

DIGITS = 16
"""64 bits: findings are compared within the runs on some proposals, not with all there ever were."""


def fingerprint(report: ProposalReport, result: Result) -> str:
    """16 hexadecimal digits for what one rule says of some items of a proposal.

    Made of the call's id, the rule's id and the list items it speaks of (co-applicants, budget lines, …). An item goes
    by its ``id`` where the rule read one, a bare value by the value (``MD`` among the target countries), any other by
    its position. So a finding is the same one after an edit elsewhere in the file, in a renamed file, among other
    files, with other amounts in it, in other words, by a newer version of the rules, and when it turns from undecided
    to broken; and another one where it speaks of other items. A rule that adds up a list speaks of all its items.

    It does not tell proposals apart: a proposal has no name of its own that outlives its file. Compare within one.
    """
    values = {field.pointer: field.value for field in result.fields}
    items = {item for pointer in (*values, *result.missing) if (item := _item(pointer))}
    identity = [
        "1",
        report.call.id if report.call else "",
        result.rule,
        *sorted(_named(item, values) for item in items),
    ]
    return sha256(json.dumps(identity).encode("ascii")).hexdigest()[:DIGITS]


def _item(pointer: str) -> str:
    """The pointer of the innermost list item a field is in; empty for a field in none."""
    steps = pointer.split("/")
    while steps and not is_position(steps[-1]):
        steps.pop()
    return "/".join(steps)


def _named(item: str, values: dict[str, str | None]) -> str:
    """The pointer of an item with the names of items in the place of their positions, where they are known."""
    named, walked = "", ""
    for step in item.split("/")[1:]:
        walked = f"{walked}/{step}"
        name = (values.get(f"{walked}/id") or values.get(walked)) if is_position(step) else None
        # A name is kept apart from a position that looks the same.
        named = f"{named}/{step}" if name is None else f"{named}/={name}"
    return named
