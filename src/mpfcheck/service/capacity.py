"""The limits of a service: how many may check at a time, and wait; the others must come again.

Only a proposal that is there takes a place. One that is still being sent takes none, but for the bytes it has sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from typing import Final, TypeVar

from mpfcheck.frozen import Frozen
from mpfcheck.service.problem import ProblemError

__all__ = ["Capacity", "ServiceLimits"]

_Result = TypeVar("_Result")
MEBIBYTE: Final = 1024 * 1024


class ServiceLimits(Frozen):
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


class Capacity:
    """Lets requests in. Checks are work for a processor: threads do them while the service goes on listening."""

    def __init__(self, limits: ServiceLimits) -> None:
        """Let in as many as these limits say."""
        self._most = limits.at_once + limits.waiting
        self._inside = 0
        self._most_held = limits.held_bytes
        self._held = 0
        self._threads = ThreadPoolExecutor(limits.at_once, "check")

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Be one of those inside; raises ProblemError where there are too many already."""
        if self._inside >= self._most:
            raise _busy()
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1

    @contextmanager
    def holding(self) -> Iterator[Callable[[int], None]]:
        """Tell, by calling what is given, how many bytes of a request are held; raises ProblemError for too many."""
        held = 0

        def hold(size: int) -> None:
            nonlocal held
            if size > held and self._held + size - held > self._most_held:
                raise _busy()
            self._held += size - held
            held = size

        try:
            yield hold
        finally:
            hold(0)

    async def work(self, task: Callable[[], _Result]) -> _Result:
        """Do something in a thread when it is its turn.

        Whoever waits for it may give up: then it is not begun, or keeps its thread until it is done.
        """
        return await asyncio.wrap_future(self._threads.submit(task))


def _busy() -> ProblemError:
    detail = "The service is busy. Try again in a moment."
    return ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "busy", detail, {"Retry-After": "1"})
