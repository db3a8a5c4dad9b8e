"""The form of a call: pages of groups and questions, as people are asked, and the file that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from mpfcheck.frozen import Frozen
from mpfcheck.packs.entries import NAME, Entries, describe
from mpfcheck.packs.find import CALL_ID
from mpfcheck.packs.mistake import NO_PLACE, PackMistake, Place, nearest
from mpfcheck.packs.template import Condition
from mpfcheck.packs.yaml_file import YamlFile, YamlMap, YamlNode, YamlScalar
from mpfcheck.proposal.fields import Code, Field, Kind, Many, Open, Record, Text

__all__ = ["PAGE_ID", "Bar", "Figure", "Form", "Group", "Page", "Part", "Question", "Sums", "read_form"]


class Question(Frozen):
    """One question, which one field answers.

    ``field`` is the way to the field, from the proposal or, inside a group, from one of its items. ``ask`` is the
    question itself, ``hint`` says in a line what to type, ``help`` explains. A choice is made from ``code_list``, or
    from the records ``refers_to`` finds (by their ``id``, called by their ``name``); ``own_text`` lets people write
    something else. ``optional`` marks what may stay unanswered for good. ``lines`` is how many lines of text are
    expected. ``shown_when`` tells whether it is asked at all. ``percent_of`` is the way to the amount of which a
    percentage may be typed in place of an amount.
    """

    field: tuple[str, ...]
    kind: Kind
    ask: str
    title: str
    hint: str = ""
    help: str = ""
    code_list: str | None = None
    refers_to: tuple[Condition, ...] = ()
    own_text: bool = False
    optional: bool = False
    lines: int = 1
    shown_when: Condition | None = None
    percent_of: tuple[str, ...] | None = None
    place: Place = NO_PLACE


class Group(Frozen):
    """A list people add to item by item, each asked the same questions: co-applicants, budget lines.

    ``noun`` is what one item is called ("co-applicant"), ``item`` what the conditions of its questions call it.
    ``none`` is how to say that there are none. ``columns`` are the fields a table shows. ``first_id`` is the id the
    first item gets, such as co-1; the others count on.
    """

    field: tuple[str, ...]
    ask: str
    title: str
    noun: str
    item: str
    questions: tuple[Question, ...]
    columns: tuple[str, ...]
    none: str = ""
    hint: str = ""
    help: str = ""
    first_id: str = ""
    optional: bool = False
    shown_when: Condition | None = None
    place: Place = NO_PLACE

    def question(self, field: tuple[str, ...]) -> Question | None:
        """Find the question about a field of an item."""
        return next((question for question in self.questions if question.field == field), None)


class Bar(Frozen):
    """A figure: what share of ``whole`` a ``part`` is, against ``limit`` (a share; 1 where none is said)."""

    title: str
    part: Condition
    whole: Condition
    limit: Condition | None = None
    place: Place = NO_PLACE


class Sums(Frozen):
    """A figure: the sum of the field ``amount`` (EUR) of the items of a list, for each value of their field ``by``."""

    title: str
    of: Condition
    by: str
    amount: str
    place: Place = NO_PLACE


Figure: TypeAlias = Bar | Sums
Part: TypeAlias = Question | Group


class Page(Frozen):
    """One page: questions and groups that belong together, and figures that are worked out from the answers."""

    id: str
    title: str
    parts: tuple[Part, ...]
    intro: str = ""
    figures: tuple[Figure, ...] = ()
    shown_when: Condition | None = None
    place: Place = NO_PLACE

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions asked once, in order."""
        return tuple(part for part in self.parts if isinstance(part, Question))

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups, in order."""
        return tuple(part for part in self.parts if isinstance(part, Group))


class Form(Frozen):
    """The form of a call. ``begin`` holds the answers a new proposal starts with, beside its format and its call."""

    call: str
    title: str
    pages: tuple[Page, ...]
    intro: str = ""
    begin: Mapping[str, object] = MappingProxyType({})

    def page(self, page_id: str) -> Page:
        """Find the page with this id; raises KeyError."""
        for page in self.pages:
            if page.id == page_id:
                return page
        raise KeyError(page_id)

    def parts(self) -> Iterator[tuple[Page, Part]]:
        """Yield every question and group with its page, in order; not the questions inside groups."""
        for page in self.pages:
            for part in page.parts:
                yield page, part


PAGE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_FIRST_ID = re.compile(r"([a-z][a-z0-9]*-)?1")
MOST_LINES = 12
_NO_FIELD = Field(Text(), "", "")


def read_form(file: YamlFile, record: Record, mistakes: list[PackMistake]) -> Form:
    """Read a form about the fields of a record, adding what is wrong to ``mistakes``."""
    entries = Entries(file.root, "the form", mistakes)
    reading = _Reading(record)
    form = Form(
        call=entries.text("form", pattern=CALL_ID, example="mpf-2023-borders-security"),
        title=entries.text("title"),
        intro=entries.optional_text("intro"),
        begin=reading.begin(entries),
        pages=tuple(reading.page(entries, node) for node in entries.list("pages")),
    )
    if entries.has("pages") and not form.pages:
        entries.mistake(entries.place_of("pages"), "the form has no page", "a form has one page at least")
    entries.finish()
    return form


class _Reading:
    """One form being read: the record its fields are looked up in, and what has been asked so far."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.pages: set[str] = set()
        self.asked: dict[tuple[str, ...], int] = {}

    def begin(self, entries: Entries) -> Mapping[str, object]:
        """Take the answers a new proposal starts with."""
        node = entries.node("begin with", required=False)
        if node is None:
            return MappingProxyType({})
        if not isinstance(node, YamlMap):
            entries.mistake(node, f'"begin with" must be the entries of a proposal, not {describe(node)}')
            return MappingProxyType({})
        return MappingProxyType(node.plain())

    def page(self, form: Entries, node: YamlNode) -> Page:
        """Take one page."""
        entries = Entries(node, "a page", form.mistakes)
        page_id = entries.text("id", pattern=PAGE_ID, example="lead-applicant")
        if page_id in self.pages:
            entries.mistake(entries.place_of("id"), f'there are two pages "{page_id}"', "give one its own id")
        self.pages.add(page_id)
        entries.what = f'the page "{page_id}"' if page_id else "a page"
        page = Page(
            id=page_id,
            title=entries.text("title"),
            intro=entries.optional_text("intro"),
            shown_when=entries.condition("show when"),
            parts=tuple(self._part(entries, item) for item in entries.list("questions")),
            figures=tuple(_figure(entries, item) for item in entries.list("figures", required=False)),
            place=entries.place,
        )
        if entries.has("questions") and not page.parts:
            entries.mistake(entries.place_of("questions"), f"{entries.what} asks nothing", "add a question")
        entries.finish()
        return page

    def _part(self, page: Entries, node: YamlNode) -> Part:
        if isinstance(node, YamlMap) and "group" in node.entries:
            return self._group(page, node)
        return self._question(page, node, self.record, ())

    def _group(self, page: Entries, node: YamlNode) -> Group:
        entries = Entries(node, "a group", page.mistakes)
        way, field = self._field(entries, "group", self.record, ())
        entries.what = f'the group "{".".join(way)}"'
        record = field.kind.item if isinstance(field.kind, Many) else None
        if field is not _NO_FIELD and not isinstance(record, Record):
            hint = 'ask it as a "field"'
            entries.mistake(entries.place_of("group"), f'"{".".join(way)}" is no list of records', hint)
        inside = record if isinstance(record, Record) else Record("item", {})
        group = Group(
            field=way,
            ask=entries.text("ask"),
            title=entries.optional_text("title") or field.title,
            noun=entries.optional_text("one") or inside.name,
            item=entries.text("as", pattern=NAME, example="partner"),
            none=entries.optional_text("none"),
            hint=entries.optional_text("hint"),
            help=entries.optional_text("help"),
            first_id=entries.text("first id", pattern=_FIRST_ID, example="co-1") if entries.has("first id") else "",
            optional=entries.flag("optional"),
            shown_when=entries.condition("show when"),
            questions=tuple(self._question(entries, item, inside, way) for item in entries.list("questions")),
            columns=self._columns(entries, inside),
            place=entries.place,
        )
        entries.node("first id", required=False)
        if group.first_id and "id" not in inside.fields and inside.fields:
            entries.mistake(entries.place_of("first id"), f"a {inside.name} has no id", 'leave "first id" out')
        entries.finish()
        return group

    def _columns(self, entries: Entries, record: Record) -> tuple[str, ...]:
        columns = entries.texts("columns", required=False)
        for name, node in columns.items():
            if record.fields and name not in record.fields:
                hint = nearest(name, record.fields) or f"known are {', '.join(record.fields)}"
                entries.mistake(node, f'a {record.name} has no field "{name}"', hint)
        if entries.has("columns"):
            return tuple(columns)
        return tuple(name for name, field in record.fields.items() if not isinstance(field.kind, Record | Many | Open))

    def _question(self, holder: Entries, node: YamlNode, record: Record, inside: tuple[str, ...]) -> Question:
        entries = Entries(node, "a question", holder.mistakes)
        way, field = self._field(entries, "field", record, inside)
        entries.what = f'the question "{".".join(way)}"'
        kind = field.kind
        if isinstance(kind, Record | Open) or (isinstance(kind, Many) and not isinstance(kind.item, Code)):
            hint = 'ask its list as a "group"' if isinstance(kind, Many) else "ask the fields inside it"
            entries.mistake(entries.place_of("field"), f'"{".".join(way)}" is not one answer', hint)
        question = Question(
            field=way,
            kind=kind,
            ask=entries.text("ask"),
            title=entries.optional_text("title") or field.title,
            hint=entries.optional_text("hint"),
            help=entries.optional_text("help"),
            code_list=self._code_list(entries, kind),
            refers_to=entries.conditions("refers to"),
            own_text=entries.flag("own text"),
            optional=entries.flag("optional"),
            lines=_lines(entries),
            shown_when=entries.condition("show when"),
            percent_of=self._percent_of(entries),
            place=entries.place,
        )
        if question.refers_to and question.code_list:
            entries.mistake(entries.place_of("refers to"), f"{entries.what} has codes to choose from already")
        for key in ("refers to", "lines"):
            if entries.has(key) and not isinstance(kind, Text):
                entries.mistake(entries.place_of(key), f'"{key}" is for open text, and "{way[-1]}" is none')
        if question.own_text and not (question.code_list or question.refers_to):
            hint = 'it goes with "choices" or "refers to"'
            entries.mistake(entries.place_of("own text"), f"{entries.what} is open text already", hint)
        entries.finish()
        return question

    def _field(
        self, entries: Entries, key: str, record: Record, inside: tuple[str, ...]
    ) -> tuple[tuple[str, ...], Field]:
        """Take a field by its dotted way; a harmless one where it is not there."""
        text = entries.text(key, pattern=_PATH, example="lead.country")
        way = tuple(text.split(".")) if text else ()
        found = _NO_FIELD
        here: Record | None = record
        for number, name in enumerate(way):
            if here is None:
                hint = f'"{".".join(way[:number])}" is one answer'
                entries.mistake(entries.place_of(key), f'"{text}" is no field', hint)
                return way, _NO_FIELD
            if name not in here.fields:
                if record.fields:
                    hint = nearest(name, here.fields) or f"known are {', '.join(here.fields)}"
                    entries.mistake(entries.place_of(key), f'a {here.name} has no field "{name}"', hint)
                return way, _NO_FIELD
            found = here.fields[name]
            here = found.kind if isinstance(found.kind, Record) else None
        if way:
            line = self.asked.setdefault((*inside, *way), entries.place.line)
            if line != entries.place.line:
                hint = f"it is asked on line {line} already: keep one of the two"
                entries.mistake(entries.place_of(key), f'"{text}" is asked twice', hint)
        return way, found

    def _code_list(self, entries: Entries, kind: object) -> str | None:
        item = kind.item if isinstance(kind, Many) else kind
        own = item.code_list if isinstance(item, Code) else None
        if not entries.has("choices"):
            entries.node("choices", required=False)
            return own
        if not isinstance(item, Code | Text):
            entries.mistake(entries.place_of("choices"), f"{entries.what} is not answered by a code")
        return entries.text("choices", pattern=NAME, example="funds")

    def _percent_of(self, entries: Entries) -> tuple[str, ...] | None:
        if not entries.has("percent of"):
            entries.node("percent of", required=False)
            return None
        text = entries.text("percent of", pattern=_PATH, example="budget.total")
        here: object = self.record
        for name in text.split("."):
            fields = here.fields if isinstance(here, Record) else {}
            if name not in fields:
                entries.mistake(entries.place_of("percent of"), f'there is no field "{text}"', nearest(name, fields))
                return None
            here = fields[name].kind
        return tuple(text.split("."))


def _lines(entries: Entries) -> int:
    node = entries.node("lines", required=False)
    if node is None:
        return 1
    if isinstance(node, YamlScalar) and type(node.value) is int and 1 <= node.value <= MOST_LINES:
        return node.value
    entries.mistake(node, f'"lines" must be a number from 1 to {MOST_LINES}, not {describe(node)}')
    return 1


def _figure(page: Entries, node: YamlNode) -> Figure:
    entries = Entries(node, "a figure", page.mistakes)
    title = entries.text("title")
    figure: Figure
    if entries.has("sum"):
        figure = Sums(
            title,
            entries.condition("sum", required=True) or _NOTHING,
            entries.text("by", pattern=NAME, example="heading"),
            entries.text("amount", pattern=NAME, example="amount"),
            entries.place,
        )
    else:
        figure = Bar(
            title,
            entries.condition("part", required=True) or _NOTHING,
            entries.condition("whole", required=True) or _NOTHING,
            entries.condition("limit"),
            entries.place,
        )
    entries.finish()
    return figure


_NOTHING = Condition("null", None, None)
