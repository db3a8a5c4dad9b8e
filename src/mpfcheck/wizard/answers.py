"""How answers get from the fields to the session: typed text, choices, and the items of groups."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from mpfcheck.drafting.dialogues.pasting import paste_table
from mpfcheck.drafting.dialogues.removing import remove_item
from mpfcheck.drafting.dialogues.steps import run_async
from mpfcheck.drafting.questions import DraftItem, DraftQuestion
from mpfcheck.drafting.session import Session
from mpfcheck.forms.typed.answer import Understood
from mpfcheck.proposal.fields import Day, Exact, Many, Moment, Whole
from mpfcheck.wizard.dialogs import show_step
from mpfcheck.wizard.panes import Panes
from mpfcheck.wizard.pick_list import Picked, PickList
from mpfcheck.wizard.sheets import ItemView, Sheet, page_view_id
from mpfcheck.wizard.text import visible
from mpfcheck.wizard.widgets.field import Field
from mpfcheck.wizard.widgets.group_box import GroupBox

__all__ = ["Answers", "ItemEdits"]

PAUSE = 0.35
"""How long, in seconds, nobody must type before what is typed is read back."""


class Answers:
    """Takes answers. A question that cannot be understood is never a wall: the next key goes on.

    ``on_step`` is called after every step of the session, ``on_typing`` while a text is being typed.
    """

    def __init__(
        self, screen: Screen[Any], panes: Panes, on_step: Callable[[], None], on_typing: Callable[[], None]
    ) -> None:
        self._screen = screen
        self._panes = panes
        self._session: Session = panes.session
        self._on_step = on_step
        self._on_typing = on_typing
        self._pause: Timer | None = None

    @property
    def field(self) -> Field | None:
        """The field one is in."""
        focused = self._screen.focused
        nodes = focused.ancestors_with_self if focused else ()
        return next((node for node in nodes if isinstance(node, Field)), None)

    @property
    def typed(self) -> dict[str, str]:
        """The text that is being typed and is not an answer yet, by the place it is for."""
        field = self.field
        return {} if field is None or field.typed is None else {field.pointer: field.typed}

    def take(self, field: Field, *, text: str | None = None, value: object = None, onwards: bool = False) -> None:
        """Take a typed text, or a chosen value, and go on if that is wanted."""
        if self._panes.view not in field.ancestors or not self._exists(field):
            return
        if text is None:
            self.take_value(field, value)
        else:
            self.take_text(field, text)
        if onwards:
            self.go_on_from(field)

    def take_text(self, field: Field, text: str) -> None:
        """Take typed text."""
        before = self._session.state
        self._session.answer(field.pointer, text)
        if self._session.state is not before:
            self._on_step()
            return
        question = self._session.at(field.pointer)
        if question is not None:
            field.show(question, taken=True)
        self._on_typing()

    def take_value(self, field: Field, value: object) -> None:
        """Take a chosen value; None clears the answer."""
        before = self._session.state
        if value is None:
            self._session.clear(field.pointer)
        else:
            self._session.choose(field.pointer, value)
        if self._session.state is not before:
            self._on_step()

    def take_typed(self) -> None:
        """Take what stands in the field one is in, before anything else happens: nothing typed is lost."""
        field = self.field
        if field is not None and field.typed is not None:
            self.take_text(field, field.typed)

    def go_on_from(self, field: Field) -> None:
        """Go to what comes after a field, past its suggestions."""
        chain = self._screen.focus_chain
        inside = [number for number, widget in enumerate(chain) if field in widget.ancestors]
        if inside and inside[-1] + 1 < len(chain):
            self._screen.set_focus(chain[inside[-1] + 1])

    def _exists(self, field: Field) -> bool:
        """Whether the item a field is about still exists: it may have been deleted meanwhile."""
        location = self._session.locate(field.pointer)
        return location is not None and (location.item is None or self._session.item(location.item) is not None)

    def on_input(self, editor: Input) -> None:
        """Keep what is being typed, and soon say how an amount or a date is read."""
        self._on_typing()
        if self._pause is not None:
            self._pause.stop()
        field = self.field
        if field is None or editor is not field.editor or field.typed is None:
            return
        if isinstance(field.draft_part.question.kind, Exact | Whole | Day | Moment):
            self._pause = self._screen.set_timer(PAUSE, lambda: self.read_back(field))

    def read_back(self, field: Field) -> None:
        """Say how an amount or a date is read while it is typed; of what is not clear yet, nothing."""
        text = field.typed
        if text is None or not text.strip() or not self._exists(field):
            field.hint("")
            return
        reading = self._session.understand(field.pointer, text)
        if isinstance(reading, Understood):
            field.hint(f"= {reading.shown}{self._rules_met_by(field, text)}")
        else:
            field.hint("")

    def _rules_met_by(self, field: Field, text: str) -> str:
        """Which rules would be met that are not yet. Those that would fail are named when the text is entered."""
        report = self._session.preview(field.pointer, text)
        if report is None:
            return ""
        now = {result.rule: result.status for result in self._session.report.results}
        better = [one.rule for one in report.results if one.status == "pass" and now.get(one.rule) != "pass"]
        return f"   would meet {', '.join(better)}" if better else ""

    async def pick(self, field: Field, typed: str) -> None:
        """Show the list of choices of a question, ``typed`` looked for in it, and take what is chosen."""
        question = field.draft_part
        screen = pick_list(self._session, question, typed)
        picked: Picked | None = await self._screen.app.push_screen_wait(screen)
        if not self._exists(field):
            return
        if isinstance(picked, tuple):
            if list(picked) != (question.value or []):
                self.take_value(field, list(picked) or None)
        elif picked in {choice.code for choice in self._session.choices(question.question)}:
            self.take_value(field, picked)
        elif picked is not None:
            self.take_text(field, picked)
        if screen.onwards:
            self.go_on_from(field)


def pick_list(session: Session, draft_part: DraftQuestion, typed: str) -> PickList:
    """The list of choices of a question."""
    question = draft_part.question
    several = isinstance(question.kind, Many)
    value = draft_part.value
    chosen = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    return PickList(
        question.ask,
        session.choices(question),
        [str(one) for one in chosen],
        several=several,
        own=question.own_text,
        typed=typed,
        read=lambda text: session.understand(draft_part.pointer, text),
    )


class ItemEdits:
    """Adds, copies, deletes and moves the items of groups. All of it can be undone, and the applicant is told so."""

    def __init__(self, screen: Screen[Any], panes: Panes, answers: Answers, on_step: Callable[[], None]) -> None:
        self._screen = screen
        self._panes = panes
        self._session: Session = panes.session
        self._answers = answers
        self._on_step = on_step

    async def do(self, box: GroupBox, what: str, item: DraftItem | None) -> None:
        """Do something with a group, or with an item of it."""
        self._answers.take_typed()
        if what == "add":
            await self._open_new(self._session.add(box.pointer))
        elif what == "close":
            self._session.close(box.pointer)
            self._on_step()
            self._screen.set_focus(box.entrance)
        elif what == "none":
            self._session.say_none(box.pointer)
            self._on_step()
            self._screen.set_focus(box.entrance)
        elif item is None:
            return
        elif what == "edit":
            await self._panes.open_item(item.pointer)
        elif what == "duplicate":
            await self._open_new(self._session.duplicate(item.pointer))
            self._screen.app.notify(f"This is a copy of “{visible(item.title)}”.", markup=False)
        elif what == "delete":
            self._delete_soon(box, item)
        else:
            self._move(box, item.pointer, -1 if what == "up" else 1)

    async def _open_new(self, place: str) -> None:
        self._on_step()
        await self._panes.open_item(place)

    def _delete_soon(self, box: GroupBox, item: DraftItem) -> None:
        self._screen.run_worker(self._delete(box, item), exclusive=True, group="overlay")

    async def _delete(self, box: GroupBox, item: DraftItem) -> None:
        if await run_async(remove_item(self._session, item.pointer), partial(show_step, self._screen.app)):
            self._on_step()
            self._screen.set_focus(box.entrance)

    def paste_soon(self, box: GroupBox, text: str) -> None:
        """Take a table that was pasted into a group, after asking what to do with it."""
        self._answers.take_typed()
        self._screen.run_worker(self._paste(box, text), exclusive=True, group="overlay")

    async def _paste(self, box: GroupBox, text: str) -> None:
        if await run_async(paste_table(self._session, box.pointer, text), partial(show_step, self._screen.app)):
            self._on_step()
            self._screen.set_focus(box.entrance)

    def _move(self, box: GroupBox, place: str, by: int) -> None:
        moved = self._session.move(place, by)
        if moved != place:
            self._on_step()
            box.items.cursor = int(moved.rpartition("/")[2])

    async def leave(self, view: ItemView, *, onwards: bool = False) -> GroupBox | None:
        """Go from an item back to its page: to its row in the table, or ``onwards`` past the table."""
        self._answers.take_typed()
        group, _, number = view.item.pointer.rpartition("/")
        await self._panes.open(page_view_id(view.page), group)
        page = self._panes.view
        box = page.parts.get(group) if isinstance(page, Sheet) else None
        if not isinstance(box, GroupBox):
            return None
        box.items.cursor = int(number)
        if onwards:
            self._screen.set_focus(box.exit)
        return box

    async def delete_open(self, view: ItemView) -> None:
        """Delete the item that is open, and go back to its page."""
        box = await self.leave(view)
        if box is not None:
            self._delete_soon(box, view.item)

    async def add_after(self, view: ItemView) -> None:
        """Add another item to the group of the one that is open."""
        self._answers.take_typed()
        await self._open_new(self._session.add(view.item.pointer.rpartition("/")[0]))
