"""Proposals as rows of a table (Apache Arrow, Parquet): what was answered, exactly, and NULL where nothing was.

There is one column for each field of the proposal, records and lists as they are nested there, and four about the
input. Amounts are decimals with two places, other exact numbers decimals with as many as the schema allows. A list that
is not finished is named in the column ``open``, as in the proposal. Objects of which the call says nothing are JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, Protocol

import pyarrow as pa
import pyarrow.parquet as pq
import simplejson

from mpfcheck.checking.report import PassedOver
from mpfcheck.frozen import Frozen
from mpfcheck.json_codec import plain_json
from mpfcheck.packs.call import Call
from mpfcheck.packs.vocabulary import Way, proposal_record_of
from mpfcheck.proposal.fields import Code, Day, Exact, Kind, Many, Moment, Open, Record, Text, Whole, YesNo
from mpfcheck.proposal.values import MAX_DIGITS, moment_from
from mpfcheck.version import __version__
from mpfcheck.warehouse.walk import NARROW

__all__ = [
    "FORMAT",
    "INPUT_COLUMNS",
    "ROW_GROUP",
    "InputsNote",
    "NotATableError",
    "ProposalTable",
    "Row",
    "TableFile",
    "TableNote",
    "read_note",
    "ways_of_columns",
]

FORMAT: Final = "mpfcheck-table/1"
ROW_GROUP: Final = 8192
"""Proposals in one row group of a file: few enough that every core has some of 100 000 to work on."""
BATCH: Final = 512
"""Proposals that are held as Python values at a time."""
INPUT_COLUMNS: Final = ("path", "line", "sha256")
"""The columns about the input, before those of the proposal: its file, its line in it, and its checksum."""
_NOTE: Final = b"mpfcheck"

Row = Mapping[str, object]


class Sink(Protocol):
    """Where the bytes of a file go."""

    def __call__(self, piece: bytes, /) -> object: ...


class NotATableError(ValueError):
    """A file that is not a table of ``mpfcheck export``, or not one of this call; the message says what to do."""


class InputsNote(Frozen):
    """What became of the inputs: how many were not proposals, and whether all were read.

    ``complete`` is false where a run was interrupted or could not read what may be a proposal. ``passed_over`` is what
    it did not look at; ``sha256`` the one checksum of all inputs, the invalid ones included (None: not known).
    """

    invalid: int = 0
    complete: bool = True
    interrupted: bool = False
    sha256: str | None = None
    passed_over: tuple[PassedOver, ...] = ()


class TableNote(Frozen):
    """What a table says of itself: its call, how many proposals it holds, and what became of the inputs."""

    call: str
    version: str
    sha256: str
    proposals: int
    inputs: InputsNote


def decimal_type(kind: Exact) -> tuple[int, int]:
    """The digits before the point and after it that hold every number of a kind."""
    return MAX_DIGITS, min(kind.decimals, MAX_DIGITS - 1)


def _arrow_type(kind: Kind) -> pa.DataType:
    match kind:
        case Text() | Code() | Open() | Moment():
            return pa.string()
        case YesNo():
            return pa.bool_()
        case Whole():
            return pa.int64()
        case Exact():
            whole, places = decimal_type(kind)
            return pa.decimal128(whole + places, places)
        case Day():
            return pa.date32()
        case Many(item):
            return pa.list_(_arrow_type(item))
        case Record(_, fields):
            return pa.struct([pa.field(name, _arrow_type(field.kind)) for name, field in fields.items()])


def _narrow_type(kind: pa.DataType) -> pa.DataType:
    """The type with exact numbers in few digits."""
    if pa.types.is_decimal(kind) and kind.scale > NARROW.places:
        return pa.decimal128(NARROW.whole + NARROW.places, NARROW.places)
    if pa.types.is_list(kind):
        return pa.list_(_narrow_type(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(member.name, _narrow_type(member.type)) for member in kind])
    return kind


def ways_of_columns(record: Record, ways: Iterable[Way]) -> set[Way]:
    """The ways to what must be read of a table so that the fields at ``ways`` are there.

    A record or list that is named itself is there, with those of its fields that are named somewhere: rules only ask
    whether it is there and how long it is. Records of one kind keep the same fields, so that their lists can be joined.
    """
    named: dict[str, set[str]] = {}
    for way in ways:
        kind: Kind = record
        for step in way:
            kind = kind.item if isinstance(kind, Many) else kind
            if not isinstance(kind, Record) or step not in kind.fields:
                break
            named.setdefault(kind.name, set()).add(step)
            kind = kind.fields[step].kind
    return set(_named(record, named, ()))


def _named(record: Record, named: Mapping[str, set[str]], before: Way) -> Iterator[Way]:
    for name in named[record.name] & record.fields.keys():
        kind = record.fields[name].kind
        inner = kind.item if isinstance(kind, Many) else kind
        if isinstance(inner, Record) and inner.name in named:
            yield from _named(inner, named, (*before, name))
        else:
            yield (*before, name)


_Change = Callable[[Any], Any]


def _to_column(kind: Kind) -> _Change | None:
    """What makes an answer a value of its column; None where it is one already."""
    match kind:
        case Open():
            return lambda value: simplejson.dumps(value, use_decimal=True, ensure_ascii=False)
        case Moment():
            return lambda value: value.isoformat()
        case Many(item):
            change = _to_column(item)
            return None if change is None else lambda values: [change(value) for value in values]
        case Record(_, fields):
            changes = {name: change for name, field in fields.items() if (change := _to_column(field.kind))}
            if not changes:
                return None
            return lambda values: {
                name: changes[name](value) if name in changes and value is not None else value
                for name, value in values.items()
            }
    return None


def _from_column(kind: Kind) -> _Change | None:
    """What makes a value of a column the answer again; None where it is the answer already."""
    match kind:
        case Open():
            return lambda text: json.loads(text, parse_float=Decimal)
        case Moment():
            return moment_from
        case Many(item):
            change = _from_column(item)
            if change is None:
                return None
            return lambda values: [None if value is None else change(value) for value in values]
        case Record():
            return _from_columns(kind)
    return None


def _from_columns(record: Record) -> Callable[[Mapping[str, Any]], dict[str, object]]:
    """What makes the values of the columns of a record its answers again, without those that are missing."""
    changes = {name: _from_column(field.kind) for name, field in record.fields.items()}

    def answers(values: Mapping[str, Any]) -> dict[str, object]:
        found: dict[str, object] = {}
        for name, value in values.items():
            if value is not None and name in changes:
                change = changes[name]
                found[name] = value if change is None else change(value)
        return found

    return answers


class ProposalTable:
    """The columns of the proposals to a call, and rows to answers and back."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.record = proposal_record_of(call)
        inputs = [pa.field("path", pa.string()), pa.field("line", pa.int64()), pa.field("sha256", pa.string())]
        fields = [pa.field(name, _arrow_type(field.kind)) for name, field in self.record.fields.items()]
        self.schema = pa.schema([*inputs, *fields])
        self._change = _to_column(self.record)
        self._answers = _from_columns(self.record)

    def batch(self, rows: Sequence[tuple[str | None, int | None, str | None, Row]]) -> pa.Table:
        """Rows from path, line, checksum and answers of proposals that were read."""
        change = self._change
        made = [
            {**(answers if change is None else change(answers)), "path": path, "line": line, "sha256": sha256}
            for path, line, sha256, answers in rows
        ]
        return pa.Table.from_pylist(made, schema=self.schema)

    def answers(self, rows: pa.Table) -> list[dict[str, object]]:
        """The answers of rows, as the reader gives them."""
        read = self._answers
        return [read(row) for row in rows.to_pylist()]

    def narrowed(self, rows: pa.Table) -> pa.Table | None:
        """The rows with their exact numbers in few digits, as nearly all are; None where one has more."""
        try:
            for place, column in enumerate(rows.schema):
                kind = _narrow_type(column.type)
                if kind != column.type:
                    rows = rows.set_column(place, pa.field(column.name, kind), rows.column(place).cast(kind))
        except pa.ArrowInvalid:
            return None
        return rows

    def fitting(self, table: pa.Schema) -> None:
        """Raise NotATableError where a table does not have the columns of the call."""
        for field in self.schema:
            place = table.get_field_index(field.name)
            if place < 0 or not table.field(place).type.equals(field.type):
                raise NotATableError(
                    f"The table does not have the column {field.name} of the call {self.call.id}. Export the proposals "
                    "again for this call and this version of the program."
                )


class _BytesTo:
    """What pyarrow writes a file to, when bytes only go out."""

    closed = False

    def __init__(self, write: Sink) -> None:
        self._write: Sink | None = write
        self._written = 0

    def abandon(self) -> None:
        """Write nothing from now on."""
        self._write = None

    def write(self, piece: Any) -> int:
        data = bytes(piece)
        if self._write is not None:
            self._write(data)
        self._written += len(data)
        return len(data)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        """Everything was written already."""

    def close(self) -> None:
        self.closed = True

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False


class TableFile:
    """Writes a Parquet file, row group by row group; little more than one of them is held at a time."""

    def __init__(self, table: ProposalTable, write: Sink) -> None:
        """Write bytes to ``write``."""
        self._table = table
        self._rows: list[tuple[str | None, int | None, str | None, Row]] = []
        self._batches: list[pa.Table] = []
        self._waiting = 0
        self._sink = _BytesTo(write)
        file = pa.PythonFile(self._sink, mode="w")
        self._writer = pq.ParquetWriter(file, table.schema, compression="zstd", store_decimal_as_integer=True)
        self.proposals = 0

    def add(self, path: str | None, line: int | None, sha256: str | None, answers: Row) -> None:
        """Write the next proposal."""
        self._rows.append((path, line, sha256, answers))
        self.proposals += 1
        if len(self._rows) == BATCH:
            self._gather()

    def finish(self, inputs: InputsNote) -> None:
        """Write the end, and what the table says of itself."""
        self._gather()
        self._flush()
        call = self._table.call
        note = {
            "format": FORMAT,
            "tool": __version__,
            "call": call.id,
            "version": call.version,
            "sha256": call.sha256,
            "proposals": self.proposals,
            "invalid": inputs.invalid,
            "complete": inputs.complete,
            "interrupted": inputs.interrupted,
            "inputs_sha256": inputs.sha256,
            "passed_over": plain_json(inputs.passed_over),
        }
        self._writer.add_key_value_metadata({_NOTE: json.dumps(note).encode()})
        self._writer.close()

    def close(self) -> None:
        """Leave a file that will not be finished: what the writer still holds goes nowhere."""
        self._sink.abandon()
        self._writer.close()

    def _gather(self) -> None:
        if self._rows:
            self._batches.append(self._table.batch(self._rows))
            self._waiting += len(self._rows)
            self._rows.clear()
        if self._waiting >= ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._batches:
            self._writer.write_table(pa.concat_tables(self._batches), row_group_size=ROW_GROUP)
            self._batches.clear()
            self._waiting = 0


def read_note(file: pq.ParquetFile, path: str) -> TableNote:
    """What a table says of itself; raises NotATableError where no ``mpfcheck export`` wrote it."""
    written = (file.metadata.metadata or {}).get(_NOTE)
    if written is not None:
        note = json.loads(written)
        if note.get("format") == FORMAT:
            # Tables of earlier versions do not have the last three.
            passed_over = tuple(PassedOver(**one) for one in note.get("passed_over", ()))
            inputs = InputsNote(
                note["invalid"],
                note["complete"],
                note.get("interrupted", False),
                note.get("inputs_sha256"),
                passed_over,
            )
            return TableNote(note["call"], note["version"], note["sha256"], note["proposals"], inputs)
    raise NotATableError(
        f"{path} was not written by mpfcheck export, so nobody has checked what is in it. Export the proposals first."
    )
