"""What if it were another day, or a parameter another value? Which proposals would have another verdict, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeAlias

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.judgement import verdict
from mpfcheck.checking.report import InputReference, Result, Severity, Status, Verdict
from mpfcheck.frozen import Frozen

__all__ = [
    "AlikeChange",
    "RuleStatus",
    "StatusChange",
    "VerdictChange",
    "WhatIf",
    "WhatIfResult",
    "counted_statuses",
    "status_changes",
]

RuleStatus: TypeAlias = tuple[str, str, Status]
"""The id of a rule, its title, and its status."""


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


def counted_statuses(results: Iterable[Result]) -> tuple[RuleStatus, ...]:
    """The statuses that have a say in the verdict, in the order of the pack."""
    return tuple(
        (one.rule, one.title, one.status) for one in results if one.severity is Severity.BLOCKING and not one.manual
    )


def status_changes(before: Iterable[RuleStatus], after: Iterable[RuleStatus]) -> tuple[StatusChange, ...]:
    """The rules that say something else, in the order of the pack; a rule has the title that it has now."""
    old = {rule: (title, status) for rule, title, status in before}
    new = {rule: (title, status) for rule, title, status in after}
    changes = []
    for rule, (title, _) in {**old, **new}.items():
        was = old[rule][1] if rule in old else None
        is_now = new[rule][1] if rule in new else None
        if was is not is_now:
            changes.append(StatusChange(rule, title, was, is_now))
    return tuple(changes)


class AlikeChange(Frozen):
    """Proposals whose verdict would change alike, by the same rules."""

    before: Verdict
    after: Verdict
    rules: tuple[StatusChange, ...]
    inputs: tuple[InputReference, ...]


class WhatIfResult(Frozen):
    """The proposals that would get another verdict, and the rules that would make it so.

    ``as_of`` is the other date (None: the date of the check); ``changed`` has the other values of parameters, as they
    were given.
    """

    as_of: str | None
    changed: Mapping[str, str]
    changes: tuple[VerdictChange, ...]

    def alike(self) -> tuple[AlikeChange, ...]:
        """The changes, those that are alike together: those of most proposals first, otherwise as they came."""
        inputs: dict[tuple[Verdict, Verdict, tuple[StatusChange, ...]], list[InputReference]] = {}
        for change in self.changes:
            inputs.setdefault((change.before, change.after, change.rules), []).append(change.input)
        found = [AlikeChange(*what, tuple(whose)) for what, whose in inputs.items()]
        return tuple(sorted(found, key=lambda one: -len(one.inputs)))


class WhatIf:
    """Compares the verdict a checker gives with the one it would give on another day or with other parameters.

    A parameter that the checker has changed already stays changed unless it is changed again.
    """

    def __init__(self, day: date | None = None, changes: Mapping[str, object] | None = None) -> None:
        """Compare with the verdict on the date ``day`` and with these values of parameters."""
        self.day = day
        self.changes = dict(changes or {})
        self._others: dict[int, tuple[Checker, Checker]] = {}

    def change(self, checker: Checker, answers: Mapping[str, object], input: InputReference) -> VerdictChange | None:
        """How the verdict on a proposal's answers would change, None if it would not.

        Raises :class:`mpfcheck.checking.parameters.ParameterError` for a parameter the call does not have.
        """
        other = self._other(checker)
        before, after = checker.statuses(answers), other.statuses(answers)
        if before == after:
            return None
        rules = checker.call.rules
        was, would_be = verdict(rules, before), verdict(rules, after)
        if was is would_be:
            return None
        changed = tuple(
            StatusChange(rule.id, rule.title, status, status_then)
            for rule, status, status_then in zip(rules, before, after, strict=True)
            if status is not status_then and rule.severity is Severity.BLOCKING and not rule.manual
        )
        return VerdictChange(input, was, would_be, changed)

    def result(self, changes: Iterable[VerdictChange]) -> WhatIfResult:
        """All changes there are, with what was supposed."""
        day = None if self.day is None else self.day.isoformat()
        return WhatIfResult(day, {name: str(value) for name, value in self.changes.items()}, tuple(changes))

    def notices(self) -> Iterator[str]:
        """What is to be said of the day that is supposed: where a call does not know its figures."""
        for _, other in self._others.values():
            if other.notice is not None:
                yield other.notice.message

    def _other(self, checker: Checker) -> Checker:
        # Kept with its checker, so that the id stays taken.
        if id(checker) not in self._others:
            changes = {**checker.changed, **self.changes}
            self._others[id(checker)] = (checker, Checker(checker.call, self.day or checker.as_of, changes))
        return self._others[id(checker)][1]
