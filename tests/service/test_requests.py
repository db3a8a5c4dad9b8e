"""What the service answers: reports for whatever is sent, problems for requests that cannot be served."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest
from starlette.testclient import TestClient

import mpfcheck
from mpfcheck.service.app import LOOPBACK_NAMES, application
from mpfcheck.service.capacity import ServiceLimits
from mpfcheck.service.check import MEDIA_TYPES
from mpfcheck.service.description import PUBLISHED
from mpfcheck.service.terms import Calls

EXAMPLES = Path(__file__).parents[2] / "examples"
CALL = "mpf-2023-borders-security"
BROKEN = EXAMPLES / "ineligible-romania-moldova-2016.json"
JSON = {"Content-Type": "application/json"}


def problem(response: object, status: int, kind: str) -> str:
    """The detail of a problem, after a look at the rest of it."""
    assert response.status_code == status, response.text  # type: ignore[attr-defined]
    assert response.headers["content-type"] == "application/problem+json"  # type: ignore[attr-defined]
    members = response.json()  # type: ignore[attr-defined]
    assert members["type"] == f"urn:mpfcheck:problem:{kind}"
    assert members["status"] == status
    detail: str = members["detail"]
    assert detail
    return detail


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.json")), ids=lambda file: file.name)
def test_a_proposal_gets_the_report_that_python_gets(client: TestClient, file: Path) -> None:
    response = client.post("/check", params={"call": CALL}, content=file.read_bytes(), headers=JSON)

    assert response.status_code == 200
    assert mpfcheck.Report.model_validate_json(response.content) == mpfcheck.load_call(CALL).check(file.read_bytes())
    jsonschema_rs.validate(client.get("/schemas/report").json(), response.json())


def test_the_terms_of_the_request_hold(client: TestClient) -> None:
    query = {"as_of": "2023-06-01", "set": "maximum_grant_share=0.5", "rule": ["GRANT-1", "POT-1"]}
    report = mpfcheck.Report.model_validate_json(
        client.post("/check", params=query, content=BROKEN.read_bytes(), headers=JSON).content
    )

    assert report.as_of == "2023-06-01"
    assert report.changed == {"maximum_grant_share": "0.5"}
    assert report.chosen == ("GRANT-1", "POT-1")


@pytest.mark.parametrize("format", MEDIA_TYPES)
def test_a_report_comes_in_every_format(client: TestClient, format: str) -> None:
    response = client.post("/check", params={"format": format}, content=BROKEN.read_bytes(), headers=JSON)

    assert response.status_code == 200
    assert response.headers["content-type"] == MEDIA_TYPES[format]  # type: ignore[index]
    assert "BUDGET-1" in response.text


def test_a_proposal_without_a_call_or_of_an_unknown_one_is_told_in_the_report(client: TestClient) -> None:
    for body, said in (
        (b"{}", "does not name its call"),
        (b'{"call": "mpf-2023-border-security"}', '"mpf-2023-border-security"'),
    ):
        (report,) = mpfcheck.read_reports(client.post("/check", content=body, headers=JSON).content)
        assert report.verdict is mpfcheck.Verdict.INVALID
        assert said in report.problems[0].message
        assert report.problems[0].hint


@pytest.mark.parametrize(
    ("query", "status", "kind", "said"),
    [
        ({"call": "mpf-2023-border-security"}, 404, "unknown-call", CALL),
        ({"call": CALL, "rule": "BUDGET-11"}, 404, "unknown-rule", "BUDGET-1"),
        ({"call": CALL, "set": "bmvi_pott=1"}, 404, "unknown-parameter", "bmvi_pot"),
        ({"call": CALL, "set": "bmvi_pot=much"}, 400, "wrong-value", "bmvi_pot"),
        ({"set": "bmvi_pot"}, 400, "wrong-value", "NAME=VALUE"),
        ({"as_of": "1.6.2023"}, 400, "wrong-value", "2023-12-07"),
        ({"as_of": "2023-02-30"}, 400, "wrong-value", "2023-02-30"),
        ({"format": "pdf"}, 400, "wrong-value", "html"),
        ({"colour": "blue"}, 400, "unknown-parameter", "colour"),
        ({"call": [CALL, CALL]}, 400, "repeated-parameter", "once"),
        ({"set": ["bmvi_pot=1"] * 51}, 400, "too-many-values", "50"),
    ],
)
def test_a_wrong_query_is_a_problem(
    client: TestClient, query: dict[str, str], status: int, kind: str, said: str
) -> None:
    assert said in problem(client.post("/check", params=query, content=b"{}", headers=JSON), status, kind)


def test_terms_that_the_proposals_call_does_not_know_are_a_problem(client: TestClient) -> None:
    body = BROKEN.read_bytes()
    assert "NONE-1" in problem(client.post("/check?rule=NONE-1", content=body, headers=JSON), 404, "unknown-rule")


def test_what_is_no_json_by_its_type_is_refused(client: TestClient) -> None:
    """A page of another site can make a browser send a form or plain text unasked, but not JSON."""
    for given in ("text/plain", "application/x-www-form-urlencoded", "", "multipart/form-data"):
        response = client.post("/check", content=b"{}", headers={"Content-Type": given})
        assert "application/json" in problem(response, 415, "unsupported-media-type")
    packed = client.post("/check", content=b"{}", headers={**JSON, "Content-Encoding": "gzip"})
    assert "gzip" in problem(packed, 415, "unsupported-media-type")
    assert client.options("/check", headers={"Origin": "https://example.org"}).status_code == 405


def test_what_is_too_large_is_refused_announced_or_not(client: TestClient) -> None:
    body = b'{"summary": "' + b"x" * 20_000 + b'"}'
    problem(client.post("/check", content=body, headers=JSON), 413, "too-large")
    unannounced = client.post("/check", content=(body[at : at + 999] for at in range(0, len(body), 999)), headers=JSON)
    problem(unannounced, 413, "too-large")
    assert unannounced.json()["limit"] == 20_000


def test_what_is_not_there_is_a_problem(client: TestClient) -> None:
    assert "GET /" in problem(client.get("/nowhere"), 404, "not-found")
    assert "PUT" in problem(client.put("/check"), 405, "method-not-allowed")
    problem(client.get("/calls/none"), 404, "unknown-call")
    problem(client.get(f"/calls/{CALL}/rules/NONE-1"), 404, "unknown-rule")
    problem(client.get("/schemas/none"), 404, "unknown-schema")


def test_calls_and_rules_are_all_there(client: TestClient, calls: Calls) -> None:
    assert [call["id"] for call in client.get("/calls").json()["calls"]] == list(calls.ids())
    for call in calls.calls():
        assert client.get(f"/calls/{call.id}").json()["rules"] == [rule.id for rule in call.rules]
        listed = client.get(f"/calls/{call.id}/rules").json()["rules"]
        assert [rule["id"] for rule in listed] == [rule.id for rule in call.rules]
        for rule_id in (rule.id for rule in call.rules):
            shown = client.get(f"/calls/{call.id}/rules/{rule_id}").json()
            assert shown["sources"][0]["document"]
            assert shown["sentences"]["message"] == call.rule(rule_id).message.text


def test_schemas_are_the_published_ones(client: TestClient) -> None:
    for name in PUBLISHED:
        schema = client.get(f"/schemas/{name}").json()
        jsonschema_rs.meta.validate(schema)
        assert schema["$id"].startswith(f"urn:mpfcheck:{name}")


def test_browsers_keep_nothing_and_run_nothing(client: TestClient) -> None:
    for response in (client.get("/"), client.get("/nowhere"), client.post("/check", content=b"{}", headers=JSON)):
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in response.headers["content-security-policy"]
        assert "access-control-allow-origin" not in response.headers
        assert "set-cookie" not in response.headers


def test_it_answers_to_its_own_names_only(calls: Calls) -> None:
    """A page whose name was made to mean this computer must not reach the service (DNS rebinding)."""
    client = TestClient(application(calls, hosts=LOOPBACK_NAMES))
    for name in ("localhost", "localhost:8765", "127.0.0.1:8765", "[::1]:8765", "[::1]", "LOCALHOST"):
        assert client.get("/health", headers={"Host": name}).status_code == 200, name
    for name in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", ""):
        problem(client.get("/health", headers={"Host": name}), 421, "wrong-host")


def test_a_fault_of_ours_is_told_without_what_was_sent(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret of the applicant")

    monkeypatch.setattr("mpfcheck.service.terms.RequestTerms.report", fail)
    client = TestClient(application(calls), raise_server_exceptions=False)
    response = client.post("/check", content=b'{"title": "secret"}', headers=JSON)

    assert "error in mpfcheck" in problem(response, 500, "internal-error")
    assert "secret" not in response.text


def test_a_check_that_takes_too_long_is_given_up(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setattr("mpfcheck.service.terms.RequestTerms.report", lambda *_: time.sleep(0.5))
    client = TestClient(application(calls, ServiceLimits(seconds=0.05)))

    assert "0.05" in problem(client.post("/check", content=b"{}", headers=JSON), 503, "took-too-long")


def test_nothing_of_one_request_is_in_another(client: TestClient) -> None:
    first = client.post("/check", content=BROKEN.read_bytes(), headers=JSON).content
    client.post("/check", params={"set": "maximum_grant_share=0.1"}, content=BROKEN.read_bytes(), headers=JSON)
    client.post("/check", content=b"{", headers=JSON)

    assert client.post("/check", content=BROKEN.read_bytes(), headers=JSON).content == first
    assert json.loads(first)["summary"]["proposals"] == 1
