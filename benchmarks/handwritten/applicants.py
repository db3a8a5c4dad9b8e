"""The rules on the fund, the lead and the co-applicants, by hand."""

from __future__ import annotations

from itertools import combinations

from benchmarks.handwritten.answers import Status, Truth, among, both, either, equal, of_all, verdict
from benchmarks.handwritten.countries import CANDIDATES, MEMBER_STATES, PARTNERS
from benchmarks.handwritten.models import FUNDS, Applicant, Mandate, Proposal

__all__ = ["applicant_rules"]

NOT_TAKING_PART = frozenset({("BMVI", "IE"), ("ISF", "DK")})
CO_APPLICANT_KINDS = frozenset({"public_body", "international_organisation", "ngo", "private_law_body"})
PRIVATE_KINDS = frozenset({"ngo", "private_law_body"})
NOBODY = Applicant()
NO_MANDATE = Mandate()


def applicant_rules(proposal: Proposal) -> dict[str, Status]:
    """FUND-*, LEAD-*, COAPP-* and DUP-1."""
    lead = proposal.lead or NOBODY
    partners = proposal.co_applicants
    return {
        "FUND-1": verdict(among(proposal.fund, FUNDS)),
        "FUND-2": fund_participation(proposal.fund, member_state(lead)),
        "LEAD-1": verdict(may_lead(lead)),
        "LEAD-2": mandate_shown(proposal, lead),
        "COAPP-1": of_all(partners, lambda partner: verdict(among(partner.kind, CO_APPLICANT_KINDS))),
        "COAPP-2": of_all(partners, lambda partner: public_partner(partner, lead)),
        "COAPP-3": of_all(partners, private_partner_seat),
        "COAPP-4": of_all(partners, private_partner_profit),
        "COAPP-5": of_all(partners, international_partner),
        "DUP-1": no_duplicates(lead, partners),
    }


def member_state(lead: Applicant) -> str | None:
    """The state a lead stands for: of an operator the one that mandated it, not the one it sits in."""
    mandating = (lead.mandate or NO_MANDATE).country
    if lead.kind is None:
        return lead.country if lead.country == mandating else None
    return mandating if lead.kind == "mandated_operator" else lead.country


def fund_participation(fund: str | None, state: str | None) -> Status:
    applies = both(among(fund, FUNDS), among(state, MEMBER_STATES))
    if applies is False:
        return "not_applicable"
    if applies is None:
        return "undecided"
    return verdict((fund, state) not in NOT_TAKING_PART)


def may_lead(lead: Applicant) -> Truth:
    return either(
        both(equal(lead.kind, "public_body"), among(lead.country, MEMBER_STATES)),
        both(equal(lead.kind, "mandated_operator"), among((lead.mandate or NO_MANDATE).country, MEMBER_STATES)),
    )


def mandate_shown(proposal: Proposal, lead: Applicant) -> Status:
    if lead.kind is None:
        return "undecided"
    if lead.kind != "mandated_operator":
        return "not_applicable"
    reference = (lead.mandate or NO_MANDATE).document
    named = None if reference is None else reference != ""
    return verdict(either(named, holds_mandate(proposal)))


def holds_mandate(proposal: Proposal) -> Truth:
    if proposal.documents is None:
        return None
    kinds = [document.kind for document in proposal.documents]
    if "mandate" in kinds:
        return True
    return None if None in kinds else False


def public_partner(partner: Applicant, lead: Applicant) -> Status:
    """Another Member State is not the lead's own, be that its seat or its mandate's; where the two differ: review."""
    if partner.kind is None:
        return "undecided"
    if partner.kind != "public_body":
        return "not_applicable"
    country = partner.country
    if country is None:
        return "undecided"
    if country in MEMBER_STATES:
        seat, state = equal(country, lead.country), equal(country, member_state(lead))
        own = either(seat, state)
        if own is not True:
            return "undecided" if own is None else "pass"
        both_own = both(seat, state)
        if both_own is None:
            return "undecided"
        return "fail" if both_own else "review"
    return in_partner_country(country)


def private_partner_seat(partner: Applicant) -> Status:
    if partner.kind is None:
        return "undecided"
    if partner.kind not in PRIVATE_KINDS:
        return "not_applicable"
    if partner.country is None:
        return "undecided"
    return "pass" if partner.country in MEMBER_STATES else in_partner_country(partner.country)


def in_partner_country(country: str) -> Status:
    if country in PARTNERS:
        return "pass"
    return "review" if country in CANDIDATES else "fail"


def private_partner_profit(partner: Applicant) -> Status:
    if partner.kind is None:
        return "undecided"
    return verdict(partner.non_profit) if partner.kind in PRIVATE_KINDS else "not_applicable"


def international_partner(partner: Applicant) -> Status:
    if partner.kind is None:
        return "undecided"
    return "review" if partner.kind == "international_organisation" else "not_applicable"


def no_duplicates(lead: Applicant, partners: list[Applicant] | None) -> Status:
    if partners is None:
        return "undecided"
    if not partners:
        return "not_applicable"
    found: Truth = False
    for one, other in combinations([lead, *partners], 2):
        found = either(found, same_organisation(one, other))
    return verdict(None if found is None else not found)


def same_organisation(one: Applicant, other: Applicant) -> Truth:
    return either(same_pic(one.pic, other.pic), both(equal(one.name, other.name), equal(one.country, other.country)))


def same_pic(one: str | None, other: str | None) -> Truth:
    """An empty text says that there is none."""
    return False if one == "" or other == "" else equal(one, other)
