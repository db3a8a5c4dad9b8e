"""``mpfcheck verify``: a report made anew is the same to the byte, or it is said what differs."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import EXAMPLES, SMALL_RULES, Cli

Write = Callable[..., str]
Proposal = dict[str, Any]


@pytest.fixture
def checked(cli: Cli, write: Write, proposal: Proposal) -> Callable[..., Path]:
    """Check the proposal and keep the report."""

    def check(*options: str | Path, format: str = "json") -> Path:
        if not Path("proposal.json").exists():
            write(json.dumps(proposal, indent=1))
        cli("check", "proposal.json", "--format", format, "--output", "report", *options)
        return Path("report")

    return check


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--as-of", "2023-06-01"),
        ("--as-of", "2023-03-09"),
        ("--set", "maximum_grant_share=0.90"),
        ("--set", "maximum_grant_share=0.9", "--set", "bmvi_pot=1", "--as-of", "2024-01-01"),
        ("--call", "mpf-2023-borders-security"),
    ],
)
@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_a_report_made_anew_is_the_same(
    cli: Cli, checked: Callable[..., Path], options: tuple[str, ...], format: str
) -> None:
    ended = cli("verify", checked(*options, format=format), "proposal.json")

    assert ended.code == 0, ended.out
    assert ended.out.startswith("THE SAME  report\n")


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_every_example_is_the_same_also_where_it_is_no_proposal(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "all")
    monkeypatch.chdir(tmp_path)
    cli("check", "all", "nowhere.json", "--format", format, "--output", "report")

    assert cli("verify", "report", "nowhere.json", "all").code == 0


def test_the_proposal_may_have_been_moved(cli: Cli, checked: Callable[..., Path]) -> None:
    report = checked()
    Path("elsewhere").mkdir()
    os.rename("proposal.json", "elsewhere/renamed.json")

    assert cli("verify", report, "elsewhere").code == 0


def test_a_forged_verdict_is_found(cli: Cli, checked: Callable[..., Path]) -> None:
    report = checked("--set", "maximum_grant_share=0.9")
    report.write_text(report.read_text(encoding="utf-8").replace('"verdict": "ineligible"', '"verdict": "eligible"'))
    ended = cli("verify", report, "proposal.json")

    assert ended.code == 1
    assert ended.out.startswith("DIFFERENT  report\n")
    assert "/reports/0/verdict" in ended.out
    assert 'report: "eligible"' in ended.out


def test_a_parameter_left_unsaid_is_found(cli: Cli, checked: Callable[..., Path]) -> None:
    report = checked("--set", "maximum_grant_share=0.9")
    written = json.loads(report.read_text(encoding="utf-8"))
    del written["reports"][0]["parameters_changed"]
    report.write_text(json.dumps(written), encoding="utf-8")

    assert cli("verify", report, "proposal.json").code == 1


def test_other_blanks_are_not_the_same_bytes(cli: Cli, checked: Callable[..., Path]) -> None:
    report = checked()
    report.write_text(json.dumps(json.loads(report.read_text(encoding="utf-8"))), encoding="utf-8")
    ended = cli("verify", report, "proposal.json")

    assert ended.code == 1
    assert "spaces or the order differ" in ended.out


@pytest.mark.parametrize(("member", "only_sentences"), [("message", True), ("title", True), ("rule", False)])
def test_a_report_in_the_words_of_another_version_is_said_to_differ_in_words(
    cli: Cli, checked: Callable[..., Path], member: str, *, only_sentences: bool
) -> None:
    report = checked()
    written = json.loads(report.read_text(encoding="utf-8"))
    result = next(one for one in written["reports"][0]["results"] if one.get(member))
    result[member] += " "
    report.write_text(json.dumps(written), encoding="utf-8")
    ended = cli("verify", report, "proposal.json")

    assert ended.code == 1
    assert ended.out.startswith("DIFFERENT")
    said = " ".join(ended.out.split())
    assert ("Only sentences differ: verdicts and statuses are the same." in said) is only_sentences
    assert ("Another version of mpfcheck or of its rules may have written them" in said) is only_sentences


def test_another_version_alone_is_said_and_is_no_difference(cli: Cli, checked: Callable[..., Path]) -> None:
    report = checked()
    written = report.read_text(encoding="utf-8")
    version = json.loads(written)["tool"]["version"]
    report.write_text(written.replace(f'"version": "{version}"', '"version": "0.0.1"', 1), encoding="utf-8")
    ended = cli("verify", report, "proposal.json")

    assert ended.code == 0
    assert ended.out.startswith("THE SAME  report\n")
    assert f"written by mpfcheck 0.0.1; this is {version}" in ended.out


def test_a_proposal_that_was_changed_since_is_not_the_one(
    cli: Cli, write: Write, proposal: Proposal, checked: Callable[..., Path]
) -> None:
    report = checked()
    write(proposal | {"title": "Another"})
    ended = cli("verify", report, "proposal.json")

    assert ended.code == 1
    assert ended.out.startswith("NOT VERIFIED  report\n")
    assert "SHA-256" in ended.out


def test_rules_that_are_not_here_end_with_4(
    cli: Cli, write: Write, proposal: Proposal, pack: Callable[..., Path]
) -> None:
    folder = pack()
    write(proposal | {"call": "small-call"})
    cli("check", "proposal.json", "--rules", folder, "--format", "json", "--output", "report")
    assert cli("verify", "report", "proposal.json", "--rules", folder).code == 0

    unknown = cli("verify", "report", "proposal.json")
    pack(size=SMALL_RULES.replace("Raise it", "Lift it"))
    changed = cli("verify", "report", "proposal.json", "--rules", folder)

    assert (unknown.code, changed.code) == (4, 4)
    assert "not here" in unknown.err
    assert "checksum" in changed.err


@pytest.mark.parametrize("arguments", [("report", "nowhere.json"), ("nowhere", "proposal.json")])
def test_what_is_not_there_ends_with_3(cli: Cli, checked: Callable[..., Path], arguments: tuple[str, str]) -> None:
    checked()
    ended = cli("verify", *arguments)

    assert ended.code == 3
    assert "nowhere" in ended.err


@pytest.mark.parametrize(("old", "new"), [("2023-12-07", "2023-02-30"), ('"as_of": "2023', '"as_of": "never')])
def test_a_day_that_is_none_ends_with_3(cli: Cli, checked: Callable[..., Path], old: str, new: str) -> None:
    report = checked()
    text = report.read_text(encoding="utf-8")
    start = text.index('"as_of"')
    report.write_text(text[:start] + text[start:].replace(old, new, 1), encoding="utf-8")
    ended = cli("verify", report, "proposal.json")

    assert ended.code == 3
    assert "is not a date" in ended.err


def test_a_parameter_the_call_does_not_have_ends_with_3(cli: Cli, checked: Callable[..., Path]) -> None:
    report = checked("--set", "maximum_grant_share=0.9")
    text = report.read_text(encoding="utf-8").replace("maximum_grant_share", "something_else")
    report.write_text(text, encoding="utf-8")

    assert cli("verify", report, "proposal.json").code == 3
