"""Lint: shipped calls are without fault, and the published schemas and the loader want the same."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mpfcheck.frozen import changed
from mpfcheck.packs.code_list import CONFIDENCES
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.lint import Weight, lint
from mpfcheck.packs.load import load_call, load_pack
from mpfcheck.packs.rule import AUTHORITIES, RULE_ID, SCOPES, SEVERITIES, STATUSES

SCHEMAS = files("mpfcheck.packs") / "schemas"


def schema(name: str) -> dict[str, object]:
    read = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


@pytest.mark.parametrize("call_id", list_calls())
def test_every_shipped_call_is_without_fault(call_id: str) -> None:
    assert [str(finding) for finding in lint(load_call(call_id))] == []


def test_a_finding_names_the_rule_it_stands_in(tiny: Path) -> None:
    text = (tiny / "people.yaml").read_text()
    (tiny / "people.yaml").write_text(text.replace("{partner.name}", "{partner.nam}"))
    (finding,) = lint(tiny)
    assert (finding.rule, finding.severity, finding.place.line) == ("PEOPLE-2", Weight.ERROR, 23)


def test_a_call_without_a_folder_is_checked_for_what_it_says(tiny: Path) -> None:
    call = changed(load_pack(tiny), folder=None)
    assert lint(call) == []
    (money, *others) = call.rules
    broken = changed(call, rules=(changed(money, examples=()), *others))
    assert {finding.rule for finding in lint(broken)} == {"MONEY-1"}


@pytest.mark.parametrize("name", ["rules", "call", "codelist", "clauses"])
def test_a_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


def test_the_schemas_and_the_loader_know_the_same_words() -> None:
    definitions = schema("rules")["$defs"]
    assert isinstance(definitions, dict)
    rule = definitions["rule"]["properties"]
    assert rule["severity"]["enum"] == list(SEVERITIES)
    assert rule["scope"]["enum"] == list(SCOPES)
    assert rule["id"]["pattern"] == f"^{RULE_ID.pattern}$"
    assert definitions["example"]["properties"]["expect"]["enum"] == list(STATUSES)
    assert definitions["citation"]["properties"]["authority"]["enum"] == list(AUTHORITIES)
    assert schema("codelist")["properties"]["confidence"]["enum"] == list(CONFIDENCES)  # type: ignore[index]
