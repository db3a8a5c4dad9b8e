"""The names that the conditions of a call may use, with their types, and what the conditions read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from mpfcheck.feel.study.dependencies import fields_read, names_used
from mpfcheck.feel.syntax.tree import Expression
from mpfcheck.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    NUMBER,
    TEXT,
    ContextType,
    Field,
    FunctionType,
    ListType,
    NumberType,
    RecordType,
    TextType,
    Type,
)
from mpfcheck.frozen import FrozenDict
from mpfcheck.packs.call import Call, Definition, Parameter
from mpfcheck.packs.code_list import CodeList
from mpfcheck.packs.mistake import PackMistake
from mpfcheck.packs.rule import Rule, RuleScope
from mpfcheck.packs.template import Condition
from mpfcheck.proposal.fields import (
    Code,
    Day,
    Exact,
    Kind,
    Many,
    Moment,
    Open,
    Record,
    Text,
    Whole,
    YesNo,
    proposal_record,
)
from mpfcheck.proposal.fields import Field as FieldOfProposal
from mpfcheck.proposal.unfinished import OPEN
from mpfcheck.proposal.values import MAX_MONTHS, MAX_WHOLE

if TYPE_CHECKING:
    from mpfcheck.feel.check.expression import CheckedExpression

__all__ = [
    "PROPOSALS",
    "Vocabulary",
    "code_types",
    "condition_fields",
    "other_meaning",
    "proposal_record_of",
    "proposal_type",
    "proposal_type_of",
    "rule_fields",
    "rule_names",
    "type_mistakes",
    "vocabulary_of",
]


@cache
def proposal_type() -> RecordType:
    """Translate the proposal's fields into the record type whose fields conditions may name."""
    return _proposal(proposal_record())


def _proposal(record: Record) -> RecordType:
    """Translate a proposal. What is not finished is no answer, so conditions cannot ask for it."""
    return _record(Record(record.name, {name: field for name, field in record.fields.items() if name != OPEN}), {})


@lru_cache(maxsize=8)
def proposal_record_of(call: Call) -> Record:
    """Tell what a proposal to a call holds, with the fields of its annex where the call says what it asks there."""
    common = _with_parts(proposal_record(), call.annex_parts, {}) if call.annex_parts else proposal_record()
    if call.annex is None:
        return common
    annex = common.fields["annex"]
    return Record(common.name, {**common.fields, "annex": FieldOfProposal(call.annex, annex.title, annex.description)})


@lru_cache(maxsize=8)
def proposal_type_of(call: Call) -> RecordType:
    """Translate the proposal's fields, with those of the annex where the call says what it asks there."""
    return _proposal(proposal_record_of(call)) if call.annex is not None or call.annex_parts else proposal_type()


def _with_parts(record: Record, parts: Mapping[str, Record], records: dict[int, Record]) -> Record:
    """The record with the annexes that a call describes in the records below it; one that is used twice is one."""
    if id(record) not in records:
        own = parts.get(record.name.replace(" ", "_"))
        fields: dict[str, FieldOfProposal] = {}
        for name, field in record.fields.items():
            kind = own if own is not None and name == "annex" else _kind_with_parts(field.kind, parts, records)
            fields[name] = FieldOfProposal(kind, field.title, field.description, field.absent)
        records[id(record)] = Record(record.name, FrozenDict(fields))
    return records[id(record)]


def _kind_with_parts(kind: Kind, parts: Mapping[str, Record], records: dict[int, Record]) -> Kind:
    match kind:
        case Record():
            return _with_parts(kind, parts, records)
        case Many(Record() as item):
            return Many(_with_parts(item, parts, records))
    return kind


@cache
def code_types() -> Mapping[str, TextType]:
    """Find the types of the proposal's codes, by the name of their code list."""
    found: dict[str, TextType] = {}
    _collect(proposal_type(), found)
    return found


def _collect(type_: Type, found: dict[str, TextType]) -> None:
    if isinstance(type_, RecordType):
        for field in type_.fields.values():
            _collect(field.type, found)
    elif isinstance(type_, ListType):
        _collect(type_.item, found)
    elif isinstance(type_, TextType) and type_.code_list:
        found[type_.code_list] = type_


def _record(record: Record, types: dict[int, RecordType]) -> RecordType:
    """Translate a record; one that is used twice is one type, by its identity."""
    if id(record) not in types:
        fields = {name: Field(_type(field.kind, types), field.absent) for name, field in record.fields.items()}
        types[id(record)] = RecordType(record.name, fields)
    return types[id(record)]


def _type(kind: Kind, types: dict[int, RecordType]) -> Type:
    match kind:
        case Text():
            return TEXT
        case YesNo():
            return BOOLEAN
        case Day():
            return DATE
        case Moment():
            return DATE_TIME
        case Open():
            return ContextType()
        case Whole(unit):
            return NumberType(unit, (Decimal(0), Decimal(MAX_MONTHS)))
        case Exact(unit, decimals):
            return NumberType(unit, (Decimal(0), Decimal(MAX_WHOLE)), decimals)
        case Code(code_list, codes):
            return TextType(code_list, frozenset(codes))
        case Many(item):
            return ListType(_type(item, types))
        case Record():
            return _record(kind, types)


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
        self.definitions: dict[str, CheckedExpression] = {}
        for definition in call.definitions.values():
            self._define(definition, ())
        self._checked: dict[int, tuple[Condition, CheckedExpression]] = {}
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
        checked = self.definitions[name] = _check(definition.condition.tree, self.names)
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
        return self.portfolio_names if rule.scope is RuleScope.PORTFOLIO else self.names

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
            type_ = _check(listed, self.names).type
            found[name] = type_.item if isinstance(type_, ListType) else ANY
        return found

    def check(self, rule: Rule, condition: Condition) -> CheckedExpression:
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
            known = self._checked[id(condition)] = (condition, _check(condition.tree, names, wanted))
        return known[1]

    def type_of(self, rule: Rule, condition: Condition) -> Type:
        """Find the type of one of a rule's conditions or placeholders."""
        return self.check(rule, condition).type


def _check(tree: Expression, names: Mapping[str, Type], wanted: Type = ANY) -> CheckedExpression:
    # Who checks proposals needs the types of their fields, and seldom the static check.
    from mpfcheck.feel.check.expression import check

    return check(tree, names, wanted=wanted)


def other_meaning(name: str) -> str:
    """Tell what a name means in every call, so that no call may give it away; empty where it is free."""
    if name in proposal_type().fields:
        return "a field of the proposal"
    if name == PROPOSALS:
        return "what portfolio rules call the proposals"
    from mpfcheck.feel.check.signatures import SIGNATURES

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


def type_mistakes(call: Call) -> list[PackMistake]:
    """List every mistake in the names and types of a call's definitions, conditions and sentences."""
    vocabulary = vocabulary_of(call)
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
    from mpfcheck.feel.check.type_names import describe

    for _, condition in rule.conditions():
        yield from _placed(vocabulary.check(rule, condition), condition, rule)
    for _, sentence in rule.sentences():
        for placeholder in sentence.placeholders():
            checked = vocabulary.check(rule, placeholder)
            yield from _placed(checked, placeholder, rule)
            if isinstance(checked.type, FunctionType | RecordType | ContextType):
                message = f"`{placeholder.text}` is {describe(checked.type)}, which cannot be shown in a sentence"
                yield PackMistake(placeholder.place, message, "name one of its fields")


def _placed(checked: CheckedExpression, condition: Condition, rule: Rule | None = None) -> Iterator[PackMistake]:
    """Give mistakes their place in the rule file."""
    for mistake in checked.mistakes:
        start, end = mistake.span
        hint = mistake.hint
        if rule and rule.scope is RuleScope.PORTFOLIO and condition.text[start:end] in proposal_type().fields:
            hint = f'a portfolio rule knows no one proposal, but "{PROPOSALS}", the list of all that are checked'
        yield PackMistake(condition.place_at(start), mistake.message, hint)


Way = tuple[str, ...]


@lru_cache(maxsize=8)
def rule_fields(call: Call) -> Mapping[str, frozenset[Way]]:
    """The ways to the fields each rule reads, by its id: ``("lead", "country")``, ``("budget", "lines", "amount")``.

    A list or record that is used as a whole is named itself. Rules about many proposals read no field of one.
    """
    return {rule.id: _fields(call, rule) for rule in call.rules}


def condition_fields(call: Call, condition: Condition, items: Mapping[str, Expression]) -> frozenset[Way]:
    """The ways to the fields a condition reads; ``items`` gives the list each name of an item stands for."""
    vocabulary = vocabulary_of(call)
    names = {**vocabulary.names, **vocabulary.item_types(items)}
    definitions = {name: definition.condition.tree for name, definition in call.definitions.items()}
    found = fields_read(condition.tree, names, {**definitions, **items}, fields=proposal_type().fields)
    return frozenset(tuple(path.split(".")) for path in found)


def _fields(call: Call, rule: Rule) -> frozenset[Way]:
    if rule.scope is RuleScope.PORTFOLIO:
        return frozenset()
    items = {rule.item: rule.for_each.tree} if rule.item and rule.for_each else {}
    ways: set[Way] = set()
    for key, condition in rule.conditions():
        ways |= condition_fields(call, condition, {} if key == "for each" else items)
    return frozenset(ways)
