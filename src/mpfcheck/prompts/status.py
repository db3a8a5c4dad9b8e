"""The status of a proposal in lines: its verdict, what a step changed, figures, and all answers in one list."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from mpfcheck.checking.report import Result, Severity, Status, Verdict
from mpfcheck.drafting.progress import BarFigure, Figure, SumsFigure
from mpfcheck.drafting.session import ResultChange, Session
from mpfcheck.drafting.summary import COMMENTS_HEADING, no_longer_asked, summary_of, what_now
from mpfcheck.drafting.words import RemarkList, complaint_words, remark_lists, verdict_meaning, verdict_words
from mpfcheck.prompts.dialogue import chosen_number
from mpfcheck.prompts.places import PAGES
from mpfcheck.prompts.talk import Talk
from mpfcheck.proposal.values import format_money
from mpfcheck.report.blocks import Say
from mpfcheck.report.say.next_steps import WHAT_NOW
from mpfcheck.report.words import STATUS_WORDS, Heading, Label, counted

__all__ = ["cut", "review", "tell_change", "tell_figures", "tell_next_steps", "tell_status", "verdict_in_words"]

MOST_MISSING = 8
MOST_REMARKS = 20


def verdict_in_words(verdict: Verdict | None) -> str:
    """A verdict, and what it means; None for a part, which has no verdict."""
    words = verdict_words(verdict)
    return f"{words.capitalize() if verdict is None else words}. {verdict_meaning(verdict)}".rstrip()


def tell_status(session: Session, talk: Talk) -> None:
    """Say the status of the proposal: enough to know what to do next."""
    talk.heading(f"Status: {verdict_in_words(session.verdict)}")
    if certain := session.certain_in_words():
        talk.say(certain, indent="  ", hang="  ")
    if changes := session.changes_in_words():
        talk.say(f"{session.heading_of_change()}:", indent="  ")
        for change in changes:
            talk.say(f"- {change}", indent="    ", hang="  ")
        talk.say("Type :change to make it.", indent="  ")
    failed = [result for result in session.results() if result.status in (Status.FAIL, Status.INCONCLUSIVE)]
    for result in failed:
        _tell(result, talk)
    for one in remark_lists(session):
        _tell_remarks(one, talk)
    pointers = dict.fromkeys(place for result in _blocking_open(session) for place in session.to_answer(result))
    missing = list(dict.fromkeys(session.title_of(pointer) for pointer in pointers))
    if missing:
        talk.say(f"{Heading.MISSING}: {counted(len(missing), 'answer')} needed by blocking rules.", indent="  ")
        for title in missing[:MOST_MISSING]:
            talk.say(f"- {title}", indent="    ", hang="  ")
        if len(missing) > MOST_MISSING:
            talk.say(f"- and {len(missing) - MOST_MISSING} more", indent="    ")
    if judged := [result for result in session.results() if result.status is Status.REVIEW]:
        talk.say(
            f"{STATUS_WORDS[Status.REVIEW].capitalize()}: {', '.join(result.rule for result in judged)}.",
            indent="  ",
            hang="  ",
        )
    if session.scope is not None:
        return
    whole = "" if session.verdict is Verdict.INVALID else ":result for the whole report, or "
    talk.say(f"Type {whole}:go with a rule, such as :go BUDGET-1, for its question.", indent="  ")


def tell_change(before: Verdict | None, changes: tuple[ResultChange, ...], session: Session, talk: Talk) -> None:
    """Say what a step changed: rules that are not met now, rules that were not met before, and the verdict."""
    for change in changes:
        result = change.result
        if result.status in (Status.FAIL, Status.INCONCLUSIVE):
            _tell(result, talk)
        elif change.was in (Status.FAIL, Status.INCONCLUSIVE):
            talk.say(f"{result.rule} {STATUS_WORDS[result.status]} now: {result.title}.", indent="  ", hang="  ")
    if met := [change.result.rule for change in changes if _is_newly_met(change)]:
        talk.say(f"Now {STATUS_WORDS[Status.PASS]}: {', '.join(met)}.", indent="  ", hang="  ")
    if session.verdict is not before:
        talk.say(f"Status now: {verdict_in_words(session.verdict)}", indent="  ", hang="  ")
        if session.verdict is Verdict.ELIGIBLE:
            talk.say("Type :next to see what to do now.", indent="  ")


def tell_next_steps(session: Session, talk: Talk) -> None:
    """Say what to do after the proposal is written, and what is not known about it."""
    talk.heading(WHAT_NOW)
    for section in what_now(session):
        talk.say(f"{section.heading}:", indent="  ")
        for block in section.blocks:
            if isinstance(block, Say):
                talk.say("".join(block.spans), indent="    ", hang="  ")


def _is_newly_met(change: ResultChange) -> bool:
    """Whether a rule for which information was missing is met now."""
    return change.result.status is Status.PASS and change.was is Status.UNDECIDED


def _tell_remarks(found: RemarkList, talk: Talk) -> None:
    """Say what is not valid or to be checked, and where."""
    talk.say(f"{found.heading}:", indent="  ")
    for remark in found.remarks[:MOST_REMARKS]:
        talk.say(f"- {remark.title}: {complaint_words(remark.complaint)}", indent="    ", hang="  ")
    if len(found.remarks) > MOST_REMARKS:
        talk.say(f"- and {len(found.remarks) - MOST_REMARKS} more", indent="    ")


def _blocking_open(session: Session) -> list[Result]:
    return [
        result
        for result in session.results()
        if result.status is Status.UNDECIDED and result.severity is Severity.BLOCKING
    ]


def _tell(result: Result, talk: Talk) -> None:
    """A rule that is not met: what it is, what is wrong, and how to fix it."""
    weight = "" if result.severity is Severity.BLOCKING else f" ({result.severity}, does not block)"
    talk.say(f"{result.rule} {STATUS_WORDS[result.status]}{weight}: {result.title}.", indent="  ", hang="  ")
    for sentence in filter(None, result.message.split("\n")):
        talk.say(sentence, indent="    ")
    for sentence in filter(None, result.fix.split("\n")):
        talk.say(f"{Label.FIX}: {sentence}", indent="    ", hang="  ")


def tell_figures(figures: Iterable[Figure], talk: Talk) -> None:
    """Say the figures of which something is known."""
    lines = [line for figure in figures for line in (_bar(figure) if isinstance(figure, BarFigure) else _sums(figure))]
    if lines:
        talk.heading("Figures:")
    for line in lines:
        talk.say(line, indent="  ", hang="    ")


def _bar(figure: BarFigure) -> Iterable[str]:
    if figure.part is None or figure.whole is None:
        return
    share = f", which is {figure.percent}" if figure.share is not None else ""
    most = _percent(figure.limit)
    allowed = f"; at most {most} is allowed" if figure.limit != 1 else ""
    limit = f", more than the {most} allowed" if figure.over else allowed
    yield f"{figure.title}: {format_money(figure.part)} of {format_money(figure.whole)}{share}{limit}."


def _sums(figure: SumsFigure) -> Iterable[str]:
    if figure.sums:
        parts = "; ".join(f"{name}: {format_money(amount)}" for name, amount in figure.sums)
        yield f"{figure.title}: {parts}. Total: {format_money(figure.total)}."


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f} %"


MOST_SHOWN = 300
"""Of a long answer, so many characters are shown."""


def review(session: Session, talk: Talk) -> str:
    """List all answers with their numbers; the place of the one to change, or none."""
    places: list[str] = []
    for summary in summary_of(session):
        talk.heading(summary.page.title)
        for line in summary.lines:
            places.append(line.pointer)
            optional = " (optional)" if line.optional and line.open else ""
            answer = f": {cut(line.answer)}" if line.answer else ""
            talk.say(f"{len(places)}. {line.label}{answer}{optional}", indent="  " * (line.level + 1), hang="    ")
    if kept := no_longer_asked(session):
        talk.heading("No longer asked, but kept: these answers still count")
        for line in kept:
            places.append(line.pointer)
            talk.say(f"{len(places)}. {line.label}: {cut(line.answer)}", indent="  ", hang="    ")
    if comments := session.comments():
        talk.heading(COMMENTS_HEADING)
        for comment in comments:
            places.append(comment.pointer)
            talk.say(f"{len(places)}. {comment.title}: {comment.text}", indent="  ", hang="    ")
    talk.blank()
    talk.say(f"Status: {verdict_in_words(session.verdict)}")
    number = chosen_number(talk, len(places), "Number of an answer to change (Enter: none):")
    if number is None:
        return PAGES
    place = places[number - 1]
    if session.at(place) is None and (item := session.item(place)) is not None and item.questions:
        return item.questions[0].pointer
    return place


def cut(text: str) -> str:
    """A long answer cut short."""
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}… ({len(text) - MOST_SHOWN} more characters)"
