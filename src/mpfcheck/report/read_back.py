"""Reports read back from the JSON they were written as: one object, or JSON Lines.

Members that a later version adds are passed over; what is there must be what the contract says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import IO, Any

from mpfcheck.checking.portfolio.ranking import RankBy
from mpfcheck.checking.portfolio.resubmissions import Counting, Resubmission
from mpfcheck.checking.portfolio.summary import Ranking, SameProposal
from mpfcheck.checking.report import ProposalReport
from mpfcheck.frozen import FrozenDict
from mpfcheck.json_codec import JsonStream, UnreadableReportError, object_at, read_json
from mpfcheck.report.overview import RunSummary

__all__ = [
    "ReportReader",
    "UnreadableReportError",
    "read_back",
    "read_counting",
    "read_one",
    "read_ranking",
    "read_repeats",
    "read_what_if",
]

FORMAT = "mpfcheck-report/1"


class ReportReader:
    """Reports in a file, read one at a time in the order in which they stand there. The reader keeps none of them.

    Iterating raises :class:`UnreadableReportError`. After the last report, ``members`` are the plain JSON values of the
    whole object, with an empty list for its reports, and nothing for JSON Lines; ``version`` is that of the program
    that wrote them, None in JSON Lines; and ``run`` says how far the run came, as far as the report says it.
    """

    def __init__(self, file: IO[bytes]) -> None:
        """Read from this file."""
        self._file = file
        self.members: dict[str, Any] = {}
        self.version: str | None = None
        self.run = RunSummary()

    def __iter__(self) -> Iterator[ProposalReport]:
        """Read the next report."""
        for pointer, value in self.values():
            yield read_json(ProposalReport, value, pointer)

    def values(self) -> Iterator[tuple[str, object]]:
        """Read the next report as plain JSON values, with its place."""
        text = JsonStream(self._file)
        number = 0
        # As JSON Lines are written; anything else that breaks off is reported as such, not as invalid lines.
        while text.goes_on('{"input"'):
            line = text.value()
            if not number and "format" in line:
                yield from self._whole(line)
                break
            yield f"/{number}", line
            number += 1
        if not (number or self.members):
            yield from self._members(text)
        text.end()

    def _members(self, text: JsonStream) -> Iterator[tuple[str, object]]:
        if text.next() != "{":
            object_at(text.value())
        members: dict[str, Any] = {}
        for name in text.members():
            if name == "reports" and members.get("format") == FORMAT and text.next() == "[":
                members[name] = []
                for number in text.items():
                    yield f"/reports/{number}", text.value()
            else:
                members[name] = text.value()
        if "input" in members and "format" not in members:
            yield "/0", members
        else:
            yield from self._whole(members)

    def _whole(self, members: dict[str, Any]) -> Iterator[tuple[str, object]]:
        """What is left of a whole object, in which the reports may still be."""
        written = members.get("format")
        if written != FORMAT:
            hint = f"It must be of the format {FORMAT}: write it with mpfcheck check --format json."
            if isinstance(written, str) and written.startswith("mpfcheck-proposal"):
                raise UnreadableReportError("This is a proposal, not a report.", hint)
            raise UnreadableReportError("This is not a report of mpfcheck.", hint)
        self.version = read_json(str, object_at(members.get("tool"), "/tool").get("version"), "/tool/version")
        reports = members.get("reports")
        if not isinstance(reports, list):
            # Raises: it is not a list.
            read_json(tuple[ProposalReport, ...], reports, "/reports")
        else:
            yield from ((f"/reports/{number}", one) for number, one in enumerate(reports))
        self.run = _run(object_at(members.get("summary"), "/summary"))
        self.members = {**members, "reports": []}


def read_back(data: bytes) -> tuple[ProposalReport, ...]:
    """Read what ``mpfcheck check --format json`` or ``jsonl`` wrote; raises :class:`UnreadableReportError`."""
    return tuple(ReportReader(BytesIO(data)))


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
    return RankBy(
        ranking.by, FrozenDict({(one.input.path, one.input.line): one.score for one in places}), by_file_name=False
    )


def read_repeats(portfolio: object) -> tuple[tuple[Resubmission, ...], tuple[SameProposal, ...]]:
    """The proposals that were sent in again and those that are the same, as a report has them; none without any.

    Raises :class:`UnreadableReportError`.
    """
    if portfolio is None:
        return (), ()
    members = object_at(portfolio, "/portfolio")
    again, pointer = members.get("resubmissions"), "/portfolio/resubmissions"
    groups = [] if again is None else object_at(again, pointer).get("groups")
    return (
        read_json(tuple[Resubmission, ...], groups, f"{pointer}/groups"),
        read_json(tuple[SameProposal, ...], members.get("same_proposals", []), "/portfolio/same_proposals"),
    )


def _run(summary: Mapping[str, object]) -> RunSummary:
    """How far a run came; reports of older versions do not say."""
    run: RunSummary = RunSummary() if summary.get("complete") is None else read_json(RunSummary, summary, "/summary")
    return run
