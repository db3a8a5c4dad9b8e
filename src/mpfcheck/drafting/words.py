"""The words in which every front end speaks about a draft: complaints, states of pages, verdicts, counts, ages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Literal

from mpfcheck.checking.report import Result, Severity, Status, Verdict
from mpfcheck.drafting.document import State
from mpfcheck.drafting.progress import Progress, RowMarks
from mpfcheck.drafting.questions import Complaint, Remark
from mpfcheck.drafting.session import Session
from mpfcheck.forms.form import Page, Question
from mpfcheck.frozen import Frozen
from mpfcheck.proposal.fields import Day, Exact, Many, Moment, Whole
from mpfcheck.report.words import STATUS_WORDS, VERDICT_HEADLINE, VERDICT_MEANING, Heading, counted, names

__all__ = [
    "ANOTHER",
    "FOLDED",
    "NO_MORE",
    "Count",
    "RemarkList",
    "age_in_words",
    "complaint_words",
    "counts_of",
    "how_to_type",
    "marks_words",
    "missing_answers",
    "no_rule_words",
    "page_words",
    "remark_lists",
    "rules_heading",
    "status_words",
    "undo_words",
    "verdict_meaning",
    "verdict_words",
    "waits_for_nothing",
    "with_article",
]

ANOTHER = "Add another?"
NO_MORE = "No, the list is complete"
"""What every front end asks, and offers, of a list that is not finished."""

FOLDED = (Status.PASS, Status.NOT_APPLICABLE)
"""The results that ask nothing of anybody."""

_MOST_MISSING = 3


def complaint_words(complaint: Complaint) -> str:
    """A complaint, beside the field and in the summary of the page in the same words."""
    return " ".join(part for part in (complaint.message, complaint.hint) if part)


class RemarkList(Frozen):
    """Remarks on answers under one heading; ``tone`` is "bad" or "look", as the marks of reports are called."""

    heading: str
    tone: str
    remarks: Sequence[Remark]


def remark_lists(session: Session) -> tuple[RemarkList, ...]:
    """The answers that are not valid, and those to check. Empty lists are left out."""
    lists = (
        RemarkList("Answers that are not valid", "bad", session.unclear()),
        RemarkList(Heading.FILE_WARNINGS, "look", session.doubtful()),
    )
    return tuple(one for one in lists if one.remarks)


def marks_words(marks: RowMarks) -> str:
    """What a list of items says of one: the rules it does not meet, and how many answers are unclear or missing."""
    words = [f"{result.rule} {STATUS_WORDS[result.status]}" for result in marks.failed]
    for number, what in ((marks.unclear, "unclear"), (marks.missing, "missing"), (marks.doubtful, "to check")):
        if number:
            words.append(f"{counted(number, 'answer')} {what}")
    return ", ".join(words)


def how_to_type(question: Question) -> str:
    """What a typed answer of the kind of a question looks like; empty for texts, choices, and yes or no."""
    match question.kind:
        case Exact("EUR"):
            share = ", or a share of the total, such as 95 %" if question.percent_of else ""
            return f"Type an amount in EUR, such as 400 000.50 or 400.000,50{share}."
        case Whole("months"):
            return "Type a number of months, such as 24."
        case Exact() | Whole():
            return "Type a number, such as 24 or 5.5."
        case Day():
            return "Type a date, such as 2024-03-01 or 1 March 2024."
        case Moment():
            return "Type a date, a time and a time zone, such as 2024-03-01 12:00 UTC."
        case Many():
            return "Type names or codes with commas between them. A few letters give suggestions."
    return ""


def status_words(status: Status, severity: Severity = Severity.BLOCKING) -> str:
    """The result of a rule in words."""
    kind = f" ({severity})" if status is Status.FAIL and severity is not Severity.BLOCKING else ""
    return f"{STATUS_WORDS[status]}{kind}"


PART_OF_A_PROPOSAL = "PART OF A PROPOSAL"


def verdict_words(verdict: Verdict | None) -> str:
    """The verdict in words, None for a part. A draft with answers that are not valid is still one somebody writes."""
    if verdict is None:
        return PART_OF_A_PROPOSAL
    return "SOME ANSWERS ARE NOT VALID" if verdict is Verdict.INVALID else VERDICT_HEADLINE[verdict]


def rules_heading(session: Session, page: Page | None) -> str:
    """What the rules beside a page are: those for the page, all of the call, or those that a part decides."""
    if page is not None:
        return f"Rules for this page: {page.title}"
    return "All rules of the call" if session.scope is None else "Rules that your answers alone decide"


def no_rule_words(session: Session) -> str:
    """The sentence about an answer for which no rule has a result to show."""
    if session.scope is not None:
        return "Rules that use this answer are checked on the whole proposal."
    return "No rule of the call uses this answer."


def verdict_meaning(verdict: Verdict | None) -> str:
    """What the verdict means, empty where its words say all."""
    if verdict is None:
        return "Only the whole proposal has a result. Here you see the rules that your answers alone decide."
    if verdict is Verdict.INVALID:
        return "Correct the marked answers. The rules are applied to the other answers."
    return VERDICT_MEANING.get(verdict, "")


def page_words(progress: Progress, *, warnings: bool = False) -> str:
    """How far a page is, in words and numbers: ``in progress, 3 of 5 answered``; with ``warnings``, how many too."""
    words = [counted(progress.problems, "problem") if progress.problems else str(progress.state)]
    words.append(f"{progress.answered} of {progress.asked} answered")
    if warnings and progress.warnings:
        words.append(counted(progress.warnings, "warning"))
    return ", ".join(words)


def undo_words(way: Literal["undo", "redo"], state: State | None) -> str:
    """The message after an undo or a redo; ``state`` is None if there was no step."""
    if state is None:
        return f"There is nothing to {way}."
    return f"{'Undone' if way == 'undo' else 'Redone'}: {state.step}"


class Count(Frozen):
    """How many rules ask the same of a person: ``tone`` is "bad", "look", "open" or "judge"; ``words`` with the number.

    The tones are the names of the marks of reports.
    """

    tone: str
    words: str


def counts_of(results: Iterable[Result], optional_rules: frozenset[str] = frozenset()) -> tuple[Count, ...]:
    """The results of the rules in numbers; none where none is open. ``optional_rules`` need optional answers only."""
    numbers = {"bad": 0, "look": 0, "open": 0, "judge": 0}
    for result in results:
        if result.status in (Status.FAIL, Status.INCONCLUSIVE):
            blocks = result.status is Status.INCONCLUSIVE or result.severity is Severity.BLOCKING
            numbers["bad" if blocks else "look"] += 1
        elif result.status is Status.UNDECIDED:
            numbers["open"] += result.rule not in optional_rules
        elif result.status is Status.REVIEW:
            numbers["judge"] += 1
    words = {
        "bad": ("must change", "must change"),
        "look": ("warning", "warnings"),
        "open": ("needs answers", "need answers"),
        "judge": ("manual review", "manual review"),
    }
    return tuple(Count(tone, counted(number, *words[tone])) for tone, number in numbers.items() if number)


def missing_answers(session: Session, result: Result) -> str:
    """The answers a rule waits for, by the titles of their questions, without their pages."""
    titles = list(dict.fromkeys(_short_title(session, pointer) for pointer in session.to_answer(result)))
    return names(titles[:_MOST_MISSING], len(titles)) or "answers"


def _short_title(session: Session, pointer: str) -> str:
    location = session.locate(pointer)
    if location is None:
        return session.title_of(pointer)
    part = location.question or location.group
    title = part.title if part else ""
    item = session.item(location.item) if location.item else None
    return f"{title} of {item.title}" if item else title


def waits_for_nothing(results: Sequence[Result]) -> str:
    """How many rules ask nothing, in words: ``3 rules met, 1 rule needs only optional answers, 2 not applicable``."""
    met = sum(result.status is Status.PASS for result in results)
    optional = sum(result.status is Status.UNDECIDED for result in results)
    apart = len(results) - met - optional
    parts = [f"{counted(met, 'rule')} {STATUS_WORDS[Status.PASS]}"] if met else []
    if optional:
        parts.append(f"{counted(optional, 'rule needs', 'rules need')} only optional answers")
    if apart:
        parts.append(f"{apart} {STATUS_WORDS[Status.NOT_APPLICABLE]}")
    return ", ".join(parts)


def age_in_words(age: timedelta | None) -> str:
    """How long ago something was, in the largest unit."""
    if age is None:
        return "at an unknown time"
    minutes = int(age.total_seconds() // 60)
    for size, unit in ((60 * 24, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            return f"{counted(minutes // size, unit)} ago"
    return "just now"


def with_article(noun: str) -> str:
    """What an item is called, as one of many: ``a budget line``, ``an activity``."""
    return f"an {noun}" if noun[:1].lower() in "aeiou" else f"a {noun}"
