"""mpfcheck apply: which front end asks, what is said on leaving, and a whole proposal through a pipe."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from mpfcheck.cli import apply as apply_module
from mpfcheck.cli.apply import has_terminal
from mpfcheck.drafting.desk import Ending
from tests.cli.conftest import CALL, EXAMPLES, Cli

END_OF_INPUT = "\x04"
"""Ctrl+D, as a terminal sends it."""
PATIENCE = 60
"""Seconds after which a program that writes nothing more is taken for stuck."""

PROPOSAL = """\
yes
1
Detecting forged identity documents
SAFE-DOCS
Border guards of two countries learn from each other.
They share what they know.
.
1/3/2024
:1
2 years
:1

BMVI
Moldova, Ukrain
:1
add
Specialised training
training
How forged documents are told from real ones.
.
no

State Border Guard Service
Public body
lithuania
Central
yes
999999999
A. Person
a.person@example.org

add
Border Police
1
MD
central
yes



no

400.000
:1
add
Human resources
Trainers
Border Police
month
24
10 000
240.000,00
copy 1
2
Travel
Study visits

trip
16
10000
€ 160'000
no

95 %
:1
add
State Border Guard Service
Staff salaries
20000
no



yes
y
true
yes
2023-06-01
=
quit
"""
"""What an applicant types, from an empty draft to an eligible one, page by page."""


@pytest.fixture(autouse=True)
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPFCHECK_DRAFTS", str(tmp_path / "drafts"))


def program(*arguments: str | Path, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the real program with its input from a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "mpfcheck", *map(str, arguments)],
        input=typed,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=os.environ | environment,
    )


def test_a_whole_proposal_from_nothing_to_eligible_through_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "safe docs.json"
    ran = program("apply", "--plain", "--call", CALL, path, typed=PROPOSAL)

    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    assert "Status: ELIGIBLE." in ran.stdout
    assert ran.stdout.endswith(f"Your draft: {path}\nELIGIBLE.\nContinue: mpfcheck apply '{path}'\n"), ran.stdout[
        -2000:
    ]

    checked = program("check", "--format", "json", path)
    [report] = json.loads(checked.stdout)["reports"]
    assert (checked.returncode, report["verdict"]) == (0, "eligible")
    assert report["problems"] == []

    proposal = json.loads(path.read_bytes())
    assert proposal["financing"] == {
        "grant_requested": "380000.00",
        "contributions": [{"source": "lead", "kind": "staff_salaries", "amount": "20000.00"}],
    }
    assert [line["amount"] for line in proposal["budget"]["lines"]] == ["240000.00", "160000.00"]
    assert (proposal["target_countries"], proposal["duration_months"]) == (["MD", "UA"], 24)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_pipe_is_asked_line_by_line_without_being_told_to(tmp_path: Path) -> None:
    ran = program("apply", "--call", CALL, tmp_path / "draft.json", typed="yes\n1\nSafer borders\n")

    assert ran.returncode == 0
    assert "1 of 5. What is the project called?" in ran.stdout
    assert "\x1b" not in ran.stdout


def test_bytes_that_are_no_text_are_asked_back(tmp_path: Path) -> None:
    path = tmp_path / "draft.json"
    ran = subprocess.run(
        [sys.executable, "-m", "mpfcheck", "apply", "--call", CALL, str(path)],
        input="\N{ZERO WIDTH NO-BREAK SPACE}yes\r\n1\r\n".encode() + b"caf\xe9\r\ncaf\xc3\xa9\r\n",
        capture_output=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert b"half of a character" in ran.stdout
    assert json.loads(path.read_bytes())["title"] == "café"


@pytest.mark.parametrize(
    ("terminals", "term", "screens"),
    [
        ((True, True), "xterm-256color", True),
        ((True, True), "dumb", False),
        ((True, True), "", False),
        ((False, True), "xterm-256color", False),
        ((True, False), "xterm-256color", False),
    ],
)
def test_screens_need_a_full_terminal(
    monkeypatch: pytest.MonkeyPatch,
    terminals: tuple[bool, bool],
    term: str,
    screens: bool,
) -> None:
    monkeypatch.setenv("TERM", term)
    for stream, is_terminal in zip((sys.stdin, sys.stdout), terminals, strict=True):
        monkeypatch.setattr(stream, "isatty", lambda answer=is_terminal: answer, raising=False)

    assert has_terminal() is screens


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_mpfcheck_alone_on_a_simple_terminal_asks_line_by_line(tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "mpfcheck"]
    environment = os.environ | {"TERM": "dumb", "COLUMNS": "200"}
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    talk = (
        (b"new, import or quit:", "import\n"),
        (b"(Enter: close):", f"{EXAMPLES / 'incomplete-draft.json'}\n"),
        (b"quit (Enter: ", "1\n"),
        (b"Text:", "Sicherheit für alle\n"),
        (b"Text:", END_OF_INPUT),
        (b"Continue:", ""),
    )
    shown = b""
    try:
        for prompt, typed in talk:
            shown += _until(ours, prompt)
            os.write(ours, typed.encode())
        code = process.wait(PATIENCE)
    finally:
        process.kill()
        process.wait()
        os.close(ours)

    assert code == 0
    assert b"\x1b" not in shown
    assert (
        json.loads((tmp_path / "drafts" / "incomplete-draft-copy.json").read_bytes())["title"] == "Sicherheit für alle"
    )


def _until(terminal: int, wanted: bytes) -> bytes:
    """What a program writes until, and with, something that is waited for."""
    shown = b""
    while wanted not in shown:
        assert select.select([terminal], [], [], PATIENCE)[0], shown
        shown += os.read(terminal, 4096)
    return shown


def test_an_unknown_call_is_refused_with_the_nearest(cli: Cli) -> None:
    ended = cli("apply", "--call", "mpf-2023-border-security")

    assert ended.code == 2
    assert CALL in ended.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "cannot be opened as a draft (line 1)"),
        ('{"call": "nowhere"}', "for the call nowhere, which was not found"),
        ("{}", "does not name its call"),
    ],
)
def test_a_draft_that_cannot_be_opened_is_told_with_what_to_do(
    cli: Cli, tmp_path: Path, content: str, said: str
) -> None:
    path = tmp_path / "draft.json"
    path.write_text(content, encoding="utf-8")
    ended = cli("apply", "--plain", path)

    assert ended.code == 3
    assert ended.err.startswith("Error: ")
    assert said in " ".join(ended.err.split())
    assert path.read_text(encoding="utf-8") == content


def test_a_call_with_mistakes_in_its_rules_is_told(cli: Cli, tmp_path: Path) -> None:
    broken = tmp_path / "rules" / "broken-call"
    broken.mkdir(parents=True)
    (broken / "call.yaml").write_text("id: broken-call\n", encoding="utf-8")
    ended = cli(
        "apply", "--plain", "--rules", tmp_path / "rules", "--call", "broken-call", tmp_path / "x.json", stdin=b"yes\n"
    )

    assert ended.code == 4
    assert "cannot be used" in ended.err


@pytest.mark.parametrize(
    ("ending", "code", "said"),
    [
        (Ending(), 0, ""),
        (Ending(Path("/d.json"), None, saved=False), 3, "Some answers could not be saved in /d.json\n"),
        (Ending(Path("/d.json"), None, interrupted=True), 130, "Your draft: /d.json\n"),
    ],
)
def test_what_is_said_on_leaving(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, ending: Ending, code: int, said: str
) -> None:
    monkeypatch.setattr(apply_module, "_front_end", lambda *, plain: lambda draft, *, call_id, folders: ending)
    ended = cli("apply", "--plain")

    assert ended.code == code
    assert ended.out.startswith(said)
    assert bool(ended.out) is bool(said)


def test_a_session_starts_without_the_slow_libraries(tmp_path: Path) -> None:
    path = tmp_path / "draft.json"
    path.write_bytes((EXAMPLES / "eligible-lithuania-moldova.json").read_bytes())
    code = (
        "import sys; from mpfcheck.cli.main import main\n"
        f"try: main(['apply', '--plain', {str(path)!r}])\n"
        "except SystemExit: pass\n"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], input=b"1\n", capture_output=True, check=True)

    assert not {"textual", "rich", "pydantic", "jsonschema", "difflib"} & set(ran.stderr.decode().split())
