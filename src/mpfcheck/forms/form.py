"""The form of a call: pages of groups and questions, as people are asked, and the file that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Generic, TypeAlias, TypeVar

from mpfcheck.frozen import Frozen
from mpfcheck.nearest import did_you_mean
from mpfcheck.packs.entries import (
    NAME,
    Entries,
    ExpressionEntry,
    ExpressionsEntry,
    FileTable,
    FlagEntry,
    MapEntry,
    NamesEntry,
    PartsEntry,
    PlainEntry,
    Schema,
    TextEntry,
    describe,
)
from mpfcheck.packs.find import CALL_ID
from mpfcheck.packs.mistake import NO_PLACE, PackMistake, Place
from mpfcheck.packs.template import Condition
from mpfcheck.packs.yaml_file import YamlFile, YamlMap, YamlNode, YamlScalar
from mpfcheck.proposal.fields import Code, Field, Kind, Many, Open, Record, Text

__all__ = ["FORM", "PAGE_ID", "Bar", "Figure", "Form", "Group", "Page", "Part", "Question", "Sums", "read_form"]


class Question(Frozen):
    """One question, which one field answers.

    ``field`` is the way to the field, from the proposal or, inside a group, from one of its items. ``ask`` is the
    question itself, ``hint`` says in a line what to type, ``help`` explains. A choice is made from ``code_list``, or
    from the records ``refers_to`` finds (by their ``id``, called by their ``name``); ``own_text`` lets people write
    something else. ``optional`` marks what may stay unanswered for good. ``lines`` is how many lines of text are
    expected. ``shown_when`` tells whether it is asked at all. ``percent_of`` is the way to the amount of which a
    percentage may be typed in place of an amount. ``effort`` is what it takes to change the answer of a proposal that
    is not eligible, from 1 to 9; where it is 0 the answer is never changed, and ``fixed`` says that this is meant.
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
    effort: int = 0
    fixed: bool = False
    place: Place = NO_PLACE


class Group(Frozen):
    """A list people add to item by item, each asked the same questions: co-applicants, budget lines.

    ``noun`` is what one item is called ("co-applicant"), ``item`` what the conditions of its questions call it.
    ``none`` is how to say that there are none. ``columns`` are the fields a table shows. ``first_id`` is the id the
    first item gets, such as co-1; the others count on. ``begin`` holds the answers a new item starts with.
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
    begin: Mapping[str, object] = MappingProxyType({})
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

    def questions(self) -> Iterator[tuple[tuple[str, ...], Question]]:
        """Yield every question with the way to its field from the proposal, those inside groups too."""
        for _, part in self.parts():
            if isinstance(part, Question):
                yield part.field, part
            else:
                yield from (((*part.field, *question.field), question) for question in part.questions)


PAGE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_FIRST_ID = re.compile(r"([a-z][a-z0-9]*-)?1")
MOST_LINES = 12
MOST_EFFORT = 9
_NO_FIELD = Field(Text(), "", "")


class _NumberEntry(MapEntry[int]):
    """A whole number from 1 to ``most``; ``missing`` if it is not there."""

    __slots__ = ("missing", "most")

    def __init__(self, note: str, *, missing: int, most: int) -> None:
        super().__init__(note, optional=True)
        self.missing = missing
        self.most = most

    def absent(self) -> int:
        """Return what a missing entry means."""
        return self.missing

    def read(self, entries: Entries, node: YamlNode) -> int:
        """Read the number."""
        if isinstance(node, YamlScalar) and type(node.value) is int and 1 <= node.value <= self.most:
            return node.value
        entries.mistake(node, f'"{self.key}" must be a number from 1 to {self.most}, not {describe(node)}')
        return self.missing

    def holds(self, definitions: Schema) -> Schema:
        """Describe the number."""
        return {"type": "integer", "minimum": 1, "maximum": self.most}


class _QuestionEntries(Entries):
    """The entries of a question."""

    definition = "question"
    about = "A question about one field."
    field = TextEntry("The path to the field; in a group, from the item.", pattern=_PATH, example="lead.country")
    ask = TextEntry("The question.")
    title = TextEntry("The name of the field, if that of the proposal format does not fit.", optional=True)
    hint = TextEntry("What to type, in one line.", optional=True)
    help = TextEntry("What people may want to know to answer it.", optional=True)
    choices = TextEntry(
        "The code list to choose from, if the proposal format names none.",
        optional=True,
        pattern=NAME,
        example="funds",
    )
    refers_to = ExpressionsEntry(
        "The records, by their ids, to choose from: an expression or several, such as [lead, co_applicants].",
        key="refers to",
        optional=True,
    )
    own_text = FlagEntry(
        "true: people may also write something that is not among the choices.", key="own text", optional=True
    )
    optional = FlagEntry("true: no answer is needed.", optional=True)
    lines = _NumberEntry("The number of lines of text that are expected.", missing=1, most=MOST_LINES)
    shown_when = ExpressionEntry("The question is asked only if this is true.", key="show when", optional=True)
    percent_of = TextEntry(
        "The amount of which people may type a percentage.",
        key="percent of",
        optional=True,
        pattern=_PATH,
        example="budget.total",
    )
    effort = _NumberEntry(
        "What it takes to change this answer, compared with others: 1 for little, 9 for much. The smallest change that "
        "makes a proposal eligible is looked for among these answers.",
        missing=0,
        most=MOST_EFFORT,
    )
    fixed = FlagEntry(
        "true: never suggest another answer. It is what an organisation is, or what has been declared.", optional=True
    )


class _GroupEntries(Entries):
    """The entries of a group."""

    definition = "group"
    about = "A list to which people add items one by one."
    group = TextEntry("The path to the list.", pattern=_PATH, example="lead.country")
    ask = TextEntry("The question the list answers.")
    title = TextEntry("The name of the list, if that of the proposal format does not fit.", optional=True)
    one = TextEntry("The name of one item, such as co-applicant.", optional=True)
    item = TextEntry(
        "The name of one item in the conditions of its questions.", key="as", pattern=NAME, example="partner"
    )
    first_id = TextEntry(
        "The id of the first item, such as co-1. The other items get the next numbers.",
        key="first id",
        optional=True,
        pattern=_FIRST_ID,
        example="co-1",
    )
    optional = FlagEntry("true: no answer is needed.", optional=True)
    none = TextEntry("The words for an empty list. Without them, people cannot say that there are none.", optional=True)
    hint = TextEntry("What to do, in one line.", optional=True)
    help = TextEntry("What people may want to know.", optional=True)
    columns = NamesEntry("The fields that the table shows.", optional=True, minimum=1, pattern=NAME)
    shown_when = ExpressionEntry("The group is asked only if this is true.", key="show when", optional=True)
    questions = PartsEntry(
        _QuestionEntries,
        "a question",
        "The questions about each item.",
        empty=("{of} has no questions", "add a question"),
    )


class _BarEntries(Entries):
    """The entries of a bar."""

    definition = "bar"
    about = "A share of a whole, shown as a bar with a limit."
    title = TextEntry("Its title.")
    part = ExpressionEntry("An amount in EUR.")
    whole = ExpressionEntry("The amount in EUR it is a part of.")
    limit = ExpressionEntry("The largest share allowed, such as maximum_grant_share. Default: 1.", optional=True)


class _SumsEntries(Entries):
    """The entries of sums."""

    definition = "sums"
    about = "Sums of the items of a list, one for each value of a field."
    title = TextEntry("Its title.")
    list = ExpressionEntry("The list.", key="sum")
    by = TextEntry("The field by which the items are grouped.", pattern=NAME, example="heading")
    amount = TextEntry("The field that is added up, in EUR.", pattern=NAME, example="amount")


_One = TypeVar("_One", bound=Entries)
_Other = TypeVar("_Other", bound=Entries)


class _EitherEntry(MapEntry[list[_One | _Other]], Generic[_One, _Other]):
    """A list of two kinds of mappings, in order: those that have an entry ``mark`` are of one table, all others not."""

    __slots__ = ("mark", "minimum", "one", "other")

    def __init__(
        self,
        note: str,
        mark: str,
        one: tuple[type[_One], str],
        other: tuple[type[_Other], str],
        *,
        minimum: int = 0,
        key: str = "",
        optional: bool = False,
    ) -> None:
        super().__init__(note, key=key, optional=optional)
        self.mark = mark
        self.one = one
        self.other = other
        self.minimum = minimum

    def absent(self) -> list[_One | _Other]:
        """Return nothing."""
        return []

    def read(self, entries: Entries, node: YamlNode) -> list[_One | _Other]:
        """Take the items."""
        (one, one_name), (other, other_name) = self.one, self.other
        return [
            one(item, one_name, entries.mistakes)
            if isinstance(item, YamlMap) and self.mark in item.entries
            else other(item, other_name, entries.mistakes)
            for item in entries.items(self.key, node)
        ]

    def holds(self, definitions: Schema) -> Schema:
        """Describe the list."""
        (one, _), (other, _) = self.one, self.other
        has_mark = {"type": "object", "required": [self.mark]}
        items = {"if": has_mark, "then": one.reference(definitions), "else": other.reference(definitions)}
        return {"type": "array", **({"minItems": self.minimum} if self.minimum else {}), "items": items}


class _PageEntries(Entries):
    """The entries of a page."""

    definition = "page"
    about = "A page."
    id = TextEntry("The id of the page, such as lead-applicant.", pattern=PAGE_ID, example="lead-applicant")
    title = TextEntry("The title of the page.")
    intro = TextEntry("A text at the top of the page.", optional=True)
    shown_when = ExpressionEntry("The page is shown only if this is true.", key="show when", optional=True)
    parts = _EitherEntry(
        "Questions and groups, in order.",
        "group",
        (_GroupEntries, "a group"),
        (_QuestionEntries, "a question"),
        minimum=1,
        key="questions",
    )
    figures = _EitherEntry(
        "Figures computed from the answers and shown with the page.",
        "sum",
        (_SumsEntries, "a figure"),
        (_BarEntries, "a figure"),
        optional=True,
    )


class _FormEntries(Entries):
    """The entries of a form."""

    call = TextEntry(
        "The id of the call, such as mpf-2023-borders-security.",
        key="form",
        pattern=CALL_ID,
        example="mpf-2023-borders-security",
    )
    title = TextEntry("The title of the form.")
    intro = TextEntry("What people read before they begin.", optional=True)
    begin = PlainEntry(
        "The first answers of a new proposal, in addition to its format and its call.", key="begin with", optional=True
    )
    pages = PartsEntry(
        _PageEntries, "a page", "The pages, in order.", empty=("the form has no page", "a form has one page at least")
    )


FORM = FileTable(
    "form",
    _FormEntries,
    title="The form of a call",
    about="A file of forms/: the pages and questions with which applicants write a proposal.",
)


def read_form(file: YamlFile, record: Record, mistakes: list[PackMistake]) -> Form:
    """Read a form about the fields of a record, adding what is wrong to ``mistakes``."""
    entries = _FormEntries(file.root, "the form", mistakes)
    reading = _FormReading(record)
    begin = entries.begin
    form = Form(
        call=entries.call,
        title=entries.title,
        intro=entries.intro,
        begin=MappingProxyType(begin.plain() if begin else {}),
        pages=tuple(reading.page(page) for page in entries.pages),
    )
    entries.finish()
    return form


class _FormReading:
    """One form being read: the record its fields are looked up in, and the lines on which fields are asked for."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.pages: set[str] = set()
        self.lines: dict[tuple[str, ...], int] = {}

    def page(self, entries: _PageEntries) -> Page:
        """Read one page."""
        page_id = entries.id
        if page_id in self.pages:
            entries.mistake(entries.place_of("id"), f'there are two pages "{page_id}"', "give one its own id")
        self.pages.add(page_id)
        entries.what = f'the page "{page_id}"' if page_id else "a page"
        page = Page(
            id=page_id,
            title=entries.title,
            intro=entries.intro,
            shown_when=entries.shown_when,
            parts=tuple(
                self._group(part) if isinstance(part, _GroupEntries) else self._question(part, self.record, ())
                for part in entries.parts
            ),
            figures=tuple(map(_figure, entries.figures)),
            place=entries.place,
        )
        if entries.has("questions") and not page.parts:
            entries.mistake(entries.place_of("questions"), f"{entries.what} has no questions", "add a question")
        entries.finish()
        return page

    def _group(self, entries: _GroupEntries) -> Group:
        way, field = self._field(entries, "group", entries.group, self.record, ())
        entries.what = f'the group "{".".join(way)}"'
        record = field.kind.item if isinstance(field.kind, Many) else None
        if field is not _NO_FIELD and not isinstance(record, Record):
            hint = 'ask it as a "field"'
            entries.mistake(entries.place_of("group"), f'"{".".join(way)}" is not a list of records', hint)
        inside = record if isinstance(record, Record) else Record("item", {})
        group = Group(
            field=way,
            ask=entries.ask,
            title=entries.title or field.title,
            noun=entries.one or inside.name,
            item=entries.item,
            none=entries.none,
            hint=entries.hint,
            help=entries.help,
            first_id=entries.first_id,
            optional=entries.optional,
            shown_when=entries.shown_when,
            questions=tuple(self._question(question, inside, way) for question in entries.questions),
            columns=self._columns(entries, inside),
            place=entries.place,
        )
        if group.first_id and "id" not in inside.fields and inside.fields:
            entries.mistake(entries.place_of("first id"), f"a {inside.name} has no id", 'remove "first id"')
        entries.finish()
        return group

    def _columns(self, entries: _GroupEntries, record: Record) -> tuple[str, ...]:
        columns = entries.columns
        for name, node in columns.items():
            if record.fields and name not in record.fields:
                hint = did_you_mean(name, record.fields) or f"known are {', '.join(record.fields)}"
                entries.mistake(node, f'a {record.name} has no field "{name}"', hint)
        if entries.has("columns"):
            return tuple(columns)
        return tuple(name for name, field in record.fields.items() if not isinstance(field.kind, Record | Many | Open))

    def _question(self, entries: _QuestionEntries, record: Record, inside: tuple[str, ...]) -> Question:
        way, field = self._field(entries, "field", entries.field, record, inside)
        entries.what = f'the question "{".".join(way)}"'
        kind = field.kind
        if isinstance(kind, Record | Open) or (isinstance(kind, Many) and not isinstance(kind.item, Code)):
            hint = 'ask its list as a "group"' if isinstance(kind, Many) else "ask the fields inside it"
            entries.mistake(entries.place_of("field"), f'"{".".join(way)}" is not one answer', hint)
        question = Question(
            field=way,
            kind=kind,
            ask=entries.ask,
            title=entries.title or field.title,
            hint=entries.hint,
            help=entries.help,
            code_list=self._code_list(entries, kind),
            refers_to=entries.refers_to,
            own_text=entries.own_text,
            optional=entries.optional,
            lines=entries.lines,
            shown_when=entries.shown_when,
            percent_of=self._percent_of(entries),
            effort=entries.effort,
            fixed=entries.fixed,
            place=entries.place,
        )
        if question.fixed and question.effort:
            entries.mistake(
                entries.place_of("effort"), f"{entries.what} is fixed and has an effort", "keep one of the two"
            )
        if question.refers_to and question.code_list:
            entries.mistake(entries.place_of("refers to"), f"{entries.what} has codes to choose from already")
        for key in ("refers to", "lines"):
            if entries.has(key) and not isinstance(kind, Text):
                entries.mistake(entries.place_of(key), f'"{key}" is for open text, and "{way[-1]}" is not a text')
        if question.own_text and not (question.code_list or question.refers_to):
            hint = 'it goes with "choices" or "refers to"'
            entries.mistake(entries.place_of("own text"), f"{entries.what} is open text already", hint)
        entries.finish()
        return question

    def _field(
        self, entries: Entries, key: str, text: str, record: Record, inside: tuple[str, ...]
    ) -> tuple[tuple[str, ...], Field]:
        """Find a field by its dotted path, the text of an entry; a harmless one where it is not there."""
        way = tuple(text.split(".")) if text else ()
        found = _NO_FIELD
        here: Record | None = record
        for number, name in enumerate(way):
            if here is None:
                hint = f'"{".".join(way[:number])}" is one answer'
                entries.mistake(entries.place_of(key), f'"{text}" is not a field', hint)
                return way, _NO_FIELD
            if name not in here.fields:
                if record.fields:
                    hint = did_you_mean(name, here.fields) or f"known are {', '.join(here.fields)}"
                    entries.mistake(entries.place_of(key), f'a {here.name} has no field "{name}"', hint)
                return way, _NO_FIELD
            found = here.fields[name]
            here = found.kind if isinstance(found.kind, Record) else None
        if way:
            line = self.lines.setdefault((*inside, *way), entries.place.line)
            if line != entries.place.line:
                hint = f"it is already asked on line {line}: keep one of them"
                entries.mistake(entries.place_of(key), f'"{text}" is asked twice', hint)
        return way, found

    def _code_list(self, entries: _QuestionEntries, kind: object) -> str | None:
        item = kind.item if isinstance(kind, Many) else kind
        own = item.code_list if isinstance(item, Code) else None
        if not entries.has("choices"):
            return own
        if not isinstance(item, Code | Text):
            entries.mistake(entries.place_of("choices"), f"{entries.what} is not answered by a code")
        return entries.choices

    def _percent_of(self, entries: _QuestionEntries) -> tuple[str, ...] | None:
        text = entries.percent_of
        if not text:
            return None
        here: object = self.record
        for name in text.split("."):
            fields = here.fields if isinstance(here, Record) else {}
            if name not in fields:
                entries.mistake(
                    entries.place_of("percent of"), f'there is no field "{text}"', did_you_mean(name, fields)
                )
                return None
            here = fields[name].kind
        return tuple(text.split("."))


def _figure(entries: _SumsEntries | _BarEntries) -> Figure:
    figure: Figure
    if isinstance(entries, _SumsEntries):
        figure = Sums(entries.title, entries.list or _NOTHING, entries.by, entries.amount, entries.place)
    else:
        part, whole = entries.part or _NOTHING, entries.whole or _NOTHING
        figure = Bar(entries.title, part, whole, entries.limit, entries.place)
    entries.finish()
    return figure


_NOTHING = Condition("null", None, None)
