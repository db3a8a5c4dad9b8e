"""Figures in sentences: a limit stands once, as a parameter, and every sentence that names it must follow it.

A message, a fix and a note can show a parameter with ``{its_name}``. A title, a summary and the texts of a form cannot:
they name figures such as 95 %, and this finds those that no longer agree with the parameter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from mpfcheck.packs.call import Call, Parameter, ParameterValue, read_call_file, value_in_words
from mpfcheck.packs.find import CALL_FILE
from mpfcheck.packs.lint.finding import LintFinding, warning
from mpfcheck.packs.load import kept_version
from mpfcheck.packs.mistake import PackError, Place
from mpfcheck.packs.rule import Rule
from mpfcheck.packs.template import Template
from mpfcheck.packs.version import PublishedVersion, load_versions
from mpfcheck.packs.yaml_file import read_yaml

__all__ = ["Sentence", "outdated_figures", "sentences_of_call"]


PLAINLY_MONEY: Final = 1000
"""From this amount on, a number without "EUR" is taken for it; a smaller number can be anything."""


class Sentence(NamedTuple):
    """A text people read: where it stands, what it is called in a finding, what it says, and in which rule.

    ``fills`` tells whether it may hold ``{placeholders}``, which are not part of ``text``.
    """

    place: Place
    what: str
    text: str
    rule: str | None = None
    fills: bool = False


class _Limit:
    """A parameter, with the values it has and those it had in a published version and has no more."""

    def __init__(self, parameter: Parameter, earlier: Iterable[ParameterValue]) -> None:
        self.name = parameter.name
        unit = parameter.unit
        self.values = {dated.value: (value_in_words(dated.value, unit), dated.since) for dated in parameter.values}
        self.ways = {value: _ways(value, unit) for value in {*self.values, *earlier}}

    def named_in(self, text: str) -> dict[ParameterValue, str]:
        """The values that a text names, each as it names it."""
        found = {value: way.search(text) for value, way in self.ways.items() if way is not None}
        return {value: match[0] for value, match in found.items() if match is not None}

    def in_words(self) -> str:
        """What the parameter is: ``90 %``, or ``95 % from 2023-03-10 and 90 % from 2027-01-01``."""
        if len(self.values) == 1:
            return next(spelled for spelled, _ in self.values.values())
        return " and ".join(f"{spelled} from {since}" for spelled, since in self.values.values())


def outdated_figures(call: Call, sentences: Iterable[Sentence]) -> Iterator[LintFinding]:
    """Find sentences that name a value of a parameter where they should not, or not all that it has.

    A sentence that may hold placeholders must use one. Any other sentence that names a value which a parameter has, or
    had in a published version, must name all that it has now. A figure that another parameter has and always had is
    taken to mean that one. Numbers without a unit are not looked for: "2" can mean anything.
    """
    earlier = _earlier_values(call)
    limits = [_Limit(parameter, earlier.get(parameter.name, ())) for parameter in call.parameters.values()]
    steady = [limit for limit in limits if len(limit.ways) == 1]
    for sentence in sentences:
        text = " ".join(sentence.text.split())
        for limit in limits:
            named = limit.named_in(text)
            others = {value for other in steady if other is not limit for value in other.named_in(text)}
            if not named or named.keys() <= others:
                continue
            shown = ", ".join(dict.fromkeys(named.values()))
            if sentence.fills:
                message = f'{sentence.what} says "{shown}", a value of the parameter "{limit.name}"'
                yield warning(sentence.place, message, f"write {{{limit.name}}} instead", sentence.rule)
            elif limit.values.keys() - named.keys():
                message = f'{sentence.what} says "{shown}", but "{limit.name}" is {limit.in_words()}'
                hint = "correct the sentence, or write it without the figure"
                yield warning(sentence.place, message, hint, sentence.rule)


def sentences_of_call(call: Call) -> Iterator[Sentence]:
    """Yield what a call says of itself and in its rules; not its gaps and sources, which say what others wrote."""
    yield Sentence(Place(CALL_FILE, 1, 1), "the title of the call", call.title)
    yield Sentence(Place(CALL_FILE, 1, 1), "the summary of the call", call.summary)
    for parameter in call.parameters.values():
        yield Sentence(parameter.place, f'the title of the parameter "{parameter.name}"', parameter.title)
    for definition in call.definitions.values():
        yield Sentence(definition.place, f'the title of the definition "{definition.name}"', definition.title)
    for rule in call.rules:
        yield from _of_rule(rule)


def _of_rule(rule: Rule) -> Iterator[Sentence]:
    yield Sentence(rule.place, f"the title of rule {rule.id}", rule.title, rule.id)
    yield Sentence(rule.place, f'the "why" of rule {rule.id}', rule.why, rule.id)
    for key, template in rule.sentences():
        yield Sentence(template.place, f'the "{key}" of rule {rule.id}', _literal(template), rule.id, fills=True)


def _literal(template: Template) -> str:
    return "{}".join(part for part in template.parts if isinstance(part, str))


@lru_cache(maxsize=1024)
def _ways(value: ParameterValue, unit: str | None) -> re.Pattern[str] | None:
    """The ways a value is written in a sentence, None for a value that a sentence cannot be seen to name."""
    if isinstance(value, date):
        return re.compile(rf"\b(?:{value.day} {value:%B} {value.year}|{value.isoformat()})\b")
    if not isinstance(value, Decimal):
        return None
    if unit == "share":
        return re.compile(rf"(?<![\d.,]){re.escape(f'{(value * 100).normalize():f}')} ?(?:%|per ?cent\b)")
    if unit == "months":
        return re.compile(rf"(?<![\d.,]){value.normalize():f}[ -]months?\b")
    if unit == "EUR":
        amount = re.escape(f"{value.normalize():,f}").replace(",", "[ ,]?")
        millions = re.escape(f"{(value / 1_000_000).normalize():f}")
        begins = r"(?<![\d.,])(?<!\d )" if value >= PLAINLY_MONEY else "EUR "
        return re.compile(rf"{begins}(?:EUR )?{amount}(?:\.00?)?(?![ ,.]?\d)|(?<![\d.,]){millions} million\b")
    return None


def _earlier_values(call: Call) -> Mapping[str, set[ParameterValue]]:
    """The values of the parameters in the published versions of a call that lies in a folder, by name."""
    found: dict[str, set[ParameterValue]] = {}
    if call.folder is None:
        return found
    versions: Sequence[PublishedVersion] = ()
    # What is wrong with the list of versions, or with one of them, is reported where checksums are checked.
    with suppress(PackError):
        versions = load_versions(call.folder)
    for version in versions:
        with suppress(PackError):
            for parameter in _kept_parameters(call.folder, version):
                found.setdefault(parameter.name, set()).update(dated.value for dated in parameter.values)
    return found


def _kept_parameters(folder: Path, version: PublishedVersion) -> Iterable[Parameter]:
    """The parameters of a published version; raises PackError where its call file is not kept as it was."""
    kept = kept_version(folder, version.version)
    if kept is None:
        return ()
    file = read_yaml(kept.folder.read(CALL_FILE), CALL_FILE)
    return read_call_file(file, folder.name, dict, []).parameters.values()
