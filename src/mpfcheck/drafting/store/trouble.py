"""What can go wrong with a draft on disk: what it is, where, and what to do, in the applicant's words.

Nothing here loses an answer: what was typed stays in memory, and the front end offers another place.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mpfcheck.checking.report import Problem
    from mpfcheck.drafting.store.conflict import Conflict
    from mpfcheck.drafting.store.generation import Generation
    from mpfcheck.drafting.store.holder import Holder

__all__ = [
    "DraftChangedError",
    "DraftError",
    "DraftExistsError",
    "DraftInUseError",
    "DraftMissingError",
    "DraftNotSavedError",
    "DraftReadOnlyError",
    "DraftTakenOverError",
    "DraftUnreadableError",
    "printable",
    "why_not",
]

_ELSEWHERE: Final = "or save the draft in another place"


class DraftError(Exception):
    """Something is wrong with a draft: ``message`` says what and where, ``hint`` what to do.

    ``kept`` is the generation that holds what could not be saved in its place, None where there is none.
    """

    def __init__(self, path: str | Path, message: str, hint: str) -> None:
        super().__init__(f"{message} {hint}".rstrip())
        self.path = Path(path)
        self.message = message
        self.hint = hint
        self.kept: Generation | None = None


class DraftMissingError(DraftError):
    """There is no file, or it is no longer there."""


class DraftExistsError(DraftError):
    """There is a file already where a new one should be."""


class DraftReadOnlyError(DraftError):
    """The draft was opened to read only."""


class DraftNotSavedError(DraftError):
    """The system did not let the file be written, moved or read."""


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


class DraftInUseError(DraftError):
    """Somebody has the draft open: ``holder`` says who, None where it is not known."""

    def __init__(self, path: str | Path, holder: Holder | None) -> None:
        who = "Somebody" if holder is None else str(holder)
        hint = "Close it there, open it here to read only, work on a copy, or take it over."
        super().__init__(path, f"{who} has {printable(path)} open.", hint)
        self.holder = holder


class DraftTakenOverError(DraftError):
    """Somebody took the draft over while it was open here: ``holder`` says who, None where it is not known."""

    def __init__(self, path: str | Path, holder: Holder | None) -> None:
        who = "Somebody" if holder is None else str(holder)
        hint = "Save your answers in another place, or take the draft back."
        super().__init__(path, f"{who} took over {printable(path)}, so it was not saved here.", hint)
        self.holder = holder


class DraftChangedError(DraftError):
    """The file was changed by somebody else since it was read or saved here: ``conflict`` holds both sides."""

    def __init__(self, path: str | Path, conflict: Conflict) -> None:
        number = len(conflict.fields)
        fields = {0: "", 1: " One field was changed on both sides."}
        both = fields.get(number, f" {number} fields were changed on both sides.")
        hint = "Choose which answers to keep." if number else "Both can be kept: nothing was changed twice."
        super().__init__(path, f"{printable(path)} was changed elsewhere since you opened it.{both}", hint)
        self.conflict = conflict


def why_not(error: OSError | ValueError, path: str | Path, done: str = "saved") -> DraftNotSavedError:
    """The error to raise where the system did not let a file be ``done``."""
    name, folder = printable(path), printable(Path(path).parent)
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", None)):
        message, hint = f"There is no room left on the disk: {name} was not {done}.", "Free some space"
    elif number == errno.EROFS:
        message, hint = f"The disk of {folder} can only be read: {name} was not {done}.", "Make it writable"
    elif number in (errno.EACCES, errno.EPERM):
        message, hint = f"You may not change {name} or its folder: it was not {done}.", "Ask for the permission"
    elif number in (errno.ENOENT, errno.ENOTDIR, errno.ESTALE) and not os.path.isdir(Path(path).parent):
        message, hint = f"The folder {folder} is not there: {name} was not {done}.", "Connect its drive"
    elif number in (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ):
        message, hint = f"This disk cannot have a file named {name}.", "Choose another, shorter name"
    elif number == errno.ELOOP:
        message, hint = f"{name} is a link that leads to itself.", "Mend the link"
    else:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        message, hint = f"{name} was not {done}: {reason}.", "Try again"
    return DraftNotSavedError(path, message, f"{hint}, {_ELSEWHERE}." if done == "saved" else f"{hint}.")


def printable(path: str | Path) -> str:
    """A path for people: what is no text in it is shown as escapes. Never raises."""
    try:
        return os.fsencode(path).decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:
        return os.fspath(path).encode("utf-8", "backslashreplace").decode()
