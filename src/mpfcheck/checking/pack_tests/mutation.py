"""Mutation: small changes made to a call, one at a time, and those that none of its examples notices."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from mpfcheck.checking.pack_tests.bench import Bench, cases
from mpfcheck.feel.study.dependencies import names_used
from mpfcheck.feel.study.mutants import mutants, step_of
from mpfcheck.feel.syntax.tree import Expression
from mpfcheck.frozen import Frozen, changed
from mpfcheck.packs.call import Call, CodeList, DatedValue, Equivalent, Parameter, ParameterValue
from mpfcheck.packs.mistake import Place
from mpfcheck.packs.rule import Rule
from mpfcheck.packs.template import Condition
from mpfcheck.packs.vocabulary import vocabulary_of

__all__ = [
    "CODE_LIST",
    "DEFINITION",
    "PARAMETER",
    "Mutation",
    "Outdated",
    "PackChange",
    "call_mutants",
    "mutate",
    "rule_mutants",
]


DEFINITION, PARAMETER, CODE_LIST = "definition", "parameter", "code list"
"""What is changed that rules share."""


class PackChange(Frozen):
    """What was changed, in words, and where: in the entry ``key`` of a rule, a definition, a parameter or a code list.

    ``owner`` is the id or name of that; it is a rule's where ``key`` is ``for each``, ``when``, ``require``, ``doubt``
    or ``note``.
    """

    owner: str
    key: str
    words: str
    place: Place


def rule_mutants(call: Call, rule: Rule) -> Iterator[tuple[Rule, PackChange]]:
    """Every mutant of a rule of a call, with what was changed."""
    vocabulary = vocabulary_of(call)
    for key, condition in rule.conditions():
        if key in ("when", "doubt", "note"):
            yield changed(rule, **{key: None}), PackChange(rule.id, key, f'"{key}" left out', condition.place)
        for mutant in mutants(condition.tree, vocabulary.check(rule, condition).type_of):
            change = PackChange(rule.id, key, mutant.change, condition.place_at(mutant.span.start))
            yield _with(rule, key, condition, mutant.tree), change


def _with(rule: Rule, key: str, condition: Condition, tree: Expression) -> Rule:
    other = Condition(condition.text, tree, condition.place)
    if key == "note" and rule.note:
        return changed(rule, note=changed(rule.note, when=other))
    return changed(rule, **{key.replace(" ", "_"): other})


CENT = Decimal("0.01")
ONE_DAY = timedelta(1)


def call_mutants(call: Call) -> Iterator[tuple[Call, PackChange]]:
    """Every mutant of what the rules of a call share, with what was changed."""
    yield from _definitions(call)
    for parameter in call.parameters.values():
        for other, change in _parameters(parameter):
            yield changed(call, parameters={**call.parameters, parameter.name: other}), change
    for code_list in call.code_lists.values():
        for shorter, change in _code_lists(code_list):
            yield changed(call, code_lists={**call.code_lists, code_list.id: shorter}), change


def _definitions(call: Call) -> Iterator[tuple[Call, PackChange]]:
    for name, definition in call.definitions.items():
        condition = definition.condition
        for mutant in mutants(condition.tree, vocabulary_of(call).definitions[name].type_of):
            other = changed(definition, condition=Condition(condition.text, mutant.tree, condition.place))
            change = PackChange(name, DEFINITION, mutant.change, condition.place_at(mutant.span.start))
            yield changed(call, definitions={**call.definitions, name: other}), change


def _parameters(parameter: Parameter) -> Iterator[tuple[Parameter, PackChange]]:
    for number, dated in enumerate(parameter.values):
        for other, words in _values(parameter, dated, changes_day=number > 0):
            values = (*parameter.values[:number], other, *parameter.values[number + 1 :])
            yield changed(parameter, values=values), PackChange(parameter.name, PARAMETER, words, dated.place)


def _values(parameter: Parameter, dated: DatedValue, *, changes_day: bool) -> Iterator[tuple[DatedValue, str]]:
    """Another value from the same day, and the same value from another day.

    The day of a first value is left alone: it says since when anything is known, and is no limit of the call.
    """
    for value in _near(dated.value, parameter.unit):
        words = f"{_shown(dated.value)} becomes {_shown(value)} (from {dated.since})"
        yield changed(dated, value=value), words
    for since in (dated.since - ONE_DAY, dated.since + ONE_DAY) if changes_day else ():
        yield changed(dated, since=since), f"{_shown(dated.value)} holds from {since}, not {dated.since}"


def _near(value: ParameterValue, unit: str | None) -> Iterator[ParameterValue]:
    match value:
        case bool():
            yield not value
        case Decimal():
            step = min(step_of(value), CENT) if unit == "EUR" else step_of(value)
            yield from (value + step, value - step)
        case date():
            yield from (value + ONE_DAY, value - ONE_DAY)
        case str():
            yield f"{value}?"


def _shown(value: ParameterValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else f"{value}"


def _code_lists(code_list: CodeList) -> Iterator[tuple[CodeList, PackChange]]:
    """A list without one of its codes, or with a candidate taken for a member."""
    for member in code_list.members:
        rest = tuple(other for other in code_list.members if other is not member)
        change = PackChange(code_list.id, CODE_LIST, f"{member.code} left out of the members", member.place)
        yield changed(code_list, members=rest), change
    for candidate in code_list.candidates:
        rest = tuple(other for other in code_list.candidates if other is not candidate)
        change = PackChange(code_list.id, CODE_LIST, f"{candidate.code} left out of the candidates", candidate.place)
        yield changed(code_list, candidates=rest), change
        taken = changed(code_list, members=(*code_list.members, candidate))
        change = PackChange(
            code_list.id, CODE_LIST, f"the candidate {candidate.code} taken for a member", candidate.place
        )
        yield changed(taken, candidates=rest), change


class Mutation(Frozen):
    """How many changes were tried, and what became of those that no example noticed.

    ``equivalent`` are those of which the call says why they change nothing, with that reason; ``unnoticed`` all others.
    ``outdated`` are what the call says of changes that an example notices after all, or that are not tried any more.
    """

    tried: int
    unnoticed: tuple[PackChange, ...]
    equivalent: tuple[tuple[PackChange, str], ...] = ()
    outdated: tuple[Outdated, ...] = ()

    @property
    def noticed(self) -> int:
        """How many changes an example noticed."""
        return self.tried - len(self.unnoticed) - len(self.equivalent)


class Outdated(Frozen):
    """A change that a call says changes nothing, though an example notices it, or nobody tries it."""

    equivalent: Equivalent
    words: str


def mutate(call: Call, rules: Collection[str] = ()) -> Mutation:
    """Change the rules of a call and what they share, or only the rules of these ids, and run the examples each time.

    A rule's examples notice what is changed in the rule; what rules share is noticed by the examples of any rule that
    uses it. An example notices a change where the rule would no longer say what the example expects.
    """
    own = {rule.id: tuple(cases(call, rule)) for rule in call.rules}
    tried = 0
    unnoticed: list[PackChange] = []
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


def _sorted_out(call: Call, tried: int, unnoticed: Sequence[PackChange], rules: Collection[str]) -> Mutation:
    """Tell the changes apart that the call says change nothing."""
    reasons = {(equivalent.of, words): equivalent.why for equivalent in call.equivalent for words in equivalent.changes}
    found = {(change.owner, change.words) for change in unnoticed}
    outdated = (
        Outdated(equivalent, words)
        for equivalent in call.equivalent
        for words in equivalent.changes
        if (not rules or equivalent.of in rules) and (equivalent.of, words) not in found
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
