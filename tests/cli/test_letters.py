"""``mpfcheck letters``: who must act gets a letter with all of it, and nothing that is not theirs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from mpfcheck.report.commonmark import markdown
from mpfcheck.report.say.proposal import words_of
from tests.cli.conftest import EXAMPLES, Cli
from tests.data import NAUGHTY_STRINGS

Write = Callable[..., str]


@pytest.fixture
def report(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The report on all examples, with a decision on one of them, as ``report.json``."""
    monkeypatch.chdir(tmp_path)
    cli("check", EXAMPLES, "--format", "json", "--output", "report.json")
    decision = ("--decision", "not_met", "--by", "Officer Ana", "--note", "Between us.", "-o", "d.jsonl")
    cli("assess", "report.json", "SCOPE-3", "--input", "ineligible-country-outside.json", *decision)
    cli("check", EXAMPLES, "--assessments", "d.jsonl", "--format", "json", "--output", "report.json")
    loaded: list[dict[str, Any]] = json.loads(Path("report.json").read_text(encoding="utf-8"))["reports"]
    return loaded


def table(folder: str, name: str = "letters.csv") -> list[dict[str, str]]:
    text = Path(folder, name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_everyone_who_must_act_has_a_letter_with_all_that_must_change(cli: Cli, report: list[dict[str, Any]]) -> None:
    ended = cli("letters", "report.json", "-o", "out")

    wanted = [one for one in report if one["verdict"] in ("ineligible", "incomplete", "invalid")]
    copies = {(row["input"], row["input_line"]) for row in table("out", "without-letter.csv")}
    wanted = [one for one in wanted if (one["input"]["path"], str(one["input"]["line"] or "")) not in copies]
    listed = table("out")
    assert ended.code == 0
    assert len(listed) == len(wanted) == len(list(Path("out").glob("*.md")))
    assert len({row["file"] for row in listed}) == len(listed)
    assert f"{len(wanted)} letters" in ended.out
    for one, row in zip(wanted, listed, strict=True):
        text = " ".join(Path("out", row["file"]).read_text(encoding="utf-8").split())
        assert (row["verdict"], row["proposal_title"]) == (one["verdict"], one["input"]["title"] or "")
        failed = [it for it in one["results"] if (it["status"], it["severity"]) == ("fail", "blocking")]
        for result in failed:
            assert f"**{result['rule']}**" in text
            assert result["rule"] in row["what_must_change"]
        open_rules = [it for it in one["results"] if it["status"] == "undecided" and not it["manual"]]
        for pointer in {pointer for it in open_rules for pointer in it["missing"]}:
            assert f"**{words_of(pointer)}**" in text
        for result in open_rules:
            assert not result["missing"] or f"{result['rule']} {markdown(result['title'])}" in text
        assert len(text) > 200


def test_nothing_is_in_a_letter_that_is_not_the_applicants(cli: Cli, report: list[dict[str, Any]]) -> None:
    cli("letters", "report.json", "-o", "out")

    by_place = {(one["input"]["path"], str(one["input"]["line"] or "")): one for one in report}
    titles = {one["input"]["title"] for one in report if one["input"]["title"]}
    for row in table("out"):
        text = Path("out", row["file"]).read_text(encoding="utf-8")
        results = by_place[row["input"], row["input_line"]]["results"]
        manual = [result["rule"] for result in results if result["manual"]]
        for word in (*manual, "Officer Ana", "Between us", "manual review", "Manual review", str(EXAMPLES)):
            assert word not in text, (row["file"], word)
        # Some examples are about the same proposal.
        assert not [title for title in titles if title in text and title not in row["proposal_title"]]
        if row["input_line"]:
            assert not re.search(r"line (?!1,)\d+, column", text)
        assert "See:* `" not in text


def test_a_letter_about_a_file_that_cannot_be_read_has_its_warnings_apart(cli: Cli, write: Write) -> None:
    path = write(b'{"call": "mpf-2023-borders-security", "titel": "x", "budget": {"total": "400.000,00"}}')
    cli("check", path, "--format", "json", "--output", "report.json")
    cli("letters", "report.json", "-o", "out")

    (row,) = table("out")
    errors, warnings = Path("out", row["file"]).read_text(encoding="utf-8").split("### File warnings")
    assert ("400.000,00" in errors, "titel" in errors, "titel" in warnings) == (True, False, True)
    assert "titel" not in row["what_must_change"]
    assert "Not in the table: " + path + ': "400.000,00" cannot be read' in cli("export", path, "-o", "t.parquet").err


def test_nothing_is_replaced_unless_that_is_wanted(cli: Cli, report: list[dict[str, Any]]) -> None:
    cli("letters", "report.json", "-o", "out")
    first = table("out")[0]["file"]
    Path("out", first).write_text("mine", encoding="utf-8")

    refused = cli("letters", "report.json", "-o", "out")
    assert (refused.code, first in refused.err) == (2, True)
    assert Path("out", first).read_text(encoding="utf-8") == "mine"
    assert cli("letters", "report.json", "-o", "out", "--replace").code == 0
    assert Path("out", first).read_text(encoding="utf-8") != "mine"
    Path("out", "098-older.md").write_bytes(b"")
    Path("out", "notes.md").write_bytes(b"")
    again = cli("letters", "report.json", "-o", "out", "--replace").out
    assert "from an earlier run, and not in the list: 1 letter (098-older.md). Do not send them." in again
    assert "is not a folder" in cli("letters", "report.json", "-o", "report.json").err
    assert cli("letters", "nowhere.json", "-o", "out2").code == 3
    assert not Path("out2").exists()


FUND = {"call": "mpf-2023-borders-security", "title": "Borders", "fund": "AMIF", "lead": {"name": "Police"}}


def test_older_states_and_copies_have_no_letter_of_their_own(cli: Cli, write: Write) -> None:
    write({**FUND, "summary": "old"}, "in/a-v1.json")
    write({**FUND, "summary": "old"}, "in/copy/a-v1.json")
    write({**FUND, "summary": "new"}, "in/a-v2.json")
    write({**FUND, "title": "Other"}, "in/b.json")
    write(json.dumps({**FUND, "title": "Other"}, indent=2), "in/c.json")
    write(b"broken", "in/d.json")
    write(b"broken", "in/e.json")
    cli("check", "in", "--latest-by", "annex.version", "--format", "json", "--output", "unclear.json")
    cli("check", "in", "--latest-by", "file", "--format", "json", "--output", "report.json")

    said = cli("letters", "report.json", "-o", "out").out

    assert [Path(row["input"]).name for row in table("out")] == ["a-v2.json", "b.json", "d.json", "e.json"]
    left_out = table("out", "without-letter.csv")
    assert sorted((row["why"], row["input"], row["instead"]) for row in left_out) == [
        ("exact copy", "in/c.json", "in/b.json"),
        ("older state", "in/a-v1.json", "in/a-v2.json"),
        ("older state", "in/copy/a-v1.json", "in/a-v2.json"),
    ]
    assert "No letter for 2 older states of proposals sent in again: in/a-v1.json; in/copy/a-v1.json." in said
    assert "No letter for 1 exact copy of another proposal: in/c.json." in said
    assert "1 proposal was sent in again without a clear latest state." in cli("letters", "unclear.json", "-o", "2").out
    assert len(table("2")) == 5


def test_copies_are_found_in_json_lines_too_and_a_file_given_twice_is_one(cli: Cli, write: Write) -> None:
    write(FUND, "a.json")
    write(FUND, "b.json")
    cli("check", "a.json", "b.json", "a.json", "--format", "jsonl", "--output", "report.jsonl")
    cli("letters", "report.jsonl", "-o", "out")

    assert [row["input"] for row in table("out")] == ["a.json"]
    assert [row["input"] for row in table("out", "without-letter.csv")] == ["b.json", "a.json"]


@pytest.mark.parametrize("format_name", ["json", "jsonl"])
def test_letters_of_a_what_if_say_so_everywhere(cli: Cli, write: Write, format_name: str) -> None:
    supposed = ("--set", "minimum_total_budget=900000")
    cli("check", write(FUND), *supposed, "--format", format_name, "--output", "report")
    ended = cli("letters", "report", "-o", "out")

    (row,) = table("out")
    assert "Warning: What if: checked with minimum_total_budget = 900000" in ended.err
    assert row["what_if"] == "minimum_total_budget=900000"
    assert "What if" in Path("out", row["file"]).read_text(encoding="utf-8")


def test_a_letter_about_a_line_says_which_proposal_it_is_and_has_places_within_it(cli: Cli, write: Write) -> None:
    twice = b'{"title": "Borders", "lead": {"name": "Police"}, "fund": "BMVI", "fund": "ISF"}'
    write(b"\n".join([*[json.dumps(FUND).encode()] * 100, twice, b"[1]"]), "all.jsonl")
    cli("check", "all.jsonl", "--format", "json", "--output", "report.json")
    cli("letters", "report.json", "-o", "out")

    first, known, unknown = (Path("out", row["file"]).read_text(encoding="utf-8") for row in table("out"))
    assert "- **Call:** Migration Partnership Facility: Call for Proposals 2023" in first
    assert "## Borders" in known
    assert "The first is in line 1, column 50." in known
    assert "## Your proposal" in unknown
    for text in (known, unknown):
        assert "- **Our reference:** all.jsonl, line 10" in text
        assert "line 101, column" not in text


def test_word_has_the_same_points(cli: Cli, report: list[dict[str, Any]]) -> None:
    cli("check", EXAMPLES / "ineligible-many-things.json", "--format", "json", "--output", "one.json")
    cli("letters", "one.json", "-o", "out", "--format", "docx")

    (row,) = table("out")
    text = "\n".join(paragraph.text for paragraph in Document(str(Path("out", row["file"]))).paragraphs)
    assert row["file"] == "001-a-project-with-several-slips.docx"
    for point in row["what_must_change"].splitlines():
        assert point.partition(":")[0] in text


def test_texts_of_proposals_are_harmless_in_names_letters_and_the_table(cli: Cli, write: Write) -> None:
    titles = [
        *NAUGHTY_STRINGS[:: max(1, len(NAUGHTY_STRINGS) // 40)],
        "../../evil",
        "CON",
        "=cmd|' /C calc'!A0",
        "Заявка",
    ]
    lines = [json.dumps({"call": "mpf-2023-borders-security", "title": title}).encode() for title in titles]
    write(b"\n".join(lines), "many.jsonl")
    cli("check", "many.jsonl", "--format", "jsonl", "--output", "report.jsonl")

    assert cli("letters", "report.jsonl", "-o", "out").code == 0

    names = [path.name for path in Path("out").iterdir() if path.suffix == ".md"]
    assert len(names) == len(set(titles))
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.") for name in names)
    assert {path.name for path in Path.cwd().iterdir()} == {"many.jsonl", "report.jsonl", "out"}
    assert not [cell for row in table("out") for cell in row.values() if cell.startswith(("=", "+", "@"))]
