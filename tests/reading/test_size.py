"""How much there is to read is told where it can be told without reading."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from mpfcheck.reading.folder import total_size


def test_files_and_folders_add_up(tmp_path: Path) -> None:
    for name, size in {"a.json": 10, "all/b.json": 20, "all/deep/c.jsonl": 30, "all/d.txt": 40}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x" * size)
    paths = [str(tmp_path / "a.json"), str(tmp_path / "all"), str(tmp_path / "nowhere")]
    assert total_size(paths) == 60


def test_it_is_not_known_of_what_is_packed(tmp_path: Path) -> None:
    (tmp_path / "a.json.gz").write_bytes(b"x")
    assert total_size([str(tmp_path / "a.json.gz")]) is None
    assert total_size([str(tmp_path)]) is None


def test_it_is_known_of_standard_input_only_where_that_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x")))
    assert total_size(["-"]) is None
    monkeypatch.setattr(sys, "stdin", None)
    assert total_size(["-"]) is None
    (tmp_path / "a.json").write_bytes(b"xyz")
    with (tmp_path / "a.json").open(encoding="utf-8") as file:
        monkeypatch.setattr(sys, "stdin", file)
        assert total_size(["-"]) == 3
