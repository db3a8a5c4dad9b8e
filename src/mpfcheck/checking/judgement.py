"""One rule on one proposal, by the reference evaluator: what it says, of which item, and what it waits for.

Last, the verdict: what the statuses of all rules together say of a proposal (outward contract, section 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from mpfcheck.checking.names import UNKNOWN, ProposalNames
from mpfcheck.checking.report import Status, Verdict
from mpfcheck.feel.errors import LanguageError
from mpfcheck.feel.values.knowledge import is_truth, items_of
from mpfcheck.feel.values.value import Unanswered, Value
from mpfcheck.packs.rule import Rule, RuleScope
from mpfcheck.packs.severity import Severity
from mpfcheck.packs.template import Condition

__all__ = ["WORST_FIRST", "Judgement", "judge", "judge_items", "judge_portfolio", "together", "verdict", "worst"]


WORST_FIRST = (
    Status.FAIL,
    Status.INCONCLUSIVE,
    Status.UNDECIDED,
    Status.REVIEW,
    Status.PASS,
    Status.NOT_APPLICABLE,
)
"""What a rule says of a list, from what it says of each item: the first of these that it says of any."""


class Judgement(NamedTuple):
    """What a rule says of the proposal or of one item of the list it speaks of.

    ``names`` are the names its conditions saw, for its message. ``missing`` are the JSON Pointers it waits for, a
    parameter of unknown value as ``@name``; ``read`` the pointers it looked at. ``trouble`` says why it is
    inconclusive; ``noted`` that the rule's note applies although it passes. ``may_be`` is all that an undecided one can
    become, empty where that is not known.
    """

    status: Status
    names: ProposalNames
    missing: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    trouble: str = ""
    noted: bool = False
    may_be: frozenset[Status] = frozenset()

    @property
    def item(self) -> Value:
        """The item of the list that the rule speaks of, None where it speaks of the proposal."""
        return self.names.item


class _Reader:
    """Evaluates the conditions of one rule on one item and remembers what they read."""

    def __init__(self, names: ProposalNames) -> None:
        self.names = names
        self.read: set[str] = set()

    def value(self, condition: Condition) -> Value:
        return self.names.value(condition.tree, self.read)

    def conclude(
        self,
        status: Status,
        value: Value = None,
        *,
        noted: bool = False,
        may_be: frozenset[Status] = frozenset(),
    ) -> Judgement:
        missing = value.paths if isinstance(value, Unanswered) else frozenset()
        if status is Status.UNDECIDED and missing and all(path.startswith(UNKNOWN) for path in missing):
            return Judgement(Status.REVIEW, self.names, missing, frozenset(self.read))
        return Judgement(status, self.names, missing, frozenset(self.read), "", noted, may_be)

    def trouble(self, text: str) -> Judgement:
        return Judgement(Status.INCONCLUSIVE, self.names, read=frozenset(self.read), trouble=text)


def judge(rule: Rule, names: ProposalNames) -> tuple[Judgement, ...]:
    """What the rule says, once, or once for each item of the list it speaks of (nothing for an empty list).

    Of a list that is not finished the last one says what may still come of any further item.
    """
    if rule.scope is RuleScope.PORTFOLIO:
        return (Judgement(Status.NOT_APPLICABLE, names),)
    return tuple(_judgements(rule, names))


def judge_portfolio(rule: Rule, names: ProposalNames) -> tuple[Judgement, ...]:
    """What a rule about proposals checked together says of them; ``names`` are those such a rule may use."""
    return tuple(_judgements(rule, names))


def judge_items(rule: Rule, names: ProposalNames, places: Sequence[int], length: int) -> dict[int, Judgement] | None:
    """What the rule says of the items at these places of the list it speaks of.

    None where there is no list of this length, so that :func:`judge` must say what there is.
    """
    if not places:
        return {}
    if rule.for_each is None or rule.item is None:
        return None
    try:
        items = _Reader(names).value(rule.for_each)
    except LanguageError:
        return None
    if not isinstance(items, list) or len(items) != length:
        return None
    return {place: _judge_one(rule, names.with_item(rule.item, items[place])) for place in places}


class ItemJudgement(Protocol):
    """The status of a rule for one item, and every status it may still get if it is undecided."""

    @property
    def status(self) -> Status: ...

    @property
    def may_be(self) -> frozenset[Status]: ...


def together(judgements: Sequence[ItemJudgement]) -> Status:
    """What a rule says of the whole list.

    An undecided item counts only where it may become worse than what the others say.
    """
    if len(judgements) == 1 and judgements[0].may_be != _NOT_APPLICABLE:
        # Most rules speak of the proposal. There is nothing beside it that could settle an undecided one.
        return judgements[0].status
    open_items = [judgement for judgement in judgements if judgement.status is Status.UNDECIDED]
    status = worst(judgement.status for judgement in judgements)
    if status is not Status.UNDECIDED:
        return status
    decided = worst(judgement.status for judgement in judgements if judgement.status is not Status.UNDECIDED)
    settled = all(one.may_be and worst((*one.may_be, decided)) is decided for one in open_items)
    return decided if settled else status


_NOT_APPLICABLE = frozenset({Status.NOT_APPLICABLE})


def worst(statuses: Iterable[Status]) -> Status:
    """The worst of what a rule says of items; of no item it does not speak."""
    present = set(statuses)
    return next((status for status in WORST_FIRST if status in present), Status.NOT_APPLICABLE)


def _judgements(rule: Rule, names: ProposalNames) -> Iterator[Judgement]:
    if rule.for_each is None or rule.item is None:
        yield _judge_one(rule, names)
        return
    reader = _Reader(names)
    try:
        items = reader.value(rule.for_each)
        known = items_of(items)
        for item in known.items if known is not None else ():
            yield _judge_one(rule, names.with_item(rule.item, item))
        if known is not None and known.most == 0:
            return
        if known is not None and known.items and isinstance(items, Unanswered):
            yield from _of_further_items(rule, rule.item, names.with_item(rule.item, known.further), items)
        else:
            yield _of_no_list(rule, rule.item, items, reader)
    except LanguageError as error:
        yield reader.trouble(str(error))


def _of_no_list(rule: Rule, item: str, items: Value, reader: _Reader) -> Judgement:
    """What a rule says of a list that is not answered, or is none.

    What ``when`` says of whichever item comes first: a rule that applies to none does not wait for the list, and one
    that may not apply waits first for the answers that tell.
    """
    waits = items.paths if isinstance(items, Unanswered) else frozenset()
    if rule.when is not None:
        first = _Reader(reader.names.with_item(item, Unanswered(waits)))
        applies = first.value(rule.when)
        reader.read |= first.read
        if applies is False:
            return reader.conclude(Status.NOT_APPLICABLE)
        if isinstance(items, Unanswered) and isinstance(applies, Unanswered) and applies.paths - waits:
            return reader.conclude(Status.UNDECIDED, Unanswered(applies.paths - waits))
    if isinstance(items, Unanswered):
        return reader.conclude(Status.UNDECIDED, items)
    where = rule.for_each.text if rule.for_each else ""
    return reader.trouble(f"“{where}” is not a list.")


def _of_further_items(rule: Rule, item: str, names: ProposalNames, items: Unanswered) -> Iterator[Judgement]:
    """What a rule may say of items that still come into a list that has some; nothing where it applies to none."""
    judgement = _judge_one(rule, names)
    if judgement.status is Status.NOT_APPLICABLE:
        return
    may_be = judgement.may_be if judgement.status is Status.UNDECIDED else frozenset({judgement.status})
    if may_be:
        may_be |= {Status.NOT_APPLICABLE}
    yield Judgement(Status.UNDECIDED, names, items.paths | judgement.missing, judgement.read, may_be=may_be)


def _judge_one(rule: Rule, names: ProposalNames) -> Judgement:
    reader = _Reader(names)
    try:
        return _apply(rule, reader)
    except LanguageError as error:
        return reader.trouble(str(error))


def _apply(rule: Rule, reader: _Reader) -> Judgement:
    if rule.when is not None:
        applies = reader.value(rule.when)
        if applies is False:
            return reader.conclude(Status.NOT_APPLICABLE)
        if isinstance(applies, Unanswered):
            # What may come of it counts beside other items only.
            may_be = frozenset[Status]() if rule.for_each is None else _if_it_applies(rule, reader.names, applies)
            return reader.conclude(Status.UNDECIDED, applies, may_be=may_be)
        if applies is not True:
            return reader.trouble(_not_boolean(rule.when))
    if rule.require is None:
        return reader.conclude(Status.REVIEW)
    holds = reader.value(rule.require)
    if holds is True:
        noted = rule.note is not None and reader.value(rule.note.when) is True
        return reader.conclude(Status.PASS, noted=noted)
    if isinstance(holds, Unanswered):
        return reader.conclude(Status.UNDECIDED, holds, may_be=_PASS_OR_FAIL if _plain(rule, holds) else frozenset())
    if holds is not False:
        return reader.trouble(_not_boolean(rule.require))
    if rule.doubt is None:
        return reader.conclude(Status.FAIL)
    doubtful = reader.value(rule.doubt)
    if isinstance(doubtful, Unanswered):
        return reader.conclude(Status.UNDECIDED, doubtful)
    if doubtful is True:
        return reader.conclude(Status.REVIEW)
    return reader.conclude(Status.FAIL) if doubtful is False else reader.trouble(_not_boolean(rule.doubt))


_PASS_OR_FAIL = frozenset({Status.PASS, Status.FAIL})


def _plain(rule: Rule, value: Value) -> bool:
    """Whether the value of a condition can only turn out true or false, and says all about its rule."""
    return is_truth(value) and rule.doubt is None


def _if_it_applies(rule: Rule, names: ProposalNames, applies: Unanswered) -> frozenset[Status]:
    """All that a rule can say of which it is not known whether it applies; empty where that is not known."""
    if not is_truth(applies):
        return frozenset()
    if rule.require is None:
        return frozenset({Status.REVIEW, Status.NOT_APPLICABLE})
    # Looked at only to tell what may come of it: no report says that it was read.
    holds = _Reader(names).value(rule.require)
    if holds is True:
        return frozenset({Status.PASS, Status.NOT_APPLICABLE})
    return _PASS_OR_FAIL | {Status.NOT_APPLICABLE} if _plain(rule, holds) else frozenset()


def _not_boolean(condition: Condition) -> str:
    return f"“{condition.text}” is neither true nor false."


_VERDICTS = (
    (Status.FAIL, Verdict.INELIGIBLE),
    (Status.INCONCLUSIVE, Verdict.INCONCLUSIVE),
    (Status.UNDECIDED, Verdict.INCOMPLETE),
    (Status.REVIEW, Verdict.REVIEW),
)


def verdict(rules: Sequence[Rule], statuses: Iterable[Status]) -> Verdict:
    """The verdict on a proposal that could be read, from the statuses of these rules.

    Only blocking rules count, and never a manual one.
    """
    seen = {
        status
        for rule, status in zip(rules, statuses, strict=True)
        if rule.severity is Severity.BLOCKING and not rule.manual
    }
    for status, result in _VERDICTS:
        if status in seen:
            return result
    return Verdict.ELIGIBLE
