"""Judging with answers missing: True, False, or None where it still depends on what is not answered."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from typing import Literal, TypeAlias, TypeVar

__all__ = ["Status", "Truth", "among", "both", "either", "equal", "of_all", "verdict"]

Status: TypeAlias = Literal["pass", "fail", "not_applicable", "undecided", "review"]
Truth: TypeAlias = bool | None
Item = TypeVar("Item")

GRAVEST_FIRST: tuple[Status, ...] = ("fail", "undecided", "review", "pass")


def both(left: Truth, right: Truth) -> Truth:
    """Kleene's *and*."""
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def either(left: Truth, right: Truth) -> Truth:
    """Kleene's *or*."""
    if left or right:
        return True
    return None if left is None or right is None else False


def among(code: str | None, codes: Container[str]) -> Truth:
    """Whether a code is one of those, if it is answered."""
    return None if code is None else code in codes


def equal(left: str | None, right: str | None) -> Truth:
    """Whether two answers are the same, if both are there."""
    return None if left is None or right is None else left == right


def verdict(holds: Truth) -> Status:
    """What a rule that applies says."""
    if holds is None:
        return "undecided"
    return "pass" if holds else "fail"


def of_all(items: Iterable[Item] | None, judge: Callable[[Item], Status]) -> Status:
    """What a rule says that speaks of every item of a list: the gravest of what it says of each."""
    if items is None:
        return "undecided"
    statuses = [judge(item) for item in items]
    for status in GRAVEST_FIRST:
        if status in statuses:
            return status
    return "not_applicable"
