"""Calls side by side: as text in columns where the width allows it, as a Markdown table, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mpfcheck.packs.call import Call
from mpfcheck.packs.side_by_side import WHO, Row, SideBySide, Statement
from mpfcheck.proposal.values import format_money
from mpfcheck.report.commonmark import code, markdown
from mpfcheck.report.json_codec import json_text, plain_json
from mpfcheck.report.page import Page
from mpfcheck.report.paragraph import columns, paragraph
from mpfcheck.report.rule_words import condition_in_words

__all__ = ["in_words", "side_by_side_as_json", "side_by_side_as_markdown", "write_side_by_side"]

NARROWEST = 24
"""A column narrower than this is harder to read than one call below the other."""
BETWEEN = 2
WEIGHTS = {"warning": " (warning)", "advice": " (advice)", "manual": " (for manual review)"}


def write_side_by_side(page: Page, compared: SideBySide) -> None:
    """Write the comparison."""
    width = (page.width - BETWEEN * (len(compared.calls) - 1)) // max(len(compared.calls), 1)
    beside = width >= NARROWEST and len(compared.calls) > 1
    if beside:
        _columns(page, [[call.id] for call in compared.calls], width, hang="")
        _columns(page, [[call.title] for call in compared.calls], width, hang="")
    else:
        for call in compared.calls:
            page.say(call.id, style="bold")
            page.say(call.title, indent="  ")
    for row in compared.rows:
        page.heading(row.topic)
        if beside:
            texts = [[in_words(said, call, row.topic) for said in cell] for cell, call in _cells(row, compared)]
            _columns(page, texts, width)
            continue
        for cell, call in _cells(row, compared):
            if len(compared.calls) > 1:
                page.say(call.id, indent="  ", style="bold")
            for said in cell:
                page.say(in_words(said, call, row.topic), indent="    ", hang="  ")
            if not cell:
                page.say("nothing", indent="    ", style="dim")
    if compared.common:
        page.heading("The same in all calls")
        for said in compared.common:
            page.say(in_words(said, compared.calls[0]), indent="  ", hang="  ")


def in_words(said: Statement, call: Call, topic: str = "") -> str:
    """What a call says, in a line: with the rule, how much it weighs, or what a parameter is and since when.

    Of who may lead and join, the condition is said in words too.
    """
    if said.rule:
        weight = WEIGHTS.get(said.weight, "")
        if said.weight == "manual" and "for manual review" in said.text:
            weight = ""
        rule = call.rule(said.rule)
        words = ""
        if topic in WHO and said.weight == "blocking" and rule.require:
            words = f": {condition_in_words(call, rule, rule.require)}"
            words += f"; in doubt where {condition_in_words(call, rule, rule.doubt)}" if rule.doubt else ""
        return f"{said.rule} {said.text}{weight}{words}"
    if said.value is None:
        return said.text
    sure = f", {said.authority}" if said.authority else ""
    since = f" (from {said.since}{sure})" if said.since else ""
    return f"{said.text}: {_value(said)}{since}"


def _value(said: Statement) -> str:
    match said.value:
        case bool():
            return "yes" if said.value else "no"
        case Decimal() if said.unit == "EUR":
            return format_money(said.value)
        case Decimal() if said.unit == "share":
            return f"{(said.value * 100).normalize():f} %"
        case Decimal():
            return f"{said.value:f} {said.unit or ''}".rstrip()
        case date():
            return said.value.isoformat()
    return str(said.value)


def _cells(row: Row, compared: SideBySide) -> list[tuple[tuple[Statement, ...], Call]]:
    return list(zip(row.cells, compared.calls, strict=True))


def _columns(page: Page, cells: list[list[str]], width: int, hang: str = "  ") -> None:
    """Lay texts out in columns of a width, one list of texts a column."""
    laid = [[line for text in cell for line in paragraph(text, width, rest=hang)] for cell in cells]
    for number in range(max(map(len, laid), default=0)):
        line = "".join(
            cell[number] + " " * (width + BETWEEN - columns(cell[number]))
            if number < len(cell)
            else " " * (width + BETWEEN)
            for cell in laid
        )
        page.line(line.rstrip())


def _filled(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def side_by_side_as_markdown(compared: SideBySide) -> str:
    """The comparison: one column a call, one row a topic, and a list of what all of them say."""
    return "".join(f"{line}\n" for line in _markdown_lines(compared))


def _markdown_lines(compared: SideBySide) -> Iterator[str]:
    yield f"| | {' | '.join(code(call.id) for call in compared.calls)} |"
    yield f"|---|{'---|' * len(compared.calls)}"
    yield f"| Title | {' | '.join(markdown(call.title) for call in compared.calls)} |"
    for row in compared.rows:
        cells = (
            "<br>".join(markdown(in_words(said, call, row.topic)) for said in cell)
            for cell, call in zip(row.cells, compared.calls, strict=True)
        )
        yield f"| {markdown(row.topic)} | {' | '.join(cells)} |"
    if compared.common:
        yield ""
        yield "The same in all calls:"
        yield ""
        for said in compared.common:
            yield f"- {markdown(in_words(said, compared.calls[0]))}"


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
                        call.id: [_said(said) for said in cell]
                        for call, cell in zip(compared.calls, row.cells, strict=True)
                    },
                }
                for row in compared.rows
            ],
            "common": [_said(said) for said in compared.common],
        }
    )


def _said(said: Statement) -> dict[str, object]:
    return {**plain_json(said), "weight": said.weight or None}
