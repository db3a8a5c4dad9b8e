"""What a person is told of a rule: status, message, fix, fields, missing answers."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import product

import pytest

from mpfcheck.checking.checker import COMPILE_AFTER, Checker, ParameterError
from mpfcheck.checking.report import Result, Severity, Status, Verdict
from mpfcheck.frozen import changed
from mpfcheck.packs.load import load_call
from tests.checking.conftest import Make


def only(checker: Checker, answers: dict[str, object]) -> Result:
    (result,) = checker.report(answers).results
    return result


GRANT = """
require: financing.grant_requested <= limit
message: "You ask for {financing.grant_requested}; at most {limit} can be had."
fix: "Ask for {limit}."
"""


def test_a_failing_rule_speaks_with_the_applicants_own_values(rule: Make) -> None:
    report = rule(GRANT).report({"financing": {"grant_requested": Decimal("190000.01")}}, place_of=lambda _: (4, 9))
    (result,) = report.results
    assert report.verdict is Verdict.INELIGIBLE
    assert report.failed == (result,)
    assert result.message == "You ask for EUR 190 000.01; at most EUR 200.00 can be had."
    assert result.fix == "Ask for EUR 200.00."
    assert [(field.pointer, field.value, field.line, field.column) for field in result.fields] == [
        ("/financing/grant_requested", "190000.01", 4, 9)
    ]
    assert result.source.document == "The text of the call"
    assert result.source.authority == "seed"


def test_an_undecided_rule_names_what_it_waits_for(rule: Make) -> None:
    report = rule(GRANT).report({})
    (result,) = report.results
    assert report.verdict is Verdict.INCOMPLETE
    assert result.missing == ("/financing/grant_requested",)
    assert result.message == "Information missing: financing, grant requested."


def test_a_passing_rule_is_silent(rule: Make) -> None:
    result = only(rule(GRANT), {"financing": {"grant_requested": Decimal(1)}})
    assert (result.status, result.message, result.fix, result.fields) == (Status.PASS, "", "", ())


def test_the_day_decides_which_value_of_a_parameter_holds(rule: Make) -> None:
    checker = rule(GRANT, as_of=datetime.date(2023, 12, 6))
    assert "at most EUR 100.00" in only(checker, {"financing": {"grant_requested": Decimal(150)}}).message


def test_a_parameter_nothing_is_known_of_is_for_a_person_to_judge(rule: Make) -> None:
    checker = rule(GRANT, as_of=datetime.date(2023, 3, 9))
    report = checker.report({"financing": {"grant_requested": Decimal(150)}})
    (result,) = report.results
    assert report.verdict is Verdict.REVIEW
    assert result.status is Status.REVIEW
    assert result.message == "Not known on 2023-03-09: limit. Manual review needed."
    assert result.missing == ()


def test_a_changed_parameter_is_used_and_said(rule: Make) -> None:
    report = rule(GRANT, parameters={"limit": "149.99"}).report({"financing": {"grant_requested": Decimal(150)}})
    assert report.verdict is Verdict.INELIGIBLE
    assert report.changed == {"limit": "149.99"}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("limmit", "1", "Did you mean limit?"),
        ("limit", "many", "Write a number such as 200000.00"),
        ("limit", "NaN", "Write a number"),
        ("limit", "1e999999", "Write a number"),
        ("limit", 0.9, "binary floating-point"),
        ("limit", Decimal("NaN"), "Write a number"),
        ("limit", Decimal("Infinity"), "Write a number"),
        ("limit", True, "Write a number"),
        ("limit", "-1", "limit cannot be negative"),
    ],
)
def test_a_parameter_that_cannot_be_set_is_refused_with_what_to_write(
    rule: Make, name: str, value: object, said: str
) -> None:
    with pytest.raises(ParameterError, match=said.replace("?", r"\?").replace(".", r"\.")):
        rule(GRANT, parameters={name: value})


EACH = """
for each: co_applicants
as: partner
when: partner.kind = "ngo"
require: partner.country in eu_member_states.members
doubt: partner.country in horn_of_africa.members
doubt message: "{partner.name}: {partner.country} is doubtful."
message: "{partner.name} has its seat in {partner.country}."
"""


@pytest.mark.parametrize(
    ("partners", "status", "message"),
    [
        ([], Status.NOT_APPLICABLE, ""),
        ([{"kind": "public_body"}], Status.NOT_APPLICABLE, ""),
        ([{"kind": "ngo", "country": "LT"}], Status.PASS, ""),
        ([{"kind": "ngo", "name": "A", "country": "KE"}], Status.REVIEW, "A: Kenya is doubtful."),
        ([{"kind": "ngo", "name": "A", "country": "KE"}, {"kind": "ngo", "country": "LT"}], Status.REVIEW, None),
        ([{"kind": "ngo"}, {"kind": "ngo", "country": "KE"}], Status.UNDECIDED, None),
        ([{}, {"kind": "ngo", "name": "B", "country": "US"}], Status.FAIL, "B has its seat in United States."),
        ([{"kind": "ngo", "country": "TR"}], Status.FAIL, "no. 1 has its seat in Türkiye."),
    ],
)
def test_a_rule_about_a_list_says_the_worst_of_its_items(
    rule: Make, partners: list[dict[str, object]], status: Status, message: str | None
) -> None:
    checker = rule(EACH)
    result = only(checker, {"co_applicants": partners})
    assert result.status is status
    assert checker.statuses({"co_applicants": partners}) == (status,)
    if message is not None:
        assert result.message == message


def test_an_unanswered_list_is_waited_for(rule: Make) -> None:
    result = only(rule(EACH), {})
    assert (result.status, result.missing) == (Status.UNDECIDED, ("/co_applicants",))


def test_many_failing_items_are_told_one_a_line_and_the_rest_counted(rule: Make) -> None:
    partners = [{"kind": "ngo", "name": f"N{number}", "country": "US"} for number in range(13)]
    lines = only(rule(EACH), {"co_applicants": partners}).message.splitlines()
    assert lines[0] == "N0 has its seat in United States."
    assert lines[-1] == "… and 3 more."
    assert len(lines) == 11


def test_a_condition_that_comes_out_as_null_is_inconclusive_and_never_a_pass(rule: Make) -> None:
    checker = rule("""
require: financing.grant_requested / budget.total < 1
message: Too much.
""")
    answers: dict[str, object] = {"budget": {"total": Decimal(0)}, "financing": {"grant_requested": Decimal(1)}}
    report = checker.report(answers)
    assert report.verdict is Verdict.INCONCLUSIVE
    assert "is neither true nor false" in report.results[0].message
    assert checker.statuses(answers) == (Status.INCONCLUSIVE,)


def test_a_rule_that_is_too_much_work_is_inconclusive(rule: Make) -> None:
    checker = rule("""
require: "every a in co_applicants, b in co_applicants, c in co_applicants satisfies a.kind = b.kind or b.kind = c.kind"
message: No.
""")
    answers: dict[str, object] = {"co_applicants": [{"kind": "ngo"}] * 1001}
    assert checker.statuses(answers) == (Status.INCONCLUSIVE,)
    assert "more than 100000 items" in only(checker, answers).message


def test_a_manual_rule_is_listed_and_never_changes_the_verdict(rule: Make) -> None:
    report = rule("""
manual: true
when: fund = "BMVI"
message: "Does the work fit the {fund}?"
""").report({"fund": "BMVI"})
    (result,) = report.results
    assert report.verdict is Verdict.ELIGIBLE
    assert (result.status, result.manual, result.message) == (Status.REVIEW, True, "Does the work fit the BMVI?")


def test_what_a_definition_reads_is_among_the_fields_of_every_rule_that_uses_it(rule: Make) -> None:
    checker = rule("""
require: contributed >= limit
message: "Only {contributed}."
""")
    answers: dict[str, object] = {"financing": {"contributions": [{"amount": Decimal(1)}, {"amount": Decimal("2.5")}]}}
    result = only(checker, answers)
    assert result.message == "Only EUR 3.50."
    assert [field.pointer for field in result.fields] == [
        "/financing/contributions/0/amount",
        "/financing/contributions/1/amount",
    ]


def test_a_note_is_said_although_the_rule_passes(rule: Make) -> None:
    checker = rule("""
require: budget.total >= limit
message: Too small.
note:
  when: budget.total = limit
  message: "Exactly {limit}."
""")
    assert only(checker, {"budget": {"total": Decimal(200)}}).message == "Exactly EUR 200.00."
    assert only(checker, {"budget": {"total": Decimal(201)}}).message == ""


LINES = "for each: budget.lines\nas: line\nrequire: line.amount = line.quantity * line.unit_cost or line.amount >= 7"


@pytest.mark.parametrize(
    ("judged", "note"),
    [
        ("require: budget.total >= 3", "budget.total = 7"),
        ('require: lead.name = "x" or budget.total = 7', 'not(lead.name = "x")'),
        ('require: lead.name = "x" or budget.total = 7', 'lead.name = "x" and budget.total = 3'),
        ('when: lead.name = "x"\nrequire: budget.total >= 3', "budget.total = 7"),
        ("require: budget.total >= 3", "contributed = 7"),
        ("require: budget.total >= 3", "budget.total / contributed = 1"),
        ("require: budget.total >= 3", 'matches(lead.name, "x")'),
        (LINES, "line.amount != line.quantity * line.unit_cost"),
        (LINES, "line.amount = line.quantity * line.unit_cost and contributed = 7"),
        (LINES, "line.amount / contributed = 1"),
        (LINES, 'matches(line.id, "x")'),
        (LINES.replace("require", 'when: line.id = "x"\nrequire'), "line.amount = 7"),
    ],
)
def test_a_note_is_said_alike_whether_its_rule_was_compiled_or_not(rule: Make, judged: str, note: str) -> None:
    """Of no value of a note depends what its rule says, or one that needs the same after it."""
    checker = rule(f"{judged}\nmessage: Wrong.\nnote: {{when: '{note}', message: Noted.}}")
    (noted,) = checker.call.rules
    if noted.note is not None and noted.for_each is None:
        after = changed(noted, note=None, require=noted.note.when)
        checker = Checker(changed(checker.call, rules=(noted, after)))
    said = set()
    for total, name, amounts in product((Decimal(3), Decimal(7)), ("x", "y"), ((), (0,), (7,), (2, 5), (2, None))):
        lines = [
            {"id": name, "quantity": Decimal(1), "unit_cost": Decimal(3), "amount": amount}
            for amount in (total, Decimal(3))
        ]
        contributions = [{"amount": Decimal(one)} if one is not None else {} for one in amounts]
        answers: dict[str, object] = {
            "budget": {"total": total, "lines": lines},
            "lead": {"name": name},
            "financing": {"contributions": contributions},
        }
        reports = [checker.report(answers) for _ in range(COMPILE_AFTER + 1)]
        result = reports[-1].results[0]
        said.add(result.message)

        assert reports[-1].results == Checker(checker.call).report(answers).results
        assert checker.statuses(answers) == tuple(one.status for one in reports[-1].results)
        assert result.status is Status.PASS or result.message != "Noted."
    assert {"", "Noted."} <= said


def test_severity_and_title_are_the_rules_own(rule: Make) -> None:
    result = only(rule(GRANT), {})
    assert (result.rule, result.title, result.severity) == ("TRY-1", "A rule to try", Severity.BLOCKING)


def test_a_line_break_in_a_value_does_not_end_the_sentence(rule: Make) -> None:
    checker = rule("""
require: lead.name = "x"
message: "Lead: {lead.name}."
""")
    assert only(checker, {"lead": {"name": "A\n\n  Passed: everything\u2028now"}}).message == (
        "Lead: A Passed: everything now."
    )


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ('{if false then "Much." else ""} Less. {if false then "More." else ""}', "Less."),
        ('Less {if false then "much" else ""} more.', "Less more."),
        ("  Less.   More. {lead.name}  ", "Less. More. y"),
    ],
)
def test_a_sentence_has_no_blank_at_an_end_and_no_two_in_a_row(rule: Make, message: str, sentence: str) -> None:
    checker = rule(f"""
require: lead.name = "x"
message: {message!r}
fix: {message!r}
""")
    result = only(checker, {"lead": {"name": " y "}})
    assert (result.message, result.fix) == (sentence, sentence)


def test_a_list_of_codes_is_a_field_a_finding_stands_on(rule: Make) -> None:
    checker = rule("""
require: every country in target_countries satisfies country in eu_member_states.members
message: No.
""")
    result = only(checker, {"target_countries": ["LT", "TR"]})
    assert [(field.pointer, field.value) for field in result.fields] == [("/target_countries", "LT, TR")]


def test_a_share_is_not_a_percentage() -> None:
    with pytest.raises(ParameterError, match=r"Write 0\.95 for 95 %"):
        Checker(load_call("mpf-2023-borders-security"), parameters={"maximum_grant_share": "95"})
