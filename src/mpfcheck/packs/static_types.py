"""What the types of a call's expressions prove wrong, before any proposal is seen."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.feel.check.expression import Checked
from mpfcheck.feel.check.type_names import describe
from mpfcheck.feel.types import ContextType, FunctionType, RecordType
from mpfcheck.packs.call import Call
from mpfcheck.packs.mistake import PackMistake
from mpfcheck.packs.proposal_type import proposal_type
from mpfcheck.packs.rule import Condition, Rule, Scope
from mpfcheck.packs.vocabulary import PROPOSALS, Vocabulary, other_meaning, vocabulary_of

__all__ = ["type_mistakes"]


def type_mistakes(call: Call, vocabulary: Vocabulary | None = None) -> list[PackMistake]:
    """List every mistake in the names and types of a call's definitions, conditions and sentences."""
    vocabulary = vocabulary or vocabulary_of(call)
    mistakes = [*_name_mistakes(call), *_definition_mistakes(call, vocabulary)]
    for rule in call.rules:
        mistakes += _rule_mistakes(rule, vocabulary)
    return mistakes


def _name_mistakes(call: Call) -> Iterator[PackMistake]:
    """Find names that mean something else already."""
    named = [(name, "a parameter", parameter.place) for name, parameter in call.parameters.items()]
    named += [(name, "a definition", definition.place) for name, definition in call.definitions.items()]
    named += [(name, "a code list", code_list.place) for name, code_list in call.code_lists.items()]
    for name, what, place in named:
        other = other_meaning(name)
        if other:
            yield PackMistake(place, f'"{name}" is {what} and {other}', "give it another name")
    for rule in call.rules:
        if rule.item is None:
            continue
        taken = {**call.parameters, **call.definitions, **call.code_lists, "as_of": None}
        other = other_meaning(rule.item) or ("a name of the call" if rule.item in taken else "")
        if other:
            message = f'rule {rule.id} calls an item "{rule.item}", which is {other}'
            yield PackMistake(rule.place, message, 'choose another name for "as"')


def _definition_mistakes(call: Call, vocabulary: Vocabulary) -> Iterator[PackMistake]:
    for name, definition in call.definitions.items():
        if name in vocabulary.cyclic:
            circle = ", ".join(f'"{other}"' for other in sorted(vocabulary.cyclic))
            message = f'the definition "{name}" needs itself (in a circle: {circle})'
            yield PackMistake(definition.place, message, "definitions may use each other, but never in a circle")
        elif name in vocabulary.definitions:
            yield from _placed(vocabulary.definitions[name], definition.condition)


def _rule_mistakes(rule: Rule, vocabulary: Vocabulary) -> Iterator[PackMistake]:
    for _, condition in rule.conditions():
        yield from _placed(vocabulary.check(rule, condition), condition, rule)
    for _, sentence in rule.sentences():
        for placeholder in sentence.placeholders():
            checked = vocabulary.check(rule, placeholder)
            yield from _placed(checked, placeholder, rule)
            if isinstance(checked.type, FunctionType | RecordType | ContextType):
                message = f"`{placeholder.text}` is {describe(checked.type)}, which cannot be said in a sentence"
                yield PackMistake(placeholder.place, message, "name one of its fields")


def _placed(checked: Checked, condition: Condition, rule: Rule | None = None) -> Iterator[PackMistake]:
    """Give mistakes their place in the rule file."""
    for mistake in checked.mistakes:
        start, end = mistake.span
        hint = mistake.hint
        if rule and rule.scope is Scope.PORTFOLIO and condition.text[start:end] in proposal_type().fields:
            hint = f'a portfolio rule knows no one proposal, but "{PROPOSALS}", the list of all that are checked'
        yield PackMistake(condition.place_at(start), mistake.message, hint)
