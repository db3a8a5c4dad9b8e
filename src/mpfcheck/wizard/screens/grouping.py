"""What can be done with the items of a group."""

from __future__ import annotations

from textual import on, work

from mpfcheck.drafting.asked import AskedItem, AskedQuestion
from mpfcheck.report.words import counted
from mpfcheck.wizard.dialogs import Ask, way
from mpfcheck.wizard.screens.answering import Answering
from mpfcheck.wizard.sheets import ItemView, page_view_id
from mpfcheck.wizard.text import visible
from mpfcheck.wizard.widgets.group_box import GroupBox, ItemRequest

__all__ = ["Grouping"]


class Grouping(Answering):
    """Adds, copies, takes out and moves items. All of it can be undone, and is told so."""

    @on(ItemRequest)
    async def _wanted(self, message: ItemRequest) -> None:
        message.stop()
        await self.do_with(message.box, message.what, message.item)

    async def do_with(self, box: GroupBox, what: str, item: AskedItem | None) -> None:
        """Do something with a group, or with an item of it."""
        self.take_what_is_typed()
        if what == "add":
            await self._added(self.session.add(box.pointer))
        elif what == "none":
            self.session.say_none(box.pointer)
            self.stepped()
            self.set_focus(box.entrance)
        elif item is None:
            return
        elif what == "edit":
            await self.open_item(item.pointer)
        elif what == "duplicate":
            await self._added(self.session.duplicate(item.pointer))
            self.app.notify(f"This is a copy of “{visible(item.title)}”.", markup=False)
        elif what == "delete":
            self._delete(box, item.pointer, item.title)
        else:
            self._move(box, item.pointer, -1 if what == "up" else 1)

    async def _added(self, place: str) -> None:
        self.stepped()
        await self.open_item(place)

    @work(exclusive=True, group="overlay")
    async def _delete(self, box: GroupBox, place: str, title: str) -> None:
        """Delete an item; where answers name it, ask first."""
        references = self.session.references(place)
        if references:
            number = counted(len(references), "answer names", "answers name")
            places = "\n".join(f"- {place}" for place in dict.fromkeys(map(self._place_of, references)))
            ways = [way("keep", "Keep it"), way("delete", "Delete it", "the answers that name it are marked then")]
            ask = Ask(f"Delete “{visible(title)}”?", f"{number} it:\n{places}", ways, closing="keep it")
            if await self.app.push_screen_wait(ask) != "delete":
                return
        if self.session.item(place) is None:
            return
        self.session.remove(place)
        self.stepped()
        words = f"“{visible(title)}” was deleted. Ctrl+Z brings it back."
        self.app.notify(words, severity="warning" if references else "information", timeout=12, markup=False)
        self.set_focus(box.entrance)

    def _place_of(self, reference: AskedQuestion) -> str:
        return visible(self.session.title_of(reference.pointer))

    def _move(self, box: GroupBox, place: str, by: int) -> None:
        moved = self.session.move(place, by)
        if moved != place:
            self.stepped()
            box.items.cursor = int(moved.rpartition("/")[2])

    async def action_item_done(self, onwards: bool = False) -> None:
        """Go from an item back to its page: to its row, or ``onwards`` past the table."""
        view = self.view
        if isinstance(view, ItemView):
            self.take_what_is_typed()
            group, place = view.item.pointer.rpartition("/")[::2]
            await self.open_view(page_view_id(view.page), group)
            box = getattr(self.view, "parts", {}).get(group)
            if isinstance(box, GroupBox):
                box.items.cursor = int(place)
                if onwards:
                    self.set_focus(box.exit)

    async def action_item_delete(self) -> None:
        """Delete the item one is at."""
        view = self.view
        if isinstance(view, ItemView):
            item = view.item
            await self.action_item_done()
            box = getattr(self.view, "parts", {}).get(item.pointer.rpartition("/")[0])
            if isinstance(box, GroupBox):
                self._delete(box, item.pointer, item.title)

    async def action_item_another(self) -> None:
        """Add another item to the group one is in."""
        view = self.view
        if isinstance(view, ItemView):
            self.take_what_is_typed()
            await self._added(self.session.add(view.item.pointer.rpartition("/")[0]))
