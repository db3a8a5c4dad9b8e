"""Going on is not answering: Enter alone, at every prompt of every form, leaves the draft as it was."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest

from mpfcheck.drafting.desk import Desk
from mpfcheck.forms.form import Group
from mpfcheck.prompts.run import run_prompts

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CALLS = [call.id for call in Desk().calls()]


class Typed(StringIO):
    """Enter at every prompt but those of ``answers``, until ``most`` lines are read; what was asked is kept."""

    def __init__(self, out: StringIO, answers: dict[str, list[str]], most: int) -> None:
        super().__init__()
        self._out = out
        self._answers = answers
        self._left = most

    def readline(self, _size: int | None = -1, /) -> str:
        self._left -= 1
        prompt = self._out.getvalue().rpartition("\n")[2]
        for words, lines in self._answers.items():
            if words in prompt and lines:
                return f"{lines.pop(0)}\n"
        return "\n" if self._left > 0 else ""


def press_enter(path: Path, call: str, answers: dict[str, list[str]], most: int = 400) -> str:
    out = StringIO()
    run_prompts(path, call_id=call, typed=Typed(out, answers, most), out=out)
    return out.getvalue()


def plain(path: Path) -> object:
    return json.loads(path.read_bytes())


@pytest.mark.parametrize("call", CALLS)
def test_enter_alone_through_a_whole_form_changes_nothing(call: str, path: Path) -> None:
    press_enter(path, call, {"yes or no": ["yes"]}, 1)
    before = plain(path)
    said = press_enter(path, call, {})
    assert plain(path) == before
    # It has been through all pages, not round and round one question.
    for page in Desk().form(call).pages:
        if page.shown_when is None:
            assert f": {page.title}" in said, page.title


@pytest.mark.parametrize("call", CALLS)
def test_enter_alone_in_an_item_of_every_group_adds_nothing_to_it(call: str, path: Path) -> None:
    press_enter(path, call, {"yes or no": ["yes"]}, 1)
    for page in Desk().form(call).pages:
        for part in page.parts:
            if not isinstance(part, Group) or part.shown_when is not None or page.shown_when is not None:
                continue
            press_enter(path, call, {"(Enter: page": [f":go /{part.field}"], "add, or none": ["add"]}, 4)
            before = plain(path)
            press_enter(path, call, {"(Enter: page": [f":go /{part.field}"], "the number of an entry": ["1"]}, 60)
            assert plain(path) == before


@pytest.mark.parametrize("name", ["eligible-lithuania-moldova.json", "incomplete-draft.json"])
def test_enter_alone_keeps_what_is_answered(name: str, path: Path) -> None:
    path.write_bytes((EXAMPLES / name).read_bytes())
    before = plain(path)
    press_enter(path, "", {})
    assert plain(path) == before


@pytest.mark.parametrize(
    ("field", "first", "then"), [("start_date", "1/3/2024", "2"), ("duration_months", "two years", "2")]
)
def test_a_bare_digit_never_takes_a_suggestion(field: str, first: str, then: str, path: Path) -> None:
    call = "mpf-2023-borders-security"
    press_enter(path, call, {"yes or no": ["yes"]}, 1)
    said = press_enter(path, call, {"(Enter:": [f":go /{field}"], "Day:": [first, then], "Months:": [first, then]}, 4)
    assert ":1" in said or "not" in said
    document = plain(path)
    assert isinstance(document, dict)
    assert document.get(field) in (None, 2)
