"""A survey of very many proposals: verdicts, rules and requested grants counted, slice by slice in bounded memory."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.judgement import verdict
from mpfcheck.checking.portfolio.rules import FieldTree
from mpfcheck.checking.portfolio.summary import Together
from mpfcheck.checking.report import CallReference, Severity, Status, Verdict
from mpfcheck.feel.syntax import tree
from mpfcheck.frozen import Frozen, changed
from mpfcheck.nearest import did_you_mean
from mpfcheck.packs.call import Call
from mpfcheck.packs.rule import Rule, RuleScope
from mpfcheck.packs.vocabulary import PROPOSALS, Way, proposal_record_of
from mpfcheck.proposal.fields import Exact, Kind, Many, Open, Record
from mpfcheck.warehouse.dialect import DUCKDB
from mpfcheck.warehouse.judge import MEMORY, Pattern, TableJudge
from mpfcheck.warehouse.table import (
    INPUT_COLUMNS,
    ROW_GROUP,
    InputsNote,
    NotATableError,
    ProposalTable,
    TableNote,
    read_note,
    ways_of_columns,
)

__all__ = [
    "FieldError",
    "Listed",
    "RuleCounts",
    "Survey",
    "SurveyGroup",
    "Surveyor",
    "TableSource",
    "rules_of_verdicts",
]

SLICE: Final = 4 * ROW_GROUP
"""Proposals that are judged at a time."""
AT_ONCE: Final = 2
"""Slices that are judged at the same time."""
MOST_LISTED: Final = 100_000
"""Of more proposals than these, a survey says only how many there are."""
MOST_GROUPS: Final = 10_000
REQUESTED: Final = ("financing", "grant_requested")


class FieldError(ValueError):
    """A field to count by that is not there, or that has not one value; the message says what to do."""


class RuleCounts(Frozen):
    """How many proposals have which status of a rule."""

    rule: str
    title: str
    severity: Severity
    manual: bool
    statuses: Mapping[Status, int]


class SurveyGroup(Frozen):
    """The proposals with the same values of the fields that are counted by (None: not answered).

    ``requested`` is what the eligible ones request together, in EUR, as far as that is answered.
    """

    values: tuple[str | None, ...]
    verdicts: Mapping[Verdict, int]
    requested: Decimal


class Listed(Frozen):
    """A proposal with the verdict that was asked for."""

    path: str | None
    line: int | None
    title: str | None


class Survey(Frozen):
    """What was counted.

    ``inputs`` is what became of the inputs, when the table was written where there is one (``of_table``). ``notice``
    says what is odd about the day. ``together`` is what the rules about all proposals say of the eligible ones, copies
    included; ``not_together`` names the rules that cannot be counted so. ``listed`` are proposals with the verdict
    ``list_of``, of ``list_count`` such. ``verdicts_only`` says that only the rules that make verdicts were applied.
    """

    call: CallReference
    as_of: str
    changed: Mapping[str, str]
    notice: str | None
    proposals: int
    inputs: InputsNote
    of_table: bool
    verdicts: Mapping[Verdict, int]
    requested: Decimal
    rules: tuple[RuleCounts, ...]
    by: tuple[str, ...]
    groups: tuple[SurveyGroup, ...]
    together: tuple[Together, ...]
    not_together: tuple[str, ...]
    list_of: Verdict | None
    list_count: int
    listed: tuple[Listed, ...]
    verdicts_only: bool = False


def rules_of_verdicts(call: Call) -> tuple[str, ...]:
    """The rules that make the verdict of a proposal, and those about all proposals together."""
    return tuple(
        rule.id
        for rule in call.rules
        if rule.scope is RuleScope.PORTFOLIO or (rule.severity is Severity.BLOCKING and not rule.manual)
    )


class TableSource:
    """The rows of a table that ``mpfcheck export`` wrote, some at a time."""

    def __init__(self, path: str) -> None:
        """Open it; raises NotATableError, and OSError where it cannot be read."""
        # What the library says of a file that is not there is for programmers.
        with open(path, "rb"):
            pass
        try:
            self._file = pq.ParquetFile(path)
        except pa.ArrowInvalid:
            raise NotATableError(
                f"{path} is not a table (Parquet), or it is damaged. Export the proposals again."
            ) from None
        self.note: TableNote = read_note(self._file, path)

    def need_columns_of(self, checker: Checker) -> None:
        """Raise NotATableError where the table does not have the columns of a call."""
        ProposalTable(checker.call).fitting(self._file.schema_arrow)

    def slices(self, ways: Collection[Way]) -> Iterator[pa.Table]:
        """The rows, with only the fields that these ways lead to."""
        schema = self._file.schema
        stored = [schema.column(number).path for number in range(len(schema))]
        columns = [path for path in stored if any(_leads_to(way, path) for way in ways)]
        waiting: list[int] = []
        size = 0
        for group in range(self._file.num_row_groups):
            waiting.append(group)
            size += self._file.metadata.row_group(group).num_rows
            if size >= SLICE:
                yield self._file.read_row_groups(waiting, columns=columns)
                waiting, size = [], 0
        if waiting:
            yield self._file.read_row_groups(waiting, columns=columns)


def _leads_to(way: Way, path: str) -> bool:
    """Whether a column of a file is of the field at a way; lists are a level more in the file."""
    return tuple(path.replace(".list.element", "").split("."))[: len(way)] == way


class Surveyor:
    """Counts tables of proposals, one after the other, by the rules of a checker.

    Raises :class:`FieldError` for a field in ``by`` that the proposal does not have or that has not one value.
    """

    def __init__(
        self, checker: Checker, *, by: Sequence[str] = (), list_of: Verdict | None = None, memory: str = MEMORY
    ) -> None:
        self._checker = checker
        self._judge = TableJudge(checker, memory=memory)
        self._record = proposal_record_of(checker.call)
        self._by = tuple(dict.fromkeys(by))
        self._list_of = list_of
        self._places = {name: _place(self._record, name) for name in by}
        rules = [rule for rule in checker.call.rules if rule.scope is RuleScope.PORTFOLIO]
        self._summed = [rule for rule in rules if _sums_only(rule)]
        self._not_together = tuple(rule.id for rule in rules if rule not in self._summed)
        self._keys, self._amounts = self._fields_together()
        self.proposals = 0
        self._verdicts: Counter[Verdict] = Counter()
        self._rules = [Counter[Status]() for _ in checker.call.rules]
        self._requested = Decimal("0.00")
        self._groups: dict[tuple[str | None, ...], tuple[Counter[Verdict], list[Decimal]]] = {}
        self._together: dict[tuple[object, ...], tuple[list[Decimal], set[int]]] = {}
        self._listed: list[Listed] = []
        self._list_count = 0

    def fields(self) -> set[Way]:
        """The ways to the fields that are read, for :meth:`TableSource.slices`."""
        ways = {*self._judge.fields(), *self._places.values(), *self._keys, *self._amounts, REQUESTED}
        if self._list_of:
            ways |= {("path",), ("line",), ("title",)}
        return ways_of_columns(self._record, ways) | {way for way in ways if way[0] in INPUT_COLUMNS}

    def _fields_together(self) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
        fields = self._checker.fields_together if self._summed and not self._not_together else None
        keys: list[tuple[str, ...]] = []
        amounts: list[tuple[str, ...]] = []
        for place, kind in _leaves(fields or {}, self._record):
            (amounts if isinstance(kind, Exact) else keys).append(place)
        return keys, amounts

    def count(self, slices: Iterable[pa.Table]) -> Generator[int, None, None]:
        """Count the proposals in these rows, slice by slice; gives how many of them are counted each time.

        Two slices are judged at a time: one thread reads and counts what another has waited for.
        """
        listed = ["path", "line", "title"] if self._list_of else []
        by = [_sql(place) for place in (*self._places.values(), *self._keys)] + [_sql((name,)) for name in listed]
        sums = [_sql(place) for place in (REQUESTED, *self._amounts)]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            judged: deque[Future[list[Pattern]]] = deque()
            for rows in slices:
                judged.append(pool.submit(self._judge.patterns, rows, by, sums))
                if len(judged) == AT_ONCE:
                    yield self._count(judged.popleft().result())
            while judged:
                yield self._count(judged.popleft().result())

    def _count(self, patterns: Iterable[Pattern]) -> int:
        before = self.proposals
        known: dict[tuple[Status, ...], Verdict] = {}
        for pattern in patterns:
            statuses, count = pattern.statuses, pattern.number
            if statuses not in known:
                known[statuses] = verdict(self._checker.call.rules, statuses)
            found = known[statuses]
            self.proposals += count
            self._verdicts[found] += count
            for counter, status in zip(self._rules, statuses, strict=True):
                counter[status] += count
            requested = (pattern.sums[0] or Decimal(0)) if found is Verdict.ELIGIBLE else Decimal(0)
            self._requested += requested
            self._count_group(pattern.values[: len(self._by)], found, count, requested)
            if found is Verdict.ELIGIBLE and self._summed:
                self._count_together(
                    pattern.values[len(self._by) :][: len(self._keys)], pattern.sums[1:], pattern.known[1:], count
                )
            if found is self._list_of:
                self._list_count += count
                if len(self._listed) < MOST_LISTED:
                    self._listed.append(Listed(*pattern.values[-3:]))
        return self.proposals - before

    def _count_group(self, values: tuple[object, ...], found: Verdict, count: int, requested: Decimal) -> None:
        if not self._by:
            return
        key = tuple(None if value is None else _shown(value) for value in values)
        if key not in self._groups and len(self._groups) == MOST_GROUPS:
            raise FieldError(
                f"There are more than {MOST_GROUPS} different values of {', '.join(self._by)}. "
                "Count by fields with fewer values, such as fund or lead.country."
            )
        verdicts, amount = self._groups.setdefault(key, (Counter(), [Decimal("0.00")]))
        verdicts[found] += count
        amount[0] += requested

    def _count_together(
        self, key: tuple[object, ...], sums: tuple[Decimal | None, ...], known: tuple[int, ...], count: int
    ) -> None:
        """Add amounts up: for rules that only do the same, many proposals are as one with their sum."""
        totals, missing = self._together.setdefault(key, ([Decimal(0)] * len(sums), set()))
        for place, amount in enumerate(sums):
            totals[place] += amount or Decimal(0)
            if known[place] < count:
                missing.add(place)

    def finish(self, inputs: InputsNote, *, of_table: bool) -> Survey:
        """What was counted in all, of these inputs."""
        self._judge.close()
        checker = self._checker
        rules = tuple(
            RuleCounts(rule.id, rule.title, rule.severity, rule.manual, dict(counter))
            for rule, counter in zip(checker.call.rules, self._rules, strict=True)
            if rule.scope is not RuleScope.PORTFOLIO
        )
        groups = tuple(
            SurveyGroup(values, dict(verdicts), amount[0])
            for values, (verdicts, amount) in sorted(
                self._groups.items(), key=lambda item: [one or "" for one in item[0]]
            )
        )
        eligible = self._verdicts[Verdict.ELIGIBLE]
        together = () if not self._summed or self._not_together else checker.together(list(self._in_their_place()))
        return Survey(
            checker.reference,
            checker.as_of.isoformat(),
            checker.changed,
            None if checker.notice is None else f"{checker.notice.message} {checker.notice.hint}",
            self.proposals,
            inputs,
            of_table,
            dict(self._verdicts),
            self._requested,
            rules,
            self._by,
            groups,
            tuple(changed(one, proposals=eligible) for one in together),
            self._not_together,
            self._list_of,
            self._list_count,
            tuple(sorted(self._listed, key=lambda one: (one.path or "", one.line or 0))),
            verdicts_only=bool(checker.chosen),
        )

    def _in_their_place(self) -> Iterator[Mapping[str, object]]:
        """Proposals that add up to the same: one with the sums for each key, one more where an amount is missing."""
        for key, (totals, missing) in self._together.items():
            fields = [*zip(self._keys, key, strict=True), *zip(self._amounts, totals, strict=True)]
            yield _nested(fields)
            for place in missing:
                without = [one for one in fields if one[0] != self._amounts[place]]
                yield _nested([(name, Decimal(0) if name in self._amounts else value) for name, value in without])


def _nested(fields: Sequence[tuple[tuple[str, ...], object]]) -> dict[str, object]:
    made: dict[str, Any] = {}
    for (*holders, name), value in fields:
        holder = made
        for step in holders:
            holder = holder.setdefault(step, {})
        if value is not None:
            holder[name] = value
    return made


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _sql(place: Sequence[str]) -> str:
    return ".".join(map(DUCKDB.identifier, place))


def _place(record: Record, name: str) -> tuple[str, ...]:
    """The place of a field to count by, such as ``lead.country``."""
    kind: Kind = record
    steps = tuple(name.split("."))
    for number, step in enumerate(steps):
        if isinstance(kind, Many):
            raise FieldError(
                f"{'.'.join(steps[:number])} is a list. Count by a field that has one value, such as fund."
            )
        if not isinstance(kind, Record) or step not in kind.fields:
            known = kind.fields if isinstance(kind, Record) else ()
            within = "".join(f"{above}." for above in steps[:number])
            hint = did_you_mean(step, known, otherwise="The fields are", within=within)
            raise FieldError(" ".join(filter(None, (f'There is no field "{name}".', hint))))
        kind = kind.fields[step].kind
    if isinstance(kind, Many | Record | Open):
        raise FieldError(
            f"{name} has more than one value. Count by a field that has one, such as fund or lead.country."
        )
    return steps


def _leaves(fields: FieldTree, record: Record) -> Iterator[tuple[tuple[str, ...], Kind]]:
    for name, inside in fields.items():
        if name not in record.fields:
            continue
        kind = record.fields[name].kind
        if isinstance(kind, Record) and inside:
            yield from (((name, *place), leaf) for place, leaf in _leaves(inside, kind))
        else:
            yield (name,), kind


def _sums_only(rule: Rule) -> bool:
    """Whether a rule about all proposals only adds up amounts of those that a condition on other fields selects."""
    sentences = [part for _, sentence in rule.sentences() for part in sentence.placeholders()]
    conditions = [condition for _, condition in rule.conditions()]
    return all(_adds_up(condition.tree) for condition in [*conditions, *sentences])


def _adds_up(expression: tree.Expression | tree.Test | tree.Iteration) -> bool:
    match expression:
        case tree.Name(name):
            return name != PROPOSALS
        case tree.FunctionCall(
            tree.Name("sum"), (tree.FunctionCall(tree.Name("append"), (added, tree.Number()), None),)
        ):
            return _selects(added) or _adds_up(added)
        case tree.FunctionCall(tree.Name("sum"), (added,)):
            return _selects(added) or _adds_up(added)
    return all(map(_adds_up, tree.parts(expression)))


def _selects(added: tree.Expression) -> bool:
    """``proposals[condition].amount``, where the condition does not look at the amount or at other proposals."""
    members = []
    while isinstance(added, tree.Path):
        members.append(added.name)
        added = added.base
    if not isinstance(added, tree.Filter) or added.base != tree.Name(PROPOSALS) or not members:
        return False
    waiting: list[tree.Expression | tree.Test | tree.Iteration] = [added.condition]
    while waiting:
        part = waiting.pop()
        named = part.name if isinstance(part, tree.Name | tree.Path) else None
        if named in (PROPOSALS, "item", *members):
            return False
        waiting += tree.parts(part)
    return True
