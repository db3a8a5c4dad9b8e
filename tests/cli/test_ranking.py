"""``check --rank-by``: scores from a table or a field, in every format that speaks of all proposals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator
from python_calamine import CalamineWorkbook

from mpfcheck.api.schemas import schema_text
from tests.cli.conftest import Cli

Write = Callable[..., str]


@pytest.fixture
def scored(write: Write, proposal: dict[str, Any]) -> tuple[str, str]:
    """Twelve proposals of EUR 380 000, of which the envelope can pay for ten, and their scores: the last has none."""
    lines = [json.dumps({**proposal, "title": f"Project {number}"}) for number in range(1, 13)]
    table = "file;line;points\n" + "".join(f"many.jsonl;{n};{90 - n // 2},5\n" for n in range(1, 12))
    return write("\n".join(lines).encode(), "many.jsonl"), write(table.encode("utf-8-sig"), "scores.csv")


def test_every_format_shows_where_the_money_ends(cli: Cli, scored: tuple[str, str]) -> None:
    many, table = scored
    given = ("check", many, "--rank-by", "points", "--scores", table, "--format")
    report = cli(*given, "json").json()

    Draft202012Validator(json.loads(schema_text("report"))).validate(report)
    ranking = report["portfolio"]["ranking"]
    envelope = next(one for one in ranking["envelopes"] if one["proposals"])
    fits = [(one["input"]["line"], one["rank"], one["fits"]) for one in envelope["proposals"]]
    # The scores pair 2 with 3, and 10 with 11: ten fit, so the last two are a tie at the end of the money.
    assert fits[:3] == [(1, 1, True), (2, 2, True), (3, 2, True)]
    assert fits[9:] == [(10, 10, None), (11, 10, None)]
    assert [one["line"] for one in ranking["without_score"]] == [12]
    words = "2 proposals at rank 10 have the same score. A person must decide."
    for format_name in ("text", "html", "markdown"):
        said = " ".join(cli(*given, format_name).out.replace("\u00a0", " ").split())
        assert words in said, format_name
        assert "eligible proposals without a score" in said
    cli(*given, "xlsx", "--output", "out.xlsx")
    rows = CalamineWorkbook.from_path("out.xlsx").get_sheet_by_name("Ranking").to_python()
    assert [row[9] for row in rows[10:]] == ["tie at the end of the money"] * 2 + ["no score"]


def test_a_chosen_field_that_no_proposal_has_is_told(cli: Cli, scored: tuple[str, str], write: Write) -> None:
    many, table = scored
    elsewhere = write("file;line;points\nother.jsonl;1;5\n", "elsewhere.csv")
    for options, words in (
        (("--rank-by", "titel"), "No proposal has a number in the field titel (--rank-by)."),
        (
            ("--rank-by", "points", "--scores", elsewhere),
            "The table of scores names none of these proposals (--scores).",
        ),
        (("--latest-by", "annex.vresion"), "No proposal has a value in the field annex.vresion that shows an order"),
        (("--latest-by", "file", "--same-by", "ref"), "No proposal has a value in the field ref (--same-by)."),
        (("--rank-by", "points", "--scores", table, "--latest-by", "duration_months", "--same-by", "title"), ""),
    ):
        said = cli("check", many, *options).err
        assert words in said if words else said == "", options


@pytest.mark.parametrize("format_name", ["text", "json"])
@pytest.mark.parametrize("row", ["x.json,5", "x.json,5\na/x.json,7"])
def test_a_row_that_names_several_proposals_is_refused(
    cli: Cli, write: Write, proposal: dict[str, Any], row: str, format_name: str
) -> None:
    for path in ("in/a/x.json", "in/b/x.json", "in/c.json", "in/d/x.json"):
        write({**proposal, "title": path}, path)
    table = write(f"path,points\n{row}\n".encode(), "scores.csv")
    ended = cli(
        *("check", "in", "--rank-by", "points", "--scores", table, "--format", format_name),
        *("--output", "out"),
    )

    assert ended.code == 2
    assert "Several proposals have the name x.json in the table of scores: in/" in " ".join(ended.err.split())
    assert not Path("out").exists()
    whole = write(b"path,points\nin/a/x.json,5\nin/b/x.json,6\nc.json,7\n", "whole.csv")
    assert cli("check", "in", "in/a/x.json", "--rank-by", "points", "--scores", whole).code == 0


def test_rows_that_name_no_proposal_are_named(cli: Cli, scored: tuple[str, str], write: Write) -> None:
    many, _ = scored
    rows = "".join(f"many.jsonl,{number},{number}\n" for number in (*range(1, 12), *range(21, 28)))
    said = cli("check", many, "--rank-by", "points", "--scores", write(f"file,line,points\n{rows}", "t.csv")).err

    assert (
        "Warning: 7 rows name none of these proposals in the table of scores (--scores): many.jsonl, line 21;" in said
    )
    assert "line 25 and 2 more." in said


def test_a_report_with_a_ranking_can_be_made_again(cli: Cli, scored: tuple[str, str]) -> None:
    many, table = scored
    for options in (("points", "--scores", table), ("duration_months",)):
        cli("check", many, "--rank-by", *options, "--format", "json", "--output", "report.json")
        assert cli("verify", "report.json", many).code == 0, options
        changed = Path("report.json").read_text(encoding="utf-8").replace('"fits": true', '"fits": false', 1)
        Path("changed.json").write_text(changed, encoding="utf-8")
        same = changed == Path("report.json").read_text(encoding="utf-8")
        assert cli("verify", "changed.json", many).code == (0 if same else 1)


def test_scores_from_a_table_are_said_not_to_be_compared(cli: Cli, scored: tuple[str, str]) -> None:
    many, table = scored
    for options, words in (
        (("points", "--scores", table), "11 scores from a table were not compared."),
        (("duration_months",), ""),
    ):
        cli("check", many, "--rank-by", *options, "--format", "json", "--output", "report.json")
        for command in (("verify", "report.json", many), ("bundle", "report.json", many, "-o", "out.zip")):
            said = " ".join(cli(*command).out.split())
            assert words in said if words else "not compared" not in said, command
        assert words in " ".join(cli("verify", "out.zip", many).out.split())


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("input,line,score\n", "has no column"),
        ("name,points\na,1\n", "names the proposals"),
        ("input,points\na,high\n", "line 2"),
        ("input,line,points\na,x,1\n", "not the number of a line"),
        ("input,points\na,1\na,2\n", "another score"),
        ("input,points\n\xff,1\n", "not UTF-8"),
    ],
)
def test_a_wrong_table_is_told(cli: Cli, write: Write, proposal: dict[str, Any], table: str, words: str) -> None:
    write(proposal)
    ended = cli("check", "proposal.json", "--rank-by", "points", "--scores", write(table.encode("latin-1"), "t.csv"))

    assert ended.code == 2
    assert words in " ".join(ended.err.split())


def test_wrong_options_are_told(cli: Cli, write: Write, proposal: dict[str, Any]) -> None:
    write(proposal)

    assert "--rank-by COLUMN" in cli("check", "proposal.json", "--scores", "t.csv").err
    assert "--rank-by needs --format" in cli("check", "proposal.json", "--rank-by", "x", "--format", "csv").err
    assert "cannot be read" in cli("check", "proposal.json", "--rank-by", "x", "--scores", "t.csv").err
    assert "--same-by needs --latest-by" in cli("check", "proposal.json", "--same-by", "x").err
