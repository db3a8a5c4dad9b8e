"""The names the conditions of a call may use, and the type of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from mpfcheck.feel.check.expression import Checked, check
from mpfcheck.feel.check.signatures import SIGNATURES
from mpfcheck.feel.study.dependencies import names_used
from mpfcheck.feel.syntax.tree import Expression
from mpfcheck.feel.types import ANY, BOOLEAN, DATE, NUMBER, TEXT, ContextType, ListType, NumberType, TextType, Type
from mpfcheck.packs.call import Call, Definition, Parameter
from mpfcheck.packs.code_list import CodeList
from mpfcheck.packs.proposal_type import code_types, proposal_type, proposal_type_of
from mpfcheck.packs.rule import Condition, Rule, Scope

__all__ = ["PROPOSALS", "Vocabulary", "other_meaning", "proposal_type", "rule_names", "vocabulary_of"]

PROPOSALS = "proposals"
"""What a portfolio rule calls the proposals that are checked together."""


class Vocabulary:
    """The typed names of a call.

    ``names`` are those of a rule about one proposal: the proposal's fields, ``as_of``, code lists, parameters and
    definitions. ``portfolio_names`` are those of a rule about many: ``proposals`` in place of the fields, and only the
    definitions that read none. ``cyclic`` are the definitions that need themselves.
    """

    def __init__(self, call: Call) -> None:
        self._call = call
        proposal = proposal_type_of(call)
        fields = {name: field.type for name, field in proposal.fields.items()}
        constants: dict[str, Type] = {"as_of": DATE}
        constants |= {name: code_list_type(code_list, call) for name, code_list in call.code_lists.items()}
        constants |= {name: parameter_type(parameter) for name, parameter in call.parameters.items()}
        constants = {name: type_ for name, type_ in constants.items() if not other_meaning(name)}
        self.names: dict[str, Type] = {**fields, **constants}
        self.portfolio_names: dict[str, Type] = {PROPOSALS: ListType(proposal), **constants}
        self.cyclic: set[str] = set()
        self.definitions: dict[str, Checked] = {}
        for definition in call.definitions.values():
            self._define(definition, ())
        self._checked: dict[int, tuple[Condition, Checked]] = {}
        self._items: dict[str, Mapping[str, Type]] = {}

    def _define(self, definition: Definition, needed_by: tuple[str, ...]) -> None:
        """Infer a definition's type from its expression, after those of the definitions it uses."""
        name = definition.name
        if name in self.definitions or name in self.cyclic:
            return
        if name in needed_by:
            self.cyclic.update(needed_by[needed_by.index(name) :])
            self.names.update(dict.fromkeys(self.cyclic, ANY))
            return
        used = names_used(definition.condition.tree)
        for other in sorted(used & self._call.definitions.keys()):
            self._define(self._call.definitions[other], (*needed_by, name))
        if name in self.cyclic:
            return
        checked = self.definitions[name] = check(definition.condition.tree, self.names)
        if other_meaning(name):
            return
        self.names[name] = checked.type
        if (
            used & self._call.definitions.keys() <= self.portfolio_names.keys()
            and not used & proposal_type().fields.keys()
        ):
            self.portfolio_names[name] = checked.type

    def outer_names(self, rule: Rule) -> Mapping[str, Type]:
        """Return the names a rule may use apart from its item."""
        return self.portfolio_names if rule.scope is Scope.PORTFOLIO else self.names

    def names_for(self, rule: Rule) -> Mapping[str, Type]:
        """Return the names a rule's conditions and sentences may use, its item among them."""
        outer = self.outer_names(rule)
        if rule.for_each is None or rule.item is None:
            return outer
        if rule.id not in self._items:
            listed = self.check(rule, rule.for_each).type
            self._items[rule.id] = {**outer, rule.item: listed.item if isinstance(listed, ListType) else ANY}
        return self._items[rule.id]

    def item_types(self, items: Mapping[str, Expression]) -> Mapping[str, Type]:
        """Return the type of an item of each of these lists, which conditions about one proposal may name."""
        found: dict[str, Type] = {}
        for name, listed in items.items():
            type_ = check(listed, self.names).type
            found[name] = type_.item if isinstance(type_, ListType) else ANY
        return found

    def check(self, rule: Rule, condition: Condition) -> Checked:
        """Find the types of one of a rule's conditions or placeholders, and its mistakes."""
        known = self._checked.get(id(condition))
        if known is None:
            wanted: Type = ANY
            if condition is rule.for_each:
                names, wanted = self.outer_names(rule), ListType(ANY)
            else:
                names = self.names_for(rule)
                if any(condition is other for _, other in rule.conditions()):
                    wanted = BOOLEAN
            # Kept with its condition, so that the id stays taken.
            known = self._checked[id(condition)] = (condition, check(condition.tree, names, wanted=wanted))
        return known[1]

    def type_of(self, rule: Rule, condition: Condition) -> Type:
        """Find the type of one of a rule's conditions or placeholders."""
        return self.check(rule, condition).type


def other_meaning(name: str) -> str:
    """Tell what a name means in every call, so that no call may give it away; empty where it is free."""
    if name in proposal_type().fields:
        return "a field of the proposal"
    if name == PROPOSALS:
        return "what portfolio rules call the proposals"
    return "a function of the rule language" if name in SIGNATURES else ""


@lru_cache(maxsize=8)
def vocabulary_of(call: Call) -> Vocabulary:
    """Return the vocabulary of a call, made once."""
    return Vocabulary(call)


def rule_names(call: Call, rule: Rule) -> Mapping[str, Type]:
    """Return the typed names a rule's conditions and sentences may use."""
    return vocabulary_of(call).names_for(rule)


def parameter_type(parameter: Parameter) -> Type:
    """Tell the type of a parameter from its unit and its values."""
    value = parameter.values[0].value if parameter.values else None
    match value:
        case bool():
            return BOOLEAN
        case Decimal():
            match parameter.unit:
                case "EUR" | "months" as unit:
                    return NumberType(unit)
            return NUMBER
        case str():
            return TEXT
        case date():
            return DATE
    return ANY


def code_list_type(code_list: CodeList, call: Call) -> ContextType:
    """Tell the type of a code list in conditions: its members and its candidates, as lists of codes."""
    codes = ListType(_code_type(code_list, call))
    return ContextType({"members": codes, "candidates": codes})


def _code_type(code_list: CodeList, call: Call) -> TextType:
    kind = code_list.of or code_list.id
    if kind in code_types():
        return code_types()[kind]
    base = call.labels.code_list(kind) if code_list.of else code_list
    members = (*base.members, *base.candidates) if base else ()
    return TextType(kind, frozenset(member.code for member in members))
