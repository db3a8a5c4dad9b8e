"""Where in a form a field is asked, which rules read it, and what is found by words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from mpfcheck.checking.judgement import WORST_FIRST
from mpfcheck.checking.report import Result, Severity
from mpfcheck.forms.form import Form, Group, Page, Question
from mpfcheck.frozen import Frozen
from mpfcheck.packs.call import Call
from mpfcheck.packs.vocabulary import rule_fields
from mpfcheck.proposal.pointer import pointer, split

__all__ = [
    "Hit",
    "HitKind",
    "Location",
    "RulesByField",
    "find",
    "locate",
    "locate_way",
    "worst_first",
]


class Location(Frozen):
    """A question or group of a page. ``item`` is the place of the item, where the question is about one.

    ``pointer`` is what is asked: the field of ``question``, or the list of ``group``.
    """

    page: Page
    pointer: str
    question: Question | None = None
    group: Group | None = None
    item: str | None = None


def locate(form: Form, place: str) -> Location | None:
    """Where the field at a JSON Pointer, or something that holds it or is in it, is asked; None where nowhere."""
    steps = split(place)
    return _exactly(form, steps) or _around(form, steps) or _inside(form, steps)


def locate_way(form: Form, way: tuple[str, ...]) -> Location | None:
    """Where a field is asked, given the way to it without the numbers of items; a field of items at its group."""
    for page, part in form.parts():
        if _way(part.field) == way:
            return _at(page, part)
        if isinstance(part, Group) and way[: len(part.field)] == part.field:
            return _at(page, part)
    return None


def _exactly(form: Form, steps: tuple[str, ...]) -> Location | None:
    for page, part in form.parts():
        if part.field == steps:
            return _at(page, part)
        if isinstance(part, Group) and _in_item(part, steps):
            item = pointer(steps[: len(part.field) + 1])
            question = part.question(steps[len(part.field) + 1 :])
            if question is not None:
                return Location(page, pointer(steps), question, part, item)
    return None


def _around(form: Form, steps: tuple[str, ...]) -> Location | None:
    """What holds the place: an item of a group, a group, or a list of codes."""
    for page, part in form.parts():
        if part.field == steps[: len(part.field)]:
            if isinstance(part, Group) and _in_item(part, steps):
                return Location(page, pointer(part.field), None, part, pointer(steps[: len(part.field) + 1]))
            return _at(page, part)
    return None


def _inside(form: Form, steps: tuple[str, ...]) -> Location | None:
    """The first question about something inside the place."""
    for page, part in form.parts():
        if steps and part.field[: len(steps)] == steps:
            return _at(page, part)
    return None


def _in_item(group: Group, steps: tuple[str, ...]) -> bool:
    number = len(group.field)
    return steps[:number] == group.field and len(steps) > number and steps[number].isdecimal()


def _at(page: Page, part: Question | Group) -> Location:
    place = pointer(part.field)
    return Location(page, place, None, part) if isinstance(part, Group) else Location(page, place, part)


Way = tuple[str, ...]

_SEVERITIES = (Severity.BLOCKING, Severity.WARNING, Severity.ADVICE)


class RulesByField:
    """The rules of a call by the fields they read."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def rules_of(self, way: Way) -> tuple[str, ...]:
        """The ids of the rules that read a field, or a field inside the items of a list, in the pack's order."""
        field_way = _way(way)
        return tuple(
            rule_id for rule_id, ways in rule_fields(self._call).items() if any(_reads(one, field_way) for one in ways)
        )

    def rules_of_page(self, page: Page) -> frozenset[str]:
        """The ids of the rules that read anything a page asks."""
        ways: set[Way] = set()
        for part in page.parts:
            ways.add(_way(part.field))
            if isinstance(part, Group):
                ways |= {(*part.field, *question.field) for question in part.questions}
        return frozenset(
            rule_id for rule_id, read in rule_fields(self._call).items() if any(one in ways for one in read)
        )

    def fields_of(self, rule_id: str) -> frozenset[Way]:
        """The ways to the fields a rule reads."""
        fields: Mapping[str, frozenset[Way]] = rule_fields(self._call)
        return fields.get(rule_id, frozenset())


def worst_first(results: Iterable[Result]) -> Sequence[Result]:
    """Results in the order a person should read them: what fails, by how much it matters, then what is open."""
    return sorted(
        results,
        key=lambda result: (
            WORST_FIRST.index(result.status),
            # What a person will judge in any case comes after what needs a decision now.
            result.manual,
            _SEVERITIES.index(result.severity),
        ),
    )


def _way(field: Way) -> Way:
    """The way to a field without the numbers of items: the form of a part asks about one item of a list."""
    return tuple(step for step in field if not step.isdecimal())


def _reads(read: Way, way: Way) -> bool:
    return read[: len(way)] == way


class HitKind(StrEnum):
    """What was found."""

    PAGE = "page"
    QUESTION = "question"
    RULE = "rule"


class Hit(Frozen):
    """Something found: what it is, what it is called, where it belongs, and the way to it.

    ``target`` is the id of a page or rule, or the way to a field with dots; to its group for a question inside one.
    """

    kind: HitKind
    label: str
    detail: str
    target: str


class _Entry(Frozen):
    hit: Hit
    title: str
    text: str


def find(words: str, form: Form, call: Call) -> tuple[Hit, ...]:
    """Everything in which each of the words occurs, in a title first; all there is where there are no words.

    Case, accents and the order of the words do not matter.
    """
    parts = _plain(words).split()
    ranked: list[tuple[int, int, Hit]] = []
    for number, entry in enumerate(_entries(form, call)):
        if all(word in entry.text for word in parts):
            in_title = sum(word in entry.title for word in parts)
            ranked.append((-in_title, number, entry.hit))
    return tuple(hit for _, _, hit in sorted(ranked, key=lambda one: one[:2]))


def _entries(form: Form, call: Call) -> Iterator[_Entry]:
    for page in form.pages:
        yield _entry(Hit(HitKind.PAGE, page.title, "Page", page.id), (page.intro,))
        for part in page.parts:
            yield _question_entry(part, page)
            if isinstance(part, Group):
                for question in part.questions:
                    yield _question_entry(question, page, part)
    for rule in call.rules:
        yield _entry(Hit(HitKind.RULE, f"{rule.id} {rule.title}", "Rule", rule.id), (rule.why,))


def _question_entry(part: Question | Group, page: Page, group: Group | None = None) -> _Entry:
    holder = f"{page.title}, {group.noun}" if group else page.title
    target = ".".join(group.field if group else part.field)
    return _entry(Hit(HitKind.QUESTION, part.ask, holder, target), (part.title, part.hint, part.help))


def _entry(hit: Hit, texts: Iterable[str]) -> _Entry:
    return _Entry(hit, _plain(hit.label), _plain(" ".join((hit.label, hit.detail, hit.target, *texts))))


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))
