"""One draft before the solver: the rules of its call as constraints, and the draft's answers as facts."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import z3

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Severity, Verdict
from mpfcheck.checking.wording import write_value
from mpfcheck.feel.types import DATE, NumberType
from mpfcheck.feel.values.value import lift
from mpfcheck.packs.rule import Rule, RuleScope
from mpfcheck.packs.vocabulary import proposal_record_of
from mpfcheck.proposal.answers import MistakenProposalError, answers_from
from mpfcheck.proposal.fields import Record
from mpfcheck.proposal.unfinished import OPEN
from mpfcheck.proving.encoding import (
    DEFAULT_BOUNDS,
    OTHER_BOUND,
    EncodedRule,
    Encoder,
    NotEncodableError,
    Variable,
)

__all__ = ["Prover", "longer", "not_confirmed", "plain_answers", "question_of"]

TIMEOUT = 5_000
"""How long the solver may take for one question, in milliseconds."""


class Prover:
    """One draft before the solver: the rules of its call as constraints, and the draft's answers as facts.

    Only blocking rules decide whether a draft can become eligible; ``only_blocking`` leaves out the others, ``only``
    those that it does not name. A prover is
    for one thread at a time; several provers can work in several threads.
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
        only: frozenset[str] | None = None,
    ) -> None:
        self.checker = checker
        self.answers = answers
        self.bounds = bounds
        self.timeout = timeout
        other = beside.encoder if beside else None
        self.encoder: Encoder = Encoder(
            checker.names_for_proofs, answers, bounds, other, proposal_record_of(checker.call)
        )
        self.rules: dict[str, EncodedRule] = {}
        self.left_out: dict[str, str] = {}
        for rule in checker.call.rules:
            if (only_blocking and rule.severity is not Severity.BLOCKING) or (only is not None and rule.id not in only):
                continue
            try:
                self.rules[rule.id] = self.encoder.rule(rule)
            except NotEncodableError as error:
                self.left_out[rule.id] = str(error)
        for text in _texts_in_examples(checker.call.rules):
            self.encoder.free_text(text)
        self.always = [*self.encoder.tables(), *self.encoder.limits]
        self.hints = [*self.encoder.hints, *self.encoder.known_texts()]

    @property
    def blocking(self) -> list[EncodedRule]:
        """The rules that decide the verdict, as far as they can be encoded."""
        return [rule for rule in self.rules.values() if rule.rule.severity is Severity.BLOCKING]

    @property
    def not_looked_at(self) -> tuple[str, ...]:
        """The ids of rules that decide the verdict and cannot be encoded."""
        rules = (self.checker.call.rule(rule_id) for rule_id in self.left_out)
        return tuple(
            rule.id
            for rule in rules
            if rule.severity is Severity.BLOCKING and not rule.manual and rule.scope is RuleScope.PROPOSAL
        )

    def facts(self) -> list[Variable]:
        """The variables that the draft answers."""
        return [variable for variable in self.encoder.variables.values() if variable.fact is not None]

    def solver(self, *, facts: bool = True) -> z3.Solver:
        """A solver that knows what always holds, and the draft's answers."""
        solver = z3.Solver(ctx=self.encoder.context)
        solver.set("timeout", self.timeout)
        solver.add(*self.always)
        if facts:
            solver.add(*[variable.fact for variable in self.facts()])
        return solver

    def proposal(self, model: z3.ModelRef, fields: frozenset[str] | None = None) -> dict[str, Any]:
        """The draft with the answers of a model where it has none: a proposal as it stands in a file.

        With ``fields`` only these are answered, by the names of their variables, and the items of lists among them.
        """
        whole: dict[str, Any] = plain_answers(self.answers)
        # What is found has all its items.
        whole.pop(OPEN, None)
        lengths = {
            pointer: model.eval(term, model_completion=True).as_long() for pointer, term in self.encoder.lengths.items()
        }
        lists = set()
        for pointer, length in lengths.items():
            if fields is not None and not any(name.startswith(pointer) for name in fields):
                continue
            if not _beyond(pointer, lengths):
                lists.add(pointer)
                of_records = isinstance(self.encoder.kind(f"{pointer}/0"), Record)
                _put(whole, pointer, [{} if of_records else None for _ in range(length)])
        for variable in self.encoder.variables.values():
            # An item that is a record may be empty; any other has a value.
            in_question = fields is None or variable.pointer in fields or variable.pointer.rpartition("/")[0] in lists
            if in_question and not _beyond(variable.pointer, lengths):
                _put(whole, variable.pointer, self.encoder.answered(variable, model))
        return whole

    def witness(self, conditions: Iterable[z3.BoolRef], fields: frozenset[str] | None = None) -> dict[str, Any] | None:
        """Find a proposal for which the conditions hold, with as few items as it can have; None where none is found."""
        solver = self.solver()
        solver.add(*conditions)
        return self.proposal(self.with_few_items(solver), fields) if self.find(solver) else None

    def find(self, solver: z3.Solver) -> bool:
        """Let a solver find a proposal that can be written down; whether there is one."""
        solver.add(*self.hints)
        # Nice numbers first; then any that have no more digits than a proposal may have.
        for numbers in self.encoder.nice, self.encoder.writable:
            solver.push()
            solver.add(*numbers.values())
            if solver.check() == z3.sat:
                return True
            solver.pop()
        return False

    def proposal_of(self, solver: z3.Solver, other: Prover) -> dict[str, Any]:
        """The proposal of a solver that has a model, with the fields that this or another version of a call reads."""
        for pointer, variable in other.encoder.variables.items():
            self.encoder.variables.setdefault(pointer, variable)
        self.encoder.lengths.update(other.encoder.lengths)
        return self.proposal(self.with_few_items(solver))

    def moved(self, proposal: Mapping[str, object], variable: Variable, step: int) -> dict[str, Any]:
        """The same proposal with one number moved by so many of its smallest units (cents, months)."""
        whole: dict[str, Any] = plain_answers(proposal)
        *above, last = variable.pointer.split("/")[1:]
        at: Any = whole
        for part in above:
            at = at[int(part)] if isinstance(at, list) else at[part]
        # As many decimals as the number has: a cent more, or a month.
        number = Decimal(str(at[last]))
        moved = number + step * Decimal(1).scaleb(int(number.as_tuple().exponent))
        at[last] = str(moved) if isinstance(at[last], str) else int(moved)
        return whole

    def with_few_items(self, solver: z3.Solver) -> z3.ModelRef:
        """A model of a solver that has one, in which lists are short."""
        model = solver.model()
        for length in self.encoder.lengths.values():
            most = model.eval(length, model_completion=True).as_long()
            for few in range(most):
                if solver.check(length <= few) == z3.sat:
                    model, most = solver.model(), few
                    break
            # Shortening another list must not make this one longer again.
            solver.add(length <= most)
        return model

    def verdict(self, proposal: Mapping[str, object]) -> Verdict:
        """What check says of a proposal that the solver found."""
        try:
            return self.checker.verdict(answers_from(proposal))
        except MistakenProposalError:
            return Verdict.INVALID

    def in_words(self, variable: Variable, value: object) -> str:
        """An answer to the question of a variable, for people."""
        raw = Decimal(str(value)) if isinstance(variable.type, NumberType) else value
        if variable.type == DATE and isinstance(raw, str):
            raw = date.fromisoformat(raw)
        return write_value(lift(raw, variable.type, variable.pointer), variable.type, self.checker.call.label)


def not_confirmed(verdict: Verdict) -> str:
    """What to say where check does not confirm a proposal that the solver found."""
    return f"The check does not confirm what the solver found ({verdict}). This is a fault in mpfcheck."


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


def question_of(pointer: str) -> str:
    """The question behind a place: its pointer without the numbers of items."""
    return "/" + "/".join(part for part in pointer.split("/")[1:] if not part.isdigit())


def plain_answers(value: object) -> Any:
    """A value as it stands in a proposal: amounts and dates as texts."""
    if isinstance(value, Mapping):
        return {name: plain_answers(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [plain_answers(item) for item in value]
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


def _put(whole: Any, pointer: str, value: object) -> None:
    """Put a value at a place where nothing is answered."""
    *above, last = pointer.split("/")[1:]
    at = whole
    for part in above:
        at = at[int(part)] if isinstance(at, list) else at.setdefault(part, {})
    held = at[int(last)] if isinstance(at, list) else at.get(last)
    if isinstance(value, list) and isinstance(held, list):
        # An open list has these items and more.
        held += value[len(held) :]
    elif isinstance(at, list):
        at[int(last)] = value
    elif at.get(last) is None or not isinstance(value, list):
        at[last] = value
