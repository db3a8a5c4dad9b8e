"""Only the browser that was opened sees the pages, only their own forms change anything, and nothing is too large."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mpfcheck.drafting.desk import Desk
from mpfcheck.web.app import Site
from mpfcheck.web.gate import MOST_BYTES
from mpfcheck.web.office import MOST_OPEN, Office
from mpfcheck.web.run import PortTakenError, _listen
from tests.web.window import ORIGIN, Window, opened_window

PAGES = ("/", "/question", "/draft/1", "/draft/1/page/project", "/draft/1/result", "/draft/1/export/proposal")
FORMS = (
    "/new",
    "/import",
    "/drafts",
    "/finish",
    "/question",
    "/draft/1/do",
    "/draft/1/page/project",
    "/draft/1/typing",
)


@pytest.fixture
def stranger(tmp_path: Path) -> TestClient:
    """A client without the cookie, at a site with one open draft."""
    window, office, site = opened_window(tmp_path / "drafts", "mpf-2023-borders-security")
    office.begin()
    assert window.status == 200
    return TestClient(site.app, base_url=ORIGIN)


def test_without_the_address_nothing_is_seen(stranger: TestClient) -> None:
    for path in PAGES:
        answer = stranger.get(path)
        assert answer.status_code == 403, path
        assert "no access" in answer.text
        assert "list of drafts" not in answer.text
        assert "proposal" not in answer.text
    for path in FORMS:
        assert stranger.post(path, data={"do": "close"}, headers={"Origin": ORIGIN}).status_code == 403, path


def test_a_guessed_cookie_opens_nothing(stranger: TestClient) -> None:
    for guess in ("", "x", "a" * 43, "ä"):
        assert stranger.get("/", headers={"Cookie": f"mpfcheck-8000={guess}".encode()}).status_code == 403


def test_the_address_works_once(tmp_path: Path) -> None:
    _, _, site = opened_window(tmp_path / "drafts")
    again = TestClient(site.app, base_url=ORIGIN)
    answer = again.get(site.gate.address.removeprefix(ORIGIN))
    assert answer.status_code == 403
    assert "only once" in answer.text


def test_a_wrong_token_opens_nothing_and_spends_nothing(tmp_path: Path) -> None:
    site = Site(Office(Desk()), ORIGIN, lambda: None)
    client = TestClient(site.app, base_url=ORIGIN)
    assert client.get("/enter?token=wrong").status_code == 403
    assert client.get("/enter").status_code == 403
    assert client.get(site.gate.address.removeprefix(ORIGIN)).status_code == 200


def test_the_cookie_is_for_this_site_and_no_script(tmp_path: Path) -> None:
    site = Site(Office(Desk()), ORIGIN, lambda: None)
    client = TestClient(site.app, base_url=ORIGIN, follow_redirects=False)
    cookie = client.get(site.gate.address.removeprefix(ORIGIN)).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "mpfcheck-8000=" in cookie, "cookies do not know ports"


@pytest.mark.parametrize("host", ["evil.example", "localhost:8000", "127.0.0.1", "127.0.0.1:8001", ""])
def test_it_answers_to_its_own_name_only(window: Window, host: str) -> None:
    answer = window.client.get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert ORIGIN in answer.text


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "http://127.0.0.1:8001", "https://127.0.0.1:8000"]
)
def test_a_form_of_another_site_changes_nothing(at_draft: Callable[..., Window], origin: str | None) -> None:
    window = at_draft().follow("The project")
    fields = {"csrf": window.value("csrf"), "state": "0", "do": "stay", "/title": "Taken over"}
    headers = {} if origin is None else {"Origin": origin}
    assert window.client.post("/draft/1/page/project", data=fields, headers=headers).status_code == 403
    assert window.go("/draft/1/page/project").value("/title") == ""


@pytest.mark.parametrize("csrf", ["", "x", "ä"])
def test_a_form_without_our_mark_changes_nothing(at_draft: Callable[..., Window], csrf: str) -> None:
    window = at_draft().follow("The project")
    for path in FORMS:
        fields = {"csrf": csrf, "state": "0", "do": "stay", "/title": "Taken over"}
        assert window.client.post(path, data=fields, headers={"Origin": ORIGIN}).status_code == 403, path
    assert window.go("/draft/1/page/project").value("/title") == ""


def test_no_page_may_run_or_load_anything_from_elsewhere(at_draft: Callable[..., Window]) -> None:
    window = at_draft("ineligible-romania-moldova-2016.json")
    for path in ("/draft/1", "/draft/1/page/budget", "/draft/1/result", "/draft/1/answers", "/nowhere", "/style.css"):
        answer = window.client.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in answer.headers
        window.go(path)
        assert not [
            one for one in window.page.iter() if any(name.startswith("on") or name == "style" for name in one.attrib)
        ]
        assert all(one.get("src") == "/script.js" for one in window.page.iter("script"))
        for one in window.page.iter():
            for name in ("src", "href", "action"):
                address = one.get(name, "")
                outside = one.tag == "a" and one.get("rel") == "noreferrer"
                assert outside or not address.startswith(("http", "//", "data:", "javascript:")), address


def test_what_is_too_large_is_refused_announced_or_not(at_draft: Callable[..., Window]) -> None:
    window = at_draft().follow("The project")
    large = {"csrf": window.value("csrf"), "do": "stay", "/summary": "x" * (MOST_BYTES + 1)}
    answer = window.client.post("/draft/1/page/project", data=large, headers={"Origin": ORIGIN})
    assert answer.status_code == 413
    assert "10 MiB" in answer.text

    def pieces() -> object:
        for _ in range(MOST_BYTES // 100_000 + 1):
            yield b"x" * 100_000

    headers = {"Origin": ORIGIN, "Content-Type": "application/x-www-form-urlencoded"}
    answer = window.client.post("/draft/1/page/project", content=pieces(), headers=headers)  # type: ignore[arg-type]
    assert answer.status_code == 413
    assert window.go("/draft/1/page/project").value("/summary") == ""


def test_no_more_drafts_are_open_than_allowed(window: Window) -> None:
    for _ in range(MOST_OPEN):
        window.go("/").press("New proposal")
        assert window.path.startswith("/draft/")
    window.go("/").press("New proposal")
    assert window.path == "/"
    assert f"{MOST_OPEN} drafts are open" in " ".join(window.notices)


def test_other_ways_of_asking_are_refused(window: Window) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        assert window.client.request(method, "/", headers={"Origin": ORIGIN}).status_code == 405, method


def test_only_this_computer_reaches_it_and_a_taken_port_is_said() -> None:
    listening = _listen(0)
    with listening:
        host, port = listening.getsockname()
        assert host == "127.0.0.1"
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            taken = other.getsockname()[1]
            with pytest.raises(PortTakenError, match=f"port {taken}.*Choose another"):
                _listen(taken)
    assert port
