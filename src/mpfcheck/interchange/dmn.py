"""A call as a decision model: DMN 1.5 XML, for the engines and editors that read it.

Every rule is a decision with its FEEL, what it needs, and its sources; the last decision gives the verdict. Inputs are
the fields of the proposal (null: not answered), and ``as_of``, the date whose parameters apply.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from mpfcheck.feel.syntax.unparse import quoted
from mpfcheck.feel.types import ListType, NumberType, RecordType, SimpleType, TextType, Type
from mpfcheck.interchange.decision import Decision, decisions
from mpfcheck.interchange.unanswered_as_null import FUNCTIONS, HelperFunction, NotExpressibleError
from mpfcheck.packs.call import Call
from mpfcheck.packs.rule import RuleScope
from mpfcheck.packs.vocabulary import PROPOSALS, proposal_type_of
from mpfcheck.version import __version__

__all__ = ["MODEL", "NotExpressibleError", "dmn_text"]

MODEL = "https://www.omg.org/spec/DMN/20230324/MODEL/"
"""The namespace of DMN 1.5."""


PROPOSAL_TYPE = "tProposal"


def dmn_text(call: Call) -> str:
    """The decision model of a call. Raises NotExpressibleError if a name of the call is reserved for the export."""
    all_decisions = list(decisions(call))
    model = Element(
        "definitions",
        xmlns=MODEL,
        id="call",
        name=call.title,
        namespace=f"urn:mpfcheck:call:{call.id}:{call.version}",
        exporter="mpfcheck",
        exporterVersion=__version__,
    )
    SubElement(model, "description").text = _about(call)
    model.extend(item_definitions(call))
    lists = _collections(call)
    model.extend(lists.values())
    inputs = _inputs(call, all_decisions, lists)
    model.extend(inputs.values())
    model.extend(_source(call, id) for id in call.sources)
    used = {name for decision in all_decisions for name in decision.functions}
    model.extend(_function(function) for name, function in FUNCTIONS.items() if name in used)
    ids = {decision.variable: f"{decision.kind}-{decision.id}" for decision in all_decisions}
    model.extend(_decision(decision, ids, inputs.keys()) for decision in all_decisions)
    indent(model)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(model, encoding="unicode")}\n'


def _about(call: Call) -> str:
    gaps = "\n".join(f"- {gap.topic}: {gap.text}" for gap in call.gaps)
    return (
        f"{call.summary}\n\nRules of {call.version}, checksum {call.sha256}.\n"
        "A missing answer is null. A decision is null where it depends on a missing answer, or on a parameter without a"
        " value on the date as_of. Give a list that is not finished as null: a list is taken as complete."
        f"\n\nOpen questions about this call:\n{gaps}"
    )


def _collections(call: Call) -> dict[str, Element]:
    """A named type for every list that is an input: only a type can say of an input that it is a collection."""
    named: dict[str, Type] = {name: field.type for name, field in proposal_type_of(call).fields.items()}
    if any(rule.scope is RuleScope.PORTFOLIO for rule in call.rules):
        named[PROPOSALS] = ListType(proposal_type_of(call))
    found = {}
    for name, kind in named.items():
        if isinstance(kind, ListType):
            type_name = f"t{name.title().replace('_', '')}"
            found[name] = Element("itemDefinition", name=type_name, id=f"type-{type_name}", isCollection="true")
            SubElement(found[name], "typeRef").text = type_reference(kind)
    return found


def _inputs(call: Call, all_decisions: Iterable[Decision], lists: dict[str, Element]) -> dict[str, Element]:
    needed = {name for decision in all_decisions for name in decision.needs}
    types = {name: type_reference(field.type) for name, field in proposal_type_of(call).fields.items()}
    types |= {PROPOSALS: PROPOSAL_TYPE, "as_of": "date"}
    found = {}
    for name, kind in types.items():
        if name in needed:
            found[name] = Element("inputData", name=name, id=f"input-{name}")
            if name == "as_of":
                note = f"The rules in force on this date apply. The date of the call is {call.as_of.isoformat()}."
                SubElement(found[name], "description").text = note
            SubElement(
                found[name], "variable", name=name, typeRef=lists[name].get("name", kind) if name in lists else kind
            )
    return found


def _source(call: Call, id: str) -> Element:
    source = call.sources[id]
    element = Element("knowledgeSource", name=source.title, id=f"source-{id}")
    if source.url:
        element.set("locationURI", source.url)
    description = [f"Authority: {source.authority.value}.", f"Date: {source.date}." if source.date else "", source.note]
    SubElement(element, "description").text = " ".join(filter(None, description))
    SubElement(element, "type").text = source.authority.value
    return element


def _function(function: HelperFunction) -> Element:
    element = Element("businessKnowledgeModel", name=function.name, id=f"function-{function.name}")
    SubElement(element, "description").text = function.meaning
    SubElement(element, "variable", name=function.name)
    logic = SubElement(element, "encapsulatedLogic")
    for parameter in function.parameters:
        SubElement(logic, "formalParameter", name=parameter, typeRef="Any")
    SubElement(SubElement(logic, "literalExpression"), "text").text = function.body
    return element


def _decision(decision: Decision, ids: dict[str, str], inputs: Iterable[str]) -> Element:
    element = Element("decision", name=decision.variable, id=ids[decision.variable], label=decision.id)
    if decision.description:
        SubElement(element, "description").text = decision.description
    SubElement(element, "question").text = decision.title
    if decision.answers:
        SubElement(element, "allowedAnswers").text = decision.answers
    SubElement(element, "variable", name=decision.variable, typeRef=decision.type)
    element.extend(_requirements(decision, ids, inputs))
    if decision.text:
        SubElement(SubElement(element, "literalExpression"), "text").text = decision.text
    return element


def _requirements(decision: Decision, ids: dict[str, str], inputs: Iterable[str]) -> Iterator[Element]:
    for name in decision.needs:
        requirement = Element("informationRequirement")
        if name in inputs:
            SubElement(requirement, "requiredInput", href=f"#input-{name}")
        else:
            SubElement(requirement, "requiredDecision", href=f"#{ids[name]}")
        yield requirement
    for name in decision.functions:
        requirement = Element("knowledgeRequirement")
        SubElement(requirement, "requiredKnowledge", href=f"#function-{name}")
        yield requirement
    for id in decision.sources:
        requirement = Element("authorityRequirement")
        SubElement(requirement, "requiredAuthority", href=f"#source-{id}")
        yield requirement


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
