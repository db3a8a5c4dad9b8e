"""The letter to an applicant: what must change in one proposal, what is missing, and how to fix it.

Nothing in it is only the business of an officer: no manual review and no decision on it, no other proposal, no figure
of all proposals.
"""

from __future__ import annotations

from collections.abc import Iterator
from os.path import basename

from mpfcheck.checking.report import Problem, ProposalReport, Result, Severity, Verdict
from mpfcheck.checking.wording import field_in_words
from mpfcheck.frozen import changed
from mpfcheck.report.blocks import Block, Code, Fact, Facts, Say, Section, Tone
from mpfcheck.report.say.proposal import Findings, sections
from mpfcheck.report.words import DISCLAIMER, Heading, Label, what_if

__all__ = ["LETTER_FOR", "letter", "letter_title", "points"]

LETTER_FOR = (Verdict.INVALID, Verdict.INELIGIBLE, Verdict.INCOMPLETE)
"""The verdicts that an applicant can do something about."""

_FOR_APPLICANTS = (
    Heading.FILE_ERRORS,
    Heading.MUST_CHANGE,
    Heading.MISSING,
    Heading.WARNINGS,
    Heading.FILE_WARNINGS,
)
_MEANING = {
    Verdict.INVALID: "We could not read this file as a proposal, so we could not check it. Please correct the file.",
    Verdict.INELIGIBLE: "This proposal is not eligible as it is. What must change is listed below, with how to fix it.",
    Verdict.INCOMPLETE: "We cannot check all conditions yet, because information is missing. Please add it.",
}


def letter(report: ProposalReport) -> Iterator[Block]:
    """The whole letter. The report should have one of the verdicts of :data:`LETTER_FOR`."""
    own = _for_the_applicant(report)
    yield Section(letter_title(report), tuple(_inside(own)))


def _inside(report: ProposalReport) -> Iterator[Block]:
    yield Facts(tuple(_facts(report)))
    yield Say((_MEANING[report.verdict],))
    if report.departures:
        yield Say((what_if(report.departures),), Tone.NOTICE)
    for block in sections(report, Findings(report)):
        if isinstance(block, Section) and block.heading in _FOR_APPLICANTS:
            yield block
    yield Say((DISCLAIMER,), Tone.QUIET)


def letter_title(report: ProposalReport) -> str:
    """The proposal as its applicant knows it: by its title, else by the name of its file."""
    reference = report.input
    named = ": ".join(text.strip() for text in (reference.acronym, reference.title) if text and text.strip())
    return named or (basename(reference.path) if reference.path and reference.path != "-" else "Your proposal")


def points(report: ProposalReport) -> tuple[list[str], list[str]]:
    """What must change and what is missing, each point in one line: for a table."""
    own = _for_the_applicant(report)
    findings = Findings(own)
    must = [f"{problem.message} {problem.hint}".strip() for problem in own.problems if _blocks(problem)]
    for result in findings.must_change:
        fix = f" {Label.FIX}: {result.fix}" if result.fix else ""
        must.append(" ".join(f"{result.rule}: {result.message}{fix}".split()))
    return must, [field_in_words(pointer) for pointer in findings.answers()]


def _facts(report: ProposalReport) -> Iterator[Fact]:
    lead = report.input.lead
    if lead and lead.name:
        yield Fact("Lead applicant", f"{lead.name}{f' ({lead.country})' if lead.country else ''}")
    if report.call:
        day = f", as of {report.as_of}" if report.as_of else ""
        yield Fact("Call", f"{report.call.id}, rules of {report.call.version}{day}")
    if report.input.sha256:
        yield Fact("Checksum of the proposal (SHA-256)", Code(report.input.sha256))


def _for_the_applicant(report: ProposalReport) -> ProposalReport:
    """The report without what only an officer needs, and without lines of a file that holds other proposals too."""
    results = tuple(_in_own_file(report, result) for result in report.results if not result.manual)
    problems = report.problems
    if report.input.line is not None:
        problems = tuple(changed(problem, line=None, column=None) for problem in problems)
    return changed(report, results=results, problems=problems, assessments=(), outlook=None, repair=None)


def _in_own_file(report: ProposalReport, result: Result) -> Result:
    if report.input.line is None or not result.fields:
        return result
    return changed(result, fields=tuple(changed(field, line=None, column=None) for field in result.fields))


def _blocks(problem: Problem) -> bool:
    return problem.severity is Severity.BLOCKING
