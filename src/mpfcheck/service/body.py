"""The body of a request: taken in within limits, whole or line by line."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from http import HTTPStatus
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Receive

from mpfcheck.service.problem import ProblemError

__all__ = ["JSON_LINES", "JSON_TYPES", "Line", "lines_of", "require_type", "whole_body"]

JSON_TYPES: Final = ("application/json",)
JSON_LINES: Final = ("application/jsonl", "application/x-ndjson", "application/json-lines")

Line = tuple[int, bytes | None]
"""A line that is not blank: its number from 1, and what it says, None where it is too long."""


class ClientGoneError(Exception):
    """Whoever sent the request went away before it was whole, or does not read the answer."""


def require_type(headers: Headers, types: Iterable[str]) -> None:
    """Raise ProblemError unless the body is of one of these types, and not packed.

    A page in a browser cannot send these types to another site without asking it first, and the service says no.
    """
    content_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    encoding = headers.get("content-encoding", "identity").lower()
    wanted = " or ".join(types)
    if content_type not in types:
        detail = f"Send Content-Type: {wanted}, not {content_type or 'none'}."
    elif encoding != "identity":
        detail = f"Send the body as it is, not with Content-Encoding: {encoding}."
    else:
        return
    raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail, {"Accept": wanted})


async def whole_body(headers: Headers, receive: Receive, most: int, hold: Callable[[int], None]) -> bytes:
    """The whole body; raises ProblemError where it is larger than ``most`` bytes.

    ``hold`` learns how many bytes are there so far.
    """
    announced = headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced) > most:
        raise too_large("The proposal", most)
    pieces: list[bytes] = []
    size = 0
    async for piece in _pieces(receive):
        size += len(piece)
        if size > most:
            raise too_large("The proposal", most)
        hold(size)
        pieces.append(piece)
    return b"".join(pieces)


async def lines_of(
    receive: Receive, most_a_line: int, most: int, hold: Callable[[int], None]
) -> AsyncIterator[list[Line]]:
    """The lines of a body that are not blank, as many at once as have arrived.

    ``hold`` learns how many bytes of a line are there that is not whole. Of a line that is too long no more is kept
    than its number. Raises ProblemError where the body is larger than ``most`` bytes, after all lines before.
    """
    number, size, rest, too_long = 1, 0, b"", False
    async for piece in _pieces(receive):
        size += len(piece)
        found: list[Line] = []
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            too_long = too_long or len(line) > most_a_line
            if too_long or line.strip():
                found.append((number, None if too_long else line))
            number, too_long = number + 1, False
        if len(rest) > most_a_line:
            rest, too_long = b"", True
        hold(len(rest))
        if found:
            yield found
        if size > most:
            raise too_large("The stream", most)
    if too_long or rest.strip():
        yield [(number, None if too_long else rest)]


def too_large(what: str, most: int) -> ProblemError:
    """The problem of a body that is larger than it may be."""
    detail = f"{what} is larger than {most} bytes, which is the most this service takes."
    return ProblemError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", detail, limit=most)


async def _pieces(receive: Receive) -> AsyncIterator[bytes]:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGoneError
        if piece := message.get("body", b""):
            yield piece
        if not message.get("more_body", False):
            return
