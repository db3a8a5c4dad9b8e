"""The smallest change of answers after which a draft can be eligible, by the efforts that the form declares."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
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

NO_CHANGE = "No possible change of the answers makes this proposal eligible."

NONE_FOUND = "We found no change of the answers that can be changed that makes this proposal eligible."

NO_EFFORTS = "The form of this call does not say which answers can be changed."

BROKEN_FORM = "The form of this call has mistakes, so we do not know which answers can be changed."

NOT_KNOWN = "We do not know the smallest change."

TOO_LONG = "It took too long to find."

MOST_ROUNDS = 100
"""How many plans are tried before the search is given up."""

CENT = Fraction(1, 100)

KEPT = "kept "


def repair_of(prover: Prover) -> Repair | None:
    """Find the smallest change of the draft's answers after which it can be eligible; None where nothing is needed.

    The form of the call says what changing an answer takes; answers without an effort stay as they are. The change
    with the least effort is found, and of those the one that moves the least money, months or days. New numbers have
    two decimals at most, unless only others would do.
    """
    if prover.verdict(prover.answers) is Verdict.ELIGIBLE:
        return None
    try:
        efforts = _efforts(prover.checker.call)
    except PackError:
        return Repair((), minimal=False, message=BROKEN_FORM)
    if not any(efforts.values()):
        return Repair((), minimal=False, message=NO_EFFORTS)
    search = _Search(prover, efforts)
    outcome = search.least_effort()
    if outcome == z3.unsat:
        proven = not any(prover.rules[rule_id].lists for rule_id in search.excluded_by())
        return Repair((), minimal=proven, message=NO_CHANGE if proven else NONE_FOUND)
    if outcome != z3.sat:
        return Repair((), minimal=False, message=f"{NOT_KNOWN} {TOO_LONG}")
    model = search.written_down()
    if model is None:
        return Repair((), minimal=False, message=f"{NOT_KNOWN} The solver found no example.")
    changes = [one for one in prover.facts() if not z3.is_true(model.eval(one.fact, model_completion=True))]
    verdict = prover.verdict(prover.proposal(model))
    if verdict is not Verdict.ELIGIBLE:
        return Repair((), minimal=False, message=f"{NOT_KNOWN} {not_confirmed(verdict)}")
    if not changes:
        return None
    return _repair([_change(prover, variable, model) for variable in changes], minimal=search.minimal)


class _Search:
    """The changes there are: which answers may change, the effort that each takes, and how far each is moved.

    ``effort`` is what the change that was found takes, ``moved`` how far it moves the answers: the sum of EUR, months
    and days. A core is a set of answers that cannot all stay as they are.
    """

    def __init__(self, prover: Prover, efforts: Mapping[str, int]) -> None:
        self._prover = prover
        self._solver = prover.solver(facts=False)
        self._solver.add(*[rule.passes for rule in prover.blocking])
        self._fixed: list[z3.BoolRef] = []
        self._free: dict[str, Variable] = {}
        self._efforts: dict[str, int] = {}
        self._kept: dict[str, z3.BoolRef] = {}
        self._moves: dict[str, z3.ArithRef] = {}
        self._cores: list[frozenset[str]] = []
        self.effort, self.moved, self.minimal = 0, Fraction(0), False
        for variable in prover.facts():
            name = variable.pointer
            effort = efforts.get(question_of(name), 0)
            if effort == 0:
                self._fixed.append(cast("z3.BoolRef", variable.fact))
                continue
            self._free[name], self._efforts[name] = variable, effort
            self._kept[name] = z3.Bool(f"{KEPT}{name}", prover.encoder.context)
            self._solver.add(z3.Implies(self._kept[name], variable.fact))
            if isinstance(variable.type, NumberType) or variable.type == DATE:
                by = self._way(variable)
                move = self._moves[name] = z3.Real(f"moved {name}", prover.encoder.context)
                self._solver.add(move >= by, move >= -by)
        self._solver.add(*self._fixed)

    def _way(self, variable: Variable) -> z3.ArithRef:
        """By how much an answer is another than it was, in EUR, months or days."""
        by = variable.term - cast("z3.ArithRef", variable.constant)
        scale = self._prover.encoder.scale(variable.pointer) or 1 if isinstance(variable.type, NumberType) else 1
        return (z3.ToReal(by) if by.is_int() else by) / scale

    def least_effort(self) -> z3.CheckSatResult:
        """Find the least effort with which the rules can be met; unsat where no change will do.

        The cheapest way to break every core that is known either will do, or shows another core.
        """
        cheapest = z3.Optimize(ctx=self._prover.encoder.context)
        cheapest.set("timeout", self._prover.timeout)
        for name, kept in self._kept.items():
            cheapest.add_soft(kept, str(self._efforts[name]))
        for core in self._cores:
            cheapest.add(z3.Or([z3.Not(self._kept[name]) for name in core]))
        for _ in range(MOST_ROUNDS):
            if cheapest.check() != z3.sat:
                return z3.unknown
            plan = cheapest.model()
            changed = [name for name, kept in self._kept.items() if z3.is_false(plan.eval(kept))]
            outcome = self._solver.check(*[kept for name, kept in self._kept.items() if name not in changed])
            if outcome != z3.unsat:
                return outcome
            core = frozenset(str(part).removeprefix(KEPT) for part in self._solver.unsat_core())
            if not core:
                return outcome
            self._cores.append(core)
            cheapest.add(z3.Or([z3.Not(self._kept[name]) for name in core]))
        return z3.unknown

    def excluded_by(self) -> set[str]:
        """The ids of rules that no change meets together, or of all, where that is not known."""
        prover = self._prover
        solver = prover.solver(facts=False)
        solver.add(*self._fixed)
        for rule in prover.blocking:
            solver.assert_and_track(rule.passes, rule.rule.id)
        if solver.check() != z3.unsat:
            return {rule.rule.id for rule in prover.blocking}
        return {str(part) for part in solver.unsat_core()}

    def written_down(self) -> z3.ModelRef | None:
        """The change of the least effort that moves the least, with all answers of a proposal that can be written down.

        None where none is found. ``minimal`` says whether it is proven that no other takes less, or moves less.
        """
        encoder, cores = self._prover.encoder, list(self._cores)
        for numbers in encoder.nice, encoder.writable:
            model = None
            with self._only(*self._prover.hints, *numbers.values()):
                if self.least_effort() == z3.sat:
                    model = self._least_moved(self._solver.model())
            # What makes a proposal easy to find leaves some out: these cores hold for the others only.
            self._cores = list(cores)
            if model is None:
                continue
            for _ in range(MOST_ROUNDS):
                with self._only(*[few for name, few in encoder.nice.items() if name in self._free], self._less()):
                    self.minimal = self._solver.check() == z3.unsat and numbers is encoder.nice
                if self.minimal:
                    break
                with self._only(*self._prover.hints, *numbers.values(), self._less()):
                    if self._solver.check() != z3.sat:
                        break
                    model = self._least_moved(self._solver.model())
            no_more = self._within(self.effort), self._way_of(self._moves) <= self._exact(self.moved)
            with self._only(*self._prover.hints, *numbers.values(), *no_more):
                return self._prover.with_few_items(self._solver) if self._solver.check() == z3.sat else model
        return None

    @contextmanager
    def _only(self, *conditions: z3.BoolRef) -> Iterator[None]:
        """The solver, for a while with further conditions."""
        self._solver.push()
        self._solver.add(*conditions)
        yield
        self._solver.pop()

    def _less(self) -> z3.BoolRef:
        """That a change takes less effort, or no more and moves less."""
        moves_less = self._way_of(self._moves) < self._exact(self.moved)
        return z3.Or(self._within(self.effort - 1), z3.And(self._within(self.effort), moves_less))

    def _within(self, effort: int) -> z3.BoolRef:
        """That what is changed takes no more effort."""
        if not self._kept:
            return self._prover.encoder.true
        return z3.PbLe([(z3.Not(kept), self._efforts[name]) for name, kept in self._kept.items()], effort)

    def _way_of(self, names: Iterable[str]) -> z3.ArithRef:
        none = z3.RealVal(0, self._prover.encoder.context)
        return z3.Sum([none, *[self._moves[name] for name in names if name in self._moves]])

    def _least_moved(self, model: z3.ModelRef) -> z3.ModelRef:
        """Move the answers that a model changes as little as possible."""
        same = [
            cast("z3.BoolRef", one.fact)
            for one in self._free.values()
            if z3.is_true(model.eval(one.fact, model_completion=True))
        ]
        with self._only(*same):
            way = self._way_of(self._moves)
            self.effort, self.moved = self._taken_in(model)
            low, high, step = 0, math.ceil(self.moved / CENT), 1
            while low < high:
                # The least is mostly small, and the first that is found is anything.
                middle = min(low + step, (low + high) // 2)
                outcome = self._solver.check(way <= self._exact(middle * CENT))
                if outcome == z3.sat:
                    model = self._solver.model()
                    self.effort, self.moved = self._taken_in(model)
                    high = min(middle, math.ceil(self.moved / CENT))
                elif outcome == z3.unsat:
                    low, step = middle + 1, step * 16
                else:
                    break
        return model

    def _taken_in(self, model: z3.ModelRef) -> tuple[int, Fraction]:
        """The effort that the changes of a model take, and how far they move the answers."""
        effort, moved = 0, Fraction(0)
        for name, variable in self._free.items():
            if z3.is_true(model.eval(variable.fact, model_completion=True)):
                continue
            effort += self._efforts[name]
            if name in self._moves:
                by = model.eval(self._way(variable), model_completion=True)
                moved += abs(Fraction(by.numerator_as_long(), by.denominator_as_long()))
        return effort, moved

    def _exact(self, number: Fraction) -> z3.ArithRef:
        return z3.RealVal(str(number), self._prover.encoder.context)


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
