"""A call as requirements, concepts and frameworks: CCCEV 2.1 as JSON-LD, for the registers and portals that read it.

CCCEV (Core Criterion and Core Evidence Vocabulary, SEMIC, 2.1.0) describes requirements, the information they need and
their sources. Conditions, severities and messages are described in a vocabulary of ours, ``mpf:``. The call is a
criterion. A rule with a condition is a constraint on the information it reads; a rule for manual review is a criterion.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from mpfcheck.feel.check.expression import CheckedExpression
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.syntax.tree import parts
from mpfcheck.feel.types import TextType
from mpfcheck.packs.call import Call
from mpfcheck.packs.rule import Citation, Rule
from mpfcheck.packs.vocabulary import proposal_record_of, rule_fields, vocabulary_of
from mpfcheck.proposal.fields import Code, Day, Exact, Field, Kind, Many, Moment, Open, Record, Text, Whole, YesNo

__all__ = ["CCCEV", "OURS", "cccev_text"]

CCCEV: Final = "http://data.europa.eu/m8g/"
"""The namespace of CCCEV and of the SEMIC core vocabularies."""
OURS: Final = "urn:mpfcheck:vocabulary:"
"""The namespace of the terms that CCCEV does not have."""

DOCUMENT_KINDS: Final = "document_kinds"
"""The code list of the kinds of documents."""

_ID: Final = {"@type": "@id"}
_CONTEXT: Final = {
    "@version": 1.1,
    "cv": CCCEV,
    "mpf": OURS,
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    "Criterion": "cv:Criterion",
    "Constraint": "cv:Constraint",
    "InformationConcept": "cv:InformationConcept",
    "ReferenceFramework": "cv:ReferenceFramework",
    "EvidenceType": "cv:EvidenceType",
    "EvidenceTypeList": "cv:EvidenceTypeList",
    "identifier": "dct:identifier",
    "name": "http://www.w3.org/2004/02/skos/core#prefLabel",
    "description": "dct:description",
    "kind": {"@id": "dct:type", **_ID},
    "partOf": {"@id": "dct:isPartOf", **_ID},
    "constrains": {"@id": "cv:constrains", **_ID},
    "hasConcept": {"@id": "cv:hasConcept", **_ID},
    "hasRequirement": {"@id": "cv:hasRequirement", **_ID},
    "isRequirementOf": {"@id": "cv:isRequirementOf", **_ID},
    "isDerivedFrom": {"@id": "cv:isDerivedFrom", **_ID},
    "hasEvidenceTypeList": {"@id": "cv:hasEvidenceTypeList", **_ID},
    "specifiesEvidenceType": {"@id": "cv:specifiesEvidenceType", **_ID},
    "isSpecifiedIn": {"@id": "cv:isSpecifiedIn", **_ID},
    "expressionOfExpectedValue": "cv:expressionOfExpectedValue",
    "version": "dct:hasVersion",
    "asOf": {"@id": "mpf:asOf", "@type": "xsd:date"},
    "checksum": "mpf:checksum",
    "severity": "mpf:severity",
    "manual": {"@id": "mpf:manual", "@type": "xsd:boolean"},
    "scope": "mpf:scope",
    "forEach": "mpf:forEach",
    "item": "mpf:item",
    "when": "mpf:when",
    "require": "mpf:require",
    "doubt": "mpf:doubt",
    "message": "mpf:message",
    "fix": "mpf:fix",
    "authority": "mpf:authority",
    "expressionLanguage": {"@id": "mpf:expressionLanguage", **_ID},
}
_FEEL: Final = "https://www.omg.org/spec/DMN/20230324/FEEL/"
_ELIGIBILITY: Final = f"{OURS}eligibility"


def cccev_text(call: Call) -> str:
    """The requirements of a call as a JSON-LD document, with its context inside, so that readers fetch nothing else."""
    return json.dumps({"@context": _CONTEXT, "@graph": list(_graph(call))}, indent=2, ensure_ascii=False) + "\n"


def _graph(call: Call) -> Iterator[dict[str, object]]:
    fields = {rule_id: sorted(map(".".join, ways)) for rule_id, ways in rule_fields(call).items()}
    yield {
        "id": _call(call),
        "type": "Criterion",
        "identifier": call.id,
        "name": call.title,
        "description": call.summary,
        "kind": _ELIGIBILITY,
        "version": call.version,
        "asOf": call.as_of.isoformat(),
        "checksum": call.sha256,
        "expressionLanguage": _FEEL,
        "hasRequirement": [_rule(call, rule) for rule in call.rules],
        "isDerivedFrom": [_source(call, source) for source in call.sources],
    }
    for rule in call.rules:
        yield _requirement(call, rule, [_concept(call, path) for path in fields[rule.id]])
    record = proposal_record_of(call)
    for path in sorted({path for paths in fields.values() for path in paths}):
        yield _information(call, path, _field(record, path))
    yield from _evidence(call)
    yield from _frameworks(call)


def _requirement(call: Call, rule: Rule, concepts: list[str]) -> dict[str, object]:
    conditions = {_KEYS[key]: condition.text for key, condition in rule.conditions() if key in _KEYS}
    decided = rule.require is not None and concepts
    members: dict[str, object] = {
        "id": _rule(call, rule),
        "type": "Constraint" if decided else "Criterion",
        "identifier": rule.id,
        "name": rule.title,
        "description": rule.why,
        "kind": _ELIGIBILITY,
        "isRequirementOf": _call(call),
        "constrains" if decided else "hasConcept": concepts,
        "hasEvidenceTypeList": [_shown_by(call, rule, kind) for kind in document_kinds(call, rule)],
        "isDerivedFrom": [_section(call, citation) for citation in (rule.source, *rule.also)],
        "severity": rule.severity.value,
        "manual": rule.manual,
        "scope": rule.scope.value,
        **conditions,
        "item": rule.item,
        "message": rule.message.text,
        "fix": rule.fix.text if rule.fix else None,
    }
    return {name: member for name, member in members.items() if member not in (None, "", [])}


_KEYS: Final = {"for each": "forEach", "when": "when", "require": "require", "doubt": "doubt"}


def _information(call: Call, path: str, field: Field | None) -> dict[str, object]:
    members: dict[str, object] = {
        "id": _concept(call, path),
        "type": "InformationConcept",
        "identifier": path,
        "name": field.title if field else path,
    }
    if field:
        members |= {"description": field.description, "expressionOfExpectedValue": _expected(field.kind)}
    return members


def _expected(kind: Kind) -> str:
    """What value is expected, as a FEEL type, and for codes as FEEL unary tests."""
    match kind:
        case Text():
            return "string"
        case YesNo():
            return "boolean"
        case Day():
            return "date"
        case Moment():
            return "date and time"
        case Whole() | Exact():
            return "number"
        case Code(_, codes):
            return ", ".join(f'"{code}"' for code in codes)
        case Many(Code() as item):
            return _expected(item)
        case Many(item):
            return f"list<{_expected(item)}>"
        case Record() | Open():
            return "context"


def _field(record: Record, path: str) -> Field | None:
    """The field at a dotted path; lists are looked into."""
    found: Field | None = None
    inside: Kind = record
    for name in path.split("."):
        inside = inside.item if isinstance(inside, Many) else inside
        if not isinstance(inside, Record) or name not in inside.fields:
            return None
        found = inside.fields[name]
        inside = found.kind
    return found


def _evidence(call: Call) -> Iterator[dict[str, object]]:
    """The documents that may show that a rule is met: any one of the named kinds, so each kind is a list of its own."""
    kinds = {rule.id: document_kinds(call, rule) for rule in call.rules}
    for rule in call.rules:
        for kind in kinds[rule.id]:
            yield {
                "id": _shown_by(call, rule, kind),
                "type": "EvidenceTypeList",
                "identifier": f"{rule.id} {kind}",
                "name": call.label(DOCUMENT_KINDS, kind),
                "specifiesEvidenceType": _document(call, kind),
            }
    for kind in sorted({kind for of_rule in kinds.values() for kind in of_rule}):
        lists = [_shown_by(call, rule, kind) for rule in call.rules if kind in kinds[rule.id]]
        yield {"id": _document(call, kind), "type": "EvidenceType", "identifier": kind, "isSpecifiedIn": lists}


def _frameworks(call: Call) -> Iterator[dict[str, object]]:
    for source in call.sources.values():
        yield {
            "id": _source(call, source.id),
            "type": "ReferenceFramework",
            "identifier": source.url or source.id,
            "name": source.title,
            "authority": source.authority.value,
            **({"description": source.note} if source.note else {}),
        }
    sections = {_section(call, citation): citation for rule in call.rules for citation in (rule.source, *rule.also)}
    for identity, citation in sections.items():
        yield {
            "id": identity,
            "type": "ReferenceFramework",
            "identifier": f"{citation.document}, {citation.section}",
            "name": citation.section,
            "partOf": _source(call, citation.document),
        }


def _call(call: Call) -> str:
    return f"urn:mpfcheck:call:{call.id}"


def _rule(call: Call, rule: Rule) -> str:
    return f"{_call(call)}:rule:{rule.id}"


def _concept(call: Call, path: str) -> str:
    return f"{_call(call)}:field:{path}"


def _document(call: Call, kind: str) -> str:
    return f"{_call(call)}:document:{kind}"


def _shown_by(call: Call, rule: Rule, kind: str) -> str:
    return f"{_rule(call, rule)}:shown-by:{kind}"


def _source(call: Call, source: str) -> str:
    return f"{_call(call)}:source:{source}"


def _section(call: Call, citation: Citation) -> str:
    # A section may be called anything; an IRI may not hold everything.
    from urllib.parse import quote

    return f"{_source(call, citation.document)}:{quote(citation.section, safe='')}"


def document_kinds(call: Call, rule: Rule) -> tuple[str, ...]:
    """The kinds of documents that a rule requires, by their codes: those its condition compares a document with."""
    if rule.require is None:
        return ()
    checked = vocabulary_of(call).check(rule, rule.require)
    return tuple(sorted(set(_compared_kinds(rule.require.tree, checked))))


def _compared_kinds(node: tree.Expression | tree.Test | tree.Iteration, checked: CheckedExpression) -> Iterator[str]:
    match node:
        case tree.Compare("=", left, right):
            for kind, code in ((left, right), (right, left)):
                if isinstance(code, tree.Text) and _is_document_kind(kind, checked):
                    yield code.value
        case tree.In(value, tests) if _is_document_kind(value, checked):
            for test in tests:
                listed = test.items if isinstance(test, tree.ListOf) else (test,)
                yield from (code.value for code in listed if isinstance(code, tree.Text))
    for part in parts(node):
        yield from _compared_kinds(part, checked)


def _is_document_kind(node: tree.Expression, checked: CheckedExpression) -> bool:
    kind = checked.type_of(node)
    return isinstance(kind, TextType) and kind.code_list == DOCUMENT_KINDS
