"""Reports read back, and two runs compared."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck import json_codec
from mpfcheck.checking.report import InputReference, Problem, ProposalReport, Status, Verdict
from mpfcheck.checking.what_if import StatusChange
from mpfcheck.report.as_json import JsonLinesReporter, JsonReporter
from mpfcheck.report.as_text import write_blocks
from mpfcheck.report.comparison import Comparison, Since, compare, findings
from mpfcheck.report.json_difference import ABSENT, Difference, differences
from mpfcheck.report.page import LinePage
from mpfcheck.report.read_back import ReportReader, UnreadableReportError, read_back
from mpfcheck.report.say import comparison as say
from mpfcheck.report.style import Style
from tests.report.samples import (
    APART,
    BROKEN,
    ELIGIBLE,
    EVERY,
    EXCLUSION,
    FUND,
    GRANT,
    HELD,
    INELIGIBLE,
    INVALID,
    report,
    result,
)


def written(*reports: ProposalReport, lines: bool = False) -> bytes:
    pieces: list[bytes] = []
    reporter = JsonLinesReporter(pieces.append) if lines else JsonReporter(pieces.append, version="1.2.3")
    for one in reports:
        reporter.add(one)
    reporter.finish()
    return b"".join(pieces)


def place_of_mistake(text: str, *, lines: bool) -> tuple[int, int]:
    """Where Python's own reader of JSON stumbles."""
    for number, one in enumerate(text.split("\n") if lines else [text]):
        try:
            json.loads(one or "0")
        except json.JSONDecodeError as error:
            return number + error.lineno, error.colno
    raise AssertionError("There is no mistake in it.")


def at(path: str, verdict: str, *results: object, **more: object) -> ProposalReport:
    return report(verdict, *results, input=InputReference(path, None, None), **more)  # type: ignore[arg-type]


def rules(found: object) -> list[str]:
    return [finding.rule or "file" for finding in found]  # type: ignore[attr-defined]


def text_of(comparison: Comparison) -> str:
    page = LinePage(80, Style())
    write_blocks(page, say.comparison(comparison))
    return page.text()


@pytest.mark.parametrize("lines", [False, True])
def test_what_is_written_is_read_back_the_same(lines: bool) -> None:
    back = ReportReader(io.BytesIO(written(*EVERY, lines=lines)))

    assert tuple(back) == EVERY
    assert back.version == (None if lines else "1.2.3")


def test_one_line_of_json_lines_is_a_report_too() -> None:
    assert read_back(written(ELIGIBLE, lines=True)) == (ELIGIBLE,)


def test_no_report_at_all_is_read_back_as_none() -> None:
    assert read_back(written()) == ()


def test_members_that_a_later_version_adds_are_passed_over() -> None:
    later = json.loads(written(INELIGIBLE))
    later["weather"] = "fine"
    later["reports"][0]["results"][0]["colour"] = {"red": 1}

    assert read_back(json.dumps(later).encode()) == (INELIGIBLE,)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"format": "mpfcheck-report/1",', "line 1, column"),
        (b"[]", "should be an object"),
        (b'{"format": "mpfcheck-proposal/1"}', "a proposal, not a report"),
        (b'{"format": "mpfcheck-report/2"}', "not a report of mpfcheck"),
        (b'{"format": "mpfcheck-report/1"}', "/tool should be an object"),
        (b'{"format": "mpfcheck-report/1", "tool": {"version": "1"}}', "/reports should be a list"),
        (
            b'{"format": "mpfcheck-report/1", "tool": {"version": "1"}, "reports": [3]}',
            "/reports/0 should be an object",
        ),
        (b'{"format": 1, "format": 2}', "occurs twice"),
        (b"input,verdict\na.json,eligible\n", "--format json"),
        (b"PK\x03\x04\xff", "--format json"),
        (b'{"format": NaN}', "NaN"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_report_is_told_with_its_place(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableReportError, match=said):
        read_back(data)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"verdict": "ineligible"', '"verdict": "perhaps"', "/reports/0/verdict should be one of invalid"),
        ('"status": "fail"', '"status": 3', "/reports/0/results/0/status should be a text"),
        ('"line": 40', '"line": "40"', "/reports/0/results/0/fields/0/line should be a whole number"),
        ('"manual": false', '"manual": 0', "/reports/0/results/0/manual should be true or false"),
        ('"missing": ["', '"missing": [1, "', "/reports/0/results/1/missing should be a list of texts"),
    ],
)
def test_a_member_of_another_kind_is_told_with_its_place(old: str, new: str, said: str) -> None:
    text = written(INELIGIBLE).decode()
    assert old in text

    with pytest.raises(UnreadableReportError, match=said):
        read_back(text.replace(old, new, 1).encode())


@given(data=st.data())
def test_a_damaged_report_is_read_or_refused_and_never_ends_in_another_error(data: st.DataObject) -> None:
    whole = written(INELIGIBLE, INVALID)
    at_byte = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:at_byte] + data.draw(st.binary(max_size=3)) + whole[at_byte + 1 :]
    with suppress(UnreadableReportError):
        read_back(damaged)


def test_a_run_compared_with_itself_has_nothing_new() -> None:
    run = (INELIGIBLE, ELIGIBLE, INVALID)
    comparison = compare(run, run)

    assert (comparison.new, comparison.fixed, comparison.unknown, comparison.verdicts) == ((), (), (), ())
    assert (comparison.added, comparison.removed) == ((), ())
    assert len(comparison.unchanged) == sum(len(list(findings(one))) for one in run)


def test_new_fixed_and_unchanged_findings() -> None:
    comparison = compare([at("a", "ineligible", GRANT, FUND)], [at("a", "ineligible", GRANT, BROKEN)])

    assert rules(comparison.new) == ["BUDGET-3"]
    assert rules(comparison.fixed) == ["FUND-2"]
    assert rules(comparison.unchanged) == ["GRANT-1"]


@given(st.lists(st.sampled_from([GRANT, FUND, BROKEN, EXCLUSION, HELD, APART]), unique=True), st.data())
def test_what_is_new_one_way_is_fixed_the_other_way(results: list[object], data: st.DataObject) -> None:
    before = at("a", "ineligible", *results)
    after = at("a", "ineligible", *data.draw(st.permutations(results).map(lambda some: some[: len(some) // 2 + 1])))
    there, back = compare([before], [after]), compare([after], [before])

    assert set(rules(there.new)) == set(rules(back.fixed))
    assert set(rules(there.fixed)) == set(rules(back.new))
    assert set(rules(there.unchanged)) == set(rules(back.unchanged))


def test_a_finding_with_other_amounts_is_the_same_finding() -> None:
    other = result("GRANT-1", "fail", message="You ask for EUR 195 000.00.", fields=GRANT.fields)

    assert rules(compare([at("a", "ineligible", GRANT)], [at("a", "ineligible", other)]).unchanged) == ["GRANT-1"]


def test_what_only_waited_for_answers_is_a_new_finding_once_it_fails() -> None:
    failing = result("EXCL-1", "fail", message="It is.", missing=EXCLUSION.missing)
    comparison = compare([at("a", "incomplete", EXCLUSION)], [at("a", "ineligible", failing)])

    assert rules(comparison.new) == ["EXCL-1"]
    (change,) = comparison.verdicts
    assert (change.before, change.after) == (Verdict.INCOMPLETE, Verdict.INELIGIBLE)
    assert change.rules == (StatusChange("EXCL-1", "Title of EXCL-1", Status.UNDECIDED, Status.FAIL),)


def test_a_verdict_is_changed_by_blocking_rules_only() -> None:
    look = result("FUND-2", "pass", severity="warning")
    judged = result("COAPP-5", "review", manual=True)
    comparison = compare([at("a", "eligible", look)], [at("a", "ineligible", FUND, judged, GRANT)])

    assert [change.rule for change in comparison.verdicts[0].rules] == ["GRANT-1"]


def test_proposals_are_found_again_by_path_and_line_and_then_by_content() -> None:
    first = report("ineligible", GRANT, input=InputReference("./x/a.json", 2, "11" * 32))
    second = report("ineligible", FUND, input=InputReference("b.json", None, "22" * 32))
    same_place = report("ineligible", GRANT, input=InputReference("x/a.json", 2, "33" * 32))
    same_content = report("ineligible", FUND, input=InputReference("c.json", None, "22" * 32))
    comparison = compare([first, second], [same_place, same_content])

    assert rules(comparison.unchanged) == ["GRANT-1", "FUND-2"]
    assert comparison.new == comparison.added == comparison.removed == ()


def test_one_proposal_each_is_the_same_proposal_whatever_its_name() -> None:
    comparison = compare([at("draft-1.json", "ineligible", GRANT)], [at("draft-2.json", "eligible", HELD)])

    assert rules(comparison.fixed) == ["GRANT-1"]


def test_what_was_not_checked_again_is_not_fixed() -> None:
    old = [at("a", "ineligible", GRANT), at("b", "ineligible", FUND), at("c", "eligible")]
    unreadable = at("a", "invalid", problems=(Problem("A comma is missing."),))
    comparison = compare(old, [unreadable, at("c", "eligible"), at("d", "ineligible", GRANT)])

    assert comparison.fixed == ()
    assert rules(comparison.unknown) == ["GRANT-1", "FUND-2"]
    assert rules(comparison.new) == ["file", "GRANT-1"]
    assert [one.path for one in comparison.removed] == ["b"]
    assert [one.path for one in comparison.added] == ["d"]
    assert [(change.before, change.rules) for change in comparison.verdicts] == [(Verdict.INELIGIBLE, ())]


def test_a_file_that_was_checked_twice_is_not_missed() -> None:
    once = at("a", "ineligible", GRANT)
    again = at("a", "ineligible", GRANT, FUND)

    assert compare([once, again], [once, at("b", "eligible")]).removed == ()


def test_a_run_can_be_compared_report_by_report() -> None:
    since = Since([at("a", "ineligible", GRANT), INVALID])
    for newer in (at("a", "ineligible", GRANT, FUND), at("other", "ineligible", GRANT), INVALID):
        since.add(newer)
    comparison = since.comparison()

    assert rules(comparison.new) == ["FUND-2", "GRANT-1"]
    assert comparison.removed == ()


def test_one_proposal_is_the_one_of_the_older_run_only_if_it_is_alone() -> None:
    older, newer = at("a", "ineligible", GRANT), at("b", "ineligible", GRANT, FUND)

    assert rules(compare([older], [newer]).new) == ["FUND-2"]
    assert rules(compare([older], [newer, at("c", "eligible")]).new) == ["GRANT-1", "FUND-2"]
    assert [one.path for one in compare([older], [newer, at("a", "eligible")]).added] == ["b"]


def test_the_text_has_what_is_new_and_which_rules_changed_the_verdict() -> None:
    said = text_of(compare([at("a", "eligible", HELD)], [at("a", "ineligible", GRANT)]))

    assert said.startswith("1 new finding, 0 fixed, 0 unchanged; 1 verdict changed.\n")
    assert "GRANT-1" in said
    assert "before: ELIGIBLE" in said
    assert all(len(line) <= 80 for line in said.splitlines())


def test_names_of_files_cannot_act_on_a_terminal() -> None:
    said = text_of(compare([], [at("\x1b[2J", "ineligible", result("A-1", "fail", message="\x1b[1m\n\u202e"))]))

    assert all(character == "\n" or character.isprintable() for character in said)


def test_differences_are_the_smallest_parts_that_differ() -> None:
    old = {"a": [1, {"b": True}], "c": "x", "e/f": None}
    new = {"a": [1, {"b": 1}, 3], "d": "x", "e/f": None}

    assert list(differences(old, new)) == [
        Difference("/a/1/b", old=True, new=1),
        Difference("/a/2", ABSENT, 3),
        Difference("/c", "x", ABSENT),
        Difference("/d", ABSENT, "x"),
    ]
    assert list(differences(old, json.loads(json.dumps(old)))) == []


@pytest.mark.parametrize("lines", [True, False], ids=["lines", "whole"])
def test_reports_are_read_before_the_file_ends(lines: bool) -> None:
    whole = written(INELIGIBLE, lines=lines).decode()
    if lines:
        before, one = "", whole
    else:
        before, rest = whole.split('"reports": [', 1)
        before, one = f'{before}"reports": [', f"{rest[: rest.rindex(']')]},"

    class Endless(io.RawIOBase):
        """A file of reports without end."""

        size = 0

        def read(self, size: int = -1) -> bytes:
            start = before if not self.size else ""
            self.size += size
            return f"{start}{one * (1 + size // len(one))}".encode()

    file = Endless()
    some = list(islice(ReportReader(file), 3))

    assert some == [INELIGIBLE] * 3
    assert file.size < 1_000_000


@pytest.mark.parametrize("size", [1, 7, 64])
@pytest.mark.parametrize("lines", [True, False], ids=["lines", "whole"])
def test_it_does_not_matter_where_a_file_is_cut_into_pieces(
    lines: bool, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_codec, "_AT_ONCE", size)
    data = written(*EVERY, lines=lines)
    broken = data[: len(data) // 2] + b"\x01" + data[len(data) // 2 :]
    not_text = data[: len(data) // 2] + b"\xff" + data[len(data) // 2 :]

    assert read_back(b"\xef\xbb\xbf" + data) == EVERY
    for cut in (data[:-3], broken, data + b"\n x"):
        with pytest.raises(UnreadableReportError) as said:
            read_back(cut)
        line, column = place_of_mistake(cut.decode(), lines=lines)
        assert f"line {line}, column {column}" in str(said.value), cut[-9:]
    with pytest.raises(UnreadableReportError, match=f"Byte {len(data) // 2 + 1} is not UTF-8"):
        read_back(not_text)
