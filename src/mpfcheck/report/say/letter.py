"""The letter to an applicant: what must change in one proposal, what is missing, and how to fix it.

Nothing in it is only the business of an officer: no manual review and no decision on it, no other proposal, no figure
of all proposals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from os.path import basename

from mpfcheck.checking.report import InputReference, Problem, ProposalReport, Result, Severity, Verdict
from mpfcheck.checking.wording import field_in_words
from mpfcheck.frozen import changed
from mpfcheck.report.blocks import (
    Answer,
    Block,
    Code,
    Detail,
    Entry,
    Fact,
    Facts,
    Listing,
    Mark,
    Say,
    Section,
    Tone,
)
from mpfcheck.report.place import FieldPlace
from mpfcheck.report.say.proposal import Findings, sections, words_of
from mpfcheck.report.words import DISCLAIMER, Heading, Label, names, what_if

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


_MOST_FIELDS = 4


def letter(report: ProposalReport, call_title: str = "") -> Iterator[Block]:
    """The whole letter. The report should have one of the verdicts of :data:`LETTER_FOR`."""
    own = _for_the_applicant(report)
    yield Section(letter_title(report), tuple(_inside(own, call_title)))


def _inside(report: ProposalReport, call_title: str) -> Iterator[Block]:
    yield Facts(tuple(_facts(report, call_title)))
    yield Say((_MEANING[report.verdict],))
    if report.departures:
        yield Say((what_if(report.departures),), Tone.NOTICE)
    for block in sections(report, Findings(report)):
        if isinstance(block, Section) and block.heading in _FOR_APPLICANTS:
            yield changed(block, blocks=tuple(map(_in_words, block.blocks)))
    yield Say((DISCLAIMER,), Tone.QUIET)


def letter_title(report: ProposalReport) -> str:
    """The proposal as its applicant knows it: by its title, else by the name of its file, if it has one of its own."""
    reference = report.input
    named = ": ".join(text.strip() for text in (reference.acronym, reference.title) if text and text.strip())
    return named or (_file(reference) if reference.line is None else "") or "Your proposal"


def _file(reference: InputReference) -> str:
    return basename(reference.path) if reference.path and reference.path != "-" else ""


def points(report: ProposalReport) -> tuple[list[str], list[str]]:
    """What must change and what is missing, each point in one line: for a table."""
    own = _for_the_applicant(report)
    findings = Findings(own)
    must = [f"{problem.message} {problem.hint}".strip() for problem in own.problems if _blocks(problem)]
    for result in findings.must_change:
        fix = f" {Label.FIX}: {result.fix}" if result.fix else ""
        must.append(" ".join(f"{result.rule}: {result.message}{fix}".split()))
    return must, [field_in_words(pointer) for pointer in findings.answers()]


def _facts(report: ProposalReport, call_title: str) -> Iterator[Fact]:
    lead = report.input.lead
    if lead and lead.name:
        yield Fact("Lead applicant", f"{lead.name}{f' ({lead.country})' if lead.country else ''}")
    if report.call:
        day = f", as of {report.as_of}" if report.as_of else ""
        named = f"{call_title} ({report.call.id})" if call_title else report.call.id
        yield Fact("Call", f"{named}, rules of {report.call.version}{day}")
    if report.input.line is not None:
        yield Fact("Our reference", ", ".join(filter(None, (_file(report.input), f"line {report.input.line}"))))
    if report.input.sha256:
        yield Fact("Checksum of the proposal (SHA-256)", Code(report.input.sha256))


def _for_the_applicant(report: ProposalReport) -> ProposalReport:
    """The report without what only an officer needs; its places are in the proposal, not in a file that holds many."""
    results = tuple(_in_own_file(report, result) for result in report.results if not result.manual)
    problems = tuple(_in_own_text(report.input.line, problem) for problem in report.problems)
    return changed(report, results=results, problems=problems, assessments=(), outlook=None, repair=None)


def _in_own_text(line: int | None, problem: Problem) -> Problem:
    """A problem of a proposal on one line of JSON Lines, with its places in that line alone."""
    if line is None:
        return problem
    message, hint = (
        re.sub(rf"\bline {line}, (?=column [0-9])", "line 1, ", text) for text in (problem.message, problem.hint)
    )
    return changed(problem, message=message, hint=hint, line=None if problem.line is None else 1)


def _in_words(block: Block) -> Block:
    """A block with the names of fields and rules as people say them, in the place of pointers and ids alone."""
    if not isinstance(block, Listing):
        return block
    return changed(block, items=tuple(_answer(it) if isinstance(it, Answer) else _entry(it) for it in block.items))


def _answer(answer: Answer) -> Entry:
    rules = [f"{result.rule} {result.title}{_weight(result)}" for result in answer.results]
    return Entry(Mark.OPEN, answer.words, details=(Detail(("; ".join(rules),), Label.NEEDED_BY),))


def _weight(result: Result) -> str:
    return "" if result.severity is Severity.BLOCKING else f" ({result.severity.value})"


def _entry(entry: Entry) -> Entry:
    if isinstance(entry.name, FieldPlace) and entry.name.pointer:
        # The place too: what cannot be read is to be found in the file.
        at = entry.name.in_words()
        return changed(
            entry, name=words_of(entry.name.pointer), title=f"{entry.name.pointer}{f' ({at})' if at else ''}"
        )
    if entry.fields is None:
        return entry
    fields = list(dict.fromkeys(field_in_words(field.pointer) for field in entry.fields.fields))
    see = names(fields[:_MOST_FIELDS], len(fields))
    return changed(entry, fields=None, details=(*entry.details, Detail((see,), Label.SEE)))


def _in_own_file(report: ProposalReport, result: Result) -> Result:
    if report.input.line is None or not result.fields:
        return result
    return changed(result, fields=tuple(changed(field, line=None, column=None) for field in result.fields))


def _blocks(problem: Problem) -> bool:
    return problem.severity is Severity.BLOCKING
