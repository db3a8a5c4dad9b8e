"""How much one request may ask of the service."""

from __future__ import annotations

from typing import Final

from mpfcheck.frozen import Frozen

__all__ = ["Limits"]

MEBIBYTE: Final = 1024 * 1024


class Limits(Frozen):
    """The limits of a service.

    ``proposal_bytes`` is how large one proposal may be, ``stream_bytes`` how large a stream of them; ``seconds`` is how
    long a request may take to arrive and to be checked, ``stream_seconds`` how long a stream of them may; ``at_once``
    is how many proposals are checked at the same time, ``waiting`` how many whole ones more may wait for their turn;
    ``held_bytes`` is how many bytes of proposals may be there altogether that are not checked yet.
    """

    proposal_bytes: int = MEBIBYTE
    stream_bytes: int = 256 * MEBIBYTE
    seconds: float = 20.0
    stream_seconds: float = 900.0
    at_once: int = 4
    waiting: int = 32
    held_bytes: int = 256 * MEBIBYTE
