"""The words of reports, screens, lines and the command line: headlines, headings, labels, statuses, counts.

Each is written here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from mpfcheck.checking.report import (
    NOT_FOUND,
    Assessment,
    Decision,
    InputReference,
    PassedOver,
    ProposalReport,
    Status,
    Verdict,
)
from mpfcheck.checking.wording import lengths_in_words
from mpfcheck.packs.rule import Authority

if TYPE_CHECKING:
    from mpfcheck.report.overview import RunSummary

__all__ = [
    "ALL_IN_JSON",
    "AUTHORITY",
    "DECISION_WORDS",
    "DISCLAIMER",
    "INPUTS_CHECKSUM",
    "LONGEST_NAME",
    "NOT_ANSWERED",
    "OLDER_WORDS",
    "SCORE",
    "STATUS_IN_COUNTS",
    "STATUS_WORDS",
    "VERDICT_HEADLINE",
    "VERDICT_IN_COUNTS",
    "VERDICT_MEANING",
    "VERDICT_STYLE",
    "Heading",
    "Label",
    "assessed",
    "authority_in_short",
    "certificate",
    "cited",
    "counted",
    "grouped",
    "headline",
    "input_name",
    "input_names",
    "list_bounds",
    "names",
    "not_complete",
    "not_known",
    "passed_over_by_reason",
    "project",
    "project_in_full",
    "project_name",
    "selected",
    "what_if",
    "why_not_checked",
]

VERDICT_HEADLINE = {
    Verdict.INVALID: "NOT A PROPOSAL",
    Verdict.INELIGIBLE: "NOT ELIGIBLE",
    Verdict.INCONCLUSIVE: "NO VERDICT",
    Verdict.INCOMPLETE: "NOT COMPLETE",
    Verdict.REVIEW: "MANUAL REVIEW NEEDED",
    Verdict.ELIGIBLE: "ELIGIBLE",
}
"""The first words of a report."""

VERDICT_MEANING = {
    Verdict.INVALID: "The file cannot be read as a proposal.",
    Verdict.INCONCLUSIVE: "A rule could not be evaluated, so there is no verdict.",
    Verdict.INCOMPLETE: "No rule has failed so far, but required information is missing.",
    Verdict.REVIEW: "The sources of the call do not give a clear answer.",
}
"""A sentence that explains the verdict, where the headline alone could be misread."""

VERDICT_STYLE = {
    Verdict.INVALID: "bold red",
    Verdict.INELIGIBLE: "bold red",
    Verdict.INCONCLUSIVE: "bold red",
    Verdict.INCOMPLETE: "bold yellow",
    Verdict.REVIEW: "bold yellow",
    Verdict.ELIGIBLE: "bold green",
}

VERDICT_IN_COUNTS = {
    Verdict.ELIGIBLE: "eligible",
    Verdict.INELIGIBLE: "not eligible",
    Verdict.INCOMPLETE: "not complete",
    Verdict.REVIEW: "for manual review",
    Verdict.INCONCLUSIVE: "without a verdict",
    Verdict.INVALID: "not a proposal",
}
"""The verdicts after a number of proposals, in the order of a total."""

STATUS_WORDS: Mapping[Status | None, str] = {
    Status.PASS: "met",
    Status.FAIL: "not met",
    Status.NOT_APPLICABLE: "not applicable",
    Status.UNDECIDED: "information missing",
    Status.REVIEW: "manual review needed",
    Status.INCONCLUSIVE: "could not be evaluated",
    None: "not among the rules",
}
"""The result of one rule for one proposal. None: the rules do not contain it."""

STATUS_IN_COUNTS = {
    Status.FAIL: "not met",
    Status.UNDECIDED: "information missing",
    Status.REVIEW: "manual review",
    Status.INCONCLUSIVE: "not evaluated",
}
"""The results of a rule after a number of proposals, in the order of a table."""


class Heading(StrEnum):
    """The headings of reports. The order of a report's sections is in ``say``, not here."""

    FILE_ERRORS = "File errors"
    OUTLOOK = "Already certain"
    MUST_CHANGE = "What must change"
    NOT_EVALUATED = "Rules that could not be evaluated: a fault in the rules, not in the proposal"
    MISSING = "Missing information"
    WARNINGS = "Warnings and advice"
    FILE_WARNINGS = "File warnings"
    REVIEW = "Manual review needed"
    ASSESSED = "Manual review done"
    IDLE_DECISIONS = "Decisions on rules that need no manual review now"
    REMARKS = "Met, with a remark"
    MET = "Met"
    NOT_APPLICABLE = "Not applicable"
    SOURCES = "Sources"

    BELOW = "Below"
    MOST_FAILED = "Rules not met most often, by number of proposals"
    NEARLY_ELIGIBLE = "Eligible after one fix"
    RULES = "Results by rule"
    COUNTRIES = "Countries of the lead applicants"
    SAME_CONTENT = "Duplicate proposals"
    SAME_NAME = "Same title and lead applicant, different answers"
    SENT_AGAIN = "Sent in again: only the latest is counted"
    SENT_AGAIN_UNCLEAR = "Sent in again, and each is counted: it is not clear which is the latest"
    RANKING = "Ranking"
    SHARED_ORGANISATIONS = "Organisations in several proposals"
    SHARED_PICS = "One PIC with different names or countries"
    WHAT_IF = "What if"
    NOT_CHECKED = "Not checked"

    SINCE = "Changes since the older run"
    NEW = "New"
    FIXED = "Fixed"
    UNKNOWN = "Unknown: these files could not be checked again"
    CHANGED_VERDICTS = "Changed verdicts"
    ADDED = "Only in the newer run"
    REMOVED = "Only in the older run"


class Label(StrEnum):
    """The labels before the details of a finding."""

    FIX = "How to fix it"
    SMALLEST_CHANGE = "Smallest change that would do"
    ENOUGH_CHANGE = "A change that would do"
    SEE = "See"
    SOURCE = "Source"
    NEEDED_BY = "Needed by"
    DECISION = "Decision"


DECISION_WORDS: Mapping[Decision, str] = {
    Decision.MET: "met",
    Decision.NOT_MET: "not met",
    Decision.OPEN: "still open",
}
"""The decision of a person on a manual rule."""

OLDER_WORDS = {"proposal": "an older state of the proposal", "rules": "an older version of the rules"}
"""What a decision is about where something changed since."""

NOT_ANSWERED = "(not answered)"

SCORE = "Score:"
"""The head over scores in a ranking. In a line it stands before its number, as nothing is counted."""

LONGEST_NAME = 60
"""Characters of a title or a name in a list of proposals; the report on the proposal itself has all of it."""

AUTHORITY = {
    Authority.SEED: "Authority: the conference summary, the primary source",
    Authority.OFFICIAL: "Authority: official, a page of the MPF, ICMPD or an EU institution about this call",
    Authority.FUND: "Authority: the fund's own regulation. It is never used for blocking rules",
    Authority.SECONDARY: "Authority: secondary, a portal or the press. It is never used for blocking rules",
    Authority.ANALOGY: (
        "Authority: analogy, a similar scheme that may not apply here. It is never used for blocking rules"
    ),
}
"""How far a source may go."""

_AUTHORITY_IN_SHORT: Mapping[str, str] = {
    Authority.SEED: "primary source",
    Authority.OFFICIAL: "official source",
    Authority.FUND: "regulation of the fund",
    Authority.SECONDARY: "secondary source",
    Authority.ANALOGY: "similar scheme",
}

DISCLAIMER = "This check is for guidance only. Passing it does not guarantee eligibility; the MPF decides."


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


def what_if(departures: Iterable[tuple[str, str]]) -> str:
    """What a check took otherwise than the call has it: changed parameters, a choice of rules."""
    changes = ", ".join(f"{name} = {value}" for name, value in departures)
    return f"What if: checked with {changes}, which is not what the call says."


def assessed(one: Assessment) -> str:
    """A decision of a person on a manual rule, in sentences: what, by whom, when, why, and what changed since."""
    decision = DECISION_WORDS[one.decision]
    parts = [f"{decision[:1].upper()}{decision[1:]}, by {one.by} on {one.on}."]
    if one.older:
        parts.append(f"The decision is about {' and '.join(OLDER_WORDS.get(what, what) for what in one.older)}.")
    return " ".join(filter(None, (*parts, one.note)))


def authority_in_short(authority: str) -> str:
    """The authority of a source as it is named beside a citation; one that is not known here as it is."""
    return _AUTHORITY_IN_SHORT.get(authority, authority)


def headline(report: ProposalReport) -> str:
    """The first words of a report: its verdict, or that there is nothing at the path of the input."""
    return "NOT FOUND" if any(one in NOT_FOUND for one in report.problems) else VERDICT_HEADLINE[report.verdict]


def cited(section: str, authority: str) -> str:
    """A section of a source with its authority in brackets."""
    return f"{section} ({authority_in_short(authority)})"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: ``1 rule``, ``12 345 rules``."""
    return f"{grouped(number)} {one if number == 1 else many or one + 's'}"


def grouped(number: int) -> str:
    """A number as people read it: ``12 345``."""
    return f"{number:,}".replace(",", " ")


ALL_IN_JSON = "the JSON report lists all"


def names(shown: list[str], number: int, see: str = "") -> str:
    """Some of a number of names, with commas, and how many more there are; ``see`` says where to see all of them."""
    more = number - len(shown)
    where = f" ({see})" if see else ""
    return f"{', '.join(shown)} and {grouped(more)} more{where}" if more > 0 else ", ".join(shown)


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
    name = _file_name(reference)
    return name if reference.line is None else f"{name}, line {reference.line}"


def _file_name(reference: InputReference) -> str:
    return "standard input" if reference.path == "-" else reference.path or "the proposal"


def input_names(references: Iterable[InputReference]) -> str:
    """Several inputs, a file that holds many of them named once: ``a.json; all.jsonl, lines 3, 12, 40``."""
    lines: dict[str, list[int]] = {}
    shown: list[str] = []
    for one in references:
        file = _file_name(one)
        if one.line is None or file not in lines:
            shown.append(file)
        if one.line is not None:
            lines.setdefault(file, []).append(one.line)
    parts = []
    for file in shown:
        of = lines.pop(file, [])
        parts.append(f"{file}, line{'s' if len(of) > 1 else ''} {', '.join(map(str, of))}" if of else file)
    return "; ".join(parts)


def not_complete(run: RunSummary) -> list[str]:
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


def why_not_checked(one: PassedOver) -> str:
    """Why something was passed over, and whether it may hold proposals, as sentences."""
    return f"{one.why} It may hold proposals." if one.possible else one.why


def selected(run: RunSummary) -> str:
    """How many proposals a report shows of how many, as sentences; empty where it shows all."""
    if run.shown is None:
        return ""
    shown = counted(run.shown.proposals, "proposal")
    return f"Shown: {shown} of {grouped(run.shown.of)} (only {run.shown.only}). The totals count all of them."


INPUTS_CHECKSUM = "Checksum of all inputs (SHA-256)"
"""The label of the one checksum of many inputs."""


def certificate(run: RunSummary) -> str:
    """How many inputs there were and how many files were passed over; empty where nobody asked for a checksum."""
    if run.inputs_sha256 is None or run.inputs is None:
        return ""
    passed = f", {counted(len(run.passed_over), 'other file or folder', 'other files or folders')} not checked"
    found = f"{counted(run.inputs, 'input')}{passed if run.passed_over else ''}"
    return f"Complete: {found}." if run.complete else f"Not complete: {found}."


def passed_over_by_reason(run: RunSummary) -> dict[str, list[str]]:
    """What was passed over: the paths, by the reason; possible proposals first."""
    reasons: dict[str, list[str]] = {}
    for one in sorted(run.passed_over, key=lambda one: not one.possible):
        reasons.setdefault(why_not_checked(one), []).append(one.path)
    return reasons


def list_bounds(bounds: Mapping[str, int]) -> str:
    """The lengths up to which an outlook holds, by the pointers of the lists."""
    return f"For lists that are not finished, we checked up to this number of items: {lengths_in_words(bounds)}."
