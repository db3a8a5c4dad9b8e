"""The marks and words for what rules, pages and the whole proposal say. A mark never stands without its words."""

from __future__ import annotations

from mpfcheck.checking.report import Result, Severity, Status, Verdict
from mpfcheck.drafting.progress import PageState, Progress
from mpfcheck.frozen import Frozen
from mpfcheck.report.wording import MEANING, SENTENCE

__all__ = [
    "Mark",
    "mark_of",
    "page_mark",
    "page_words",
    "verdict_mark",
    "verdict_meaning",
    "verdict_words",
    "words_of_status",
]


class Mark(Frozen):
    """A glyph and the style it and its words are written in."""

    glyph: str
    style: str


_PASS = Mark("✓", "$success")
_APART = Mark("-", "$muted")
_WAITS = Mark("?", "$warning")
_REVIEW = Mark("•", "$review")
_LOOK = Mark("!", "$warning")
_BROKEN = Mark("✗", "$error")

_VERDICTS = {
    Verdict.ELIGIBLE: _PASS,
    Verdict.REVIEW: _REVIEW,
    Verdict.INCOMPLETE: _WAITS,
    Verdict.INELIGIBLE: _BROKEN,
    Verdict.INCONCLUSIVE: _BROKEN,
    Verdict.INVALID: _BROKEN,
}
_STATUSES = {
    Status.PASS: (_PASS, "holds"),
    Status.NOT_APPLICABLE: (_APART, "does not apply"),
    Status.UNDECIDED: (_WAITS, "waits for answers"),
    Status.REVIEW: (_REVIEW, "a person will judge"),
    Status.INCONCLUSIVE: (_BROKEN, "could not be worked out"),
    Status.FAIL: (_BROKEN, "must change"),
}
_PAGES = {
    PageState.NOT_STARTED: Mark("·", "$muted"),
    PageState.IN_PROGRESS: Mark("…", "$warning"),
    PageState.COMPLETE: _PASS,
    PageState.PROBLEMS: _BROKEN,
}


def mark_of(result: Result) -> Mark:
    """The mark of what a rule says."""
    if result.status is Status.FAIL and result.severity is not Severity.BLOCKING:
        return _LOOK
    return _STATUSES[result.status][0]


def words_of_status(status: Status, severity: Severity = Severity.BLOCKING) -> str:
    """What a rule says, in words."""
    if status is Status.FAIL and severity is not Severity.BLOCKING:
        return "look again"
    return _STATUSES[status][1]


def verdict_words(verdict: Verdict) -> str:
    """The verdict in words. A draft with answers that do not fit is still a proposal that somebody writes."""
    return "SOME ANSWERS DO NOT FIT" if verdict is Verdict.INVALID else SENTENCE[verdict]


def verdict_meaning(verdict: Verdict) -> str:
    """What the verdict means, empty where its words say all."""
    if verdict is Verdict.INVALID:
        return "Correct the answers that are marked; the rules are checked with the others."
    return MEANING.get(verdict, "")


def verdict_mark(verdict: Verdict) -> Mark:
    """The mark of a verdict."""
    return _VERDICTS[verdict]


def page_mark(progress: Progress) -> Mark:
    """The mark of a page."""
    return _PAGES[progress.state]


def page_words(progress: Progress) -> str:
    """How far a page is, in words and numbers: ``in progress, 3 of 5``."""
    counts = f"{progress.answered} of {progress.asked}"
    if progress.problems:
        number = f"{progress.problems} problem{'s' if progress.problems > 1 else ''}"
        return f"{number}, {counts} answered"
    return f"{progress.state}, {counts} answered"
