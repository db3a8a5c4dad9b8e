"""A draft that was changed here and elsewhere: what both sides made of it, and how to make one draft of the two."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from enum import StrEnum
from typing import Final

from mpfcheck.drafting.store.merge import ABSENT, BOTH, Versions, merge
from mpfcheck.drafting.store.plain_json import Draft
from mpfcheck.frozen import Frozen

__all__ = ["Conflict", "FieldConflict", "Side"]


class Side(StrEnum):
    """Whose answer is kept."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"
    """Only where each side added an item to a list."""


_EITHER: Final = (Side.OURS, Side.THEIRS)


class FieldConflict(Frozen):
    """A field, an item or a list that both sides changed differently. None stands for no answer.

    ``pointer`` says where it stands in the merged draft, in which everything that is to be chosen still has its place;
    ``choices`` are the sides that can be chosen.
    """

    pointer: str
    base: object
    ours: object
    theirs: object
    choices: tuple[Side, ...] = _EITHER


class Conflict(Frozen):
    """Three states of a draft: as it was read or saved here (``base``), as it is here, and as it is on disk.

    ``theirs_data`` is the file as it was found: what a merged draft may take the place of.
    """

    base: Draft
    ours: Draft
    theirs: Draft
    theirs_data: bytes

    @property
    def fields(self) -> tuple[FieldConflict, ...]:
        """What somebody must choose, in the order of the draft; empty where no field was changed on both sides."""
        found: list[FieldConflict] = []

        def note(pointer: str, versions: Versions) -> object:
            base, ours, theirs = (None if each is ABSENT else each for each in versions[:3])
            choices = tuple(Side) if versions.two_items else _EITHER
            found.append(FieldConflict(pointer, base, ours, theirs, choices))
            return versions.theirs if versions.ours is ABSENT else versions.ours

        merge(self._versions(), note)
        return tuple(found)

    def resolve(self, choices: Mapping[str, Side | str]) -> Draft:
        """The merged draft, with a side chosen for the pointer of each of ``fields``.

        Raises ValueError where a choice is missing, cannot be made, or is of a field that nobody has to choose.
        """
        asked = {field.pointer: field.choices for field in self.fields}
        chosen = {pointer: Side(side) for pointer, side in choices.items()}
        wrong = [pointer for pointer in asked.keys() | chosen if chosen.get(pointer) not in asked.get(pointer, ())]
        if wrong:
            raise ValueError(f"Choose one side for each field that both changed, and no other: see {sorted(wrong)}.")

        def settle(pointer: str, versions: Versions) -> object:
            return {Side.OURS: versions.ours, Side.THEIRS: versions.theirs, Side.BOTH: BOTH}[chosen[pointer]]

        merged = merge(self._versions(), settle)
        if not isinstance(merged, dict):
            raise TypeError("A draft is an object on both sides.")
        return deepcopy(merged)

    def _versions(self) -> Versions:
        return Versions(self.base, self.ours, self.theirs)
