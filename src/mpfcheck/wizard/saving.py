"""Saves after every step. What keeps a draft from being saved is told, with what can be done; the work goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from textual.screen import Screen
from textual.timer import Timer

from mpfcheck.checking.report import Problem
from mpfcheck.drafting.desk import Work as OpenDraft
from mpfcheck.drafting.store.conflict import Conflict
from mpfcheck.drafting.store.draft_file import DraftFile, Saved
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.trouble import (
    DraftChangedError,
    DraftError,
    DraftMissingError,
    DraftReadOnlyError,
    DraftTakenOverError,
    printable,
)
from mpfcheck.wizard.dialogs import Ask, ConflictScreen, PathField, way

__all__ = ["Saving"]

TYPING_KEPT_AFTER = 0.4
"""Seconds after which what is being typed is kept beside the draft, however long somebody goes on typing."""


class Saving:
    """Keeps the draft in its file. ``saved`` is false where the file could not take the last step.

    ``typed`` gives the text that is being typed, by its place; ``on_change`` is called when ``words`` may have
    changed, ``on_merge`` when answers of others came into the draft.
    """

    def __init__(
        self,
        screen: Screen[Any],
        draft: OpenDraft,
        folders: Folders,
        *,
        new_path: Callable[[str], Path],
        typed: Callable[[], Mapping[str, str]],
        on_change: Callable[[], None],
        on_merge: Callable[[], None],
    ) -> None:
        self.draft = draft
        self.saved = True
        self._screen = screen
        self._session = draft.session
        self._folders = folders
        self._new_path = new_path
        self._typed = typed
        self._on_change = on_change
        self._on_merge = on_merge
        self._in_progress = False
        self._typing_timer: Timer | None = None
        self._typing_kept: Mapping[str, str] = {}
        self._ask_later = False
        self._noted: set[str] = set()

    @property
    def words(self) -> str:
        """Whether all is saved, in a word or two: what is being typed is kept beside the file until it is an answer."""
        if self.draft.file.read_only:
            return "read only"
        if not self.saved:
            return "NOT SAVED"
        if self.draft.file.folder_is_read_only:
            return "read-only folder"
        typed = self._typed()
        if self._in_progress or typed != self._typing_kept:
            return "saving"
        return "kept" if typed else "saved"

    def save_soon(self) -> None:
        """Save what the session holds, once the screen shows it."""
        self._in_progress = True
        self._on_change()
        self._screen.call_after_refresh(self.save)

    def save(self) -> bool:
        """Save what the session holds; where it cannot be saved, ask what to do. Whether it was saved."""
        return self._try(self.draft.save)

    def save_on_leaving(self) -> DraftError | None:
        """Save without asking anything; what kept it from being saved."""
        try:
            self._done(self.draft.save())
        except DraftError as error:
            self.saved = False
            return error
        return None

    def save_now(self) -> None:
        """Say that everything is saved, and where; if it is not, try again."""
        self._ask_later = False
        if self.save():
            self._screen.app.notify(f"Everything is saved in {printable(self.draft.file.path)}.", markup=False)

    def keep_typing_soon(self) -> None:
        """Keep what is being typed, within half a second."""
        if self._typing_timer is None:
            self._typing_timer = self._screen.set_timer(TYPING_KEPT_AFTER, self._keep_typing)
            self._on_change()

    def _keep_typing(self) -> None:
        self._typing_timer = None
        typed = self._typed()
        if typed != self._typing_kept:
            notes = self.draft.file.keep_typing(typed)
            self._show_notes(notes)
            if not notes:
                self._typing_kept = typed
        self._on_change()

    def _show_notes(self, notes: Iterable[Problem]) -> None:
        for note in notes:
            if note.message not in self._noted:
                self._noted.add(note.message)
                self._screen.app.notify(f"{note.message} {note.hint}", severity="warning", markup=False)

    def _try(self, save: Callable[[], Saved]) -> bool:
        try:
            saved = save()
        except DraftChangedError as error:
            self._not_saved()
            self._run(self._settle(error.conflict, f"{error.message} {error.hint}"))
        except DraftError as error:
            self._not_saved()
            if not self._ask_later:
                self._run(self._ask_what_now(error))
        else:
            self._done(saved)
            return True
        return False

    def _run(self, dialogue: Any) -> None:
        self._screen.run_worker(dialogue, exclusive=True, group="saving")

    def _not_saved(self) -> None:
        self.saved, self._in_progress = False, False
        self._on_change()

    def _done(self, saved: Saved) -> None:
        if not self.saved:
            self._screen.app.notify("Everything is saved again.", markup=False)
        self.saved, self._ask_later, self._in_progress = True, False, False
        self._typing_kept = {}
        if self._typed():
            self.keep_typing_soon()
        self._on_change()
        self._show_notes(saved.notes)

    async def _ask_what_now(self, error: DraftError) -> None:
        """Ask what to do with answers that could not be saved."""
        first = {
            DraftMissingError: way("again", "Make the file again", "with all your answers in it"),
            DraftTakenOverError: way(
                "again", "Take the draft back", "what they wrote since is then compared with yours"
            ),
        }
        again = first.get(type(error), way("again", "Try again", "once the reason is gone"))
        other = way("other", "Save it in another file", "and go on with that one")
        later = way("later", "Go on for now", "your answers stay here, in memory; the first line says NOT SAVED")
        ways = [other, later] if isinstance(error, DraftReadOnlyError) else [again, other, later]
        words = f"{error.message} {error.hint}"
        if error.kept is not None:
            words += f"\nYour answers are kept in {printable(error.kept.path)}."
        chosen = await self._screen.app.push_screen_wait(Ask("Not saved", words, ways, closing="go on for now"))
        if chosen == "again":
            self._again(error)
        elif chosen == "other":
            await self._elsewhere()
        else:
            self._ask_later = True

    def _again(self, error: DraftError) -> None:
        file, state = self.draft.file, self._session.state
        if isinstance(error, DraftTakenOverError):
            try:
                file.take_over()
            except DraftError as still:
                self._run(self._ask_what_now(still))
                return
        make_again = isinstance(error, DraftMissingError)
        self._try(lambda: file.save(dict(state.document), state.unfinished, make_again=make_again))

    async def _elsewhere(self) -> None:
        usual = self._new_path(self.draft.file.path.stem)
        typed = await self._screen.app.push_screen_wait(PathField("Save it in another file", printable(usual), "Save"))
        if not typed:
            self._ask_later = True
            return
        self._move_to(Path(typed).expanduser())

    def _move_to(self, path: Path) -> None:
        """Go on in a new file at a path."""
        document, state = dict(self._session.document), self._session.state
        try:
            file = DraftFile.create(path, document, self._folders)
            file.save(document, state.unfinished)
        except DraftError as error:
            self._run(self._ask_what_now(error))
            return
        self.draft.file.close()
        self.draft = OpenDraft(self._session, file)
        self._done(Saved(written=True))
        self._screen.app.notify(f"Going on in {printable(path)}.", markup=False)

    async def _settle(self, conflict: Conflict, words: str) -> None:
        """Let the applicant choose, field by field, what both sides changed; then save what came of it."""
        choices = {}
        if conflict.fields:
            chosen = await self._screen.app.push_screen_wait(ConflictScreen(self._session, conflict, words))
            if chosen is None:
                self._ask_later = True
                return
            choices = chosen
        merged = conflict.resolve(choices)
        self._session.replace(merged, said="merged with what was changed elsewhere")
        self._on_merge()
        state = self._session.state
        if self._try(lambda: self.draft.file.save(dict(state.document), state.unfinished, settles=conflict)):
            self._screen.app.notify("The answers of both sides are in your draft now.", markup=False)
