"""The interview about one draft: its steps, each saved at once, and the commands typed instead of an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal, TypeVar

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Verdict
from mpfcheck.drafting.ahead import LookAhead
from mpfcheck.drafting.desk import Desk, Work
from mpfcheck.drafting.dialogues.changing import make_smallest_change
from mpfcheck.drafting.dialogues.commenting import comment_on
from mpfcheck.drafting.dialogues.earlier import change_call, go_back
from mpfcheck.drafting.dialogues.exporting import export, exported
from mpfcheck.drafting.dialogues.partners import bring_file_back, send_to_partner
from mpfcheck.drafting.dialogues.saving import Keeper
from mpfcheck.drafting.places import Location
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.words import undo_words
from mpfcheck.forms.form import Page
from mpfcheck.frozen import Frozen
from mpfcheck.prompts.dialogue import hold
from mpfcheck.prompts.places import PAGES, before, group_of, place_of, stops_of
from mpfcheck.prompts.status import review, tell_change, tell_figures, tell_next_steps, tell_status
from mpfcheck.prompts.talk import Talk

__all__ = ["TAKE", "UNKNOWN", "Command", "Interview", "as_answer", "command_in"]

_Result = TypeVar("_Result")

SIGNS = MappingProxyType({"?": "help", "<": "back", "=": "status"})
WORDS = MappingProxyType(
    {
        "help": "what this question means, and which rules use the answer (also ?)",
        "back": "go to the previous question (also <)",
        "status": "the status of the proposal (also =)",
        "pages": "list all pages and their status",
        "go": "go to a page, a rule or a question, by number or words: :go 2, :go BUDGET-1, :go mandate",
        "undo": "undo the last step",
        "redo": "repeat the step that was undone",
        "clear": "clear the answer to this question",
        "choices": "list all choices, or those with these words: :choices west",
        "review": "check your answers",
        "change": "make the smallest change that would do, where the proposal cannot become eligible as it is",
        "result": "show the whole report, as mpfcheck check writes it",
        "next": "what to do next: where to submit, whom to ask, what to attach",
        "export": "write the proposal or the report to another file",
        "earlier": "go back to an earlier state of this draft",
        "comment": "keep a comment on this answer: :comment to check with Ana",
        "send": "send to a partner: write the questions for one applicant to a file",
        "bring": "bring a part back that a partner filled in",
        "call": "make the draft one for another call",
        "commands": "this list",
        "quit": "leave; everything is saved",
    }
)
PATIENCE = 5.0
"""How long, in seconds, who asks waits for what is being found out."""
TAKE = "take"
UNKNOWN = "unknown"


class Command(Frozen):
    """What is typed instead of an answer: the name of a command, and the words after it."""

    name: str
    argument: str = ""


def command_in(line: str, *, bare: bool = False) -> Command | None:
    """The command in a line; None where it is an answer. In a menu the word alone is one too (``bare``).

    ``:2`` takes the second suggestion. After a colon, whatever is no command is an unknown one: it is never an answer.
    """
    text = line.strip()
    if text in SIGNS:
        return Command(SIGNS[text])
    if not text.startswith(":") and not bare:
        return None
    word, _, argument = text.removeprefix(":").partition(" ")
    word = word.casefold()
    if word in WORDS:
        return Command(word, argument.strip())
    if not text.startswith(":"):
        return None
    return Command(TAKE, word) if word.isdecimal() and word.isascii() else Command(UNKNOWN, text)


def as_answer(line: str) -> str:
    """The answer in a line. A backslash in front makes an answer of what would be a command."""
    if line.startswith("\\") and (line.startswith("\\\\") or command_in(line[1:])):
        return line[1:]
    return line


def _list_commands(talk: Talk) -> None:
    """List what can be typed instead of an answer."""
    talk.heading("You can type these commands instead of an answer:")
    for word, what in WORDS.items():
        talk.entry(f":{word}:", what)
    talk.say("Enter alone goes to the next question and changes nothing.", indent="  ")
    talk.say("To answer with the text of a command, type a backslash before it.", indent="  ")


class Interview:
    """Asks about one draft until the applicant leaves. Every step is saved before the next prompt.

    ``page`` is the page somebody was on last, None before the first.
    """

    def __init__(self, draft: Work, desk: Desk, talk: Talk) -> None:
        self.desk = desk
        self.keeper = Keeper(draft, desk)
        self.talk = talk
        self.page: Page | None = None
        self._item: str | None = None
        self._last_place: str | None = None
        self._certain_shown = ""
        self.ahead = LookAhead(draft.session) if desk.looks_ahead else None
        self.look_ahead()

    @property
    def session(self) -> Session:
        """The session on the draft."""
        return self.keeper.draft.session

    def begin_page(self, page: Page) -> None:
        """Say which page comes next, where it is another one."""
        if page is self.page:
            return
        self.page, self._item = page, None
        pages = self.session.pages()
        number = next((number for number, one in enumerate(pages, 1) if one.id == page.id), 0)
        self.talk.heading(f"Page {number} of {len(pages)}: {page.title}")
        if page.intro:
            self.talk.say(page.intro, indent="  ")

    def end_page(self) -> None:
        """Say the figures of the page that was left."""
        if self.page is not None and self._last_place not in (None, PAGES):
            tell_figures(self.session.figures(self.page), self.talk)

    def begin_item(self, location: Location) -> None:
        """Say which item of a group comes next."""
        if location.item == self._item:
            return
        self._item = location.item
        item = self.session.item(location.item) if location.item else None
        if item is not None and location.group is not None:
            of = len(self.session.group(group_of(location)).items)
            named = "" if item.title == f"{location.group.noun} {item.number}" else f": {item.title}"
            self.talk.heading(f"{location.group.noun.capitalize()} {item.number} of {of}{named}")

    def is_new(self, here: str) -> bool:
        """Whether something has to be told in full: not where the applicant has just been asked it."""
        new, self._last_place = here != self._last_place, here
        return new

    def tell_again(self) -> None:
        """Tell the next thing in full, whatever was told last."""
        self._last_place = None

    def numbered(self, here: str) -> str:
        """Which of the questions of its page or item one is: ``2 of 5. ``."""
        location = self.session.locate(here)
        if location is None:
            return ""
        item = self.session.item(location.item) if location.item else None
        stops = [question.pointer for question in item.questions] if item else stops_of(self.session, location.page)
        return f"{stops.index(here) + 1} of {len(stops)}. " if here in stops else ""

    def step(self, do: Callable[[], _Result], note: Callable[[_Result], str] = lambda _: "") -> _Result:
        """Do a step, save it, and say what it changed. ``note`` says what was done, from what came of it."""
        verdict, state = self.session.verdict, self.session.state
        result = do()
        if words := note(result):
            self.talk.say(words, indent="  ")
        if self.session.state is not state:
            tell_change(verdict, self.session.changes, self.session, self.talk)
            hold(self.keeper.save(), self.talk)
            self.look_ahead()
        return result

    def look_ahead(self) -> None:
        """Find out in the background what is certain of the draft as it is now."""
        if self.ahead is not None:
            self.ahead.ask()

    def show_certain(self) -> None:
        """Say once that no answer can make the proposal eligible any more, as soon as it is known."""
        if self.ahead is None or not self.ahead.take():
            return
        certain = self.session.certain_in_words()
        if self._impossible and certain and certain != self._certain_shown:
            self.talk.say(certain, indent="  ", hang="  ")
            if self.session.changes_in_words():
                self.talk.say("Type :change to see the smallest change that would do.", indent="  ")
        self._certain_shown = certain

    @property
    def _impossible(self) -> bool:
        ahead = self.session.ahead
        return ahead is not None and ahead.outlook.eligible_possible is False

    def _change(self) -> None:
        """Make the smallest change that would do; it may have to be found out first."""
        if self.ahead is not None:
            self.ahead.wait(PATIENCE)
        self.step(lambda: hold(make_smallest_change(self.session), self.talk))
        self.tell_again()

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
                self.talk.say("Type where to go, such as :go 2, :go budget or :go BUDGET-1.", indent="  ")
            case "undo":
                return self._went("undo", here)
            case "redo":
                return self._went("redo", here)
            case "status":
                if self.ahead is not None:
                    self.ahead.wait(PATIENCE)
                tell_status(self.session, self.talk)
                self._certain_shown = self.session.certain_in_words()
            case "review":
                self.tell_again()
                return review(self.session, self.talk) or here
            case "result" if self.session.scope is not None or self.session.verdict is Verdict.INVALID:
                # The report would call the draft no proposal and name places in its file; the status names questions.
                tell_status(self.session, self.talk)
            case "result":
                self.talk.blank()
                self.talk.show(exported("text", self.keeper.draft, self._checker).data.decode())
            case "next":
                tell_next_steps(self.session, self.talk)
            case "change":
                self._change()
            case "export":
                hold(export(self.keeper.draft, self._checker), self.talk)
            case "earlier":
                self.step(lambda: hold(go_back(self.keeper.draft), self.talk))
                self.tell_again()
            case "comment":
                self._comment(command.argument, here)
            case "send":
                hold(send_to_partner(self.keeper.draft), self.talk)
            case "bring":
                self.step(lambda: hold(bring_file_back(self.keeper.draft), self.talk))
                self.tell_again()
            case "call":
                return self._change_call(here)
            case "commands" | "help":
                _list_commands(self.talk)
            case _:
                self._not_here(command)
        return here

    def _not_here(self, command: Command) -> None:
        if command.name == UNKNOWN:
            self.talk.say(f"Unknown command {command.argument}. Type :commands for a list.", indent="  ")
            self.talk.say("To answer with this text, type a backslash before it.", indent="  ")
        else:
            self.talk.say(f":{command.argument or command.name} is not available here.", indent="  ")

    def _went(self, way: Literal["undo", "redo"], here: str) -> str:
        """Undo or redo a step, and go where it was done; the place stays where there was none."""
        go = self.session.undo if way == "undo" else self.session.redo
        state = self.step(go, lambda state: undo_words(way, state))
        if state is None:
            return here
        self.tell_again()
        location = self.session.locate(state.pointer) if state.pointer else None
        if location is None:
            return here
        if location.item is not None and self.session.item(location.item) is None:
            return group_of(location)
        return location.pointer

    def _comment(self, text: str, here: str) -> None:
        """Keep a comment on the answer to the question one is at."""
        if not self.session.is_asked(here):
            self.talk.say("Go to a question first, and type :comment there.", indent="  ")
        elif text:
            self.step(lambda: self.session.comment(here, text), lambda _: "The comment is kept.")
        else:
            self.step(lambda: hold(comment_on(self.session, here), self.talk))

    @property
    def _checker(self) -> Checker:
        return self.desk.checker(self.session.form.call)

    def keep_typing(self, texts: Mapping[str, str]) -> None:
        """Keep what is being typed, by its place; it is not an answer yet."""
        self.keeper.keep_typing(texts)
        for text in self.keeper.news():
            self.talk.say(text, indent="  ")

    def _change_call(self, here: str) -> str:
        """Make the draft one for another call, and ask the questions of that call."""
        if not hold(change_call(self.desk, self.keeper), self.talk):
            return here
        self.keeper = self.keeper.reopened()
        if self.ahead is not None:
            self.ahead.close()
            self.ahead = LookAhead(self.session)
            self.look_ahead()
        self.page = self._item = None
        self.tell_again()
        self.talk.say(f"The draft is now for {self.session.form.title}.", indent="  ")
        return PAGES
