"""The blocks about the outlook of a draft: whether it can still become eligible, and what decides that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Sized
from typing import TYPE_CHECKING

from mpfcheck.checking.wording import field_in_words
from mpfcheck.report.blocks import Block, Detail, Entry, Listing, Mark, Say, Section, Title, Tone
from mpfcheck.report.place import FieldPlace
from mpfcheck.report.words import list_bounds

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


def outlook_blocks(name: str, outlook: Outlook, repair: Repair | None, questions: Mapping[str, str]) -> Iterator[Block]:
    """Whether the draft can still become eligible, the smallest change if not, and the questions that decide most.

    ``questions`` has what the form of the call asks, by the place of the question.
    """
    word, tone = RESULT[outlook.eligible_possible]
    yield Title(word, name, tone)
    yield Say((outlook.message,))
    if repair is not None:
        yield Say((repair.message,))
    if outlook.deciding:
        entries = [
            Entry(
                Mark.OPEN,
                FieldPlace(pointer),
                _ask(pointer, questions),
                details=(Detail((f"Decides {', '.join(rules)}",)),),
            )
            for pointer, rules in outlook.deciding[:MOST_QUESTIONS]
        ]
        yield Section("Questions that decide most", (Listing(entries), *_more(outlook.deciding)))
    if outlook.idle:
        entries = [
            Entry(Mark.APART, FieldPlace(pointer), _ask(pointer, questions))
            for pointer in outlook.idle[:MOST_QUESTIONS]
        ]
        heading = "Questions that no longer matter to a blocking rule"
        yield Section(heading, (Listing(entries), *_more(outlook.idle)))
    if outlook.bounds:
        yield Say((list_bounds(outlook.bounds),), Tone.QUIET)
    for reason in dict.fromkeys(reason for _, reason in outlook.left_out):
        rules = ", ".join(rule for rule, why in outlook.left_out if why == reason)
        yield Say((f"Not included: {rules} ({reason}).",), Tone.QUIET)


def _ask(pointer: str, questions: Mapping[str, str]) -> str:
    """The question at a place; where the form does not ask it, the name of the field."""
    words = field_in_words(pointer)
    return questions.get(pointer) or words[:1].upper() + words[1:]


def _deciding(rules: Sequence[str]) -> Detail:
    return Detail((f"Decides {', '.join(rules)}",))


def _more(found: Sized) -> Iterator[Block]:
    if len(found) > MOST_QUESTIONS:
        yield Say((f"And {len(found) - MOST_QUESTIONS} more.",), Tone.QUIET)
