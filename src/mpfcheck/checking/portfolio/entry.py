"""What is kept of one proposal for the summary of all: a few words, not its report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from json import JSONEncoder
from typing import TYPE_CHECKING

from mpfcheck.checking.portfolio.fields import Wanted, only
from mpfcheck.checking.report import InputReference, ProposalReport, Result, Severity, Status, Verdict
from mpfcheck.frozen import Frozen
from mpfcheck.same_name import name_key

if TYPE_CHECKING:
    from mpfcheck.checking.checker import Checker

__all__ = ["Entry", "Organisation", "ProposalFacts", "entry"]

SILENT = (Status.PASS, Status.NOT_APPLICABLE)


class Organisation(Frozen):
    """An applicant as the proposal names it; ``role`` is ``lead`` or ``co_applicant``."""

    role: str
    name: str | None
    country: str | None
    pic: str | None


class ProposalFacts(Frozen):
    """What is kept of the answers.

    ``content`` is a checksum of all of them, the same however the file is laid out; ``name`` is the call, the title
    and the name of the lead applicant, None where one is missing. ``together`` holds the fields that the portfolio
    rules of the call read.
    """

    content: bytes
    name: tuple[str, str, str] | None
    country: str | None
    requested: Decimal | None
    organisations: tuple[Organisation, ...]
    together: Mapping[str, object]


class Entry(Frozen):
    """What is kept of one proposal. Small, and can be sent from one process to another.

    ``said`` holds every rule that neither passes nor is beside the point, with its status; ``obstacles`` the blocking
    ones among them that stand between the proposal and the verdict eligible. ``fix`` is what would mend the only
    obstacle, if it is one failing rule. ``facts`` is None for a file that is no proposal.
    """

    input: InputReference
    call: str | None
    verdict: Verdict
    said: tuple[tuple[str, Status], ...]
    obstacles: tuple[str, ...]
    fix: str | None
    facts: ProposalFacts | None


def entry(report: ProposalReport, answers: Mapping[str, object] | None, checker: Checker | None) -> Entry:
    """What to keep of a proposal; ``answers`` and ``checker`` are those its report was made from, if any."""
    obstacles = tuple(result for result in report.results if _is_obstacle(result))
    only_one = len(obstacles) == 1 and obstacles[0].status is Status.FAIL
    return Entry(
        input=report.input,
        call=report.call.id if report.call else None,
        verdict=report.verdict,
        said=tuple((result.rule, result.status) for result in report.results if result.status not in SILENT),
        obstacles=tuple(result.rule for result in obstacles),
        fix=obstacles[0].fix if only_one else None,
        facts=None if answers is None else _facts(answers, checker.fields_together if checker else None),
    )


def _is_obstacle(result: Result) -> bool:
    return result.severity is Severity.BLOCKING and not result.manual and result.status not in SILENT


def _facts(answers: Mapping[str, object], wanted: Wanted | None) -> ProposalFacts:
    organisations = tuple(_organisations(answers))
    lead = organisations[0] if organisations and organisations[0].role == "lead" else None
    name = (_text(answers.get("call")), _text(answers.get("title")), lead.name if lead else None)
    requested = _record(answers.get("financing")).get("grant_requested")
    return ProposalFacts(
        content=blake2b(_canonical(answers).encode(), digest_size=16).digest(),
        name=(name_key(name[0]), name_key(name[1]), name_key(name[2])) if name[0] and name[1] and name[2] else None,
        country=lead.country if lead else None,
        requested=requested if isinstance(requested, Decimal) else None,
        organisations=organisations,
        together={} if wanted is None else only(answers, wanted),
    )


def _organisations(answers: Mapping[str, object]) -> Iterator[Organisation]:
    others = answers.get("co_applicants")
    applicants = [("lead", answers.get("lead"))]
    applicants += [("co_applicant", one) for one in others] if isinstance(others, list) else []
    for role, one in applicants:
        if isinstance(one, dict):
            yield Organisation(role, _text(one.get("name")), _text(one.get("country")), _text(one.get("pic")))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and name_key(value) else None


def _record(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"an answer cannot be a {type(value).__name__}")


_canonical = JSONEncoder(sort_keys=True, separators=(",", ":"), default=_plain).encode
