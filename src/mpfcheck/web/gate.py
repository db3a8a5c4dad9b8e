"""Who may see the pages, and what a request may bring: one browser on this computer, and nothing larger than allowed.

The address that mpfcheck opens holds a random token, which works once: it is changed for a cookie that no script and no
other site can use. Every request must name this server as its host; every form must come from one of its own pages.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from http import HTTPStatus
from time import monotonic
from typing import Final

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mpfcheck.reading.document import MAX_DOCUMENT_BYTES

__all__ = ["MOST_BYTES", "BodyTooLargeError", "Gate", "Refusal"]

MOST_BYTES: Final = MAX_DOCUMENT_BYTES + 64 * 1024
"""The largest body: a file as large as ``check`` reads, and what a form puts around it."""
ENTRANCE: Final = "/enter"
ASSETS: Final = ("/style.css", "/script.js", "/icon.svg")
POLICY: Final = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
HEADERS: Final = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", POLICY),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    # Without a referrer at all a browser would not say either from which page a form comes.
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)

Refusal = Callable[[HTTPStatus, str, str], Response]
"""Makes the page that says why a request is refused: status, what is wrong, what to do."""


class BodyTooLargeError(Exception):
    """A request brought more than it may."""


class Gate:
    """Stands before the pages. ``origin`` is the address of the server, such as ``http://127.0.0.1:8000``.

    ``refuse`` makes the page for a browser that was let in, ``shut_out`` for any other: to it, no page is open.

    ``csrf`` is what every form must bring, ``last`` the time of the last request that was let in.
    """

    def __init__(self, app: ASGIApp, origin: str, refuse: Refusal, shut_out: Refusal) -> None:
        self._app = app
        self._origin = origin
        self._refuse = refuse
        self._shut_out = shut_out
        self._host = origin.partition("://")[2]
        # Cookies do not know ports: two servers on one computer must not take each other's.
        self._cookie = f"mpfcheck-{self._host.rpartition(':')[2]}"
        self._token: str | None = secrets.token_urlsafe(32)
        self._pass = secrets.token_urlsafe(32)
        self.csrf = secrets.token_urlsafe(32)
        self.last = monotonic()

    @property
    def address(self) -> str:
        """The address to open, which works once."""
        return f"{self._origin}{ENTRANCE}?token={self._token}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def careful(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS:
                    headers[name] = value
            await send(message)

        refused = self._answer(scope)
        if refused is not None:
            await refused(scope, receive, careful)
            return
        self.last = monotonic()
        size = 0

        async def limited() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > MOST_BYTES:
                raise BodyTooLargeError
            return message

        await self._app(scope, limited, careful)

    def _answer(self, scope: Scope) -> Response | None:
        """What is answered at the gate; None where the request may go on."""
        headers, path, method = Headers(scope=scope), scope["path"], scope["method"]
        if headers.get("host", "").lower() != self._host:
            what = "This is not the name of this server."
            return self._shut_out(HTTPStatus.MISDIRECTED_REQUEST, what, f"Open {self._origin}/ instead.")
        if path == ENTRANCE:
            return self._enter(QueryParams(scope["query_string"]).get("token", ""), self._has_pass(headers))
        if path in ASSETS and method in ("GET", "HEAD"):
            return None
        if not self._has_pass(headers):
            what = "This browser has no access to the form."
            hint = (
                "Use the browser window that mpfcheck opened. If you closed it, end mpfcheck and start it again. "
                "All answers are saved."
            )
            return self._shut_out(HTTPStatus.FORBIDDEN, what, hint)
        if method not in ("GET", "HEAD", "POST"):
            return self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, "This is not possible here.", "Go back to the form.")
        if method == "POST" and headers.get("origin") != self._origin:
            what = "This form does not come from a page of mpfcheck."
            return self._refuse(HTTPStatus.FORBIDDEN, what, "Go back to the form and try again.")
        announced = headers.get("content-length", "")
        if announced.isascii() and announced.isdigit() and int(announced[:12]) > MOST_BYTES:
            return self.too_large()
        return None

    def too_large(self) -> Response:
        """The refusal of a body that is too large."""
        mebibytes = MAX_DOCUMENT_BYTES // (1024 * 1024)
        what = f"This is larger than {mebibytes} MiB, which is the most that mpfcheck reads."
        return self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, what, "Go back and choose a smaller file.")

    def _has_pass(self, headers: Headers) -> bool:
        found = cookie_parser(headers.get("cookie", "")).get(self._cookie, "")
        return secrets.compare_digest(found.encode(), self._pass.encode())

    def _enter(self, token: str, inside: bool) -> Response:
        known = self._token is not None and secrets.compare_digest(token.encode(), self._token.encode())
        if not known and inside:
            return RedirectResponse("/", HTTPStatus.SEE_OTHER)
        if not known:
            hint = "End mpfcheck and start it again: it opens a new window. All answers are saved."
            return self._shut_out(HTTPStatus.FORBIDDEN, "This address works only once.", hint)
        self._token = None
        response = RedirectResponse("/", HTTPStatus.SEE_OTHER)
        response.set_cookie(self._cookie, self._pass, httponly=True, samesite="strict", path="/")
        return response

    def is_own_form(self, sent: str) -> bool:
        """Tell whether a form brings what every form of ours does."""
        return secrets.compare_digest(sent.encode(), self.csrf.encode())
