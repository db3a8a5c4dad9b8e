"""Reports given on the command line, read back from their files."""

from __future__ import annotations

from pathlib import Path

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.report.plain import plain
from mpfcheck.report.read_back import UnreadableReportError, WrittenReports, read_back

__all__ = ["ReportFileError", "parse_report", "read_report", "read_report_file"]


MOST_BYTES = 2 * 1024**3
"""A few packed bytes can unpack to any number; a report on 100 000 proposals has some 700 MB."""
_PACKED_START = b"\x1f\x8b"


class ReportFileError(click.ClickException):
    """A file that should hold a report and does not."""

    exit_code = ExitCode.INPUT


def read_report(path: str) -> bytes:
    """The bytes of a report, unpacked where gzip packed them; raises :class:`ReportFileError`."""
    try:
        data = Path(path).read_bytes()
        return _unpacked(path, data) if data.startswith(_PACKED_START) else data
    except IsADirectoryError:
        raise ReportFileError(plain(f"{path} is a folder, not a report.")) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ReportFileError(plain(f"The report {path} cannot be read: {reason}.")) from None


def _unpacked(path: str, data: bytes) -> bytes:
    from io import BytesIO

    from mpfcheck.reading.sources import DamagedError, unpacked

    try:
        with unpacked(BytesIO(data)) as stream:
            whole = stream.read(MOST_BYTES + 1)
    except DamagedError as error:
        raise ReportFileError(plain(f"{path}: {error.problem.message} {error.problem.hint}")) from None
    if len(whole) > MOST_BYTES:
        raise ReportFileError(plain(f"{path} unpacks to more than {MOST_BYTES // 1024**3} GiB; it was not read."))
    return whole


def read_report_file(path: str) -> WrittenReports:
    """The reports in a file; raises :class:`ReportFileError`."""
    return parse_report(path, read_report(path))


def parse_report(path: str, data: bytes) -> WrittenReports:
    """The reports in these bytes of a file; raises :class:`ReportFileError`."""
    try:
        return read_back(data)
    except UnreadableReportError as error:
        raise ReportFileError(plain(f"{path}: {error.message} {error.hint}").rstrip()) from None
