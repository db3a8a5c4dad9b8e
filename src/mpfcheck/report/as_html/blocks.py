"""Blocks as HTML: what needs action is open, what is much the same for all proposals is folded away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from mpfcheck.checking.report import Severity
from mpfcheck.checking.wording import field_in_words
from mpfcheck.frozen import Frozen
from mpfcheck.report.as_html.marks import VERDICT_MARK, mark
from mpfcheck.report.as_html.markup import Markup, element, joined, link, outside, shortened
from mpfcheck.report.blocks import (
    Answer,
    Blank,
    Block,
    Brief,
    Cell,
    Code,
    Columns,
    Cover,
    Detail,
    Entry,
    Facts,
    Fields,
    Group,
    Headline,
    Lines,
    Listing,
    Mark,
    PageBreak,
    Quiet,
    Say,
    Section,
    Signature,
    Spans,
    Strong,
    Subject,
    Table,
    Title,
    Tone,
)
from mpfcheck.report.place import FieldPlace
from mpfcheck.report.words import NOT_ANSWERED, VERDICT_HEADLINE, Heading, Label, cited, counted

if TYPE_CHECKING:
    from mpfcheck.checking.explain import Explanation
    from mpfcheck.checking.report import ReadField, Result
    from mpfcheck.report.as_html.sources import Sources

__all__ = ["Blocks", "Links", "QuestionLink", "blocks_as_html", "items_of"]

MOST_ITEMS = {"problem": 100, "answer": 200}
"""Longer lists of these are cut, and say so."""
FIRST_FIELDS = 4
MOST_FIELDS = 60
LONGEST_VALUE = 160

BLANK = "________"
TONES = {Tone.STRONG: "lead", Tone.NOTICE: "what-if", Tone.ALARM: "what-if", Tone.QUIET: "soft"}
DRAWINGS = {Mark.ADDED: Mark.GOOD, Mark.REMOVED: Mark.BAD, Mark.CHANGED: Mark.LOOK}
"""The drawings of marks that have none of their own."""


class QuestionLink(Frozen):
    """A question of a form: what people call it, its address (empty for none), and the answer as they read it."""

    title: str
    address: str
    answer: str


class Links:
    """The anchors of sections and entries, and the addresses they lead to; none, unless a page has them."""

    def of_section(self, heading: str) -> str | None:
        """The anchor of a section."""
        return None

    def of_entry(self, name: str) -> str | None:
        """The anchor of the entry of a rule."""
        return None

    def question(self, pointer: str) -> QuestionLink | None:
        """On a page of a form: the question about a place."""
        return None

    def explanation(self, rule_id: str) -> str | None:
        """The address of the explanation of a rule."""
        return None


class Blocks:
    """Writes blocks under headings of a ``level``.

    The sections in ``folded`` are folded away. Documents that findings name are numbered by ``sources``; without it,
    they are named where they are.
    """

    def __init__(
        self,
        level: int,
        *,
        sources: Sources | None = None,
        folded: Collection[str] = (),
        links: Links | None = None,
    ) -> None:
        """Write blocks in this way."""
        self._level = level
        self._sources = sources
        self._folded = folded
        self._links = links or Links()

    def markup(self, blocks: Iterable[Block]) -> Markup:
        """Blocks one after the other."""
        return joined(map(self._block, blocks))

    def _block(self, block: Block) -> Markup | None:
        match block:
            case Section():
                return self._section(block)
            case Listing():
                return self._listing(block)
            case Quiet(met, not_applicable):
                good, apart = Mark.GOOD, Mark.APART
                return joined(
                    [self._quiet(Heading.MET, good, met), self._quiet(Heading.NOT_APPLICABLE, apart, not_applicable)]
                )
            case Say(spans, tone):
                return element("p", *_isolated(spans), class_=TONES.get(tone))
            case Title(name, text):
                return self._heading(-1, element("span", name), f": {text}")
            case Headline(verdict, text, words):
                words = (words or VERDICT_HEADLINE[verdict]).capitalize()
                return self._heading(-1, mark(VERDICT_MARK[verdict]), " ", words, f": {text}" if text else None)
            case Brief(verdict, where, project, short, _):
                heading = " · ".join(filter(None, (where, project)))
                return element("p", mark(verdict), " ", outside(heading), f": {short}" if short else None)
            case Subject(text):
                return element("p", element("strong", outside(text)))
            case Lines(lines):
                return element("ul", *(element("li", *_isolated((line,))) for line in lines))
            case Group(name, note, members):
                head = element("p", element("strong", outside(name)), f" ({note})" if note else None)
                return joined([head, element("ul", *(element("li", outside(member)) for member in members))])
            case Table():
                return _table(block)
            case Columns():
                return _columns(block)
            case Facts(facts):
                return _facts((fact.label, fact.value) for fact in facts)
            case Cover(kind, title, subtitle, facts, note):
                return joined(
                    [
                        self._heading(-1, f"{kind}: ", _span(title)),
                        element("p", element("strong", subtitle)) if subtitle else None,
                        _facts((fact.label, fact.value) for fact in facts) if facts else None,
                        element("p", note) if note else None,
                    ]
                )
            case Signature(name, role, lines):
                return _facts([(role, name), *((line, Blank("")) for line in lines)])
            case PageBreak():
                return element("hr")

    def _heading(self, under: int, *children: str | None) -> Markup:
        return element(f"h{min(max(self._level + under, 1), 6)}", *children)

    def _section(self, section: Section) -> Markup:
        heading = link(section.url, section.heading) if section.url else section.heading
        fold = counted(len(items_of(section)), "rule") if section.heading in self._folded else ""
        inner = Blocks(self._level + 1, sources=self._sources, folded=self._folded, links=self._links)
        return self._part(heading, section.heading, inner.markup(section.blocks), fold)

    def _part(self, shown: str, heading: str, content: Markup, fold: str = "") -> Markup:
        anchor = self._links.of_section(heading)
        if fold:
            summary = element("summary", self._heading(0, shown), element("span", fold, class_="count"))
            return element("details", summary, content, id=anchor, class_="part")
        return element("section", self._heading(0, shown), content, id=anchor, class_="part")

    def _quiet(self, heading: str, tone: str, results: Sequence[Result]) -> Markup | None:
        if not results:
            return None
        rules = [(mark(tone), element("span", one.rule, class_="rule"), " ", one.title) for one in results]
        items = [element("li", element("div", *rule)) for rule in rules]
        return self._part(heading, heading, element("ul", *items, class_="quiet"), counted(len(results), "rule"))

    def _listing(self, listing: Listing) -> Markup | None:
        most = MOST_ITEMS.get(listing.unit, len(listing.items))
        items = [self._answer(one) if isinstance(one, Answer) else self._entry(one) for one in listing.items[:most]]
        if not items:
            return None
        more = len(listing.items) - most
        rest = element("p", f"… and {counted(more, f'more {listing.unit}')}, not listed.") if more > 0 else None
        kind = "answers" if isinstance(listing.items[0], Answer) else "findings"
        return joined([element("ul", *items, class_=kind), rest])

    def _entry(self, entry: Entry) -> Markup:
        tag = element("span", entry.weight, class_="tag") if entry.weight else None
        if isinstance(entry.name, FieldPlace):
            title = [self._words(entry.name.pointer, "The file")]
            title += [Markup(" "), element("span", entry.title)] if entry.title else []
            aside = None if self._links.question(entry.name.pointer) else _place(entry.name)
            anchor = None
        else:
            rule, address = element("span", entry.name, class_="rule"), self._links.explanation(entry.name)
            rule = element("a", rule, href=address) if address else rule
            title = [rule, Markup(" "), element("span", entry.title), Markup(" ")]
            aside = self._fields(entry.fields) if entry.fields else None
            anchor = self._links.of_entry(entry.name)
        state = element("span", entry.state, class_="tag") if entry.state else None
        main = element(
            "div",
            element(f"h{min(self._level, 6)}", mark(_drawing(entry.mark)), *title, tag, state, class_="title"),
            element("p", element("code", entry.place)) if entry.place else None,
            element("p", link(entry.url, entry.url), class_="address") if entry.url else None,
            *(_detail(detail) for detail in entry.details if not detail.fix),
            _fix([detail for detail in entry.details if detail.fix]),
            _explanation(entry.parts),
            self._source(entry),
            class_="said",
        )
        places = element("div", element("p", Label.SEE, class_="label"), aside, class_="places-of") if aside else None
        return element("li", main, places, id=anchor, class_=f"finding {_drawing(entry.mark)}")

    def _words(self, pointer: str, whole: str = "") -> Markup:
        """What a field is called, with a link to its question where there is one; ``whole`` names the proposal."""
        link = self._links.question(pointer)
        words, address = (link.title, link.address) if link else (field_in_words(pointer), "")
        shown = outside(shortened(_sentence_case(words) or whole, LONGEST_VALUE), class_="words")
        return element("a", shown, href=address) if address else shown

    def _answer(self, answer: Answer) -> Markup:
        question = self._links.question(answer.pointer)
        words = (
            self._words(answer.pointer) if question else outside(shortened(answer.words, LONGEST_VALUE), class_="words")
        )
        place = None if question else element("code", answer.pointer)
        rules = []
        for result in answer.results:
            weight = "" if result.severity is Severity.BLOCKING else f" ({result.severity})"
            rules.append(element("span", f"{result.rule}{weight}", title=result.title))
        separated = [part for rule in rules for part in (", ", rule)][1:]
        needed = element("span", f"{Label.NEEDED_BY} ", *separated, class_="needed")
        return element("li", mark("open"), words, " ", place, " ", needed)

    def _fields(self, fields: Fields) -> Markup:
        shown = zip(fields.fields, fields.places(MOST_FIELDS), strict=False)
        items = [self._field(field, place) for field, place in shown]
        first = element("ul", *items[:FIRST_FIELDS], class_="places")
        more = len(fields.fields) - FIRST_FIELDS
        if more <= 0:
            return first
        unlisted = len(fields.fields) - MOST_FIELDS
        rest = element("ul", *items[FIRST_FIELDS:], class_="places")
        left_out = element("p", f"… and {counted(unlisted, 'more field')}, not listed.") if unlisted > 0 else None
        return joined([first, element("details", element("summary", counted(more, "more field")), rest, left_out)])

    def _field(self, field: ReadField, place: FieldPlace) -> Markup:
        value = NOT_ANSWERED if field.value is None else shortened(field.value, LONGEST_VALUE)
        words = self._words(field.pointer)
        if question := self._links.question(field.pointer):
            value = shortened(question.answer, LONGEST_VALUE) or value
            return element("li", words, " ", outside(value, class_="value"))
        at = place.in_words()
        where = element("span", element("code", field.pointer), f" {at}" if at else None, class_="where")
        return element("li", words, " ", outside(value, class_="value"), " ", where)

    def _source(self, entry: Entry) -> Markup | None:
        source = entry.source
        if source is None:
            return None
        label = element("span", Label.SOURCE, class_="label")
        if self._sources is not None:
            return element("p", label, " ", self._sources.reference(source), class_="source")
        document = link(source.url, source.document) if source.url else source.document
        return element("p", label, " ", document, f", {cited(source.section, source.authority)}", class_="source")


def blocks_as_html(blocks: Iterable[Block], level: int = 2) -> Markup:
    """Blocks as the content of a page; headings of sections are of this level."""
    return Blocks(level).markup(blocks)


def items_of(section: Section) -> list[Entry | Answer]:
    """The entries and answers of a section."""
    return [item for block in section.blocks if isinstance(block, Listing) for item in block.items]


def _drawing(found: Mark) -> Mark:
    return DRAWINGS.get(found, found)


def _spans(spans: Spans) -> list[Markup]:
    return [_span(span) for span in spans]


def _isolated(spans: Spans) -> list[Markup]:
    """Running text that may be of a proposal: it cannot turn the direction of what is around it."""
    return [outside(span) if type(span) is str else _span(span) for span in spans]


def _span(span: str) -> Markup:
    match span:
        case Code():
            return element("code", span)
        case Strong():
            return element("strong", span)
        case Blank():
            return element("em", span or BLANK)
    return joined([span])


def _detail(detail: Detail) -> Markup:
    label = element("span", detail.label, class_="label") if detail.label else None
    return element("p", label, " " if label else None, *_spans(detail.spans))


def _facts(facts: Iterable[tuple[str, str]]) -> Markup:
    pairs = []
    for label, value in facts:
        lines = [value] if isinstance(value, Blank | Code) else value.splitlines()
        shown = [part for line in lines for part in (element("br"), _span(line))][1:]
        pairs.append(element("div", element("dt", label), element("dd", *shown)))
    return element("dl", *pairs, class_="facts")


def _table(table: Table) -> Markup:
    kinds = ["n" if head.endswith(":") else None for head in table.heads]
    names = [
        element("th", head.removesuffix(":"), scope="col", class_=kind)
        for head, kind in zip(table.heads, kinds, strict=True)
    ]
    body, foot = ([element("tr", *_cells(row, kinds)) for row in rows] for rows in (table.rows, table.foot))
    parts = element("thead", element("tr", *names)), element("tbody", *body), element("tfoot", *foot) if foot else None
    return element("table", *parts)


def _cells(row: Sequence[str], kinds: Sequence[str | None]) -> Iterable[Markup]:
    first, *others = row
    yield element("th", _value(first), scope="row")
    for cell, kind in zip(others, kinds[1:], strict=True):
        yield element("td", _value(cell), class_=kind)


def _value(cell: str) -> Markup:
    return _span(cell) if isinstance(cell, Blank) else outside(cell)


def _columns(block: Columns) -> Markup:
    corner = element("th", block.corner, scope="col") if block.corner else element("td")
    heads = [element("th", *_paragraphs(head), scope="col") for head in block.heads]
    rows = [
        element("tr", element("th", topic, scope="row"), *(element("td", *_paragraphs(cell)) for cell in cells))
        for topic, cells in block.rows
    ]
    table = element("table", element("thead", element("tr", corner, *heads)), element("tbody", *rows), class_="columns")
    return element("div", table, class_="scroll", tabindex=0, role="region", aria_label="Table")


def _paragraphs(cell: Cell) -> list[Markup]:
    return [element("p", *_spans(spans)) for spans in cell]


def _fix(details: Sequence[Detail]) -> Markup | None:
    if not details:
        return None
    label = element("p", details[0].label, class_="label") if details[0].label else None
    return element("div", label, *(element("p", *_spans(detail.spans)) for detail in details), class_="fix")


def _place(place: FieldPlace) -> Markup | None:
    at = place.in_words()
    parts = [element("code", place.pointer) if place.pointer else None, " " if place.pointer and at else None, at]
    return element("p", *parts) if place.pointer or at else None


def _explanation(parts: Iterable[Explanation]) -> Markup | None:
    """The conditions of a rule with the values in them, folded; None where there are none."""
    if not parts:
        return None
    return element("details", element("summary", "The condition, with the values in it"), _parts(parts), class_="why")


def _parts(parts: Iterable[Explanation]) -> Markup:
    items = []
    for part in parts:
        label = element("span", f"{part.label}: ", class_="label") if part.label else None
        value = outside(shortened(part.value, LONGEST_VALUE), class_="value")
        inner = _parts(part.parts) if part.parts else None
        items.append(element("li", label, element("code", part.text), " is ", value, inner))
    return element("ul", *items)


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]
