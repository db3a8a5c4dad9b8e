"""What is said of a run: whether it is complete, and what was not checked, by the reason."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.report.blocks import Block, Code, Lines, Say, Section, Tone
from mpfcheck.report.overview import Run
from mpfcheck.report.words import Heading, not_complete, passed_over_by_reason

__all__ = ["passed_over", "run"]


def run(course: Run) -> Iterator[Block]:
    """Why the report is not complete, then what was passed over."""
    if sentences := not_complete(course):
        yield Say((" ".join(sentences),), Tone.ALARM)
    yield from passed_over(course)


def passed_over(course: Run) -> Iterator[Block]:
    """The paths that were not checked, a section a reason."""
    for why, paths in passed_over_by_reason(course).items():
        yield Section(f"{Heading.NOT_CHECKED}: {why}", (Lines([Code(path) for path in paths]),))
