"""A call's own fields on the records of a proposal: described, read, typed and linted like the annex itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mpfcheck.checking.checker import COMPILE_AFTER, Checker
from mpfcheck.checking.judgement import judge, together
from mpfcheck.checking.report import ProposalReport, Severity, Status, Verdict
from mpfcheck.packs.lint import lint
from mpfcheck.packs.load import load_pack
from mpfcheck.packs.mistake import PackError
from tests.checking.conftest import HEAD, RULE_HEAD

AMOUNT = "urn:mpfcheck:proposal:1#/$defs/Amount"


def described(**fields: object) -> dict[str, object]:
    properties = {
        name: {"title": name, "description": "For a test.", **(field if isinstance(field, dict) else {})}
        for name, field in fields.items()
    }
    return {"title": "Own fields", "type": "object", "properties": properties}


SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "The annex",
    "type": "object",
    "$defs": {
        "applicant": described(
            size={"type": "string", "enum": ["small", "large"]}, costs={"$ref": AMOUNT}, joined={"type": "boolean"}
        ),
        "activity": described(done={"type": "boolean"}),
        "budget_line": described(done={"type": "boolean"}),
        "contribution": described(done={"type": "boolean"}),
        "document": described(sent={"type": "string", "format": "date-time"}),
    },
}
Build = Callable[..., Path]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """The folder of a call with these rules (each the lines under a rule's head) and the schema above."""

    def make(*rules: str, schema: object = SCHEMA) -> Path:
        folder = tmp_path / "try-out"
        folder.mkdir()
        (folder / "call.yaml").write_text(HEAD, encoding="utf-8")
        (folder / "annex.schema.json").write_text(json.dumps(schema), encoding="utf-8")
        texts = [RULE_HEAD.replace("TRY-1", f"TRY-{n}") + rule for n, rule in enumerate(rules, 1)]
        (folder / "rules.yaml").write_text("\n".join(texts), encoding="utf-8")
        return folder

    return make


EACH = """\
  for each: concatenate([lead], co_applicants)
  as: who
  when: who.annex.joined
  require: if who.annex.size = "small" then who.annex.costs <= 100 else who.annex.costs <= 10
  message: "{who.name}: {who.annex.size}, {who.annex.costs}."
"""


def check(folder: Path, answers: dict[str, object]) -> ProposalReport:
    """A report, the same before and after the rules are compiled, and as the reference has it."""
    checker = Checker(load_pack(folder))
    reports = [checker.report(answers) for _ in range(COMPILE_AFTER + 1)]
    assert all(report == reports[0] for report in reports)
    if reports[0].verdict is not Verdict.INVALID:
        names = checker.names_of(answers)
        said = tuple(together(judge(rule, names)) for rule in checker.call.rules)
        assert said == checker.statuses(answers) == tuple(result.status for result in reports[0].results)
    return reports[0]


@pytest.mark.parametrize(
    ("own", "status"),
    [
        ({"joined": True, "size": "small", "costs": "100.00"}, Status.PASS),
        ({"joined": True, "size": "small", "costs": "100.01"}, Status.FAIL),
        ({"joined": True, "size": "large", "costs": 100}, Status.FAIL),
        ({"joined": False}, Status.NOT_APPLICABLE),
        ({"joined": True, "costs": "5"}, Status.PASS),
        ({"joined": True, "costs": "50"}, Status.UNDECIDED),
        ({}, Status.UNDECIDED),
    ],
)
def test_a_rule_reads_the_own_fields_of_each_applicant(build: Build, own: object, status: Status) -> None:
    other = {"annex": {"joined": False}}
    lead_first = check(build(EACH), {"lead": {"name": "A", "annex": own}, "co_applicants": [other]})
    assert lead_first.results[0].status is status


def test_what_is_missing_and_what_is_broken_is_named_at_its_record(build: Build) -> None:
    folder = build(EACH)
    wrong = {"joined": True, "size": "large", "costs": "11"}
    report = check(folder, {"lead": {"annex": {"joined": False}}, "co_applicants": [{"name": "B", "annex": wrong}]})
    assert report.results[0].message == "B: large, EUR 11.00."
    assert "/co_applicants/0/annex/costs" in {field.pointer for field in report.results[0].fields}
    report = check(folder, {"lead": {"annex": {"joined": False}}, "co_applicants": [{"name": "B"}]})
    assert report.results[0].missing == ("/co_applicants/0/annex/joined",)


@pytest.mark.parametrize(
    ("answers", "pointer", "severity"),
    [
        ({"lead": {"annex": {"size": "huge"}}}, "/lead/annex/size", Severity.BLOCKING),
        ({"lead": {"annex": {"sise": "small"}}}, "/lead/annex/sise", Severity.WARNING),
        ({"lead": {"annex": [1]}}, "/lead/annex", Severity.BLOCKING),
        ({"co_applicants": [{}, {"annex": {"costs": "x"}}]}, "/co_applicants/1/annex/costs", Severity.BLOCKING),
        ({"activities": [{"annex": {"done": "yes"}}]}, "/activities/0/annex/done", Severity.BLOCKING),
        ({"budget": {"lines": [{"annex": {"done": 1}}]}}, "/budget/lines/0/annex/done", Severity.BLOCKING),
        (
            {"financing": {"contributions": [{"annex": {"done": []}}]}},
            "/financing/contributions/0/annex/done",
            Severity.BLOCKING,
        ),
        ({"documents": [{"annex": {"sent": "yesterday"}}]}, "/documents/0/annex/sent", Severity.BLOCKING),
    ],
)
def test_what_does_not_fit_is_a_problem_at_its_place(
    build: Build, answers: dict[str, object], pointer: str, severity: Severity
) -> None:
    before = json.dumps(answers)
    report = check(build(EACH), answers)
    assert [(problem.pointer, problem.severity) for problem in report.problems] == [(pointer, severity)]
    assert (report.verdict is Verdict.INVALID) == (severity is Severity.BLOCKING)
    assert json.dumps(answers) == before


def test_lists_of_own_fields_are_typed_and_compiled_like_any_other(build: Build) -> None:
    rule = '  require: sum(append(co_applicants[annex.size = "small"].annex.costs, 0)) <= 10\n  message: Too much.\n'
    folder = build(rule)
    one = {"annex": {"size": "small", "costs": "6"}}
    assert check(folder, {"co_applicants": [one]}).results[0].status is Status.PASS
    assert check(folder, {"co_applicants": [one, one]}).results[0].status is Status.FAIL
    assert check(folder, {"co_applicants": [one, {}]}).results[0].status is Status.UNDECIDED


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("lead.annex.siz = 1", "has no field `siz`"),
        ("lead.annex.costs = true", "cannot be compared"),
        ("documents[1].annex.sent > 3", "cannot be compared"),
    ],
)
def test_conditions_on_own_fields_are_checked_before_any_proposal(build: Build, condition: str, said: str) -> None:
    with pytest.raises(PackError, match=said):
        load_pack(build(f"  require: {condition}\n  message: m\n"))


def test_lint_names_own_fields_that_nobody_reads_and_records_that_have_none(build: Build) -> None:
    found = [str(finding) for finding in lint(build(EACH)) if "No rule uses the field" in finding.message]
    unread = {"activities.annex.done", "budget.lines.annex.done", "financing.contributions.annex.done"}
    assert {line.split('"')[1] for line in found} == {*unread, "documents.annex.sent"}


def test_a_record_that_has_no_annex_is_refused_with_the_nearest(build: Build) -> None:
    wrong = {**SCHEMA, "$defs": {"applicants": described(a={"type": "boolean"})}}
    with pytest.raises(PackError, match=r'Did you mean "applicant"\?'):
        load_pack(build(EACH, schema=wrong))
