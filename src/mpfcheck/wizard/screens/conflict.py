"""A draft that was changed here and elsewhere: field by field, which answer is kept."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from mpfcheck.drafting.session import Session
from mpfcheck.drafting.store.conflict import Conflict, FieldConflict, Side
from mpfcheck.drafting.store.plain_json import as_json
from mpfcheck.forms.typed.reading import shown_value
from mpfcheck.wizard.screens.overlay import Overlay
from mpfcheck.wizard.visible import said
from mpfcheck.wizard.widgets.choices import Choices, Option
from mpfcheck.wizard.widgets.links import Link

__all__ = ["ConflictScreen"]


class ConflictScreen(Overlay[dict[str, Side]]):
    """Mine or theirs, for each field. Nothing is overwritten before all are chosen; None where it is left for later."""

    title_words = "This draft was changed elsewhere too"

    def __init__(self, session: Session, conflict: Conflict, words: str) -> None:
        super().__init__()
        self._session = session
        self._conflict = conflict
        self._words = words
        self._rows = {field.pointer: Choices(self._sides(field)) for field in conflict.fields}
        self._note = Static(classes="note", markup=False)

    def links(self) -> Iterable[Link]:
        """How to go on."""
        return (
            Link("Space", "choose", "screen.noop"),
            Link("Tab", "next", "screen.focus_next"),
            Link("Esc", "decide later", "screen.close"),
        )

    def body(self) -> Iterable[Widget]:
        """The words, each field with both answers, the button."""
        parts: list[Widget] = [Static(said(self._words), classes="words", markup=False)]
        for pointer, row in self._rows.items():
            parts += [Static(said(self._session.title_of(pointer), "bold"), classes="prompt", markup=False), row]
            row.show(Side.OURS)
        parts += [self._note, Button(Content("Keep these answers"), compact=True)]
        yield VerticalScroll(*parts, can_focus=False)

    def on_mount(self) -> None:
        """Go to the first field."""
        next(iter(self._rows.values())).focus()

    @on(Choices.Picked)
    def _picked(self, message: Choices.Picked) -> None:
        message.stop()
        if message.value is None:
            message.choices.show(Side.OURS)
        if message.onwards:
            self.focus_next()

    @on(Button.Pressed)
    def _pressed(self, message: Button.Pressed) -> None:
        message.stop()
        self.dismiss({pointer: Side(str(row.chosen)) for pointer, row in self._rows.items()})

    def _sides(self, field: FieldConflict) -> list[Option]:
        mine, theirs = self._shown(field, field.ours), self._shown(field, field.theirs)
        return [Option(Side.OURS, f"mine: {mine}"), Option(Side.THEIRS, f"theirs: {theirs}")]

    def _shown(self, field: FieldConflict, value: object) -> str:
        if value is None:
            return "(no answer)"
        asked = self._session.at(field.pointer)
        if asked is None:
            return " ".join(as_json(value).decode().split())
        return " ".join(shown_value(value, asked.question.kind, self._session.choices(asked.question)).split())
