"""The exported requirements: RDF in the words of CCCEV 2.1, whole and linked."""

from __future__ import annotations

import json

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, SKOS

from mpfcheck.interchange.cccev import CCCEV, OURS, cccev_text
from mpfcheck.packs.call import Call
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call

# The reader of JSON-LD in rdflib 7 uses a class that rdflib 7 calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

CV = Namespace(CCCEV)
MPF = Namespace(OURS)

RANGE = {
    CV.constrains: {CV.InformationConcept},
    CV.hasConcept: {CV.InformationConcept},
    CV.hasRequirement: {CV.Constraint, CV.Criterion},
    CV.isRequirementOf: {CV.Criterion},
    CV.isDerivedFrom: {CV.ReferenceFramework},
    CV.hasEvidenceTypeList: {CV.EvidenceTypeList},
    CV.specifiesEvidenceType: {CV.EvidenceType},
    CV.isSpecifiedIn: {CV.EvidenceTypeList},
}
"""The classes the vocabulary lets these properties lead to."""
DOMAIN = {
    CV.constrains: CV.Constraint,
    CV.expressionOfExpectedValue: CV.InformationConcept,
    CV.specifiesEvidenceType: CV.EvidenceTypeList,
    CV.isSpecifiedIn: CV.EvidenceType,
}
CLASSES = {kind for kinds in RANGE.values() for kind in kinds} | set(DOMAIN.values())


@pytest.fixture(scope="module", params=list_calls())
def call(request: pytest.FixtureRequest) -> Call:
    return load_call(request.param)


@pytest.fixture(scope="module")
def graph(call: Call) -> Graph:
    return Graph().parse(data=cccev_text(call), format="json-ld")


def test_every_member_of_the_document_becomes_a_statement(call: Call) -> None:
    """JSON-LD passes over members its context does not know: none may be lost so."""
    document = json.loads(cccev_text(call))
    for node in document["@graph"]:
        assert node.keys() <= document["@context"].keys()
    for node in document["@graph"]:
        alone = Graph().parse(data=json.dumps({"@context": document["@context"], "@graph": [node]}), format="json-ld")
        members = [member for name, member in node.items() if name != "id"]
        assert len(alone) == sum(len(set(member)) if isinstance(member, list) else 1 for member in members)


def test_properties_lead_from_and_to_what_the_vocabulary_says(graph: Graph) -> None:
    for property, classes in RANGE.items():
        for _, _, there in graph.triples((None, property, None)):
            assert set(graph.objects(there, RDF.type)) & classes, (property, there)
    for property, kind in DOMAIN.items():
        for here, _, _ in graph.triples((None, property, None)):
            assert (here, RDF.type, kind) in graph
    used = {part for triple in graph for part in triple[1:] if isinstance(part, URIRef) and part.startswith(CCCEV)}
    assert used <= {*RANGE, *DOMAIN, *CLASSES}


def test_every_rule_is_a_requirement_of_the_call_with_name_and_framework(call: Call, graph: Graph) -> None:
    (whole,) = graph.subjects(DCTERMS.identifier, Literal(call.id))
    required = set(graph.objects(whole, CV.hasRequirement))
    assert required == set(graph.subjects(CV.isRequirementOf, whole))
    named = {str(graph.value(rule, DCTERMS.identifier)): rule for rule in required}
    assert named.keys() == {rule.id for rule in call.rules}
    for rule in call.rules:
        node = named[rule.id]
        assert graph.value(node, SKOS.prefLabel) == Literal(rule.title)
        assert graph.value(node, MPF.severity) == Literal(rule.severity.value)
        assert graph.value(node, MPF.require) == (Literal(rule.require.text) if rule.require else None)
        documents = {
            str(graph.value(section, DCTERMS.isPartOf)).rsplit(":", 1)[1]
            for section in graph.objects(node, CV.isDerivedFrom)
        }
        assert documents == {citation.document for citation in (rule.source, *rule.also)}


def test_the_concepts_are_the_fields_the_rules_read() -> None:
    graph = Graph().parse(data=cccev_text(load_call("mpf-2023-borders-security")), format="json-ld")
    (grant,) = graph.subjects(DCTERMS.identifier, Literal("GRANT-1"))
    constrained = {str(graph.value(concept, DCTERMS.identifier)) for concept in graph.objects(grant, CV.constrains)}
    assert constrained == {"financing.grant_requested", "budget.total"}
    for concept in graph.subjects(RDF.type, CV.InformationConcept):
        assert graph.value(concept, SKOS.prefLabel)
        assert graph.value(concept, DCTERMS.description)
        assert graph.value(concept, CV.expressionOfExpectedValue)


@pytest.mark.parametrize(
    ("call_id", "rule", "document"),
    [
        ("mpf-2023-borders-security", "LEAD-2", "mandate"),
        ("mpf-2024-migration-partnerships", "LETTER-1", "letter_of_support"),
    ],
)
def test_a_document_a_rule_asks_for_is_evidence(call_id: str, rule: str, document: str) -> None:
    graph = Graph().parse(data=cccev_text(load_call(call_id)), format="json-ld")
    (node,) = graph.subjects(DCTERMS.identifier, Literal(rule))
    lists = list(graph.objects(node, CV.hasEvidenceTypeList))
    kinds = [kind for each in lists for kind in graph.objects(each, CV.specifiesEvidenceType)]
    assert [str(graph.value(kind, DCTERMS.identifier)) for kind in kinds] == [document]
    assert set(graph.objects(kinds[0], CV.isSpecifiedIn)) >= set(lists)
