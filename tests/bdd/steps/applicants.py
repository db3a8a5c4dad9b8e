"""The lead applicant, its mandate, and the co-applicants."""

from __future__ import annotations

from pytest_bdd import given, parsers

from .project import Proposal
from .words import NOT_ANSWERED, answer, applicant, codes, country, listed, yes_or_no


@given(parsers.re(r"the lead applicant is (?P<who>(?!called ).+)"))
def the_lead_applicant_is(proposal: Proposal, who: str) -> None:
    kept = {"name", "pic"} & proposal.get("lead", {}).keys()
    proposal["lead"] = {name: proposal["lead"][name] for name in kept} | applicant(who)


@given(parsers.re(r'the lead applicant is called "(?P<name>[^"]*)", of (?P<state>.+), with the PIC "(?P<pic>[^"]*)"'))
def the_lead_applicant_is_called(proposal: Proposal, name: str, state: str, pic: str) -> None:
    proposal["lead"] = {"name": name, "country": country(state), "pic": answer(pic)}


@given(parsers.re(r'its mandate is the document "(?P<document>[^"]*)"'))
def its_mandate_is_the_document(proposal: Proposal, document: str) -> None:
    proposal["lead"]["mandate"]["document"] = answer(document)


@given(parsers.parse("the documents are {kinds}"))
def the_documents_are(proposal: Proposal, kinds: str) -> None:
    if kinds in NOT_ANSWERED:
        proposal.pop("documents", None)
    else:
        proposal["documents"] = [{"kind": codes("document_kinds")[kind]} for kind in listed(kinds)]


@given("there are no co-applicants")
def there_are_no_co_applicants(proposal: Proposal) -> None:
    proposal["co_applicants"] = []


@given(parsers.re(r'a co-applicant (?:"(?P<name>[^"]+)" )?is (?P<who>(?!called ).+)'))
def a_co_applicant_is(proposal: Proposal, who: str, name: str | None) -> None:
    proposal.setdefault("co_applicants", []).append({"name": name} | applicant(who))


@given(parsers.re(r'a co-applicant is called "(?P<name>[^"]*)", of (?P<state>.+), with the PIC "(?P<pic>[^"]*)"'))
def a_co_applicant_is_called(proposal: Proposal, name: str, state: str, pic: str) -> None:
    partner = {"name": name, "country": country(state), "pic": answer(pic)}
    proposal.setdefault("co_applicants", []).append(partner)


@given(parsers.parse("its non-profit basis is answered with {said}"))
def its_non_profit_basis_is_answered_with(proposal: Proposal, said: str) -> None:
    proposal["co_applicants"][-1]["non_profit"] = yes_or_no(said)
