"""What rules allow in the place of an answer that they exclude: the most, the least, or the choices that are left.

The limits come from the rules as the solver reads them, so they are those of whatever call it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import z3

from mpfcheck.checking.wording import field_in_words
from mpfcheck.feel.types import DATE, NumberType, TextType
from mpfcheck.proving.encoding import EncodedRule, Variable
from mpfcheck.proving.prover import Prover

__all__ = ["limit_in_words"]

MOST_CHOICES = 8
"""How many codes a sentence may name."""


def limit_in_words(prover: Prover, rules: Sequence[EncodedRule], answers: Sequence[Variable]) -> str:
    """Say what these rules allow in the place of one of the answers that they exclude together; empty if not known."""
    for variable in answers:
        others = [one for one in answers if one is not variable]
        solver = prover.solver(facts=False)
        solver.add(*[rule.passes for rule in rules], *[one.fact for one in others])
        if isinstance(variable.type, NumberType) and prover.encoder.scale(variable.pointer) is None:
            # There is no next smaller one: the limit would be a number that nobody can write down.
            continue
        if variable.type == DATE or (isinstance(variable.type, NumberType) and variable.type.unit):
            sentence = _limit(prover, variable, solver, rules, others)
        elif isinstance(variable.type, TextType):
            sentence = _choices_left(prover, variable, solver, others)
        else:
            continue
        if sentence:
            return sentence
    return ""


def _limit(
    prover: Prover, variable: Variable, solver: z3.Solver, rules: Sequence[EncodedRule], others: Sequence[Variable]
) -> str:
    """The most or the least that is allowed in the place of a number: for each choice, where it depends on one."""
    if solver.check(variable.term < variable.constant) == z3.sat:
        much, words = True, ("the most", "The most for each")
    elif solver.check(variable.term > variable.constant) == z3.sat:
        much, words = False, ("the least", "The least for each")
    else:
        return ""
    named = f"{prover.in_words(variable, variable.answer)} ({field_in_words(variable.pointer)})"
    choice = _choice(prover, rules)
    if choice is not None:
        parts = []
        for code in _possible(prover, choice, solver):
            solver.push()
            solver.add(choice.term == prover.encoder.code(code))
            limit = _furthest(prover, variable, solver, most=much)
            solver.pop()
            if limit:
                parts.append(f"{prover.in_words(choice, code)} {limit}")
        if parts:
            return f"No {field_in_words(choice.pointer)} allows {named}. {words[1]}: {', '.join(parts)}."
    limit = _furthest(prover, variable, solver, most=much)
    if not limit:
        return ""
    return f"{named} is too {'much' if much else 'little'}{_beside(prover, others)}: {words[0]} is {limit}."


def _beside(prover: Prover, others: Sequence[Variable]) -> str:
    conditions = " and ".join(f"{prover.in_words(one, one.answer)} ({field_in_words(one.pointer)})" for one in others)
    return f" with {conditions}" if conditions else ""


def _furthest(prover: Prover, variable: Variable, solver: z3.Solver, *, most: bool) -> str:
    """The most or the least that the solver allows for a number, in words; empty where it is not known."""
    best = z3.Optimize(ctx=prover.encoder.context)
    best.set("timeout", prover.timeout)
    best.add(*solver.assertions())
    # The limit is on this side of the answer: the other side may have none.
    best.add(variable.term < variable.constant if most else variable.term > variable.constant)
    (best.maximize if most else best.minimize)(variable.term)
    if best.check() != z3.sat:
        return ""
    limit = prover.encoder.answered(variable, best.model())
    return prover.in_words(variable, limit)


def _choice(prover: Prover, rules: Sequence[EncodedRule]) -> Variable | None:
    """The one question with codes that these rules read and the draft does not answer; None for several or none."""
    read = set().union(*(prover.encoder.fields_in(rule.passes) for rule in rules))
    found = [
        one
        for one in prover.encoder.variables.values()
        if one.pointer in read
        and one.fact is None
        and isinstance(one.type, TextType)
        and not any(part.isdigit() for part in one.pointer.split("/"))
    ]
    return found[0] if len(found) == 1 else None


def _possible(prover: Prover, choice: Variable, solver: z3.Solver) -> list[str]:
    """The codes that the solver allows in the place of an answer; none where they are too many for a sentence."""
    found: list[str] = []
    solver.push()
    while solver.check() == z3.sat:
        code = prover.encoder.answered(choice, solver.model())
        if not isinstance(code, str) or not prover.encoder.is_code(code) or len(found) == MOST_CHOICES:
            found = []
            break
        found.append(code)
        solver.add(choice.term != prover.encoder.code(code))
    solver.pop()
    return sorted(found)


def _choices_left(prover: Prover, variable: Variable, solver: z3.Solver, others: Sequence[Variable]) -> str:
    possible = _possible(prover, variable, solver)
    if not possible:
        return ""
    named = f"{prover.in_words(variable, variable.answer)} ({field_in_words(variable.pointer)})"
    listed = ", ".join(prover.in_words(variable, code) for code in possible)
    return f"{named} is not possible{_beside(prover, others)}. Possible: {listed}."
