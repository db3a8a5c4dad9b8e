"""How complete a page is, and the figures worked out from its answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from typing import TypeAlias

from mpfcheck.checking.report import Result, Severity, Status
from mpfcheck.drafting.questions import DraftGroup, DraftItem, DraftPart, DraftQuestion
from mpfcheck.drafting.reading import View
from mpfcheck.feel.values.knowledge import items_of
from mpfcheck.feel.values.value import Bounds, Record, Unanswered, Value
from mpfcheck.forms.form import Bar, Page, Sums
from mpfcheck.frozen import Frozen
from mpfcheck.proposal.values import format_money

__all__ = [
    "BarFigure",
    "Figure",
    "Label",
    "PageState",
    "Progress",
    "RowMarks",
    "SumsFigure",
    "figures_of",
    "progress_of",
    "row_marks",
]


class PageState(StrEnum):
    """The state of a page, in words for people."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    COMPLETE = "complete"
    PROBLEMS = "has problems"


class Progress(Frozen):
    """How far a page is: its state, how many questions are answered of those asked, and what is in the way.

    ``problems`` counts what must change: blocking rules that fail and entries that could not be understood.
    ``warnings`` counts the other rules that fail, and the answers to check.
    """

    state: PageState
    answered: int
    asked: int
    problems: int = 0
    warnings: int = 0


def progress_of(parts: Iterable[DraftPart], results: Iterable[Result]) -> Progress:
    """The progress of a page from what is asked on it and the results of the rules that read it."""
    needed = answered = all_asked = complaints = doubts = 0
    for one in parts:
        for required, done, complaint, doubt in _counted(one):
            all_asked += 1
            answered += done
            needed += required and not done
            complaints += complaint
            doubts += doubt
    failed = [result for result in results if result.status is Status.FAIL]
    blocking = sum(result.severity is Severity.BLOCKING for result in failed)
    problems = blocking + complaints
    if not answered and not complaints:
        state = PageState.NOT_STARTED
    elif problems:
        state = PageState.PROBLEMS
    else:
        state = PageState.IN_PROGRESS if needed else PageState.COMPLETE
    return Progress(state, answered, all_asked, problems, len(failed) - blocking + doubts)


def _counted(one: DraftPart) -> Iterable[tuple[bool, bool, bool, bool]]:
    """Whether it must be answered, is answered, has a complaint, a doubt: for a question, or a group and all in it."""
    if isinstance(one, DraftQuestion):
        yield not one.question.optional, one.answered, one.complaint is not None, one.doubt is not None
    elif isinstance(one, DraftGroup):
        yield one.open or not one.group.optional, one.answered and not one.open, one.complaint is not None, False
        for item in one.items:
            for question in item.questions:
                yield from _counted(question)


class RowMarks(Frozen):
    """What a list of items shows of one: the rules that fail because of it, the worst first, and numbers of answers.

    ``unclear`` counts those that are not valid, ``missing`` those that are required, ``doubtful`` those to check.
    """

    failed: tuple[Result, ...] = ()
    unclear: int = 0
    missing: int = 0
    doubtful: int = 0


def row_marks(item: DraftItem, failed: tuple[Result, ...]) -> RowMarks:
    """The marks of an item that has these rules fail."""
    questions = item.questions
    return RowMarks(
        failed,
        sum(one.complaint is not None for one in questions),
        sum(not one.answered and one.complaint is None and not one.question.optional for one in questions),
        sum(one.doubt is not None for one in questions),
    )


NOT_SAID = "(not said)"

_TENTH_OF_PERCENT = Decimal("0.001")


class BarFigure(Frozen):
    """A part of a whole, both in EUR, None where not known. ``limit`` is the largest share the part may be.

    ``share`` is the part's share of the whole, None where it cannot be told; ``over`` whether it exceeds the limit.
    """

    title: str
    part: Decimal | None
    whole: Decimal | None
    limit: Decimal
    share: Decimal | None
    over: bool

    @property
    def percent(self) -> str:
        """The share as people read it, "94.9 %"; never rounded to the limit, nor to the whole, that it is not."""
        return "" if self.share is None else _percent(self.share, self.limit, over=self.over)

    @property
    def share_words(self) -> str:
        """The share, and the largest that is allowed: "94.9 % (at most 95 %)"."""
        if self.share is None:
            return "not known yet"
        return f"{self.percent} (at most {_plain(self.limit)})" if self.limit < 1 else self.percent

    @property
    def amounts_words(self) -> str:
        """Both amounts: "EUR 190 000.00 of EUR 200 000.00"."""
        part = "not entered" if self.part is None else format_money(self.part)
        whole = "a total that is not entered" if self.whole is None else format_money(self.whole)
        return f"{part} of {whole}"

    @property
    def rest_words(self) -> str:
        """How much is left to the limit, or too much; empty where it is not known."""
        if self.part is None or self.whole is None:
            return ""
        rest = self.limit * self.whole - self.part
        if self.over:
            return f"{format_money(-rest)} too much"
        return f"{format_money(rest)} left" if rest else "at the limit"


class SumsFigure(Frozen):
    """Sums in EUR by what they are for, largest first; ``total`` is their sum. Amounts not answered are left out."""

    title: str
    sums: tuple[tuple[str, Decimal], ...]
    total: Decimal


Figure: TypeAlias = BarFigure | SumsFigure
Label: TypeAlias = Callable[[Sums, str], str]
"""What people call a value of the field by which a figure sums."""


def figures_of(page: Page, view: View, label: Label) -> tuple[Figure, ...]:
    """The figures of a page; ``label`` tells what people call a value of the field of a list."""
    return tuple(
        _bar(figure, view) if isinstance(figure, Bar) else _sums(figure, view, label) for figure in page.figures
    )


def _bar(figure: Bar, view: View) -> BarFigure:
    part, whole = _at_least(view.value(figure.part.tree)), _number(view.value(figure.whole.tree))
    limit = _number(view.value(figure.limit.tree)) if figure.limit else Decimal(1)
    limit = Decimal(1) if limit is None else limit
    share = part / whole if part is not None and whole else None
    over = part is not None and whole is not None and part > limit * whole
    return BarFigure(figure.title, part, whole, limit, share, over)


def _sums(figure: Sums, view: View, label: Label) -> SumsFigure:
    found = items_of(view.value(figure.of.tree))
    records = [item for item in found.items if isinstance(item, Record)] if found is not None else []
    sums: dict[str, Decimal] = {}
    for record in records:
        amount, value = record.values.get(figure.amount), record.values.get(figure.by)
        if isinstance(amount, Decimal):
            value = value if isinstance(value, str) else ""
            sums[value] = sums.get(value, Decimal(0)) + amount
    names = {value: label(figure, value) if value else NOT_SAID for value in sums}
    # Two applicants may have one name; they are two all the same.
    shared = {name for name, number in Counter(names.values()).items() if number > 1}
    ordered = sorted(sums.items(), key=lambda pair: -pair[1])
    named_sums = tuple(
        (f"{names[value]} ({value})" if names[value] in shared else names[value], sum_) for value, sum_ in ordered
    )
    return SumsFigure(figure.title, named_sums, sum(sums.values(), Decimal(0)))


def _number(value: Value) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _at_least(value: Value) -> Decimal | None:
    """A number, or what an unanswered one is at least: the sum of what is there while a list is entered."""
    if isinstance(value, Unanswered) and isinstance(value.knows, Bounds):
        value = value.knows.low
        return value if isinstance(value, Decimal) and value > 0 else None
    return _number(value)


def _percent(share: Decimal, limit: Decimal, *, over: bool) -> str:
    rounded = share.quantize(_TENTH_OF_PERCENT, ROUND_HALF_EVEN)
    if over and rounded <= limit:
        return f"over {_plain(limit)}"
    if rounded == 1 and share < 1:
        return f"under {_plain(rounded)}"
    return _plain(rounded)


def _plain(share: Decimal) -> str:
    return f"{(share * 100).normalize():f} %"
