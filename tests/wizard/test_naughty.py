"""Text in answers is data: it shows as typed, is saved and read back unchanged, and breaks nothing."""

import json
from itertools import cycle
from pathlib import Path

import pytest

from mpfcheck.wizard.text import visible
from mpfcheck.wizard.widgets.inputs import Line, LongText
from tests.data import NAUGHTY_STRINGS
from tests.wizard.driving import Driven, run

OURS = [
    "[bold]",
    "[/]",
    "[red]x[/red]",
    "[@click=app.bell]x[/]",
    "\x1b[31mred\x1b[0m",
    "a\tb",
    "a\x07b\x00c",
    "\u202egnp.exe",
    "\ud800",
]
STRINGS = [*OURS, *NAUGHTY_STRINGS]
FIELDS = [
    "/title",
    "/acronym",
    "/summary",
    "/lead/name",
    "/lead/mandate/body",
    "/lead/mandate/document",
    "/lead/pic",
    "/lead/contact/name",
    "/lead/contact/email",
    "/co_applicants/0/name",
    "/activities/0/title",
    "/activities/0/category",
    "/activities/0/description",
    "/budget/lines/0/description",
    "/budget/lines/0/unit",
    "/documents/0/issuer",
    "/documents/0/file",
    "/budget/total",
    "/start_date",
    "/duration_months",
]
DRAFT = {
    "format": "mpfcheck-proposal/1",
    "call": "mpf-2023-borders-security",
    "lead": {"id": "lead", "kind": "mandated_operator"},
    "co_applicants": [{"id": "co-1"}],
    "activities": [{}],
    "budget": {"lines": [{"id": "1"}]},
    "documents": [{}],
}


def shares(field: str) -> list[str]:
    """The strings a field gets: ours all, the others dealt out among the fields."""
    dealt = [text for text, name in zip(STRINGS[len(OURS) :], cycle(FIELDS), strict=False) if name == field]
    return [text for text in (*OURS, *dealt) if text.strip()]


@pytest.mark.parametrize("fields", [FIELDS[:7], FIELDS[7:14], FIELDS[14:]], ids=["first", "middle", "last"])
def test_naughty_strings_in_every_text_field(tmp_path: Path, fields: list[str]) -> None:
    last: dict[str, str] = {}

    async def steps(user: Driven) -> None:
        for place in fields:
            field = await user.find(place)
            editor = field.editor
            assert isinstance(editor, Line | LongText)
            for number, text in enumerate(shares(place)):
                # As a draft from elsewhere would show it, then as somebody would have typed it.
                typed = text if isinstance(editor, LongText) else text.replace("\n", " ")
                if isinstance(editor, LongText):
                    editor.load_text(typed)
                else:
                    editor.value = typed
                user.work.answers.take_text(field, editor.value)
                if number % 6 == 0:
                    await user.pilot.pause()
                stands = user.work.session.at(place)
                assert stands is not None
                assert stands.typed == editor.value, f"{text!r} in {place}"
            await user.pilot.pause()
            last[place] = stands.typed
            assert "\x1b" not in user.text
            assert "\x07" not in user.text
        await user.do("go('review')")
        await user.do("go('result')")

    run(steps, tmp_path, json.dumps(DRAFT).encode(), (100, 30))

    async def again(user: Driven) -> None:
        for place, text in last.items():
            field = await user.find(place)
            assert field.draft_part.typed == text
            assert field.editor.value == text  # type: ignore[union-attr]

    run(again, tmp_path, (tmp_path / "draft.json").read_bytes(), (100, 30))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[1mb", "a␛[1mb"),
        ("\x7f", "␡"),
        ("a\u202eb", "a␦b"),
        ("\ud800", "␦"),
        ("tab\there", "tab␉here"),
        ("é漢", "é漢"),
    ],
)
def test_what_would_steer_the_terminal_is_shown_as_a_picture(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert len(visible(text)) == len(text)
