"""Where the time goes: each stage does all that the one before it does, and one thing more."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

import jiter

from benchmarks.contestants import CALL
from benchmarks.timing import Rounds
from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import InputReference, ProposalReport
from mpfcheck.engine.check import check_against
from mpfcheck.packs.load import load_call
from mpfcheck.reading.document import Document, read_proposal
from mpfcheck.report.as_json import JsonLinesReporter

__all__ = ["added", "stages"]

Stage: TypeAlias = Callable[[bytes], object]


def stages() -> Mapping[str, Stage]:
    """The stages of ``mpfcheck check --format jsonl``, by what each adds, in their order."""
    checker = Checker(load_call(CALL))
    reporter = JsonLinesReporter(len)

    def judged(data: bytes) -> object:
        return checker.statuses(_answers(read_proposal(data)))

    def explained(data: bytes) -> ProposalReport:
        return check_against(checker, read_proposal(data), InputReference("batch.jsonl", 1, None), places=False).report

    def placed(data: bytes) -> ProposalReport:
        document = read_proposal(data)
        input = InputReference("batch.jsonl", 1, document.sha256)
        return check_against(checker, document, input).report

    return {
        "parsing the JSON (jiter; the floor)": lambda data: jiter.from_json(data, float_mode="decimal"),
        "reading it as a proposal: names, types, codes, exact amounts, no name twice": read_proposal,
        "judging: the status of every rule": judged,
        "explaining: messages, fixes and fields of what is not simply passed": explained,
        "places in the file and its checksum": placed,
        "writing the report as a line of JSON": lambda data: reporter.add(placed(data)),
    }


def added(rounds: Rounds) -> Iterator[tuple[str, float]]:
    """The seconds each stage adds for one input, in the median round; they may come out a little below nothing."""
    before = [0.0] * len(next(iter(rounds.seconds.values())))
    for name, seconds in rounds.seconds.items():
        more = statistics.median(now - was for now, was in zip(seconds, before, strict=True))
        yield name, more / rounds.inputs
        before = list(seconds)


def _answers(document: Document) -> Mapping[str, object]:
    if document.answers is None:
        raise ValueError("; ".join(problem.message for problem in document.problems))
    return document.answers
