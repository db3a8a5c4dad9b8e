"""What the test of rule packs showed, as JSON for programs: ``mpfcheck-pack-test/1``."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.checking.pack_tests.coverage import Coverage
from mpfcheck.checking.pack_tests.mutation import Change, Mutation
from mpfcheck.checking.pack_tests.pack_test import ExampleResult, PackTest
from mpfcheck.packs.rule import Place
from mpfcheck.report.json_codec import json_text

__all__ = ["pack_tests_as_json"]

FORMAT = "mpfcheck-pack-test/1"


def pack_tests_as_json(tests: Sequence[PackTest]) -> str:
    """The tests of several calls as one JSON object. Files are named from the folder of their call."""
    return json_text({"format": FORMAT, "calls": [_call(test) for test in tests]})


def _call(test: PackTest) -> dict[str, object]:
    members: dict[str, object] = {
        "call": {"id": test.call.id, "version": test.call.version, "sha256": test.call.sha256},
        "examples": {
            "run": len(test.results),
            "held": len(test.results) - len(test.failed),
            "compiled": test.compiled,
            "failed": [_failed(result) for result in test.failed],
        },
        "lacking": [{"rule": one.rule.id, **_place(one.rule.place), "kinds": list(one.kinds)} for one in test.lacking],
    }
    if test.coverage is not None:
        members["coverage"] = _coverage(test.coverage)
    if test.mutation is not None:
        members["mutation"] = _mutation(test.mutation)
    return members


def _failed(result: ExampleResult) -> dict[str, object]:
    return {
        "rule": result.rule.id,
        "example": result.number,
        "title": result.example.title,
        "with": result.variant,
        **_place(result.example.place),
        "expected": result.example.expect,
        "said": result.said and result.said.value,
        "compiled": result.compiled and result.compiled.value,
        "trouble": result.trouble,
        "sentences": list(result.sentences),
    }


def _coverage(coverage: Coverage) -> dict[str, object]:
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
                **_place(part.place),
                "never": list(part.never),
            }
            for part in coverage.undecided
        ],
    }


def _mutation(mutation: Mutation) -> dict[str, object]:
    """The changes tried and noticed, those that no example notices, and those that change nothing."""
    return {
        "tried": mutation.tried,
        "noticed": mutation.noticed,
        "unnoticed": [_change(change) for change in mutation.unnoticed],
        "equivalent": [{**_change(change), "why": why} for change, why in mutation.equivalent],
        "outdated": [{"of": one.said.of, "change": one.words, **_place(one.said.place)} for one in mutation.outdated],
    }


def _place(place: Place) -> dict[str, object]:
    """A place in a file of the pack."""
    return {"file": place.file, "line": place.line, "column": place.column}


def _change(change: Change) -> dict[str, object]:
    return {"of": change.owner, "key": change.key, "change": change.words, **_place(change.place)}
