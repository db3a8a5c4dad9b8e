"""``mpfcheck check`` beside an older report, another day or another parameter."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli

Write = Callable[..., str]
Proposal = dict[str, Any]
TOGETHER = ("text", "json", "html", "markdown")


@pytest.fixture
def old(cli: Cli, write: Write, proposal: Proposal) -> str:
    """An older report: a.json is eligible, b.json is not."""
    write(proposal, "a.json")
    write(proposal | {"fund": "AMIF"}, "b.json")
    cli("check", "a.json", "b.json", "--format", "json", "--output", "old.report")
    return "old.report"


def test_nothing_new_is_0_although_there_are_findings(cli: Cli, old: str) -> None:
    ended = cli("check", "a.json", "b.json", "--baseline", old, "--fail-on", "new")

    assert ended.code == 0
    assert "Changes since the older run\n0 new findings, 0 fixed, 1 unchanged; 0 verdicts changed.\n" in ended.out
    assert cli("check", "a.json", "b.json", "--baseline", old).code == 1


def test_a_new_finding_is_1_and_is_told(cli: Cli, write: Write, proposal: Proposal, old: str) -> None:
    write(proposal | {"target_countries": ["US"]}, "a.json")
    ended = cli("check", "a.json", "b.json", "--baseline", old, "--fail-on", "new")
    since = ended.out[ended.out.index("Changes since the older run") :]

    assert ended.code == 1
    assert "SCOPE-1" in since
    assert "FUND-1" not in since
    assert "NOT ELIGIBLE  before: ELIGIBLE" in since


def test_a_new_finding_that_only_warns_counts_as_it_does_for_diff(
    cli: Cli, write: Write, proposal: Proposal, old: str
) -> None:
    write(proposal | {"consultation": {"held": False}}, "a.json")
    arguments = ("check", "a.json", "b.json", "--format", "json")
    ended = cli(*arguments, "--baseline", old, "--fail-on", "new", "--output", "new.report")

    assert ended.code == 1
    assert ended.err == "1 new finding, 0 fixed, 1 unchanged; 0 verdicts changed.\n"
    assert cli("diff", old, "new.report").code == 1


def test_a_renamed_proposal_is_found_again_by_its_content(cli: Cli, old: str) -> None:
    Path("b.json").rename("c.json")
    ended = cli("check", "a.json", "c.json", "--baseline", old, "--fail-on", "new")

    assert ended.code == 0
    assert "0 new findings, 0 fixed, 1 unchanged" in ended.out


def test_what_was_mended_is_told(cli: Cli, write: Write, proposal: Proposal, old: str) -> None:
    write(proposal, "b.json")
    ended = cli("check", "a.json", "b.json", "--baseline", old, "--quiet")

    assert ended.code == 0
    assert "0 new findings, 1 fixed" in ended.out


def test_json_lines_are_a_baseline_too_and_the_report_has_no_more_in_it(cli: Cli, old: str) -> None:
    lines = cli("check", "a.json", "b.json", "--format", "jsonl")
    Path("old.jsonl").write_text(lines.out, encoding="utf-8")
    ended = cli("check", "a.json", "b.json", "--format", "jsonl", "--baseline", "old.jsonl", "--fail-on", "new")

    assert ended.code == 0
    assert ended.out == lines.out
    assert ended.err.startswith("0 new findings")


def test_what_could_not_be_checked_is_never_0_for_being_known(cli: Cli, write: Write, old: str) -> None:
    write(b"{", "b.json")
    cli("check", "a.json", "b.json", "--format", "json", "--output", old)

    assert cli("check", "a.json", "b.json", "--baseline", old, "--fail-on", "new").code == 3


def test_new_needs_something_older(cli: Cli, write: Write, proposal: Proposal) -> None:
    ended = cli("check", write(proposal), "--fail-on", "new")

    assert ended.code == 2
    assert "--baseline" in ended.err


@pytest.mark.parametrize(("content", "said"), [(None, "cannot be read"), (b"{}", "not a report")])
def test_what_is_no_report_is_no_baseline(
    cli: Cli, write: Write, proposal: Proposal, content: bytes | None, said: str
) -> None:
    if content is not None:
        write(content, "old")
    ended = cli("check", write(proposal), "--baseline", "old")

    assert ended.code == 3
    assert ended.out == ""
    assert said in ended.err


def test_another_parameter_names_whose_verdict_and_which_rule(cli: Cli, old: str) -> None:
    ended = cli("check", "a.json", "b.json", "--compare-set", "maximum_grant_share=0.9", "--fail-on", "never")
    said = ended.out[ended.out.index("If maximum_grant_share were 0.9: 1 verdict would change.") :]

    assert ended.code == 0
    assert "NOT ELIGIBLE  instead of ELIGIBLE: 1 proposal\n" in said
    assert "  a.json · SAFE-DOCS · State Border Guard Service\n" in said
    assert "GRANT-1" in said
    assert "b.json" not in said


def test_another_day_names_whose_verdict_and_which_rule(cli: Cli, old: str) -> None:
    ended = cli("check", "a.json", "--compare-as-of", "2023-03-09", "--format", "json")
    told = ended.json()["what_if"]

    assert ended.code == 0
    assert (told["as_of"], told["parameters"]) == ("2023-03-09", {})
    assert [(one["verdict"], one["verdict_then"]) for one in told["changes"]] == [("eligible", "review")]
    assert {"rule": "GRANT-1", "status": "pass", "status_then": "review"}.items() <= told["changes"][0]["rules"][
        [one["rule"] for one in told["changes"][0]["rules"]].index("GRANT-1")
    ].items()


def test_what_changes_nothing_is_said_too(cli: Cli, old: str) -> None:
    ended = cli("check", "a.json", "--compare-set", "maximum_grant_share=0.99", "--quiet")

    assert "If maximum_grant_share were 0.99: no verdict would change." in ended.out


def test_set_and_compare_set_go_together(cli: Cli, old: str) -> None:
    """What is supposed comes on top of what was set."""
    ended = cli(
        *("check", "a.json", "--set", "maximum_grant_share=0.9"),
        *("--compare-set", "maximum_grant_share=0.95", "--format", "json", "--fail-on", "never"),
    )
    (change,) = ended.json()["what_if"]["changes"]

    assert (change["verdict"], change["verdict_then"]) == ("ineligible", "eligible")


@pytest.mark.parametrize("format_name", ["jsonl", "csv", "junit", "sarif"])
def test_streams_of_findings_have_no_place_for_it(cli: Cli, old: str, format_name: str) -> None:
    ended = cli("check", "a.json", "--compare-as-of", "2023-06-01", "--format", format_name)

    assert ended.code == 2
    assert "--format text, json, html, markdown" in ended.err


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--compare-set", "maximum_grant=0.9", "Did you mean maximum_grant_share?"),
        ("--compare-set", "maximum_grant_share", "NAME=VALUE"),
        ("--compare-set", "maximum_grant_share=95", "Write 0.95 for 95 %"),
        ("--compare-as-of", "yesterday", "is not a date"),
    ],
)
def test_what_cannot_be_supposed_is_wrong_usage(cli: Cli, old: str, option: str, value: str, said: str) -> None:
    ended = cli("check", "a.json", option, value)

    assert ended.code == 2
    assert said in ended.err


def test_a_report_with_all_of_it_can_be_verified(cli: Cli, old: str) -> None:
    arguments = ("--compare-as-of", "2023-06-01", "--compare-set", "maximum_grant_share=0.9")
    cli("check", "a.json", "b.json", "--format", "json", "--output", "new", *arguments)
    written = json.loads(Path("new").read_text(encoding="utf-8"))

    assert list(written)[-2:] == ["portfolio", "what_if"]
    assert cli("verify", "new", "a.json", "b.json").code == 0
    written["what_if"]["changes"] = []
    Path("new").write_text(json.dumps(written), encoding="utf-8")
    ended = cli("verify", "new", "a.json", "b.json")
    assert ended.code == 1
    assert "/what_if/changes" in ended.out


@pytest.mark.parametrize(
    "what_if", ["all", {"as_of": "x", "parameters": {}}, {"as_of": None, "parameters": {"x": "1"}}]
)
def test_a_damaged_what_if_cannot_be_verified(cli: Cli, old: str, what_if: object) -> None:
    written = json.loads(Path(old).read_text(encoding="utf-8"))
    Path(old).write_text(json.dumps(written | {"what_if": what_if}), encoding="utf-8")
    ended = cli("verify", old, "a.json", "b.json")

    assert ended.code == 3
    assert "Traceback" not in ended.err
