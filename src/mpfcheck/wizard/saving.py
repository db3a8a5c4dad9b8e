"""Saves after every step, and shows whether all is saved. What prevents it is asked about; the work goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from textual.screen import Screen
from textual.timer import Timer

from mpfcheck.drafting.desk import Work as OpenDraft
from mpfcheck.drafting.dialogues.saving import Keeper
from mpfcheck.drafting.dialogues.steps import run_async
from mpfcheck.drafting.store.errors import DraftError
from mpfcheck.wizard.dialogs import show_step

__all__ = ["Saving"]

TYPING_KEPT_AFTER = 0.4
"""Seconds after which what is being typed is kept beside the draft, however long somebody goes on typing."""


class Saving:
    """Lets a keeper save, at the moments that suit the screen.

    ``typed`` gives the text that is being typed, by its place; ``on_change`` is called when ``words`` may have
    changed, ``on_merge`` when answers of others came into the draft.
    """

    def __init__(
        self,
        screen: Screen[Any],
        keeper: Keeper,
        *,
        typed: Callable[[], Mapping[str, str]],
        on_change: Callable[[], None],
        on_merge: Callable[[], None],
    ) -> None:
        self.keeper = keeper
        self._screen = screen
        self._typed = typed
        self._on_change = on_change
        self._on_merge = on_merge
        self._in_progress = False
        self._typing_timer: Timer | None = None

    @property
    def draft(self) -> OpenDraft:
        """The draft and its file."""
        return self.keeper.draft

    @property
    def saved(self) -> bool:
        """Whether the file holds the last step."""
        return self.keeper.saved

    @property
    def words(self) -> str:
        """Whether all is saved, in a word or two: what is being typed is kept beside the file until it is an answer."""
        if self.draft.file.read_only:
            return "read-only"
        if not self.saved:
            return "NOT SAVED"
        if self.draft.file.folder_is_read_only:
            return "read-only folder"
        typed = self._typed()
        if self._in_progress or typed != self.keeper.typing:
            return "saving"
        return "kept" if typed else "saved"

    def save_soon(self) -> None:
        """Save what the session holds, once the screen shows it."""
        self._in_progress = True
        self._on_change()
        self._screen.call_after_refresh(self.save)

    def save(self) -> None:
        """Save what the session holds; ask what to do where that is prevented."""
        error = self.keeper.try_save()
        self._saved()
        if error is not None:
            self._screen.run_worker(self._solve(error), exclusive=True, group="saving")

    def save_now(self) -> None:
        """Say that everything is saved, and where; if it is not, try again, and ask."""
        self._screen.run_worker(self._save_now(), exclusive=True, group="saving")

    async def _save_now(self) -> None:
        if await run_async(self.keeper.save_again(), partial(show_step, self._screen.app)):
            self._on_merge()
        self._saved()

    async def _solve(self, error: DraftError) -> None:
        if await run_async(self.keeper.solve(error), partial(show_step, self._screen.app)):
            self._on_merge()
        self._saved()

    def _saved(self) -> None:
        self._in_progress = False
        if self._typed():
            self.keep_typing_soon()
        self._on_change()
        self._show_news()

    def _show_news(self) -> None:
        for text in self.keeper.news():
            self._screen.app.notify(text, severity="warning", markup=False)

    def keep_typing_soon(self) -> None:
        """Keep what is being typed, within half a second."""
        if self._typing_timer is None:
            self._typing_timer = self._screen.set_timer(TYPING_KEPT_AFTER, self._keep_typing)
            self._on_change()

    def _keep_typing(self) -> None:
        self._typing_timer = None
        self.keeper.keep_typing(self._typed())
        self._on_change()
        self._show_news()

    def save_on_leaving(self) -> DraftError | None:
        """Save without asking anything, and keep the text that is being typed; what prevents it."""
        self.keeper.keep_typing(self._typed())
        return self.keeper.save_quietly()
