"""The wizard as a program: the start page and the work on a draft, from the first screen to the last."""

from __future__ import annotations

from pathlib import Path

from textual import work
from textual.app import App
from textual.binding import Binding
from textual.command import CommandPalette
from textual.events import Resize
from textual.geometry import Size
from textual.widgets import Input, TextArea

from mpfcheck.calls.mistake import PackError
from mpfcheck.drafting.desk import Desk
from mpfcheck.drafting.desk import Work as OpenDraft
from mpfcheck.drafting.ending import Ending
from mpfcheck.drafting.store.trouble import DraftError, printable
from mpfcheck.forms.load import NoFormError
from mpfcheck.wizard.opening import begun, copied, opened
from mpfcheck.wizard.palette import Actions, Questions
from mpfcheck.wizard.screens.keys import keys_help
from mpfcheck.wizard.screens.start import Start
from mpfcheck.wizard.screens.work import Work
from mpfcheck.wizard.theme import DARK, LIGHT, first_theme

__all__ = ["Wizard", "run_wizard"]

LEAST = Size(80, 24)
"""From this size on everything that matters is in sight."""


def run_wizard(draft: Path | None, *, call_id: str | None = None, folders: tuple[Path, ...] = ()) -> Ending:
    """Show the screens for the draft at a path, or the start page, until the applicant leaves.

    ``call_id`` is the call of a new draft, ``folders`` hold calls from elsewhere. Raises DraftError where the draft
    cannot be opened, PackError and NoFormError where its call cannot be asked about.
    """
    app = Wizard(Desk(folders), draft, call_id)
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
    COMMANDS = {Actions, Questions}
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
        self._given = draft
        self._work: Work | None = None
        self._asked_to_stop = False
        self._told_small = False
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = first_theme()

    def on_mount(self) -> None:
        """Begin at the start page, or with the draft that was named."""
        if self._given is None:
            self.push_screen(Start(self.desk))
        else:
            self.open_given(self._given)

    def on_resize(self, event: Resize) -> None:
        """Say once, kindly, where the window is small."""
        small = event.size.width < LEAST.width or event.size.height < LEAST.height
        if small and not self._told_small:
            size = f"{event.size.width} by {event.size.height}"
            words = f"This window is small ({size}). Everything works; {LEAST.width} by {LEAST.height} would show more."
            self.notify(words, markup=False)
        self._told_small = small

    @work(exclusive=True, group="opening")
    async def open_given(self, path: Path) -> None:
        """Open the draft the program was started with; what is wrong with it is for the command line to say."""
        try:
            draft = await opened(self, path)
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
        await self._open(opened(self, path))

    @work(exclusive=True, group="opening")
    async def begin(self) -> None:
        """Begin a new draft."""
        await self._open(begun(self))

    @work(exclusive=True, group="opening")
    async def import_file(self) -> None:
        """Begin with a copy of a file."""
        await self._open(copied(self))

    async def _open(self, opening: object) -> None:
        try:
            draft = await opening  # type: ignore[misc]
        except (DraftError, PackError, NoFormError) as error:
            self.notify(str(error), severity="error", timeout=12, markup=False)
            return
        if draft is not None:
            self._show(draft)

    def _show(self, draft: OpenDraft) -> None:
        self._work = Work(draft, self.desk.shelf.folders)
        self.push_screen(self._work, self._left)
        for note in draft.file.notes:
            self.notify(f"{note.message} {note.hint}", severity="warning", markup=False)
        if draft.file.left_open_by is not None:
            words = f"It was not closed the last time, by {draft.file.left_open_by}. Nothing that was saved is lost."
            self.notify(words, markup=False)

    def _left(self, where: str | None) -> None:
        """A draft was left: for the start page, or for good."""
        self._close()
        if where == "start" and self._given is None:
            return
        if where == "start":
            self._given = None
            self.push_screen(Start(self.desk))
        else:
            self.exit()

    def _close(self) -> None:
        """Save what is left and give the draft back."""
        screen = self._work
        if screen is None:
            return
        self._work = None
        screen.save_quietly()
        self.ending = Ending(
            screen.draft.file.path,
            screen.session.verdict,
            screen.saved or screen.draft.file.read_only,
            self.ending.interrupted,
        )
        screen.draft.file.close()

    def action_leave(self) -> None:
        """Quit from the start page."""
        self.exit()

    async def action_leave_at_once(self) -> None:
        """Quit from anywhere: everything is saved."""
        if self._work is not None:
            await self._work.typed_so_far()
            self._work.take_what_is_typed()
        self._close()
        self.exit()

    async def action_interrupt(self) -> None:
        """Ctrl+C copies what is selected; twice, it quits."""
        focused = self.focused
        in_field = focused.selected_text if isinstance(focused, Input | TextArea) else ""
        selected = in_field or self.screen.get_selected_text()
        if selected:
            self.copy_to_clipboard(selected)
            self.notify("Copied. Over some connections the terminal does not let programs copy.", markup=False)
            return
        if self._asked_to_stop:
            await self.action_leave_at_once()
            return
        self._asked_to_stop = True
        self.set_timer(3, self._go_on)
        self.notify("Press Ctrl+C once more to quit. Everything is saved.", timeout=3, markup=False)

    def _go_on(self) -> None:
        self._asked_to_stop = False

    def action_toggle_colours(self) -> None:
        """Change between light and dark."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_command_palette(self) -> None:
        """Find anything by words."""
        if not CommandPalette.is_open(self):  # type: ignore[arg-type]
            self.push_screen(CommandPalette(placeholder="A word of a question, a page, a rule or an action"))

    def action_show_keys(self) -> None:
        """Say how to move about."""
        self.push_screen(keys_help())

    def where(self) -> str:
        """The path of the draft that is open; empty where none is."""
        return printable(self._work.draft.file.path) if self._work else ""
