"""What a question means: its help, how to type the answer, and the rules that read it, with their sources."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.checking.report import Result, Status
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.words import how_to_type, no_rule_words, with_article
from mpfcheck.forms.form import Group, Question
from mpfcheck.forms.typed.choice import FEW_CHOICES
from mpfcheck.prompts.talk import Talk
from mpfcheck.proposal.fields import Code, Day, Exact, Many, Moment, Whole, YesNo
from mpfcheck.report.words import STATUS_WORDS, cited

__all__ = ["explain_group", "explain_question", "how_to_answer", "prompt_for"]


def how_to_answer(question: Question, number_of_choices: int) -> str:
    """What an answer to a question looks like, typed on a line."""
    if isinstance(question.kind, YesNo):
        return "Type yes or no."
    if typed := how_to_type(question):
        return typed
    if isinstance(question.kind, Code) and number_of_choices > FEW_CHOICES:
        return "Type a name or a code. The first letters of a name are enough to get suggestions."
    if number_of_choices:
        own = ", or something else in your own words" if question.own_text else ""
        return f"Type the number, the name or the code of one of the choices{own}."
    if question.lines > 1:
        return "Type as many lines as you like. A full stop alone on a line ends the text."
    return "Type a text of one line."


def prompt_for(question: Question, number_of_choices: int) -> str:
    """The prompt, which says in a word or two what is wanted."""
    match question.kind:
        case YesNo():
            return "yes or no:"
        case Exact("EUR"):
            return "EUR:"
        case Whole("months"):
            return "Months:"
        case Exact() | Whole():
            return "Number:"
        case Day():
            return "Date:"
        case Moment():
            return "Date, time and time zone:"
        case Many():
            return "Names or codes:"
        case Code() if number_of_choices > FEW_CHOICES:
            return "Name or code:"
    if number_of_choices:
        return "Number or name:"
    return "Text, then a full stop alone:" if question.lines > 1 else "Text:"


IN_SHORT = "Enter: next question, no change. <: back. =: status. :commands: all commands."


def explain_question(session: Session, question: Question, group: Group | None, talk: Talk) -> None:
    """Explain a question; ``group`` is the one it is asked in."""
    talk.heading(f"About: {question.ask}")
    for text in (question.hint, question.help, how_to_answer(question, len(session.choices(question)))):
        if text:
            talk.say(text, indent="  ")
    _tell_rules(session.results_for(question, group), session, talk)
    talk.say(IN_SHORT, indent="  ")


def explain_group(session: Session, group: Group, talk: Talk) -> None:
    """Explain a group, and what can be done with its items."""
    talk.heading(f"About: {group.ask}")
    for text in (group.hint, group.help):
        if text:
            talk.say(text, indent="  ")
    one = group.noun
    for word, what in (
        ("add", f"add {with_article(one)} and answer its questions"),
        ("1", f"answer the questions of {one} 1"),
        ("copy 1", f"add a copy of {one} 1"),
        ("up 2", f"move {one} 2 up; down 2 moves it down"),
        ("delete 1", f"delete {one} 1; :undo brings it back"),
        ("none", "answer that there are none"),
    ):
        talk.entry(f"{word}:", what)
    _tell_rules(session.results_for(group), session, talk)
    talk.say(IN_SHORT, indent="  ")


def _tell_rules(results: Sequence[Result], session: Session, talk: Talk) -> None:
    if not results:
        talk.say(no_rule_words(session), indent="  ")
        return
    talk.say("Rules that use this answer, with the number of their source:", indent="  ")
    sources: dict[str, int] = {}
    for result in results:
        source = f"{result.source.document}, {cited(result.source.section, result.source.authority)}"
        number = sources.setdefault(source, len(sources) + 1)
        talk.say(f"- {result.rule} {STATUS_WORDS[result.status]}: {result.title}. [{number}]", indent="    ", hang="  ")
        if result.message and result.status is not Status.UNDECIDED:
            talk.say(" ".join(result.message.split()), indent="      ")
    for source, number in sources.items():
        talk.say(f"[{number}] {source}", indent="    ", hang="    ")
