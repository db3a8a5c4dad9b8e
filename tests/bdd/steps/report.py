"""What the report must say."""

from __future__ import annotations

from pytest_bdd import parsers, then

from mpfcheck.checking.report import ProposalReport, Result

RULE = r"(?P<rule>[A-Z]+-[0-9]+)"
STATUS = "pass|fail|not applicable|undecided|review|inconclusive"


def result_of(report: ProposalReport, rule: str) -> Result:
    """What the report says of a rule."""
    return next(result for result in report.results if result.rule == rule)


@then(parsers.re(rf"{RULE} says (?P<status>{STATUS})"))
def a_rule_says(report: ProposalReport, rule: str, status: str) -> None:
    result = result_of(report, rule)
    assert result.status.value == status.replace(" ", "_"), result.message


@then(parsers.re(rf'{RULE} needs the answer "(?P<pointer>[^"]+)"'))
def a_rule_needs_the_answer(report: ProposalReport, rule: str, pointer: str) -> None:
    assert pointer in result_of(report, rule).missing


@then(parsers.re(rf'the message of {RULE} mentions "(?P<text>.+)"'))
def the_message_mentions(report: ProposalReport, rule: str, text: str) -> None:
    assert text in result_of(report, rule).message


@then(parsers.re(rf'the message of {RULE} does not mention "(?P<text>.+)"'))
def the_message_does_not_mention(report: ProposalReport, rule: str, text: str) -> None:
    assert text not in result_of(report, rule).message


@then(parsers.re(rf"there is no message of {RULE}"))
def there_is_no_message(report: ProposalReport, rule: str) -> None:
    assert result_of(report, rule).message == ""


@then(parsers.re(rf'the fix for {RULE} mentions "(?P<text>.+)"'))
def the_fix_mentions(report: ProposalReport, rule: str, text: str) -> None:
    assert text in result_of(report, rule).fix


@then(parsers.re(rf'the fix for {RULE} does not mention "(?P<text>.+)"'))
def the_fix_does_not_mention(report: ProposalReport, rule: str, text: str) -> None:
    assert text not in result_of(report, rule).fix


@then(parsers.re(r"the verdict is (?P<verdict>[a-z]+)"))
def the_verdict_is(report: ProposalReport, verdict: str) -> None:
    assert report.verdict.value == verdict


@then(parsers.parse("the report is as of {day}"))
def the_report_is_as_of(report: ProposalReport, day: str) -> None:
    assert report.as_of == day


@then(parsers.parse("the report says that {name} was set to {value}"))
def the_report_says_that_a_parameter_was_set(report: ProposalReport, name: str, value: str) -> None:
    assert report.changed == {name: value}


@then(parsers.parse('that is refused with "{text}"'))
def that_is_refused_with(refusal: str, text: str) -> None:
    assert text in refusal
