"""A call for Python programs: loaded once, then proposals are checked against it.

Loading reads the call's files. Checking reads nothing, writes nothing and asks no clock; it is safe from many threads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import localcontext
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

from mpfcheck.api.report import Report
from mpfcheck.calls.call import Call as CallData
from mpfcheck.calls.load import list_calls as list_call_data
from mpfcheck.calls.load import load_call as load_call_data
from mpfcheck.checking.checker import Checker, invalid_report
from mpfcheck.checking.parameters import read_parameters, write_parameter
from mpfcheck.checking.report import InputReference
from mpfcheck.language.values import ARITHMETIC
from mpfcheck.reading.document import Document, read_mapping, read_proposal
from mpfcheck.reading.sources import read_file

if TYPE_CHECKING:
    from mpfcheck.proposal.models import Proposal

__all__ = ["Call", "ProposalSource", "check_many", "list_calls", "load_call"]

ProposalSource: TypeAlias = "Mapping[str, object] | bytes | str | Path | Proposal"
"""What can be checked: a dict of answers, JSON as bytes or text, the path of a JSON file, or a Proposal."""

MOST_KEPT = 32
"""Days, what-ifs and choices of rules that are kept ready; a portal that varies them without end starts over."""

_Terms: TypeAlias = tuple[date | None, tuple[tuple[str, str], ...], tuple[str, ...] | None]


@dataclass(frozen=True)
class Call:
    """A call for proposals, ready to check against. Immutable and safe to share between threads.

    A copy can be sent to other processes (pickled): it brings its rules along and reads no file there.
    """

    data: CallData
    _checkers: dict[_Terms, Checker] = field(default_factory=dict, init=False, repr=False, compare=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make ready what a first check would otherwise have to read from files."""
        self._checker(None, {}, None)

    @property
    def id(self) -> str:
        """The id of the call, such as ``mpf-2023-borders-security``."""
        return self.data.id

    @property
    def title(self) -> str:
        """What the call is called."""
        return self.data.title

    @property
    def version(self) -> str:
        """The version of the rule pack."""
        return self.data.version

    @property
    def as_of(self) -> date:
        """The day whose rules hold unless another is asked for."""
        return self.data.as_of

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of its rules, in the order of the reports."""
        return tuple(rule.id for rule in self.data.rules)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of its parameters, which a what-if may change."""
        return tuple(self.data.parameters)

    def check(
        self,
        proposal: ProposalSource,
        *,
        as_of: date | None = None,
        parameters: Mapping[str, object] | None = None,
        rules: Iterable[str] | None = None,
    ) -> Report:
        """The report on one proposal. Bad data is never raised: it is a problem in the report.

        ``as_of`` is the day whose rules hold (the call's own day unless given); ``parameters`` sets parameters of the
        call to other values for a what-if; ``rules`` are the ids of the rules to check, all unless given. The report
        says so of all three. Raises :class:`mpfcheck.ParameterError` for a parameter the call does not have,
        :class:`mpfcheck.UnknownRuleError` for a rule it does not have, ValueError for no rule at all.
        """
        document, path = _read(proposal)
        return self.report_on(document, path=path, as_of=as_of, parameters=parameters, rules=rules)

    def ready(
        self,
        *,
        as_of: date | None = None,
        parameters: Mapping[str, object] | None = None,
        rules: Iterable[str] | None = None,
    ) -> None:
        """Make checking on these terms ready, before there is a proposal; raises as :meth:`check`."""
        self._checker(as_of, parameters or {}, rules)

    def report_on(
        self,
        document: Document,
        *,
        path: str | None = None,
        line: int | None = None,
        as_of: date | None = None,
        parameters: Mapping[str, object] | None = None,
        rules: Iterable[str] | None = None,
    ) -> Report:
        """The report on a document that was read already, from ``line`` of JSON Lines; otherwise like :meth:`check`."""
        checker = self._checker(as_of, parameters or {}, rules)
        # The caller's decimal context may be anything, and stays as it is.
        with localcontext(ARITHMETIC):
            return self._report(document, InputReference(path, line, document.sha256), checker)

    def _report(self, document: Document, reference: InputReference, checker: Checker) -> Report:
        if document.answers is None:
            found = invalid_report(document.problems, reference, checker.reference, checker.as_of.isoformat())
        else:
            found = checker.report(
                document.answers, problems=document.problems, place_of=document.place_of, input=reference
            )
        return Report(**vars(found))

    def _checker(self, as_of: date | None, parameters: Mapping[str, object], rules: Iterable[str] | None) -> Checker:
        read = read_parameters(self.data, parameters)
        chosen = None if rules is None else tuple(sorted(_ids(rules)))
        key = (as_of, tuple(sorted((name, write_parameter(value)) for name, value in read.items())), chosen)
        with self._lock:
            if key not in self._checkers:
                made = Checker(self.data, as_of, read, chosen)
                if len(self._checkers) >= MOST_KEPT:
                    self._checkers.clear()
                self._checkers[key] = made
            return self._checkers[key]

    def __reduce__(self) -> tuple[type[Call], tuple[CallData]]:
        return type(self), (self.data,)


def load_call(call_id: str, folders: Iterable[Path | str] = ()) -> Call:
    """Load a call by its id.

    It is looked for in these folders (of calls, or one call's own), among the calls that come with mpfcheck, then in
    installed packages that bring calls along (entry points ``mpfcheck.calls``). Raises
    :class:`mpfcheck.UnknownCallError` for an id that is nowhere and :class:`mpfcheck.PackError` for a pack with
    mistakes in it.
    """
    return Call(load_call_data(call_id, _paths(folders), whole=True))


def list_calls(folders: Iterable[Path | str] = ()) -> tuple[str, ...]:
    """The ids of all calls there are: in these folders, with mpfcheck, and in installed packages. Loads none."""
    return list_call_data(_paths(folders))


def check_many(
    call: Call,
    proposals: Iterable[ProposalSource],
    *,
    as_of: date | None = None,
    parameters: Mapping[str, object] | None = None,
    rules: Iterable[str] | None = None,
) -> Iterator[Report]:
    """The reports on many proposals, one by one as they come, in constant memory; otherwise like :meth:`Call.check`."""
    chosen = None if rules is None else tuple(_ids(rules))
    for proposal in proposals:
        yield call.check(proposal, as_of=as_of, parameters=parameters, rules=chosen)


def _paths(folders: Iterable[Path | str]) -> tuple[Path, ...]:
    if isinstance(folders, str | Path):
        raise TypeError("Give the folders of calls as a list: [folder].")
    return tuple(Path(folder) for folder in folders)


def _ids(rules: Iterable[str]) -> Iterable[str]:
    if isinstance(rules, str):
        raise TypeError(f'Give the ids of rules as a list: ["{rules}"].')
    return rules


def _read(proposal: ProposalSource) -> tuple[Document, str | None]:
    if isinstance(proposal, bytes):
        return read_proposal(proposal), None
    if isinstance(proposal, str) and proposal.lstrip().startswith("{"):
        return read_proposal(proposal.encode("utf-8", "surrogatepass")), None
    if isinstance(proposal, str | Path):
        return read_file(Path(proposal)), str(proposal)
    if isinstance(proposal, Mapping):
        return read_mapping(proposal), None
    if hasattr(proposal, "model_dump"):
        return read_mapping(proposal.model_dump(exclude_none=True)), None
    raise TypeError(f"A proposal is a dict, JSON, a path or a Proposal, not {type(proposal).__name__}.")
