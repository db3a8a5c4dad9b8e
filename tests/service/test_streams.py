"""``POST /check-many``: reports come while proposals are still sent, and a stream that must end says why."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message

import mpfcheck
from mpfcheck.reading.document import read_proposal
from mpfcheck.service.app import application
from mpfcheck.service.capacity import ServiceLimits
from mpfcheck.service.terms import Calls
from tests.service.test_requests import CALL, EXAMPLES, JSON, problem

LINES = {"Content-Type": "application/jsonl"}
BATCH = (EXAMPLES / "batch.jsonl").read_bytes()


class Conversation:
    """One request, its body sent piece by piece, and what has come back so far."""

    def __init__(self, app: ASGIApp, query: str = "") -> None:
        self.app = app
        self.sent: asyncio.Queue[Message] = asyncio.Queue()
        self._got: asyncio.Queue[Message] = asyncio.Queue()
        self.scope = {
            "type": "http",
            "method": "POST",
            "path": "/check-many",
            "raw_path": b"/check-many",
            "query_string": query.encode(),
            "headers": [(b"content-type", b"application/x-ndjson"), (b"host", b"localhost")],
            "http_version": "1.1",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
        }

    async def __aenter__(self) -> Conversation:
        self._task = asyncio.ensure_future(self.app(self.scope, self.sent.get, self._got.put))
        assert (await self.next())["status"] == 200
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.wait_for(self._task, 10)

    def send(self, body: bytes, *, more: bool = True) -> None:
        self.sent.put_nowait({"type": "http.request", "body": body, "more_body": more})

    def leave(self) -> None:
        self.sent.put_nowait({"type": "http.disconnect"})

    async def next(self) -> Message:
        return await asyncio.wait_for(self._got.get(), 10)

    async def lines(self) -> list[dict[str, Any]]:
        """The objects of the next piece of the response."""
        body = (await self.next())["body"].decode()
        return [json.loads(line) for line in body.splitlines()]


def talk(app: ASGIApp, about: Callable[[Conversation], Awaitable[None]], query: str = "") -> None:
    async def whole() -> None:
        async with Conversation(app, query) as conversation:
            await about(conversation)

    asyncio.run(whole())


def test_every_line_gets_its_report_in_order(client: TestClient) -> None:
    response = client.post("/check-many", params={"call": CALL}, content=BATCH + b"\n\n{\n[]", headers=LINES)

    reports = mpfcheck.read_reports(response.content)
    given = [*BATCH.splitlines(), b"{", b"[]"]
    call = mpfcheck.load_call(CALL)
    assert [report.verdict for report in reports] == [call.check(line).verdict for line in given]
    assert [report.input.line for report in reports] == [1, 2, 3, 4, 5, 6, 9, 10]
    assert response.headers["content-type"] == "application/jsonl"


def test_a_report_comes_before_the_next_proposal_is_sent(app: ASGIApp) -> None:
    async def about(conversation: Conversation) -> None:
        first, second = BATCH.splitlines()[:2]
        conversation.send(first[:40])
        conversation.send(first[40:] + b"\n" + second[:10])
        (report,) = await conversation.lines()
        assert report["input"]["line"] == 1
        conversation.send(second[10:], more=False)
        (report,) = await conversation.lines()
        assert report["input"]["line"] == 2
        assert await conversation.next() == {"type": "http.response.body", "body": b""}

    talk(app, about)


def test_however_a_body_is_cut_the_reports_are_the_same(client: TestClient) -> None:
    whole = client.post("/check-many", content=BATCH, headers=LINES).content
    for size in (1000, 37):
        pieces = (BATCH[at : at + size] for at in range(0, len(BATCH), size))
        assert client.post("/check-many", content=pieces, headers=LINES).content == whole


def test_a_line_that_is_too_long_costs_no_other_its_report(client: TestClient) -> None:
    long = b'{"title": "' + b"x" * 50_000 + b'"}'
    body = b"\n".join([long, b"{}", long, b"{}"])
    pieces = [body[at : at + 7000] for at in range(0, len(body), 7000)]

    for content in (body, iter(pieces)):
        reports = mpfcheck.read_reports(client.post("/check-many", content=content, headers=LINES).content)
        assert [report.input.line for report in reports] == [1, 2, 3, 4]
        assert ["longer" in report.problems[0].message for report in reports] == [True, False, True, False]


def test_a_stream_that_is_too_large_ends_with_a_problem(client: TestClient) -> None:
    response = client.post("/check-many", content=b'{"title": "%s"}\n' % (b"x" * 900) * 250, headers=LINES)

    *reports, last = [json.loads(line) for line in response.text.splitlines()]
    assert len(reports) > 100
    assert last["problem"]["type"] == "urn:mpfcheck:problem:too-large"


def test_a_stream_that_falls_silent_is_ended(calls: Calls) -> None:
    async def about(conversation: Conversation) -> None:
        conversation.send(b"{}\n")
        assert (await conversation.lines())[0]["verdict"] == "invalid"
        (last,) = await conversation.lines()
        assert last["problem"]["type"] == "urn:mpfcheck:problem:too-slow"

    talk(application(calls, ServiceLimits(seconds=0.1)), about)


def test_a_stream_whose_answer_is_not_read_is_ended(calls: Calls) -> None:
    """Also where the last line, which says why it ends, cannot be sent either."""
    started = []

    async def unread(message: Message) -> None:
        started.append(message["type"])
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    async def ask() -> None:
        conversation = Conversation(application(calls, ServiceLimits(seconds=0.1)))
        conversation.send(b"{}\n")
        await conversation.app(conversation.scope, conversation.sent.get, unread)

    asyncio.run(ask())
    assert started[0] == "http.response.start"
    assert set(started[1:]) == {"http.response.body"}


def test_a_stream_that_takes_too_long_is_ended(calls: Calls) -> None:
    async def about(conversation: Conversation) -> None:
        conversation.send(b"{}\n")
        await conversation.lines()
        (last,) = await conversation.lines()
        assert last["problem"]["type"] == "urn:mpfcheck:problem:took-too-long"

    talk(application(calls, ServiceLimits(seconds=5, stream_seconds=0.2)), about)


def test_whoever_goes_away_in_the_middle_is_no_trouble(app: ASGIApp, caplog: pytest.LogCaptureFixture) -> None:
    async def about(conversation: Conversation) -> None:
        conversation.send(b"{}\n{")
        await conversation.lines()
        conversation.leave()

    talk(app, about)
    assert not caplog.records


def test_more_than_may_be_checked_at_once_are_told_to_come_again(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(document: object) -> object:
        begun.set()
        go_on.wait(20)
        return read_proposal(document)  # type: ignore[arg-type]

    monkeypatch.setattr("mpfcheck.service.check.read_proposal", slow)
    client = TestClient(application(calls, ServiceLimits(at_once=1, waiting=0)))
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(client.post, "/check", content=b"{}", headers=JSON)
        assert begun.wait(20)
        response = TestClient(client.app).post("/check", content=b"{}", headers=JSON)
        assert "moment" in problem(response, 503, "busy")
        assert response.headers["retry-after"] == "1"
        go_on.set()
        assert first.result().status_code == 200


def test_open_streams_stop_nobody(calls: Calls) -> None:
    app = application(calls, ServiceLimits(at_once=1, waiting=1))

    async def about(first: Conversation) -> None:
        async with Conversation(app) as second, Conversation(app) as third:
            for each in (first, second, third):
                each.send(b"{}\n{")
                assert (await each.lines())[0]["verdict"] == "invalid"
            response = await asyncio.to_thread(TestClient(app).post, "/check", content=b"{}", headers=JSON)
            assert response.status_code == 200
            for each in (second, third):
                each.send(b"}", more=False)
                await each.lines()
        first.send(b"}", more=False)

    talk(app, about)


def test_bytes_that_wait_for_the_rest_are_bounded(calls: Calls) -> None:
    app = application(calls, ServiceLimits(held_bytes=1000))

    async def about(first: Conversation) -> None:
        first.send(b" {" + b" " * 900)
        await asyncio.sleep(0)
        async with Conversation(app) as second:
            second.send(b"{" + b" " * 500)
            (last,) = await second.lines()
            assert last["problem"]["type"] == "urn:mpfcheck:problem:busy"
        first.send(b"}", more=False)
        assert (await first.lines())[0]["verdict"] == "invalid"
        response = await asyncio.to_thread(TestClient(app).post, "/check", content=b"{}", headers=JSON)
        assert response.status_code == 200

    talk(app, about)


@pytest.mark.parametrize(
    ("query", "headers", "status", "kind"),
    [
        ("call=none", LINES, 404, "unknown-call"),
        ("format=html", LINES, 400, "unknown-parameter"),
        ("", {"Content-Type": "text/csv"}, 415, "unsupported-media-type"),
    ],
)
def test_what_is_wrong_from_the_start_is_told_at_the_start(
    client: TestClient, query: str, headers: dict[str, str], status: int, kind: str
) -> None:
    problem(client.post(f"/check-many?{query}", content=b"{}", headers=headers), status, kind)


def test_terms_a_call_in_the_stream_does_not_know_end_it(client: TestClient) -> None:
    response = client.post("/check-many?rule=NONE-1", content=BATCH, headers=LINES)

    assert json.loads(response.text)["problem"]["type"] == "urn:mpfcheck:problem:unknown-rule"
