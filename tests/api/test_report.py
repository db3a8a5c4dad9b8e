"""Reports in a program's hands: written, read back, rendered, put into models of pydantic."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping
from enum import Enum
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from pydantic import BaseModel, ValidationError, create_model
from pydantic.json_schema import GenerateJsonSchema

import mpfcheck
from mpfcheck.frozen import Frozen
from mpfcheck.json_codec import JsonStream, members_of, parse_json

EXAMPLES = Path(__file__).parents[2] / "examples"
SCHEMA = Path(mpfcheck.__file__).parent / "report" / "report.schema.json"
FORMATS = ("text", "json", "jsonl", "csv", "html", "markdown", "junit", "sarif")


@pytest.fixture(scope="module")
def call() -> mpfcheck.Call:
    return mpfcheck.load_call("mpf-2023-borders-security")


@pytest.fixture(scope="module")
def reports(call: mpfcheck.Call) -> list[mpfcheck.Report]:
    found = [call.check(file) for file in sorted(EXAMPLES.glob("*.json"))]
    found.append(call.check({"fund": "BMVI"}, parameters={"bmvi_pot": 1}, rules=["POT-1"]))
    found.append(call.check(b"{"))
    assert {report.verdict for report in found} > {mpfcheck.Verdict.INVALID, mpfcheck.Verdict.ELIGIBLE}
    return found


def test_what_is_written_is_read_back_the_same(reports: list[mpfcheck.Report]) -> None:
    for report in reports:
        assert mpfcheck.Report.model_validate_json(report.model_dump_json()) == report
        assert mpfcheck.Report.model_validate_json(report.model_dump_json().encode()) == report
        assert mpfcheck.Report.model_validate(report.model_dump()) == report
        assert mpfcheck.Report.model_validate_json(report.render("json")) == report
    assert mpfcheck.read_reports(mpfcheck.render(reports, "json")) == tuple(reports)
    assert mpfcheck.read_reports(mpfcheck.render(reports, "jsonl").encode()) == tuple(reports)
    assert mpfcheck.read_reports(bytearray(mpfcheck.render(reports, "jsonl").encode())) == tuple(reports)  # type: ignore[arg-type]


def test_what_is_written_is_as_published(reports: list[mpfcheck.Report]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema_rs.validate(schema, json.loads(mpfcheck.render(reports, "json")))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "not JSON"),
        (b"[]", "an object"),
        (b"{}", "/input should be an object"),
        (b'{"format": "mpfcheck-report/1", "reports": []}', "0 reports"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b"\xff", "UTF-8"),
        ('{"input": NaN}', "NaN"),
    ],
)
def test_what_is_no_report_is_told_with_its_place(data: bytes | str, said: str) -> None:
    with pytest.raises(mpfcheck.UnreadableReportError, match=said):
        mpfcheck.Report.model_validate_json(data)


def test_several_reports_are_not_taken_for_one(reports: list[mpfcheck.Report]) -> None:
    with pytest.raises(mpfcheck.UnreadableReportError, match="read_reports"):
        mpfcheck.Report.model_validate_json(mpfcheck.render(reports, "json"))


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_renders_every_report(reports: list[mpfcheck.Report], format: str) -> None:
    for report in reports:
        assert report.render(format).strip()  # type: ignore[arg-type]
    assert "BUDGET-1" in mpfcheck.render(reports, format)  # type: ignore[arg-type]


def test_a_format_there_is_none_of_is_refused() -> None:
    with pytest.raises(ValueError, match=r"pdf.*html"):
        mpfcheck.render([], "pdf")  # type: ignore[arg-type]


def test_a_report_stands_in_a_model_of_pydantic(reports: list[mpfcheck.Report]) -> None:
    class Case(BaseModel):
        number: int
        report: mpfcheck.Report

    for report in reports:
        case = Case(number=1, report=report)
        assert Case.model_validate_json(case.model_dump_json()) == case
    with pytest.raises(ValidationError, match="/input"):
        Case.model_validate({"number": 1, "report": {}})


def test_each_model_has_one_definition_that_is_the_published_one(reports: list[mpfcheck.Report]) -> None:
    published = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]
    schema = mpfcheck.Report.model_json_schema()
    assert list(schema["$defs"]) == ["Problem", "Result"]
    for model, of in ((mpfcheck.Report, "report"), (mpfcheck.Result, "result"), (mpfcheck.Problem, "problem")):
        own = schema if model is mpfcheck.Report else schema["$defs"][model.__name__]
        assert whole(own, schema["$defs"]) == whole({"title": model.__name__, **published[of]}, published)
        assert model is mpfcheck.Report or model.model_json_schema() == own

    validator = jsonschema_rs.Draft202012Validator(schema)
    for report in reports:
        validator.validate(report.model_dump())
    broken = next(report for report in reports if report.results).model_dump()
    broken["results"][0]["status"] = "maybe"
    assert not validator.is_valid(broken)


def whole(schema: object, definitions: dict[str, object]) -> object:
    """A schema with what it refers to in the place of the references, without the names of models."""
    if isinstance(schema, list):
        return [whole(item, definitions) for item in schema]
    if not isinstance(schema, dict):
        return schema
    here = {name: whole(member, definitions) for name, member in schema.items() if name not in ("$ref", "$defs")}
    if here.get("title") in ("Report", "Result", "Problem"):
        del here["title"]
    referred = schema.get("$ref")
    inside = whole(definitions[referred.removeprefix("#/$defs/")], definitions) if referred else {}
    assert isinstance(inside, dict)
    return {**inside, **here}


def test_results_and_problems_stand_wherever_a_model_can(reports: list[mpfcheck.Report]) -> None:
    class Finding(BaseModel):
        result: mpfcheck.Result
        problems: list[mpfcheck.Problem]

    for report in reports:
        dumped = report.model_dump()
        for part, plain in zip(
            (*report.results, *report.problems), dumped["results"] + dumped["problems"], strict=True
        ):
            assert part.model_dump() == json.loads(part.model_dump_json()) == plain
            assert type(part).model_validate(plain) == part == type(part).model_validate_json(part.model_dump_json())
        for result in report.results:
            finding = Finding(result=result, problems=list(report.problems))
            assert Finding.model_validate_json(finding.model_dump_json()) == finding
    assert list(Finding.model_json_schema()["$defs"]) == ["Problem", "Result"]
    with pytest.raises(ValidationError, match="/rule"):
        Finding.model_validate({"result": {}, "problems": []})
    with pytest.raises(mpfcheck.UnreadableReportError, match="/severity"):
        mpfcheck.Problem.model_validate({"message": "x", "severity": "high"})


def test_members_are_chosen_as_in_pydantic(reports: list[mpfcheck.Report]) -> None:
    report = next(report for report in reports if report.failed)
    assert list(report.model_dump(include={"verdict", "as_of"})) == ["as_of", "verdict"]
    assert report.model_dump(include={"input": {"path"}}) == {"input": {"path": report.input.path}}
    assert "results" not in report.model_dump(exclude={"results"}, mode="python")
    assert "outlook" not in json.loads(report.model_dump_json(exclude_none=True, by_alias=True))
    assert json.loads(report.model_dump_json(indent=2)) == report.model_dump()
    assert report.results[0].model_dump(include={"rule"}) == {"rule": report.results[0].rule}
    assert report.model_dump_json(indent=2, ensure_ascii=True).isascii()


def test_members_are_chosen_in_a_model_around_it_too(reports: list[mpfcheck.Report]) -> None:
    """So do the ``response_model_exclude_none`` and the like of FastAPI."""

    class Case(BaseModel):
        report: mpfcheck.Report
        failed: list[mpfcheck.Result]

    report = next(report for report in reports if report.failed)
    case = Case(report=report, failed=list(report.failed))
    of_rules = {"failed": {"__all__": {"rule"}}}

    assert case.model_dump(include={"report": {"verdict"}}) == {"report": report.model_dump(include={"verdict"})}
    assert "results" not in case.model_dump(exclude={"report": {"results"}})["report"]
    assert case.model_dump(include=of_rules) == {"failed": [{"rule": result.rule} for result in report.failed]}
    assert json.loads(case.model_dump_json(exclude_none=True))["report"] == report.model_dump(exclude_none=True)
    assert case.model_dump()["report"] == report.model_dump(exclude_unset=True, round_trip=True, warnings=False)
    assert report.model_dump_json(exclude_unset=True, context={}) == report.model_dump_json()


def as_pydantic(value: Any) -> Any:
    """The same values with the same fields and defaults as models of pydantic."""
    if isinstance(value, tuple):
        return [as_pydantic(one) for one in value]
    if isinstance(value, Mapping):
        return {name: as_pydantic(one) for name, one in value.items()}
    if not isinstance(value, Frozen):
        return value.value if isinstance(value, Enum) else value
    fields: dict[str, Any] = {}
    for name, attribute in members_of(type(value)):
        default = getattr(type(value), attribute, ...)
        fields[name] = (Any, default if attribute == "sentence" else as_pydantic(default))
    values = {name: as_pydantic(getattr(value, attribute)) for name, attribute in members_of(type(value))}
    return create_model(type(value).__name__, **fields)(**values)


ASKED: dict[str, tuple[object, ...]] = {
    "mode": ("json", "python"),
    "include": ({"message", "fields", "pointer", "verdict"}, {"fields": {0}, "problems": {"__all__": {"line"}}}),
    "exclude": ({"message", "results"}, {"source": {"url"}, "fields": {"__all__": {"line"}}}),
    "context": ({"a": 1},),
    "by_alias": (True, False),
    "by_name": (True, False),
    "indent": (0, 2),
    "ensure_ascii": (True,),
    "warnings": (False, "none", "error"),
    "fallback": (str,),
    "strict": (True, False),
    "extra": ("ignore", "forbid", "allow"),
    "mode of a schema": ("validation", "serialization"),
    "ref_template": ("#/components/schemas/{model}",),
    "schema_generator": (GenerateJsonSchema,),
    "union_format": ("any_of", "primitive_type_array"),
    "update": ({}, {"message": "Another."}),
}
"""What every argument of pydantic is asked for; the others are switches."""


REFUSED = (("strict", False), ("extra", "forbid"), ("extra", "allow"), ("from_attributes", True), ("by_alias", False))
"""What a report cannot do when it is read."""


def test_every_argument_of_pydantic_is_honoured_or_refused(reports: list[mpfcheck.Report]) -> None:
    report = next(report for report in reports if report.failed)
    broken = next(report for report in reports if report.problems)
    for own in (report, broken, report.failed[0], report.results[0], broken.problems[0]):
        theirs = as_pydantic(own)
        for method in ("model_dump", "model_dump_json", "model_copy", "model_validate", "model_validate_json"):
            given = {"model_validate": (own.model_dump(),), "model_validate_json": (own.model_dump_json(),)}
            for name in inspect.signature(getattr(BaseModel, method)).parameters:
                for value in () if name in ("self", "obj", "json_data") else ASKED.get(name, (True, False)):
                    if method == "model_copy" and value and name == "update" and "message" not in own.fields_of_class:
                        continue
                    calls = [
                        partial(getattr(one, method), *given.get(method, ()), **{name: value}) for one in (own, theirs)
                    ]
                    if (name, value) in REFUSED and method.startswith("model_validate"):
                        with pytest.raises(TypeError, match=rf"model_validate.*{name}"):
                            calls[0]()
                        continue
                    ours = calls[0]()
                    expected = calls[1]()
                    if method == "model_dump_json":
                        assert ours.isascii() or not value or name != "ensure_ascii"
                        assert ("\n" in ours) == (name == "indent")
                        ours, expected = json.loads(ours), json.loads(expected)
                    elif method != "model_dump":
                        ours, expected = ours.model_dump(), expected.model_dump()
                    # Members that only some reports have are left out where they are empty.
                    if isinstance(own, mpfcheck.Report):
                        for part in ("parameters_changed", "rules_chosen"):
                            expected.pop(part, None)
                    assert ours == expected, (method, name, value)


def test_a_schema_takes_the_arguments_of_pydantic_too() -> None:
    own = mpfcheck.Result.model_json_schema()
    for name in inspect.signature(BaseModel.model_json_schema).parameters:
        for value in ASKED["mode of a schema" if name == "mode" else name]:
            arguments: dict[str, Any] = {name: value}
            if value == "primitive_type_array":
                with pytest.raises(TypeError, match=r"model_json_schema.*union_format.*any_of"):
                    mpfcheck.Result.model_json_schema(**arguments)
            else:
                assert mpfcheck.Result.model_json_schema(**arguments) == own


def test_defaults_are_left_out_in_a_model_around_it_too() -> None:
    class Case(BaseModel):
        problem: mpfcheck.Problem

    problem = mpfcheck.Problem("It is not JSON.", line=3)

    assert problem.model_dump(exclude_defaults=True) == {"message": "It is not JSON.", "line": 3}
    assert Case(problem=problem).model_dump(exclude_defaults=True) == {
        "problem": problem.model_dump(exclude_defaults=True)
    }
    with pytest.raises(TypeError, match="colour"):
        problem.model_copy(update={"colour": "red"})


def test_a_report_cannot_be_changed(reports: list[mpfcheck.Report]) -> None:
    report = next(report for report in reports if report.results)
    with pytest.raises(AttributeError, match="immutable"):
        report.verdict = mpfcheck.Verdict.ELIGIBLE  # type: ignore[misc]
    with pytest.raises(AttributeError, match="immutable"):
        report.results[0].status = mpfcheck.Status.PASS  # type: ignore[misc]
    with pytest.raises(AttributeError, match="immutable"):
        del report.results
    assert isinstance(report.results, tuple)
    assert {*reports, *(mpfcheck.Report.model_validate(each.model_dump()) for each in reports)} == set(reports)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"a":}', 'found "}", but a value is expected (line 1, column 6)'),
        ('[1,\n 2 "x"]', "found a quotation mark, but a comma or a closing bracket is expected (line 2, column 4)"),
        ('{"a" 1}', 'found "1", but a colon is expected (line 1, column 6)'),
        ("{a: 1}", 'found "a", but a name in double quotes is expected (line 1, column 2)'),
        ("{} x", 'found "x", but the end of the file is expected (line 1, column 4)'),
        ("[1", "the file ends, but a comma or a closing bracket is expected (line 1, column 3)"),
        ('["x', "this text has no closing quotation mark (line 1, column 2)"),
        ('["x\ny"]', "a text in quotes cannot contain a line break or a control character (line 1, column 4)"),
        (r'["\q"]', "the character after this backslash has no meaning (line 1, column 3)"),
        (r'["\u12"]', r"four hexadecimal digits are expected after this \u (line 1, column 4)"),
    ],
)
def test_what_is_not_json_is_said_in_plain_words(text: str, words: str) -> None:
    def value_by_value() -> None:
        stream = JsonStream(BytesIO(text.encode()))
        stream.value()
        stream.end()

    for read in (lambda: parse_json(text), value_by_value):
        with pytest.raises(mpfcheck.UnreadableReportError) as refused:
            read()
        assert f"This is not JSON: {words}. " in str(refused.value)


@pytest.mark.parametrize("read", [mpfcheck.read_reports, mpfcheck.Report.model_validate_json])
def test_a_path_is_refused_in_words_where_a_text_is_read(read: Callable[[Any], object]) -> None:
    with pytest.raises(TypeError, match=r"needs bytes or str, not \w+Path\. To read a file, give path"):
        read(Path("report.json"))
    with pytest.raises(TypeError, match="needs bytes or str, not int"):
        read(5)
