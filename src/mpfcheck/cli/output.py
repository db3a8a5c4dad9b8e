"""Where reports go: standard output, or a file that is there whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from itertools import count
from typing import IO, TYPE_CHECKING, Literal, TextIO, TypeVar

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.plain import plain
from mpfcheck.report.style import Style
from mpfcheck.version import __version__

if TYPE_CHECKING:
    from mpfcheck.report.blocks import Block
    from mpfcheck.report.reporter import Write, WriteBytes

__all__ = [
    "PAGE_FORMATS",
    "OutputError",
    "OutputFile",
    "document",
    "is_full",
    "is_standard",
    "output",
    "page_text",
    "show",
    "style_for",
    "width_for",
    "write_whole",
]

Piece = TypeVar("Piece", str, bytes)

WIDEST = 80
"""Longer lines are harder to read, however wide the window."""
NARROWEST = 40
PAGE_FORMATS = ("text", "markdown", "html")
"""The formats of pages other than reports."""
_RULE_FILE = re.compile(r".*\.ya?ml|annex\.schema\..*json")
"""The names of files that rules are read from, in many places; no output of ours has such a name."""
LONGEST_NAME = 255
"""Bytes that the name of a file may have nearly everywhere."""


class OutputError(click.ClickException):
    """An output that cannot be written, though its place was good at the start; the message names it as it was given.

    It also says what became of the output: a file takes its place only when it is whole, a stream keeps what it took.
    """

    exit_code = ExitCode.INCONCLUSIVE

    def __init__(self, path: str | None, error: OSError, *, whole: bool = False) -> None:
        """Say it of an output, None for standard output; ``whole``: the file appears only when it is complete."""
        self.path = path
        name = "standard output" if path is None else path
        left = "Nothing was written." if whole else "The output is not complete."
        other = "write to another place" if path is None else "choose another --output"
        hint = f"Make room, or {other}." if is_full(error) else f"{other.capitalize()}."
        reason = error.strerror or str(error)
        super().__init__(plain(f"The output cannot be written to {name}: {reason}. {left} {hint}"))


def is_full(error: OSError) -> bool:
    """Tell whether there is no room for more to be written."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class OutputFile:
    """Where a report goes. Set ``partial`` before leaving where it is not whole: it never replaces an older one.

    ``path`` is the file it went to, once that is known; None for standard output and devices.
    """

    def __init__(self, write: Write, write_bytes: WriteBytes, *, terminal: bool = False) -> None:
        """Write text with ``write``, or a format that is not text with ``write_bytes``; never both.

        ``write_utf8`` takes text that is UTF-8 already. Where a person sees it, it is text like any other.
        """
        self.write = write
        self.write_bytes = write_bytes
        self.write_utf8: WriteBytes = (lambda data: write(data.decode())) if terminal else write_bytes
        self.partial = False
        self.path: str | None = None


@contextmanager
def output(path: str | None, *, marked: bool = True) -> Iterator[OutputFile]:
    """Open the output. A file takes its place only at the end, and only if there was no error on the way.

    A partial report goes beside an older file of the name. Where nothing in the format marks it as partial (``marked``
    is false), its name does, whether there is an older file or not, and its last line has no end.
    Raises click.UsageError where the file cannot be written, and :class:`OutputError` where it no longer can.
    """
    if path is None or is_standard(path):
        yield OutputFile(
            _naming(sys.stdout.write, None), _naming(sys.stdout.buffer.write, None), terminal=sys.stdout.isatty()
        )
        with _refusing(None):
            sys.stdout.flush()
        return
    status = _status(path)
    if status is not None and not stat.S_ISREG(status.st_mode):
        with _refusing(path), _open(path, "w") as file:
            yield OutputFile(_naming(file.write, path), _naming(file.buffer.write, path))
        return
    # Only who writes to a file pays for these imports.
    from tempfile import TemporaryFile

    target = os.path.realpath(path)
    if status is not None and not os.access(target, os.W_OK):
        raise _unwritable(path, "The file is write-protected.")
    try:
        # Without a name, so that nothing of it is left behind however the run ends.
        nameless = TemporaryFile(dir=os.path.dirname(target))  # noqa: SIM115 - closed below
    except OSError as error:
        raise _unwritable(path, f"{error.strerror}.") from None
    text = TextIOWrapper(nameless, encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        destination = OutputFile(_naming(text.write, path, whole=True), _naming(nameless.write, path, whole=True))
        yield destination
        partial = destination.partial and (status is not None or not marked)
        place = _beside(target) if partial else target
        with _refusing(path, whole=True):
            text.flush()
            if destination.partial and not marked:
                _leave_unended(nameless)
            nameless.seek(0)
            _put(nameless, place, status)
        destination.path = os.path.join(os.path.dirname(path), os.path.basename(place)) if partial else path
    finally:
        # What could not be written before cannot be written now either, and that was said.
        with suppress(OSError):
            text.close()


def write_whole(path: str, data: bytes, *, keep: str | None = None) -> None:
    """Write a file of bytes, whole or not at all; ``keep`` is a file that it must not take the place of.

    Raises click.UsageError and :class:`OutputError` as :func:`output` does.
    """
    if keep is not None and os.path.exists(path) and os.path.exists(keep) and os.path.samefile(path, keep):
        raise _unwritable(path, "It is the draft itself. Choose another name.")
    with output(path) as destination:
        destination.write_bytes(data)


def _leave_unended(content: IO[bytes]) -> None:
    """Take the last line end away, which every whole report has: rows and lines read the same without it."""
    length = content.seek(0, os.SEEK_END)
    content.seek(max(0, length - 2))
    end = content.read()
    content.truncate(length - len(end) + len(end.rstrip(b"\r\n")))


def _put(content: IO[bytes], place: str, older: os.stat_result | None) -> None:
    """Copy to a file of this name at once, with mode and owner of an older one. Raises OSError."""
    from secrets import token_hex
    from shutil import copyfileobj

    # A name of its own length: the user's may have as many bytes as a name can have.
    beside = os.path.join(os.path.dirname(place), f".mpfcheck-{os.getpid()}-{token_hex(4)}.tmp")
    try:
        with open(beside, "xb") as file:
            copyfileobj(content, file)
            file.flush()
            if older is not None and not _as_before(file.fileno(), older):
                # Only in its own place can the file stay whose it is.
                _overwrite(content, place)
                os.unlink(beside)
                return
            os.fsync(file.fileno())
        os.replace(beside, place)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def _as_before(descriptor: int, older: os.stat_result) -> bool:
    """Give a new file mode and owner of an older one; False where that is not allowed."""
    if not hasattr(os, "fchown"):
        return True
    now = os.fstat(descriptor)
    try:
        if (now.st_uid, now.st_gid) != (older.st_uid, older.st_gid):
            os.fchown(descriptor, older.st_uid, older.st_gid)
    except OSError:
        return False
    os.fchmod(descriptor, stat.S_IMODE(older.st_mode))
    return True


def _overwrite(content: IO[bytes], place: str) -> None:
    from shutil import copyfileobj

    content.seek(0)
    with open(place, "r+b") as file:
        copyfileobj(content, file)
        file.truncate()


def _beside(target: str) -> str:
    """A free name beside a file that says what it is: ``report.incomplete.json`` for ``report.json``."""
    folder, name = os.path.split(target)
    stem, ending = os.path.splitext(name)
    for number in count(1):
        mark = f".incomplete{'' if number == 1 else f'-{number}'}{ending}"
        most = LONGEST_NAME - len(os.fsencode(mark))
        shortened = os.fsencode(stem)[:most].decode(errors="ignore") if len(os.fsencode(stem)) > most else stem
        place = os.path.join(folder, f"{shortened}{mark}")
        if not os.path.lexists(place):
            return place
    raise AssertionError  # pragma: no cover - there is no end to numbers


def _naming(write: Callable[[Piece], object], path: str | None, *, whole: bool = False) -> Callable[[Piece], object]:
    def named(piece: Piece) -> object:
        # Once for every piece of a report: a context manager would take longer than the write.
        try:
            return write(piece)
        except OSError as error:
            raise _refusal(path, error, whole=whole) from None

    return named


@contextmanager
def _refusing(path: str | None, *, whole: bool = False) -> Iterator[None]:
    """Say of an output, by the user's own name for it, that the system refuses to take more."""
    try:
        yield
    except OSError as error:
        raise _refusal(path, error, whole=whole) from None


def _refusal(path: str | None, error: OSError, *, whole: bool) -> Exception:
    """What to say of an output that the system refuses to take more of; a pipe nobody reads from is said elsewhere."""
    return error if isinstance(error, BrokenPipeError) else OutputError(path, error, whole=whole)


def _status(path: str) -> os.stat_result | None:
    """What is at the place of the output, None where nothing is. Raises click.UsageError where nothing can be."""
    if not path:
        raise click.UsageError("--output needs the name of a file, or - for standard output.")
    try:
        status = os.stat(path)
    except FileNotFoundError:
        folder = os.path.dirname(os.path.realpath(path))
        if not os.path.isdir(folder):
            raise _unwritable(path, f"There is no folder {folder}.") from None
        return None
    except (OSError, ValueError) as error:
        raise _unwritable(path, f"{getattr(error, 'strerror', None) or error}.") from None
    if stat.S_ISDIR(status.st_mode):
        raise _unwritable(path, "It is a folder. Give the name of a file in it.")
    if _RULE_FILE.fullmatch(os.path.basename(os.path.realpath(path))):
        raise _unwritable(path, "It may be a rule file. Choose another --output.")
    return status


def _open(path: str, mode: Literal["w"]) -> TextIO:
    try:
        return open(path, mode, encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise _unwritable(path, f"{error.strerror}.") from None


def _unwritable(path: str, why: str) -> click.UsageError:
    return click.UsageError(plain(f"The output cannot be written to {path}. {why}"))


def is_standard(path: str | None) -> bool:
    """Tell whether an output is standard output."""
    return path is None or path == "-"


def style_for(stream: TextIO) -> Style:
    """Colour where a person looks and has not asked for none (``NO_COLOR``); ``FORCE_COLOR`` asks for it anywhere."""
    if os.environ.get("NO_COLOR"):
        return Style(colour=False)
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return Style(colour=True)
    return Style(colour=stream.isatty() and os.environ.get("TERM") != "dumb")


def width_for(stream: TextIO, widest: int = WIDEST) -> int:
    """The columns of the window, but no more than are good to read."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return WIDEST
    return max(NARROWEST, min(columns, widest)) if columns else WIDEST


def show(blocks: Iterable[Block], format_name: str = "text", title: str = "", widest: int = WIDEST) -> None:
    """Write blocks to standard output: as text that fits its window, or in another of the :data:`PAGE_FORMATS`."""
    if format_name == "text":
        click.echo(page_text(blocks, sys.stdout, widest), nl=False)
    else:
        click.echo(document(blocks, format_name, title), nl=False)


def document(blocks: Iterable[Block], format_name: str, title: str) -> str:
    """Blocks as a document of its own, in Markdown or HTML; ``title`` is that of the HTML page."""
    if format_name == "html":
        from mpfcheck.report.as_html.page import html_page

        return html_page(title, blocks, __version__)
    from mpfcheck.report.as_markdown import as_markdown

    return as_markdown(blocks).lstrip("\n")


def page_text(blocks: Iterable[Block], stream: TextIO, widest: int = WIDEST) -> str:
    """Blocks as text that fits the window of a stream."""
    from mpfcheck.report.as_text import write_blocks
    from mpfcheck.report.page import LinePage

    page = LinePage(width_for(stream, widest), style_for(stream))
    write_blocks(page, blocks)
    return page.text()
