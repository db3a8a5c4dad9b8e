"""Screens on which whoever has the keyboard is in sight, whatever else there is to say."""

from __future__ import annotations

from typing import TypeVar

from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets._toast import Toast, ToastRack

from mpfcheck.wizard.widgets.field import Field
from mpfcheck.wizard.widgets.group_box import Items
from mpfcheck.wizard.widgets.menu import Menu

__all__ = ["InView"]

T = TypeVar("T")


class InView(Screen[T]):
    """Messages get room of their own below the panes, and what has the keyboard is scrolled to when things move."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """What has the keyboard. It draws itself; the screen behind it need not be drawn again."""

    _seen: object = None

    def watch_in_view(self, panes: Widget) -> None:
        """Look after it from now on; ``panes`` are what makes room for messages."""
        self._panes = panes
        self.screen_layout_refresh_signal.subscribe(self, lambda _: self._look(), immediate=True)
        self.watch(self, "focused", self._look_soon, init=False)

    def _look_soon(self) -> None:
        self._seen = None  # whoever gets the keyboard is looked for, even where it stood a while ago
        self.call_after_refresh(self._look)

    def _look(self) -> None:
        height = self._height_of_messages()
        if self._panes.styles.margin.bottom != height:
            self._panes.styles.margin = (0, 0, height, 0)
            return  # laid out again, and looked at again then
        widget = self.focused
        if widget is None:
            return
        field = next((node for node in widget.ancestors_with_self if isinstance(node, Field)), None)
        holder = next((node for node in widget.ancestors if isinstance(node, VerticalScroll)), None)
        if holder is None:
            return
        regions = [_within(holder, node) for node in (field, widget) if node is not None]
        seen = (widget, tuple(regions), holder.size)
        if seen == self._seen:
            return  # nothing moved: who scrolls away on purpose is let
        self._seen = seen
        if isinstance(widget, Menu) and field is None:
            # A list that is a page of its own: what stands above it stays.
            self.call_after_refresh(widget.show_cursor)
            return
        # The question with all that is said about it; where that is too much, the field itself. Only one of them: a
        # scroll is done later, so that a second one would be reckoned from where the first began.
        room = holder.scrollable_content_region.height
        region = next((region for region in regions if region.height <= room), regions[-1])
        holder.scroll_to_region(region, animate=False, force=True)
        if isinstance(widget, Items | Menu) and region.height > room:
            self.call_after_refresh(widget.show_cursor)

    def _height_of_messages(self) -> int:
        racks = [node for node in self.children if isinstance(node, ToastRack)]
        shown = [toast for rack in racks for toast in rack.query(Toast) if toast.display]
        height = sum(toast.outer_size.height + toast.styles.margin.bottom for toast in shown)
        return min(height, self.size.height // 2)


def _within(holder: Widget, widget: Widget) -> Region:
    """Where a widget stands in what scrolls it."""
    region = Region(0, 0, *widget.outer_size)
    node = widget
    while node is not holder and isinstance(node.parent, Widget):
        region = region.translate(node.virtual_region.offset)
        node = node.parent
    return region
