"""Reports read back from the JSON they were written as: one object, or JSON Lines.

Members that a later version adds are passed over; what is there must be what the contract says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from mpfcheck.checking.report import ProposalReport
from mpfcheck.frozen import Frozen
from mpfcheck.proposal.values import shown
from mpfcheck.report.json_codec import UnreadableReportError, object_at, read_json
from mpfcheck.report.overview import Run

__all__ = ["UnreadableReportError", "WrittenReports", "parse_report", "read_back", "read_one", "read_what_if"]

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
    members = object_at(whole)
    written = members.get("format")
    if written != FORMAT:
        hint = f"It must be of the format {FORMAT}: write it with mpfcheck check --format json."
        if isinstance(written, str) and written.startswith("mpfcheck-proposal"):
            raise UnreadableReportError("This is a proposal, not a report.", hint)
        raise UnreadableReportError("This is not a report of mpfcheck.", hint)
    version = read_json(str, object_at(members.get("tool"), "/tool").get("version"), "/tool/version")
    reports = read_json(tuple[ProposalReport, ...], members.get("reports"), "/reports")
    return WrittenReports(version, reports, whole, _run(object_at(members.get("summary"), "/summary")))


def read_one(value: object) -> ProposalReport:
    """Read the one report that plain JSON values hold: an object of ``reports``, or a whole with one of them in it.

    Raises :class:`UnreadableReportError`.
    """
    members = object_at(value)
    if members.get("format") != FORMAT:
        report: ProposalReport = read_json(ProposalReport, members)
        return report
    reports: tuple[ProposalReport, ...] = read_json(tuple[ProposalReport, ...], members.get("reports"), "/reports")
    if len(reports) != 1:
        hint = "Read all of them with mpfcheck.read_reports."
        raise UnreadableReportError(f"There are {len(reports)} reports in it, not one.", hint)
    return reports[0]


def parse_report(data: bytes | str) -> object:
    """Parse JSON strictly: no duplicate names, no NaN; raises :class:`UnreadableReportError`."""
    return _parse(data if isinstance(data, str) else _decoded(data))


def read_what_if(value: object) -> tuple[str | None, Mapping[str, str]]:
    """The date and the parameters that the ``what_if`` of a report supposes; raises :class:`UnreadableReportError`."""
    members = object_at(value, "/what_if")
    as_of = read_json(str | None, members.get("as_of"), "/what_if/as_of")
    return as_of, read_json(Mapping[str, str], members.get("parameters", {}), "/what_if/parameters")


def _of_lines(lines: list[object]) -> WrittenReports:
    reports = tuple(read_json(ProposalReport, line, f"/{number}") for number, line in enumerate(lines))
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
    raise UnreadableReportError(f"This is not JSON: {name} is not a JSON value.")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        name = next(name for index, (name, _) in enumerate(pairs) if name in dict(pairs[:index]))
        raise UnreadableReportError(f"The member {shown(name)} occurs twice in one object.", "Write the report again.")
    return members


def _run(summary: Mapping[str, object]) -> Run:
    """How far a run came; reports of older versions do not say."""
    run: Run = Run() if summary.get("complete") is None else read_json(Run, summary, "/summary")
    return run
