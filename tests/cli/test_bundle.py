"""``mpfcheck bundle``: a report with its rules verifies anywhere and later, and nothing in a bundle is believed."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from mpfcheck.engine import bundle as bundles
from mpfcheck.engine.bundle import BundleError, read_bundle
from tests.cli.conftest import CALL, EXAMPLES, ROOT, Cli

Write = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> Path:
    """Some proposals, one a line and one a file, and the report on them."""
    inside = tmp_path / "in"
    inside.mkdir()
    for name in ("batch.jsonl", "eligible-lithuania-moldova.json", "incomplete-draft.json"):
        shutil.copy(EXAMPLES / name, inside)
    monkeypatch.chdir(tmp_path)
    cli("check", "in", "--format", "json", "--output", "report.json")
    return tmp_path


@pytest.mark.parametrize("command", [("verify",), ("bundle", "-o", "out.zip")])
def test_broken_rules_are_told_in_the_words_of_check(cli: Cli, write: Write, command: tuple[str, ...]) -> None:
    write({"call": CALL})
    for folder in (CALL, "shared"):
        shutil.copytree(ROOT / "rules" / folder, Path("own", folder))
    cli("check", "proposal.json", "--rules", "own", "--format", "json", "--output", "report.json")
    place = Path("own", CALL, "call.yaml")
    place.write_text(place.read_text(encoding="utf-8") + "\n  slip: [", encoding="utf-8")

    said = cli("check", "proposal.json", "--rules", "own")
    name, *options = command
    ended = cli(name, "report.json", "proposal.json", *options, "--rules", "own")
    assert (said.code, ended.code) == (4, 4)
    assert ended.err == said.err


def test_one_checksum_stands_for_all_inputs_in_every_format(cli: Cli, folder: Path) -> None:
    lines = (folder / "in" / "batch.jsonl").read_bytes().splitlines()
    files = [path.read_bytes() for path in (folder / "in").glob("*.json")]
    checksums = sorted(sha256(data).hexdigest() for data in (*lines, *files))
    whole = sha256("".join(f"{one}\n" for one in checksums).encode()).hexdigest()

    for format_name in ("text", "json", "html", "markdown", "junit", "sarif"):
        assert whole in cli("check", "in", "--format", format_name).out, format_name
    report = json.loads(Path("report.json").read_text(encoding="utf-8"))
    assert report["summary"]["inputs_sha256"] == whole
    # Whatever their names and their order are, and whatever lies beside them.
    (folder / "in" / "batch.jsonl").rename(folder / "in" / "zebra.jsonl")
    (folder / "in" / "notes.txt").write_text("hello", encoding="utf-8")
    text = cli("check", "in").out
    assert "Complete: 8 inputs, 1 other file or folder not checked." in text
    assert whole in text
    assert whole not in cli("check", "in", "in/incomplete-draft.json").out


def test_a_change_of_the_checksum_is_a_difference(cli: Cli, folder: Path) -> None:
    report = json.loads(Path("report.json").read_text(encoding="utf-8"))
    Path("changed.json").write_text(
        Path("report.json").read_text(encoding="utf-8").replace(report["summary"]["inputs_sha256"], "0" * 64),
        encoding="utf-8",
    )

    ended = cli("verify", "changed.json", "in")

    assert (ended.code, "inputs_sha256" in ended.out) == (1, True)


def test_a_bundle_is_enough_and_always_the_same(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli("bundle", "report.json", "in", "-o", "a.zip", "--with-inputs").code == 0
    os.utime("in/batch.jsonl", (1, 1))
    assert cli("bundle", "report.json", "in/incomplete-draft.json", "in", "-o", "b.zip", "--with-inputs").code == 0
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    shutil.move("b.zip", elsewhere)
    shutil.rmtree("in")
    monkeypatch.chdir(elsewhere)

    ended = cli("verify", "b.zip")

    assert (ended.code, ended.out.split("  ")[0]) == (0, "THE SAME")
    assert "The bundle was made by mpfcheck" in ended.out
    assert Path("b.zip").read_bytes() == (folder / "a.zip").read_bytes()
    with zipfile.ZipFile("b.zip") as archive:
        assert {(entry.compress_type, entry.date_time) for entry in archive.infolist()} == {
            (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0))
        }
    assert not [name for name in os.listdir(elsewhere) if name != "b.zip"]


def test_a_bundle_names_its_inputs_as_the_report_does_wherever_it_is_made(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the bytes are the same, and say nothing of the folders of who made it. Copies and links are named too."""
    shutil.copy("in/incomplete-draft.json", "in/a-copy.json")
    os.symlink("batch.jsonl", "in/link.jsonl")
    cli("check", "in", "--format", "json", "--output", "report.json")
    assert cli("bundle", "report.json", "in", "-o", "a.zip", "--with-inputs").code == 0
    shutil.move("in", "renamed")
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    given = (str(folder / "renamed"), "../renamed/./batch.jsonl")
    ended = cli("bundle", "../report.json", *given, "-o", "b.zip", "--with-inputs")

    assert ended.code == 0, ended.out + ended.err
    with zipfile.ZipFile("b.zip") as archive:
        inputs = json.loads(archive.read("bundle.json"))["inputs"]
    assert [one["name"] for one in inputs] == [
        *("in/a-copy.json", "in/batch.jsonl", "in/eligible-lithuania-moldova.json"),
        *("in/incomplete-draft.json", "in/link.jsonl"),
    ]
    assert Path("b.zip").read_bytes() == (folder / "a.zip").read_bytes()
    assert cli("verify", "b.zip").out.startswith("THE SAME")


def test_the_rules_inside_are_used_whatever_rules_are_here(
    cli: Cli, write: Write, pack: Callable[..., Path], tmp_path: Path
) -> None:
    rules = pack()
    write({"call": "small-call", "budget": {"total": "1000"}})
    cli("check", "proposal.json", "--rules", rules, "--format", "jsonl", "--output", "report.jsonl")
    made = cli("bundle", "report.jsonl", "proposal.json", "--rules", rules, "-o", "b.zip")
    shutil.rmtree(rules)

    assert made.code == 0, made.err
    assert cli("verify", "report.jsonl", "proposal.json").code == 4
    assert cli("verify", "b.zip", "proposal.json").code == 0
    assert cli("verify", "b.zip", "proposal.json", "--rules", tmp_path).code == 2
    assert "proposals are not in" in cli("verify", "b.zip").err
    write({"call": "small-call", "budget": {"total": "999"}})
    assert cli("verify", "b.zip", "proposal.json").code == 1


def test_a_version_of_the_rules_that_is_not_the_newest_is_inside(cli: Cli, write: Write, proposal: Any) -> None:
    write(proposal)
    call = "mpf-2023-borders-security@2023-12-07"
    cli("check", "proposal.json", "--call", call, "--format", "json", "--output", "report.json")
    made = cli("bundle", "report.json", "proposal.json", "--with-inputs", "-o", "b.zip")

    assert "version 2023-12-07" in made.out
    ended = cli("verify", "b.zip")
    assert (ended.code, "version 2023-12-07" in ended.out) == (0, True)


def test_what_a_later_version_adds_is_said_and_is_no_difference(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report of a version that did not write a member yet."""
    report = json.loads(Path("report.json").read_text(encoding="utf-8"))
    report["tool"]["version"] = "0.0.9"
    for one in report["reports"]:
        for result in one["results"]:
            del result["manual"]
    Path("old.json").write_text(json.dumps(report), encoding="utf-8")

    ended = cli("verify", "old.json", "in")

    assert ended.code == 0, ended.out
    assert "also writes manual" in " ".join(ended.out.split())
    assert "0.0.9" in ended.out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("report.json", "in/batch.jsonl", "-o", "b.zip"), 1, "but they were not given"),
        (("report.json", "in", EXAMPLES / "review-india.json", "-o", "b.zip"), 1, "not in the report"),
        (("report.json", "in", "-o", "report.json"), 2, "would overwrite"),
        (("nowhere.json", "in", "-o", "b.zip"), 3, "cannot be read"),
    ],
)
def test_only_a_report_that_can_be_made_again_is_bundled(
    cli: Cli, folder: Path, arguments: tuple[str | Path, ...], code: int, words: str
) -> None:
    before = Path("report.json").read_bytes()
    ended = cli("bundle", *arguments)

    assert ended.code == code
    assert words in " ".join((ended.out + ended.err).split())
    assert not Path("b.zip").exists()
    assert Path("report.json").read_bytes() == before


def test_inputs_that_could_not_be_read_cannot_be_inside(cli: Cli, folder: Path) -> None:
    cli("check", "in", "nowhere.json", "--format", "json", "--output", "report.json")

    assert "could not be read" in cli("bundle", "report.json", "in", "nowhere.json", "-o", "b.zip", "--with-inputs").err
    assert cli("bundle", "report.json", "in", "nowhere.json", "-o", "b.zip").code == 0
    assert cli("verify", "b.zip", "in", "nowhere.json").code == 0


def packed(change: Callable[[dict[str, bytes]], None] = lambda _: None) -> bytes:
    """A bundle that somebody changed."""
    files = {"report.json": b"{}", "rules/small/call.yaml": b"x"}
    manifest = {
        "format": bundles.FORMAT,
        "tool": {"name": "mpfcheck", "version": "1"},
        "report": "report.json",
        "calls": [],
        "inputs": [],
        "files": {name: sha256(data).hexdigest() for name, data in files.items()},
    }
    files["bundle.json"] = json.dumps(manifest).encode()
    change(files)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def with_entry(name: str, mode: int = 0) -> bytes:
    """A bundle with one more file."""
    held = io.BytesIO(packed())
    with zipfile.ZipFile(held, "a") as archive:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        archive.writestr(entry, b"evil")
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        *[
            (with_entry(name), "has no file")
            for name in (
                "../evil",
                "/etc/evil",
                "rules/../../evil.yaml",
                "C:/evil",
                "rules\\evil.yaml",
                "a.txt",
                "inputs/",
            )
        ],
        (with_entry("inputs/1.json", stat.S_IFLNK | 0o777), "has no file"),
        (with_entry("inputs/1.json", stat.S_IFIFO), "has no file"),
        (with_entry("inputs/1.json"), "was added"),
        (with_entry("report.jsox").replace(b"report.jsox", b"report.json"), "twice"),
        (packed(lambda files: files.update({"report.json": b"{ }"})), "was changed"),
        (packed(lambda files: files.pop("report.json")), "is missing"),
        (packed(lambda files: files.pop("bundle.json")), "not a bundle"),
        (packed(lambda files: files.update({"bundle.json": b"{"})), "cannot be read"),
        (packed(lambda files: files.update({"bundle.json": b"[" * 100_000})), "cannot be read"),
        (packed(lambda files: files.update({"bundle.json": b"[]"})), "not an object"),
        (packed(lambda files: files.update({"inputs/1": b"\0" * 3_000_000})), "larger than"),
        (packed()[:-30], "damaged"),
        (b"PK\x03\x04" + b"\xff" * 500, "damaged"),
        (packed().replace(b"PK\x01\x02\x14\x03", b"PK\x01\x02\xff\x03"), ""),
    ],
)
def test_a_bundle_from_anywhere_is_read_with_care(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, words: str
) -> None:
    monkeypatch.setattr(bundles, "MOST_BYTES", 1_000_000)
    inside = tmp_path / "a" / "b" / "c"
    inside.mkdir(parents=True)

    if words:
        with pytest.raises(BundleError, match=words):
            read_bundle(io.BytesIO(data), inside)
    else:
        read_bundle(io.BytesIO(data), inside)

    outside = [path for path in tmp_path.rglob("*") if path.is_file() and not path.is_relative_to(inside)]
    assert not outside
    assert not [path for path in inside.rglob("*") if path.is_symlink()]


def test_every_byte_that_is_turned_is_told_without_a_traceback(cli: Cli, folder: Path) -> None:
    cli("bundle", "report.json", "in", "-o", "b.zip")
    whole = Path("b.zip").read_bytes()
    said = []
    for place in range(0, len(whole), len(whole) // 25):
        Path("c.zip").write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with Path("c.zip").open("rb") as file:
            out = folder / f"out{place}"
            out.mkdir()
            try:
                assert read_bundle(file, out).report.read_bytes() == Path("report.json").read_bytes()
            except BundleError as error:
                said.append(str(error))
    assert len(said) > 15
