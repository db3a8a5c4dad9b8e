"""The fields of a page: with what each question is answered, what is in it, and what of what was sent is new."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from mpfcheck.drafting.questions import DraftGroup, DraftQuestion
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.words import complaint_words, how_to_type
from mpfcheck.forms.form import Question
from mpfcheck.forms.typed.answer import Understood
from mpfcheck.forms.typed.choice import FEW_CHOICES, Choice, choice_in_words
from mpfcheck.frozen import Frozen
from mpfcheck.proposal.fields import Exact, Many, Text, Whole, YesNo

__all__ = ["Control", "FieldView", "as_in_browser", "field_view", "id_of", "new_answers", "take_answers"]

YES, NO = Choice("yes", "Yes"), Choice("no", "No")

_no_text = re.compile("[\0\ud800-\udfff]")
_line_ends = re.compile("\r\n?")


class Control(StrEnum):
    """With what a question is answered."""

    LINE = "line"
    TEXT = "text"
    RADIOS = "radios"
    SELECT = "select"


class FieldView(Frozen):
    """A question as a page shows it.

    ``text`` is what is in the field, for radios and lists the code that is chosen. ``typing`` says that the text was
    being typed and is not an answer yet. ``listed`` says that the ``choices`` are offered while a name is typed.
    """

    draft_part: DraftQuestion
    id: str
    control: Control
    text: str
    choices: tuple[tuple[str, str], ...] = ()
    listed: bool = False
    typing: bool = False
    error: str = ""
    doubt: str = ""
    suggestions: tuple[str, ...] = ()
    rows: int = 1
    mode: str = ""
    how: str = ""

    @property
    def name(self) -> str:
        """Its name in the form: the place of the answer."""
        return self.draft_part.pointer

    @property
    def question(self) -> Question:
        """What is asked."""
        return self.draft_part.question

    @property
    def described_by(self) -> str:
        """The ids of the texts about the field beside its label."""
        parts = [
            f"{self.id}-hint" if self.question.hint or self.how else "",
            f"{self.id}-error" if self.error else "",
            f"{self.id}-doubt" if self.doubt else "",
        ]
        return " ".join(filter(None, parts))


def id_of(pointer: str) -> str:
    """The id of the field at a place."""
    return f"f{pointer.replace('/', '-')}"


def as_in_browser(text: str) -> str:
    """A text as it comes back from a browser that was sent it: HTML has no such characters, and one line end."""
    return _line_ends.sub("\n", _no_text.sub("\N{REPLACEMENT CHARACTER}", text))


def field_view(
    draft_part: DraftQuestion, session: Session, typing: Mapping[str, str], *, in_table: bool = False
) -> FieldView:
    """A question as a page shows it; in a table a short list takes the place of radio buttons."""
    question = draft_part.question
    choices = _choices(question, session)
    control = _control(draft_part, choices, in_table=in_table)
    text = _shown_text(draft_part, control)
    being_typed = typing.get(draft_part.pointer)
    if being_typed is not None and control in (Control.LINE, Control.TEXT) and as_in_browser(being_typed) != text:
        text = as_in_browser(being_typed)
        control = Control.TEXT if "\n" in text else control
    else:
        being_typed = None
    pairs = tuple((choice.code, choice_in_words(choice)) for choice in choices)
    if control is Control.SELECT and text and text not in {code for code, _ in pairs}:
        pairs = (*pairs, (text, draft_part.shown or text))
    complaint, doubt = draft_part.complaint, draft_part.doubt
    return FieldView(
        draft_part,
        id_of(draft_part.pointer),
        control,
        text,
        pairs,
        listed=control is Control.LINE and bool(pairs) and not isinstance(question.kind, Many),
        typing=being_typed is not None,
        error=complaint_words(complaint) if complaint else "",
        doubt=complaint_words(doubt) if doubt else "",
        # Buttons show every answer there is: a second list of the same would be one too many.
        suggestions=tuple(one.shown for one in complaint.suggestions)
        if complaint and control is not Control.RADIOS
        else (),
        rows=max(question.lines, 3) if control is Control.TEXT else 1,
        mode=_input_mode(question),
        how="" if question.hint or in_table else how_to_type(question).removesuffix(" A few letters give suggestions."),
    )


def _choices(question: Question, session: Session) -> tuple[Choice, ...]:
    return (YES, NO) if isinstance(question.kind, YesNo) else session.choices(question)


def _control(draft_part: DraftQuestion, choices: tuple[Choice, ...], *, in_table: bool) -> Control:
    question = draft_part.question
    if isinstance(question.kind, YesNo):
        return Control.SELECT if in_table else Control.RADIOS
    one = not isinstance(question.kind, Many) and not question.own_text
    if one and 0 < len(choices) <= FEW_CHOICES:
        return Control.SELECT if in_table else Control.RADIOS
    if question.lines > 1 or "\n" in as_in_browser(draft_part.typed):
        return Control.TEXT
    return Control.LINE


def _shown_text(draft_part: DraftQuestion, control: Control) -> str:
    if control in (Control.LINE, Control.TEXT):
        return as_in_browser(draft_part.typed)
    if draft_part.complaint is not None and not isinstance(draft_part.value, str):
        return ""
    if isinstance(draft_part.value, bool):
        return YES.code if draft_part.value else NO.code
    return as_in_browser(draft_part.value) if isinstance(draft_part.value, str) else ""


def _input_mode(question: Question) -> str:
    """The keyboard a telephone shows; a share of the total needs a percent sign."""
    match question.kind:
        case Exact() if question.percent_of is None:
            return "decimal"
        case Whole():
            return "numeric"
        case Text():
            return ""
    return ""


def questions_of(draft_parts: Iterable[DraftQuestion | DraftGroup]) -> Iterator[DraftQuestion]:
    """The questions on a page, with those about the items of its groups."""
    for one in draft_parts:
        if isinstance(one, DraftGroup):
            for item in one.items:
                yield from item.questions
        else:
            yield one


def new_answers(
    sent: Mapping[str, str], draft_parts: Iterable[DraftQuestion | DraftGroup], session: Session
) -> dict[str, str]:
    """What was sent and is not what was shown, by the place of each question.

    A text that was kept because the program ended while it was typed is confirmed by being sent as it is.
    """
    found: dict[str, str] = {}
    for one in questions_of(draft_parts):
        text = sent.get(one.pointer)
        if text is None:
            continue
        text = as_in_browser(text)
        control = _control(one, _choices(one.question, session), in_table=False)
        if text != _shown_text(one, control) or _is_confirmed(one, session, text):
            found[one.pointer] = text
    return found


def _is_confirmed(draft_part: DraftQuestion, session: Session, text: str) -> bool:
    if draft_part.pointer not in session.state.unfinished or not text.strip():
        return False
    return isinstance(session.understand(draft_part.pointer, text), Understood)


def take_answers(session: Session, answers: Mapping[str, str]) -> None:
    """Take answers, each a step; what is not understood is kept in its field."""
    for pointer, text in answers.items():
        draft_part = session.at(pointer)
        if draft_part is None:
            continue
        kind = draft_part.question.kind
        if isinstance(kind, YesNo) and text in (YES.code, NO.code):
            session.choose(pointer, text == YES.code)
        elif not isinstance(kind, Many) and text in {choice.code for choice in session.choices(draft_part.question)}:
            session.choose(pointer, text)
        else:
            session.answer(pointer, text)
