"""What applicants do and see in the wizard, whatever front end they sit at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, then, when

from mpfcheck.checking.report import Status
from mpfcheck.cli.main import main

from ..applicant.applicant import Applicant
from ..applicant.at_the_session import AtTheSession
from .desk import check_file

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
PLACES = {
    "title": "/title",
    "acronym": "/acronym",
    "start date": "/start_date",
    "duration": "/duration_months",
    "fund": "/fund",
    "target countries": "/target_countries",
    "lead's legal form": "/lead/kind",
    "lead's country": "/lead/country",
    "lead's level": "/lead/level",
    "mandating body": "/lead/mandate/body",
    "total": "/budget/total",
    "co-financing source": "/financing/contributions/0/source",
    "type of co-financing": "/financing/contributions/0/kind",
    "co-financing amount": "/financing/contributions/0/amount",
    "co-applicant's name": "/co_applicants/0/name",
    "co-applicant's country": "/co_applicants/0/country",
    "co-applicant's legal form": "/co_applicants/0/kind",
    "quantity of the first budget line": "/budget/lines/0/quantity",
    "unit cost of the first budget line": "/budget/lines/0/unit_cost",
    "unit cost of the part's first budget line": "/budget/lines/0/unit_cost",
    "amount of the first budget line": "/budget/lines/0/amount",
    "grant": "/financing/grant_requested",
    "double funding declaration": "/declarations/no_double_funding",
}
QUESTIONS = {
    "mandating body": "Which public body gave the mandate?",
    "lead's level": "At which level of government is it?",
}
PARTNERS = "/co_applicants"
PLACE = f"the (?P<field>{'|'.join(PLACES)})"
NUMBER = "(?P<number>[0-9]+)"


@pytest.fixture
def applicant() -> Iterator[Applicant]:
    """An applicant at the session itself; other test modules put another front end in its place."""
    applicant = AtTheSession()
    yield applicant
    applicant.leave()


@pytest.fixture
def draft_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the draft is; drafts and histories of this scenario are its own."""
    monkeypatch.setenv("MPFCHECK_DRAFTS", str(tmp_path / "drafts"))
    monkeypatch.setenv("COLUMNS", "5000")
    return tmp_path / "draft.json"


@given("an applicant starts a proposal")
def begins(draft_path: Path, applicant: Applicant) -> None:
    applicant.begin(draft_path)


@given(parsers.parse('an applicant opens the example "{name}"'))
def goes_on(draft_path: Path, applicant: Applicant, name: str) -> None:
    draft_path.write_bytes((EXAMPLES / name).read_bytes())
    applicant.go_on(draft_path)


@given(parsers.re(rf'they have answered {PLACE} with "(?P<text>.*)"'))
@when(parsers.re(rf'they answer {PLACE} with "(?P<text>.*)"'))
def answers(applicant: Applicant, field: str, text: str) -> None:
    applicant.answer(PLACES[field], text)


@when(parsers.re(rf'they type "(?P<text>.*)" for {PLACE}'), target_fixture="words")
def types(applicant: Applicant, field: str, text: str) -> str:
    return applicant.attempt(PLACES[field], text)


@then(parsers.re('they are told (?P<quoted>"?.*)'))
def is_told(words: str, quoted: str) -> None:
    assert quoted in words


@when(parsers.re(rf'the program ends while they type "(?P<text>.*)" for {PLACE}'))
def breaks_off(applicant: Applicant, field: str, text: str) -> None:
    applicant.break_off(PLACES[field], text)
    applicant.go_on(applicant.path)


@when(parsers.re(rf"they confirm the text in {PLACE}"))
def confirms_text(applicant: Applicant, field: str) -> None:
    applicant.confirm_text(PLACES[field])


@then(parsers.re(rf'{PLACE} in the file is still "(?P<text>.*)"'))
def is_still_in_the_file_as(applicant: Applicant, field: str, text: str) -> None:
    assert _at(_document(applicant), PLACES[field]) == text


@when(parsers.re(rf"they clear {PLACE}"))
def takes_away(applicant: Applicant, field: str) -> None:
    applicant.clear(PLACES[field])


@when(parsers.re(rf"they choose suggestion {NUMBER}"))
def takes(applicant: Applicant, number: str) -> None:
    applicant.take(int(number))


@when("they undo")
def undoes(applicant: Applicant) -> None:
    applicant.undo()


@when("they redo")
def redoes(applicant: Applicant) -> None:
    applicant.redo()


@when("they leave and come back")
def comes_back(applicant: Applicant) -> None:
    applicant.leave()
    applicant.go_on(applicant.path)


@given(parsers.parse('they have added the co-applicant "{name}"'))
@when(parsers.parse('they add the co-applicant "{name}"'))
def adds(applicant: Applicant, name: str) -> None:
    applicant.add(PARTNERS, name)


@when(parsers.re(rf"they copy co-applicant {NUMBER}"))
def copies(applicant: Applicant, number: str) -> None:
    applicant.copy(PARTNERS, int(number))


@when(parsers.re(rf"they remove co-applicant {NUMBER}"))
def takes_out(applicant: Applicant, number: str) -> None:
    applicant.take_out(PARTNERS, int(number))


@when("they confirm it")
def confirms(applicant: Applicant) -> None:
    applicant.confirm()


@then(parsers.parse('they are asked first, and told "{text}"'))
def is_asked_first(applicant: Applicant, text: str) -> None:
    assert text in applicant.confirmation()


@then(parsers.parse('"{text}" is among what they should check'))
def is_to_be_checked(applicant: Applicant, text: str) -> None:
    assert text in applicant.to_check()


@then(parsers.parse('"{text}" is not among what they should check'))
def is_not_to_be_checked(applicant: Applicant, text: str) -> None:
    assert text not in applicant.to_check()


@then(parsers.re(rf'co-applicant {NUMBER} is marked with "(?P<mark>[^"]*)"'))
def is_marked(applicant: Applicant, number: str, mark: str) -> None:
    assert mark in applicant.row(PARTNERS, int(number))


@then(parsers.re(rf'co-applicant {NUMBER} is not marked with "(?P<mark>[^"]*)"'))
def is_not_marked(applicant: Applicant, number: str, mark: str) -> None:
    assert mark not in applicant.row(PARTNERS, int(number))


@when(parsers.re(rf"they move co-applicant {NUMBER} up"))
def moves_up(applicant: Applicant, number: str) -> None:
    applicant.move_up(PARTNERS, int(number))


@when("they say that the list of co-applicants is complete")
def says_complete(applicant: Applicant) -> None:
    applicant.say_complete(PARTNERS)


@when("they say that there are no co-applicants")
def says_none(applicant: Applicant) -> None:
    applicant.say_none(PARTNERS)


@given(parsers.parse('somebody has put the field "{name}" into the file'))
def has_put(applicant: Applicant, name: str) -> None:
    applicant.leave()
    document = json.loads(applicant.path.read_bytes()) | {name: "kept"}
    applicant.path.write_text(json.dumps(document), encoding="utf-8")
    applicant.go_on(applicant.path)


@when(parsers.re(rf"they send a part to co-applicant {NUMBER}"), target_fixture="partner")
def sends(applicant: Applicant, number: str) -> Iterator[Applicant]:
    """The partner who got the part, at a copy of the same front end."""
    path = applicant.send_part(int(number))
    partner = type(applicant)()
    partner.go_on(path)
    yield partner
    partner.leave()


@then("the form of the part asks for its applicant only")
def asks_for_its_applicant(partner: Applicant) -> None:
    assert partner.pages() == ["General Inspectorate of Border Police", "Budget", "Financing", "Documents"]


@then("the result of the part is not shown")
def shows_no_result(partner: Applicant) -> None:
    words = partner.whole_screen().upper().split()
    assert words
    assert not {"ELIGIBLE", "INELIGIBLE"} & set(words)


@when(parsers.re(rf'the partner answers {PLACE} with "(?P<text>.*)"'))
def partner_answers(partner: Applicant, field: str, text: str) -> None:
    partner.answer(PLACES[field], text)


@when(parsers.parse('somebody changes the fund in the part to "{fund}"'))
def changes_the_part(partner: Applicant, fund: str) -> None:
    partner.leave()
    partner.path.write_text(json.dumps(_document(partner) | {"fund": fund}), encoding="utf-8")
    partner.go_on(partner.path)


@when("they bring the part back")
def bring_back(applicant: Applicant, partner: Applicant) -> None:
    applicant.bring_part(partner.path)


@then(parsers.parse('they are told of the part that "{text}"'))
@then(parsers.parse('they are asked whether to take "{text}"'))
def are_told_of_the_part(applicant: Applicant, text: str) -> None:
    assert text in applicant.on_the_part()


@then(parsers.re('they see both "(?P<ours>[^"]*)" and "(?P<theirs>[^"]*)"'))
def see_both(applicant: Applicant, ours: str, theirs: str) -> None:
    shown = applicant.on_the_part()
    assert ours in shown
    assert theirs in shown


@when(parsers.re(rf"they choose the partner's answer to {PLACE}"))
def choose_the_partners_answer(applicant: Applicant, field: str) -> None:
    applicant.settle(PLACES[field])


@when("they take the changes")
def take_the_changes(applicant: Applicant) -> None:
    applicant.take_part()


@when(parsers.re(rf'they comment on {PLACE} with "(?P<text>.*)"'))
def comments(applicant: Applicant, field: str, text: str) -> None:
    applicant.comment(PLACES[field], text)


@then("the draft has the answers of the example again")
def has_the_answers_of_the_example(applicant: Applicant) -> None:
    assert _document(applicant) == json.loads((EXAMPLES / "eligible-lithuania-moldova.json").read_bytes())


@then(parsers.re(rf'{PLACE} is shown as "(?P<text>.*)"'))
def is_shown(applicant: Applicant, field: str, text: str) -> None:
    assert applicant.shown(PLACES[field]) == text


@then(parsers.re(rf"{PLACE} is not answered"))
def is_not_answered(applicant: Applicant, field: str) -> None:
    assert applicant.shown(PLACES[field]) == ""
    assert _at(_document(applicant), PLACES[field]) is None


@then(parsers.re(rf'"(?P<text>.*)" is in {PLACE}'))
def stands_in(applicant: Applicant, field: str, text: str) -> None:
    assert applicant.standing_text(PLACES[field]) == text


@then(parsers.re(rf'{PLACE} in the file is "(?P<text>.*)"'))
def is_in_the_file(applicant: Applicant, field: str, text: str) -> None:
    assert _at(_document(applicant), PLACES[field]) == text


@then(parsers.parse('the field "{name}" is still in the file'))
def is_still_in_the_file(applicant: Applicant, name: str) -> None:
    assert _document(applicant)[name] == "kept"


@then("the file is as it was")
def is_as_it_was(applicant: Applicant) -> None:
    data = applicant.path.read_bytes()
    assert data in [example.read_bytes() for example in EXAMPLES.glob("*.json")]


@then(parsers.parse('they are asked "{text}"'))
def is_asked_back(applicant: Applicant, text: str) -> None:
    assert text in applicant.asked_back()


@then(parsers.re('"(?P<first>[^"]*)" and "(?P<second>[^"]*)" are suggested'))
def are_suggested(applicant: Applicant, first: str, second: str) -> None:
    assert applicant.suggestions() == [first, second]


@then(parsers.re(r'the page "(?P<page>[^"]+)" (?:is )?(?P<state>not started|in progress|complete|has problems)'))
def is_in_state(applicant: Applicant, page: str, state: str) -> None:
    assert applicant.state(page) == state


@then(parsers.re(rf'the page "(?P<page>[^"]+)" asks for {PLACE}'))
def asks(applicant: Applicant, page: str, field: str) -> None:
    assert QUESTIONS[field] in applicant.asks(page)


@then(parsers.re(rf'the page "(?P<page>[^"]+)" does not ask for {PLACE}'))
def does_not_ask(applicant: Applicant, page: str, field: str) -> None:
    asked = applicant.asks(page)
    assert asked
    assert QUESTIONS[field] not in asked


@then(parsers.re(rf"there are {NUMBER} co-applicants"))
def there_are(applicant: Applicant, number: str) -> None:
    assert len(_names(applicant)) == int(number)


@then(parsers.re(rf'co-applicant {NUMBER} is called "(?P<name>.*)"'))
def is_called(applicant: Applicant, number: str, name: str) -> None:
    assert _names(applicant)[int(number) - 1] == name


@then(parsers.re('the co-applicants are "(?P<first>[^"]*)" and "(?P<second>[^"]*)"'))
def the_co_applicants_are(applicant: Applicant, first: str, second: str) -> None:
    assert _names(applicant) == [first, second]


@then("they have ids of their own")
def have_ids_of_their_own(applicant: Applicant) -> None:
    partners = _document(applicant)["co_applicants"]
    assert isinstance(partners, list)
    assert len({partner["id"] for partner in partners}) == len(partners)


@then(parsers.re("the verdict they see is (?P<verdict>[a-z]+)"))
def sees(applicant: Applicant, verdict: str) -> None:
    assert applicant.verdict() == verdict
    assert check_file(applicant.path.read_bytes()).verdict.value == verdict


@then(parsers.re("they see that (?P<rule>[A-Z]+-[0-9]+) (?P<what>is not met|no longer fails)"))
def see(applicant: Applicant, rule: str, what: str) -> None:
    assert f"{rule} {what}" in applicant.told()


@then(parsers.parse('they see under "{heading}" that "{text}"'))
def see_what_now(applicant: Applicant, heading: str, text: str) -> None:
    after = " ".join(applicant.what_now().split()).partition(heading)[2]
    assert after.lstrip(": ").startswith(text)


@then(parsers.re("(?P<rule>[A-Z]+-[0-9]+) (?P<what>waits for the co-applicants|does not wait)"))
def waits(applicant: Applicant, rule: str, what: str) -> None:
    report = check_file(applicant.path.read_bytes())
    (result,) = (result for result in report.results if result.rule == rule)
    assert (PARTNERS in result.missing) is (what != "does not wait")
    assert (result.status is Status.UNDECIDED) is (what != "does not wait")


@then("check says the same of the file")
def check_says_the_same(applicant: Applicant, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "--format", "json", str(applicant.path)])
    [report] = json.loads(capsys.readouterr().out)["reports"]
    assert report["verdict"] == applicant.verdict()


def _document(applicant: Applicant) -> dict[str, object]:
    document = json.loads(applicant.path.read_bytes())
    assert isinstance(document, dict)
    return document


def _at(document: object, place: str) -> object:
    for step in place.split("/")[1:]:
        document = document.get(step) if isinstance(document, dict) else None
    return document


def _names(applicant: Applicant) -> list[str]:
    partners = _document(applicant).get("co_applicants", [])
    assert isinstance(partners, list)
    return [partner.get("name") for partner in partners]
