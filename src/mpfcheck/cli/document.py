"""``mpfcheck document``: a draft as a document to read, to print and to sign."""

from __future__ import annotations

from pathlib import Path

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import REPLACED, call_option, rules_option
from mpfcheck.cli.terminal import say

__all__ = ["document"]

ENDINGS = ("docx", "pdf", "html", "md")


def _ending(_context: click.Context, _parameter: click.Parameter, path: Path) -> Path:
    if path.suffix[1:].lower() not in ENDINGS:
        endings = ", ".join(f".{ending}" for ending in ENDINGS)
        raise click.BadParameter(f"{path.name!r} does not end in a document format. Its name must end in {endings}.")
    return path


@click.command()
@click.argument("draft", metavar="DRAFT", type=click.Path(path_type=Path))
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_ending,
    help=f"Write the document to this file. Its ending chooses the format: .docx, .pdf, .html or .md. {REPLACED}",
)
@click.option("--check", "with_check", is_flag=True, help="Add the result of the check.")
@call_option("The call of a draft that does not name its call.")
@rules_option
@click.pass_context
def document(
    context: click.Context,
    *,
    draft: Path,
    output: Path,
    with_check: bool,
    call_id: str | None,
    folders: tuple[Path, ...],
) -> None:
    """Write a draft as a document: Word, PDF, HTML or Markdown.

    The document has a title page, all answers, the budget by heading and applicant, the financing with its shares,
    what is still missing, and lines to sign. A missing answer is a blank. The title page names the checksum of the
    draft: compare it with sha256sum DRAFT to see whether the draft was changed since.

    .docx and .pdf need more libraries: pip install ".[paper]". The draft itself is not changed. Exit codes: 0
    written, 2 wrong usage, 3 the draft cannot be read.
    """
    from mpfcheck.cli.drafts import open_draft
    from mpfcheck.cli.output import write_whole
    from mpfcheck.drafting.on_paper import checksum_of, paper_of
    from mpfcheck.report.paper.formats import write

    with open_draft(draft, call_id, folders) as work:
        made = write(paper_of(work.session, checksum_of(work), with_check=with_check), output.suffix[1:].lower())
    write_whole(str(output), made.data, keep=str(draft))
    for sentence in made.warnings:
        say(f"Warning: {sentence}")
    context.exit(ExitCode.OK)
