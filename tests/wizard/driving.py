"""Drives the wizard without a terminal: opens it on a draft, waits until it is still, and reads what it shows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from mpfcheck.drafting.desk import Desk
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.shelf import Shelf
from mpfcheck.wizard.app import Wizard
from mpfcheck.wizard.dialogs import Overlay
from mpfcheck.wizard.widgets.field import Field
from mpfcheck.wizard.widgets.menu import Menu
from mpfcheck.wizard.work_screen import WorkScreen

__all__ = ["Driven", "Steps", "run", "screen_text"]

Steps = Callable[["Driven"], Awaitable[None]]


def run(steps: Steps, folder: Path, draft: bytes | None = None, size: tuple[int, int] = (120, 40)) -> Wizard:
    """Run the wizard on a draft (the start page without one), do the steps in it, and give it back when it is left."""
    return asyncio.run(_run(steps, folder, draft, size))


async def _run(steps: Steps, folder: Path, draft: bytes | None, size: tuple[int, int]) -> Wizard:
    async with driven(folder, draft, size) as user:
        await steps(user)
        return user.app


@asynccontextmanager
async def driven(folder: Path, draft: bytes | None, size: tuple[int, int]) -> AsyncIterator[Driven]:
    """The wizard, running."""
    path = folder / "draft.json" if draft is not None else None
    if path is not None and draft is not None:
        path.write_bytes(draft)
    app = Wizard(Desk(shelf=Shelf(Folders(folder / "drafts", folder / "state"))), path)
    async with app.run_test(size=size, notifications=True) as pilot:
        user = Driven(app, pilot, folder)
        await user.still()
        yield user
        # The draft is given back, as it is whenever somebody leaves.
        await app.action_leave_at_once()


def screen_text(app: Wizard) -> str:
    """What stands on the screen, line by line, without blanks at the ends."""
    # Private, and the only way to what is shown as plain text: kept in this one place.
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips).rstrip("\n") + "\n"


class Driven:
    """Somebody at the wizard."""

    def __init__(self, app: Wizard, pilot: Pilot[None], folder: Path) -> None:
        self.app = app
        self.pilot = pilot
        self.folder = folder
        # They disappear after some seconds, which a busy machine may take to show a screen: all of them are kept here.
        # Some may have been given before anybody could drive; those are kept in a private place only.
        self.notices = [notice.message for notice in app._notifications]
        notify = app.notify

        def noted(message: str, **how: Any) -> None:
            self.notices.append(message)
            notify(message, **how)

        app.notify = noted  # type: ignore[method-assign]

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return screen_text(self.app)

    @property
    def dialog(self) -> str:
        """The words of the dialog that is open; empty where none is."""
        if not isinstance(self.app.screen, Overlay):
            return ""
        return " ".join(" ".join(line.strip("│ ") for line in self.text.splitlines()).split())

    @property
    def work(self) -> WorkScreen:
        """The screen of a draft."""
        found = [screen for screen in self.app.screen_stack if isinstance(screen, WorkScreen)]
        assert found, f"no draft is open:\n{self.text}"
        return found[0]

    @property
    def focused(self) -> object:
        """What has the keyboard."""
        return self.app.focused

    async def still(self) -> None:
        """Wait until everything that was asked for is done and drawn."""
        for _ in range(2):
            await self.pilot.pause()
        while not self.app.keys_done:
            await self.pilot.pause()

    async def see(self, words: str) -> None:
        """Wait until these words are on the screen, whatever the line breaks: a scroll takes several drawings."""
        for _ in range(60):
            if words in " ".join(self.text.split()):
                return
            await self.pilot.pause(0.05)
        raise AssertionError(f"not on the screen: {words}\n{self.text}")

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)
        await self.still()

    async def do(self, action: str) -> None:
        """Run an action of the draft's screen, as its keys, words and the palette do."""
        await self.work.run_action(action)
        await self.still()

    async def choose_in_palette(self, words: str) -> None:
        """Look for words in the palette and take the first that it finds."""
        await self.press("ctrl+p")
        palette = self.app.screen
        assert isinstance(palette, CommandPalette)
        palette.query_one(Input).value = words
        for _ in range(40):
            await self.pilot.pause(0.05)
            if palette.query_one("OptionList").option_count and palette._list_visible:  # type: ignore[attr-defined]
                break
        await self.press("enter")
        await self.still()

    async def type(self, text: str, *keys: str) -> None:
        """Put text into the field that has the keyboard, at once, then press keys."""
        widget = self.app.focused
        if isinstance(widget, TextArea):
            widget.load_text(text)
        else:
            assert isinstance(widget, Input), f"not a text field: {widget}\n{self.text}"
            widget.value = text
        await self.still()
        await self.press(*keys)

    async def choose(self, entry_id: str) -> None:
        """Choose an entry of the list on the screen."""
        menu = self.app.screen.query_one(Menu)
        menu.stand_on(entry_id)
        assert menu.here is not None
        assert menu.here.id == entry_id, self.text
        await self.press("enter")

    async def find(self, pointer: str) -> Field:
        """Go to the field at a place."""
        await self.do(f"find({pointer!r})")
        field = self.work.answers.field
        assert field is not None, self.text
        return field
