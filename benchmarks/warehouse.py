"""Whether the rules in SQL say what the Python engine says: random rows of every kind, rule by rule.

For every row and rule the code that SQL gives is compared with the status of the reference; where SQL leaves a row to
the Python engine, that is counted. Run as a program:

    python -m benchmarks.warehouse 200000
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from enum import StrEnum
from math import ceil
from typing import Any

from benchmarks.certainty import Drafts
from benchmarks.generate import Mix, proposal
from mpfcheck.checking.checker import CallAnnex, Checker
from mpfcheck.checking.report import Severity
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call
from mpfcheck.packs.vocabulary import code_types
from mpfcheck.proposal.reader import MisfitError, known_answers
from mpfcheck.warehouse.dialect import DUCKDB
from mpfcheck.warehouse.judge import TableJudge
from mpfcheck.warehouse.rules import STATUS_OF_CODE, rules_sql

__all__ = ["Comparison", "RowKind", "compare", "compare_rows", "rows"]

_Change = Callable[[Any, random.Random], Any]

BATCH = 500
DETAILED = "mpf-2023-borders-security"
"""The call that realistic proposals are generated for, with texts, budgets and slips at the boundaries."""


class RowKind(StrEnum):
    """What rows are like."""

    COMPLETE = "complete"
    HALF_FILLED = "half-filled"
    AT_LIMITS = "half-filled with numbers at limits"
    OPEN_LISTS = "open lists"
    HOSTILE = "hostile"


JUDGED_TOGETHER = (tuple(kind for kind in RowKind if kind is not RowKind.HOSTILE), (RowKind.HOSTILE,))
"""Numbers with many digits make a table a wide one; as nearly all tables are narrow, the usual rows are in another."""


class Comparison(Counter[str]):
    """What was counted, and the ``differences``: call, rule, what SQL says, what the reference says, and the row."""

    def __init__(self) -> None:
        super().__init__()
        self.differences: list[str] = []

    def __str__(self) -> str:
        kinds = "; ".join(
            f"{self[kind]} {kind}, {self[f'asked {kind}']} of them left to the Python engine" for kind in RowKind
        )
        return f"{self['rows']} rows, {self['results']} results compared, {len(self.differences)} differences ({kinds})"


def rows(checker: Checker, kind: RowKind, drawn: random.Random) -> Iterator[dict[str, Any]]:
    """Random proposals of a kind, without end."""
    maker = Drafts(checker, drawn)
    while True:
        if checker.call.id == DETAILED and drawn.random() < 0.5:
            mix = Mix.COMPLETE if kind in (RowKind.COMPLETE, RowKind.HOSTILE) else Mix.HALF_FILLED
            made: dict[str, Any] = proposal(drawn, mix)
        else:
            made = maker.completion({}) if kind in (RowKind.COMPLETE, RowKind.HOSTILE) else maker.draft()
        if kind is RowKind.OPEN_LISTS:
            lists = ("/co_applicants", "/documents", "/target_countries", "/budget/lines", "/financing/contributions")
            made["open"] = drawn.sample(lists, drawn.randint(1, 3))
        elif kind in (RowKind.HALF_FILLED, RowKind.AT_LIMITS):
            made.pop("open", None)
        if kind is RowKind.AT_LIMITS:
            made = _each(made, drawn, lost=0.1, changed=0.6, change=_at_limits)
        if kind is RowKind.HOSTILE:
            made = _spoiled(made, drawn)
        yield made


TEXTS = (
    *("", " ", "'", "''", '"', "\\", "a''b", "--", "'; DROP TABLE proposals; --", "$1", "%s"),
    *("\x00", "a\x00b", "\n", "\u2028", "x" * 1001),
    *("Ministerul Afacerilor Interne şi ţ", "Ministerul afacerilor interne și ț", "Ὀδυσσεύς", "ОДЕССА", "одесса"),
    *("İstanbul", "\ufb01", "straße", "\uff2d\uff29\uff2e", "\U0001d510", "日本", "e\u0301", "é"),
    *("\u00b2", "\u0661\u0662", "999 999 999", "999-999-999"),
)
NUMBERS = ("0", "0.01", "999999999999999", "9999999999999.99", "0.00000000000001", "12345678.1234567", "1", "0.1", "24")
LIMITS = ("0", "0.01", "0.05", "1", "20", "400000.00", "999999999999", "999999999999.99")
DAYS = ("0001-01-01", "9999-12-31", "2024-02-29", "2023-12-07", "1900-03-01")


CODES = frozenset(code for type_ in code_types().values() for code in type_.codes or ())


def _spoiled(made: dict[str, Any], drawn: random.Random) -> dict[str, Any]:
    """A proposal with values that engines stumble over."""
    spoiled: dict[str, Any] = _each(deepcopy(made), drawn, lost=0.02, changed=0.15, change=_hostile)
    for record, name, most in (("budget", "lines", 1100), ("", "co_applicants", 40), ("", "documents", 40)):
        holder = spoiled.get(record, {}) if record else spoiled
        if drawn.random() < 0.01 and isinstance(holder, dict) and holder.get(name):
            holder[name] = [drawn.choice(holder[name]) for _ in range(drawn.choice((30, 31, 32, 33, most)))]
    return spoiled


def _each(value: Any, drawn: random.Random, *, lost: float, changed: float, change: _Change) -> Any:
    """A value of which some members are lost, and some plain values changed."""

    def inner(part: Any) -> Any:
        return _each(part, drawn, lost=lost, changed=changed, change=change)

    if isinstance(value, dict):
        if drawn.random() < lost:
            return {}
        return {name: inner(member) for name, member in value.items() if drawn.random() > lost}
    if isinstance(value, list):
        return [] if drawn.random() < 0.05 else [inner(item) for item in value]
    return change(value, drawn) if drawn.random() < changed else value


def _hostile(value: Any, drawn: random.Random) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return drawn.choice((0, 1, 999_999_999, 1200))
    if not isinstance(value, str) or value in CODES:
        return value
    if _is_number(value):
        return drawn.choice(NUMBERS)
    return drawn.choice(DAYS) if value[4:5] == "-" == value[7:8] else drawn.choice(TEXTS)


def _at_limits(value: Any, drawn: random.Random) -> Any:
    """One of few numbers: sums and products of them are often what another is, or as much as one can be."""
    if isinstance(value, int) and not isinstance(value, bool):
        return drawn.choice((0, 1, 12, 1200))
    return drawn.choice(LIMITS) if isinstance(value, str) and _is_number(value) else value


def _is_number(text: str) -> bool:
    return "." in text and text.replace(".", "").isdigit()


def _answers(made: Mapping[str, Any], annex: CallAnnex) -> Mapping[str, object] | None:
    """The answers of a proposal, its annex as the call reads it; None where it is not one."""
    try:
        answers, problems = annex.looked_at(known_answers(made), lambda _: None)
    except MisfitError:
        return None
    return None if any(problem.severity is Severity.BLOCKING for problem in problems) else answers


def compare(count: int, seed: int, *, calls: Sequence[str] | None = None, blind: bool = False) -> Comparison:
    """Compare on so many rows at least, of all calls and kinds alike.

    A ``blind`` comparison takes every list that is not answered for an empty one: it must find differences.
    """
    drawn = random.Random(seed)
    found = Comparison()
    checkers = [Checker(load_call(call_id)) for call_id in calls or sorted(list_calls())]
    each = max(1, ceil(count / len(checkers) / len(RowKind)))
    for checker in checkers:
        judge = TableJudge(checker)
        sources = {kind: rows(checker, kind, drawn) for kind in RowKind}
        for start in range(0, each, BATCH):
            for kinds in JUDGED_TOGETHER:
                some = {kind: sources[kind] for kind in kinds}
                _compare_some(checker, judge, some, min(each - start, BATCH), found, blind=blind)
        judge.close()
    return found


def _compare_some(
    checker: Checker,
    judge: TableJudge,
    sources: Mapping[RowKind, Iterator[dict[str, Any]]],
    count: int,
    found: Comparison,
    *,
    blind: bool,
) -> None:
    kinds: list[RowKind] = []
    read: list[Mapping[str, object]] = []
    annex = CallAnnex(checker.call)
    for kind, source in sources.items():
        while len(read) < count * (len(set(kinds) | {kind})):
            answers = _answers(next(source), annex)
            if answers is None:
                found["not proposals"] += 1
            else:
                read.append(answers)
                kinds.append(kind)
    compare_rows(checker, judge, read, kinds, found, blind=blind)


def compare_rows(
    checker: Checker,
    judge: TableJudge,
    read: Sequence[Mapping[str, object]],
    kinds: Sequence[RowKind],
    found: Comparison,
    *,
    blind: bool = False,
) -> None:
    """Compare on the answers of proposals, of which each is of a kind; what is found is added."""
    table = judge.table
    batch = table.batch([(None, number, None, answers) for number, answers in enumerate(read)])
    given = (
        table.batch([(None, number, None, _closed(answers)) for number, answers in enumerate(read)]) if blind else batch
    )
    codes = judge.codes(given).to_pylist()
    left_out = rules_sql(checker, DUCKDB).left_out
    again = table.answers(batch)
    ids = [rule.id for rule in checker.call.rules]
    for kind, answers, written, row in zip(kinds, read, again, codes, strict=True):
        statuses = dict(zip(ids, checker.statuses(answers), strict=True))
        if {name: value for name, value in answers.items() if name in table.record.fields} != written:
            found.differences.append(f"{checker.call.id}: the table does not hold what was answered: {answers}")
        asked = False
        for rule_id, status in statuses.items():
            said = None if rule_id in left_out else row[rule_id]
            asked |= said is None
            found["results"] += 1
            if said is not None and STATUS_OF_CODE[said] is not status:
                found.differences.append(
                    f"{checker.call.id} {rule_id}: {STATUS_OF_CODE[said].value}, and {status.value}: {answers}"
                )
        found["rows"] += 1
        found[kind] += 1
        found[f"asked {kind}"] += asked


def _closed(answers: Mapping[str, object]) -> dict[str, object]:
    empty: dict[str, object] = {
        name: [] for name in ("co_applicants", "documents", "target_countries") if name not in answers
    }
    return {**answers, **empty}


if __name__ == "__main__":
    outcome = compare(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, 20261128)
    sys.stdout.write(f"{outcome}\n")
    for difference in outcome.differences[:20]:
        sys.stdout.write(f"{difference[:2000]}\n")
    sys.exit(bool(outcome.differences))
