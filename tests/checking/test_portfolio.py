"""Proposals seen together: what is said of all of them, and by whom it is decided."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mpfcheck.checking.checker import Checker, invalid_report
from mpfcheck.checking.portfolio.ranking import ranked_envelopes
from mpfcheck.checking.portfolio.summary import Compared, PortfolioSummary
from mpfcheck.checking.report import InputReference, Problem, Status, Verdict
from mpfcheck.engine.portfolio import Portfolio, entry
from mpfcheck.packs.call import Call
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call
from mpfcheck.packs.rule import Example, Rule, RuleScope
from mpfcheck.proposal.answers import json_values
from mpfcheck.reading.document import read_plain
from tests.checking.conftest import Make

CALL = load_call("mpf-2023-borders-security")
CHECKER = Checker(CALL)
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "eligible-lithuania-moldova.json"
EXAMPLES = [
    pytest.param(call, rule, example, id=f"{rule.id}-{number}-{example.expect}")
    for call in map(load_call, list_calls())
    for rule in call.rules
    if rule.scope is RuleScope.PORTFOLIO
    for number, example in enumerate(rule.examples, 1)
]
Proposal = dict[str, Any]


@pytest.fixture
def proposal() -> Proposal:
    """An eligible proposal of a Lithuanian lead applicant that asks for EUR 380 000.00 from the BMVI pot."""
    loaded: Proposal = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    return loaded


def answers_of(proposal: Mapping[str, object]) -> Mapping[str, object]:
    document = read_plain(*json_values(proposal))
    assert document.answers is not None, document.problems
    return document.answers


def named(name: str) -> InputReference:
    return InputReference(name, None, None)


def changed(proposal: Proposal, **values: Any) -> Proposal:
    """A proposal that differs in fields, inner ones written with two underscores: ``lead__name``."""
    other = copy.deepcopy(proposal)
    for path, value in values.items():
        *outer, last = path.split("__")
        holder = other
        for step in outer:
            holder = holder[step]
        holder[last] = value
    return other


def together(*proposals: Proposal, checker: Checker = CHECKER) -> PortfolioSummary:
    """The summary of proposals that came in files a, b and so on."""
    portfolio = Portfolio()
    for name, one in zip("abcdefgh", proposals, strict=False):
        answers = answers_of(one)
        portfolio.add(checker.report(answers, input=named(name)), answers, checker)
    return portfolio.summary(lambda _: checker)


def names(inputs: tuple[InputReference, ...]) -> str:
    return "".join(input.path or "" for input in inputs)


@pytest.mark.parametrize(("call", "rule", "example"), EXAMPLES)
def test_a_portfolio_rule_says_of_its_example_what_that_expects(call: Call, rule: Rule, example: Example) -> None:
    given = example.given["proposals"]
    assert isinstance(given, list)
    answers = [answers_of(one) for one in given]
    checker = Checker(call, example.as_of)
    said = checker.together(answers)

    assert {one.rule: one.status for one in said}[rule.id] == example.expect
    assert checker.amounts_together(answers) == tuple(
        tuple(item.compared and item.compared.amount for item in one.items) for one in said
    )


@pytest.mark.parametrize(("call", "rule", "example"), EXAMPLES)
def test_what_a_portfolio_rule_does_not_read_need_not_be_kept(call: Call, rule: Rule, example: Example) -> None:
    given = example.given["proposals"]
    assert isinstance(given, list)
    checker = Checker(call, example.as_of)
    whole = [answers_of({**one, "call": call.id, "title": "Not read", "acronym": "N"}) for one in given]
    portfolio = Portfolio()
    for one in whole:
        kept = entry(checker.report(one), one, checker).facts
        assert kept is not None
        assert not {"call", "title", "acronym"} & kept.together.keys()
        portfolio.add(checker.report(one), one, checker)

    kept_only = [facts.together for one in whole if (facts := entry(checker.report(one), one, checker).facts)]
    assert checker.together(kept_only) == checker.together(whole)


def test_each_pot_shows_what_is_asked_of_it_and_what_it_holds(proposal: Proposal) -> None:
    """The two numbers are the sides of the rule's own comparison."""
    isf = changed(proposal, fund="ISF", title="Another")
    summary = together(proposal, changed(proposal, title="Second"), isf)

    (pots,) = summary.together
    assert (pots.rule, pots.status) == ("POT-2", Status.PASS)
    assert [(item.item, item.compared) for item in pots.items] == [
        ("BMVI", Compared(Decimal("760000.00"), "<=", Decimal("3900000.00"), "EUR")),
        ("ISF", Compared(Decimal("380000.00"), "<=", Decimal("10000000.00"), "EUR")),
    ]


def test_only_eligible_proposals_ask_for_money(proposal: Proposal) -> None:
    summary = together(proposal, changed(proposal, fund="AMIF"), changed(proposal, title="B", fund=None))

    assert summary.together[0].proposals == 1
    compared = summary.together[0].items[0].compared
    assert compared is not None
    assert compared.amount == Decimal("380000.00")


def test_a_pot_that_is_asked_for_too_much_says_so_in_the_words_of_the_rule(proposal: Proposal) -> None:
    checker = Checker(CALL, parameters={"bmvi_pot": "700000.00"})
    (pots,) = together(proposal, changed(proposal, title="Second"), checker=checker).together

    assert [item.status for item in pots.items] == [Status.FAIL, Status.PASS]
    assert "EUR 760 000.00" in pots.items[0].message
    assert "EUR 700 000.00" in pots.items[0].message
    assert pots.items[1].message == ""


def test_before_the_call_no_pot_is_known(proposal: Proposal) -> None:
    (pots,) = Checker(CALL, date(2023, 3, 9)).together([answers_of(proposal)])

    assert pots.status is Status.REVIEW
    assert "Not known on 2023-03-09" in pots.items[0].message
    assert pots.items[0].compared is None


def test_the_order_of_proposals_changes_no_sum(proposal: Proposal) -> None:
    some = [changed(proposal, title=str(number), financing__grant_requested=f"{number}.10") for number in range(1, 7)]
    there, back = together(*some), together(*reversed(some))

    assert there.together == back.together
    assert there.lead_countries == back.lead_countries


def test_each_verdict_names_its_files_and_those_closest_to_eligible_come_first(proposal: Proposal) -> None:
    far = changed(proposal, fund="AMIF", lead__country="CH", financing__grant_requested="500000.00")
    near = changed(proposal, fund="AMIF")
    summary = together(far, proposal, near)

    assert summary.proposals == 3
    assert names(summary.verdicts[Verdict.ELIGIBLE]) == "b"
    assert names(summary.verdicts[Verdict.INELIGIBLE]) == "ca"
    assert summary.verdicts[Verdict.INVALID] == ()


def test_one_finding_from_eligible_names_the_rule_and_what_mends_it(proposal: Proposal) -> None:
    near = changed(proposal, financing__grant_requested="380000.01")
    (found,) = together(proposal, near, changed(near, fund="AMIF")).nearly_eligible

    assert (found.input.path, found.rule) == ("b", "GRANT-1")
    assert "380 000.00" in found.fix


def test_a_proposal_that_also_waits_for_answers_is_not_one_finding_from_eligible(proposal: Proposal) -> None:
    waiting = changed(proposal, fund="AMIF", declarations__no_double_funding=None)
    report = CHECKER.report(answers_of(waiting))
    assert {result.status for result in report.results} >= {Status.FAIL, Status.UNDECIDED}

    assert together(proposal, waiting).nearly_eligible == ()


def test_each_rule_tells_how_many_fail_wait_and_are_for_review(proposal: Proposal) -> None:
    summary = together(
        proposal,
        changed(proposal, fund="AMIF"),
        changed(proposal, fund=None),
        changed(proposal, fund="AMIF", title="Other"),
    )
    fund = next(rule for rule in summary.rules if rule.rule == "FUND-1")

    assert summary.rules[0].count(Status.FAIL) == 2
    assert names(fund.inputs[Status.FAIL]) == "bd"
    assert names(fund.inputs[Status.UNDECIDED]) == "c"
    assert fund.count(Status.REVIEW) == 0


def test_lead_countries_count_what_eligible_proposals_ask_for(proposal: Proposal) -> None:
    summary = together(
        proposal,
        changed(proposal, title="Second"),
        changed(proposal, fund="AMIF"),
        changed(proposal, lead__country=None),
        changed(proposal, lead__country="FR", fund="AMIF"),
    )

    assert [(one.code, one.name, one.proposals, one.eligible) for one in summary.lead_countries] == [
        ("LT", "Lithuania", 3, 2),
        ("FR", "France", 1, 0),
        (None, "", 1, 0),
    ]
    assert summary.lead_countries[0].requested == Decimal("760000.00")


def test_the_same_answers_are_the_same_proposal_however_they_are_laid_out(proposal: Proposal) -> None:
    reordered = dict(reversed(list(proposal.items()))) | {"budget": proposal["budget"] | {"total": "400000.0"}}
    (same,) = together(proposal, changed(proposal, title="Other"), reordered).same_proposals

    assert (same.by, names(same.inputs)) == ("content", "ac")


def test_the_same_title_and_lead_are_the_same_proposal_changed(proposal: Proposal) -> None:
    renamed = changed(proposal, title=f" {proposal['title'].upper()} ", financing__grant_requested="370000.00")
    (same,) = together(proposal, renamed, changed(proposal, lead__name="Another Body")).same_proposals

    assert (same.by, names(same.inputs)) == ("name", "ab")


def applicant(name: str | None = None, country: str | None = None, pic: str | None = None) -> Proposal:
    return {"name": name, "country": country, "pic": pic, "kind": "public_body"}


def led_by(proposal: Proposal, lead: Proposal, *partners: Proposal, title: str = "A") -> Proposal:
    return changed(proposal, title=title, lead=lead, co_applicants=list(partners))


def organisations(summary: PortfolioSummary) -> list[tuple[str, str, str]]:
    """What holds each organisation together, its name, and the files it is in."""
    return [
        (one.by, one.name, names(tuple(appearance.input for appearance in one.appearances)))
        for one in summary.shared_organisations
    ]


def test_applicants_with_a_name_and_no_country_are_counted_unless_their_pic_brings_them_in(proposal: Proposal) -> None:
    alone, by_pic = applicant("NGO One"), applicant("Police", pic="999999999")
    first = led_by(proposal, applicant("Ministry", "LT"), alone, by_pic)
    second = led_by(proposal, alone, applicant(None, "LT", "999999999"), applicant(None, None), title="B")
    found = together(first, second)

    assert [one.by for one in found.shared_organisations] == ["pic"]
    assert found.without_country == 2


def shared_pics(summary: PortfolioSummary) -> dict[str, list[tuple[str | None, str | None, str]]]:
    """The PICs that contradict themselves, each with its names, countries and files."""
    return {
        one.pic: [
            (holder.name, holder.country, names(tuple(appearance.input for appearance in holder.appearances)))
            for holder in one.holders
        ]
        for one in summary.shared_pics
    }


def test_an_organisation_is_found_by_its_name_and_country_however_they_are_written(proposal: Proposal) -> None:
    first = led_by(proposal, applicant("Border Police", "MD", "888888888"))
    second = led_by(proposal, applicant("BORDER\N{NO-BREAK SPACE}police", "MD"), title="2")
    third = led_by(proposal, applicant("Other", "LV"), applicant("Border Po\N{SOFT HYPHEN}lice ", "MD"), title="3")
    abroad = led_by(proposal, applicant("Border Police", "UA"), title="4")

    assert organisations(together(first, second, third, abroad)) == [("name", "Border Police", "abc")]


def test_an_organisation_is_found_by_its_pic_where_name_or_country_is_left_out(proposal: Proposal) -> None:
    first = led_by(proposal, applicant("Border Police", "MD", "888888888"))
    nameless = led_by(proposal, applicant(None, "MD", "888 888 888"), title="2")
    stateless = led_by(proposal, applicant("border police", None, "888888888"), title="3")
    summary = together(first, nameless, stateless)

    assert organisations(summary) == [("pic", "Border Police", "abc")]
    assert summary.shared_organisations[0].pics == ("888888888",)
    assert summary.shared_pics == ()


def test_a_pic_with_two_names_or_two_countries_is_a_finding_and_not_an_organisation(proposal: Proposal) -> None:
    renamed = [
        led_by(proposal, applicant("Old name", "MD", "1")),
        led_by(proposal, applicant("New name", "MD", "1"), title="2"),
    ]
    assert organisations(together(*renamed)) == []
    assert shared_pics(together(*renamed)) == {"1": [("Old name", "MD", "a"), ("New name", "MD", "b")]}

    moved = [
        led_by(proposal, applicant("Name", "MD", "1")),
        led_by(proposal, applicant("NAME", "UA", "1"), title="2"),
        led_by(proposal, applicant("Name", None, "1"), title="3"),
    ]
    assert organisations(together(*moved)) == []
    assert shared_pics(together(*moved)) == {"1": [("Name", "MD", "a"), ("NAME", "UA", "b"), ("Name", None, "c")]}


def test_a_pic_with_two_names_in_one_proposal_is_a_finding_too(proposal: Proposal) -> None:
    twice = led_by(proposal, applicant("One", "MD", "1"), applicant("Other", "MD", "1"))

    assert shared_pics(together(twice)) == {"1": [("One", "MD", "a"), ("Other", "MD", "a")]}
    assert organisations(together(twice)) == []


def test_a_pic_and_a_name_bring_no_two_organisations_together_by_way_of_a_third(proposal: Proposal) -> None:
    """One PIC pasted from the wrong row would otherwise make one organisation of all."""
    latvia, moldova = applicant("Border Guard", "LV", "911111111"), applicant("Border Police", "MD", "922222222")
    finland, senegal = applicant("Ministry", "FI", "933333333"), applicant("Police", "SN", "944444444")
    summary = together(
        led_by(proposal, latvia, moldova),
        led_by(proposal, finland, senegal, title="2"),
        led_by(proposal, latvia, changed(moldova, pic="911111111"), title="3"),
        led_by(proposal, finland, changed(moldova, pic="933333333"), title="4"),
    )

    assert organisations(summary) == [
        ("name", "Border Police", "acd"),
        ("name", "Border Guard", "ac"),
        ("name", "Ministry", "bd"),
    ]
    assert shared_pics(summary) == {
        "911111111": [("Border Guard", "LV", "ac"), ("Border Police", "MD", "c")],
        "933333333": [("Ministry", "FI", "bd"), ("Border Police", "MD", "d")],
    }


def test_a_copy_is_named_and_counted_once_in_every_figure(proposal: Proposal) -> None:
    near = changed(proposal, title="Near", financing__grant_requested="380000.01")
    summary = together(proposal, near, proposal, near, proposal)

    assert summary.copies == (3, 4, 5)
    assert summary.proposals == 5
    assert {verdict: len(found) for verdict, found in summary.verdicts.items() if found} == {
        Verdict.ELIGIBLE: 3,
        Verdict.INELIGIBLE: 2,
    }
    assert {verdict: number for verdict, number in summary.distinct.items() if number} == {
        Verdict.ELIGIBLE: 1,
        Verdict.INELIGIBLE: 1,
    }
    (pots,) = summary.together
    assert (pots.proposals, pots.copies) == (1, 2)
    assert pots.items[0].compared is not None
    assert pots.items[0].compared.amount == Decimal("380000.00")
    (country,) = summary.lead_countries
    assert (country.proposals, country.eligible, country.copies) == (2, 1, 3)
    assert country.requested == Decimal("380000.00")
    assert [(one.input.path, one.copies) for one in summary.nearly_eligible] == [("b", 1)]
    grant = next(rule for rule in summary.rules if rule.rule == "GRANT-1")
    assert (names(grant.inputs[Status.FAIL]), grant.count(Status.FAIL)) == ("bd", 1)


@pytest.mark.parametrize("pic", ["", None])
def test_a_pic_given_as_none_is_shared_with_nobody(proposal: Proposal, pic: str | None) -> None:
    first = changed(proposal, lead__pic=pic, co_applicants=[])
    second = changed(proposal, title="2", lead__pic=pic, lead__name="Another Body", co_applicants=[])

    assert together(first, second).shared_organisations == ()


def test_an_organisation_twice_in_one_proposal_is_that_proposals_matter(proposal: Proposal) -> None:
    twice = changed(proposal, co_applicants=[proposal["lead"], proposal["lead"]])

    assert together(twice).shared_organisations == ()
    assert together(twice, twice).shared_organisations == (), "the same proposal twice is said once, as that"


def test_a_file_that_is_no_proposal_is_named_and_counts_no_further(proposal: Proposal) -> None:
    portfolio = Portfolio()
    answers = answers_of(proposal)
    portfolio.add(CHECKER.report(answers, input=named("a")), answers, CHECKER)
    portfolio.add(invalid_report((Problem("Broken."),), named("b")))
    summary = portfolio.summary(lambda _: CHECKER)

    assert summary.proposals == 2
    assert names(summary.verdicts[Verdict.INVALID]) == "b"
    assert sum(one.proposals for one in summary.lead_countries) == 1


def test_what_is_kept_of_a_proposal_can_be_sent_between_processes(proposal: Proposal) -> None:
    answers = answers_of(proposal)
    kept = entry(CHECKER.report(answers), answers, CHECKER)

    assert pickle.loads(pickle.dumps(kept)) == kept  # noqa: S301 - our own data


def test_no_proposals_together_are_nothing() -> None:
    summary = Portfolio().summary(lambda _: CHECKER)

    assert summary.proposals == 0
    assert summary.rules == summary.together == summary.lead_countries == summary.same_proposals == ()


def test_a_rule_may_be_about_all_proposals_at_once(rule: Make) -> None:
    """Without ``for each``, and about proposals as a whole."""
    checker = rule(
        """
scope: portfolio
require: count(proposals) <= 2
message: "{count(proposals)} are too many."
examples:
  - {given: {proposals: []}, expect: pass}
  - {given: {proposals: [{}, {}, {}]}, expect: fail}
"""
    )
    (said,) = checker.together([{}, {}, {}])

    assert (said.status, said.items[0].item, said.items[0].message) == (Status.FAIL, None, "3 are too many.")
    assert said.items[0].compared == Compared(Decimal(3), "<=", Decimal(2), None)
    assert checker.together([{}, {}])[0].status is Status.PASS


def test_envelopes_found_among_the_proposals_have_no_ranking(rule: Make) -> None:
    """One proposal alone has other items than all have together."""
    checker = rule(
        """
scope: portfolio
for each: distinct values(proposals.fund)
as: source_of_money
require: sum(append(proposals[fund = source_of_money].financing.grant_requested, 0)) <= 100
message: "Too much is requested from {source_of_money}."
"""
    )
    proposals = [
        (named(fund), answers_of({"fund": fund, "financing": {"grant_requested": 60}}), Decimal(score))
        for score, fund in enumerate(("BMVI", "ISF", "ISF"))
    ]

    assert checker.amounts_together([answers for _, answers, _ in proposals]) == ((60, 120),)
    assert list(ranked_envelopes(proposals, checker)) == []


def test_the_work_a_condition_may_do_grows_with_the_proposals(rule: Make) -> None:
    """A condition about one proposal may look at 100 000 items; there may be more proposals than that."""
    checker = rule(
        """
scope: portfolio
require: count(proposals[fund != "none"]) <= 100000
message: "{count(proposals)} are too many."
"""
    )
    compared = checker.together([{"fund": "BMVI"}] * 100_001)[0].items[0].compared

    assert compared is not None
    assert compared.amount == 100_001
