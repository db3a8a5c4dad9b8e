"""Organisations across proposals: by name and country, and by PIC, and never the one through the other.

A PIC pasted from the wrong row would otherwise make one organisation of two, and of all that share a name with either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

from mpfcheck.checking.portfolio.entry import Organisation
from mpfcheck.checking.portfolio.summary import Appearance, PicHolder, SharedOrganisation, SharedPic
from mpfcheck.checking.report import InputReference
from mpfcheck.same_name import name_key, pic_key

__all__ = ["Organisations"]

_Met: TypeAlias = tuple[int, InputReference, str, str | None, str | None, str | None]
"""The number of the proposal and the fields of an appearance: there are many, and few are ever told."""


class Organisations:
    """Remembers in which proposals an organisation was met."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self._by_name: dict[tuple[str, str], list[_Met]] = {}
        self._by_pic: dict[str, list[_Met]] = {}
        self._proposals = 0
        self._texts: dict[str, str] = {}

    def add(self, input: InputReference, organisations: tuple[Organisation, ...]) -> None:
        """Remember the organisations of one more proposal."""
        self._proposals += 1
        for one in organisations:
            name, country, pic = map(self._once, (one.name, one.country, one.pic))
            met = (self._proposals, input, one.role, name, country, pic)
            if name and country:
                self._by_name.setdefault((name_key(name), country), []).append(met)
            if pic and (digits := pic_key(pic)):
                self._by_pic.setdefault(digits, []).append(met)

    def found(self) -> tuple[SharedOrganisation, ...]:
        """Every organisation that several proposals name, the most frequent first.

        A PIC brings together only what does not contradict itself, and is told only where name and country do not do
        it already.
        """
        shared = [_shared("name", group) for group in self._by_name.values() if _in_several(group)]
        shared += [
            _shared("pic", group)
            for group in self._by_pic.values()
            if _in_several(group) and len(_holders(group)) > 1 and not _contradicts_itself(group)
        ]
        return tuple(sorted(shared, key=lambda one: (-len(one.appearances), name_key(one.name), one.by)))

    def shared_pics(self) -> tuple[SharedPic, ...]:
        """Every PIC that is given with different names or countries, those given most often first."""
        groups = [(pic, group) for pic, group in self._by_pic.items() if _contradicts_itself(group)]
        groups.sort(key=lambda one: (-len(one[1]), one[0]))
        return tuple(SharedPic(pic, tuple(map(_holder, _holders(group)))) for pic, group in groups)

    def _once(self, text: str | None) -> str | None:
        """The text, the same object every time."""
        return text if text is None else self._texts.setdefault(text, text)


def _in_several(group: Iterable[_Met]) -> bool:
    return len({number for number, *_ in group}) > 1


def _contradicts_itself(group: Iterable[_Met]) -> bool:
    """Whether a PIC is given with more than one name, or with more than one country; what is left out says nothing."""
    names = {name_key(name) for *_, name, _, _ in group if name}
    countries = {country for *_, country, _ in group if country}
    return len(names) > 1 or len(countries) > 1


def _holders(group: Iterable[_Met]) -> list[list[_Met]]:
    """The appearances with a PIC, those with the same name and country together."""
    holders: dict[tuple[str, str | None], list[_Met]] = {}
    for met in group:
        *_, name, country, _ = met
        holders.setdefault((name_key(name or ""), country), []).append(met)
    return list(holders.values())


def _holder(group: list[_Met]) -> PicHolder:
    *_, name, country, _ = group[0]
    return PicHolder(name, country, _appearances(group))


def _appearances(group: Iterable[_Met]) -> tuple[Appearance, ...]:
    return tuple(Appearance(input, role, name, country, pic) for _, input, role, name, country, pic in group)


def _shared(by: str, group: list[_Met]) -> SharedOrganisation:
    appearances = _appearances(group)
    names = Counter(appearance.name for appearance in appearances if appearance.name)
    countries = Counter(appearance.country for appearance in appearances if appearance.country)
    pics = {pic_key(appearance.pic): appearance.pic for appearance in reversed(appearances) if appearance.pic}
    written = tuple(reversed(pics.values()))
    name = names.most_common(1)[0][0] if names else written[0]
    country = countries.most_common(1)[0][0] if countries else None
    return SharedOrganisation(by, name, country, written, appearances)
