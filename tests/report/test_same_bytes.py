"""What is remembered and compiled for speed changes no byte: reports are as the plain way makes and writes them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.generate import Mix, proposals
from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import InputReference, LeadReference, ProposalReport, ReadField
from mpfcheck.engine.check import check_against
from mpfcheck.frozen import changed
from mpfcheck.json_codec import json_of, json_text, members_of, plain_json, printable
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call
from mpfcheck.reading.document import read_proposal
from mpfcheck.reading.json_text import read_json
from mpfcheck.reading.places import Lines
from mpfcheck.report.as_json import JsonLinesReporter
from tests.report.samples import INELIGIBLE

STRANGE = {"title": 'T\u202e\x1b "%s" %% \U0001f600', "lead": {"name": "Ș\u034f\n{x}", "country": "LT"}}


def texts() -> Iterator[bytes]:
    yield json.dumps({**STRANGE, "fund": "BMVI"}).encode()
    yield json.dumps({**STRANGE, "fund": "%s", "\u0066und2": 1}, indent=2).encode()
    for mix in (Mix.COMPLETE, Mix.HALF_FILLED):
        for number, data in enumerate(proposals(12, 11, mix)):
            yield data if number % 2 else json.dumps(json.loads(data), indent=3).encode()


def lines_of(reports: list[ProposalReport]) -> list[str]:
    pieces: list[bytes] = []
    reporter = JsonLinesReporter(pieces.append)
    for report in reports:
        reporter.add(report)
    return [f"{line}\n" for line in b"".join(pieces).decode().split("\n")[:-1]]


def test_a_line_of_json_is_the_plain_data_encoded() -> None:
    checker = Checker(load_call("mpf-2023-borders-security"))
    documents = [read_proposal(data) for data in texts()]
    reports = [check_against(checker, one, one.reference("a b.jsonl", 7)).report for one in documents]

    # Twice: what was remembered of the first time must not show.
    for report, line in zip([*reports, *reports], lines_of([*reports, *reports]), strict=True):
        written = json.loads(line)
        assert written["results"] == json.loads(json_text(plain_json(report.results)))
        assert line.rstrip("\n").isprintable()
        results = ", ".join(json_text(plain_json(result)) for result in report.results)
        assert line.endswith(f'"problems": {json_text(plain_json(report.problems))}, "results": [{results}]}}\n')
        assert printable(json_of(report.input)) == json_text(plain_json(report.input))


ANY_TEXT = st.text(st.characters(exclude_categories=()))
TEXT = st.none() | ANY_TEXT
NUMBER = st.none() | st.integers(1)


@given(
    st.builds(
        InputReference, TEXT, NUMBER, TEXT, TEXT, TEXT, st.none() | st.builds(LeadReference, TEXT, TEXT), TEXT, TEXT
    ),
    st.lists(st.builds(ReadField, ANY_TEXT, TEXT, NUMBER, NUMBER)),
)
def test_inputs_and_fields_are_written_as_the_table_of_shapes_has_them(
    reference: InputReference, fields: list[ReadField]
) -> None:
    result = INELIGIBLE.results[0].with_message("", "", tuple(fields), (), None)
    (line,) = lines_of([changed(INELIGIBLE, input=reference, results=(result, result))])

    plain = {name: plain_json(getattr(reference, attribute)) for name, attribute in members_of(InputReference)}
    assert line.startswith(f'{{"input": {json_text(plain)}, "call": ')
    assert line.count(f'"fields": {json_text(plain_json(fields))}, ') == 2


@pytest.mark.parametrize("call_id", list_calls())
def test_a_report_is_the_same_however_often_its_like_was_checked(call_id: str) -> None:
    call = load_call(call_id)
    warm = Checker(call)
    for data in texts():
        answers = read_proposal(data).answers
        assert answers is not None
        # The first reports of a checker are made one by one by the reference evaluator.
        assert warm.report(answers) == Checker(call).report(answers)


def test_places_are_those_of_a_reader_that_keeps_all_of_them() -> None:
    for data in texts():
        text = data.decode()
        whole, lines = read_json(text, 1), Lines(text, 1)
        document = read_proposal(data)
        for pointer, offset in sorted(whole.places.items(), reverse=True):
            assert document.place_of(pointer) == lines.place(offset)
        assert document.place_of("/nothing/here") is None
