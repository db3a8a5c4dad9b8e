"""What "Did you mean …?" offers: names that a slip of the hand leads away from, never another word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.nearest import nearest

LEVELS = ("central", "regional", "local")
FUNDS = ("AMIF", "BMVI", "ISF")


@pytest.mark.parametrize(
    ("written", "known", "found"),
    [
        ("national", LEVELS, None),  # the endings are the same, the words are not
        ("federal", LEVELS, None),
        ("egional", LEVELS, "regional"),
        ("Regionel", LEVELS, "regional"),
        ("kocal", LEVELS, "local"),
        ("XSF", FUNDS, "ISF"),
        ("VBMI", FUNDS, "BMVI"),
        ("requested_grant", ("grant_requested", "total"), "grant_requested"),
        ("applicants", ("co_applicants", "lead"), "co_applicants"),
        ("person", ("natural_person", "ngo"), "natural_person"),
        ("Public-Body", ("public_body", "ngo"), "public_body"),
        ("", LEVELS, None),
        ("x", (), None),
    ],
)
def test_only_a_name_that_is_near_is_found(written: str, known: tuple[str, ...], found: str | None) -> None:
    assert nearest(written, known) == found


@given(st.data())
def test_a_name_with_one_letter_lost_is_found(data: st.DataObject) -> None:
    """Whichever letter it is, the first one too."""
    known = ("co_applicants", "target_countries", "duration_months", "financing", "declarations", "consultation")
    name = data.draw(st.sampled_from(known))
    at = data.draw(st.integers(0, len(name) - 1))

    assert nearest(name[:at] + name[at + 1 :], known) == name
