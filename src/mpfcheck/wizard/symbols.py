"""The symbols and words for what rules, pages and the whole proposal say. A symbol never stands without its words."""

from __future__ import annotations

from mpfcheck.checking.report import Result, Severity, Status, Verdict
from mpfcheck.drafting.progress import PageState, Progress
from mpfcheck.frozen import Frozen
from mpfcheck.report.words import VERDICT_HEADLINE, VERDICT_MEANING

__all__ = [
    "Symbol",
    "page_symbol",
    "page_words",
    "result_symbol",
    "status_words",
    "verdict_meaning",
    "verdict_symbol",
    "verdict_words",
]


class Symbol(Frozen):
    """A glyph and the style it and its words are written in."""

    glyph: str
    style: str


_PASS = Symbol("✓", "$success")
_APART = Symbol("-", "$muted")
_WAITS = Symbol("?", "$warning")
_REVIEW = Symbol("•", "$review")
_LOOK = Symbol("!", "$warning")
_BROKEN = Symbol("✗", "$error")

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
    PageState.NOT_STARTED: Symbol("·", "$muted"),
    PageState.IN_PROGRESS: Symbol("…", "$warning"),
    PageState.COMPLETE: _PASS,
    PageState.PROBLEMS: _BROKEN,
}


def result_symbol(result: Result) -> Symbol:
    """The symbol of what a rule says."""
    if result.status is Status.FAIL and result.severity is not Severity.BLOCKING:
        return _LOOK
    return _STATUSES[result.status][0]


def status_words(status: Status, severity: Severity = Severity.BLOCKING) -> str:
    """What a rule says, in words."""
    if status is Status.FAIL and severity is not Severity.BLOCKING:
        return "look again"
    return _STATUSES[status][1]


def verdict_words(verdict: Verdict) -> str:
    """The verdict in words. A draft with answers that do not fit is still a proposal that somebody writes."""
    return "SOME ANSWERS DO NOT FIT" if verdict is Verdict.INVALID else VERDICT_HEADLINE[verdict]


def verdict_meaning(verdict: Verdict) -> str:
    """What the verdict means, empty where its words say all."""
    if verdict is Verdict.INVALID:
        return "Correct the answers that are marked; the rules are checked with the others."
    return VERDICT_MEANING.get(verdict, "")


def verdict_symbol(verdict: Verdict) -> Symbol:
    """The symbol of a verdict."""
    return _VERDICTS[verdict]


def page_symbol(progress: Progress) -> Symbol:
    """The symbol of a page."""
    return _PAGES[progress.state]


def page_words(progress: Progress) -> str:
    """How far a page is, in words and numbers: ``in progress, 3 of 5``."""
    counts = f"{progress.answered} of {progress.asked}"
    if progress.problems:
        number = f"{progress.problems} problem{'s' if progress.problems > 1 else ''}"
        return f"{number}, {counts} answered"
    return f"{progress.state}, {counts} answered"
