"""``check --only``: selects what a report shows, never what it counts, in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from jsonschema_rs import Draft202012Validator
from python_calamine import CalamineWorkbook

from mpfcheck.cli.main import mpfcheck
from tests.cli.conftest import EXAMPLES, Cli

BATCH = EXAMPLES / "batch.jsonl"
"""6 proposals: 2 eligible, 2 ineligible, 1 incomplete, 1 for manual review."""
SHOWN = "Shown: 2 proposals of 6 (only verdict=ineligible). The totals count all of them."


def reports(cli: Cli, *options: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in cli("check", BATCH, "--format", "jsonl", *options).out.splitlines()]


@pytest.mark.parametrize("form", ["text", "html", "markdown", "junit"])
def test_a_report_for_people_shows_some_and_counts_all(cli: Cli, form: str) -> None:
    whole = cli("check", BATCH, "--format", form)
    ended = cli("check", BATCH, "--format", form, "--only", "verdict=ineligible")
    said = " ".join(ended.out.replace("\u00a0", " ").split())

    assert ended.code == whole.code == 1
    assert SHOWN in said
    assert len(ended.out) < len(whole.out)
    if form != "junit":
        assert "2 eligible" in said or "Eligible" in said


def test_json_counts_all_and_says_how_many_it_shows(cli: Cli) -> None:
    written = json.loads(cli("check", BATCH, "--format", "json", "--only", "verdict=ineligible").out)
    schema = json.loads(cli("schema", "report").out)

    assert {report["verdict"] for report in written["reports"]} == {"ineligible"}
    assert len(written["reports"]) == 2
    assert (written["summary"]["proposals"], written["summary"]["eligible"]) == (6, 2)
    assert written["summary"]["shown"] == {"proposals": 2, "of": 6, "only": "verdict=ineligible"}
    assert written["portfolio"] == json.loads(cli("check", BATCH, "--format", "json").out)["portfolio"]
    assert list(Draft202012Validator(schema).iter_errors(written)) == []


@pytest.mark.parametrize("form", ["jsonl", "statuses", "csv"])
@pytest.mark.parametrize("options", [(), ("--fail-on", "warning")])
def test_formats_of_lines_have_the_lines_of_those_shown(cli: Cli, form: str, options: tuple[str, ...]) -> None:
    ended = cli("check", BATCH, "--format", form, "--only", "verdict=ineligible", *options)
    rows = (
        list(csv.DictReader(io.StringIO(ended.out))) if form == "csv" else list(map(json.loads, ended.out.splitlines()))
    )

    assert {row["verdict"] for row in rows} == {"ineligible"}
    assert SHOWN in " ".join(ended.err.split())


def test_sarif_and_junit_count_all(cli: Cli) -> None:
    (run,) = json.loads(cli("check", BATCH, "--format", "sarif", "--only", "verdict=incomplete").out)["runs"]
    junit = ElementTree.fromstring(cli("check", BATCH, "--format", "junit", "--only", "country=none").out.encode())  # noqa: S314 - ours

    assert (run["properties"]["proposals"], run["properties"]["shown"]) == (6, 1)
    assert [suite.get("name") for suite in junit] == ["mpfcheck"]


def test_the_workbook_and_the_pdf_show_them_too(tmp_path: Path) -> None:
    for name in ("report.xlsx", "report.pdf"):
        options = ["--format", name[-4:].strip("."), "--output", str(tmp_path / name), "--only", "verdict=ineligible"]
        assert CliRunner().invoke(mpfcheck, ["check", str(BATCH), *options]).exit_code == 1
    book = CalamineWorkbook.from_path(tmp_path / "report.xlsx")

    assert len(book.get_sheet_by_name("Proposals").to_python()) == 3
    assert [SHOWN] in book.get_sheet_by_name("About").to_python()
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_values_of_a_key_are_alternatives_and_keys_hold_together(cli: Cli) -> None:
    every = reports(cli)
    both = reports(cli, "--only", "verdict=Eligible,incomplete")
    one_country = reports(cli, "--only", "verdict=eligible,incomplete,country=fr", "--only", "country=lt")

    assert both == [report for report in every if report["verdict"] in ("eligible", "incomplete")]
    leads = [report["input"]["lead"] for report in both]  # type: ignore[index]
    assert one_country == [
        report for report, lead in zip(both, leads, strict=True) if lead and lead["country"] in ("FR", "LT")
    ]


def test_rule_and_severity_select_what_asks_for_action(cli: Cli) -> None:
    by_rule = reports(cli, "--only", "rule=grant-1")
    statuses = [
        {result["rule"]: result["status"] for result in report["results"]}["GRANT-1"]  # type: ignore[attr-defined]
        for report in by_rule
    ]

    assert statuses
    assert not {"pass", "not_applicable"} & set(statuses)
    assert {report["verdict"] for report in reports(cli, "--only", "severity=blocking")} == {"ineligible"}


SELECTIONS = (
    "verdict=invalid",
    "fund=ISF",
    "verdict=eligible,ineligible,country=FR,LT,RO,fund=BMVI,AMIF",
)
"""By each key, and by all of them."""
INPUTS = (BATCH, EXAMPLES / "broken-values.json", EXAMPLES / "broken-syntax.json", EXAMPLES / "review-india.json")
PEOPLE = ("text", "text --details", "text --quiet", "markdown", "html", "junit")
LINES = ("jsonl", "statuses", "csv")
TOTALS = ("json", "sarif", "xlsx")


def wanted(report: dict[str, Any], selection: str) -> bool:
    """Whether a selection shows a report, found without the program."""
    lead, key, keys = report["input"]["lead"] or {}, "", dict[str, list[str]]()
    for part in selection.split(","):
        key, value = part.split("=") if "=" in part else (key, part)
        keys.setdefault(key, []).append(value)
    path, line = Path(report["input"]["path"]), report["input"]["line"]
    text = path.read_text(encoding="utf-8")
    fund = re.search(r'"fund": ?"(\w+)"', text.splitlines()[line - 1] if line else text)
    has = {
        "verdict": report["verdict"],
        "country": lead.get("country") or "none",
        "fund": fund[1] if fund else "none",
    }
    return all(has[key] in values for key, values in keys.items())


def totals(form: str, written: str | Path) -> object:
    """What a report says of all proposals."""
    if isinstance(written, Path):
        book = CalamineWorkbook.from_path(written)
        sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
        about = [row for row in sheets.pop("About") if not str(row[0]).startswith("Shown: ")]
        return about, {name: rows for name, rows in sheets.items() if name not in ("Proposals", "Findings", "Rules")}
    report = json.loads(written)
    if form == "json":
        report["summary"].pop("shown", None)
        del report["reports"]
    else:
        (run,) = report["runs"]
        for name in ("shown", "only"):
            run["properties"].pop(name, None)
        report = run["properties"], run["invocations"]
    return report


ABOUT_WHAT_IS_SHOWN = re.compile(
    r"\W*|.*those with a section here\.|.*mpfcheck\.run.*|<property name=.only.*|.*system-out.*"
)


def said(form: str, written: str) -> Counter[str]:
    """The lines of a report, HTML by its texts; sources are numbered by what is shown."""
    text = re.sub(r"Shown:\s.*?count\s+all\s+of\s+them\.", "", re.sub(r"\[\d+\]", "[n]", written), flags=re.DOTALL)
    lines = (re.sub(r"<[^>]*>", "\n", text) if form == "html" else text).splitlines()
    return Counter(line.strip() for line in lines if not ABOUT_WHAT_IS_SHOWN.fullmatch(line.strip()))


@pytest.mark.parametrize("form", [*PEOPLE, *LINES, "statuses --fail-on warning", *TOTALS])
def test_a_selection_shows_some_and_counts_all_in_every_format(cli: Cli, tmp_path: Path, form: str) -> None:
    name, *options = form.split()

    def check(*more: str) -> tuple[int, str | Path]:
        place = [] if form != "xlsx" else ["--output", str(tmp_path / "report.xlsx")]
        ended = cli("check", *INPUTS, "--format", name, *options, *place, *more)
        return ended.code, tmp_path / "report.xlsx" if place else ended.out

    reports = [json.loads(line) for line in cli("check", *INPUTS, "--format", "jsonl").out.splitlines()]
    code, whole = check()
    everything = totals(form, whole) if form in TOTALS else said(form, str(whole))
    for selection in SELECTIONS:
        ended, some = check("--only", selection)
        assert ended == code, selection
        if form in TOTALS:
            assert totals(form, some) == everything, selection
        elif name in ("jsonl", "statuses"):
            rows = zip(str(whole).splitlines(), reports, strict=True)
            assert str(some).splitlines() == [row for row, report in rows if wanted(report, selection)], selection
        else:
            assert isinstance(everything, Counter)
            assert said(form, str(some)) - everything == Counter(), selection


@pytest.mark.slow
def test_several_processes_select_the_same(cli: Cli, tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_bytes(BATCH.read_bytes() * 40)
    for form in ("jsonl", "text"):
        one, two = (
            cli("check", many, "--format", form, "--only", "verdict=review", "--jobs", jobs) for jobs in ("1", "2")
        )
        assert one.out == two.out
    assert "MANUAL REVIEW NEEDED  40 proposals" in one.out
    assert "Shown: 40 proposals of 240" in one.out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("verdikt=eligible", 'Did you mean "verdict"?'),
        ("verdict=inelligible", 'Did you mean "ineligible"?'),
        ("country=XX", '"XX" is not a known country.'),
        ("fund=BMVY", 'Did you mean "BMVI"?'),
        ("rule=GRNT-1", 'Did you mean "GRANT-1"?'),
        ("eligible", "is not of the form KEY=VALUE"),
        ("verdict=", "is not of the form KEY=VALUE"),
        ("verdict=none", '"none" is not a known verdict. The values are'),
    ],
)
def test_what_is_not_known_is_wrong_usage_with_the_nearest_word(cli: Cli, text: str, said: str) -> None:
    ended = cli("check", BATCH, "--only", text)

    assert ended.code == 2
    assert said in " ".join(ended.err.split())


def test_a_selected_report_is_not_verified(cli: Cli, tmp_path: Path) -> None:
    place = tmp_path / "report.json"
    cli("check", BATCH, "--format", "json", "--output", place, "--only", "verdict=eligible")
    ended = cli("verify", place, BATCH)

    assert ended.code == 3
    assert "shows only verdict=eligible. Write a report without --only" in " ".join(ended.err.split())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ver", ["verdict="]),
        ("verdict=in", ["verdict=invalid", "verdict=ineligible", "verdict=inconclusive", "verdict=incomplete"]),
        ("verdict=eligible,inc", ["verdict=eligible,inconclusive", "verdict=eligible,incomplete"]),
        ("verdict=eligible,cou", ["verdict=eligible,country="]),
        ("fund=B", ["fund=BMVI"]),
    ],
)
def test_it_is_completed(typed: str, expected: list[str]) -> None:
    from click.shell_completion import ShellComplete

    found = ShellComplete(mpfcheck, {}, "mpfcheck", "_X").get_completions(["check", "--only"], typed)
    assert [item.value for item in found] == expected
