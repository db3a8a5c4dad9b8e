"""Who is measured: each takes a proposal as JSON bytes and says what every rule of the call says, by rule id."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import jiter

from benchmarks.agreement import Judge
from benchmarks.handwritten import statuses
from benchmarks.handwritten.models import Proposal
from mpfcheck.checking.checker import Checker
from mpfcheck.packs.load import load_call
from mpfcheck.reading.document import read_proposal

__all__ = ["BASELINE", "CALL", "MPFCHECK", "floors", "judges", "mpfcheck_judge"]

CALL = "mpf-2023-borders-security"
MPFCHECK = "mpfcheck"
BASELINE = "hand-written, pydantic and Decimal"


def mpfcheck_judge() -> Judge:
    """The engine, with the call read and compiled once. The judge raises ValueError for bytes that are no proposal."""
    call = load_call(CALL)
    checker = Checker(call)
    rules = [rule.id for rule in call.rules]

    def judge(data: bytes) -> Mapping[str, str]:
        document = read_proposal(data)
        if document.answers is None:
            raise ValueError("; ".join(problem.message for problem in document.problems))
        return dict(zip(rules, checker.statuses(document.answers), strict=True))

    return judge


def judges() -> dict[str, Judge]:
    """The engine and the baseline, by name."""
    return {MPFCHECK: mpfcheck_judge(), BASELINE: statuses}


def floors() -> dict[str, Callable[[bytes], object]]:
    """What reading alone costs, without any rule."""
    return {
        "jiter, parse only": lambda data: jiter.from_json(data, float_mode="decimal"),
        "pydantic, parse and validate only": Proposal.model_validate_json,
    }
