"""The file of a draft: plain JSON that is exact in both directions, and whole on the disk at any moment.

In memory a draft is JSON data: dict, list, str, bool, None, int, and Decimal for every other number. Fields stay in the
order of the file, and unknown fields stay too. A file is written beside its place, then put there at once: a process
that is killed leaves the old file or the new one, never a part of one. What it may leave beside is a temporary file,
which is removed when the draft is opened next.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeAlias

from mpfcheck.checking.report import Problem, Severity
from mpfcheck.reading.document import read_proposal
from mpfcheck.reading.exact_json import parse

__all__ = [
    "PRIVATE_FILE",
    "PRIVATE_FOLDER",
    "Draft",
    "NoDraftError",
    "as_json",
    "beside",
    "clear_leftovers",
    "from_json",
    "make_folder",
    "read_file",
    "same",
    "write_file",
]

Draft: TypeAlias = dict[str, object]
"""The JSON data of one proposal."""

_lone_surrogates: Final = re.compile("[\ud800-\udfff]")
_line_of = re.compile(r"at line (\d+)").search
_NOT_ONE: Final = Problem("This is not a proposal. A proposal is one JSON object.", "A proposal starts with {.")


class NoDraftError(ValueError):
    """The text is no JSON object, or cannot be read without guessing; ``problems`` says why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems[0].message)
        self.problems = problems


def from_json(data: bytes) -> Draft:
    """The draft in a file; raises NoDraftError where there is none.

    Values that do not fit (a wrong amount, an unknown field) are in it as they stand in the file.
    """
    try:
        value = parse(data)
    except ValueError as error:
        raise NoDraftError(_blocking(data, str(error))) from error
    if not isinstance(value, dict):
        raise NoDraftError(_blocking(data))
    return value


def as_json(draft: object) -> bytes:
    """The file of a draft: UTF-8, two blanks a level, a line end at the end.

    Half of a surrogate pair, which only a broken terminal sends, is no character and cannot stand in a file: U+FFFD
    takes its place.
    """
    import simplejson

    text = simplejson.dumps(draft, use_decimal=True, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _lone_surrogates.sub("\N{REPLACEMENT CHARACTER}", text).encode()


def same(one: object, other: object) -> bool:
    """Whether two JSON values are the same, whatever the order of fields: 1 is neither true nor 1.0."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return str(one) == str(other)


def _blocking(data: bytes, why: str = "") -> tuple[Problem, ...]:
    """What is wrong with a text, first what is wrong in the line that ``why`` it cannot be read names."""
    found = _line_of(why)
    line = int(found[1]) if found else None
    problems = [problem for problem in read_proposal(data).problems if problem.severity is Severity.BLOCKING]
    return tuple(sorted(problems, key=lambda problem: problem.line != line)) or (_NOT_ONE,)


PRIVATE_FILE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700

_UNFINISHED: Final = ".saving"
_LONGEST_NAME: Final = 200
"""In bytes: no usual disk has names of more than 255, and ours are longer than the name of the draft."""
_BINARY: Final = getattr(os, "O_BINARY", 0)
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | getattr(os, "O_NOFOLLOW", 0)


def beside(path: Path, ending: str) -> Path:
    """The path of a hidden file beside another, named after it."""
    name = path.name
    if len(os.fsencode(name)) > _LONGEST_NAME:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()
    return path.with_name(f".{name}{ending}")


def read_file(path: Path) -> bytes | None:
    """What a file holds, None where there is none; raises OSError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def write_file(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Put ``data`` in the place of a file, or make it; raises OSError and leaves everything as it was.

    A new file is for its owner only, an old one keeps who may read it. ``lasting`` waits until the disk has it, which
    only a loss of power makes worth while.
    """
    new = beside(path, f".{secrets.token_hex(4)}{_UNFINISHED}")
    descriptor = os.open(new, _NEW, PRIVATE_FILE)
    try:
        try:
            _write_all(descriptor, data)
            _keep_readers(path, descriptor)
            if lasting:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(new, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(new)
        raise
    if lasting:
        _sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Make a folder, and those around it, for its owner only; raises OSError. One that is there stays as it is."""
    if os.path.isdir(path):
        return
    if path.parent != path:
        make_folder(path.parent)
    with suppress(FileExistsError):
        path.mkdir(PRIVATE_FOLDER)


def clear_leftovers(folder: Path, of: Path | None = None) -> None:
    """Take away what a killed process left in a folder, of one file or of all. What cannot be taken away stays."""
    start = "." if of is None else beside(of, ".").name
    with suppress(OSError):
        for name in os.listdir(folder):
            if name.startswith(start) and name.endswith(_UNFINISHED):
                os.unlink(folder / name)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _keep_readers(path: Path, descriptor: int) -> None:
    """Let those read and write the new file who may the old one, and nobody else."""
    if not hasattr(os, "fchmod") or not hasattr(os, "fchown"):
        return  # Windows: a file has the permissions of its folder
    try:
        old = path.stat()
    except FileNotFoundError:
        return
    mode = stat.S_IMODE(old.st_mode) & 0o777
    if old.st_gid != os.fstat(descriptor).st_gid:
        try:
            os.fchown(descriptor, -1, old.st_gid)
        except PermissionError:
            # The file will belong to another group, to which nobody gave more than to everybody.
            mode &= ~0o070 | mode << 3
    os.fchmod(descriptor, mode)


def _sync_folder(folder: Path) -> None:
    """Make the new name last too. Windows has no such call; some network drives have none either."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise
    finally:
        os.close(descriptor)
