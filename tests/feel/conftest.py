"""What the tests of the language share: a small proposal's types, and the summary of the compatibility kit."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mpfcheck.feel.types import (
    BOOLEAN,
    DATE,
    MONEY,
    MONTHS,
    NUMBER,
    TEXT,
    ContextType,
    Field,
    ListType,
    RecordType,
    TextType,
    Type,
)

# The support modules of these tests (tck_*.py) stand beside them.
sys.path.insert(0, str(Path(__file__).parent))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the run of the compatibility kit found, also where pytest is quiet or runs in several processes."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, text in getattr(report, "user_properties", ()):
                if name == "feel_tck" and getattr(report, "when", "") == "call":
                    terminalreporter.write_line(str(text))


@pytest.fixture(scope="session")
def names() -> dict[str, Type]:
    """The typed names of a proposal, with two parameters and a code list."""
    country = TextType("countries", frozenset({"FR", "LT", "LV", "MD"}))
    kind = TextType("applicant_kinds", frozenset({"natural_person", "ngo", "public_body"}))
    heading = TextType("headings", frozenset({"other", "travel"}))
    mandate = RecordType("mandate", {"body": Field(TEXT), "country": Field(country)})
    applicant = RecordType(
        "applicant",
        {
            "name": Field(TEXT),
            "country": Field(country),
            "kind": Field(kind),
            "non_profit": Field(BOOLEAN),
            "mandate": Field(mandate),
        },
    )
    line = RecordType(
        "budget line",
        {"heading": Field(heading), "quantity": Field(NUMBER), "unit_cost": Field(MONEY), "amount": Field(MONEY)},
    )
    codes = ListType(country)
    return {
        "lead": applicant,
        "co_applicants": ListType(applicant),
        "budget": RecordType("budget", {"lines": Field(ListType(line), "empty"), "total": Field(MONEY)}),
        "financing": RecordType("financing", {"grant_requested": Field(MONEY)}),
        "title": TEXT,
        "start_date": DATE,
        "duration_months": MONTHS,
        "target_countries": codes,
        "as_of": DATE,
        "minimum_total": MONEY,
        "maximum_share": NUMBER,
        "eastern_partnership": ContextType({"members": codes, "candidates": codes}),
    }
