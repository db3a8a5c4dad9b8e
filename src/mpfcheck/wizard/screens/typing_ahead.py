"""The keys that lead onwards, wherever one is. They are done before the next key is looked at."""

from __future__ import annotations

from textual.actions import SkipAction
from textual.binding import Binding
from textual.widgets import Button

from mpfcheck.wizard.screens.grouping import Grouping
from mpfcheck.wizard.widgets.group_box import GroupBox, Items
from mpfcheck.wizard.widgets.inputs import Choices, Line
from mpfcheck.wizard.widgets.menu import Menu

__all__ = ["TypingAhead"]


class TypingAhead(Grouping):
    """Handles the keys that lead onwards."""

    BINDINGS = [
        Binding("enter", "in_order('enter')", "Next field", id="enter", show=False, priority=True),
        Binding("tab", "in_order('field(1)')", "Next field", id="next_field", show=False, priority=True),
        Binding("shift+tab", "in_order('field(-1)')", "Field before", id="field_before", show=False, priority=True),
        Binding("pagedown,ctrl+n", "in_order('turn(1)')", "Next page", id="next", show=False, priority=True),
        Binding("pageup,ctrl+t", "in_order('turn(-1)')", "Page before", id="before", show=False, priority=True),
        Binding("ctrl+p,ctrl+f", "in_order('palette')", "Find anything", id="find", show=False, priority=True),
        Binding("ctrl+s", "in_order('saved')", "Is it saved?", id="saved", show=False, priority=True),
    ]

    async def action_in_order(self, action: str) -> None:
        """Run an action before the widget that has the keyboard sees the key."""
        if not await self.app.run_action(action, self):
            raise SkipAction

    async def action_enter(self) -> None:
        """Go on; what was typed is taken. It chooses nothing, but for a suggestion one went to with Down."""
        focused, field = self.focused, self.field_here()
        if isinstance(focused, Line) and field is not None:
            await self.take(field, text=focused.value, onwards=True)
        elif isinstance(focused, Choices) and field is not None:
            if field.is_suggestion(focused):
                chosen = focused.options[focused.cursor].value
                await self.take(field, value=field.value_of(focused, chosen), onwards=True)
            else:
                self.go_on_from(field)
        elif isinstance(focused, Items) and (box := self._box()) is not None:
            await self.do_with(box, "edit", focused.here)
        elif isinstance(focused, Button) and self._box() is not None:
            self.focus_next()
        elif isinstance(focused, Button) and (action := getattr(focused, "name_of_action", "")):
            await self.run_action(action)
        elif isinstance(focused, Menu) and focused.here and (action_of := getattr(self.view, "action_of", None)):
            await self.run_action(action_of(focused.here))
        else:
            raise SkipAction

    def action_field(self, by: int) -> None:
        """Go to the next field, or the one before; what was typed is taken."""
        self.take_what_is_typed()
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def _box(self) -> GroupBox | None:
        """The group one is in."""
        found = [node for node in self.focused.ancestors if isinstance(node, GroupBox)] if self.focused else []
        return found[0] if found else None
