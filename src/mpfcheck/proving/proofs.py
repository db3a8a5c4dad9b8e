"""Proofs about the rules of a call, each with a proposal as its example.

Can a proposal be eligible at all; can each blocking rule be the only one that is not met; does a rule add nothing to
another; do two exclude each other; is a rule ever applied; whose verdict does a new version change. Every example is
checked like any other proposal before it is shown. A proof holds for lists up to the lengths in ``bounds``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

import z3

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Severity, Status, Verdict
from mpfcheck.checking.wording import field_in_words, lengths_in_words
from mpfcheck.feel.types import NumberType
from mpfcheck.frozen import Frozen
from mpfcheck.packs.rule import Rule
from mpfcheck.proposal.answers import answers_from
from mpfcheck.proving.encoding import DEFAULT_BOUNDS, EncodedRule
from mpfcheck.proving.prover import Prover, longer

__all__ = ["Boundary", "Outcome", "Proof", "compare", "prove", "witnesses"]


class Outcome(Enum):
    """How a proof came out: as it should, otherwise, or not in time. A note is not a proof."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN = "unknown"
    NOTE = "note"


class Proof(Frozen):
    """One question about the rules, the answer in a sentence, and a proposal that shows it where there is one."""

    question: str
    outcome: Outcome
    message: str
    rules: tuple[str, ...] = ()
    example: Mapping[str, object] | None = None


class Boundary(Frozen):
    """A proposal exactly on the boundary of a rule: what the rule says of it, and what makes it so."""

    title: str
    status: Status
    proposal: Mapping[str, object]


def prove(checker: Checker, bounds: Mapping[str, int] = DEFAULT_BOUNDS) -> Iterator[Proof]:
    """Prove what a call's rules should be, one proof after the other."""
    prover = Prover(checker, {}, bounds=bounds)
    first = _eligible(prover, prover.blocking)
    if first.outcome is not Outcome.GOOD and bounds is DEFAULT_BOUNDS:
        # Perhaps only the lists were too short.
        bounds = longer(bounds)
        prover = Prover(checker, {}, bounds=bounds)
        first = _eligible(prover, prover.blocking)
    yield first
    if first.outcome is not Outcome.GOOD:
        return
    blocking = prover.blocking
    for rule in blocking:
        yield _alone(prover, rule, [other for other in blocking if other is not rule])
    prover = Prover(checker, {}, bounds=bounds, only_blocking=False)
    yield from _together("Can every rule apply?", _idle(prover), "Every rule can apply.")
    yield from _together(
        "Does every warning and every piece of advice add something?",
        _implied(prover),
        "No warning or advice only repeats another rule.",
    )
    yield from _together(
        "Can any two blocking rules both be met?", _contradictions(prover), "No two blocking rules exclude each other."
    )
    for reason in dict.fromkeys(prover.left_out.values()):
        rules = tuple(rule for rule, why in prover.left_out.items() if why == reason)
        message = f"Not included: {', '.join(rules)} ({reason})."
        yield Proof("Which rules are not included?", Outcome.NOTE, message, rules)


def _together(question: str, found: Iterator[Proof | None], none: str) -> Iterator[Proof]:
    """What was found; that there is nothing; or, where a None is among it, that not everything is known."""
    proofs = list(found)
    yield from (proof for proof in proofs if proof is not None)
    if None in proofs:
        yield Proof(question, Outcome.UNKNOWN, f"{question} We do not know this of every rule. It took too long.")
    elif not proofs:
        yield Proof(question, Outcome.GOOD, none)


def _idle(prover: Prover) -> Iterator[Proof | None]:
    """Find the rules that never apply."""
    solver = prover.solver()
    for rule in prover.rules.values():
        outcome = solver.check(rule.applies)
        if outcome == z3.unknown:
            yield None
        elif outcome == z3.unsat:
            message = f"{rule.rule.id} never applies.{_bounds_of(prover, rule)}"
            yield Proof(f"Can {rule.rule.id} apply?", Outcome.BAD, message, (rule.rule.id,))


def _eligible(prover: Prover, blocking: list[EncodedRule]) -> Proof:
    question = "Can a proposal be eligible?"
    outcome, example = _example(prover, [rule.passes for rule in blocking])
    if outcome == z3.unsat:
        lengths = lengths_in_words(prover.encoder.bounds_used)
        message = f"No proposal is eligible with at most this many items in its lists: {lengths}."
        return Proof(question, Outcome.BAD, message)
    if example is None:
        return Proof(question, Outcome.UNKNOWN, "We do not know whether a proposal can be eligible. It took too long.")
    verdict = prover.verdict(example)
    if verdict is not Verdict.ELIGIBLE:
        return Proof(question, Outcome.UNKNOWN, f"The example found is {verdict}, not eligible.", (), example)
    return Proof(question, Outcome.GOOD, "A proposal can be eligible.", (), example)


def _alone(prover: Prover, rule: EncodedRule, others: list[EncodedRule]) -> Proof:
    """Ask whether a rule can be the only one that is not met: if not, it adds nothing to the others."""
    name = rule.rule.id
    question = f"Can {name} be the only rule that is not met?"
    if prover.solver().check(rule.fails) == z3.unsat:
        if rule.rule.never_fails or prover.solver().check(rule.review) == z3.sat:
            message = f"{name} never fails: it sends proposals to manual review."
        else:
            message = f"{name} is met by every proposal on this date."
        return Proof(question, Outcome.GOOD, f"{message}{_bounds_of(prover, rule)}", (name,))
    outcome, example = _example(prover, [rule.fails, *(other.passes for other in others)])
    if outcome == z3.unsat:
        core = prover.solver()
        core.set(**{"core.minimize": True})
        core.add(rule.fails)
        for other in others:
            core.assert_and_track(other.passes, other.rule.id)
        core.check()
        implied = tuple(sorted(str(part) for part in core.unsat_core()))
        one_of = f"one of {', '.join(implied)}" if len(implied) > 1 else "".join(implied)
        message = (
            f"{name} is never the only rule that is not met: whenever it fails, {one_of} fails too or needs manual "
            f"review.{_bounds_of(prover, rule)}"
        )
        return Proof(question, Outcome.BAD, message, (name, *implied))
    if example is None:
        return Proof(
            question, Outcome.UNKNOWN, f"We do not know whether {name} can fail alone. It took too long.", (name,)
        )
    failed = [
        one.id
        for one, status in zip(prover.checker.call.rules, prover.checker.statuses(answers_from(example)), strict=True)
        if status is Status.FAIL and one.severity is Severity.BLOCKING
    ]
    if failed != [name]:
        message = f"The example found for {name} does not meet {', '.join(failed) or 'no rule'}."
        return Proof(question, Outcome.UNKNOWN, message, (name,), example)
    return Proof(question, Outcome.GOOD, f"{name} can be the only rule that is not met.", (name,), example)


def _bounds_of(prover: Prover, *rules: EncodedRule) -> str:
    """Up to which lengths of lists something is proven of rules, as a sentence; empty where they read no list."""
    lists = frozenset[str]().union(*(rule.lists for rule in rules))
    used = {pointer: most for pointer, most in prover.encoder.bounds_used.items() if pointer in lists}
    return f" Proven for lists with at most this many items: {lengths_in_words(used)}." if used else ""


def _implied(prover: Prover) -> Iterator[Proof | None]:
    """Find the rules that fail only where another one of the same weight or more fails too."""
    solver = prover.solver()
    # Mostly the example in which a rule fails shows already that another one need not: then there is nothing to solve.
    able = [(rule, solver.model()) for rule in prover.rules.values() if solver.check(rule.fails) == z3.sat]
    for rule, failure in able:
        if rule.rule.severity is Severity.BLOCKING:
            continue  # Asked above, against all the others together.
        for other, _ in able:
            if rule is other or _weight(other.rule) < _weight(rule.rule) or _true_in(failure, z3.Not(other.fails)):
                continue
            outcome = solver.check(rule.fails, z3.Not(other.fails))
            if outcome == z3.unknown:
                yield None
            elif outcome == z3.unsat:
                question = f"Does {rule.rule.id} add anything to {other.rule.id}?"
                message = (
                    f"Whenever {rule.rule.id} is not met, {other.rule.id} is not met either."
                    f"{_bounds_of(prover, rule, other)}"
                )
                yield Proof(question, Outcome.BAD, message, (rule.rule.id, other.rule.id))


def _contradictions(prover: Prover) -> Iterator[Proof | None]:
    """Find pairs of blocking rules that can each be met where they apply, and never both."""
    solver = prover.solver()
    able = [(rule, solver.model()) for rule in prover.blocking if solver.check(rule.applies, rule.passes) == z3.sat]
    for at, (rule, met) in enumerate(able):
        for other, other_met in able[at + 1 :]:
            if _true_in(met, other.applies, other.passes) or _true_in(other_met, rule.applies, rule.passes):
                continue
            both = solver.check(rule.applies, other.applies)
            if both == z3.unsat:
                continue
            outcome = solver.check(rule.applies, other.applies, rule.passes, other.passes)
            if both == z3.sat and outcome == z3.unsat:
                names = (rule.rule.id, other.rule.id)
                question = f"Can {names[0]} and {names[1]} both be met?"
                message = (
                    f"Where both apply, {names[0]} and {names[1]} exclude each other.{_bounds_of(prover, rule, other)}"
                )
                yield Proof(question, Outcome.BAD, message, names)
            elif outcome != z3.sat:
                yield None


def _true_in(model: z3.ModelRef, *conditions: z3.BoolRef) -> bool:
    """Tell whether an example that was found has these properties too."""
    return all(z3.is_true(model.eval(condition, model_completion=True)) for condition in conditions)


def compare(old: Checker, new: Checker, bounds: Mapping[str, int] = DEFAULT_BOUNDS) -> Iterator[Proof]:
    """Tell whose verdict a new version changes: one example each way, or that there is none."""
    before = Prover(old, {}, bounds=bounds)
    after = Prover(new, {}, bounds=bounds, beside=before)
    for one, other, question, none, some in (
        (before, after, "Does a proposal lose?", "Every proposal that was eligible still is", "is no longer eligible"),
        (after, before, "Does a proposal win?", "No other proposal is eligible now", "is eligible now"),
    ):
        solver = before.solver()
        solver.add(*after.always, *(rule.passes for rule in one.blocking))
        solver.add(z3.Not(z3.And([rule.passes for rule in other.blocking])))
        outcome = solver.check()
        if outcome == z3.unsat:
            lengths = lengths_in_words({**one.encoder.bounds_used, **other.encoder.bounds_used})
            held = f" Proven for lists with at most this many items: {lengths}." if lengths else ""
            yield Proof(question, Outcome.GOOD, f"{none}.{held}")
            continue
        solver.add(*other.hints, *other.encoder.nice.values())
        example = one.proposal_of(solver, other) if outcome == z3.sat and one.find(solver) else None
        if example is None:
            yield Proof(question, Outcome.UNKNOWN, f"We do not know: {question[:1].lower()}{question[1:]}")
            continue
        verdicts = one.verdict(example), other.verdict(example)
        if verdicts[0] is not Verdict.ELIGIBLE or verdicts[1] is Verdict.ELIGIBLE:
            message = f"The example found is {verdicts[0]} by one version and {verdicts[1]} by the other."
            yield Proof(question, Outcome.UNKNOWN, message, (), example)
            continue
        rules = tuple(
            rule.id
            for rule, status in zip(
                other.checker.call.rules, other.checker.statuses(answers_from(example)), strict=True
            )
            if rule.severity is Severity.BLOCKING and not rule.manual and status in (Status.FAIL, Status.REVIEW)
        )
        message = f"This proposal {some}. The rules: {', '.join(rules)}."
        yield Proof(question, Outcome.BAD, message, rules, example)


def witnesses(checker: Checker, rule_id: str, bounds: Mapping[str, int] = DEFAULT_BOUNDS) -> list[Boundary]:
    """Find proposals just inside and just outside a rule: they differ in one answer, by the smallest step there is.

    Lists have up to as many items as ``bounds`` says, by their pointers, as for :func:`prove`.
    Raises KeyError for an unknown rule, and LookupError with the reason for one that cannot be encoded.
    """
    prover = Prover(checker, {}, bounds=bounds, only_blocking=False)
    if rule_id not in prover.rules:
        checker.call.rule(rule_id)
        raise LookupError(prover.left_out[rule_id])
    rule = prover.rules[rule_id]
    found = _boundaries(checker, prover, rule_id)
    both = {Status.PASS, Status.FAIL} <= {case.status for case in found}
    if rule.lists and not both and bounds is DEFAULT_BOUNDS:
        # Perhaps only the lists were too short.
        longer_lists = Prover(checker, {}, bounds=longer(bounds), only_blocking=False)
        found = _boundaries(checker, longer_lists, rule_id)
    if not found:
        raise LookupError("no example was found that check confirms")
    return found


def _boundaries(checker: Checker, prover: Prover, rule_id: str) -> list[Boundary]:
    """Both sides of a limit of the rule, or else a proposal for each status that the rule can have."""
    rule = prover.rules[rule_id]
    conditions = rule.applies, rule.fails, rule.review
    fields = frozenset().union(*map(prover.encoder.fields_in, conditions))
    found: list[Boundary]
    for variable in prover.encoder.variables.values():
        if not isinstance(variable.type, NumberType) or variable.type.unit is None:
            continue
        for step in (1, -1):
            beyond = z3.substitute(rule.fails, (variable.term, variable.term + step))
            if z3.is_false(z3.simplify(z3.And(rule.fails, beyond))) or z3.eq(beyond, rule.fails):
                continue
            near = [rule.applies, rule.passes, beyond, variable.term + step >= 0, variable.term > 0]
            inside = prover.witness(near, fields)
            if inside is None:
                continue
            outside = prover.moved(inside, variable, step)
            words = field_in_words(variable.pointer)
            sides = ((f"just inside: {words}", inside), (f"just outside: {words}", outside))
            found = [Boundary(title, _status(checker, rule_id, proposal), proposal) for title, proposal in sides]
            if [case.status for case in found] == [Status.PASS, Status.FAIL]:
                return found
    found = []
    for title, condition, expected in (
        ("met", z3.And(rule.applies, rule.passes), Status.PASS),
        ("not met", rule.fails, Status.FAIL),
        ("manual review", rule.review, Status.REVIEW),
    ):
        example = prover.witness([condition], fields)
        # What the solver takes for an example may look different to the rule: only what check confirms is shown.
        if example is not None and _status(checker, rule_id, example) is expected:
            found.append(Boundary(title, expected, example))
    return found


def _status(checker: Checker, rule_id: str, proposal: Mapping[str, object]) -> Status:
    statuses = checker.statuses(answers_from(proposal))
    return next(status for rule, status in zip(checker.call.rules, statuses, strict=True) if rule.id == rule_id)


def _example(prover: Prover, conditions: Iterable[z3.BoolRef]) -> tuple[z3.CheckSatResult, dict[str, Any] | None]:
    conditions = list(conditions)
    solver = prover.solver()
    outcome = solver.check(*conditions)
    return outcome, prover.witness(conditions) if outcome == z3.sat else None


def _weight(rule: Rule) -> int:
    return (Severity.ADVICE, Severity.WARNING, Severity.BLOCKING).index(Severity(rule.severity.value))
