"""Whatever files hold, checking them ends: without a traceback, and never with 0 where something was not checked."""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import Mix, proposals
from mpfcheck.checking.report import InputReference, Problem, ProposalReport, Severity, Verdict
from mpfcheck.cli.exit_codes import ExitCode, ExitTally
from mpfcheck.engine.check import Checked, Engine
from mpfcheck.engine.registry import Registry
from mpfcheck.engine.run import Finished
from mpfcheck.reading.inputs import open_inputs
from mpfcheck.report.as_json import JsonLinesReporter

CHECKED = {Verdict.ELIGIBLE, Verdict.REVIEW}
GOOD = list(proposals(6, 3, Mix.VALID)) + list(proposals(2, 3, Mix.HALF_FILLED))
PIECES = [
    b"",
    b"\n",
    b"\x00",
    b"\xff",
    b"{",
    b"}",
    b"[",
    b"]",
    b'"',
    b",",
    b":",
    b"\\",
    b"\\u",
    b"1e999",
    b"NaN",
    b"-",
    b"null",
]
ENGINE = Engine(Registry())


@st.composite
def files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A name and what the file holds: good lines, damaged ones, and anything at all; cut short, or packed."""
    data = draw(st.binary(max_size=200) | st.lists(st.sampled_from(GOOD), max_size=3).map(b"\n".join))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=4))
        data = data[:at] + piece * draw(st.sampled_from([1, 1, 1, 5000])) + data[at + draw(st.integers(0, 3)) :]
    if draw(st.booleans()):
        data = gzip.compress(data)
    data = data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data
    return draw(st.sampled_from(["a.json", "a.jsonl", "a.json.gz", "a.jsonl.gz", "a.txt"])), data


@settings(max_examples=200)
@given(files())
def test_no_file_passes_that_was_not_checked(file: tuple[str, bytes]) -> None:
    name, data = file
    outcome = ExitTally(fail_on="blocking", allow_incomplete=False)
    pieces: list[bytes] = []
    reporter = JsonLinesReporter(pieces.append)
    verdicts = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        for source in open_inputs([path]):
            checked = ENGINE.check_input(source)
            verdicts.append(checked.report.verdict)
            outcome.add(Finished(1, source.size, (checked,)))
            reporter.add(checked.report)

    assert verdicts, "a file is something to check, or something to complain about"
    assert (outcome.exit_code() is ExitCode.OK) == (set(verdicts) <= CHECKED)
    assert Verdict.INCONCLUSIVE not in verdicts, "mpfcheck failed at a file"
    assert [json.loads(line)["verdict"] for line in b"".join(pieces).splitlines()] == verdicts


def test_the_good_ones_are_good() -> None:
    """Otherwise the law above would say little."""
    outcome = ExitTally(fail_on="blocking", allow_incomplete=False)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.jsonl")
        path.write_bytes(b"\n".join(GOOD[:6]))
        for source in open_inputs([path]):
            outcome.add(Finished(1, source.size, (ENGINE.check_input(source),)))

    assert outcome.exit_code() is ExitCode.OK


@pytest.mark.parametrize("fail_on", ["blocking", "warning", "advice", "new", "never"])
def test_nothing_makes_up_for_what_could_not_be_checked(fail_on: str) -> None:
    nowhere = InputReference("a", None, None)
    for verdict, code in ((Verdict.INVALID, ExitCode.INPUT), (Verdict.INCONCLUSIVE, ExitCode.INCONCLUSIVE)):
        outcome = ExitTally(fail_on=fail_on, allow_incomplete=True)
        report = ProposalReport(nowhere, None, None, verdict, (Problem("p", severity=Severity.BLOCKING),))
        outcome.add(Finished(1, 0, (Checked(report),)))
        assert outcome.exit_code() is code
