"""Paths become documents one by one; what cannot be read is a problem, never an exception and never a wait."""

from __future__ import annotations

import io
import json
import os
import socket
import sys
import tracemalloc
from pathlib import Path

import pytest

from mpfcheck.reading.document import MAX_DOCUMENT_BYTES
from mpfcheck.reading.inputs import Input, open_inputs, read_file

ONE = b'{"title": "one"}'
TWO = b'{"title": "two"}'


def titles(inputs: list[Input]) -> list[object]:
    return [(each.document().answers or {}).get("title") for each in inputs]


def problem(*paths: str | Path, stdin: bytes | None = None) -> str:
    [only] = open_inputs(paths, None if stdin is None else io.BytesIO(stdin))
    assert only.data is None
    assert only.problem is not None
    assert only.document().answers is None
    assert only.document().problems == (only.problem,)
    return only.problem.message


def test_a_file_is_one_document_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "proposal.txt"
    path.write_bytes(ONE)
    assert list(open_inputs([path])) == [Input(str(path), None, ONE)]
    assert read_file(path).answers == {"title": "one"}


def test_a_folder_stands_for_its_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.json", "a/z.JSON", "a/deep/er/x.jsonl", "c.txt", ".hidden.json", ".git/x.json", "d.json.bak"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(ONE)
    found = [str(Path(each.path).relative_to(tmp_path)) for each in open_inputs([tmp_path])]
    assert found == ["a/deep/er/x.jsonl", "a/z.JSON", "b.json"]


def test_a_folder_named_like_a_file_is_still_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x.json").mkdir()
    (tmp_path / "x.json" / "y.json").write_bytes(ONE)
    assert titles(list(open_inputs([tmp_path]))) == ["one"]


def test_a_very_deep_folder_is_walked(tmp_path: Path) -> None:
    path = tmp_path
    for _ in range(200):
        path = path / "d"
    path.mkdir(parents=True)
    (path / "x.json").write_bytes(ONE)
    assert titles(list(open_inputs([tmp_path]))) == ["one"]


def test_a_ring_of_links_is_not_walked_for_ever(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.json").write_bytes(ONE)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "y.json").symlink_to(tmp_path / "a" / "x.json")
    assert titles(list(open_inputs([tmp_path]))) == ["one", "one"]


def test_a_link_to_a_folder_is_followed_where_it_was_named(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.json").write_bytes(ONE)
    (tmp_path / "link").symlink_to("a")
    assert titles(list(open_inputs([tmp_path / "link"]))) == ["one"]


def test_a_path_that_leads_nowhere_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to("nothing")
    (tmp_path / "ring.json").symlink_to("ring.json")
    assert problem(tmp_path / "missing.json") == "No such file or folder."
    assert problem(tmp_path / "link.json") == "The target of this link does not exist."
    assert "cannot be read" in problem(tmp_path / "ring.json")
    assert "cannot be read" in problem("a\x00b")
    assert "cannot be read" in problem("x" * 5000)


def test_a_broken_link_in_a_folder_is_told_and_the_rest_read(tmp_path: Path) -> None:
    (tmp_path / "a.json").symlink_to("nothing")
    (tmp_path / "b.json").write_bytes(ONE)
    inputs = list(open_inputs([tmp_path]))
    assert [each.problem is None for each in inputs] == [False, True]


def test_a_folder_without_proposals_is_a_problem(tmp_path: Path) -> None:
    assert problem(tmp_path) == "This folder has no proposals (*.json, *.jsonl or *.ndjson)."


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "folder" in read_file(tmp_path).problems[0].message


def test_what_may_not_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(ONE)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("mpfcheck.reading.inputs.open", refuse, raising=False)
    assert problem(path) == "This cannot be read: Permission denied."
    monkeypatch.setattr(os, "scandir", refuse)
    assert problem(tmp_path) == "This cannot be read: Permission denied."


def test_pipes_sockets_and_devices_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    assert "skipped" in problem(tmp_path / "pipe.json")
    assert "skipped" in problem("/dev/zero")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s.json"))
        assert "skipped" in problem(tmp_path / "s.json")
    assert all(each.problem for each in open_inputs([tmp_path]))


def test_a_file_of_a_gigabyte_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(1024**3)
    tracemalloc.start()
    try:
        assert "larger than 10 MiB" in problem(path)
        assert tracemalloc.get_traced_memory()[1] < 1024**2
    finally:
        tracemalloc.stop()


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.json"
    with path.open("wb") as file:
        file.truncate(MAX_DOCUMENT_BYTES + 1)
    real = os.fstat
    monkeypatch.setattr(os, "fstat", lambda number: os.stat_result([*real(number)[:6], 10, 0, 0, 0]))
    assert "larger than 10 MiB" in problem(path)


@pytest.mark.parametrize("name", ["x.jsonl", "x.ndjson", "x.JSONL"])
def test_json_lines_are_read_line_by_line(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + ONE + b"\r\n\n   \n" + TWO)
    inputs = list(open_inputs([tmp_path / name]))
    assert [each.line for each in inputs] == [1, 4]
    assert titles(inputs) == ["one", "two"]
    assert inputs[1].data == TWO


def test_a_broken_line_does_not_touch_the_others(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(ONE + b'\n{"title": \n' + TWO + b"\n")
    inputs = list(open_inputs([tmp_path / "x.jsonl"]))
    assert titles(inputs) == ["one", None, "two"]
    assert {each.line for each in inputs[1].document().problems} == {2}


def test_a_line_that_is_too_long_is_refused_and_the_next_ones_read(tmp_path: Path) -> None:
    long = b'{"title": "' + b"x" * MAX_DOCUMENT_BYTES + b'"}'
    (tmp_path / "x.jsonl").write_bytes(long + b"\n" + ONE + b"\n" + long + long)
    inputs = list(open_inputs([tmp_path / "x.jsonl"]))
    assert [(each.line, each.problem is None) for each in inputs] == [(1, False), (2, True), (3, False)]
    assert "The line is larger than 10 MiB" in str(inputs[0].problem)


def test_a_line_of_the_largest_size_is_read(tmp_path: Path) -> None:
    line = b'{"title": "' + b"x" * (MAX_DOCUMENT_BYTES - 13) + b'"}'
    for end in (b"", b"\n", b"\r\n"):
        (tmp_path / "x.jsonl").write_bytes(line + end + ONE * bool(end))
        assert [each.problem for each in open_inputs([tmp_path / "x.jsonl"])] == [None] * (1 + bool(end))


def test_json_lines_take_no_more_memory_than_a_line(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    line = b'{"title": "' + b"x" * 10_000 + b'"}\n'
    with path.open("wb") as file:
        for _ in range(3000):
            file.write(line)
    tracemalloc.start()
    try:
        assert sum(1 for _ in open_inputs([path])) == 3000
        assert tracemalloc.get_traced_memory()[1] < 1024**2
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("data", [b"", b"\n", b"  \n\n"])
def test_json_lines_without_a_line_are_empty(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.jsonl").write_bytes(data)
    [only] = open_inputs([tmp_path / "x.jsonl"])
    assert only.document().problems[0].message == "The file is empty."


def test_one_document_over_several_lines_is_no_json_lines(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(json.dumps({"title": "x", "lead": {}}, indent=2).encode())
    assert problem(tmp_path / "x.jsonl").startswith("This is one JSON document on several lines")


@pytest.mark.parametrize(
    "data",
    ['{"a": 1}\n{"a": 2}\n'.encode("utf-16"), b"\x1f\x8b\x08\n\n\n", b"PK\x03\x04\nx\n", b"\xf1\x18\x07\x9e\nx\n"],
)
def test_json_lines_that_are_no_text_are_told_once(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.jsonl").write_bytes(data)
    problem(tmp_path / "x.jsonl")


@pytest.mark.parametrize(
    "data",
    [ONE, ONE + b"\n", b"\n\n" + ONE, json.dumps({"title": "one"}, indent=1).encode(), b"\xef\xbb\xbf" + ONE],
)
def test_standard_input_with_one_document(data: bytes) -> None:
    [only] = open_inputs(["-"], io.BytesIO(data))
    assert (only.path, only.line, only.data) == ("-", None, data)
    assert titles([only]) == ["one"]


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (ONE + b"\n" + TWO, [1, 2]),
        (ONE + b"\n" + TWO + b"\n", [1, 2]),
        (ONE + b"\r\n\r\n" + TWO + b"\r\n", [1, 3]),
        (b"\n" + ONE + b"\n" + TWO, [2, 3]),
        (b"\xef\xbb\xbf" + ONE + b"\n" + TWO + b"\n" + ONE, [1, 2, 3]),
        (b'{"title": \n' + TWO, [1, 2]),
        (ONE + b"\nnonsense\n" + TWO, [1, 2, 3]),
    ],
)
def test_standard_input_with_json_lines(data: bytes, lines: list[int]) -> None:
    assert [each.line for each in open_inputs(["-"], io.BytesIO(data))] == lines


@pytest.mark.parametrize("data", [b"", b"\n", b"[\n" + ONE + b",\n" + TWO + b"\n]", b"nonsense\nnonsense"])
def test_standard_input_with_no_proposal_is_one_input(data: bytes) -> None:
    [only] = open_inputs(["-"], io.BytesIO(data))
    assert only.document().answers is None


def test_standard_input_that_never_ends_is_refused() -> None:
    class Endless(io.RawIOBase):
        read_bytes = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            self.read_bytes += len(buffer)
            buffer[:] = b"x" * len(buffer)
            return len(buffer)

    endless = Endless()
    [only] = open_inputs(["-"], io.BufferedReader(endless))
    assert "Standard input is larger than 10 MiB" in str(only.problem)
    assert endless.read_bytes < 2 * MAX_DOCUMENT_BYTES


def test_no_standard_input_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert "cannot be read" in problem("-")
    closed = io.BytesIO()
    closed.close()
    [only] = open_inputs(["-"], closed)
    assert only.problem is not None


def test_inputs_come_in_the_order_they_were_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(ONE)
    (tmp_path / "b.json").write_bytes(TWO)
    paths = [tmp_path / "b.json", "missing", "-", tmp_path / "a.json", tmp_path / "b.json"]
    assert titles(list(open_inputs(paths, io.BytesIO(ONE)))) == ["two", None, "one", "one", "two"]


def test_a_name_that_is_no_text_can_still_be_printed(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.json")
    Path(path).write_bytes(ONE)
    [named] = open_inputs([path])
    [found] = open_inputs([tmp_path])
    assert named.path == found.path == f"{tmp_path}/caf\\xe9.json"
    named.path.encode()
