"""Folders of proposals, checked on the command line."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd import given, parsers, then, when

from mpfcheck.cli.main import main

EXAMPLE = Path(__file__).parents[3] / "examples" / "eligible-lithuania-moldova.json"


@dataclass(frozen=True)
class Run:
    """What a run over the folder left behind."""

    code: int
    out: str

    def report(self) -> dict[str, Any]:
        """The JSON report."""
        loaded: dict[str, Any] = json.loads(self.out)
        return loaded


Check = Callable[..., Run]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one while it is checked."""
    inside = tmp_path / "proposals"
    inside.mkdir()
    monkeypatch.chdir(inside)
    return inside


@pytest.fixture
def check(capfd: pytest.CaptureFixture[str], folder: Path) -> Check:
    """Run ``mpfcheck check`` over the folder."""

    def run(*arguments: str) -> Run:
        with pytest.raises(SystemExit) as end:
            main(["check", ".", *arguments])
        assert isinstance(end.value.code, int)
        return Run(end.value.code, capfd.readouterr().out)

    return run


def put(path: Path, proposal: object) -> None:
    """Write a proposal to a file; its ending says in which form."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = json.dumps(proposal).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def set_at(proposal: Any, pointer: str, value: object) -> None:
    """Give the field at a JSON Pointer another value."""
    *steps, last = pointer.split("/")[1:]
    for step in steps:
        proposal = proposal[int(step)] if isinstance(proposal, list) else proposal.setdefault(step, {})
    proposal[last] = value


def written(value: str) -> object:
    """A value as a proposal has it: small whole numbers are numbers, all else is text."""
    return int(value) if value == "0" else value


@given(parsers.re(r'the example proposal as "(?P<name>[^"]+)"(?:, with (?P<pointer>/\S+) set to "(?P<value>[^"]*)")?'))
def the_example_proposal_as(folder: Path, name: str, pointer: str | None, value: str | None) -> None:
    proposal = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    if pointer is not None:
        set_at(proposal, pointer, written(value or " " * (value == "")))
    put(folder / name, proposal)


@given(parsers.parse("{number:d} copies of the example proposal"))
def copies_of_the_example(folder: Path, number: int) -> None:
    proposal = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    for copy in range(1, number + 1):
        put(folder / f"copy-{copy}.json", {**proposal, "acronym": f"C-{copy}"})


@given(parsers.re(r'(?P<pointer>/\S+) of "(?P<name>[^"]+)" is "(?P<value>[^"]*)"'))
def a_field_is(folder: Path, pointer: str, name: str, value: str) -> None:
    proposal = json.loads((folder / name).read_text(encoding="utf-8"))
    set_at(proposal, pointer, written(value))
    put(folder / name, proposal)


@given(parsers.parse('the report of the folder as "{name}"'))
def the_report_of_the_folder_as(check: Check, name: str) -> None:
    check("--format", "json", "--output", name)


@when("the folder is checked", target_fixture="run")
def the_folder_is_checked(check: Check) -> Run:
    return check("--format", "json")


@when(parsers.re(r"the folder is checked as (?P<format_name>\w+)(?: with (?P<options>.+))?"), target_fixture="run")
def the_folder_is_checked_as(check: Check, format_name: str, options: str | None) -> Run:
    return check("--format", format_name, *(options or "").split())


@then(parsers.re(r"(?P<number>\d+) proposals? (?:is|are) checked"))
def so_many_are_checked(run: Run, number: str) -> None:
    assert run.report()["summary"]["proposals"] == int(number)


@then(parsers.re(r"the report is (?P<complete>complete|not complete)"))
def the_report_is_complete(run: Run, complete: str) -> None:
    assert run.report()["summary"]["complete"] is (complete == "complete")


@then(parsers.parse('"{name}" is named as not checked'))
def it_is_named_as_not_checked(run: Run, name: str) -> None:
    named = {Path(one["path"]).name: one["why"] for one in run.report()["summary"]["passed_over"]}
    assert named[name]


@then(parsers.parse("the exit code is {code:d}"))
def the_exit_code_is(run: Run, code: int) -> None:
    assert run.code == code


@then(parsers.parse('the output mentions "{text}"'))
def the_output_mentions(run: Run, text: str) -> None:
    # Long sentences are broken wherever the line ends.
    assert text in " ".join(run.out.replace("\u00a0", " ").split())


@then(parsers.parse('the output begins with "{text}"'))
def the_output_begins_with(run: Run, text: str) -> None:
    assert run.out.startswith(text)


@then(parsers.re(r'there is a warning at (?P<pointer>/\S+) that mentions "(?P<text>[^"]+)"'))
def there_is_a_warning_at(run: Run, pointer: str, text: str) -> None:
    [report] = run.report()["reports"]
    said = [f"{one['message']} {one['hint']}" for one in report["problems"] if one["pointer"] == pointer]
    assert any(text in words for words in said), report["problems"]
    assert {one["severity"] for one in report["problems"]} == {"warning"}


@then(parsers.re(r"the status of (?P<rule>[A-Z]+-[0-9]+) is (?P<status>[a-z]+)"))
def the_status_is(run: Run, rule: str, status: str) -> None:
    [report] = run.report()["reports"]
    assert {one["rule"]: one["status"] for one in report["results"]}[rule] == status


@then(parsers.parse("{number:d} of them are distinct"))
def so_many_are_distinct(run: Run, number: int) -> None:
    assert run.report()["portfolio"]["distinct"]["proposals"] == number


def shared(run: Run) -> dict[str, int]:
    """The organisations of several proposals, with the number of their appearances."""
    return {one["name"]: len(one["appearances"]) for one in run.report()["portfolio"]["shared_organisations"]}


@then(parsers.parse('"{name}" is shown as an organisation of {number:d} proposals'))
def it_is_shown(run: Run, name: str, number: int) -> None:
    assert shared(run)[name] == number


@then(parsers.parse('"{name}" is not shown as an organisation of several proposals'))
def it_is_not_shown(run: Run, name: str) -> None:
    assert name not in shared(run)


@then(parsers.parse('the PIC "{pic}" is shown with {number:d} names'))
def the_pic_is_shown_with_names(run: Run, pic: str, number: int) -> None:
    [found] = [one for one in run.report()["portfolio"]["shared_pics"] if one["pic"] == pic]
    assert len({one["name"] for one in found["holders"]}) == number


@when(
    parsers.re(r"the folder is checked, the latest by (?P<latest>[^ ,]+)(?:, the same by (?P<same>\S+))?"),
    target_fixture="run",
)
def the_folder_is_checked_the_latest_by(check: Check, latest: str, same: str | None) -> Run:
    return check("--format", "json", "--latest-by", latest, *(("--same-by", same) if same else ()))


def again(run: Run) -> dict[str, Any]:
    """The only group of proposals that were sent in again."""
    [group] = run.report()["portfolio"]["resubmissions"]["groups"]
    found: dict[str, Any] = group
    return found


@then(parsers.parse('the latest is "{latest}", in place of "{older}"'))
def the_latest_is(run: Run, latest: str, older: str) -> None:
    group = again(run)
    assert Path(group["latest"]["path"]).name == latest
    assert [Path(one["path"]).name for one in group["others"]] == [older]
    assert group["why"] == ""
    counted = {one["lead_countries"][0]["proposals"] for one in [run.report()["portfolio"]]}
    assert counted == {1}


@then(parsers.parse('it is not clear which one is the latest: "{why}"'))
def it_is_not_clear(run: Run, why: str) -> None:
    group = again(run)
    assert group["latest"] is None
    assert len(group["others"]) == 2
    assert why in group["why"]
