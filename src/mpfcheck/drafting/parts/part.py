"""A part: the file that goes to a partner and comes back, and the short form that asks for what is in it.

A part has the fields of a proposal that belong to one applicant, at the names they have there, and one more, ``part``:
whose part it is, who asks, the questions, and the same fields as they were when it was made. So it can be brought back
into a draft that went on meanwhile, without the state it came from.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from mpfcheck.drafting.document import Document, value_at
from mpfcheck.drafting.parts.holdings import Holdings, holdings_of
from mpfcheck.drafting.scope import PART, PartScope
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.store.errors import DraftError, printable
from mpfcheck.drafting.store.json_file import Draft, NoDraftError, from_json
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.forms.form import Form, Group, Page, Question, Sums
from mpfcheck.frozen import Frozen, changed
from mpfcheck.packs.template import Condition
from mpfcheck.proposal.codes import PART_FORMAT
from mpfcheck.proposal.pointer import pointer
from mpfcheck.reading.document import MAX_DOCUMENT_BYTES, too_large
from mpfcheck.reading.inputs import open_inputs

__all__ = [
    "LONGEST_NOTE",
    "Part",
    "PartError",
    "as_part",
    "is_part",
    "part_at",
    "part_in",
    "part_of",
    "project_of",
    "scope_of",
    "short_form",
]

LONGEST_NOTE = 2000
"""In characters. A note says in a few sentences what is wanted."""


class PartError(DraftError):
    """A file is not a part, or not one of this draft."""


class Part(Frozen):
    """A part as its file holds it.

    ``id`` names this part among all that were ever made; ``state`` is the SHA-256 of the draft it was made from, and
    ``base`` holds its fields as they were then. ``document`` is the whole file.
    """

    call: str
    applicant: str
    name: str
    asker: str
    project: str
    note: str
    id: str
    state: str
    base: Document
    document: Document


def is_part(document: Document) -> bool:
    """Tell whether a JSON object says that it is a part."""
    return document.get("format") == PART_FORMAT


def part_in(data: bytes, path: str | Path) -> Part:
    """The part in a file; raises PartError where there is none."""
    if len(data) > MAX_DOCUMENT_BYTES:
        problem = too_large("The file")
        raise PartError(path, f"{printable(path)}: {problem.message}", problem.hint)
    try:
        document = from_json(data)
    except NoDraftError as error:
        problem = error.problems[0]
        line = "" if problem.line is None else f" (line {problem.line})"
        raise PartError(
            path, f"{printable(path)} cannot be read as a part{line}: {problem.message}", problem.hint
        ) from (error)
    return part_of(document, path)


def part_at(path: Path) -> Part:
    """The part in the file at a path; raises PartError where there is none."""
    source = next(iter(open_inputs([path]))) if not os.path.isdir(path) else None
    if source is None or source.data is None:
        problem = source.problem if source is not None else None
        why = f"{problem.message} {problem.hint}" if problem is not None else "It is a folder, not a file."
        raise PartError(path, f"{printable(path)} cannot be read as a part: {why}".rstrip(), "")
    return part_in(source.data, path)


def part_of(document: Document, path: str | Path) -> Part:
    """The part that a JSON object is; raises PartError where it is none."""
    if not is_part(document):
        hint = "Choose the file that the partner sent back."
        raise PartError(path, f"{printable(path)} is not a part for a partner.", hint)
    about = document.get(PART)
    base = value_at(document, f"/{PART}/base")
    values = {name: value_at(document, place) for name, place in _TEXTS.items()}
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    wrong = [place for name, place in _TEXTS.items() if name not in texts]
    wrong += [] if isinstance(base, Mapping) else [f"/{PART}/base"]
    needed = [place for place in _NEEDED if not value_at(document, place)]
    if not isinstance(about, Mapping) or not isinstance(base, Mapping) or wrong or needed:
        place = next(iter((*wrong, *needed)), f"/{PART}")
        message = f"{printable(path)} cannot be read as a part: {place} is missing or not valid."
        raise PartError(path, message, "Ask for the part again.")
    return Part(**texts, base=base, document=document)


_TEXTS = {
    "call": "/call",
    "applicant": f"/{PART}/applicant",
    "name": f"/{PART}/name",
    "asker": f"/{PART}/from/name",
    "project": f"/{PART}/from/project",
    "note": f"/{PART}/note",
    "id": f"/{PART}/id",
    "state": f"/{PART}/state",
}
_NEEDED = ("/call", f"/{PART}/applicant", f"/{PART}/name", f"/{PART}/id")


def as_part(session: Session, holdings: Holdings, name: str, state: str, note: str = "") -> Draft:
    """The file of the part of an applicant of a draft; ``state`` is the SHA-256 of the draft's file."""
    document = session.document
    fields = holdings.extract(document)
    questions = [
        {"field": ".".join(way), "ask": question.ask, **({"hint": question.hint} if question.hint else {})}
        for way, question in _questions(holdings)
    ]
    about = {
        "applicant": holdings.applicant,
        "name": name,
        "from": {"name": _text(document, "/lead/name"), "project": project_of(document)},
        "note": note,
        "id": secrets.token_hex(8),
        "state": state,
        "base": fields,
        "questions": questions,
    }
    return {"format": PART_FORMAT, "call": session.call.id, PART: about, **fields}


def project_of(document: Document) -> str:
    """What the project is called: its title, or its short name."""
    return _text(document, "/title") or _text(document, "/acronym")


def _text(document: Document, place: str) -> str:
    value = value_at(document, place)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _questions(holdings: Holdings) -> list[tuple[tuple[str, ...], Question]]:
    """What is asked in a part, each question with the way to its field from the proposal."""
    found = [((*holdings.record, *question.field), question) for question in holdings.questions]
    for own in holdings.lists:
        found += [((*own.group.field, *question.field), question) for question in own.questions]
    return found


def scope_of(part: Part, form: Form) -> tuple[Form, PartScope]:
    """The short form for a part, and what a session on it works on; ``form`` is that of its call.

    Raises PartError where the part has no record of its applicant.
    """
    holdings = holdings_of(form, part.document, part.applicant)
    if holdings is None:
        message = f"The part has no record of the applicant {printable(part.applicant)}."
        raise PartError("part", message, "Ask for the part again.")
    places = [own.place for own in holdings.lists]
    places += [] if holdings.group is None else [pointer(holdings.record)]
    fields = frozenset(way for way, _ in _questions(holdings))
    scope = PartScope(part.name, part.asker, part.project, part.note, tuple(places), fields)
    project = f" of the project “{part.project}”" if part.project else ""
    asks = f"{part.asker or 'The lead applicant'} asks you for this part{project}."
    intro = " ".join(filter(None, (asks, f"Answer the questions for {part.name}.", scope.hand_back, _note(part))))
    return short_form(form, holdings, f"Part of {part.name}", intro, part.name), scope


def _note(part: Part) -> str:
    note = " ".join(part.note[:LONGEST_NOTE].split())
    return f"Note from {part.asker or 'the lead applicant'}: {note}" if note else ""


def short_form(form: Form, holdings: Holdings, title: str, intro: str, name: str) -> Form:
    """The pages of a form with only what is asked of one applicant, about its record and its own entries."""
    token = secrets.token_hex(3)
    pages: list[Page] = []
    for page in form.pages:
        parts: list[Question | Group] = []
        record = False
        for part in page.parts:
            if isinstance(part, Question):
                if holdings.group is None and part.field[: len(holdings.record)] == holdings.record:
                    parts.append(part)
                    record = True
            elif part is holdings.group:
                parts += _of_one(part, holdings.questions)
                record = True
            else:
                owners = [own.owner for own in holdings.lists if own.group is part]
                parts += [_own(part, owner, holdings.applicant, token) for owner in owners]
        if parts:
            figures = tuple(figure for figure in page.figures if isinstance(figure, Sums) and _is_own(figure, holdings))
            own_page = changed(page, parts=tuple(parts), intro="", figures=figures, shown_when=None)
            pages.append(changed(own_page, title=name) if record else own_page)
    return Form(form.call, title, tuple(pages), intro)


def _of_one(group: Group, questions: tuple[Question, ...]) -> list[Question]:
    """The questions of a list's only entry, asked as those of the page."""
    way = ".".join(group.field)
    found = []
    for question in questions:
        when = question.shown_when
        if when is not None:
            text = f"some {group.item} in {way} satisfies ({when.text})"
            when = Condition(text, parse(text), when.place)
        found.append(changed(question, field=(*group.field, "0", *question.field), shown_when=when))
    return found


def _own(group: Group, owner: Question, applicant: str, token: str) -> Group:
    """A list as it is asked of one applicant: a new entry is the applicant's, by an id that nobody else gives."""
    begin: object = applicant
    for step in reversed(owner.field):
        begin = {step: begin}
    assert isinstance(begin, dict)  # noqa: S101 - a question has a field
    questions = tuple(changed(one, percent_of=None) for one in group.questions if one is not owner)
    columns = tuple(column for column in group.columns if (column,) != owner.field)
    first_id = f"{applicant}.{token}-1" if group.first_id else ""
    return changed(group, questions=questions, columns=columns, first_id=first_id, begin=begin, optional=True)


def _is_own(figure: Sums, holdings: Holdings) -> bool:
    """Whether a figure adds up entries of the applicant only."""
    for own in holdings.lists:
        if figure.of.text.strip() == ".".join(own.group.field):
            return (figure.by,) != own.owner.field
    return False
