"""The service as an ASGI application."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection
from http import HTTPStatus
from typing import Final

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mpfcheck import __version__
from mpfcheck.api.schemas import schema_text
from mpfcheck.json_codec import json_text
from mpfcheck.proposal.values import shown
from mpfcheck.service.capacity import Capacity, ServiceLimits
from mpfcheck.service.check import CheckMany, CheckOne
from mpfcheck.service.description import (
    PUBLISHED,
    call_in_full,
    call_in_short,
    rule_in_full,
    rule_in_short,
)
from mpfcheck.service.openapi import openapi
from mpfcheck.service.problem import ProblemError, on_http_exception, on_problem, on_trouble, shutting_down
from mpfcheck.service.terms import Calls

__all__ = ["LOOPBACK_NAMES", "application"]

LOOPBACK_NAMES: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""What a service that only this computer can reach is called."""

_Endpoint = Callable[[Request], Awaitable[Response]]


def application(calls: Calls, limits: ServiceLimits | None = None, hosts: Collection[str] | None = None) -> ASGIApp:
    """Make a service that checks against these calls within these limits.

    ``hosts`` are the names it answers to, all unless given. It keeps nothing from one request to the next.
    """
    limits = limits or ServiceLimits()
    capacity = Capacity(limits)
    described = json.dumps(openapi(calls, limits), ensure_ascii=False)
    routes = [
        Route("/", _index, methods=["GET"]),
        Route("/health", _health, methods=["GET"]),
        Route("/openapi.json", _constant(described), methods=["GET"]),
        Route("/calls", _calls(calls), methods=["GET"]),
        Route("/calls/{call}", _call(calls), methods=["GET"]),
        Route("/calls/{call}/rules", _rules(calls), methods=["GET"]),
        Route("/calls/{call}/rules/{rule}", _rule(calls), methods=["GET"]),
        Route("/schemas/{name}", _schema, methods=["GET"]),
        Route("/check", CheckOne(calls, limits, capacity).__call__, methods=["POST"]),
        Route("/check-many", CheckMany(calls, limits, capacity), methods=["POST"]),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(HostGuard, hosts=hosts)],
        exception_handlers={
            ProblemError: on_problem,
            HTTPException: on_http_exception,
            Exception: on_trouble,
        },
    )


class HostGuard:
    """Answers to its own names only, and tells browsers to keep nothing and to guess nothing.

    A page that has given its own name the address of this computer could otherwise talk to the service.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] | None) -> None:
        """Stand before an application."""
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "")
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        if self._hosts is not None and name.lower() not in self._hosts:
            detail = f"This service does not answer to the name {shown(name)}."
            await ProblemError(HTTPStatus.MISDIRECTED_REQUEST, "wrong-host", detail).response()(scope, receive, send)
            return

        started = False

        async def careful(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers["Cache-Control"] = "no-store"
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
            await send(message)

        try:
            await self._app(scope, receive, careful)
        except asyncio.CancelledError:
            # The service ends, and waits no longer for this request.
            if not started:
                await shutting_down().response()(scope, receive, send)


async def _index(_request: Request) -> Response:
    return _json(
        {
            "name": "mpfcheck",
            "version": __version__,
            "links": {
                "check one proposal": "POST /check",
                "check many proposals": "POST /check-many",
                "calls and rules": "/calls",
                "schemas": [f"/schemas/{name}" for name in PUBLISHED],
                "description": "/openapi.json",
            },
        }
    )


async def _health(_request: Request) -> Response:
    return _json({"status": "ok"})


async def _schema(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in PUBLISHED:
        detail = f"There is no schema {shown(name)}. The schemas are: {', '.join(PUBLISHED)}."
        raise ProblemError(HTTPStatus.NOT_FOUND, "unknown-schema", detail)
    return Response(schema_text(name), media_type="application/json")


def _calls(calls: Calls) -> _Endpoint:
    return _constant(json_text({"calls": [call_in_short(call) for call in calls.calls()]}))


def _call(calls: Calls) -> _Endpoint:
    async def show(request: Request) -> Response:
        return _json(call_in_full(calls.call(request.path_params["call"])))

    return show


def _rules(calls: Calls) -> _Endpoint:
    async def show(request: Request) -> Response:
        call = calls.call(request.path_params["call"])
        return _json({"rules": [rule_in_short(rule) for rule in call.rules]})

    return show


def _rule(calls: Calls) -> _Endpoint:
    async def show(request: Request) -> Response:
        call, rule = calls.rule(request.path_params["call"], request.path_params["rule"])
        return _json(rule_in_full(call, rule))

    return show


def _constant(text: str) -> _Endpoint:
    async def show(_request: Request) -> Response:
        return Response(text, media_type="application/json")

    return show


def _json(value: object) -> Response:
    return Response(json_text(value), media_type="application/json")
