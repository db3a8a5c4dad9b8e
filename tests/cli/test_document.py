"""``mpfcheck document``: the draft on paper, complete, with its checksum, and errors in words."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from mpfcheck.packs.find import list_calls
from tests.cli.conftest import EXAMPLES, Cli

ELIGIBLE = EXAMPLES / "eligible-lithuania-moldova.json"


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return Path(shutil.copy(ELIGIBLE, tmp_path / "draft.json"))


def markdown(cli: Cli, draft: Path, *options: str) -> str:
    place = draft.with_name("out.md")
    ended = cli("document", draft, "-o", place, *options)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    return place.read_text("utf-8")


def test_it_has_every_answer_the_tables_and_the_signatures(cli: Cli, draft: Path) -> None:
    text = markdown(cli, draft)

    assert text.startswith("# Proposal: Detecting forged identity and travel documents at the border with Moldova\n")
    for part in (
        "**SAFE-DOCS**",
        "- **Total budget:** EUR 400 000.00",
        "| Human resources | Trainers, State Border Guard Service | State Border Guard Service | month | 24 |",
        r"| Travel | 0\.00 | 54 000.00 | 54 000.00 |",
        "| **Total** | **154 250.00** | **245 750.00** | **400 000.00** |",
        "| Grant compared with the total budget | 380 000.00 | 400 000.00 | 95 % | 95 % |",
        "- **Do you declare that the work has not started?:** yes",
        "All required questions are answered.",
        "- **lead applicant:** State Border Guard Service",
        "- **co-applicant:** General Inspectorate of Border Police",
    ):
        assert part in text, part
    assert "Result of the check" not in text


def test_it_names_the_checksum_of_the_file_as_it_is(cli: Cli, draft: Path) -> None:
    """In whatever layout the file is, ``sha256sum`` finds it again."""
    draft.write_text(draft.read_text("utf-8").replace("  ", "\t"), encoding="utf-8")

    assert sha256(draft.read_bytes()).hexdigest() in markdown(cli, draft)


def test_the_word_file_names_it_too(cli: Cli, draft: Path) -> None:
    from docx import Document

    place = draft.with_name("out.docx")
    assert cli("document", draft, "-o", place).code == 0
    properties = Document(BytesIO(place.read_bytes())).core_properties

    assert properties.identifier == f"sha256:{sha256(draft.read_bytes()).hexdigest()}"
    assert properties.title.startswith("Detecting forged")


def test_missing_answers_are_blanks_and_are_listed(cli: Cli, draft: Path) -> None:
    draft.write_text('{"call": "mpf-2023-borders-security", "co_applicants": [{"name": "Police"}]}', encoding="utf-8")
    text = markdown(cli, draft)
    missing = text[text.index("## Missing information") :]

    assert r"- **Total budget:** \_\_" in text
    assert r"- **Acronym (optional):** \_\_" in text
    for place in ("Fund and countries, Fund", "Co-applicants, Police, Country", "Financing, Grant requested"):
        assert f"- {place}\n" in missing
    assert "optional" not in missing


def test_missing_answers_of_items_with_one_name_are_told_apart(cli: Cli, draft: Path) -> None:
    data = json.loads(draft.read_text("utf-8"))
    lines = [{"id": str(number), "heading": "travel", "applicant": "lead"} for number in range(3)]
    lines[2]["amount"] = "1.00"
    draft.write_text(json.dumps(data | {"budget": {"lines": lines, "total": "1.00"}}), encoding="utf-8")
    text = markdown(cli, draft)

    assert [line for line in text.splitlines() if line.startswith("- Budget") and "Amount" in line] == [
        "- Budget, Travel, Amount (budget line 1)",
        "- Budget, Travel, Amount (budget line 2)",
    ]


def test_what_is_no_answer_stands_as_it_was_written(cli: Cli, draft: Path) -> None:
    draft.write_text('{"call": "mpf-2023-borders-security", "budget": {"total": "400.000"}}', encoding="utf-8")
    text = markdown(cli, draft)

    assert r"- **Total budget:** 400\.000 (not an answer yet)" in text
    assert "- Budget, Total budget\n" in text


def test_the_check_is_added_where_it_is_wanted(cli: Cli, draft: Path) -> None:
    shutil.copy(EXAMPLES / "ineligible-many-things.json", draft)
    text = markdown(cli, draft, "--check")

    assert "## Result of the check" in text
    assert "NOT ELIGIBLE" in text
    assert "How to fix it" in text


@pytest.mark.parametrize("call", list_calls())
def test_every_call_with_a_form_can_be_put_on_paper(cli: Cli, draft: Path, call: str) -> None:
    """The labels come from the form: no call needs a line of Python."""
    draft.write_text(f'{{"call": "{call}"}}', encoding="utf-8")
    place = draft.with_name("out.md")
    ended = cli("document", draft, "-o", place)

    assert ended.code == 0 or "has no form" in ended.err
    if ended.code == 0:
        assert "## Signatures" in place.read_text("utf-8")


def test_the_draft_is_never_overwritten_nor_changed(cli: Cli, draft: Path) -> None:
    named = draft.rename(draft.with_name("draft.md"))
    before = named.read_bytes()
    ended = cli("document", named, "-o", named)

    assert ended.code == 2
    assert "It is the draft itself" in ended.err
    assert named.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "output", "code", "said"),
    [
        ("draft.json", "out.odt", 2, "Its name must end in .docx, .pdf, .html, .md."),
        ("draft.json", "nowhere/out.pdf", 2, "There is no folder"),
        ("none.json", "out.pdf", 3, "There is no draft"),
        ("broken.json", "out.pdf", 3, "cannot be opened as a draft (line 1)"),
    ],
)
def test_errors_are_in_words(cli: Cli, draft: Path, name: str, output: str, code: int, said: str) -> None:
    draft.with_name("broken.json").write_text("[1", encoding="utf-8")
    ended = cli("document", draft.with_name(name), "-o", draft.parent / output)

    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err
    assert "Traceback" not in ended.err
