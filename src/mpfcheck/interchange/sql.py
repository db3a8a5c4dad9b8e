"""A call as one SELECT over a table of ``mpfcheck export``: what each rule says of each proposal, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Status
from mpfcheck.packs.severity import Severity
from mpfcheck.version import __version__
from mpfcheck.warehouse.dialect import DIALECTS
from mpfcheck.warehouse.rules import STATUS_OF_CODE, RulesSql, rules_sql

__all__ = ["sql_text"]


def sql_text(checker: Checker, dialect: str) -> str:
    """The SELECT in a dialect (``duckdb`` or ``spark``), with what a reader must know in comments before it.

    It gives the text of the status of each rule, NULL where mpfcheck must say it.
    """
    sql = rules_sql(checker, DIALECTS[dialect])
    name = sql.dialect.identifier
    named = {rule.id: f"code of {rule.id}" for rule in checker.call.rules if rule.id in sql.codes}
    inner = sql.select("proposals", ["path", "line", "title"], named)
    statuses = [f"{_status(name(column))} AS {name(rule_id)}" for rule_id, column in named.items()]
    columns = ",\n  ".join(["path", "line", "title", f"{_verdict(checker, sql, named)} AS verdict", *statuses])
    comments = "\n".join(f"-- {line}".rstrip() for line in _comments(checker, sql))
    return f"{comments}\nSELECT\n  {columns}\nFROM (\n{inner}\n) AS judged\n"


def _comments(checker: Checker, sql: RulesSql) -> Iterator[str]:
    call = checker.call
    yield f"{call.title} ({call.id}), rules of {call.version}, check date {checker.as_of.isoformat()}."
    yield from (f"What-if: {parameter} is set to {value}." for parameter, value in checker.changed.items())
    yield f"Written by mpfcheck {__version__} in the dialect {sql.dialect.name}."
    yield ""
    yield "The table proposals must be one that mpfcheck export wrote: nothing here looks at what is not a proposal."
    yield "NULL in a column means: SQL cannot tell, ask mpfcheck check. That is so for lists that are not finished, for"
    yield "unusual numbers and letters, and for some half-filled proposals. It never means undecided."
    for rule_id, why in sql.left_out.items():
        yield f"Not in it: {rule_id} ({why})."
    if sql.dialect.name == "spark":
        yield "Spark must be in ANSI mode (spark.sql.ansi.enabled = true), or size(NULL) is -1 and verdicts are wrong."


def _status(code: str) -> str:
    cases = " ".join(f"WHEN {number} THEN '{status.value}'" for number, status in STATUS_OF_CODE.items())
    return f"CASE {code} {cases} END"


def _verdict(checker: Checker, sql: RulesSql, named: Mapping[str, str]) -> str:
    """The first that applies, as in a report; NULL where a rule that decides is left to mpfcheck."""
    name = sql.dialect.identifier
    blocking = [rule.id for rule in checker.call.rules if rule.severity is Severity.BLOCKING and not rule.manual]
    codes = [name(named[rule_id]) for rule_id in blocking if rule_id in named]
    numbers = {
        status: ", ".join(str(number) for number, of_code in STATUS_OF_CODE.items() if of_code is status)
        for status in Status
    }

    def some(status: Status) -> str:
        return " OR ".join(f"{code} IN ({numbers[status]})" for code in codes) or "FALSE"

    open_ = " OR ".join([f"{code} IS NULL" for code in codes] + ["TRUE"] * (len(codes) < len(blocking)))
    return (
        f"CASE WHEN {some(Status.FAIL)} THEN 'ineligible'\n    WHEN {open_ or 'FALSE'} THEN NULL\n"
        f"    WHEN {some(Status.UNDECIDED)} THEN 'incomplete'\n    WHEN {some(Status.REVIEW)} THEN 'review'\n"
        "    ELSE 'eligible' END"
    )
