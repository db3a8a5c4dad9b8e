"""What a program gives as a proposal: values, JSON or the Path of a file, each as an input to check."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeAlias

from mpfcheck.checking.report import Problem
from mpfcheck.frozen import Frozen, changed
from mpfcheck.proposal.answers import is_missing, json_values, plain_value
from mpfcheck.proposal.values import kind_of
from mpfcheck.reading.document import Document, read_plain, read_proposal
from mpfcheck.reading.inputs import InputSource, file_input

if TYPE_CHECKING:
    from mpfcheck.proposal.models import Proposal

__all__ = ["ProposalSource", "any_source", "proposal_source"]


class Dataclass(Protocol):
    """A dataclass that a program defines."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


class PydanticModel(Protocol):
    """A pydantic model that a program defines."""

    def model_dump(self) -> dict[str, Any]:
        """Its fields."""


ProposalSource: TypeAlias = (
    "Mapping[Any, object] | bytes | bytearray | str | Path | Proposal | Dataclass | PydanticModel | tuple[Any, ...]"
)
"""What can be checked: a dict of answers, JSON as bytes or text, the Path of a JSON file, a Proposal, or a
program's own model of pydantic, dataclass or named tuple with the same fields. The names of fields may be an Enum.

A text is JSON: only a Path opens a file."""

_NO_PROPOSAL = (
    "A proposal is a dict, JSON as text or bytes, a pathlib.Path, a Proposal, a model or a dataclass, not {}."
)


class Given(Frozen):
    """A proposal that a program gave. ``read`` reads it, here or in another process; ``data`` is None for values."""

    path: ClassVar[None] = None
    line: ClassVar[None] = None

    data: bytes | None
    read: partial[Document]

    @property
    def size(self) -> int:
        """How many bytes of JSON it has."""
        return 0 if self.data is None else len(self.data)

    def document(self) -> Document:
        """Read it as a proposal."""
        return self.read()


def proposal_source(proposal: object) -> InputSource:
    """A proposal as an input; raises TypeError for what can be none, good or bad."""
    if not _is_proposal(proposal):
        raise TypeError(_NO_PROPOSAL.format(kind_of(proposal)))
    return any_source(proposal)


def any_source(proposal: object) -> InputSource:
    """A proposal as an input; of what can be none, the document has a problem."""
    if isinstance(proposal, Path):
        return file_input(proposal)
    if isinstance(proposal, str):
        data = str.__str__(proposal).encode("utf-8", "surrogatepass")
        return Given(data, partial(_read_text, data))
    if isinstance(proposal, bytes | bytearray):
        data = bytes(proposal)
        return Given(data, partial(read_proposal, data))
    if not _is_proposal(proposal):
        missing = proposal is None or is_missing(proposal)
        message = (
            "There is no proposal here: the value is missing." if missing else _NO_PROPOSAL.format(kind_of(proposal))
        )
        problem = Problem(message, "Leave the entry out, or give a proposal.")
        return Given(None, partial(Document, None, (problem,)))
    return Given(None, partial(read_plain, *json_values(proposal)))


def _is_proposal(proposal: object) -> bool:
    """Whether it is of a kind that can be a proposal, good or bad."""
    return isinstance(proposal, bytes | bytearray | str | Path) or isinstance(plain_value(proposal), Mapping)


def _read_text(data: bytes) -> Document:
    document = read_proposal(data)
    return _not_a_file_name(document) if document.answers is None and b"{" not in data else document


def _not_a_file_name(document: Document) -> Document:
    """Say of a text that is no JSON at all what it was taken for: it may have been meant as the name of a file."""
    hint = "A text is read as JSON. To check a file, give its pathlib.Path."
    first, *others = document.problems
    return Document(None, (changed(first, hint=f"{first.hint} {hint}".lstrip()), *others), document.data)
