"""What the test of a rule pack showed, for the call officer who wrote the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from mpfcheck.checking.pack_tests.pack_test import ExampleResult, Lacking, PackTest
from mpfcheck.packs.rule import Place
from mpfcheck.report.as_text import explanation
from mpfcheck.report.coverage_text import write_coverage, write_mutation
from mpfcheck.report.page import Page
from mpfcheck.report.words import counted

__all__ = ["PlaceName", "write_pack_test"]

PlaceName = Callable[[Place], str]
"""A place in a rule file as an editor jumps to it: ``rules/my-call/lead.yaml:12:5``."""


def write_pack_test(page: Page, test: PackTest, place_name: PlaceName) -> None:
    """Write what the examples of a call showed: those that do not hold, what is lacking, and how many there are.

    Then what they never try and do not notice, where that was asked for.
    """
    page.heading(f"{test.call.id}, version {test.call.version}")
    told = ""
    for result, alike in _alike(test.failed):
        if result.rule.id != told:
            page.entry("✗", "red", result.rule.id, result.rule.title)
        else:
            page.blank()
        told = result.rule.id
        _write_failed(page, result, place_name(result.example.place))
        if alike:
            page.detail(f"The same with {'; '.join(alike)}.")
    for lacking in test.lacking:
        page.entry("✗", "red", lacking.rule.id, in_words(lacking))
        page.link(place_name(lacking.rule.place))
    _write_totals(page, test)
    if test.coverage is not None:
        write_coverage(page, test.coverage, place_name)
    if test.mutation is not None:
        write_mutation(page, test.mutation, place_name)


def _alike(failed: Iterable[ExampleResult]) -> Iterator[tuple[ExampleResult, list[str]]]:
    """The examples that do not hold, and for each the variants of it of which the same is said."""
    for _, group in groupby(failed, lambda one: (one.rule.id, one.number, one.said, one.compiled)):
        first, *others = group
        yield first, [other.variant for other in others]


def in_words(lacking: Lacking) -> str:
    """What a rule lacks, and what to do."""
    kinds = [f'"{kind}"' for kind in lacking.kinds]
    listed = kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} or {kinds[-1]}"
    small = "a small proposal that shows it" if len(kinds) == 1 else "small proposals that show them"
    return f"No example expects {listed}. Add {small}."


def _write_failed(page: Page, result: ExampleResult, place: str) -> None:
    said = ", with ".join(filter(None, (result.example.title, result.variant)))
    title = f" ({said})" if said else ""
    page.link(place)
    page.detail(f"Example {result.number}{title} {_what_happened(result)}")
    if result.trouble:
        page.detail(result.trouble)
    elif result.sentences:
        page.detail(" ".join(result.sentences), label="A person would be told")
    explanation(page, result.parts)


def _what_happened(result: ExampleResult) -> str:
    expects = f'expects "{result.example.expect}"'
    if result.said is None:
        return f"{expects}, but it cannot be checked."
    if not result.agreed:
        return (
            f'{expects}. The evaluator that explains says "{result.said}", the compiled rule "{result.compiled}". '
            "This is a fault of mpfcheck; please report it."
        )
    if result.said != result.example.expect:
        return f'{expects}, but the rule says "{result.said}".'
    if result.example.noted not in (None, result.noted):
        wanted, said = ("with", "not said") if result.example.noted else ("without", "said")
        return f"{expects} {wanted} the rule's note, but the note is {said}."
    return f"{expects}, and the rule says so, but not in words a person can use."


def _write_totals(page: Page, test: PackTest) -> None:
    failed, ran = len(test.failed), len(test.results)
    rules = counted(len({result.rule.id for result in test.results}), "rule")
    if not ran:
        page.say("There is no example to run.", style="red")
        return
    said = f"{counted(ran, 'example')} of {rules}"
    if failed:
        page.say(
            f"{said}: {ran - failed} {'holds' if ran - failed == 1 else 'hold'}, {counted(failed, 'does', 'do')} not.",
            style="red",
        )
        page.say("Look at the rule, or at what the example expects: one of the two is not what the call says.")
    else:
        page.say(f"{said}: all hold. The compiled rules answer {test.compiled} of them, and alike.", style="green")
    if test.lacking:
        page.say(f"{counted(len(test.lacking), 'rule lacks', 'rules lack')} a kind of example.", style="yellow")
