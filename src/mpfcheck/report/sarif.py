"""Reports as a SARIF 2.1.0 log, for code review and editors: a run with a result for every finding.

A rule that is not met is a result of kind ``fail``, with the level of its severity. What is wrong with a file that was
read is a result too, of the rule ``FILE``. A rule that could not be evaluated and an input that could not be read are
not findings: they are notifications of the run, and the execution counts as not successful. Other results are left out
unless asked for; the properties of the run count the verdicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from mpfcheck.checking.fingerprint import fingerprint
from mpfcheck.checking.report import (
    Assessment,
    InputReference,
    Problem,
    ProposalReport,
    Result,
    Severity,
    Status,
    Verdict,
)
from mpfcheck.json_codec import json_text, plain_json
from mpfcheck.plain import plain
from mpfcheck.report.commonmark import link, markdown
from mpfcheck.report.overview import NOTHING_MORE, Overview, RunSummary
from mpfcheck.report.place import NOWHERE, FieldPlace, place_of
from mpfcheck.report.sentences import finding_in_sentences
from mpfcheck.report.words import cited, not_complete, project, why_not_checked

if TYPE_CHECKING:
    from mpfcheck.checking.portfolio.resubmissions import Resubmissions
    from mpfcheck.checking.report import InputReference, ProposalReport, ReadField, Result
    from mpfcheck.report.reporter import OnDemand, Write

__all__ = [
    "FILE",
    "LEVEL",
    "STANDARD_INPUT",
    "SarifReporter",
    "SarifRules",
    "braces_doubled",
    "location",
    "message_text",
    "path_address",
    "related_locations",
    "web_address",
]

_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def braces_doubled(text: str) -> str:
    """Braces stand for themselves only when doubled; ``{0}`` would be a placeholder."""
    return text.replace("{", "{{").replace("}", "}}")


def message_text(text: str) -> str:
    """The lines of a text as a plain text message; never empty, which SARIF does not allow.

    ``[text](address)`` would be a link. Brackets have no escape outside of one, so a blank takes it apart.
    """
    lines = [line for given in text.splitlines() if (line := plain(given).strip())]
    return braces_doubled("\n".join(lines).replace("](", "] (")) or "(no text)"


def path_address(path: str) -> str:
    """The path of a file as an address: relative where the path is, percent-encoded, with slashes on every system."""
    pure = PurePath(path)
    text = pure.as_posix()
    if not pure.is_absolute():
        return quote(text, errors="backslashreplace")
    return f"file://{'' if text.startswith('/') else '/'}{quote(text, safe='/:', errors='backslashreplace')}"


def web_address(url: str | None) -> str | None:
    """An address of the web, with what does not belong in one percent-encoded; None for any other."""
    if url is None or not url.startswith(("https://", "http://")):
        return None
    encoded = quote(url, safe="/:?#@!$&'()*+,;=%~", errors="backslashreplace")
    before, mark, fragment = _LONE_PERCENT.sub("%25", encoded).partition("#")
    return f"{before}{mark}{fragment.replace('#', '%23')}"


STANDARD_INPUT: dict[str, object] = {"description": {"text": "Standard input"}, "mimeType": "application/json"}
"""The one artifact that has no address of its own; it is the first and only one of the log's list."""


def location(reference: InputReference, place: FieldPlace = NOWHERE) -> dict[str, object]:
    """A place in an input; in JSON Lines at least the proposal's line. Empty where nothing is known of it."""
    found: dict[str, object] = {}
    line, column = place.line, place.column
    if reference.path is not None:
        artifact: dict[str, object] = {"index": 0} if reference.path == "-" else {"uri": path_address(reference.path)}
        physical: dict[str, object] = {"artifactLocation": artifact}
        if line is not None and column is not None:
            physical["region"] = {"startLine": line, "startColumn": column}
        elif line is not None or reference.line is not None:
            physical["region"] = {"startLine": line if line is not None else reference.line}
        found["physicalLocation"] = physical
    if place.pointer:
        found["logicalLocations"] = [{"fullyQualifiedName": plain(place.pointer), "kind": "value"}]
    return found


def related_locations(
    reference: InputReference, fields: tuple[ReadField, ...], on_demand: OnDemand | None
) -> list[dict[str, object]]:
    """Every field a finding stands on, each with what stands there."""
    return [
        {
            "id": number,
            **location(reference, place_of(field, on_demand)),
            "message": {"text": message_text(f"{field.pointer} = {field.value or ''}")},
        }
        for number, field in enumerate(fields, 1)
    ]


FILE = "FILE"
"""The rule that a file can be read as a proposal."""

LEVEL = {Severity.BLOCKING: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}

_ABOUT_FILES = "A file holds one proposal as JSON, with the fields and values that the format mpfcheck-proposal/1 has."


class SarifRules:
    """Numbers the rules as they come by. A rule of another call, or of another version of it, is another rule."""

    def __init__(self) -> None:
        """Start with none."""
        self._numbers: dict[tuple[str, str], int] = {}
        self.descriptors: list[dict[str, object]] = []

    def number(self, report: ProposalReport, result: Result) -> int:
        """The position of a result's rule among the descriptors."""
        key = (report.call.sha256 if report.call else "", result.rule)
        if key not in self._numbers:
            self._numbers[key] = len(self.descriptors)
            self.descriptors.append(_descriptor(report, result))
        return self._numbers[key]

    def file_number(self) -> int:
        """The position of the rule about files."""
        key = ("", FILE)
        if key not in self._numbers:
            self._numbers[key] = len(self.descriptors)
            self.descriptors.append(
                {
                    "id": FILE,
                    "name": "FileIsAProposal",
                    "shortDescription": {"text": "The file can be read as a proposal"},
                    "fullDescription": {"text": _ABOUT_FILES},
                    "help": {"text": _ABOUT_FILES},
                    "defaultConfiguration": {"level": LEVEL[Severity.BLOCKING]},
                }
            )
        return self._numbers[key]


def _descriptor(report: ProposalReport, result: Result) -> dict[str, object]:
    source = result.source
    title = plain(result.title).strip() or plain(result.rule)
    section = cited(source.section, source.authority)
    about = message_text(f"{title}. Source: {source.document}, {section}.")
    shown = f"{markdown(title)}.\n\nSource: {link(source.document, source.url)}, {markdown(section)}."
    descriptor: dict[str, object] = {
        "id": plain(result.rule),
        "shortDescription": {"text": message_text(title)},
        "fullDescription": {"text": about},
        "help": {"text": about, "markdown": braces_doubled(shown)},
        "defaultConfiguration": {"level": LEVEL[result.severity]},
        "properties": {
            "severity": result.severity.value,
            "authority": plain(source.authority),
            "manual": result.manual,
            "call": plain(report.call.id) if report.call else None,
        },
    }
    if name := _name(title):
        descriptor["name"] = name
    if address := web_address(source.url):
        descriptor["helpUri"] = address
    return descriptor


def _name(title: str) -> str:
    """The title as an identifier, as SARIF wants the name of a rule: ``TheBudgetLinesAddUpToTheTotal``."""
    words = "".join(character if character.isalnum() else " " for character in title).split()
    return "".join(f"{word[:1].upper()}{word[1:]}" for word in words)


SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
KIND = {
    Status.FAIL: "fail",
    Status.REVIEW: "review",
    Status.UNDECIDED: "open",
    Status.PASS: "pass",
    Status.NOT_APPLICABLE: "notApplicable",
}


class SarifReporter:
    """Writes results at once, and at the end what is known only then: the rules they refer to, and how the run went.

    ``version`` is that of the program, which the log names; with ``include_all`` every rule of every proposal has its
    result, not only the broken ones.
    """

    def __init__(self, write: Write, *, version: str, include_all: bool = False) -> None:
        """Write to ``write``."""
        self._write = write
        self._version = version
        self._kinds = tuple(KIND) if include_all else (Status.FAIL,)
        self._rules = SarifRules()
        self._verdicts: list[Verdict] = []
        self._troubles: list[dict[str, object]] = []
        self._changes: dict[str, None] = {}
        self._assessments: list[dict[str, object]] = []
        self._standard_input = False
        self._between = ""

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Write the results of the next report."""
        self._begin()
        self._verdicts.append(report.verdict)
        self._standard_input |= report.input.path == "-"
        if report.departures:
            changes = ", ".join(f"{name} = {value}" for name, value in report.departures)
            self._changes[f"What if: checked with {changes}, which is not what the call says."] = None
        self._assessments += [_assessment(report.input, one) for one in report.assessments]
        for problem in report.problems:
            if problem.pointer or problem.line is not None or _was_read(report.input):
                self._result(self._of_file(report.input, problem))
            else:
                self._troubles.append(_unread(report.input, problem))
        for result in report.results:
            if result.status is Status.INCONCLUSIVE:
                self._troubles.append(self._unevaluated(report, result, on_demand))
            elif result.status in self._kinds:
                self._result(self._of_rule(report, result, on_demand))

    def count(self, report: ProposalReport) -> None:
        """Count a report that is not shown."""
        self._verdicts.append(report.verdict)

    def finish(self, overview: Overview = NOTHING_MORE) -> None:
        """Write what stands after the results."""
        self._begin()
        failed = any(trouble["level"] == "error" for trouble in self._troubles)
        run = overview.run
        invocation: dict[str, object] = {"executionSuccessful": not failed and run.complete}
        if self._standard_input:
            invocation["stdin"] = {"index": 0}
        again = overview.portfolio.resubmissions if overview.portfolio else None
        if troubles := [*self._troubles, *_run_troubles(run), *_sent_again(again)]:
            invocation["toolExecutionNotifications"] = troubles
        if self._changes:
            invocation["toolConfigurationNotifications"] = [
                {"level": "warning", "message": {"text": message_text(text)}} for text in self._changes
            ]
        counts = {verdict.value: self._verdicts.count(verdict) for verdict in Verdict}
        driver = {"name": "mpfcheck", "version": self._version, "rules": self._rules.descriptors}
        rest: dict[str, object] = {
            "invocations": [invocation],
            **({"artifacts": [STANDARD_INPUT]} if self._standard_input else {}),
            "properties": {
                "proposals": len(self._verdicts),
                **counts,
                "complete": run.complete,
                "interrupted": run.interrupted,
                **({"shown": run.shown.proposals, "only": run.shown.only} if run.shown else {}),
                **({"inputs": run.inputs, "inputs_sha256": run.inputs_sha256} if run.inputs_sha256 else {}),
                **({"assessments": self._assessments} if self._assessments else {}),
            },
            "tool": {"driver": driver},
        }
        self._write(f"\n]{''.join(f',{chr(10)}{json_text(name)}: {json_text(part)}' for name, part in rest.items())}")
        self._write("\n}]}\n")

    def _begin(self) -> None:
        if not self._between:
            self._between = "\n"
            self._write(f'{{"$schema": {json_text(SCHEMA)}, "version": "2.1.0", "runs": [{{\n')
            self._write('"columnKind": "unicodeCodePoints",\n"results": [')

    def _result(self, result: dict[str, object]) -> None:
        self._write(f"{self._between}{json_text(result)}")
        self._between = ",\n"

    def _of_rule(self, report: ProposalReport, result: Result, on_demand: OnDemand | None) -> dict[str, object]:
        failed = result.status is Status.FAIL
        made: dict[str, object] = {
            "ruleId": plain(result.rule),
            "ruleIndex": self._rules.number(report, result),
            "kind": KIND[result.status],
            "level": LEVEL[result.severity] if failed else "none",
            "message": _message(report.input, *finding_in_sentences(result)),
            "partialFingerprints": {"mpfcheckFinding/v1": fingerprint(report, result)},
            **_located(_first_location(report.input, result, on_demand)),
            "properties": {
                "status": result.status.value,
                "severity": result.severity.value,
                "missing": [plain(pointer) for pointer in result.missing],
                **({"sentence": plain_json(result.sentence)} if result.sentence else {}),
                **_project(report.input),
            },
        }
        if related := related_locations(report.input, result.fields, on_demand):
            made["relatedLocations"] = related
        return made

    def _of_file(self, reference: InputReference, problem: Problem) -> dict[str, object]:
        return {
            "ruleId": FILE,
            "ruleIndex": self._rules.file_number(),
            "kind": "fail",
            "level": LEVEL[problem.severity],
            "message": _message(reference, problem.message, problem.hint),
            **_located(location(reference, FieldPlace(problem.pointer, problem.line, problem.column))),
            "properties": _project(reference),
        }

    def _unevaluated(self, report: ProposalReport, result: Result, on_demand: OnDemand | None) -> dict[str, object]:
        return {
            "level": "error",
            "message": _message(report.input, f"{result.rule}: {result.title}", *finding_in_sentences(result)),
            "associatedRule": {"id": plain(result.rule), "index": self._rules.number(report, result)},
            **_located(_first_location(report.input, result, on_demand)),
        }


def _run_troubles(run: RunSummary) -> Iterator[dict[str, object]]:
    """What was not checked, as notifications; an error where the run was interrupted."""
    if sentences := not_complete(run):
        yield {"level": "error", "message": {"text": message_text(" ".join(sentences))}}
    for one in run.passed_over:
        yield {
            "level": "warning" if one.possible else "note",
            "message": {"text": message_text(f"Not checked: {one.path}\n{why_not_checked(one)}")},
            **_located(location(InputReference(one.path, None, None))),
        }


def _assessment(reference: InputReference, one: Assessment) -> dict[str, object]:
    """A decision of a person on a manual rule: SARIF has no place for it but the properties of the run."""
    decision = {name: plain(getattr(one, name)) for name in ("rule", "decision", "by", "on", "note")}
    place = {"path": plain(reference.path) if reference.path else None, "line": reference.line}
    return {**place, **decision, "older": list(one.older)}


def _sent_again(found: Resubmissions | None) -> Iterator[dict[str, object]]:
    """The proposals that were sent in again, as notifications."""
    if found is None or not found.groups:
        return
    from mpfcheck.report.say.portfolio import sent_again_in_words

    for group in found.groups:
        message = message_text(f"Sent in again: {sent_again_in_words(group)}")
        yield {"level": "note" if group.latest else "warning", "message": {"text": message}}


def _was_read(reference: InputReference) -> bool:
    """Whether there was something to look at: the bytes of a file, or what a program gave in its place."""
    return reference.sha256 is not None or reference.path is None


def _unread(reference: InputReference, problem: Problem) -> dict[str, object]:
    return {
        "level": LEVEL[problem.severity],
        "message": _message(reference, problem.message, problem.hint),
        **_located(location(reference)),
    }


def _message(reference: InputReference, *sentences: str) -> dict[str, object]:
    """What was found, and last of all in which project: many viewers show nothing of a result but its message."""
    about = project(reference)
    return {"text": message_text("\n".join((*sentences, *([f"Proposal: {about}"] if about else []))))}


def _project(reference: InputReference) -> dict[str, object]:
    """Which project it is, for programs; what is not answered is left out."""
    lead = reference.lead
    members = {
        "title": reference.title,
        "acronym": reference.acronym,
        "lead": lead.name if lead else None,
        "leadCountry": lead.country if lead else None,
    }
    return {name: plain(value) for name, value in members.items() if value}


def _first_location(reference: InputReference, result: Result, on_demand: OnDemand | None) -> dict[str, object]:
    """Where to look first; a missing answer has no place in the file, but a name."""
    if result.fields:
        return location(reference, place_of(result.fields[0], on_demand))
    return location(reference, FieldPlace(result.missing[0] if result.missing else ""))


def _located(found: dict[str, object]) -> dict[str, object]:
    return {"locations": [found]} if found else {}
