"""The page on answering line by line is true: its talk is the one the program has, and it knows every command."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from mpfcheck.cli.main import main
from mpfcheck.prompts.interview import SIGNS, WORDS
from tests.docs.console import agrees
from tests.docs.markdown import blocks, page

PAGE = "line-by-line.md"
TYPED = ("yes", ":go budget", "199.999", ":1", ":quit")


def test_the_talk_it_shows_is_the_one_the_program_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPFCHECK_DRAFTS", str(tmp_path / "drafts"))
    monkeypatch.setattr("sys.stdin", StringIO("".join(f"{line}\n" for line in TYPED)))
    with pytest.raises(SystemExit):
        main(["apply", "--plain", "--call", "mpf-2023-borders-security", "draft.json"])
    printed = capsys.readouterr().out.replace(f"{tmp_path}/", "").splitlines()

    [talk] = blocks(PAGE, "text")
    command, *shown = talk.text.splitlines()
    assert command == "$ mpfcheck apply --plain --call mpf-2023-borders-security draft.json"
    assert agrees(shown, printed), "\n".join(printed)


def test_it_knows_every_command_and_sign() -> None:
    text = page(PAGE)

    assert all(f"| `:{word}" in text for word in WORDS)
    assert all(f"`:{word}` or `{sign}`" in text for sign, word in SIGNS.items())
