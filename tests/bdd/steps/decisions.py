"""Decisions of people on manual rules, recorded and shown on the command line."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd import given, parsers, then, when

from mpfcheck.cli.main import main
from tests.bdd.steps.batches import Check, Run

DECISIONS = "decisions.jsonl"
Decide = Callable[..., tuple[int, str]]


@pytest.fixture
def decide(check: Check, folder: Path, capfd: pytest.CaptureFixture[str]) -> Decide:
    """Check the folder, and record a decision: the exit code, and what is said on standard error."""

    def run(rule: str, name: str, decision: str = "met", day: str = "2026-01-01") -> tuple[int, str]:
        report = folder.parent / "report.json"
        check("--format", "json", "--output", str(report))
        given = ["--decision", decision, "--by", "Ana", "--on", day, "-o", DECISIONS]
        with pytest.raises(SystemExit) as end:
            main(["assess", str(report), rule, "--input", name, *given])
        assert isinstance(end.value.code, int)
        return end.value.code, capfd.readouterr().err

    return run


@given(
    parsers.re(r'the decision on (?P<rule>\S+) for "(?P<name>[^"]+)" is (?P<decision>\w+)(?:, on (?P<day>[0-9-]+))?')
)
def the_decision_is(decide: Decide, rule: str, name: str, decision: str, day: str | None) -> None:
    code, said = decide(rule, name, decision, day or "2026-01-01")
    assert code == 0, said


@given(parsers.parse('"{old}" is renamed to "{new}"'))
def it_is_renamed(folder: Path, old: str, new: str) -> None:
    os.rename(folder / old, folder / new)


@when(parsers.parse('the decision on {rule} for "{name}" is recorded'), target_fixture="refused")
def the_decision_is_recorded(decide: Decide, rule: str, name: str) -> tuple[int, str]:
    return decide(rule, name)


@when("the folder is checked with the decisions", target_fixture="run")
def the_folder_is_checked_with_the_decisions(check: Check) -> Run:
    return check("--format", "json", "--assessments", DECISIONS)


def decisions(run: Run) -> list[dict[str, Any]]:
    return [one for report in run.report()["reports"] for one in report["assessments"]]


@then(parsers.parse("the verdict is {verdict} as before"))
def the_verdict_is(run: Run, check: Check, verdict: str) -> None:
    without = check("--format", "json").report()["reports"]
    assert [one["verdict"] for one in run.report()["reports"]] == [one["verdict"] for one in without] == [verdict]


@then(parsers.re(r"the report says that (?P<rule>\S+) is (?P<decision>\w+)(?P<older>, in an older state.*)?"))
def the_report_says(run: Run, rule: str, decision: str, older: str | None) -> None:
    [said] = decisions(run)
    assert (said["rule"], said["decision"], said["by"]) == (rule, decision, "Ana")
    assert said["older"] == (["proposal"] if older else [])


@then(parsers.parse("{number:d} decision is shown"))
def so_many_are_shown(run: Run, number: int) -> None:
    assert len(decisions(run)) == number


@then(parsers.parse('it is refused with "{words}"'))
def it_is_refused(refused: tuple[int, str], folder: Path, words: str) -> None:
    code, said = refused
    assert code == 2
    assert words in " ".join(said.split())
    assert not (folder / DECISIONS).exists()
