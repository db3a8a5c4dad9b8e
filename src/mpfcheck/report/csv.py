"""Reports as a table for spreadsheets: comma-separated values (RFC 4180), a row a finding.

A finding is a rule that is broken, undecided, for a person to judge or not to be evaluated, or a problem of the file
(rule ``FILE``, status ``problem``). A proposal without findings has one row too, with its verdict and no rule, so that
no proposal is lost; whoever counts proposals counts the different pairs of ``input`` and ``input_line``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from typing import TYPE_CHECKING

from mpfcheck.checking.report import Assessment, Problem, ProposalReport, Result, Sentence, SentenceValue, Status
from mpfcheck.json_codec import json_text, plain_json
from mpfcheck.plain import plain
from mpfcheck.report.cell import cell
from mpfcheck.report.overview import NOTHING_MORE, Overview
from mpfcheck.report.place import first_place

if TYPE_CHECKING:
    from mpfcheck.report.reporter import OnDemand, Write

__all__ = ["COLUMNS", "CsvReporter"]

COLUMNS = (
    *("input", "input_line", "proposal_title", "proposal_acronym", "lead_name", "lead_country"),
    *("grant_requested", "total", "call", "what_if", "verdict"),
    *("rule", "title", "severity", "status", "manual", "message", "fix"),
    *("fields", "missing", "document", "section", "authority", "line", "column"),
    *("decision", "decided_by", "decided_on", "decision_note", "decision_older"),
    *("sentence", "values", "limits"),
)
"""``input_line`` is the proposal's line in JSON Lines, ``title`` that of the rule.

``line`` and ``column`` are the place of the first field. ``fields`` holds a ``pointer=value`` a line, ``missing`` a
pointer a line, ``what_if`` a changed ``parameter=value`` a line. Five are the decision of a person on a manual rule;
``decision_older`` names what changed since (``proposal``, ``rules``). The last three say what the message says, for
programs: its id, an ``expression=value`` a line, a ``parameter=value`` a line.
"""

BYTE_ORDER_MARK = "\ufeff"
_QUIET = (Status.PASS, Status.NOT_APPLICABLE)


class CsvReporter:
    """Writes the rows of each report at once.

    With ``byte_order_mark`` the table starts with one, without which some spreadsheets take UTF-8 for something else;
    programs are better off without. The lines end with CR LF, so the text must go out as it is.
    """

    def __init__(self, write: Write, *, byte_order_mark: bool = False) -> None:
        """Write to ``write``."""
        self._write = write
        self._start = BYTE_ORDER_MARK if byte_order_mark else ""
        self._started = False

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Write the rows of the next report."""
        self._begin()
        lead = report.input.lead
        of_proposal: dict[str, object] = {
            "input": report.input.path,
            "input_line": report.input.line,
            "proposal_title": report.input.title,
            "proposal_acronym": report.input.acronym,
            "lead_name": lead.name if lead else None,
            "lead_country": lead.country if lead else None,
            "grant_requested": report.input.grant_requested,
            "total": report.input.total,
            "call": report.call.id if report.call else None,
            "what_if": _pairs(report.departures),
            "verdict": report.verdict.value,
        }
        findings = [_problem(problem) for problem in report.problems]
        decisions = {one.rule: one for one in report.assessments}
        findings += [
            {**_finding(result, on_demand), **_decision(decisions.get(result.rule))}
            for result in report.results
            if result.status not in _QUIET or result.rule in decisions
        ]
        self._write(_text({**of_proposal, **finding} for finding in findings or [{}]))

    def count(self, report: ProposalReport) -> None:
        """Each proposal stands by itself: there are no totals."""

    def finish(self, overview: Overview = NOTHING_MORE) -> None:
        """Write the names of the columns where there was no report to write them for."""
        self._begin()

    def _begin(self) -> None:
        if not self._started:
            self._started = True
            self._write(self._start + _text([{name: name for name in COLUMNS}]))


def _finding(result: Result, on_demand: OnDemand | None) -> dict[str, object]:
    place = first_place(result.fields, on_demand)
    return {
        "rule": result.rule,
        "title": result.title,
        "severity": result.severity.value,
        "status": result.status.value,
        "manual": "true" if result.manual else "false",
        "message": result.message,
        "fix": result.fix,
        "fields": _pairs((field.pointer, field.value or "") for field in result.fields),
        "missing": "\n".join(plain(pointer) for pointer in result.missing),
        "document": result.source.document,
        "section": result.source.section,
        "authority": result.source.authority,
        "line": place.line,
        "column": place.column,
        **_sentence(result.sentence),
    }


def _sentence(sentence: Sentence | None) -> dict[str, object]:
    if sentence is None:
        return {}
    return {
        "sentence": sentence.id,
        "values": _pairs((name, _written(value)) for values in sentence.values for name, value in values.items()),
        "limits": _pairs((name, _written(value)) for name, value in sentence.limits.items()),
    }


def _written(value: SentenceValue) -> str:
    """A value in one cell, as JSON where it is no text."""
    return value if isinstance(value, str) else json_text(plain_json(value))


def _decision(one: Assessment | None) -> dict[str, object]:
    if one is None:
        return {}
    return {
        "decision": one.decision.value,
        "decided_by": one.by,
        "decided_on": one.on,
        "decision_note": one.note,
        "decision_older": " ".join(one.older),
    }


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "rule": "FILE",
        "title": "The file can be read as a proposal",
        "severity": problem.severity.value,
        "status": "problem",
        "manual": "false",
        "message": problem.message,
        "fix": problem.hint,
        "fields": plain(problem.pointer),
        "line": problem.line,
        "column": problem.column,
    }


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{plain(name)}={plain(value)}" for name, value in pairs)


def _text(rows: Iterable[dict[str, object]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        values = (row.get(name) for name in COLUMNS)
        writer.writerow(["" if value is None else cell(str(value)) for value in values])
    return text.getvalue()
