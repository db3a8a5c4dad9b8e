"""An applicant whose front end is nothing: the session itself, saved after every step."""

from __future__ import annotations

from pathlib import Path

from mpfcheck.checking.report import Status
from mpfcheck.drafting.desk import Desk, Work
from mpfcheck.drafting.dialogues.commenting import comment_on
from mpfcheck.drafting.dialogues.partners import bring_file_back, send_to_partner
from mpfcheck.drafting.dialogues.removing import remove_item
from mpfcheck.drafting.dialogues.steps import Choose, Confirm, Dialogue, EnterPath, EnterText, Notice, Step, run
from mpfcheck.drafting.questions import Complaint, DraftQuestion
from mpfcheck.drafting.summary import what_now
from mpfcheck.forms.form import Page
from mpfcheck.report.blocks import Fact, Facts, Say, Section

from ..steps.desk import CALL

__all__ = ["AtTheSession"]


def text_of(section: Section) -> str:
    facts = [one for block in section.blocks if isinstance(block, Facts) for one in block.facts]
    said = ["".join(block.spans) for block in section.blocks if isinstance(block, Say)]
    return " ".join([*said, *(f"{one.name}: {one.value}" for one in facts if isinstance(one, Fact))])


class AtTheSession:
    """Drives a session as a front end does."""

    path: Path
    _work: Work
    _removal: Dialogue[bool]
    _bringing: Dialogue[bool]
    _question = ""

    def __init__(self) -> None:
        self._desk = Desk()
        self._complaint: Complaint | None = None
        self._place = ""

    def begin(self, path: Path) -> None:
        self.path = path
        self._work = self._desk.start(path, CALL)

    def go_on(self, path: Path) -> None:
        self.path = path
        self._work = self._desk.open(path)

    def leave(self) -> None:
        self._work.file.close()

    def break_off(self, place: str, text: str) -> None:
        self._work.file.keep_typing({place: text})
        self._work.file.close()

    def confirm_text(self, place: str) -> None:
        self.answer(place, self.standing_text(place))

    def answer(self, place: str, text: str) -> None:
        self._place, self._complaint = place, self._work.session.answer(place, text)
        self._work.save()

    def attempt(self, place: str, text: str) -> str:
        self.answer(place, text)
        return self.asked_back()

    def clear(self, place: str) -> None:
        self._work.session.clear(place)
        self._work.save()

    def take(self, number: int) -> None:
        assert self._complaint is not None
        self._work.session.choose(self._place, self._complaint.suggestions[number - 1].value)
        self._work.save()

    def undo(self) -> None:
        self._work.session.undo()
        self._work.save()

    def redo(self) -> None:
        self._work.session.redo()
        self._work.save()

    def add(self, group: str, name: str) -> None:
        self.answer(f"{self._work.session.add(group)}/name", name)

    def copy(self, group: str, number: int) -> None:
        self._work.session.duplicate(f"{group}/{number - 1}")
        self._work.save()

    def take_out(self, group: str, number: int) -> None:
        self._removal = remove_item(self._work.session, f"{group}/{number - 1}")
        self._question = ""
        step = next(self._removal)
        if isinstance(step, Confirm):
            self._question = f"{step.title} {step.text} {step.yes.label}, {step.yes.detail}"
        self._work.save()

    def confirmation(self) -> str:
        return self._question

    def confirm(self) -> None:
        self._removal.send(True)
        self._work.save()

    def to_check(self) -> str:
        session = self._work.session
        remarks = (*session.unclear(), *session.doubtful())
        return "\n".join(f"{one.title}: {one.complaint.message} {one.complaint.hint}" for one in remarks)

    def row(self, group: str, number: int) -> str:
        session = self._work.session
        marks = session.row_marks(session.group(group).items[number - 1])
        numbers = f"{marks.unclear} unclear, {marks.missing} missing, {marks.doubtful} to check"
        return ", ".join([*(result.rule for result in marks.failed), numbers])

    def move_up(self, group: str, number: int) -> None:
        self._work.session.move(f"{group}/{number - 1}", -1)
        self._work.save()

    def say_none(self, group: str) -> None:
        self._work.session.say_none(group)

    def say_complete(self, group: str) -> None:
        self._work.session.close(group)
        self._work.save()

    def send_part(self, number: int) -> Path:
        def reply(step: Step) -> object:
            match step:
                case Choose():
                    return step.replies[number - 1].id
                case EnterText():
                    return "Please check."
                case EnterPath():
                    return step.usual
            return None

        path = run(send_to_partner(self._work), reply)
        assert path is not None
        return path

    def bring_part(self, path: Path) -> None:
        self._bringing, self._said = bring_file_back(self._work), ""
        self._reply(None)
        self._reply(str(path))

    def _reply(self, reply: object) -> None:
        """Reply to a question about a part, and hear all up to the next one."""
        try:
            step = self._bringing.send(reply)
            while isinstance(step, Notice):
                self._said += f"{step.text}\n"
                step = self._bringing.send(None)
            self._said += f"{step}\n"
        except StopIteration:
            self._work.save()

    def on_the_part(self) -> str:
        return self._said

    def settle(self, place: str) -> None:
        self._reply({place: "theirs"})

    def take_part(self) -> None:
        self._reply(True)

    def comment(self, place: str, text: str) -> None:
        run(comment_on(self._work.session, place), lambda step: text if isinstance(step, EnterText) else None)
        self._work.save()

    def pages(self) -> list[str]:
        return [page.title for page in self._work.session.pages()]

    def whole_screen(self) -> str:
        return str(self._work.session.verdict)

    def asked_back(self) -> str:
        return f"{self._complaint.message} {self._complaint.hint}" if self._complaint else ""

    def suggestions(self) -> list[str]:
        return [suggestion.shown for suggestion in self._complaint.suggestions] if self._complaint else []

    def told(self) -> str:
        said = {True: "is not met", False: "no longer fails"}
        changes = self._work.session.changes
        return "\n".join(
            f"{change.result.rule} {said[change.result.status is Status.FAIL]}"
            for change in changes
            if Status.FAIL in (change.result.status, change.was)
        )

    def shown(self, place: str) -> str:
        asked = self._work.session.at(place)
        return asked.shown if asked is not None and asked.answered else ""

    def standing_text(self, place: str) -> str:
        asked = self._work.session.at(place)
        return asked.typed if asked is not None and asked.complaint else ""

    def state(self, page: str) -> str:
        return str(self._work.session.progress(self._page(page)).state)

    def asks(self, page: str) -> list[str]:
        asked = self._work.session.questions(self._page(page))
        return [one.question.ask if isinstance(one, DraftQuestion) else one.group.ask for one in asked]

    def what_now(self) -> str:
        said = [f"{section.heading} {text_of(section)}" for section in what_now(self._work.session)]
        return "\n".join(said)

    def verdict(self) -> str:
        return str(self._work.session.verdict)

    def _page(self, title: str) -> Page:
        return next(page for page in self._work.session.pages() if page.title == title)
