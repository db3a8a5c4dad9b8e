"""A batch is complete, or its report says what was not checked, in every format."""

from __future__ import annotations

import gzip
import json
import os
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli

Write = Callable[..., str]
Proposal = dict[str, Any]
FORMATS = ("text", "json", "jsonl", "csv", "html", "markdown", "junit", "sarif")
NAMES = (".hidden.json", "x.json.txt", "all.zip", "README.md", "link")
"""What is passed over in the folder below."""


@pytest.fixture
def folder(write: Write, proposal: Proposal, tmp_path: Path) -> str:
    """One good proposal, and all sorts of other things."""
    write(proposal, "in/a.json")
    for name in (".hidden.json", "x.json.txt"):
        write(proposal, f"in/{name}")
    write(b"PK", "in/all.zip")
    write("# Read me", "in/README.md")
    (tmp_path / "in" / "link").symlink_to(".")
    return "in"


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_names_what_was_passed_over(cli: Cli, folder: str, format_name: str) -> None:
    ended = cli("check", folder, "--format", format_name)

    said = ended.err if format_name in ("jsonl", "csv") else ended.out
    assert ended.code == 3
    assert "not complete" in said or format_name in ("json", "sarif")
    for name in NAMES:
        assert name in said.replace("\\", ""), name


def test_the_report_for_programs_gives_each_a_reason(cli: Cli, folder: str) -> None:
    summary = cli("check", folder, "--format", "json").json()["summary"]

    assert (summary["proposals"], summary["inputs"], summary["eligible"]) == (1, 1, 1)
    assert (summary["complete"], summary["interrupted"]) == (False, False)
    assert sorted(os.path.basename(one["path"]) for one in summary["passed_over"]) == sorted(NAMES)
    assert all(one["why"] for one in summary["passed_over"])


def test_sarif_and_junit_tell_their_readers_that_the_run_failed(cli: Cli, folder: str) -> None:
    [run] = cli("check", folder, "--format", "sarif").json()["runs"]
    root = ElementTree.fromstring(cli("check", folder, "--format", "junit").out)  # noqa: S314 - our own

    assert run["invocations"][0]["executionSuccessful"] is False
    assert root.find("testsuite[@name='mpfcheck']/testcase/error") is not None


@pytest.mark.parametrize(
    ("data", "successful"),
    [
        ("", True),
        (" \n", True),
        ("[1]", True),
        ("5", True),
        ("{", True),
        ('{"call": "no-such-call"}', True),
        (None, False),
    ],
)
def test_what_is_not_a_proposal_is_a_finding_and_only_an_input_that_is_not_read_is_a_failed_execution(
    cli: Cli, write: Write, data: str | None, successful: bool
) -> None:
    path = "missing.json" if data is None else write(data, "one.json")
    [run] = cli("check", path, "--format", "sarif").json()["runs"]

    assert run["invocations"][0]["executionSuccessful"] is successful
    assert [one["ruleId"] for one in run["results"]] == ["FILE"] * successful


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_folder_with_what_cannot_be_a_proposal_is_complete(
    cli: Cli, write: Write, proposal: Proposal, format_name: str
) -> None:
    """It is named, and that is all."""
    write(proposal, "in/a.json")
    write("# Read me", "in/README.md")
    ended = cli("check", "in", "--format", format_name)

    assert ended.code == 0
    assert "README.md" in ended.out + ended.err
    assert "not complete" not in ended.out + ended.err


def test_a_folder_checked_twice_into_itself_says_the_same(cli: Cli, write: Write, proposal: Proposal) -> None:
    """The report of the first time is no proposal of the second."""
    write(proposal, "in/a.json")
    for format_name, name in (("json", "r.json"), ("jsonl", "r.jsonl"), ("sarif", "s.json")):
        first = cli("check", "in", "--format", format_name, "--output", f"in/{name}")
        second = cli("check", "in", "--format", format_name, "--output", f"in/{name}")
        assert (first.code, second.code) == (0, 0)
    summary = cli("check", "in", "--format", "json").json()["summary"]

    assert (summary["proposals"], summary["complete"]) == (1, True)
    assert [os.path.basename(one["path"]) for one in summary["passed_over"]] == ["r.json", "r.jsonl", "s.json"]


def test_lines_of_any_ending_are_read_in_a_folder(cli: Cli, write: Write, proposal: Proposal) -> None:
    lines = (json.dumps(proposal) + "\n").encode() * 2
    for name in ("a.jsonl", "b.ndjson"):
        write(lines, f"in/{name}")
        write(gzip.compress(lines), f"in/{name}.gz")

    assert cli("check", "in", "--format", "json").json()["summary"]["eligible"] == 8


def test_standard_input_given_twice_is_wrong_usage(cli: Cli, proposal: Proposal) -> None:
    ended = cli("check", "-", "-", stdin=json.dumps(proposal).encode())

    assert ended.code == 2
    assert "only once" in ended.err


def test_two_names_of_one_file_are_two_reports_on_the_same_content(cli: Cli, write: Write, proposal: Proposal) -> None:
    write(proposal, "a.json")
    ended = cli("check", "a.json", "./a.json")

    assert "Duplicate proposals\n" in ended.out
    assert "a.json; ./a.json\n" in ended.out


@pytest.mark.parametrize(("as_of", "said"), [("2999-01-01", "after 2023-12-07"), ("2001-01-01", "before 2023-03-10")])
@pytest.mark.parametrize("format_name", FORMATS)
def test_a_day_the_rules_do_not_know_is_said(
    cli: Cli, write: Write, proposal: Proposal, format_name: str, as_of: str, said: str
) -> None:
    ended = cli("check", write(proposal), "--as-of", as_of, "--format", format_name)

    assert said in ended.err
    assert said in " ".join(ended.out.replace("\\", "").split())


def test_the_day_that_is_supposed_is_warned_of_too(cli: Cli, write: Write, proposal: Proposal) -> None:
    assert "after 2023-12-07" in cli("check", write(proposal), "--compare-as-of", "2999-01-01").err


@pytest.mark.parametrize("as_of", ["2023-03-10", "2023-06-01", "2023-12-07"])
def test_nothing_is_said_of_a_day_the_rules_know(cli: Cli, write: Write, proposal: Proposal, as_of: str) -> None:
    ended = cli("check", write(proposal), "--as-of", as_of, "--format", "json")

    assert ended.err == ""
    assert ended.json()["reports"][0]["problems"] == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("200.000", "It can mean 200 or 200000."),
        ("200,000", "It can mean 200 or 200000."),
        ("1.250", "It can mean 1.25 or 1250."),
        ("1 000", "Did you mean 1000?"),
        ("1\u202f000", "Did you mean 1000?"),
        ("200'000", "Did you mean 200000?"),
        ("1.234.567", "Did you mean 1234567?"),
        ("200.000,50", "Did you mean 200000.50?"),
        ("200,000.50", "Did you mean 200000.50?"),
        ("EUR 200000", 'without "EUR"'),
        (".95", "Did you mean 0.95?"),
        (",95", "Did you mean 0.95?"),
        ("200000 USD", "minimum_total_budget is in EUR"),
        ("95%", "Write a number"),
        ("1_000", "Write a number"),
        ("\u0662\u0660\u0660", "Write a number"),
        ("many", "Write a number"),
    ],
)
def test_a_number_that_can_be_read_in_two_ways_is_refused(
    cli: Cli, write: Write, proposal: Proposal, value: str, said: str
) -> None:
    for option in ("--set", "--compare-set"):
        ended = cli("check", write(proposal), option, f"minimum_total_budget={value}")
        assert ended.code == 2
        assert said in " ".join(ended.err.split())


@pytest.mark.parametrize("value", ["95%", "95 %", "0,95"])
def test_a_share_is_offered_as_the_number_it_is(cli: Cli, write: Write, proposal: Proposal, value: str) -> None:
    ended = cli("check", write(proposal), "--set", f"maximum_grant_share={value}")

    assert ended.code == 2
    assert "0.95" in ended.err


@pytest.mark.parametrize("value", ["200000", "200000.00", "200000.000", "0.950", "2e5"])
def test_a_number_with_one_reading_is_taken(cli: Cli, write: Write, proposal: Proposal, value: str) -> None:
    assert cli("check", write(proposal), "--set", f"minimum_total_budget={value}").code == 0


def test_only_what_is_new_counts_also_of_incomplete_drafts(cli: Cli, write: Write, proposal: Proposal) -> None:
    draft = proposal | {"fund": None}
    older = cli("check", write(draft, "draft.json"), "--format", "json")
    write(older.out, "old")
    arguments = ("--baseline", "old", "--fail-on", "new")
    assert older.code == 1

    assert cli("check", "draft.json", *arguments).code == 0
    write(draft, "added.json")
    assert cli("check", "draft.json", "added.json", *arguments).code == 0, "the same content is nothing new"
    write(draft | {"title": "Another"}, "added.json")
    assert cli("check", "draft.json", "added.json", *arguments).code == 1
    assert cli("check", "draft.json", "added.json", *arguments, "--allow-incomplete").code == 0


def test_a_proposal_that_became_incomplete_is_new(cli: Cli, write: Write, proposal: Proposal) -> None:
    write(cli("check", write(proposal, "draft.json"), "--format", "json").out, "old")
    write(proposal | {"fund": None}, "draft.json")

    assert cli("check", "draft.json", "--baseline", "old", "--fail-on", "new").code == 1


@pytest.mark.parametrize("format_name", ["json", "jsonl"])
def test_packed_reports_are_read_by_all_who_read_reports(
    cli: Cli, write: Write, proposal: Proposal, format_name: str
) -> None:
    write(proposal)
    plain = cli("check", "proposal.json", "--format", format_name).out.encode()
    write(gzip.compress(plain), "old.gz")

    assert cli("verify", "old.gz", "proposal.json").code == 0
    assert cli("diff", "old.gz", "old.gz").code == 0
    assert cli("check", "proposal.json", "--baseline", "old.gz", "--fail-on", "new").code == 0


@pytest.mark.parametrize(
    "data",
    [gzip.compress(b"{}" * 9999)[:20], b"\x1f\x8bnot gzip at all", gzip.compress(b"{")],
    ids=["cut off", "not gzip", "not JSON"],
)
def test_a_damaged_packed_report_is_said_in_words(cli: Cli, write: Write, proposal: Proposal, data: bytes) -> None:
    write(data, "old.gz")
    for arguments in (("verify", "old.gz", write(proposal)), ("diff", "old.gz", "old.gz")):
        ended = cli(*arguments)
        assert ended.code == 3
        assert "old.gz" in ended.err
        assert "Traceback" not in ended.err


def test_verify_names_a_proposal_that_the_report_leaves_out(cli: Cli, write: Write, proposal: Proposal) -> None:
    write(proposal, "in/a.json")
    report = write(cli("check", "in", "--format", "json").out, "report")
    assert cli("verify", report, "in").code == 0
    assert cli("verify", report, "in", "in/a.json").code == 0, "the same file by another name"

    write(proposal | {"title": "Left out"}, "in/b.json")
    ended = cli("verify", report, "in")
    assert ended.code == 1
    assert ended.out.startswith("NOT COMPLETE")
    assert "in/b.json" in ended.out

    write(proposal, "in/b.json")
    assert cli("verify", report, "in").code == 1, "a copy was not reported either"


def test_verify_names_what_it_cannot_look_at(cli: Cli, write: Write, proposal: Proposal) -> None:
    write(proposal, "in/a.json")
    report = write(cli("check", "in", "--format", "json").out, "report")
    write(proposal | {"title": "Left out"}, "in/b.json.txt")
    ended = cli("verify", report, "in")

    assert ended.code == 1
    assert "b.json.txt" in ended.out


def test_verify_says_that_a_report_is_not_complete(cli: Cli, folder: str, write: Write) -> None:
    report = write(cli("check", folder, "--format", "json").out, "report")
    ended = cli("verify", report, "in/a.json")

    assert ended.code == 1
    assert ended.out.startswith("NOT COMPLETE")
    assert "x.json.txt" in ended.out


def test_a_report_that_claims_to_be_complete_and_interrupted_is_different(
    cli: Cli, write: Write, proposal: Proposal
) -> None:
    write(proposal)
    text = cli("check", "proposal.json", "--format", "json").out
    for old, new in (('"interrupted": false', '"interrupted": true'), ('"inputs": 1', '"inputs": 2')):
        assert old in text
        ended = cli("verify", write(text.replace(old, new), "report"), "proposal.json")
        assert (ended.code, ended.out.split()[0]) == (1, "DIFFERENT")


def test_a_report_on_nothing_leaves_everything_out(cli: Cli, write: Write, proposal: Proposal) -> None:
    write(proposal)
    written = cli("check", "proposal.json", "--format", "json").json()
    written["reports"] = []
    ended = cli("verify", write(written, "report"), "proposal.json")

    assert ended.code == 1
    assert "proposal.json" in ended.out
