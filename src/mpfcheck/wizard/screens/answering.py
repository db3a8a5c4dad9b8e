"""How answers get from the fields to the session, and what is shown then."""

from __future__ import annotations

from textual import on
from textual.timer import Timer
from textual.widgets import Input, TextArea

from mpfcheck.drafting.asked import AskedQuestion
from mpfcheck.drafting.session import Session
from mpfcheck.forms.typed.answer import Reading, Understood
from mpfcheck.proposal.fields import Day, Exact, Many, Moment, Whole
from mpfcheck.wizard.pick_list import Picked, PickList
from mpfcheck.wizard.screens.frame import Frame
from mpfcheck.wizard.widgets.field import AnswerGiven, Field, ListRequest

__all__ = ["Answering"]

PAUSE = 0.35
"""How long, in seconds, nobody must type before what is typed is read back."""

CHANGED_FOR = 8.0
"""How long, in seconds, it is marked what the last answer changed."""


class Answering(Frame):
    """Takes answers. A question that cannot be understood is never a wall: the next key goes on."""

    _pause: Timer | None = None
    _forget: Timer | None = None

    @on(AnswerGiven)
    async def _answered(self, message: AnswerGiven) -> None:
        message.stop()
        await self.take(message.field, text=message.text, value=message.value, onwards=message.onwards)

    async def take(self, field: Field, *, text: str | None = None, value: object = None, onwards: bool = False) -> None:
        """Take a typed text, or a chosen value, and go on if that is wanted."""
        if self.view not in field.ancestors or not self._is_there(field):
            return
        if text is None:
            self.take_value(field, value)
        else:
            self.take_text(field, text)
        if onwards:
            self.go_on_from(field)

    def take_text(self, field: Field, text: str) -> None:
        """Take typed text."""
        before = self.session.state
        self.session.answer(field.pointer, text)
        if self.session.state is not before:
            self.stepped()
        else:
            asked = self.session.at(field.pointer)
            if asked is not None:
                field.show(asked, taken=True)
            self.typing()

    def take_value(self, field: Field, value: object) -> None:
        """Take a chosen value; None takes the answer away."""
        before = self.session.state
        if value is None:
            self.session.clear(field.pointer)
        else:
            self.session.choose(field.pointer, value)
        if self.session.state is not before:
            self.stepped()

    def take_what_is_typed(self) -> None:
        """Take what stands in the field one is in, before anything else happens: nothing typed is lost."""
        field = self.field_here()
        if field is not None and field.typed is not None:
            self.take_text(field, field.typed)

    def _is_there(self, field: Field) -> bool:
        """Whether what a field is about is still there: its item may have been deleted meanwhile."""
        location = self.session.locate(field.pointer)
        return location is not None and (location.item is None or self.session.item(location.item) is not None)

    def field_here(self) -> Field | None:
        """The field one is in."""
        if self.focused is None:
            return None
        return next((node for node in self.focused.ancestors_with_self if isinstance(node, Field)), None)

    def stepped(self) -> None:
        """Show what the last step changed, and save it."""
        self.was = {change.result.rule: change.was for change in self.session.changes}
        self.show_all()
        self.keep()
        if self._forget is not None:
            self._forget.stop()
        if self.was:
            self._forget = self.set_timer(CHANGED_FOR, self._no_longer_new)

    def keep(self) -> None:
        """Save what is there now."""

    def typing(self) -> None:
        """Keep what is being typed, soon."""

    def _no_longer_new(self) -> None:
        self.was = {}
        self.show_all()

    def go_on_from(self, field: Field) -> None:
        """Go to what comes after a field, past its suggestions."""
        chain = self.focus_chain
        inside = [number for number, widget in enumerate(chain) if field in widget.ancestors]
        if inside and inside[-1] + 1 < len(chain):
            self.set_focus(chain[inside[-1] + 1])

    @on(TextArea.Changed)
    def _typing_long(self) -> None:
        self.typing()

    @on(Input.Changed)
    def _typing(self, message: Input.Changed) -> None:
        self.typing()
        if self._pause is not None:
            self._pause.stop()
        field = self.field_here()
        if field is None or message.input is not field.editor or field.typed is None:
            return
        kind = field.asked.question.kind
        if isinstance(kind, Exact | Whole | Day | Moment):
            self._pause = self.set_timer(PAUSE, lambda: self._read_back(field))

    def _read_back(self, field: Field) -> None:
        """Say how an amount or a day is read while it is typed; of what is not clear yet, nothing."""
        text = field.typed
        if text is None or not text.strip() or not self._is_there(field):
            field.hint("")
            return
        reading = self.session.understand(field.pointer, text)
        if not isinstance(reading, Understood):
            field.hint("")
            return
        field.hint(f"= {reading.shown}{self._would_change(field, text)}")

    def _would_change(self, field: Field, text: str) -> str:
        """Which rules would hold with it that do not yet. What would break is said when it is entered, not before."""
        report = self.session.preview(field.pointer, text)
        if report is None:
            return ""
        now = {result.rule: result.status for result in self.session.report.results}
        better = [one.rule for one in report.results if one.status == "pass" and now.get(one.rule) != "pass"]
        return f"   with it {', '.join(better)} would hold" if better else ""

    @on(ListRequest)
    def _picking(self, message: ListRequest) -> None:
        message.stop()
        self.run_worker(self._pick(message.field, message.typed), exclusive=True, group="overlay")

    async def _pick(self, field: Field, typed: str) -> None:
        asked = field.asked
        screen = pick_list(self.session, asked, typed)
        picked: Picked | None = await self.app.push_screen_wait(screen)
        if not self._is_there(field):
            return
        if isinstance(picked, tuple):
            if list(picked) != (asked.value or []):
                self.take_value(field, list(picked) or None)
        elif picked in {choice.code for choice in self.session.choices(asked.question)}:
            self.take_value(field, picked)
        elif picked is not None:
            self.take_text(field, picked)
        if screen.onwards:
            self.go_on_from(field)


def pick_list(session: Session, asked: AskedQuestion, typed: str) -> PickList:
    """The list of choices of a question."""
    question = asked.question
    several = isinstance(question.kind, Many)
    chosen = asked.value if isinstance(asked.value, list) else [asked.value] if isinstance(asked.value, str) else []
    return PickList(
        question.ask,
        session.choices(question),
        [str(one) for one in chosen],
        several=several,
        own=question.own_text,
        typed=typed,
        meant=lambda text: meant(session.understand(asked.pointer, text)),
    )


def meant(reading: Reading) -> tuple[str, ...]:
    """The codes a typed text stands for, or may stand for: what it is read as comes before all that is spelt alike."""
    found = [reading] if isinstance(reading, Understood) else reading.suggestions
    values = [one.value for one in found]
    return tuple(str(code) for value in values for code in (value if isinstance(value, list | tuple) else [value]))
