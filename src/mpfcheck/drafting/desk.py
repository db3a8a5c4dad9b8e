"""The desk an applicant sits down at: the calls one can apply to, one's drafts, and the one that is open.

What every front end does before the first question and after every answer, without a screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.problems import unusable
from mpfcheck.checking.report import Verdict
from mpfcheck.drafting.document import Document, items_at, value_at
from mpfcheck.drafting.parts.part import is_part, part_of, scope_of
from mpfcheck.drafting.session import Session, new_document
from mpfcheck.drafting.store.draft_file import DraftFile, Saved
from mpfcheck.drafting.store.errors import DraftError, printable
from mpfcheck.drafting.store.shelf import Shelf
from mpfcheck.engine.registry import Registry
from mpfcheck.forms.form import Form, Question
from mpfcheck.forms.load import NoFormError, form_place
from mpfcheck.frozen import Frozen
from mpfcheck.packs.call import Call
from mpfcheck.packs.find import UnknownCallError, package_troubles
from mpfcheck.packs.mistake import PackError
from mpfcheck.proposal.pointer import join, pointer
from mpfcheck.reading.inputs import read_file

__all__ = [
    "CallOfDraftError",
    "Desk",
    "Ending",
    "Work",
]


class Ending(Frozen):
    """What a front end gives back. ``path`` and ``verdict`` are None where no draft was open.

    ``saved`` is false where the last answers could not be saved at ``path``; ``interrupted`` tells of Ctrl+C.
    ``signal`` is the number of the signal that ended the program (a hang-up, a request to end), None for any other end.
    ``unconfirmed`` names the fields that hold a text which is kept, and is not an answer yet. ``hand_back`` says what
    to do with a part, empty for a draft.
    """

    path: Path | None = None
    verdict: Verdict | None = None
    saved: bool = True
    interrupted: bool = False
    signal: int | None = None
    unconfirmed: tuple[str, ...] = ()
    hand_back: str = ""


class CallOfDraftError(DraftError):
    """A draft does not say which call it is for, or names one that is not there."""


class Work(Frozen):
    """A draft that is open: its session, and its file. What a step changed is in the file after :meth:`save`.

    ``unconfirmed`` are the places (JSON Pointer) of texts that were still being typed when the program ended the last
    time: they stand in their fields, and are answers once they are confirmed.
    """

    session: Session
    file: DraftFile
    unconfirmed: tuple[str, ...] = ()

    def save(self, typing: Mapping[str, str] | None = None) -> Saved:
        """Save what the session holds now, and keep what is being typed; raises DraftError where it cannot be saved."""
        state = self.session.state
        return self.file.save(dict(state.document), state.unfinished, typing=typing)


class Desk:
    """The calls in these folders and those that come with mpfcheck, each loaded once, and the drafts of this user.

    ``looks_ahead``: front ends find out in the background what is certain of a draft already, where the solver is here.
    """

    def __init__(self, folders: Sequence[Path] = (), shelf: Shelf | None = None, *, looks_ahead: bool = False) -> None:
        self.folders = tuple(folders)
        self.looks_ahead = looks_ahead
        self.shelf = Shelf() if shelf is None else shelf
        self._registry = Registry(self.folders)

    def calls(self) -> tuple[Call, ...]:
        """The calls one can apply to, the newest first: those that are whole and have a form."""
        found = []
        for call_id in self._registry.ids():
            try:
                call = self.checker(call_id).call
            except PackError:
                continue
            if form_place(call) is not None:
                found.append(call)
        return tuple(sorted(found, key=lambda call: call.published or call.as_of, reverse=True))

    def left_out(self) -> tuple[str, ...]:
        """Say of each call that is there but cannot be used, and of each package that should bring calls, why."""
        found = []
        for call_id in self._registry.ids():
            try:
                self.checker(call_id)
            except PackError as error:
                found.append(f"{unusable(call_id)} {error.mistakes[0]}")
        return (*found, *package_troubles())

    def checker(self, call_id: str) -> Checker:
        """What checks against a call; raises UnknownCallError and PackError."""
        return self._registry.checker(call_id)

    def form(self, call_id: str) -> Form:
        """The form of a call; raises as :meth:`checker` does, and NoFormError."""
        return self._registry.form(call_id)

    def title(self, call_id: str) -> str:
        """What people call a call; its id where it is not known here, or has no form."""
        try:
            return self.form(call_id).title
        except (UnknownCallError, PackError, NoFormError):
            return call_id

    def verdict(self, path: Path) -> Verdict | None:
        """What ``mpfcheck check`` says of a draft; None for a part, and for a call that is not known here."""
        document = read_file(path)
        if isinstance(document.values, Mapping) and is_part(document.values):
            return None
        if document.answers is None:
            return Verdict.INVALID
        call_id = document.answers.get("call")
        try:
            return self.checker(str(call_id)).report(document.answers).verdict if call_id else None
        except (UnknownCallError, PackError):
            return None

    def calls_to_change_to(self, session: Session) -> tuple[Call, ...]:
        """The other calls a draft can be for: those that ask everything it answers in the same way."""
        answered = tuple(_answered(session.form, session.document))
        others = (call for call in self.calls() if call.id != session.call.id)
        return tuple(
            call for call in others if not session.document.get("annex") and _asks(self.form(call.id), answered)
        )

    def document_for(self, session: Session, call_id: str) -> Document:
        """The document of a draft as one for another call; raises as :meth:`form` does."""
        start = new_document(session.form)
        answers = {name: value for name, value in session.document.items() if start.get(name) != value}
        return {**new_document(self.form(call_id)), **answers, "call": call_id}

    def start(self, path: Path, call_id: str) -> Work:
        """Begin a new draft at a path. Raises as :meth:`form` and :meth:`DraftFile.create` do."""
        form = self.form(call_id)
        document = dict(new_document(form))
        file = DraftFile.create(path, document, self.shelf.folders)
        return Work(Session(self.checker(call_id), form, file.draft), file)

    def open(self, path: Path, *, call_id: str | None = None, read_only: bool = False, take_over: bool = False) -> Work:
        """Open the draft at a path; ``call_id`` is the call of a draft that names none.

        Raises as :meth:`form` and :meth:`DraftFile.open` do, and CallOfDraftError.
        """
        file = DraftFile.open(path, self.shelf.folders, read_only=read_only, take_over=take_over)
        try:
            session = self._session(file, call_id)
            return Work(session, file, session.put_back(file.typing))
        except BaseException:
            file.close()
            raise

    def _session(self, file: DraftFile, call_id: str | None) -> Session:
        draft = file.draft
        named = draft.get("call")
        if not named and call_id is not None:
            named = call_id
            draft = {**draft, "call": call_id}
        name = printable(file.path)
        if is_part(draft):
            return self._part_session(file)
        if not isinstance(named, str) or not named:
            known = ", ".join(call.id for call in self.calls())
            hint = f"Name it with --call. The calls are: {known}." if known else "No call with a form was found."
            raise CallOfDraftError(file.path, f"{name} does not name its call.", hint)
        with self._named_call(file.path, named):
            return Session(self.checker(named), self.form(named), draft, file.unfinished)

    def _part_session(self, file: DraftFile) -> Session:
        """A session on the part of an applicant that somebody sent."""
        part = part_of(file.draft, file.path)
        with self._named_call(file.path, part.call):
            form, scope = scope_of(part, self.form(part.call))
            return Session(self.checker(part.call), form, file.draft, file.unfinished, scope)

    @contextmanager
    def _named_call(self, path: Path, named: str) -> Iterator[None]:
        """Say of a file which call it needs, where that call cannot be asked about. Raises CallOfDraftError."""
        name = printable(path)
        try:
            yield
        except UnknownCallError as error:
            message = f"{name} is for the call {named}, which was not found."
            raise CallOfDraftError(path, message, error.hint) from error
        except NoFormError as error:
            message = f"The call {named} has no form, so its questions cannot be asked."
            raise CallOfDraftError(path, message, "Write the proposal in an editor, and check it.") from error


def _answered(form: Form, document: Document) -> Iterator[tuple[tuple[str, ...], Question]]:
    """The questions of a form that a document answers, each with the way to the list it is asked about, if it is."""
    for _, part in form.parts():
        place = pointer(part.field)
        if isinstance(part, Question):
            if value_at(document, place) is not None:
                yield (), part
            continue
        for number in range(len(items_at(document, place))):
            for question in part.questions:
                if value_at(document, join(place, number) + pointer(question.field)) is not None:
                    yield part.field, question


def _asks(form: Form, answered: Iterable[tuple[tuple[str, ...], Question]]) -> bool:
    """Whether a form asks these questions too, with the same choices."""
    kinds = {
        (group, question.field): (question.kind, question.code_list)
        for _, part in form.parts()
        for group, question in (
            [((), part)] if isinstance(part, Question) else [(part.field, q) for q in part.questions]
        )
    }
    return all(kinds.get((group, one.field)) == (one.kind, one.code_list) for group, one in answered)
