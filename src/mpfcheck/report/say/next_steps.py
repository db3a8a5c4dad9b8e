"""Blocks about the next steps: where to submit, whom to ask, the deadline, what to attach, and what we do not know."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.packs.call import Call, NextStep
from mpfcheck.packs.rule import Authority
from mpfcheck.report.blocks import Say, Section, Tone
from mpfcheck.report.words import DISCLAIMER, Label, cited

__all__ = ["WHAT_NOW", "next_steps"]

WHAT_NOW = "What now"
"""The heading of it all."""

_ASK = "Ask the MPF, and read the guidelines of the call."
_NOT_KNOWN = {
    "Where to submit": f"We do not know where and how to submit a proposal for this call. {_ASK}",
    "Whom to ask": "We do not know whom to ask about this call. Look at the website of the MPF.",
    "Deadline": f"We do not know the deadline, or whether there is one. {_ASK}",
    "Documents to attach": f"We do not know which documents to attach. {_ASK}",
}


def next_steps(call: Call) -> Iterator[Section]:
    """A section a topic; each says what the sources say, with the source, or that it is not known."""
    steps = call.next_steps
    for heading, found in zip(_NOT_KNOWN, (steps.submit, steps.ask, steps.deadline, steps.attach), strict=True):
        blocks = tuple(block for step in found for block in _step(call, step))
        yield Section(heading, blocks or (Say((_NOT_KNOWN[heading],)),))
    yield Section("This check", (Say((DISCLAIMER,)),))


def _step(call: Call, step: NextStep) -> Iterator[Say]:
    yield Say((step.text,))
    source = call.sources[step.source.document]
    section, authority = step.source.section, step.source.authority
    where = section if authority in (Authority.SEED, Authority.OFFICIAL) else cited(section, authority)
    yield Say((f"{Label.SOURCE}: {source.title}, {where}",), Tone.QUIET)
