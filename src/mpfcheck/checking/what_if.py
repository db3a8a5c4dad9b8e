"""What if it were another day, or a parameter another value? Which proposals would have another verdict, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import InputReference
from mpfcheck.checking.supposition import Supposition
from mpfcheck.checking.verdict import verdict
from mpfcheck.checking.verdict_change import StatusChange, VerdictChange
from mpfcheck.packs.severity import Severity

__all__ = ["WhatIf"]


class WhatIf:
    """Compares the verdict a checker gives with the one it would give on another day or with other parameters.

    A parameter that the checker has changed already stays changed unless it is changed again.
    """

    def __init__(self, day: date | None = None, changes: Mapping[str, object] | None = None) -> None:
        """Suppose that it is ``day``, and that parameters have these values."""
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
            StatusChange(rule.id, rule.title, said, would_say)
            for rule, said, would_say in zip(rules, before, after, strict=True)
            if said is not would_say and rule.severity is Severity.BLOCKING and not rule.manual
        )
        return VerdictChange(input, was, would_be, changed)

    def supposition(self, changes: Iterable[VerdictChange]) -> Supposition:
        """All changes there are, with what was supposed."""
        day = None if self.day is None else self.day.isoformat()
        return Supposition(day, {name: str(value) for name, value in self.changes.items()}, tuple(changes))

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
