"""Every format of ``--format`` works from the command line, on good, broken and missing files alike."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest
from click.testing import CliRunner

from mpfcheck.cli.main import mpfcheck
from mpfcheck.packs.rule import Authority
from mpfcheck.report.formats import BINARY, FORMATS

EXAMPLES = Path(__file__).parents[2] / "examples"
INPUTS = [str(EXAMPLES / name) for name in ("ineligible-many-things.json", "broken-values.json", "batch.jsonl")]


TEXTS = [name for name in FORMATS if name not in BINARY]


@pytest.mark.parametrize("name", TEXTS)
def test_every_format_tells_of_every_input_and_ends_with_the_code_of_the_worst(name: str) -> None:
    result = CliRunner().invoke(mpfcheck, ["check", *INPUTS, str(EXAMPLES / "none.json"), "--format", name])
    assert result.exit_code == 3
    for word in ("ineligible-many-things", "broken-values", "batch", "none"):
        assert word in result.stdout


@pytest.mark.parametrize("name", TEXTS)
def test_every_format_goes_to_a_file(name: str, tmp_path: Path) -> None:
    file = tmp_path / "report"
    result = CliRunner().invoke(mpfcheck, ["check", *INPUTS, "--format", name, "--output", str(file)])
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "ineligible-many-things" in file.read_text(encoding="utf-8")


STARTS = {"pdf": b"%PDF-", "xlsx": b"PK"}


@pytest.mark.parametrize("name", BINARY)
def test_a_format_that_is_not_text_goes_to_a_file_and_to_a_pipe_byte_by_byte(name: str, tmp_path: Path) -> None:
    file = tmp_path / "report"
    result = CliRunner().invoke(mpfcheck, ["check", *INPUTS, "--format", name, "--output", str(file)])
    assert (result.exit_code, result.stdout) == (3, "")
    assert file.read_bytes().startswith(STARTS[name])
    piped = CliRunner().invoke(mpfcheck, ["check", *INPUTS, "--format", name])
    assert piped.stdout_bytes.startswith(STARTS[name])
    assert piped.stdout_bytes == file.read_bytes()


@pytest.mark.parametrize("name", BINARY)
def test_a_format_that_is_not_text_is_not_sent_to_a_terminal(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdout", terminal := Terminal())
    with pytest.raises(click.UsageError, match="A terminal cannot show"):
        mpfcheck.main(["check", *INPUTS, "--format", name], standalone_mode=False)
    assert terminal.getvalue() == ""


@pytest.mark.parametrize(("name", "library"), [("pdf", "typst"), ("xlsx", "xlsxwriter")])
def test_a_format_whose_library_is_missing_says_so_before_anything_is_checked(
    name: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mpfcheck.extra.find_spec", lambda wanted: None if wanted == library else object())
    result = CliRunner().invoke(mpfcheck, ["check", *INPUTS, "--format", name])
    assert result.exit_code == 2
    assert 'pip install ".[' in result.output


@pytest.mark.parametrize("name", ["text", "markdown", "html", "junit", "sarif"])
def test_people_read_the_authority_of_a_source_in_words(name: str) -> None:
    result = CliRunner().invoke(mpfcheck, ["check", *INPUTS, "--format", name])

    assert "primary source" in " ".join(result.stdout.split())
    assert not re.search(rf"[(>](?:{'|'.join(Authority)})[)<]", result.stdout)


def test_the_formats_for_machines_can_be_read_back() -> None:
    def output(name: str) -> str:
        return CliRunner().invoke(mpfcheck, ["check", *INPUTS, "--format", name]).stdout

    assert json.loads(output("json"))["summary"]["proposals"] == len(output("jsonl").splitlines())
    assert {row["rule"] for row in csv.DictReader(io.StringIO(output("csv")))} >= {"GRANT-1", "FILE"}
    assert ElementTree.fromstring(output("junit")).tag == "testsuites"  # noqa: S314 - our own output
    assert json.loads(output("sarif"))["version"] == "2.1.0"


@pytest.mark.parametrize("arguments", [["check", str(EXAMPLES)], ["calls"]])
def test_a_reader_that_went_away_is_no_finding(arguments: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as nobody:
        ended = subprocess.run([sys.executable, "-m", "mpfcheck", *arguments], stdout=nobody, stderr=subprocess.PIPE)
    assert (ended.returncode, ended.stderr) == (141, b"")


def test_a_process_without_standard_input_finds_it_empty() -> None:
    command = f"{shlex.quote(sys.executable)} -m mpfcheck check - <&-"
    ended = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True)
    assert ended.returncode == 3
    assert "NoneType" not in ended.stdout + ended.stderr
