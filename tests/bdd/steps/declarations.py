"""What the applicants declare, and whether they asked."""

from __future__ import annotations

from pytest_bdd import given, parsers

from .project import Proposal
from .words import yes_or_no


@given(parsers.parse('the declaration "{declaration}" is answered with {said}'))
def the_declaration_is_answered_with(proposal: Proposal, declaration: str, said: str) -> None:
    proposal.setdefault("declarations", {})[declaration.replace(" ", "_")] = yes_or_no(said)


@given(parsers.parse("the consultation of the MPF is answered with {said}"))
def the_consultation_is_answered_with(proposal: Proposal, said: str) -> None:
    proposal["consultation"] = {"held": yes_or_no(said)}
