"""Nothing from outside reaches a terminal as it is: through every option and every argument of every command.

The commands are asked for what they take, so that a new option is tried without a word here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from mpfcheck.cli.main import main, mpfcheck
from mpfcheck.plain import harmless, plain

HOSTILE = {
    "escape": "\x1b[2J\x1b[31m",
    "clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "c1": "\x9b2J\x9d52;c;eA==\x9c",
    "bidi": "a\u202eb\u2066c\u2069\u200f",
    "filler": "a\u3164b\u115f\u1160\uffa0",
    "line": "a\r\x08\x7fb",
}
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u3164\u115f\u1160\uffa0]")
STYLES = re.compile("\x1b\\[[0-9;]*m")
SERVERS = {"serve", "editor", "mcp"}
"""They do not end by themselves: only what stops them at the start is tried."""


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(command, click.Group) or command.invoke_without_command:
        yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            sub = command.get_command(context, name)
            assert sub is not None
            yield from commands(sub, (*path, name))


def places() -> Iterator[tuple[str, ...]]:
    """Every place on a command line where something can be given; ``{}`` stands for it."""
    yield ("{}",)
    yield ("--{}",)
    for path, command in commands(mpfcheck):
        yield (*path, "--{}")
        yield (*path, "-{}")
        arguments = [one for one in command.params if isinstance(one, click.Argument)]
        yield (*path, *(["{}"] * (len(arguments) + 1)))
        for number in range(len(arguments)):
            yield (*path, *("x" if other != number else "{}" for other in range(len(arguments))))
        for option in command.params:
            if isinstance(option, click.Option) and not option.is_flag:
                for name in option.opts:
                    if name.startswith("--"):
                        yield (*path, f"{name}={{}}", *("x" for _ in arguments))
                        yield (*path, f"{name}=x={{}}", *("x" for _ in arguments))


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPFCHECK_DRAFTS", str(tmp_path / "drafts"))


def said(arguments: list[str], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    with open(os.devnull, encoding="utf-8") as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        with pytest.raises(SystemExit):
            main(arguments)
    captured = capfd.readouterr()
    return captured.out + captured.err


ALL = sorted({place for place in places() if not (SERVERS & {*place[:1]} and not place[-1].startswith("-"))})


@pytest.mark.parametrize("place", ALL, ids=" ".join)
def test_nothing_typed_reaches_the_terminal_as_it_is(
    place: tuple[str, ...], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # A service that is told a wrong port, or a wrong name of this computer, does not begin.
    more = ["--port=70000"] if place[0] == "serve" else []
    for kind, hostile in HOSTILE.items():
        text = said([*(part.replace("{}", hostile) for part in place), *more], capfd, monkeypatch)
        found = UNSEEN.findall(STYLES.sub("", text)) if "\x1b" not in hostile else UNSEEN.findall(text)
        assert not found, (kind, text)


def test_every_command_is_tried() -> None:
    assert {path[0] for path, _ in commands(mpfcheck) if path} <= {place[0] for place in ALL}
    assert len(ALL) > 100


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_names_of_files_and_foreign_packs_are_harmless(
    hostile: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / f"f{hostile}".replace("/", "")
    folder.mkdir()
    (folder / f"{hostile}.json".replace("/", "")).write_text("{", encoding="utf-8")
    (folder / f"{hostile}.txt".replace("/", "")).write_text("{", encoding="utf-8")
    pack = folder / "broken-2026"
    pack.mkdir()
    (pack / "call.yaml").write_text(f'id: "{hostile}"\n"{hostile}": 1\n', encoding="utf-8")
    (pack / "rules.yaml").write_text(f'- id: "{hostile}"\n', encoding="utf-8")
    tried = [
        ["check", str(folder)],
        ["check", str(folder), "--rules", str(folder), "--call", "broken-2026"],
        ["calls", "--rules", str(folder)],
        ["rules", "lint", str(folder)],
        ["rules", "test", str(folder)],
        ["apply", "--plain", str(folder / f"{hostile}.json".replace("/", ""))],
    ]
    for arguments in tried:
        assert not UNSEEN.findall(said(arguments, capfd, monkeypatch)), arguments
    monkeypatch.setenv("MPFCHECK_RULES", str(folder / hostile))
    assert not UNSEEN.findall(said(["calls"], capfd, monkeypatch))
    monkeypatch.delenv("MPFCHECK_RULES")
    for name in ("SHELL", "MPFCHECK_DRAFTS", "COLUMNS"):
        with monkeypatch.context() as patched:
            patched.setenv(name, hostile)
            assert not UNSEEN.findall(said(["completion"], capfd, patched))
            assert not UNSEEN.findall(said(["apply", "--plain"], capfd, patched))


def test_a_fault_of_our_own_quotes_nothing_raw(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("".join(HOSTILE.values()))

    monkeypatch.setattr(mpfcheck, "invoke", fail)
    text = said(["calls"], capfd, monkeypatch)
    assert "RuntimeError" in text
    assert not UNSEEN.findall(text)


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_plain_and_harmless_leave_nothing_unseen(hostile: str) -> None:
    assert not UNSEEN.findall(plain(hostile))
    assert not UNSEEN.findall(harmless(f"a\n\t{hostile}"))
    assert harmless("a\n\tb é 한국어") == "a\n\tb é 한국어"
