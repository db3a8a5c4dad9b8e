"""Sentences with expressions in them are taken apart as people mean them."""

from __future__ import annotations

import pytest

from mpfcheck.packs.template import Placeholder, TemplateError, split_template


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("no braces", ["no braces"]),
        ("", []),
        ("{a}", [Placeholder("a", 1)]),
        ("x { a + b } y", ["x ", Placeholder("a + b", 4), " y"]),
        ("{a}{b}", [Placeholder("a", 1), Placeholder("b", 4)]),
        ("{{a}} is {a}", ["{a} is ", Placeholder("a", 10)]),
        ('{if a then "{" else "}\\"}"}!', [Placeholder('if a then "{" else "}\\"}"', 1), "!"]),
        ("{ {x: {y: 1}}.x }", [Placeholder("{x: {y: 1}}.x", 2)]),
    ],
)
def test_a_sentence_is_text_and_placeholders_in_order(text: str, parts: list[str | Placeholder]) -> None:
    assert split_template(text) == parts


@pytest.mark.parametrize(("text", "offset"), [("a { b", 2), ("a } b", 2), ("a {} b", 2), ("{a}}", 3)])
def test_braces_that_do_not_match_are_refused_where_they_stand(text: str, offset: int) -> None:
    with pytest.raises(TemplateError) as refused:
        split_template(text)
    assert refused.value.offset == offset
    assert refused.value.hint
