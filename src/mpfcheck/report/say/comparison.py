"""The blocks about two runs, and about what another date or other limits would change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mpfcheck.checking.report import InputReference, Severity
from mpfcheck.checking.what_if import StatusChange, WhatIfResult
from mpfcheck.report.blocks import Block, Detail, Entry, Headline, Lines, Listing, Mark, Say, Section, Subject, Tone
from mpfcheck.report.comparison import Comparison, Finding
from mpfcheck.report.words import STATUS_WORDS, VERDICT_HEADLINE, Heading, counted, project_name

__all__ = ["comparison", "comparison_in_short", "what_if_blocks", "what_if_terms"]


def comparison_in_short(result: Comparison) -> str:
    """How many findings are new, fixed and unchanged, in one sentence."""
    return (
        f"{counted(len(result.new), 'new finding')}, {len(result.fixed)} fixed, "
        f"{len(result.unchanged)} unchanged; {counted(len(result.verdicts), 'verdict')} changed."
    )


def comparison(result: Comparison) -> Iterator[Block]:
    """How two runs differ; of what is the same, only how much there is."""
    yield Say((comparison_in_short(result),), Tone.STRONG)
    yield from _findings(Heading.NEW, result.new, Mark.BAD)
    yield from _findings(Heading.FIXED, result.fixed, Mark.GOOD)
    yield from _findings(Heading.UNKNOWN, result.unknown, Mark.OPEN)
    if result.verdicts:
        yield Section(Heading.CHANGED_VERDICTS, _verdicts(result))
    yield from _inputs(Heading.ADDED, result.added)
    yield from _inputs(Heading.REMOVED, result.removed)


def _findings(heading: Heading, found: Sequence[Finding], mark: Mark) -> Iterator[Section]:
    by_input: dict[InputReference, list[Entry]] = {}
    for one in found:
        name, title = (one.rule, one.title) if one.rule else (one.title, "")
        weight = "" if one.severity is Severity.BLOCKING else one.severity.value
        details = tuple(Detail((line,)) for line in one.message.splitlines() if line.strip())
        by_input.setdefault(one.input, []).append(Entry(mark, name, title, weight, details=details))
    blocks: list[Block] = []
    for input, entries in by_input.items():
        blocks += [Subject(project_name(input)), Listing(entries)]
    if found:
        yield Section(f"{heading} ({len(found)})", blocks)


def _verdicts(result: Comparison) -> Iterator[Block]:
    for change in result.verdicts:
        yield Subject(project_name(change.input))
        yield Headline(change.after, f"before: {VERDICT_HEADLINE[change.before]}")
        yield Listing([_status(rule, "Before", "now") for rule in change.rules])


def _inputs(heading: Heading, inputs: Sequence[InputReference]) -> Iterator[Section]:
    if inputs:
        yield Section(f"{heading} ({len(inputs)})", (Lines([project_name(input) for input in inputs]),))


def what_if_blocks(result: WhatIfResult) -> Iterator[Block]:
    """Which proposals would get another verdict, and because of which rules."""
    blocks: list[Block] = [Say((what_if_terms(result),), Tone.STRONG)]
    for change in result.alike():
        before = f"instead of {VERDICT_HEADLINE[change.before]}: {counted(len(change.inputs), 'proposal')}"
        blocks += [
            Headline(change.after, before),
            Listing([_status(rule, "As checked", "then") for rule in change.rules]),
            Lines([project_name(input) for input in change.inputs]),
        ]
    yield Section(Heading.WHAT_IF, blocks)


def what_if_terms(result: WhatIfResult) -> str:
    """What is supposed, and how many verdicts it would change, in one sentence."""
    conditions = [f"the date were {result.as_of}"] if result.as_of else []
    conditions += [f"{name} were {value}" for name, value in result.changed.items()]
    number = len(result.changes)
    return f"If {' and '.join(conditions)}: {counted(number, 'verdict') if number else 'no verdict'} would change."


def _status(rule: StatusChange, before: str, after: str) -> Entry:
    sentence = f"{before}: {STATUS_WORDS[rule.before]}; {after}: {STATUS_WORDS[rule.after]}."
    return Entry(Mark.JUDGE, rule.rule, rule.title, details=(Detail((sentence,)),))
