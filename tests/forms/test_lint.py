"""Lint finds what is wrong with a form before anybody is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from mpfcheck.forms.lint import lint_form
from mpfcheck.forms.load import form_place, shipped_forms
from mpfcheck.packs.call import Call
from mpfcheck.packs.lint.finding import Weight
from mpfcheck.packs.load import load_call

SMALL = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")

# What is changed in the small form, and what is said of it then, with line and column.
MISTAKES = {
    "another call": (
        ("form: mpf-2023-borders-security", "form: mpf-2016"),
        '1:1: error: This is the form of "mpf-2016". Write "form: mpf-2023-borders-security".',
    ),
    "no pages": (("pages:", "sides:"), '1:1: error: "pages" is missing in the form.'),
    "an unknown entry": (
        ("    title: Money", "    titel: Money"),
        'The page "money" has no entry "titel". Did you mean',
    ),
    "an unknown field": (
        ("field: budget.total", "field: budget.totel"),
        '10:16: error: A budget has no field "totel". Did you mean "total"?',
    ),
    "a field below an answer": (
        ("field: budget.total", "field: budget.total.cents"),
        '10:16: error: "budget.total.cents" is not a field. "budget.total" is one answer.',
    ),
    "a field that is no answer": (
        ("field: budget.total", "field: budget"),
        '10:16: error: "budget" is not one answer. Ask the fields inside it.',
    ),
    "a list asked as a field": (
        ("field: budget.total", "field: co_applicants"),
        '10:16: error: "co_applicants" is not one answer. Ask its list as a "group".',
    ),
    "a group that is no list": (
        ("group: budget.lines", "group: budget"),
        '15:16: error: "budget" is not a list of records. Ask it as a "field".',
    ),
    "asked twice": (
        ("field: financing.grant_requested", "field: budget.total"),
        '12:16: error: "budget.total" is asked twice. It is already asked on line 10: keep one of them.',
    ),
    "no question": (("        ask: What does it cost?\n", ""), '10:9: error: "ask" is missing in the question'),
    "an unknown column": (
        ("columns: [amount]", "columns: [amounts]"),
        '21:19: error: A budget line has no field "amounts". Did you mean "amount"?',
    ),
    "a column that is not asked": (
        ("columns: [amount]", "columns: [amount, heading]"),
        'warning: The table of "budget.lines" shows "heading", which is not asked.',
    ),
    "lines for an amount": (
        ("ask: What does it cost?", "ask: What does it cost?\n        lines: 3"),
        'error: "lines" is for open text, and "total" is not a text.',
    ),
    "own text without choices": (
        ("ask: What does it cost?", "ask: What does it cost?\n        own text: true"),
        'error: The question "budget.total" is open text already. It goes with "choices" or "refers to".',
    ),
    "choices for an amount": (
        ("ask: What does it cost?", "ask: What does it cost?\n        choices: funds"),
        'error: The question "budget.total" is not answered by a code.',
    ),
    "an unknown code list": (
        (
            "      - field: budget.total\n",
            "      - {field: fund, ask: Which?, choices: fonds}\n      - field: budget.total\n",
        ),
        '10:9: error: "fund" has no code list "fonds" to choose from.',
    ),
    "codes of another field": (
        (
            "      - field: budget.total\n",
            "      - {field: lead.kind, ask: Which?, choices: funds}\n      - field: budget.total\n",
        ),
        '10:9: error: "lead.kind" cannot be "BMVI", which its code list "funds" holds.',
    ),
    "a percentage of nothing": (
        ("percent of: budget.total", "percent of: budget.sum"),
        '14:21: error: There is no field "budget.sum".',
    ),
    "no FEEL": (
        ("ask: What does it cost?", "ask: What does it cost?\n        show when: lead.kind =="),
        "12:31: error: Expected a value or a name",
    ),
    "an unknown name in a condition": (
        ("ask: What does it cost?", 'ask: What does it cost?\n        show when: leed.kind = "ngo"'),
        "12:20: error: Unknown name `leed`. Did you mean `lead`?",
    ),
    "a misspelt code in a condition": (
        ("ask: What does it cost?", 'ask: What does it cost?\n        show when: lead.kind = "operator"'),
        '12:32: error: The code list `applicant_kinds` has no code "operator". Did you mean "mandated_operator"?',
    ),
    "a condition that is no yes or no": (
        ("ask: What does it cost?", "ask: What does it cost?\n        show when: lead.kind"),
        "12:20: error: `lead.kind` is",
    ),
    "a condition that only its own answer makes true": (
        ("ask: What does it cost?", "ask: What does it cost?\n        show when: budget.total > 1"),
        '12:20: error: No applicant ever reaches "budget.total": the answers that show it are asked nowhere else.',
    ),
    "a condition on what is not asked": (
        ("ask: What does it cost?", 'ask: What does it cost?\n        show when: lead.kind = "ngo"'),
        '12:20: error: The question "budget.total" depends on "lead.kind", which is not asked.',
    ),
    "never shown": (
        (
            "ask: What does it cost?",
            "ask: What does it cost?\n        show when: budget.total < 0 and budget.total > 0",
        ),
        '12:20: error: The question "budget.total" is never shown. Look at the codes and numbers it compares.',
    ),
    "a figure of texts": (
        ("part: financing.grant_requested", "part: lead.name"),
        "error: `lead.name` is",
    ),
    "sums by an unknown field": (
        ("by: heading", "by: headin"),
        'error: The items of `budget.lines` have no field "headin".',
    ),
    "an item with a taken name": (
        ("as: line", "as: funds"),
        'error: The group calls an item "funds", which is a name of the call already.',
    ),
    "no way to say none": (
        ("        none: No lines\n", ""),
        'warning: Applicants cannot say that there are none of "budget.lines". Add "none" with the words for it.',
    ),
    "a beginning that does not fit": (
        ("lead: {id: lead}", "lead: {country: Mars}"),
        'error: "begin with" /lead/country:',
    ),
    "an unknown field to begin with": (
        ("lead: {id: lead}", "leed: {id: lead}"),
        'error: "begin with" /leed:',
    ),
    "an effort that is no number of the scale": (
        ("ask: What does it cost?", "ask: What does it cost?\n        effort: 10"),
        '12:17: error: "effort" must be a number from 1 to 9, not the number 10.',
    ),
    "no effort": (
        ("ask: What does it cost?", "ask: What does it cost?\n        effort: 0"),
        '12:17: error: "effort" must be a number from 1 to 9, not the number 0.',
    ),
    "an effort to change what is fixed": (
        ("ask: What does it cost?", "ask: What does it cost?\n        effort: 2\n        fixed: true"),
        '12:17: error: The question "budget.total" is fixed and has an effort. Keep one of the two.',
    ),
    "not said whether it can be changed": (
        ("form:", "form:"),
        '10:9: warning: A blocking rule reads "budget.total", and the form does not say whether it can be changed.',
    ),
    "fields a rule reads": (
        ("form:", "form:"),
        'rule LEAD-1 reads "lead.country", "lead.kind", "lead.mandate.country", which the form does not ask.',
    ),
}


@pytest.fixture(scope="module")
def call() -> Call:
    return load_call("mpf-2023-borders-security")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_mistake_is_said_with_its_place_and_what_to_do(mistake: str, call: Call, tmp_path: Path) -> None:
    (old, new), expected = MISTAKES[mistake]
    assert old in SMALL
    place = tmp_path / "small.yaml"
    place.write_text(SMALL.replace(old, new, 1), encoding="utf-8")
    said = [str(finding) for finding in lint_form(call, place)]
    assert any(expected.casefold() in one.casefold() for one in said), said
    assert all(one.startswith("small.yaml:") for one in said)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "The file is empty."),
        (b"form: [", "This is not YAML"),
        (b"\xff", "This is not UTF-8"),
        (b"- a", "entries of the form"),
    ],
)
def test_a_file_that_is_no_form_is_said_so(data: bytes, expected: str, call: Call, tmp_path: Path) -> None:
    place = tmp_path / "broken.yaml"
    place.write_bytes(data)
    assert expected in " ".join(map(str, lint_form(call, place)))


@pytest.mark.parametrize("call_id", sorted({place.stem for place in shipped_forms().glob("*.yaml")}))
def test_the_forms_that_come_with_mpfcheck_are_without_fault(call_id: str) -> None:
    call = load_call(call_id)
    assert form_place(call) is not None
    assert [str(finding) for finding in lint_form(call)] == []


@pytest.mark.parametrize("entry", ["effort: 1", "fixed: true"])
def test_a_question_that_says_how_it_can_be_changed_needs_no_more(entry: str, call: Call, tmp_path: Path) -> None:
    place = tmp_path / "small.yaml"
    place.write_text(SMALL.replace("cost?", f"cost?\n        {entry}", 1), encoding="utf-8")
    assert not [one for one in map(str, lint_form(call, place)) if '"budget.total", and the form' in one]


def test_what_a_warning_rule_reads_is_no_error(call: Call, tmp_path: Path) -> None:
    place = tmp_path / "small.yaml"
    place.write_text(SMALL, encoding="utf-8")
    weights = {finding.rule: finding.severity for finding in lint_form(call, place)}
    assert weights["LEAD-1"] is Weight.ERROR
    assert weights["ASK-1"] is Weight.WARNING


def test_a_page_whose_questions_all_have_conditions_is_pointed_out(call: Call, tmp_path: Path) -> None:
    """Nobody should come to an empty page."""
    question = "- {field: lead.mandate.body, ask: Who gave it?, show when: budget.total > 1}"
    more = f"  - id: mandate\n    title: Mandate\n    questions:\n      {question}\n"
    place = tmp_path / "small.yaml"
    place.write_text(SMALL + more, encoding="utf-8")
    said = [str(finding) for finding in lint_form(call, place)]
    hint = 'Give the page itself a "show when".'
    message = f'warning: Every question of the page "mandate" has a condition, so the page can be empty. {hint}'
    assert any(message in one for one in said), said
