"""What a request names: a call, a rule, and the terms on which proposals are checked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Final

from starlette.datastructures import QueryParams

from mpfcheck.checking.checker import ParameterError, UnknownRuleError
from mpfcheck.checking.problems import MEND, unusable
from mpfcheck.checking.report import ProposalReport
from mpfcheck.engine.check import Engine
from mpfcheck.engine.registry import BrokenCallError, Registry, Terms
from mpfcheck.nearest import did_you_mean
from mpfcheck.packs.call import Call
from mpfcheck.packs.entries import read_day
from mpfcheck.packs.find import UnknownCallError
from mpfcheck.packs.rule import Rule
from mpfcheck.proposal.values import shown
from mpfcheck.reading.document import Document
from mpfcheck.service.problem import ProblemError

__all__ = ["Calls", "RequestTerms"]

MOST_PARAMETERS: Final = 50
NAMES: Final = frozenset({"call", "as_of", "set", "rule", "format"})
"""The query parameters there are."""


class Calls:
    """The calls a service checks against, all loaded before it starts; those that are broken do not stop the others.

    ``broken`` holds what is wrong with the calls that cannot be used, by their ids.
    """

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        """Load every call there is, in these folders too."""
        self.registry = Registry(folders, whole=True)
        self.broken: dict[str, BrokenCallError] = {}
        self._calls: dict[str, Call] = {}
        self.registry.load_all()
        for call_id in self.registry.ids():
            try:
                self._calls[call_id] = self.registry.call(call_id)
            except BrokenCallError as error:
                self.broken[call_id] = error

    def ids(self) -> tuple[str, ...]:
        """The ids of the calls that can be used, sorted."""
        return tuple(self._calls)

    def calls(self) -> tuple[Call, ...]:
        """The calls that can be used, by their ids."""
        return tuple(self._calls.values())

    def call(self, call_id: str) -> Call:
        """A call a request names; raises ProblemError."""
        if call_id in self.broken:
            raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "broken-call", f"{unusable(call_id)} {MEND}")
        if call_id not in self._calls:
            unknown = str(UnknownCallError(call_id, self.ids()))
            raise ProblemError(HTTPStatus.NOT_FOUND, "unknown-call", unknown)
        return self._calls[call_id]

    def rule(self, call_id: str, rule_id: str) -> tuple[Call, Rule]:
        """A rule a request names; raises ProblemError."""
        call = self.call(call_id)
        ids = [rule.id for rule in call.rules]
        if rule_id in ids:
            return call, call.rule(rule_id)
        hint = did_you_mean(rule_id, ids) or f"The rules are: {', '.join(ids)}."
        detail = f"The call {call.id} has no rule {shown(rule_id)}. {hint}"
        raise ProblemError(HTTPStatus.NOT_FOUND, "unknown-rule", detail)


class RequestTerms:
    """The terms of one request. Whatever is wrong with them raises ProblemError before any proposal is read."""

    def __init__(self, query: QueryParams, calls: Calls) -> None:
        """Read them from the query of a request."""
        for name in query:
            if name not in NAMES:
                known = ", ".join(sorted(NAMES))
                raise _refused("unknown-parameter", f"There is no query parameter {shown(name)}. There are: {known}.")
        for name in ("call", "as_of", "format"):
            if len(query.getlist(name)) > 1:
                raise _refused("repeated-parameter", f"The query parameter {shown(name)} can be given only once.")
        call = calls.call(query["call"]) if "call" in query else None
        day = _day(query["as_of"]) if "as_of" in query else None
        changes = _changes(query.getlist("set"))
        self._terms = Terms(
            None if call is None else call.id, day, tuple(changes.items()), tuple(query.getlist("rule")) or None
        )
        self._calls = calls
        self._engine = Engine(calls.registry, self._terms, choose="name one in the query: ?call=…")
        if call is not None:
            try:
                self._engine.ready()
            except (UnknownRuleError, ParameterError) as error:
                raise self._problem(error, call) from None

    def report(self, document: Document, line: int | None = None) -> ProposalReport:
        """The report on a document; raises ProblemError where the call it names does not know the terms."""
        try:
            return self._engine.check(document, None, line).report
        except (UnknownRuleError, ParameterError) as error:
            named = self._terms.call_id or str((document.answers or {}).get("call"))
            raise self._problem(error, self._calls.call(named)) from None

    def _problem(self, error: UnknownRuleError | ParameterError, call: Call) -> ProblemError:
        """What is wrong with the parameters and rules of the terms."""
        if isinstance(error, UnknownRuleError):
            return ProblemError(HTTPStatus.NOT_FOUND, "unknown-rule", str(error))
        if not dict(self._terms.changes).keys() <= call.parameters.keys():
            return ProblemError(HTTPStatus.NOT_FOUND, "unknown-parameter", str(error))
        return ProblemError(HTTPStatus.BAD_REQUEST, "wrong-value", str(error))


def _day(text: str) -> date:
    day = read_day(text)
    if day is None:
        raise _refused("wrong-value", f"as_of cannot be {shown(text)}. Write the date like 2023-12-07.")
    return day


def _changes(pairs: list[str]) -> dict[str, object]:
    if len(pairs) > MOST_PARAMETERS:
        raise _refused("too-many-values", f"At most {MOST_PARAMETERS} parameters can be set.")
    changes: dict[str, object] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not name or not equals:
            raise _refused(
                "wrong-value", f"set cannot be {shown(pair)}. Write NAME=VALUE, such as maximum_grant_share=0.9."
            )
        changes[name] = value
    return changes


def _refused(kind: str, detail: str) -> ProblemError:
    return ProblemError(HTTPStatus.BAD_REQUEST, kind, detail)
