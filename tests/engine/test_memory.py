"""Checking leaves nothing behind: what it makes goes as soon as it is done with, without the garbage collector."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable
from functools import partial

import pytest

from benchmarks.generate import Mix, proposals
from mpfcheck.engine.processes import Workshop
from mpfcheck.engine.registry import Terms
from mpfcheck.engine.run import RunTerms
from mpfcheck.reading.inputs import Input
from mpfcheck.report.as_json import JsonLinesReporter, StatusesReporter

GENERATED = (*proposals(12, 1, Mix.COMPLETE), *proposals(6, 2, Mix.HALF_FILLED))
WRONG = (
    b"",
    b"[]",
    b"\xff\xfe{",
    b'{"call": "mpf-2023-borders-security", "title": ',
    b'{"call": "mpf-2023-borders-security", "title": "A", "title": "B"}',
    b'{"call": "mpf-2023-borders-security", "lead": {"country": "ZZ"}, "budget": {"total": "many"}}',
    b'{"call": "mpf-2023-borders-security", "leed": {}, "open": ["/co_applicants"], "co_applicants": [{"id": "a"}]}',
    b'{"call": "mpf-2099-nowhere"}',
)
INPUTS = [Input("proposals.jsonl", number, data) for number, data in enumerate((*GENERATED, *WRONG), 1)]
FORMATS = {
    "reports": RunTerms((), Terms()),
    "reports of many": RunTerms((), Terms(), together=True),
    "jsonl": RunTerms((), Terms(), lines=JsonLinesReporter),
    "statuses": RunTerms((), Terms(), lines=StatusesReporter),
    "bare statuses": RunTerms((), Terms(), lines=StatusesReporter, bare=True),
}


@pytest.mark.parametrize("terms", FORMATS.values(), ids=list(FORMATS))
def test_what_was_made_of_a_proposal_goes_with_it(terms: RunTerms) -> None:
    """A ring of objects around each proposal held 50 MiB of a run of many until the collector came by."""
    check = partial(_check, Workshop(terms))
    check(INPUTS)  # what is remembered for all proposals is made
    check(INPUTS)
    gc.collect()
    gc.disable()
    try:
        before = _our_objects()
        check(INPUTS)
        left = _our_objects() - before
    finally:
        gc.enable()
    assert not left


def _check(workshop: Workshop, inputs: Iterable[Input]) -> None:
    for one in inputs:
        workshop.check([one])


def _our_objects() -> Counter[str]:
    kinds = (type(one) for one in gc.get_objects())
    # Some types of other libraries have no text there, if a test before has loaded them.
    return Counter(kind.__qualname__ for kind in kinds if str(kind.__module__).startswith("mpfcheck."))
