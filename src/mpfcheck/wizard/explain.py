"""F1: what a question means, which rules read it, what a rule says; and every key, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from mpfcheck.checking.report import Result, SourceReference
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.summary import what_now
from mpfcheck.drafting.words import no_rule_words, status_words
from mpfcheck.forms.form import Group, Question
from mpfcheck.packs.call import Call
from mpfcheck.packs.rule import Authority
from mpfcheck.report.blocks import Say, Tone
from mpfcheck.report.say.next_steps import WHAT_NOW
from mpfcheck.report.words import AUTHORITY, Label
from mpfcheck.wizard.dialogs import Overlay
from mpfcheck.wizard.symbols import result_symbol
from mpfcheck.wizard.text import WithSymbol, literal
from mpfcheck.wizard.widgets.bars import Link

__all__ = ["Explain", "explain_question", "explain_rule", "explain_what_now", "keys_help"]


class Explain(Overlay[None]):
    """Words to read. Arrows and Page Down scroll, Esc or F1 closes."""

    BINDINGS = [("f1", "close", "Close"), ("enter", "close", "Close")]

    def __init__(self, title: str, parts: Sequence[Content | WithSymbol]) -> None:
        super().__init__()
        self.title_words = title
        self._parts = parts

    def links(self) -> Iterable[Link]:
        """How to scroll and close."""
        return (Link("↑ ↓", "scroll", "screen.noop"), Link("Esc or F1", "close", "screen.close"))

    def body(self) -> Iterable[Widget]:
        """The words."""
        yield VerticalScroll(*(Static(part, markup=False, classes="part") for part in self._parts))

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()


def explain_question(session: Session, question: Question | Group, inside: Group | None, place: str = "") -> Explain:
    """The help of a question, the comment on its answer at ``place``, and the rules that read it."""
    parts: list[Content | WithSymbol] = []
    parts += [literal(text) for text in (question.hint, question.help) if text]
    if getattr(question, "optional", False):
        parts.append(literal("Optional: you may leave it unanswered.", "$muted"))
    if comment := session.comment_at(place) if place else "":
        parts.append(literal(f"Comment: {comment}"))
    results = session.results_for(question, inside)
    if results:
        parts.append(
            literal("Rules that use this answer" if len(results) > 1 else "Rule that uses this answer", "bold")
        )
    else:
        parts.append(literal(no_rule_words(session), "$muted"))
    parts += [_rule(session.call, result) for result in results]
    return Explain(question.ask, parts)


def explain_rule(session: Session, result: Result) -> Explain:
    """What a rule requires, why, its result now, and its source."""
    rule = session.call.rule(result.rule)
    parts: list[Content | WithSymbol] = [
        WithSymbol(result_symbol(result), literal(status_words(result.status, result.severity), "bold"))
    ]
    parts += [literal(text) for text in (result.message,) if text]
    if result.fix:
        parts.append(Content.assemble((f"{Label.FIX}: ", "bold"), literal(result.fix)))
    if rule.why:
        parts.append(Content.assemble(("Why: ", "bold"), literal(rule.why)))
    parts.append(_source(result.source))
    return Explain(f"{result.rule}  {result.title}", parts)


def explain_what_now(session: Session) -> Explain:
    """What to do after the proposal is written, and what is not known about it."""
    parts: list[Content | WithSymbol] = []
    for section in what_now(session):
        lines = [literal(section.heading, "bold")]
        lines += [
            literal("".join(block.spans), "$muted" if block.tone is Tone.QUIET else "")
            for block in section.blocks
            if isinstance(block, Say)
        ]
        parts.append(Content("\n").join(lines))
    return Explain(WHAT_NOW, parts)


def _rule(call: Call, result: Result) -> WithSymbol:
    rule = call.rule(result.rule)
    status = status_words(result.status, result.severity)
    lines = [Content.assemble((result.rule, "bold"), "  ", literal(result.title), (f"  ({status})", "$muted"))]
    lines += [literal(text) for text in (result.message, rule.why) if text]
    lines.append(_source(result.source))
    return WithSymbol(result_symbol(result), Content("\n").join(lines))


def _source(source: SourceReference) -> Content:
    where = ", ".join(part for part in (source.document, source.section) if part)
    lines = [literal(f"{Label.SOURCE}: {where}. {AUTHORITY[Authority(source.authority)]}.", "$muted")]
    if source.url:
        lines.append(literal(source.url, "$muted"))
    return Content("\n").join(lines)


_KEYS = (
    ("In a form", (
        ("Tab, Enter", "next field"),
        ("Enter in a long text", "new line (Tab goes on)"),
        ("Shift+Tab", "previous field"),
        ("Enter, Space, letters", "open the list of a field"),
        ("Arrows, Space", "move to a choice (or type its first letter), choose it"),
        ("Down", "go to the suggestions below a field; Enter chooses one"),
        ("Delete", "clear the answer"),
        ("Page Down, Ctrl+N", "next page"),
        ("Page Up, Ctrl+T", "previous page"),
    )),
    ("In a table", (
        ("Enter", "edit the row"),
        ("+, Ctrl+D, Delete", "add a row, copy it, delete it"),
        ("[ and ]", "move the row up or down"),
        ("Space", "press a button below the table"),
    )),
    ("Anywhere", (
        ("F1", "explain the question, and the rules that use it"),
        ("F2", "status of the proposal (and back)"),
        ("F3", "all pages"),
        ("F4", "check your answers"),
        ("F5", "result"),
        ("F6", "export"),
        ("F9", "light or dark colours"),
        ("Ctrl+P, Ctrl+F", "find any question, page, rule or action by words"),
        ("Ctrl+Z, Ctrl+Y", "undo and redo answers"),
        ("Ctrl+S", "save now, and show where the draft is"),
        ("Esc", "close the open window or list (Esc never quits the program)"),
        ("F10", "leave the draft"),
        ("Ctrl+Q, Ctrl+C twice", "quit; all answers are saved"),
    )),
)  # fmt: skip


def keys_help() -> Explain:
    """All keys, by where they work."""
    parts = []
    for heading, keys in _KEYS:
        lines = [Content.styled(heading, "bold")]
        lines += [Content.assemble((f"  {key:<22}", "$accent"), words) for key, words in keys]
        parts.append(Content("\n").join(lines))
    words = "Ctrl+P also finds every action. The keys in the last line can be clicked."
    parts.append(Content.styled(words, "$muted"))
    return Explain("Keys and how to move about", parts)
