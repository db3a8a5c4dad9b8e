"""An earlier state of a draft."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from mpfcheck.drafting.store.plain_json import Draft, NoDraftError, from_json
from mpfcheck.drafting.store.trouble import DraftUnreadableError, why_not
from mpfcheck.frozen import Frozen

__all__ = ["Generation", "answers_in", "title_of"]

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
    """The title of the project, empty where there is none."""
    title = draft.get("title")
    return title if isinstance(title, str) else ""


def answers_in(value: object) -> int:
    """How many answers a JSON value has: texts, numbers and yes or no, wherever they stand; null is none."""
    if isinstance(value, dict):
        return sum(map(answers_in, value.values()))
    if isinstance(value, list):
        return sum(map(answers_in, value))
    return int(value is not None)


def _checksum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
