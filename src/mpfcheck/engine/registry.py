"""Calls, each loaded once, and what checks against them.

The one registry of the command line, Python, HTTP and the front ends::

    registry = Registry(folders)                       # nothing is read yet
    registry.ids()                                     # all calls, broken ones too
    registry.call("mpf-2023-borders-security")         # the call as data
    registry.form("mpf-2023-borders-security")         # its form
    registry.checker("mpf-2023-borders-security")      # what checks against it
    registry.checker(call_id, Terms(day=date(2024, 1, 1), changes=(("maximum_grant_share", "0.9"),)))

It is bounded, safe to share between threads, and works in a process that was forked off meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import RLock
from time import time_ns
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.parameters import read_parameters, write_parameter
from mpfcheck.frozen import Frozen
from mpfcheck.packs.call import Call
from mpfcheck.packs.find import UnknownCallError, call_folder, list_calls
from mpfcheck.packs.load import files_state, load_call, load_pack
from mpfcheck.packs.mistake import PackError, PackMistake

if TYPE_CHECKING:
    from mpfcheck.forms.form import Form
    from mpfcheck.packs.version import PublishedVersion

__all__ = ["NO_TERMS", "BrokenCallError", "Checkers", "KeptCalls", "Registry", "Terms"]

MOST_CALLS: Final = 256
MOST_KEPT: Final = 32
"""How many calls a program keeps without having loaded one."""
MOST_CHECKERS: Final = 32
"""How many are kept ready of a call: a portal that varies days and parameters without end starts over."""

JUST_NOW: Final = 2 * 10**9
"""Nanoseconds in which some file systems give two versions of a file the same time."""

_Key: TypeAlias = tuple[date | None, tuple[tuple[str, str], ...], tuple[str, ...] | None]
_Name = TypeVar("_Name")
_Value = TypeVar("_Value")

_lock = RLock()
"""Held while something is loaded, so that it is loaded once. One for all: loading is rare."""


def _renew_lock() -> None:
    global _lock
    _lock = RLock()


if hasattr(os, "register_at_fork"):
    # The thread that held the lock does not exist in the new process.
    os.register_at_fork(after_in_child=_renew_lock)


class Terms(Frozen):
    """The terms on which proposals are checked.

    ``call_id`` is the call (also ``CALL@VERSION``), None for the call that each proposal names. ``day`` is the date
    whose rules and limits apply, None for the call's own; ``changes`` are parameters with other values, as text or as
    values; ``rules`` are the ids of the rules to apply, None for all.
    """

    call_id: str | None = None
    day: date | None = None
    changes: tuple[tuple[str, object], ...] = ()
    rules: tuple[str, ...] | None = None


NO_TERMS: Final = Terms()
"""Every proposal against the call it names, by all rules, as of the call's own date."""


class BrokenCallError(PackError):
    """A call whose rules cannot be used; ``mistakes`` says all that is wrong with them."""

    def __init__(self, call_id: str, mistakes: Iterable[PackMistake]) -> None:
        super().__init__(mistakes)
        self.call_id = call_id

    def __reduce__(self) -> tuple[type[BrokenCallError], tuple[str, tuple[PackMistake, ...]]]:  # type: ignore[override]
        return type(self), (self.call_id, self.mistakes)


class Checkers:
    """The checkers of one call, one for each set of terms; the oldest goes when there are too many."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self._known: dict[_Key, Checker] = {}

    def get(self, terms: Terms = NO_TERMS) -> Checker:
        """What checks on these terms; their ``call_id`` is not looked at.

        Raises ParameterError for a parameter the call does not have or a value it cannot take, and UnknownRuleError for
        a rule it does not have.
        """
        changes = read_parameters(self.call, dict(terms.changes))
        key = (
            terms.day,
            tuple(sorted((name, write_parameter(value)) for name, value in changes.items())),
            None if terms.rules is None else tuple(sorted(set(terms.rules))),
        )
        known = self._known.get(key)
        if known is None:
            with _lock:
                known = self._known.get(key)
                if known is None:
                    known = Checker(self.call, terms.day, changes, terms.rules)
                    _keep(self._known, key, known, MOST_CHECKERS)
        return known


class Registry:
    """The calls in these folders, those that come with mpfcheck, and those of installed packages.

    A call that is broken is read once too. With ``whole`` nothing of a call is left to read later. ``loaded`` are calls
    that a program has loaded already: they stand for whatever else has their ids.
    """

    def __init__(self, folders: Iterable[Path] = (), *, whole: bool = False, loaded: Iterable[Checkers] = ()) -> None:
        self.folders = tuple(folders)
        self._whole = whole
        self._checkers: dict[str, Checkers | BrokenCallError] = {one.call.id: one for one in loaded}
        self._forms: dict[str, Form] = {}
        self._all: tuple[str, ...] | None = None

    def load_all(self) -> None:
        """Load every call there is, broken ones too. No other call is looked for later."""
        known = self.ids()
        for call_id in known:
            with suppress(BrokenCallError):
                self.checker(call_id)
        self._all = known

    def ids(self) -> tuple[str, ...]:
        """The ids of all calls, broken ones too. Reads no call."""
        return list_calls(self.folders) if self._all is None else self._all

    def call(self, call_id: str) -> Call:
        """A call by its id, or a version of it (``CALL@VERSION``); raises UnknownCallError and BrokenCallError."""
        return self.checkers(call_id).call

    def checker(self, call_id: str, terms: Terms = NO_TERMS) -> Checker:
        """What checks against a call on these terms; raises as :meth:`call` and :meth:`Checkers.get` do."""
        return self.checkers(call_id).get(terms)

    def checkers(self, call_id: str) -> Checkers:
        """The checkers of a call; raises as :meth:`call` does."""
        known = self._checkers.get(call_id)
        if known is None:
            if self._all is not None and call_id not in self._all:
                raise UnknownCallError(call_id, self._all)
            with _lock:
                known = self._checkers.get(call_id) or self._load(call_id)
                _keep(self._checkers, call_id, known, MOST_CALLS)
        if isinstance(known, BrokenCallError):
            raise BrokenCallError(known.call_id, known.mistakes)
        return known

    def form(self, call_id: str) -> Form:
        """The form of a call; raises as :meth:`call` does, and NoFormError and PackError for a form that is broken."""
        known = self._forms.get(call_id)
        if known is None:
            # Most runs ask nobody anything.
            from mpfcheck.forms.load import load_form

            call = self.call(call_id)
            with _lock:
                known = self._forms.get(call_id) or load_form(call)
                _keep(self._forms, call_id, known, MOST_CALLS)
        return known

    def versions(self, call_id: str) -> tuple[PublishedVersion, ...]:
        """The published versions of a call, oldest first; raises UnknownCallError, and PackError for a broken list."""
        # Few runs ask for versions.
        from mpfcheck.packs.version import load_versions

        return load_versions(call_folder(call_id, self.folders))

    def _load(self, call_id: str) -> Checkers | BrokenCallError:
        try:
            return Checkers(load_call(call_id, self.folders, whole=self._whole))
        except PackError as error:
            return BrokenCallError(call_id, error.mistakes)


class KeptCalls:
    """Calls kept from one check to the next, each loaded again when its files have changed; bounded."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[object, Checkers]] = {}

    def checkers(self, call_id: str, folders: Iterable[Path]) -> Checkers:
        """The checkers of a call as its files are now; raises UnknownCallError, and PackError for a broken call."""
        folder = call_folder(call_id, folders)
        # Before the files are read: what changes meanwhile shows the next time.
        state, newest = files_state(folder)
        known = self._known.get(folder)
        if known is None or known[0] != state:
            with _lock:
                known = self._known.get(folder)
                if known is None or known[0] != state:
                    known = state, Checkers(load_pack(folder, whole=True))
                    if newest < time_ns() - JUST_NOW:
                        _keep(self._known, folder, known, MOST_KEPT)
        return known[1]


def _keep(kept: dict[_Name, _Value], name: _Name, value: _Value, most: int) -> None:
    """Keep a value under its name; the oldest of too many goes."""
    kept.pop(name, None)
    while len(kept) >= most:
        del kept[next(iter(kept))]
    kept[name] = value
