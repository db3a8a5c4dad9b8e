"""What can be done with the items of a group."""

from __future__ import annotations

from textual import on

from mpfcheck.reporting.wording import counted
from mpfcheck.wizard.screens.answering import Answering
from mpfcheck.wizard.views.item import ItemView
from mpfcheck.wizard.views.page import page_view_id
from mpfcheck.wizard.visible import visible
from mpfcheck.wizard.widgets.group_box import GroupBox, Wanted

__all__ = ["Grouping"]


class Grouping(Answering):
    """Adds, copies, takes out and moves items. Nothing is asked before: all of it can be undone, and is told so."""

    @on(Wanted)
    async def _wanted(self, message: Wanted) -> None:
        message.stop()
        self.take_what_is_typed()
        box, item = message.box, message.item
        if message.what == "add":
            await self._added(self.session.add(box.pointer))
        elif message.what == "none":
            self.session.say_none(box.pointer)
            self.stepped()
            box.focus_group()
        elif item is None:
            return
        elif message.what == "edit":
            await self.open_item(item.pointer)
        elif message.what == "duplicate":
            await self._added(self.session.duplicate(item.pointer))
            self.app.notify(f"This is a copy of “{visible(item.title)}”.", markup=False)
        elif message.what == "delete":
            self._delete(box, item.pointer, item.title)
        else:
            self._move(box, item.pointer, -1 if message.what == "up" else 1)

    async def _added(self, place: str) -> None:
        self.stepped()
        await self.open_item(place)

    def _delete(self, box: GroupBox, place: str, title: str) -> None:
        references = self.session.references(place)
        self.session.remove(place)
        self.stepped()
        words = f"“{visible(title)}” was deleted. Ctrl+Z brings it back."
        if references:
            places = "; ".join(dict.fromkeys(self.session.title_of(one.pointer) for one in references[:3]))
            more = f" and {len(references) - 3} more" if len(references) > 3 else ""
            answers = counted(len(references), "answer still names", "answers still name")
            words += f" {answers} it: {visible(places)}{more}."
        self.app.notify(words, severity="warning" if references else "information", timeout=12, markup=False)
        box.focus_group()

    def _move(self, box: GroupBox, place: str, by: int) -> None:
        moved = self.session.move(place, by)
        if moved != place:
            self.stepped()
            box.items.cursor = int(moved.rpartition("/")[2])

    async def action_item_done(self) -> None:
        """Go from an item back to its page."""
        view = self.view
        if isinstance(view, ItemView):
            self.take_what_is_typed()
            group, place = view.item.pointer.rpartition("/")[::2]
            await self.open_view(page_view_id(view.page), group)
            box = getattr(self.view, "parts", {}).get(group)
            if isinstance(box, GroupBox):
                box.items.cursor = int(place)

    async def action_item_another(self) -> None:
        """Add another item to the group one is in."""
        view = self.view
        if isinstance(view, ItemView):
            self.take_what_is_typed()
            await self._added(self.session.add(view.item.pointer.rpartition("/")[0]))
