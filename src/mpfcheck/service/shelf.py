"""The calls a service checks against, all loaded before it starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType

from mpfcheck.api.call import Call, list_calls, load_call
from mpfcheck.checking.problems import MEND, unusable
from mpfcheck.packs.mistake import PackError, nearest
from mpfcheck.packs.rule import Rule
from mpfcheck.service.problem import ProblemError

__all__ = ["Shelf"]


class Shelf:
    """Calls by their ids; nothing is added to them later.

    ``broken`` holds what is wrong with the calls that cannot be used, by their ids.
    """

    def __init__(self, calls: Iterable[Call], broken: Mapping[str, PackError] = MappingProxyType({})) -> None:
        """Take these calls."""
        self._calls = {call.id: call for call in calls}
        self.broken = broken

    @classmethod
    def load(cls, folders: Iterable[Path] = ()) -> Shelf:
        """Load every call there is, in these folders too. One that is broken does not take the others down."""
        folders = tuple(folders)
        calls: list[Call] = []
        broken: dict[str, PackError] = {}
        for call_id in list_calls(folders):
            try:
                calls.append(load_call(call_id, folders))
            except PackError as error:
                broken[call_id] = error
        return cls(calls, broken)

    def ids(self) -> tuple[str, ...]:
        """The ids of the calls, sorted."""
        return tuple(sorted(self._calls))

    def calls(self) -> tuple[Call, ...]:
        """The calls, by their ids."""
        return tuple(self._calls[call_id] for call_id in self.ids())

    def find(self, call_id: str) -> Call | None:
        """A call, or None where there is none of that id."""
        return self._calls.get(call_id)

    def hint(self, call_id: str) -> str:
        """The call most like one that is not there, or all there are."""
        return nearest(call_id, self.ids()) or f"The calls are: {', '.join(self.ids())}."

    def asked(self, call_id: str) -> Call:
        """A call a request names; raises ProblemError."""
        call = self.find(call_id)
        if call_id in self.broken:
            raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "broken-call", f"{unusable(call_id)} {MEND}")
        if call is None:
            detail = f"There is no call {call_id!r}. {self.hint(call_id)}"
            raise ProblemError(HTTPStatus.NOT_FOUND, "unknown-call", detail)
        return call

    def rule(self, call_id: str, rule_id: str) -> tuple[Call, Rule]:
        """A rule a request names; raises ProblemError."""
        call = self.asked(call_id)
        for rule in call.data.rules:
            if rule.id == rule_id:
                return call, rule
        hint = nearest(rule_id, call.rules) or f"The rules are: {', '.join(call.rules)}."
        detail = f"The call {call.id} has no rule {rule_id!r}. {hint}"
        raise ProblemError(HTTPStatus.NOT_FOUND, "unknown-rule", detail)
