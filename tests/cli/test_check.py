"""``mpfcheck check``: what it reads, what it says, where it says it, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

import mpfcheck.report
from mpfcheck.checking.report import Verdict
from mpfcheck.packs.find import list_calls
from tests.cli.conftest import CALL, EXAMPLES, Cli

Write = Callable[..., str]
Proposal = dict[str, Any]
SCHEMA = json.loads(Path(mpfcheck.report.__path__[0], "report.schema.json").read_text(encoding="utf-8"))


def by_rule(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The results of a report by the ids of their rules."""
    return {result["rule"]: result for result in report["results"]}


def test_an_eligible_proposal_ends_with_0(cli: Cli, write: Write, proposal: Proposal) -> None:
    ended = cli("check", write(proposal))

    assert ended.code == 0
    assert ended.out.startswith("ELIGIBLE  proposal.json\n")
    assert ended.err == ""


def test_an_ineligible_proposal_is_told_why_and_what_would_mend_it(cli: Cli, write: Write, proposal: Proposal) -> None:
    proposal["financing"]["grant_requested"] = "380000.01"
    ended = cli("check", write(json.dumps(proposal, indent=2)))

    assert ended.code == 1
    assert ended.out.startswith("NOT ELIGIBLE  proposal.json\n")
    assert "GRANT-1" in ended.out
    assert "EUR 380 000.01" in ended.out
    assert "How to fix it:" in ended.out
    assert "/financing/grant_requested (line " in ended.out


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
@pytest.mark.parametrize("kind", ["missing", "link"])
def test_an_input_that_is_not_there_is_not_called_a_bad_proposal(
    cli: Cli, write: Write, tmp_path: Path, name: str, kind: str
) -> None:
    write("{}", "bad.json")
    if kind == "link":
        (tmp_path / "missing.json").symlink_to("nowhere")
    missing, bad = cli("check", "missing.json", "--format", name), cli("check", "bad.json", "--format", name)

    assert missing.code == bad.code == 3
    assert "not found" in missing.out.casefold()
    assert "NOT A PROPOSAL" not in missing.out
    assert "cannot be read as a proposal" not in missing.out
    assert "not found" not in bad.out.casefold()


def test_where_no_call_is_named_all_are_listed_and_none_is_suggested(cli: Cli, write: Write) -> None:
    said = " ".join(cli("check", write("{}")).out.split())

    calls = ", ".join(list_calls())
    assert f'Write its id as "call", or choose one with --call. The calls are: {calls}.' in said


def test_json_is_the_report_of_the_contract(cli: Cli, write: Write, proposal: Proposal) -> None:
    proposal["financing"]["grant_requested"] = "380000.01"
    ended = cli("check", write(json.dumps(proposal, indent=2)), "--format", "json")
    written = ended.json()

    Draft202012Validator(SCHEMA).validate(written)
    assert ended.code == 1
    assert written["summary"]["ineligible"] == 1
    (report,) = written["reports"]
    assert report["input"]["path"] == "proposal.json"
    assert report["call"]["id"] == CALL
    assert report["as_of"] == "2023-12-07"
    grant = by_rule(report)["GRANT-1"]
    assert grant["status"] == "fail"
    assert {"pointer": "/financing/grant_requested", "value": "380000.01"}.items() <= grant["fields"][0].items() or any(
        field["pointer"] == "/financing/grant_requested" and field["value"] == "380000.01" and field["line"]
        for field in grant["fields"]
    )


def test_every_example_gives_a_valid_report(cli: Cli) -> None:
    written = cli("check", EXAMPLES, "--format", "json").json()

    Draft202012Validator(SCHEMA).validate(written)
    assert written["summary"]["proposals"] == len(written["reports"]) > 10
    assert sum(written["summary"][verdict] for verdict in Verdict) == len(written["reports"])


def test_lines_and_object_say_the_same(cli: Cli) -> None:
    lines = cli("check", EXAMPLES, "--format", "jsonl").out.splitlines()

    assert [json.loads(line) for line in lines] == cli("check", EXAMPLES, "--format", "json").json()["reports"]


@pytest.mark.parametrize(
    ("changes", "options", "code"),
    [
        ({}, (), 0),
        ({"fund": "AMIF"}, (), 1),
        ({"fund": "AMIF"}, ("--fail-on", "never"), 0),
        ({"fund": None}, (), 1),
        ({"fund": None}, ("--allow-incomplete",), 0),
        ({"fund": None}, ("--fail-on", "never", "--allow-incomplete"), 0),
        ({"consultation": {"held": False}}, (), 0),
        ({"consultation": {"held": False}}, ("--fail-on", "warning"), 0),
        ({"consultation": {"held": False}}, ("--fail-on", "advice"), 1),
        ({"co_aplicants": []}, (), 0),
        ({"co_aplicants": []}, ("--fail-on", "warning"), 1),
        ({"target_countries": ["IN"]}, (), 0),
        ({"fund": 3}, (), 3),
        ({"call": "mpf-2032"}, (), 3),
        ({"call": None}, (), 3),
    ],
)
def test_exit_codes(
    cli: Cli, write: Write, proposal: Proposal, changes: Proposal, options: tuple[str, ...], code: int
) -> None:
    assert cli("check", write(proposal | changes), *options).code == code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Missing argument"),
        (("proposal.json", "--format", "xml"), "'xml' is not one of"),
        (("proposal.json", "--frmat", "json"), "Did you mean"),
        (("proposal.json", "--as-of", "7.12.2023"), "Write it like 2023-12-07"),
        (("proposal.json", "--as-of", "2023-02-30"), "Write it like 2023-12-07"),
        (("proposal.json", "--set", "maximum_grant_share"), "NAME=VALUE"),
        (("proposal.json", "--set", "maximum_grant_shar=0.9"), "Did you mean maximum_grant_share?"),
        (("proposal.json", "--set", "maximum_grant_share=a lot"), "a number such as"),
        (("proposal.json", "--set", "maximum_grant_share=1", "--set", "maximum_grant_share=2"), "set twice"),
        (("proposal.json", "--call", "mpf-2023-border-security"), "mpf-2023-borders-security"),
        (("proposal.json", "--rules", "nowhere"), "does not exist"),
        (("proposal.json", "--explain", "--format", "json"), "--format text"),
        (("proposal.json", "--output", "nowhere/report.json"), "cannot be written"),
        (("proposal.json", "--output", "proposal.json"), "would overwrite proposal.json"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_would_be_right(
    cli: Cli, write: Write, proposal: Proposal, arguments: tuple[str, ...], said: str
) -> None:
    write(proposal)
    ended = cli("check", *arguments)

    assert ended.code == 2
    assert ended.out == ""
    assert said in ended.err.replace("\n", " ")
    assert json.loads(Path("proposal.json").read_text(encoding="utf-8")) == proposal


def test_a_missing_file_does_not_keep_the_others_from_being_checked(cli: Cli, write: Write, proposal: Proposal) -> None:
    ended = cli("check", "nowhere.json", write(proposal), "--format", "json")

    assert ended.code == 3
    assert [report["verdict"] for report in ended.json()["reports"]] == ["invalid", "eligible"]
    assert "nowhere.json" in ended.out


def test_a_folder_is_read_with_all_in_it(cli: Cli, write: Write, proposal: Proposal) -> None:
    write(proposal, "all/a.json")
    write(proposal, "all/deep/er/b.json")
    write(f"{json.dumps(proposal)}\n{json.dumps(proposal | {'fund': 'AMIF'})}\n", "all/c.jsonl")
    write("not a proposal", "all/readme.txt")
    ended = cli("check", "all", "--format", "json")

    assert ended.code == 1
    inputs = [(Path(one["input"]["path"]).name, one["input"]["line"]) for one in ended.json()["reports"]]
    assert inputs == [("a.json", None), ("c.jsonl", 1), ("c.jsonl", 2), ("b.json", None)] or sorted(
        inputs, key=str
    ) == sorted([("a.json", None), ("c.jsonl", 1), ("c.jsonl", 2), ("b.json", None)], key=str)


def test_an_empty_folder_is_an_input_without_a_proposal(cli: Cli, write: Write, proposal: Proposal) -> None:
    write(b"", "empty/.keep")

    ended = cli("check", "empty")

    assert ended.code == 3
    assert "empty" in ended.out + ended.err


def test_standard_input_is_a_dash(cli: Cli, proposal: Proposal) -> None:
    ended = cli("check", "-", stdin=json.dumps(proposal).encode())

    assert ended.code == 0
    assert ended.out.startswith("ELIGIBLE  standard input")


def test_the_proposal_says_which_call_it_is_for_unless_told(
    cli: Cli, write: Write, proposal: Proposal, pack: Callable[..., Path]
) -> None:
    folder = pack()
    write(proposal, "a.json")
    write(proposal | {"call": "small-call"}, "b.json")

    mixed = cli("check", "a.json", "b.json", "--rules", folder, "--format", "json").json()
    forced = cli("check", "a.json", "b.json", "--rules", folder, "--call", "small-call", "--format", "json").json()

    assert [report["call"]["id"] for report in mixed["reports"]] == [CALL, "small-call"]
    assert [report["call"]["id"] for report in forced["reports"]] == ["small-call", "small-call"]


def test_calls_from_elsewhere_may_be_named_by_the_environment(
    cli: Cli, write: Write, proposal: Proposal, pack: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MPFCHECK_RULES", str(pack()))

    assert cli("check", write(proposal | {"call": "small-call"})).code == 0
    assert "small-call" in cli("calls").out


def test_an_unknown_call_is_a_problem_of_the_file_with_the_nearest_name(
    cli: Cli, write: Write, proposal: Proposal
) -> None:
    text = json.dumps(proposal | {"call": "mpf-2023-border-security"}, indent=2)
    (report,) = cli("check", write(text), "--format", "json").json()["reports"]
    (problem,) = report["problems"]

    assert report["verdict"] == "invalid"
    assert problem["pointer"] == "/call"
    assert problem["line"] == 3
    assert CALL in problem["hint"]


def test_a_broken_pack_ends_with_4_and_shows_every_mistake(
    cli: Cli, write: Write, proposal: Proposal, pack: Callable[..., Path]
) -> None:
    folder = pack(size="- id: SIZE-1\n  severity: blockin\n")
    write(proposal | {"call": "small-call"}, "a.json")
    write(proposal, "b.json")
    ended = cli("check", "a.json", "b.json", "--rules", folder, "--format", "json")

    assert ended.code == 4
    assert "size.yaml:2:" in ended.err
    assert [report["verdict"] for report in ended.json()["reports"]] == ["inconclusive", "eligible"]


def test_a_broken_pack_that_was_asked_for_ends_the_run(
    cli: Cli, write: Write, proposal: Proposal, pack: Callable[..., Path]
) -> None:
    folder = pack(size="- id: SIZE-1\n")
    ended = cli("check", write(proposal), "--rules", folder, "--call", "small-call")

    assert ended.code == 4
    assert ended.out == ""
    assert "size.yaml:1:" in ended.err


def test_a_rule_that_cannot_be_evaluated_ends_with_5(
    cli: Cli, write: Write, proposal: Proposal, pack: Callable[..., Path]
) -> None:
    """Dividing by zero gives null, and null is never a pass."""
    rules = (
        "- id: SIZE-1\n  title: T\n  severity: blocking\n  require: budget.total / (budget.total - budget.total) > 1\n"
        '  message: "M {smallest_total}"\n  source: {document: guidelines, section: "1"}\n'
        "  examples:\n    - {given: {budget: {total: 1000}}, expect: inconclusive}\n"
    )
    ended = cli("check", write(proposal | {"call": "small-call"}), "--rules", pack(size=rules))

    assert ended.code == 5
    assert ended.out.startswith("NO VERDICT")


def test_a_changed_parameter_decides_and_is_said(cli: Cli, write: Write, proposal: Proposal) -> None:
    name = write(proposal)
    text = cli("check", name, "--set", "maximum_grant_share=0.9")
    (report,) = cli("check", name, "--set", "maximum_grant_share=0.9", "--format", "json").json()["reports"]

    assert text.code == 1
    assert "maximum_grant_share = 0.9" in text.out
    assert report["parameters_changed"] == {"maximum_grant_share": "0.9"}
    assert by_rule(report)["GRANT-1"]["status"] == "fail"


def test_the_day_decides_which_parameters_hold(cli: Cli, write: Write, proposal: Proposal) -> None:
    (report,) = cli("check", write(proposal), "--as-of", "2023-03-09", "--format", "json").json()["reports"]

    assert report["as_of"] == "2023-03-09"
    assert by_rule(report)["BUDGET-1"]["status"] == "review"


def test_the_explanation_shows_the_condition_with_its_values(cli: Cli, write: Write, proposal: Proposal) -> None:
    proposal["financing"]["grant_requested"] = "380000.01"
    out = cli("check", write(proposal), "--explain").out

    assert "maximum_grant_share * budget.total → EUR 380 000.00" in out
    assert "financing.grant_requested → EUR 380 000.01" in out
    assert "BUDGET-1" in out


def test_several_end_with_totals_that_name_what_is_not_eligible(cli: Cli) -> None:
    out = cli("check", EXAMPLES, "--details").out
    totals = out[out.index(" proposals: ") : out.index("Eligible after one fix")]

    assert "ineligible-many-things.json" in totals
    assert "eligible-france-nigeria.json" not in totals
    assert "broken-syntax.json" in totals


def test_quiet_says_nothing_of_what_is_eligible(cli: Cli, write: Write, proposal: Proposal) -> None:
    assert cli("check", write(proposal), "--quiet").out == ""
    assert cli("check", write(proposal | {"fund": "AMIF"}), "--quiet").out.startswith("NOT ELIGIBLE")


def test_the_report_goes_whole_to_a_file(cli: Cli, write: Write, proposal: Proposal, tmp_path: Path) -> None:
    ended = cli("check", write(proposal), "--format", "json", "--output", "report.json")

    assert ended.out == ""
    Draft202012Validator(SCHEMA).validate(json.loads(Path("report.json").read_text(encoding="utf-8")))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["proposal.json", "report.json"]


def test_a_report_that_cannot_be_finished_leaves_the_old_one(cli: Cli, write: Write, proposal: Proposal) -> None:
    write(proposal)
    write("the old report", "report.txt")
    ended = cli("check", "proposal.json", "--output", "report.txt", "--set", "nothing=1")

    assert ended.code == 2
    assert Path("report.txt").read_text(encoding="utf-8") == "the old report"
    assert not list(Path().glob(".report*"))


@pytest.mark.parametrize(
    ("settings", "coloured"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_colour_only_where_it_is_wanted(
    cli: Cli,
    write: Write,
    proposal: Proposal,
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, str],
    coloured: bool,
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    assert ("\x1b[" in cli("check", write(proposal)).out) is coloured


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, proposal: Proposal) -> None:
    (tmp_path / "many.jsonl").write_text((json.dumps(proposal) + "\n") * 400, encoding="utf-8")
    command = [sys.executable, "-m", "mpfcheck", "check", "many.jsonl", "--format", "jsonl"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()

        assert process.stderr.read() == b""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full here")
@pytest.mark.parametrize("command", [["check", str(EXAMPLES)], ["rules", "list"], ["--help"]])
def test_a_full_disk_is_said_and_ends_with_5(command: list[str]) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        run = subprocess.run(
            [sys.executable, "-m", "mpfcheck", *command], stdout=full, stderr=subprocess.PIPE, check=False, text=True
        )

    assert run.returncode == 5
    assert run.stderr == (
        "Error: The output cannot be written to standard output: No space left on device. "
        "The output is not complete. Make room, or write to another place.\n"
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo terminals")
def test_a_terminal_gets_colour_and_no_line_wider_than_itself(tmp_path: Path, proposal: Proposal) -> None:
    import pty

    (tmp_path / "proposal.json").write_text(json.dumps(proposal | {"fund": "AMIF"}), encoding="utf-8")
    ours, theirs = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "mpfcheck", "check", "proposal.json"],
        cwd=tmp_path,
        stdout=theirs,
        check=False,
        env={name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm"},
    )
    os.close(theirs)
    out = os.read(ours, 100_000).decode()
    os.close(ours)

    assert "\x1b[1;31mNOT ELIGIBLE\x1b[0m" in out
