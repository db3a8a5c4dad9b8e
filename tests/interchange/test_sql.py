"""The exported SELECT says what check says, or NULL."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from benchmarks.generate import Mix, proposals
from mpfcheck.engine.registry import Registry, Terms
from mpfcheck.interchange.sql import sql_text
from mpfcheck.reading.document import read_proposal
from mpfcheck.warehouse.dialect import DIALECTS
from mpfcheck.warehouse.table import ProposalTable
from tests.cli.conftest import CALL, Cli, cli

__all__ = ["cli"]


@pytest.mark.slow
def test_the_select_says_what_check_says_or_null(cli: Cli, tmp_path: Path) -> None:
    answers = [
        read_proposal(data).answers or {} for mix in (Mix.COMPLETE, Mix.HALF_FILLED) for data in proposals(30, 9, mix)
    ]
    checker = Registry(()).checker(CALL, Terms(CALL, None, (("maximum_grant_share", "0.5"),)))
    table = ProposalTable(checker.call).batch([("p", number, None, one) for number, one in enumerate(answers)])
    written = cli(
        "rules", "export", CALL, "--format", "sql", "--set", "maximum_grant_share=0.5", "--output", tmp_path / "s"
    )

    with duckdb.connect() as engine:
        engine.register("proposals", table)
        found = engine.sql((tmp_path / "s").read_text(encoding="utf-8")).to_arrow_table().sort_by("line").to_pylist()

    assert written.code == 0
    ids = [rule.id for rule in checker.call.rules]
    told = 0
    for row, one in zip(found, answers, strict=True):
        statuses = dict(zip(ids, checker.statuses(one), strict=True))
        assert row["verdict"] in (None, checker.verdict(one).value)
        for rule_id, status in statuses.items():
            assert row[rule_id] in (None, status.value), rule_id
            told += row[rule_id] is not None
    assert told > 0.8 * len(found) * len(ids)
    assert sum(row["verdict"] is not None for row in found) > len(found) / 2


@pytest.mark.parametrize("dialect", DIALECTS)
def test_comments_say_what_a_reader_must_know(dialect: str) -> None:
    text = sql_text(Registry(()).checker(CALL), dialect)

    assert text.startswith("-- ")
    assert "NULL in a column means: SQL cannot tell" in text
    assert ("spark.sql.ansi.enabled" in text) is (dialect == "spark")


def test_the_terms_of_sql_need_sql(cli: Cli) -> None:
    assert cli("rules", "export", CALL, "--as-of", "2023-06-01").code == 2
