"""What is said of proposals that were checked together. Plain values, sorted as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from mpfcheck.checking.report import InputReference, Severity, Status, Verdict
from mpfcheck.frozen import Frozen

__all__ = [
    "Appearance",
    "Compared",
    "LeadCountry",
    "NearlyEligible",
    "PortfolioSummary",
    "RuleFiles",
    "SameProposal",
    "SharedOrganisation",
    "Together",
    "TogetherItem",
]

Inputs = tuple[InputReference, ...]


class NearlyEligible(Frozen):
    """A proposal that one failing rule alone keeps from being eligible; ``fix`` is what would mend it."""

    input: InputReference
    call: str
    rule: str
    title: str
    fix: str


class RuleFiles(Frozen):
    """The proposals a rule has something to say of, by what it says: ``fail``, ``undecided``, ``review`` and so on.

    A rule that passes or does not apply says nothing, so these two statuses are not among them.
    """

    call: str
    rule: str
    title: str
    severity: Severity
    manual: bool
    inputs: Mapping[Status, Inputs]

    def count(self, status: Status) -> int:
        """How many proposals it says this of."""
        return len(self.inputs.get(status, ()))


class Compared(Frozen):
    """The two numbers a portfolio rule compares, as ``amount operator limit``; ``unit`` is that of the amount."""

    amount: Decimal
    operator: str
    limit: Decimal
    unit: str | None


class TogetherItem(Frozen):
    """What a portfolio rule says of one item of its list, such as one fund, or of everything at once (``item`` None).

    ``compared`` is there where the rule's condition is a comparison of two numbers that are both known.
    """

    item: str | None
    label: str
    status: Status
    message: str
    compared: Compared | None


class Together(Frozen):
    """What a rule of scope portfolio says of the eligible proposals of its call, ``proposals`` of them."""

    call: str
    rule: str
    title: str
    severity: Severity
    status: Status
    proposals: int
    items: tuple[TogetherItem, ...]


class LeadCountry(Frozen):
    """The proposals whose lead applicant is in a country (``code`` None: not answered).

    ``requested`` is what the eligible ones ask for together, in EUR.
    """

    code: str | None
    name: str
    proposals: int
    eligible: int
    requested: Decimal


class SameProposal(Frozen):
    """Inputs that hold the same proposal.

    ``by`` is ``content`` where all their answers are the same, ``name`` where they differ but call, title and name of
    the lead applicant are the same.
    """

    by: str
    inputs: Inputs


class Appearance(Frozen):
    """An organisation in one proposal, as it is written there; ``role`` is ``lead`` or ``co_applicant``."""

    input: InputReference
    role: str
    name: str | None
    country: str | None
    pic: str | None


class SharedOrganisation(Frozen):
    """An organisation that several proposals name: by its PIC, or by its name and country."""

    name: str
    country: str | None
    pics: tuple[str, ...]
    appearances: tuple[Appearance, ...]


class PortfolioSummary(Frozen):
    """Proposals seen together.

    ``verdicts`` has every verdict; in it the ineligible are sorted by how many rules stand in the way, the others as
    they came. Rules with the most failures come first, as do countries with the most proposals and organisations with
    the most appearances. ``lead_countries`` counts the proposals that could be read.
    """

    proposals: int
    verdicts: Mapping[Verdict, Inputs]
    nearly_eligible: tuple[NearlyEligible, ...]
    rules: tuple[RuleFiles, ...]
    together: tuple[Together, ...]
    lead_countries: tuple[LeadCountry, ...]
    same_proposals: tuple[SameProposal, ...]
    shared_organisations: tuple[SharedOrganisation, ...]
