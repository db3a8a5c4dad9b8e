"""Sentences that YAML cuts short: in a text without quotes, what follows a blank and # is a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mpfcheck.packs.lint.finding import Finding, warning
from mpfcheck.packs.rule import Place
from mpfcheck.packs.yaml_node import YamlFile, YamlList, YamlMap, YamlNode, YamlScalar

__all__ = ["cut_sentences"]

_COMMENT = re.compile(r"[ \t]+(#[^\n\r]*)")
_EXPRESSIONS = frozenset({"require", "when", "value", "doubt", "for each", "as", "show when", "field", "url", "sha256"})
"""Keys of what is no sentence: a comment after it cuts nothing off."""
_SHOWN = 30


def cut_sentences(file: YamlFile) -> Iterator[Finding]:
    """Find the texts people read that end before a # which was most likely meant as part of them."""
    for key, node in _texts("", file.root):
        found = _COMMENT.match(file.text, node.end)
        if found is None or key in _EXPRESSIONS or not isinstance(node.value, str) or " " not in node.value.strip():
            continue
        line = file.text.count("\n", 0, found.start(1)) + 1
        column = found.start(1) - file.text.rfind("\n", 0, found.start(1))
        rest = found[1] if len(found[1]) <= _SHOWN else f"{found[1][:_SHOWN]}…"
        message = f'"{key}" ends before the #: "{rest}" is a comment to YAML, and nobody reads it'
        hint = "put quotes around the whole text, or the comment on a line of its own"
        yield warning(Place(file.name, line, column), message, hint)


def _texts(key: str, node: YamlNode) -> Iterator[tuple[str, YamlScalar]]:
    """Every text without quotes, with the key it is the value of."""
    match node:
        case YamlMap():
            for name, value in node.entries.items():
                yield from _texts(name, value)
        case YamlList():
            for item in node.items:
                yield from _texts(key, item)
        case YamlScalar() if not node.style:
            yield key, node
