"""The service does what its description says: schemathesis makes requests of it, good ones and bad ones."""

from __future__ import annotations

import json

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import negative_data_rejection
from starlette.testclient import TestClient
from starlette.types import ASGIApp

BOUNDED = settings(
    max_examples=12,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
REPORTED = [negative_data_rejection]
"""A body that is no proposal is not refused: the report says what is wrong with it. Bad queries: test_requests.py."""
OPERATIONS = {
    "check": REPORTED,
    "checkMany": REPORTED,
    "listCalls": [],
    "showCall": [],
    "listRules": [],
    "showRule": [],
    "showSchema": [],
    "health": [],
}
WITHOUT_INPUT = ("listCalls", "health")
"""Operations of which nothing can be asked wrongly."""


@schemathesis.serializer("application/jsonl")
def _lines(_: object, value: object) -> bytes:
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else json.dumps(value).encode()


@schemathesis.deserializer("application/jsonl")
def _text(_: object, response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def operations(app: ASGIApp) -> dict[str, APIOperation]:
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    found = [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]
    return {each.definition.raw["operationId"]: each for each in found}


def test_every_operation_is_tried(operations: dict[str, APIOperation]) -> None:
    assert operations.keys() == OPERATIONS.keys()


@pytest.mark.parametrize(
    ("name", "mode"),
    [(name, mode) for name in OPERATIONS for mode in GenerationMode if mode.is_positive or name not in WITHOUT_INPUT],
)
def test_it_answers_as_described(operations: dict[str, APIOperation], name: str, mode: GenerationMode) -> None:
    operation = operations[name]

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def requests(case: schemathesis.Case) -> None:
        case.call_and_validate(excluded_checks=OPERATIONS[name])

    requests()


def test_the_description_is_openapi_with_valid_schemas(client: TestClient) -> None:
    described = client.get("/openapi.json").json()

    assert described["openapi"].startswith("3.1")
    for schema in described["components"]["schemas"].values():
        jsonschema_rs.meta.validate(schema)
    references = json.dumps(described).split('"$ref": "#/components/schemas/')[1:]
    assert {each.split('"')[0] for each in references} <= described["components"]["schemas"].keys()
