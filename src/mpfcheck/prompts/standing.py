"""Where the proposal stands, in a few lines: the verdict, what must change, what is missing, what a step changed."""

from __future__ import annotations

from mpfcheck.checking.report import Result, Severity, Status, Verdict
from mpfcheck.checking.wording import field_in_words
from mpfcheck.drafting.session import Change, Session
from mpfcheck.prompts.talk import Talk
from mpfcheck.report.words import VERDICT_HEADLINE, VERDICT_MEANING, counted

__all__ = ["STATUS", "tell_change", "tell_standing", "verdict_in_words"]

STATUS = {
    Status.PASS: "holds",
    Status.FAIL: "is broken",
    Status.NOT_APPLICABLE: "does not apply",
    Status.UNDECIDED: "waits for answers",
    Status.REVIEW: "is for a person to judge",
    Status.INCONCLUSIVE: "could not be evaluated",
}
"""What is said of a rule by its status."""
MOST_MISSING = 8


def verdict_in_words(verdict: Verdict) -> str:
    """A verdict, and what it means."""
    return f"{VERDICT_HEADLINE[verdict]}. {VERDICT_MEANING.get(verdict, '')}".rstrip()


def tell_standing(session: Session, talk: Talk) -> None:
    """Say where the proposal stands: enough to know what to do next."""
    talk.heading(f"Where it stands: {verdict_in_words(session.verdict)}")
    failed = [result for result in session.results() if result.status in (Status.FAIL, Status.INCONCLUSIVE)]
    for result in failed:
        _tell(result, talk)
    for problem in session.report.problems:
        if problem.severity is Severity.BLOCKING:
            talk.say(f"{field_in_words(problem.pointer)}: {problem.message} {problem.hint}", indent="  ")
    for pointer in session.state.unfinished:
        talk.say(f"Not understood yet: {session.title_of(pointer)}.", indent="  ", hang="  ")
    pointers = dict.fromkeys(place for result in _blocking_open(session) for place in session.to_answer(result))
    missing = list(dict.fromkeys(session.title_of(pointer) for pointer in pointers))
    if missing:
        talk.say(f"Missing: {counted(len(missing), 'answer')} that a blocking rule needs.", indent="  ")
        for title in missing[:MOST_MISSING]:
            talk.say(f"- {title}", indent="    ", hang="  ")
        if len(missing) > MOST_MISSING:
            talk.say(f"- and {len(missing) - MOST_MISSING} more", indent="    ")
    if judged := [result for result in session.results() if result.status is Status.REVIEW]:
        talk.say(f"A person will judge: {', '.join(result.rule for result in judged)}.", indent="  ", hang="  ")
    talk.say(
        ":result shows the whole report, and :go with a rule such as :go BUDGET-1 leads to its question.", indent="  "
    )


def tell_change(before: Verdict, changes: tuple[Change, ...], session: Session, talk: Talk) -> None:
    """Say what a step changed: rules that are broken now, rules that no longer are, and the verdict."""
    for change in changes:
        result = change.result
        if result.status in (Status.FAIL, Status.INCONCLUSIVE):
            _tell(result, talk)
        elif change.was in (Status.FAIL, Status.INCONCLUSIVE):
            talk.say(f"{result.rule} {STATUS[result.status]} now: {result.title}.", indent="  ", hang="  ")
    if held := [change.result.rule for change in changes if _holds_newly(change)]:
        talk.say(f"Settled: {', '.join(held)} {'holds' if len(held) == 1 else 'hold'}.", indent="  ", hang="  ")
    if session.verdict is not before:
        talk.say(f"Where it stands now: {verdict_in_words(session.verdict)}", indent="  ", hang="  ")


def _holds_newly(change: Change) -> bool:
    """Whether a rule that was open holds now."""
    return change.result.status is Status.PASS and change.was is Status.UNDECIDED


def _blocking_open(session: Session) -> list[Result]:
    return [
        result
        for result in session.results()
        if result.status is Status.UNDECIDED and result.severity is Severity.BLOCKING
    ]


def _tell(result: Result, talk: Talk) -> None:
    """A broken rule: what it is, what is wrong, and what would mend it."""
    weight = "" if result.severity is Severity.BLOCKING else f" ({result.severity}, does not block)"
    talk.say(f"{result.rule} {STATUS[result.status]}{weight}: {result.title}.", indent="  ", hang="  ")
    for sentence in filter(None, result.message.split("\n")):
        talk.say(sentence, indent="    ")
    for sentence in filter(None, result.fix.split("\n")):
        talk.say(f"To mend it: {sentence}", indent="    ", hang="  ")
