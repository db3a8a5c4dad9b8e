"""The same proposal, handed in twice: by its content, or by its name where the content differs."""

from __future__ import annotations

from mpfcheck.checking.portfolio.entry import ProposalFacts
from mpfcheck.checking.portfolio.summary import SameProposal
from mpfcheck.checking.report import InputReference

__all__ = ["SameProposals"]


class SameProposals:
    """Remembers the content and the name of every proposal."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self._by_content: dict[bytes, list[InputReference]] = {}
        self._by_name: dict[tuple[str, str, str], list[tuple[InputReference, bytes]]] = {}

    def add(self, input: InputReference, facts: ProposalFacts) -> bool:
        """Remember one; tell whether its content is new."""
        same = self._by_content.setdefault(facts.content, [])
        same.append(input)
        if facts.name is not None:
            self._by_name.setdefault(facts.name, []).append((input, facts.content))
        return len(same) == 1

    def found(self) -> tuple[SameProposal, ...]:
        """Every proposal that was met more than once: those of the same content first, each kind as they came."""
        by_content = [SameProposal("content", tuple(same)) for same in self._by_content.values() if len(same) > 1]
        by_name = [
            SameProposal("name", tuple(input for input, _ in same))
            for same in self._by_name.values()
            if len({content for _, content in same}) > 1
        ]
        return (*by_content, *by_name)
