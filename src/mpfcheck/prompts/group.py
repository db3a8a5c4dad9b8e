"""A group: its items listed, added, edited, copied, moved and deleted, by words and numbers."""

from __future__ import annotations

import re

from mpfcheck.drafting.dialogues.pasting import is_table, paste_table
from mpfcheck.drafting.dialogues.removing import remove_all, remove_item
from mpfcheck.drafting.progress import RowMarks
from mpfcheck.drafting.questions import DraftGroup, DraftItem
from mpfcheck.drafting.words import ANOTHER, marks_words
from mpfcheck.prompts.dialogue import hold
from mpfcheck.prompts.explain import explain_group
from mpfcheck.prompts.interview import UNKNOWN, Interview, command_in
from mpfcheck.prompts.places import after

__all__ = ["ask_about_group"]

_with_number = re.compile(r"(?P<word>[a-z]+)? ?(?P<number>[0-9]{1,4})").fullmatch
NONE = "There are none"


def ask_about_group(interview: Interview, here: str) -> str | None:
    """List the items of the group at a place and ask what to do; the place to go on at, None to leave."""
    draft_group = interview.session.group(here)
    if interview.is_new(here):
        _tell(interview, draft_group)
    typed = interview.talk.ask(_prompt(draft_group), whole=is_table)
    if is_table(typed):
        interview.step(lambda: hold(paste_table(interview.session, draft_group.pointer, typed), interview.talk))
        interview.tell_again()
        return here
    line = typed.strip()
    if not line:
        return after(interview.session, here)
    word = line.removeprefix(":").strip().casefold()
    if word == "add" or (word == "yes" and draft_group.open):
        return _add(interview, here)
    if word == "no" and draft_group.open and draft_group.items:
        return _no_more(interview, draft_group)
    if word == "none":
        return _none(interview, draft_group)
    if word in ("?", "help"):
        explain_group(interview.session, draft_group.group, interview.talk)
        return here
    if chosen := _with_number(word):
        return _with(interview, draft_group, chosen["word"] or "edit", int(chosen["number"]))
    command = command_in(line, bare=True)
    if command is not None and command.name != UNKNOWN:
        return interview.obey(command, here)
    interview.talk.say("Type add, none, the number of an entry, or ? for help.", indent="  ")
    return here


def _tell(interview: Interview, draft_group: DraftGroup) -> None:
    talk, group = interview.talk, draft_group.group
    optional = " (optional)" if group.optional else ""
    talk.heading(f"{interview.numbered(draft_group.pointer)}{group.ask}{optional}")
    if group.hint:
        talk.say(group.hint, indent="  ")
    if draft_group.complaint is not None:
        talk.say(f"{draft_group.complaint.message} {draft_group.complaint.hint}", indent="  ")
    for item in draft_group.items:
        talk.entry(f"{item.number}.", _in_a_line(item, draft_group, interview.session.row_marks(item)))
    if draft_group.answered and not draft_group.items:
        talk.say(f"Now: {group.none or NONE}.", indent="  ")
    if draft_group.open and draft_group.items:
        talk.say("This list is not finished: rules that need all of it are not decided yet.", indent="  ")


def _in_a_line(item: DraftItem, draft_group: DraftGroup, marks: RowMarks) -> str:
    """An item by its columns, as a table would show it, and what is wrong, missing or doubtful in it."""
    columns = (item.question(name) for name in draft_group.group.columns)
    shown = [" ".join(question.shown.split()) for question in columns if question and question.shown]
    words, columns_shown = marks_words(marks), "; ".join(shown) or item.title
    return f"{columns_shown} ({words})" if words else columns_shown


def _prompt(draft_group: DraftGroup) -> str:
    if draft_group.items and draft_group.open:
        return f"{ANOTHER} Type yes or no, copy 1, delete 1, up 2, or a number to edit (Enter: continue):"
    if draft_group.items:
        return "Type add, copy 1, delete 1, up 2, or a number to edit (Enter: continue):"
    return "Type add or none (Enter: continue):"


def _add(interview: Interview, here: str) -> str:
    item = interview.step(lambda: interview.session.add(here))
    return _first_question(interview, item) or here


def _no_more(interview: Interview, draft_group: DraftGroup) -> str:
    interview.step(lambda: interview.session.close(draft_group.pointer), lambda _: "Noted: the list is complete")
    return after(interview.session, draft_group.pointer)


def _none(interview: Interview, draft_group: DraftGroup) -> str:
    noted = f"Noted: {draft_group.group.none or NONE}"
    removal = remove_all(interview.session, draft_group.pointer)
    if interview.step(lambda: hold(removal, interview.talk), lambda done: noted if done else ""):
        return after(interview.session, draft_group.pointer)
    return draft_group.pointer


def _with(interview: Interview, draft_group: DraftGroup, word: str, number: int) -> str:
    """Do with one item what a word says."""
    session, talk, here = interview.session, interview.talk, draft_group.pointer
    item = next((item for item in draft_group.items if item.number == number), None)
    interview.tell_again()
    if item is None:
        talk.say(f"There is no {draft_group.group.noun} {number}.", indent="  ")
    elif word == "edit":
        return _first_question(interview, item.pointer) or here
    elif word == "copy":
        interview.step(lambda: session.duplicate(item.pointer), lambda _: f"“{item.title}” was copied.")
    elif word == "delete":
        interview.step(lambda: hold(remove_item(session, item.pointer), talk))
    elif word in ("up", "down"):
        interview.step(
            lambda: session.move(item.pointer, -1 if word == "up" else 1), lambda _: f"“{item.title}” was moved."
        )
    else:
        talk.say(f"Type edit, copy, delete, up or down before the number, not {word}.", indent="  ")
    return here


def _first_question(interview: Interview, item: str) -> str | None:
    draft_group = interview.session.item(item)
    return draft_group.questions[0].pointer if draft_group and draft_group.questions else None
