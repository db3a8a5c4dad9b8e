"""Mutation: changes to a call that no example notices, and those of which the call says why they change nothing."""

from __future__ import annotations

from mpfcheck.checking.pack_tests.mutation import Mutation, mutate
from tests.checking.pack_tests.conftest import MakeCall

RULE = """\
- id: MONEY-1
  title: Large enough
  severity: blocking
  require: budget.total >= least_total
  message: Too little.
  examples:
    - {given: {budget: {total: 1000}}, expect: pass}
"""
CENT = "    - {given: {budget: {total: 999.99}}, expect: fail}\n"


def left(mutation: Mutation) -> set[tuple[str, str]]:
    return {(change.owner, change.words) for change in mutation.unnoticed}


def test_a_change_is_noticed_where_an_example_comes_out_another_way(make_call: MakeCall) -> None:
    assert left(mutate(make_call(RULE))) == {("least_total", "1000.00 becomes 999.99 (from 2023-01-01)")}
    whole = mutate(make_call(RULE + CENT))
    assert left(whole) == set()
    assert whole.tried == whole.noticed == 4


def test_the_day_of_a_later_value_is_a_limit_as_well(make_call: MakeCall) -> None:
    value = "      - {from: 2023-01-01, value: 1000.00, source: {document: notice, section: Money}}\n"
    later = value.replace("2023-01-01", "2023-06-01").replace("1000.00", "2000.00")
    days = (
        "    - {given: {budget: {total: 1999.99}}, expect: fail}\n"
        "    - {given: {budget: {total: 2000}}, expect: pass}\n"
        "    - {given: {budget: {total: 1000}}, as_of: 2023-01-01, expect: pass}\n"
        "    - {given: {budget: {total: 999.99}}, as_of: 2023-01-01, expect: fail}\n"
    )
    rule = RULE.replace("    - {given: {budget: {total: 1000}}, expect: pass}\n", days)
    assert left(mutate(make_call(rule, **{value: value + later}))) == {
        ("least_total", "2000.00 holds from 2023-05-31, not 2023-06-01"),
        ("least_total", "2000.00 holds from 2023-06-02, not 2023-06-01"),
    }


REGION = """\
- id: SCOPE-1
  title: In the region
  severity: blocking
  require: some country in target_countries satisfies country in trial_regions.members
  doubt: some country in target_countries satisfies country in trial_regions.candidates
  doubt message: Hm.
  message: No.
  examples:
    - {given: {target_countries: [MD]}, likewise: {target_countries: [[UA], [UA, LT]]}, expect: pass}
    - {given: {target_countries: [LT]}, expect: fail}
"""


def test_members_and_candidates_of_code_lists_are_changed_one_by_one(make_call: MakeCall) -> None:
    unnoticed = left(mutate(make_call(REGION)))
    assert {words for owner, words in unnoticed if owner == "trial_regions"} == {
        "BY left out of the candidates",
        "the candidate BY taken for a member",
    }
    assert ("SCOPE-1", '"doubt" left out') in unnoticed
    review = "    - {given: {target_countries: [BY]}, likewise: {target_countries: [[BY, LT]]}, expect: review}\n"
    assert left(mutate(make_call(REGION + review))) == set()


NOTED = """\
- id: NOTE-1
  title: With a note
  severity: warning
  require: budget.total > 0
  message: No.
  note:
    when: budget.total > 5
    message: Rather much.
  examples:
    - {given: {budget: {total: 1}}, expect: pass}
    - {given: {budget: {total: 0}}, expect: fail}
    - {given: {budget: {total: 6}}, expect: pass}
"""


def test_notes_are_noticed_by_examples_that_say_whether_they_are_said(make_call: MakeCall) -> None:
    assert {words for owner, words in left(mutate(make_call(NOTED))) if owner == "NOTE-1"} == {
        '"note" left out',
        "`budget.total > 5` becomes `budget.total >= 5`",
        "`budget.total > 5` becomes `budget.total <= 5`",
        "`5` becomes `6`",
        "`5` becomes `4`",
    }
    said = NOTED.replace("total: 6}}, expect: pass", "total: 6}}, expect: pass, noted: true")
    said += "    - {given: {budget: {total: 5}}, expect: pass, noted: false}\n"
    assert left(mutate(make_call(said))) == set()


SAME = """\
equivalent:
  - of: MONEY-1
    changes: ["`budget.total >= 0` left out", "`0` becomes `-1`", "`budget.total >= 0` becomes `budget.total > 0`"]
    why: No total is below zero, and the other part asks for more.
definitions:
"""


def test_changes_that_change_nothing_are_told_with_their_reason_and_never_hidden(make_call: MakeCall) -> None:
    rule = (RULE + CENT).replace("budget.total >= least_total", "budget.total >= least_total and budget.total >= 0")
    plain = left(mutate(make_call(rule)))
    assert plain == {
        ("MONEY-1", "`budget.total >= 0` left out"),
        ("MONEY-1", "`0` becomes `1`"),
        ("MONEY-1", "`0` becomes `-1`"),
        ("MONEY-1", "`budget.total >= 0` becomes `budget.total > 0`"),
    }
    mutation = mutate(make_call(rule, **{"definitions:\n": SAME}))
    assert left(mutation) == {("MONEY-1", "`0` becomes `1`")}
    assert {why for _, why in mutation.equivalent} == {"No total is below zero, and the other part asks for more."}
    assert mutation.tried == mutation.noticed + len(mutation.equivalent) + len(mutation.unnoticed)
    assert mutation.outdated == ()


def test_what_an_example_notices_must_not_be_said_to_change_nothing(make_call: MakeCall) -> None:
    (first, *others) = mutate(make_call(RULE + CENT, **{"definitions:\n": SAME})).outdated
    assert (first.equivalent.of, first.words) == ("MONEY-1", "`budget.total >= 0` left out")
    assert len(others) == 2


def test_a_list_no_condition_uses_is_left_alone(make_call: MakeCall) -> None:
    assert not [change for change in mutate(make_call(RULE)).unnoticed if change.owner == "trial_regions"]


def test_only_the_rule_asked_for_is_changed(make_call: MakeCall) -> None:
    assert mutate(make_call(RULE), {"MONEY-1"}).tried == 2
