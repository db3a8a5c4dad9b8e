"""The real program in a pseudo-terminal: from nothing to an eligible proposal, which check finds eligible too."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "HOME", "VIRTUAL_ENV")}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "MPFCHECK_DRAFTS": str(folder)}


def test_from_empty_to_eligible(tmp_path: Path) -> None:
    from tests.wizard.terminal import Terminal

    command = [sys.executable, "-m", "mpfcheck"]
    terminal = Terminal([*command, "apply", "--call", "mpf-2023-borders-security"], environment(tmp_path), (100, 34))
    terminal.until("New proposal")
    terminal.press("enter")
    terminal.until("0 of 8 pages complete")

    terminal.press("enter")
    terminal.until("page 1 of 8")
    terminal.press("[bold]Safer documents", "enter")
    terminal.until("Safer documents        ")

    terminal.press("pagedown")
    terminal.until("page 2 of 8")
    terminal.press("i", "tab", "enter")
    terminal.until("type a name or a code")
    terminal.press("moldova", "enter")
    terminal.until("[x] Moldova (MD)")
    terminal.press("escape")
    terminal.until("▾ Moldova (MD)")

    terminal.press("pagedown")
    terminal.until("page 3 of 8")
    terminal.press("Border Guard of Lithuania", "enter", "p", " ")
    terminal.until("(•) Public body")
    terminal.press("tab", "li")
    terminal.until("Liechtenstein")
    terminal.press("thu")
    terminal.until("( ) Lithuania (LT)")
    terminal.press("enter")
    terminal.until("▾ Lithuania (LT)")

    terminal.press("pagedown")
    terminal.until("page 4 of 8")
    terminal.press("tab", " ")
    terminal.until("✓ There are no co-applicants")

    terminal.press("pagedown")
    terminal.until("page 5 of 8")
    terminal.press("400.000", "enter")
    terminal.until("can be read in two ways")
    terminal.press("shift+tab", "down", "1")
    terminal.until("Budget lines compared with the total")

    terminal.press("pagedown")
    terminal.until("page 6 of 8")
    terminal.press("95 %", "enter")
    terminal.until("1. ( ) EUR 380 000.00")
    terminal.press("shift+tab", "down", "enter")
    terminal.until("95 % (at most 95 %)")
    terminal.press(" ")
    terminal.until("co-financing source 1 of 1")
    terminal.press("enter")
    terminal.until("type a name or a code")
    terminal.press("down", "enter")
    terminal.until("Border Guard of Lithuania")
    terminal.until("▾ Border Guard of Lithuania")
    terminal.press(" ", "enter")
    terminal.until("(•)")
    terminal.press("20 000", "enter")
    terminal.until("20000.00")
    terminal.press("escape")
    terminal.until("100 %")

    terminal.press("pagedown", "pagedown")
    terminal.until("page 8 of 8")
    terminal.press("y", "tab", "y", "tab", "y", "tab", "y", "tab")
    terminal.until("✓ ELIGIBLE")

    terminal.press("ctrl+q")
    assert terminal.end() == 0, terminal.text
    [draft] = tmp_path.glob("*.json")
    assert "Your draft:" in terminal.text
    assert "ELIGIBLE" in terminal.text
    assert json.loads(draft.read_bytes())["title"] == "[bold]Safer documents"

    check = subprocess.run([*command, "check", str(draft)], capture_output=True, text=True, check=False)
    assert check.returncode == 0
    assert check.stdout.startswith("ELIGIBLE")
