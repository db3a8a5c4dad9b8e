"""The blocks about a table or a partner's part that is read into a draft: changes, and what cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mpfcheck.report.blocks import Block, Detail, Entry, Listing, Mark, Say, Title, Tone

__all__ = ["problem_blocks", "taking_blocks"]

MARKS = {"+": Mark.ADDED, "-": Mark.REMOVED, "~": Mark.CHANGED}


def problem_blocks(problems: Iterable[tuple[str, str]]) -> Iterator[Block]:
    """The cells that cannot be taken, each with its place in the table and what is wrong with it."""
    yield Title("NOT READ", "These cells cannot be taken. The draft is unchanged.", Tone.ALARM)
    yield Listing([Entry(Mark.BAD, place, message) for place, message in problems])


def taking_blocks(
    summary: str, notes: Iterable[str], changes: Iterable[tuple[str, str, Sequence[str]]]
) -> Iterator[Block]:
    """What would change, and each change by its sign, what it is about and the details."""
    yield Say((summary,), Tone.STRONG)
    yield Listing(
        [
            *(Entry(Mark.LOOK, note) for note in notes),
            *(
                Entry(MARKS[sign], subject or "(no description)", details=tuple(Detail((line,)) for line in details))
                for sign, subject, details in changes
            ),
        ]
    )
