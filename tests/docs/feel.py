"""The FEEL of a page, evaluated on the proposal the page shows.

A block ``feel`` holds examples of the form ``expression → value``; the expression may go over several lines. What
follows the arrow is FEEL too, or one of two words: ``unanswered`` (with the answers it waits for, as in a report), or
``mistake:`` with what lint says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from mpfcheck.checking.names import CallNames, ProposalNames
from mpfcheck.checking.wording import fill
from mpfcheck.feel.check.expression import CheckedExpression, check
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.values.value import Unanswered, Value
from mpfcheck.packs.call import Call
from mpfcheck.packs.load import load_call
from mpfcheck.packs.mistake import NO_PLACE
from mpfcheck.packs.template import Condition, Template, split_template
from mpfcheck.packs.vocabulary import proposal_type, vocabulary_of
from mpfcheck.proposal.reader import known_answers
from tests.docs.markdown import Block, blocks

CALL = "mpf-2023-borders-security"
ARROW = "→"


class Example(NamedTuple):
    """An expression and what the page says it gives."""

    expression: str
    expected: str
    where: str


def examples(block: Block) -> Iterator[Example]:
    """The examples of a block."""
    lines: list[str] = []
    for number, line in enumerate(block.text.splitlines(), block.line + 1):
        before, arrow, after = line.partition(ARROW)
        lines.append(before)
        if arrow:
            yield Example("\n".join(lines).strip(), after.strip(), f"{block.page}:{number}")
            lines = []
    assert not "".join(lines).strip(), f"{block}: an expression without an arrow"


@cache
def the_call() -> Call:
    """The call the pages speak of, loaded once."""
    return load_call(CALL)


@cache
def names(page: str) -> ProposalNames:
    """The names of the call, with the answers of the first proposal the page shows."""
    call = the_call()
    answers = known_answers(json.loads(blocks(page, "json")[0].text))
    return CallNames(call, call.as_of, {}, proposal_type()).of(answers)


def checked(expression: str) -> CheckedExpression:
    """The expression with its types and mistakes, as a rule of the call would be checked."""
    known = vocabulary_of(the_call()).names
    return check(parse(expression, known.keys()), known)


def evaluate(expression: str, page: str) -> Value:
    """The value of an expression on the page's proposal."""
    return names(page).value(checked(expression).tree)


def disagreement(example: Example, page: str) -> str:
    """What is untrue about an example; empty where it is true."""
    found = checked(example.expression)
    mistakes = " ".join(f"{mistake.message} {mistake.hint}".strip() for mistake in found.mistakes)
    if example.expected.startswith("mistake: "):
        return "" if mistakes == example.expected.removeprefix("mistake: ") else mistakes or "no mistake"
    if mistakes:
        return mistakes
    value = evaluate(example.expression, page)
    if isinstance(value, Unanswered):
        said = f"unanswered {', '.join(sorted(value.paths))}"
        return "" if example.expected in ("unanswered", said) else said
    if example.expected.startswith("unanswered"):
        return repr(value)
    return "" if value == evaluate(example.expected, page) else repr(value)


def sentence(template: str, page: str) -> str:
    """A sentence of a rule, filled in with the page's proposal."""
    parts = tuple(
        part if isinstance(part, str) else Condition(part.text, checked(part.text).tree, NO_PLACE)
        for part in split_template(template)
    )
    sentence, _ = fill(
        Template(template, parts, NO_PLACE), names(page), lambda part: checked(part.text).type, the_call().label
    )
    return sentence
