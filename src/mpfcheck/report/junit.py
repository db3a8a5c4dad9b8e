"""Reports as JUnit XML, for the test view of a build: a suite a proposal, a case a rule.

A blocking rule that is broken is a failure; one that could not be evaluated is an error. Broken rules that only warn or
advise pass, with what they say as output: a build is not to fail where the proposal does not. What does not apply, is
not decided or is for a person to judge is skipped, with the reason. What is wrong with the file is one more case,
``file``: an error where it keeps the file from being read.

There is no one schema of the format. This keeps to what Jenkins, GitLab and the Surefire plug-in of Maven agree on.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from typing import TYPE_CHECKING

from mpfcheck.checking.problems import main_problem
from mpfcheck.checking.report import Problem, ProposalReport, Result, Severity, Status, Verdict
from mpfcheck.checking.wording import change_in_words
from mpfcheck.plain import plain
from mpfcheck.report.overview import NOTHING_MORE, Overview, RunSummary
from mpfcheck.report.place import FieldPlace, place_of
from mpfcheck.report.sentences import finding_in_sentences, sentences
from mpfcheck.report.words import (
    STATUS_WORDS,
    assessed,
    cited,
    input_name,
    not_complete,
    project_name,
    selected,
    why_not_checked,
)

if TYPE_CHECKING:
    from mpfcheck.checking.portfolio.resubmissions import Resubmissions
    from mpfcheck.report.reporter import OnDemand, Write

__all__ = ["JunitReporter"]

Element = ElementTree.Element

OUTCOMES = ("failure", "error", "skipped")


class JunitReporter:
    """Writes the suite of each proposal at once; each has its counts."""

    def __init__(self, write: Write) -> None:
        """Write to ``write``."""
        self._write = write
        self._started = False

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Write the suite of the next report."""
        self._begin()
        suite = _suite(report, on_demand)
        ElementTree.indent(suite, level=1)
        self._write(f"  {ElementTree.tostring(suite, encoding='unicode')}\n")

    def count(self, report: ProposalReport) -> None:
        """Each proposal stands by itself: there are no totals."""

    def finish(self, overview: Overview = NOTHING_MORE) -> None:
        """Write how the run went, where there is something to say, and close the document."""
        self._begin()
        again = overview.portfolio.resubmissions if overview.portfolio else None
        run = overview.run
        if run.passed_over or not run.complete or run.shown or run.inputs_sha256 or again:
            suite = _run_suite(run, again)
            ElementTree.indent(suite, level=1)
            self._write(f"  {ElementTree.tostring(suite, encoding='unicode')}\n")
        self._write("</testsuites>\n")

    def _begin(self) -> None:
        if not self._started:
            self._started = True
            self._write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="mpfcheck">\n')


def _run_suite(run: RunSummary, again: Resubmissions | None) -> Element:
    """One more suite, of the run itself: its only case is an error where the report is not complete."""
    suite = Element(
        "testsuite", name="mpfcheck", tests="1", failures="0", errors=str(int(not run.complete)), skipped="0"
    )
    properties = ElementTree.SubElement(suite, "properties")
    for name, holds in (("complete", run.complete), ("interrupted", run.interrupted)):
        ElementTree.SubElement(properties, "property", name=name, value="true" if holds else "false")
    if run.inputs_sha256:
        for name, value in (("inputs", str(run.inputs)), ("inputs_sha256", run.inputs_sha256)):
            ElementTree.SubElement(properties, "property", name=name, value=value)
    case = ElementTree.SubElement(suite, "testcase", name="complete", classname="mpfcheck.run")
    if sentences := not_complete(run):
        _say(case, "error", sentences, message=" ".join(sentences), type="incomplete")
    if run.shown:
        ElementTree.SubElement(properties, "property", name="only", value=plain(run.shown.only))
    lines = [selected(run)] if run.shown else []
    lines += [plain(f"Not checked: {one.path}: {why_not_checked(one)}") for one in run.passed_over]
    if again is not None and again.groups:
        from mpfcheck.report.say.portfolio import sent_again_in_words

        lines += [plain(f"Sent in again: {sent_again_in_words(group)}") for group in again.groups]
    if lines:
        _say(case, "system-out", lines)
    return suite


def _suite(report: ProposalReport, on_demand: OnDemand | None) -> Element:
    name = plain(input_name(report.input))
    cases = [_file_case(report)] if report.problems or report.verdict is Verdict.INVALID else []
    cases += [_rule_case(result, on_demand) for result in report.results]
    # Test views take dots for packages: the call is the package, the proposal the class.
    group = f"{report.call.id if report.call else 'mpfcheck'}.{name.replace('.', '_')}"
    for case in cases:
        case.set("classname", plain(group))
        if report.input.path is not None:
            case.set("file", plain(report.input.path))
    counts = {outcome: sum(case.find(outcome) is not None for case in cases) for outcome in OUTCOMES}
    suite = Element(
        "testsuite",
        name=plain(project_name(report.input)),
        tests=str(len(cases)),
        failures=str(counts["failure"]),
        errors=str(counts["error"]),
        skipped=str(counts["skipped"]),
    )
    suite.append(_properties(report))
    suite.extend(cases)
    return suite


def _properties(report: ProposalReport) -> Element:
    lead = report.input.lead
    project = {
        "title": report.input.title,
        "acronym": report.input.acronym,
        "lead": lead.name if lead else None,
        "lead_country": lead.country if lead else None,
        "grant_requested": report.input.grant_requested,
        "total": report.input.total,
    }
    values = {name: value for name, value in project.items() if value is not None}
    values["verdict"] = report.verdict.value
    if report.call:
        values |= {"call": report.call.id, "rules": report.call.version}
    if report.as_of:
        values["as_of"] = report.as_of
    if report.outlook:
        values["outlook"] = report.outlook.message
    if report.repair:
        values["repair"] = "; ".join(map(change_in_words, report.repair))
    values |= {f"what_if.{name}": value for name, value in report.departures}
    values |= {f"assessment.{one.rule}": assessed(one) for one in report.assessments}
    properties = Element("properties")
    for name, value in values.items():
        ElementTree.SubElement(properties, "property", name=plain(name), value=plain(value))
    return properties


def _file_case(report: ProposalReport) -> Element:
    case = Element("testcase", name="file")
    lines = [_problem_in_words(problem) for problem in report.problems]
    unread = report.verdict is Verdict.INVALID
    problem = main_problem(report.problems)
    blocking = problem is not None and problem.severity is Severity.BLOCKING
    if unread or blocking:
        first = " ".join(sentences(problem.message)) if problem else "The file cannot be read as a proposal."
        _say(case, "error", lines, message=first, type="invalid" if unread else "blocking")
    else:
        _say(case, "system-out", lines)
    return case


def _problem_in_words(problem: Problem) -> str:
    weight = "" if problem.severity is Severity.BLOCKING else f"{problem.severity.value.capitalize()}: "
    at = FieldPlace(problem.pointer, problem.line, problem.column).in_words()
    place = " ".join(filter(None, (plain(problem.pointer), at)))
    return weight + " ".join([*([f"{place}:"] if place else []), *sentences(problem.message), *sentences(problem.hint)])


def _rule_case(result: Result, on_demand: OnDemand | None) -> Element:
    case = Element("testcase", name=plain(f"{result.rule}: {result.title}"))
    message = " ".join(sentences(result.message)) or plain(result.title)
    match result.status:
        case Status.FAIL if result.severity is Severity.BLOCKING:
            _say(case, "failure", _story(result, on_demand), message=message, type=result.severity.value)
        case Status.FAIL:
            _say(case, "system-out", [f"{result.severity.value.capitalize()}:", *_story(result, on_demand)])
        case Status.INCONCLUSIVE:
            _say(case, "error", _story(result, on_demand), message=message, type=result.status.value)
        case Status.PASS:
            if result.message:
                _say(case, "system-out", sentences(result.message))
        case quiet:
            reason = f": {message}" if result.message else ""
            _say(case, "skipped", (), message=f"{STATUS_WORDS[quiet].capitalize()}{reason}")
    return case


def _story(result: Result, on_demand: OnDemand | None) -> list[str]:
    """All that is known of a finding, a sentence a line."""
    story = finding_in_sentences(result)
    for field in result.fields:
        place = place_of(field, on_demand).in_words()
        story.append(f"See: {plain(field.pointer)} = {plain(field.value or '')}{f' ({place})' if place else ''}")
    source = result.source
    story.append(plain(f"Source: {source.document}, {cited(source.section, source.authority)}"))
    return story


def _say(case: Element, name: str, lines: list[str] | tuple[()], **attributes: str) -> None:
    element = ElementTree.SubElement(case, name, attributes)
    element.text = "\n".join(lines) or None
