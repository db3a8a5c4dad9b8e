"""mpfcheck for Python programs: load a call once, check proposals against it.

Loading reads the call's files. Checking reads nothing, writes nothing and asks no clock; it is safe from many threads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

from mpfcheck.calls.call import Call as CallData
from mpfcheck.calls.load import load_call as load_call_data
from mpfcheck.checking.checker import Checker, invalid_report
from mpfcheck.checking.parameters import read_parameters, write_parameter
from mpfcheck.checking.report import InputReference, ProposalReport
from mpfcheck.reading.document import Document, read_mapping, read_proposal
from mpfcheck.reading.sources import read_file

if TYPE_CHECKING:
    from mpfcheck.proposal.models import Proposal

__all__ = ["Call", "ProposalSource", "check_many", "load_call"]

ProposalSource: TypeAlias = "Mapping[str, object] | bytes | str | Path | Proposal"
"""What can be checked: a dict of answers, JSON as bytes or text, the path of a JSON file, or a Proposal."""

MOST_KEPT = 32
"""Days and what-ifs of a call that are kept ready; a portal that varies them without end starts over."""


@dataclass(frozen=True)
class Call:
    """A call for proposals, ready to check against. Immutable and safe to share between threads."""

    data: CallData
    _checkers: dict[tuple[date | None, tuple[tuple[str, str], ...]], Checker] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _lock: Lock = field(default_factory=Lock, init=False, repr=False, compare=False)

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

    def check(
        self,
        proposal: ProposalSource,
        *,
        as_of: date | None = None,
        parameters: Mapping[str, object] | None = None,
    ) -> ProposalReport:
        """The report on one proposal. Bad data is never raised: it is a problem in the report.

        ``as_of`` is the day whose rules hold (the call's own day unless given); ``parameters`` sets parameters of the
        call to other values for a what-if. Raises :class:`mpfcheck.ParameterError` for a parameter the call does not
        have.
        """
        checker = self._checker(as_of, parameters or {})
        document, path = _read(proposal)
        reference = InputReference(path, None, document.sha256)
        if document.answers is None:
            return invalid_report(document.problems, reference, checker.reference, checker.as_of.isoformat())
        return checker.report(document.answers, problems=document.problems, place_of=document.place_of, input=reference)

    def _checker(self, as_of: date | None, parameters: Mapping[str, object]) -> Checker:
        read = read_parameters(self.data, parameters)
        key = (as_of, tuple(sorted((name, write_parameter(value)) for name, value in read.items())))
        with self._lock:
            if key not in self._checkers:
                if len(self._checkers) >= MOST_KEPT:
                    self._checkers.clear()
                self._checkers[key] = Checker(self.data, as_of, read)
            return self._checkers[key]


def load_call(call_id: str, folders: Iterable[Path | str] = ()) -> Call:
    """Load a call by its id, from these folders of packs or from those that come with mpfcheck.

    Raises :class:`mpfcheck.calls.load.UnknownCallError` for an id that is not there and
    :class:`mpfcheck.calls.load.PackError` for a pack with mistakes in it.
    """
    return Call(load_call_data(call_id, tuple(Path(folder) for folder in folders)))


def check_many(
    call: Call,
    proposals: Iterable[ProposalSource],
    *,
    as_of: date | None = None,
    parameters: Mapping[str, object] | None = None,
) -> Iterator[ProposalReport]:
    """The reports on many proposals, one by one as they come, in constant memory."""
    for proposal in proposals:
        yield call.check(proposal, as_of=as_of, parameters=parameters)


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
