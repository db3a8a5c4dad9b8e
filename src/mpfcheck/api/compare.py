"""Comparisons for Python programs: calls side by side, two versions of a call, two runs of reports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mpfcheck.api.call import Call, Day, read_date
from mpfcheck.checking.report import ProposalReport
from mpfcheck.forms.load import form_data
from mpfcheck.frozen import Frozen
from mpfcheck.packs.call import Call as CallData
from mpfcheck.packs.clause import load_clauses
from mpfcheck.packs.side_by_side import Statement, TopicRow, side_by_side
from mpfcheck.proposal.values import kind_of
from mpfcheck.report.comparison import Comparison, compare
from mpfcheck.report.pack_changes import VersionChange, call_changes, clause_changes, form_changes, rule_changes

__all__ = ["CallComparison", "compare_calls", "compare_reports", "compare_versions"]


class CallComparison(Frozen):
    """Calls side by side: the ``rows`` in which they differ, and what is ``common`` to all of them, word for word.

    ``calls`` are their ids, in the order of the cells of each row; ``days`` the dates whose limits are shown.
    """

    in_short = ("calls",)

    calls: tuple[str, ...]
    days: tuple[date, ...]
    rows: tuple[TopicRow, ...]
    common: tuple[Statement, ...]


def compare_calls(calls: Iterable[Call], *, as_of: Day | None = None) -> CallComparison:
    """Put calls side by side: who may lead, who may join, funds, limits, dates, and what is not known of each.

    ``as_of`` shows the limits in force on that date (default: the check date of each call). Raises TypeError for what
    is not a call, and :class:`mpfcheck.ParameterError` for an invalid date.
    """
    if isinstance(calls, Call) or not isinstance(calls, Iterable):
        raise TypeError("Give the calls as a list: [call, other_call].")
    compared = side_by_side([_data(call) for call in calls], read_date(as_of))
    return CallComparison(tuple(call.id for call in compared.calls), compared.days, compared.rows, compared.common)


def compare_versions(older: Call, newer: Call) -> tuple[VersionChange, ...]:
    """What changed from one version of a call to another, in words: rules, limits, lists, sources, clauses, form.

    Load a published version with ``load_call("CALL@VERSION")``. The clauses and the form are read from the files of the
    calls. Raises ValueError for two different calls, and TypeError for what is not a call.
    """
    old, new = _data(older), _data(newer)
    if old.id != new.id:
        raise ValueError(f"{old.id} and {new.id} are two calls. Compare two versions of one call.")
    clauses = clause_changes(load_clauses(old), load_clauses(new))
    forms = form_changes(form_data(old), form_data(new))
    return (*rule_changes(old, new), *call_changes(old, new), *clauses, *forms)


def compare_reports(
    older: Iterable[ProposalReport] | ProposalReport, newer: Iterable[ProposalReport] | ProposalReport
) -> Comparison:
    """The difference between two runs: new, fixed and unchanged findings, and verdicts that changed.

    A run may be a single report. Proposals are matched by path and line, or by content. If each run has one proposal,
    these two are compared. Raises TypeError for what is not a report.
    """
    return compare(_reports(older), _reports(newer))


def _data(call: object) -> CallData:
    if not isinstance(call, Call):
        raise TypeError(f"Give a call, such as load_call(…) makes, not {kind_of(call)}.")
    return call.data


def _reports(given: object) -> tuple[ProposalReport, ...]:
    reports = tuple(given) if isinstance(given, Iterable) else (given,)
    for one in reports:
        if not isinstance(one, ProposalReport):
            raise TypeError(f"Give reports as a list, such as check(…) and read_reports(…) make, not {kind_of(one)}.")
    return reports
