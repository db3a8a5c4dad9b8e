"""The summary of several proposals, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema_rs import Draft202012Validator

import mpfcheck.report
from mpfcheck.checking.checker import Checker, invalid_report
from mpfcheck.checking.portfolio.summary import PortfolioSummary
from mpfcheck.checking.report import InputReference, Problem
from mpfcheck.engine.portfolio import Portfolio
from mpfcheck.packs.load import load_call
from mpfcheck.reading.inputs import open_inputs
from mpfcheck.report.as_json import portfolio_members
from mpfcheck.report.as_text import write_blocks
from mpfcheck.report.page import LinePage
from mpfcheck.report.say.portfolio import portfolio, totals
from mpfcheck.report.style import Style

ROOT = Path(__file__).resolve().parents[2]
CHECKER = Checker(load_call("mpf-2023-borders-security"))
SCHEMA = json.loads(Path(mpfcheck.report.__path__[0], "report.schema.json").read_text(encoding="utf-8"))
OF_A_PORTFOLIO = Draft202012Validator({"$ref": "#/$defs/portfolio", "$defs": SCHEMA["$defs"]})


def examples(rename: str = "") -> PortfolioSummary:
    portfolio = Portfolio()
    # Those in folders below are for other calls.
    for source in open_inputs(sorted((ROOT / "examples").glob("*.json*"))):
        document = source.document()
        reference = InputReference(rename + Path(source.path).name, source.line, None)
        if document.answers is None:
            portfolio.add(invalid_report(document.problems or (Problem("?"),), reference))
        else:
            report = CHECKER.report(document.answers, input=reference)
            portfolio.add(report, document.answers, CHECKER)
    return portfolio.summary(lambda _: CHECKER)


def text_of(summary: PortfolioSummary, width: int = 80) -> str:
    page = LinePage(width, Style())
    write_blocks(page, (*totals(summary), *portfolio(summary)))
    return page.text()


def test_the_text_names_files_envelopes_rules_countries_and_what_came_twice() -> None:
    said = text_of(examples())
    headings = [line for line in said.splitlines() if line and not line.startswith((" ", "\x1b"))]

    assert headings[0].startswith("18 proposals: 4 eligible, 7 not eligible")
    for heading in (
        "Eligible after one fix",
        "All requested grants together should fit the budget envelopes (POT-2, 2 eligible",
        "Results by rule",
        "Countries of the lead applicants",
        "Duplicate proposals",
    ):
        assert heading in headings
    assert "6 proposals are exact copies of another one." in said
    assert "12 different proposals, 2 eligible, 5 not eligible" in " ".join(said.split())
    assert "EUR 380 000.00 of" in said
    assert "EUR 380 000.00 requested by eligible proposals" in " ".join(said.split())
    assert "This also applies to 1 exact copy." in said
    assert "One PIC with different names or countries" in headings
    assert "ineligible-many-things.json" in said
    assert "batch.jsonl, line 1; eligible-lithuania-moldova.json" in said


def test_no_line_is_wider_than_the_page() -> None:
    for width in (40, 80):
        assert max(map(len, text_of(examples(), width).splitlines())) <= width


def test_names_of_files_cannot_act_on_a_terminal() -> None:
    said = text_of(examples("\x1b[2J\u202e"))

    assert all(character == "\n" or character.isprintable() for character in said)


def test_the_member_of_the_json_report_keeps_to_the_schema() -> None:
    members = dict(portfolio_members(examples()))

    OF_A_PORTFOLIO.validate(members)
    assert json.loads(json.dumps(members)) == members


def test_nothing_at_all_can_be_written_too() -> None:
    empty = Portfolio().summary(lambda _: CHECKER)

    assert text_of(empty) == "No proposals.\n"
    OF_A_PORTFOLIO.validate(dict(portfolio_members(empty)))
