"""Marks and the words they stand for: what a rule says of a proposal, and what all rules together say.

No mark speaks by its colour alone: each has its own shape, and words beside it or for those who cannot see it.
"""

from __future__ import annotations

from collections.abc import Container
from enum import StrEnum

from mpfcheck.checking.report import Result, Severity, Status, Verdict
from mpfcheck.report.as_html.markup import Markup, element
from mpfcheck.report.words import STATUS_WORDS, Heading

__all__ = ["SPRITE", "VERDICT_MARK", "RuleOutcome", "mark", "outcome_of"]


class RuleOutcome(StrEnum):
    """What one rule says of one proposal, as people tell it apart; one letter, which is also kept for the matrix."""

    BROKEN = "x"
    LOOK = "w"
    FAULT = "i"
    OPEN = "u"
    JUDGE = "j"
    REVIEWED = "d"
    PASSED = "p"
    APART = "n"
    UNKNOWN = "-"

    @property
    def tone(self) -> str:
        """The name of its mark and its colour."""
        return _TONES[self]

    @property
    def words(self) -> str:
        """What it means."""
        return _WORDS[self]


_TONES = {
    RuleOutcome.BROKEN: "bad",
    RuleOutcome.LOOK: "look",
    RuleOutcome.FAULT: "fault",
    RuleOutcome.OPEN: "open",
    RuleOutcome.JUDGE: "judge",
    RuleOutcome.REVIEWED: "reviewed",
    RuleOutcome.PASSED: "good",
    RuleOutcome.APART: "apart",
    RuleOutcome.UNKNOWN: "apart",
}
_WORDS = {
    RuleOutcome.BROKEN: "not met",
    RuleOutcome.LOOK: "not met, not blocking",
    RuleOutcome.FAULT: STATUS_WORDS[Status.INCONCLUSIVE],
    RuleOutcome.OPEN: STATUS_WORDS[Status.UNDECIDED],
    RuleOutcome.JUDGE: STATUS_WORDS[Status.REVIEW],
    RuleOutcome.REVIEWED: Heading.ASSESSED.lower(),
    RuleOutcome.PASSED: STATUS_WORDS[Status.PASS],
    RuleOutcome.APART: STATUS_WORDS[Status.NOT_APPLICABLE],
    RuleOutcome.UNKNOWN: "not checked",
}
_OUTCOMES = {
    Status.INCONCLUSIVE: RuleOutcome.FAULT,
    Status.UNDECIDED: RuleOutcome.OPEN,
    Status.REVIEW: RuleOutcome.JUDGE,
    Status.PASS: RuleOutcome.PASSED,
    Status.NOT_APPLICABLE: RuleOutcome.APART,
}

VERDICT_MARK = {
    Verdict.ELIGIBLE: "good",
    Verdict.INELIGIBLE: "bad",
    Verdict.INCOMPLETE: "open",
    Verdict.REVIEW: "judge",
    Verdict.INCONCLUSIVE: "fault",
    Verdict.INVALID: "file",
}
"""The mark of each verdict; it is the name of its colour as well."""


def outcome_of(result: Result, reviewed: Container[str] = ()) -> RuleOutcome:
    """What a result is for people: a broken rule that does not block is another thing than one that does.

    ``reviewed`` are the manual rules that a person decided.
    """
    if result.status is Status.REVIEW and result.rule in reviewed:
        return RuleOutcome.REVIEWED
    if result.status is Status.FAIL:
        return RuleOutcome.BROKEN if result.severity is Severity.BLOCKING else RuleOutcome.LOOK
    return _OUTCOMES[result.status]


def mark(tone: str) -> Markup:
    """A mark, for the eye only: the words that say the same stand beside it."""
    return element("svg", element("use", href=f"#m-{tone}"), class_=f"mark {tone}", aria_hidden="true")


def _symbol(tone: str, drawing: str) -> str:
    return f'<symbol id="m-{tone}" viewBox="0 0 16 16">{drawing}</symbol>'


def _pattern(tone: str, drawing: str) -> str:
    return f'<pattern id="f-{tone}" width="6" height="6" patternUnits="userSpaceOnUse">{drawing}</pattern>'


_FULL = '<circle cx="8" cy="8" r="7.25" fill="currentColor"/>'
_RING = '<circle cx="8" cy="8" r="6.75" class="line"/>'

SPRITE = Markup(
    '<svg class="sprite" aria-hidden="true" focusable="false"><defs>'
    + _symbol("bad", f'{_FULL}<path d="M5.3 5.3l5.4 5.4M10.7 5.3l-5.4 5.4" class="cut"/>')
    + _symbol("good", f'{_RING}<path d="M4.9 8.3l2.2 2.2 4.1-4.7" class="line"/>')
    + _symbol("look", '<path d="M8 1.9L15 14.1H1z" class="line"/><path d="M8 6.2v3.6M8 11.7v.5" class="line"/>')
    + _symbol("open", f'{_RING}<path d="M6 6.4a2 2 0 1 1 3 1.75c-.7.4-1 .8-1 1.45M8 11.4v.4" class="line"/>')
    + _symbol(
        "judge",
        '<circle cx="8" cy="4.8" r="2.9" fill="currentColor"/>'
        '<path d="M2 14.6c0-3.4 2.6-5.4 6-5.4s6 2 6 5.4z" fill="currentColor"/>',
    )
    + _symbol(
        "reviewed",
        '<circle cx="8" cy="4.8" r="2.6" class="line"/>'
        '<path d="M2 14.3c0-3.4 2.6-5.1 6-5.1s6 1.7 6 5.1z" class="line"/>',
    )
    + _symbol("fault", '<path d="M8 .9L15.1 8 8 15.1.9 8z" class="line"/><path d="M8 4.8v3.9M8 10.9v.4" class="line"/>')
    + _symbol(
        "file", '<path d="M3 1.2h6.6L13 4.6v10.2H3z" class="line"/><path d="M6 7.2l4 4M10 7.2l-4 4" class="line"/>'
    )
    + _symbol("apart", '<path d="M5.5 8h5" class="line"/>')
    + _pattern("open", '<path d="M-1.5 1.5l3-3M0 6l6-6M4.5 7.5l3-3" class="hatch"/>')
    + _pattern("judge", '<circle cx="1.5" cy="1.5" r="1" class="dot"/><circle cx="4.5" cy="4.5" r="1" class="dot"/>')
    + _pattern("fault", '<path d="M0 3h6M3 0v6" class="hatch"/>')
    + _pattern("file", '<path d="M-1.5 4.5l3 3M0 0l6 6M4.5-1.5l3 3" class="hatch"/>')
    + _pattern("all", '<path d="M-1.5 1.5l3-3M0 6l6-6M4.5 7.5l3-3" class="hatch"/>')
    + "</defs></svg>"
)
"""The drawings all marks and textures point to, once a page."""
