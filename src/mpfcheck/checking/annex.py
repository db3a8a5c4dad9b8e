"""The annex of proposals to one call: read as the call describes it, or left as it is where the call does not say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mpfcheck.checking.finding import PlaceOf
from mpfcheck.checking.report import Problem, Severity
from mpfcheck.packs.call import Call

if TYPE_CHECKING:
    from mpfcheck.proposal.annex import Annex

__all__ = ["CallAnnex"]

Answers = Mapping[str, object]


class CallAnnex:
    """Reads the annex of answers for a call."""

    __slots__ = ("_annex",)

    def __init__(self, call: Call) -> None:
        self._annex: Annex | None = None
        if call.annex is not None or call.annex_parts:
            # Many calls ask nothing beyond the common fields, and need not load its reader.
            from mpfcheck.proposal.annex import Annex

            self._annex = Annex(call.annex, call.annex_parts)

    def fitted(self, answers: Answers) -> Answers:
        """The answers with the annex as the call reads it; one that does not fit is left out."""
        return answers if self._annex is None else self._annex.fit(answers)[0]

    def looked_at(self, answers: Answers, place_of: PlaceOf) -> tuple[Answers, tuple[Problem, ...]]:
        """The answers so, and what is wrong with the annex: blocking problems, and warnings of unknown fields."""
        if self._annex is None:
            return answers, ()
        answers, mistakes = self._annex.fit(answers)
        if not mistakes:
            return answers, ()
        from mpfcheck.checking.problems import as_problem

        return answers, tuple(as_problem(mistake, place_of(mistake.pointer)) for mistake in mistakes)

    def fits(self, answers: Answers) -> bool:
        """Tell whether the annex is one the call can read."""
        _, problems = self.looked_at(answers, lambda _: None)
        return all(problem.severity is not Severity.BLOCKING for problem in problems)
