"""Under what terms a run checks: small, and can be sent from one process to another."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mpfcheck.cli.batch import Batch
from mpfcheck.cli.library import Library
from mpfcheck.cli.outcome import Outcome
from mpfcheck.frozen import Frozen

if TYPE_CHECKING:
    from mpfcheck.checking.what_if import WhatIf

__all__ = ["Terms"]


class Terms(Frozen):
    """What the command line says of calls, rules, parameters and exit codes.

    ``supposed_day`` and ``supposed_changes`` are what another run is supposed to have, to say whose verdict would be
    another. ``for_people`` is a report without checksums, whose places are found on demand; ``as_lines`` one that is
    written line by line, each line by itself; ``together`` one that tells what the proposals have in common.
    """

    folders: tuple[Path, ...]
    call_id: str | None
    day: date | None
    changes: tuple[tuple[str, str], ...]
    fail_on: str
    allow_incomplete: bool
    supposed_day: date | None = None
    supposed_changes: tuple[tuple[str, str], ...] = ()
    for_people: bool = False
    as_lines: bool = False
    together: bool = False

    def batch(self, *, for_people: bool) -> Batch:
        """What checks under these terms. Raises click.UsageError and BrokenPackError, as Batch does."""
        return Batch(
            Library(self.folders),
            call_id=self.call_id,
            day=self.day,
            changes=dict(self.changes),
            for_people=for_people,
        )

    def outcome(self) -> Outcome:
        """What counts under these terms."""
        return Outcome(fail_on=self.fail_on, allow_incomplete=self.allow_incomplete)

    def what_if(self) -> WhatIf | None:
        """What is supposed, if anything."""
        if self.supposed_day is None and not self.supposed_changes:
            return None
        # Few suppose anything, and everybody would wait for this import.
        from mpfcheck.checking.what_if import WhatIf

        return WhatIf(self.supposed_day, dict(self.supposed_changes))
