"""Reports read back from the JSON they were written as: one object, or JSON Lines.

Members that a later version adds are passed over; what is there must be what the contract says.
"""

from __future__ import annotations

from collections.abc import Mapping

from mpfcheck.checking.portfolio.ranking import RankBy
from mpfcheck.checking.portfolio.resubmissions import Counting
from mpfcheck.checking.portfolio.summary import Ranking
from mpfcheck.checking.report import ProposalReport
from mpfcheck.frozen import Frozen, FrozenDict
from mpfcheck.json_codec import UnreadableReportError, decoded, object_at, parse_json, read_json
from mpfcheck.report.overview import RunSummary

__all__ = [
    "UnreadableReportError",
    "WrittenReports",
    "read_back",
    "read_counting",
    "read_one",
    "read_ranking",
    "read_what_if",
]

FORMAT = "mpfcheck-report/1"


class WrittenReports(Frozen):
    """Reports as they were written. ``version`` is that of the program that wrote them, None in JSON Lines.

    ``run`` says how far the run came, as far as the report says it. ``values`` are the plain JSON values: the whole
    object, or the list of lines.
    """

    version: str | None
    reports: tuple[ProposalReport, ...]
    values: object
    run: RunSummary = RunSummary()


def read_back(data: bytes) -> WrittenReports:
    """Read what ``mpfcheck check --format json`` or ``jsonl`` wrote; raises :class:`UnreadableReportError`."""
    text = decoded(data)
    try:
        whole = parse_json(text)
    except UnreadableReportError:
        lines = [line for line in text.split("\n") if line.strip()]
        # A report that breaks off is told as such, not as lines that are none.
        if len(lines) < 2 or not all(line.startswith('{"input"') for line in lines):
            raise
        return _of_lines([parse_json(line) for line in lines])
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


def read_what_if(value: object) -> tuple[str | None, Mapping[str, str]]:
    """The date and the parameters that the ``what_if`` of a report supposes; raises :class:`UnreadableReportError`."""
    members = object_at(value, "/what_if")
    as_of = read_json(str | None, members.get("as_of"), "/what_if/as_of")
    return as_of, read_json(Mapping[str, str], members.get("parameters", {}), "/what_if/parameters")


def read_counting(portfolio: object) -> Counting | None:
    """How a report counts proposals that were sent in again; None where it counts each.

    Raises :class:`UnreadableReportError`.
    """
    written = object_at(portfolio, "/portfolio").get("resubmissions")
    if written is None:
        return None
    members = object_at(written, "/portfolio/resubmissions")
    return Counting(
        read_json(str, members.get("latest_by"), "/portfolio/resubmissions/latest_by"),
        read_json(str | None, members.get("same_by"), "/portfolio/resubmissions/same_by"),
    )


def read_ranking(portfolio: object) -> RankBy | None:
    """By which scores a report ranks proposals: those of a table are as the report has them; None for no ranking.

    Raises :class:`UnreadableReportError`.
    """
    written = object_at(portfolio, "/portfolio").get("ranking")
    if written is None:
        return None
    pointer = "/portfolio/ranking"
    members = object_at(written, pointer)
    ranking: Ranking = read_json(Ranking, members, pointer)
    if read_json(str, members.get("scores"), f"{pointer}/scores") == "field":
        return RankBy(ranking.by)
    places = (place for envelope in ranking.envelopes for place in envelope.proposals)
    return RankBy(ranking.by, FrozenDict({(one.input.path, one.input.line): one.score for one in places}))


def _of_lines(lines: list[object]) -> WrittenReports:
    reports = tuple(read_json(ProposalReport, line, f"/{number}") for number, line in enumerate(lines))
    return WrittenReports(None, reports, lines)


def _run(summary: Mapping[str, object]) -> RunSummary:
    """How far a run came; reports of older versions do not say."""
    run: RunSummary = RunSummary() if summary.get("complete") is None else read_json(RunSummary, summary, "/summary")
    return run
