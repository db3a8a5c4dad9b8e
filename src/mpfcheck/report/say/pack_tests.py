"""The tests of rule packs, as blocks and as JSON: what the examples show, never try and do not notice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from mpfcheck.checking.pack_tests.coverage import Coverage, Undecided
from mpfcheck.checking.pack_tests.mutation import CODE_LIST, Mutation, PackChange
from mpfcheck.checking.pack_tests.pack_test import ExampleResult, Lacking, PackTest
from mpfcheck.json_codec import json_text
from mpfcheck.packs.mistake import Place
from mpfcheck.report.blocks import Block, Detail, Entry, Listing, Mark, Say, Section, Tone
from mpfcheck.report.words import counted

__all__ = ["PlaceName", "pack_test_blocks", "pack_tests_as_json"]

PlaceName = Callable[[Place], str]
"""A place in a rule file as an editor jumps to it: ``rules/my-call/lead.yaml:12:5``."""


def pack_test_blocks(test: PackTest, place_name: PlaceName) -> Section:
    """What the examples of a call show: those that do not hold, what is missing, and how many there are.

    Then what they never try and do not notice, if that was looked for.
    """
    blocks: list[Block] = [Listing([*_failures(test, place_name), *_gaps(test, place_name)])]
    blocks += _totals(test)
    if test.coverage is not None:
        blocks += _coverage_blocks(test.coverage, place_name)
    if test.mutation is not None:
        blocks += _mutation_blocks(test.mutation, place_name)
    return Section(f"{test.call.id}, version {test.call.version}", blocks)


def _failures(test: PackTest, place_name: PlaceName) -> Iterator[Entry]:
    rule = None
    for result, variants in _alike(test.failed):
        title = result.rule.title if result.rule is not rule else ""
        rule = result.rule
        yield Entry(
            Mark.BAD,
            result.rule.id,
            title,
            details=tuple(_failure(result, variants)),
            parts=result.parts,
            place=place_name(result.example.place),
        )


def _alike(failed: Iterable[ExampleResult]) -> Iterator[tuple[ExampleResult, list[str]]]:
    """The examples that do not hold, each with its variants that have the same result."""
    for _, group in groupby(failed, lambda one: (one.rule.id, one.number, one.status, one.compiled)):
        first, *others = group
        yield first, [other.variant for other in others]


def _failure(result: ExampleResult, variants: Sequence[str]) -> Iterator[Detail]:
    name = ", with ".join(filter(None, (result.example.title, result.variant)))
    yield Detail((f"Example {result.number}{f' ({name})' if name else ''} {_difference(result)}",))
    if result.trouble:
        yield Detail((result.trouble,))
    elif result.sentences:
        yield Detail((" ".join(result.sentences),), "Message")
    if variants:
        yield Detail((f"The same with {'; '.join(variants)}.",))


def _difference(result: ExampleResult) -> str:
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
        wanted, found = ("with", "not said") if result.example.noted else ("without", "said")
        return f"{expects} {wanted} the rule's note, but the note is {found}."
    return f"{expects}, and the rule agrees, but its message cannot be used."


def _gaps(test: PackTest, place_name: PlaceName) -> Iterator[Entry]:
    for lacking in test.lacking:
        yield Entry(Mark.BAD, lacking.rule.id, _gap(lacking), place=place_name(lacking.rule.place))


def _gap(lacking: Lacking) -> str:
    """What a rule lacks, and what to do."""
    kinds = [f'"{kind}"' for kind in lacking.kinds]
    listed = kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} or {kinds[-1]}"
    small = "a small proposal that shows it" if len(kinds) == 1 else "small proposals that show them"
    return f"No example expects {listed}. Add {small}."


def _totals(test: PackTest) -> Iterator[Block]:
    failed, ran = len(test.failed), len(test.results)
    rules = counted(len({result.rule.id for result in test.results}), "rule")
    if not ran:
        yield Say(("There are no examples to run.",), Tone.ALARM)
        return
    examples = f"{counted(ran, 'example')} of {rules}"
    if failed:
        yield Say((f"{examples}: {ran - failed} passed, {failed} failed.",), Tone.ALARM)
        yield Say(("Check the rule and the expected result of the example: one of them does not match the call.",))
    else:
        agree = f"The compiled rules agree for {test.compiled} of them."
        yield Say((f"{examples}: all passed. {agree}",), Tone.GOOD)
    if test.lacking:
        yield Say((f"{counted(len(test.lacking), 'rule needs', 'rules need')} more examples.",), Tone.NOTICE)


NEVER = {
    (True,): "is true in no example",
    (False,): "is false in no example",
    (True, False): "has a result in no example",
}


def _coverage_blocks(coverage: Coverage, place_name: PlaceName) -> Iterator[Block]:
    """The parts of conditions that come out one way only, or no way."""
    parts = coverage.undecided
    lines = ((_owner(part), part.place, f"{part.key}: `{part.text}` {NEVER[part.never]}.") for part in parts)
    yield Listing(list(_entries(lines, place_name)))
    total = f"{coverage.shown} of the {counted(coverage.ways, 'way', 'ways')}"
    sentence = f"Coverage: the examples show {total} in which parts of conditions can be true or false."
    yield Say((sentence,), Tone.NOTICE if parts else Tone.GOOD)
    if parts:
        yield Say(("For each part listed above, add an example with the other result.",))


def _mutation_blocks(mutation: Mutation, place_name: PlaceName) -> Iterator[Block]:
    """The changes that no example notices, then those that change nothing, with the reason."""
    entries = list(_entries(_together(mutation.unnoticed), place_name))
    for outdated in mutation.outdated:
        title = f"call.yaml says of {outdated.words}: it changes nothing."
        advice = Detail(("But an example notices it, or the change is not tried. Remove it from the entry.",))
        place = place_name(outdated.equivalent.place)
        entries.append(Entry(Mark.BAD, outdated.equivalent.of, title, details=(advice,), place=place))
    yield Listing(entries)
    sentence = f"Changes: of {counted(mutation.tried, 'small change')}, the examples notice {mutation.noticed}"
    if mutation.equivalent:
        sentence += f", and {counted(len(mutation.equivalent), 'changes', 'change')} nothing"
    yield Say((f"{sentence}.",), Tone.NOTICE if mutation.unnoticed or mutation.outdated else Tone.GOOD)
    if mutation.unnoticed:
        yield Say(
            (
                "For each change listed above, add an example with another result under the change. If no example can "
                'have one, give the reason in call.yaml, under "equivalent".',
            )
        )
    reason = ""
    equivalent = []
    for change, why in mutation.equivalent:
        details = (Detail((why,)),) if why != reason else ()
        equivalent.append(Entry(Mark.APART, change.owner, change.words, details=details))
        reason = why
    yield Listing(equivalent)


def _entries(lines: Iterable[tuple[str, Place, str]], place_name: PlaceName) -> Iterator[Entry]:
    """An entry for each owner and place, with all lines on it."""
    for (owner, place), group in groupby(lines, lambda line: line[:2]):
        yield Entry(Mark.BAD, owner, details=tuple(Detail((text,)) for *_, text in group), place=place_name(place))


def _together(changes: Iterable[PackChange]) -> Iterator[tuple[str, Place, str]]:
    """The changes one by one, but those of a code list in one line: there may be one for every code."""
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


def _change(change: PackChange) -> dict[str, object]:
    return {"of": change.owner, "key": change.key, "change": change.words, **_place(change.place)}
