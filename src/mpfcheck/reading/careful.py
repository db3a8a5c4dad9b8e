"""The careful way to read a proposal: keeping places, and telling everything that is wrong at once."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from mpfcheck.checking.problems import as_problem
from mpfcheck.checking.report import Problem, Severity
from mpfcheck.proposal.codes import PART_FORMAT
from mpfcheck.proposal.limits import MAX_DEPTH, depth_fits, numbers_fit
from mpfcheck.proposal.mistakes import Mistake, find_mistakes, find_unknown_fields
from mpfcheck.proposal.reader import Answers, MisfitError, known_answers
from mpfcheck.reading.encoding import Decoded, decode
from mpfcheck.reading.exact_json import parse
from mpfcheck.reading.folder import A_PART, ENDINGS
from mpfcheck.reading.json_text import UNREADABLE, read_json
from mpfcheck.reading.places import Lines, Places

__all__ = ["read_carefully"]

_ONE_A_LINE: Final = "Write one proposal in a file. For several proposals, write each on its own line of a .jsonl file."

_AN_OBJECT: Final = "A proposal is a JSON object: it starts with {."
_IN_BRACES: Final = "Put { before the first field and } after the last."
_IS_CONVERTED: Final = "Convert it to JSON, for example with yq: yq -p={} -o=json FILE > FILE.json."
_IS_A_TABLE: Final = (
    "If it is a budget, read it into a draft: mpfcheck budget read FILE DRAFT. The proposal itself must be JSON. "
    "mpfcheck apply writes it."
)
_IS_WRITTEN: Final = f"{_AN_OBJECT} To write one question by question: mpfcheck apply."
_IS_OPENED: Final = "Give what is in the file, not its name."
_is_file_name: Final = re.compile(
    rf'(?!.*: )[^{{}}\[\]"\n]*(?:{"|".join(map(re.escape, (*ENDINGS, ".gz")))})', re.IGNORECASE
).fullmatch
_starts_yaml: Final = re.compile(r"---(?:\s|$)|%YAML\b|(?:- +)?[^\W\d][\w.-]*:(?:\s|$)").match
_starts_toml: Final = re.compile(r"\[\[?[A-Za-z_][\w.-]*\]\]?\s*$|[A-Za-z_][\w.-]*\s*=\s*\S").match
_starts_field: Final = re.compile(r"""\s*(?:"[^"]*"|'[^']*'|\w+)\s*:""").match
_SNIFFED: Final = 10_000
"""Characters. The csv module refuses cells that are much longer."""
_SEPARATORS: Final = (",", ";", "\t", "|")


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
        return None, (Problem("The file is empty.", _AN_OBJECT),), None, None
    if other := _other_format(decoded.text):
        return None, (other,), None, None
    return _read_well_formed(data, decoded.text, first_line) or _read_whatever(decoded, decoded.text, first_line)


def _other_format(text: str) -> Problem | None:
    """What a text that is not JSON at all seems to be; None where it may be JSON.

    To list what JSON misses in such a text would help nobody.
    """
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith(("#", "//"))]
    first = lines[0] if lines else ""
    if first.lstrip().startswith(("{", "[{", '["')):
        return None
    if len(lines) == 1 and _is_file_name(first.strip()):
        return Problem("This looks like the name of a file, not JSON.", _IS_OPENED)
    if _starts_yaml(first) and not first.rstrip().endswith(","):
        return Problem("This looks like YAML, not JSON.", _IS_CONVERTED.format("yaml"))
    if _starts_toml(first) and any("=" in line for line in lines):
        return Problem("This looks like TOML, not JSON.", _IS_CONVERTED.format("toml"))
    if _starts_field(first):
        return Problem("The braces around the proposal are missing.", _IN_BRACES)
    if any(_is_table(lines[:2], separator) for separator in _SEPARATORS):
        return Problem("This looks like a table (CSV), not JSON.", _IS_A_TABLE)
    if not any(mark in text for mark in '{["') and len(text.split()) > 1:
        return Problem("This looks like plain text, not JSON.", _IS_WRITTEN)
    return None


def _is_table(lines: list[str], separator: str) -> bool:
    """Whether the first lines have the same number of cells: two at least, or three where there is one line only."""
    short = [line[:_SNIFFED].replace("\0", "") for line in lines]
    cells = {len(row) for row in csv.reader(short, delimiter=separator)}
    return len(cells) == 1 and min(cells) >= (2 if len(lines) > 1 else 3)


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
