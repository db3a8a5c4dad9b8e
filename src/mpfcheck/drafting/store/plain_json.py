"""A draft as the text of its file: plain JSON, exact in both directions.

In memory a draft is JSON data: dict, list, str, bool, None, int, and Decimal for every other number. Fields stay in the
order of the file, and fields nobody knows stay too. Read and written again, all of it is the same.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from mpfcheck.checking.report import Problem, Severity
from mpfcheck.reading.document import read_proposal
from mpfcheck.reading.exact_json import parse

__all__ = ["Draft", "NoDraftError", "as_json", "from_json", "same"]

Draft: TypeAlias = dict[str, object]
"""The JSON data of one proposal."""

_lone_surrogates: Final = re.compile("[\ud800-\udfff]")
_line_of = re.compile(r"at line (\d+)").search
_NOT_ONE: Final = Problem("This is no proposal: a proposal is one JSON object.", "A proposal starts with {.")


class NoDraftError(ValueError):
    """The text is no JSON object, or cannot be read without guessing; ``problems`` says why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems[0].message)
        self.problems = problems


def from_json(data: bytes) -> Draft:
    """The draft in a file; raises NoDraftError where there is none.

    Values that do not fit (a wrong amount, an unknown field) are in it as they stand in the file.
    """
    try:
        value = parse(data)
    except ValueError as error:
        raise NoDraftError(_blocking(data, str(error))) from error
    if not isinstance(value, dict):
        raise NoDraftError(_blocking(data))
    return value


def as_json(draft: object) -> bytes:
    """The file of a draft: UTF-8, two blanks a level, a line end at the end.

    Half of a surrogate pair, which only a broken terminal sends, is no character and cannot stand in a file: U+FFFD
    takes its place.
    """
    import simplejson

    text = simplejson.dumps(draft, use_decimal=True, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _lone_surrogates.sub("\N{REPLACEMENT CHARACTER}", text).encode()


def same(one: object, other: object) -> bool:
    """Whether two JSON values are the same, whatever the order of fields: 1 is neither true nor 1.0."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return str(one) == str(other)


def _blocking(data: bytes, why: str = "") -> tuple[Problem, ...]:
    """What is wrong with a text, first what is wrong in the line that ``why`` it cannot be read names."""
    found = _line_of(why)
    line = int(found[1]) if found else None
    problems = [problem for problem in read_proposal(data).problems if problem.severity is Severity.BLOCKING]
    return tuple(sorted(problems, key=lambda problem: problem.line != line)) or (_NOT_ONE,)
