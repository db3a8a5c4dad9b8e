"""Several calls side by side: who may lead, who may join, funds, limits, dates, and what is not known of each.

Everything is read from the packs themselves, the titles of their rules and their parameters, so that nothing in it
can differ from what is checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from mpfcheck.frozen import Frozen
from mpfcheck.packs.call import Call, Parameter, ParameterValue
from mpfcheck.packs.rule import Rule

__all__ = ["WHO", "SideBySide", "Statement", "TopicRow", "side_by_side"]

WHO = ("Who may lead", "Who may join")
"""The topics of which people want to read the conditions themselves."""

TOPICS = {
    "Who may lead": ("LEAD",),
    "Letters of support": ("LETTER",),
    "Who may join": ("COAPP", "SUB"),
    "Funds, strands and lots": ("FUND", "STRAND", "LOT"),
    "Countries and activities": ("SCOPE",),
    "Budget and grant": ("BUDGET", "GRANT", "COFIN", "POT"),
    "Time": ("TIME", "DUR", "SUBMIT"),
}
"""The topics of a comparison, and how the ids of their rules begin; rules with other ids come last."""


class Statement(Frozen):
    """One thing a call says: a rule by its title, a parameter by its title and what it is on the day, or a gap.

    ``weight`` is the severity of a rule, ``manual`` where a person judges, or empty. ``condition`` is what it requires,
    in FEEL. ``authority`` is that of the source. ``value`` and ``unit`` are those of a parameter, ``since`` the day
    from which it is so.
    """

    text: str
    weight: str = ""
    rule: str | None = None
    condition: str | None = None
    authority: str | None = None
    value: ParameterValue | None = None
    unit: str | None = None
    since: date | None = None


class TopicRow(Frozen):
    """One topic, with what each call says of it, in the order of the calls."""

    topic: str
    cells: tuple[tuple[Statement, ...], ...]


class SideBySide(Frozen):
    """Calls compared: the ``rows`` in which they differ, and what is ``common`` to all of them, word for word.

    ``days`` are the days whose values are shown, one for each call.
    """

    calls: tuple[Call, ...]
    days: tuple[date, ...]
    rows: tuple[TopicRow, ...]
    common: tuple[Statement, ...]


def side_by_side(calls: Sequence[Call], day: date | None = None) -> SideBySide:
    """Compare calls, each as of this day, or of its own day where none is given."""
    days = tuple(day or call.as_of for call in calls)
    topics: dict[str, list[list[Statement]]] = {}
    for number, (call, as_of) in enumerate(zip(calls, days, strict=True)):
        for topic, statement in _all(call, as_of):
            topics.setdefault(topic, [[] for _ in calls])[number].append(statement)
    shared = _common(topics)
    rows = (
        TopicRow(topic, tuple(tuple(one for one in cell if _key(one) not in shared) for cell in cells))
        for topic, cells in sorted(topics.items(), key=lambda row: _ORDER.index(row[0]))
    )
    return SideBySide(tuple(calls), days, tuple(row for row in rows if any(row.cells)), tuple(shared.values()))


_ORDER = ("Dates", *TOPICS, "Limits", "Other rules", "Not known")


def _all(call: Call, day: date) -> Iterator[tuple[str, Statement]]:
    published = (
        Statement("Published", value=call.published) if call.published else Statement("Published on an unknown date")
    )
    yield "Dates", published
    yield "Dates", Statement("Values as of", value=day)
    for rule in call.rules:
        yield _topic(rule), _of_rule(rule)
    for parameter in call.parameters.values():
        yield _of_parameter(parameter, day)
    for gap in call.gaps:
        yield "Not known", Statement(gap.topic)


def _topic(rule: Rule) -> str:
    begins = rule.id.split("-")[0]
    return next((topic for topic, ids in TOPICS.items() if begins in ids), "Other rules")


def _of_rule(rule: Rule) -> Statement:
    weight = "manual" if rule.manual else rule.severity.value
    condition = rule.require.text if rule.require else None
    return Statement(rule.title, weight, rule.id, condition, rule.source.authority.value)


def _of_parameter(parameter: Parameter, day: date) -> tuple[str, Statement]:
    held = parameter.at(day)
    topic = "Dates" if any(isinstance(one.value, date) for one in parameter.values) else "Limits"
    if held is None:
        return topic, Statement(f"{parameter.title}: not known on {day}")
    authority = held.source.authority.value
    statement = Statement(parameter.title, authority=authority, value=held.value, unit=parameter.unit, since=held.since)
    return topic, statement


def _key(statement: Statement) -> tuple[object, ...]:
    """What makes two statements the same; where they are, and since when, may differ."""
    return statement.text, statement.weight, statement.rule, statement.condition, statement.value


def _common(topics: dict[str, list[list[Statement]]]) -> dict[tuple[object, ...], Statement]:
    """What every call says, except in the dates, which are always shown; nothing where there is one call only."""
    found: dict[tuple[object, ...], Statement] = {}
    for topic, cells in topics.items():
        if topic == "Dates" or len(cells) < 2:
            continue
        keys = [{_key(statement) for statement in cell} for cell in cells]
        found |= {
            _key(statement): statement
            for statement in cells[0]
            if all(_key(statement) in others for others in keys[1:])
        }
    return found
