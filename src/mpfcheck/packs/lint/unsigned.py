"""What nobody who signs a pack off would see: rules and gaps that no clause leads to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mpfcheck.packs.call import Call
from mpfcheck.packs.clause import Clause
from mpfcheck.packs.lint.finding import Finding, warning
from mpfcheck.packs.loading import CLAUSES_FILE
from mpfcheck.packs.rule import Place

__all__ = ["unsigned"]


def unsigned(call: Call, clauses: Sequence[Clause]) -> Iterator[Finding]:
    """Find the rules and gaps that no clause names, in a call that has clauses."""
    reached = {name for clause in clauses for name in clause.rules}
    known = {name for clause in clauses for name in clause.gaps}
    for rule in call.rules:
        if rule.id not in reached:
            message = f"no clause leads to the rule {rule.id}"
            yield warning(rule.place, message, f"name it in {CLAUSES_FILE}, with the words it stands on", rule.id)
    for gap in call.gaps:
        if gap.topic not in known:
            message = f'no clause leads to the gap "{gap.topic}"'
            yield warning(Place(CLAUSES_FILE, 1, 1), message, "name it under the clause that leaves it open")
