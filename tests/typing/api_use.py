"""How programs use mpfcheck, as type checkers see it: right use has no complaint, wrong use has one.

Not run: read by mypy and pyright, which also complain of an ignore that ignores nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, assert_type

import mpfcheck


def right_use(data: bytes, folder: Path) -> None:
    assert_type(mpfcheck.__version__, str)
    assert_type(mpfcheck.list_calls([folder]), tuple[str, ...])
    call = mpfcheck.load_call("mpf-2023-borders-security", [folder, "calls"])
    assert_type(call, mpfcheck.Call)
    assert_type(call.as_of, date)
    assert_type(call.rules, Mapping[str, mpfcheck.CallRule])
    assert_type(call.rule("GRANT-1").source, mpfcheck.Citation)
    assert_type(call.sources["x"], mpfcheck.Source)
    assert_type(call.parameters["x"], mpfcheck.Parameter)
    assert_type(call.parameter("x", on=date(2023, 12, 7)), mpfcheck.DatedValue | None)
    assert_type(call.code_lists["x"], mpfcheck.CodeList)
    assert_type(call.schema, Mapping[str, Any])
    form = call.form
    assert_type(form, mpfcheck.CallForm | None)
    for page in form.pages if form else ():
        assert_type(page, mpfcheck.FormPage)
        for part in page.parts:
            assert_type(part, mpfcheck.FormQuestion | mpfcheck.FormGroup)
            if isinstance(part, mpfcheck.FormQuestion):
                assert_type(part.choices, tuple[mpfcheck.Choice, ...])

    report = call.check(
        {"fund": "BMVI", "budget": {"total": Decimal("400000.00")}},
        as_of=date(2023, 6, 1),
        parameters={"maximum_grant_share": "0.9"},
        rules=["BUDGET-1"],
    )
    for other in (data, data.decode(), folder, mpfcheck.Proposal.from_json(data)):
        assert_type(call.check(other), mpfcheck.Report)
    assert_type(report, mpfcheck.Report)
    assert_type(report.verdict, mpfcheck.Verdict)
    assert_type(report.failed, tuple[mpfcheck.Result, ...])
    for result in report.results:
        assert_type(result, mpfcheck.Result)
        assert_type(result.status, mpfcheck.Status)
        assert_type(result.severity, mpfcheck.Severity)
        assert_type(result.missing, tuple[str, ...])
        assert_type(result.source.url, str | None)
        assert_type(result.sentence, mpfcheck.Sentence | None)
        if result.sentence:
            assert_type(result.sentence.values, tuple[Mapping[str, mpfcheck.SentenceValue], ...])
    for problem in report.problems:
        assert_type(problem, mpfcheck.Problem)
        assert_type(problem.line, int | None)

    for model in (report, report.results[0], report.problems[0]):
        assert_type(model.model_dump(mode="json", include={"rule"}, exclude_none=True), dict[str, Any])
        assert_type(model.model_dump_json(indent=2), str)
        assert_type(model.model_json_schema(ref_template="#/components/schemas/{model}"), dict[str, Any])
    assert_type(mpfcheck.Result.model_validate({}), mpfcheck.Result)
    assert_type(mpfcheck.Problem.model_validate_json(b"{}"), mpfcheck.Problem)

    outlook = call.outlook({"fund": "BMVI"}, as_of=date(2023, 6, 1))
    assert_type(outlook, mpfcheck.Outlook)
    assert_type(outlook.eligible_possible, bool | None)
    assert_type(outlook.because, tuple[str, ...])
    repair = call.repair(folder)
    assert_type(repair, mpfcheck.Repair | None)
    assert_type(report.outlook, mpfcheck.Outlook | None)

    (explained, *_) = call.explain(data, "GRANT-1", as_of="2023-12-07")
    assert_type(explained, mpfcheck.Explanation)
    assert_type(explained.parts, tuple[mpfcheck.Explanation, ...])
    together = mpfcheck.portfolio(call, [data, None], jobs=2)
    assert_type(together, mpfcheck.PortfolioSummary)
    assert_type(together.verdicts[mpfcheck.Verdict.ELIGIBLE][0].path, str | None)
    side_by_side = mpfcheck.compare_calls([call], as_of=date(2023, 6, 1))
    assert_type(side_by_side, mpfcheck.CallComparison)
    assert_type(side_by_side.rows[0].cells[0][0].text, str)
    assert_type(mpfcheck.compare_versions(call, call), tuple[mpfcheck.VersionChange, ...])
    difference = mpfcheck.compare_reports([report], report)
    assert_type(difference, mpfcheck.Comparison)
    assert_type(difference.new[0].fingerprint, str)

    assert_type(mpfcheck.check(data), mpfcheck.Report)
    assert_type(mpfcheck.check_many(call, [data, folder, None], jobs=4), Iterator[mpfcheck.Report])
    assert_type(mpfcheck.check_column([data], call, jobs=4), Any)
    assert_type(call.verdict(data), mpfcheck.Verdict)
    assert_type(call.statuses(data), dict[str, mpfcheck.Status])
    assert_type(mpfcheck.Report.model_validate_json(report.model_dump_json()), mpfcheck.Report)
    assert_type(mpfcheck.read_reports(data), tuple[mpfcheck.Report, ...])
    assert_type(report.render("html"), str)
    assert_type(mpfcheck.render([report], "csv"), str)


class Field(Enum):
    FUND = "fund"


def every_kind_that_is_taken(call: mpfcheck.Call, cells: Iterator[object], numbers: list[float]) -> None:
    for one in ({Field.FUND: "BMVI"}, {"budget": float("nan")}, bytearray(b"{}")):
        mpfcheck.check(one)
        call.check(one)
        call.verdict(one)
        call.statuses(one)
        call.explain(one, "GRANT-1")
        call.outlook(one)
        call.repair(one)
    for column in (cells, numbers, [{"fund": "BMVI"}, None, float("nan")]):
        mpfcheck.check_many(call, column)
        mpfcheck.portfolio(call, column)


def wrong_use(call: mpfcheck.Call, report: mpfcheck.Report) -> None:
    call.check(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    call.check({}, as_of="2023-06-01")  # pyright: ignore[reportArgumentType]
    call.data = call.data  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    report.verdict = mpfcheck.Verdict.ELIGIBLE  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    report.render("pdf")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    mpfcheck.load_cal("x")  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    mpfcheck.Verdict.MAYBE  # type: ignore[attr-defined]  # pyright: ignore  # noqa: B018
