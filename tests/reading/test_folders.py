"""Every file in a folder is either checked or named as passed over, with the reason."""

from __future__ import annotations

import gzip
import os
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mpfcheck.checking.report import PassedOver
from mpfcheck.reading.inputs import open_inputs

ONE = b'{"title": "one"}'
REPORTS = {
    "json": b'{\n  "format": "mpfcheck-report/1",\n  "tool": {}',
    "jsonl": b'{"input": {"path": "a.json", "line": null}, "verdict": "eligible"}\n',
    "statuses": b'{"path": "a \\"b\\".json", "line": null, "title": null, "verdict": "eligible", "statuses": {}}\n',
    "survey": b'{\n "format": "mpfcheck-survey/1"',
    "proofs": b'{"format": "mpfcheck-proofs/1"',
    "witnesses": b'{"format": "mpfcheck-witnesses/1"',
    "bundle": b'{"format": "mpfcheck-bundle/1"',
    "lint": b'{"format": "mpfcheck-pack-lint/1"',
    "tests": b'{"format": "mpfcheck-pack-test/1"',
    "compared": b'{"format": "mpfcheck-calls-compared/1"',
    "sarif": b'{"$schema": "https://docs.oasis-open.org/sarif/v2.1.0/schemas/sarif-schema-2.1.0.json", "runs": [',
}


def looked_at(folder: Path) -> tuple[list[str], dict[str, PassedOver]]:
    """The names of what was read, and what was passed over, by its name; all relative to the folder."""
    passed_over: list[PassedOver] = []
    read = [os.path.relpath(one.path, folder) for one in open_inputs([folder], pass_over=passed_over.append)]
    return read, {os.path.relpath(one.path, folder): one for one in passed_over}


@pytest.mark.parametrize(
    "name", ["x.json", "x.jsonl", "x.ndjson", "X.NDJSON", "x.json.gz", "x.jsonl.gz", "x.ndjson.gz"]
)
def test_all_endings_of_proposals_are_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(ONE) if name.endswith(".gz") else ONE)
    assert looked_at(tmp_path) == ([name], {})


@pytest.mark.parametrize(
    ("name", "data", "why", "possible"),
    [
        (".x.json", ONE, "Hidden", True),
        (".x.json", b"", "Hidden", False),
        (".DS_Store", b"\0\0\0\1Bud1", "Hidden", False),
        (".x.json.lock", ONE, "Hidden", False),
        (".eslintrc", ONE, "Hidden", False),
        (".mpfcheck/history/x.json", ONE, "", False),
        (".git/config", b"[core]", "", False),
        (".drafts/x.json", ONE, "", True),
        ("x.json.txt", ONE, "does not end in", True),
        ("x.json~", ONE, "does not end in", True),
        ("draft", b"\n\n  {", "does not end in", True),
        ("notepad.txt", "\ufeff{}".encode("utf-16"), "does not end in", True),
        ("list.txt", b"[1]", "does not end in", True),
        ("README.md", b"# Proposals", "does not end in", False),
        ("empty.txt", b"", "does not end in", False),
        ("all.zip", b"PK", "archive", True),
        ("x.txt.gz", b"", "archive", True),
    ],
)
def test_what_is_passed_over_is_named_and_may_be_a_proposal(
    tmp_path: Path, name: str, data: bytes, why: str, possible: bool
) -> None:
    (tmp_path / "good.json").write_bytes(ONE)
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(data)
    read, passed_over = looked_at(tmp_path)
    assert read == ["good.json"]
    [found] = passed_over.values()
    assert name.startswith(os.path.relpath(found.path, tmp_path))
    assert why in found.why
    assert found.possible is possible


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
@pytest.mark.parametrize("kind", sorted(REPORTS))
def test_a_report_among_proposals_is_passed_over_and_by_itself_refused(tmp_path: Path, kind: str, packed: bool) -> None:
    ending = "jsonl" if kind in ("jsonl", "statuses") else "json"
    name = f"old.{ending}{'.gz' if packed else ''}"
    (tmp_path / "a.json").write_bytes(ONE)
    (tmp_path / name).write_bytes(gzip.compress(REPORTS[kind]) if packed else REPORTS[kind])
    read, passed_over = looked_at(tmp_path)
    assert read == ["a.json"]
    assert passed_over[name].why == "This is a report of mpfcheck, not a proposal."
    assert not passed_over[name].possible
    [alone] = open_inputs([tmp_path / name])
    assert alone.problem is not None
    assert "report of mpfcheck" in alone.problem.message


def test_a_format_with_a_slip_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'{"format": "mpfcheck-propsal/1", "title": "one"}')
    assert looked_at(tmp_path) == (["a.json"], {})


def test_a_report_larger_than_a_proposal_can_be_is_still_known(tmp_path: Path) -> None:
    with (tmp_path / "big.json").open("wb") as file:
        file.write(REPORTS["json"])
        file.truncate(1024**3)
    (tmp_path / "a.json").write_bytes(ONE)
    read, passed_over = looked_at(tmp_path)
    assert (read, list(passed_over)) == (["a.json"], ["big.json"])


def test_a_folder_that_holds_only_a_report_has_no_proposals(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_bytes(REPORTS["json"])
    [only] = open_inputs([tmp_path])
    assert only.problem is not None
    assert "no proposals" in only.problem.message


def test_links_to_folders_are_followed_once_and_rings_are_seen(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "out").mkdir()
    (tmp_path / "in" / "a.json").write_bytes(ONE)
    (tmp_path / "in" / "deep" / "b.json").write_bytes(ONE)
    (tmp_path / "out" / "c.json").write_bytes(ONE)
    (tmp_path / "in" / "deep" / "up").symlink_to("../..")
    (tmp_path / "in" / "first").symlink_to("../out")
    (tmp_path / "in" / "second").symlink_to("../out")
    (tmp_path / "out" / "back").symlink_to("../in")
    read, passed_over = looked_at(tmp_path / "in")
    assert len(read) == 3
    assert {os.path.realpath(tmp_path / "in" / name) for name in read} == {
        str(tmp_path / "in" / "a.json"),
        str(tmp_path / "in" / "deep" / "b.json"),
        str(tmp_path / "out" / "c.json"),
    }
    assert any("already checked" in one.why for one in passed_over.values())
    assert not any(one.possible for one in passed_over.values())


def test_links_that_would_multiply_are_walked_once(tmp_path: Path) -> None:
    """Two links a level, thirty levels deep: a thousand million paths to one file."""
    levels = [tmp_path / f"level{number}" for number in range(30)]
    for level in levels:
        level.mkdir()
    for level, below in pairwise(levels):
        (level / "left").symlink_to(below)
        (level / "right").symlink_to(below)
    (levels[-1] / "x.json").write_bytes(ONE)
    read, _ = looked_at(levels[0])
    assert len(read) == 1


def test_a_folder_that_cannot_be_listed_is_told_and_may_hold_proposals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.json").write_bytes(ONE)
    real = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    read, passed_over = looked_at(tmp_path)
    assert read == ["a.json", "closed"]
    assert passed_over["closed"].possible


NAMES = st.sampled_from(
    ["a.json", "b.jsonl", "c.ndjson", "d.json.gz", ".e.json", "f.json.txt", "g.txt", "h", "i.zip", "old.json", "x.JSON"]
)
FOLDERS = st.sampled_from(["p", "q", ".r", "s.json"])
DATA = st.sampled_from([ONE, b"", b"text", REPORTS["json"], REPORTS["jsonl"], gzip.compress(ONE), b"\x1f\x8bbroken"])
PLACE = st.lists(FOLDERS, max_size=3)
FILES = st.lists(st.tuples(PLACE, NAMES, DATA), max_size=12)
LINKS = st.lists(st.tuples(PLACE, st.sampled_from(["to", "to.json", ".to"]), PLACE, st.booleans()), max_size=4)


@settings(deadline=None)
@given(FILES, LINKS)
def test_every_file_in_a_random_tree_is_read_or_named(
    files: list[tuple[list[str], str, bytes]], links: list[tuple[list[str], str, list[str], bool]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(os.path.realpath(name)) / "root"
        root.mkdir()
        for place, file, data in files:
            path = root.joinpath(*place, file)
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_dir():
                path.write_bytes(data)
        for place, link, target, inside in links:
            path = root.joinpath(*place, link)
            path.parent.mkdir(parents=True, exist_ok=True)
            if not os.path.lexists(path):
                path.symlink_to(root.joinpath(*target) if inside else root.parent / "nowhere")
        passed_over: list[PassedOver] = []
        read = {one.path for one in open_inputs([root], pass_over=passed_over.append)}
        named = {one.path for one in passed_over}

        assert not read & {one.path for one in passed_over if not one.why.startswith("This folder cannot be read")}
        real = {os.path.realpath(path) for path in read}
        for folder, _, inside_it in os.walk(root):
            for file in inside_it:
                path = Path(folder, file)
                above = {str(path), *map(str, path.parents)}
                assert above & named or str(path) in read or os.path.realpath(path) in real, path
