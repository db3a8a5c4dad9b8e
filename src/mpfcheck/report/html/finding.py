"""One finding: what a rule says of a proposal, what would mend it, where to look, and where the rule stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mpfcheck.checking.report import Problem, ReadField, Result, Severity
from mpfcheck.checking.wording import field_in_words
from mpfcheck.report.html.escape import shortened
from mpfcheck.report.html.marks import Outcome, mark, outcome_of
from mpfcheck.report.html.markup import Markup, element, joined, outside
from mpfcheck.report.place import in_words, place_of
from mpfcheck.report.sentences import sentences
from mpfcheck.report.words import counted

if TYPE_CHECKING:
    from mpfcheck.checking.explain import Part
    from mpfcheck.report.html.sources import Sources
    from mpfcheck.report.reporter import OnDemand

__all__ = ["explanation", "finding", "in_sentence_case", "problem_of_file"]

FIRST_PLACES = 4
MOST_PLACES = 60
LONGEST_VALUE = 160


def finding(
    result: Result,
    *,
    anchor: str,
    heading: str,
    sources: Sources,
    on_demand: OnDemand | None,
    explain: bool,
) -> Markup:
    """A result as an item of a list; ``heading`` is the tag of its heading."""
    outcome = outcome_of(result)
    tags = [element("span", result.severity.value, class_="tag")] if result.severity is not Severity.BLOCKING else []
    title = (
        mark(outcome.tone),
        element("span", result.rule, class_="rule"),
        " ",
        element("span", result.title),
        " ",
        *tags,
    )
    said = element(
        "div",
        element(heading, *title, class_="title"),
        *(element("p", sentence) for sentence in sentences(result.message)),
        _fix(result.fix),
        explanation(on_demand.explain(result.rule)) if explain and on_demand else None,
        element("p", element("span", "Source", class_="label"), " ", sources.reference(result.source), class_="source"),
        class_="said",
    )
    places = _look_at(_places(result.fields, on_demand)) if outcome in _POINTING and result.fields else None
    return element("li", said, places, id=anchor, class_=f"finding {outcome.tone}")


_POINTING = (Outcome.BROKEN, Outcome.LOOK, Outcome.FAULT)


def problem_of_file(problem: Problem, heading: str) -> Markup:
    """What is wrong with the file as a file, as an item of a list."""
    tone = "bad" if problem.severity is Severity.BLOCKING else "look"
    words = in_sentence_case(field_in_words(problem.pointer)) or "The file"
    title = (mark(tone), outside(shortened(words, LONGEST_VALUE)))
    at = in_words(problem.line, problem.column)
    where = [element("code", problem.pointer)] if problem.pointer else []
    place = joined([*where, " " if where and at else None, at])
    said = element(
        "div",
        element(heading, *title, class_="title"),
        *(element("p", sentence) for sentence in sentences(problem.message)),
        _fix(problem.hint, "What to do"),
        class_="said",
    )
    places = _look_at(element("p", place)) if place else None
    return element("li", said, places, class_=f"finding {tone}")


def in_sentence_case(words: str) -> str:
    """The words with a capital at the start."""
    return words[:1].upper() + words[1:]


def _look_at(places: Markup) -> Markup:
    return element("div", element("p", "Look at", class_="label"), places, class_="places-of")


def _fix(text: str, label: str = "To mend it") -> Markup | None:
    said = sentences(text)
    if not said:
        return None
    paragraphs = [element("p", sentence) for sentence in said]
    return element("div", element("p", label, class_="label"), *paragraphs, class_="fix")


def _places(fields: tuple[ReadField, ...], on_demand: OnDemand | None) -> Markup:
    items = [_place(field, on_demand) for field in fields[:MOST_PLACES]]
    shown = element("ul", *items[:FIRST_PLACES], class_="places")
    more = len(fields) - FIRST_PLACES
    if more <= 0:
        return shown
    unlisted = len(fields) - MOST_PLACES
    rest = element("ul", *items[FIRST_PLACES:], class_="places")
    left_out = element("p", f"… and {counted(unlisted, 'more field')}, not listed.") if unlisted > 0 else None
    return joined([shown, element("details", element("summary", counted(more, "more field")), rest, left_out)])


def _place(field: ReadField, on_demand: OnDemand | None) -> Markup:
    line, _ = place_of(field, on_demand)
    value = "(not answered)" if field.value is None else shortened(field.value, LONGEST_VALUE)
    words = outside(shortened(in_sentence_case(field_in_words(field.pointer)), LONGEST_VALUE), class_="words")
    at = in_words(line, None)
    where = element("span", element("code", field.pointer), f" {at}" if at else None, class_="where")
    return element("li", words, " ", outside(value, class_="value"), " ", where)


def explanation(parts: tuple[Part, ...]) -> Markup | None:
    """The conditions of a rule with the values in them, folded; None where there are none."""
    if not parts:
        return None
    return element("details", element("summary", "The condition, with the values in it"), _parts(parts), class_="why")


def _parts(parts: tuple[Part, ...]) -> Markup:
    items = []
    for part in parts:
        label = element("span", f"{part.label}: ", class_="label") if part.label else None
        value = outside(shortened(part.value, LONGEST_VALUE), class_="value")
        inner = _parts(part.parts) if part.parts else None
        items.append(element("li", label, element("code", part.text), " is ", value, inner))
    return element("ul", *items)
