"""The interview about one draft: from place to place, with what can be typed in place of an answer anywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from mpfcheck.checking.checker import Checker
from mpfcheck.drafting.location import Location
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.step import State
from mpfcheck.forms.form import Page
from mpfcheck.prompts.command import UNKNOWN, Command, tell_commands
from mpfcheck.prompts.earlier import go_back_to_earlier
from mpfcheck.prompts.export import export, whole_report
from mpfcheck.prompts.figures import tell_figures
from mpfcheck.prompts.finding import place_of
from mpfcheck.prompts.group import ask_about_group
from mpfcheck.prompts.keeper import Keeper
from mpfcheck.prompts.order import PAGES, before, group_of, stops_of
from mpfcheck.prompts.pages import ask_for_page
from mpfcheck.prompts.question import ask_question
from mpfcheck.prompts.review import review
from mpfcheck.prompts.standing import tell_change, tell_standing
from mpfcheck.prompts.talk import Talk

__all__ = ["Interview"]

_Result = TypeVar("_Result")


class Interview:
    """Asks about one draft until the applicant leaves. Every step is saved before the next prompt.

    ``page`` is the page somebody was on last, None before the first.
    """

    def __init__(self, keeper: Keeper, checker: Checker, talk: Talk) -> None:
        self.keeper = keeper
        self.checker = checker
        self.talk = talk
        self.page: Page | None = None
        self._item: str | None = None
        self._told: str | None = None

    @property
    def session(self) -> Session:
        """The session on the draft."""
        return self.keeper.work.session

    def run(self) -> None:
        """Ask, from the list of pages on, until the applicant leaves. Raises EndOfInputError and KeyboardInterrupt."""
        here: str | None = PAGES
        while here is not None:
            here = self._visit(here)

    def _visit(self, here: str) -> str | None:
        location = self.session.locate(here) if here else None
        if location is None:
            self._end_page()
            return ask_for_page(self)
        if location.page is not self.page:
            self._begin_page(location.page)
        if location.item != self._item and location.question is not None:
            self._begin_item(location)
        return ask_question(self, here) if location.question is not None else ask_about_group(self, here)

    def _begin_page(self, page: Page) -> None:
        self.page, self._item = page, None
        pages = self.session.pages()
        number = next((number for number, one in enumerate(pages, 1) if one.id == page.id), 0)
        self.talk.heading(f"Page {number} of {len(pages)}: {page.title}")
        if page.intro:
            self.talk.say(page.intro, indent="  ")

    def _end_page(self) -> None:
        if self.page is not None and self._told not in (None, PAGES):
            tell_figures(self.session.figures(self.page), self.talk)

    def _begin_item(self, location: Location) -> None:
        self._item = location.item
        item = self.session.item(location.item) if location.item else None
        if item is not None and location.group is not None:
            of = len(self.session.group(group_of(location)).items)
            named = "" if item.title == f"{location.group.noun} {item.number}" else f": {item.title}"
            self.talk.heading(f"{location.group.noun.capitalize()} {item.number} of {of}{named}")

    def is_new(self, here: str) -> bool:
        """Whether something has to be told in full: not where the applicant has just been asked it."""
        new, self._told = here != self._told, here
        return new

    def tell_again(self) -> None:
        """Tell the next thing in full, whatever was told last."""
        self._told = None

    def numbered(self, here: str) -> str:
        """Which of the questions of its page or item one is: ``2 of 5. ``."""
        location = self.session.locate(here)
        if location is None:
            return ""
        item = self.session.item(location.item) if location.item else None
        stops = [asked.pointer for asked in item.questions] if item else stops_of(self.session, location.page)
        return f"{stops.index(here) + 1} of {len(stops)}. " if here in stops else ""

    def step(self, do: Callable[[], _Result], noted: Callable[[_Result], str] = lambda _: "") -> _Result:
        """Do a step, save it, and say what it changed. ``noted`` says what was done, from what came of it."""
        verdict, state = self.session.verdict, self.session.state
        result = do()
        if said := noted(result):
            self.talk.say(said, indent="  ")
        if self.session.state is not state:
            tell_change(verdict, self.session.changes, self.session, self.talk)
            self.keeper.save()
        return result

    def obey(self, command: Command, here: str) -> str | None:
        """Do what can be asked for anywhere; the place to go on at, None to leave."""
        match command.name:
            case "quit":
                return None
            case "back":
                return before(self.session, here)
            case "pages":
                return PAGES
            case "go" if command.argument:
                return place_of(command.argument, self.session, self.talk) or here
            case "go":
                self.talk.say("Say where, such as :go 2, :go budget or :go BUDGET-1.", indent="  ")
            case "undo":
                return self._went(self.session.undo, "Undone", here)
            case "redo":
                return self._went(self.session.redo, "Done again", here)
            case "standing":
                tell_standing(self.session, self.talk)
            case "review":
                self.tell_again()
                return review(self) or here
            case "result":
                self.talk.blank()
                self.talk.show(whole_report("text", self))
            case "export":
                export(self)
            case "earlier":
                go_back_to_earlier(self)
                self.tell_again()
            case "commands" | "help":
                tell_commands(self.talk)
            case _:
                self._not_here(command)
        return here

    def _not_here(self, command: Command) -> None:
        if command.name == UNKNOWN:
            self.talk.say(f"There is no command {command.argument}; :commands lists those there are.", indent="  ")
            self.talk.say("To answer with a text like that, type a backslash before it.", indent="  ")
        else:
            self.talk.say(f"There is nothing to do that with here (:{command.argument or command.name}).", indent="  ")

    def _went(self, go: Callable[[], State | None], done: str, here: str) -> str:
        """Undo or redo a step, and go where it was done; the place stays where there was none."""
        state = self.step(go, lambda state: f"{done}: {state.said}" if state else "")
        if state is None:
            self.talk.say("There is no step to undo." if done == "Undone" else "There is no undone step.", indent="  ")
            return here
        self.tell_again()
        location = self.session.locate(state.pointer) if state.pointer else None
        if location is None:
            return here
        if location.item is not None and self.session.item(location.item) is None:
            return group_of(location)
        return location.pointer
