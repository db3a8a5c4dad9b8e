"""What is doubtful in the answers of a proposal, though each value fits its field: said as warnings.

References that lead nowhere, ids that are there twice, blank texts, open lists that are no lists, and values that
nobody means: a PIC that does not have nine digits, an e-mail address without @, a project of no months or of more than
ten years, a year beyond a working life.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from mpfcheck.nearest import nearest
from mpfcheck.proposal.likely import (
    EMPTY_MEANS_NONE,
    FIRST_YEAR,
    LAST_YEAR,
    LIKELY_TEXTS,
    LONGEST_MONTHS,
    PIC_DIGITS,
    is_likely_date,
    is_likely_duration,
    says_something,
)
from mpfcheck.proposal.mistakes import MAX_MISTAKES, Mistake
from mpfcheck.proposal.pointer import join, pointer
from mpfcheck.proposal.unfinished import OPEN, open_doubts
from mpfcheck.proposal.values import number_shown, shown
from mpfcheck.same_name import name_key

__all__ = ["find_doubts", "ids_are_in_order", "odd_ids", "odd_values"]


def find_doubts(answers: Mapping[str, object], *, likely: bool = False) -> tuple[Mistake, ...]:
    """The warnings about answers as they were read, at most :data:`MAX_MISTAKES` and then that there are more.

    ``likely`` is what the reader found, that every single value is likely: then only ids and references are looked at.
    """
    if likely and OPEN not in answers and ids_are_in_order(answers):
        return ()
    found = [*islice(_doubts(answers, likely=likely), MAX_MISTAKES + 1)]
    if len(found) > MAX_MISTAKES:
        found[-1] = _doubt("", "There are more warnings.", "Correct these first, then check again.")
    return tuple(found)


def ids_are_in_order(answers: Mapping[str, Any]) -> bool:
    """Whether a quick look finds no id twice and no reference that leads nowhere; False says only that it is not plain.

    Most proposals of a batch have no warning, and need no places and no sentences. The answers are as the reader gives
    them: what should be a record or a list is one.
    """
    lines = answers.get("budget", _NO_RECORD).get("lines", ())
    applicants = [answers.get("lead", _NO_RECORD), *answers.get("co_applicants", ())]
    ids = {applicant.get("id") for applicant in applicants}
    numbers = {line.get("id") for line in lines}
    if (len(ids) < len(applicants) and _any_twice(applicants)) or (len(numbers) < len(lines) and _any_twice(lines)):
        return False
    ids.add(None)
    contributions = answers.get("financing", _NO_RECORD).get("contributions", ())
    return (
        ids.issuperset({line.get("applicant") for line in lines})
        and ids.issuperset({document.get("applicant") for document in answers.get("documents", ())})
        and ids.issuperset({one.get("source") for one in contributions if one.get("kind") == _SALARIES})
    )


_NO_RECORD: Mapping[str, Any] = {}


def _any_twice(records: Iterable[Mapping[str, object]]) -> bool:
    """Whether an id is there twice; several records may have none."""
    ids = [identity for record in records if (identity := record.get("id")) is not None]
    return len(set(ids)) < len(ids)


def _doubts(answers: Mapping[str, object], *, likely: bool = False) -> Iterator[Mistake]:
    if not likely:
        yield from odd_values(answers)
    yield from odd_ids(answers)
    yield from open_doubts(answers)


def odd_ids(answers: Mapping[str, object]) -> Iterator[Mistake]:
    """Ids that are there twice, and references that lead nowhere."""
    applicants = _applicants(answers)
    co_applicants = len(_list(answers, "co_applicants"))

    def place_of_applicant(number: int) -> str:
        # The lead, where there is one, is in front of the others.
        position = number - len(applicants) + co_applicants
        return "/lead" if position < 0 else f"/co_applicants/{position}"

    yield from _repeated_ids(applicants, place_of_applicant, "applicant")
    yield from _lost_references(answers, applicants)
    yield from _repeated_ids(_list(answers, *_LINES), lambda number: pointer((*_LINES, number)), "budget line")


def odd_values(record: Mapping[str, object], place: str = "", *, texts: bool = True) -> Iterator[Mistake]:
    """Blank texts and values nobody means. ``texts`` is false in an annex: what a text means there, its call says."""
    for name, value in record.items():
        if isinstance(value, str):
            if not texts:
                continue
            # Nearly every text begins with a plain character.
            if not "!" <= value < "\x7f" and not says_something(value) and _is_blank(value):
                if value or name not in EMPTY_MEANS_NONE:
                    yield _doubt(join(place, name), f'The field "{name}" is blank.', "Fill it in, or leave it out.")
            elif name in LIKELY_TEXTS and not LIKELY_TEXTS[name](value):
                yield _doubt(join(place, name), *_ODD_TEXTS[name](value))
        elif isinstance(value, dict):
            yield from odd_values(value, join(place, name), texts=texts and name != "annex")
        elif isinstance(value, list):
            for position, item in enumerate(value):
                if isinstance(item, dict):
                    yield from odd_values(item, join(join(place, name), position), texts=texts)
        elif isinstance(value, date):
            if not is_likely_date(value):
                side = f"before {FIRST_YEAR}" if value.year < FIRST_YEAR else f"after {LAST_YEAR}"
                yield _doubt(join(place, name), f"The date {value} is {side}.", "Check the year.")
        elif name == "duration_months" and not place and not is_likely_duration(value):
            yield _doubt("/duration_months", *_odd_duration(value))


def _odd_duration(value: Any) -> tuple[str, str]:
    if not value:
        return "The project lasts 0 months.", "Write how many months it lasts."
    message = f"The project lasts {number_shown(value)} months, which is more than {LONGEST_MONTHS // 12} years."
    return message, "Check the number. The duration is in months."


def _is_blank(text: str) -> bool:
    return not any(map(name_key, text))


def _odd_pic(value: str) -> tuple[str, str]:
    message = f"The PIC {shown(value)} is not a number of {PIC_DIGITS} digits."
    return message, "Write the digits from the EU Funding & Tenders Portal. If there is no PIC, leave the field empty."


def _odd_email(value: str) -> tuple[str, str]:
    without = "" if "@" in value else " It has no @."
    return f"{shown(value)} is not an e-mail address.{without}", "Write one address in full, such as name@example.eu."


_ODD_TEXTS: Mapping[str, Callable[[str], tuple[str, str]]] = {"pic": _odd_pic, "email": _odd_email}


_LINES = ("budget", "lines")
_DOCUMENTS = ("documents",)
_PAID = ("financing", "contributions")
_SALARIES = "staff_salaries"
"""Who pays in another way need not be an applicant."""


def _applicants(answers: Mapping[str, object]) -> list[Mapping[str, object]]:
    lead = answers.get("lead")
    others = _list(answers, "co_applicants")
    return [lead, *others] if isinstance(lead, dict) else others


def _list(answers: Mapping[str, object], *way: str) -> list[Mapping[str, object]]:
    """The records of the list at the end of a way."""
    here: object = answers
    for step in way:
        here = here.get(step) if isinstance(here, dict) else None
    return here if isinstance(here, list) else []


def _repeated_ids(
    records: Iterable[Mapping[str, object]], place_of: Callable[[int], str], noun: str
) -> Iterator[Mistake]:
    first: dict[object, int] = {}
    for number, record in enumerate(records):
        identity = record.get("id")
        if identity is None:
            continue
        if identity in first:
            if _is_blank(str(identity)):
                continue
            message = f"The id {shown(identity)} is not unique. {place_of(first[identity])} has it too."
            yield _doubt(join(place_of(number), "id"), message, f"Give each {noun} its own id.")
        else:
            first[identity] = number


def _lost_references(answers: Mapping[str, object], applicants: list[Mapping[str, object]]) -> Iterator[Mistake]:
    ids = {str(identity): None for applicant in applicants if (identity := applicant.get("id")) is not None}
    hints: dict[str, str] = {}
    for way, referred in _references(answers):
        if referred in ids:
            continue
        if referred not in hints:
            hints[referred] = "" if _is_blank(referred) else _hint_for(referred, applicants, ids)
        if hints[referred]:
            yield _doubt(pointer(way), f"No applicant has the id {shown(referred)}.", hints[referred])


def _references(answers: Mapping[str, object]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The way to each place where an applicant is named by its id, and by which."""
    for way in (_LINES, _DOCUMENTS):
        for position, record in enumerate(_list(answers, *way)):
            if isinstance(referred := record.get("applicant"), str):
                yield (*way, position, "applicant"), referred
    for position, record in enumerate(_list(answers, *_PAID)):
        if record.get("kind") == _SALARIES and isinstance(referred := record.get("source"), str):
            yield (*_PAID, position, "source"), referred


def _hint_for(referred: str, applicants: list[Mapping[str, object]], ids: Mapping[str, None]) -> str:
    key = name_key(referred)
    called = [one["id"] for one in applicants if "id" in one and name_key(str(one.get("name", ""))) == key]
    if len(called) == 1:
        return f"Write the id of that applicant: {shown(called[0])}."
    if near := nearest(referred, ids):
        return f"Did you mean {shown(near)}?"
    if not ids:
        return "Give each applicant an id, and name it here by that id."
    if len(ids) == 1:
        return f"The only applicant with an id is {shown(next(iter(ids)))}."
    few = ", ".join(map(shown, islice(ids, 8)))
    return f"The applicants have the ids {few}{', …' if len(ids) > 8 else '.'}"


def _doubt(place: str, message: str, hint: str) -> Mistake:
    return Mistake(place, message, hint, warning=True)
