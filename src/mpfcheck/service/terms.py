"""How a request wants to have proposals checked: against which call, as of when, what changed, which rules."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Final

from starlette.datastructures import QueryParams

from mpfcheck.api.call import Call
from mpfcheck.api.report import Report
from mpfcheck.checking.checker import ParameterError, UnknownRuleError, invalid_report
from mpfcheck.checking.problems import MEND, call_named, no_call, unusable
from mpfcheck.checking.report import Problem, Verdict
from mpfcheck.packs.entries import read_day
from mpfcheck.reading.document import Document
from mpfcheck.service.problem import ProblemError
from mpfcheck.service.shelf import Shelf

__all__ = ["Terms"]

MOST_PARAMETERS: Final = 50
NAMES: Final = frozenset({"call", "as_of", "set", "rule", "format"})
"""The query parameters there are."""


class Terms:
    """The terms of one request. Whatever is wrong with them raises ProblemError before any proposal is read."""

    def __init__(self, query: QueryParams, shelf: Shelf) -> None:
        """Read them from the query of a request."""
        for name in query:
            if name not in NAMES:
                known = ", ".join(sorted(NAMES))
                raise _refused("unknown-parameter", f"There is no query parameter {name!r}. There are: {known}.")
        for name in ("call", "as_of", "format"):
            if len(query.getlist(name)) > 1:
                raise _refused("repeated-parameter", f"The query parameter {name!r} can be given once only.")
        self._shelf = shelf
        self._call = shelf.asked(query["call"]) if "call" in query else None
        self._as_of = _day(query["as_of"]) if "as_of" in query else None
        self._changes = _changes(query.getlist("set"))
        self._rules = tuple(query.getlist("rule")) or None
        if self._call is not None:
            self._try(self._call)

    def report(self, document: Document, line: int | None = None) -> Report:
        """The report on a document; raises ProblemError where the call it names does not know the terms."""
        call = self._call
        if call is None:
            if document.answers is None:
                return _invalid(document.problems, document, line)
            named = call_named(document.answers)
            call = self._shelf.find(named) if named else None
            if named is not None and named in self._shelf.broken:
                problems = (Problem(unusable(named), MEND), *document.problems)
                reference = document.reference(None, line)
                return Report(reference, None, None, Verdict.INCONCLUSIVE, problems)
            if call is None:
                missing = no_call(named, self._shelf.ids(), document.place_of, "name one in the query: ?call=…")
                return _invalid((missing, *document.problems), document, line)
            self._try(call)
        return call.report_on(document, line=line, as_of=self._as_of, parameters=self._changes, rules=self._rules)

    def _try(self, call: Call) -> None:
        """Find out whether a call knows these parameters and rules."""
        try:
            call.ready(as_of=self._as_of, parameters=self._changes, rules=self._rules)
        except UnknownRuleError as error:
            raise ProblemError(HTTPStatus.NOT_FOUND, "unknown-rule", str(error)) from None
        except ParameterError as error:
            unknown = not self._changes.keys() <= set(call.parameters)
            status = HTTPStatus.NOT_FOUND if unknown else HTTPStatus.BAD_REQUEST
            raise ProblemError(status, "unknown-parameter" if unknown else "wrong-value", str(error)) from None


def _invalid(problems: tuple[Problem, ...], document: Document, line: int | None) -> Report:
    return Report(**vars(invalid_report(problems, document.reference(None, line))))


def _day(text: str) -> date:
    day = read_day(text)
    if day is None:
        raise _refused("wrong-value", f"as_of cannot be {text!r}: write a day as year-month-day, such as 2023-12-07.")
    return day


def _changes(pairs: list[str]) -> dict[str, object]:
    if len(pairs) > MOST_PARAMETERS:
        raise _refused("too-many-values", f"At most {MOST_PARAMETERS} parameters can be set.")
    changes: dict[str, object] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not name or not equals:
            raise _refused("wrong-value", f"set cannot be {pair!r}: write NAME=VALUE, such as maximum_grant_share=0.9.")
        changes[name] = value
    return changes


def _refused(kind: str, detail: str) -> ProblemError:
    return ProblemError(HTTPStatus.BAD_REQUEST, kind, detail)
