"""The proposal as the rule language sees it: its published fields, translated into types."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from mpfcheck.feel.types import (
    BOOLEAN,
    DATE,
    DATE_TIME,
    TEXT,
    ContextType,
    Field,
    ListType,
    NumberType,
    RecordType,
    TextType,
    Type,
)
from mpfcheck.frozen import FrozenDict
from mpfcheck.packs.call import Call
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

__all__ = ["code_types", "proposal_record_of", "proposal_type", "proposal_type_of"]


@cache
def proposal_type() -> RecordType:
    """Translate the proposal's fields into the record type whose fields conditions may name."""
    return _record(proposal_record(), {})


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
    return _record(proposal_record_of(call), {}) if call.annex is not None or call.annex_parts else proposal_type()


def _with_parts(record: Record, parts: Mapping[str, Record], done: dict[int, Record]) -> Record:
    """The record with the annexes that a call describes in the records below it; one that is used twice is one."""
    if id(record) not in done:
        own = parts.get(record.name.replace(" ", "_"))
        fields: dict[str, FieldOfProposal] = {}
        for name, field in record.fields.items():
            kind = own if own is not None and name == "annex" else _kind_with_parts(field.kind, parts, done)
            fields[name] = FieldOfProposal(kind, field.title, field.description, field.absent)
        done[id(record)] = Record(record.name, FrozenDict(fields))
    return done[id(record)]


def _kind_with_parts(kind: Kind, parts: Mapping[str, Record], done: dict[int, Record]) -> Kind:
    match kind:
        case Record():
            return _with_parts(kind, parts, done)
        case Many(Record() as item):
            return Many(_with_parts(item, parts, done))
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


def _record(record: Record, done: dict[int, RecordType]) -> RecordType:
    """Translate a record; one that is used twice is one type, by its identity."""
    if id(record) not in done:
        fields = {name: Field(_type(field.kind, done), field.absent) for name, field in record.fields.items()}
        done[id(record)] = RecordType(record.name, fields)
    return done[id(record)]


def _type(kind: Kind, done: dict[int, RecordType]) -> Type:
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
        case Whole(unit) | Exact(unit):
            return NumberType(unit)
        case Code(code_list, codes):
            return TextType(code_list, frozenset(codes))
        case Many(item):
            return ListType(_type(item, done))
        case Record():
            return _record(kind, done)
