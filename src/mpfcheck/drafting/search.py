"""Finds questions, pages and rules by words, for whoever knows what they look for and not where it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum

from mpfcheck.forms.form import Form, Group, Page, Question
from mpfcheck.frozen import Frozen
from mpfcheck.packs.call import Call

__all__ = ["Hit", "HitKind", "find"]


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
    wanted = _plain(words).split()
    ranked: list[tuple[int, int, Hit]] = []
    for number, entry in enumerate(_entries(form, call)):
        if all(word in entry.text for word in wanted):
            in_title = sum(word in entry.title for word in wanted)
            ranked.append((-in_title, number, entry.hit))
    return tuple(hit for _, _, hit in sorted(ranked, key=lambda one: one[:2]))


def _entries(form: Form, call: Call) -> Iterator[_Entry]:
    for page in form.pages:
        yield _entry(Hit(HitKind.PAGE, page.title, "Page", page.id), (page.intro,))
        for part in page.parts:
            yield _asked(part, page)
            if isinstance(part, Group):
                for question in part.questions:
                    yield _asked(question, page, part)
    for rule in call.rules:
        yield _entry(Hit(HitKind.RULE, f"{rule.id} {rule.title}", "Rule", rule.id), (rule.why,))


def _asked(part: Question | Group, page: Page, group: Group | None = None) -> _Entry:
    holder = f"{page.title}, {group.noun}" if group else page.title
    target = ".".join(group.field if group else part.field)
    return _entry(Hit(HitKind.QUESTION, part.ask, holder, target), (part.title, part.hint, part.help))


def _entry(hit: Hit, texts: Iterable[str]) -> _Entry:
    return _Entry(hit, _plain(hit.label), _plain(" ".join((hit.label, hit.detail, hit.target, *texts))))


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))
