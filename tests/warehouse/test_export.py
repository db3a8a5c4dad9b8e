"""Proposals as a table: through the one reader, nothing invalid in it, and never a file that only looks complete."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from mpfcheck.engine.interruption import Interrupted
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call
from mpfcheck.reading.inputs import open_inputs
from mpfcheck.warehouse import table as tables
from mpfcheck.warehouse.table import NotATableError, ProposalTable, read_note
from tests.cli.conftest import CALL, EXAMPLES, Cli


def test_a_table_holds_what_was_answered_and_the_side_file_what_is_not_a_proposal(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("batch.jsonl", "broken-syntax.json", "broken-values.json", "incomplete-draft.json"):
        (folder / name).write_bytes((EXAMPLES / name).read_bytes())
    out = tmp_path / "proposals.parquet"

    ended = cli("export", folder, "-o", out)

    reports = [json.loads(line) for line in (tmp_path / "proposals.invalid.jsonl").read_text().splitlines()]
    assert ended.code == 3
    assert [Path(one["input"]["path"]).name for one in reports] == ["broken-syntax.json", "broken-values.json"]
    assert all(one["verdict"] == "invalid" and one["problems"] for one in reports)
    assert ended.err.count("Not in the table") == 2
    sources = [source for source in open_inputs([folder]) if "broken" not in source.path]
    rows = pq.read_table(out)
    read = [source.document() for source in sources]
    table = ProposalTable(load_call(CALL))
    assert table.answers(rows) == [
        {name: value for name, value in (document.answers or {}).items() if name in table.record.fields}
        for document in read
    ]
    columns = rows.select(["path", "line", "sha256", "title", "call"]).to_pylist()
    assert [tuple(row.values()) for row in columns] == [
        (source.path, source.line, document.sha256, document.title, CALL)
        for source, document in zip(sources, read, strict=True)
    ]
    note = read_note(pq.ParquetFile(out), str(out))
    assert (note.call, note.proposals, note.inputs.invalid, note.inputs.complete) == (CALL, len(sources), 2, True)


def test_amounts_are_exact_and_what_is_not_answered_is_null(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(
        json.dumps(
            {
                "call": CALL,
                "budget": {"total": "9999999999999.99", "lines": [{"quantity": "0.00000000000001"}, {}]},
                "open": ["/budget/lines"],
                "target_countries": [],
            }
        )
    )

    assert cli("export", tmp_path / "one.json", "-o", tmp_path / "t.parquet").code == 0

    (row,) = pq.read_table(tmp_path / "t.parquet").to_pylist()
    assert row["budget"]["total"] == Decimal("9999999999999.99")
    assert [line["quantity"] for line in row["budget"]["lines"]] == [Decimal("0.00000000000001"), None]
    assert row["open"] == ["/budget/lines"]
    assert row["target_countries"] == []
    assert row["co_applicants"] is None
    assert row["fund"] is None


def test_the_annex_of_every_call_comes_back_as_it_was(tmp_path: Path) -> None:
    """Fields of a call of its own are columns; what the call does not describe is kept as JSON."""
    for call_id in list_calls():
        call = load_call(call_id)
        table = ProposalTable(call)
        given = {"annex": {"framework": {"kind": "other"}}} if call.annex is None else {}
        assert table.answers(table.batch([("p", 1, None, given)])) == [given]


def test_one_table_is_for_one_call(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"call": "mpf-2022-amif"}\n{"call": "mpf-2023-borders-security"}\n')

    refused = cli("export", tmp_path / "in.jsonl", "-o", tmp_path / "t.parquet")

    assert refused.code == 2
    assert "in.jsonl, line 2 is for the call mpf-2023-borders-security" in refused.err
    assert "--call" in refused.err
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]
    assert cli("export", tmp_path / "in.jsonl", "-o", tmp_path / "t.parquet", "--call", CALL).code == 0
    assert pq.read_table(tmp_path / "t.parquet").num_rows == 2


def test_an_interrupted_export_leaves_the_older_table_and_marks_its_own(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "t.parquet"
    assert cli("export", EXAMPLES / "batch.jsonl", "-o", out).code == 0
    before = out.read_bytes()

    def two(*_: object, **__: object) -> object:
        sources = open_inputs([EXAMPLES / "batch.jsonl"])
        yield next(sources)
        yield next(sources)
        raise Interrupted(2)

    monkeypatch.setattr("mpfcheck.reading.inputs.open_inputs", two)
    ended = cli("export", EXAMPLES / "batch.jsonl", "-o", out)

    assert ended.code == 130
    assert "not complete" in ended.err
    assert out.read_bytes() == before
    part = tmp_path / "t.incomplete.parquet"
    assert pq.read_table(part).num_rows == 2
    inputs = read_note(pq.ParquetFile(part), str(part)).inputs
    assert (inputs.complete, inputs.interrupted) == (False, True)


def test_every_core_has_row_groups_to_work_on(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROW_GROUP", 4)
    monkeypatch.setattr(tables, "BATCH", 2)
    (tmp_path / "in.jsonl").write_text(f'{{"call": "{CALL}"}}\n' * 11)

    assert cli("export", tmp_path / "in.jsonl", "-o", tmp_path / "t.parquet").code == 0

    file = pq.ParquetFile(tmp_path / "t.parquet")
    assert [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)] == [4, 4, 3]


def test_a_table_of_somebody_else_is_not_taken_for_checked(tmp_path: Path) -> None:
    pq.write_table(ProposalTable(load_call(CALL)).batch([]), tmp_path / "t.parquet")

    with pytest.raises(NotATableError, match="not written by mpfcheck export"):
        read_note(pq.ParquetFile(tmp_path / "t.parquet"), "t.parquet")
