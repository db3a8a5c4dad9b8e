"""``mpfcheck serve`` as a process: it starts, says where it is, serves this computer only, and ends when told to."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
PROGRAM = [sys.executable, "-m", "mpfcheck", "serve"]


@contextmanager
def running(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A service and the port it took."""
    with subprocess.Popen([*PROGRAM, "--port", "0", *arguments], stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            lines = iter(process.stderr.readline, "")
            found = next(filter(None, (re.search(r"http://127\.0\.0\.1:(\d+)", line) for line in lines)))
            yield process, int(found[1])
        finally:
            process.kill()


def test_it_serves_and_ends(tmp_path: Path) -> None:
    with running() as (process, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        body = (EXAMPLES / "eligible-lithuania-moldova.json").read_bytes()
        connection.request("POST", "/check", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        assert response.status == 200
        assert response.getheader("server") is None
        assert json.loads(response.read())["reports"][0]["verdict"] == "eligible"

        connection.request("GET", "/health", headers={"Host": "evil.example"})
        refused = connection.getresponse()
        assert refused.status == 421
        refused.read()
        connection.close()

        process.send_signal(signal.SIGINT)
        assert process.wait(20) in (0, 130)
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


def test_it_takes_a_stream_over_a_connection() -> None:
    lines = (EXAMPLES / "batch.jsonl").read_bytes().splitlines(keepends=True)
    with running() as (_, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        headers = {"Content-Type": "application/jsonl"}
        connection.request("POST", "/check-many", iter(lines), headers, encode_chunked=True)
        reports = connection.getresponse().read().splitlines()
        connection.close()
    assert len(reports) == len(lines)


def test_what_its_end_cuts_off_is_told_so() -> None:
    with running() as (process, port):
        stream, single = socket.create_connection(("127.0.0.1", port)), socket.create_connection(("127.0.0.1", port))
        with stream, single:
            head = "HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: application"
            stream.sendall(f"POST /check-many {head}/jsonl\r\n\r\n3\r\n{{}}\n\r\n".encode())
            single.sendall(f"POST /check {head}/json\r\n\r\n1\r\n{{\r\n".encode())
            assert b"200 OK" in stream.recv(100_000)
            process.send_signal(signal.SIGTERM)
            process.wait(20)
            assert process.stderr is not None
            assert "Traceback" not in process.stderr.read()
            assert all("shutting-down" in _rest(each) for each in (stream, single))


def _rest(connection: socket.socket) -> str:
    """All that still comes over a connection."""
    return b"".join(iter(lambda: connection.recv(100_000), b"")).decode()


def test_it_listens_to_this_computer_only() -> None:
    with running() as (_, port), socket.socket() as other:
        # Another address of this computer stands for another computer: nobody listens there.
        assert other.connect_ex(("127.0.0.2", port)) != 0


def run(*arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
    command = [*PROGRAM, *arguments]
    if code:
        command = [sys.executable, "-c", f"{code}\nfrom mpfcheck.cli.main import main\nmain({['serve', *arguments]!r})"]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ended = run("--port", str(taken.getsockname()[1]))
    assert ended.returncode == 2
    assert "Check --host and --port" in ended.stderr


def test_an_address_that_is_not_ours_is_told() -> None:
    ended = run("--host", "192.0.2.1")
    assert ended.returncode == 2
    assert "Cannot listen at 192.0.2.1" in ended.stderr


def test_what_must_be_installed_is_told() -> None:
    ended = run(code="import sys; sys.modules['starlette'] = sys.modules['uvicorn'] = None")
    assert ended.returncode == 2
    assert 'pip install ".[server]"' in " ".join(ended.stderr.split())


def test_a_broken_pack_is_named_and_takes_no_other_down(tmp_path: Path) -> None:
    (tmp_path / "broken-2026").mkdir()
    (tmp_path / "broken-2026" / "call.yaml").write_text("id: broken-2026\n", encoding="utf-8")
    with running("--rules", str(tmp_path)) as (process, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("POST", "/check", b'{"call": "broken-2026"}', {"Content-Type": "application/json"})
        (report,) = json.loads(connection.getresponse().read())["reports"]
        assert report["verdict"] == "inconclusive"
        assert report["problems"][0]["message"] == "The rules of the call broken-2026 cannot be used."
        connection.request("GET", "/calls/broken-2026")
        assert json.loads(connection.getresponse().read())["type"] == "urn:mpfcheck:problem:broken-call"
        connection.request("GET", "/calls/mpf-2023-borders-security")
        assert connection.getresponse().status == 200
        connection.close()
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def test_half_sent_requests_and_slow_streams_stop_nobody() -> None:
    head = "HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: application"
    begun = [
        (f"POST /check {head}/json\r\n\r\n1\r\n{{\r\n", ""),
        (f"POST /check-many {head}/jsonl\r\n\r\n", "3\r\n{}\n\r\n"),
    ]
    with running() as (_, port), ExitStack() as stack:
        for start, more in begun * 60:
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            slow.sendall((start + more).encode())
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        for _ in range(3):
            connection.request("POST", "/check", b"{}", {"Content-Type": "application/json"})
            response = connection.getresponse()
            assert response.status == 200
            response.read()
        connection.close()


@pytest.mark.parametrize("arguments", [("--max-bytes", "1"), ("--at-once", "0"), ("--port", "70000")])
def test_limits_that_make_no_sense_are_refused(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).returncode == 2
