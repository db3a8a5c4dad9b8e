"""What a question means: its help, how to type the answer, and the rules that look at it, with their sources."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.checking.report import Result, Status
from mpfcheck.drafting.session import Session
from mpfcheck.forms.form import Group, Question
from mpfcheck.prompts.kinds import how_to_type
from mpfcheck.prompts.standing import STATUS
from mpfcheck.prompts.talk import Talk

__all__ = ["explain_group", "explain_question"]

IN_SHORT = "Enter: leave it and go on. <: back. =: where it stands. :commands: everything else."


def explain_question(session: Session, question: Question, group: Group | None, talk: Talk) -> None:
    """Explain a question; ``group`` is the one it is asked in."""
    talk.heading(f"About: {question.ask}")
    for text in (question.hint, question.help, how_to_type(question, len(session.choices(question)))):
        if text:
            talk.say(text, indent="  ")
    _tell_rules(session.reading(question, group), talk)
    talk.say(IN_SHORT, indent="  ")


def explain_group(session: Session, group: Group, talk: Talk) -> None:
    """Explain a group, and what can be done with its items."""
    talk.heading(f"About: {group.ask}")
    for text in (group.hint, group.help):
        if text:
            talk.say(text, indent="  ")
    one = group.noun
    for word, what in (
        ("add", f"add a {one}, and answer the questions about it"),
        ("1", f"go through the questions about {one} 1"),
        ("copy 1", f"add another one with the same answers as {one} 1"),
        ("up 2", f"move {one} 2 up; down 2 moves it down"),
        ("delete 1", f"take {one} 1 out; :undo brings it back"),
        ("none", "say that there are none"),
    ):
        talk.entry(f"{word}:", what)
    _tell_rules(session.reading(group), talk)
    talk.say(IN_SHORT, indent="  ")


def _tell_rules(results: Sequence[Result], talk: Talk) -> None:
    if not results:
        talk.say("No rule looks at this answer.", indent="  ")
        return
    talk.say("Rules that look at this answer, with the number of their source:", indent="  ")
    sources: dict[str, int] = {}
    for result in results:
        source = f"{result.source.document}, {result.source.section} ({result.source.authority})"
        number = sources.setdefault(source, len(sources) + 1)
        talk.say(f"- {result.rule} {STATUS[result.status]}: {result.title}. [{number}]", indent="    ", hang="  ")
        if result.message and result.status is not Status.UNDECIDED:
            talk.say(" ".join(result.message.split()), indent="      ")
    for source, number in sources.items():
        talk.say(f"[{number}] {source}", indent="    ", hang="    ")
