"""The blocks of one proposal as HTML: what must change is open, what passed is folded away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from mpfcheck.checking.report import ProposalReport, Severity, Verdict
from mpfcheck.checking.wording import field_in_words
from mpfcheck.frozen import Frozen
from mpfcheck.report.as_html.marks import VERDICT_MARK, mark
from mpfcheck.report.as_html.markup import Markup, element, joined, outside, shortened
from mpfcheck.report.blocks import Answer, Block, Detail, Entry, Fields, Lines, Listing, Quiet, Say, Section
from mpfcheck.report.place import Place
from mpfcheck.report.say.proposal import Findings, introduction, sections
from mpfcheck.report.words import (
    NOT_ANSWERED,
    VERDICT_HEADLINE,
    Heading,
    Label,
    counted,
    not_known,
    project_in_full,
)

if TYPE_CHECKING:
    from mpfcheck.checking.explain import Part
    from mpfcheck.checking.report import ReadField, Result
    from mpfcheck.report.as_html.sources import Sources
    from mpfcheck.report.reporter import OnDemand

__all__ = ["Asked", "ProposalSection", "anchor_of", "verdict_words"]

MOST_ITEMS = {"problem": 100, "answer": 200}
"""Longer lists of these are cut, and say so."""
FIRST_FIELDS = 4
MOST_FIELDS = 60
LONGEST_VALUE = 160

FOLDED = (Heading.MET, Heading.NOT_APPLICABLE)
FOLDED_AMONG_SEVERAL = (*FOLDED, Heading.REVIEW, Heading.REMARKS)
"""These are much the same for all proposals."""


def verdict_words(verdict: Verdict) -> str:
    """The verdict as a heading."""
    return VERDICT_HEADLINE[verdict].capitalize()


def anchor_of(heading: Heading) -> str:
    """The part of a section's anchor that says which section it is."""
    return heading.name.lower().replace("_", "-")


class Asked(Frozen):
    """A question of a form: what people call it, its address (empty for none), and the answer as they read it."""

    title: str
    address: str
    answer: str


class ProposalSection:
    """Writes what was found of one proposal.

    ``number`` is that of the proposal on this page and ``place_of_rule`` the column of each rule: both make the
    anchors, so that no text from outside ever is one. ``level`` is that of the headings of its parts. Where the
    proposal is not ``alone`` on the page, what needs manual review is folded as well: it is much the same for all.
    On a page of a form, ``question_at`` gives the question about a place, and ``rule_at`` the address of the
    explanation of a rule.
    """

    def __init__(
        self,
        report: ProposalReport,
        number: int,
        place_of_rule: Callable[[str], int],
        *,
        level: int,
        alone: bool,
        explain: bool,
        sources: Sources,
        on_demand: OnDemand | None,
        question_at: Callable[[str], Asked] | None = None,
        rule_at: Callable[[str], str] | None = None,
    ) -> None:
        """Sort the results."""
        self._report = report
        self._number = number
        self._place_of_rule = place_of_rule
        self._level = level
        self._folded = FOLDED if alone else FOLDED_AMONG_SEVERAL
        self._sources = sources
        self._question_at = question_at
        self._rule_at = rule_at
        self._findings = Findings(report)
        self._blocks = tuple(sections(report, self._findings, on_demand, explain=explain))

    def article(self, name: str) -> Markup:
        """The section with its own heading, for a page of several."""
        report, title = self._report, f"p{self._number}-title"
        tone = VERDICT_MARK[report.verdict]
        verdict = element("span", mark(tone), verdict_words(report.verdict), class_=f"verdict {tone}")
        heading = element(
            f"h{self._level - 1}", element("span", f"{self._number}", class_="number"), " ", outside(name), id=title
        )
        words = project_in_full(report.input)
        project = element("p", outside(words), class_="project") if words else None
        head = element("header", heading, verdict, project, element("p", self.introduction(), class_="lead"))
        return element("article", head, self.body(), id=f"p{self._number}", aria_labelledby=title, class_="proposal")

    def introduction(self) -> str:
        """What the verdict means, and how many rules ask something of a person."""
        return introduction(self._report, self._findings)

    def body(self) -> Markup:
        """All sections, those that ask most of a person first."""
        topics = not_known(self._report)
        return joined([element("p", outside(topics)) if topics else None, *map(self._block, self._blocks)])

    def contents(self) -> list[tuple[str, str, str, int]]:
        """The sections there are, as anchor, mark, words and number of entries."""
        contents = []
        for block in self._blocks:
            if isinstance(block, Section) and (items := _items(block)):
                first = items[0]
                tone = "open" if isinstance(first, Answer) else str(first.mark)
                contents.append((block.heading, tone, len(items)))
            elif isinstance(block, Quiet) and block.met:
                contents.append((Heading.MET, "good", len(block.met)))
        return [(self._anchor(heading), tone, heading.split(":")[0], number) for heading, tone, number in contents]

    def _anchor(self, heading: str) -> str:
        return f"p{self._number}-{anchor_of(Heading(heading))}"

    def _heading(self, text: str) -> Markup:
        return element(f"h{self._level}", text)

    def _block(self, block: Block) -> Markup:
        match block:
            case Section(heading, inner):
                fold = counted(len(_items(block)), "rule") if heading in self._folded else ""
                return self._part(heading, joined([self._inner(one) for one in inner]), fold)
            case Quiet(met, not_applicable):
                return joined(
                    [
                        self._quiet(Heading.MET, "good", met),
                        self._quiet(Heading.NOT_APPLICABLE, "apart", not_applicable),
                    ]
                )
            case _:
                raise TypeError(f"a proposal has no {type(block).__name__}")

    def _inner(self, block: Block) -> Markup | None:
        match block:
            case Listing():
                return self._listing(block)
            case Say(spans):
                return element("p", *(outside(span) for span in spans))
            case Lines(lines):
                return element("ul", *(element("li", outside(line)) for line in lines))
            case _:
                raise TypeError(f"a section of a proposal has no {type(block).__name__}")

    def _part(self, heading: str, content: Markup, fold: str = "") -> Markup:
        if fold:
            summary = element("summary", self._heading(heading), element("span", fold, class_="count"))
            return element("details", summary, content, id=self._anchor(heading), class_="part")
        return element("section", self._heading(heading), content, id=self._anchor(heading), class_="part")

    def _quiet(self, heading: Heading, tone: str, results: Sequence[Result]) -> Markup | None:
        if not results:
            return None
        rules = [(mark(tone), element("span", one.rule, class_="rule"), " ", one.title) for one in results]
        items = [element("li", element("div", *rule)) for rule in rules]
        return self._part(heading, element("ul", *items, class_="quiet"), counted(len(results), "rule"))

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
        if isinstance(entry.name, Place):
            title = [self._words(entry.name.pointer, "The file")]
            aside = None if self._question_at else _place(entry.name)
            anchor = None
        else:
            rule = element("span", entry.name, class_="rule")
            rule = element("a", rule, href=self._rule_at(entry.name)) if self._rule_at else rule
            title = [rule, Markup(" "), element("span", entry.title), Markup(" ")]
            aside = self._fields(entry.fields) if entry.fields else None
            anchor = f"p{self._number}-r{self._place_of_rule(entry.name)}"
        source = element("span", Label.SOURCE, class_="label") if entry.source else None
        said = element(
            "div",
            element(f"h{self._level + 1}", mark(entry.mark), *title, tag, class_="title"),
            *(element("p", *detail.spans) for detail in entry.details if not detail.fix),
            _fix([detail for detail in entry.details if detail.fix]),
            _explanation(entry.parts),
            element("p", source, " ", self._sources.reference(entry.source), class_="source") if entry.source else None,
            class_="said",
        )
        places = element("div", element("p", Label.SEE, class_="label"), aside, class_="places-of") if aside else None
        return element("li", said, places, id=anchor, class_=f"finding {entry.mark}")

    def _words(self, pointer: str, whole: str = "") -> Markup:
        """What a field is called, with a link to its question where there is one; ``whole`` names the proposal."""
        asked = self._question_at(pointer) if self._question_at else None
        words, address = (asked.title, asked.address) if asked else (field_in_words(pointer), "")
        shown = outside(shortened(_sentence_case(words) or whole, LONGEST_VALUE), class_="words")
        return element("a", shown, href=address) if address else shown

    def _answer(self, answer: Answer) -> Markup:
        words = (
            self._words(answer.pointer)
            if self._question_at
            else outside(shortened(answer.words, LONGEST_VALUE), class_="words")
        )
        place = None if self._question_at else element("code", answer.pointer)
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

    def _field(self, field: ReadField, place: Place) -> Markup:
        value = NOT_ANSWERED if field.value is None else shortened(field.value, LONGEST_VALUE)
        words = self._words(field.pointer)
        if self._question_at:
            value = shortened(self._question_at(field.pointer).answer, LONGEST_VALUE) or value
            return element("li", words, " ", outside(value, class_="value"))
        at = place.in_words()
        where = element("span", element("code", field.pointer), f" {at}" if at else None, class_="where")
        return element("li", words, " ", outside(value, class_="value"), " ", where)


def _items(section: Section) -> list[Entry | Answer]:
    return [item for block in section.blocks if isinstance(block, Listing) for item in block.items]


def _fix(details: Sequence[Detail]) -> Markup | None:
    if not details:
        return None
    label = element("p", details[0].label, class_="label") if details[0].label else None
    return element("div", label, *(element("p", *detail.spans) for detail in details), class_="fix")


def _place(place: Place) -> Markup | None:
    at = place.in_words()
    parts = [element("code", place.pointer) if place.pointer else None, " " if place.pointer and at else None, at]
    return element("p", *parts) if place.pointer or at else None


def _explanation(parts: Iterable[Part]) -> Markup | None:
    """The conditions of a rule with the values in them, folded; None where there are none."""
    if not parts:
        return None
    return element("details", element("summary", "The condition, with the values in it"), _parts(parts), class_="why")


def _parts(parts: Iterable[Part]) -> Markup:
    items = []
    for part in parts:
        label = element("span", f"{part.label}: ", class_="label") if part.label else None
        value = outside(shortened(part.value, LONGEST_VALUE), class_="value")
        inner = _parts(part.parts) if part.parts else None
        items.append(element("li", label, element("code", part.text), " is ", value, inner))
    return element("ul", *items)


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]
