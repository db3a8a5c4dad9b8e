"""Reports made by hand, so that the formats are tested without an engine."""

from __future__ import annotations

from mpfcheck.checking.report import (
    CallReference,
    Change,
    InputReference,
    LeadReference,
    Outlook,
    Problem,
    ProposalReport,
    ReadField,
    Result,
    Sentence,
    Severity,
    SourceReference,
    Status,
    Verdict,
)
from mpfcheck.frozen import FrozenDict

CALL = CallReference("mpf-2023-borders-security", "2023-12-07", "ab" * 32)
SOURCE = SourceReference("Conference summary", "Migration Partnership Facility", "https://example.org/summary", "seed")
LEAD = LeadReference("State Border Guard Service", "LT")
INPUT = InputReference(
    "proposal.json", None, "cd" * 32, "Detecting forged documents", "SAFE-DOCS", LEAD, "190000.01", "200000.00"
)


def result(rule: str, status: str, **more: object) -> Result:
    """A result of a rule; everything but its id and status may be left out."""
    given: dict[str, object] = {"title": f"Title of {rule}", "severity": Severity.BLOCKING, "source": SOURCE} | more
    given["severity"] = Severity(str(given["severity"]))
    return Result(rule=rule, status=Status(status), **given)  # type: ignore[arg-type]


def report(verdict: str, *results: Result, **more: object) -> ProposalReport:
    """A report on one proposal."""
    given: dict[str, object] = {"input": INPUT, "call": CALL, "as_of": "2023-12-07"} | more
    return ProposalReport(verdict=Verdict(verdict), results=results, **given)  # type: ignore[arg-type]


GRANT = result(
    "GRANT-1",
    "fail",
    message="You ask for EUR 190 000.01, more than EUR 190 000.00.",
    fix="Ask for EUR 190 000.00 or less.",
    sentence=Sentence(
        "GRANT-1.message",
        (FrozenDict({"financing.grant_requested": "190000.01", "maximum_grant": "190000.00"}),),
        FrozenDict({"maximum_grant_share": "0.95"}),
    ),
    fields=(
        ReadField("/financing/grant_requested", "190000.01", 40, 24),
        ReadField("/budget/total", "200000.00", None, None),
    ),
)
EXCLUSION = result("EXCL-1", "undecided", message="Not decided yet.", missing=("/declarations/no_exclusion_situation",))
FUND = result("FUND-2", "fail", severity="warning", message="Ireland is outside BMVI.", fix="Ask the MPF.")
PERSON = result("COAPP-5", "review", manual=True, message="Judge whether IOM counts.")
BROKEN = result("BUDGET-3", "inconclusive", message="The rule could not be evaluated. Please report this.")
CENT = result("BUDGET-2", "pass", message="Line 1.1 is one cent off, which is tolerated.")
HELD = result("LEAD-1", "pass")
APART = result("LEAD-2", "not_applicable")

INELIGIBLE = report("ineligible", GRANT, EXCLUSION, FUND, PERSON, BROKEN, CENT, HELD, APART)
ELIGIBLE = report(
    "eligible",
    PERSON,
    HELD,
    APART,
    input=InputReference("batch.jsonl", 3, "ef" * 32, title="Mobile posts", total="250000.00"),
)
INVALID = report(
    "invalid",
    input=InputReference("-", None, None),
    call=None,
    as_of=None,
    problems=(Problem("A comma is missing.", "Put a comma before it.", "", 3, 7),),
)
WHAT_IF = report("incomplete", EXCLUSION, changed={"maximum_grant_share": "0.9"})
AHEAD = report(
    "incomplete",
    EXCLUSION,
    outlook=Outlook(
        eligible_possible=False,
        message="Whatever else you answer, this proposal cannot become eligible.",
        because=("FUND-1", "POT-1"),
        bounds={"/co_applicants": 3},
    ),
    repair=(
        Change("/financing/grant_requested", "12000000.00", "10000000.00", True, "EUR 12 000 000.00", "EUR 10 000 000"),
        Change("/duration_months", 40, 36, minimal=True),
    ),
)
EVERY = (INELIGIBLE, ELIGIBLE, INVALID, WHAT_IF)
