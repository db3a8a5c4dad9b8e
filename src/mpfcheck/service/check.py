"""``POST /check``, one proposal in and its report out; and ``POST /check-many``, lines in and lines out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import Final, get_args

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from mpfcheck.api.report import render
from mpfcheck.checking.report import Problem
from mpfcheck.json_codec import json_text
from mpfcheck.proposal.values import shown
from mpfcheck.reading.document import Document, read_proposal
from mpfcheck.report.as_json import JsonLinesReporter
from mpfcheck.report.formats import Format
from mpfcheck.service.body import JSON_LINES, JSON_TYPES, ClientGoneError, Line, lines_of, require_type, whole_body
from mpfcheck.service.capacity import Capacity, ServiceLimits
from mpfcheck.service.problem import ProblemError, shutting_down
from mpfcheck.service.terms import Calls, RequestTerms

__all__ = ["MEDIA_TYPES", "CheckMany", "CheckOne"]

MEDIA_TYPES: Final[Mapping[Format, str]] = {
    "json": "application/json",
    "jsonl": "application/jsonl",
    "statuses": "application/jsonl",
    "text": "text/plain; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "markdown": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8; header=present",
    "junit": "application/xml",
    "sarif": "application/sarif+json",
}
"""What each format of a report is sent as."""
assert set(MEDIA_TYPES) == set(get_args(Format))  # noqa: S101 - the two tables are ours

START: Final = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"application/jsonl"),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ],
}
MOST_AT_ONCE: Final = 64
"""Proposals that are checked before their reports are sent."""
READER_GONE: Final = 499
"""Nobody reads this status: whoever asked went away."""


class CheckOne:
    """Checks one proposal. Bad data is no error of the request: the report says what is wrong with it."""

    def __init__(self, calls: Calls, limits: ServiceLimits, capacity: Capacity) -> None:
        """Check against these calls, within these limits."""
        self._calls = calls
        self._limits = limits
        self._capacity = capacity

    async def __call__(self, request: Request) -> Response:
        """Answer with the report."""
        terms = RequestTerms(request.query_params, self._calls)
        format = _format(request.query_params.get("format", "json"))
        require_type(request.headers, JSON_TYPES)
        # A place is taken only once there is something to check: whoever sends slowly stops nobody.
        with self._capacity.holding() as hold:
            try:
                body = await self._body(request, hold)
            except ClientGoneError:
                return Response(status_code=READER_GONE)
            with self._capacity.entered():
                text = await self._text(terms, body, format)
        return Response(text, media_type=MEDIA_TYPES[format])

    async def _body(self, request: Request, hold: Callable[[int], None]) -> bytes:
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await whole_body(request.headers, request.receive, self._limits.proposal_bytes, hold)
        except TimeoutError:
            detail = f"The proposal was not there after {self._limits.seconds:g} seconds."
            raise ProblemError(HTTPStatus.REQUEST_TIMEOUT, "too-slow", detail) from None

    async def _text(self, terms: RequestTerms, body: bytes, format: Format) -> str:
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._capacity.work(lambda: render([terms.report(read_proposal(body))], format))
        except TimeoutError:
            detail = f"The check was not done after {self._limits.seconds:g} seconds."
            raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "took-too-long", detail) from None


def _format(name: str) -> Format:
    for format in MEDIA_TYPES:
        if format == name:
            return format
    detail = f"There is no format {shown(name)}. The formats are: {', '.join(MEDIA_TYPES)}."
    raise ProblemError(HTTPStatus.BAD_REQUEST, "wrong-value", detail)


class CheckMany:
    """An ASGI application: a request with its response, neither of which is ever held whole.

    What ends a stream before its end is told in a last line, as a problem in the place of a report.
    """

    def __init__(self, calls: Calls, limits: ServiceLimits, capacity: Capacity) -> None:
        """Check against these calls, within these limits."""
        self._calls = calls
        self._limits = limits
        self._capacity = capacity

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read, check and send until the stream ends."""
        request = Request(scope)
        terms = RequestTerms(request.query_params, self._calls)
        if "format" in request.query_params:
            detail = "A stream of reports has one format, JSON Lines. Other formats are for POST /check."
            raise ProblemError(HTTPStatus.BAD_REQUEST, "unknown-parameter", detail)
        require_type(request.headers, JSON_LINES)
        send = partial(_sent, send, 2 * self._limits.seconds)
        with suppress(ClientGoneError, OSError):  # Whoever went away needs no more lines.
            await send(START)
            await self._stream(terms, receive, send)
            await send({"type": "http.response.body", "body": b""})

    async def _stream(self, terms: RequestTerms, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(self._limits.stream_seconds) as whole:
                await self._reports(terms, receive, send)
        except TimeoutError:
            detail = f"Nothing came for {self._limits.seconds:g} seconds."
            problem = ProblemError(HTTPStatus.REQUEST_TIMEOUT, "too-slow", detail)
            if whole.expired():
                detail = f"The stream took longer than {self._limits.stream_seconds:g} seconds."
                problem = ProblemError(HTTPStatus.REQUEST_TIMEOUT, "took-too-long", detail)
            await _end(send, problem)
        except ProblemError as problem:
            await _end(send, problem)
        except asyncio.CancelledError:
            await _end(send, shutting_down())

    async def _reports(self, terms: RequestTerms, receive: Receive, send: Send) -> None:
        with self._capacity.holding() as hold:
            lines = lines_of(receive, self._limits.proposal_bytes, self._limits.stream_bytes, hold)
            while True:
                async with asyncio.timeout(self._limits.seconds):
                    arrived = await anext(lines, None)
                if arrived is None:
                    return
                for start in range(0, len(arrived), MOST_AT_ONCE):
                    some = arrived[start : start + MOST_AT_ONCE]
                    # A stream waits for its turn each time: one that is slow, or silent, keeps nobody waiting.
                    check = partial(_checked, terms, some, self._limits.proposal_bytes)
                    text = await self._capacity.work(check)
                    await send({"type": "http.response.body", "body": text, "more_body": True})


def _checked(terms: RequestTerms, lines: Sequence[Line], most_bytes: int) -> bytes:
    pieces: list[bytes] = []
    reporter = JsonLinesReporter(pieces.append)
    for number, data in lines:
        if data is None:
            problem = Problem(
                f"The line is longer than {most_bytes} bytes; it was not read.", "Send a shorter line.", "", number
            )
            document = Document(None, (problem,))
        else:
            document = read_proposal(data, number)
        reporter.add(terms.report(document, number))
    return b"".join(pieces)


async def _sent(send: Send, seconds: float, message: Message) -> None:
    """Send a message; raises ClientGoneError where nobody reads what was sent before.

    Where it can, the system closes such a connection earlier (``mpfcheck serve`` asks it to), which is quieter.
    """
    try:
        async with asyncio.timeout(seconds):
            await send(message)
    except TimeoutError:
        raise ClientGoneError from None


async def _end(send: Send, problem: ProblemError) -> None:
    text = json_text({"problem": problem.members()}) + "\n"
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
