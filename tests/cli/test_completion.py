"""Shells complete commands, options, calls and rules."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mpfcheck.cli.completion import SHELLS
from mpfcheck.cli.main import mpfcheck

PROGRAMS = Path(sys.executable).parent

# What is typed, with the cursor at its end, in each shell; the completions must be printed one a line.
ASK = {
    "bash": 'eval "$(mpfcheck completion bash)"; COMP_WORDS=({words}); COMP_CWORD={at}; '
    '_mpfcheck_completion mpfcheck; printf "%s\\n" "${{COMPREPLY[@]}}"',
    "fish": "mpfcheck completion fish | source; complete --do-complete '{typed}'",
}


def in_shell(shell: str, script: str, tmp_path: Path) -> str:
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell} here")
    environment = {**os.environ, "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path)}
    done = subprocess.run([shell, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("shell", ASK)
@pytest.mark.parametrize(
    ("typed", "completed"),
    [("mpfcheck rul", "rules"), ("mpfcheck rules show BUDGET-", "BUDGET-1"), ("mpfcheck check --fail-", "--fail-on")],
)
def test_what_is_typed_is_completed(shell: str, typed: str, completed: str, tmp_path: Path) -> None:
    words = typed.split()
    script = ASK[shell].format(words=typed, at=len(words) - 1, typed=typed)
    printed = in_shell(shell, script, tmp_path).splitlines()
    assert completed in [line.split("\t")[0] for line in printed]


def test_the_script_for_zsh_is_one_zsh_can_read(tmp_path: Path) -> None:
    """Completion proper needs a terminal; what zsh asks mpfcheck for is the same as above."""
    script = CliRunner().invoke(mpfcheck, ["completion", "zsh"]).stdout
    (tmp_path / "_mpfcheck").write_text(script, encoding="utf-8")
    assert in_shell("zsh", f"zsh -n {tmp_path / '_mpfcheck'}", tmp_path) == ""
    ask = "COMP_WORDS='mpfcheck rul' COMP_CWORD=1 _MPFCHECK_COMPLETE=zsh_complete mpfcheck"
    assert in_shell("zsh", ask, tmp_path).splitlines()[:2] == ["plain", "rules"]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_in_use_is_known(shell: str) -> None:
    told = CliRunner().invoke(mpfcheck, ["completion", shell]).stdout
    assert CliRunner().invoke(mpfcheck, ["completion"], env={"SHELL": f"/usr/bin/{shell}"}).stdout == told


@pytest.mark.parametrize("shell", ["", "/bin/tcsh"])
def test_an_unknown_shell_is_asked_for(shell: str) -> None:
    done = CliRunner().invoke(mpfcheck, ["completion"], env={"SHELL": shell})
    assert done.exit_code == 2
    assert "Which shell? Name one of bash, zsh, fish." in done.stderr
