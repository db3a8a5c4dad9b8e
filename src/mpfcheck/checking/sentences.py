"""The sentences of rules as Python functions over answers, each compiled from its template when it is first needed.

A sentence without code, or whose code meets an unanswered field, is left to :func:`mpfcheck.checking.wording.fill`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, TypeAlias

from mpfcheck.checking.report import SentenceValue
from mpfcheck.checking.wording import (
    Label,
    SentenceValues,
    TypeOf,
    choices_in,
    plain_number,
    plain_value,
    write_value,
)
from mpfcheck.feel.compile.compiler import Code, Compiler, functions_of, name_of
from mpfcheck.feel.compile.nodes import LOAD
from mpfcheck.feel.errors import UNREADY, NotCompilableError
from mpfcheck.feel.types import ListType, NumberType, RecordType, TextType, Type
from mpfcheck.feel.values.temporal import Date
from mpfcheck.feel.values.value import Record, Value
from mpfcheck.packs.rule import Rule, RuleScope
from mpfcheck.packs.template import Template
from mpfcheck.proposal.values import format_money, plain_money

if TYPE_CHECKING:
    import ast
else:
    from mpfcheck.feel.compile import nodes as ast

__all__ = ["Sentences"]

Write: TypeAlias = Callable[[Any], str]
"""Writes the value of compiled code as people write it."""

Plain: TypeAlias = Callable[[Any], SentenceValue]
"""Writes the value of compiled code as JSON has it."""

Filled: TypeAlias = Callable[[Mapping[str, object], object], tuple[str, SentenceValues]]
"""The sentence for answers and an item of the list that its rule speaks of; leaves by one of ``errors.UNREADY``."""

MOST_KNOWN = 1024
LONG = 2000


class Sentences:
    """The sentences of one call. ``compiler`` makes a compiler of its conditions."""

    def __init__(self, compiler: Callable[[], Compiler], type_of: TypeOf, label: Label) -> None:
        self._compiler = compiler
        self._type_of = type_of
        self._label = label
        self._made: dict[int, tuple[Template, Filled | None]] = {}

    def fill(
        self, rule: Rule, template: Template, answers: Mapping[str, object], item: object
    ) -> tuple[str, SentenceValues] | None:
        """The sentence of a template and what gives its values; None where only the reference evaluator can fill it."""
        known = self._made.get(id(template))
        if known is None:
            # With the template, so that its id stays its own.
            known = self._made.setdefault(id(template), (template, self._make(rule, template)))
        if known[1] is None:
            return None
        try:
            return known[1](answers, item.values if isinstance(item, Record) else item)
        except UNREADY:
            return None

    def _make(self, rule: Rule, template: Template) -> Filled | None:
        if rule.scope is RuleScope.PORTFOLIO:
            return None
        compiler = self._compiler()
        try:
            scope = {}
            if rule.for_each is not None and rule.item is not None:
                item = compiler.items(rule.for_each.tree, {})[1]
                if not isinstance(item, RecordType | TextType):
                    return None
                scope[rule.item] = Code(name_of("item"), item)
            codes: list[Code] = []
            parts = template.placeholders()
            tests = {text: test for part in parts for text, test in choices_in(part)}

            def values() -> list[ast.stmt]:
                codes.extend(
                    compiler.expression(one, scope) for one in (*(part.tree for part in parts), *tests.values())
                )
                return [ast.Return(ast.Tuple([code.exact() for code in codes], LOAD))]

            function = compiler.function("values", values, "item")
        except NotCompilableError:
            return None
        made = functions_of([function], compiler.names)
        # Of the parts and of what they choose by, a type is wanted of the parts alone.
        shapes = [(code.type, self._type_of(part)) for part, code in zip(parts, codes, strict=False)]
        writers = [self._writer(shape, kind) for shape, kind in shapes]
        frame = "".join([part.replace("%", "%%") if isinstance(part, str) else "%s" for part in template.parts])
        test_numbers = {text: number for number, text in enumerate(tests, len(parts))}
        # In the order of the message, as the reference has them: a report does not tell which of the two made it.
        plain: list[tuple[str, int, Plain]] = []
        for number, (part, (shape, kind)) in enumerate(zip(parts, shapes, strict=True)):
            choices = [(text, test_numbers[text], bool) for text, _ in choices_in(part)]
            plain += choices or [(part.text, number, self._plain(shape, kind))]
        return partial(_sentence, frame, writers, plain, made["values"])

    def _writer(self, shape: Type, kind: Type) -> Write:
        """What writes the values of a placeholder: ``shape`` is their type in compiled code, ``kind`` to the check."""
        if isinstance(shape, NumberType) and kind == NumberType("EUR"):
            return format_money
        if isinstance(shape, TextType):
            if isinstance(kind, TextType) and kind.code_list:
                return partial(self._label, kind.code_list)
            return _one_line
        return lambda value: write_value(_lifted(value, shape), kind, self._label)

    def _plain(self, shape: Type, kind: Type) -> Plain:
        """What gives the values of a placeholder as JSON has them."""
        if isinstance(shape, TextType):
            return str
        if isinstance(shape, NumberType):
            return plain_money if kind == NumberType("EUR") else plain_number
        return lambda value: plain_value(_lifted(value, shape), kind, self._label)


def _sentence(
    frame: str,
    writers: Sequence[Write],
    plain: list[tuple[str, int, Plain]],
    values_of: Callable[[Mapping[str, object], object], tuple[object, ...]],
    answers: Mapping[str, object],
    item: object,
) -> tuple[str, SentenceValues]:
    known = values_of(answers, item)
    text = frame % tuple([write(value) for write, value in zip(writers, known, strict=False)])
    return text, lambda: [(name, write(known[number])) for name, number, write in plain]


def _lifted(value: Any, shape: Type) -> Value:
    """A value of compiled code as one of the language."""
    match shape:
        case RecordType():
            return Record(value, shape)
        case ListType(item):
            return [_lifted(one, item) for one in value]
    return Date(value.year, value.month, value.day) if isinstance(value, date) else value


def _one_line(text: str) -> str:
    # A line break in a value would end the sentence it stands in. Most texts are those of the rule itself.
    return _known_line(text) if len(text) < LONG else " ".join(text.split())


@lru_cache(MOST_KNOWN)
def _known_line(text: str) -> str:
    return " ".join(text.split())
