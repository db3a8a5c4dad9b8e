"""The saving of a draft after every step, and what can be done where it cannot be saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from mpfcheck.checking.report import Problem
from mpfcheck.drafting.changes import answers_in_words
from mpfcheck.drafting.desk import Desk, Ending, Work
from mpfcheck.drafting.dialogues.steps import (
    Choose,
    Dialogue,
    EnterPath,
    FieldSides,
    Reply,
    Settle,
    choose,
    enter_path,
    notify,
    settle,
)
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.store.draft_file import DraftChangedError, DraftFile, Saved
from mpfcheck.drafting.store.errors import DraftError, DraftMissingError, DraftReadOnlyError, printable
from mpfcheck.drafting.store.json_file import as_json
from mpfcheck.drafting.store.lock import DraftTakenOverError
from mpfcheck.drafting.store.merge import Conflict, FieldConflict, Side
from mpfcheck.forms.typed.reading import shown_value

__all__ = ["Keeper", "sides_of", "text_kept"]


def text_kept(titles: Sequence[str]) -> str:
    """Say in which fields a text is kept that is not an answer yet."""
    return f"A text is kept that is not an answer yet: {'; '.join(titles)}."


class Keeper:
    """Keeps one draft that is open. ``saved`` is false where the file does not hold the last step.

    A front end calls :meth:`save` after each step, or :meth:`try_save` and, where that gives an error, :meth:`solve`.
    What is being typed goes to :meth:`keep_typing`. ``draft`` becomes another one where the work goes on in another
    file.
    """

    def __init__(self, draft: Work, desk: Desk) -> None:
        self.draft = draft
        self.saved = True
        self._desk = desk
        self._typing: dict[str, str] = {}
        self._later = False
        self._notes_before: set[str] = set()
        self._news: list[str] = []

    def save(self) -> Dialogue[bool]:
        """Save what the session holds, and settle what prevents it; whether the session's document changed by that."""
        error = self.try_save()
        changed = error is not None and (yield from self.solve(error))
        yield from self.tell_news()
        return changed

    def save_again(self) -> Dialogue[bool]:
        """Save as :meth:`save` does, ask even where the applicant chose to save later, and say where all is saved."""
        self._later = False
        changed = yield from self.save()
        if self.saved:
            yield from notify(self._saved_words())
        return changed

    def _saved_words(self) -> str:
        return f"Everything is saved in {printable(self.draft.file.path)}."

    def try_save(self) -> DraftError | None:
        """Save what the session holds; what prevents it, None where it is saved."""
        return self._try(self.draft.save)

    def keep_typing(self, texts: Mapping[str, str]) -> None:
        """Keep beside the draft what is being typed, by JSON Pointer. It is not an answer, and nothing is asked."""
        if texts != self._typing:
            notes = self.draft.file.keep_typing(texts)
            if not notes:
                self._typing = dict(texts)
            self._note(notes)

    @property
    def typing(self) -> Mapping[str, str]:
        """What is kept of what is being typed."""
        return self._typing

    def unconfirmed(self) -> tuple[str, ...]:
        """What the fields are called that hold a text which is kept, and is not an answer yet."""
        if self.draft.file.read_only:
            return ()
        session = self.draft.session
        return tuple(dict.fromkeys(session.title_of(place) for place in (*session.state.unfinished, *self._typing)))

    def news(self) -> tuple[str, ...]:
        """What is to be said to the applicant since the last time: each is told once."""
        news, self._news = tuple(self._news), []
        return news

    def tell_news(self) -> Dialogue[None]:
        """Say what is to be said to the applicant."""
        for text in self.news():
            yield from notify(text, warning=True)

    def solve(self, error: DraftError) -> Dialogue[bool]:
        """Ask what to do about a draft that could not be saved; whether the session's document changed by that.

        Nothing is asked where the applicant chose to save later, unless a choice between two versions is needed.
        """
        changed = False
        problem: DraftError | None = error
        while problem is not None:
            if isinstance(problem, DraftChangedError):
                merged = yield from self._merge(problem)
                if merged is None:
                    self._later = True
                    return changed
                changed = True
                problem = self._save_merged(merged, problem.conflict)
                if problem is None:
                    yield from notify("The answers of both sides are now in your draft.")
            elif self._later:
                return changed
            else:
                problem = yield from self._choose_way(problem)
        yield from self.tell_news()
        return changed

    def _choose_way(self, error: DraftError) -> Dialogue[DraftError | None]:
        """Ask how to go on, and do that; what still prevents the draft from being saved."""
        again = Reply("again", "Try again", "when the cause is removed")
        if isinstance(error, DraftMissingError):
            again = Reply("again", "Make the file again", "with all your answers")
        elif isinstance(error, DraftTakenOverError):
            again = Reply("again", "Take the draft back", "their changes are then compared with yours")
        other = Reply("other", "Save in another file", "and continue with that file")
        later = Reply("later", "Continue for now", "your answers are in memory only, until they can be saved")
        replies = (other, later) if isinstance(error, DraftReadOnlyError) else (again, other, later)
        reply = yield from choose(
            Choose("Not saved", error.in_words(), replies, closing="continue for now", words=True)
        )
        if reply == "again":
            return self._try_again(error)
        if reply == "other":
            return (yield from self._move())
        self._later = True
        return None

    def _try_again(self, error: DraftError) -> DraftError | None:
        file, state = self.draft.file, self.draft.session.state

        def save() -> Saved:
            if isinstance(error, DraftTakenOverError):
                file.take_over()
            make_again = isinstance(error, DraftMissingError)
            return file.save(dict(state.document), state.unfinished, make_again=make_again)

        return self._try(save)

    def _move(self) -> Dialogue[DraftError | None]:
        """Continue in another file."""
        usual = self._desk.shelf.new_path(self.draft.file.path.stem)
        typed = yield from enter_path(EnterPath("Save in another file", "", printable(usual), "Save"))
        if not typed:
            self._later = True
            return None
        session, folders = self.draft.session, self._desk.shelf.folders
        opened: list[DraftFile] = []

        def save() -> Saved:
            opened.append(DraftFile.create(Path(typed).expanduser(), dict(session.document), folders))
            return opened[0].save(dict(session.document), session.state.unfinished)

        error = self._try(save)
        if error is None:
            self.draft.file.close()
            self.draft = Work(session, opened[0])
            yield from notify(f"You now work in {printable(opened[0].path)}.")
        elif opened:
            opened[0].close()
        return error

    def _merge(self, error: DraftChangedError) -> Dialogue[Mapping[str, object] | None]:
        """The two versions made one, with a side chosen for each field that both changed; None if left for later."""
        session, conflict = self.draft.session, error.conflict
        sides: Mapping[str, Side] | None = {}
        if conflict.fields:
            text = f"{error.message} {error.hint}"
            step = Settle("This draft was also changed elsewhere", text, sides_of(conflict.fields, session))
            sides = yield from settle(step)
        return None if sides is None else conflict.resolve(sides)

    def _save_merged(self, merged: Mapping[str, object], conflict: Conflict) -> DraftError | None:
        session = self.draft.session
        session.replace(merged, step="merged with what was changed elsewhere")
        return self._try(lambda: self.draft.file.save(dict(merged), session.state.unfinished, settles=conflict))

    def save_quietly(self) -> DraftError | None:
        """Save before leaving, without any question; what prevents it. What is being typed stays kept."""
        if self.draft.file.read_only:
            return None
        typing = self._typing
        error = self._try(lambda: self.draft.save(typing))
        self._typing = typing
        return error

    def reopened(self) -> Keeper:
        """Close the file and open it again, such as for another call; the keeper of the draft as it is then."""
        self.draft.file.close()
        return Keeper(self._desk.open(self.draft.file.path), self._desk)

    def leaving_words(self, error: DraftError | None) -> str:
        """What happened to the answers, for whoever leaves the draft; ``error`` is what :meth:`save_quietly` gave."""
        if error is not None:
            words = f"Not everything is saved. {error.in_words()}"
        elif self.draft.file.read_only:
            words = f"{printable(self.draft.file.path)} is open read-only. Your answers are not saved."
        else:
            words = self._saved_words()
        unconfirmed = self.unconfirmed()
        return f"{words} {text_kept(unconfirmed)}" if unconfirmed else words

    def ending(self, *, interrupted: bool = False, by_signal: int | None = None) -> Ending:
        """What a front end gives back when the draft was saved and left."""
        file, session = self.draft.file, self.draft.session
        saved = self.saved or file.read_only
        return Ending(file.path, session.verdict, saved, interrupted, by_signal, self.unconfirmed(), session.hand_back)

    def _try(self, save: Callable[[], Saved]) -> DraftError | None:
        try:
            saved = save()
        except DraftError as error:
            self.saved = False
            return error
        if not self.saved:
            self._news.append("Everything is saved again.")
        self.saved, self._later, self._typing = True, False, {}
        self._note(saved.notes)
        return None

    def _note(self, notes: Iterable[Problem]) -> None:
        for note in notes:
            if note.message not in self._notes_before:
                self._notes_before.add(note.message)
                self._news.append(f"{note.message} {note.hint}")


def sides_of(fields: Iterable[FieldConflict], session: Session) -> tuple[FieldSides, ...]:
    """The fields that both sides changed, each with its sides in words."""
    return tuple(FieldSides(field.pointer, session.title_of(field.pointer), _sides(field, session)) for field in fields)


def _sides(field: FieldConflict, session: Session) -> tuple[Reply, ...]:
    details = {
        Side.OURS: _in_words(field, field.ours, session),
        Side.THEIRS: _in_words(field, field.theirs, session),
        Side.BOTH: "keep both entries",
    }
    labels = {Side.OURS: "mine", Side.THEIRS: "theirs", Side.BOTH: "both"}
    return tuple(Reply(side, labels[side], details[side]) for side in field.choices)


def _in_words(field: FieldConflict, value: object, session: Session) -> str:
    question = session.at(field.pointer)
    location = session.locate(field.pointer)
    if value is None:
        return "(deleted)" if question is None and location is not None and location.item else "(not answered)"
    if question is None:
        if isinstance(value, str):
            return value
        group = location.group if location is not None else None
        entries = value if isinstance(value, list) else [value]
        records = [entry for entry in entries if isinstance(entry, Mapping)]
        if group is None or len(records) < len(entries):
            return " ".join(as_json(value).decode().split())
        words = (", ".join(answers_in_words(session, group.questions, record)) for record in records)
        return "; ".join(filter(None, words)) or "(no entries)"
    shown = shown_value(value, question.question.kind, session.choices(question.question))
    return " ".join(shown.split())
