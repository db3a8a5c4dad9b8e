"""The server of the pages, from its start to its end: on this computer only, for as long as somebody uses it."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Final

import uvicorn

from mpfcheck.drafting.desk import Desk, Ending
from mpfcheck.engine.interruption import handling_signals
from mpfcheck.report.words import counted
from mpfcheck.web.app import Site
from mpfcheck.web.office import Office

__all__ = ["PortTakenError", "run_web"]

LOOPBACK: Final = "127.0.0.1"
UNUSED_SECONDS: Final = 24 * 60 * 60
LOOK_EVERY: Final = 5.0


class PortTakenError(Exception):
    """The port cannot be used."""


def run_web(
    draft: Path | None,
    *,
    call_id: str | None = None,
    folders: tuple[Path, ...] = (),
    port: int = 0,
    browser: bool = True,
    unused_seconds: float = UNUSED_SECONDS,
) -> Ending:
    """Serve the form to a browser on this computer until the applicant is done, and say so on standard error.

    ``port`` 0 takes any. ``unused_seconds`` is how long it waits for the next request. Raises PortTakenError, and what
    the other front ends raise where the draft cannot be opened.
    """
    listening = _listen(port)
    origin = f"http://{LOOPBACK}:{listening.getsockname()[1]}"
    office = Office(Desk(folders, looks_ahead=True), call_id)
    try:
        if draft is not None:
            office.open_at_start(draft)
        number = _serve(office, listening, origin, browser=browser, unused_seconds=unused_seconds)
    finally:
        listening.close()
        for words in office.close_all():
            _say(words)
    interrupted = number == signal.SIGINT
    return office.ending(interrupted=interrupted, by_signal=None if interrupted else number)


def _serve(
    office: Office, listening: socket.socket, origin: str, *, browser: bool, unused_seconds: float
) -> int | None:
    """Serve until the end; the signal that ended it, None for any other end."""
    ended: list[str] = []
    signals: list[int] = []

    def end(words: str) -> None:
        ended.append(words)
        server.should_exit = True

    site = Site(office, origin, lambda: end("Finished in the browser."))
    config = uvicorn.Config(
        site.app,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_keep_alive=5,
        timeout_graceful_shutdown=2,
        h11_max_incomplete_event_size=64 * 1024,
    )
    server = uvicorn.Server(config)
    address = site.gate.address
    _say(f"The form is at {address}")
    _say("Only this computer can reach it. The address works once. End it with Finish in the browser, or with Ctrl-C.")

    async def look() -> None:
        """Open the browser once the pages are there, and end when nobody has used them for long."""
        while not server.started:
            await asyncio.sleep(0.01)
        if browser and not await asyncio.to_thread(_open_browser, address):
            _say("No browser could be opened. Open the address in your browser.")
        while not server.should_exit:
            await asyncio.sleep(min(LOOK_EVERY, unused_seconds / 4))
            if monotonic() - site.gate.last > unused_seconds:
                end(f"Nobody used the form for {_long(unused_seconds)}.")

    async def serve() -> None:
        looking = asyncio.create_task(look())
        try:
            await server.serve(sockets=[listening])
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking

    def on_signal(number: int) -> None:
        signals.append(number)
        server.should_exit = True

    with handling_signals(on_signal):
        asyncio.run(serve())
    for words in ended:
        _say(f"{words} mpfcheck has ended.")
    return signals[0] if signals else None


def _long(seconds: float) -> str:
    hours = int(seconds // 3600)
    return counted(hours, "hour") if hours else counted(int(seconds), "second")


def _open_browser(address: str) -> bool:
    try:
        return webbrowser.open(address)
    except webbrowser.Error:
        return False


def _listen(port: int) -> socket.socket:
    """A socket that only this computer reaches; raises PortTakenError where that cannot be."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((LOOPBACK, port))
        listening.listen()
    except OSError as error:
        listening.close()
        reason = error.strerror or str(error)
        raise PortTakenError(f"Cannot listen at port {port}: {reason}. Choose another --port.") from None
    return listening


def _say(words: str) -> None:
    with suppress(OSError, ValueError):
        sys.stderr.write(f"{words}\n")
        sys.stderr.flush()
