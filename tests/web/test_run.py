"""The server from start to end: it opens the browser, says its address, and ends in each of the ways there are."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from mpfcheck.drafting.desk import Ending
from mpfcheck.web import run

CALL = "mpf-2023-borders-security"


@pytest.fixture(autouse=True)
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPFCHECK_DRAFTS", str(tmp_path / "drafts"))


def test_it_ends_when_nobody_uses_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ending = run.run_web(tmp_path / "draft.json", call_id=CALL, browser=False, unused_seconds=1)
    said = capsys.readouterr().err
    assert ending == Ending(tmp_path / "draft.json", ending.verdict)
    assert "Nobody used the form for 1 second. mpfcheck has ended." in said
    assert "Everything is saved in" in said


def test_it_opens_the_browser_and_says_so_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []

    def refuse(address: str) -> bool:
        opened.append(address)
        return False

    monkeypatch.setattr(run.webbrowser, "open", refuse)
    assert run.run_web(None, unused_seconds=1) == Ending()
    said = capsys.readouterr().err
    assert opened == re.findall(r"http://127\.0\.0\.1:\d+/enter\?token=\S+", said)
    assert "No browser could be opened" in said


def test_a_draft_that_cannot_be_opened_is_said_before_anything_is_served(tmp_path: Path) -> None:
    from mpfcheck.drafting.store.errors import DraftError

    (tmp_path / "draft.json").write_text("{", encoding="utf-8")
    with pytest.raises(DraftError, match="cannot be opened"):
        run.run_web(tmp_path / "draft.json", browser=False, unused_seconds=1)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_a_signal_ends_it_and_what_is_open_is_saved(tmp_path: Path, number: int, code: int) -> None:
    command = [sys.executable, "-m", "mpfcheck", "apply", "draft.json", "--call", CALL, "--web", "--no-browser"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=tmp_path, env=os.environ, stderr=pipe, stdout=pipe, text=True) as server:
        assert server.stderr is not None
        found = re.search(r"http://\S+", server.stderr.readline())
        assert found is not None
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with opener.open(found[0]) as answer:
            assert answer.status == 200
            assert answer.url.endswith("/draft/1")
            assert b"draft.json" in answer.read()
        server.send_signal(number)
        _, said = server.communicate(timeout=60)
    assert server.returncode == code
    assert "Everything is saved in" in said
    assert "Traceback" not in said
    assert (tmp_path / "draft.json").exists()
