"""``--format statuses``, ``Call.verdict`` and ``Call.statuses`` say what whole reports say."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
from jsonschema_rs import Draft202012Validator

import mpfcheck
from benchmarks.generate import Mix, proposals
from tests.cli.conftest import CALL, Cli

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_the_lines_say_what_the_reports_say(cli: Cli) -> None:
    lines = [json.loads(line) for line in cli("check", EXAMPLES, "--format", "statuses").out.splitlines()]
    reports = [json.loads(line) for line in cli("check", EXAMPLES, "--format", "jsonl").out.splitlines()]

    assert [set(line) for line in lines] == [{"path", "line", "title", "verdict", "statuses"}] * len(reports)
    for line, report in zip(lines, reports, strict=True):
        assert line["statuses"] == {result["rule"]: result["status"] for result in report["results"]}
        assert line["verdict"] == report["verdict"]
        assert [line[name] for name in ("path", "line", "title")] == [
            report["input"][name] for name in ("path", "line", "title")
        ]


def test_the_lines_fit_their_published_schema_and_no_other_line_does(cli: Cli) -> None:
    schema = json.loads(cli("schema", "statuses").out)
    jsonschema_rs.meta.validate(schema)
    validator = Draft202012Validator(schema)
    lines = [json.loads(line) for line in cli("check", EXAMPLES, "--format", "statuses").out.splitlines()]

    assert lines
    assert [list(validator.iter_errors(line)) for line in lines] == [[]] * len(lines)
    for change in ({"verdict": "maybe"}, {"line": 0}, {"statuses": {"GRANT-1": "met"}}, {"more": 1}):
        assert not validator.is_valid({**lines[0], **change})
    assert not validator.is_valid({key: value for key, value in lines[0].items() if key != "title"})


def test_the_exit_code_is_that_of_whole_reports(cli: Cli) -> None:
    for fail_on in ("blocking", "warning", "never"):
        for name in ("eligible-lithuania-moldova.json", "batch.jsonl"):
            codes = {
                cli("check", EXAMPLES / name, "--format", form, "--fail-on", fail_on).code
                for form in ("statuses", "jsonl")
            }
            assert len(codes) == 1, (name, fail_on)


def test_python_gives_the_same_without_a_report() -> None:
    call = mpfcheck.load_call(CALL)
    for mix in (Mix.COMPLETE, Mix.HALF_FILLED):
        for data in proposals(20, 3, mix):
            report = call.check(data)
            assert call.verdict(data) is report.verdict
            assert call.statuses(data) == {result.rule: result.status for result in report.results}
    assert call.verdict(b"[") is mpfcheck.Verdict.INVALID
    assert call.statuses(b"[") == {}
