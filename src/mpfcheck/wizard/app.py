"""The wizard as a program: the start page and the work on a draft, from the first screen to the last."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import deque
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from textual import events, work
from textual.app import App
from textual.binding import Binding
from textual.command import CommandPalette
from textual.driver import Driver
from textual.events import Resize
from textual.geometry import Size
from textual.notifications import Notify
from textual.widgets import Input, TextArea

from mpfcheck.drafting.ahead import get_ready
from mpfcheck.drafting.desk import Desk, Ending
from mpfcheck.drafting.desk import Work as OpenDraft
from mpfcheck.drafting.dialogues.opening import import_draft, new_draft, open_draft
from mpfcheck.drafting.dialogues.steps import Dialogue, run_async
from mpfcheck.drafting.store.errors import DraftError, printable
from mpfcheck.forms.load import NoFormError
from mpfcheck.packs.mistake import PackError
from mpfcheck.wizard.dialogs import show_step
from mpfcheck.wizard.explain import keys_help
from mpfcheck.wizard.palette import Actions, QuestionProvider
from mpfcheck.wizard.start_screen import Start
from mpfcheck.wizard.text import visible
from mpfcheck.wizard.theme import DARK, FEW_DARK, FEW_LIGHT, LIGHT, first_theme
from mpfcheck.wizard.work_screen import WorkScreen

__all__ = ["Wizard", "run_wizard"]

MIN_SIZE = Size(80, 24)
"""From this size on everything that matters is in sight."""

MOST_NOTICES = 2
"""So many notices beside each other leave room for a page of 24 lines."""

KEY_TIMEOUT = 1.0
"""Seconds a key waits, at most, for what those before it set going."""

_ROUNDS = 8
"""How often one key may lead on to another screen or widget before the next key is looked at."""

ENDINGS = tuple(getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name))
"""The signals that end the program as F10 does, with everything saved."""


def run_wizard(draft: Path | None, *, call_id: str | None = None, folders: tuple[Path, ...] = ()) -> Ending:
    """Show the screens for the draft at a path, or the start page, until the applicant leaves.

    ``call_id`` is the call of a new draft, ``folders`` hold calls from elsewhere. Raises DraftError where the draft
    cannot be opened, PackError and NoFormError where its call cannot be asked about.
    """
    get_ready()
    app = Wizard(Desk(folders, looks_ahead=True), draft, call_id)
    app.run()
    if app.failure is not None:
        raise app.failure
    return app.ending


class Wizard(App[None]):
    """Screens over a desk.

    ``ending`` says how it was left, ``failure`` why the draft it was started with cannot be opened.
    """

    TITLE = "mpfcheck"
    CSS_PATH = "wizard.tcss"
    COMMANDS = {Actions, QuestionProvider}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    NOTIFICATION_TIMEOUT = 6
    BINDINGS = [
        Binding("ctrl+q", "leave_at_once", "Quit", show=False, priority=True),
        Binding("ctrl+c", "interrupt", "Quit", show=False, priority=True),
        Binding("f9", "toggle_colours", "Light or dark", show=False, priority=True),
    ]

    def __init__(self, desk: Desk, draft: Path | None = None, call_id: str | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.call_id = call_id
        self.ending = Ending()
        self.failure: DraftError | PackError | NoFormError | None = None
        self._first_draft = draft
        self._work: WorkScreen | None = None
        self._quit_armed = False
        self._small_window_noted = False
        self._in_text = False
        self._waiting: deque[events.Event] | None = None
        self._settling: asyncio.Task[None] | None = None
        self._ended_by: int | None = None
        few = self.console.color_system in ("256", "standard")
        for theme in (FEW_DARK, FEW_LIGHT) if few else (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = first_theme()

    def get_driver_class(self) -> type[Driver]:
        """The terminal that keeps keys apart and notices that it was closed, wherever there is one like that."""
        usual = super().get_driver_class()
        if os.name == "nt":
            return usual
        from textual.drivers.linux_driver import LinuxDriver

        from mpfcheck.wizard.terminal import Terminal

        return Terminal if usual is LinuxDriver else usual

    async def on_event(self, event: events.Event) -> None:
        """Let a key begin once everything that the keys before it set going is done.

        Textual hands a key to whatever has the keyboard when the key arrives, and many keys come back here before they
        act. Who types fast, or on a slow line, types for the field or the page that comes next, before it is there.
        """
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._waiting is not None:
            self._waiting.append(event)
        elif self._in_text and not self._is_letter(event):
            self._wait_with(event)
        else:
            await self._hand_on(event)
            if not self._in_text:
                self._wait_with()

    async def _hand_on(self, event: events.Event) -> None:
        self._in_text = self._is_letter(event)
        await super().on_event(event)

    def _is_letter(self, event: events.Event) -> bool:
        """Whether a key only adds to a text: such keys lead nowhere, and need not wait for each other."""
        return isinstance(event, events.Key) and event.is_printable and isinstance(self.focused, Input | TextArea)

    def _wait_with(self, *keys: events.Event) -> None:
        self._waiting = deque(keys)
        self._settling = asyncio.create_task(self._go_on_with_keys())

    async def _go_on_with_keys(self) -> None:
        """Hand on the keys that wait, each once those before it are done."""
        waiting = self._waiting
        try:
            await self._settled()
            while waiting:
                key = waiting.popleft()
                if not (self._in_text and self._is_letter(key)):
                    await self._settled()
                await self._hand_on(key)
                if not waiting:
                    await self._settled()
        except Exception as error:  # noqa: BLE001 - a task of its own has nobody else to tell
            self._handle_exception(error)
        finally:
            self._waiting = None

    @property
    def keys_done(self) -> bool:
        """Whether all keys so far are done."""
        return self._waiting is None

    async def _settled(self) -> None:
        """Wait until the keys that were handed on have done all they do, as far as to another screen."""
        with suppress(TimeoutError):
            # What does not answer must not stop the keyboard.
            await asyncio.wait_for(self._settle(), KEY_TIMEOUT)

    async def _settle(self) -> None:
        for _ in range(_ROUNDS):
            before = (self.screen, self.focused)
            for node in self.focused.ancestors_with_self if self.focused else (self.screen, self):
                # Twice: what a key made a widget say stands in its queue behind the first of our questions.
                for _ in range(2):
                    done = asyncio.Event()
                    if node.call_later(done.set):
                        await done.wait()
            await asyncio.sleep(0)
            if (self.screen, self.focused) == before:
                return

    def notify(self, message: str, **how: Any) -> None:
        """Tell something beside the screen: whatever it quotes is made visible here, for all that tell."""
        super().notify(visible(message, lines=True), **how)

    def on_notify(self, event: Notify) -> None:
        """Make room for a notice: what is said again, and the oldest, gives way before it covers the page."""
        there = sorted(self._notifications, key=lambda one: (one.severity != "information", one.raised_at))
        others = [one for one in there if one.message != event.notification.message]
        stay = others[-(MOST_NOTICES - 1) :]
        for one in there:
            if one not in stay:
                self._unnotify(one)

    def on_mount(self) -> None:
        """Begin at the start page, or with the draft that was named."""
        self._heed_endings()
        if self._first_draft is None:
            self.push_screen(Start(self.desk))
        else:
            self.open_given(self._first_draft)

    def on_resize(self, event: Resize) -> None:
        """Say once, kindly, where the window is small."""
        small = event.size.width < MIN_SIZE.width or event.size.height < MIN_SIZE.height
        if small and not self._small_window_noted:
            size, better = (f"{one.width} by {one.height}" for one in (event.size, MIN_SIZE))
            words = f"This window is small ({size}). Everything works, but {better} shows more."
            self.notify(words, markup=False)
        self._small_window_noted = small

    @work(exclusive=True, group="opening")
    async def open_given(self, path: Path) -> None:
        """Open the draft the program was started with; the command line says what is wrong with it."""
        try:
            draft = await self._run(open_draft(self.desk, path, self.call_id))
        except (DraftError, PackError, NoFormError) as error:
            self.failure = error
            self.exit()
            return
        if draft is None:
            self.exit()
        else:
            self._show(draft)

    @work(exclusive=True, group="opening")
    async def open_draft(self, path: Path) -> None:
        """Open a draft of the list."""
        await self._open(open_draft(self.desk, path, self.call_id))

    @work(exclusive=True, group="opening")
    async def start_draft(self) -> None:
        """Start a new draft."""
        await self._open(new_draft(self.desk, self.call_id))

    @work(exclusive=True, group="opening")
    async def import_file(self) -> None:
        """Start with a copy of a file."""
        await self._open(import_draft(self.desk, self.call_id))

    async def _open(self, dialogue: Dialogue[OpenDraft | None]) -> None:
        try:
            draft = await self._run(dialogue)
        except (DraftError, PackError, NoFormError) as error:
            self.notify(str(error), severity="error", timeout=12, markup=False)
            return
        if draft is not None:
            self._show(draft)

    async def _run(self, dialogue: Dialogue[OpenDraft | None]) -> OpenDraft | None:
        return await run_async(dialogue, partial(show_step, self))

    def _show(self, draft: OpenDraft) -> None:
        self._work = WorkScreen(draft, self.desk)
        self.push_screen(self._work, self._left)

    def _left(self, where: str | None) -> None:
        """A draft was left: for the start page, for good, or to be opened again as one for another call."""
        path = self._work.draft.file.path if self._work else None
        self._close()
        if where == "again" and path is not None:
            self.open_draft(path)
            return
        if where == "start" and self._first_draft is None:
            return
        if where == "start":
            self._first_draft = None
            self.push_screen(Start(self.desk))
        else:
            self.exit()

    def _close(self) -> None:
        """Save what is left and give the draft back. A text that is not confirmed is kept in its field."""
        screen = self._work
        if screen is None:
            return
        self._work = None
        screen.saving.save_on_leaving()
        self.ending = screen.saving.keeper.ending(by_signal=self._ended_by)
        screen.draft.file.close()

    def _heed_endings(self) -> None:
        """Save and leave where the terminal is closed, or the program is asked to end."""
        loop = asyncio.get_running_loop()
        for number in ENDINGS:
            # Only in the main thread of a Unix; elsewhere there is nothing to heed.
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, self._end_of, number)

    def hang_up(self) -> None:
        """Save and leave: the terminal is gone."""
        self._end_of(getattr(signal, "SIGHUP", signal.SIGTERM))

    def _end_of(self, number: int) -> None:
        if self._ended_by is not None:
            return
        self._ended_by = number
        self.ending = Ending(signal=number)
        try:
            self._close()
        finally:
            self.exit()

    def action_leave(self) -> None:
        """Quit from the start page."""
        self.exit()

    async def action_leave_at_once(self) -> None:
        """Quit from anywhere: everything is saved, and a text that is not confirmed is kept in its field."""
        self._close()
        self.exit()

    async def action_interrupt(self) -> None:
        """Ctrl+C copies what is selected; twice, it quits."""
        focused = self.focused
        in_field = focused.selected_text if isinstance(focused, Input | TextArea) else ""
        selected = in_field or self.screen.get_selected_text()
        if selected:
            self.copy_to_clipboard(selected)
            self.notify("Copied. Some terminals do not allow programs to copy.", markup=False)
            return
        if self._quit_armed:
            await self.action_leave_at_once()
            return
        self._quit_armed = True
        self.set_timer(3, self._go_on)
        self.notify("Press Ctrl+C again to quit. All answers are saved.", timeout=3, markup=False)

    def _go_on(self) -> None:
        self._quit_armed = False

    def action_toggle_colours(self) -> None:
        """Change between light and dark."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_command_palette(self) -> None:
        """Find anything by words."""
        if not CommandPalette.is_open(self):  # type: ignore[arg-type]
            self.push_screen(CommandPalette(placeholder="Type words of a question, page, rule or action"))

    def action_show_keys(self) -> None:
        """Say how to move about."""
        self.push_screen(keys_help())

    def where(self) -> str:
        """The path of the draft that is open; empty where none is."""
        return printable(self._work.draft.file.path) if self._work else ""
