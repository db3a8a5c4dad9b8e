"""The blocks about a survey: verdicts, envelopes, groups, rules, and the proposals it lists."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from mpfcheck.checking.report import InputReference, Status, Verdict
from mpfcheck.json_codec import plain_json
from mpfcheck.plain import plain
from mpfcheck.proposal.values import as_text, format_money
from mpfcheck.report.blocks import Block, Lines, Say, Section, Table, Tone
from mpfcheck.report.cell import cell
from mpfcheck.report.overview import RunSummary
from mpfcheck.report.say.portfolio import together_section
from mpfcheck.report.say.run import passed_over, sealed
from mpfcheck.report.words import (
    DISCLAIMER,
    NOT_ANSWERED,
    STATUS_WORDS,
    VERDICT_IN_COUNTS,
    counted,
    grouped,
    project_name,
    why_not_checked,
)

if TYPE_CHECKING:
    from mpfcheck.warehouse.survey import Survey

__all__ = ["survey_as_csv", "survey_as_json", "survey_blocks"]

FORMAT = "mpfcheck-survey/1"
COPIES_COUNTED = "Copies of a proposal are counted as often as they are in the input. mpfcheck check counts them once."
_VERDICTS = [verdict for verdict in VERDICT_IN_COUNTS if verdict is not Verdict.INVALID]


def survey_blocks(survey: Survey) -> Iterator[Block]:
    """The survey as people read it."""
    parts = [
        f"{grouped(survey.verdicts[one])} {VERDICT_IN_COUNTS[one]}" for one in _VERDICTS if survey.verdicts.get(one)
    ]
    number = counted(survey.proposals, "proposal") if survey.proposals else "No proposals"
    yield Say((f"{number}{': ' if parts else ''}{', '.join(parts)}.",), Tone.STRONG)
    yield Say((f"Call {survey.call.id}, rules of {survey.call.version}, check date {survey.as_of}.",))
    for name, value in survey.changed.items():
        yield Say((f"What-if: {name} is set to {value}.",), Tone.NOTICE)
    for sentence in _cautions(survey):
        yield Say((sentence,), Tone.NOTICE if survey.inputs.complete else Tone.ALARM)
    yield Say((f"Grants requested by eligible proposals: {format_money(survey.requested)}.",))
    for together in survey.together:
        yield together_section(together)
    if survey.together:
        yield Say((COPIES_COUNTED,), Tone.NOTICE)
    if survey.verdicts_only:
        yield Say(("Verdicts only: rules that cannot change a verdict were not applied.",), Tone.NOTICE)
    if survey.not_together:
        yield Say((f"Not in a survey: {', '.join(survey.not_together)}. Use mpfcheck check.",), Tone.NOTICE)
    if survey.by:
        yield Section(f"By {', '.join(survey.by)}", (_groups(survey),))
    yield Section("Rules", (_rules(survey),))
    if survey.list_of is not None:
        yield from _listed(survey, survey.list_of)
    course = _course(survey)
    yield from passed_over(course)
    yield from sealed(course)
    yield Say((DISCLAIMER,), Tone.QUIET)


def _course(survey: Survey) -> RunSummary:
    inputs = survey.inputs
    return RunSummary(
        survey.proposals + inputs.invalid, inputs.passed_over, inputs.complete, inputs.interrupted, inputs.sha256
    )


def _cautions(survey: Survey) -> Iterator[str]:
    """What a person must know before the figures."""
    if not survey.inputs.complete:
        when = " when its table was written" if survey.of_table else ""
        yield f"This survey is not complete: some inputs were not read{when}."
    if survey.inputs.invalid:
        yield f"Not counted: {counted(survey.inputs.invalid, 'input')} that cannot be read as a proposal."
    if survey.notice is not None:
        yield survey.notice


def _groups(survey: Survey) -> Table:
    shown = [one for one in _VERDICTS if survey.verdicts.get(one)]
    heads = (", ".join(survey.by), "checked:", *(f"{VERDICT_IN_COUNTS[one]}:" for one in shown), "requested:")
    rows = [
        (
            ", ".join(NOT_ANSWERED if value is None else value for value in group.values),
            grouped(sum(group.verdicts.values())),
            *(grouped(group.verdicts.get(one, 0)) for one in shown),
            format_money(group.requested),
        )
        for group in survey.groups
    ]
    return Table(heads, rows)


def _rules(survey: Survey) -> Table:
    shown = [one for one in Status if any(rule.statuses.get(one) for rule in survey.rules)]
    heads = ("rule", *(f"{STATUS_WORDS[one]}:" for one in shown))
    rows = [
        (
            f"{rule.rule} {rule.title} ({rule.severity.value}{', manual' if rule.manual else ''})",
            *(grouped(rule.statuses.get(one, 0)) for one in shown),
        )
        for rule in survey.rules
    ]
    return Table(heads, rows)


def _listed(survey: Survey, verdict: Verdict) -> Iterator[Block]:
    lines = [project_name(InputReference(one.path, one.line, None, one.title)) for one in survey.listed]
    more = survey.list_count - len(lines)
    blocks: tuple[Block, ...] = (Lines(lines or ["None."]),)
    if more:
        blocks = (*blocks, Say((f"… and {counted(more, 'proposal')} more.",)))
    yield Section(f"Proposals {VERDICT_IN_COUNTS[verdict]} ({grouped(survey.list_count)})", blocks)


def _counts(counts: Mapping[Verdict, int]) -> dict[str, int]:
    return {verdict.value: counts.get(verdict, 0) for verdict in _VERDICTS}


def survey_as_json(survey: Survey, version: str) -> dict[str, object]:
    """The survey for programs (``mpfcheck-survey/1``); amounts are texts with cents."""
    return {
        "format": FORMAT,
        "tool": {"name": "mpfcheck", "version": version},
        "call": {"id": survey.call.id, "version": survey.call.version, "sha256": survey.call.sha256},
        "as_of": survey.as_of,
        "parameters_changed": dict(survey.changed),
        "summary": {
            "proposals": survey.proposals,
            **_counts(survey.verdicts),
            "invalid": survey.inputs.invalid,
            "requested": as_text(survey.requested),
            "inputs": survey.proposals + survey.inputs.invalid,
            "passed_over": plain_json(survey.inputs.passed_over),
            "complete": survey.inputs.complete,
            "interrupted": survey.inputs.interrupted,
            "inputs_sha256": survey.inputs.sha256,
        },
        "notice": survey.notice,
        "rules": [
            {
                "rule": rule.rule,
                "title": rule.title,
                "severity": rule.severity.value,
                "manual": rule.manual,
                **{status.value: rule.statuses.get(status, 0) for status in Status},
            }
            for rule in survey.rules
        ],
        "by": list(survey.by),
        "groups": [
            {
                "values": dict(zip(survey.by, group.values, strict=True)),
                "proposals": sum(group.verdicts.values()),
                **_counts(group.verdicts),
                "requested": as_text(group.requested),
            }
            for group in survey.groups
        ],
        "together": [
            {
                "rule": one.rule,
                "title": one.title,
                "status": one.status.value,
                "items": [
                    {
                        "item": item.item,
                        "status": item.status.value,
                        "amount": None if item.compared is None else as_text(item.compared.amount),
                        "limit": None if item.compared is None else as_text(item.compared.limit),
                        "message": item.message,
                    }
                    for item in one.items
                ],
            }
            for one in survey.together
        ],
        "copies_counted": True,
        "not_together": list(survey.not_together),
        "list": None
        if survey.list_of is None
        else {
            "verdict": survey.list_of.value,
            "proposals": survey.list_count,
            "inputs": [{"path": one.path, "line": one.line, "title": one.title} for one in survey.listed],
        },
    }


COLUMNS = (
    *("call", "version", "as_of", "what_if", "complete", "table", "name", "item", "title", "severity", "manual"),
    *("input", "input_line"),
)
"""The columns before the fields that are counted by (``by fund``), ``what`` and ``number``; as those of a report.

``table`` is what is counted, ``name`` of what: a rule, an input, or all.
"""


def survey_as_csv(survey: Survey, *, byte_order_mark: bool = False) -> str:
    """The survey as rows, each with its terms: what is counted, its name, what of it, how many; amounts in EUR."""
    text = StringIO()
    terms = {
        "call": survey.call.id,
        "version": survey.call.version,
        "as_of": survey.as_of,
        "what_if": "\n".join(f"{plain(name)}={plain(value)}" for name, value in survey.changed.items()),
        "complete": "true" if survey.inputs.complete else "false",
    }
    by = [f"by {name}" for name in survey.by]
    columns = [*COLUMNS, *by, "what", "number"]
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(map(cell, columns))
    for row in _csv_rows(survey, by):
        values = ({**terms, **row}.get(column) for column in columns)
        rows.writerow("" if value is None else cell(str(value)) for value in values)
    return ("\ufeff" if byte_order_mark else "") + text.getvalue()


def _csv_rows(survey: Survey, by: Sequence[str]) -> Iterator[dict[str, object]]:
    """The columns of each row that are filled beside the terms."""
    course = _course(survey)
    counts = {**_counts(survey.verdicts), "invalid": survey.inputs.invalid}
    yield {"table": "inputs", "name": "all", "what": "inputs", "number": course.inputs}
    yield {"table": "inputs", "name": "all", "what": "sha256", "number": course.inputs_sha256}
    for passed in course.passed_over:
        yield {"table": "passed_over", "input": passed.path, "what": why_not_checked(passed), "number": 1}
    for sentence in [*_cautions(survey), *([COPIES_COUNTED] if survey.together else [])]:
        yield {"table": "notes", "what": sentence}
    for name, number in counts.items():
        yield {"table": "verdicts", "name": "all", "what": name, "number": number}
    yield {"table": "requested", "name": "all", "what": "eligible", "number": as_text(survey.requested)}
    for together in survey.together:
        for item in together.items:
            if item.compared is not None:
                known = {"table": "together", "name": together.rule, "item": item.item, "title": together.title}
                yield {**known, "what": "amount", "number": as_text(item.compared.amount)}
                yield {**known, "what": "limit", "number": as_text(item.compared.limit)}
    for group in survey.groups:
        values = [NOT_ANSWERED if value is None else value for value in group.values]
        in_group = {"table": "groups", **dict(zip(by, values, strict=True))}
        for name, number in _counts(group.verdicts).items():
            yield {**in_group, "what": name, "number": number}
        yield {**in_group, "what": "requested", "number": as_text(group.requested)}
    for rule in survey.rules:
        of_rule = {"table": "rules", "name": rule.rule, "title": rule.title, "severity": rule.severity.value}
        for status in Status:
            manual = "true" if rule.manual else "false"
            yield {**of_rule, "manual": manual, "what": status.value, "number": rule.statuses.get(status, 0)}
    for one in survey.listed:
        where = {"input": one.path, "input_line": one.line, "title": one.title}
        yield {"table": "list", **where, "what": survey.list_of and survey.list_of.value, "number": 1}
