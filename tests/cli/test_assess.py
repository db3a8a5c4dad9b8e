"""``mpfcheck assess`` and ``check --assessments``: decisions are kept whole, and shown everywhere."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
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
PDF_TO_TEXT = shutil.which("pdftotext")


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


@pytest.mark.parametrize("decided_on", [25, 20])
def test_the_figures_of_all_count_manual_reviews_that_are_done_apart(
    cli: Cli, write: Write, proposal: dict[str, Any], decided_on: int
) -> None:
    lines = [json.dumps({**proposal, "title": f"Borders {number}"}) for number in range(25)]
    many = write("\n".join(lines).encode(), "all.jsonl")
    cli("check", many, "--format", "json", "--output", "report.json")
    chosen = [part for number in range(1, decided_on + 1) for part in ("--input", f"{many}:{number}")]
    cli("assess", "report.json", "SCOPE-3", *chosen, "--decision", "met", "--by", BY, "-o", "d.jsonl")
    # A decision that was taken back asks for the review again.
    cli(*("assess", "report.json", "SCOPE-3", *chosen[:2], "--decision", "open", "--by", BY, "-o", "d.jsonl"))

    text = " ".join(cli("check", many, "--assessments", "d.jsonl").out.split())
    asked = text.partition("Manual review needed in all 25 proposals: ")[2].partition(".")[0]
    done, left = decided_on - 1, 26 - decided_on
    assert "SCOPE-3" not in asked
    assert f"Manual review done: SCOPE-3 ({done} of 25)." in text
    assert re.search(rf"SCOPE-3 [^:]*: {left} manual review, {done} manual review done", text)
    page = cli("check", many, "--assessments", "d.jsonl", "--format", "html").out
    row = page[page.index(">SCOPE-3</span>", page.index("Rules that always need")) :].partition("</tr>")[0]
    assert re.findall(r"<td[^>]*>(\d+)</td>", row)[-2:] == [str(left), str(done)]
    assert "Manual review done" not in cli("check", many, "--format", "markdown").out


IN_WORDS = (
    f"Met, by {BY} on 2026-03-02. Note 0",
    f"Not met, by {BY} on 2026-03-02. Note 1",
    f"Still open, by {BY} on 2026-03-02. Note 2",
    f"Met, by {BY} on 2026-03-02. The decision is about an older state of the proposal. Note 3",
)
DECISIONS = (("met", ""), ("not_met", ""), ("open", ""), ("met", "proposal"))
AS_JSON = tuple(
    f'"decision": "{decision}", "by": "{BY}", "on": "2026-03-02", "note": "Note {at}", "older": '
    + (f'["{older}"]' if older else "[]")
    for at, (decision, older) in enumerate(DECISIONS)
)
AS_CSV = tuple(f"{decision},{BY},2026-03-02,Note {at},{older}," for at, (decision, older) in enumerate(DECISIONS))
IN_SHORT = (
    "Decisions of persons on manual rules: 2 met, 1 not met, 1 still open. Of these, 1 on an older state",
    "decided not met: SCOPE-3",
    "still open: SCOPE-3",
    "decided on an older state: SCOPE-3",
)


@pytest.fixture
def four_decided(cli: Cli, write: Write, proposal: dict[str, Any]) -> str:
    """Of 21 eligible proposals: one decided as met, one as not met, one still open, one changed after its decision."""
    lines = [{**proposal, "title": f"Project {number}", "acronym": None} for number in range(21)]
    write("\n".join(map(json.dumps, lines)), "all.jsonl")
    cli("check", "all.jsonl", "--format", "json", "--output", "report.json")
    for at, (decision, _) in enumerate(DECISIONS):
        about = ("--input", f"Project {at}", "--decision", decision, "--note", f"Note {at}", "--on", "2026-03-02")
        made = cli("assess", "report.json", "SCOPE-3", *about, "--by", BY, "-o", "decisions.jsonl")
        assert made.code == 0, made.err
    lines[3]["documents"] = []
    write("\n".join(map(json.dumps, lines)), "all.jsonl")
    return "decisions.jsonl"


@pytest.mark.parametrize(
    ("format_name", "options", "words"),
    [
        ("text", (), IN_SHORT),
        ("text", ("--details",), IN_WORDS),
        ("json", (), AS_JSON),
        ("jsonl", (), AS_JSON),
        ("csv", (), AS_CSV),
        ("html", (), IN_WORDS),
        ("markdown", (), IN_WORDS),
        ("junit", (), IN_WORDS),
        ("sarif", (), AS_JSON),
        ("xlsx", (), IN_WORDS),
        ("pdf", (), IN_WORDS),
    ],
)
def test_every_format_shows_who_decided_what_when_and_why_and_what_is_older(
    cli: Cli, four_decided: str, format_name: str, options: tuple[str, ...], words: tuple[str, ...]
) -> None:
    args = ("check", "all.jsonl", "--assessments", four_decided, "--format", format_name, *options, "--output", "out")
    ended = cli(*args)
    assert (ended.code, ended.err) == (0, "")
    if format_name == "xlsx":
        rows = CalamineWorkbook.from_path("out").get_sheet_by_name("Findings").to_python()
        said = "\n".join(str(row[-1]) for row in rows)
    elif format_name == "pdf":
        if PDF_TO_TEXT is None:
            pytest.skip("there is no pdftotext here")
        said = subprocess.run([PDF_TO_TEXT, "out", "-"], capture_output=True, check=True, text=True).stdout
    else:
        said = unescape(Path("out").read_text(encoding="utf-8-sig"))
    said = " ".join(re.sub(r"[\\*\u2066-\u2069]|</?(bdi|em|strong)>", "", said).split())

    for one in words:
        assert one in said


def test_statuses_refuse_decisions_as_they_have_no_place_for_them(cli: Cli, decided: str) -> None:
    ended = cli("check", "proposal.json", "--assessments", decided, "--format", "statuses")

    assert ended.code == 2
    assert "statuses does not show decisions" in ended.err


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
    assert "2 decisions are not in any report" in left.err
    assert "SCOPE-3 for Project 149" in left.err


def test_of_decisions_of_one_second_the_last_is_the_one_that_is_replaced(cli: Cli, decided: str) -> None:
    at = ("assess", "report.json", "SCOPE-3", "--input", "proposal.json", "--by", "Ana", "--on", "2026-03-02")
    # All of them were recorded in one second.
    (first,) = Path(decided).read_text(encoding="utf-8").splitlines()
    one = json.loads(first) | {"at": "2999-01-01T00:00:00Z", "by": "Second"}
    Path(decided).write_text("".join(json.dumps(one | {"by": by}) + "\n" for by in ("First", "Second")), "utf-8")

    said = " ".join(cli(*at, "--decision", "open", "-o", decided).out.split())
    assert "still holds: Met, by Second on 2026-03-02." in said


def test_decisions_in_no_report_are_as_many_as_they_are_named(cli: Cli, write: Write, decided: str) -> None:
    text = Path(decided).read_text(encoding="utf-8")
    write(text * 2, decided)
    said = " ".join(
        cli("check", write({"call": "mpf-2023-borders-security"}, "o.json"), "--assessments", decided).err.split()
    )

    assert "2 decisions are not in any report" in said
    assert "SCOPE-3 for" in said
    assert "(2 decisions)." in said


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
        (b"{", "Line 1 is not JSON: The file ends here, but"),
        (b"hello", "Line 1 is not JSON. Decisions are written with mpfcheck assess."),
        (b"\xff\xfe{", "Line 1 is not JSON. Decisions are written with mpfcheck assess."),
        (b'{"a" 1}', 'Line 1 is not JSON: Missing colon after the name "a".'),
        (line() + b"[]\n", "Line 2 is not a decision"),
        (line(decision="maybe"), 'decision is "maybe"'),
        (line(on="yesterday"), "Write a date"),
        (line(by=" "), "by is empty."),
        (line(by=5), "by must be a text"),
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
