"""Coverage and mutation of a rule pack as plain data for JSON."""

from __future__ import annotations

from mpfcheck.checking.pack_tests.coverage import Coverage
from mpfcheck.checking.pack_tests.mutation import Change, Mutation
from mpfcheck.packs.rule import Place

__all__ = ["coverage_members", "mutation_members", "place_members"]


def coverage_members(coverage: Coverage) -> dict[str, object]:
    """The ways parts of conditions can come out, those shown, and the parts that are not decided both ways."""
    return {
        "ways": coverage.ways,
        "shown": coverage.shown,
        "undecided": [
            {
                "rule": part.rule,
                "definition": part.definition,
                "key": part.key,
                "text": part.text,
                **place_members(part.place),
                "never": list(part.never),
            }
            for part in coverage.undecided
        ],
    }


def mutation_members(mutation: Mutation) -> dict[str, object]:
    """The changes tried and noticed, those that no example notices, and those that change nothing."""
    return {
        "tried": mutation.tried,
        "noticed": mutation.noticed,
        "unnoticed": [_change(change) for change in mutation.unnoticed],
        "equivalent": [{**_change(change), "why": why} for change, why in mutation.equivalent],
        "outdated": [
            {"of": one.said.of, "change": one.words, **place_members(one.said.place)} for one in mutation.outdated
        ],
    }


def place_members(place: Place) -> dict[str, object]:
    """A place in a file of the pack."""
    return {"file": place.file, "line": place.line, "column": place.column}


def _change(change: Change) -> dict[str, object]:
    return {"of": change.owner, "key": change.key, "change": change.words, **place_members(change.place)}
