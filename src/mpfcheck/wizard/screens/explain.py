"""F1: what a question means, which rules read it, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from mpfcheck.checking.report import Result, SourceReference
from mpfcheck.drafting.session import Session
from mpfcheck.forms.form import Group, Question
from mpfcheck.packs.call import Call
from mpfcheck.wizard.marks import mark_of, words_of_status
from mpfcheck.wizard.screens.overlay import Overlay
from mpfcheck.wizard.visible import said
from mpfcheck.wizard.widgets.links import Link
from mpfcheck.wizard.widgets.marked import Marked

__all__ = ["Explain", "explain_question", "explain_rule"]


class Explain(Overlay[None]):
    """Words to read. Arrows and Page Down scroll, Esc or F1 closes."""

    BINDINGS = [("f1", "close", "Close"), ("enter", "close", "Close")]

    def __init__(self, title: str, parts: Sequence[Content | Marked]) -> None:
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


def explain_question(session: Session, question: Question | Group, inside: Group | None) -> Explain:
    """The help of a question, and the rules that read it."""
    parts: list[Content | Marked] = []
    parts += [said(text) for text in (question.hint, question.help) if text]
    if getattr(question, "optional", False):
        parts.append(said("It may stay unanswered.", "$muted"))
    results = session.reading(question, inside)
    if results:
        parts.append(said("The rules that read it" if len(results) > 1 else "The rule that reads it", "bold"))
    else:
        parts.append(said("No rule of the call reads this answer.", "$muted"))
    parts += [_rule(session.call, result) for result in results]
    return Explain(question.ask, parts)


def explain_rule(session: Session, result: Result) -> Explain:
    """What a rule demands, why, what it says now, and where it stands."""
    rule = session.call.rule(result.rule)
    parts: list[Content | Marked] = [
        Marked(mark_of(result), said(words_of_status(result.status, result.severity), "bold"))
    ]
    parts += [said(text) for text in (result.message,) if text]
    if result.fix:
        parts.append(Content.assemble(("To mend it: ", "bold"), said(result.fix)))
    if rule.why:
        parts.append(Content.assemble(("Why: ", "bold"), said(rule.why)))
    parts.append(_source(result.source))
    return Explain(f"{result.rule}  {result.title}", parts)


def _rule(call: Call, result: Result) -> Marked:
    rule = call.rule(result.rule)
    status = words_of_status(result.status, result.severity)
    lines = [Content.assemble((result.rule, "bold"), "  ", said(result.title), (f"  ({status})", "$muted"))]
    lines += [said(text) for text in (result.message, rule.why) if text]
    lines.append(_source(result.source))
    return Marked(mark_of(result), Content("\n").join(lines))


def _source(source: SourceReference) -> Content:
    where = ", ".join(part for part in (source.document, source.section) if part)
    lines = [said(f"Source: {where}. Authority: {source.authority}.", "$muted")]
    if source.url:
        lines.append(said(source.url, "$muted"))
    return Content("\n").join(lines)
