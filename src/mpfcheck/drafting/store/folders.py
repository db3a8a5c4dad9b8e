"""Where drafts and what is kept about them lie on this computer."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from mpfcheck.frozen import Frozen

__all__ = ["DRAFTS_VARIABLE", "Folders"]

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
        given = (os.environ if environment is None else environment).get(DRAFTS_VARIABLE)
        if given:
            drafts = Path(given).expanduser().absolute()
            return cls(drafts, drafts / ".mpfcheck")
        # Only those who open a draft pay for this import.
        from platformdirs import PlatformDirs

        places = PlatformDirs("mpfcheck", appauthor=False)
        return cls(Path(places.user_data_path, "drafts"), places.user_state_path)

    @property
    def trash(self) -> Path:
        """Where deleted drafts go."""
        return self.drafts / "trash"
