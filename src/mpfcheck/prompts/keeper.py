"""The keeper of the draft: saves after every step, and asks what to do where that cannot be done."""

from __future__ import annotations

from pathlib import Path

from mpfcheck.drafting.desk import Work
from mpfcheck.drafting.store.draft_file import DraftChangedError, DraftFile, Saved
from mpfcheck.drafting.store.errors import DraftError, DraftMissingError, printable
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.json_file import as_json
from mpfcheck.drafting.store.lock import DraftTakenOverError
from mpfcheck.drafting.store.merge import Conflict, FieldConflict, Side
from mpfcheck.forms.typed.reading import shown_value
from mpfcheck.prompts.talk import Talk

__all__ = ["Keeper"]


class Keeper:
    """Keeps the work on one draft. ``saved`` is false where the file does not hold the last step."""

    def __init__(self, work: Work, folders: Folders, talk: Talk) -> None:
        self.work = work
        self.saved = True
        self._folders = folders
        self._talk = talk
        self._later = False
        self._noted: set[str] = set()
        self._typed: dict[str, str] = {}

    def save(self) -> None:
        """Save what the session holds. What keeps it from being saved is told, with what can be done."""
        self._typed = {}
        try:
            self._note(self.work.save())
        except DraftChangedError as error:
            self._talk.say(f"{error.message} {error.hint}")
            self._settle(error.conflict)
        except DraftError as error:
            self._not_saved(error)
        else:
            self._is_saved()

    def keep_typed(self, pointer: str, text: str) -> None:
        """Keep beside the draft what is typed so far at a place, without taking it as an answer, or asking anything."""
        self._typed = {pointer: text}
        try:
            self._save_with_typed()
        except DraftError as error:
            if self.saved:
                self._talk.say(f"Not saved yet. {error.message}", indent="  ")
            self.saved = False

    def settle_typed(self) -> None:
        """Save once more where the file still holds what was typed on the way to an answer, or to none."""
        if self._typed:
            self.save()

    def _save_with_typed(self) -> None:
        state = self.work.session.state
        self.work.file.save(dict(state.document), {**state.unfinished, **self._typed})

    def save_quietly(self) -> None:
        """Save before leaving, without asking anything."""
        try:
            self._save_with_typed()
        except DraftError as error:
            self.saved = False
            self._talk.say(f"{error.message} {error.hint}")
            if error.kept is not None:
                self._talk.say(f"The answers are kept in {printable(error.kept)}.")
        else:
            self.saved = True

    def _is_saved(self) -> None:
        if not self.saved:
            self._talk.say("Everything is saved again.")
        self.saved, self._later = True, False

    def _note(self, saved: Saved) -> None:
        """Say what could not be kept beside the file, once."""
        for note in saved.notes:
            if note.message not in self._noted:
                self._noted.add(note.message)
                self._talk.say(f"Note: {note.message} {note.hint}")

    def _not_saved(self, error: DraftError) -> None:
        self.saved = False
        self._talk.say(f"Not saved. {error.message} {error.hint}")
        if self._later:
            return
        again = {DraftMissingError: "make the file again", DraftTakenOverError: "take the draft back"}
        self._talk.entry("again:", again.get(type(error), "try again"))
        self._talk.entry("other:", "save it in another file, and go on with that one")
        self._talk.entry("later:", "go on; your answers are in memory until they can be saved")
        while True:
            word = self._talk.word("again, other or later:").casefold().removeprefix(":")
            if word == "later":
                self._later = True
                return
            if word == "again" and self._again(error):
                return
            if word == "other" and self._elsewhere():
                return

    def _again(self, error: DraftError) -> bool:
        file, state = self.work.file, self.work.session.state
        try:
            if isinstance(error, DraftTakenOverError):
                file.take_over()
            file.save(dict(state.document), state.unfinished, make_again=isinstance(error, DraftMissingError))
        except DraftError as still:
            self._talk.say(f"Not saved. {still.message} {still.hint}")
            return False
        self._is_saved()
        return True

    def _elsewhere(self) -> bool:
        typed = self._talk.word("Name of the other file:")
        if not typed:
            return False
        session = self.work.session
        try:
            file = DraftFile.create(Path(typed).expanduser(), dict(session.document), self._folders)
            file.save(dict(session.document), session.state.unfinished)
        except DraftError as error:
            self._talk.say(f"{error.message} {error.hint}")
            return False
        self.work.file.close()
        self.work = Work(session, file)
        self._talk.say(f"Going on in {printable(file.path)}.")
        self._is_saved()
        return True

    def _settle(self, conflict: Conflict) -> None:
        """Let the applicant choose, field by field, what both sides changed; then save what came of it."""
        self.saved = False
        choices = {field.pointer: self._choose(field) for field in conflict.fields}
        merged = conflict.resolve(choices)
        session = self.work.session
        session.replace(merged, said="merged with what was changed elsewhere")
        try:
            self._note(self.work.file.save(merged, session.state.unfinished, settles=conflict))
        except DraftChangedError as error:
            self._talk.say("It was changed once more in the meantime.")
            self._settle(error.conflict)
        except DraftError as error:
            self._not_saved(error)
        else:
            self._talk.say("Both sets of answers are merged.")
            self.saved = True

    def _choose(self, field: FieldConflict) -> Side:
        self._talk.say(f"{self.work.session.title_of(field.pointer)} was changed on both sides.")
        self._talk.entry("mine:", self._shown(field, field.ours))
        self._talk.entry("theirs:", self._shown(field, field.theirs))
        words = {"mine": Side.OURS, "theirs": Side.THEIRS}
        if Side.BOTH in field.choices:
            self._talk.entry("both:", "keep the two beside each other")
            words["both"] = Side.BOTH
        prompt = f"{', '.join([*words][:-1])} or {[*words][-1]}:"
        while (side := words.get(self._talk.word(prompt).casefold())) is None:
            self._talk.say(f"Type one of these words: {', '.join(words)}.", indent="  ")
        return side

    def _shown(self, field: FieldConflict, value: object) -> str:
        if value is None:
            return "(no answer)"
        asked = self.work.session.at(field.pointer)
        if asked is None:
            return " ".join(as_json(value).decode().split())
        return shown_value(value, asked.question.kind, self.work.session.choices(asked.question))
