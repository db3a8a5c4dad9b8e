"""The steps of an applicant's work, for undo and redo: each answered question is one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mpfcheck.drafting.document import Document
from mpfcheck.frozen import Frozen

__all__ = ["State", "Steps"]


class State(Frozen):
    """What an applicant has said so far.

    ``unfinished`` holds what was typed and not understood, by the field it stands in. ``said`` is the step that led
    here, in words; ``pointer`` where it was done.
    """

    document: Document
    unfinished: Mapping[str, str] = MappingProxyType({})
    said: str = ""
    pointer: str = ""


class Steps:
    """The states an applicant went through, and where among them they are."""

    def __init__(self, state: State) -> None:
        self._states = [state]
        self._at = 0

    @property
    def now(self) -> State:
        """The state now."""
        return self._states[self._at]

    def take(self, state: State) -> None:
        """Go on to a new state; what was undone before is gone then."""
        del self._states[self._at + 1 :]
        self._states.append(state)
        self._at += 1

    def undo(self) -> State | None:
        """Go back a step; the state whose step was undone, None where there is none."""
        if self._at == 0:
            return None
        self._at -= 1
        return self._states[self._at + 1]

    def redo(self) -> State | None:
        """Do again what was undone; the state it led to, None where there is none."""
        if self._at + 1 == len(self._states):
            return None
        self._at += 1
        return self.now

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone step."""
        return self._at + 1 < len(self._states)
