"""Every kind of value of the language is written for people where a sentence names it, never as Python writes it."""

from __future__ import annotations

import re

import pytest

from mpfcheck.checking.wording import write_value
from mpfcheck.feel.evaluate.evaluator import evaluate
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.types import ANY

WRITTEN = [
    ('@"P1M"', "1 month"),
    ('@"P2Y3M"', "2 years and 3 months"),
    ('@"P0M"', "0 months"),
    ('-@"P14M"', "minus 1 year and 2 months"),
    ('@"P30D"', "30 days"),
    ('@"P1DT2H30M"', "1 day, 2 hours and 30 minutes"),
    ('@"PT1.5S"', "1.5 seconds"),
    ('@"PT0S"', "0 seconds"),
    ('@"2024-03-01"', "2024-03-01"),
    ('time("12:30:00")', "12:30"),
    ('time("12:30:05.25Z")', "12:30:05.25 (UTC)"),
    ('time("12:30:00+02:00")', "12:30 (UTC+02:00)"),
    ('date and time("2018-11-14T12:00:00@Europe/London")', "2018-11-14, 12:00 (Europe/London)"),
    ('date and time("2018-11-14T12:00:01")', "2018-11-14, 12:00:01"),
    ("[1..3]", "1 to 3"),
    ("(1..3]", "more than 1 and at most 3"),
    ("[1..3)", "at least 1 and less than 3"),
    ("(< 10)", "less than 10"),
    ("(>= 10)", "at least 10"),
    ("(= 10)", "10"),
    ("(!= 10)", "anything but 10"),
    ('[@"P1M"..@"P1Y"]', "1 month to 1 year"),
    ('[@"P1M", [1..3], time("10:00:00")]', "1 month, 1 to 3 and 10:00"),
    ("[[1, 2], []]", "1 and 2 and none"),
    ('{low: 1, "until when": @"P2D", more: {x: true}}', "low: 1; until when: 2 days; more: x: yes"),
    ("{}", "none"),
    ("function(x) x + 1", "(a function)"),
    ("sum", "(a function)"),
    ("[sum, count]", "(a function) and (a function)"),
    ("null", "(no value)"),
    ("[null, 1]", "(no value) and 1"),
    ("true", "yes"),
]


@pytest.mark.parametrize(("text", "written"), WRITTEN)
def test_a_value_of_every_kind_is_written_for_people(text: str, written: str) -> None:
    found = write_value(evaluate(parse(text), {}), ANY, lambda _list, code: code)
    assert found == written
    assert not re.search(r"Decimal|Duration|Range\(|object at|DateTime|\bNone\b|frozenset", found)
