"""One question with its field: what is asked, what stands there, and what is unclear about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalGroup
from textual.content import Content
from textual.message import Message
from textual.widget import AwaitMount
from textual.widgets import Static

from mpfcheck.checking.report import Problem, Result
from mpfcheck.drafting.questions import Complaint, DraftQuestion
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.words import complaint_words
from mpfcheck.forms.form import Question
from mpfcheck.forms.typed.answer import Understood
from mpfcheck.proposal.fields import Code, Day, Exact, Many, Moment, Text, Whole, YesNo
from mpfcheck.wizard.symbols import Symbol, result_symbol
from mpfcheck.wizard.text import WithSymbol, literal
from mpfcheck.wizard.widgets.inputs import Choices, Line, LongText, Option, Pick, TextEntered

__all__ = ["AnswerGiven", "Editor", "Field", "Findings", "ListRequest"]

Editor: TypeAlias = Line | LongText | Choices | Pick

_FEW = 6
_MOST_FINDINGS = 3
_YES_NO = (Option(value=True, label="Yes"), Option(value=False, label="No"))


class AnswerGiven(Message):
    """Somebody answered: with a typed ``text``, or with a ``value`` that was chosen (None clears the answer)."""

    def __init__(self, field: Field, *, text: str | None = None, value: object = None, onwards: bool = False) -> None:
        super().__init__()
        self.field = field
        self.text = text
        self.value = value
        self.onwards = onwards


class ListRequest(Message):
    """The list of choices of a question is wanted, and ``typed`` is looked for in it."""

    def __init__(self, field: Field, typed: str) -> None:
        super().__init__()
        self.field = field
        self.typed = typed


class Findings(Static):
    """What the rules find wrong with the answer above, and what is doubtful about it: also where no pane says it."""

    def __init__(self) -> None:
        super().__init__(classes="findings", markup=False)
        self.display = False
        self._shown: object = ()

    def show(self, failed: Sequence[Result], doubtful: Sequence[Problem]) -> None:
        """Show them, the worst first."""
        if (failed, doubtful) == self._shown:
            return
        self._shown = (failed, doubtful)
        lines = []
        for result in failed[:_MOST_FINDINGS]:
            symbol = result_symbol(result)
            lines.append(literal(f"{symbol.glyph} {result.rule}: {result.message or result.title}", symbol.style))
        if len(failed) > _MOST_FINDINGS:
            lines.append(literal(f"and {len(failed) - _MOST_FINDINGS} more (F2)", "$muted"))
        lines += [literal(f"! {problem.message} {problem.hint}".rstrip(), "$warning") for problem in doubtful]
        self.display = bool(lines)
        self.update(Content("\n").join(lines))


class Field(VerticalGroup):
    """A question and its field. Down leads to what may be meant, where something may; Up leads back."""

    BINDINGS = [
        Binding("down", "down", show=False),
        Binding("up", "up", show=False),
    ]

    def __init__(self, draft_part: DraftQuestion, session: Session) -> None:
        super().__init__()
        self.draft_part = draft_part
        self._session = session
        self.editor = self._editor(draft_part.question)
        self._suggestions: Choices | None = None
        self._mounting: AwaitMount | None = None
        self._note = Static(classes="note")
        self._note.display = False
        self.findings = Findings()

    @property
    def pointer(self) -> str:
        """The field of the proposal."""
        return self.draft_part.pointer

    @property
    def typed(self) -> str | None:
        """What was typed and the session does not know yet; None where there is nothing."""
        editor = self.editor
        return editor.value if isinstance(editor, Line | LongText) and editor.changed else None

    def compose(self) -> ComposeResult:
        """Put the parts below each other."""
        yield Static(self._prompt(), classes="prompt")
        yield self.editor
        yield self._note
        yield self.findings
        self._show_answer()

    def on_mount(self) -> None:
        """Say what is unclear from the start."""
        if self.draft_part.complaint is not None and isinstance(self.editor, LongText):
            self.editor.go_to_end()
        self._show_complaint()

    def show(self, draft_part: DraftQuestion, *, taken: bool = False) -> None:
        """Show what stands there now. What is being typed stays, unless it was ``taken`` as the answer."""
        if draft_part == self.draft_part and not taken:
            return
        before, self.draft_part = self.draft_part, draft_part
        self._show_answer()
        if (draft_part.complaint, draft_part.doubt) != (before.complaint, before.doubt):
            self._show_complaint()

    def hint(self, words: str) -> None:
        """Say how what is being typed is read; nothing takes it away."""
        if self.draft_part.complaint is None:
            self._note.set_classes("note read-as")
            self._note.update(literal(words))
            self._note.display = bool(words)

    async def focus_suggestions(self) -> None:
        """Go to what may be meant, if anything may."""
        if self._suggestions is not None and self._mounting is not None:
            await self._mounting
            self._suggestions.enter()

    def is_suggestion(self, choices: Choices) -> bool:
        """Whether these choices are what may be meant, and not the answers there are."""
        return choices is self._suggestions

    async def action_down(self) -> None:
        """Go to what may be meant; of a list where nothing is, to the list."""
        if self._suggestions is not None and not self._suggestions.has_focus:
            await self.focus_suggestions()
        elif isinstance(self.editor, Pick) and self.editor.has_focus:
            self.editor.action_open()
        else:
            raise SkipAction

    def action_up(self) -> None:
        """Go back from what may be meant."""
        if self._suggestions is None or not self._suggestions.has_focus:
            raise SkipAction
        self.screen.set_focus(self.editor)

    def _prompt(self) -> Content:
        question = self.draft_part.question
        first = Content.assemble((question.ask, "bold"), ("  optional", "$muted") if question.optional else "")
        return Content("\n").join([first, Content.styled(question.hint, "$muted")]) if question.hint else first

    def _editor(self, question: Question) -> Editor:
        kind = question.kind
        if isinstance(kind, YesNo):
            return Choices(_YES_NO)
        if isinstance(kind, Many):
            return Pick()
        listed = isinstance(kind, Code) or question.code_list is not None or bool(question.refers_to)
        if isinstance(kind, Text) and not listed:
            return (
                LongText(self.draft_part.typed, question.lines) if question.lines > 1 else Line(self.draft_part.typed)
            )
        if listed:
            choices = self._session.choices(question)
            if len(choices) > _FEW or bool(question.refers_to) or question.own_text:
                return Pick()
            return Choices([Option(choice.code, choice.label) for choice in choices])
        short = isinstance(kind, Exact | Whole | Day | Moment)
        return Line(self.draft_part.typed, classes="short" if short else "")

    def _show_answer(self) -> None:
        editor, draft_part = self.editor, self.draft_part
        if isinstance(editor, Line | LongText):
            editor.show(draft_part.typed)
        elif isinstance(editor, Choices):
            editor.show(draft_part.value)
        else:
            editor.show(draft_part.shown)
        if draft_part.complaint is None and draft_part.doubt is None:
            self._note.display = False

    def _show_complaint(self) -> None:
        complaint = self.draft_part.complaint
        self.set_class(complaint is not None, "complains")
        if self._suggestions is not None:
            self._suggestions.remove()
            self._suggestions = None
        if complaint is None:
            self._show_doubt()
            return
        self._note.set_classes("note")
        shown = complaint_shown(complaint)
        # Buttons show every answer there is: a second list of the same would be one too many.
        suggestions = () if isinstance(self.editor, Choices) else complaint.suggestions
        if suggestions:
            keys = "In this field, press ↓ to choose one of these."
            if isinstance(self.editor, Line | LongText) and self._is_understood():
                keys = "Press Enter to confirm it, or ↓ to choose one of these."
            how = literal(keys, "$muted")
            shown = WithSymbol(shown.symbol, Content("\n").join([shown.text, how]))
        self._note.update(shown)
        self._note.display = True
        if suggestions:
            options = [Option(number, one.shown) for number, one in enumerate(suggestions)]
            self._suggestions = Choices(options, numbered=True, classes="suggestions")
            self._mounting = self.mount(self._suggestions)

    def _is_understood(self) -> bool:
        """Whether the text in the field is an answer once it is confirmed."""
        return isinstance(self._session.understand(self.pointer, self.draft_part.typed), Understood)

    def _show_doubt(self) -> None:
        """Say what is odd about the answer that stands."""
        doubt = self.draft_part.doubt
        self._note.display = doubt is not None
        if doubt is not None:
            self._note.set_classes("note")
            self._note.update(WithSymbol(Symbol("!", "$warning"), literal(complaint_words(doubt), "$warning")))

    @on(TextEntered)
    def _typed(self, message: TextEntered) -> None:
        message.stop()
        self.post_message(AnswerGiven(self, text=message.text, onwards=message.onwards))

    @on(Choices.Picked)
    def _picked(self, message: Choices.Picked) -> None:
        message.stop()
        value = self.value_of(message.choices, message.value)
        onwards = message.onwards or message.choices is self._suggestions
        self.post_message(AnswerGiven(self, value=value, onwards=onwards))

    def value_of(self, choices: Choices, chosen: object) -> object:
        """The answer that a choice stands for: a suggestion is chosen by its number."""
        if choices is self._suggestions and isinstance(chosen, int) and self.draft_part.complaint is not None:
            return self.draft_part.complaint.suggestions[chosen].value
        return chosen

    @on(Pick.Opened)
    def _opened(self, message: Pick.Opened) -> None:
        message.stop()
        self.post_message(ListRequest(self, message.typed))

    @on(Pick.Cleared)
    def _cleared(self, message: Pick.Cleared) -> None:
        message.stop()
        self.post_message(AnswerGiven(self, value=None))


def complaint_shown(complaint: Complaint) -> WithSymbol:
    """A complaint behind its symbol."""
    return WithSymbol(Symbol("✗", "$error"), literal(complaint_words(complaint), "$error"))
