"""What went wrong with a request, as RFC 9457 (Problem Details for HTTP APIs) has it."""

from __future__ import annotations

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mpfcheck.json_codec import json_text

__all__ = ["MEDIA_TYPE", "ProblemError", "on_http_exception", "on_problem", "on_trouble", "shutting_down"]

MEDIA_TYPE = "application/problem+json"


class ProblemError(Exception):
    """A request that cannot be served: its status, which kind of problem it is, what is wrong and what to do."""

    def __init__(
        self, status: HTTPStatus, kind: str, detail: str, headers: dict[str, str] | None = None, **more: object
    ) -> None:
        """``kind`` is a word for programs, ``more`` members of the problem's own."""
        super().__init__(detail)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.headers = headers or {}
        self.more = more

    def members(self) -> dict[str, object]:
        """The problem as a JSON object."""
        head = {"type": f"urn:mpfcheck:problem:{self.kind}", "title": self.kind.replace("-", " ").capitalize()}
        return {**head, "status": int(self.status), "detail": self.detail, **self.more}

    def response(self) -> Response:
        """The problem as a response."""
        return Response(json_text(self.members()), self.status, self.headers, MEDIA_TYPE)


def shutting_down() -> ProblemError:
    """The problem of a request that the end of the service cuts off."""
    detail = "The service is shutting down. Send the rest again later."
    return ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "shutting-down", detail)


async def on_problem(_request: Request, error: Exception) -> Response:
    """Answer with a problem that was raised."""
    assert isinstance(error, ProblemError)  # noqa: S101 - it is registered for these only
    return error.response()


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Answer what the framework refuses: a path there is none of, a method a path does not take."""
    assert isinstance(error, HTTPException)  # noqa: S101 - it is registered for these only
    status = HTTPStatus(error.status_code)
    path, method = request.url.path, request.method
    details = {
        HTTPStatus.NOT_FOUND: f"Not found: {path}. GET / lists the paths.",
        HTTPStatus.METHOD_NOT_ALLOWED: f"{path} does not accept {method}.",
    }
    kind = status.phrase.lower().replace(" ", "-")
    headers = dict(error.headers or {})
    return ProblemError(status, kind, details.get(status, str(error.detail)), headers).response()


async def on_trouble(_request: Request, _error: Exception) -> Response:
    """Answer where mpfcheck itself failed: that it did, and nothing of what it was sent."""
    detail = "This is an error in mpfcheck, not in the request. Details are in the log of the service."
    return ProblemError(HTTPStatus.INTERNAL_SERVER_ERROR, "internal-error", detail).response()
