"""The documents that may show that a rule is kept, as its condition names them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mpfcheck.feel.check.expression import Checked
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.syntax.tree import parts
from mpfcheck.feel.types import TextType
from mpfcheck.packs.call import Call
from mpfcheck.packs.rule import Rule
from mpfcheck.packs.vocabulary import vocabulary_of

__all__ = ["DOCUMENT_KINDS", "document_kinds"]

DOCUMENT_KINDS: Final = "document_kinds"
"""The code list of the kinds of documents."""


def document_kinds(call: Call, rule: Rule) -> tuple[str, ...]:
    """The kinds of documents that a rule requires, by their codes: those its condition compares a document with."""
    if rule.require is None:
        return ()
    checked = vocabulary_of(call).check(rule, rule.require)
    return tuple(sorted(set(_asked_for(rule.require.tree, checked))))


def _asked_for(node: tree.Expression | tree.Test | tree.Iteration, checked: Checked) -> Iterator[str]:
    match node:
        case tree.Compare("=", left, right):
            for kind, code in ((left, right), (right, left)):
                if isinstance(code, tree.Text) and _is_document_kind(kind, checked):
                    yield code.value
        case tree.In(value, tests) if _is_document_kind(value, checked):
            for test in tests:
                listed = test.items if isinstance(test, tree.ListOf) else (test,)
                yield from (code.value for code in listed if isinstance(code, tree.Text))
    for part in parts(node):
        yield from _asked_for(part, checked)


def _is_document_kind(node: tree.Expression, checked: Checked) -> bool:
    kind = checked.type_of(node)
    return isinstance(kind, TextType) and kind.code_list == DOCUMENT_KINDS
