"""``mpfcheck rules export`` as people run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from mpfcheck.cli.main import mpfcheck
from mpfcheck.interchange.cccev import cccev_text
from mpfcheck.interchange.dmn import dmn_text
from mpfcheck.packs.load import load_call

CALL = "mpf-2023-borders-security"


@pytest.mark.parametrize(("format", "write"), [("dmn", dmn_text), ("cccev", cccev_text)])
def test_it_writes_to_standard_output_or_a_file(format: str, write: object, tmp_path: Path) -> None:
    expected = (dmn_text if format == "dmn" else cccev_text)(load_call(CALL))
    file = tmp_path / "call.out"

    shown = CliRunner().invoke(mpfcheck, ["rules", "export", CALL, "--format", format])
    kept = CliRunner().invoke(mpfcheck, ["rules", "export", CALL, "--format", format, "--output", str(file)])

    assert (shown.exit_code, shown.stdout) == (0, expected)
    assert (kept.exit_code, kept.stdout) == (0, "")
    assert file.read_text(encoding="utf-8") == expected


def test_an_unknown_call_is_told_with_the_nearest() -> None:
    run = CliRunner().invoke(mpfcheck, ["rules", "export", "mpf-2023-border-security"])

    assert run.exit_code == 2
    assert CALL in run.stderr


def test_the_same_call_is_always_written_the_same() -> None:
    assert dmn_text(load_call(CALL)) == dmn_text(load_call(CALL))
    assert json.loads(cccev_text(load_call(CALL))) == json.loads(cccev_text(load_call(CALL)))
