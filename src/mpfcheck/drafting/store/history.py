"""What is kept about one draft beside its file: earlier states, and typed texts that are not answers.

It is kept in the state folder of the platform, by the draft's own path, and not beside the draft: a proposal may lie in
a shared or mailed folder, and everything that was ever typed is not for everybody who may read the proposal.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from mpfcheck.checking.report import Problem
from mpfcheck.drafting.store.errors import DraftError, printable, why_not
from mpfcheck.drafting.store.json_file import (
    Draft,
    NoDraftError,
    as_json,
    clear_leftovers,
    from_json,
    make_folder,
    read_file,
    write_file,
)
from mpfcheck.frozen import Frozen
from mpfcheck.proposal.codes import COMMENTS

__all__ = ["KEPT", "DraftUnreadableError", "Generation", "History", "answers_in", "title_of", "worth_keeping"]


class DraftUnreadableError(DraftError):
    """The file is no proposal, so it is not overwritten; ``problems`` says why.

    ``generations`` are the states of this draft that were saved before, newest first.
    """

    def __init__(
        self, path: str | Path, problems: tuple[Problem, ...], generations: tuple[Generation, ...] = ()
    ) -> None:
        first = problems[0]
        line = "" if first.line is None else f" (line {first.line})"
        hint = f"{first.hint} It was left as it is."
        if generations:
            hint += " An earlier state of this draft can be opened instead."
        super().__init__(path, f"{printable(path)} cannot be opened as a draft{line}: {first.message}", hint)
        self.problems = problems
        self.generations = generations


_TIME: Final = "%Y%m%dT%H%M%S.%fZ"
_named = re.compile(r"(\d{8}T\d{6}\.\d{6}Z)-([0-9a-f]{16})(-unsaved)?\.json").fullmatch


class Generation(Frozen):
    """One earlier state of a draft, kept as a proposal file of its own.

    ``saved`` is false for answers that could not be saved in their place at the time. Time and checksum stand in the
    name of the file, so that a damaged one is known as such.
    """

    path: Path
    when: datetime
    saved: bool

    @classmethod
    def named(cls, folder: Path, when: datetime, data: bytes, *, saved: bool) -> Generation:
        """The generation that holds ``data``."""
        name = f"{when.astimezone(UTC):{_TIME}}-{_checksum(data)}{'' if saved else '-unsaved'}.json"
        return cls(folder / name, when, saved)

    @classmethod
    def at(cls, path: Path) -> Generation | None:
        """The generation in a file, by its name; None for any other file."""
        parts = _named(path.name)
        if parts is None:
            return None
        try:
            when = datetime.fromisoformat(parts[1])
        except ValueError:
            return None
        return cls(path, when, parts[3] is None)

    def data(self) -> bytes | None:
        """The file as it was saved, None where it is damaged or gone; raises OSError."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return None
        parts = _named(self.path.name)
        return data if parts and parts[2] == _checksum(data) else None

    def draft(self) -> Draft:
        """The draft as it was; raises DraftError where it cannot be read."""
        try:
            return from_json(self.path.read_bytes())
        except OSError as error:
            raise why_not(error, self.path, "read") from error
        except NoDraftError as error:
            raise DraftUnreadableError(self.path, error.problems) from error

    @property
    def title(self) -> str:
        """The title of the project then; empty where there was none. Raises DraftError."""
        return title_of(self.draft())

    @property
    def answers(self) -> int:
        """How many answers it had. Raises DraftError."""
        return answers_in(self.draft())


def title_of(draft: Draft) -> str:
    """The title of the project, or whose part it is; empty where there is none."""
    title = draft.get("title")
    part = draft.get("part")
    if title is None and isinstance(part, dict) and isinstance(part.get("name"), str):
        return f"Part of {part['name']}"
    return title if isinstance(title, str) else ""


def answers_in(value: object) -> int:
    """How many answers a JSON value has: texts, numbers and yes or no, wherever they stand; null is none.

    Comments are none, and neither is what a part says of itself.
    """
    if isinstance(value, dict):
        return sum(answers_in(inner) for name, inner in value.items() if name not in (COMMENTS, "part"))
    if isinstance(value, list):
        return sum(map(answers_in, value))
    return int(value is not None)


def _checksum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


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

    def part(self, part_id: str) -> Draft:
        """What is known of a part of this draft since it was brought back; empty where it never was."""
        with suppress(NoDraftError, OSError):
            data = read_file(self._of_part(part_id))
            return {} if data is None else from_json(data)
        return {}

    def keep_part(self, part_id: str, memory: Draft) -> None:
        """Remember a part that was brought back; raises OSError."""
        self._make()
        write_file(self._of_part(part_id), as_json(memory), lasting=False)

    def _of_part(self, part_id: str) -> Path:
        # The id comes from elsewhere, and is no name for a file.
        return self.folder / f"part-{hashlib.sha256(part_id.encode('utf-8', 'replace')).hexdigest()[:16]}.json"

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


KEPT: Final = 10
"""How many generations of a draft are kept."""

_NEWEST: Final = 3
_QUARTERS: Final = 4
_DAYS: Final = 4
_QUARTER: Final = timedelta(minutes=15)
_DAY: Final = timedelta(days=1)
_START: Final = datetime(2000, 1, 1, tzinfo=UTC)


def worth_keeping(times: Sequence[datetime]) -> frozenset[datetime]:
    """The times to keep, at most ten.

    They are the first of all, the three newest, the last one in each of the four latest quarters of an hour and in each
    of the four latest days (UTC) with a save in them. Where some of these are the same, newer ones fill the places.

    What is left out once would never be chosen later, so thinning after every save keeps the same as thinning once.
    """
    newest_first = sorted(set(times), reverse=True)
    chosen = {*newest_first[:_NEWEST], *newest_first[-1:]}
    chosen.update(_last_in_each(newest_first, _QUARTER)[:_QUARTERS])
    chosen.update(_last_in_each(newest_first, _DAY)[:_DAYS])
    for time in newest_first:
        if len(chosen) >= KEPT:
            break
        chosen.add(time)
    return frozenset(chosen)


def _last_in_each(newest_first: Sequence[datetime], span: timedelta) -> list[datetime]:
    last: dict[int, datetime] = {}
    for time in newest_first:
        last.setdefault((time - _START) // span, time)
    return list(last.values())
