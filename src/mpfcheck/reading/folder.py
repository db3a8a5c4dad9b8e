"""What lies in a folder and below it: the files to check, by name, and everything else with why it is passed over."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from mpfcheck.checking.report import PassedOver

__all__ = [
    "A_PART",
    "ENDINGS",
    "LINES",
    "SNIFFED",
    "endings_in_words",
    "printable",
    "starts_as_decisions",
    "starts_as_part",
    "starts_as_proposal",
    "starts_as_report",
    "total_size",
    "walk",
]


LINES: Final = (".jsonl", ".ndjson")
"""The endings of files that hold one proposal on each line. The help of ``check`` lists all endings too."""
ENDINGS: Final = (".json", *LINES)
"""The endings of all files with proposals; ``.gz`` may follow."""
_SUFFIXES: Final = tuple(f"{ending}{packed}" for ending in ENDINGS for packed in ("", ".gz"))
_ARCHIVES: Final = (".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst", ".7z", ".rar")
_OWN: Final = ".mpfcheck"
"""Where the drafts of a folder have their earlier states: they are no proposals of their own."""
A_PART: Final = "This is a partner's part of a proposal, not a proposal."
# Texts of patterns: a run without a folder needs none of them.
_PART_START: Final = rb"(?:\xef\xbb\xbf)?\s*\{\s*\"format\"\s*:\s*\"mpfcheck-part/"
_REPORT_START: Final = rb"""(?x:(?:\xef\xbb\xbf)?\s*\{\s*
    (?: "format"\s*:\s*"mpfcheck-(?:report|survey|proofs|witnesses|bundle|pack-lint|pack-test|calls-compared)/
      | "input"\s*:\s*\{\s*"path"                                # --format jsonl
      | "path"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*"line"\s*:          # --format statuses
      | "\$schema"\s*:\s*"[^"]*/sarif-schema-[^"]*\.json"         # --format sarif
    ))"""
"""How begins what mpfcheck writes as JSON about proposals and calls."""
_DECISIONS_START: Final = rb'(?:\xef\xbb\xbf)?\s*\{\s*"format"\s*:\s*"mpfcheck-assessment/'
SNIFFED: Final = 512
"""Bytes. JSON shows in the first of them that is not blank."""


def endings_in_words(before: str = "") -> str:
    """The endings as messages list them, each with ``before`` in front: ``.json, .jsonl or .ndjson``."""
    *first, last = (f"{before}{ending}" for ending in ENDINGS)
    return f"{', '.join(first)} or {last}"


def walk(folder: str, pass_over: Callable[[PassedOver], object] = lambda _: None) -> Iterator[str | OSError]:
    """The paths of the files to check, or the error where a folder below cannot be listed.

    Links are followed, after all that lies in the folder itself. A folder that is reached a second time, by a link or
    a ring of links, is not walked again. ``pass_over`` is called with everything that is not given back: what is
    hidden (a program's own, by the custom of shells), has another ending, or is a folder reached again.
    """
    walked: dict[tuple[int, int], str] = {}
    waiting = [folder]
    links: deque[str] = deque()
    while waiting or links:
        path = waiting.pop() if waiting else links.popleft()
        if path != folder and not os.path.isdir(path):
            yield path
            continue
        try:
            status = os.stat(path)
            first = walked.setdefault((status.st_dev, status.st_ino), path)
            if first is not path:
                pass_over(
                    PassedOver(printable(path), f"This link leads to {printable(first)}, which is already checked.")
                )
                continue
            with os.scandir(path) as entries:
                found = sorted(entries, key=lambda entry: entry.path)
        except OSError as error:
            pass_over(PassedOver(printable(path), f"This folder cannot be read: {error.strerror}.", possible=True))
            yield error
            continue
        inside = []
        for entry in found:
            if entry.name.startswith("."):
                pass_over(_hidden(entry))
            elif entry.is_dir(follow_symlinks=False):
                inside.append(entry.path)
            elif os.path.isdir(entry.path):
                links.append(entry.path)
            elif entry.name.casefold().endswith(_SUFFIXES):
                inside.append(entry.path)
            else:
                pass_over(_other(entry.path))
        waiting.extend(reversed(inside))


def printable(path: str) -> str:
    """A path for people: bytes in it that are not text are shown as escapes, and a blank one in quotes."""
    shown = os.fsencode(path).decode("utf-8", "backslashreplace")
    return shown if shown.strip() else f"'{shown}'"


def _hidden(entry: os.DirEntry[str]) -> PassedOver:
    """What is hidden is a program's own: it may be a proposal only where its name says so too."""
    files = [entry.path]
    why = "Hidden: its name starts with a dot."
    if entry.is_dir(follow_symlinks=False):
        why = "Hidden folder: its name starts with a dot."
        found = os.walk(entry.path) if entry.name != _OWN else ()
        files = [os.path.join(place, file) for place, _, inside in found for file in inside]
    possible = any(file.casefold().endswith(_SUFFIXES) and _is_regular(file) and _may_be_json(file) for file in files)
    return PassedOver(printable(entry.path), why, possible)


def _other(path: str) -> PassedOver:
    name = printable(path)
    if not os.path.exists(path):
        return PassedOver(name, "The target of this link does not exist.")
    if not _is_regular(path):
        return PassedOver(name, "Not a regular file (pipe, socket or device).")
    if path.casefold().endswith(_ARCHIVES):
        return PassedOver(name, "This is an archive. Unpack it to check its files.", possible=True)
    start = _start(path) or b""
    if starts_as_report(start):
        return PassedOver(name, "This is a report of mpfcheck, not a proposal.")
    if starts_as_decisions(start):
        return PassedOver(name, "This is a file of decisions (mpfcheck assess), not a proposal.")
    return PassedOver(
        name, f"Its name does not end in {endings_in_words()} (or one of these and .gz).", _may_be_json(path)
    )


def _is_regular(path: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def starts_as_proposal(start: bytes) -> bool:
    """Whether a file that starts so says that it is a proposal: most do, and no pattern need be compiled to see it."""
    first = start.split(b'"', 4)
    return len(first) > 4 and first[1] == b"format" and first[3].startswith(b"mpfcheck-proposal/")


def starts_as_report(start: bytes) -> bool:
    """Whether a file that starts so is a report that mpfcheck wrote as JSON."""
    return re.match(_REPORT_START, start) is not None


def starts_as_decisions(start: bytes) -> bool:
    """Whether a file that starts so holds decisions of people, as ``mpfcheck assess`` writes them."""
    return re.match(_DECISIONS_START, start) is not None


def starts_as_part(start: bytes) -> bool:
    """Whether a file that starts so is a part for a partner, as mpfcheck writes it."""
    return re.match(_PART_START, start) is not None


def _start(path: str) -> bytes | None:
    """The first bytes of a file; None where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read(SNIFFED)
    except OSError:
        return None


def _may_be_json(path: str) -> bool:
    """Whether a regular file starts like JSON, in any encoding. What cannot be read may be anything."""
    start = _start(path)
    return start is None or start.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith((b"{", b"["))


def total_size(paths: Sequence[str]) -> int | None:
    """The bytes of the proposals at these paths, as ``open_inputs`` takes them. None where that cannot be told.

    It cannot where a program writes them, or where they are packed. Never raises.
    """
    total = 0
    for given in paths:
        for path in walk(given) if os.path.isdir(given) else (given,):
            # What cannot be listed is not read either.
            size = 0 if isinstance(path, OSError) else _size(path)
            if size is None:
                return None
            total += size
    return total


def _size(path: str) -> int | None:
    if path.casefold().endswith(".gz"):
        return None
    try:
        status = os.fstat(sys.stdin.fileno()) if path == "-" else os.stat(path)
    except (AttributeError, OSError, ValueError):
        # What is not there does not take long.
        return None if path == "-" else 0
    return status.st_size if stat.S_ISREG(status.st_mode) else None
