"""What a page says, block by block. A renderer decides what each block looks like.

The functions in :mod:`mpfcheck.report.say` make the blocks. The renderers are ``as_text.write_blocks``,
``as_markdown.as_markdown`` and ``as_html.blocks.blocks_as_html``; a new one handles every kind of :data:`Block`.
Every text in a block may come from a proposal: it is data, and each renderer makes it harmless.

============ ==================================================================================================
block        what it is
============ ==================================================================================================
Headline     a verdict and the name of the proposal, at the top of a report or over a list of proposals
Title        the name and the title of what the page is about
Say          a paragraph, with a tone
Section      a heading, with an address if it has one, and the blocks under it
Subject      the name of the proposal that the next entries are about
Brief        a proposal in one line, among very many
Listing      entries (findings, rules, sources, changes) or missing answers, one below the other
Quiet        rules that need no action: the rules that are met, and the rules that do not apply
Lines        short lines, all of them
Group        a name with a note, and its members
Table        rows of short cells under heads; numbers under heads that end with a colon
Columns      things side by side, a column for each and a row for each topic; cells hold paragraphs
Facts        short labels, each with a value
Cover        the first page of a document: what it is, title, facts, a note
Signature    the place where a person signs for an organisation
PageBreak    where a new page starts, if there are pages
============ ==================================================================================================

A :class:`Listing` holds :class:`Entry` (mark, name, title, details, fields, source, explanation) and :class:`Answer` (a
missing answer and the rules that need it). Running text is :data:`Spans`: plain text, :class:`Code`, :class:`Strong`,
and :class:`Blank` for a missing answer.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from mpfcheck.frozen import Frozen
from mpfcheck.report.place import FieldPlace, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mpfcheck.checking.explain import Explanation
    from mpfcheck.checking.report import ReadField, Result, SourceReference, Verdict
    from mpfcheck.report.reporter import OnDemand

__all__ = [
    "Answer",
    "Blank",
    "Block",
    "Brief",
    "Cell",
    "Code",
    "Columns",
    "Cover",
    "Detail",
    "Entry",
    "Fact",
    "Facts",
    "Fields",
    "Group",
    "Headline",
    "Lines",
    "Listing",
    "Mark",
    "PageBreak",
    "Quiet",
    "Say",
    "Section",
    "Signature",
    "Spans",
    "Strong",
    "Subject",
    "Table",
    "Title",
    "Tone",
]


class Mark(StrEnum):
    """The mark before an entry: what it asks of a person. A renderer gives it a shape and a colour."""

    BAD = "bad"
    LOOK = "look"
    FAULT = "fault"
    OPEN = "open"
    JUDGE = "judge"
    GOOD = "good"
    APART = "apart"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Tone(StrEnum):
    """How loud a paragraph is."""

    PLAIN = "plain"
    QUIET = "quiet"
    STRONG = "strong"
    GOOD = "good"
    NOTICE = "notice"
    ALARM = "alarm"


class Code(str):
    """A literal: an id, a JSON Pointer, a path, an expression."""

    __slots__ = ()


class Blank(str):
    """A missing answer, in words. On paper it is a line to write on."""

    __slots__ = ()


class Strong(str):
    """Words that stand out in running text."""

    __slots__ = ()


Spans: TypeAlias = "tuple[str | Code | Strong | Blank, ...]"
"""Running text: what is plain ``str`` is prose."""

Cell: TypeAlias = "Sequence[Spans]"
"""What is in one cell of :class:`Columns`: paragraphs, none for an empty cell."""


class Headline(Frozen):
    """A verdict, and what has it; ``words`` are shown for the verdict where they are not empty."""

    verdict: Verdict
    text: str
    words: str = ""


class Title(Frozen):
    """The name of what the page is about or a result in a few words, and its title."""

    name: str
    text: str
    tone: Tone = Tone.STRONG


class Say(Frozen):
    """A paragraph."""

    spans: Spans
    tone: Tone = Tone.PLAIN


class Subject(Frozen):
    """The name of the proposal that the next entries belong to."""

    text: str


class Detail(Frozen):
    """A sentence under an entry. ``fix``: it says what to do."""

    spans: Spans
    label: str = ""
    fix: bool = False


class Fields(Frozen):
    """The fields that a finding is about. Their lines are looked up only for those that are shown."""

    fields: tuple[ReadField, ...]
    on_demand: OnDemand | None = None

    def places(self, most: int) -> list[FieldPlace]:
        """The places of the first ``most``; columns are left out, a line is enough to find a field."""
        places = (place_of(field, self.on_demand) for field in self.fields[:most])
        return [FieldPlace(place.pointer, place.line) for place in places]


class Entry(Frozen):
    """A finding or another named thing with its details.

    ``weight`` is a severity that is not blocking. ``state`` says in words what the mark shows, where the section does
    not. ``parts`` is the condition with the values in it, where an explanation is wanted. ``url`` is the address of
    what is named; ``place`` is where it is in a file, as an editor takes it (``lead.yaml:12:5``).
    """

    mark: Mark
    name: str | FieldPlace
    title: str = ""
    weight: str = ""
    state: str = ""
    details: tuple[Detail, ...] = ()
    fields: Fields | None = None
    source: SourceReference | None = None
    parts: tuple[Explanation, ...] = ()
    url: str | None = None
    place: str = ""


class Answer(Frozen):
    """A missing answer, and the rules that need it."""

    pointer: str
    words: str
    results: tuple[Result, ...]


class Listing(Frozen):
    """Entries or missing answers. Of more than a renderer has room for it shows the first, and says how many more."""

    items: Sequence[Entry | Answer]
    unit: str = ""


class Quiet(Frozen):
    """The rules that ask nothing of a person: those that are met, and those that do not apply."""

    met: Sequence[Result]
    not_applicable: Sequence[Result]

    def in_words(self) -> str:
        """How many there are; empty for none."""
        parts = [f"Rules met: {len(self.met)}."] if self.met else []
        parts += [f"Not applicable: {len(self.not_applicable)}."] if self.not_applicable else []
        return " ".join(parts)


class Brief(Frozen):
    """A proposal in one line: the mark of its verdict, where it is, which project it is, and what is wrong in short.

    ``sizes`` is how many columns ``where`` and ``project`` take in all lines of its list, for renderers that lay them
    out in columns. ``short`` has the rest.
    """

    mark: Mark
    where: str
    project: str
    short: str
    sizes: tuple[int, int] = (20, 25)


class Lines(Frozen):
    """Short lines, all of them."""

    lines: Sequence[str | Code]


class Group(Frozen):
    """A name, a note in brackets, and its members. Of more than a renderer has room for it shows the first."""

    name: str
    note: str
    members: Sequence[str]


class Table(Frozen):
    """Rows under heads; a head that ends with a colon stands over numbers. The first column names the row.

    ``foot`` holds the rows of sums under it.
    """

    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    foot: Sequence[tuple[str, ...]] = ()


class Fact(Frozen):
    """A short label and what stands beside it: a text of one or several lines, a :class:`Code` or a :class:`Blank`."""

    label: str
    value: str


class Facts(Frozen):
    """Facts one under the other."""

    facts: Sequence[Fact]


class Cover(Frozen):
    """The first page of a document: what it is, its title and a line under it, facts, and a note at its end."""

    kind: str
    title: str
    subtitle: str = ""
    facts: Sequence[Fact] = ()
    note: str = ""


class Signature(Frozen):
    """The place where a person signs for an organisation: its name, its role, and what to write on each line."""

    name: str
    role: str
    lines: Sequence[str]


class PageBreak(Frozen):
    """What follows starts a new page, where there are pages."""


class Columns(Frozen):
    """Things side by side: a column for each, with paragraphs in its head and cells, and a row for each topic.

    ``corner`` is the head over the topics. A renderer without room for the columns shows the things below each other.
    """

    corner: str
    heads: Sequence[Cell]
    rows: Sequence[tuple[str, Sequence[Cell]]]


class Section(Frozen):
    """A heading and what is under it. ``url`` is the address of what the heading names."""

    heading: str
    blocks: Iterable[Block]
    url: str | None = None


Block: TypeAlias = (
    "Headline | Title | Say | Subject | Brief | Listing | Quiet | Lines | Group | Table | Columns | Facts | Cover"
    " | Signature | PageBreak | Section"
)
