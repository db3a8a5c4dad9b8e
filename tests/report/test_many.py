"""The text on very many proposals: a summary first, then a line for each, whatever their names are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.checking.portfolio.summary import (
    Appearance,
    NearlyEligible,
    PicHolder,
    Ranking,
    SameProposal,
    SharedOrganisation,
    SharedPic,
)
from mpfcheck.checking.report import InputReference, LeadReference, Problem, ProposalReport, Severity, Status
from mpfcheck.frozen import changed
from mpfcheck.report.as_html.blocks import blocks_as_html
from mpfcheck.report.as_markdown import as_markdown
from mpfcheck.report.as_text import FEW, TextReporter
from mpfcheck.report.formats import reporter_of
from mpfcheck.report.overview import NOTHING_MORE, Overview, RunSummary
from mpfcheck.report.paper.flow import flow
from mpfcheck.report.paragraph import columns
from mpfcheck.report.say.many import brief
from tests.data import NAUGHTY_STRINGS
from tests.report.overviews import checker, everything, together
from tests.report.samples import BROKEN, EXCLUSION, FUND, GRANT, PERSON, report, result

EVERY_VERDICT = (
    ("ineligible", (GRANT, PERSON)),
    ("incomplete", (EXCLUSION,)),
    ("inconclusive", (BROKEN,)),
    ("review", (result("SCOPE-1", "review"), PERSON)),
    ("eligible", (FUND, PERSON)),
    ("eligible", ()),
)


def many(number: int = FEW + 1, path: str = "folder/proposal-{}.json", title: str = "A title") -> list[ProposalReport]:
    reports = []
    for at in range(number):
        verdict, results = EVERY_VERDICT[at % len(EVERY_VERDICT)]
        given = InputReference(path.format(at), None, None, title, None, LeadReference("Lead", "LT"), None, None)
        reports.append(report(verdict, *results, input=given))
    return reports


def write(reports: list[ProposalReport], overview: Overview = NOTHING_MORE, **options: object) -> str:
    pieces: list[str] = []
    reporter = TextReporter(pieces.append, **options)  # type: ignore[arg-type]
    for one in reports:
        reporter.add(one)
    reporter.finish(overview)
    return "".join(pieces)


def test_the_summary_comes_first_then_a_line_for_each_by_verdict() -> None:
    text = write([*many(), report("invalid", problems=(Problem("Unexpected comma."),), call=None, as_of=None)])
    order = [
        "22 proposals: 6 eligible, 4 not eligible, 4 not complete, 3 for manual review, 4",
        "Call mpf-2023-borders-security, rules of 2023-12-07, as of 2023-12-07.",
        "add --details",
        "NOT A PROPOSAL  1 proposal",
        "Unexpected comma.",
        "NOT ELIGIBLE  4 proposals",
        "GRANT-1 Title of GRANT-1",
        "NO VERDICT  4 proposals",
        "BUDGET-3 Title of",
        "NOT COMPLETE  4 proposals",
        "1 missing: ",
        "MANUAL REVIEW NEEDED  3 proposals",
        "SCOPE-1 Title of",
        "\nELIGIBLE  6 proposals",
        "1 warning",
        "This check is for guidance only.",
    ]
    places = [text.index(part) for part in order]

    assert places == sorted(places)
    assert [text.count(f"proposal-{at}.json") for at in range(21)] == [1] * 21


def test_what_all_have_in_common_is_said_once() -> None:
    text = write([report("eligible", PERSON, input=one.input) for one in many()])

    assert "Manual review needed in all 21 proposals: COAPP-5." in text
    assert text.count("COAPP-5") == 1


@pytest.mark.parametrize(
    ("paths", "place", "names"),
    [
        (("all.jsonl", "all.jsonl"), "all from all.jsonl", ("line 1 ", "line 2 ")),
        (("-", "-"), "all from standard input", ("line 1 ", "line 2 ")),
        (("in/one/a.jsonl", "in/two/b.jsonl"), "all from in/", ("one/a.jsonl, line 1 ", "two/b.jsonl, line 2 ")),
        (("in/a.jsonl", "in/b.json"), "all from in/", ("a.jsonl, line 1 ", "b.json ")),
        (("inside.jsonl", "in/a.jsonl"), "", ("inside.jsonl, line 1 ", "in/a.jsonl, line 2 ")),
        (("\u202e/a.jsonl", "\u202e/b.jsonl"), r"all from \u202e/", ("a.jsonl, line 1 ", "b.jsonl, line 2 ")),
    ],
)
def test_what_all_names_start_with_is_said_once(paths: tuple[str, str], place: str, names: tuple[str, str]) -> None:
    given = [
        InputReference(
            paths[at % 2], None if paths[at % 2].endswith(".json") else at + 1, None, "T", None, None, None, None
        )
        for at in range(FEW + 1)
    ]
    text = write([report("eligible", input=one) for one in given])

    assert f"Each proposal in one line{f', {place}' if place else ''}. " in " ".join(text.split())
    for name in names:
        assert f"\n  ✓ {name}" in text


def test_the_summary_has_the_size_of_a_screen_and_all_figures_come_after_the_lines() -> None:
    """However many rules fail; what it leaves out it names, and what is cut for good says how to see it."""
    rules = [rule for rule in checker().call.rules if not rule.manual and rule.scope == "proposal"]
    reports = [
        report("ineligible", *(result(rule.id, "fail") for rule in rules[: at + 2]), input=one.input)
        for at, one in enumerate(many(60, title="One title for all"))
    ]
    text = write(reports, Overview(together(reports), run=RunSummary(60, inputs_sha256="0" * 64)))
    summary, lines = text.split("NOT ELIGIBLE  60 proposals")
    figures = " ".join(lines[lines.index("\nResults by rule\n") :].split())

    assert len(summary.splitlines()) <= 40
    assert f"  60  {rules[0].id}  " in summary
    assert f'… and {len(rules) - 5} more rules (see "Results by rule" below).' in summary
    assert "Complete: 60 inputs." in summary
    assert "Results by rule" in summary[summary.index("\nBelow\n") :]
    for at, rule in enumerate(rules):
        assert re.search(rf"{rule.id} {re.escape(rule.title)}( \(\w+\))?: {min(60, 61 - at)} not met", figures)


def test_rules_of_two_calls_with_one_id_are_counted_apart_and_named_with_their_call() -> None:
    near = [
        NearlyEligible(one.input, call, "LEAD-1", "Only public bodies", "")
        for call, number in (("call-a", 2), ("call-b", 1))
        for one in many(number)
    ]
    summary = changed(together(many()), nearly_eligible=tuple(near))

    text = " ".join(write(many(), Overview(summary)).split())

    assert "3 proposals. By rule: LEAD-1 [call-a] (2), LEAD-1 [call-b] (1)." in text
    assert "Eligible after one fix 2 LEAD-1 Only public bodies [call-a] 1 LEAD-1 Only public bodies [call-b]" in text


def test_the_reason_why_a_file_is_not_a_proposal_is_never_a_warning_before_it() -> None:
    warning = Problem('Unknown field "titel".', pointer="/titel", severity=Severity.WARNING)
    text = write([*many(), report("invalid", problems=(warning, Problem("Not a number.")), call=None, as_of=None)])

    assert "Not a number." in text
    assert "titel" not in text


def test_warnings_of_a_file_that_is_not_a_proposal_are_under_their_own_heading() -> None:
    warning = Problem("Unknown field.", pointer="/titel", severity=Severity.WARNING)
    text = write([report("invalid", problems=(warning, Problem("Not a number.")), call=None, as_of=None)])
    errors, warnings = text.split("File errors")[1].split("File warnings")

    assert "Not a number." in errors
    assert "Unknown field." in warnings


def test_few_proposals_and_details_are_shown_in_full() -> None:
    assert "Ask for EUR 190 000.00 or less." in write(many(FEW))
    assert "Ask for EUR 190 000.00 or less." in write(many(), details=True)
    assert "Ask for EUR 190 000.00 or less." not in write(many())


def test_quiet_hides_the_lines_of_eligible_proposals_and_counts_them() -> None:
    text = write(many(), only_trouble=True)

    assert "6 eligible" in text
    assert "\nELIGIBLE" not in text
    assert write([report("eligible", input=one.input) for one in many()], only_trouble=True) == ""


@pytest.mark.parametrize("number", [3, FEW + 1])
def test_quiet_hides_neither_what_was_asked_for_nor_envelopes_that_are_exceeded(number: int) -> None:
    reports = [report("eligible", input=one.input) for one in many(number)]
    whole = everything(*reports).portfolio
    assert whole is not None
    plain = changed(whole, ranking=None, resubmissions=None, together=())
    exceeded = [changed(one, status=Status.FAIL) for one in whole.together][:1]

    assert write(reports, Overview(plain), only_trouble=True) == ""
    ranking = Ranking("score", (), (reports[0].input,))
    asked = write(reports, Overview(changed(plain, ranking=ranking)), only_trouble=True)
    assert "no score and no rank" in asked or "eligible proposals without a score" in asked
    text = write(reports, Overview(changed(plain, together=tuple(exceeded))), only_trouble=True)
    assert whole.together[0].title in " ".join(text.split())
    assert "✓ " not in text


def test_a_report_that_is_not_complete_says_so_in_its_summary() -> None:
    text = write(many(), Overview(run=RunSummary(30, (), complete=False, interrupted=True)))

    assert text.index("This report is not complete.") < text.index("NOT ELIGIBLE")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_every_proposal_has_a_line_of_the_width_whatever_it_is_called(width: int) -> None:
    names = [text for text in NAUGHTY_STRINGS if text.strip()] + ["長" * 90, "e\u0301" * 90, "x" * 500]
    # Its own Sources need no room here: names only.
    reports = [one for name in names for one in many(1, f"{name.replace('{', '').replace('}', '')}.json", name)]
    text = write(reports, width=width, widest=width).split("NOT ELIGIBLE")[1].partition("\n\nThis check is for")[0]
    lines = text.splitlines()[1:]

    assert sum(line.startswith("  ✗ ") for line in lines) == len(reports)
    # Few of them look alike when they are cut, and need more than a line, but on a screen that is very narrow.
    assert len(lines) < len(reports) + 10 or width < 80
    assert max(map(columns, lines)) <= width


INTAKES = {
    "a folder each": "ap/2023-{:02}-ministry-of-interior/proposal.json",
    "a folder each, one name": "ap/{:02}/application-form-borders-2023.json",
    "numbers in the middle": "in/Ministry of the Interior of Lithuania/proposal-number-{}-final-version.json",
    "what differs stands in the middle of much": "in/" + "a" * 90 + "-{}-" + "b" * 90 + "/proposal.json",
    "a folder and a file": "in/{0}/of the ministry of the interior of the republic/proposal-{0}.json",
    "lines": "in/{}/ministry-of-the-interior-of-lithuania.jsonl",
}


def names_of(reports: list[ProposalReport], width: int) -> list[str]:
    """The names in the lines of a list, each with the marks in front of its first line only."""
    text = write([changed(one, verdict="ineligible", results=()) for one in reports], width=width, widest=width)
    lines = text.split("NOT ELIGIBLE")[1].split("This check is for guidance only")[0].splitlines()[1:]
    return " ".join(lines).replace("A title · Lead", "").split("  ✗ ")[1:]


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("path", INTAKES.values(), ids=INTAKES)
def test_no_two_proposals_of_a_list_look_the_same(path: str, width: int) -> None:
    names = names_of(many(40, path), width)

    assert len(names) == len(set(names)) == 40


@given(
    paths=st.lists(st.text("ab/…長", min_size=1, max_size=60), min_size=FEW + 1, unique=True),
    width=st.sampled_from((60, 80, 120)),
)
def test_names_that_differ_differ_in_the_list(paths: list[str], width: int) -> None:
    reports = [changed(one, input=changed(one.input, path=path)) for path in paths for one in many(1)]

    assert len(set(names_of(reports, width))) == len(paths)


def test_a_file_given_twice_has_its_name_cut_as_others() -> None:
    path = f"in/{'a' * 90}-{{}}.json"
    names = names_of([*many(30, path), *many(30, path)], 80)

    assert len(names) == 60
    assert len(set(names)) == 30


def test_what_all_names_end_with_is_said_once() -> None:
    text = write(many(path="ap/{}/form/proposal.json"))

    assert "all from ap/…/form/proposal.json; each line shows the part that differs." in " ".join(text.split())
    assert "\n  ✗ 12  A title" in text


def test_the_project_has_the_room_that_nothing_else_needs() -> None:
    title = "Detecting forged identity documents at borders"
    text = write([report("eligible", input=one.input) for one in many(title=title)])

    assert f"{title} · Lead" in text


def test_the_end_of_a_long_path_is_kept() -> None:
    assert "…" in write(many(path="a/very/long/folder/with/a/name/proposal-{}.json"))
    assert "proposal-17.json" in write(many(path="a/very/long/folder/with/a/name/proposal-{}.json"))


def test_other_renderers_have_the_line_too() -> None:
    (one,) = many(1)
    for shown in (as_markdown([brief(one)]), str(blocks_as_html([brief(one)], 2)), str(list(flow([brief(one)])))):
        assert "GRANT-1" in shown.replace("\\-", "-")
        assert "proposal-0.json" in shown.replace("\\-", "-").replace("\\.", ".")


@pytest.mark.parametrize("format_name", ["text", "details", "markdown", "html"])
def test_whatever_is_cut_says_where_to_see_all_of_it(format_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files, organisations, PICs and their holders, rules: of each more than any format shows."""
    monkeypatch.setattr("mpfcheck.report.as_html.overview.MOST_GROUPS", 10)
    reports = many(34)
    inputs = tuple(one.input for one in reports)
    places = tuple(Appearance(one, "lead", "Ministry", "LT", "999999999") for one in inputs)
    pics = tuple(str(999999900 + number) for number in range(16))
    holders = tuple(PicHolder(f"Ministry {number}", "LT", places) for number in range(9))
    nearly = tuple(NearlyEligible(one, "call", f"R-{at % 15}", "Title", "Fix.") for at, one in enumerate(inputs))
    few_groups = changed(
        together(reports),
        nearly_eligible=nearly,
        same_proposals=(SameProposal("content", inputs), SameProposal("name", inputs)),
        shared_organisations=(SharedOrganisation("name", "Ministry", "LT", pics, places),),
        shared_pics=(SharedPic("999999999", holders),),
    )
    groups = changed(
        few_groups,
        same_proposals=few_groups.same_proposals * 12,
        shared_organisations=few_groups.shared_organisations * 12,
        shared_pics=few_groups.shared_pics * 12,
    )
    for summary in (few_groups, groups):
        overview = Overview(summary, run=RunSummary(34))
        if format_name in ("text", "details"):
            text = write(reports, overview, details=format_name == "details")
        else:
            text = render_with(format_name, reports, overview)
        # A section of a text says it at its end; a line of Markdown or a paragraph of HTML itself.
        parts = text.split("\n\n") if format_name in ("text", "details") else re.split(r"\n|</p>|</li>", text)
        cut = [part for part in parts if re.search(r"\band \d[\d ]* more\b", " ".join(part.split()))]
        assert cut
        for part in cut:
            words = " ".join(part.split())
            assert re.search(r"--details|lists all|below|rules matrix", words), words[-300:]


@pytest.mark.parametrize("format_name", ["text", "details", "markdown", "html"])
@pytest.mark.parametrize("number", [0, 1, 3])
def test_every_format_says_how_many_organisations_it_leaves_out(format_name: str, number: int) -> None:
    reports = many(34)
    overview = Overview(changed(together(reports), without_country=number), run=RunSummary(34))
    if format_name in ("text", "details"):
        text = write(reports, overview, details=format_name == "details")
    else:
        text = render_with(format_name, reports, overview)
    words = " ".join(text.split())

    assert ("Organisations in several proposals" in words) == bool(number)
    assert [*re.findall(r"(\d) applicants? (?:has|have) a name but no country", words)] == [str(number)] * bool(number)


def render_with(format_name: str, reports: list[ProposalReport], overview: Overview) -> str:
    pieces: list[str] = []
    reporter = reporter_of(format_name, pieces.append, version="1.2.3")
    for one in reports:
        reporter.add(one)
    reporter.finish(overview)
    return "".join(pieces)
