"""The clauses of a call: what its sources say, sentence by sentence, and where each is taken up.

A person who signs a pack off reads the sources on one side and the rules on the other. The clauses are the bridge: each
leads to the rules that hold to it, to the gaps it leaves open, or to the reason why there is no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mpfcheck.frozen import Frozen
from mpfcheck.packs.call import Call
from mpfcheck.packs.entries import Entries, describe
from mpfcheck.packs.folder import PackFolder
from mpfcheck.packs.load import CLAUSES_FILE
from mpfcheck.packs.mistake import NO_PLACE, PackError, PackMistake, Place, nearest
from mpfcheck.packs.rule import RULE_ID, Citation, read_citation
from mpfcheck.packs.yaml_file import YamlFile, YamlList, read_yaml

__all__ = ["Clause", "load_clauses", "read_clauses"]

TO_PEOPLE = "left to people"
NO_MATTER = "nothing to check"


class Clause(Frozen):
    """One thing a source says, in its words, and where it is taken up: at least one of the last four is there.

    ``rules`` are ids, ``gaps`` topics. ``left_to_people`` says why no rule can tell, ``nothing_to_check`` why no
    proposal can break it.
    """

    id: str
    text: str
    source: Citation
    rules: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    left_to_people: str = ""
    nothing_to_check: str = ""
    place: Place = NO_PLACE


def load_clauses(call: Call) -> tuple[Clause, ...]:
    """Read the clauses of a call from its folder; none where it has no such file.

    Raises PackError with all that is wrong with them.
    """
    place = call.files.get(CLAUSES_FILE)
    if place is None:
        return ()
    mistakes: list[PackMistake] = []
    clauses = read_clauses(read_yaml(PackFolder(place.parent).read(place.name), CLAUSES_FILE), call, mistakes)
    if mistakes:
        raise PackError(sorted(mistakes, key=lambda mistake: mistake.place))
    return clauses


def read_clauses(file: YamlFile, call: Call, mistakes: list[PackMistake]) -> tuple[Clause, ...]:
    """Read the clauses in a file, adding what is wrong to ``mistakes``."""
    if not isinstance(file.root, YamlList):
        message = f"this file must be a list of sources with their clauses, not {describe(file.root)}"
        mistakes.append(PackMistake(file.root.place, message, 'each source begins with "- source: …"'))
        return ()
    found: list[Clause] = []
    for node in file.root.items:
        group = Entries(node, "a source with its clauses", mistakes)
        source = read_citation(group, call.sources)
        listed = (Entries(item, "a clause", mistakes) for item in group.list("clauses"))
        found += [_read_clause(clause, source, call) for clause in listed]
        group.finish()
    mistakes += _twice(found)
    return tuple(found)


def _read_clause(entries: Entries, source: Citation, call: Call) -> Clause:
    clause_id = entries.text("id", pattern=RULE_ID, example="SUMMARY-1")
    if clause_id:
        entries.what = f"the clause {clause_id}"
    clause = Clause(
        id=clause_id,
        text=entries.text("text"),
        source=source,
        rules=_known(entries, "rules", {rule.id: None for rule in call.rules}, "rule"),
        gaps=_known(entries, "gaps", {gap.topic: None for gap in call.gaps}, "gap"),
        left_to_people=entries.optional_text(TO_PEOPLE),
        nothing_to_check=entries.optional_text(NO_MATTER),
        place=entries.place,
    )
    entries.finish()
    taken_up = [key for key in ("rules", "gaps", TO_PEOPLE) if entries.has(key)]
    if not taken_up and not entries.has(NO_MATTER):
        hint = f'name its "rules" or "gaps", or say why it is "{TO_PEOPLE}" or there is "{NO_MATTER}"'
        entries.mistake(entries.place, f"{entries.what} leads nowhere", hint)
    elif taken_up and entries.has(NO_MATTER):
        message = f'{entries.what} has "{taken_up[0]}" and "{NO_MATTER}"'
        entries.mistake(entries.place_of(NO_MATTER), message, "leave one of them out")
    return clause


def _known(entries: Entries, key: str, known: Mapping[str, object], what: str) -> tuple[str, ...]:
    """Take a list of names, each of them known."""
    named = entries.texts(key, required=False)
    for name, node in named.items():
        if name not in known:
            hint = nearest(name, known) or f"the call has no {what} of that name"
            entries.mistake(node, f'there is no {what} "{name}"', hint)
    if entries.has(key) and not named:
        message = f'"{key}" of {entries.what} names nothing'
        entries.mistake(entries.place_of(key), message, "name one, or leave the line out")
    return tuple(name for name in named if name in known)


def _twice(clauses: Iterable[Clause]) -> list[PackMistake]:
    seen: dict[str, Clause] = {}
    mistakes = []
    for clause in clauses:
        first = seen.setdefault(clause.id, clause)
        if first is not clause and clause.id:
            hint = f"the first is on line {first.place.line}; give this one its own id"
            mistakes.append(PackMistake(clause.place, f"there are two clauses {clause.id}", hint))
    return mistakes
