"""The report for people: what stands where, and that nothing in it can be faked."""

from __future__ import annotations

import re

from mpfcheck.checking.explain import Explanation
from mpfcheck.checking.report import InputReference, Problem, ProposalReport, Severity
from mpfcheck.report.as_text import TextReporter
from mpfcheck.report.overview import NOTHING_MORE, Overview
from mpfcheck.report.paragraph import columns
from mpfcheck.report.style import Style
from tests.report.overviews import everything, together
from tests.report.samples import ELIGIBLE, EVERY, GRANT, INELIGIBLE, INVALID, WHAT_IF, report, result


class Known:
    """What a proposal could be asked, without a proposal."""

    def __init__(self, *parts: Explanation) -> None:
        self._parts = parts

    def place_of(self, pointer: str) -> tuple[int, int] | None:
        return (7, 3) if pointer == "/budget/total" else None

    def explain(self, rule_id: str) -> tuple[Explanation, ...]:
        return self._parts


def write(
    *reports: ProposalReport,
    known: Known | None = None,
    explain: bool = False,
    colour: bool = False,
    only_trouble: bool = False,
    width: int = 80,
    overview: Overview = NOTHING_MORE,
    details: bool = False,
) -> str:
    pieces: list[str] = []
    style = Style(colour=colour)
    reporter = TextReporter(
        pieces.append, style=style, only_trouble=only_trouble, width=width, explain=explain, details=details
    )
    for one in reports:
        reporter.add(one, known)
    reporter.finish(overview)
    return "".join(pieces)


def test_the_verdict_stands_first_then_what_to_do_then_what_passed() -> None:
    text = write(INELIGIBLE, width=100)
    order = [
        "NOT ELIGIBLE  proposal.json",
        "What must change",
        "GRANT-1",
        "could not be evaluated",
        "BUDGET-3",
        "Missing information",
        "EXCL-1",
        "Warnings and advice",
        "FUND-2",
        "Manual review needed",
        "COAPP-5",
        "BUDGET-2",
        "Rules met: 2. Not applicable: 1.",
        "the MPF decides",
    ]
    places = [text.index(part) for part in order]

    assert text.startswith(order[0])
    assert places == sorted(places)


def test_a_broken_rule_is_told_with_values_fix_place_and_source() -> None:
    text = write(INELIGIBLE)

    assert "You ask for EUR 190 000.01, more than EUR 190 000.00." in text
    assert "How to fix it: Ask for EUR 190 000.00 or less." in text
    assert "See: /financing/grant_requested (line 40), /budget/total\n" in text
    assert "See: /financing/grant_requested (line 40), /budget/total (line 7)\n" in write(INELIGIBLE, known=Known())
    assert "Source: [1] Migration Partnership Facility (primary source)" in text
    assert "Sources\n  [1] Conference summary\n      https://example.org/summary\n" in text


def test_what_passed_is_folded_and_unfolds_with_the_explanation() -> None:
    part = Explanation(
        'lead.kind = "public_body"', "yes", True, (Explanation("lead.kind", "public body", None),), "require"
    )

    assert "LEAD-1" not in write(ELIGIBLE)
    explained = write(ELIGIBLE, known=Known(part), explain=True)
    assert "LEAD-1" in explained
    assert 'require: lead.kind = "public_body" → yes' in explained
    assert "          lead.kind → public body" not in explained.split("require")[0]


def test_missing_answers_are_told_by_answer() -> None:
    waiting = [result(rule, "undecided", missing=("/lead/country",)) for rule in ("LEAD-1", "COAPP-2")]
    text = write(report("incomplete", *waiting))

    assert text.count("/lead/country") == 1
    assert "LEAD-1, COAPP-2" in text


def test_answers_that_keep_the_verdict_open_come_first() -> None:
    advice = result("ASK-1", "undecided", severity="advice", missing=("/consultation/held",))
    blocking = result("EXCL-1", "undecided", missing=("/declarations/no_exclusion_situation",))
    text = write(report("incomplete", advice, blocking))

    assert text.index("/declarations") < text.index("/consultation")
    assert "Needed by: ASK-1 (advice)" in text


def test_a_changed_parameter_is_said_at_the_top() -> None:
    assert "maximum_grant_share = 0.9" in write(WHAT_IF).split("Missing information")[0]


def test_a_file_that_is_no_proposal_says_where_it_breaks() -> None:
    text = write(INVALID)

    assert text.startswith("NOT A PROPOSAL  standard input")
    assert "line 3, column 7" in text
    assert "A comma is missing." in text
    assert "Put a comma before it." in text


def test_unknown_fields_do_not_stand_before_what_must_change() -> None:
    unknown = Problem("There is no field co_aplicants.", "", "/co_aplicants", 4, 3, Severity.WARNING)
    text = write(report("ineligible", GRANT, problems=(unknown,)))

    assert text.index("GRANT-1") < text.index("co_aplicants")


def test_several_end_with_what_is_known_of_them_together() -> None:
    text = write(*EVERY, overview=Overview(together(EVERY)))
    totals = text[text.index("4 proposals") :]

    assert "1 eligible, 1 not eligible, 1 not complete, 1 not a proposal" in totals.replace("\n", " ")
    assert "NOT ELIGIBLE\n  proposal.json" in totals
    assert "NOT A PROPOSAL\n  standard input" in totals
    assert "batch.jsonl" not in totals
    assert totals.index("GRANT-1") < totals.index("This check is for guidance only")


def test_every_proposal_that_is_not_eligible_is_named_at_the_end() -> None:
    many = [report("ineligible", GRANT, input=InputReference("many.jsonl", line, None)) for line in range(1, 301)]
    totals = write(*many, overview=Overview(together(many)), details=True).split("300 proposals")[1]

    assert all(f"many.jsonl, line {line}\n" in totals for line in range(1, 301))


def test_the_overview_has_every_part_that_was_asked_for() -> None:
    text = write(INELIGIBLE, ELIGIBLE, overview=everything(INELIGIBLE, ELIGIBLE))
    order = [
        "2 proposals: ",
        "If the date were 2023-06-01",
        "instead of ELIGIBLE: 2 proposals",
        "Changes since the older run",
        "This check is for guidance only",
    ]
    places = [text.index(part) for part in order]

    assert places == sorted(places)


def test_where_nothing_is_said_of_any_nothing_is_said_of_all_unless_it_was_asked_for() -> None:
    every = everything(ELIGIBLE, ELIGIBLE)

    assert write(ELIGIBLE, ELIGIBLE, only_trouble=True, overview=Overview(every.portfolio)) == ""
    asked = write(ELIGIBLE, ELIGIBLE, only_trouble=True, overview=every)
    assert asked.startswith("What if\nIf the date were 2023-06-01")


def test_a_cut_list_of_problems_says_how_many_more_there_are() -> None:
    problems = tuple(Problem(f"Problem {number}.", "", f"/x{number}", 1, 1) for number in range(50))

    assert "and 30 more problems" in write(report("invalid", problems=problems, call=None))


def test_with_only_trouble_nothing_is_said_of_the_eligible() -> None:
    assert write(ELIGIBLE, ELIGIBLE, only_trouble=True) == ""
    assert "batch.jsonl" not in write(ELIGIBLE, INELIGIBLE, only_trouble=True)


def test_nothing_is_wider_than_the_page() -> None:
    for width in (40, 60, 80):
        lines = write(*EVERY, width=width).splitlines()
        assert all(columns(line) <= width for line in lines)


def test_colour_is_only_help() -> None:
    """Without its colours, the text is the same."""
    assert "\x1b[" not in write(*EVERY)
    assert re.sub(r"\x1b\[[0-9;]*m", "", write(*EVERY, colour=True)) == write(*EVERY)


def test_a_name_cannot_fake_a_line_or_reach_the_terminal() -> None:
    name = "Ours\nELIGIBLE  other.json\x1b[1A\x1b[2K\u202e"
    faked = result("LEAD-1", "fail", title=name, message=name.replace("\n", " "), fix=name)
    text = write(report("ineligible", faked, input=InputReference(name, 1, None)))

    assert "\x1b" not in text
    assert "\u202e" not in text
    assert not any(line.startswith("ELIGIBLE") for line in text.splitlines())
