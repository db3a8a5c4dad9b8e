"""What the service offers, as an OpenAPI 3.1 document."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from mpfcheck import __version__
from mpfcheck.report.words import DISCLAIMER
from mpfcheck.service.capacity import ServiceLimits
from mpfcheck.service.check import MEDIA_TYPES
from mpfcheck.service.description import PUBLISHED, components
from mpfcheck.service.terms import Calls

__all__ = ["openapi"]

Schema: TypeAlias = dict[str, Any]

TEXT: Final[Schema] = {"type": "string"}
OBJECT: Final[Schema] = {"type": "object"}
TEXTS: Final[Schema] = {"type": "array", "items": TEXT}
SENTENCES: Final[Schema] = {"type": "object", "additionalProperties": TEXT}
REPORT_OF_ONE: Final[Schema] = {"$ref": "#/components/schemas/Report.report"}

DETAIL: Final = "What is wrong and what to do."
PROBLEM: Final[Schema] = {
    "type": "object",
    "description": "Problem Details for HTTP APIs (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "pattern": "^urn:mpfcheck:problem:[a-z-]+$"},
        "title": TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": DETAIL},
        "limit": {"type": "integer", "description": "The largest number of bytes allowed."},
    },
}

TAG_CHECK: Final = "Checking"
TAG_CALLS: Final = "Calls and rules"
TAG_ABOUT: Final = "About the service"


def openapi(calls: Calls, limits: ServiceLimits) -> Schema:
    """Describe a service with these calls and limits."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "mpfcheck",
            "version": __version__,
            "description": "Checks proposals against the rules of calls of the Migration Partnership Facility."
            f" Requests are not stored. {DISCLAIMER}",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {
            "/check": {"post": _check(calls, limits)},
            "/check-many": {"post": _check_many(calls, limits)},
            "/calls": {"get": _get("listCalls", TAG_CALLS, "The calls", {"calls": _many("CallInShort")})},
            "/calls/{call}": {"get": _get("showCall", TAG_CALLS, "One call", _named("CallInFull"), _call(calls))},
            "/calls/{call}/rules": {
                "get": _get(
                    "listRules", TAG_CALLS, "The rules of a call", {"rules": _many("RuleInShort")}, _call(calls)
                )
            },
            "/calls/{call}/rules/{rule}": {
                "get": _get(
                    "showRule",
                    TAG_CALLS,
                    "One rule",
                    _named("RuleInFull"),
                    _call(calls),
                    _in_path("rule", "The id of a rule, such as BUDGET-1.", TEXT),
                )
            },
            "/schemas/{name}": {
                "get": _get(
                    "showSchema",
                    TAG_ABOUT,
                    "A published JSON Schema",
                    {"type": "object", "required": ["$schema"]},
                    _in_path("name", "The name of the schema.", {"type": "string", "enum": list(PUBLISHED)}),
                )
            },
            "/health": {"get": _get("health", TAG_ABOUT, "Whether the service is up", {"status": {"const": "ok"}})},
            "/openapi.json": {
                "get": _get("description", TAG_ABOUT, "This description", {"openapi": TEXT, "paths": OBJECT})
            },
        },
        "components": {"schemas": _schemas()},
    }


def _check(calls: Calls, limits: ServiceLimits) -> Schema:
    content: Schema = {media_type: {"schema": TEXT} for media_type in MEDIA_TYPES.values()}
    content["application/json"] = {"schema": _named("Report")}
    content["application/sarif+json"] = {"schema": {"type": "object"}}
    format_schema = {"type": "string", "enum": list(MEDIA_TYPES), "default": "json"}
    return {
        "operationId": "check",
        "tags": [TAG_CHECK],
        "summary": "Check one proposal",
        "description": f"At most {limits.proposal_bytes} bytes. The answer is always a report. What is not a"
        " proposal has the verdict `invalid`, and the report says why.",
        "parameters": [*_terms(calls), _in_query("format", "The format of the report.", format_schema)],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _named("Proposal")}},
        },
        "responses": {
            "200": {"description": "The report.", "content": content},
            **_problems(400, 404, 408, 413, 415, 503),
        },
    }


def _check_many(calls: Calls, limits: ServiceLimits) -> Schema:
    problem = {"type": "object", "required": ["problem"], "properties": {"problem": _named("Problem")}}
    proposals = {"type": "string", "description": "A proposal on each line.", "x-line": _named("Proposal")}
    reports = {"type": "string", "description": "A report on each line.", "x-line": {"oneOf": [REPORT_OF_ONE, problem]}}
    return {
        "operationId": "checkMany",
        "tags": [TAG_CHECK],
        "summary": "Check many proposals",
        "description": f"JSON Lines: one proposal a line, at most {limits.proposal_bytes} bytes a line and"
        f" {limits.stream_bytes} in all. Reports come back one a line, in the same order, while proposals are still"
        " being sent. If the stream ends early, its last line is an object with the member `problem`.",
        "parameters": _terms(calls),
        "requestBody": {"required": True, "content": {"application/jsonl": {"schema": proposals}}},
        "responses": {
            "200": {
                "description": "The reports, one a line.",
                "content": {"application/jsonl": {"schema": reports}},
            },
            **_problems(400, 404, 415, 503),
        },
    }


def _terms(calls: Calls) -> list[Schema]:
    rules = sorted({rule.id for call in calls.calls() for rule in call.rules})
    return [
        _in_query(
            "call",
            "Check against this call, whatever the proposal says.",
            {"type": "string", "enum": list(calls.ids())},
        ),
        _in_query(
            "as_of",
            "Apply the rules and limits in force on this date. Default: the check date of the call.",
            {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        ),
        _in_query(
            "set",
            "Use another value for a parameter of the call: NAME=VALUE. Repeatable. The report names the change.",
            {"type": "array", "items": {"type": "string", "pattern": "^[a-z][a-z0-9_]*=.+$"}, "maxItems": 50},
        ),
        _in_query(
            "rule",
            "Check these rules only. Repeatable. The report names them.",
            {"type": "array", "items": {"type": "string", "enum": rules}},
        ),
    ]


def _get(operation: str, tag: str, summary: str, result: Schema, *parameters: Schema) -> Schema:
    """An operation that gives an object: a schema, or its members."""
    schema = result
    if not {"$ref", "type"} & result.keys():
        schema = {"type": "object", "required": list(result), "properties": result}
    return {
        "operationId": operation,
        "tags": [tag],
        "summary": summary,
        **({"parameters": list(parameters)} if parameters else {}),
        "responses": {
            "200": {"description": f"{summary}.", "content": {"application/json": {"schema": schema}}},
            **(_problems(404) if parameters else {}),
        },
    }


def _schemas() -> Schema:
    short_rule = {
        "id": TEXT,
        "title": TEXT,
        "severity": {"enum": ["blocking", "warning", "advice"]},
        "manual": {"type": "boolean"},
    }
    short_call = {"id": TEXT, "title": TEXT, "version": TEXT, "sha256": TEXT}
    objects = {"type": "array", "items": {"type": "object"}}
    full_call = {"as_of": TEXT, "published": {"type": ["string", "null"]}, "summary": TEXT}
    full_call |= {"parameters": objects, "sources": objects, "gaps": objects, "rules": TEXTS}
    full_rule = {"scope": {"enum": ["proposal", "portfolio"]}, "why": TEXT}
    full_rule |= {"conditions": SENTENCES, "sentences": SENTENCES, "sources": objects}
    return {
        "Problem": PROBLEM,
        "CallInShort": _object(short_call),
        "CallInFull": _object(short_call | full_call),
        "RuleInShort": _object(short_rule),
        "RuleInFull": _object(short_rule | full_rule),
        **dict(components("proposal")),
        **dict(components("report")),
    }


def _object(properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def _many(name: str) -> Schema:
    return {"type": "array", "items": _named(name)}


def _call(calls: Calls) -> Schema:
    return _in_path("call", "The id of a call.", {"type": "string", "enum": list(calls.ids())})


def _in_path(name: str, description: str, schema: Schema) -> Schema:
    return {"name": name, "in": "path", "required": True, "description": description, "schema": schema}


def _in_query(name: str, description: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _problems(*statuses: int) -> Schema:
    words = {
        400: "A query parameter is wrong.",
        404: "Not found.",
        408: "The request took too long to arrive.",
        413: "The body is too large.",
        415: "The media type of the body is not supported.",
        503: "The service is busy, or the check took too long.",
    }
    content = {"application/problem+json": {"schema": _named("Problem")}}
    return {str(status): {"description": words[status], "content": content} for status in statuses}
