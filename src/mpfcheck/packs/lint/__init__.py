"""Static checks of a rule pack: all mistakes that can be found before any proposal is seen.

:func:`lint` loads a call strictly, checks the types of every expression, and looks at what good rules have beyond
that.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path

from mpfcheck.packs.call import Call
from mpfcheck.packs.clause import Clause, read_clauses
from mpfcheck.packs.layout import WIDTH, long_lines
from mpfcheck.packs.lint.codes import code_list_values, example_answers, open_codes, parameter_values
from mpfcheck.packs.lint.conditions import dead_branches, settled
from mpfcheck.packs.lint.figures import outdated_figures, sentences_of_call
from mpfcheck.packs.lint.files import cut_sentences, locked, shared_findings
from mpfcheck.packs.lint.finding import LintFinding, Weight, error, warning
from mpfcheck.packs.lint.nulls import nulls
from mpfcheck.packs.lint.rules import overlapping_ids, repeated_rules, rule_habits, unreachable_sentences
from mpfcheck.packs.lint.unused import annex_file, unknown_owners, unlisted_files, unread_fields, unsigned, unused
from mpfcheck.packs.load import ANNEX_FILE, CLAUSES_FILE, Loading
from mpfcheck.packs.mistake import PackError, PackMistake, Place
from mpfcheck.packs.rule import Rule
from mpfcheck.packs.version import VERSIONS_FILE
from mpfcheck.packs.vocabulary import type_mistakes
from mpfcheck.packs.yaml_file import YamlFile, read_yaml

__all__ = ["LintFinding", "Weight", "lint"]

RUN_FMT = 'run "mpfcheck rules fmt"'


def lint(target: Path | Call) -> list[LintFinding]:
    """List what is wrong, or looks wrong, with a call or with the call in a folder, file by file.

    A call that was not read from a folder has no files to look at: then only what it says is checked.
    """
    if isinstance(target, Call) and target.folder is None:
        return list(_of_call(target))
    if isinstance(target, Call):
        return _of_folder(target.folder, target.id) if target.folder else []
    return _of_folder(target)


def _of_folder(folder: Path, name: str = "") -> list[LintFinding]:
    loading = Loading(folder, name=name, rules_whole=True)
    findings: list[LintFinding] = []
    try:
        call = loading.call()
        findings += _of_call(call, _clauses(loading, call, findings), loading.files.get(ANNEX_FILE))
        findings += unlisted_files(loading.folder.names(), (*loading.data, VERSIONS_FILE))
        findings += locked(call, loading)
        findings += shared_findings(loading)
    except PackError as broken:
        findings += _errors(broken.mistakes, loading.rules)
    files = {**loading.files, **loading.shelf.files}
    lines = {finding.place[:2] for finding in findings}
    for file in files.values():
        # What the loader has said of a line, it has said better.
        findings += [finding for finding in _of_file(file) if finding.place[:2] not in lines]
    order = {name: number for number, name in enumerate(files)}
    return sorted(findings, key=lambda one: (order.get(one.place.file, len(order)), *one.place))


def _clauses(loading: Loading, call: Call, findings: list[LintFinding]) -> tuple[Clause, ...]:
    """Read the clauses, which no check needs, and look at what they leave out."""
    if CLAUSES_FILE not in loading.data:
        return ()
    mistakes: list[PackMistake] = []
    file = loading.files[CLAUSES_FILE] = read_yaml(loading.data[CLAUSES_FILE], CLAUSES_FILE)
    clauses = read_clauses(file, call, mistakes)
    findings += _errors(mistakes, call.rules)
    if not mistakes:
        findings += unsigned(call, clauses)
    return clauses


def _of_file(file: YamlFile) -> Iterator[LintFinding]:
    if file.name == ANNEX_FILE:
        yield from annex_file(file)
        return
    yield from cut_sentences(file)
    for line in long_lines(file):
        yield warning(Place(file.name, line, WIDTH + 1), f"the line is longer than {WIDTH} characters", RUN_FMT)


def _of_call(call: Call, clauses: Sequence[Clause] = (), annex: YamlFile | None = None) -> Iterator[LintFinding]:
    mistakes = type_mistakes(call)
    yield from _errors(mistakes, call.rules)
    yield from rule_habits(call)
    yield from overlapping_ids(call)
    yield from unreachable_sentences(call)
    yield from repeated_rules(call)
    yield from unused(call, clauses)
    yield from unknown_owners(call)
    yield from parameter_values(call)
    yield from outdated_figures(call, sentences_of_call(call))
    yield from code_list_values(call)
    yield from example_answers(call)
    yield from open_codes(call)
    if not mistakes:
        yield from unread_fields(call, annex)
        yield from settled(call)
        yield from dead_branches(call)
        yield from nulls(call)


def _errors(mistakes: Sequence[PackMistake], rules: Sequence[Rule]) -> Iterator[LintFinding]:
    """Turn mistakes into findings, each with the rule in whose lines it stands."""
    begins = sorted((rule.place, rule.id) for rule in rules)
    for mistake in mistakes:
        yield error(mistake.place, mistake.message, mistake.hint, _rule_at(mistake.place, begins))


def _rule_at(place: Place, begins: Sequence[tuple[Place, str]]) -> str | None:
    before = bisect_right(begins, place, key=lambda begin: begin[0])
    begin, rule_id = begins[before - 1] if before else (None, "")
    return rule_id if begin is not None and begin.file == place.file else None
