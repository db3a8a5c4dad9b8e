"""A proposal whose verdict is another one than before, and the rules that made it so."""

from __future__ import annotations

from collections.abc import Iterable

from mpfcheck.checking.report import InputReference, Result, Severity, Status, Verdict
from mpfcheck.frozen import Frozen

__all__ = ["StatusChange", "VerdictChange", "status_changes"]


class StatusChange(Frozen):
    """A rule that says something else than before; None where it was not among the rules."""

    rule: str
    title: str
    before: Status | None
    after: Status | None


class VerdictChange(Frozen):
    """A proposal with another verdict than before; ``rules`` are the blocking ones that say something else.

    There is none where one of the two files was no proposal.
    """

    input: InputReference
    before: Verdict
    after: Verdict
    rules: tuple[StatusChange, ...]


def status_changes(before: Iterable[Result], after: Iterable[Result]) -> tuple[StatusChange, ...]:
    """The rules that say something else, among those that have a say in the verdict, in the order of the pack."""
    old = {result.rule: result for result in before if _counts(result)}
    new = {result.rule: result for result in after if _counts(result)}
    changes = []
    for rule, result in {**old, **new}.items():
        was = old[rule].status if rule in old else None
        is_now = new[rule].status if rule in new else None
        if was is not is_now:
            changes.append(StatusChange(rule, result.title, was, is_now))
    return tuple(changes)


def _counts(result: Result) -> bool:
    return result.severity is Severity.BLOCKING and not result.manual
