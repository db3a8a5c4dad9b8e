"""The call's rules as a Python program: the baseline for speed, and the independent second opinion for agreement.

It shares nothing with mpfcheck. It has no messages, sources, places or dated rule pack either: it answers which rule
says what, and nothing else.
"""

from __future__ import annotations

from datetime import date

from benchmarks.handwritten.action import action_rules
from benchmarks.handwritten.answers import Status
from benchmarks.handwritten.applicants import applicant_rules
from benchmarks.handwritten.models import Proposal
from benchmarks.handwritten.money import money_rules

__all__ = ["AS_OF", "Status", "judge", "statuses"]

AS_OF = date(2023, 12, 7)
"""The day whose amounts hold unless another is asked for. Of days before 10 March 2023 nothing is known."""


def statuses(data: bytes, as_of: date = AS_OF) -> dict[str, Status]:
    """What every rule of the call says of a proposal in JSON; raises pydantic.ValidationError for anything else."""
    return judge(Proposal.model_validate_json(data), as_of)


def judge(proposal: Proposal, as_of: date = AS_OF) -> dict[str, Status]:
    """What every rule of the call says of a proposal, by rule id."""
    return applicant_rules(proposal) | money_rules(proposal, as_of) | action_rules(proposal, as_of)
