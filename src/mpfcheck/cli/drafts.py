"""A draft that a command works on, opened as the front ends open it, with their errors as those of the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mpfcheck.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from mpfcheck.drafting.desk import Work

__all__ = ["DraftFileError", "open_draft"]


class DraftFileError(click.ClickException):
    """A draft that cannot be opened or saved."""

    exit_code = ExitCode.INPUT


@contextmanager
def open_draft(path: Path, call_id: str | None, folders: tuple[Path, ...], *, read_only: bool = True) -> Iterator[Work]:
    """Open a draft, only to read it unless it is to be changed, and close it again.

    Raises DraftFileError where it cannot be opened or saved, BrokenPackError for a call that cannot be used, and
    click.UsageError for a call that is not there or asks nothing.
    """
    from mpfcheck.cli.usage import usage_errors
    from mpfcheck.drafting.desk import Desk
    from mpfcheck.drafting.store.errors import DraftError, printable
    from mpfcheck.plain import plain

    with usage_errors():
        try:
            work = Desk(folders).open(path, call_id=call_id, read_only=read_only)
            try:
                if work.session.scope is not None:
                    message = f"{printable(path)} is a partner's part, not a draft."
                    raise DraftError(
                        path, message, "Fill it in with mpfcheck apply. Bring it back with mpfcheck part merge."
                    )
                yield work
            finally:
                work.file.close()
        except DraftError as error:
            raise DraftFileError(plain(f"{error.message} {error.hint}".strip())) from None
