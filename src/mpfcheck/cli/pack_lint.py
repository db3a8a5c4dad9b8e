"""Static checks of the rule packs somebody asked for, as lines an editor or a terminal can jump to, or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mpfcheck.cli.chosen_packs import chosen_packs, shown_place
from mpfcheck.forms.lint import lint_form
from mpfcheck.packs.lint import Finding, Weight, lint
from mpfcheck.packs.load import load_pack
from mpfcheck.packs.mistake import PackError
from mpfcheck.report.json_codec import json_text
from mpfcheck.report.plain import plain
from mpfcheck.report.words import counted

__all__ = ["PackLint"]

FORMAT = "mpfcheck-pack-lint/1"


class PackLint:
    """What is wrong with a call, with the calls in a folder, or with all.

    Raises click.UsageError where there is no such call or folder.
    """

    def __init__(self, target: str | None, folders: Sequence[Path]) -> None:
        self._folders = chosen_packs(target, folders)
        self._found = {call_id: [*lint(folder), *_of_form(folder)] for call_id, folder in self._folders.items()}

    def errors(self) -> int:
        """How many findings must be mended."""
        return sum(map(_errors, self._found.values()))

    def as_text(self) -> str:
        """One line for each finding: ``file:line:column: error: what is wrong, and what to do``."""
        return "".join(
            plain(f"{shown_place(self._folders[call_id], finding.place)}: {_said(finding)}") + "\n"
            for call_id, found in self._found.items()
            for finding in found
        )

    def as_json(self) -> str:
        """The findings as one JSON object, by call. Files are named from the current folder."""
        calls = [
            {"call": call_id, "findings": [_members(self._folders[call_id], finding) for finding in found]}
            for call_id, found in self._found.items()
        ]
        return json_text({"format": FORMAT, "calls": calls})

    def totals(self) -> str:
        """How much was found in each call, and in all of them."""
        lines = [
            f"{call_id}: {_counts(found) if found else 'nothing found'}.\n" for call_id, found in self._found.items()
        ]
        if len(lines) > 1:
            every = [finding for found in self._found.values() for finding in found]
            lines.append(f"{counted(len(lines), 'call')}: {_counts(every)}.\n")
        return "".join(lines)


def _of_form(folder: Path) -> list[Finding]:
    """What is wrong with the form of the call in a folder; where the call itself cannot be used, its form waits."""
    try:
        return lint_form(load_pack(folder))
    except PackError:
        return []


def _errors(found: Sequence[Finding]) -> int:
    return sum(finding.severity is Weight.ERROR for finding in found)


def _counts(found: Sequence[Finding]) -> str:
    errors = _errors(found)
    return f"{counted(errors, 'error')}, {counted(len(found) - errors, 'warning')}"


def _said(finding: Finding) -> str:
    return f"{finding.severity}: {finding.message} {finding.hint}".rstrip()


def _members(folder: Path, finding: Finding) -> dict[str, object]:
    place, line, column = shown_place(folder, finding.place).rsplit(":", 2)
    return {
        "rule": finding.rule,
        "file": place,
        "line": int(line),
        "column": int(column),
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
    }
