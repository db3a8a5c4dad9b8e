"""Lint: shipped calls are without fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from mpfcheck.frozen import changed
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.lint import Weight, lint
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
