"""Who has a draft open."""

from __future__ import annotations

import getpass
import json
import os
import platform
import secrets
from datetime import datetime

from mpfcheck.frozen import Frozen

__all__ = ["Holder"]


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
