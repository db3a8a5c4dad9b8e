"""The blocks about a survey: verdicts, envelopes, groups, rules, and the proposals it lists."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import TYPE_CHECKING

from mpfcheck.checking.report import InputReference, Status, Verdict
from mpfcheck.proposal.values import as_text, format_money
from mpfcheck.report.blocks import Block, Lines, Say, Section, Table, Tone
from mpfcheck.report.cell import cell
from mpfcheck.report.say.portfolio import together_section
from mpfcheck.report.words import (
    DISCLAIMER,
    NOT_ANSWERED,
    STATUS_WORDS,
    VERDICT_IN_COUNTS,
    counted,
    grouped,
    project_name,
)

if TYPE_CHECKING:
    from mpfcheck.warehouse.survey import Survey

__all__ = ["survey_as_csv", "survey_as_json", "survey_blocks"]

FORMAT = "mpfcheck-survey/1"
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
    if not survey.complete:
        yield Say(("The table is not complete: some inputs were not read when it was written.",), Tone.ALARM)
    if survey.invalid:
        yield Say((f"Not counted: {counted(survey.invalid, 'input')} that cannot be read as a proposal.",), Tone.NOTICE)
    yield Say((f"Grants requested by eligible proposals: {format_money(survey.requested)}.",))
    for together in survey.together:
        yield together_section(together)
    if survey.verdicts_only:
        yield Say(("Verdicts only: rules that cannot change a verdict were not applied.",), Tone.NOTICE)
    if survey.not_together:
        yield Say((f"Not in a survey: {', '.join(survey.not_together)}. Use mpfcheck check.",), Tone.NOTICE)
    if survey.by:
        yield Section(f"By {', '.join(survey.by)}", (_groups(survey),))
    yield Section("Rules", (_rules(survey),))
    if survey.list_of is not None:
        yield from _listed(survey, survey.list_of)
    yield Say((DISCLAIMER,), Tone.QUIET)


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
        (f"{rule.rule} ({rule.severity.value})", *(grouped(rule.statuses.get(one, 0)) for one in shown))
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
            "invalid": survey.invalid,
            "complete": survey.complete,
            "requested": as_text(survey.requested),
        },
        "rules": [
            {
                "rule": rule.rule,
                "title": rule.title,
                "severity": rule.severity.value,
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
        "not_together": list(survey.not_together),
        "list": None
        if survey.list_of is None
        else {
            "verdict": survey.list_of.value,
            "proposals": survey.list_count,
            "inputs": [{"path": one.path, "line": one.line, "title": one.title} for one in survey.listed],
        },
    }


def survey_as_csv(survey: Survey) -> str:
    """The survey as rows: what is counted, its name, what of it, how many; amounts in EUR with cents."""
    text = StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(["table", "name", "what", "number"])
    for verdict, number in _counts(survey.verdicts).items():
        rows.writerow(["verdicts", "all", verdict, number])
    rows.writerow(["verdicts", "all", "invalid", survey.invalid])
    rows.writerow(["requested", "all", "eligible", as_text(survey.requested)])
    for together in survey.together:
        for item in together.items:
            if item.compared is not None:
                name = f"{together.rule} {item.item or 'all'}"
                rows.writerow(["together", cell(name), "amount", as_text(item.compared.amount)])
                rows.writerow(["together", cell(name), "limit", as_text(item.compared.limit)])
    for group in survey.groups:
        name = cell(", ".join(NOT_ANSWERED if value is None else value for value in group.values))
        for verdict, number in _counts(group.verdicts).items():
            rows.writerow(["groups", name, verdict, number])
        rows.writerow(["groups", name, "requested", as_text(group.requested)])
    for rule in survey.rules:
        for status in Status:
            rows.writerow(["rules", rule.rule, status.value, rule.statuses.get(status, 0)])
    for one in survey.listed:
        where = project_name(InputReference(one.path, one.line, None, None))
        rows.writerow(["list", cell(where), cell(one.title or ""), 1])
    return text.getvalue()
