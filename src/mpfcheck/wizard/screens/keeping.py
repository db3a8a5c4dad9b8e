"""Saves after every step. What keeps a draft from being saved is told, with what can be done; the work goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from textual import work
from textual.timer import Timer

from mpfcheck.checking.report import Problem
from mpfcheck.drafting.desk import Work as OpenDraft
from mpfcheck.drafting.store.draft_file import DraftChangedError, DraftFile, Saved
from mpfcheck.drafting.store.errors import DraftError, DraftMissingError, DraftReadOnlyError, printable
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.lock import DraftTakenOverError
from mpfcheck.drafting.store.merge import Conflict
from mpfcheck.wizard.dialogs import Ask, ConflictScreen, PathField, way
from mpfcheck.wizard.screens.typing_ahead import TypingAhead

__all__ = ["Keeping"]


REST = 0.4
"""Seconds after which what is being typed is kept beside the draft, however long somebody goes on typing."""


class Keeping(TypingAhead):
    """Keeps the draft. ``saved`` is false where the file could not take the last step."""

    def __init__(self, draft: OpenDraft, folders: Folders) -> None:
        super().__init__(draft.session)
        self.draft = draft
        self.saved = True
        self._saving = False
        self._typing_soon: Timer | None = None
        self._typing_kept: dict[str, str] = {}
        self._folders = folders
        self._later = False
        self._noted: set[str] = set()

    def saved_words(self) -> str:
        """Whether all is saved, in a word or two: what is being typed is kept beside the file until it is an answer."""
        if self.draft.file.read_only:
            return "read only"
        if not self.saved:
            return "NOT SAVED"
        if self.draft.file.folder_is_read_only:
            return "read-only folder"
        typed = self._typed_now()
        if self._saving or typed != self._typing_kept:
            return "saving"
        return "kept" if typed else "saved"

    def keep(self) -> None:
        """Save what the session holds, once the screen shows it."""
        self._saving = True
        self.show_top()
        self.call_after_refresh(self._save)

    def _save(self) -> None:
        self._try(self.draft.save)

    def typing(self) -> None:
        """Keep what is being typed, within half a second."""
        if self._typing_soon is None:
            self._typing_soon = self.set_timer(REST, self._keep_typing)
            self.show_top()

    def _typed_now(self) -> dict[str, str]:
        """What is being typed, by the place it is for."""
        field = self.field_here()
        return {} if field is None or field.typed is None else {field.pointer: field.typed}

    def _keep_typing(self) -> None:
        self._typing_soon = None
        typed = self._typed_now()
        if typed != self._typing_kept:
            notes = self.draft.file.keep_typing(typed)
            self._note(notes)
            if not notes:
                self._typing_kept = typed
        self.show_top()

    def _note(self, notes: Iterable[Problem]) -> None:
        for note in notes:
            if note.message not in self._noted:
                self._noted.add(note.message)
                self.app.notify(f"{note.message} {note.hint}", severity="warning", markup=False)

    def save_quietly(self) -> DraftError | None:
        """Save before leaving, without asking anything; what kept it from being saved."""
        try:
            self._done(self.draft.save())
        except DraftError as error:
            self.saved = False
            return error
        return None

    def _try(self, save: Callable[[], Saved]) -> bool:
        try:
            saved = save()
        except DraftChangedError as error:
            self._not_saved()
            self.settle(error.conflict, f"{error.message} {error.hint}")
        except DraftError as error:
            self._not_saved()
            if not self._later:
                self.ask_what_now(error)
        else:
            self._done(saved)
            return True
        return False

    def _not_saved(self) -> None:
        self.saved, self._saving = False, False
        self.show_top()

    def _done(self, saved: Saved) -> None:
        if not self.saved:
            self.app.notify("Everything is saved again.", markup=False)
        self.saved, self._later, self._saving = True, False, False
        self._typing_kept = {}
        if self._typed_now():
            self.typing()
        self.show_top()
        self._note(saved.notes)

    def action_saved(self) -> None:
        """Say that everything is saved, and where; if it is not, try again."""
        self.take_what_is_typed()
        self._later = False
        if self._try(self.draft.save):
            self.app.notify(f"Everything is saved in {printable(self.draft.file.path)}.", markup=False)

    @work(exclusive=True, group="trouble")
    async def ask_what_now(self, error: DraftError) -> None:
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
            words += f"\nYour answers are kept in {printable(error.kept)}."
        chosen = await self.app.push_screen_wait(Ask("Not saved", words, ways, closing="go on for now"))
        if chosen == "again":
            self._again(error)
        elif chosen == "other":
            await self._elsewhere()
        else:
            self._later = True

    def _again(self, error: DraftError) -> None:
        file, state = self.draft.file, self.session.state
        if isinstance(error, DraftTakenOverError):
            try:
                file.take_over()
            except DraftError as still:
                self.ask_what_now(still)
                return
        make_again = isinstance(error, DraftMissingError)
        self._try(lambda: file.save(dict(state.document), state.unfinished, make_again=make_again))

    async def _elsewhere(self) -> None:
        usual = self.app.desk.shelf.new_path(self.draft.file.path.stem)  # type: ignore[attr-defined]
        typed = await self.app.push_screen_wait(PathField("Save it in another file", printable(usual), "Save"))
        if not typed:
            self._later = True
            return
        self.move_to(Path(typed).expanduser())

    def move_to(self, path: Path) -> None:
        """Go on in a new file at a path."""
        document, state = dict(self.session.document), self.session.state
        try:
            file = DraftFile.create(path, document, self._folders)
            file.save(document, state.unfinished)
        except DraftError as error:
            self.ask_what_now(error)
            return
        self.draft.file.close()
        self.draft = OpenDraft(self.session, file)
        self._done(Saved(written=True))
        self.app.notify(f"Going on in {printable(path)}.", markup=False)

    @work(exclusive=True, group="trouble")
    async def settle(self, conflict: Conflict, words: str) -> None:
        """Let the applicant choose, field by field, what both sides changed; then save what came of it."""
        choices = {}
        if conflict.fields:
            chosen = await self.app.push_screen_wait(ConflictScreen(self.session, conflict, words))
            if chosen is None:
                self._later = True
                return
            choices = chosen
        merged = conflict.resolve(choices)
        self.session.replace(merged, said="merged with what was changed elsewhere")
        self.stepped_without_saving()
        state = self.session.state
        if self._try(lambda: self.draft.file.save(dict(state.document), state.unfinished, settles=conflict)):
            self.app.notify("The answers of both sides are in your draft now.", markup=False)

    def stepped_without_saving(self) -> None:
        """Show what changed."""
        self.was = {change.result.rule: change.was for change in self.session.changes}
        self.show_all()
