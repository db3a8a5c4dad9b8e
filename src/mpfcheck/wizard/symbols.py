"""The symbols and words for what rules, pages and the whole proposal say. A symbol never stands without its words."""

from __future__ import annotations

from mpfcheck.checking.report import Result, Severity, Status, Verdict
from mpfcheck.drafting.progress import PageState, Progress
from mpfcheck.frozen import Frozen
from mpfcheck.report.words import STATUS_WORDS, VERDICT_HEADLINE, VERDICT_MEANING

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
_NOT_APPLICABLE = Symbol("-", "$muted")
_MISSING = Symbol("?", "$warning")
_REVIEW = Symbol("•", "$review")
_WARNING = Symbol("!", "$warning")
_FAIL = Symbol("✗", "$error")

_VERDICTS = {
    Verdict.ELIGIBLE: _PASS,
    Verdict.REVIEW: _REVIEW,
    Verdict.INCOMPLETE: _MISSING,
    Verdict.INELIGIBLE: _FAIL,
    Verdict.INCONCLUSIVE: _FAIL,
    Verdict.INVALID: _FAIL,
}
_STATUSES = {
    Status.PASS: _PASS,
    Status.NOT_APPLICABLE: _NOT_APPLICABLE,
    Status.UNDECIDED: _MISSING,
    Status.REVIEW: _REVIEW,
    Status.INCONCLUSIVE: _FAIL,
    Status.FAIL: _FAIL,
}
_PAGES = {
    PageState.NOT_STARTED: Symbol("·", "$muted"),
    PageState.IN_PROGRESS: Symbol("…", "$warning"),
    PageState.COMPLETE: _PASS,
    PageState.PROBLEMS: _FAIL,
}


def result_symbol(result: Result) -> Symbol:
    """The symbol of the result of a rule."""
    if result.status is Status.FAIL and result.severity is not Severity.BLOCKING:
        return _WARNING
    return _STATUSES[result.status]


def status_words(status: Status, severity: Severity = Severity.BLOCKING) -> str:
    """The result of a rule in words."""
    kind = f" ({severity})" if status is Status.FAIL and severity is not Severity.BLOCKING else ""
    return f"{STATUS_WORDS[status]}{kind}"


def verdict_words(verdict: Verdict) -> str:
    """The verdict in words. A draft with answers that are not valid is still a proposal that somebody writes."""
    return "SOME ANSWERS ARE NOT VALID" if verdict is Verdict.INVALID else VERDICT_HEADLINE[verdict]


def verdict_meaning(verdict: Verdict) -> str:
    """What the verdict means, empty where its words say all."""
    if verdict is Verdict.INVALID:
        return "Correct the marked answers. The rules are applied to the other answers."
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
