"""The conditions of a rule in plain words, with what the call calls its lists and codes."""

from __future__ import annotations

import re

from mpfcheck.feel.study.words import in_words
from mpfcheck.feel.types import ListType, RecordType, TextType, Type
from mpfcheck.packs.call import Call
from mpfcheck.packs.rule import Rule
from mpfcheck.packs.template import Condition
from mpfcheck.packs.vocabulary import vocabulary_of

__all__ = ["condition_in_words"]

FIELDS = {
    "as_of": "the date of the check",
    "budget.lines": "the budget lines",
    "budget.total": "the total budget",
    "co_applicants": "the co-applicants",
    "consultation.held": "a consultation with the MPF",
    "contributed": "the co-financing in total",
    "declarations.no_double_funding": "the declaration that there is no double funding",
    "declarations.no_exclusion_situation": "the declaration that there is no exclusion situation",
    "declarations.not_started": "the declaration that the action has not started",
    "financing.contributions": "the co-financing",
    "financing.grant_requested": "the requested grant",
}
"""Fields whose own names read badly in a sentence."""

FACTS = {
    "annex.letters_with_concept_note": (
        "the letters come with the concept note",
        "the letters do not come with the concept note",
    ),
    "consultation.held": ("the MPF was consulted", "the MPF was not consulted"),
    "declarations.no_double_funding": (
        "it is declared that there is no double funding",
        "it is not declared that there is no double funding",
    ),
    "declarations.no_exclusion_situation": (
        "it is declared that there is no exclusion situation",
        "it is not declared that there is no exclusion situation",
    ),
    "declarations.not_started": (
        "it is declared that the action has not started",
        "it is not declared that the action has not started",
    ),
    "legal_person": ("{owner} is a legal person", "{owner} is not a legal person"),
    "non_profit": ("{owner} works on a non-profit basis", "{owner} does not work on a non-profit basis"),
    "signed": ("{owner} is signed", "{owner} is not signed"),
}
"""What a field says where it is yes, and where it is no; by its path, or by its name alone for fields of many parts."""

WHETHER = "Whether "
"""So begin the titles of parameters and definitions that are yes or no."""


def condition_in_words(call: Call, rule: Rule, condition: Condition) -> str:
    """A condition of a rule in words, without a capital at the start or a full stop."""
    names = vocabulary_of(call).names_for(rule)

    def label(path: str, code: str | None) -> str | None:
        if code is not None:
            code_list = _code_list(names.get(path.split(".")[0]), path.split(".")[1:])
            return call.label(code_list, code) if code_list else None
        name, _, part = path.partition(".")
        if name in call.code_lists:
            of = "candidates of the list" if part == "candidates" else "list"
            return f"the {of} “{call.code_lists[name].title}”"
        return FIELDS.get(path)

    def facts(path: str) -> tuple[str, str] | None:
        last = path.rpartition(".")[2]
        return FACTS.get(path) or FACTS.get(last) or _fact_of_the_call(call, last)

    return in_words(condition.tree, label, facts, condition=condition is not rule.for_each)


def _fact_of_the_call(call: Call, name: str) -> tuple[str, str] | None:
    """The sentences of a parameter or definition that is yes or no, from its title without reasons and remarks."""
    known = call.parameters.get(name) or call.definitions.get(name)
    if known is None or not known.title.startswith(WHETHER):
        return None
    fact = re.split(r"\. |, because |, so that ", known.title.removeprefix(WHETHER))[0]
    fact = fact.replace("{", "{{").replace("}", "}}")
    return fact, f"it is not the case that {fact}"


def _code_list(found: Type | None, rest: list[str]) -> str | None:
    """The code list a field takes its codes from, by the dotted path to it."""
    while isinstance(found, ListType):
        found = found.item
    if rest and isinstance(found, RecordType) and rest[0] in found.fields:
        return _code_list(found.fields[rest[0]].type, rest[1:])
    return found.code_list if isinstance(found, TextType) and not rest else None
