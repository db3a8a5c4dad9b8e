"""``POST /check-many``: proposals in, one a line; reports out, one a line, while more proposals still come in."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from mpfcheck.checking.report import Problem
from mpfcheck.reading.document import Document, read_proposal
from mpfcheck.report.as_json import JsonLinesReporter
from mpfcheck.report.json_codec import json_text
from mpfcheck.service.body import JSON_LINES, Line, ReaderGoneError, lines_of, require_type
from mpfcheck.service.gate import Gate
from mpfcheck.service.limits import Limits
from mpfcheck.service.problem import ProblemError, shutting_down
from mpfcheck.service.shelf import Shelf
from mpfcheck.service.terms import Terms

__all__ = ["CheckMany"]

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


class CheckMany:
    """An ASGI application: a request with its response, neither of which is ever held whole.

    What ends a stream before its end is told in a last line, as a problem in the place of a report.
    """

    def __init__(self, shelf: Shelf, limits: Limits, gate: Gate) -> None:
        """Check against these calls, within these limits."""
        self._shelf = shelf
        self._limits = limits
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read, check and send until the stream ends."""
        request = Request(scope)
        terms = Terms(request.query_params, self._shelf)
        if "format" in request.query_params:
            detail = "A stream of reports has one format, JSON Lines. Other formats are for POST /check."
            raise ProblemError(HTTPStatus.BAD_REQUEST, "unknown-parameter", detail)
        require_type(request.headers, JSON_LINES)
        await send(START)
        with suppress(ReaderGoneError, OSError):  # Whoever went away needs no more lines.
            await self._stream(terms, receive, send)
            await send({"type": "http.response.body", "body": b""})

    async def _stream(self, terms: Terms, receive: Receive, send: Send) -> None:
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

    async def _reports(self, terms: Terms, receive: Receive, send: Send) -> None:
        with self._gate.holding() as hold:
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
                    text = await self._gate.work(check)
                    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


def _checked(terms: Terms, lines: Sequence[Line], most_bytes: int) -> str:
    pieces: list[str] = []
    reporter = JsonLinesReporter(pieces.append)
    for number, data in lines:
        if data is None:
            problem = Problem(f"The line is longer than {most_bytes} bytes; it was not read.", "Send less.", "", number)
            document = Document(None, (problem,))
        else:
            document = read_proposal(data, number)
        reporter.add(terms.report(document, number))
    return "".join(pieces)


async def _end(send: Send, problem: ProblemError) -> None:
    text = json_text({"problem": problem.members()}) + "\n"
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
