"""Some of a call's rules, where somebody does not want to hear of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mpfcheck.checking.parameters import ParameterError
from mpfcheck.packs.call import Call
from mpfcheck.packs.rule import Rule
from mpfcheck.proposal.unfit import kind_of, shown

__all__ = ["UnknownRuleError", "choose"]


class UnknownRuleError(LookupError):
    """A rule the call does not have; the message names the one most like it."""

    def __init__(self, rule_id: str, call_id: str, known: Sequence[str]) -> None:
        from mpfcheck.packs.mistake import nearest

        self.rule_id = rule_id
        self.call_id = call_id
        self.known = tuple(known)
        hint = nearest(rule_id, known) or f"It has: {', '.join(known)}."
        super().__init__(f"The call {call_id} has no rule {shown(rule_id)}. {hint}")

    def __reduce__(self) -> tuple[type[UnknownRuleError], tuple[str, str, tuple[str, ...]]]:
        return type(self), (self.rule_id, self.call_id, self.known)


def choose(call: Call, chosen: Iterable[str]) -> Call:
    """The call with these rules only, in its own order; the call itself where all of them are chosen.

    Raises :class:`UnknownRuleError`, TypeError for an id that is not a text, and ParameterError where none is chosen:
    nothing would be checked.
    """
    ids = [rule.id for rule in call.rules]
    wanted = {_known(rule_id, call, ids) for rule_id in chosen}
    if not wanted:
        raise ParameterError("Choose at least one rule: without any, nothing would be checked.")
    if len(wanted) == len(ids):
        return call
    rules: tuple[Rule, ...] = tuple(rule for rule in call.rules if rule.id in wanted)
    return Call(**{**vars(call), "rules": rules})


def _known(rule_id: object, call: Call, ids: Sequence[str]) -> str:
    if not isinstance(rule_id, str):
        raise TypeError(f"The id of a rule is a text, not {kind_of(rule_id)}.")
    if rule_id not in ids:
        raise UnknownRuleError(rule_id, call.id, ids)
    return rule_id
