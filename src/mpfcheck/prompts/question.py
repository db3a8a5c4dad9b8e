"""One question: asked, answered, asked back where the answer is unclear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from mpfcheck.drafting.questions import Complaint, DraftQuestion
from mpfcheck.forms.typed.choice import FEW_CHOICES, Choice, choice_in_words, like_a_choice
from mpfcheck.prompts.explain import explain_question, prompt_for
from mpfcheck.prompts.interview import TAKE, Command, Interview, as_answer, command_in
from mpfcheck.prompts.places import PAGES, after
from mpfcheck.prompts.status import cut
from mpfcheck.prompts.talk import StoppedError
from mpfcheck.proposal.fields import Many

__all__ = ["ask_question"]

END_OF_TEXT = "."


def ask_question(interview: Interview, here: str) -> str | None:
    """Ask the question at a place; the place to go on at, None to leave."""
    there = _ask(interview, here)
    interview.keep_typing({})
    return there


def _ask(interview: Interview, here: str) -> str | None:
    draft_question = interview.session.at(here)
    if draft_question is None:
        return PAGES
    choices = interview.session.choices(draft_question.question)
    if interview.is_new(here):
        _tell(interview, draft_question, choices)
    prompt = prompt_for(draft_question.question, len(choices))
    try:
        line = interview.talk.ask(prompt, whole=_is_answer, keep=partial(_keep, interview, here))
    except StoppedError as stopped:
        _keep(interview, here, stopped.typed)
        raise
    command = command_in(line)
    if command is not None:
        return _obey(interview, command, draft_question, choices)
    if not line.strip():
        return _go_past(interview, draft_question)
    text = as_answer(line)
    if draft_question.question.lines == 1:
        return _answer(interview, draft_question, choices, _on_one_line(interview, text))
    if text == END_OF_TEXT:
        return _go_past(interview, draft_question)
    lines: list[str] = []
    if not _ends_text(text, lines):
        _read_on(interview, here, lines)
    return _answer(interview, draft_question, choices, "\n".join(lines))


def _is_answer(line: str) -> bool:
    """Whether a line is an answer, and not a command: what is pasted after a command answers what comes next."""
    return command_in(line) is None


def _keep(interview: Interview, here: str, typed: str) -> None:
    """Keep half a line beside the draft, unless it is on the way to a command."""
    if typed.strip() and not typed.lstrip().startswith(":") and command_in(typed) is None:
        interview.keep_typing({here: typed})


def _on_one_line(interview: Interview, text: str) -> str:
    """The lines of a paste as one, where one is asked for."""
    if "\n" not in text:
        return text
    interview.talk.say("Several lines were pasted. They become one line.", indent="  ")
    return " ".join(text.split())


def _tell(interview: Interview, draft_question: DraftQuestion, choices: Sequence[Choice]) -> None:
    talk, question = interview.talk, draft_question.question
    optional = " (optional)" if question.optional else ""
    talk.heading(f"{interview.numbered(draft_question.pointer)}{question.ask}{optional}")
    if question.hint:
        talk.say(question.hint, indent="  ")
    if len(choices) <= FEW_CHOICES:
        for number, choice in enumerate(choices, 1):
            talk.entry(f"{number}.", choice_in_words(choice))
    if draft_question.complaint is not None:
        # A value that is there, and is not an answer, came with a file from elsewhere.
        if draft_question.typed:
            before = "Typed before" if draft_question.value is None else "In the file"
            talk.say(f"{before}: {cut(draft_question.typed)}", indent="  ")
        _complain(interview, draft_question)
    elif draft_question.answered:
        talk.say(f"Now: {cut(draft_question.shown)}", indent="  ")
        if draft_question.doubt is not None:
            talk.say(_doubtful(draft_question.doubt), indent="  ")


def _doubtful(doubt: Complaint) -> str:
    return f"Please check: {doubt.message} {doubt.hint}".rstrip()


def _complain(interview: Interview, draft_question: DraftQuestion) -> None:
    """Say why what was typed is no answer, and what may be meant."""
    complaint, talk = draft_question.complaint, interview.talk
    if complaint is None:
        return
    talk.say(f"{complaint.message} {complaint.hint}".rstrip(), indent="  ")
    for number, suggestion in enumerate(complaint.suggestions, 1):
        talk.entry(f":{number}", f"for {suggestion.shown}")


def _obey(
    interview: Interview, command: Command, draft_question: DraftQuestion, choices: Sequence[Choice]
) -> str | None:
    here, session = draft_question.pointer, interview.session
    if command.name == TAKE:
        return _take(interview, draft_question, int(command.argument[:4]))
    if command.name == "clear":
        interview.step(lambda: session.clear(here), lambda _: "The answer was cleared.")
        return here
    if command.name == "choices":
        _list_choices(interview, choices, command.argument)
        return here
    if command.name == "help":
        location = session.locate(here)
        inside = location.group if location is not None and location.item is not None else None
        explain_question(session, draft_question.question, inside, interview.talk)
        return here
    return interview.obey(command, here)


def _take(interview: Interview, draft_question: DraftQuestion, number: int) -> str:
    suggestions = draft_question.complaint.suggestions if draft_question.complaint else ()
    if not 1 <= number <= len(suggestions):
        interview.talk.say(f"There is no suggestion {number} here.", indent="  ")
        return draft_question.pointer
    taken = suggestions[number - 1]
    interview.step(
        lambda: interview.session.choose(draft_question.pointer, taken.value),
        _note_of(interview, draft_question.pointer),
    )
    return after(interview.session, draft_question.pointer)


def _list_choices(interview: Interview, choices: Sequence[Choice], words: str) -> None:
    talk = interview.talk
    if not choices:
        talk.say("There is no list to choose from. Type the answer.", indent="  ")
        return
    candidates = like_a_choice(words, choices) if words else ()
    if words and not candidates:
        talk.say("Nothing in the list matches.", indent="  ")
    shown = [one.shown for one in candidates] if words else [choice_in_words(choice) for choice in choices]
    for one in shown:
        talk.entry("-", one)


def _go_past(interview: Interview, draft_question: DraftQuestion) -> str:
    """Nothing was typed: the question stays as it is."""
    if draft_question.complaint is not None:
        kept = "Your text" if draft_question.value is None else "The value in the file"
        interview.talk.say(f"{kept} is kept, but it is not an answer yet.", indent="  ")
    return after(interview.session, draft_question.pointer)


def _read_on(interview: Interview, here: str, lines: list[str]) -> None:
    """Add the lines of a text after its first, up to a line with nothing but a full stop; each is kept at once."""
    ended = False
    while not ended:
        interview.keep_typing({here: "\n".join(lines)})
        try:
            line = interview.talk.ask(
                "Next line, or a full stop alone:",
                whole=lambda _: True,
                keep=lambda typed: interview.keep_typing({here: "\n".join([*lines, typed])}),
            )
        except StoppedError as stopped:
            if stopped.typed.strip():
                interview.keep_typing({here: "\n".join([*lines, stopped.typed])})
            raise
        ended = _ends_text(line, lines)


def _ends_text(typed: str, lines: list[str]) -> bool:
    """Add what was typed, which may be a paste of several lines, and say whether a full stop alone ends the text."""
    for line in typed.split("\n"):
        if line == END_OF_TEXT:
            return True
        lines.append(_full_stops(line))
    return False


def _full_stops(line: str) -> str:
    """A line of a text; one of nothing but full stops is typed with one more, as in mail programs of old."""
    return line[1:] if line.startswith("..") and not line.strip(".") else line


def _answer(interview: Interview, draft_question: DraftQuestion, choices: Sequence[Choice], text: str) -> str:
    session, here = interview.session, draft_question.pointer
    chosen = _by_number(text, draft_question, choices)
    if chosen is not None:
        interview.step(lambda: session.choose(here, chosen.code), _note_of(interview, here))
        return after(session, here)
    complaint = interview.step(lambda: session.answer(here, text), _note_of(interview, here))
    now = session.at(here)
    if complaint is not None and now is not None:
        _complain(interview, now)
        return here
    return after(session, here)


def _note_of(interview: Interview, here: str) -> Callable[[object], str]:
    """What is said of an answer once it is taken; nothing where it is asked back."""

    def note(_: object) -> str:
        draft_question = interview.session.at(here)
        if draft_question is None or not draft_question.answered:
            return ""
        words = f"Noted: {cut(draft_question.shown)}"
        amount = interview.session.at(interview.session.computed) if interview.session.computed else None
        if amount is not None:
            words = f"{words}. {amount.question.title}: {amount.shown} (computed; you can type another amount)"
        return words if draft_question.doubt is None else f"{words}. {_doubtful(draft_question.doubt)}"

    return note


def _by_number(text: str, draft_question: DraftQuestion, choices: Sequence[Choice]) -> Choice | None:
    """The choice with this number among those that were told; a number that is a code or a name is that."""
    typed = text.strip()
    if (
        isinstance(draft_question.question.kind, Many)
        or len(choices) > FEW_CHOICES
        or not (typed.isdecimal() and typed.isascii())
    ):
        return None
    if len(typed) > 2 or any(typed in (choice.code, choice.label) for choice in choices):
        return None
    return choices[int(typed) - 1] if 1 <= int(typed) <= len(choices) else None
