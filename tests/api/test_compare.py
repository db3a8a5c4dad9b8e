"""What is known of several things: a rule explained, proposals together, calls, versions and runs compared."""

from __future__ import annotations

import datetime
import json
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import mpfcheck
from mpfcheck.cli.main import mpfcheck as program
from mpfcheck.report.as_json import portfolio_members

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
BROKEN = next(path for path in EXAMPLES if path.name == "ineligible-romania-moldova-2016.json")
CALL = mpfcheck.load_call("mpf-2023-borders-security")
OTHER = mpfcheck.load_call("mpf-2022-amif")
OLDER = mpfcheck.load_call("mpf-2023-borders-security@2023-12-07")


def said(*arguments: str) -> str:
    return CliRunner().invoke(program, arguments).stdout


def texts(explanations: tuple[mpfcheck.Explanation, ...]) -> Iterator[str]:
    for one in explanations:
        yield from (one.text, one.value, *texts(one.parts))


def test_a_rule_is_explained_with_the_values_of_the_proposal() -> None:
    (condition,) = CALL.explain({"fund": "AMIF"}, "FUND-1")

    assert (condition.label, condition.holds) == ("require", False)
    assert [(part.text, part.value) for part in condition.parts] == [("fund", "AMIF")]
    assert {one.holds for one in CALL.explain({}, "GRANT-1")} == {None}
    assert "0.9" in "".join(texts(CALL.explain(BROKEN, "GRANT-1", parameters={"maximum_grant_share": "0.9"})))


def test_every_rule_can_be_explained_about_every_proposal() -> None:
    for path in EXAMPLES:
        report = CALL.check(path)
        assert {result.rule for result in report.results} == set(
            CALL.rules
        ) or report.verdict is mpfcheck.Verdict.INVALID
        for result in report.results:
            explained = CALL.explain(path, result.rule)
            holds = [one.holds for one in explained if one.label.endswith("require")]
            if result.status is mpfcheck.Status.FAIL:
                assert False in holds, result
            if result.status is mpfcheck.Status.PASS:
                assert all(holds), result
    assert CALL.explain(b"{", "FUND-1") == ()
    with pytest.raises(mpfcheck.UnknownRuleError, match=r"Did you mean .FUND-1"):
        CALL.explain({}, "FUND-11")
    with pytest.raises(TypeError, match="must be text"):
        CALL.explain({}, 1)  # type: ignore[arg-type]


def test_proposals_together_are_what_the_report_of_many_says_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    report = said("check", *map(str, EXAMPLES), "--call", CALL.id, "--format", "json", "--jobs", "1")

    summary = mpfcheck.portfolio(CALL, EXAMPLES)

    assert dict(portfolio_members(summary)) == json.loads(report)["portfolio"]
    monkeypatch.setattr("mpfcheck.api.call.PAYS_FROM", 100)
    many = [BROKEN, *[EXAMPLES[0]] * 130, BROKEN]  # some of them in processes beside
    assert mpfcheck.portfolio(CALL, many, jobs=2) == mpfcheck.portfolio(CALL, many)
    assert mpfcheck.portfolio(CALL, []).proposals == 0
    assert mpfcheck.portfolio(CALL, [None]).distinct[mpfcheck.Verdict.INVALID] == 1


def test_calls_side_by_side_are_what_the_command_says() -> None:
    compared = mpfcheck.compare_calls([CALL, OTHER], as_of=datetime.date(2023, 6, 1))
    shown = json.loads(said("calls", "compare", CALL.id, OTHER.id, "--as-of", "2023-06-01", "--format", "json"))

    assert compared.calls == (CALL.id, OTHER.id) == tuple(call["id"] for call in shown["calls"])
    assert [row.topic for row in compared.rows] == [row["topic"] for row in shown["rows"]]
    assert [one.text for one in compared.common] == [one["text"] for one in shown["common"]]
    with pytest.raises(TypeError, match="as a list"):
        mpfcheck.compare_calls(CALL)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="load_call"):
        mpfcheck.compare_calls(["mpf-2022-amif"])  # type: ignore[list-item]


def test_versions_are_compared_as_the_command_does() -> None:
    changes = mpfcheck.compare_versions(OLDER, CALL)
    shown = " ".join(said("rules", "diff", f"{CALL.id}@{OLDER.version}", CALL.id).split())

    assert len(changes) > 10
    for change in changes:
        assert " ".join(change.sentence.split()) in shown, change
    assert mpfcheck.compare_versions(CALL, CALL) == ()
    with pytest.raises(ValueError, match="two calls"):
        mpfcheck.compare_versions(OTHER, CALL)


def test_runs_are_compared() -> None:
    older = [CALL.check(path) for path in EXAMPLES]
    newer = [CALL.check(path, parameters={"minimum_total_budget": "1.00"}) for path in EXAMPLES[1:]]

    difference = mpfcheck.compare_reports(older, newer)

    assert [one.rule for one in difference.fixed if one.input.path == str(BROKEN)] == ["BUDGET-1"]
    assert [one.path for one in difference.removed] == [str(EXAMPLES[0])]
    assert {(change.before, change.after) for change in difference.verdicts} >= {
        (mpfcheck.Verdict.INELIGIBLE, mpfcheck.Verdict.ELIGIBLE)
    }
    assert mpfcheck.compare_reports(older, older).new == ()
    with pytest.raises(TypeError, match="as a list"):
        mpfcheck.compare_reports([older[0], "report.json"], newer)  # type: ignore[list-item]


def test_what_comes_out_is_short_comparable_and_can_be_sent() -> None:
    report = CALL.check(BROKEN)
    values: list[object] = [
        CALL,
        report,
        *report.results,
        CALL.explain(BROKEN, "BUDGET-1"),
        mpfcheck.portfolio(CALL, EXAMPLES),
        mpfcheck.compare_calls([CALL, OTHER]),
        mpfcheck.compare_versions(OLDER, CALL)[0],
        mpfcheck.compare_reports([report], [report]),
    ]
    for value in values:
        same = pickle.loads(pickle.dumps(value))  # noqa: S301 - our own
        assert (same, hash(same), repr(same)) == (value, hash(value), repr(value))
        assert len(repr(value)) < 1000, value
    assert mpfcheck.load_call(CALL.id) == CALL != OLDER
