"""Commands that read reports hold one report at a time, however many there are."""

from __future__ import annotations

import gc
import gzip
import json
from pathlib import Path
from typing import Any
from weakref import WeakSet

import pytest

from mpfcheck.checking.report import ProposalReport
from mpfcheck.report import read_back
from tests.cli.conftest import EXAMPLES, Cli

PROPOSALS = 12


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many reports that were read are held each time another one is read."""
    read, held, alive = read_back.read_json, list[int](), WeakSet[ProposalReport]()

    def watched(hint: Any, value: object, pointer: str = "") -> Any:
        made = read(hint, value, pointer)
        if isinstance(made, ProposalReport):
            alive.add(made)
            held.append(len(alive))
        return made

    monkeypatch.setattr(read_back, "read_json", watched)
    return held


@pytest.fixture
def many(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``in.jsonl``: proposals, every third half-filled; ``report.json`` and ``report.jsonl`` on them."""
    monkeypatch.chdir(tmp_path)
    whole = json.loads((EXAMPLES / "ineligible-country-outside.json").read_text(encoding="utf-8"))
    open_one = {name: value for name, value in whole.items() if name != "budget"}
    lines = [
        json.dumps({**(whole if number % 3 else open_one), "title": f"No {number}"}) for number in range(PROPOSALS)
    ]
    Path("in.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    for form in ("json", "jsonl"):
        cli("check", "in.jsonl", "--format", form, "--output", f"report.{form}", "--jobs", "1")
    Path("report.jsonl.gz").write_bytes(gzip.compress(Path("report.jsonl").read_bytes()))


@pytest.mark.parametrize("report", ["report.json", "report.jsonl.gz"])
def test_of_many_reports_only_few_are_held(cli: Cli, many: None, live: list[int], report: str) -> None:
    gc.collect()
    for command in (
        ("letters", report, "-o", "out"),
        ("diff", report, report),
        ("verify", report, "in.jsonl"),
        ("bundle", report, "in.jsonl", "-o", "b.zip"),
        ("verify", "b.zip", "in.jsonl"),
        ("check", "in.jsonl", "--baseline", report, "--format", "statuses", "--fail-on", "new", "--jobs", "1"),
        ("assess", report, "SCOPE-3", "--input", "No 7", "--decision", "met", "--by", "Ana", "-o", "d.jsonl"),
    ):
        live.clear()
        ended = cli(*command)

        assert ended.code == 0, (command, ended.err)
        assert len(live) >= PROPOSALS, command
        assert max(live) < 4, command
    assert len(list(Path("out").glob("*.md"))) == PROPOSALS


def test_proposals_in_another_order_and_copies_verify_all_the_same(cli: Cli, many: None) -> None:
    lines = Path("in.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    Path("in.jsonl").write_text("".join([*lines[:4], lines[1], *lines[4:]]), encoding="utf-8")
    cli("check", "in.jsonl", "--format", "json", "--output", "report.json", "--jobs", "1")
    Path("apart").mkdir()
    for number, line in enumerate(reversed(lines)):
        Path("apart", f"{number:02}.jsonl").write_text(line, encoding="utf-8")

    again = cli("verify", "report.json", "in.jsonl")
    copied = cli("verify", "report.json", "apart", "in.jsonl")

    assert (again.code, again.out[:8]) == (0, "THE SAME")
    assert f"{PROPOSALS + 1} reports" in again.out
    # A copy under another name is not another proposal of the report.
    assert copied.code == 1
    assert "NOT COMPLETE" in copied.out
