"""What people call the codes of code lists; a list is read when one of its labels is first asked for."""

from __future__ import annotations

from collections.abc import Callable

from mpfcheck.packs.code_list import CodeList

__all__ = ["NO_LABELS", "Labels"]


class Labels:
    """The labels of codes, by code list.

    ``read`` finds a code list by its id (None where there is none). Threads may share it: reading twice does no harm.
    """

    __slots__ = ("_known", "_read")

    def __init__(self, read: Callable[[str], CodeList | None]) -> None:
        self._read = read
        self._known: dict[str, dict[str, str]] = {}

    def code_list(self, code_list: str) -> CodeList | None:
        """Find a code list by its id, also one that no condition names; None where there is none."""
        return self._read(code_list)

    def label(self, code_list: str, code: str) -> str:
        """Tell what people call a code; the code itself where nothing else is known."""
        known = self._known.get(code_list)
        if known is None:
            known = self._known[code_list] = self._labels_of(code_list)
        return known.get(code, code)

    def _labels_of(self, code_list: str) -> dict[str, str]:
        found = self._read(code_list)
        if found is None:
            return {}
        base = self._read(found.of) if found.of else None
        taken = {member.code: member.label for member in base.members} if base else {}
        members = (*found.members, *found.candidates)
        return {member.code: member.label or taken.get(member.code) or member.code for member in members}


NO_LABELS = Labels(lambda _: None)
