"""``mpfcheck serve``: the service, on this computer unless --host says otherwise."""

from __future__ import annotations

import socket
import sys
from ipaddress import ip_address
from pathlib import Path

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import rules_option

__all__ = ["serve"]

MEBIBYTE = 1024 * 1024


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Listen at this address.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="The port; 0 takes any.",
)
@click.option(
    "--name", "names", multiple=True, metavar="HOST", help="A host name of the service; with --host. Repeatable."
)
@click.option(
    "--max-bytes",
    type=click.IntRange(1024, 10 * MEBIBYTE),
    default=MEBIBYTE,
    show_default=True,
    help="The largest proposal, in bytes.",
)
@click.option(
    "--max-seconds",
    type=click.FloatRange(0.1, 3600),
    default=20.0,
    show_default=True,
    help="The longest time for a proposal to arrive, and to be checked.",
)
@click.option(
    "--at-once", type=click.IntRange(1, 256), default=4, show_default=True, help="Check this many proposals at a time."
)
@rules_option
def serve(
    *,
    host: str,
    port: int,
    names: tuple[str, ...],
    max_bytes: int,
    max_seconds: float,
    at_once: int,
    folders: tuple[Path, ...],
) -> None:
    """Check proposals over HTTP: for programs in any language.

    Without --host, only this computer can reach the service. The service keeps nothing of what it receives. It has no
    login: put it behind a server with one before others can reach it. GET /openapi.json describes the service.

    It needs more libraries: pip install ".[server]".
    """
    from mpfcheck.cli.usage import BrokenPackError, warn_of_packages

    try:
        import uvicorn

        from mpfcheck.service.app import LOOPBACK_NAMES, application
        from mpfcheck.service.capacity import ServiceLimits
        from mpfcheck.service.terms import Calls
    except ModuleNotFoundError:
        from mpfcheck.extra import MissingLibraryError

        raise MissingLibraryError("mpfcheck serve", "server") from None
    calls = Calls(folders)
    for call_id, mistakes in calls.broken.items():
        BrokenPackError(call_id, mistakes).show()
    warn_of_packages()
    if not calls.ids():
        raise click.exceptions.Exit(ExitCode.PACK)
    limits = ServiceLimits(proposal_bytes=max_bytes, seconds=max_seconds, at_once=at_once)
    listening = _listen(host, port, max_seconds)
    address = _address(listening)
    only_here = ip_address(listening.getsockname()[0]).is_loopback
    hosts = LOOPBACK_NAMES | set(names) if only_here else set(names) or None
    app = application(calls, limits, hosts)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=5,
    )
    sys.stderr.write(f"mpfcheck listens at {address} (description: {address}/openapi.json). Stop it with Ctrl-C.\n")
    if not only_here:
        sys.stderr.write("Other computers can reach it, and it has no login.\n")
    sys.stderr.flush()
    server = uvicorn.Server(config)
    server.run(sockets=[listening])
    if not server.started:
        raise click.exceptions.Exit(ExitCode.INCONCLUSIVE)


def _listen(host: str, port: int, seconds: float) -> socket.socket:
    """A socket that listens there; raises click.UsageError where that cannot be.

    Where the system can, it closes connections whose other side takes nothing for so many seconds.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(seconds * 1000))
        listening.bind(address)
        listening.listen()
    except UnicodeError:
        raise click.UsageError(f"Cannot listen at {host}: this is not the name of a computer. Check --host.") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise click.UsageError(f"Cannot listen at {host}, port {port}: {reason}. Check --host and --port.") from None
    return listening


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
