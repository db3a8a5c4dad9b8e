"""What would be otherwise if it were another day, or if parameters had other values."""

from __future__ import annotations

from collections.abc import Mapping

from mpfcheck.checking.report import InputReference, Verdict
from mpfcheck.checking.verdict_change import StatusChange, VerdictChange
from mpfcheck.frozen import Frozen

__all__ = ["AlikeChange", "Supposition"]


class AlikeChange(Frozen):
    """Proposals whose verdict would change alike, by the same rules."""

    before: Verdict
    after: Verdict
    rules: tuple[StatusChange, ...]
    inputs: tuple[InputReference, ...]


class Supposition(Frozen):
    """The proposals that would get another verdict, and the rules that would make it so.

    Supposed is that it were the day ``as_of`` (None: the day they were checked for) and that the parameters ``changed``
    had these values, written as they were given.
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
