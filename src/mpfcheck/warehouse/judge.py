"""Rows to statuses: SQL for all that it can say, the Python engine for the rest, so that the answer is complete."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from threading import Lock
from typing import Any, Final, NamedTuple

import duckdb
import pyarrow as pa

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Status
from mpfcheck.packs.vocabulary import Way
from mpfcheck.warehouse.dialect import DUCKDB
from mpfcheck.warehouse.rules import STATUS_OF_CODE, RulesSql, rules_sql
from mpfcheck.warehouse.table import ProposalTable

__all__ = ["MEMORY", "Pattern", "TableJudge"]

MEMORY: Final = "1GB"
"""The memory that the engine may use; beyond it, it writes to disk."""
_ROW: Final = "row number"

ASKED_AT_ONCE: Final = 1000


class Pattern(NamedTuple):
    """So many (``number``) rows that have the same values and statuses, the latter in the order of the rules.

    ``sums`` are the sums of what was asked for, None of nothing; ``known`` how many rows have an answer there.
    """

    values: tuple[Any, ...]
    statuses: tuple[Status, ...]
    number: int
    sums: tuple[Decimal | None, ...]
    known: tuple[int, ...]


class TableJudge:
    """Judges rows by the rules of one checker.

    Several threads may ask at once: each has a connection of its own to one engine, and one at a time asks the Python
    engine.
    """

    def __init__(self, checker: Checker, *, memory: str = MEMORY) -> None:
        self.table = ProposalTable(checker.call)
        self._checker = checker
        self._sql: dict[bool, RulesSql] = {}
        self._one = Lock()
        self._engine = duckdb.connect(":memory:")
        self._engine.execute(f"SET memory_limit = '{memory}'")
        # Rows are counted, so their order does not matter; and no file of the computer is read or written by SQL.
        self._engine.execute("SET preserve_insertion_order = false")
        # The engine would draw its own bar on standard output, into what is written there.
        self._engine.execute("SET enable_progress_bar = false")

    def close(self) -> None:
        """Give memory and files back."""
        self._engine.close()

    def codes(self, rows: pa.Table) -> pa.Table:
        """What SQL alone says: a column of codes for each rule it can say, in the order of the rows."""
        return self._judged_in_sql(self._engine, rows, ()).sort_by(_ROW).drop_columns([_ROW])

    def fields(self) -> frozenset[Way]:
        """The ways to the fields that the rules read."""
        return self._rules(narrow=True).fields

    def _rules(self, *, narrow: bool) -> RulesSql:
        with self._one:
            if narrow not in self._sql:
                self._sql[narrow] = rules_sql(self._checker, DUCKDB, narrow=narrow)
            return self._sql[narrow]

    def _judged_in_sql(self, engine: duckdb.DuckDBPyConnection, rows: pa.Table, keep: Sequence[str]) -> pa.Table:
        narrow = self.table.narrowed(rows)
        sql = self._rules(narrow=narrow is not None)
        numbered = (rows if narrow is None else narrow).append_column(_ROW, pa.arange(0, rows.num_rows))
        engine.register("proposals", numbered)
        try:
            select = sql.select("proposals", [DUCKDB.identifier(_ROW), *keep])
            return engine.sql(select).to_arrow_table()
        finally:
            engine.unregister("proposals")

    def patterns(self, rows: pa.Table, by: Sequence[str] = (), sums: Sequence[str] = ()) -> list[Pattern]:
        """How many rows have the same statuses and the same values of the SQL in ``by``; the sums of that in ``sums``.

        The values of ``by`` and ``sums`` are SQL on the columns of a row.
        """
        with self._engine.cursor() as engine:
            judged, waiting, rules = self._grouped(engine, rows, by, sums)
        end = len(by) + rules
        patterns = [
            Pattern(
                row[: len(by)],
                tuple(STATUS_OF_CODE[code] for code in row[len(by) : end]),
                row[end],
                row[end + 1 :: 2],
                row[end + 2 :: 2],
            )
            for row in judged
        ]
        with self._one:
            patterns += self._ask(rows, waiting, len(by))
        return patterns

    def _grouped(
        self, engine: duckdb.DuckDBPyConnection, rows: pa.Table, by: Sequence[str], sums: Sequence[str]
    ) -> tuple[list[Any], pa.Table, int]:
        """The groups of rows that SQL has judged, the rows that it has left, and how many rules it can say."""
        ids = [rule.id for rule in self._checker.call.rules]
        name = DUCKDB.identifier
        groups = [f"by {place}" for place in range(len(by))]
        amounts = [f"sum {place}" for place in range(len(sums))]
        keep = [f"{text} AS {name(column)}" for column, text in zip([*groups, *amounts], [*by, *sums], strict=True)]
        judged = self._judged_in_sql(engine, rows, keep)
        sayable = [rule_id for rule_id in ids if rule_id in judged.column_names]
        left = " OR ".join(f"{name(rule_id)} IS NULL" for rule_id in sayable) if len(sayable) == len(ids) else "TRUE"
        totals = "".join(f", sum({name(one)}), count({name(one)})" for one in amounts)
        columns = ", ".join(map(name, [*groups, *sayable]))
        engine.register("judged", judged)
        whole = engine.sql(f"SELECT {columns}, count(*){totals} FROM judged WHERE NOT ({left}) GROUP BY ALL").fetchall()
        waiting = engine.sql(
            f"SELECT {', '.join(map(name, [_ROW, *groups, *amounts]))} FROM judged WHERE {left} ORDER BY 1"
        )
        return whole, waiting.to_arrow_table(), len(sayable)

    def _ask(self, rows: pa.Table, waiting: pa.Table, by: int) -> Iterator[Pattern]:
        """The same of rows that SQL has left, by the Python engine."""
        for start in range(0, waiting.num_rows, ASKED_AT_ONCE):
            some = waiting.slice(start, ASKED_AT_ONCE)
            answers = self.table.answers(rows.take(some.column(_ROW)))
            for proposal, values in zip(answers, some.drop_columns([_ROW]).to_pylist(), strict=True):
                kept = tuple(values.values())
                known = tuple(int(amount is not None) for amount in kept[by:])
                yield Pattern(kept[:by], self._checker.statuses(proposal), 1, kept[by:], known)
