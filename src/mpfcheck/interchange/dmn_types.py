"""The types of the proposal's fields as DMN's item definitions."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from mpfcheck.feel.syntax.unparse import quoted
from mpfcheck.feel.types import ListType, NumberType, RecordType, SimpleType, TextType, Type
from mpfcheck.packs.call import Call
from mpfcheck.packs.proposal_type import proposal_type_of

__all__ = ["PROPOSAL_TYPE", "item_definitions", "type_reference"]

PROPOSAL_TYPE = "tProposal"


def item_definitions(call: Call) -> Iterator[Element]:
    """A definition for each kind of record a proposal to a call holds, the proposal itself last."""
    done: dict[int, str] = {}
    yield from _definitions(proposal_type_of(call), done)


def type_reference(kind: Type) -> str:
    """The name of a type. A list of something is named like the thing: DMN says at the item that it is a collection."""
    match kind:
        case RecordType(name):
            return f"t{name.title().replace(' ', '')}"
        case ListType(item):
            return type_reference(item)
        case NumberType():
            return "number"
        case TextType():
            return "string"
        case SimpleType("boolean" | "date" as name):
            return name
    return "Any"


def _definitions(kind: Type, done: dict[int, str]) -> Iterator[Element]:
    if isinstance(kind, ListType):
        yield from _definitions(kind.item, done)
    if not isinstance(kind, RecordType) or id(kind) in done:
        return
    done[id(kind)] = type_reference(kind)
    for field in kind.fields.values():
        yield from _definitions(field.type, done)
    definition = Element("itemDefinition", name=type_reference(kind), id=f"type-{type_reference(kind)}")
    for name, field in kind.fields.items():
        component = SubElement(definition, "itemComponent", name=name)
        if isinstance(field.type, ListType):
            component.set("isCollection", "true")
        SubElement(component, "typeRef").text = type_reference(field.type)
        codes = _codes(field.type)
        if codes:
            SubElement(SubElement(component, "allowedValues"), "text").text = ", ".join(map(quoted, sorted(codes)))
    yield definition


def _codes(kind: Type) -> frozenset[str]:
    item = kind.item if isinstance(kind, ListType) else kind
    return item.codes or frozenset() if isinstance(item, TextType) else frozenset()
