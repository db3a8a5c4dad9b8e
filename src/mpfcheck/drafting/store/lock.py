"""Who has a draft open: the system holds the lock, so a crash releases it, and the lock file says who has it.

The lock file stands beside the draft, where everybody who shares the folder meets it, and goes when the draft is
closed. The system locks its first byte (all of it, on Unix); the name stands after that byte, where Windows lets others
read it. filelock's own classes would empty or remove the file in some versions, so it only locks a descriptor of ours.

Whoever takes a draft over cannot break the lock of the system. They write their name into the file; the one before
finds it at the next save.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
import secrets
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from mpfcheck.drafting.store.errors import DraftError, printable
from mpfcheck.drafting.store.json_file import PRIVATE_FILE, beside
from mpfcheck.frozen import Frozen

__all__ = ["DraftInUseError", "DraftTakenOverError", "Holder", "Lock"]


class DraftInUseError(DraftError):
    """Somebody has the draft open: ``holder`` says who, None where it is not known."""

    def __init__(self, path: str | Path, holder: Holder | None) -> None:
        who = "Somebody" if holder is None else str(holder)
        hint = "Close it there, open it here to read only, work on a copy, or take it over."
        super().__init__(path, f"{who} has {printable(path)} open.", hint)
        self.holder = holder


class DraftTakenOverError(DraftError):
    """Somebody took the draft over while it was open here: ``holder`` says who, None where it is not known."""

    def __init__(self, path: str | Path, holder: Holder | None) -> None:
        who = "Somebody" if holder is None else str(holder)
        hint = "Save your answers in another place, or take the draft back."
        super().__init__(path, f"{who} took over {printable(path)}, so it was not saved here.", hint)
        self.holder = holder


class Holder(Frozen):
    """One program that has a draft open: its user, computer and process, and since when.

    ``token`` tells two openings by the same process apart.
    """

    user: str
    host: str
    process: int
    since: datetime
    token: str

    def __str__(self) -> str:
        """Return it in words, with the time of day where people read it: on their own clock."""
        since = f"{self.since.astimezone():%Y-%m-%d %H:%M}"
        return f"{self.user} (computer {self.host}, process {self.process}, since {since})"

    @classmethod
    def this_process(cls, since: datetime) -> Holder:
        """The program that runs, as a new opening."""
        try:
            user = getpass.getuser()
        except (ImportError, KeyError, OSError):
            user = "somebody"  # an account without a name, as in a container
        return cls(user, platform.node() or "unknown", os.getpid(), since, secrets.token_hex(8))

    def as_bytes(self) -> bytes:
        """How it is written into a lock file: one line of JSON."""
        fields = {name: getattr(self, name) for name in self.fields_of_class} | {"since": self.since.isoformat()}
        return json.dumps(fields).encode() + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes) -> Holder | None:
        """The holder in a lock file; None where it says nothing that can be read."""
        try:
            fields = json.loads(data)
            since = datetime.fromisoformat(fields["since"])
            user, host, process, token = (fields[name] for name in ("user", "host", "process", "token"))
            return cls(str(user), str(host), int(process), since, str(token))
        except (KeyError, TypeError, ValueError):
            return None


_OPEN: Final = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_NAME_AT: Final = 1
_LONGEST: Final = 4096
_TRIES: Final = 10


class Lock:
    """The lock of one draft. ``left_by`` is who did not close it the last time: a crash, or a loss of power."""

    def __init__(self, draft: Path, holder: Holder) -> None:
        self.path = beside(draft, ".lock")
        self.holder = holder
        self.left_by: Holder | None = None
        self._draft = draft
        self._descriptor: int | None = None
        self._locked = False

    def acquire(self, *, take_over: bool = False) -> None:
        """Take it; raises DraftInUseError where somebody has it, and OSError where this folder has no locks."""
        if self._lock():
            self.left_by = self._read()
        elif not take_over:
            raise DraftInUseError(self._draft, self._read())
        self._write()

    def hold(self) -> None:
        """Make sure that it is still ours; raises DraftTakenOverError, and OSError where that cannot be known."""
        name = self._read()
        if name is not None and name.token != self.holder.token:
            raise DraftTakenOverError(self._draft, name)
        if name is None and not self._lock():
            raise DraftTakenOverError(self._draft, self._read())
        if name is None:
            # Somebody cleaned up, or the folder came back without it.
            self._write()
        elif not self._locked:
            # Taken over, and the one before may be gone by now; or the folder was away for a while.
            self._lock()

    def release(self) -> None:
        """Give it back, and take the file away where it is still ours. Never raises."""
        with suppress(OSError):
            name = self._read()
            if name is not None and name.token == self.holder.token:
                if os.name == "nt":
                    self._close()  # an open file cannot be taken away there
                os.unlink(self.path)
        self._close()

    def _lock(self) -> bool:
        """Whether the system gave us the lock of the file that has the name now."""
        for _ in range(_TRIES):
            self._close()
            self._descriptor = os.open(self.path, _OPEN, PRIVATE_FILE)
            if not self._try():
                return False
            if self._is_in_place(self._descriptor):
                self._locked = True
                self._share()
                return True
        return False

    def _try(self) -> bool:
        try:
            return self._descriptor is not None and _try_lock(self._descriptor)
        except OSError:
            # This drive has no locks, so the file is of no use to anybody.
            if self._descriptor is not None and not os.fstat(self._descriptor).st_size:
                os.unlink(self.path)
            raise

    def _is_in_place(self, descriptor: int) -> bool:
        """Whether nobody took the file away between our opening and our locking it."""
        try:
            return os.path.samestat(os.fstat(descriptor), self.path.stat())
        except FileNotFoundError:
            return False

    def _share(self) -> None:
        """Let those lock a draft who may write it."""
        if self._descriptor is not None and hasattr(os, "fchmod"):
            # The file of somebody else, or no draft yet: then it stays as private as it is.
            with suppress(FileNotFoundError, PermissionError):
                os.fchmod(self._descriptor, (self._draft.stat().st_mode & 0o666) | PRIVATE_FILE)

    def _read(self) -> Holder | None:
        try:
            descriptor = os.open(self.path, _OPEN & ~(os.O_CREAT | os.O_RDWR) | os.O_RDONLY)
        except FileNotFoundError:
            return None
        try:
            os.lseek(descriptor, _NAME_AT, os.SEEK_SET)
            return Holder.from_bytes(os.read(descriptor, _LONGEST))
        finally:
            os.close(descriptor)

    def _write(self) -> None:
        descriptor = self._descriptor
        if descriptor is not None:
            name = self.holder.as_bytes()
            os.lseek(descriptor, _NAME_AT, os.SEEK_SET)
            os.write(descriptor, name)
            os.ftruncate(descriptor, _NAME_AT + len(name))

    def _close(self) -> None:
        if self._descriptor is not None:
            with suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None
            self._locked = False


def _try_lock(descriptor: int) -> bool:
    # Only those who open a draft pay for this import.
    from filelock import lock_descriptor

    return lock_descriptor(descriptor, blocking=False)
