"""The careful way to read a proposal: keeping places, and telling everything that is wrong at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from mpfcheck.checking.problems import as_problem
from mpfcheck.checking.report import Problem, Severity
from mpfcheck.proposal.codes import PART_FORMAT
from mpfcheck.proposal.limits import MAX_DEPTH, depth_fits, numbers_fit
from mpfcheck.proposal.mistakes import Mistake, find_mistakes, find_unknown_fields
from mpfcheck.proposal.reader import Answers, MisfitError, known_answers
from mpfcheck.reading.encoding import Decoded, decode
from mpfcheck.reading.exact_json import parse
from mpfcheck.reading.folder import A_PART
from mpfcheck.reading.json_text import UNREADABLE, read_json
from mpfcheck.reading.places import Lines, Places

__all__ = ["read_carefully"]

_ONE_A_LINE = "Write one proposal in a file. For several proposals, write each on its own line of a .jsonl file."


Reading: TypeAlias = tuple[Answers | None, tuple[Problem, ...], Places | None, object]


def read_carefully(data: bytes, first_line: int) -> Reading:
    """The answers, None where a problem is blocking; all problems in the order of the text; the places in it.

    Last comes what was understood of the JSON, as plain values, where there are no answers.

    ``first_line`` is the line of its file the data starts at.
    """
    decoded = decode(data)
    if decoded.text is None:
        return None, (Problem(decoded.message, decoded.hint),), None, None
    if not decoded.text.strip():
        return None, (Problem("The file is empty.", "A proposal is a JSON object: it starts with {."),), None, None
    return _read_well_formed(data, decoded.text, first_line) or _read_whatever(decoded, decoded.text, first_line)


def _read_well_formed(data: bytes, text: str, first_line: int) -> Reading | None:
    """The reading of a proposal with nothing wrong in it but unknown fields: a whole batch may have the same one."""
    try:
        value = parse(data)
        if not depth_fits(value, MAX_DEPTH) or not numbers_fit(value):
            return None
        answers = known_answers(value)
    except (MisfitError, ValueError):
        return None
    places = Places(text, first_line)
    return answers, tuple(_unknown_fields(value, places)), places, None


def _read_whatever(decoded: Decoded, text: str, first_line: int) -> Reading:
    json = read_json(text, first_line)
    lines = Lines(text, first_line)
    places = Places(text, first_line, json.places, json.names)
    problems = [
        *([Problem(decoded.message, decoded.hint, "", *lines.place(decoded.offset))] if decoded.message else ()),
        *(Problem(each.message, each.hint, each.pointer, *lines.place(each.offset)) for each in json.troubles),
        *_misfits(json.value, places),
        *_unknown_fields(json.value, places),
    ]
    problems.sort(key=lambda problem: (problem.line or 0, problem.column or 0))
    blocking = any(problem.severity is Severity.BLOCKING for problem in problems)
    if blocking:
        return None, tuple(problems), places, json.value
    return known_answers(json.value), tuple(problems), places, None


def _misfits(value: object, places: Places) -> Iterator[Problem]:
    if isinstance(value, list):
        yield as_problem(Mistake("", "This is a list, not one proposal.", _ONE_A_LINE), places.of_value(""))
    elif isinstance(value, dict) and value.get("format") == PART_FORMAT:
        hint = "Bring it into its draft: mpfcheck part merge DRAFT FILE."
        yield as_problem(Mistake("/format", A_PART, hint), places.of_value("/format"))
    elif value is not UNREADABLE:
        for mistake in find_mistakes(value, unseen=UNREADABLE):
            yield as_problem(mistake, places.of_value(mistake.pointer))


def _unknown_fields(value: object, places: Places) -> Iterator[Problem]:
    if isinstance(value, dict) and value.get("format") == PART_FORMAT:
        return
    for mistake in find_unknown_fields(value):
        yield as_problem(mistake, places.of_name(mistake.pointer))
