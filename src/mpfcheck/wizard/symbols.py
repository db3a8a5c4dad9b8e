"""The symbols for what rules, pages and the whole proposal say. A symbol never stands without its words."""

from __future__ import annotations

from mpfcheck.checking.report import Result, Severity, Status, Verdict
from mpfcheck.drafting.progress import PageState, Progress
from mpfcheck.frozen import Frozen

__all__ = [
    "Symbol",
    "page_symbol",
    "result_symbol",
    "verdict_symbol",
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


_NO_VERDICT = Symbol("›", "$accent")


def result_symbol(result: Result) -> Symbol:
    """The symbol of the result of a rule."""
    if result.status is Status.FAIL and result.severity is not Severity.BLOCKING:
        return _WARNING
    return _STATUSES[result.status]


def verdict_symbol(verdict: Verdict | None) -> Symbol:
    """The symbol of a verdict; a part of a proposal has none."""
    return _NO_VERDICT if verdict is None else _VERDICTS[verdict]


def page_symbol(progress: Progress) -> Symbol:
    """The symbol of a page."""
    return _PAGES[progress.state]
