"""What the examples of a rule pack never try, and which changes they do not notice, for the call officer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from mpfcheck.checking.pack_tests.coverage import Coverage, Undecided
from mpfcheck.checking.pack_tests.mutation import CODE_LIST, Change, Mutation
from mpfcheck.packs.rule import Place
from mpfcheck.report.page import Page
from mpfcheck.report.words import counted

__all__ = ["write_coverage", "write_mutation"]

PlaceName = Callable[[Place], str]

NEVER = {
    (True,): "is true in no example",
    (False,): "is false in no example",
    (True, False): "is decided by no example",
}


def write_coverage(page: Page, coverage: Coverage, place_name: PlaceName) -> None:
    """Write the parts of conditions that come out one way only, or no way."""
    _write_entries(
        page,
        ((_owner(part), part.place, f"{part.key}: `{part.text}` {NEVER[part.never]}.") for part in coverage.undecided),
        place_name,
    )
    ways = counted(coverage.ways, "way", "ways")
    said = f"Coverage: of {ways} in which the parts of conditions can come out, the examples show {coverage.shown}."
    page.say(said, style="yellow" if coverage.undecided else "green")
    if coverage.undecided:
        page.say("For each that is named above, add an example in which it comes out the other way.")


def write_mutation(page: Page, mutation: Mutation, place_name: PlaceName) -> None:
    """Write the changes that no example notices, then those that change nothing, with the reason."""
    _write_entries(page, _together(mutation.unnoticed), place_name)
    for outdated in mutation.outdated:
        page.entry("✗", "red", outdated.said.of, f"call.yaml says of {outdated.words}: it changes nothing.")
        page.link(place_name(outdated.said.place))
        page.detail("But an example notices it, or it is not tried. Take it out of the entry.")
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
