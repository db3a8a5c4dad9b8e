"""``check_many``: many proposals in order, in constant memory, here or in processes beside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import mpfcheck
from mpfcheck.api import call as call_module
from mpfcheck.engine import processes

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
GOOD = next(path for path in EXAMPLES if path.name == "eligible-lithuania-moldova.json")
CALL = mpfcheck.load_call("mpf-2023-borders-security")


def every_kind() -> list[object]:
    """Proposals in every form a program has them, good and bad, and what can be none."""
    data = GOOD.read_bytes()
    good = [data, data.decode(), GOOD, json.loads(data), mpfcheck.Proposal.from_json(data), bytearray(data)]
    bad = [b"{", "proposal.json", GOOD.with_name("none.json"), GOOD.parent, {"budget": {"total": 0.1}}]
    return [*good, *EXAMPLES, *bad, None, float("nan"), Decimal("NaN"), 7, [1], {"fund": "AMIF", "acronym": object()}]


@pytest.fixture
def early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start processes for a few proposals."""
    monkeypatch.setattr(call_module, "PAYS_FROM", 120)
    monkeypatch.setattr(call_module, "PAYS_UNCOUNTED_AFTER", 100)


def test_processes_are_started_only_where_they_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []

    class StartedError(Exception):
        """Instead of processes."""

    def start(_: object, jobs: int, *_more: object) -> None:
        started.append(jobs)
        raise StartedError

    monkeypatch.setattr(processes.Processes, "__init__", start)
    few, many = [None] * (call_module.PAYS_FROM - 1), [None] * call_module.PAYS_FROM

    assert len(list(mpfcheck.check_many(CALL, few, jobs=2))) == len(few)
    assert len(list(mpfcheck.check_many(CALL, many, jobs=1))) == len(many)
    uncounted = few[: call_module.PAYS_UNCOUNTED_AFTER]
    assert len(list(mpfcheck.check_many(CALL, iter(uncounted), jobs=2))) == len(uncounted)
    assert not started
    for enough in (many, iter(few)):
        with pytest.raises(StartedError):
            list(mpfcheck.check_many(CALL, enough, jobs=2))
    assert started == [2, 2]


@pytest.mark.usefixtures("early")
@pytest.mark.parametrize("terms", [{}, {"as_of": "2023-06-01", "rules": ["POT-1"], "parameters": {"bmvi_pot": 1}}])
def test_processes_say_what_one_says_in_the_same_order(terms: dict[str, object]) -> None:
    proposals = [one for _ in range(6) for one in every_kind()]
    assert len(proposals) > 120

    alone = list(mpfcheck.check_many(CALL, proposals, **terms))  # type: ignore[arg-type]

    assert list(mpfcheck.check_many(CALL, proposals, jobs=2, **terms)) == alone  # type: ignore[arg-type]
    assert len(alone) == len(proposals)
    for proposal, report in zip(every_kind(), alone, strict=False):
        if isinstance(proposal, bytes | str | Path | dict | mpfcheck.Proposal):
            assert CALL.check(proposal, **terms) == report  # type: ignore[arg-type]
        elif not isinstance(proposal, bytearray):
            assert report.verdict is mpfcheck.Verdict.INVALID


@pytest.mark.usefixtures("early")
@pytest.mark.parametrize("jobs", [1, 2])
def test_few_are_taken_before_their_turn_and_none_after_the_end(jobs: int) -> None:
    answers = json.loads(GOOD.read_bytes())
    taken = 0

    def endless() -> Iterator[dict[str, object]]:
        nonlocal taken
        while True:
            taken += 1
            yield {**answers, "title": str(taken)}

    reports = mpfcheck.check_many(CALL, endless(), jobs=jobs)
    assert taken == 0
    ahead = 0
    for number in range(1, 400):
        assert next(reports).input.title == str(number)
        ahead = max(ahead, taken - number)
    assert ahead <= (0 if jobs == 1 else 500)
    reports.close()  # type: ignore[attr-defined]
    assert next(reports, None) is None


@pytest.mark.parametrize(
    ("jobs", "said"), [(0, "1 or more"), (-1, "1 or more"), ("2", "not the text"), (True, "number")]
)
def test_jobs_are_a_number_of_processes(jobs: object, said: str) -> None:
    with pytest.raises((TypeError, mpfcheck.ParameterError), match=said):
        mpfcheck.check_many(CALL, [], jobs=jobs)  # type: ignore[arg-type]
