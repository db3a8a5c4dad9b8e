"""The proposal, or the report on it, written into a file of its own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from mpfcheck import __version__
from mpfcheck.drafting.export import ENDINGS, report_text
from mpfcheck.drafting.store.errors import printable, why_not
from mpfcheck.drafting.store.json_file import as_json, write_file
from mpfcheck.prompts.confirm import confirmed, number_of

if TYPE_CHECKING:
    from mpfcheck.prompts.interview import Interview

__all__ = ["export", "whole_report"]

NAMES = {
    "text": "the report as text",
    "markdown": "the report as Markdown",
    "html": "the report as a page for a browser (HTML)",
    "json": "the report for programs (JSON)",
    "csv": "the report as a table (CSV)",
    "sarif": "the report as SARIF",
    "junit": "the report as JUnit XML",
}


def whole_report(format_name: str, interview: Interview) -> str:
    """The report as ``mpfcheck check`` writes it of the draft as it is now."""
    data = as_json(dict(interview.session.document))
    path = printable(interview.keeper.work.file.path)
    return report_text(format_name, data, path, interview.checker, __version__)


def export(interview: Interview) -> None:
    """Ask what to write and where, and write it."""
    talk, draft = interview.talk, interview.keeper.work.file.path
    formats = list(ENDINGS)
    talk.heading("What should be written into a file?")
    things = [
        "the proposal (JSON), to hand in or to check",
        *(NAMES.get(name, f"the report as {name}") for name in formats),
    ]
    chosen = number_of(talk, things, "Number (Enter: nothing):")
    if chosen is None:
        return
    ending = f"-copy{draft.suffix or '.json'}" if chosen == 0 else f"-report{ENDINGS[formats[chosen - 1]]}"
    usual = draft.with_name(f"{draft.stem}{ending}")
    typed = talk.ask(f"File (Enter: {printable(usual)}):").strip()
    path = Path(typed).expanduser() if typed else usual
    if os.path.isdir(path):
        path = path / usual.name
    if os.path.realpath(path) == os.path.realpath(draft):
        talk.say("That is the draft itself, which is saved anyway. Choose another name.", indent="  ")
        return
    if os.path.lexists(path) and not confirmed(talk, f"There is a file {printable(path)} already. Write over it?"):
        return
    data = (
        as_json(dict(interview.session.document))
        if chosen == 0
        else whole_report(formats[chosen - 1], interview).encode()
    )
    try:
        write_file(path.absolute(), data)
    except (OSError, ValueError) as error:
        unwritten = why_not(error, path, "written")
        talk.say(unwritten.message, indent="  ")
        return
    talk.say(f"Written: {printable(path)}", indent="  ")
    if chosen == 0 and interview.session.state.unfinished:
        talk.say("What was not understood is not in it.", indent="  ")
