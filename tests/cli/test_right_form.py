"""Calls, rules and files given where a command takes something else: the error has the form that the command takes."""

from __future__ import annotations

import shlex

import pytest

from tests.cli.conftest import EXAMPLES, Cli

CALL = "mpf-2023-borders-security"
BATCH = str(EXAMPLES / "batch.jsonl")
WRITTEN = shlex.quote(BATCH)
"""The path as a shell takes it: there may be a blank in it."""


@pytest.mark.parametrize(
    ("given", "form"),
    [
        (["rules", "show", "BUDGET-1", CALL], f"rules show BUDGET-1 --call {CALL}"),
        (["rules", "show", CALL, "BUDGET-1"], f"rules show BUDGET-1 --call {CALL}"),
        (["rules", "show", CALL], f"rules list {CALL}"),
        (["rules", "witness", "BUDGET-1", CALL], f"rules witness {CALL} BUDGET-1"),
        (["rules", CALL], f"rules list {CALL}"),
        (["rules", "BUDGET-1"], "rules show BUDGET-1"),
        (["calls", CALL], f"rules list {CALL}"),
        (["calls", "show", CALL], f"rules list {CALL}"),
        (["calls", "show", f"{CALL}@2026-11-28"], f"rules list {CALL}@2026-11-28"),
        (["budget", "show", "BUDGET-1"], "rules show BUDGET-1"),
        (["show", "BUDGET-1"], "rules show BUDGET-1"),
        (["calls", "list"], "calls"),
        (["calls", "lst"], "calls"),
        ([CALL], f"rules list {CALL}"),
        ([BATCH], f"check {WRITTEN}"),
        (["check", CALL, BATCH], f"check {WRITTEN} --call {CALL}"),
        (["check", BATCH, f"{CALL}@2026-11-28"], f"check {WRITTEN} --call {CALL}@2026-11-28"),
        (["survey", BATCH, CALL], f"survey {WRITTEN} --call {CALL}"),
        (["schema", "proposal", CALL], f"schema proposal --call {CALL}"),
    ],
)
def test_the_form_in_the_error_is_one_that_the_command_takes(cli: Cli, given: list[str], form: str) -> None:
    refused = cli(*given)

    assert refused.code == 2
    assert refused.err.rstrip().endswith(f": mpfcheck {form}")
    assert cli(*shlex.split(form)).code in (0, 1)


@pytest.mark.parametrize(
    ("given", "form"),
    [
        (["survey", CALL], f"mpfcheck survey FILE --call {CALL}"),
        (["rules", "list", "--call", CALL], "mpfcheck rules list [CALL]."),
        (["rules", "witness", "BUDGET-1", "--call", CALL], "mpfcheck rules witness CALL RULE."),
    ],
)
def test_what_is_left_to_give_is_named_as_in_the_help(cli: Cli, given: list[str], form: str) -> None:
    refused = cli(*given)

    assert refused.code == 2
    assert refused.err.rstrip().endswith(f": {form}")


@pytest.mark.parametrize(
    ("given", "command"),
    [
        (["calls", "prove", CALL], "rules prove"),
        (["rules", "compare", CALL], "calls compare"),
        (["rules", "check", BATCH], "check"),
        (["template"], "budget template"),
        (["prove"], "rules prove"),
        (["calls", "prov"], "rules prove"),
        (["part", "lst"], "rules list"),
        (["lst"], "rules list"),
        (["rules", "comapre"], "calls compare"),
    ],
)
def test_a_command_of_another_group_is_found_there(cli: Cli, given: list[str], command: str) -> None:
    refused = cli(*given)

    assert refused.code == 2
    assert refused.err.rstrip().endswith(f"Did you mean 'mpfcheck {command}'?")
    assert cli(*command.split(), "--help").code == 0


@pytest.mark.parametrize("given", [["rules", "show", "BUDGET-1", "more"], ["letters", "report.json", CALL], ["chek"]])
def test_no_form_is_made_up(cli: Cli, given: list[str]) -> None:
    refused = cli(*given)

    assert refused.code == 2
    assert "mpfcheck rules list" not in refused.err
    assert "Give the call" not in refused.err
