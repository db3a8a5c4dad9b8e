"""The blocks about a run: whether it is complete, what was not checked and why, and the checksum of its inputs."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.report.blocks import Block, Code, Lines, Say, Section, Tone
from mpfcheck.report.overview import RunSummary
from mpfcheck.report.words import INPUTS_CHECKSUM, Heading, certificate, not_complete, passed_over_by_reason

__all__ = ["passed_over", "run", "sealed"]


def run(course: RunSummary) -> Iterator[Block]:
    """Why the report is not complete, then what was passed over."""
    if sentences := not_complete(course):
        yield Say((" ".join(sentences),), Tone.ALARM)
    yield from passed_over(course)
    yield from sealed(course)


def sealed(course: RunSummary) -> Iterator[Block]:
    """How many inputs there were, and their one checksum."""
    if course.inputs_sha256 and (sentence := certificate(course)):
        yield Say((f"{sentence} {INPUTS_CHECKSUM}: ", Code(course.inputs_sha256)), Tone.QUIET)


def passed_over(course: RunSummary) -> Iterator[Block]:
    """The paths that were not checked, a section a reason."""
    for why, paths in passed_over_by_reason(course).items():
        yield Section(f"{Heading.NOT_CHECKED}: {why}", (Lines([Code(path) for path in paths]),))
