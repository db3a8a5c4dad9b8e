"""``mpfcheck bundle``: a report with the rules that made it, so that it can be verified years later."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryDirectory
from typing import IO, TYPE_CHECKING, cast

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import REPLACED, rules_option
from mpfcheck.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mpfcheck.checking.report import CallReference
    from mpfcheck.engine.bundle import BundledInput
    from mpfcheck.engine.rederivation import Rederivation

__all__ = ["bundle"]

HELD = 64 * 1024 * 1024
AT_ONCE = 1024 * 1024


@click.command()
@click.argument("report", metavar="REPORT", type=click.Path())
@click.argument("paths", metavar="PROPOSAL...", nargs=-1, required=True, type=click.Path())
@click.option(
    "--output",
    "-o",
    metavar="FILE.zip",
    required=True,
    type=click.Path(),
    help=f"Write the bundle to this file. {REPLACED}",
)
@click.option("--with-inputs", is_flag=True, help="Put the proposals in as well, not only their checksums.")
@rules_option
@click.pass_context
def bundle(
    context: click.Context,
    *,
    report: str,
    paths: tuple[str, ...],
    output: str,
    with_inputs: bool,
    folders: tuple[Path, ...],
) -> None:
    """Put a JSON report, its rules and the checksums of its proposals into one ZIP file.

    The bundle holds all rule files in the version that the report names. mpfcheck verify FILE.zip PROPOSAL... makes
    the report again with these rules, also under a later version of mpfcheck. With --with-inputs the bundle is enough.

    The report is first made again: only a report that is the same is bundled. The same content always gives the same
    bytes: nothing is compressed and all dates are equal, so you can sign the file. Exit codes: 0 written, 1 the report
    differs or is not about these proposals, 2 wrong usage, 3 the report cannot be read, 4 its rules are not here.
    """
    from mpfcheck.cli.keeping import keep_inputs
    from mpfcheck.cli.output import output as opened
    from mpfcheck.cli.output import show
    from mpfcheck.cli.reports import ReportFileError, made_again, opened_report
    from mpfcheck.cli.usage import usage_errors
    from mpfcheck.engine.bundle import REPORTS, BundleError, read_bundle, write_bundle
    from mpfcheck.report.say.verification import not_compared, verification_blocks
    from mpfcheck.report.words import counted
    from mpfcheck.version import __version__

    keep_inputs((report, *paths), output)
    with opened_report(report) as file:
        found, again = made_again(report, file, paths, folders=folders)
        if not found.same or found.strangers or found.added:
            show(verification_blocks(report, found))
            click.echo("No bundle was written.")
            context.exit(ExitCode.FINDING)
        if with_inputs and again.unread:
            words = f"The report names inputs that could not be read, such as {again.unread[0]}. "
            raise click.UsageError(plain(f"{words}Leave out --with-inputs."))
        try:
            with usage_errors():
                calls = list(_calls(again, folders))
            inputs = list(_inputs(paths, again.paths, with_inputs=with_inputs))
            with SpooledTemporaryFile(HELD) as spooled, TemporaryDirectory(prefix="mpfcheck-") as folder:
                made = cast("IO[bytes]", spooled)
                write_bundle(
                    made,
                    program=__version__,
                    report=file,
                    report_name=REPORTS[found.version is None],
                    calls=calls,
                    inputs=inputs,
                )
                made.seek(0)
                # What cannot be read back within the limits is no bundle.
                read_bundle(made, Path(folder))
                made.seek(0)
                with opened(output) as destination:
                    while piece := made.read(AT_ONCE):
                        destination.write_bytes(piece)
        except BundleError as error:
            raise ReportFileError(plain(f"The bundle cannot be made. {error}")) from None
    kept = "the proposals" if with_inputs else "the checksums of the proposals"
    click.echo(plain(f"{output} holds {counted(found.reports, 'report')}, {kept} and the rules of:"))
    for call, _ in calls:
        click.echo(plain(f"  {call.id}, version {call.version}"))
    for sentence in not_compared(found):
        click.echo(sentence)
    context.exit(ExitCode.OK)


def _calls(again: Rederivation, folders: tuple[Path, ...]) -> Iterator[tuple[CallReference, Mapping[str, bytes]]]:
    """The calls of the report with their files; raises click.UsageError for two versions of one."""
    from mpfcheck.checking.report import CallReference
    from mpfcheck.packs.load import pack_contents

    seen: set[str] = set()
    for call_id in sorted(again.calls):
        call, contents = pack_contents(call_id, folders)
        if call.id in seen:
            raise click.UsageError(f"The report uses two versions of the rules of {call.id}. Bundle its parts apart.")
        seen.add(call.id)
        yield CallReference(call.id, call.version, call.sha256), contents


def _inputs(
    paths: tuple[str, ...], read: Mapping[str, str], *, with_inputs: bool
) -> Iterator[tuple[BundledInput, Path]]:
    """The files of the proposals, each once, by the names that the report has for them, in the order of these.

    So the bundle is the same wherever it is made, and says nothing of the folders there.
    """
    from hashlib import file_digest

    from mpfcheck.engine.bundle import BundledInput
    from mpfcheck.reading.folder import printable, walk

    found: dict[str, Path] = {}
    for given in paths:
        for path in walk(given) if os.path.isdir(given) else (given,):
            if isinstance(path, str) and printable(path) in read and os.path.isfile(path):
                found.setdefault(read[printable(path)], Path(path))
    for number, (name, place) in enumerate(sorted(found.items()), 1):
        with place.open("rb") as file:
            checksum = file_digest(file, "sha256").hexdigest()
        inside = f"inputs/{number:05d}{_ending(place.name)}" if with_inputs else None
        yield BundledInput(name, checksum, place.stat().st_size, inside), place


def _ending(name: str) -> str:
    """What of a file's name says how to read it."""
    from mpfcheck.reading.folder import ENDINGS

    lower = name.casefold()
    packed = ".gz" if lower.endswith(".gz") else ""
    kind = next((one for one in ENDINGS if lower.removesuffix(".gz").endswith(one)), "")
    return f"{kind}{packed}"
