"""Paths to documents: files, folders, JSON Lines and standard input, one document after the other in constant memory.

All of them may be packed with gzip: files say so by a name that ends with ``.gz``, standard input by its first byte.
Nothing here raises for what it finds: a path that is missing, cannot be read or holds nothing is an input with a
problem. Special files (pipes, sockets, devices) are not opened, because opening one can wait for ever.
"""

from __future__ import annotations

import codecs
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import BinaryIO, Final, Protocol, cast

import jiter

from mpfcheck.checking.report import NOT_FOUND, PassedOver, Problem
from mpfcheck.frozen import Frozen
from mpfcheck.reading.document import MAX_DOCUMENT_BYTES, Document, read_proposal, too_large
from mpfcheck.reading.folder import (
    A_PART,
    LINES,
    SNIFFED,
    endings_in_words,
    printable,
    starts_as_decisions,
    starts_as_part,
    starts_as_proposal,
    starts_as_report,
    walk,
)

__all__ = [
    "STANDARD_INPUT",
    "DamagedError",
    "Input",
    "InputSource",
    "file_input",
    "is_report",
    "numbered_lines",
    "open_inputs",
    "read_file",
    "seems_one_a_line",
    "unpacked",
]


STANDARD_INPUT: Final = "-"
NO_SUCH_FILE, NO_TARGET = NOT_FOUND
READ_AT_ONCE: Final = 64 * 1024
"""Bytes. By default it is about one proposal: nearly every line of a batch would have to be put together of two."""
_PACKED: Final = ".gz"
_PACKED_START: Final = b"\x1f"
"""The first byte of what gzip packed, and of no JSON."""

PassOver = Callable[[PassedOver], object]
"""What is called with everything in a folder that is not checked."""


class InputSource(Protocol):
    """A document to be checked, from a file or from a program, where ``path`` and ``line`` are None.

    It can be sent to another process.
    """

    @property
    def path(self) -> str | None:
        """Where it is, for people."""

    @property
    def line(self) -> int | None:
        """Its line in JSON Lines."""

    @property
    def data(self) -> bytes | None:
        """Its text; None for values, and where there is none."""

    @property
    def size(self) -> int:
        """How many bytes it takes."""

    def document(self) -> Document:
        """Read it as a proposal."""


class Input(Frozen):
    """One document that was asked for: its data, unpacked, or the problem that there is none.

    ``path`` is for people: bytes in it that are no text are shown as escapes. ``line`` is its line in JSON Lines.
    """

    path: str
    line: int | None = None
    data: bytes | None = None
    problem: Problem | None = None

    # A batch has very many, and to set any fields of any class takes more than twice as long.
    def __init__(
        self, path: str, line: int | None = None, data: bytes | None = None, problem: Problem | None = None
    ) -> None:
        own = self.__dict__
        own["path"], own["line"], own["data"], own["problem"] = path, line, data, problem

    @property
    def size(self) -> int:
        """How many bytes it takes in its file; those of a blank line before it are not counted."""
        return 0 if self.data is None else len(self.data) + (self.line is not None)

    def document(self) -> Document:
        """Read it as a proposal."""
        if self.data is None:
            return Document(None, () if self.problem is None else (self.problem,))
        return read_proposal(self.data, self.line or 1)


def open_inputs(
    paths: Iterable[str | Path], standard_input: BinaryIO | None = None, pass_over: PassOver = lambda _: None
) -> Iterator[Input]:
    """The documents at these paths, in order; ``-`` is standard input, or the stream given for it. Never raises.

    A folder stands for its ``*.json``, ``*.jsonl`` and ``*.ndjson`` files, in it and below it, by name; a file whose
    name ends with ``.jsonl`` or ``.ndjson`` for its lines; any other file for one document. The names may have ``.gz``
    after them. ``pass_over`` is called with what lies in a folder and is not checked, reports of mpfcheck among it.
    """
    for given in paths:
        path = os.fspath(given)
        if path == STANDARD_INPUT:
            yield from _standard_input(standard_input)
        else:
            yield from _at(path, pass_over=pass_over)


def file_input(path: str | Path) -> Input:
    """The one document in a file. Never raises: where there is none, it has a problem."""
    name = os.fspath(path)
    if os.path.isdir(name):
        problem = Problem("This is a folder, not a file.", "Give a file, or check the folder.")
        return Input(printable(name), problem=problem)
    return next(_at(name, lines=False))


def read_file(path: str | Path) -> Document:
    """Read the one proposal in a file. Never raises: where there is none to read, the document has a problem."""
    return file_input(path).document()


def is_report(path: str) -> bool:
    """Whether a file holds a report that mpfcheck wrote as JSON; False for what cannot be read."""
    return any(one.problem is _A_REPORT for one in _at(path, lines=False)) if os.path.isfile(path) else False


_A_REPORT: Final = Problem(
    "This is a report of mpfcheck, not a proposal.", "Give the proposal. The commands verify and diff read reports."
)

_DECISIONS: Final = Problem(
    "This is a file of decisions (mpfcheck assess), not a proposal.",
    "Give the proposal. Give the decisions with --assessments.",
)


def _at(
    path: str, *, lines: bool = True, pass_over: PassOver = lambda _: None, in_folder: bool = False
) -> Iterator[Input]:
    """The documents at a path that is not standard input."""
    name = printable(path)
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            yield from _in_folder(path, pass_over)
        elif not stat.S_ISREG(mode):
            hint = "To check what a program writes, pipe it into standard input: -"
            yield Input(name, problem=Problem("Not a regular file (pipe, socket or device); skipped.", hint))
        else:
            with open(path, "rb", READ_AT_ONCE) as file:
                if path.casefold().endswith(_PACKED):
                    found = _packed(name, file, lines=lines)
                else:
                    found = _documents(name, file, os.fstat(file.fileno()).st_size, lines=lines)
                for one in found:
                    if in_folder and (one.problem is _A_REPORT or one.problem is _DECISIONS):
                        pass_over(PassedOver(name, one.problem.message))
                    elif in_folder and one.data is not None and starts_as_part(one.data[:SNIFFED]):
                        pass_over(PassedOver(name, A_PART))
                    else:
                        yield one
    except DamagedError as error:
        yield Input(name, problem=error.problem)
    except FileNotFoundError:
        if os.path.islink(path):
            yield Input(name, problem=NO_TARGET)
        elif not path.strip():
            yield Input(name, problem=Problem("This argument is empty.", "Give a file or folder, or leave it out."))
        else:
            yield Input(name, problem=NO_SUCH_FILE)
    except (OSError, ValueError) as error:
        yield Input(name, problem=_unreadable(error))


def _in_folder(folder: str, pass_over: PassOver) -> Iterator[Input]:
    empty = True
    for path in walk(folder, pass_over):
        if isinstance(path, OSError):
            empty = False
            yield Input(printable(path.filename or folder), problem=_unreadable(path))
            continue
        for one in _at(path, pass_over=pass_over, in_folder=True):
            empty = False
            yield one
    if empty:
        hint = "Give a folder with proposals. Give files with other names one by one."
        problem = Problem(f"This folder has no proposals ({endings_in_words('*')}).", hint)
        yield Input(printable(folder), problem=problem)


def _packed(name: str, file: BinaryIO, *, lines: bool) -> Iterator[Input]:
    """The documents of a file that gzip packed. Raises DamagedError."""
    with unpacked(file) as stream:
        yield from _documents(name, stream, 0, lines=lines)


def _documents(name: str, stream: BinaryIO, size: int, *, lines: bool) -> Iterator[Input]:
    """The documents of a file, unpacked: one a line where its name says so, unless it is a report."""
    # Both kinds of streams can look ahead; a report may be larger than a proposal can be.
    start = cast("BufferedReader", stream).peek(SNIFFED)[:SNIFFED]
    is_proposal = starts_as_proposal(start)
    if not is_proposal and starts_as_report(start):
        yield Input(name, problem=_A_REPORT)
    elif not is_proposal and starts_as_decisions(start):
        yield Input(name, problem=_DECISIONS)
    elif lines and name.casefold().removesuffix(_PACKED).endswith(LINES):
        yield from _lines(name, stream)
    else:
        yield _whole(name, stream, size)


def _whole(name: str, file: BinaryIO, size: int = 0) -> Input:
    """The one document of a file. No more is read than one proposal may have, even where the file grows meanwhile."""
    data = file.read(MAX_DOCUMENT_BYTES + 1) if size <= MAX_DOCUMENT_BYTES else b""
    if size > MAX_DOCUMENT_BYTES or len(data) > MAX_DOCUMENT_BYTES:
        return Input(name, problem=too_large("The file"))
    return Input(name, data=data)


def _lines(name: str, stream: BinaryIO, first: tuple[tuple[int, bytes], ...] = ()) -> Iterator[Input]:
    """The documents of JSON Lines; ``first`` holds lines, with their numbers, that were read already."""
    none = True
    for number, line in first:
        none = False
        yield Input(name, number, line)
    for number, rest in numbered_lines(stream, MAX_DOCUMENT_BYTES, first[-1][0] if first else 0):
        if none and rest is not None and (problem := _no_lines(rest)):
            yield Input(name, problem=problem)
            return
        none = False
        yield Input(name, number, rest, None if rest is not None else too_large("The line"))
    if none:
        yield Input(name, data=b"")


def _no_lines(first: bytes) -> Problem | None:
    """Why a file cannot be JSON Lines, told once and not once a line; None where its first line leaves it open."""
    if first.strip() in (b"{", b"["):
        hint = "Write each proposal on one line, or give the file a name that ends in .json."
        return Problem("This is one JSON document on several lines, not one document on each line.", hint, "", 1, 1)
    from mpfcheck.reading.encoding import decode_foreign, no_text

    foreign = decode_foreign(first) or no_text(first)
    return None if foreign is None else Problem(foreign.message, foreign.hint)


def _standard_input(stream: BinaryIO | None) -> Iterator[Input]:
    """The documents of standard input: JSON Lines where the first two lines look like it, otherwise one document."""
    try:
        buffered = _buffered(sys.stdin.buffer if stream is None else stream)
        if buffered.peek(1).startswith(_PACKED_START):
            with unpacked(buffered) as inside:
                yield from _stream(inside)
        else:
            yield from _stream(buffered)
    except DamagedError as error:
        yield Input(STANDARD_INPUT, problem=error.problem)
    except (AttributeError, OSError, ValueError) as error:
        # Without a standard input there is no buffer; a closed one raises ValueError.
        yield Input(STANDARD_INPUT, problem=_unreadable(error))


def _buffered(stream: BinaryIO) -> BufferedReader:
    """The stream as one whose first byte can be looked at."""
    return stream if isinstance(stream, BufferedReader) else BufferedReader(cast("RawIOBase", stream))


def _stream(stream: BinaryIO) -> Iterator[Input]:
    read = b""
    filled: list[tuple[int, bytes]] = []
    number = 0
    while len(filled) < 2 and len(read) <= MAX_DOCUMENT_BYTES:
        line = stream.readline(MAX_DOCUMENT_BYTES + 1 - len(read))
        if not line:
            break
        number += 1
        read += line
        if line.strip():
            filled.append((number, line.rstrip(b"\r\n")))
    if len(filled) == 2 and len(read) <= MAX_DOCUMENT_BYTES and seems_one_a_line(filled[0][1], filled[1][1]):
        yield from _lines(STANDARD_INPUT, stream, tuple(filled))
        return
    read += stream.read(MAX_DOCUMENT_BYTES + 1 - len(read))
    if len(read) > MAX_DOCUMENT_BYTES:
        yield Input(STANDARD_INPUT, problem=too_large("Standard input"))
    else:
        yield Input(STANDARD_INPUT, data=read)


def _unreadable(error: Exception) -> Problem:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Problem(f"This cannot be read: {reason}.", "Check the path and your permission to read it.")


class DamagedError(Exception):
    """Nothing more can be read; what was read before is good. ``problem`` says why, for people."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@contextmanager
def unpacked(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The bytes that a stream packed with gzip holds; the stream stays open.

    Whatever is read before the place of a damage is good. Raises DamagedError where reading meets the damage.
    """
    # Few files are packed, and a quick start is not to pay for these imports.
    import gzip
    import zlib

    any_line = False
    try:
        packed = gzip.GzipFile(fileobj=stream, mode="rb")
        packed.peek(1)
        any_line = True
        yield cast("BinaryIO", packed)
    except EOFError:
        hint = "The copy or download may be incomplete. Copy or download the file again."
        raise DamagedError(Problem("This compressed file is cut off.", hint)) from None
    except gzip.BadGzipFile as error:
        if any_line:
            more = str(error).startswith("Not a gzipped file")
            raise DamagedError(_damaged(" Other data follows after its end." if more else "")) from None
        hint = "If it is not compressed, remove .gz from its name. Otherwise compress it with gzip."
        raise DamagedError(Problem("The name ends in .gz, but the file is not compressed with gzip.", hint)) from None
    except zlib.error:
        raise DamagedError(_damaged()) from None


def _damaged(how: str = "") -> Problem:
    return Problem(f"This compressed file is damaged.{how}", "Copy or download it again, or compress it again.")


_DRAIN_BYTES: Final = 1024 * 1024

MOST_PASSED_OVER: Final = 1024**3
"""So many bytes of blank and overlong lines may stand in one stream: a few bytes, packed, can unpack to any number."""


def numbered_lines(stream: BinaryIO, most_bytes: int, before: int = 0) -> Iterator[tuple[int, bytes | None]]:
    """The lines that are not blank, with their numbers; None for one of more bytes than ``most_bytes``.

    ``before`` is how many lines of the stream were read already. Raises OSError, and DamagedError for a stream that
    has next to no documents in it.
    """
    number = before
    passed_over = 0
    while line := stream.readline(most_bytes + 2):
        number += 1
        bare = line.rstrip(b"\r\n")
        if len(bare) > most_bytes:
            passed_over += len(line)
            while not line.endswith(b"\n") and passed_over <= MOST_PASSED_OVER:
                line = stream.readline(_DRAIN_BYTES)
                if not line:
                    break
                passed_over += len(line)
            yield number, None
        elif bare and not bare.isspace():
            yield number, bare
        else:
            passed_over += len(line)
        if passed_over > MOST_PASSED_OVER:
            raise DamagedError(_no_end(number))


def seems_one_a_line(first: bytes, second: bytes) -> bool:
    """Whether two lines that are not blank start JSON Lines rather than one document over several lines."""
    first, second = first.removeprefix(codecs.BOM_UTF8).strip(), second.strip()
    if first.startswith(b"{") and second.startswith(b"{"):
        return True
    try:
        return isinstance(jiter.from_json(first), dict)
    except ValueError:
        return False


def _no_end(number: int) -> Problem:
    size = MOST_PASSED_OVER // 1024**3
    message = f"More than {size} GiB up to line {number} are not proposals. The rest was not read."
    return Problem(message, "Check the program that wrote the file.", "", number)
