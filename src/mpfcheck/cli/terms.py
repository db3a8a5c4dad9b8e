"""Under what terms a run checks: small, and can be sent from one process to another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mpfcheck.cli.batch import Batch
from mpfcheck.cli.library import Library
from mpfcheck.cli.outcome import Outcome
from mpfcheck.frozen import Frozen

__all__ = ["Terms"]


class Terms(Frozen):
    """What the command line says of calls, rules, parameters and exit codes.

    ``for_people`` is a report without checksums, whose places are found on demand; ``as_lines`` one that is written
    line by line, each line by itself.
    """

    folders: tuple[Path, ...]
    call_id: str | None
    day: date | None
    changes: tuple[tuple[str, str], ...]
    fail_on: str
    allow_incomplete: bool
    for_people: bool = False
    as_lines: bool = False

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
