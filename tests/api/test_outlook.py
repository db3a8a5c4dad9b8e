"""``call.outlook`` and ``call.repair``: what is certain of a draft already, for programs."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

import mpfcheck
from mpfcheck import extra

CALL = mpfcheck.load_call("mpf-2023-borders-security")


def draft(grant: str) -> dict[str, object]:
    return {"financing": {"grant_requested": grant}}


def test_an_outlook_and_a_repair() -> None:
    outlook, repair = CALL.outlook(draft("12000000.00")), CALL.repair(draft("12000000.00"))

    assert outlook.eligible_possible is False
    assert outlook.because == ("FUND-1", "POT-1")
    assert repair is not None
    assert [(one.pointer, one.old, one.new) for one in repair.changes] == [
        ("/financing/grant_requested", "12000000.00", "10000000.00")
    ]
    assert repair.minimal
    assert pickle.loads(pickle.dumps((outlook, repair))) == (outlook, repair)  # noqa: S301 - our own


def test_what_can_become_eligible_needs_no_change() -> None:
    assert CALL.outlook(draft("9000000.00")).eligible_possible is True
    assert CALL.repair(draft("9000000.00")) is None


def test_other_terms_have_another_outlook() -> None:
    assert CALL.outlook(draft("9000000.00"), parameters={"isf_pot": 5_000_000}).eligible_possible is False


@pytest.mark.parametrize("data", [b"{", "[1]", {"fund": 7}])
def test_bad_data_is_never_raised(data: object) -> None:
    outlook = CALL.outlook(data)  # type: ignore[arg-type]

    assert outlook.eligible_possible is None
    assert CALL.repair(data) is None  # type: ignore[arg-type]


def test_wrong_arguments_are_raised() -> None:
    with pytest.raises(TypeError, match="A proposal is a dict"):
        CALL.outlook(7)  # type: ignore[arg-type]
    with pytest.raises(mpfcheck.ParameterError):
        CALL.repair({}, parameters={"no_such": 1})


def test_several_threads_ask_at_the_same_time() -> None:
    grants = [f"{million}000000.00" for million in range(6, 14)]
    with ThreadPoolExecutor(4) as pool:
        possible = list(pool.map(lambda grant: CALL.outlook(draft(grant)).eligible_possible, grants))

    assert possible == [True] * 5 + [False] * 3


def test_without_the_solver_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None)

    with pytest.raises(mpfcheck.SolverMissingError, match=r"call.outlook needs more libraries.*\[prove\]"):
        CALL.outlook({})
    assert CALL.check({}).outlook is None
