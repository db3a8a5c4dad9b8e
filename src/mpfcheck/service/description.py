"""What a service describes to programs: calls and rules as JSON, and the published JSON Schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeAlias

from mpfcheck.api.schemas import schema_text
from mpfcheck.packs.call import Call, Parameter, ParameterValue
from mpfcheck.packs.rule import Citation, Rule

__all__ = ["PUBLISHED", "call_in_full", "call_in_short", "components", "rule_in_full", "rule_in_short"]

Schema: TypeAlias = dict[str, Any]

PUBLISHED = ("proposal", "report", "rules", "call", "codelist")
"""The schemas a service publishes."""


def call_in_short(call: Call) -> dict[str, object]:
    """What a list of calls says of one."""
    return {"id": call.id, "title": call.title, "version": call.version, "sha256": call.sha256}


def call_in_full(call: Call) -> dict[str, object]:
    """All there is to know of a call beside its rules."""
    return {
        **call_in_short(call),
        "as_of": call.as_of.isoformat(),
        "published": call.published.isoformat() if call.published else None,
        "summary": call.summary,
        "parameters": [_parameter(parameter) for parameter in call.parameters.values()],
        "sources": [
            {"id": source.id, "title": source.title, "authority": source.authority.value, "url": source.url}
            for source in call.sources.values()
        ],
        "gaps": [{"topic": gap.topic, "text": gap.text} for gap in call.gaps],
        "rules": [rule.id for rule in call.rules],
    }


def rule_in_short(rule: Rule) -> dict[str, object]:
    """What a list of rules says of one."""
    return {"id": rule.id, "title": rule.title, "severity": rule.severity.value, "manual": rule.manual}


def rule_in_full(call: Call, rule: Rule) -> dict[str, object]:
    """All there is to know of a rule: conditions in FEEL, sentences with the expressions they hold, sources."""
    return {
        **rule_in_short(rule),
        "scope": rule.scope.value,
        "why": rule.why,
        "conditions": {key: condition.text for key, condition in rule.conditions()},
        "sentences": {key: sentence.text for key, sentence in rule.sentences()},
        "sources": [_citation(call, citation) for citation in (rule.source, *rule.also)],
    }


def _parameter(parameter: Parameter) -> dict[str, object]:
    values = [{"from": each.since.isoformat(), "value": _value(each.value)} for each in parameter.values]
    return {"name": parameter.name, "title": parameter.title, "unit": parameter.unit, "values": values}


def _value(value: ParameterValue) -> object:
    """A number as text, because a reader might not take it exactly."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value if isinstance(value, bool | str) else value.isoformat()


def _citation(call: Call, citation: Citation) -> dict[str, object]:
    source = call.sources[citation.document]
    return {
        "document": source.title,
        "section": citation.section,
        "authority": citation.authority.value,
        "url": source.url,
        "note": citation.note,
    }


def components(name: str) -> Iterator[tuple[str, Schema]]:
    """A published schema and its definitions, each under a name of its own in ``#/components/schemas``."""
    whole: Schema = json.loads(schema_text(name))
    definitions: dict[str, Schema] = whole.pop("$defs", {})
    for keyword in ("$schema", "$id"):
        whole.pop(keyword, None)
    head = name.capitalize()
    yield head, _pointing_to(head, whole)
    for key, schema in definitions.items():
        yield _named(head, key), _pointing_to(head, schema)


def _pointing_to(head: str, value: Any) -> Any:
    """The schema, its references leading to where the definitions are then."""
    if isinstance(value, list):
        return [_pointing_to(head, item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {key: _pointing_to(head, member) for key, member in value.items()}
    if isinstance(reference := value.get("$ref"), str):
        found["$ref"] = f"#/components/schemas/{_named(head, reference.removeprefix('#/$defs/'))}"
    return found


def _named(head: str, key: str) -> str:
    return f"{head}.{key}"
