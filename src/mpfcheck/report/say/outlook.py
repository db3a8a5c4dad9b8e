"""What is said of the outlook of a draft: whether it can still become eligible, and what decides that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mpfcheck.report.blocks import Block, Entry, Listing, Mark, Say, Section, Title, Tone
from mpfcheck.report.place import Place
from mpfcheck.report.words import LIST_BOUNDS

if TYPE_CHECKING:
    from mpfcheck.checking.report import Outlook, Repair

__all__ = ["no_outlook", "outlook_blocks"]

MOST_QUESTIONS = 8

RESULT = {
    True: ("CAN BECOME ELIGIBLE", Tone.GOOD),
    False: ("CANNOT BECOME ELIGIBLE", Tone.ALARM),
    None: ("NOT KNOWN", Tone.NOTICE),
}


def no_outlook(name: str) -> Iterator[Block]:
    """That a file is not a proposal, and what to do."""
    yield Title("NOT A PROPOSAL", name, Tone.ALARM)
    yield Say(("Run mpfcheck check to see what is wrong with the file.",))


def outlook_blocks(name: str, outlook: Outlook, repair: Repair | None) -> Iterator[Block]:
    """Whether the draft can still become eligible, the smallest change if not, and the questions that decide most."""
    word, tone = RESULT[outlook.eligible_possible]
    yield Title(word, name, tone)
    yield Say((outlook.message,))
    if repair is not None:
        yield Say((repair.message,))
    if outlook.deciding:
        entries = [
            Entry(Mark.OPEN, Place(pointer), ", ".join(rules)) for pointer, rules in outlook.deciding[:MOST_QUESTIONS]
        ]
        yield Section("Questions that decide most", (Listing(entries),))
    if outlook.idle:
        heading = "Questions that no longer matter to a blocking rule"
        yield Section(heading, (Say((", ".join(outlook.idle),)),))
    if outlook.bounds:
        bounds = ", ".join(f"{pointer} {most}" for pointer, most in outlook.bounds.items())
        yield Say((f"{LIST_BOUNDS}: {bounds}.",), Tone.QUIET)
    for reason in dict.fromkeys(reason for _, reason in outlook.left_out):
        rules = ", ".join(rule for rule, why in outlook.left_out if why == reason)
        yield Say((f"Not included: {rules} ({reason}).",), Tone.QUIET)
