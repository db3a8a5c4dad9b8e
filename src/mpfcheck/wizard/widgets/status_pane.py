"""The status of the proposal beside the page: the verdict, and the results of the rules for the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from mpfcheck.checking.report import Result, Status
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.words import (
    FOLDED,
    counts_of,
    missing_answers,
    rules_heading,
    status_words,
    verdict_meaning,
    verdict_words,
    waits_for_nothing,
)
from mpfcheck.forms.form import Page
from mpfcheck.report.words import counted
from mpfcheck.wizard.symbols import Symbol, result_symbol, verdict_symbol
from mpfcheck.wizard.text import WithSymbol, literal, redraw, visible

__all__ = ["RuleRow", "StatusPane", "ahead_words"]


class RuleRow(Static):
    """What one rule says. Enter or a click leads to the question it is about; F1 explains it."""

    BINDINGS = [
        Binding("enter", "follow", show=False),
        Binding("down", "screen.focus_next", show=False),
        Binding("up", "screen.focus_previous", show=False),
    ]

    class Followed(Message):
        """Somebody wants to go where this can be changed."""

        def __init__(self, result: Result) -> None:
            super().__init__()
            self.result = result

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.result: Result | None = None
        self._drawn: WithSymbol | None = None

    def show(self, result: Result, was: Status | None, missing_answers: str) -> None:
        """Show a result; ``was`` is what the rule said before the last answer, None where that did not change it."""
        self.result = result
        drawn = WithSymbol(result_symbol(result), _words(result, was, missing_answers))
        if drawn != self._drawn:
            self._drawn = drawn
            redraw(self, drawn)
        self.set_class(was is not None, "changed")
        self.display = True

    def on_click(self, event: events.Click) -> None:
        """Follow it."""
        event.stop()
        self.action_follow()

    def action_follow(self) -> None:
        """Go where this can be changed."""
        if self.result is not None:
            self.post_message(self.Followed(self.result))


class Fold(Static, can_focus=False):
    """The rules that are met: a line, which opens to their names."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._open = False
        self._results: Sequence[Result] = ()

    def show(self, results: Sequence[Result]) -> None:
        """Show how many are met."""
        if tuple(results) != self._results:
            self._results = tuple(results)
            self._draw()

    def _draw(self) -> None:
        held = [result for result in self._results if result.status is Status.PASS]
        words = waits_for_nothing(self._results)
        self.display = bool(words)
        lines = [literal(words, "$muted")]
        if self._open:
            lines += [literal(f"{result.rule} {result.title}", "$muted") for result in self._results]
        symbol = Symbol("✓" if held else "-", "$success" if held else "$muted")
        self.update(WithSymbol(symbol, Content("\n").join(lines)))

    def on_click(self) -> None:
        """Open or fold."""
        self._open = not self._open
        self._draw()


class StatusPane(VerticalScroll, can_focus=False):
    """The pane. It draws again only the rows that say something else."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="status")
        self._session = session
        self._verdict = Static(classes="verdict", markup=False)
        self._ahead = Static(classes="ahead", markup=False)
        self._heading = Static(classes="heading", markup=False)
        self._rows: list[RuleRow] = []
        self._fold = Fold()
        self._elsewhere = Static(classes="elsewhere", markup=False)
        self._verdict_shown: object = None
        self._ahead_shown: object = None
        self._heading_shown = ""
        self._elsewhere_shown = ""

    def compose(self) -> ComposeResult:
        """Put the parts below each other."""
        yield self._verdict
        yield self._ahead
        yield self._heading
        yield self._fold
        yield self._elsewhere

    def show(self, page: Page | None, changed: Mapping[str, Status]) -> None:
        """Show the verdict, and the rules that read a page; all rules where none is given.

        ``changed`` are the rules that the last answer changed, each with its status before.
        """
        session, optional_rules = self._session, self._session.optional_rules
        everything = session.results()
        of_page = session.results_on(page) if page else everything
        self._show_verdict(everything, changed)
        self.show_ahead()
        heading = rules_heading(session, page)
        if heading != self._heading_shown:
            self._heading_shown = heading
            self._heading.update(literal(heading, "$muted"))
        folded = [result for result in of_page if result.status in FOLDED or result.rule in optional_rules]
        unfolded = [result for result in of_page if result not in folded]
        self._make_rows(len(unfolded))
        for number, row in enumerate(self._rows):
            if number < len(unfolded):
                result = unfolded[number]
                row.show(result, changed.get(result.rule), visible(missing_answers(session, result)))
            elif row.display:
                row.display = False
        self._fold.show(folded)
        here = {result.rule for result in of_page}
        self._show_elsewhere([result for result in everything if result.rule not in here | optional_rules])

    def enter(self) -> bool:
        """Let the keyboard in; whether there is a row to stand on."""
        shown = [row for row in self._rows if row.display]
        for row in self._rows:
            row.can_focus = True
        if shown:
            shown[0].focus()
        return bool(shown)

    def leave(self) -> None:
        """Let the keyboard go back to the fields."""
        for row in self._rows:
            row.can_focus = False

    def _make_rows(self, number: int) -> None:
        new = [RuleRow() for _ in range(number - len(self._rows))]
        if new:
            self._rows += new
            self.mount(*new, before=self._fold)

    def _show_verdict(self, everything: Sequence[Result], changed: Mapping[str, Status]) -> None:
        verdict = self._session.verdict
        shown = (verdict, tuple(result.status for result in everything), tuple(changed))
        if shown == self._verdict_shown:
            return
        self._verdict_shown = shown
        symbol = verdict_symbol(verdict)
        lines = [literal(verdict_words(verdict), f"bold {symbol.style}")]
        if meaning := verdict_meaning(verdict):
            lines.append(literal(meaning, "$muted"))
        lines.append(literal(counts(everything, self._session.optional_rules), "$foreground"))
        if changed:
            lines.append(literal(f"Your last answer changed the result of {counted(len(changed), 'rule')}.", "$accent"))
        redraw(self._verdict, WithSymbol(symbol, Content("\n").join(lines)))

    def show_ahead(self) -> None:
        """Show what is certain already, and that there is a change that would do."""
        words = ahead_words(self._session)
        if words != self._ahead_shown:
            self._ahead_shown = words
            self._ahead.display = words is not None
            if words is not None:
                redraw(self._ahead, words)

    def _show_elsewhere(self, others: Sequence[Result]) -> None:
        open_ = [result for result in others if result.status not in FOLDED]
        words = f"On other pages: {counts(others)}" if open_ else "No open points on other pages."
        if words != self._elsewhere_shown:
            self._elsewhere_shown = words
            self._elsewhere.update(literal(words, "$muted"))


def ahead_words(session: Session) -> WithSymbol | None:
    """What is certain of the draft already, and the change that would do; None where there is nothing to say."""
    lines = []
    certain = session.certain_in_words()
    impossible = session.ahead is not None and session.ahead.outlook.eligible_possible is False
    if certain:
        lines.append(literal(certain, "" if impossible else "$muted"))
    if changes := session.changes_in_words():
        lines.append(literal(f"{session.heading_of_change()}: {'; '.join(changes)}.", ""))
        lines.append(literal("The result (F5) offers to make it.", "$muted"))
    if not lines:
        return None
    symbol = Symbol("✗", "$error") if impossible else Symbol("-", "$muted")
    return WithSymbol(symbol, Content("\n").join(lines))


def counts(results: Sequence[Result], optional_rules: frozenset[str] = frozenset()) -> str:
    """The results of the rules in numbers: ``✗ 2 must change``; the ``optional_rules`` need only optional answers."""
    found = counts_of(results, optional_rules)
    return "  ".join(f"{_GLYPHS[one.tone]} {one.words}" for one in found) or "no open points"


def counts_in_short(results: Sequence[Result], optional_rules: frozenset[str]) -> str:
    """The numbers of :func:`counts` without words: ``✗ 2``."""
    return "  ".join(f"{_GLYPHS[one.tone]} {one.words.split()[0]}" for one in counts_of(results, optional_rules))


_GLYPHS = {"bad": "✗", "look": "!", "open": "?", "judge": "•"}


def _words(result: Result, was: Status | None, missing_answers: str) -> Content:
    title = Content.assemble((result.rule, "bold"), "  ", result.title)
    lines = [title]
    if was is not None:
        now, before = status_words(result.status, result.severity), status_words(was, result.severity)
        lines.append(literal(f"now: {now} (before: {before})", "$accent bold"))
    if result.status is Status.UNDECIDED:
        lines.append(literal(f"Information missing: {missing_answers}", "$muted"))
    elif result.status is Status.REVIEW:
        lines.append(literal("Manual review needed. Press F1 for an explanation.", "$muted"))
    elif result.message:
        lines.append(literal(result.message, "$muted"))
    return Content("\n").join(lines)
