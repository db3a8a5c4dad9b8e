"""A column in, columns out: the verdicts and statuses of ``check``, nulls kept, in the library of the column."""

from __future__ import annotations

from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import mpfcheck
from benchmarks.generate import Mix, proposals

CALL = "mpf-2023-borders-security"


@pytest.fixture(scope="module")
def texts() -> list[str | None]:
    return [*(data.decode() for data in proposals(4, 3, Mix.HALF_FILLED)), None, "[", '{"fund": 3}']


def rows_of(table: Any) -> list[dict[str, Any]]:
    if isinstance(table, pa.Table):
        found: list[dict[str, Any]] = table.to_pylist()
        return found
    return table.to_dicts() if isinstance(table, pl.DataFrame) else table.to_dict("records")


@pytest.mark.parametrize(
    "column_of",
    [pa.array, lambda texts: pa.chunked_array([texts[:2], texts[2:]]), pd.Series, pl.Series],
    ids=["array", "chunks", "pandas", "polars"],
)
def test_each_row_is_what_check_says(column_of: Any, texts: list[str | None]) -> None:
    call = mpfcheck.load_call(CALL)

    rows = rows_of(mpfcheck.check_column(column_of(texts), call))

    assert len(rows) == len(texts)
    for text, row in zip(texts, rows, strict=True):
        if text is None:
            assert all(value is None for value in row.values())
            continue
        report = call.check(text)
        assert row["verdict"] == report.verdict.value
        assert (row["statuses"] or {}) == {one.rule: one.status.value for one in report.results}
        quiet = (mpfcheck.Status.PASS, mpfcheck.Status.NOT_APPLICABLE)
        said = [one.message for one in (*report.problems, *(one for one in report.results if one.status not in quiet))]
        assert [one["message"] for one in row["findings"]] == said


def test_pandas_keeps_the_index_and_its_missing_values(texts: list[str | None]) -> None:
    series = pd.Series([texts[0], float("nan"), pd.NA], index=["a", "b", "c"], dtype=object)

    table = mpfcheck.check_column(series, mpfcheck.load_call(CALL), rules=["FUND-1"])

    assert list(table.index) == ["a", "b", "c"]
    assert list(table["statuses"]["a"]) == ["FUND-1"]
    assert table["verdict"]["b"] is None
    assert table["findings"]["c"] is None


def test_records_of_an_arrow_column_are_proposals() -> None:
    records = pa.array([{"fund": "BMVI", "lead": {"country": "LT"}}, {"fund": "AMIF", "lead": None}])

    table = mpfcheck.check_column(records, mpfcheck.load_call(CALL), rules=["FUND-1"])

    assert table.column("statuses").to_pylist() == [{"FUND-1": "pass"}, {"FUND-1": "fail"}]
    empty = mpfcheck.check_column(pa.array([], pa.string()), mpfcheck.load_call(CALL))
    assert empty.num_rows == 0
    assert len(empty.schema.field("statuses").type) == len(mpfcheck.load_call(CALL).rules)


def test_a_list_is_no_column() -> None:
    with pytest.raises(TypeError, match="check_many"):
        mpfcheck.check_column(["{}"], mpfcheck.load_call(CALL))


@pytest.mark.parametrize(
    "table_of",
    [pa.table, pd.DataFrame, pl.DataFrame, pl.LazyFrame, lambda data: pa.scalar(data["proposal"][0])],
    ids=["arrow", "pandas", "polars", "lazy", "scalar"],
)
def test_what_is_not_one_column_is_refused_with_the_way_to_give_one(table_of: Any) -> None:
    with pytest.raises(TypeError, match=r'Give one column.* such as table\["proposal"\]'):
        mpfcheck.check_column(table_of({"proposal": ["{}"]}), mpfcheck.load_call(CALL))
