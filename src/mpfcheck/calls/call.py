"""A call for proposals as data: its identity, sources, dated parameters, definitions, code lists and rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mpfcheck.calls.rule import Authority, Citation, Condition, Place, Rule

__all__ = ["Call", "CodeList", "DatedValue", "Definition", "Gap", "Member", "Parameter", "ParameterValue", "Source"]

ParameterValue = Decimal | str | bool | date


@dataclass(frozen=True, slots=True)
class Source:
    """A document the rules stand on. ``title`` is what people are shown; ``url`` may be unknown."""

    id: str
    title: str
    authority: Authority
    url: str | None = None
    date: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class DatedValue:
    """What a parameter was from a day on, and where that is said."""

    since: date
    value: ParameterValue
    source: Citation


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number, text, date or yes/no of the call that may change with time. ``unit``: EUR, months, share or None."""

    name: str
    title: str
    unit: str | None
    values: tuple[DatedValue, ...]
    place: Place

    def at(self, day: date) -> DatedValue | None:
        """What held on a day: the latest value not after it, or None where nothing is known of that day."""
        held = [value for value in self.values if value.since <= day]
        return max(held, key=lambda value: value.since) if held else None


@dataclass(frozen=True, slots=True)
class Definition:
    """A named expression the rules may use."""

    name: str
    title: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Member:
    """A code of a list: the label people read, where it is from, how sure that is (``high``, ``medium``, ``low``)."""

    code: str
    label: str
    source: str = ""
    confidence: str = "high"
    note: str = ""


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes. Candidates are codes some source counts in and others do not: a person must judge."""

    id: str
    title: str
    members: tuple[Member, ...]
    candidates: tuple[Member, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something about the call that is not known, and whom to ask."""

    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call, whole and immutable. ``as_of`` is the day whose values hold unless another is asked for."""

    id: str
    title: str
    version: str
    as_of: date
    summary: str
    sources: Mapping[str, Source]
    parameters: Mapping[str, Parameter]
    definitions: Mapping[str, Definition]
    code_lists: Mapping[str, CodeList]
    rules: tuple[Rule, ...]
    gaps: tuple[Gap, ...]
    sha256: str

    def rule(self, rule_id: str) -> Rule:
        """The rule with this id; raises KeyError."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)
