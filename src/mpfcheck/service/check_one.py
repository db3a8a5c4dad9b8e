"""``POST /check``: one proposal in, its report out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final, get_args

from starlette.requests import Request
from starlette.responses import Response

from mpfcheck.api.report import Format
from mpfcheck.reading.document import read_proposal
from mpfcheck.service.body import JSON_TYPES, ReaderGoneError, require_type, whole_body
from mpfcheck.service.gate import Gate
from mpfcheck.service.limits import Limits
from mpfcheck.service.problem import ProblemError
from mpfcheck.service.shelf import Shelf
from mpfcheck.service.terms import Terms

__all__ = ["MEDIA_TYPES", "CheckOne"]

MEDIA_TYPES: Final[Mapping[Format, str]] = {
    "json": "application/json",
    "jsonl": "application/jsonl",
    "text": "text/plain; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "markdown": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8; header=present",
    "junit": "application/xml",
    "sarif": "application/sarif+json",
}
"""What each format of a report is sent as."""
assert set(MEDIA_TYPES) == set(get_args(Format))  # noqa: S101 - the two tables are ours

READER_GONE: Final = 499
"""Nobody reads this status: whoever asked went away."""


class CheckOne:
    """Checks one proposal. Bad data is no error of the request: the report says what is wrong with it."""

    def __init__(self, shelf: Shelf, limits: Limits, gate: Gate) -> None:
        """Check against these calls, within these limits."""
        self._shelf = shelf
        self._limits = limits
        self._gate = gate

    async def __call__(self, request: Request) -> Response:
        """Answer with the report."""
        terms = Terms(request.query_params, self._shelf)
        format = _format(request.query_params.get("format", "json"))
        require_type(request.headers, JSON_TYPES)
        # A place is taken only once there is something to check: whoever sends slowly stops nobody.
        with self._gate.holding() as hold:
            try:
                body = await self._body(request, hold)
            except ReaderGoneError:
                return Response(status_code=READER_GONE)
            with self._gate.entered():
                text = await self._text(terms, body, format)
        return Response(text, media_type=MEDIA_TYPES[format])

    async def _body(self, request: Request, hold: Callable[[int], None]) -> bytes:
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await whole_body(request.headers, request.receive, self._limits.proposal_bytes, hold)
        except TimeoutError:
            detail = f"The proposal was not there after {self._limits.seconds:g} seconds."
            raise ProblemError(HTTPStatus.REQUEST_TIMEOUT, "too-slow", detail) from None

    async def _text(self, terms: Terms, body: bytes, format: Format) -> str:
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._gate.work(lambda: terms.report(read_proposal(body)).render(format))
        except TimeoutError:
            detail = f"The check was not done after {self._limits.seconds:g} seconds."
            raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "took-too-long", detail) from None


def _format(name: str) -> Format:
    for format in MEDIA_TYPES:
        if format == name:
            return format
    detail = f"There is no format {name!r}. The formats are: {', '.join(MEDIA_TYPES)}."
    raise ProblemError(HTTPStatus.BAD_REQUEST, "wrong-value", detail)
