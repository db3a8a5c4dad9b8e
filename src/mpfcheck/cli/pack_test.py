"""The tests of rule packs somebody asked for, and how a run of them ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TextIO

import click

from mpfcheck.checking.pack_tests.coverage import cover
from mpfcheck.checking.pack_tests.mutation import mutate
from mpfcheck.checking.pack_tests.pack_test import PackTest, run_examples
from mpfcheck.cli.chosen_packs import shown_place
from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.library import BrokenPackError, did_you_mean
from mpfcheck.cli.output import style_for, width_for
from mpfcheck.frozen import changed
from mpfcheck.packs.call import Call
from mpfcheck.packs.load import load_pack
from mpfcheck.packs.mistake import PackError

__all__ = ["PackTests"]


class PackTests:
    """Runs the examples of the calls in these folders, or of some rules of theirs; looks at what they leave untried.

    ``broken`` are the calls that cannot be read. Raises click.UsageError for a rule that none of the calls has.
    """

    def __init__(
        self,
        folders: Mapping[str, Path],
        rule_ids: Sequence[str] = (),
        *,
        covering: bool = False,
        mutating: bool = False,
    ) -> None:
        self.folders = folders
        self.broken: list[BrokenPackError] = []
        calls = []
        for call_id, folder in folders.items():
            try:
                calls.append(load_pack(folder))
            except PackError as error:
                self.broken.append(BrokenPackError(call_id, error))
        chosen = {rule_id.upper() for rule_id in rule_ids}
        known = {rule.id for call in calls for rule in call.rules}
        for rule_id in sorted(chosen - known):
            raise click.UsageError(
                f"There is no rule {rule_id}. {did_you_mean(rule_id, sorted(known), 'The rules are')}"
            )
        having = [call for call in calls if not chosen or chosen & {rule.id for rule in call.rules}]
        self._covering, self._mutating = covering, mutating
        self.tests: tuple[PackTest, ...] = tuple(self._test(call, chosen) for call in having)

    def _test(self, call: Call, chosen: set[str]) -> PackTest:
        test = run_examples(call, chosen)
        # With examples that do not hold, every change would seem to be noticed.
        if test.failed:
            return test
        return changed(
            test,
            coverage=cover(call, chosen) if self._covering else None,
            mutation=mutate(call, chosen) if self._mutating else None,
        )

    def as_text(self, stream: TextIO) -> str:
        """What came out, for people."""
        from mpfcheck.report.pack_test_text import write_pack_test
        from mpfcheck.report.page import Page

        page = Page(width_for(stream), style_for(stream))
        for test in self.tests:
            write_pack_test(page, test, partial(shown_place, self.folders[test.call.id]))
        return page.text()

    def as_json(self) -> str:
        """What came out, for programs."""
        from mpfcheck.report.pack_test_json import pack_tests_as_json

        return pack_tests_as_json(self.tests)

    def exit_codes(self) -> Iterator[ExitCode]:
        """Everything the run may end with."""
        if self.broken:
            yield ExitCode.PACK
        for test in self.tests:
            if any(not result.agreed for result in test.failed):
                yield ExitCode.INCONCLUSIVE
            elif test.failed:
                yield ExitCode.PACK
            if test.lacking or (test.coverage and test.coverage.undecided):
                yield ExitCode.FINDING
            if test.mutation and (test.mutation.unnoticed or test.mutation.outdated):
                yield ExitCode.FINDING
