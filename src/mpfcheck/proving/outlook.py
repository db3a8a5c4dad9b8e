"""Whether any way of answering the rest can still make a draft eligible, and if not, what excludes it.

Each rule alone says what it can; here the blocking rules are asked together. Every proposal the solver finds is checked
like any other before anything is said of it, and a question the solver does not answer in time is not known, never no.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import localcontext
from typing import Any

import z3

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Answered, Outlook, Repair, Verdict
from mpfcheck.checking.wording import field_in_words
from mpfcheck.feel.values.value import ARITHMETIC
from mpfcheck.frozen import FrozenDict
from mpfcheck.proving.encoding import DEFAULT_BOUNDS
from mpfcheck.proving.limits import limit_in_words
from mpfcheck.proving.prover import Prover, longer, not_confirmed, question_of
from mpfcheck.proving.repair import repair_of

__all__ = ["outlook_and_repair", "outlook_of"]

IS_ELIGIBLE = "This proposal is eligible already."

CAN = "This proposal can still become eligible."

CANNOT = "Whatever else you answer, this proposal cannot become eligible."

ONLY_REVIEW = "Whatever else you answer, this proposal needs manual review."

STILL_REVIEW = "Manual review may still be needed."

NOT_KNOWN = "We do not know whether this proposal can become eligible."

TOO_LONG = "It took too long to find out."

NO_EXAMPLE = "The solver found no example."

TOO_SHORT = "With lists up to the lengths shown, it cannot."


def outlook_of(prover: Prover) -> Outlook:
    """Tell whether the draft can still become eligible, and why not; which questions can still decide."""
    solver = prover.solver()
    solver.push()
    solver.add(*[rule.passes for rule in prover.blocking])
    outcome = solver.check()
    if outcome == z3.unsat:
        return _excluded(prover)
    if outcome != z3.sat:
        return _outlook(prover, f"{NOT_KNOWN} {TOO_LONG}")
    if not prover.find(solver):
        return _outlook(prover, f"{NOT_KNOWN} {NO_EXAMPLE}")
    verdict = prover.verdict(prover.proposal(prover.with_few_items(solver)))
    if verdict is not Verdict.ELIGIBLE:
        return _outlook(prover, f"{NOT_KNOWN} {not_confirmed(verdict)}")
    solver.pop(2)
    deciding, idle = _questions(prover, solver)
    return _outlook(prover, CAN, possible=True, deciding=deciding, idle=idle)


def _outlook(prover: Prover, message: str, *, possible: bool | None = None, **more: Any) -> Outlook:
    if rules := _listed(prover.not_looked_at):
        message += f" These rules are not included, because the solver cannot read them: {rules}."
    bounds = FrozenDict(sorted(prover.encoder.bounds_used.items()))
    return Outlook(possible, message, bounds=bounds, left_out=tuple(prover.left_out.items()), **more)


def _excluded(prover: Prover) -> Outlook:
    """Why no way of answering the rest makes the draft eligible."""
    solver = prover.solver(facts=False)
    solver.set(**{"core.minimize": True})
    facts = {f"answer {variable.pointer}": variable for variable in prover.facts()}
    for name, variable in facts.items():
        solver.assert_and_track(variable.fact, name)
    for rule in prover.blocking:
        solver.assert_and_track(rule.passes, f"rule {rule.rule.id}")
    if solver.check() != z3.unsat:
        return _outlook(prover, f"{NOT_KNOWN} {TOO_LONG}")
    core = {str(part) for part in solver.unsat_core()}
    rules = [rule for rule in prover.blocking if f"rule {rule.rule.id}" in core]
    ids = tuple(rule.rule.id for rule in rules)
    if any(rule.lists for rule in rules):
        if prover.bounds is DEFAULT_BOUNDS:
            # Perhaps only the lists were too short.
            longer_lists = Prover(prover.checker, prover.answers, bounds=longer(prover.bounds), timeout=prover.timeout)
            return outlook_of(longer_lists)
        return _outlook(prover, f"{NOT_KNOWN} {TOO_SHORT} The rules: {', '.join(ids)}.", because=ids)
    variables = sorted((facts[name] for name in core & facts.keys()), key=lambda variable: variable.pointer)
    answers = tuple(Answered(one.pointer, prover.in_words(one, one.answer)) for one in variables)
    review = _review_possible(prover)
    limits, cannot = limit_in_words(prover, rules, variables), _cannot_meet(prover, ids, answers)
    if prover.verdict(prover.answers) is Verdict.REVIEW:
        message = f"{ONLY_REVIEW} {cannot}"
    else:
        message = " ".join(filter(None, (CANNOT, limits, cannot, STILL_REVIEW if review else "")))
    return _outlook(
        prover,
        message,
        possible=False,
        because=ids,
        reason=limits or cannot,
        answers=answers,
        review_possible=review,
    )


def _review_possible(prover: Prover) -> bool | None:
    solver = prover.solver()
    solver.add(*[z3.Not(rule.fails) for rule in prover.blocking])
    if solver.check() == z3.unsat:
        return False
    found = prover.witness(z3.Not(rule.fails) for rule in prover.blocking)
    return True if found is not None and prover.verdict(found) is Verdict.REVIEW else None


def _cannot_meet(prover: Prover, rules: Sequence[str], answers: Sequence[Answered]) -> str:
    call = prover.checker.call
    titles = _listed([f"{rule} ({call.rule(rule).title})" for rule in rules])
    in_words = _listed([f"{_name(answer.pointer)}: {answer.value}" for answer in answers])
    together = " together" if len(rules) > 1 else ""
    with_answers = f" with {'this answer' if len(answers) == 1 else 'these answers'}: {in_words}." if answers else "."
    return f"It cannot meet {titles}{together}{with_answers}"


def _questions(prover: Prover, solver: z3.Solver) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], tuple[str, ...]]:
    """The unanswered questions that can still decide a blocking rule, with those rules, and those that cannot."""
    open_rules = [rule for rule in prover.blocking if solver.check(z3.Not(rule.passes)) != z3.unsat]
    names = {variable.term.decl().name(): variable for variable in prover.encoder.variables.values()}
    deciding: dict[str, list[str]] = {}
    for rule in open_rules:
        for name in prover.encoder.fields_in(rule.passes):
            variable = names.get(name)
            if variable is not None and variable.fact is None:
                deciding.setdefault(question_of(variable.pointer), []).append(rule.rule.id)
            elif name.endswith("#"):
                deciding.setdefault(name.removesuffix("#"), []).append(rule.rule.id)
    most_first = sorted(deciding.items(), key=lambda item: (-len(set(item[1])), item[0]))
    unanswered = {question_of(one.pointer) for one in names.values() if one.fact is None}
    idle = tuple(sorted(unanswered - deciding.keys()))
    return tuple((pointer, tuple(dict.fromkeys(rules))) for pointer, rules in most_first), idle


def outlook_and_repair(
    checker: Checker, answers: Mapping[str, object], bounds: Mapping[str, int] = DEFAULT_BOUNDS
) -> tuple[Outlook, Repair | None]:
    """Whether a draft can still become eligible, and if it cannot, the smallest change that would do.

    ``bounds`` says how many items a list may have beyond those that are given, by its pointer without the first slash.
    """
    if checker.verdict(answers) is Verdict.ELIGIBLE:
        return Outlook(eligible_possible=True, message=IS_ELIGIBLE), None
    try:
        # The caller's decimal context may be anything, and stays as it is.
        with localcontext(ARITHMETIC):
            prover = Prover(checker, answers, bounds=bounds)
            outlook = outlook_of(prover)
            return outlook, repair_of(prover) if outlook.eligible_possible is False else None
    except z3.Z3Exception:
        # Such as too little memory.
        return Outlook(eligible_possible=None, message=f"{NOT_KNOWN} The solver failed."), None


def _name(pointer: str) -> str:
    words = field_in_words(pointer)
    return words[:1].upper() + words[1:]


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""
