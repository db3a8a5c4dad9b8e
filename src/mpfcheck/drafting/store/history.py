"""What is kept about one draft beside its file: earlier states, and typed texts that were not understood.

It is kept in the state folder of the platform, by the draft's own path, and not beside the draft: a proposal may lie in
a shared or mailed folder, and everything that was ever typed is not for everybody who may read the proposal.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from mpfcheck.drafting.store.generation import Generation
from mpfcheck.drafting.store.plain_json import NoDraftError, as_json, from_json
from mpfcheck.drafting.store.thinning import worth_keeping
from mpfcheck.drafting.store.trouble import printable
from mpfcheck.drafting.store.whole_file import clear_leftovers, make_folder, read_file, write_file

__all__ = ["History"]

_UNFINISHED: Final = "unfinished.json"
_TYPING: Final = "typing.json"
_OF: Final = "draft.txt"
"""Holds the path of the draft, for people who look for a lost one."""


class History:
    """What is kept about the draft at a path, in a folder below ``state``. Nothing is made before it is needed."""

    def __init__(self, state: Path, draft: Path) -> None:
        key = hashlib.sha256(os.fsencode(os.path.normcase(os.path.realpath(draft)))).hexdigest()[:16]
        self.folder = state / "history" / key
        self._draft = draft

    def generations(self) -> tuple[Generation, ...]:
        """The earlier states that are whole, newest first; none where they cannot be read."""
        with suppress(OSError):
            listed = self._listed()
            # One too many is there where a process was killed between keeping one and letting another go.
            kept = worth_keeping([generation.when for generation in listed])
            return tuple(each for each in listed if each.when in kept and each.data() is not None)
        return ()

    def add(self, data: bytes, when: datetime, *, saved: bool = True) -> Generation:
        """Keep a state, and no more of the others than are worth it; raises OSError."""
        self._make()
        listed = self._listed()
        if listed:
            # The order of the names is the order of the saves, also where the clock was put back.
            when = max(when, listed[0].when + timedelta(microseconds=1))
        new = Generation.named(self.folder, when, data, saved=saved)
        # The draft itself waits for the disk. A generation that a loss of power damages is known by its checksum.
        write_file(new.path, data, lasting=False)
        kept = worth_keeping([new.when, *(generation.when for generation in listed)])
        for generation in listed:
            if generation.when not in kept:
                generation.path.unlink(missing_ok=True)
        return new

    def clear_leftovers(self) -> None:
        """Take away what a killed process left. Only for who has the draft open."""
        clear_leftovers(self.folder)

    def is_empty(self) -> bool:
        """Whether no state was kept yet; raises OSError."""
        return not self._listed()

    def unfinished(self) -> dict[str, str]:
        """The typed texts that were not understood, by JSON Pointer; none where they cannot be read."""
        return self._texts(_UNFINISHED)

    def keep_unfinished(self, texts: Mapping[str, str]) -> None:
        """Remember these typed texts and no others; raises OSError."""
        self._keep_texts(_UNFINISHED, texts, lasting=True)

    def typing(self) -> dict[str, str]:
        """The texts that were still being typed, by JSON Pointer; none where all is saved."""
        return self._texts(_TYPING)

    def keep_typing(self, texts: Mapping[str, str]) -> None:
        """Remember what is being typed, and nothing else; raises OSError.

        It does not wait for the disk: it is written every few letters, and the end of a program takes nothing from it.
        """
        self._keep_texts(_TYPING, texts, lasting=False)

    def _texts(self, name: str) -> dict[str, str]:
        try:
            data = read_file(self.folder / name)
            texts = {} if data is None else from_json(data)
        except (NoDraftError, OSError):
            return {}
        return {pointer: text for pointer, text in texts.items() if isinstance(text, str)}

    def _keep_texts(self, name: str, texts: Mapping[str, str], *, lasting: bool) -> None:
        if texts:
            self._make()
            write_file(self.folder / name, as_json(dict(texts)), lasting=lasting)
        else:
            (self.folder / name).unlink(missing_ok=True)

    def follow(self, new: History) -> None:
        """Move to where the history of another path is kept, which the draft has now; raises OSError."""
        if os.path.isdir(self.folder):
            if os.path.isdir(new.folder):
                # Of a file that had this path and is gone: its states stay with the others.
                for each in new.folder.iterdir():
                    if Generation.at(each) and not (self.folder / each.name).exists():
                        each.replace(self.folder / each.name)
                shutil.rmtree(new.folder)
            self.folder.replace(new.folder)
            new._say_of()

    def _listed(self) -> list[Generation]:
        try:
            names = sorted(os.listdir(self.folder), reverse=True)
        except FileNotFoundError:
            return []
        return [found for name in names if (found := Generation.at(self.folder / name))]

    def _make(self) -> None:
        if not os.path.isdir(self.folder):
            make_folder(self.folder)
            self._say_of()

    def _say_of(self) -> None:
        write_file(self.folder / _OF, f"{printable(os.path.realpath(self._draft))}\n".encode(), lasting=False)
