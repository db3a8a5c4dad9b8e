"""Ctrl+P: finds any question, page, rule or action by words, and goes there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from mpfcheck.drafting.places import HitKind, find
from mpfcheck.drafting.words import with_article
from mpfcheck.proposal.pointer import pointer
from mpfcheck.wizard.widgets.group_box import Items
from mpfcheck.wizard.widgets.inputs import Choices, Pick
from mpfcheck.wizard.work_screen import WorkScreen

if TYPE_CHECKING:
    from mpfcheck.drafting.places import Hit as Found

__all__ = ["Actions", "QuestionProvider"]

OF_ITEMS = (
    ("Edit this {noun}", "edit", "Enter"),
    ("Add {one}", "add", "+"),
    ("Duplicate this {noun}", "duplicate", "Ctrl+D"),
    ("Delete this {noun}", "delete", "Delete"),
    ("Move this {noun} up", "up", "["),
    ("Move this {noun} down", "down", "]"),
)
OF_WORK = (
    ("Next field", "in_order('field(1)')", "Tab"),
    ("Previous field", "in_order('field(-1)')", "Shift+Tab"),
    ("Next page", "turn(1)", "Page Down"),
    ("Previous page", "turn(-1)", "Page Up"),
    ("All pages", "go('overview')", "F3"),
    ("Check your answers", "go('review')", "F4"),
    ("Result", "go('result')", "F5"),
    ("What now", "what_now", "where to submit, whom to ask, what to attach"),
    ("Export the proposal or the report", "export", "F6"),
    ("Status of the proposal", "status", "F2"),
    ("Explain this question", "explain", "F1"),
    ("Undo", "undo", "Ctrl+Z"),
    ("Redo", "redo", "Ctrl+Y"),
    ("Save now, and show where the draft is", "saved", "Ctrl+S"),
    ("Earlier states of this draft", "earlier", "the last ten are kept"),
    ("Smallest change that would do", "smallest_change", "where the proposal cannot become eligible as it is"),
    ("Comment on this answer", "comment", "such as: to check with Ana"),
    ("Send to a partner", "send_to_partner", "a file with the questions for one applicant"),
    ("Bring a part back", "bring_part_back", "what a partner filled in; you see the changes first"),
    ("Change the call of this draft", "change_call", "possible while no answer depends on it"),
    ("Leave this draft", "leave", "F10"),
)
OF_APP = (
    ("Light or dark colours", "toggle_colours", "F9"),
    ("Keys and how to move about", "show_keys", "F1 where there is no question"),
    ("Quit", "leave_at_once", "Ctrl+Q, or Ctrl+C twice; all answers are saved"),
)


class Actions(Provider):
    """What can be done, wherever one is."""

    async def discover(self) -> Hits:
        """All of it."""
        for words, run, detail in self._all():
            yield DiscoveryHit(words, run, help=detail)

    async def search(self, query: str) -> Hits:
        """What has the words in it."""
        parts = query.casefold().split()
        for words, run, detail in self._all():
            if all(word in f"{words} {detail}".casefold() for word in parts):
                yield Hit(1.0 if parts[0] in words.casefold() else 0.4, words, run, help=detail)

    def _all(self) -> Iterator[tuple[str, Callable[[], Any], str]]:
        work = self.screen
        yield from self._here()
        if isinstance(work, WorkScreen):
            for words, action, detail in OF_WORK:
                yield words, partial(work.run_action, action), detail
        for words, action, detail in OF_APP:
            yield words, partial(self.app.run_action, action), detail

    def _here(self) -> Iterator[tuple[str, Callable[[], Any], str]]:
        """What can be done in the field or table one was in."""
        here = self.focused
        if isinstance(here, Items):
            noun = here.draft_part.group.noun
            for words, what, detail in OF_ITEMS:
                if here.here is not None or what == "add":
                    yield words.format(noun=noun, one=with_article(noun)), partial(here.action_ask, what), detail
        elif isinstance(here, Choices | Pick):
            yield "Clear this answer", here.action_clear, "Delete"


class QuestionProvider(Provider):
    """Pages, questions and rules of the draft one works on."""

    async def discover(self) -> Hits:
        """The pages."""
        for found in self._find("") if isinstance(self.screen, WorkScreen) else ():
            if found.kind is HitKind.PAGE:
                yield DiscoveryHit(f"Page: {found.label}", partial(self._go, found), help="Go to this page")

    async def search(self, query: str) -> Hits:
        """What has the words in it, those with the words in their title first."""
        found = self._find(query) if isinstance(self.screen, WorkScreen) else ()
        for number, one in enumerate(found):
            yield Hit(
                max(0.01, 0.9 - number * 0.001), Content(one.label), partial(self._go, one), one.label, one.detail
            )

    def _find(self, words: str) -> tuple[Found, ...]:
        work = self.screen
        return find(words, work.session.form, work.session.call) if isinstance(work, WorkScreen) else ()

    async def _go(self, found: Found) -> None:
        work = self.screen
        if not isinstance(work, WorkScreen):
            return
        if found.kind is HitKind.PAGE:
            await work.action_go(found.target)
        elif found.kind is HitKind.RULE:
            await work.show_rule(found.target)
        else:
            await work.action_find(pointer(tuple(found.target.split("."))))
