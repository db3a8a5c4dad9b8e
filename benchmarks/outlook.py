"""What looking ahead costs in processor time: the outlook of a draft, the smallest change, the proofs of a pack."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from time import process_time
from typing import NamedTuple

from benchmarks.contestants import CALL
from benchmarks.generate import Mix, proposals
from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Verdict
from mpfcheck.packs.load import load_call
from mpfcheck.proving.outlook import outlook_of
from mpfcheck.proving.proofs import prove
from mpfcheck.proving.prover import Prover
from mpfcheck.proving.repair import repair_of
from mpfcheck.reading.document import read_proposal

__all__ = ["Ahead", "measure_outlook", "section"]

GOALS = {"outlook": 150, "repair": 500, "pack": 10_000}
"""Milliseconds of processor time."""


class Ahead(NamedTuple):
    """Seconds of processor time of each outlook, each repair, and the proofs of a pack."""

    outlooks: Sequence[float]
    repairs: Sequence[float]
    pack: float


def measure_outlook(count: int, seed: int) -> Ahead:
    """Measure the outlook of half-filled drafts, and the smallest change for complete ones that are not eligible."""
    checker = Checker(load_call(CALL))
    outlooks: list[float] = []
    repairs: list[float] = []
    for data in proposals(count, seed, Mix.HALF_FILLED):
        answers = read_proposal(data).answers or {}
        # As everywhere, the draft is checked first: to compile the rules, as the first check does, is no part of this.
        checker.verdict(answers)
        begun = process_time()
        outlook_of(Prover(checker, answers))
        outlooks.append(process_time() - begun)
    for data in proposals(4 * count, seed, Mix.COMPLETE):
        answers = read_proposal(data).answers or {}
        if checker.verdict(answers) is Verdict.INELIGIBLE and len(repairs) < count:
            begun = process_time()
            repair_of(Prover(checker, answers))
            repairs.append(process_time() - begun)
    begun = process_time()
    list(prove(checker))
    return Ahead(outlooks, repairs, process_time() - begun)


def section(ahead: Ahead) -> str:
    """What came out, for the page with the results."""
    rows = (
        ("outlook of a half-filled draft", ahead.outlooks, GOALS["outlook"]),
        ("smallest change for a proposal that is not eligible", ahead.repairs, GOALS["repair"]),
        ("all proofs of the call of 2023", [ahead.pack], GOALS["pack"]),
    )
    lines = [
        "",
        "## Looking ahead",
        "",
        "Processor time with the solver, encoding included.",
        "",
        "| what | median ms | slowest ms | goal ms |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, seconds, goal in rows:
        lines.append(f"| {name} | {statistics.median(seconds) * 1e3:.0f} | {max(seconds) * 1e3:.0f} | {goal} |")
    return "\n".join([*lines, ""])
