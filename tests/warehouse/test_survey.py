"""A survey counts what check says of each proposal, whatever the engine, and says what it left out."""

from __future__ import annotations

import csv
import html
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.generate import Mix, proposals
from mpfcheck.engine.interruption import Interrupted
from mpfcheck.packs.find import list_calls
from mpfcheck.reading.inputs import open_inputs
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


@pytest.mark.parametrize(
    "more", [(), ("--set", "maximum_grant_share=0.5"), ("--as-of", "2023-06-01"), ("--as-of", "1999-01-01")]
)
def test_a_survey_counts_what_check_says(cli: Cli, inputs: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    table = tmp_path / "t.parquet"
    assert cli("export", inputs, "-o", table).code == 3
    lines, checked = counted_by_check(cli, inputs, *more)

    ended = cli("survey", table, "--call", CALL, "--by", "fund,lead.country", "--format", "json", *more)
    read = cli("survey", inputs, "--call", CALL, "--by", "fund,lead.country", "--format", "json", *more)

    survey = ended.json()
    assert (ended.code, read.code) == (3, 3)
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


def unescaped(text: str) -> str:
    """A page without what HTML and Markdown put before signs, on one line."""
    return " ".join(html.unescape(text).replace("\\", "").split())


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
    (row,) = [row for row in rows if (row["table"], row["what"]) == ("verdicts", "ineligible")]
    assert row["number"] == str(ineligible)
    assert sum(row["table"] == "list" for row in rows) == ineligible
    for rule in whole["rules"]:
        named = f"{rule['rule']} {rule['title']} ({rule['severity']}{', manual' if rule['manual'] else ''})"
        assert named in " ".join(text.split())
        assert all(rule["rule"] in said and rule["title"] in said for said in (unescaped(page), unescaped(marked)))
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
    assert "Choose the call with --call" in cli("survey", EXAMPLES / "batch.jsonl").err


def test_verdicts_only_are_the_same_verdicts(cli: Cli, inputs: Path) -> None:
    whole = cli("survey", inputs, "--call", CALL, "--by", "fund", "--format", "json").json()
    only = cli("survey", inputs, "--call", CALL, "--by", "fund", "--format", "json", "--verdicts").json()

    for name in ("summary", "groups", "together"):
        assert only[name] == whole[name]
    assert 0 < len(only["rules"]) < len(whole["rules"])


def test_counting_by_a_field_twice_is_counting_by_it_once(cli: Cli, inputs: Path) -> None:
    once, twice = (
        cli("survey", inputs, "--call", CALL, "--by", by, "--format", "json") for by in ("fund", "fund,fund")
    )
    assert twice.json() == once.json()


@pytest.mark.parametrize("call_id", list_calls())
def test_every_call_is_counted_on_a_day_before_it_had_limits(cli: Cli, tmp_path: Path, call_id: str) -> None:
    """Then SQL cannot say some rules, and the Python engine needs all that they read."""
    plain = [{name: value for name, value in json.loads(line).items() if name != "annex"} for line in proposals(8, 5)]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(map(json.dumps, plain)), encoding="utf-8")
    options = ("--call", call_id, "--as-of", "1999-01-01", "--format")
    checked = [json.loads(line) for line in cli("check", path, *options, "statuses").out.splitlines()]
    cli("export", path, "--call", call_id, "-o", tmp_path / "t.parquet")

    survey = cli("survey", tmp_path / "t.parquet", "--by", "lead.country", *options, "json").json()

    for rule in survey["rules"]:
        statuses = Counter(one["statuses"][rule["rule"]] for one in checked)
        assert {name: rule[name] for name in statuses} == statuses, rule["rule"]


@pytest.mark.parametrize("day", ["1999-01-01", "2999-01-01"])
def test_a_day_that_the_rules_do_not_describe_is_told_as_check_tells_it(cli: Cli, inputs: Path, day: str) -> None:
    report = cli("check", inputs, "--as-of", day, "--format", "jsonl").out.splitlines()[0]
    (said,) = [one["message"] for one in json.loads(report)["problems"] if day in one["message"]]

    ended = {
        name: cli("survey", inputs, "--call", CALL, "--as-of", day, "--format", name)
        for name in ("text", "json", "csv", "html", "markdown")
    }

    for name, one in ended.items():
        assert said in unescaped(one.out), name
        assert f"Warning: {said}" in one.err


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Proposals, one that is none, what was passed over, and what may be a proposal and was not read."""
    monkeypatch.chdir(tmp_path)
    folder = Path("in")
    folder.mkdir()
    for name in ("batch.jsonl", "broken-syntax.json"):
        (folder / name).write_bytes((EXAMPLES / name).read_bytes())
    (folder / "notes.txt").write_text("Notes", encoding="utf-8")
    return folder


@pytest.mark.parametrize("whole", [True, False])
def test_a_survey_certifies_its_inputs_as_a_report_does_also_through_a_table(
    cli: Cli, folder: Path, tmp_path: Path, *, whole: bool
) -> None:
    if not whole:
        (folder / "more.zip").write_bytes(b"PK")
    table = tmp_path / "t.parquet"
    report = cli("check", folder, "--format", "json")
    assert cli("export", folder, "-o", table).code == 3
    certified = ("passed_over", "complete", "interrupted", "inputs_sha256", "invalid", "proposals")
    of_report = {name: report.json()["summary"][name] for name in certified}
    of_report["proposals"] -= of_report["invalid"]

    for given in ((folder, "--call", CALL), (table,)):
        ended = {name: cli("survey", *given, "--format", name) for name in ("json", "text", "html", "markdown", "csv")}
        summary = ended["json"].json()["summary"]
        assert {name: summary[name] for name in certified} == of_report
        assert summary["inputs"] == report.json()["summary"]["inputs"]
        for name, one in ended.items():
            assert one.code == 3
            said = unescaped(one.out)
            assert summary["inputs_sha256"] in said, name
            assert "in/notes.txt" in said, name
            if name != "json":
                assert ("This survey is not complete" in said) is not whole, name
                assert ("when its table was written" in said) is (not whole and given == (table,)), name


def test_a_table_of_an_interrupted_export_is_not_everything(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def two(*_: object, **__: object) -> object:
        yield from list(open_inputs([EXAMPLES / "batch.jsonl"]))[:2]
        raise Interrupted(2)

    with monkeypatch.context() as patched:
        patched.setattr("mpfcheck.reading.inputs.open_inputs", two)
        assert cli("export", EXAMPLES / "batch.jsonl", "-o", tmp_path / "t.parquet").code == 130

    ended = cli("survey", tmp_path / "t.incomplete.parquet", "--format", "json")

    assert ended.code == 3
    summary = ended.json()["summary"]
    assert (summary["complete"], summary["interrupted"], summary["inputs"]) == (False, True, 2)


def test_every_row_of_the_table_says_by_which_terms_it_was_counted(cli: Cli, inputs: Path, tmp_path: Path) -> None:
    options = ("--call", CALL, "--by", "fund,lead.country", "--set", "maximum_grant_share=0.5", "--format", "csv")
    out = tmp_path / "s.csv"
    assert cli("survey", inputs, *options, "--as-of", "2023-06-01", "--list", "ineligible", "--output", out).code == 3

    text = out.read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))

    assert text.startswith("\ufeff")
    terms = {(row["call"], row["as_of"], row["what_if"], row["complete"]) for row in rows}
    assert terms == {(CALL, "2023-06-01", "maximum_grant_share=0.5", "true")}
    assert all(row["version"] for row in rows)
    assert all(row["by fund"] and row["by lead.country"] for row in rows if row["table"] == "groups")
    assert {row["manual"] for row in rows if row["table"] == "rules"} == {"true", "false"}
    assert all(row["input"] and row["input_line"] for row in rows if row["table"] == "list")


def test_where_envelopes_are_shown_it_is_told_that_copies_are_counted(cli: Cli, inputs: Path) -> None:
    for name in ("text", "csv", "html", "markdown"):
        said = " ".join(cli("survey", inputs, "--call", CALL, "--format", name).out.split())
        assert said.count("Copies of a proposal are counted as often as they are in the input.") == 1, name
    assert cli("survey", inputs, "--call", CALL, "--format", "json").json()["copies_counted"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("survey", "nowhere.parquet"), 3, "cannot be read: No such file or directory."),
        (("survey", "text.parquet"), 3, "is not a table"),
        (("survey", "nowhere.json", "--call", CALL), 3, "nowhere.json: No such file or folder"),
        (("export", "nowhere.json", "-o", "t.parquet"), 3, "nowhere.json: No such file or folder"),
        (("export", "empty", "-o", "t.parquet"), 3, "This folder has no proposals"),
        (("export", "text.parquet", "-o", "t.csv"), 2, "Its name must end in .parquet"),
    ],
)
def test_an_input_that_is_not_there_is_no_wrong_usage(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("text.parquet").write_text("no table", encoding="utf-8")

    ended = cli(*arguments)

    assert ended.code == code
    assert words in " ".join(ended.err.split())
    assert ("Usage:" in ended.err) is (code == 2)
    assert "Errno" not in ended.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "text.parquet"]
