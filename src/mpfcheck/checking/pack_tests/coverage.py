"""Coverage: which parts of its conditions the examples of a call never decide one way or the other."""

from __future__ import annotations

from collections.abc import Iterable

from mpfcheck.checking.pack_tests.bench import Bench, cases
from mpfcheck.feel.check.expression import CheckedExpression
from mpfcheck.feel.study.watch import Watched, watch
from mpfcheck.feel.syntax.tree import Boolean
from mpfcheck.feel.types import BOOLEAN
from mpfcheck.frozen import Frozen, changed
from mpfcheck.packs.call import Call, Definition
from mpfcheck.packs.mistake import Place
from mpfcheck.packs.rule import Note, Rule
from mpfcheck.packs.template import Condition
from mpfcheck.packs.vocabulary import vocabulary_of

__all__ = ["Coverage", "Undecided", "cover"]


class Undecided(Frozen):
    """A part of a condition that no example decides in one way, or in any (``never`` holds both).

    It is part of the entry ``key`` of a rule (``when``, ``require``, ``doubt``, ``note``), or of a definition.
    """

    rule: str | None
    definition: str | None
    key: str
    text: str
    place: Place
    never: tuple[bool, ...]


class Coverage(Frozen):
    """How many ways for parts of conditions to come out there are, and those that no example shows."""

    ways: int
    undecided: tuple[Undecided, ...]

    @property
    def shown(self) -> int:
        """How many ways the examples show."""
        return self.ways - sum(len(part.never) for part in self.undecided)


class _Part(Frozen):
    """A watched part, and where it belongs."""

    rule: str | None
    definition: str | None
    key: str
    condition: Condition
    watched: Watched


def cover(call: Call, rules: Iterable[str] = ()) -> Coverage:
    """Run the examples of a call's rules, or of those of these ids, and see what every part of their conditions does.

    Each whole condition, each part of ``and`` and ``or``, and each question of an ``if``, of ``some`` and ``every`` and
    of a filter must come out true in one example and false in another. What stands after a part that settles the whole
    is not looked at there. Parts of definitions may be decided by any rule's examples.
    """
    ids = set(rules) or {rule.id for rule in call.rules}
    parts: list[_Part] = []
    watched = _watched_call(call, ids, parts)
    bench = Bench(watched)
    for rule in watched.rules:
        for case in cases(watched, rule):
            bench.holds(rule, case)
    parts = [part for part in parts if part.rule in ids or (part.rule is None and len(ids) == len(call.rules))]
    return Coverage(2 * len(parts), tuple(_undecided(part) for part in parts if len(part.watched.seen) < 2))


def _undecided(part: _Part) -> Undecided:
    start, end = part.watched.span
    text = " ".join(part.condition.text[start:end].split())
    never = tuple(truth for truth in (True, False) if truth not in part.watched.seen)
    return Undecided(part.rule, part.definition, part.key, text, part.condition.place_at(start), never)


def _watched_call(call: Call, ids: set[str], parts: list[_Part]) -> Call:
    vocabulary = vocabulary_of(call)
    definitions: dict[str, Definition] = {}
    for name, definition in call.definitions.items():
        checked = vocabulary.definitions[name]
        condition = _watched(definition.condition, checked, parts, (None, name, "value"))
        definitions[name] = changed(definition, condition=condition)
    rules = tuple(_watched_rule(call, rule, parts) if rule.id in ids else rule for rule in call.rules)
    return changed(call, rules=rules, definitions=definitions)


def _watched_rule(call: Call, rule: Rule, parts: list[_Part]) -> Rule:
    vocabulary = vocabulary_of(call)
    found = {
        key: _watched(condition, vocabulary.check(rule, condition), parts, (rule.id, None, key))
        for key, condition in rule.conditions()
    }
    note = changed(rule.note, when=found["note"]) if rule.note else None
    assert note is None or isinstance(note, Note)  # noqa: S101 - for the type checker
    return changed(
        rule,
        for_each=found.get("for each"),
        when=found.get("when"),
        require=found.get("require"),
        doubt=found.get("doubt"),
        note=note,
    )


def _watched(
    condition: Condition, checked: CheckedExpression, parts: list[_Part], owner: tuple[str | None, str | None, str]
) -> Condition:
    if isinstance(condition.tree, Boolean):
        # The word true, as in "doubt: true", is meant to come out one way.
        return condition
    tree, found = watch(condition.tree, lambda node: checked.type_of(node) == BOOLEAN, whole=checked.type == BOOLEAN)
    parts += [_Part(*owner, condition, one) for one in found]
    return Condition(condition.text, tree, condition.place, condition.place_at)
