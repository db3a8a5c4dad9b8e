"""What gzip packed is read like what it holds, within the same limits, and up to the place of a damage."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zlib
from pathlib import Path

import pytest

from mpfcheck.reading.inputs import Input, open_inputs, read_file

ONE = b'{"title": "one"}'
TWO = b'{"title": "two"}'


def titles(inputs: list[Input]) -> list[object]:
    return [(each.document().answers or {}).get("title") for each in inputs]


def only_problem(path: Path) -> str:
    [only] = open_inputs([path])
    assert only.problem is not None
    return only.problem.message


def packed(start: bytes, times: int, block: bytes) -> bytes:
    """A block repeated, packed without ever being there as a whole."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [deflate.compress(start)]
    parts += [deflate.compress(block) for _ in range(times)]
    return b"".join(parts) + deflate.flush()


@pytest.mark.parametrize("name", ["x.json.gz", "x.JSON.GZ", "x.gz"])
def test_a_packed_file_is_one_document(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(ONE))
    assert list(open_inputs([tmp_path / name])) == [Input(str(tmp_path / name), None, ONE)]
    assert read_file(tmp_path / name).answers == {"title": "one"}


@pytest.mark.parametrize("name", ["x.jsonl.gz", "x.ndjson.gz"])
def test_packed_json_lines_are_read_line_by_line(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(ONE + b"\n\n" + TWO))
    inputs = list(open_inputs([tmp_path / name]))
    assert [each.line for each in inputs] == [1, 3]
    assert titles(inputs) == ["one", "two"]


def test_packed_parts_one_after_the_other_are_one_file(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl.gz").write_bytes(gzip.compress(ONE + b"\n") + gzip.compress(TWO + b"\n"))
    assert titles(list(open_inputs([tmp_path / "x.jsonl.gz"]))) == ["one", "two"]


def test_a_folder_stands_for_its_packed_files_too(tmp_path: Path) -> None:
    for name in ("a.json.gz", "b.jsonl.gz", "c.txt.gz"):
        (tmp_path / name).write_bytes(gzip.compress(ONE))
    assert [Path(each.path).name for each in open_inputs([tmp_path])] == ["a.json.gz", "b.jsonl.gz"]


def test_standard_input_may_be_packed() -> None:
    assert titles(list(open_inputs(["-"], io.BytesIO(gzip.compress(ONE + b"\n" + TWO))))) == ["one", "two"]
    [only] = open_inputs(["-"], io.BufferedReader(io.BytesIO(gzip.compress(ONE))))
    assert (only.path, only.line, only.data) == ("-", None, ONE)


@pytest.mark.parametrize("keep", [1, 5, 12, -9, -1])
def test_a_file_that_ends_too_early_is_a_problem(tmp_path: Path, keep: int) -> None:
    (tmp_path / "x.json.gz").write_bytes(gzip.compress(ONE)[:keep])
    assert "is cut off" in only_problem(tmp_path / "x.json.gz") or keep == 1


def test_what_stands_before_the_early_end_is_read(tmp_path: Path) -> None:
    whole = gzip.compress(b"".join(b'{"title": "%d"}\n' % number for number in range(5000)))
    (tmp_path / "x.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "y.json").write_bytes(TWO)
    *lines, end, other = open_inputs([tmp_path / "x.jsonl.gz", tmp_path / "y.json"])
    assert len(lines) > 1000
    assert titles(lines) == [str(number) for number in range(len(lines))]
    assert "is cut off" in str(end.problem)
    assert titles([other]) == ["two"]


def test_what_stands_before_a_damage_is_read(tmp_path: Path) -> None:
    """The checksum stands at the end: whatever is wrong with it is known after the lines."""
    whole = bytearray(gzip.compress(ONE + b"\n" + TWO + b"\n"))
    whole[-8] ^= 0xFF
    (tmp_path / "x.jsonl.gz").write_bytes(whole)
    one, two, end = open_inputs([tmp_path / "x.jsonl.gz"])
    assert titles([one, two]) == ["one", "two"]
    assert "damaged" in str(end.problem)


def test_a_document_with_a_wrong_checksum_is_not_read(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(ONE))
    whole[-8] ^= 0xFF
    (tmp_path / "x.json.gz").write_bytes(whole)
    assert "damaged" in only_problem(tmp_path / "x.json.gz")


@pytest.mark.parametrize("position", range(10, 40))
def test_no_damage_ends_in_an_exception(tmp_path: Path, position: int) -> None:
    whole = bytearray(gzip.compress(ONE + b"\n" + TWO + b"\n"))
    whole[position % len(whole)] ^= 0x55
    (tmp_path / "x.jsonl.gz").write_bytes(whole)
    inputs = list(open_inputs([tmp_path / "x.jsonl.gz"]))
    problem = inputs[-1].problem
    assert problem is not None
    # What a library says is not for people.
    assert [part for part in ("Error -", "b'", "0x", "CRC") if part in problem.message] == []
    assert list(open_inputs(["-"], io.BytesIO(whole)))


def test_what_stands_after_the_end_is_named_in_words(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl.gz").write_bytes(gzip.compress(ONE + b"\n") + b"junk")
    one, end = open_inputs([tmp_path / "x.jsonl.gz"])
    assert titles([one]) == ["one"]
    assert end.problem is not None
    assert end.problem.message == "This compressed file is damaged. Other data follows after its end."


def test_a_file_that_is_not_packed_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.json.gz").write_bytes(ONE)
    assert only_problem(tmp_path / "x.json.gz") == "The name ends in .gz, but the file is not compressed with gzip."


def test_a_packed_file_of_another_name_is_told_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(gzip.compress(ONE))
    assert ".gz" in read_file(tmp_path / "x.json").problems[0].hint


def test_a_document_that_unpacks_to_too_much_is_refused_without_being_there(tmp_path: Path) -> None:
    (tmp_path / "x.json.gz").write_bytes(packed(b"", 1024, b" " * 1024 * 1024))
    tracemalloc.start()
    try:
        assert "larger than 10 MiB" in only_problem(tmp_path / "x.json.gz")
        assert tracemalloc.get_traced_memory()[1] < 40 * 1024**2
    finally:
        tracemalloc.stop()


def test_a_line_that_unpacks_to_too_much_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl.gz").write_bytes(packed(ONE + b"\n", 100, b"x" * 1024 * 1024) + gzip.compress(b"\n" + TWO))
    tracemalloc.start()
    try:
        inputs = list(open_inputs([tmp_path / "x.jsonl.gz"]))
        assert tracemalloc.get_traced_memory()[1] < 60 * 1024**2
    finally:
        tracemalloc.stop()
    assert titles(inputs) == ["one", None, "two"]
    assert "The line is larger than 10 MiB" in str(inputs[1].problem)


@pytest.mark.parametrize("block", [b"x" * 1024 * 1024, b"\n" * 1024 * 1024, b"{}" + b" " * 20 * 1024 * 1024 + b"\n"])
def test_what_unpacks_to_next_to_nothing_but_bytes_is_read_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: bytes
) -> None:
    monkeypatch.setattr("mpfcheck.reading.inputs.MOST_PASSED_OVER", 16 * 1024**2)
    (tmp_path / "x.jsonl.gz").write_bytes(packed(ONE + b"\n", 60, block) + gzip.compress(b"\n" + TWO))
    first, *_, end = open_inputs([tmp_path / "x.jsonl.gz"])
    assert titles([first]) == ["one"]
    assert "was not read" in str(end.problem)
