"""The smallest change of answers after which a draft can be eligible, by the efforts that the form declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import z3

from mpfcheck.checking.report import Change, Repair, Verdict
from mpfcheck.checking.wording import change_in_words
from mpfcheck.feel.types import DATE, NumberType
from mpfcheck.forms.load import NoFormError, load_form
from mpfcheck.frozen import changed
from mpfcheck.packs.call import Call
from mpfcheck.packs.mistake import PackError
from mpfcheck.proposal.pointer import pointer as written
from mpfcheck.proving.encoding import Variable
from mpfcheck.proving.prover import Prover, not_confirmed, plain_answers, question_of

__all__ = ["repair_of"]

NO_CHANGE = "No change of the answers that can be changed makes this proposal eligible."

NONE_FOUND = "We found no change of the answers that can be changed that makes this proposal eligible."

NO_EFFORTS = "The form of this call does not say which answers can be changed."

BROKEN_FORM = "The form of this call has mistakes, so we do not know which answers can be changed."

NOT_KNOWN = "We do not know the smallest change."


def repair_of(prover: Prover) -> Repair | None:
    """Find the smallest change of the draft's answers after which it can be eligible; None where nothing is needed.

    The form of the call says what changing an answer takes; answers without an effort stay as they are. The change
    with the least effort is found, and of those the one that moves the least money, months or days.
    """
    if prover.verdict(prover.answers) is Verdict.ELIGIBLE:
        return None
    try:
        efforts = _efforts(prover.checker.call)
    except PackError:
        return Repair((), minimal=False, message=BROKEN_FORM)
    if not any(efforts.values()):
        return Repair((), minimal=False, message=NO_EFFORTS)
    solver = prover.solver(facts=False)
    for rule in prover.blocking:
        solver.assert_and_track(rule.passes, rule.rule.id)
    effort, moved = _free(prover, solver, efforts)
    outcome = solver.check()
    if outcome == z3.unsat:
        excluded = {str(part) for part in solver.unsat_core()}
        proven = not any(prover.rules[rule_id].lists for rule_id in excluded)
        return Repair((), minimal=proven, message=NO_CHANGE if proven else NONE_FOUND)
    if outcome != z3.sat:
        return Repair((), minimal=False, message=f"{NOT_KNOWN} It took too long to find.")
    solver.push()
    if not prover.find(solver):
        return Repair((), minimal=False, message=f"{NOT_KNOWN} The solver found no example.")
    least = _least(solver, effort), _least(solver, moved)
    solver.check()
    model = prover.with_few_items(solver)
    changes = [one for one in prover.facts() if not z3.is_true(model.eval(one.fact, model_completion=True))]
    verdict = prover.verdict(prover.proposal(model))
    if verdict is not Verdict.ELIGIBLE:
        return Repair((), minimal=False, message=f"{NOT_KNOWN} {not_confirmed(verdict)}")
    if not changes:
        return None
    solver.pop(2)
    # The hints make a proposal easy to find, but leave some out.
    less = z3.Or(effort < least[0], z3.And(effort <= least[0], moved < least[1]))
    minimal = solver.check(less) == z3.unsat
    return _repair([_change(prover, variable, model) for variable in changes], minimal=minimal)


def _free(prover: Prover, solver: z3.Solver, efforts: Mapping[str, int]) -> tuple[z3.ArithRef, z3.ArithRef]:
    """Let answers with an effort change; the effort that the changes take together, and what they move."""
    none = z3.RealVal(0, prover.encoder.context)
    taken, moved = [none], [none]
    for variable in prover.facts():
        effort = efforts.get(question_of(variable.pointer), 0)
        if effort == 0:
            solver.add(variable.fact)
            continue
        taken.append(z3.If(cast("z3.BoolRef", variable.fact), none, z3.RealVal(effort, prover.encoder.context)))
        if isinstance(variable.type, NumberType) or variable.type == DATE:
            by = variable.term - cast("z3.ArithRef", variable.constant)
            moved.append(z3.If(by >= 0, by, -by))
    return z3.Sum(taken), z3.Sum(moved)


def _least(solver: z3.Solver, number: z3.ArithRef) -> int:
    """Keep a number as small as can be found in time, as a whole number; that number."""
    low, high = 0, _whole(solver.model().eval(number, model_completion=True))
    step = 1
    while low < high:
        # The least is mostly small, and the first number that is found is anything.
        middle = min(low + step, (low + high) // 2)
        outcome = solver.check(number <= middle)
        if outcome == z3.sat:
            high = min(middle, _whole(solver.model().eval(number, model_completion=True)))
        elif outcome == z3.unsat:
            low, step = middle + 1, step * 16
        else:
            break
    solver.add(number <= high)
    solver.check()
    return high


def _repair(changes: Sequence[Change], *, minimal: bool) -> Repair:
    words = "; ".join(map(change_in_words, changes))
    start = "The smallest change that would do" if minimal else "A change that would do"
    return Repair(
        tuple(changed(one, minimal=minimal) for one in changes), minimal=minimal, message=f"{start}: {words}."
    )


def _change(prover: Prover, variable: Variable, model: z3.ModelRef) -> Change:
    new = prover.encoder.answered(variable, model)
    old = plain_answers(variable.answer)
    return Change(
        variable.pointer,
        old,
        new,
        minimal=False,
        old_in_words=prover.in_words(variable, old),
        new_in_words=prover.in_words(variable, new),
    )


def _efforts(call: Call) -> Mapping[str, int]:
    """What it takes to change the answer to each question, by the place of the question; 0 where it never changes."""
    try:
        form = load_form(call)
    except NoFormError:
        return {}
    return {written(way): question.effort for way, question in form.questions()}


def _whole(value: z3.ExprRef) -> int:
    """A number of a model, rounded up."""
    if z3.is_int_value(value):
        return int(value.as_long())
    return -(-int(value.numerator_as_long()) // int(value.denominator_as_long()))
