"""The rules of a call as one SELECT: for every proposal a code for what each rule says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Status
from mpfcheck.feel.study.dependencies import names_used
from mpfcheck.feel.types import ListType
from mpfcheck.frozen import Frozen, FrozenDict
from mpfcheck.packs.rule import Rule, RuleScope
from mpfcheck.packs.vocabulary import Way, proposal_record_of, proposal_type_of, rule_fields
from mpfcheck.proposal.fields import Many, Record
from mpfcheck.proposal.unfinished import OPEN
from mpfcheck.warehouse.dialect import Dialect
from mpfcheck.warehouse.walk import LONGEST_LIST, NotSayableError, Sql, SqlWalk

__all__ = ["STATUS_OF_CODE", "RulesSql", "rules_sql"]

NOT_APPLICABLE: Final = 10
PASS_IF_ANY: Final = 15
"""Undecided, and at worst passed: beside an item that passes it makes no difference."""
PASS: Final = 20
REVIEW_IF_ANY: Final = 25
"""Undecided, and at worst for review."""
REVIEW: Final = 30
UNDECIDED: Final = 40
ASK: Final = 55
"""SQL cannot tell: the Python engine must."""
FAIL: Final = 60
BROKEN: Final = 70
"""Not met, before it is looked at whether that is in doubt."""
# The greater code says what a list comes to, so an item that fails settles it and one to ask about comes next.

STATUS_OF_CODE: Mapping[int, Status] = {
    NOT_APPLICABLE: Status.NOT_APPLICABLE,
    PASS_IF_ANY: Status.UNDECIDED,
    PASS: Status.PASS,
    REVIEW_IF_ANY: Status.UNDECIDED,
    REVIEW: Status.REVIEW,
    UNDECIDED: Status.UNDECIDED,
    FAIL: Status.FAIL,
}
"""What a code says; any other, and NULL, leaves the proposal to the Python engine."""


class RulesSql(Frozen):
    """The rules of a call, for one day and one set of parameters, in one dialect.

    ``codes`` maps a rule to the SQL of its code, ``left_out`` another to what SQL cannot say of it. ``columns`` are
    those worked out once a row, level by level. ``fields`` are the ways to the fields that are read. ``row`` is the
    condition under which a row is left to the Python engine as a whole: an open list, or a very long one.
    """

    dialect: Dialect
    codes: Mapping[str, str]
    left_out: Mapping[str, str]
    columns: tuple[Mapping[str, str], ...]
    fields: frozenset[Way]
    row: str

    def select(self, source: str, keep: Sequence[str] = (), named: Mapping[str, str] | None = None) -> str:
        """The SELECT over a table: the SQL in ``keep``, and a column for each rule that can be said.

        ``named`` are the names of these columns, the ids of the rules unless given. A code is NULL where the Python
        engine must say what the rule says.
        """
        name = self.dialect.identifier
        for level in self.columns:
            added = "".join(f",\n  {text} AS {name(column)}" for column, text in level.items())
            source = f"(SELECT *{added}\n FROM {source})"
        columns = named or {rule: rule for rule in self.codes}
        codes = [f"CAST({text} AS TINYINT) AS {name(f'code {rule}')}" for rule, text in self.codes.items()]
        kept = [
            f"CASE WHEN {name(_ROW)} THEN NULL ELSE NULLIF({name(f'code {rule}')}, {ASK}) END AS {name(columns[rule])}"
            for rule in self.codes
        ]
        judged = ",\n  ".join([f"{self.row} AS {name(_ROW)}", *codes])
        return f"SELECT {', '.join([*keep, *kept])}\nFROM (SELECT *,\n  {judged}\nFROM {source})"


_ROW = "left to the engine"


def rules_sql(checker: Checker, dialect: Dialect, *, narrow: bool = False) -> RulesSql:
    """The rules of a checker's call in SQL; what SQL cannot say is named in ``left_out``.

    ``narrow`` is for tables whose numbers are, as :class:`SqlWalk` says.
    """
    names = checker.names_for_proofs
    call = checker.call
    record = proposal_record_of(call)
    walk = SqlWalk(dialect, record, proposal_type_of(call), names.constants, names.definitions, narrow=narrow)
    codes: dict[str, str] = {}
    left_out: dict[str, str] = {}
    for rule in call.rules:
        try:
            codes[rule.id] = _code(walk, rule)
        except NotSayableError as error:
            left_out[rule.id] = str(error)
    read = Record(record.name, {name: record.fields[name] for name in _fields(checker, record)})
    # Of a rule that only the Python engine knows, it is not looked at whether it takes records as a whole.
    ways = set(_ways_in(read)) if left_out else set().union(*rule_fields(call).values())
    lists = [f"COALESCE({dialect.length(place)} > {LONGEST_LIST}, FALSE)" for place in _lists(dialect, read, "")]
    not_finished = f"COALESCE({dialect.length(dialect.identifier(OPEN))} > 0, FALSE)"
    return RulesSql(
        dialect,
        FrozenDict(codes),
        FrozenDict(left_out),
        _columns_read(walk, codes.values()),
        frozenset(ways | {(OPEN,)}),
        " OR ".join([not_finished, *lists]),
    )


def _columns_read(walk: SqlWalk, codes: Iterable[str]) -> tuple[Mapping[str, str], ...]:
    """The columns that the codes read, or columns that they read."""
    reading = "\n".join(codes)
    levels: list[Mapping[str, str]] = []
    for level in reversed(walk.columns):
        read = {name: text for name, text in level.items() if walk.dialect.identifier(name) in reading}
        reading = "\n".join([reading, *read.values()])
        levels.append(read)
    return tuple(level for level in reversed(levels) if level)


def _fields(checker: Checker, record: Record) -> set[str]:
    """The columns that the rules read, by SQL or by the Python engine."""
    names = checker.names_for_proofs
    trees = [condition.tree for rule in checker.call.rules for _, condition in rule.conditions()]
    used = set().union(*map(names_used, [*trees, *names.definitions.values()]))
    return (used & record.fields.keys()) | {OPEN}


def _ways_in(record: Record) -> Iterator[Way]:
    """The ways to all that records and lists of them hold: one that is named alone comes without its fields."""
    for name, field in record.fields.items():
        kind = field.kind.item if isinstance(field.kind, Many) else field.kind
        if isinstance(kind, Record):
            yield from ((name, *way) for way in _ways_in(kind))
        else:
            yield (name,)


def _lists(dialect: Dialect, record: Record, before: str) -> Iterator[str]:
    for name, field in record.fields.items():
        place = f"{before}{dialect.identifier(name)}"
        if isinstance(field.kind, Many) and name != OPEN:
            yield place
        elif isinstance(field.kind, Record):
            yield from _lists(dialect, field.kind, f"{place}.")


def _code(walk: SqlWalk, rule: Rule) -> str:
    if rule.scope is RuleScope.PORTFOLIO:
        return str(NOT_APPLICABLE)
    if rule.for_each is None or rule.item is None:
        return _judged(walk, rule, {})
    values = walk.say(rule.for_each.tree, {})
    if not isinstance(values.type, ListType):
        raise NotSayableError("one value in the place of a list")
    variable = walk.variable()
    with walk.inside():
        item = _judged(walk, rule, {rule.item: walk.item_of(values, variable)})
    codes = walk.dialect.each(values.text, variable, item)
    # The other way round the list would be copied, as all that stands in a branch of CASE.
    of_none = f"CASE WHEN {values.text} IS NOT NULL THEN {NOT_APPLICABLE} {_of_no_list(walk, rule, values)} END"
    return f"COALESCE({walk.dialect.greatest(codes)}, {of_none})"


def _of_no_list(walk: SqlWalk, rule: Rule, values: Sql) -> str:
    """What a rule says of a list that is not answered: that it does not apply, where that is so of whatever comes."""
    vague = _any(values.vague)
    left = f"WHEN {vague} THEN {ASK} " if vague else ""
    if rule.when is None or rule.item is None or values.kind is None:
        return f"{left}ELSE {UNDECIDED}"
    with walk.inside():
        applies = walk.condition(rule.when.tree, {rule.item: walk.further_of(values, sure=False)})
    unsure = _any(applies.vague)
    ask = f"WHEN ({applies.text}) IS NULL AND {unsure} THEN {ASK} " if unsure else ""
    return f"{left}WHEN NOT {applies.text} THEN {NOT_APPLICABLE} {ask}ELSE {UNDECIDED}"


def _any(conditions: frozenset[str]) -> str:
    if "TRUE" in conditions:
        return "TRUE"
    return f"({' OR '.join(sorted(conditions))})" if conditions else ""


def _judged(walk: SqlWalk, rule: Rule, scope: Mapping[str, Sql]) -> str:
    """The code of a rule, once: as the judgement of the reference."""
    of_list = bool(scope)
    judged, holds = _required(walk, rule, scope)
    if rule.when is None:
        return judged
    applies = walk.condition(rule.when.tree, scope)
    unsure = _any(applies.vague)
    ask = f"WHEN {unsure} THEN {ASK} " if unsure else ""
    return (
        f"(CASE WHEN {applies.text} THEN {judged} WHEN NOT {applies.text} THEN {NOT_APPLICABLE} "
        f"{ask}{_may_apply(applies, rule, holds) if of_list else f'ELSE {UNDECIDED}'} END)"
    )


def _may_apply(applies: Sql, rule: Rule, holds: Sql | None) -> str:
    """What an item comes to of which it is not known whether the rule applies to it."""
    if not applies.sure:
        return f"ELSE {ASK}"
    if holds is None:
        return f"ELSE {REVIEW_IF_ANY}"
    unsure = _any(holds.vague)
    ask = f"WHEN ({holds.text}) IS NULL AND {unsure} THEN {ASK} " if unsure else ""
    return f"WHEN {holds.text} THEN {PASS_IF_ANY} {ask}ELSE {UNDECIDED}"


def _required(walk: SqlWalk, rule: Rule, scope: Mapping[str, Sql]) -> tuple[str, Sql | None]:
    if rule.require is None:
        return str(REVIEW), None
    holds = walk.condition(rule.require.tree, scope)
    broken = str(FAIL)
    if rule.doubt is not None:
        try:
            doubt = walk.condition(rule.doubt.tree, scope)
            broken = walk.dialect.coded(doubt.text, REVIEW, FAIL, _open(doubt))
        except NotSayableError:
            # Mostly the rule is met, and nobody asks whether it is in doubt.
            broken = str(ASK)
    if rule.doubt is None:
        return walk.dialect.coded(holds.text, PASS, FAIL, _open(holds)), holds
    # Which of the two it is when the rule is not met, is worked out only then.
    code = walk.dialect.coded(holds.text, PASS, BROKEN, _open(holds))
    return f"(CASE {code} WHEN {PASS} THEN {PASS} WHEN {BROKEN} THEN {broken} ELSE {_open(holds)} END)", holds


def _open(condition: Sql) -> str:
    unsure = _any(condition.vague)
    return f"CASE WHEN {unsure} THEN {ASK} ELSE {UNDECIDED} END" if unsure else str(UNDECIDED)
