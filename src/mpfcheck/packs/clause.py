"""The clauses of a call: what its sources say, sentence by sentence, and where each is taken up.

A person who signs a pack off reads the sources on one side and the rules on the other. The clauses are the bridge: each
leads to the rules that hold to it, to the gaps it leaves open, or to the reason why there is no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mpfcheck.frozen import Frozen
from mpfcheck.nearest import did_you_mean
from mpfcheck.packs.call import Call
from mpfcheck.packs.entries import Entries, FileTable, NamesEntry, PartEntry, PartsEntry, Schema, TextEntry
from mpfcheck.packs.folder import PackFolder
from mpfcheck.packs.load import CLAUSES_FILE
from mpfcheck.packs.mistake import NO_PLACE, PackError, PackMistake, Place
from mpfcheck.packs.rule import RULE_ID, Citation, CitationEntries, read_citation
from mpfcheck.packs.yaml_file import YamlFile, YamlList, YamlNode, read_yaml

__all__ = ["CLAUSES", "Clause", "load_clauses", "read_clauses"]

TO_PEOPLE = "left to people"
NO_MATTER = "nothing to check"
TAKEN_UP = ("rules", "gaps", TO_PEOPLE)


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


class _ClauseEntries(Entries):
    """The entries of a clause."""

    definition = "clause"
    about = "One statement of the source."
    id = TextEntry(
        "The id of the clause: capital letters and digits, such as SUMMARY-1.", pattern=RULE_ID, example="SUMMARY-1"
    )
    text = TextEntry("The statement, in the words of the source if they may be quoted.")
    rules = NamesEntry("The ids of the rules that implement it.", optional=True, minimum=1)
    gaps = NamesEntry("The topics of the gaps in call.yaml that follow from it.", optional=True, minimum=1)
    left_to_people = TextEntry("Why no rule can check it, so that people must.", key=TO_PEOPLE, optional=True)
    nothing_to_check = TextEntry("Why there is nothing in a proposal to check.", key=NO_MATTER, optional=True)

    @classmethod
    def schema(cls, definitions: Schema) -> Schema:
        """Describe a clause, which leads somewhere."""
        return {**super().schema(definitions), "anyOf": [{"required": [key]} for key in (*TAKEN_UP, NO_MATTER)]}


class _ClauseGroupEntries(Entries):
    """The entries of a place in a source."""

    definition = "group"
    about = "A place in a source, with its clauses."
    source = PartEntry(CitationEntries, "the source of {of}", "The source of the clauses.")
    clauses = PartsEntry(
        _ClauseEntries,
        "a clause",
        "Its clauses, in the order of the source.",
        empty=("{of} has no clause", "add one, or leave the source out"),
    )


_BEGINNING = 'each source begins with "- source: …"'
_GROUPS = PartsEntry(_ClauseGroupEntries, "a source with its clauses", empty=("this list is empty", _BEGINNING))
CLAUSES = FileTable(
    "clauses",
    _GROUPS,
    title="The clauses of a call",
    about="clauses.yaml: what the sources of a call say, sentence by sentence, each with its rules and gaps. For the "
    "people who approve the rules.",
    wanted="a list of sources with their clauses",
    hint=_BEGINNING,
)


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
        CLAUSES.refuse(file.root, mistakes)
        return ()
    found: list[Clause] = []
    for group in _GROUPS.parts(file.root, "the file", mistakes):
        source = read_citation(group.source, call.sources)
        found += [_read_clause(clause, source, call) for clause in group.clauses]
        group.finish()
    mistakes += _twice(found)
    return tuple(found)


def _read_clause(entries: _ClauseEntries, source: Citation, call: Call) -> Clause:
    if entries.id:
        entries.what = f"the clause {entries.id}"
    clause = Clause(
        id=entries.id,
        text=entries.text,
        source=source,
        rules=_known(entries, entries.rules, {rule.id: None for rule in call.rules}, "rule"),
        gaps=_known(entries, entries.gaps, {gap.topic: None for gap in call.gaps}, "gap"),
        left_to_people=entries.left_to_people,
        nothing_to_check=entries.nothing_to_check,
        place=entries.place,
    )
    entries.finish()
    taken_up = [key for key in TAKEN_UP if entries.has(key)]
    if not taken_up and not entries.has(NO_MATTER):
        hint = f'name its "rules" or "gaps", or say why it is "{TO_PEOPLE}" or there is "{NO_MATTER}"'
        entries.mistake(entries.place, f"{entries.what} names no rule, gap or reason", hint)
    elif taken_up and entries.has(NO_MATTER):
        message = f'{entries.what} has "{taken_up[0]}" and "{NO_MATTER}"'
        entries.mistake(entries.place_of(NO_MATTER), message, "remove one of them")
    return clause


def _known(entries: Entries, named: Mapping[str, YamlNode], known: Mapping[str, object], what: str) -> tuple[str, ...]:
    """Take a list of names, each of them known."""
    for name, node in named.items():
        if name not in known:
            hint = did_you_mean(name, known) or f"the call has no {what} of that name"
            entries.mistake(node, f'there is no {what} "{name}"', hint)
    return tuple(name for name in named if name in known)


def _twice(clauses: Iterable[Clause]) -> list[PackMistake]:
    seen: dict[str, Clause] = {}
    mistakes = []
    for clause in clauses:
        first = seen.setdefault(clause.id, clause)
        if first is not clause and clause.id:
            hint = f"the first is on line {first.place.line}; give this one another id"
            mistakes.append(PackMistake(clause.place, f"there are two clauses {clause.id}", hint))
    return mistakes
