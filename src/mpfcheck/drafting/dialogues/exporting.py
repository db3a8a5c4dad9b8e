"""The proposal, or the report on it, written into a file of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from mpfcheck import __version__
from mpfcheck.checking.checker import Checker, invalid_report
from mpfcheck.drafting.comments import without_comments
from mpfcheck.drafting.desk import Work
from mpfcheck.drafting.dialogues.steps import (
    Choose,
    Confirm,
    Dialogue,
    EnterPath,
    Reply,
    choose,
    confirm,
    enter_path,
    notify,
)
from mpfcheck.drafting.store.errors import printable, why_not
from mpfcheck.drafting.store.json_file import as_json, write_file
from mpfcheck.extra import MissingLibraryError
from mpfcheck.reading.document import read_proposal
from mpfcheck.report.formats import reporter_of
from mpfcheck.report.paper.paper import Written

__all__ = [
    "BUDGET",
    "DOCUMENT",
    "FORMATS",
    "ONLY_THE_WHOLE",
    "PROPOSAL",
    "export",
    "exported",
    "report_text",
    "write_where",
]

PROPOSAL = "proposal"
BUDGET = "budget"
DOCUMENT = "document-"
"""The ids of the proposal on paper begin so; the ending of the file follows."""

FORMATS: Mapping[str, tuple[str, Reply]] = MappingProxyType(
    {
        reply.id: (ending, reply)
        for ending, reply in (
            ("-copy.json", Reply(PROPOSAL, "The proposal", "a JSON file, to check or to continue elsewhere")),
            ("-document.docx", Reply("document-docx", "The proposal as a Word document", "to read and to sign")),
            ("-document.pdf", Reply("document-pdf", "The proposal as a PDF", "to read, to print and to sign")),
            ("-document.html", Reply("document-html", "The proposal as a web page", "to read and to print")),
            ("-document.md", Reply("document-md", "The proposal as Markdown", "for notes and wikis")),
            ("-budget.xlsx", Reply(BUDGET, "The budget as a workbook", "to work on in a spreadsheet program")),
            ("-report.html", Reply("html", "The report as a web page", "one file, for a browser or for printing")),
            ("-report.txt", Reply("text", "The report as text", "as it is shown in a terminal")),
            ("-report.md", Reply("markdown", "The report as Markdown", "for notes, wikis and issues")),
            ("-report.csv", Reply("csv", "The report as a table", "CSV, for spreadsheets")),
            ("-report.json", Reply("json", "The report as JSON", "for programs")),
            ("-report.sarif", Reply("sarif", "The report as SARIF", "for programs that show findings")),
            ("-report.xml", Reply("junit", "The report as JUnit XML", "for build servers")),
        )
    }
)
"""What can be exported, by its id: how the name of the file ends, and the reply that chooses it."""


ONLY_THE_WHOLE = "Only a whole proposal can be exported, not a part of it."


def export(draft: Work, checker: Checker) -> Dialogue[Path | None]:
    """Ask what to write and where, and write it; the path, None where nothing was written."""
    if draft.session.scope is not None:
        yield from notify(f"{ONLY_THE_WHOLE} {draft.session.scope.hand_back}")
        return None
    format_name = yield from choose(
        Choose(
            "Export",
            "What should be written to a file? The draft itself is always saved.",
            tuple(reply for _, reply in FORMATS.values()),
        )
    )
    if format_name is None:
        return None
    own = draft.file.path
    usual = own.with_name(f"{own.stem}{FORMATS[format_name][0]}")
    path = yield from write_where(own, usual, lambda: exported(format_name, draft, checker))
    if path is not None and format_name == PROPOSAL and draft.session.state.unfinished:
        yield from notify("Texts that could not be understood as answers are not in the file.", warning=True)
    return path


def write_where(own: Path, usual: Path, make: Callable[[], Written]) -> Dialogue[Path | None]:
    """Ask for the file, which is not the draft at ``own``, and write what is made; None where nothing was written."""
    text = ""
    while True:
        typed = yield from enter_path(EnterPath("File to write", text, printable(usual), "Write"))
        if not typed:
            return None
        path = Path(typed).expanduser()
        if os.path.isdir(path):
            path = path / usual.name
        if os.path.realpath(path) == os.path.realpath(own):
            text = "This is the draft itself. It is always saved. Choose another name."
            continue
        if os.path.lexists(path) and not (yield from _may_replace(path)):
            text = "Choose another name."
            continue
        try:
            made = make()
            write_file(path.absolute(), made.data)
        except MissingLibraryError as error:
            yield from notify(str(error), warning=True)
            return None
        except (OSError, ValueError) as error:
            text = why_not(error, path, "written").message
            continue
        break
    yield from notify(f"Written: {printable(path)}")
    for sentence in made.warnings:
        yield from notify(sentence, warning=True)
    return path


def exported(format_name: str, draft: Work, checker: Checker) -> Written:
    """An export: the proposal as it is now, as data or on paper, or the report on it as ``mpfcheck check`` writes it.

    Raises MissingLibraryError.
    """
    data = as_json(without_comments(draft.session.document))
    if format_name == PROPOSAL:
        return Written(data)
    if format_name == BUDGET:
        # Few exports are workbooks.
        from mpfcheck.drafting.budget.workbook import budget_workbook

        return Written(budget_workbook(draft.session))
    if format_name.startswith(DOCUMENT):
        # Few exports are on paper.
        from mpfcheck.drafting.on_paper import checksum_of, paper_of
        from mpfcheck.report.paper.formats import write

        return write(paper_of(draft.session, checksum_of(draft)), format_name.removeprefix(DOCUMENT))
    return Written(report_text(format_name, data, printable(draft.file.path), checker, __version__).encode())


def _may_replace(path: Path) -> Dialogue[bool]:
    question = Confirm(
        "Replace the file?",
        f"There is already a file {printable(path)}.",
        Reply("replace", "Replace it", "its present content is lost"),
        Reply("other", "Choose another name"),
    )
    return (yield from confirm(question))


def report_text(format_name: str, data: bytes, path: str, checker: Checker, version: str) -> str:
    """The report on the proposal in ``data``, which stands at ``path``, as ``mpfcheck check`` writes it.

    Raises KeyError for an unknown format.
    """
    if format_name not in FORMATS or format_name in (PROPOSAL, BUDGET) or format_name.startswith(DOCUMENT):
        raise KeyError(format_name)
    written: list[str] = []
    reporter = reporter_of(format_name, written.append, version=version, byte_order_mark=True)
    document = read_proposal(data)
    reference = document.reference(path, None)
    if document.answers is None:
        day = checker.as_of.isoformat()
        reporter.add(invalid_report(document.problems, reference, checker.reference, day))
    else:
        reporter.add(
            checker.report(document.answers, problems=document.problems, place_of=document.place_of, input=reference)
        )
    reporter.finish()
    return "".join(written)
