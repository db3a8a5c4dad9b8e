"""One rule, judged by compiled code as far as that goes, and by the reference evaluator where it does not.

The reference says why; compiled code says only what, but many times faster. So the reference is asked of what nobody
needs to read only where the code has no answer: of a list, of the items that are not all answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mpfcheck.checking.compiled import CompiledRule
from mpfcheck.checking.judgement import Judgement, judge, judge_items, together, worst
from mpfcheck.checking.names import ProposalNames
from mpfcheck.checking.report import Status
from mpfcheck.feel.errors import UNREADY
from mpfcheck.packs.rule import Rule

__all__ = ["RuleJudge"]


class RuleJudge:
    """Judges proposals by one rule. ``quick`` is its compiled code, None where there is none.

    Decimal arithmetic must be that of the language wherever these are called: compiled code does not see to it.
    """

    __slots__ = ("_compiled", "quick", "rule")

    def __init__(self, rule: Rule, compiled: CompiledRule) -> None:
        """Judge by ``rule``, of which ``compiled`` is the code."""
        self.rule = rule
        self.quick = compiled.status
        self._compiled = compiled

    def status(self, answers: Mapping[str, object], names: ProposalNames) -> Status:
        """What the rule says of answers that ``quick`` has left."""
        known = self._items(answers)
        asked = None if known is None else self._ask(known, None, names)
        if known is None or asked is None:
            return together(judge(self.rule, names))
        return worst([*filter(None, known), *(judgement.status for judgement in asked.values())])

    def judgements(self, answers: Mapping[str, object], names: ProposalNames) -> tuple[Status, Sequence[Judgement]]:
        """What the rule says, and the judgements that make it so; of what is silent there need be none."""
        status = self._quick_status(answers)
        if status is Status.NOT_APPLICABLE or (status is Status.PASS and not self._has_note(answers)):
            return status, ()
        known = self._items(answers)
        if known is None:
            judgements = judge(self.rule, names)
            return together(judgements), judgements
        return self._of_items(answers, names, known)

    def _of_items(
        self, answers: Mapping[str, object], names: ProposalNames, known: Sequence[Status | None]
    ) -> tuple[Status, Sequence[Judgement]]:
        asked = self._ask(known, None, names)
        if asked is not None:
            said = [asked[place].status if status is None else status for place, status in enumerate(known)]
            status = worst(said)
            if status is Status.NOT_APPLICABLE or (status is Status.PASS and self.rule.note is None):
                return status, ()
            more = self._ask(known, status, names)
            if more is not None:
                return status, [judgement for _, judgement in sorted((asked | more).items())]
        judgements = judge(self.rule, names)
        return together(judgements), judgements

    def _ask(
        self, known: Sequence[Status | None], status: Status | None, names: ProposalNames
    ) -> dict[int, Judgement] | None:
        """What the reference says of the items of which this is known, by their places; None if it has no such list."""
        return judge_items(self.rule, names, [place for place, said in enumerate(known) if said is status], len(known))

    def _quick_status(self, answers: Mapping[str, object]) -> Status | None:
        if self.quick is not None:
            try:
                return self.quick(answers)
            except UNREADY:
                pass
        return None

    def _items(self, answers: Mapping[str, object]) -> Sequence[Status | None] | None:
        if self._compiled.items is not None:
            try:
                return self._compiled.items(answers)
            except UNREADY:
                pass
        return None

    def _has_note(self, answers: Mapping[str, object]) -> bool:
        """Whether the rule has something to note of answers it passes, as far as the code can tell."""
        if self.rule.note is None:
            return False
        if self._compiled.noted is not None:
            try:
                return self._compiled.noted(answers)
            except UNREADY:
                pass
        return True
