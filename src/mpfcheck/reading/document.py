"""One document: the answers of a proposal, or why there are none, and where in its text everything stands."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

from mpfcheck.checking.report import InputReference, LeadReference, Problem
from mpfcheck.proposal.reader import Answers, MisfitError, read_and_look
from mpfcheck.proposal.values import UnfitValueError, amount_from, as_text
from mpfcheck.reading.exact_json import parse

if TYPE_CHECKING:
    from mpfcheck.proposal.mistakes import Mistake
    from mpfcheck.reading.places import Place, Places

__all__ = ["MAX_DOCUMENT_BYTES", "Document", "read_plain", "read_proposal", "too_large"]

MAX_DOCUMENT_BYTES: Final = 10 * 1024 * 1024
"""How large one proposal may be. A complete one has about 6 000 bytes."""


class Document:
    """A proposal as it was read.

    ``answers`` holds the answered fields as plain values (dict, list, str, bool, int, Decimal, date), or None where the
    document is no proposal; ``problems`` says what is wrong with it: then a blocking problem at least, otherwise
    warnings at most. ``data`` is what was read, None for values that came from a program or could not be read. Where
    there are no answers, ``values`` holds what was understood of the JSON: enough to name the project.

    ``likely`` says that reading found every single value to be likely, so that none needs a second look for a warning.

    Checksum and places are found out when they are asked for: most documents are never asked.
    """

    __slots__ = ("_first_line", "_places", "_sha256", "answers", "data", "likely", "problems", "values")

    def __init__(
        self,
        answers: Answers | None,
        problems: tuple[Problem, ...] = (),
        data: bytes | None = None,
        first_line: int = 1,
        places: Places | None = None,
        values: object = None,
        *,
        likely: bool = False,
    ) -> None:
        self.answers = answers
        self.likely = likely
        self.values = answers if values is None else values
        self.problems = problems
        self.data = data
        self._first_line = first_line
        self._places = places
        self._sha256: str | None = None

    @property
    def sha256(self) -> str | None:
        """The checksum of the data, in hexadecimal; None without data."""
        if self._sha256 is None and self.data is not None:
            import hashlib

            self._sha256 = hashlib.sha256(self.data).hexdigest()
        return self._sha256

    @property
    def title(self) -> str | None:
        """The title of the project, None where it is not answered."""
        return _text(_record(self.values).get("title"))

    def reference(self, path: str | None, line: int | None, *, checksum: bool = True) -> InputReference:
        """What a report says of its input: the file or ``line`` of one at ``path``, and the project it is about."""
        values = _record(self.values)
        lead = values.get("lead")
        amount = _amount if self.answers is None else _answered_amount
        return InputReference(
            path,
            line,
            self.sha256 if checksum else None,
            self.title,
            _text(values.get("acronym")),
            LeadReference(_text(lead.get("name")), _text(lead.get("country"))) if isinstance(lead, dict) else None,
            amount(_record(values.get("financing")).get("grant_requested")),
            amount(_record(values.get("budget")).get("total")),
            _text(values.get("fund")),
        )

    def place_of(self, pointer: str) -> Place | None:
        """The line and column, from 1, at which the value at a JSON Pointer starts; None where it does not stand."""
        places = self._places
        if places is None:
            if self.data is None or self.answers is None:
                return None
            # What has answers was read as UTF-8.
            text = self.data.removeprefix(BOM_UTF8).decode()
            # Of the values in an annex nobody knows whether they are likely: where all are, there is none.
            make = _places_of_text()
            places = self._places = make(text, self._first_line, answers=self.answers, fields_only=self.likely)
        return places.of_value(pointer)


@cache
def _places_of_text() -> type[Places]:
    # A quick start is not to pay for this import, and to import it anew for each document takes as long as to make one.
    from mpfcheck.reading.places import Places

    return Places


def read_proposal(data: bytes, first_line: int = 1) -> Document:
    """Read one proposal from JSON. Never raises for what is in it: a file that is no proposal has problems instead.

    ``first_line`` is the line of its file the data starts at, for a line of JSON Lines.
    """
    if len(data) > MAX_DOCUMENT_BYTES:
        return Document(None, (too_large("The document"),), data, first_line)
    try:
        read, likely = read_and_look(parse(data))
        return Document(read, (), data, first_line, likely=likely)
    except (MisfitError, ValueError):
        # Something is out of the ordinary. What it is, is found out by reading again: good files need not wait for it.
        from mpfcheck.reading.careful import read_carefully

        answers, problems, places, values = read_carefully(data, first_line)
        return Document(answers, problems, data, first_line, places, values)


def read_plain(plain: object, mistakes: tuple[Mistake, ...]) -> Document:
    """Read a proposal from what ``json_values`` made of a program's own values; ``mistakes`` are those it found.

    There is no text, so there are no places. What is not a mapping, and does not stand for one as a dataclass does, has
    a blocking problem.
    """
    from mpfcheck.checking.problems import as_problem
    from mpfcheck.proposal.answers import MistakenProposalError, answers_from_plain
    from mpfcheck.proposal.mistakes import find_unknown_fields

    unknown = tuple(as_problem(mistake, None) for mistake in find_unknown_fields(plain))
    if not mistakes:
        try:
            return Document(answers_from_plain(plain), unknown)
        except MistakenProposalError as error:
            mistakes = error.mistakes
    problems = (*(as_problem(mistake, None) for mistake in mistakes), *unknown)
    return Document(None, problems, values=plain)


def _record(value: object) -> Mapping[str, object]:
    # What was read, from a text or from a program's values, is in dicts: to ask for any mapping takes long.
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _answered_amount(value: object) -> str | None:
    """An amount of answers, which have passed the check of every number."""
    return as_text(value) if isinstance(value, Decimal) else None


def _amount(value: object) -> str | None:
    if value is None:
        return None
    try:
        return as_text(amount_from(value))
    except UnfitValueError:
        return None


def too_large(what: str) -> Problem:
    """The problem of a document, line or file that is larger than one proposal may be."""
    limit = MAX_DOCUMENT_BYTES // (1024 * 1024)
    return Problem(
        f"{what} is larger than {limit} MiB, the limit for one proposal. It was not read.",
        "Do not put documents inside the proposal.",
    )
