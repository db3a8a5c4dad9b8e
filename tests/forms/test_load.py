"""Where the form of a call is looked for, and what it holds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mpfcheck.forms.form import Group, Question
from mpfcheck.forms.load import NoFormError, load_form, shipped_forms
from mpfcheck.packs.find import shipped_rules
from mpfcheck.packs.load import load_call
from mpfcheck.packs.mistake import PackError
from mpfcheck.proposal.fields import Exact

CALL = "mpf-2023-borders-security"
SMALL = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A folder of calls that did not come with mpfcheck."""
    for name in (CALL, "codelists"):
        shutil.copytree(shipped_rules() / name, tmp_path / "rules" / name)
    return tmp_path / "rules"


def test_the_form_of_a_call_that_comes_with_mpfcheck_is_among_the_forms() -> None:
    form = load_form(load_call(CALL))
    assert (form.call, form.title) == (CALL, "Borders & Security 2023")
    assert form.begin == {"lead": {"id": "lead"}, "budget": {"currency": "EUR"}}


def test_a_form_in_the_folder_of_the_call_goes_first(rules: Path) -> None:
    call = load_call(CALL, [rules])
    assert load_form(call).title == "Borders & Security 2023"
    (rules.parent / "forms").mkdir()
    (rules.parent / "forms" / f"{CALL}.yaml").write_text(SMALL.replace("A small form", "Beside"), encoding="utf-8")
    assert load_form(load_call(CALL, [rules])).title == "Beside"
    (rules / CALL / "form.yaml").write_text(SMALL, encoding="utf-8")
    assert load_form(load_call(CALL, [rules])).title == "A small form"


def test_a_call_without_a_form_is_said_so(rules: Path) -> None:
    shutil.move(rules / CALL, rules / "another-call")
    file = rules / "another-call" / "call.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(f"id: {CALL}", "id: another-call"), encoding="utf-8")
    with pytest.raises(NoFormError, match=r'The call another-call has no form: there is no file "form\.yaml"'):
        load_form(load_call("another-call", [rules]))


def test_a_broken_form_is_refused_with_all_that_is_wrong(rules: Path) -> None:
    broken = SMALL.replace("field: budget.total", "field: budget.totel").replace("by: heading", "of: heading")
    (rules / CALL / "form.yaml").write_text(broken, encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_form(load_call(CALL, [rules]))
    assert len(refused.value.mistakes) == 3


def test_questions_know_the_kind_of_their_field() -> None:
    form = load_form(load_call(CALL))
    parts = {part.field: part for _, part in form.parts()}
    total, lines = parts["budget", "total"], parts["budget", "lines"]
    assert isinstance(total, Question)
    assert total.kind == Exact("EUR", 2)
    assert isinstance(lines, Group)
    assert lines.question(("quantity",)) is not None
    assert form.page("budget").groups == (lines,)


def test_every_form_that_is_shipped_is_of_a_call() -> None:
    calls = {folder.name for folder in shipped_rules().iterdir() if (folder / "call.yaml").is_file()}
    assert {place.stem for place in shipped_forms().glob("*.yaml")} <= calls
