"""The proposal, or the report on it, as a file of its own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from mpfcheck import __version__
from mpfcheck.checking.checker import Checker
from mpfcheck.drafting.desk import Work as OpenDraft
from mpfcheck.drafting.export import ENDINGS, report_text
from mpfcheck.drafting.store.errors import printable, why_not
from mpfcheck.drafting.store.json_file import as_json, write_file
from mpfcheck.wizard.dialogs import Ask, way

__all__ = ["exported", "usual_path", "what_to_export", "written"]

PROPOSAL = "proposal"
_NAMES: Mapping[str, tuple[str, str]] = {
    PROPOSAL: ("The proposal", "a JSON file, to hand in or to check elsewhere"),
    "html": ("The report as a web page", "one file, for any browser and for printing"),
    "text": ("The report as text", "as it stands in a terminal"),
    "markdown": ("The report as Markdown", "for notes, wikis and issues"),
    "csv": ("The report as a table", "CSV, for spreadsheets"),
    "json": ("The report as JSON", "for programs"),
    "sarif": ("The report as SARIF", "for programs that show findings"),
    "junit": ("The report as JUnit XML", "for build servers"),
}


def what_to_export() -> Ask:
    """Ask what to write."""
    formats = [PROPOSAL, *(name for name in _NAMES if name in ENDINGS)]
    formats += [name for name in ENDINGS if name not in formats]
    ways = [way(name, *_NAMES.get(name, (f"The report as {name}", ""))) for name in formats]
    return Ask("Export", "What should be written into a file? The draft itself is saved in any case.", ways)


def usual_path(format_name: str, draft: Path) -> Path:
    """Where it is written unless another place is named: beside the draft."""
    ending = "-copy.json" if format_name == PROPOSAL else f"-report{ENDINGS[format_name]}"
    return draft.with_name(f"{draft.stem}{ending}")


def exported(format_name: str, draft: OpenDraft, checker: Checker) -> bytes:
    """What is written: the proposal as it stands, or the report on it as ``mpfcheck check`` writes it."""
    data = as_json(dict(draft.session.document))
    if format_name == PROPOSAL:
        return data
    return report_text(format_name, data, printable(draft.file.path), checker, __version__).encode()


def written(path: Path, data: bytes, draft: Path) -> str:
    """Write a file; what keeps it from being written in words, empty where nothing does."""
    if os.path.realpath(path) == os.path.realpath(draft):
        return "That is the draft itself, which is saved anyway. Choose another name."
    try:
        write_file(path.absolute(), data)
    except (OSError, ValueError) as error:
        return why_not(error, path, "written").message
    return ""
