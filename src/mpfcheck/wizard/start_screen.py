"""The start page: a new proposal, a draft to continue, or a file from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from mpfcheck.drafting.desk import Desk
from mpfcheck.drafting.dialogues.opening import delete_draft
from mpfcheck.drafting.dialogues.steps import run_async
from mpfcheck.drafting.store.errors import printable
from mpfcheck.drafting.store.shelf import DraftList, ListedDraft
from mpfcheck.drafting.words import age_in_words, verdict_words
from mpfcheck.wizard.dialogs import show_step
from mpfcheck.wizard.scrolling import InView
from mpfcheck.wizard.symbols import Symbol, verdict_symbol
from mpfcheck.wizard.text import literal, visible
from mpfcheck.wizard.widgets.bars import KeyBar, Link, TopLine
from mpfcheck.wizard.widgets.menu import Menu, MenuEntry

__all__ = ["Start"]

KEYS = (
    Link("↑ ↓", "move", "screen.noop"),
    Link("Enter", "open", "screen.choose"),
    Link("Del", "delete draft", "screen.delete"),
    Link("F1", "keys", "app.show_keys"),
    Link("^P", "find anything", "app.command_palette"),
    Link("F10", "quit", "app.leave"),
)
_AT_ONCE = 8
_NEW, _IMPORT, _QUIT = "new", "import", "quit"


class Start(InView[None]):
    """The first screen where no draft is named."""

    BINDINGS = [
        Binding("delete,backspace", "delete", "Delete the draft", show=False),
        Binding("f10", "app.leave", "Quit", show=False),
        Binding("ctrl+f", "app.command_palette", show=False),
        Binding("f1", "app.show_keys", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.menu = Menu(label_width=40)
        self._paths: dict[str, ListedDraft] = {}
        self._verdicts: dict[Path, Content] = {}
        self._titles: dict[str, str] = {}
        self._summary = Static(classes="title", markup=False)

    def compose(self) -> ComposeResult:
        """Put the list below a word of welcome."""
        top = TopLine()
        top.show("mpfcheck", None, (), "")
        yield top
        with VerticalScroll(id="start", can_focus=False) as panes:
            yield self._summary
            yield self.menu
        self.watch_in_view(panes)
        yield KeyBar(KEYS)

    def on_mount(self) -> None:
        """Show what there is."""
        self.menu.focus()
        self.show_drafts()

    def on_screen_resume(self) -> None:
        """Look at the drafts again after one was left."""
        self.show_drafts()

    def show_drafts(self) -> None:
        """List the drafts; their verdicts follow, for which the rules are loaded first."""
        listing = self.desk.shelf.list()
        self._verdicts.clear()
        self._show(listing)
        if listing.drafts:
            self.menu.stand_on("draft:0")  # the one changed last is what most come back for
        self.call_after_refresh(self._find_verdicts, listing, 0)

    def _show(self, listing: DraftList) -> None:
        words = [Content.styled("Write a proposal, and see at once whether it is eligible", "bold $accent")]
        if listing.drafts:
            words.append(
                literal("Open with the arrow keys and Enter, or with the mouse. Every answer is saved at once.")
            )
        else:
            words.append(
                literal(
                    "You fill in a grant proposal page by page. Beside it you see which rules of the call are met "
                    "and what is still missing. Every answer is saved at once, so you can stop and continue later."
                )
            )
            words.append(Content(""))
            words.append(
                Content.assemble(
                    "Move with the ",
                    ("arrow keys", "bold"),
                    " or the ",
                    ("Tab", "bold"),
                    " key, and open with ",
                    ("Enter", "bold"),
                    ". In the form, ",
                    ("Space", "bold"),
                    " chooses and ",
                    ("Enter", "bold"),
                    " goes on. ",
                    ("F1", "bold"),
                    " explains, ",
                    ("Ctrl+P", "bold"),
                    " finds anything. A mouse works too.",
                )
            )
        self._summary.update(Content("\n").join(words))
        self.menu.show(tuple(self._entries(listing)))

    def _entries(self, listing: DraftList) -> Iterator[MenuEntry]:
        symbol = Symbol("+", "$accent")
        yield MenuEntry("", literal("Start", "$muted"), heading=True)
        yield MenuEntry(
            _NEW, literal("New proposal", "bold"), literal("start with the first question", "$muted"), symbol
        )
        yield MenuEntry(
            _IMPORT,
            literal("Import a file", "bold"),
            literal("work on a copy of a proposal in a JSON file", "$muted"),
            symbol,
        )
        if listing.drafts:
            yield MenuEntry("", literal("Continue a draft", "$muted"), heading=True)
        now = datetime.now(UTC)
        self._paths = {}
        for number, draft in enumerate(listing.drafts):
            self._paths[f"draft:{number}"] = draft
            yield self._draft(f"draft:{number}", draft, now)
        for path in listing.gone:
            yield MenuEntry("", literal(f"File not found: {printable(path)}", "$muted"), heading=True)
        yield MenuEntry("", Content(""), heading=True)
        yield MenuEntry(
            _QUIT, literal("Quit", "bold"), literal("all answers are saved", "$muted"), Symbol("›", "$accent")
        )

    def _draft(self, entry_id: str, draft: ListedDraft, now: datetime) -> MenuEntry:
        name = literal(draft.title.strip() or f"(no title) {printable(draft.path.name)}", "bold")
        if draft.problem is not None:
            return MenuEntry(
                entry_id, name, literal(f"cannot be opened: {draft.problem.message}", "$error"), Symbol("✗", "$error")
            )
        verdict = self._verdicts.get(draft.path, literal("…", "$muted"))
        when = draft.changed.astimezone() if draft.changed else None
        day = f"changed {when.day} {when:%B %Y, %H:%M}" if when else f"changed {age_in_words(draft.age(now))}"
        call = visible(self._titles.get(draft.call, draft.call)) or "call not named"
        rest = literal(f"\n{visible(printable(draft.path.name))}\n{call}\n{day}", "$muted")
        return MenuEntry(entry_id, name, verdict + rest)

    def _find_verdicts(self, listing: DraftList, first: int) -> None:
        """Find some verdicts, show them, and go on once they are drawn and keys were heard."""
        some = listing.drafts[first : first + _AT_ONCE]
        for draft in some:
            if draft.problem is None:
                self._verdicts[draft.path] = self._verdict(draft)
                self._titles[draft.call] = self.desk.title(draft.call)
        if some:
            self._show(listing)
            self.call_after_refresh(self._find_verdicts, listing, first + _AT_ONCE)

    def _verdict(self, draft: ListedDraft) -> Content:
        verdict = self.desk.verdict(draft.path)
        if draft.is_part:
            return literal(verdict_words(None).capitalize(), "$muted")
        if verdict is None:
            return literal("unknown call", "$muted")
        symbol = verdict_symbol(verdict)
        return literal(f"{symbol.glyph} {verdict_words(verdict).capitalize()}", symbol.style)

    @on(Menu.Chosen)
    def _chosen(self, message: Menu.Chosen) -> None:
        message.stop()
        if not self.is_current:
            return  # a second Enter, typed before the first was done
        name = message.entry.id
        if name == _NEW:
            self.app.start_draft()  # type: ignore[attr-defined]
        elif name == _IMPORT:
            self.app.import_file()  # type: ignore[attr-defined]
        elif name == _QUIT:
            self.app.action_leave()  # type: ignore[attr-defined]
        else:
            self.app.open_draft(self._paths[name].path)  # type: ignore[attr-defined]

    def action_choose(self) -> None:
        """Choose where one stands."""
        self.menu.action_choose()

    @work(exclusive=True, group="overlay")
    async def action_delete(self) -> None:
        """Move a draft to the deleted ones."""
        here = self.menu.here
        draft = self._paths.get(here.id) if here else None
        if draft is None:
            return
        await run_async(delete_draft(self.desk, draft.path, draft.title), partial(show_step, self.app))
        self.show_drafts()
