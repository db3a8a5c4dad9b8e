"""What a session works on where it is not the whole proposal: the part of one applicant, sent to a partner to fill in.

A part holds some of the answers, so most rules cannot be judged from it. What can be judged is what is certain whatever
the rest of the proposal says: all other answers are taken for missing, and every list of the part for unfinished.
"""

from __future__ import annotations

from collections.abc import Iterable

from mpfcheck.checking.report import Result, Status
from mpfcheck.drafting.document import Document
from mpfcheck.frozen import Frozen
from mpfcheck.packs.call import Call
from mpfcheck.packs.vocabulary import rule_fields
from mpfcheck.proposal.codes import FORMAT
from mpfcheck.proposal.reader import Answers
from mpfcheck.proposal.unfinished import OPEN, open_lists

__all__ = ["PART", "PartScope"]

PART = "part"
"""The field of a part's file that says whose part it is, and of what; the other fields are those of a proposal."""


class PartScope(Frozen):
    """The part of one applicant.

    ``applicant`` is what the applicant is called, ``asker`` who asks for the part, ``project`` what for; the last two
    may be empty. ``lists`` are the places (JSON Pointer) of the lists that hold only the entries of this applicant,
    ``fields`` the ways to all that is asked.
    """

    applicant: str
    asker: str
    project: str
    note: str
    lists: tuple[str, ...]
    fields: frozenset[tuple[str, ...]]

    @property
    def heading(self) -> str:
        """Whose part of what this is, and who asks for it."""
        of = f" of the project “{self.project}”" if self.project else ""
        for_whom = f", for {self.asker}" if self.asker else ""
        return f"Part of {self.applicant}{of}{for_whom}"

    @property
    def hand_back(self) -> str:
        """What to do with the part once it is filled in."""
        return f"When your part is complete, send this file back to {self.asker or 'the lead applicant'}."

    def proposal(self, document: Document) -> Document:
        """A part as a proposal of which nothing else is answered."""
        return {"format": FORMAT, **{name: value for name, value in document.items() if name not in ("format", PART)}}

    def judged(self, answers: Answers) -> Answers:
        """The answers as rules are to judge them: other applicants may have more entries in each list."""
        return {**answers, OPEN: sorted({*open_lists(answers), *self.lists})}

    def certain(self, call: Call, results: Iterable[Result]) -> tuple[Result, ...]:
        """The results that hold for the whole proposal too, of the rules that read what is asked here."""
        read = rule_fields(call)
        return tuple(
            result
            for result in results
            if result.status in (Status.PASS, Status.FAIL) and self.fields & read.get(result.rule, frozenset())
        )
