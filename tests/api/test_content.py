"""What a call consists of, for programs: rules, limits, lists, sources, form and schema as values."""

from __future__ import annotations

import json
import pickle
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

import mpfcheck
from mpfcheck.forms.load import load_form
from mpfcheck.frozen import FrozenDict, changed

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").rglob("*.json"))
CALLS = [mpfcheck.load_call(call_id) for call_id in mpfcheck.list_calls()]
every_call = pytest.mark.parametrize("call", CALLS, ids=lambda call: call.id)
BORDERS = next(call for call in CALLS if call.id == "mpf-2023-borders-security")


@every_call
def test_everything_is_a_plain_immutable_value_that_can_be_sent(call: mpfcheck.Call) -> None:
    assert call.form is not None
    values: list[object] = [*call.rules.values(), *call.parameters.values(), *call.code_lists.values()]
    values += [*call.sources.values(), *call.gaps, call.form, call.schema]
    for value in values:
        same = pickle.loads(pickle.dumps(value))  # noqa: S301 - our own
        assert same == value
        assert hash(same) == hash(value)
        if not isinstance(value, dict):
            assert len(repr(value)) < 500, value
            with pytest.raises(AttributeError, match="immutable"):
                value.title = "another"  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        call.rules["X-1"] = next(iter(call.rules.values()))  # type: ignore[index]
    with pytest.raises(TypeError):
        call.schema["title"] = ""  # type: ignore[index]
    assert call.form is call.form


@every_call
def test_the_rules_are_those_of_the_reports_and_cite_sources_that_are_there(call: mpfcheck.Call) -> None:
    report = call.check({})
    assert [(one.rule, one.title, one.severity, one.manual) for one in report.results] == [
        (rule.id, rule.title, rule.severity, rule.manual) for rule in call.rules.values()
    ]
    for rule in call.rules.values():
        assert rule.manual or "require" in rule.conditions
        assert {"message", *rule.sentences} <= {"message", "fix", "doubt message", "note"}
        for citation in (rule.source, *rule.also):
            assert call.sources[citation.document].title
        assert call.rule(rule.id) is rule


@every_call
def test_the_form_asks_all_that_is_asked_with_its_choices(call: mpfcheck.Call) -> None:
    form = load_form(call.data)
    assert call.form is not None
    shown = {part.field: part for page in call.form.pages for part in page.parts}

    assert len(list(call.form.questions())) == len(list(form.questions()))
    for page, asked in zip(call.form.pages, form.pages, strict=True):
        assert (page.id, page.title, page.intro) == (asked.id, asked.title, asked.intro)
    for question in call.form.questions():
        assert question.ask
        assert question.title
        assert question.field.startswith("/")
        assert bool(question.choices) == (question.kind in ("choice", "choices")), question
        assert (question.kind == "record") == bool(question.refers_to)
        if question.code_list:
            assert all(choice.label == call.label(question.code_list, choice.code) for choice in question.choices)
    countries = shown["/target_countries"]
    assert isinstance(countries, mpfcheck.FormQuestion)
    assert countries.choices[0].code in {
        member.code for one in call.code_lists.values() for member in (*one.members, *one.candidates)
    }


def test_a_limit_is_what_it_was_on_a_date() -> None:
    pot = BORDERS.parameters["bmvi_pot"]
    assert pot.unit == "EUR"
    for value in pot.values:
        assert BORDERS.parameter("bmvi_pot", on=value.since) == value
    now = BORDERS.parameter("bmvi_pot")
    assert now == pot.at(BORDERS.as_of)
    assert now is not None
    assert isinstance(now.value, Decimal)
    assert BORDERS.parameter("bmvi_pot", on="1990-01-01") is None
    with pytest.raises(mpfcheck.ParameterError, match=r"Did you mean .*bmvi_pot"):
        BORDERS.parameter("bmvi_pott")
    with pytest.raises(mpfcheck.ParameterError, match="on cannot be"):
        BORDERS.parameter("bmvi_pot", on="yesterday")
    with pytest.raises(mpfcheck.UnknownRuleError, match="GRANT-1"):
        BORDERS.rule("GRANT-11")


def test_every_code_has_its_label() -> None:
    for call in CALLS:
        for code_list in call.code_lists.values():
            for member in (*code_list.members, *code_list.candidates):
                assert member.label
                assert member.label == call.label(code_list.id, member.code)


@pytest.mark.parametrize(
    "path",
    [path for path in EXAMPLES if not path.name.startswith("broken") and ".part." not in path.name],
    ids=lambda path: path.stem,
)
def test_the_schema_takes_what_the_reader_takes(path: Path) -> None:
    proposal = json.loads(path.read_bytes())
    call = next(call for call in CALLS if call.id == proposal["call"])

    jsonschema.Draft202012Validator(call.schema).validate(proposal)
    annex = dict.fromkeys(proposal.get("annex") or {"unknown": 1})
    jsonschema.Draft202012Validator(call.schema).validate({**proposal, "annex": annex})


@every_call
def test_the_schema_describes_the_fields_of_the_annex(call: mpfcheck.Call) -> None:
    schema = call.schema
    jsonschema.Draft202012Validator.check_schema(schema)
    assert call.id in schema["$id"]
    fields = call.data.annex.fields if call.data.annex else {}
    described = schema["properties"]["annex"].get("properties", {})

    assert list(described) == list(fields)
    for name, field in fields.items():
        assert described[name]["title"] == field.title
        proposal = {"annex": {name: {"not": ["an", "answer"]}}}
        refused = not jsonschema.Draft202012Validator(schema).is_valid(proposal)
        assert refused == (call.check(proposal).verdict is mpfcheck.Verdict.INVALID), name


def test_a_copy_of_a_call_has_the_same_content() -> None:
    copy = pickle.loads(pickle.dumps(BORDERS))  # noqa: S301 - our own
    assert (copy.form, copy.schema, copy.rules) == (BORDERS.form, BORDERS.schema, BORDERS.rules)


def test_a_call_without_a_form_has_none() -> None:
    assert mpfcheck.Call(changed(BORDERS.data, id="call-without-a-form", files=FrozenDict())).form is None
