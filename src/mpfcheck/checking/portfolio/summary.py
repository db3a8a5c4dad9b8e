"""What is said of proposals that were checked together. Plain values, sorted as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from mpfcheck.checking.portfolio.resubmissions import Resubmissions
from mpfcheck.checking.report import InputReference, Severity, Status, Verdict
from mpfcheck.frozen import Frozen, FrozenDict

__all__ = [
    "Appearance",
    "Compared",
    "LeadCountry",
    "NearlyEligible",
    "PicHolder",
    "PortfolioSummary",
    "Ranked",
    "RankedEnvelope",
    "Ranking",
    "RuleFiles",
    "SameProposal",
    "SharedOrganisation",
    "SharedPic",
    "Together",
    "TogetherItem",
]

Inputs = tuple[InputReference, ...]


class NearlyEligible(Frozen):
    """A proposal that one failing rule alone keeps from being eligible; ``fix`` is what would mend it.

    ``input`` is the first with this content; ``copies`` says how many more there are.
    """

    input: InputReference
    call: str
    rule: str
    title: str
    fix: str
    copies: int = 0


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
    distinct: Mapping[Status, int]
    reviewed: int = 0
    """How many of those for manual review a person decided."""

    def count(self, status: Status) -> int:
        """How many different proposals it says this of: copies count once, though ``inputs`` has them all."""
        return self.distinct.get(status, 0)


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
    """What a rule of scope portfolio says of the eligible proposals of its call, ``proposals`` different ones.

    ``copies`` is how many more of the eligible repeat one of these: they are not counted.
    """

    call: str
    rule: str
    title: str
    severity: Severity
    status: Status
    proposals: int
    items: tuple[TogetherItem, ...]
    copies: int = 0


class LeadCountry(Frozen):
    """The different proposals whose lead applicant is in a country (``code`` None: not answered).

    ``requested`` is what the eligible ones ask for together, in EUR. ``copies`` is how many more repeat one of them:
    they are not counted.
    """

    code: str | None
    name: str
    proposals: int
    eligible: int
    requested: Decimal
    copies: int = 0


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
    """An organisation that several proposals name.

    ``by`` is ``name`` where name and country are the same, ``pic`` where only the PIC is: somebody left the name or the
    country out. Two appearances are never brought together by way of a third.
    """

    by: str
    name: str
    country: str | None
    pics: tuple[str, ...]
    appearances: tuple[Appearance, ...]


class PicHolder(Frozen):
    """A name and country that a PIC is given with, each None where it is not answered, and where."""

    name: str | None
    country: str | None
    appearances: tuple[Appearance, ...]


class SharedPic(Frozen):
    """A PIC that is given with different names or different countries: one of them may be wrong."""

    pic: str
    holders: tuple[PicHolder, ...]


class Ranked(Frozen):
    """A proposal in its place; the highest score comes first.

    ``sum`` is what it and all before it request together, in EUR. ``fits`` tells whether the envelope can pay for it
    in full after those before it; None where proposals with the same score fit only in part, so that a person decides.
    ``tied`` tells that others have the same score.
    """

    rank: int
    input: InputReference
    score: Decimal
    amount: Decimal
    sum: Decimal
    fits: bool | None
    tied: bool


class RankedEnvelope(Frozen):
    """The proposals that request from one envelope, and how much it has, in EUR."""

    call: str
    rule: str
    item: str | None
    label: str
    limit: Decimal
    proposals: tuple[Ranked, ...]


class Ranking(Frozen):
    """The envelopes of all calls. ``without_score`` are eligible proposals that have no place for want of a score.

    ``by`` is the field or the column of the scores, ``scores`` which of the two: ``field`` or ``table``.
    """

    by: str
    envelopes: tuple[RankedEnvelope, ...]
    without_score: tuple[InputReference, ...]
    scores: str = "field"


class PortfolioSummary(Frozen):
    """Proposals seen together.

    ``verdicts`` has every verdict; in it the ineligible are sorted by how many rules stand in the way, the others as
    they came. Rules with the most failures come first, as do countries with the most proposals and organisations with
    the most appearances. ``lead_countries`` counts the proposals that could be read.

    Where several inputs hold the same answers, all but the first are copies: ``copies`` has their numbers, counted from
    1 in input order. ``proposals`` and ``verdicts`` have them too; every other figure, and ``distinct``, counts such a
    proposal once. ``resubmissions`` are the older states of proposals, which no other figure counts; ``ranking`` is
    the order of the eligible by score. Both are None where nobody asked for them. ``without_country`` is how many
    applicants ``shared_organisations`` leaves out because they have a name and no country.
    """

    in_short = ("proposals", "distinct")

    proposals: int
    verdicts: Mapping[Verdict, Inputs]
    nearly_eligible: tuple[NearlyEligible, ...]
    rules: tuple[RuleFiles, ...]
    together: tuple[Together, ...]
    lead_countries: tuple[LeadCountry, ...]
    same_proposals: tuple[SameProposal, ...]
    shared_organisations: tuple[SharedOrganisation, ...]
    shared_pics: tuple[SharedPic, ...] = ()
    distinct: Mapping[Verdict, int] = FrozenDict()
    copies: tuple[int, ...] = ()
    resubmissions: Resubmissions | None = None
    ranking: Ranking | None = None
    without_country: int = 0
