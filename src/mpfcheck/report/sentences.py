"""What a report says in several sentences, one a line, made harmless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mpfcheck.plain import plain
from mpfcheck.report.words import Label

if TYPE_CHECKING:
    from mpfcheck.checking.report import Result

__all__ = ["finding_in_sentences", "sentences"]


def sentences(text: str) -> list[str]:
    """The lines of a text that are not blank, with nothing in them that is not shown as itself."""
    return [shown for line in text.splitlines() if (shown := plain(line).strip())]


def finding_in_sentences(result: Result) -> list[str]:
    """What is wrong, then how to fix it; the title where the rule says no more."""
    lines = sentences(result.message) or sentences(result.title) or [plain(result.rule)]
    return [*lines, *(f"{Label.FIX}: {sentence}" for sentence in sentences(result.fix))]
