"""What the test of rule packs showed, as JSON for programs: ``mpfcheck-pack-test/1``."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.checking.pack_tests.pack_test import ExampleResult, PackTest
from mpfcheck.report.coverage_json import coverage_members, mutation_members, place_members
from mpfcheck.report.encoding import json_text

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
        "lacking": [
            {"rule": one.rule.id, **place_members(one.rule.place), "kinds": list(one.kinds)} for one in test.lacking
        ],
    }
    if test.coverage is not None:
        members["coverage"] = coverage_members(test.coverage)
    if test.mutation is not None:
        members["mutation"] = mutation_members(test.mutation)
    return members


def _failed(result: ExampleResult) -> dict[str, object]:
    return {
        "rule": result.rule.id,
        "example": result.number,
        "title": result.example.title,
        "with": result.variant,
        **place_members(result.example.place),
        "expected": result.example.expect,
        "said": result.said and result.said.value,
        "compiled": result.compiled and result.compiled.value,
        "trouble": result.trouble,
        "sentences": list(result.sentences),
    }
