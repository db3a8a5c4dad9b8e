"""What an output never takes the place of: the files that the same command reads."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence

import click

from mpfcheck.cli.output import is_standard
from mpfcheck.plain import plain

__all__ = ["keep_files", "keep_inputs"]


def keep_files(output: str | None, *files: str | None) -> None:
    """Refuse an output in the place of one of these files, whatever they hold, also by a link.

    Raises click.UsageError.
    """
    _keep(output, (path for path in files if path is not None), "--output")


def keep_inputs(paths: Sequence[str], output: str | None, *, option: str = "--output") -> None:
    """Refuse an output in the place of an input, given by itself or with its folder.

    An older report in a folder is no input, and may be replaced. Raises click.UsageError; ``option`` named the output.
    """
    _keep(output, paths, option)
    folders = [path for path in paths if os.path.isdir(path)]
    if folders and output is not None and os.path.isfile(output):
        # Most inputs are files.
        from mpfcheck.reading.inputs import is_report

        if not is_report(output):
            _keep(output, _found(folders), option)


def _found(folders: Sequence[str]) -> Iterator[str]:
    from mpfcheck.reading.folder import walk

    return (path for folder in folders for path in walk(folder) if isinstance(path, str))


def _keep(output: str | None, files: Iterable[str], option: str) -> None:
    # Where no file is yet, or what is there is no file, nothing can be lost.
    if output is None or is_standard(output) or not os.path.isfile(output):
        return
    replaced = os.stat(output)
    for path in files:
        found = _status(path)
        if found is not None and os.path.samestat(found, replaced):
            name = "standard input" if path == "-" else path
            raise click.UsageError(
                plain(f"The output would overwrite {name}, an input of this command. Choose another {option}.")
            )


def _status(path: str) -> os.stat_result | None:
    """What is at a path, which may be standard input; None where nothing can be."""
    try:
        return os.fstat(sys.stdin.fileno()) if path == "-" else os.stat(path)
    except (AttributeError, OSError, ValueError):
        # Behind standard input there may be no file, and a name may be none that the system takes.
        return None
