"""Lint: shipped calls are without fault."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from mpfcheck.forms.lint import sentences_of_form
from mpfcheck.forms.load import load_form
from mpfcheck.frozen import changed
from mpfcheck.packs.call import Call, ParameterValue
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.lint import Weight, lint
from mpfcheck.packs.lint.figures import outdated_figures, sentences_of_call
from mpfcheck.packs.load import load_call, load_pack


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


def other_value(value: ParameterValue) -> ParameterValue:
    if isinstance(value, Decimal):
        return value * Decimal("0.75")
    return value + timedelta(days=100) if isinstance(value, date) else value


def as_people_write_it(value: ParameterValue, unit: str | None) -> str:
    """Written here by other means than in lint: the figures of the shipped calls are few."""
    match value, unit:
        case Decimal(), "share":
            return f"{int(value * 100)} %"
        case Decimal(), "EUR" if value >= 1_000_000:
            return f"{str(value / 1_000_000).rstrip('0').rstrip('.')} million"
        case Decimal(), "EUR" if value >= 1000:
            return f"EUR {int(value):,}".replace(",", " ")
        case date(), _:
            return f"{value.day} {value.strftime('%B %Y')}"
    return "not looked for"


def with_other_values(call: Call) -> Call:
    parameters = {
        name: changed(parameter, values=tuple(changed(one, value=other_value(one.value)) for one in parameter.values))
        for name, parameter in call.parameters.items()
    }
    return changed(call, parameters=parameters)


def test_whoever_changes_a_limit_is_told_of_every_sentence_that_names_it() -> None:
    findings = 0
    for call_id in list_calls():
        call = load_call(call_id)
        sentences = [*sentences_of_call(call), *sentences_of_form(load_form(call))]
        figures = {
            as_people_write_it(one.value, parameter.unit)
            for parameter in call.parameters.values()
            for one in parameter.values
        }
        naming = {one.what for one in sentences if any(figure in " ".join(one.text.split()) for figure in figures)}
        found = list(outdated_figures(with_other_values(call), sentences))
        assert {what for what in naming if not any(what in str(one).replace("The", "the") for one in found)} == set()
        assert naming
        findings += len(found)
    assert findings > len(list_calls())
