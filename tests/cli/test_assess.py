"""``mpfcheck assess`` and ``check --assessments``: decisions are kept whole, and shown everywhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

import pytest
from jsonschema_rs import Draft202012Validator
from python_calamine import CalamineWorkbook

from mpfcheck.api.schemas import schema_text
from mpfcheck.checking.report import Assessment, CallReference, Decision, InputReference
from mpfcheck.cli.assess import _append
from mpfcheck.engine.assessments import Assessments, Recorded, line_of, read_assessments
from tests.cli.conftest import Cli

Write = Callable[..., str]
BY = "Ana <b>Rusu</b>"


@pytest.fixture
def decided(cli: Cli, write: Write, proposal: dict[str, Any]) -> str:
    """A proposal, its report, and a decision on it."""
    write(json.dumps(proposal))
    cli("check", "proposal.json", "--format", "json", "--output", "report.json")
    ended = cli(
        *("assess", "report.json", "scope-3", "--input", "proposal.json", "--decision", "met", "--by", BY),
        *("--note", "Training.", "--on", "2026-03-02", "-o", "decisions.jsonl"),
    )
    assert ended.code == 0, ended.err
    return "decisions.jsonl"


def test_every_format_shows_who_decided_what(cli: Cli, decided: str) -> None:
    for format_name in ("text", "json", "jsonl", "csv", "html", "markdown", "junit", "sarif"):
        ended = cli("check", "proposal.json", "--assessments", decided, "--format", format_name)
        assert ended.code == 0
        said = ended.out
        if format_name == "junit":
            said = unescape(said)
        assert "2026-03-02" in said, format_name
        assert "Training." in said, format_name
        assert (
            "Ana &lt;b&gt;Rusu" if format_name == "html" else r"Ana \<b\>Rusu" if format_name == "markdown" else BY
        ) in said
        assert BY not in cli("check", "proposal.json", "--format", format_name).out


def test_a_workbook_shows_it_too_and_a_pdf_can_be_made(cli: Cli, decided: str) -> None:
    for format_name in ("xlsx", "pdf"):
        cli("check", "proposal.json", "--assessments", decided, "--format", format_name, "--output", "out")
        if format_name == "xlsx":
            rows = CalamineWorkbook.from_path("out").get_sheet_by_name("Findings").to_python()
            assert f"Met, by {BY} on 2026-03-02. Training." in [row[-1] for row in rows]
        else:
            assert Path("out").read_bytes().startswith(b"%PDF")


def test_what_is_written_keeps_to_the_published_schemas(cli: Cli, decided: str) -> None:
    for line in Path(decided).read_text(encoding="utf-8").splitlines():
        Draft202012Validator(json.loads(schema_text("assessment"))).validate(json.loads(line))
    report = cli("check", "proposal.json", "--assessments", decided, "--format", "json").json()
    Draft202012Validator(json.loads(schema_text("report"))).validate(report)
    assert [one["decision"] for one in report["reports"][0]["assessments"]] == ["met"]


def test_verify_takes_decisions_as_they_are_or_compares_them_with_the_file(cli: Cli, decided: str) -> None:
    cli("check", "proposal.json", "--assessments", decided, "--format", "json", "--output", "with.json")

    taken = cli("verify", "with.json", "proposal.json")
    compared = cli("verify", "with.json", "proposal.json", "--assessments", decided)
    Path("none.jsonl").write_bytes(b"")
    other = cli("verify", "with.json", "proposal.json", "--assessments", "none.jsonl")

    assert (taken.code, compared.code, other.code) == (0, 0, 1)
    assert "1 decision on manual rules was not compared" in " ".join(taken.out.split())
    assert "decision" not in compared.out
    assert "assessments" in other.out


@pytest.mark.slow
def test_other_processes_add_decisions_and_say_which_they_used(
    cli: Cli, write: Write, proposal: dict[str, Any]
) -> None:
    lines = [json.dumps({**proposal, "title": f"Project {number}"}) for number in range(160)]
    many = write("\n".join(lines).encode(), "many.jsonl")
    cli("check", many, "--format", "jsonl", "--output", "report.jsonl")
    chosen = ("--input", f"{many}:3", "--input", f"{many}:150", "--input", "Project 155")
    cli("assess", "report.jsonl", "SCOPE-3", *chosen, "--decision", "not_met", "--by", "Ana", "-o", "d.jsonl")

    for jobs in ("1", "2"):
        ended = cli("check", many, "--assessments", "d.jsonl", "--format", "jsonl", "--jobs", jobs)
        found = [number for number, line in enumerate(ended.out.splitlines(), 1) if json.loads(line)["assessments"]]
        assert found == [3, 150, 156]
        assert ended.err == ""
    left = cli(
        "check", write("\n".join(lines[:100]).encode(), "few.jsonl"), "--assessments", "d.jsonl", "--format", "csv"
    )
    assert "2 decisions are in no report" in left.err
    assert "SCOPE-3 for Project 149" in left.err


def test_a_file_of_decisions_among_the_proposals_is_passed_over(cli: Cli, decided: str) -> None:
    summary = cli("check", ".", "--format", "json").json()["summary"]

    assert summary["proposals"] == 1
    assert summary["complete"]
    assert "file of decisions" in {one["path"]: one["why"] for one in summary["passed_over"]}["./decisions.jsonl"]
    assert cli("check", decided).code == 3


def line(**changes: object) -> bytes:
    """A decision as it is in a file, with something else in it."""
    input = InputReference("a.json", None, "0" * 64)
    call = CallReference("c", "1", "0" * 64)
    recorded = Recorded.about(input, call, Assessment("R-1", Decision.MET, "Ana", "2026-01-01"), "2026-01-01T00:00:00Z")
    return json.dumps({**json.loads(line_of(recorded)), **changes}).encode() + b"\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{", "Line 1 is not JSON"),
        (line() + b"[]\n", "Line 2 is not a decision"),
        (line(decision="maybe"), 'decision is "maybe"'),
        (line(on="yesterday"), "Write a date"),
        (line(by=" "), "by must be a text"),
        (line(input=None), "input must be an object"),
        (line(call={"id": "c"}), "call.version must be a text"),
        (b'{"format": "mpfcheck-report/1"}', "not a decision"),
        (line().replace(b'"by"', b'"rule": "R-2", "by"'), "is not JSON"),
    ],
)
def test_a_file_that_holds_something_else_is_refused_and_stays(
    cli: Cli, decided: str, write: Write, data: bytes, words: str
) -> None:
    other = write(data, "other.jsonl")

    shown = cli("check", "proposal.json", "--assessments", other)
    added = cli(
        *("assess", "report.json", "SCOPE-3", "--input", "proposal.json", "--decision", "met", "--by", "B", "-o", other)
    )

    for ended in (shown, added):
        assert ended.code == 3
        assert words in ended.err
        assert "Traceback" not in ended.err
    assert Path(other).read_bytes() == data


def test_wrong_usage_is_told(cli: Cli, decided: str) -> None:
    given = ("assess", "report.json", "SCOPE-3", "--input", "proposal.json", "--decision", "met", "--by", "B")

    assert "in the future" in cli(*given, "--on", "2999-01-01", "-o", decided).err
    assert "cannot be written" in cli(*given, "-o", "nowhere/d.jsonl").err
    assert "not a regular file" in cli(*given, "-o", ".").err
    assert cli("check", "proposal.json", "--assessments", decided, "--format", "statuses").code == 2
    assert cli("check", "proposal.json", "--assessments", "nowhere").code == 3


def test_those_who_write_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "d.jsonl")
    (one,) = read_assessments(line())

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: _append(path, [one] * 3), range(40)))

    assert len(read_assessments(Path(path).read_bytes())) == 120


def test_decisions_go_from_one_process_to_another() -> None:
    import pickle

    decisions = Assessments(read_assessments(line()))

    assert pickle.loads(pickle.dumps(decisions)).recorded == decisions.recorded  # noqa: S301 - our own
