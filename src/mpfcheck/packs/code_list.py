"""Lists of codes: groups of countries, funds, kinds of applicant."""

from __future__ import annotations

from mpfcheck.frozen import Frozen
from mpfcheck.packs.rule import NO_PLACE, Place

__all__ = ["CodeList", "Member"]


class Member(Frozen):
    """A code of a list: the label people read, where it is from, how sure that is (``high``, ``medium``, ``low``).

    The label is empty where it is the one of the list these codes are taken from.
    """

    code: str
    label: str
    source: str = ""
    confidence: str = "high"
    note: str = ""
    place: Place = NO_PLACE


class CodeList(Frozen):
    """A list of codes. Candidates are codes some source counts in and others do not: a person must judge.

    ``of`` names the code list whose codes these are (a group of countries is ``of`` countries), None for its own.
    """

    id: str
    title: str
    members: tuple[Member, ...]
    candidates: tuple[Member, ...] = ()
    note: str = ""
    of: str | None = None
    place: Place = NO_PLACE
