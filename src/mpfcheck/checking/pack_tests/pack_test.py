"""The whole test of a rule pack: every example of every rule, and the kinds of example a rule lacks."""

from __future__ import annotations

from collections.abc import Collection

from mpfcheck.checking.pack_tests.coverage import Coverage
from mpfcheck.checking.pack_tests.example_run import ExampleResult, ExampleRunner
from mpfcheck.checking.pack_tests.mutation import Mutation
from mpfcheck.frozen import Frozen
from mpfcheck.packs.call import Call
from mpfcheck.packs.example_kinds import kinds_lacking
from mpfcheck.packs.rule import Rule

__all__ = ["Lacking", "PackTest", "run_examples"]


class Lacking(Frozen):
    """A rule and the statuses that none of its examples shows, though the rule can come to them."""

    rule: Rule
    kinds: tuple[str, ...]


class PackTest(Frozen):
    """What the examples of a call's rules showed; coverage and mutation where they were asked for."""

    call: Call
    results: tuple[ExampleResult, ...]
    lacking: tuple[Lacking, ...]
    coverage: Coverage | None = None
    mutation: Mutation | None = None

    @property
    def failed(self) -> tuple[ExampleResult, ...]:
        """The examples of which a rule does not say what they expect, or of which something else is wrong."""
        return tuple(result for result in self.results if not result.holds)

    @property
    def compiled(self) -> int:
        """How many examples the compiled rules answered themselves."""
        return sum(result.compiled is not None for result in self.results)


def run_examples(call: Call, rules: Collection[str] = ()) -> PackTest:
    """Run the examples of a call's rules, or of those of these ids; what is wrong with them is in the result."""
    chosen = [rule for rule in call.rules if not rules or rule.id in rules]
    runner = ExampleRunner(call)
    results = (
        result for rule in chosen for number in range(1, len(rule.examples) + 1) for result in runner.run(rule, number)
    )
    lacking = (Lacking(rule, kinds_lacking(call, rule)) for rule in chosen)
    return PackTest(call, tuple(results), tuple(one for one in lacking if one.kinds))
