"""A report as JSON text, in the shape of the outward contract (`mpfcheck-report/1`, section 3).

Whatever a proposal holds, the text has no character a terminal would act on: those are written as JSON escapes.
"""

from __future__ import annotations

from collections.abc import Mapping
from json import JSONEncoder
from types import MappingProxyType

from mpfcheck.checking.report import InputReference, Problem, ProposalReport, ReadField, Result, Status

__all__ = ["ReportEncoder", "json_text", "reference_members"]

_encode = JSONEncoder(ensure_ascii=False, allow_nan=False).encode

_QUIET = (Status.PASS, Status.NOT_APPLICABLE)
"""Statuses that mostly have nothing to say, so that one text serves every proposal of a batch."""


_LATER: Mapping[str, object] = MappingProxyType({"outlook": None, "repair": None, "assessments": []})
"""Members that are there for readers to rely on, though no check fills them yet."""


def json_text(value: object) -> str:
    r"""JSON text of plain data; unprintable characters and lone surrogates as ``\u`` escapes."""
    text = _encode(value)
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else _escape(character) for character in text)


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


class ReportEncoder:
    """Writes reports as JSON, one after the other; remembers the text of results that are the same for all of them."""

    __slots__ = ("_same",)

    def __init__(self) -> None:
        """Start with nothing remembered."""
        self._same: dict[tuple[str, str, Status, str], str] = {}

    def head(self, report: ProposalReport) -> str:
        """Everything before the results, as the members of a JSON object without its braces."""
        members: dict[str, object] = {
            "input": _input(report.input),
            "call": report.call
            and {"id": report.call.id, "version": report.call.version, "sha256": report.call.sha256},
            "as_of": report.as_of,
            "verdict": report.verdict.value,
        }
        if report.changed:
            members["parameters_changed"] = dict(report.changed)
        if report.chosen:
            members["rules_chosen"] = list(report.chosen)
        members |= _LATER
        members["problems"] = [_problem(problem) for problem in report.problems]
        return json_text(members)[1:-1]

    def results(self, report: ProposalReport) -> list[str]:
        """One JSON object a result, in the pack's order."""
        call = report.call.sha256 if report.call else ""
        return [self._result(call, result) for result in report.results]

    def _result(self, call: str, result: Result) -> str:
        if result.status not in _QUIET or result.fix or result.fields or result.missing:
            return json_text(_members(result))
        key = (call, result.rule, result.status, result.message)
        text = self._same.get(key)
        if text is None:
            text = self._same[key] = json_text(_members(result))
        return text


def _project(reference: InputReference) -> dict[str, object]:
    """Which project an input is, as members of a JSON object: those that a report and a list of proposals share."""
    lead = reference.lead
    return {
        "title": reference.title,
        "acronym": reference.acronym,
        "lead": {"name": lead.name, "country": lead.country} if lead else None,
    }


def reference_members(reference: InputReference) -> dict[str, object]:
    """How a list of proposals names one: where it is, and which project it is."""
    return {"path": reference.path, "line": reference.line, **_project(reference)}


def _input(reference: InputReference) -> dict[str, object]:
    return {
        "path": reference.path,
        "line": reference.line,
        "sha256": reference.sha256,
        **_project(reference),
        "grant_requested": reference.grant_requested,
        "total": reference.total,
    }


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "pointer": problem.pointer,
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
    }


def _members(result: Result) -> dict[str, object]:
    source = result.source
    return {
        "rule": result.rule,
        "title": result.title,
        "severity": result.severity.value,
        "status": result.status.value,
        "manual": result.manual,
        "message": result.message,
        "fix": result.fix,
        "fields": [_field(field) for field in result.fields],
        "missing": list(result.missing),
        "source": {
            "document": source.document,
            "section": source.section,
            "url": source.url,
            "authority": source.authority,
        },
    }


def _field(field: ReadField) -> dict[str, object]:
    return {"pointer": field.pointer, "value": field.value, "line": field.line, "column": field.column}
