"""What can be answered in a form, and whether that is enough for the rules of its call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Self

from mpfcheck.forms.form import Form, Group, Part, Question
from mpfcheck.packs.call import Call
from mpfcheck.packs.lint.finding import Finding, error, warning
from mpfcheck.packs.severity import Severity
from mpfcheck.packs.vocabulary import rule_fields

__all__ = ["Answerable", "answerable_findings"]


class Answerable:
    """The fields a form asks, or begins with."""

    def __init__(self, form: Form) -> None:
        self._ways: set[tuple[str, ...]] = set(_leaves(form.begin, ()))
        for _, part in form.parts():
            self.ask(part)

    @classmethod
    def begin(cls, form: Form) -> Self:
        """Only the fields a new proposal begins with."""
        return cls(Form(form.call, form.title, (), begin=form.begin))

    def ask(self, part: Part) -> None:
        """Count what a question or group asks."""
        self._ways.add(part.field)
        if isinstance(part, Group):
            self._ways |= {(*part.field, *question.field) for question in part.questions}
            if part.first_id:
                self._ways.add((*part.field, "id"))

    def has(self, way: tuple[str, ...]) -> bool:
        """Tell whether the field, or some of the fields inside it, can be answered."""
        return any(way == one[: len(way)] for one in self._ways)


def answerable_findings(form: Form, call: Call) -> Iterator[Finding]:
    """Find the fields a rule reads and nobody is asked: errors for blocking rules, warnings for others."""
    answerable = Answerable(form)
    first = form.pages[0].place
    for rule in call.rules:
        unasked = sorted(way for way in rule_fields(call)[rule.id] if not answerable.has(way))
        if unasked:
            find = error if rule.severity is Severity.BLOCKING and not rule.manual else warning
            listed = ", ".join(f'"{".".join(way)}"' for way in unasked)
            message = f"rule {rule.id} reads {listed}, which the form does not ask"
            yield find(first, message, "add a question, or the rule stays undecided", rule.id)
    for _, part in form.parts():
        if isinstance(part, Group) and not part.none:
            message = f'nobody can say that there is none of "{".".join(part.field)}"'
            yield warning(part.place, message, 'add "none" with the words for it')
        if isinstance(part, Question) and part.field in (("format",), ("call",)):
            yield error(part.place, f'"{part.field[0]}" is not for people to answer', "leave it out")


def _leaves(values: Mapping[str, object], way: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*way, name))
        else:
            yield (*way, name)
