"""Reports read back from the JSON they were written as: one object, or JSON Lines.

Members that a later version adds are passed over; what is there must be what the contract says.
"""

from __future__ import annotations

import json
from types import MappingProxyType

from mpfcheck.checking.report import (
    CallReference,
    InputReference,
    LeadReference,
    PassedOver,
    Problem,
    ProposalReport,
    ReadField,
    Result,
    Severity,
    SourceReference,
    Status,
    Verdict,
)
from mpfcheck.frozen import Frozen
from mpfcheck.report.json_members import Members, UnreadableReportError
from mpfcheck.report.overview import Run

__all__ = ["UnreadableReportError", "WrittenReports", "parse_report", "read_back", "read_one"]

FORMAT = "mpfcheck-report/1"


class WrittenReports(Frozen):
    """Reports as they were written. ``version`` is that of the program that wrote them, None in JSON Lines.

    ``run`` says how far the run came, as far as the report says it. ``values`` are the plain JSON values: the whole
    object, or the list of lines.
    """

    version: str | None
    reports: tuple[ProposalReport, ...]
    values: object
    run: Run = Run()


def read_back(data: bytes) -> WrittenReports:
    """Read what ``mpfcheck check --format json`` or ``jsonl`` wrote; raises :class:`UnreadableReportError`."""
    text = _decoded(data)
    try:
        whole = _parse(text)
    except UnreadableReportError:
        lines = [line for line in text.split("\n") if line.strip()]
        # A report that breaks off is told as such, not as lines that are none.
        if len(lines) < 2 or not all(line.startswith('{"input"') for line in lines):
            raise
        return _of_lines([_parse(line) for line in lines])
    if isinstance(whole, dict) and "input" in whole and "format" not in whole:
        return _of_lines([whole])
    members = Members(whole, "")
    written = members.optional("format")
    if written != FORMAT:
        hint = f"It must be of the format {FORMAT}: write it with mpfcheck check --format json."
        if isinstance(written, str) and written.startswith("mpfcheck-proposal"):
            raise UnreadableReportError("This is a proposal, not a report.", hint)
        raise UnreadableReportError("This is not a report of mpfcheck.", hint)
    version = members.inside("tool").text("version")
    return WrittenReports(version, members.many("reports", _report), whole, _run(members.inside("summary")))


def read_one(value: object) -> ProposalReport:
    """Read the one report that plain JSON values hold: an object of ``reports``, or a whole with one of them in it.

    Raises :class:`UnreadableReportError`.
    """
    members = Members(value, "")
    if members.optional("format") != FORMAT:
        return _report(members)
    reports = members.many("reports", _report)
    if len(reports) != 1:
        hint = "Read all of them with mpfcheck.read_reports."
        raise UnreadableReportError(f"There are {len(reports)} reports in it, not one.", hint)
    return reports[0]


def parse_report(data: bytes | str) -> object:
    """Parse JSON strictly: no duplicate names, no NaN; raises :class:`UnreadableReportError`."""
    return _parse(data if isinstance(data, str) else _decoded(data))


def _of_lines(lines: list[object]) -> WrittenReports:
    reports = tuple(_report(Members(line, f"/{number}")) for number, line in enumerate(lines))
    return WrittenReports(None, reports, lines)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableReportError(f"Byte {error.start + 1} is not UTF-8.", "A report is UTF-8.") from None


def _parse(text: str) -> object:
    try:
        parsed: object = json.loads(text, parse_constant=_refuse, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise UnreadableReportError(f"This is not JSON: {error.msg} ({place}).", "Write the report again.") from None
    except RecursionError:
        raise UnreadableReportError("This is nested too deeply to be a report.") from None
    return parsed


def _refuse(name: str) -> object:
    raise UnreadableReportError(f"This is not JSON: {name} is no value of it.")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        name = next(name for index, (name, _) in enumerate(pairs) if name in dict(pairs[:index]))
        raise UnreadableReportError(f"The member {name!r} stands twice in one object.", "Write the report again.")
    return members


def _run(summary: Members) -> Run:
    """How far a run came; reports of older versions do not say."""
    if summary.optional("complete") is None:
        return Run()
    return Run(
        inputs=summary.position("inputs"),
        passed_over=summary.many("passed_over", lambda one: PassedOver(one.text("path"), one.text("why"))),
        complete=summary.flag("complete"),
        interrupted=summary.flag("interrupted"),
    )


def _report(members: Members) -> ProposalReport:
    call = members.inside("call") if members.optional("call") is not None else None
    return ProposalReport(
        input=_input(members.inside("input")),
        call=CallReference(call.text("id"), call.text("version"), call.text("sha256")) if call else None,
        as_of=members.text_or_none("as_of"),
        verdict=members.code("verdict", Verdict),
        problems=members.many("problems", _problem),
        results=members.many("results", _result),
        changed=MappingProxyType(dict(members.mapping("parameters_changed"))),
        chosen=members.texts("rules_chosen") if members.optional("rules_chosen") is not None else (),
    )


def _input(members: Members) -> InputReference:
    """What was checked. A report of an earlier version does not say which project it was."""
    lead = members.inside("lead") if members.optional("lead") is not None else None
    return InputReference(
        path=members.text_or_none("path"),
        line=members.position("line"),
        sha256=members.text_or_none("sha256"),
        title=members.text_or_none("title"),
        acronym=members.text_or_none("acronym"),
        lead=LeadReference(lead.text_or_none("name"), lead.text_or_none("country")) if lead else None,
        grant_requested=members.text_or_none("grant_requested"),
        total=members.text_or_none("total"),
    )


def _problem(members: Members) -> Problem:
    return Problem(
        message=members.text("message"),
        hint=members.text("hint"),
        pointer=members.text("pointer"),
        line=members.position("line"),
        column=members.position("column"),
        severity=members.code("severity", Severity),
    )


def _result(members: Members) -> Result:
    source = members.inside("source")
    return Result(
        rule=members.text("rule"),
        title=members.text("title"),
        severity=members.code("severity", Severity),
        status=members.code("status", Status),
        source=SourceReference(
            source.text("document"), source.text("section"), source.text_or_none("url"), source.text("authority")
        ),
        manual=members.flag("manual"),
        message=members.text("message", absent=""),
        fix=members.text("fix", absent=""),
        fields=members.many("fields", _field) if members.optional("fields") is not None else (),
        missing=members.texts("missing") if members.optional("missing") is not None else (),
    )


def _field(members: Members) -> ReadField:
    return ReadField(
        members.text("pointer"), members.text_or_none("value"), members.position("line"), members.position("column")
    )
