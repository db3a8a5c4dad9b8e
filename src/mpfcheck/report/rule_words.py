"""The conditions of a rule in plain words, with what the call calls its lists and codes."""

from __future__ import annotations

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

    return in_words(condition.tree, label, condition=condition is not rule.for_each)


def _code_list(found: Type | None, rest: list[str]) -> str | None:
    """The code list a field takes its codes from, by the dotted path to it."""
    while isinstance(found, ListType):
        found = found.item
    if rest and isinstance(found, RecordType) and rest[0] in found.fields:
        return _code_list(found.fields[rest[0]].type, rest[1:])
    return found.code_list if isinstance(found, TextType) and not rest else None
