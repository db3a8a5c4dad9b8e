"""Rows to statuses: SQL for all that it can say, the Python engine for the rest, so that the answer is complete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import duckdb
import pyarrow as pa

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Status
from mpfcheck.warehouse.dialect import DUCKDB
from mpfcheck.warehouse.rules import STATUS_OF_CODE, RulesSql, rules_sql
from mpfcheck.warehouse.table import ProposalTable

__all__ = ["MEMORY", "TableJudge"]

MEMORY: Final = "1GB"
"""The memory that the engine may use; beyond it, it writes to disk."""
_ROW: Final = "row number"
_CODE_OF_STATUS: Final = {status: code for code, status in STATUS_OF_CODE.items() if code % 10 == 0} | {
    Status.INCONCLUSIVE: 50
}
_STATUSES: Final = {**STATUS_OF_CODE, 50: Status.INCONCLUSIVE}

Key = tuple[object, ...]


class TableJudge:
    """Judges rows by the rules of one checker.

    ``asked`` counts the rows that were left to the Python engine. Not safe to share between threads.
    """

    def __init__(self, checker: Checker, *, memory: str = MEMORY, threads: int | None = None) -> None:
        self.table = ProposalTable(checker.call)
        self.asked = 0
        self._checker = checker
        self._sql: dict[bool, RulesSql] = {}
        self._engine = duckdb.connect(":memory:")
        self._engine.execute(f"SET memory_limit = '{memory}'")
        # Rows are counted, so their order does not matter; and no file of the computer is read or written by SQL.
        self._engine.execute("SET preserve_insertion_order = false")
        if threads is not None:
            self._engine.execute(f"SET threads = {int(threads)}")

    def close(self) -> None:
        """Give memory and files back."""
        self._engine.close()

    def codes(self, rows: pa.Table) -> pa.Table:
        """What SQL alone says: a column of codes for each rule it can say, in the order of the rows."""
        return self._said(rows, ()).sort_by(_ROW).drop_columns([_ROW])

    def columns(self) -> list[str]:
        """The columns of the table that the rules read."""
        return sorted(self._rules(narrow=True).fields)

    def _rules(self, *, narrow: bool) -> RulesSql:
        if narrow not in self._sql:
            self._sql[narrow] = rules_sql(self._checker, DUCKDB, narrow=narrow)
        return self._sql[narrow]

    def _said(self, rows: pa.Table, keep: Sequence[str]) -> pa.Table:
        narrow = self.table.narrowed(rows)
        sql = self._rules(narrow=narrow is not None)
        numbered = (rows if narrow is None else narrow).append_column(_ROW, pa.array(range(rows.num_rows), pa.int64()))
        self._engine.register("proposals", numbered)
        try:
            select = sql.select("proposals", [DUCKDB.identifier(_ROW), *keep])
            return self._engine.sql(select).to_arrow_table()
        finally:
            self._engine.unregister("proposals")

    def patterns(self, rows: pa.Table, by: Sequence[str] = ()) -> Iterator[tuple[Key, tuple[Status, ...], int]]:
        """How many rows have the same statuses and the same values of the SQL in ``by``."""
        ids = [rule.id for rule in self._checker.call.rules]
        name = DUCKDB.identifier
        keep = [f"{text} AS {name(f'by {place}')}" for place, text in enumerate(by)]
        said = self._said(rows, keep)
        groups = [f"by {place}" for place in range(len(by))]
        sayable = [rule_id for rule_id in ids if rule_id in said.column_names]
        open_ = " OR ".join(f"{name(rule_id)} IS NULL" for rule_id in sayable) or "FALSE"
        if len(sayable) < len(ids):
            open_ = "TRUE"
        self._engine.register("said", said)
        try:
            columns = ", ".join(map(name, [*groups, *sayable]))
            whole = self._engine.sql(
                f"SELECT {columns}, count(*) FROM said WHERE NOT ({open_}) GROUP BY ALL"
            ).fetchall()
            asked = self._engine.sql(
                f"SELECT {', '.join(map(name, [_ROW, *groups]))} FROM said WHERE {open_} ORDER BY 1"
            ).fetchall()
        finally:
            self._engine.unregister("said")
        for row in whole:
            codes = row[len(by) : -1]
            yield row[: len(by)], tuple(_STATUSES[code] for code in codes), row[-1]
        yield from self._ask(rows, asked)

    def _ask(
        self, rows: pa.Table, asked: Sequence[tuple[object, ...]]
    ) -> Iterator[tuple[Key, tuple[Status, ...], int]]:
        self.asked += len(asked)
        found: Counter[tuple[Key, tuple[Status, ...]]] = Counter()
        for start in range(0, len(asked), 1000):
            some = asked[start : start + 1000]
            for (_, *key), answers in zip(some, self.table.answers(rows.take([row[0] for row in some])), strict=True):
                found[tuple(key), self._checker.statuses(answers)] += 1
        for (values, statuses), count in found.items():
            yield values, statuses, count
