"""A call for proposals as data: its identity, sources, dated parameters, definitions, code lists and rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from mpfcheck.frozen import Frozen, FrozenDict
from mpfcheck.packs.code_list import CodeList, Member
from mpfcheck.packs.labels import NO_LABELS, Labels
from mpfcheck.packs.rule import NO_PLACE, Authority, Citation, Condition, Place, Rule

if TYPE_CHECKING:
    from mpfcheck.proposal.fields import Record

__all__ = [
    "Call",
    "CodeList",
    "DatedValue",
    "Definition",
    "Equivalent",
    "Gap",
    "Member",
    "Parameter",
    "ParameterValue",
    "Source",
]

ParameterValue = Decimal | str | bool | date


class Source(Frozen):
    """A document the rules stand on. ``title`` is what people are shown; ``url`` may be unknown.

    ``date`` is its day, month or year, ``"unknown"`` where somebody looked and found none, and None where nobody says.
    """

    id: str
    title: str
    authority: Authority
    url: str | None = None
    date: str | None = None
    note: str = ""
    place: Place = NO_PLACE

    @property
    def dated(self) -> str:
        """Its date in words, empty where nobody says."""
        return {None: "", "unknown": "date unknown"}.get(self.date, self.date or "")


class DatedValue(Frozen):
    """What a parameter was from a day on, and where that is said."""

    since: date
    value: ParameterValue
    source: Citation
    note: str = ""
    place: Place = NO_PLACE


class Parameter(Frozen):
    """A number, text, date or yes/no of the call that may change with time. ``unit``: EUR, months, share or None."""

    name: str
    title: str
    unit: str | None
    values: tuple[DatedValue, ...]
    place: Place

    def at(self, day: date) -> DatedValue | None:
        """Find what held on a day: the latest value not after it, or None where nothing is known of that day."""
        held = [value for value in self.values if value.since <= day]
        return max(held, key=lambda value: value.since) if held else None


class Definition(Frozen):
    """A named expression the rules may use."""

    name: str
    title: str
    condition: Condition
    note: str = ""
    place: Place = NO_PLACE


class Gap(Frozen):
    """Something about the call that is not known, and whom to ask."""

    topic: str
    text: str


class Equivalent(Frozen):
    """Changes to a rule, definition, parameter or code list (``of``) that change nothing, and why nothing can tell.

    ``rules test --mutate`` tries the changes and names them so; no example can notice them.
    """

    of: str
    changes: tuple[str, ...]
    why: str
    place: Place = NO_PLACE


class Call(Frozen):
    """A call, whole and immutable; two are the same only if they are one.

    ``as_of`` is the day whose values hold unless another is asked for, ``published`` the day the call came out, where
    known. ``code_lists`` are those its conditions may name; ``label`` knows those of the proposal format too.
    ``sha256`` is the checksum of its files; ``sha256_without_form`` the one of versions that were locked before forms
    belonged to them. ``annex`` says what the call asks beyond the common fields, None where it does not say;
    ``annex_parts`` the same of applicants, activities, budget lines, contributions and documents. ``files`` says where
    its own files lie, by name; ``folder`` is the folder they were read from, None for a published version.
    """

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
    sha256_without_form: str
    published: date | None = None
    annex: Record | None = None
    annex_parts: Mapping[str, Record] = FrozenDict({})
    equivalent: tuple[Equivalent, ...] = ()
    labels: Labels = NO_LABELS
    files: Mapping[str, Path] = FrozenDict()
    folder: Path | None = None

    # Calls are told apart by which they are: what is worked out from one is kept by it.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def label(self, code_list: str, code: str) -> str:
        """Tell what people call a code of a code list: ``label("countries", "MD")`` is ``"Moldova"``."""
        return self.labels.label(code_list, code)

    def rule(self, rule_id: str) -> Rule:
        """Find the rule with this id; raises KeyError."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)
