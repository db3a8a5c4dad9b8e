"""What can be typed in place of an answer: a sign, or a word after a colon."""

from __future__ import annotations

from types import MappingProxyType

from mpfcheck.frozen import Frozen
from mpfcheck.prompts.talk import Talk

__all__ = ["Command", "as_answer", "command_in", "tell_commands"]

SIGNS = MappingProxyType({"?": "help", "<": "back", "=": "standing"})
WORDS = MappingProxyType(
    {
        "help": "what this question means, and which rules look at the answer (also ?)",
        "back": "to the question before (also <)",
        "standing": "where the proposal stands (also =)",
        "pages": "all pages, with their state",
        "go": "to a page, a rule or a question, by number or words: :go 2, :go BUDGET-1, :go mandate",
        "undo": "take the last step back",
        "redo": "do again what was undone",
        "clear": "take the answer to this question away",
        "choices": "all there is to choose from, or what has these words in it: :choices west",
        "review": "check your answers",
        "result": "the whole report, as mpfcheck check writes it",
        "export": "write the proposal or the report into another file",
        "earlier": "earlier states of this draft, to go back to one",
        "commands": "this list",
        "quit": "leave; everything is saved",
    }
)
TAKE = "take"
UNKNOWN = "unknown"


class Command(Frozen):
    """What somebody wants in place of answering: the name of a command, and what stands behind it."""

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


def tell_commands(talk: Talk) -> None:
    """Say what can be typed in place of an answer."""
    talk.heading("In place of an answer you can type:")
    for word, what in WORDS.items():
        talk.entry(f":{word}:", what)
    talk.say("An empty line leaves a question as it is and goes on to the next.", indent="  ")
    talk.say("To answer with a text that is one of these, type a backslash before it.", indent="  ")
