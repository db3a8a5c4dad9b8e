"""The test of rule packs: what the examples show, never try and do not notice, as text and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from mpfcheck.checking.pack_tests.coverage import Coverage, Undecided
from mpfcheck.checking.pack_tests.mutation import CODE_LIST, Change, Mutation
from mpfcheck.checking.pack_tests.pack_test import ExampleResult, Lacking, PackTest
from mpfcheck.packs.mistake import Place
from mpfcheck.report.as_text import explanation
from mpfcheck.report.json_codec import json_text
from mpfcheck.report.page import Page
from mpfcheck.report.words import counted

__all__ = ["PlaceName", "pack_tests_as_json", "write_coverage", "write_mutation", "write_pack_test"]

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
    for _, group in groupby(failed, lambda one: (one.rule.id, one.number, one.status, one.compiled)):
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
        page.detail(" ".join(result.sentences), label="Message")
    explanation(page, result.parts)


def _what_happened(result: ExampleResult) -> str:
    expects = f'expects "{result.example.expect}"'
    if result.status is None:
        return f"{expects}, but it cannot be checked."
    if not result.agreed:
        return (
            f'{expects}. The reference evaluator says "{result.status}", the compiled rule says "{result.compiled}". '
            "This is an error in mpfcheck. Report it."
        )
    if result.status != result.example.expect:
        return f'{expects}, but the rule says "{result.status}".'
    if result.example.noted not in (None, result.noted):
        wanted, said = ("with", "not said") if result.example.noted else ("without", "said")
        return f"{expects} {wanted} the rule's note, but the note is {said}."
    return f"{expects}, and the rule agrees, but its message cannot be used."


def _write_totals(page: Page, test: PackTest) -> None:
    failed, ran = len(test.failed), len(test.results)
    rules = counted(len({result.rule.id for result in test.results}), "rule")
    if not ran:
        page.say("There are no examples to run.", style="red")
        return
    said = f"{counted(ran, 'example')} of {rules}"
    if failed:
        page.say(
            f"{said}: {ran - failed} passed, {failed} failed.",
            style="red",
        )
        page.say("Check the rule and the expected result of the example: one of them does not match the call.")
    else:
        page.say(f"{said}: all passed. The compiled rules agree for {test.compiled} of them.", style="green")
    if test.lacking:
        page.say(f"{counted(len(test.lacking), 'rule needs', 'rules need')} more examples.", style="yellow")


NEVER = {
    (True,): "is true in no example",
    (False,): "is false in no example",
    (True, False): "has a result in no example",
}


def write_coverage(page: Page, coverage: Coverage, place_name: PlaceName) -> None:
    """Write the parts of conditions that come out one way only, or no way."""
    _write_entries(
        page,
        ((_owner(part), part.place, f"{part.key}: `{part.text}` {NEVER[part.never]}.") for part in coverage.undecided),
        place_name,
    )
    ways = counted(coverage.ways, "way", "ways")
    said = f"Coverage: the examples show {coverage.shown} of the {ways} in which parts of conditions can come out."
    page.say(said, style="yellow" if coverage.undecided else "green")
    if coverage.undecided:
        page.say("For each part listed above, add an example with the other result.")


def write_mutation(page: Page, mutation: Mutation, place_name: PlaceName) -> None:
    """Write the changes that no example notices, then those that change nothing, with the reason."""
    _write_entries(page, _together(mutation.unnoticed), place_name)
    for outdated in mutation.outdated:
        page.entry("✗", "red", outdated.equivalent.of, f"call.yaml says of {outdated.words}: it changes nothing.")
        page.link(place_name(outdated.equivalent.place))
        page.detail("But an example notices it, or the change is not tried. Remove it from the entry.")
    said = f"Changes: of {counted(mutation.tried, 'small change')}, the examples notice {mutation.noticed}"
    if mutation.equivalent:
        said += f", and {counted(len(mutation.equivalent), 'changes', 'change')} nothing"
    page.say(f"{said}.", style="yellow" if mutation.unnoticed or mutation.outdated else "green")
    if mutation.unnoticed:
        page.say(
            "For each that is named above, add an example that comes out another way with the change. Where there can "
            'be none, say why in call.yaml, under "equivalent".'
        )
    _write_equivalent(page, mutation)


def _write_equivalent(page: Page, mutation: Mutation) -> None:
    told = ""
    for change, why in mutation.equivalent:
        page.say(f"= {change.owner}: {change.words}", indent="  ", hang="    ")
        if why != told:
            page.detail(why)
        told = why


def _write_entries(page: Page, entries: Iterable[tuple[str, Place, str]], place_name: PlaceName) -> None:
    """Write what is said of each owner, with its place where that is another one than before."""
    owner_before, place_before = "", None
    for owner, place, text in entries:
        if owner != owner_before:
            page.entry("✗", "red", owner, "")
        if (owner, place) != (owner_before, place_before):
            page.link(place_name(place))
        page.detail(text)
        owner_before, place_before = owner, place


def _together(changes: Iterable[Change]) -> Iterator[tuple[str, Place, str]]:
    """The changes one by one, but those of a code list in one entry: there may be one for every code."""
    for (owner, key), group in groupby(changes, lambda change: (change.owner, change.key)):
        found = list(group)
        if key == CODE_LIST:
            yield owner, found[0].place, f"{key}: {'; '.join(change.words for change in found)}."
        else:
            yield from ((owner, change.place, f"{key}: {change.words}.") for change in found)


def _owner(part: Undecided) -> str:
    return part.rule or part.definition or ""


FORMAT = "mpfcheck-pack-test/1"


def pack_tests_as_json(tests: Sequence[PackTest]) -> str:
    """The tests of several calls as one JSON object. Files are named from the folder of their call."""
    return json_text({"format": FORMAT, "calls": [_call_members(test) for test in tests]})


def _call_members(test: PackTest) -> dict[str, object]:
    members: dict[str, object] = {
        "call": {"id": test.call.id, "version": test.call.version, "sha256": test.call.sha256},
        "examples": {
            "run": len(test.results),
            "held": len(test.results) - len(test.failed),
            "compiled": test.compiled,
            "failed": [_failed_members(result) for result in test.failed],
        },
        "lacking": [{"rule": one.rule.id, **_place(one.rule.place), "kinds": list(one.kinds)} for one in test.lacking],
    }
    if test.coverage is not None:
        members["coverage"] = _coverage(test.coverage)
    if test.mutation is not None:
        members["mutation"] = _mutation(test.mutation)
    return members


def _failed_members(result: ExampleResult) -> dict[str, object]:
    return {
        "rule": result.rule.id,
        "example": result.number,
        "title": result.example.title,
        "with": result.variant,
        **_place(result.example.place),
        "expected": result.example.expect,
        "said": result.status and result.status.value,
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
        "outdated": [
            {"of": one.equivalent.of, "change": one.words, **_place(one.equivalent.place)} for one in mutation.outdated
        ],
    }


def _place(place: Place) -> dict[str, object]:
    """A place in a file of the pack."""
    return {"file": place.file, "line": place.line, "column": place.column}


def _change(change: Change) -> dict[str, object]:
    return {"of": change.owner, "key": change.key, "change": change.words, **_place(change.place)}
