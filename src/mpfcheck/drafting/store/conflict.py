"""A draft that was changed here and elsewhere: what both sides made of it, and how to make one draft of the two."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from enum import StrEnum

from mpfcheck.drafting.store.merge import ABSENT, Versions, merge
from mpfcheck.drafting.store.plain_json import Draft
from mpfcheck.frozen import Frozen

__all__ = ["Conflict", "FieldConflict", "Side"]


class Side(StrEnum):
    """Whose answer is kept."""

    OURS = "ours"
    THEIRS = "theirs"


class FieldConflict(Frozen):
    """A field, an item or a list that both sides changed differently. None stands for no answer.

    ``pointer`` says where it stands in the merged draft, in which everything that is to be chosen still has its place.
    """

    pointer: str
    base: object
    ours: object
    theirs: object


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
            found.append(FieldConflict(pointer, *(None if each is ABSENT else each for each in versions)))
            return versions.theirs if versions.ours is ABSENT else versions.ours

        merge(self._versions(), note)
        return tuple(found)

    def resolve(self, choices: Mapping[str, Side | str]) -> Draft:
        """The merged draft, with a side chosen for the pointer of each of ``fields``.

        Raises ValueError where a choice is missing, or is of a field that nobody has to choose.
        """
        open_choices = {field.pointer for field in self.fields}
        if wrong := open_choices ^ set(choices):
            raise ValueError(f"Choose a side for {', '.join(sorted(open_choices))}; given or missing: {sorted(wrong)}.")
        chosen = {pointer: Side(side) for pointer, side in choices.items()}

        def settle(pointer: str, versions: Versions) -> object:
            return versions.ours if chosen[pointer] is Side.OURS else versions.theirs

        merged = merge(self._versions(), settle)
        if not isinstance(merged, dict):
            raise TypeError("A draft is an object on both sides.")
        return deepcopy(merged)

    def _versions(self) -> Versions:
        return Versions(self.base, self.ours, self.theirs)
