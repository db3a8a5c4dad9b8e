"""Which rules read which questions of a form, and what they say of a draft, the worst first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mpfcheck.checking.judgement import WORST_FIRST
from mpfcheck.checking.report import Result, Severity
from mpfcheck.forms.form import Group, Page
from mpfcheck.packs.call import Call
from mpfcheck.packs.vocabulary import rule_fields

__all__ = ["Touching", "worst_first"]

Way = tuple[str, ...]

_SEVERITIES = (Severity.BLOCKING, Severity.WARNING, Severity.ADVICE)


class Touching:
    """The rules of a call by the fields they read."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def rules_of(self, way: Way) -> tuple[str, ...]:
        """The ids of the rules that read a field, or a field inside the items of a list, in the pack's order."""
        return tuple(
            rule_id for rule_id, ways in rule_fields(self._call).items() if any(_reads(one, way) for one in ways)
        )

    def rules_of_page(self, page: Page) -> frozenset[str]:
        """The ids of the rules that read anything a page asks."""
        ways: set[Way] = set()
        for part in page.parts:
            ways.add(part.field)
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


def _reads(read: Way, way: Way) -> bool:
    return read[: len(way)] == way
