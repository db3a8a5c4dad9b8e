"""Decisions of people on manual rules: the file they are kept in, and those about one proposal.

The file is JSON Lines, one decision a line, in the order in which they were recorded; nothing in it is ever changed. A
decision is bound to the checksum of its proposal. It never changes a verdict.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from mpfcheck.checking.report import Assessment, CallReference, Decision, InputReference, ProposalReport
from mpfcheck.frozen import Frozen, changed
from mpfcheck.plain import plain
from mpfcheck.proposal.values import shown
from mpfcheck.reading.exact_json import parse
from mpfcheck.same_name import name_key

__all__ = ["FORMAT", "Assessments", "AssessmentsError", "Recorded", "line_of", "read_assessments"]

FORMAT: Final = "mpfcheck-assessment/1"
MOST_BYTES: Final = 64 * 1024 * 1024
"""Some 150 000 decisions."""


class AssessmentsError(ValueError):
    """A file that should hold decisions and does not; the message says where, what is wrong, and what to do."""


class Recorded(Frozen):
    """A decision as it is in the file: about which proposal, under which rules.

    ``at`` is when it was recorded, a moment in UTC in ISO 8601; ``assessment.on`` is the day of the decision itself.
    ``path``, ``line``, ``title`` and ``lead`` are those of the proposal in the report that the person read.
    """

    assessment: Assessment
    at: str
    call: str
    rules: str
    sha256: str
    path: str | None
    line: int | None
    title: str | None
    lead: str | None

    @classmethod
    def about(cls, input: InputReference, call: CallReference, assessment: Assessment, at: str) -> Recorded:
        """A decision about a proposal as a report names it. The report must have the checksum of the proposal."""
        if input.sha256 is None:
            raise ValueError("a decision is bound to a checksum")
        lead = input.lead.name if input.lead else None
        return cls(assessment, at, call.id, call.version, input.sha256, input.path, input.line, input.title, lead)

    @property
    def age(self) -> tuple[str, str]:
        """What puts decisions in the order of time; of equal ones the later in the file is the newer."""
        return self.assessment.on, self.at


def line_of(recorded: Recorded) -> str:
    """The line of a decision, with its end."""
    one = recorded.assessment
    members = {
        "format": FORMAT,
        "rule": one.rule,
        "decision": one.decision.value,
        "by": one.by,
        "on": one.on,
        "note": one.note,
        "at": recorded.at,
        "call": {"id": recorded.call, "version": recorded.rules},
        "input": {
            "path": recorded.path,
            "line": recorded.line,
            "sha256": recorded.sha256,
            "title": recorded.title,
            "lead": recorded.lead,
        },
    }
    return json.dumps(members) + "\n"


def read_assessments(data: bytes) -> tuple[Recorded, ...]:
    """The decisions in a file, in its order; raises :class:`AssessmentsError`."""
    if len(data) > MOST_BYTES:
        raise AssessmentsError(f"The file is larger than {MOST_BYTES // 1024**2} MiB. Split it.")
    lines = data.split(b"\n")
    return tuple(_read(line, number) for number, line in enumerate(lines, 1) if line.strip())


def _first_mistake(line: bytes) -> str:
    """The first mistake in a line that starts as JSON. For other lines, details would not help."""
    # Few files are broken.
    from mpfcheck.reading.json_text import read_json

    text = line.decode("utf-8", errors="replace")
    troubles = read_json(text).troubles if text.lstrip().startswith("{") else ()
    return f": {plain(troubles[0].message)} {plain(troubles[0].hint)}" if troubles else "."


def _read(line: bytes, number: int) -> Recorded:
    hint = "Decisions are written with mpfcheck assess."
    try:
        members = parse(line)
    except ValueError:
        raise AssessmentsError(f"Line {number} is not JSON{_first_mistake(line)} {hint}") from None
    if not isinstance(members, dict) or members.get("format") != FORMAT:
        raise AssessmentsError(f"Line {number} is not a decision of the format {FORMAT}. {hint}")
    reader = _Line(members, number)
    call, reference = reader.inside("call"), reader.inside("input")
    decision = reader.text("decision")
    if decision not in [one.value for one in Decision]:
        choices = ", ".join(one.value for one in Decision)
        raise AssessmentsError(f"Line {number}: decision is {shown(decision)}. It must be one of {choices}.")
    day = reader.text("on")
    try:
        date.fromisoformat(day)
    except ValueError:
        raise AssessmentsError(f"Line {number}: on is {shown(day)}. Write a date like 2023-12-07.") from None
    note = members.get("note")
    assessment = Assessment(
        reader.text("rule"), Decision(decision), reader.text("by"), day, note if isinstance(note, str) else ""
    )
    place = reference.members.get("line")
    return Recorded(
        assessment,
        reader.text("at"),
        call.text("id"),
        call.text("version"),
        reference.text("sha256"),
        reference.maybe("path"),
        place if isinstance(place, int) and not isinstance(place, bool) else None,
        reference.maybe("title"),
        reference.maybe("lead"),
    )


class _Line:
    """The members of an object in a line, read one by one."""

    def __init__(self, members: dict[str, Any], number: int, before: str = "") -> None:
        self.members = members
        self._number = number
        self._before = before

    def text(self, name: str) -> str:
        value = self.members.get(name)
        if not isinstance(value, str):
            raise AssessmentsError(f"Line {self._number}: {self._before}{name} must be a text.")
        if not value.strip():
            raise AssessmentsError(f"Line {self._number}: {self._before}{name} is empty. Write it, or remove the line.")
        return value

    def maybe(self, name: str) -> str | None:
        value = self.members.get(name)
        return value if isinstance(value, str) else None

    def inside(self, name: str) -> _Line:
        value = self.members.get(name)
        if not isinstance(value, dict):
            raise AssessmentsError(f"Line {self._number}: {name} must be an object.")
        return _Line(value, self._number, f"{name}.")


class Assessments:
    """Decisions, to be found by the proposal they are about. Small, and can be sent from one process to another.

    A decision is about a proposal with the same checksum. One with the same path, or the same title and lead applicant,
    may be the same proposal in another state: then the decision is about an older state, and says so.
    """

    def __init__(self, recorded: Sequence[Recorded]) -> None:
        """Sort them by what they are about."""
        self.recorded = tuple(recorded)
        self._by_key: dict[tuple[str, ...], list[int]] = {}
        for number, one in enumerate(self.recorded):
            for key in (("sha256", one.sha256), *_names(one.path, one.line, one.title, one.lead)):
                self._by_key.setdefault(key, []).append(number)

    def about(self, report: ProposalReport) -> frozenset[int]:
        """The numbers of those about a proposal, its older states included, that its call has a manual rule for."""
        if report.call is None:
            return frozenset()
        reference = report.input
        keys = _names(reference.path, reference.line, reference.title, reference.lead.name if reference.lead else None)
        keys.append(("sha256", reference.sha256 or ""))
        found = {number for key in keys for number in self._by_key.get(key, ())}
        if not found:
            return frozenset()
        manual = {result.rule for result in report.results if result.manual}
        return frozenset(
            number
            for number in found
            if self.recorded[number].call == report.call.id and self.recorded[number].assessment.rule in manual
        )

    def added_to(self, report: ProposalReport) -> ProposalReport:
        """The report with what was decided about its proposal: for each manual rule the latest decision.

        A decision about an older state counts only where there is none about this one.
        """
        latest: dict[str, Recorded] = {}
        for one in sorted(
            (self.recorded[number] for number in sorted(self.about(report))),
            key=lambda one: (one.sha256 == report.input.sha256, one.age),
        ):
            latest[one.assessment.rule] = one
        found = [latest[result.rule] for result in report.results if result.rule in latest]
        return changed(report, assessments=tuple(_now(one, report) for one in found)) if found else report


def _now(recorded: Recorded, report: ProposalReport) -> Assessment:
    """A decision with what changed since it was made."""
    older = ["proposal"] if recorded.sha256 != report.input.sha256 else []
    if report.call is not None and recorded.rules != report.call.version:
        older.append("rules")
    return changed(recorded.assessment, older=tuple(older))


def _names(path: str | None, line: int | None, title: str | None, lead: str | None) -> list[tuple[str, ...]]:
    """What a proposal is known by whatever its answers are. A line of many moves when others come or go."""
    names: list[tuple[str, ...]] = [("path", path)] if path is not None and path != "-" and line is None else []
    if title and lead and name_key(title) and name_key(lead):
        names.append(("name", name_key(title), name_key(lead)))
    return names
