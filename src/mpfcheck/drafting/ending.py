"""How an applicant left: which draft was open, and where it stands."""

from __future__ import annotations

from pathlib import Path

from mpfcheck.checking.report import Verdict
from mpfcheck.frozen import Frozen

__all__ = ["Ending"]


class Ending(Frozen):
    """What a front end gives back. ``path`` and ``verdict`` are None where no draft was open.

    ``saved`` is false where the last answers could not be saved at ``path``; ``interrupted`` tells of Ctrl+C.
    ``signal`` is the number of the signal that ended the program (a hang-up, a request to end), None for any other end.
    """

    path: Path | None = None
    verdict: Verdict | None = None
    saved: bool = True
    interrupted: bool = False
    signal: int | None = None
