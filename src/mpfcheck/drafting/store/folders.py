"""Where drafts and their histories lie on this computer, and names for their files that every platform allows."""

from __future__ import annotations

import errno
import os
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from mpfcheck.drafting.store.errors import DraftNotSavedError, printable, why_not
from mpfcheck.frozen import Frozen

__all__ = ["DRAFTS_VARIABLE", "Folders", "checked_name", "free_path", "possible_path", "unused_path"]

DRAFTS_VARIABLE: Final = "MPFCHECK_DRAFTS"
"""The environment variable that names another folder for drafts, such as one's own on a shared computer."""


class Folders(Frozen):
    """``drafts`` holds the drafts nobody gave another place; ``state`` their history and the recently opened ones."""

    drafts: Path
    state: Path

    @classmethod
    def of_this_user(cls, environment: Mapping[str, str] | None = None) -> Folders:
        """The platform's folders for the data and the state of this user, or those of ``MPFCHECK_DRAFTS``.

        With that variable the history lies below the folder it names too: who takes their drafts off a shared computer
        takes everything along.
        """
        folder = (os.environ if environment is None else environment).get(DRAFTS_VARIABLE)
        if folder:
            drafts = Path(folder).expanduser().absolute()
            return cls(drafts, drafts / ".mpfcheck")
        # Only those who open a draft pay for this import.
        from platformdirs import PlatformDirs

        places = PlatformDirs("mpfcheck", appauthor=False)
        return cls(Path(places.user_data_path, "drafts"), places.user_state_path)

    @property
    def trash(self) -> Path:
        """Where deleted drafts go."""
        return self.drafts / "trash"

    def check_place(self, path: Path) -> None:
        """Raise DraftNotSavedError where a new draft has no folder to be in: a slip in the path must make none.

        The folder for drafts is made when it is needed.
        """
        folder = os.path.dirname(os.path.realpath(possible_path(path)))
        if not os.path.isdir(folder) and folder != os.path.realpath(self.drafts):
            raise why_not(FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)), path)


_LONGEST: Final = 60
_MOST_BYTES: Final = 240
"""No usual disk has names of more than 255 bytes, ending and number included."""
_ENDING: Final = ".json"
_UNNAMED: Final = "proposal"
_apart: Final = re.compile(r"[\W_]+")
_is_device = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE).match
_forbidden: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_no_character: Final = re.compile("[\ud800-\udfff]")


def free_path(folder: Path, title: str) -> Path:
    """A path in a folder that no file has, made of the words of a title: ``safer-documents-2.json``."""
    words = _apart.sub("-", unicodedata.normalize("NFC", title)).strip("-").casefold()[:_LONGEST].strip("-")
    name = _UNNAMED if not words or _is_device(words) else words
    return unused_path(folder, name)


def possible_path(path: str | Path) -> Path:
    """The path in full; raises DraftNotSavedError where no file can be there, whatever the disk."""
    try:
        possible = b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        possible = False
    if not possible:
        raise DraftNotSavedError(path, f"No file can have the name {printable(path)!r}.", "Type another name.")
    return Path(path).absolute()


def checked_name(name: str) -> str:
    """A name that somebody typed, with its ending; raises DraftNotSavedError where not every platform can have it."""
    name = name.strip()
    if name.casefold().endswith(_ENDING):
        name = name[: -len(_ENDING)].strip()
    if bad := (_forbidden.search(name) or _no_character.search(name)):
        message = f"The name of a file cannot have {bad[0]!r} in it."
        raise DraftNotSavedError(name, message, "Use letters, digits, blanks and hyphens.")
    if not name or name.startswith(".") or name.endswith("."):
        message = "The name of a file cannot be empty, nor start or end with a point."
        raise DraftNotSavedError(name, message, "Type a name, such as safer-documents.")
    if _is_device(name):
        raise DraftNotSavedError(name, f"Windows keeps the name {name} for itself.", "Type another name.")
    return f"{name}{_ENDING}"


def unused_path(folder: Path, name: str) -> Path:
    """A path in a folder that no file has: this name, with a number behind it where it is taken."""
    while len(os.fsencode(name)) > _MOST_BYTES:
        name = name[:-1]
    path, number = folder / f"{name}{_ENDING}", 1
    while os.path.lexists(path):
        number += 1
        path = folder / f"{name}-{number}{_ENDING}"
    return path
