"""What can go wrong with a draft on disk: what it is, where, and what to do, in the applicant's words.

Nothing here loses an answer: what was typed stays in memory, and the front end offers another place.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

__all__ = [
    "DraftError",
    "DraftExistsError",
    "DraftMissingError",
    "DraftNotSavedError",
    "DraftReadOnlyError",
    "printable",
    "why_not",
]

_ELSEWHERE: Final = "or save the draft in another place"


class DraftError(Exception):
    """Something is wrong with a draft: ``message`` says what and where, ``hint`` what to do.

    ``kept`` is the file that holds what could not be saved in its place, None where there is none.
    """

    def __init__(self, path: str | Path, message: str, hint: str) -> None:
        super().__init__(f"{message} {hint}".rstrip())
        self.path = Path(path)
        self.message = message
        self.hint = hint
        self.kept: Path | None = None

    def in_words(self) -> str:
        """What is wrong, what to do, and where the answers are kept meanwhile."""
        return str(self) if self.kept is None else f"{self} Your answers are kept in {printable(self.kept)}."


class DraftMissingError(DraftError):
    """There is no file, or it is no longer there."""


class DraftExistsError(DraftError):
    """There is a file already where a new one should be."""


class DraftReadOnlyError(DraftError):
    """The draft was opened to read only."""


class DraftNotSavedError(DraftError):
    """The system did not let the file be written, moved or read."""


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
        message, hint = f"The folder {folder} is not there: {name} was not {done}.", "Make it, or connect its drive"
    elif number in (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ):
        message, hint = f"This disk cannot have a file named {name}.", "Choose another, shorter name"
    elif number == errno.ELOOP:
        message, hint = f"{name} is a link that leads to itself.", "Repair the link"
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
