"""A column of proposals in, a table of what was found out: for Arrow, pandas and Polars.

None of these libraries is imported unless the column is one of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from mpfcheck.api.call import Call, Day, check_many
from mpfcheck.checking.report import Status
from mpfcheck.proposal.answers import is_missing

if TYPE_CHECKING:
    from mpfcheck.api.report import Report

__all__ = ["check_column"]

SILENT = (Status.PASS, Status.NOT_APPLICABLE)
FINDING = ("rule", "severity", "status", "message", "fix")


def check_column(
    column: Any,
    call: Call,
    *,
    as_of: Day | None = None,
    parameters: Mapping[str, object] | None = None,
    rules: Iterable[str] | None = None,
    jobs: int = 1,
) -> Any:
    """Check a column of proposals and return a table with one row for each of them, in their order.

    ``column`` is an Arrow Array or ChunkedArray, a pandas Series or a Polars Series. Its items are proposals as JSON
    text or bytes, or records. The table is of the same library (a pandas table keeps the index) and has three columns:
    ``verdict``; ``statuses``, a record with the status of every rule; and ``findings``, a list of records with rule,
    severity, status, message and fix. A missing item has null in all of them. What is not a proposal, such as an empty
    text, has the verdict ``invalid``, null statuses, and its problems as findings without a rule.

    Other arguments and errors are as :func:`mpfcheck.check_many`. Raises TypeError for anything that is not such a
    column, such as a whole table.
    """
    library = type(column).__module__.partition(".")[0]
    make = _TABLES.get(library)
    if make is None:
        raise TypeError(
            f"Give a column of pyarrow, pandas or polars, not {type(column).__name__}. "
            "For an iterable of proposals, use mpfcheck.check_many."
        )
    of_library = import_module(library)
    if not any(isinstance(column, getattr(of_library, name)) for name in _COLUMNS[library]):
        raise TypeError(
            f"Give one column ({' or '.join(_COLUMNS[library])}) of {library}, not {type(column).__name__}. "
            'Of a table, give the column with the proposals, such as table["proposal"].'
        )
    chosen = None if rules is None else tuple(rules)
    values = column.to_pylist() if library == "pyarrow" else column.to_list()
    there = [value is not None and not is_missing(value) for value in values]
    proposals = [value for value, is_there in zip(values, there, strict=True) if is_there]
    reports = check_many(call, proposals, as_of=as_of, parameters=parameters, rules=chosen, jobs=jobs)
    found = [_row(next(reports)) if is_there else (None, None, None) for is_there in there]
    ids = [rule_id for rule_id in call.rules if chosen is None or rule_id in chosen]
    verdicts, statuses, findings = (list(one) for one in zip(*found, strict=True)) if found else ([], [], [])
    return make(column, verdicts, statuses, findings, ids)


def _row(report: Report) -> tuple[str, dict[str, str] | None, list[dict[str, str | None]]]:
    problems = [
        {"rule": None, "severity": one.severity.value, "status": None, "message": one.message, "fix": one.hint or None}
        for one in report.problems
    ]
    findings = [
        {
            "rule": one.rule,
            "severity": one.severity.value,
            "status": one.status.value,
            "message": one.message,
            "fix": one.fix or None,
        }
        for one in report.results
        if one.status not in SILENT
    ]
    statuses = {one.rule: one.status.value for one in report.results} or None
    return report.verdict.value, statuses, [*problems, *findings]


def _arrow(_column: Any, verdicts: list[Any], statuses: list[Any], findings: list[Any], ids: list[str]) -> Any:
    arrow = import_module("pyarrow")
    text = arrow.string()
    of_rules = arrow.struct([arrow.field(rule, text) for rule in ids])
    of_findings = arrow.list_(arrow.struct([arrow.field(name, text) for name in FINDING]))
    columns = [
        arrow.array(verdicts, text),
        arrow.array(statuses, of_rules),
        arrow.array(findings, of_findings),
    ]
    return arrow.Table.from_arrays(columns, names=["verdict", "statuses", "findings"])


def _pandas(column: Any, verdicts: list[Any], statuses: list[Any], findings: list[Any], _ids: list[str]) -> Any:
    pandas = import_module("pandas")
    columns = {"verdict": verdicts, "statuses": statuses, "findings": findings}
    return pandas.DataFrame(columns, index=column.index, dtype=object)


def _polars(_column: Any, verdicts: list[Any], statuses: list[Any], findings: list[Any], ids: list[str]) -> Any:
    polars = import_module("polars")
    of_rules = polars.Struct(dict.fromkeys(ids, polars.String))
    of_findings = polars.List(polars.Struct(dict.fromkeys(FINDING, polars.String)))
    schema = {"verdict": polars.String, "statuses": of_rules, "findings": of_findings}
    return polars.DataFrame({"verdict": verdicts, "statuses": statuses, "findings": findings}, schema=schema)


_COLUMNS = {"pyarrow": ("Array", "ChunkedArray"), "pandas": ("Series",), "polars": ("Series",)}
_TABLES = {"pyarrow": _arrow, "pandas": _pandas, "polars": _polars}
