"""What is certain of a draft already: whether any way of answering the rest can still make it eligible, and what would.

Each rule alone says what it can; here the blocking rules are asked together. Every proposal the solver finds is checked
like any other before anything is said of it, and a question the solver does not answer in time is not known, never no.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

import z3

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Severity, Verdict
from mpfcheck.checking.wording import field_in_words, write_value
from mpfcheck.feel.types import DATE, MONEY, NumberType
from mpfcheck.feel.values.value import lift
from mpfcheck.frozen import Frozen
from mpfcheck.packs.rule import Rule
from mpfcheck.proposal.answers import answers_from
from mpfcheck.proving.encoding import (
    DEFAULT_BOUNDS,
    OTHER_BOUND,
    EncodedRule,
    Encoder,
    NotEncodableError,
    Variable,
)

__all__ = ["Answered", "Change", "Outlook", "Prover", "Repair", "longer", "names_in"]

TOO_SHORT = "We do not know whether this proposal can become eligible. With lists up to the lengths shown, it cannot."

TOO_LONG = "We do not know whether this proposal can become eligible. It took too long to find out."

REPAIR_TOO_LONG = "We do not know the smallest change. It took too long to find."

TIMEOUT = 5_000
"""How long the solver may take for one question, in milliseconds."""

FIXED = 0
"""The effort of what cannot be changed: what an organisation is, what was declared, what is already done."""

EFFORTS: Mapping[str, int] = {
    "budget/total": 1,
    "budget/lines/amount": 2,
    "financing/grant_requested": 1,
    "financing/contributions/amount": 1,
    "duration_months": 2,
    "start_date": 2,
    "fund": 5,
    "strand": 5,
}
"""What it takes to change an answer, by its pointer without numbers; what is not named is fixed."""


class Answered(Frozen):
    """An answer of the draft: where it stands, and the value in words."""

    pointer: str
    value: str


class Change(Frozen):
    """A change of one answer, with the old and the new value as they stand in a proposal, and in words."""

    pointer: str
    old: object
    new: object
    old_in_words: str
    new_in_words: str


class Outlook(Frozen):
    """Whether a draft can still become eligible.

    ``eligible_possible`` is None where it is not known. Where it is False, ``because`` are the ids of rules that cannot
    all be met together with ``answers``, and ``review_possible`` says whether manual review can still be reached.
    ``bounds`` are the lengths up to which lists that are not answered were looked at, by pointer; ``left_out`` are the
    rules that no solver can read, with the reason. ``deciding`` are the questions that can still decide, the ones of
    most rules first; ``idle`` those that no longer matter to a blocking rule.
    """

    eligible_possible: bool | None
    message: str
    because: tuple[str, ...] = ()
    answers: tuple[Answered, ...] = ()
    review_possible: bool | None = None
    bounds: tuple[tuple[str, int], ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    deciding: tuple[tuple[str, tuple[str, ...]], ...] = ()
    idle: tuple[str, ...] = ()


class Repair(Frozen):
    """The smallest change of answers that makes a draft eligible, or lets it become so; ``minimal`` where proven."""

    changes: tuple[Change, ...]
    minimal: bool
    message: str


class Prover:
    """One draft before the solver: the rules of its call as constraints, and the draft's answers as facts.

    Only blocking rules decide whether a draft can become eligible; ``only_blocking`` leaves out the others.
    """

    def __init__(
        self,
        checker: Checker,
        answers: Mapping[str, object],
        *,
        bounds: Mapping[str, int] = DEFAULT_BOUNDS,
        timeout: int = TIMEOUT,
        beside: Prover | None = None,
        only_blocking: bool = True,
    ) -> None:
        self.checker = checker
        self.answers = answers
        self.bounds = bounds
        self.timeout = timeout
        other = beside.encoder if beside else None
        self.encoder: Encoder = Encoder(checker.names_for_proofs, answers, bounds, other)
        self.rules: dict[str, EncodedRule] = {}
        self.left_out: dict[str, str] = {}
        for rule in checker.call.rules:
            if only_blocking and rule.severity is not Severity.BLOCKING:
                continue
            try:
                self.rules[rule.id] = self.encoder.rule(rule)
            except NotEncodableError as error:
                self.left_out[rule.id] = str(error)
        for text in _texts_in_examples(checker.call.rules):
            self.encoder.code(text)
        self.always = [*self.encoder.tables(), *self.encoder.limits]
        self.hints = [*self.encoder.hints, *self.encoder.known_texts()]

    @property
    def blocking(self) -> list[EncodedRule]:
        """The rules that decide the verdict, as far as they can be encoded."""
        return [rule for rule in self.rules.values() if rule.rule.severity is Severity.BLOCKING]

    def facts(self) -> list[Variable]:
        """The variables that the draft answers."""
        return [variable for variable in self.encoder.variables.values() if variable.fact is not None]

    def solver(self, *, facts: bool = True) -> z3.Solver:
        """A solver that knows what always holds, and the draft's answers."""
        solver = z3.Solver()
        solver.set("timeout", self.timeout)
        solver.add(*self.always)
        if facts:
            solver.add(*[variable.fact for variable in self.facts()])
        return solver

    def proposal(self, model: z3.ModelRef, fields: frozenset[str] | None = None) -> dict[str, Any]:
        """The draft with the answers of a model where it has none: a proposal as it stands in a file.

        With ``fields`` only these are answered, by the names of their variables.
        """
        whole: dict[str, Any] = _plain(self.answers)
        lengths = {
            pointer: model.eval(term, model_completion=True).as_long() for pointer, term in self.encoder.lengths.items()
        }
        for pointer, length in lengths.items():
            if fields is not None and not any(name.startswith(pointer) for name in fields):
                continue
            if not _beyond(pointer, lengths):
                _put(whole, pointer, [{} if _holds_records(pointer, self.encoder) else None for _ in range(length)])
        for variable in self.encoder.variables.values():
            wanted = fields is None or variable.pointer in fields
            if wanted and not _beyond(variable.pointer, lengths):
                _put(whole, variable.pointer, self.encoder.answered(variable, model))
        return whole

    def witness(self, conditions: Iterable[z3.BoolRef], fields: frozenset[str] | None = None) -> dict[str, Any] | None:
        """Find a proposal for which the conditions hold, with as few items as it can have; None where none is found."""
        solver = self.solver()
        solver.add(*self.hints, *conditions)
        if solver.check() != z3.sat:
            return None
        return self.proposal(self._with_few_items(solver), fields)

    def proposal_of(self, solver: z3.Solver, other: Prover) -> dict[str, Any]:
        """The proposal of a solver that has a model, with the fields that this or another version of a call reads."""
        for pointer, variable in other.encoder.variables.items():
            self.encoder.variables.setdefault(pointer, variable)
        self.encoder.lengths.update(other.encoder.lengths)
        return self.proposal(self._with_few_items(solver))

    def changed(self, proposal: Mapping[str, object], variable: Variable, step: int) -> dict[str, Any]:
        """The same proposal with one number moved by so many of its smallest units (cents, months)."""
        money = variable.type == MONEY
        whole: dict[str, Any] = _plain(proposal)
        *above, last = variable.pointer.split("/")[1:]
        at: Any = whole
        for part in above:
            at = at[int(part)] if isinstance(at, list) else at[part]
        moved = Decimal(str(at[last])) + step * (Decimal("0.01") if money else Decimal(1))
        at[last] = str(moved) if money else int(moved)
        return whole

    def _with_few_items(self, solver: z3.Solver) -> z3.ModelRef:
        """A model of a solver that has one, in which lists are short."""
        model = solver.model()
        for length in self.encoder.lengths.values():
            for few in range(model.eval(length, model_completion=True).as_long()):
                if solver.check(length <= few) == z3.sat:
                    model = solver.model()
                    solver.add(length <= few)
                    break
        return model

    def verdict(self, proposal: Mapping[str, object]) -> Verdict:
        """What check says of a proposal that the solver found."""
        return self.checker.verdict(answers_from(proposal))

    def outlook(self) -> Outlook:
        """Tell whether the draft can still become eligible, and why not; which questions can still decide."""
        common: dict[str, Any] = {
            "bounds": tuple(sorted(self.encoder.bounds_used.items())),
            "left_out": tuple(self.left_out.items()),
        }
        solver = self.solver(facts=False)
        assumed: dict[str, str] = {}
        for variable in self.facts():
            assumed[f"answer {variable.pointer}"] = variable.pointer
            solver.assert_and_track(variable.fact, f"answer {variable.pointer}")
        for rule in self.blocking:
            solver.assert_and_track(rule.passes, f"rule {rule.rule.id}")
        solver.set(**{"core.minimize": True})
        outcome = solver.check()
        if outcome == z3.sat:
            found = self.witness(rule.passes for rule in self.blocking)
            if found is None:
                return Outlook(None, TOO_LONG, **common)
            verdict = self.verdict(found)
            if verdict is Verdict.ELIGIBLE:
                deciding, idle = self._questions()
                message = "This proposal can still become eligible."
                return Outlook(eligible_possible=True, message=message, deciding=deciding, idle=idle, **common)
            return Outlook(None, _not_known(verdict, self.left_out), **common)
        if outcome != z3.unsat:
            return Outlook(None, TOO_LONG, **common)
        core = [str(part) for part in solver.unsat_core()]
        excluded = [rule for rule in self.blocking if f"rule {rule.rule.id}" in core]
        rules = tuple(rule.rule.id for rule in excluded)
        if any(rule.lists for rule in excluded):
            if self.bounds is DEFAULT_BOUNDS:
                # Perhaps only the lists were too short.
                return Prover(self.checker, self.answers, bounds=longer(self.bounds), timeout=self.timeout).outlook()
            return Outlook(None, f"{TOO_SHORT} The rules: {', '.join(rules)}.", because=rules, **common)
        pointers = [assumed[part] for part in core if part in assumed]
        answers = tuple(self._answer(self.encoder.variables[pointer]) for pointer in sorted(pointers))
        review = self._review_possible()
        return Outlook(
            eligible_possible=False,
            message=self._impossible(rules, answers, review),
            because=rules,
            answers=answers,
            review_possible=review,
            **common,
        )

    def _review_possible(self) -> bool | None:
        solver = self.solver()
        solver.add(*[z3.Not(rule.fails) for rule in self.blocking])
        if solver.check() == z3.unsat:
            return False
        found = self.witness(z3.Not(rule.fails) for rule in self.blocking)
        return True if found is not None and self.verdict(found) is Verdict.REVIEW else None

    def _impossible(self, rules: Sequence[str], answers: Sequence[Answered], review: bool | None) -> str:
        call = self.checker.call
        titles = _listed([f"{rule} ({call.rule(rule).title})" for rule in rules])
        given = _listed([f"{_name(answer.pointer)}: {answer.value}" for answer in answers])
        end = " It can still come to manual review." if review else ""
        together = " together" if len(rules) > 1 else ""
        with_answers = f" with {'this answer' if len(answers) == 1 else 'these answers'}: {given}." if answers else "."
        return (
            "Whatever else you answer, this proposal cannot become eligible. "
            f"It cannot meet {titles}{together}{with_answers}{end}"
        )

    def _questions(self) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], tuple[str, ...]]:
        """The unanswered questions that can still decide a blocking rule, with those rules, and those that cannot."""
        solver = self.solver()
        open_rules = [rule for rule in self.blocking if solver.check(z3.Not(rule.passes)) != z3.unsat]
        names = {variable.term.decl().name(): variable for variable in self.encoder.variables.values()}
        deciding: dict[str, list[str]] = {}
        for rule in open_rules:
            for name in names_in(z3.simplify(rule.passes)):
                variable = names.get(name)
                if variable is not None and variable.fact is None:
                    deciding.setdefault(_question(variable.pointer), []).append(rule.rule.id)
                elif name.endswith("#"):
                    deciding.setdefault(name.removesuffix("#"), []).append(rule.rule.id)
        most_first = sorted(deciding.items(), key=lambda item: (-len(set(item[1])), item[0]))
        # A product stands for its two factors.
        factors = {name for hint in self.encoder.hints for name in names_in(hint)}
        unanswered = {_question(one.pointer) for name, one in names.items() if one.fact is None and name not in factors}
        idle = tuple(sorted(unanswered - deciding.keys()))
        return tuple((pointer, tuple(dict.fromkeys(rules))) for pointer, rules in most_first), idle

    def repair(self, efforts: Mapping[str, int] = EFFORTS) -> Repair | None:
        """Find the smallest change of the draft's answers after which it can be eligible; None where nothing is needed.

        ``efforts`` says what changing an answer takes; answers without one stay as they are. The change with the least
        effort is found, and of those the one that moves the least money.
        """
        if self.verdict(self.answers) is Verdict.ELIGIBLE:
            return None
        solver = self.solver(facts=False)
        solver.add(*self.hints, *[rule.passes for rule in self.blocking])
        flags: list[tuple[z3.BoolRef, int]] = []
        moves = []
        for variable in self.facts():
            fact = cast("z3.BoolRef", variable.fact)
            effort = efforts.get(_question(variable.pointer).removeprefix("/"), FIXED)
            if effort == FIXED:
                solver.add(fact)
                continue
            flags.append((z3.Not(fact), effort))
            if isinstance(variable.type, NumberType) or variable.type == DATE:
                old = variable.constant
                moves.append(z3.If(variable.term >= old, variable.term - old, old - variable.term))
        outcome = solver.check()
        if outcome == z3.unsat:
            message = "No change of the answers that can be changed makes this proposal eligible."
            return Repair((), minimal=True, message=message)
        if outcome != z3.sat:
            return Repair((), minimal=False, message=REPAIR_TOO_LONG)
        minimal = self._least(solver, z3.Sum([z3.If(flag, effort, 0) for flag, effort in flags])) if flags else True
        minimal &= self._least(solver, z3.Sum(moves)) if moves else True
        solver.check()
        model = self._with_few_items(solver)
        verdict = self.verdict(self.proposal(model))
        changes = tuple(
            self._change(variable, model)
            for variable in self.facts()
            if not z3.is_true(model.eval(variable.fact, model_completion=True))
        )
        if verdict is not Verdict.ELIGIBLE:
            return Repair((), minimal=False, message=_not_known(verdict, self.left_out))
        if not changes:
            return None
        words = "; ".join(f"{_name(one.pointer)}: {one.new_in_words} instead of {one.old_in_words}" for one in changes)
        return Repair(changes, minimal=minimal, message=f"The smallest change that would do: {words}.")

    def _least(self, solver: z3.Solver, number: z3.ArithRef) -> bool:
        """Keep a number as small as it can be; False where the solver did not find out in time."""
        high = _whole(solver.model().eval(number, model_completion=True))
        low = 0
        while low < high:
            middle = (low + high) // 2
            outcome = solver.check(number <= middle)
            if outcome == z3.sat:
                high = min(middle, _whole(solver.model().eval(number, model_completion=True)))
            elif outcome == z3.unsat:
                low = middle + 1
            else:
                solver.add(number <= high)
                solver.check()
                return False
        solver.add(number <= high)
        return bool(solver.check() == z3.sat)

    def _change(self, variable: Variable, model: z3.ModelRef) -> Change:
        new = self.encoder.answered(variable, model)
        old = _plain(variable.answer)
        return Change(variable.pointer, old, new, self._in_words(variable, old), self._in_words(variable, new))

    def _answer(self, variable: Variable) -> Answered:
        return Answered(variable.pointer, self._in_words(variable, variable.answer))

    def _in_words(self, variable: Variable, value: object) -> str:
        raw = Decimal(str(value)) if isinstance(variable.type, NumberType) else value
        if variable.type == DATE and isinstance(raw, str):
            raw = date.fromisoformat(raw)
        return write_value(lift(raw, variable.type, variable.pointer), variable.type, self.checker.call.label)


def longer(bounds: Mapping[str, int]) -> dict[str, int]:
    """Bounds for a second look: three times as long."""
    return {pointer: 3 * most for pointer, most in bounds.items()} | {"": 3 * OTHER_BOUND}


def _texts_in_examples(rules: Iterable[Rule]) -> set[str]:
    """The texts that the examples of rules answer with: those that matter to conditions on texts."""
    found: set[str] = set()
    waiting: list[object] = [example.given for rule in rules for example in rule.examples]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, Mapping):
            waiting += value.values()
        elif isinstance(value, list | tuple):
            waiting += value
    return found


def _whole(value: z3.ExprRef) -> int:
    """A number of a model, rounded up."""
    if z3.is_int_value(value):
        return int(value.as_long())
    return -(-int(value.numerator_as_long()) // int(value.denominator_as_long()))


def names_in(term: z3.ExprRef) -> set[str]:
    """The names of the variables in a term."""
    found: set[str] = set()
    waiting, seen = [term], set()
    while waiting:
        part = waiting.pop()
        if part.get_id() in seen:
            continue
        seen.add(part.get_id())
        if z3.is_const(part) and part.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            found.add(part.decl().name())
        waiting += part.children()
    return found


def _plain(value: object) -> Any:
    """A value as it stands in a proposal: amounts and dates as texts."""
    if isinstance(value, Mapping):
        return {name: _plain(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return copy.copy(value)


def _beyond(pointer: str, lengths: Mapping[str, int]) -> bool:
    """Tell whether a place is in an item beyond the length of its list."""
    for list_pointer, length in lengths.items():
        rest = pointer.removeprefix(f"{list_pointer}/")
        if rest != pointer and int(rest.partition("/")[0]) >= length:
            return True
    return False


def _holds_records(pointer: str, encoder: Encoder) -> bool:
    return any(one.startswith(f"{pointer}/0/") for one in encoder.variables)


def _put(whole: Any, pointer: str, value: object) -> None:
    """Put a value at a place where nothing is answered."""
    *above, last = pointer.split("/")[1:]
    at = whole
    for part in above:
        at = at[int(part)] if isinstance(at, list) else at.setdefault(part, {})
    if isinstance(at, list):
        at[int(last)] = value
    elif at.get(last) is None or not isinstance(value, list):
        at[last] = value


def _question(pointer: str) -> str:
    """The question behind a place: its pointer without the numbers of items."""
    return "/" + "/".join(part for part in pointer.split("/")[1:] if not part.isdigit())


def _name(pointer: str) -> str:
    words = field_in_words(pointer)
    return words[:1].upper() + words[1:]


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def _not_known(verdict: Verdict, left_out: Mapping[str, str]) -> str:
    rules = f" These rules are not looked at: {', '.join(left_out)}." if left_out else ""
    return f"We do not know whether this proposal can become eligible. The answers found are {verdict}.{rules}"
