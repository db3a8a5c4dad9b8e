"""Coverage: the parts of conditions that the examples of a call decide in one way only, or not at all."""

from __future__ import annotations

from mpfcheck.checking.pack_tests.coverage import cover
from tests.checking.pack_tests.conftest import MakeCall

RULE = """\
- id: WORK-1
  title: There is work, or an NGO leads
  severity: warning
  when: lead.country in trial_regions.members
  require: work > least_total or (lead.kind = "ngo" and lead.non_profit)
  message: No.
  examples:
"""
HOLDS = "    - {given: {lead: {country: MD, kind: ngo, non_profit: true}}, expect: pass}\n"
BROKEN = "    - {given: {lead: {country: MD, kind: ngo, non_profit: false}}, expect: fail}\n"
NOT = "    - {given: {lead: {country: LT}}, expect: not_applicable}\n"
KIND = "    - {given: {lead: {country: UA, kind: public_body}}, expect: fail}\n"
WORK = (
    "    - {given: {lead: {country: UA}, budget: {lines: [{heading: human_resources, amount: 1001}]}}, expect: pass}\n"
)
TRAVEL = (
    "    - {given: {lead: {country: LT}, budget: {lines: [{heading: travel, amount: 1001}]}}, expect: not_applicable}\n"
)


def parts(make_call: MakeCall, *examples: str, rules: str = RULE) -> set[tuple[str, tuple[bool, ...]]]:
    return {(part.text, part.never) for part in cover(make_call(rules + "".join(examples))).undecided}


def test_each_part_is_named_with_the_ways_no_example_decides_it(make_call: MakeCall) -> None:
    both = (True, False)
    assert parts(make_call, HOLDS) == {
        ("lead.country in trial_regions.members", (False,)),
        ('work > least_total or (lead.kind = "ngo" and lead.non_profit)', (False,)),
        ("work > least_total", (True,)),
        ('lead.kind = "ngo" and lead.non_profit', (False,)),
        ('lead.kind = "ngo"', (False,)),
        ("lead.non_profit", (False,)),
        ('heading = "human_resources"', both),
    }


def test_nothing_is_left_where_every_part_is_decided_both_ways(make_call: MakeCall) -> None:
    # The definition asks for the heading of each line, and only where a rule asks for the definition.
    assert parts(make_call, HOLDS, BROKEN, NOT, KIND, WORK) == {('heading = "human_resources"', (False,))}
    lines = WORK.replace("amount: 1001}", "amount: 1001}, {heading: travel, amount: 5}")
    coverage = cover(make_call(RULE + HOLDS + BROKEN + NOT + KIND + lines))
    assert coverage.undecided == ()
    assert coverage.shown == coverage.ways == 14


def test_a_rule_asked_for_alone_is_covered_alone(make_call: MakeCall) -> None:
    other = RULE.replace("WORK-1", "WORK-2").replace("work > least_total or ", "")
    coverage = cover(make_call(RULE + HOLDS + other + HOLDS), {"WORK-2"})
    assert {part.rule for part in coverage.undecided} == {"WORK-2"}


def test_a_part_has_its_place_in_its_file(make_call: MakeCall) -> None:
    (part,) = (part for part in cover(make_call(RULE + HOLDS)).undecided if part.text == "lead.non_profit")
    assert part.place == ("rules.yaml", 5, 57)


def test_rules_about_many_proposals_are_covered_too(make_call: MakeCall) -> None:
    rule = (
        "- id: POT-1\n  title: All fit\n  severity: advice\n  scope: portfolio\n"
        '  require: sum(append(proposals[fund = "A"].budget.total, 0)) <= least_total\n  message: No.\n  examples:\n'
        "    - {given: {proposals: [{fund: A, budget: {total: 1}}]}, expect: pass}\n"
    )
    whole = 'sum(append(proposals[fund = "A"].budget.total, 0)) <= least_total'
    assert parts(make_call, rules=rule) == {
        (whole, (False,)),
        ('fund = "A"', (False,)),
        # Nothing uses this definition here.
        ('heading = "human_resources"', (True, False)),
    }
