"""One rule on one proposal, by the reference evaluator: what it says, of which item, and what it waits for.

Last, the verdict: what the statuses of all rules together say of a proposal (outward contract, section 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mpfcheck.checking.names import UNKNOWN, ProposalNames
from mpfcheck.checking.report import Status, Verdict
from mpfcheck.feel.errors import LanguageError
from mpfcheck.feel.values.value import Unanswered, Value
from mpfcheck.frozen import Frozen
from mpfcheck.packs.rule import Rule, Scope
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


class Judgement(Frozen):
    """What a rule says of the proposal or of one item of the list it speaks of.

    ``names`` are the names its conditions saw, for its message. ``missing`` are the JSON Pointers it waits for, a
    parameter of unknown value as ``@name``; ``read`` the pointers it looked at. ``trouble`` says why it is
    inconclusive; ``noted`` that the rule's note applies although it passes.
    """

    status: Status
    names: ProposalNames
    missing: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    trouble: str = ""
    noted: bool = False


class _Reader:
    """Evaluates the conditions of one rule on one item and remembers what they read."""

    def __init__(self, names: ProposalNames) -> None:
        self.names = names
        self.read: set[str] = set()

    def value(self, condition: Condition) -> Value:
        return self.names.value(condition.tree, self.read)

    def conclude(self, status: Status, value: Value = None, *, noted: bool = False) -> Judgement:
        missing = value.paths if isinstance(value, Unanswered) else frozenset()
        if status is Status.UNDECIDED and missing and all(path.startswith(UNKNOWN) for path in missing):
            status = Status.REVIEW
        return Judgement(status, self.names, missing, frozenset(self.read), "", noted)

    def trouble(self, text: str) -> Judgement:
        return Judgement(Status.INCONCLUSIVE, self.names, read=frozenset(self.read), trouble=text)


def judge(rule: Rule, names: ProposalNames) -> tuple[Judgement, ...]:
    """What the rule says, once, or once for each item of the list it speaks of (nothing for an empty list)."""
    if rule.scope is Scope.PORTFOLIO:
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


def together(judgements: Sequence[Judgement]) -> Status:
    """What a rule says of the whole list."""
    return worst(judgement.status for judgement in judgements)


def worst(statuses: Iterable[Status]) -> Status:
    """The worst of what a rule says of items; of no item it does not speak."""
    said = set(statuses)
    return next((status for status in WORST_FIRST if status in said), Status.NOT_APPLICABLE)


def _judgements(rule: Rule, names: ProposalNames) -> Iterator[Judgement]:
    if rule.for_each is None or rule.item is None:
        yield _judge_one(rule, names)
        return
    reader = _Reader(names)
    try:
        items = reader.value(rule.for_each)
        if isinstance(items, list):
            for item in items:
                yield _judge_one(rule, names.with_item(rule.item, item))
            return
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
            return reader.conclude(Status.UNDECIDED, applies)
        if applies is not True:
            return reader.trouble(_not_boolean(rule.when))
    if rule.require is None:
        return reader.conclude(Status.REVIEW)
    holds = reader.value(rule.require)
    if holds is True:
        noted = rule.note is not None and reader.value(rule.note.when) is True
        return reader.conclude(Status.PASS, noted=noted)
    if isinstance(holds, Unanswered):
        return reader.conclude(Status.UNDECIDED, holds)
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
