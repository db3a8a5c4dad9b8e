"""The scores of proposals that people keep in a table of their own."""

from __future__ import annotations

import csv
from decimal import Decimal, InvalidOperation
from io import StringIO

import click

from mpfcheck.checking.portfolio.ranking import RankBy
from mpfcheck.frozen import FrozenDict
from mpfcheck.nearest import did_you_mean
from mpfcheck.plain import plain
from mpfcheck.proposal.values import shown

__all__ = ["read_scores"]

MOST_BYTES = 64 * 1024 * 1024
NAMES = ("input", "path", "file")
"""What the column is called that names the proposals, as the CSV report does or as people do."""
LINES = ("line", "input_line")


def read_scores(name: str, path: str | None) -> RankBy:
    """The scores in the column of this name; without a table, by the field of this name.

    Raises click.UsageError where the table cannot be read or says a score in two ways.
    """
    if path is None:
        return RankBy(name)
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise click.UsageError(plain(f"{path} is not UTF-8. Save the table as CSV in UTF-8.")) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise click.UsageError(plain(f"The table {path} cannot be read: {reason}.")) from None
    if len(data) > MOST_BYTES:
        raise click.UsageError(plain(f"{path} is larger than {MOST_BYTES // 1024**2} MiB. Leave out other columns."))
    try:
        return RankBy(name, FrozenDict(_scores(text, name, path)))
    except csv.Error:
        raise click.UsageError(plain(f"{path} is not a table. Save the table as CSV in UTF-8.")) from None


def _scores(text: str, name: str, path: str) -> dict[tuple[str | None, int | None], Decimal]:
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    table = csv.DictReader(StringIO(text, newline=""), delimiter=separator)
    heads = [head for head in table.fieldnames or () if head]
    if name not in heads:
        hint = did_you_mean(name, heads, otherwise="The columns are")
        raise click.UsageError(plain(f"{path} has no column {shown(name)}. {hint}"))
    named = next((head for head in NAMES if head in heads), None)
    if named is None:
        raise click.UsageError(plain(f"{path} has no column input or path that names the proposals."))
    place = next((head for head in LINES if head in heads), None)
    found: dict[tuple[str | None, int | None], Decimal] = {}
    for row in table:
        written, where = (row[name] or "").strip(), f"{path}, line {table.line_num}"
        if not written:
            continue
        line = (row[place] or "").strip() if place else ""
        if line and not (line.isascii() and line.isdigit()):
            raise click.UsageError(plain(f"{where}: {shown(line)} is not the number of a line."))
        key = (row[named] or "").strip(), int(line) if line else None
        score = _number(written, separator)
        if score is None:
            raise click.UsageError(plain(f"{where}: {shown(written)} in the column {name} is not a number."))
        if found.setdefault(key, score) != score:
            raise click.UsageError(plain(f"{where}: {shown(key[0])} has another score above. Keep one of them."))
    return found


def _number(text: str, separator: str) -> Decimal | None:
    """A score; with a comma before its decimals only where commas do not part the columns."""
    try:
        number = Decimal(text.replace(",", ".") if separator != "," else text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
