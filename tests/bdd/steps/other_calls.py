"""What only some calls ask: strands and lots, Mobility Partnerships, letters of support, the answers of an annex."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pytest_bdd import given, parsers

from .project import Proposal
from .words import NOT_ANSWERED, country, listed, yes_or_no

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "other-calls"
COMPLETE = {
    "mpf-2022-amif": "2022-city-morocco.json",
    "mpf-2024-migration-partnerships": "2024-lot-1-tunisia.json",
}
"""A complete and eligible example of a call, by its id."""

FRAMEWORKS = {
    "a Mobility Partnership": "mobility_partnership",
    "a Common Agenda": "common_agenda",
    "another framework": "other",
}
PRIORITIES = {
    "the declaration": "declaration",
    "the annex": "declaration_annex",
    "the scoreboard": "scoreboard",
    "none of these": "none_of_these",
}


@given(parsers.parse('the call is "{call_id}"'))
def the_call_is(proposal: Proposal, call_id: str) -> None:
    proposal["call"] = call_id


@given("a complete proposal to the call")
def a_complete_proposal_to_the_call(proposal: Proposal) -> None:
    proposal.update(json.loads((EXAMPLES / COMPLETE[proposal["call"]]).read_bytes()))


@given(parsers.re(r'the (?:strand|lot) is "(?P<strand>[^"]*)"'))
def the_strand_is(proposal: Proposal, strand: str) -> None:
    proposal["strand"] = strand


@given(parsers.re(r"the (?P<which>signed|implemented) Mobility Partnerships are (?P<countries>.+)"))
def the_mobility_partnerships_are(proposal: Proposal, which: str, countries: str) -> None:
    _in_annex(proposal, f"{which}_partnerships", countries)


@given(parsers.parse("the concept note names {countries}"))
def the_concept_note_names(proposal: Proposal, countries: str) -> None:
    _in_annex(proposal, "countries_in_concept_note", countries)


@given(parsers.parse("the framework is {framework}"))
def the_framework_is(proposal: Proposal, framework: str) -> None:
    kind = None if framework in NOT_ANSWERED else FRAMEWORKS[framework]
    _annex(proposal)["framework"] = {"kind": kind, "name": "A framework of cooperation"}


@given(parsers.parse('the other framework is "{name}"'))
@given(parsers.re(r'the other framework is "(?P<name>)"'))
def the_other_framework_is(proposal: Proposal, name: str) -> None:
    _annex(proposal)["other_framework"] = name


@given(parsers.parse("the priority was taken from {where}"))
def the_priority_was_taken_from(proposal: Proposal, where: str) -> None:
    _annex(proposal)["priority_source"] = PRIORITIES[where]


@given(parsers.parse("sub-contractors receive EUR {amount}"))
def sub_contractors_receive(proposal: Proposal, amount: str) -> None:
    _annex(proposal)["subcontracted_amount"] = amount


@given(parsers.parse("the letters come with the concept note: {said}"))
def the_letters_come_with_the_concept_note(proposal: Proposal, said: str) -> None:
    _annex(proposal)["letters_with_concept_note"] = yes_or_no(said)


@given(parsers.re(r"(?P<letters>no letters of support|.+) (?:is|are) among the documents"))
def letters_are_among_the_documents(proposal: Proposal, letters: str) -> None:
    documents = proposal.setdefault("documents", [])
    for letter in () if letters in ("no letters of support", "nothing") else listed(letters):
        level, _, state = letter.removeprefix("a letter of a ").partition(" body of ")
        documents.append({"kind": "letter_of_support", "issuer_level": level, "issuer_country": country(state)})


@given(parsers.parse("the lead has legal personality: {said}"))
def the_lead_has_legal_personality(proposal: Proposal, said: str) -> None:
    proposal.setdefault("lead", {})["legal_person"] = yes_or_no(said)


@given(parsers.parse("the project lasts {months} months"))
def the_project_lasts(proposal: Proposal, months: str) -> None:
    proposal["duration_months"] = int(months)


def _annex(proposal: Proposal) -> dict[str, Any]:
    annex: dict[str, Any] = proposal.setdefault("annex", {})
    return annex


def _in_annex(proposal: Proposal, field: str, countries: str) -> None:
    if countries not in NOT_ANSWERED:
        _annex(proposal)[field] = [country(name) for name in listed(countries)]
