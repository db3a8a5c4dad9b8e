"""Every kind of change between two versions of a pack is said in words, and nothing else is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mpfcheck.packs.clause import load_clauses
from mpfcheck.packs.load import load_pack
from mpfcheck.report.pack_changes import VersionChange, call_changes, clause_changes, rule_changes

TINY = Path(__file__).parents[1] / "packs" / "packs" / "tiny"
CLAUSES = "- source: {document: notice, section: Money}\n  clauses:\n    - {id: N-1, text: Much., rules: [MONEY-1]}\n"
NEW_RULE = """
- id: PEOPLE-3
  title: The lead is central
  severity: blocking
  require: lead.level = "central"
  message: It is not.
  source: {document: notice, section: People}
"""


def changes(tmp_path: Path, *edits: tuple[str, str, str]) -> list[VersionChange]:
    """What is said of the small pack after some edits (file, old, new)."""
    folders = [tmp_path / side / "tiny" for side in ("old", "new")]
    for folder in folders:
        shutil.copytree(TINY, folder)
        (folder / "clauses.yaml").write_text(CLAUSES, encoding="utf-8")
    for name, old, new in edits:
        file = folders[1] / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
    before, after = map(load_pack, folders)
    clauses = clause_changes(load_clauses(before), load_clauses(after))
    return [*rule_changes(before, after), *call_changes(before, after), *clauses]


def said(found: list[VersionChange]) -> list[str]:
    return [f"{one.topic}: {one.kind} {one.subject}: {one.sentence} {one.before} → {one.after}" for one in found]


def test_nothing_is_said_of_what_is_only_written_in_another_way(tmp_path: Path) -> None:
    edits = [
        ("money.yaml", "- id: MONEY-1", "# A comment.\n- id: MONEY-1"),
        ("money.yaml", "require: budget.total >= least_total", "require: >-\n    budget.total\n    >= least_total"),
        ("money.yaml", "title: a cent less", "title: one cent less"),
    ]
    assert changes(tmp_path, *edits) == []


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            ("people.yaml", "- id: PEOPLE-2", f"{NEW_RULE.strip()}\n- id: PEOPLE-2"),
            "Rules: + PEOPLE-3: A new rule (blocking). It requires: the lead's level is Central.  → ",
        ),
        (("money.yaml", "severity: blocking", "severity: warning"), "it is warning now, and was blocking"),
        (
            ("money.yaml", "budget.total >= least_total", "budget.total > least_total"),
            "Rules: ~ MONEY-1: What it requires has changed. the total budget is at least the least total "
            "[budget.total >= least_total] → the total budget is more than the least total "
            "[budget.total > least_total]",
        ),
        (
            ("people.yaml", '  when: lead.kind = "public_body"\n', ""),
            "Rules: ~ PEOPLE-1: Where it applies has changed. the lead's kind is Public body "
            '[lead.kind = "public_body"] → It applies always.',
        ),
        (
            ("people.yaml", "Nobody from", "No one from"),
            "Wording: ~ PEOPLE-1: What it says has new wording. Nobody from",
        ),
        (("people.yaml", "takes part\n", "joins\n"), "Wording: ~ PEOPLE-1: It has a new title."),
        (
            ("money.yaml", "section: Money, note: says the same", "section: Sums, note: says the same"),
            "Sources: ~ MONEY-1: Its sources or the notes on them have changed. "
            "A guide to another call, Money (similar scheme): says the same → "
            "A guide to another call, Sums (similar scheme)",
        ),
        (
            ("money.yaml", "    - {given: {}, expect: undecided}\n", ""),
            "Examples: ~ MONEY-1: 0 examples added, 1 removed.",
        ),
        (
            ("call.yaml", "value: 250000.00", "value: 300000.00"),
            "Limits: ~ least_total: The value has changed. It decides MONEY-1. EUR 200 000.00 from 2023-03-10, "
            "EUR 250 000.00 from 2023-12-07 → EUR 200 000.00 from 2023-03-10, EUR 300 000.00 from 2023-12-07",
        ),
        (
            ("call.yaml", "{from: 2023-12-07, value", "{from: 2024-12-07, value"),
            "EUR 250 000.00 from 2024-12-07",
        ),
        (
            (
                "call.yaml",
                "source: {document: notice, section: Money}}\n      - {from: 2023-12",
                "source: {document: notice, section: Gold}}\n      - {from: 2023-12",
            ),
            "Sources: ~ least_total: The sources of the value or the notes on them have changed",
        ),
        (
            (
                "call.yaml",
                "value: co_applicants[country in neighbours.members]",
                "value: co_applicants[country in neighbours.candidates]",
            ),
            "Lists and definitions: ~ neighbour_partners: Its meaning has changed. It decides PEOPLE-1.",
        ),
        (
            ("codelists/neighbours.yaml", "- MD", "- GE"),
            "Lists and definitions: ~ neighbours: Georgia now counted in; Moldova no longer counted in. "
            "It decides PEOPLE-1.",
        ),
        (
            ("codelists/neighbours.yaml", "candidates: [BY]", "candidates: [BY, AM]"),
            "neighbours: Armenia now for manual review. It decides PEOPLE-1.",
        ),
        (
            ("codelists/neighbours.yaml", "confidence: medium", "confidence: low"),
            "Sources: ~ neighbours: Ukraine: its source or its confidence has changed. confidence medium",
        ),
        (
            ("call.yaml", "authority: seed", "authority: official"),
            "Sources: ~ notice: The source has changed. The notice of the call (primary source)",
        ),
        (
            ("call.yaml", "topic: The end,", "topic: The finish,"),
            "Not known: + The finish: A new gap: Nobody has said when it ends.",
        ),
        (("call.yaml", "As small as", "As tiny as"), "The call: ~ summary: The entry has changed."),
        (
            ("clauses.yaml", "rules: [MONEY-1]", "left to people: Who knows."),
            "Clauses: ~ N-1: The clause has changed. “Much.” → MONEY-1 → “Much.” → Who knows.",
        ),
    ],
)
def test_a_change_is_said_in_words(tmp_path: Path, edit: tuple[str, str, str], expected: str) -> None:
    found = said(changes(tmp_path, edit))

    assert any(expected.lower() in one.lower() for one in found), found


def test_a_rule_that_went_is_said_with_what_it_demanded(tmp_path: Path) -> None:
    text = (TINY / "people.yaml").read_text(encoding="utf-8")
    found = said(changes(tmp_path, ("people.yaml", text[text.index("- id: PEOPLE-2") :], "")))

    assert found == [
        "Rules: - PEOPLE-2: The rule was removed. It was for manual review. It checks each of: the co-applicants. "
        "It applies where: the partner's kind is Other private-law body.  → "
    ]
