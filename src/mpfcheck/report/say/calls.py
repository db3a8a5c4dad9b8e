"""Calls, as blocks and as JSON: their list, their rules, and several calls side by side."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.json_codec import json_text, plain_json
from mpfcheck.packs.call import Call, value_in_words
from mpfcheck.packs.rule import Rule
from mpfcheck.packs.side_by_side import WHO, SideBySide, Statement
from mpfcheck.report.blocks import Block, Cell, Code, Columns, Lines, Section, Table
from mpfcheck.report.rule_words import condition_in_words
from mpfcheck.report.words import authority_in_short, counted

__all__ = ["call_in_short", "in_words", "list_of_rules", "side_by_side_as_json", "side_by_side_blocks"]

WEIGHTS = {"warning": " (warning)", "advice": " (advice)", "manual": " (for manual review)"}


def call_in_short(call: Call) -> Section:
    """A call in a list of calls: id, title, version, how many rules."""
    version = f"Version {call.version}, {counted(len(call.rules), 'rule')}, values as of {call.as_of}."
    return Section(call.id, (Lines((call.title, version)),))


def list_of_rules(call: Call) -> Section:
    """The rules of a call: id, severity, title."""
    rows = [(rule.id, "manual" if rule.manual else rule.severity.value, rule.title) for rule in call.rules]
    return Section(f"{call.id}, version {call.version}", (Table(("Rule", "Severity", "Title"), rows),))


def side_by_side_blocks(compared: SideBySide) -> Iterator[Block]:
    """The comparison: a column for each call, a row for each topic, and a list of what is the same in all calls."""
    heads = [((Code(call.id),), (call.title,)) for call in compared.calls]
    rows = [
        (row.topic, [_cell(cell, call, row.topic) for cell, call in zip(row.cells, compared.calls, strict=True)])
        for row in compared.rows
    ]
    yield Columns("", heads, rows)
    if compared.common:
        lines = [in_words(statement, compared.calls[0]) for statement in compared.common]
        yield Section("The same in all calls", (Lines(lines),))


def _cell(statements: tuple[Statement, ...], call: Call, topic: str) -> Cell:
    return [(in_words(statement, call, topic),) for statement in statements]


def in_words(statement: Statement, call: Call, topic: str = "") -> str:
    """What a call says, in a line: a rule with its severity, or a parameter with its value and date.

    Rules on who may lead and join have their condition in words too.
    """
    if statement.rule:
        weight = WEIGHTS.get(statement.weight, "")
        if statement.weight == "manual" and "manual review" in statement.text:
            weight = ""
        rule = call.rule(statement.rule)
        condition = ""
        if topic in WHO and statement.weight == "blocking" and rule.require:
            condition = f": {condition_in_words(call, rule, rule.require)}{_doubt(call, rule)}"
        return f"{statement.rule} {statement.text}{weight}{condition}"
    if statement.value is None:
        return statement.text
    authority = f", {authority_in_short(statement.authority)}" if statement.authority else ""
    since = f" (from {statement.since}{authority})" if statement.since else ""
    return f"{statement.text}: {value_in_words(statement.value, statement.unit)}{since}"


def _doubt(call: Call, rule: Rule) -> str:
    """When a rule that is not met is for manual review, as the end of a sentence."""
    if rule.doubt is None:
        return ""
    where = "" if rule.never_fails else f" where {condition_in_words(call, rule, rule.doubt)}"
    return f"; if not, manual review is needed{where}"


FORMAT = "mpfcheck-calls-compared/1"


def side_by_side_as_json(compared: SideBySide) -> str:
    """The comparison as one JSON object; amounts and shares are texts, as everywhere."""
    calls = zip(compared.calls, compared.days, strict=True)
    return json_text(
        {
            "format": FORMAT,
            "calls": [
                {"id": call.id, "title": call.title, "version": call.version, "as_of": day.isoformat()}
                for call, day in calls
            ],
            "rows": [
                {
                    "topic": row.topic,
                    "cells": {
                        call.id: list(map(_members, cell)) for call, cell in zip(compared.calls, row.cells, strict=True)
                    },
                }
                for row in compared.rows
            ],
            "common": list(map(_members, compared.common)),
        }
    )


def _members(statement: Statement) -> dict[str, object]:
    return {**plain_json(statement), "weight": statement.weight or None}
