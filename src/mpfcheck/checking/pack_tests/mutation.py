"""Mutation: small changes made to a call, one at a time, and those that none of its examples notices."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from mpfcheck.checking.pack_tests.bench import Bench, cases
from mpfcheck.checking.pack_tests.call_mutants import call_mutants
from mpfcheck.checking.pack_tests.change import Change
from mpfcheck.checking.pack_tests.rule_mutants import rule_mutants
from mpfcheck.feel.depend import names_used
from mpfcheck.frozen import Frozen
from mpfcheck.packs.call import Call, Equivalent
from mpfcheck.packs.rule import Rule

__all__ = ["Mutation", "Outdated", "mutate"]


class Mutation(Frozen):
    """How many changes were tried, and what became of those that no example noticed.

    ``equivalent`` are those of which the call says why they change nothing, with that reason; ``unnoticed`` all others.
    ``outdated`` are what the call says of changes that an example notices after all, or that are not tried any more.
    """

    tried: int
    unnoticed: tuple[Change, ...]
    equivalent: tuple[tuple[Change, str], ...] = ()
    outdated: tuple[Outdated, ...] = ()

    @property
    def noticed(self) -> int:
        """How many changes an example noticed."""
        return self.tried - len(self.unnoticed) - len(self.equivalent)


class Outdated(Frozen):
    """A change that a call says changes nothing, though an example notices it, or nobody tries it."""

    said: Equivalent
    words: str


def mutate(call: Call, rules: Collection[str] = ()) -> Mutation:
    """Change the rules of a call and what they share, or only the rules of these ids, and run the examples each time.

    A rule's examples notice what is changed in the rule; what rules share is noticed by the examples of any rule that
    uses it. An example notices a change where the rule would no longer say what the example expects.
    """
    own = {rule.id: tuple(cases(call, rule)) for rule in call.rules}
    tried = 0
    unnoticed: list[Change] = []
    bench = Bench(call)
    for rule in call.rules:
        if rules and rule.id not in rules:
            continue
        for mutant, change in rule_mutants(call, rule):
            tried += 1
            if bench.noticed_by([(mutant, own[rule.id])]) is None:
                unnoticed.append(change)
    if not rules:
        using = _rules_using(call)
        for changed_call, change in call_mutants(call):
            if not using[change.owner]:
                # Lint finds what nobody uses; a code list may be there for a field of the annex alone.
                continue
            tried += 1
            if Bench(changed_call).noticed_by([(rule, own[rule.id]) for rule in using[change.owner]]) is None:
                unnoticed.append(change)
    return _sorted_out(call, tried, unnoticed, rules)


def _sorted_out(call: Call, tried: int, unnoticed: Sequence[Change], rules: Collection[str]) -> Mutation:
    """Tell the changes apart that the call says change nothing."""
    reasons = {(said.of, words): said.why for said in call.equivalent for words in said.changes}
    found = {(change.owner, change.words) for change in unnoticed}
    outdated = (
        Outdated(said, words)
        for said in call.equivalent
        for words in said.changes
        if (not rules or said.of in rules) and (said.of, words) not in found
    )
    return Mutation(
        tried,
        tuple(change for change in unnoticed if (change.owner, change.words) not in reasons),
        tuple((change, reasons[key]) for change in unnoticed if (key := (change.owner, change.words)) in reasons),
        tuple(outdated),
    )


def _rules_using(call: Call) -> Mapping[str, list[Rule]]:
    """The rules whose conditions use a shared name, directly or through definitions."""
    inside = {name: names_used(definition.condition.tree) for name, definition in call.definitions.items()}
    found: dict[str, list[Rule]] = {name: [] for name in (*call.parameters, *call.definitions, *call.code_lists)}
    for rule in call.rules:
        used: set[str] = set()
        fresh = set().union(*(names_used(condition.tree) for _, condition in rule.conditions()))
        while fresh:
            used |= fresh
            fresh = {other for name in fresh if name in inside for other in inside[name]} - used
        for name in used & found.keys():
            found[name].append(rule)
    return found
