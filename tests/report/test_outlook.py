"""What is certain already, in every format that says it; written as JSON it is read back as it was."""

from __future__ import annotations

import json
import re

import pytest

from mpfcheck.api.report import render
from mpfcheck.checking.report import Outlook, Verdict
from mpfcheck.frozen import changed
from mpfcheck.report.formats import Format
from mpfcheck.report.read_back import UnreadableReportError, read_back
from tests.report.samples import AHEAD
from tests.report.test_json import VALIDATOR

MESSAGE = "Whatever else you answer, this proposal cannot become eligible."


def test_json_has_the_members_of_the_contract() -> None:
    whole = json.loads(render([AHEAD], "json"))
    (one,) = whole["reports"]

    VALIDATOR.validate(whole)
    assert one["outlook"] == {
        "eligible_possible": False,
        "because": ["FUND-1", "POT-1"],
        "message": MESSAGE,
        "bounds": {"/co_applicants": 3},
    }
    assert one["repair"] == [
        {"pointer": "/financing/grant_requested", "from": "12000000.00", "to": "10000000.00", "minimal": True},
        {"pointer": "/duration_months", "from": 40, "to": 36, "minimal": True},
    ]


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_what_is_written_is_read_back(format: Format) -> None:
    (again,) = read_back(render([AHEAD], format).encode())

    assert again.outlook == AHEAD.outlook
    assert again.repair == AHEAD.repair
    assert render([again], format) == render([AHEAD], format)


@pytest.mark.parametrize(
    ("member", "value", "said"),
    [
        ("outlook", {"eligible_possible": "no", "message": "x"}, "/outlook/eligible_possible should be true or false."),
        ("outlook", {"eligible_possible": None, "message": "x", "bounds": {"/a": "b"}}, "an object of whole numbers"),
        ("repair", {"pointer": "/a"}, "/repair should be a list."),
        ("repair", [{"pointer": "/a", "from": [], "to": "b", "minimal": True}], "/repair/0/from should be a text"),
    ],
)
def test_what_is_no_outlook_is_refused(member: str, value: object, said: str) -> None:
    whole = json.loads(render([AHEAD], "json"))
    whole["reports"][0][member] = value

    with pytest.raises(UnreadableReportError) as refused:
        read_back(json.dumps(whole).encode())
    assert said in refused.value.message


@pytest.mark.parametrize("format", ["text", "markdown", "html", "junit"])
def test_people_read_the_outlook_and_the_smallest_change(format: Format) -> None:
    written = " ".join(render([AHEAD], format).replace("\N{NO-BREAK SPACE}", " ").split())

    assert MESSAGE in written
    assert "Financing, grant requested: EUR 10 000 000 instead of EUR 12 000 000.00" in written
    assert "Duration months: 36 instead of 40" in written


def test_only_a_change_that_is_proven_is_called_the_smallest() -> None:
    assert AHEAD.repair is not None
    unproven = changed(AHEAD, repair=tuple(changed(one, minimal=False) for one in AHEAD.repair))

    assert "Smallest change that would do:" in render([AHEAD], "text")
    assert "Smallest" not in render([unproven], "text")
    assert "A change that would do:" in render([unproven], "text")


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_an_eligible_proposal_says_so_in_one_line(format: Format) -> None:
    """Whoever asks for the outlook gets an answer, whatever the verdict."""
    message = "This proposal is eligible already."
    eligible = changed(AHEAD, verdict=Verdict.ELIGIBLE, outlook=Outlook(True, message), repair=None)

    assert f"Already certain {message}" in " ".join(re.sub("<[^>]*>|#", " ", render([eligible], format)).split())
    assert "Already certain" not in render([changed(eligible, outlook=None)], format)
