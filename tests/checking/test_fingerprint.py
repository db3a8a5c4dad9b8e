"""A finding is the same one as long as the same rule says it of the same items."""

from __future__ import annotations

from typing import Any

import pytest

from mpfcheck.checking.fingerprint import fingerprint
from mpfcheck.checking.report import CallReference, InputReference, ReadField
from tests.report.samples import report, result

FIELDS = (ReadField("/co_applicants/0/country", "DK", 31, 18), ReadField("/lead/country", "DK", 22, 16))


def of(*fields: ReadField, rule: str = "COAPP-2", status: str = "fail", **more: Any) -> str:
    finding = result(
        rule, status, fields=fields, **{key: more.pop(key) for key in ("missing", "message") if key in more}
    )
    return fingerprint(report("ineligible", finding, **more), finding)


def test_it_is_short_and_hexadecimal() -> None:
    assert len(of(*FIELDS)) == 16
    assert int(of(*FIELDS), 16)


@pytest.mark.parametrize(
    "other",
    [
        of(*(ReadField(field.pointer, field.value, 99, 1) for field in FIELDS)),
        of(*(ReadField(field.pointer, "SE") for field in FIELDS)),
        of(*reversed(FIELDS)),
        of(*FIELDS, ReadField("/co_applicants/0/kind", "ngo")),
        of(*FIELDS, input=InputReference("other.jsonl", 7, "00" * 32)),
        of(*FIELDS, message="In other words."),
        of(*FIELDS, call=CallReference("mpf-2023-borders-security", "2024-01-01", "00" * 32)),
        of(FIELDS[1], status="undecided", missing=("/co_applicants/0/country",)),
    ],
    ids=["lines", "values", "order", "one more field of the item", "file", "words", "pack version", "was undecided"],
)
def test_it_survives(other: str) -> None:
    assert other == of(*FIELDS)


@pytest.mark.parametrize(
    "other",
    [
        of(*FIELDS, rule="COAPP-3"),
        of(*FIELDS, call=CallReference("mpf-2030", "2023-12-07", "ab" * 32)),
        of(ReadField("/co_applicants/1/country", "DK"), FIELDS[1]),
        of(*FIELDS, ReadField("/co_applicants/1/country", "DK")),
        of(FIELDS[1]),
    ],
    ids=["rule", "call", "item", "one more item", "no item"],
)
def test_it_tells_apart(other: str) -> None:
    assert other != of(*FIELDS)


def line(position: int, name: str) -> tuple[ReadField, ReadField]:
    return ReadField(f"/budget/lines/{position}/id", name), ReadField(f"/budget/lines/{position}/amount", "1")


def test_an_item_with_an_id_may_move() -> None:
    assert of(*line(0, "1.1"), *line(1, "1.2")) == of(*line(0, "1.2"), *line(1, "1.1"))
    assert of(*line(0, "1.1")) == of(*line(5, "1.1"))
    assert of(*line(0, "1.1")) != of(*line(0, "1.2"))


def test_two_items_with_one_id_are_two() -> None:
    assert of(*line(0, "1.1"), *line(1, "1.1")) != of(*line(0, "1.1"))


def test_an_id_that_looks_like_a_position_is_none() -> None:
    assert of(*line(0, "7")) != of(ReadField("/budget/lines/7/amount", "1"))


def test_a_bare_value_is_its_own_name() -> None:
    assert of(ReadField("/target_countries/0", "TR")) == of(ReadField("/target_countries/3", "TR"))
    assert of(ReadField("/target_countries/0", "TR")) != of(ReadField("/target_countries/0", "IN"))
