"""What the test of rule packs showed, as JSON for programs: ``mpfcheck-pack-test/1``."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.calls.rule import Place
from mpfcheck.checking.pack_tests.example_run import ExampleResult
from mpfcheck.checking.pack_tests.pack_test import PackTest
from mpfcheck.reporting.encoding import json_text

__all__ = ["pack_tests_as_json"]

FORMAT = "mpfcheck-pack-test/1"


def pack_tests_as_json(tests: Sequence[PackTest]) -> str:
    """The tests of several calls as one JSON object. Files are named from the folder of their call."""
    return json_text({"format": FORMAT, "calls": [_call(test) for test in tests]})


def _call(test: PackTest) -> dict[str, object]:
    return {
        "call": {"id": test.call.id, "version": test.call.version, "sha256": test.call.sha256},
        "examples": {
            "run": len(test.results),
            "held": len(test.results) - len(test.failed),
            "compiled": test.compiled,
            "failed": [_failed(result) for result in test.failed],
        },
        "lacking": [{"rule": one.rule.id, **_place(one.rule.place), "kinds": list(one.kinds)} for one in test.lacking],
    }


def _failed(result: ExampleResult) -> dict[str, object]:
    return {
        "rule": result.rule.id,
        "example": result.number,
        "title": result.example.title,
        **_place(result.example.place),
        "expected": result.example.expect,
        "said": result.said and result.said.value,
        "compiled": result.compiled and result.compiled.value,
        "trouble": result.trouble,
        "sentences": list(result.sentences),
    }


def _place(place: Place) -> dict[str, object]:
    return {"file": place.file, "line": place.line, "column": place.column}
