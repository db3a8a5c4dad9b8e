"""Organisations across proposals: the same PIC, or the same name and country, is taken for the same organisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TypeAlias

from mpfcheck.checking.portfolio.entry import Organisation
from mpfcheck.checking.portfolio.summary import Appearance, SharedOrganisation
from mpfcheck.checking.report import InputReference
from mpfcheck.same_name import name_key, pic_key

__all__ = ["Organisations"]

_Key: TypeAlias = tuple[str, ...]
_Met: TypeAlias = tuple[int, InputReference, str, str | None, str | None, str | None]
"""The number of the proposal and the fields of an appearance: there are many, and few are ever told."""


class _Group:
    """One organisation, as far as is known so far."""

    __slots__ = ("appearances", "keys")

    def __init__(self) -> None:
        self.keys: list[_Key] = []
        self.appearances: list[_Met] = []


class Organisations:
    """Remembers in which proposals an organisation was met."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self._groups: dict[_Key, _Group] = {}
        self._proposals = 0
        self._texts: dict[str, str] = {}

    def add(self, input: InputReference, organisations: tuple[Organisation, ...]) -> None:
        """Remember the organisations of one more proposal."""
        self._proposals += 1
        for one in organisations:
            keys = tuple(_keys(one))
            if keys:
                name, country, pic = map(self._once, (one.name, one.country, one.pic))
                self._group_of(keys).appearances.append((self._proposals, input, one.role, name, country, pic))

    def found(self) -> tuple[SharedOrganisation, ...]:
        """Every organisation that several proposals name, the most frequent first."""
        groups = {id(group): group for group in self._groups.values()}.values()
        shared = [_shared(group) for group in groups if len({number for number, *_ in group.appearances}) > 1]
        return tuple(sorted(shared, key=lambda one: (-len(one.appearances), name_key(one.name))))

    def _once(self, text: str | None) -> str | None:
        """The text, the same object every time."""
        return text if text is None else self._texts.setdefault(text, text)

    def _group_of(self, keys: tuple[_Key, ...]) -> _Group:
        """The group these keys lead to: what was thought to be two organisations may turn out to be one."""
        known = {id(group): group for key in keys if (group := self._groups.get(key))}.values()
        group, *others = sorted(known, key=lambda one: -len(one.appearances)) or [_Group()]
        for other in others:
            group.appearances += other.appearances
            keys = (*keys, *other.keys)
        for key in keys:
            if self._groups.get(key) is not group:
                self._groups[key] = group
                group.keys.append(key)
        return group


def _keys(one: Organisation) -> Iterator[_Key]:
    if one.pic and (digits := pic_key(one.pic)):
        yield (digits,)
    if one.name and one.country:
        yield name_key(one.name), one.country


def _shared(group: _Group) -> SharedOrganisation:
    met = sorted(group.appearances, key=lambda one: one[0])
    appearances = [Appearance(input, role, name, country, pic) for _, input, role, name, country, pic in met]
    names = Counter(appearance.name for appearance in appearances if appearance.name)
    countries = Counter(appearance.country for appearance in appearances if appearance.country)
    pics = tuple(dict.fromkeys(appearance.pic for appearance in appearances if appearance.pic))
    name = names.most_common(1)[0][0] if names else pics[0]
    country = countries.most_common(1)[0][0] if countries else None
    return SharedOrganisation(name, country, pics, tuple(appearances))
