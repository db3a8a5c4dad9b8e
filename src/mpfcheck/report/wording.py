"""The words people read for what the report says in codes: verdicts, headings, counted things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mpfcheck.checking.report import InputReference, ProposalReport, Verdict
from mpfcheck.packs.rule import Authority

if TYPE_CHECKING:
    from mpfcheck.report.overview import Run

__all__ = [
    "AUTHORITY",
    "COLOUR",
    "DISCLAIMER",
    "MEANING",
    "SENTENCE",
    "TOTAL",
    "counted",
    "input_name",
    "names",
    "not_complete",
    "not_known",
    "passed_over_by_reason",
    "project",
    "project_in_full",
    "project_name",
]

SENTENCE = {
    Verdict.INVALID: "NOT A PROPOSAL",
    Verdict.INELIGIBLE: "NOT ELIGIBLE",
    Verdict.INCONCLUSIVE: "NO VERDICT",
    Verdict.INCOMPLETE: "NOT COMPLETE",
    Verdict.REVIEW: "A PERSON MUST JUDGE",
    Verdict.ELIGIBLE: "ELIGIBLE",
}
"""What stands first in a report."""

MEANING = {
    Verdict.INVALID: "The file cannot be read as a proposal.",
    Verdict.INCONCLUSIVE: "A rule could not be evaluated, so nothing can be promised.",
    Verdict.INCOMPLETE: "Nothing rules it out so far, but answers are missing.",
    Verdict.REVIEW: "It depends on something the sources leave open.",
}
"""A sentence more, where the verdict alone could be misread."""

COLOUR = {
    Verdict.INVALID: "bold red",
    Verdict.INELIGIBLE: "bold red",
    Verdict.INCONCLUSIVE: "bold red",
    Verdict.INCOMPLETE: "bold yellow",
    Verdict.REVIEW: "bold yellow",
    Verdict.ELIGIBLE: "bold green",
}

TOTAL = {
    Verdict.ELIGIBLE: "eligible",
    Verdict.INELIGIBLE: "not eligible",
    Verdict.INCOMPLETE: "not complete",
    Verdict.REVIEW: "for a person to judge",
    Verdict.INCONCLUSIVE: "without a verdict",
    Verdict.INVALID: "not a proposal",
}
"""What is said of several at the end, in this order."""

LONGEST_NAME = 60
"""Characters of a title or a name in a list of proposals; the report on the proposal itself has all of it."""

AUTHORITY = {
    Authority.SEED: "Authority: the conference summary, the primary source",
    Authority.OFFICIAL: "Authority: official, a page of the MPF, ICMPD or an EU institution about this call",
    Authority.FUND: "Authority: the fund's own regulation, which never blocks here",
    Authority.SECONDARY: "Authority: secondary, a portal or the press, which never blocks here",
    Authority.ANALOGY: "Authority: analogy, a neighbouring scheme not shown to apply, which never blocks here",
}
"""How far a source may go."""

DISCLAIMER = "A check is help, not a decision; passing is no guarantee: the MPF decides."


def not_known(report: ProposalReport, most: int | None = None) -> str:
    """The parts of the call that its sources leave open, as one sentence; empty where there are none, or no verdict.

    Of more than ``most`` it names so many, in the pack's order, and says where all of them are.
    """
    if report.call is None or report.verdict is Verdict.INVALID or not report.call.not_known:
        return ""
    topics = report.call.not_known
    shown = topics if most is None or len(topics) <= most else topics[:most]
    rest = len(topics) - len(shown)
    more = f"; and {rest} more, see mpfcheck rules matrix {report.call.id}" if rest else ""
    return f"Not known about this call: {'; '.join(shown)}{more}."


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: ``1 rule``, ``12 345 rules``."""
    return f"{number:,}".replace(",", " ") + f" {one if number == 1 else many or one + 's'}"


def names(shown: list[str], number: int) -> str:
    """Some of a number of names, with commas, and how many more there are."""
    more = number - len(shown)
    return f"{', '.join(shown)} and {more} more" if more > 0 else ", ".join(shown)


def project(reference: InputReference) -> str:
    """Which project an input is, in short: its acronym or else its title, and the lead applicant; empty if unknown."""
    name, lead = _given(reference.acronym) or _given(reference.title), reference.lead
    parts = (name, _given(lead.name) if lead else "")
    return " · ".join(_shortened(part) for part in parts if part)


def project_in_full(reference: InputReference) -> str:
    """Which project an input is, for the head of its report: acronym, title, lead applicant with the country."""
    acronym, title, lead = _given(reference.acronym), _given(reference.title), reference.lead
    parts = [": ".join(filter(None, (acronym, title)))]
    if lead and (name := _given(lead.name)):
        country = _given(lead.country)
        parts.append(f"lead applicant {name}{f' ({country})' if country else ''}")
    return " · ".join(filter(None, parts))


def project_name(reference: InputReference) -> str:
    """The input among many others: where it is, and which project it is."""
    return " · ".join(filter(None, (input_name(reference), project(reference))))


def _given(text: str | None) -> str:
    return text.strip() if text else ""


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1].rstrip()}…"


def input_name(reference: InputReference) -> str:
    """What people call the input: its path, and its line where the file holds many."""
    name = "standard input" if reference.path == "-" else reference.path or "the proposal"
    return name if reference.line is None else f"{name}, line {reference.line}"


def not_complete(run: Run) -> list[str]:
    """Why a report is not complete, as sentences; none where it is."""
    if run.complete:
        return []
    sentences = ["This report is not complete."]
    if run.interrupted:
        sentences.append("The check was interrupted before the last proposal.")
    if possible := sum(one.possible for one in run.passed_over):
        files = (
            "1 file or folder that may hold a proposal was"
            if possible == 1
            else (f"{counted(possible, 'file or folder', 'files or folders')} that may hold proposals were")
        )
        sentences.append(f"{files} not checked.")
    return sentences


def passed_over_by_reason(run: Run) -> dict[str, list[str]]:
    """What was passed over: the paths, by the reason; possible proposals first."""
    reasons: dict[str, list[str]] = {}
    for one in sorted(run.passed_over, key=lambda one: not one.possible):
        reasons.setdefault(one.why, []).append(one.path)
    return reasons
