"""A survey counts what check says of each proposal, whatever the engine, and says what it left out."""

from __future__ import annotations

import csv
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.generate import Mix, proposals
from tests.cli.conftest import CALL, EXAMPLES, Cli


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Complete and half-filled proposals, one with an open list, one that is not a proposal."""
    path = tmp_path_factory.mktemp("survey") / "in.jsonl"
    lines = [*proposals(60, 3), *proposals(20, 4, Mix.HALF_FILLED)]
    open_list = {"call": CALL, "title": "Open", "co_applicants": [{"kind": "ngo"}], "open": ["/co_applicants"]}
    path.write_bytes(b"\n".join([*lines, json.dumps(open_list).encode(), b'{"fund": 3}']) + b"\n")
    return path


def counted_by_check(cli: Cli, path: Path, *more: str) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    checked = [json.loads(line) for line in cli("check", path, "--format", "statuses", *more).out.splitlines()]
    pairs = [pair for pair in zip(lines, checked, strict=True) if pair[1]["verdict"] != "invalid"]
    return [line for line, _ in pairs], [one for _, one in pairs]


@pytest.mark.parametrize("more", [(), ("--set", "maximum_grant_share=0.5"), ("--as-of", "2023-06-01")])
def test_a_survey_counts_what_check_says(cli: Cli, inputs: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    table = tmp_path / "t.parquet"
    assert cli("export", inputs, "-o", table).code == 3
    lines, checked = counted_by_check(cli, inputs, *more)

    ended = cli("survey", table, "--call", CALL, "--by", "fund,lead.country", "--format", "json", *more)
    read = cli("survey", inputs, "--call", CALL, "--by", "fund,lead.country", "--format", "json", *more)

    survey = ended.json()
    assert (ended.code, read.code) == (0, 3)
    assert survey == read.json()
    assert survey["summary"]["proposals"] == len(checked)
    assert survey["summary"]["invalid"] == 1
    verdicts = Counter(one["verdict"] for one in checked)
    assert {name: survey["summary"][name] for name in verdicts} == verdicts
    for rule in survey["rules"]:
        statuses = Counter(one["statuses"][rule["rule"]] for one in checked)  # type: ignore[index]
        assert {name: rule[name] for name in statuses} == statuses, rule["rule"]
    pairs = list(zip(lines, checked, strict=True))
    for group in survey["groups"]:
        fund, country = group["values"].values()
        own = [
            (line, one)
            for line, one in pairs
            if (line.get("fund"), (line.get("lead") or {}).get("country")) == (fund, country)  # type: ignore[attr-defined]
        ]
        eligible = [line for line, one in own if one["verdict"] == "eligible"]
        assert group["proposals"] == len(own)
        assert group["eligible"] == len(eligible)
        assert Decimal(group["requested"]) == sum(
            Decimal(str(line["financing"]["grant_requested"]))  # type: ignore[index]
            for line in eligible
        )
    assert sum(group["proposals"] for group in survey["groups"]) == len(checked)


def test_envelopes_are_compared_with_what_all_eligible_proposals_request(cli: Cli, inputs: Path) -> None:
    lines, checked = counted_by_check(cli, inputs)
    eligible = [line for line, one in zip(lines, checked, strict=True) if one["verdict"] == "eligible"]

    (together,) = cli("survey", inputs, "--call", CALL, "--format", "json").json()["together"]

    assert together["rule"] == "POT-2"
    for item in together["items"]:
        requested = sum(
            Decimal(str(line["financing"]["grant_requested"]))  # type: ignore[index]
            for line in eligible
            if line["fund"] == item["item"]
        )
        assert Decimal(item["amount"]) == requested
        assert (item["status"] == "fail") == (requested > Decimal(item["limit"]))


def test_every_format_says_the_same(cli: Cli, inputs: Path, tmp_path: Path) -> None:
    options = ("--call", CALL, "--by", "fund", "--list", "ineligible")
    whole = cli("survey", inputs, *options, "--format", "json").json()
    ineligible = whole["summary"]["ineligible"]

    text, page, marked = (
        cli("survey", inputs, *options, "--format", name).out for name in ("text", "html", "markdown")
    )
    rows = list(csv.DictReader(cli("survey", inputs, *options, "--format", "csv").out.splitlines()))
    written = cli("survey", inputs, *options, "--output", tmp_path / "s.txt")

    assert len(whole["list"]["inputs"]) == ineligible
    assert f"{ineligible} not eligible" in " ".join(text.split())
    assert {"table": "verdicts", "name": "all", "what": "ineligible", "number": str(ineligible)} in rows
    assert sum(row["table"] == "list" for row in rows) == ineligible
    for rule in whole["rules"]:
        assert all(rule["rule"] in said for said in (text, page, marked))
    assert page.startswith("<!DOCTYPE html>")
    assert (tmp_path / "s.txt").read_text(encoding="utf-8") == text
    assert written.out == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--by", "funds"], 'There is no field "funds"'),
        (["--by", "lead.contry"], 'There is no field "lead.contry". Did you mean "lead.country"?'),
        (["--by", "lead.zzz"], "The fields are: lead.id, lead.name, "),
        (["--by", "fund.name"], 'There is no field "fund.name".'),
        (["--by", "co_applicants"], "more than one value"),
        (["--by", "co_applicants.country"], "is a list"),
        (["--memory", "much"], "--memory must be a number with its unit"),
        (["--call", "mpf-2016-mp-camm"], "Export the proposals again"),
        (["--call", "nothing"], "nothing"),
        (["--set", "nothing=1"], "no parameter"),
    ],
)
def test_wrong_usage_is_named_before_anything_is_counted(
    cli: Cli, tmp_path: Path, arguments: list[str], words: str
) -> None:
    assert cli("export", EXAMPLES / "batch.jsonl", "-o", tmp_path / "t.parquet").code == 0

    refused = cli("survey", tmp_path / "t.parquet", *arguments)

    assert refused.code == 2
    assert words in " ".join(refused.err.split())
    assert refused.out == ""


def test_a_file_that_is_no_table_is_refused(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "t.parquet").write_bytes(b"PAR1 and nothing more")

    assert "not a table" in cli("survey", tmp_path / "t.parquet").err
    assert cli("survey", tmp_path / "missing.parquet").code == 2
    assert "Choose the call with --call" in cli("survey", EXAMPLES / "batch.jsonl").err


def test_verdicts_only_are_the_same_verdicts(cli: Cli, inputs: Path) -> None:
    whole = cli("survey", inputs, "--call", CALL, "--by", "fund", "--format", "json").json()
    only = cli("survey", inputs, "--call", CALL, "--by", "fund", "--format", "json", "--verdicts").json()

    for name in ("summary", "groups", "together"):
        assert only[name] == whole[name]
    assert 0 < len(only["rules"]) < len(whole["rules"])
