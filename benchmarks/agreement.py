"""Whether all say the same of every proposal. Nobody's speed counts before that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final, TypeAlias

__all__ = ["Disagreement", "Judge", "disagreements"]

Judge: TypeAlias = Callable[[bytes], Mapping[str, str]]
"""Says of a proposal in JSON what every rule says, by rule id."""

Disagreement: TypeAlias = tuple[str, str, str, str]
"""A rule, who says otherwise, what it says, and what the reference says."""

DECIDED: Final = frozenset({"pass", "fail", "not_applicable", "review"})


def disagreements(
    reference: Judge, others: Mapping[str, Judge], inputs: Iterable[bytes], without: Collection[str] = ()
) -> Counter[Disagreement]:
    """How often each contestant contradicts the reference, rule by rule; a rule left out counts too.

    Where the reference is undecided, a contestant may know more: what can be told from the amounts that are there
    already, for example. The laws of drafts in the tests, which fill in what is missing, hold that it knows it rightly.
    """
    found: Counter[Disagreement] = Counter()
    for data in inputs:
        expected = {rule: status for rule, status in reference(data).items() if rule not in without}
        for name, judge in others.items():
            said = {rule: status for rule, status in judge(data).items() if rule not in without}
            for rule in expected.keys() | said.keys():
                own, theirs = said.get(rule, "nothing"), expected.get(rule, "nothing")
                if own != theirs and not (theirs == "undecided" and own in DECIDED):
                    found[rule, name, str(own), str(theirs)] += 1
    return found
