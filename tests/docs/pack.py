"""Rules shown on a page, put into a throw-away pack beside the call they are about, and linted there."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from mpfcheck.checking.pack_tests.pack_test import run_examples
from mpfcheck.packs.find import shipped_rules
from mpfcheck.packs.lint import LintFinding, lint
from mpfcheck.packs.load import load_pack
from tests.docs.feel import CALL
from tests.docs.markdown import Block

SHOWN = "shown.yaml"
FRAGMENT = """\
- id: SHOWN-1
  title: Shown in part
  severity: warning
  message: Shown in part.
  source: {document: conference-summary, section: Migration Partnership Facility}
"""


def throw_away_pack(folder: Path, block: Block) -> Path:
    """Copy the call and its code lists to a folder, with what a block shows in place of its rules."""
    shutil.copytree(shipped_rules(), folder / "rules", ignore=shutil.ignore_patterns("versions", "versions.yaml"))
    call = folder / "rules" / CALL
    text = block.text
    if text.startswith("id: "):
        name = text.split("\n", 1)[0].removeprefix("id: ")
        (folder / "rules" / "codelists" / f"{name}.yaml").write_text(text, encoding="utf-8")
        return call
    if not text.startswith("- "):
        if set(yaml.safe_load(text)) <= {"parameters", "definitions", "sources", "code_lists", "gaps"}:
            _change_call(call, text)
            return call
        text = FRAGMENT + "".join(f"  {line}\n" for line in text.splitlines())
    (call / SHOWN).write_text(text, encoding="utf-8")
    head = (call / "call.yaml").read_text(encoding="utf-8")
    listed = head.index("rules:\n")
    (call / "call.yaml").write_text(f"{head[:listed]}rules: [{SHOWN}]\n", encoding="utf-8")
    for file in call.glob("*.yaml"):
        if file.name not in ("call.yaml", SHOWN):
            file.unlink()
    return call


def _change_call(call: Path, text: str) -> None:
    """Put the entries a block shows into call.yaml, under their heads, in place of those with the same names."""
    lines = (call / "call.yaml").read_text(encoding="utf-8").splitlines()
    for head, entries in _entries(text).items():
        for name, shown in entries.items():
            start = next((i for i, line in enumerate(lines) if line.startswith(f"  {name}:")), None)
            if start is not None:
                end = start + 1
                while end < len(lines) and lines[end].startswith("   "):
                    end += 1
                lines[start:end] = []
            lines[lines.index(f"{head}:") + 1 : lines.index(f"{head}:") + 1] = shown
    (call / "call.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _entries(text: str) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    head = name = ""
    for line in text.splitlines():
        if not line.startswith(" "):
            head = line.rstrip(":")
            found[head] = {}
        else:
            if not line.startswith("   "):
                name = line.strip().split(":", 1)[0]
                found[head][name] = []
            found[head][name].append(line)
    return found


def findings(call: Path, block: Block) -> list[LintFinding]:
    """What lint says of the shown part; a fragment need not have examples, and not everything declared is used."""
    shown = SHOWN if (call / SHOWN).exists() else None
    whole = "examples:" in block.text
    return [
        finding
        for finding in lint(call)
        if (shown is None or finding.place.file == shown)
        and (whole or "has no example" not in finding.message)
        and "no rule uses" not in finding.message
        and "nothing cites" not in finding.message.lower()
    ]


def wrong_examples(call: Path) -> list[str]:
    """The examples of the pack's rules that do not come out as they say."""
    return [
        f"{result.rule.id}: {result.example.given} is {result.status}, not {result.example.expect} {result.trouble}"
        for result in run_examples(load_pack(call)).failed
    ]
