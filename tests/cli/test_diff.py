"""``mpfcheck diff``: what is new from one report to the next."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli

Write = Callable[..., str]
Proposal = dict[str, Any]


@pytest.fixture
def checked(cli: Cli, write: Write) -> Callable[..., str]:
    """Check a proposal and keep the report in a file of this name."""

    def check(proposal: Proposal, name: str, *options: str) -> str:
        cli("check", write(proposal), "--format", "json", "--output", name, *options)
        return name

    return check


def test_nothing_new_ends_with_0(cli: Cli, proposal: Proposal, checked: Callable[..., str]) -> None:
    ended = cli("diff", checked(proposal, "old"), checked(proposal, "new"))

    assert ended.code == 0
    assert ended.out == "0 new findings, 0 fixed, 0 unchanged; 0 verdicts changed.\n"


def test_a_new_finding_ends_with_1_and_is_told(cli: Cli, proposal: Proposal, checked: Callable[..., str]) -> None:
    ended = cli("diff", checked(proposal, "old"), checked(proposal | {"fund": "AMIF"}, "new"))

    assert ended.code == 1
    assert "FUND-1" in ended.out
    assert "NOT ELIGIBLE  before: ELIGIBLE" in ended.out


def test_only_fixed_findings_end_with_0(cli: Cli, proposal: Proposal, checked: Callable[..., str]) -> None:
    ended = cli("diff", checked(proposal | {"fund": "AMIF"}, "old"), checked(proposal, "new"))

    assert ended.code == 0
    assert "Fixed" in ended.out


def test_a_run_with_other_parameters_can_be_compared(cli: Cli, proposal: Proposal, checked: Callable[..., str]) -> None:
    ended = cli("diff", checked(proposal, "old"), checked(proposal, "new", "--set", "maximum_grant_share=0.9"))

    assert ended.code == 1
    assert "GRANT-1" in ended.out


def test_json_lines_can_be_compared_with_json(cli: Cli, proposal: Proposal, checked: Callable[..., str]) -> None:
    checked(proposal, "old")
    lines = cli("check", "proposal.json", "--format", "jsonl")
    Path("new").write_text(lines.out, encoding="utf-8")

    assert cli("diff", "old", "new").code == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "No such file"),
        (b"\x00\xff", "UTF-8"),
        (b"not json", "not JSON"),
        (json.dumps({"format": "mpfcheck-proposal/1"}).encode(), "a proposal, not a report"),
    ],
)
def test_what_is_no_report_ends_with_3_and_without_a_traceback(
    cli: Cli, write: Write, proposal: Proposal, checked: Callable[..., str], content: bytes | None, said: str
) -> None:
    checked(proposal, "old")
    if content is not None:
        write(content, "new")
    for arguments in (("old", "new"), ("new", "old")):
        ended = cli("diff", *arguments)
        assert ended.code == 3
        assert ended.out == ""
        assert said in ended.err
        assert "Traceback" not in ended.err


def test_a_folder_is_no_report(cli: Cli, proposal: Proposal, checked: Callable[..., str], tmp_path: Path) -> None:
    ended = cli("diff", checked(proposal, "old"), tmp_path)

    assert ended.code == 3
    assert "is a folder" in ended.err


def test_a_report_too_few_is_wrong_usage(cli: Cli) -> None:
    assert cli("diff", "old").code == 2
