"""A part has what belongs to one applicant and asks for nothing else; what comes back is taken only where asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator, Registry

from mpfcheck.api.schemas import schema_text
from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Status, Verdict
from mpfcheck.drafting.desk import Desk
from mpfcheck.drafting.dialogues.pasting import paste_table
from mpfcheck.drafting.dialogues.steps import Choose, Step, run
from mpfcheck.drafting.document import Document, items_at, value_at, with_value, without
from mpfcheck.drafting.parts.bringing import GoneError, bringing_of
from mpfcheck.drafting.parts.holdings import applicants_of, holdings_of
from mpfcheck.drafting.parts.part import PartError, as_part, part_in, part_of, scope_of
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.store.json_file import as_json, from_json
from mpfcheck.drafting.store.merge import Side
from mpfcheck.forms.load import load_form
from mpfcheck.packs.load import load_call
from tests.drafting.conftest import EXAMPLES, example

DRAFT = "eligible-lithuania-moldova.json"
PARTNER = "bp-md"
Start = Callable[[Document], Session]


@pytest.fixture
def lead(start: Start) -> Session:
    return start(example(DRAFT))


def sent(lead: Session, applicant: str = PARTNER) -> Document:
    """The file that goes to a partner, as the partner reads it."""
    holdings = holdings_of(lead.form, lead.document, applicant)
    assert holdings is not None
    return from_json(as_json(as_part(lead, holdings, "Border Police", "state", "Please check.")))


def opened(lead: Session, document: Document) -> Session:
    """A part as its partner sees it."""
    form, scope = scope_of(part_of(document, "part"), lead.form)
    return lead.part(form, document, scope)


def proposals() -> list[Path]:
    """One example of each call."""
    found: dict[object, Path] = {}
    for path in [*sorted(EXAMPLES.glob("*.json")), *sorted(EXAMPLES.glob("other-calls/*.json"))]:
        if not path.name.startswith("broken"):
            found.setdefault(from_json(path.read_bytes()).get("call"), path)
    return list(found.values())


@pytest.mark.parametrize("path", proposals(), ids=lambda path: path.stem)
def test_every_applicant_of_every_call_is_asked_for_its_own_fields_only(path: Path) -> None:
    document = from_json(path.read_bytes())
    call = load_call(str(document["call"]))
    whole = Session(Checker(call), load_form(call), document)
    for applicant in applicants_of(whole):
        holdings = holdings_of(whole.form, document, applicant.id)
        assert holdings is not None
        part = opened(whole, sent(whole, applicant.id))
        assert part.scope is not None
        assert part.verdict is None, "a part has no verdict"
        assert {result.status for result in part.results()} <= {Status.PASS, Status.FAIL}
        assert (part.unclear(), part.doubtful()) == ((), ())
        named = [
            value_at(one, "/".join(("", *own.owner.field)))
            for own in holdings.lists
            for one in items_at(part.document, own.place)
        ]
        assert set(named) <= {applicant.id}
        assert holdings.put_back(whole.state, holdings.extract(part.document)) == whole.state
        owned = [holdings.record, *(own.group.field for own in holdings.lists)]
        for way, _ in part.form.questions():
            assert any(way[: len(own)] == own for own in owned), f"{way} belongs to somebody else"


def test_a_part_is_what_its_published_schema_says(lead: Session) -> None:
    schema = json.loads(schema_text("part"))
    registry = Registry([("urn:mpfcheck:proposal:1", json.loads(schema_text("proposal")))])
    validator = Draft202012Validator(schema, registry=registry)
    part = json.loads(as_json(sent(lead)))
    validator.validate(part)
    for name in schema["$defs"]["About"]["required"]:
        broken = without(part, f"/part/{name}")
        assert not validator.is_valid(broken)
        with pytest.raises(PartError, match="missing or not valid"):
            part_of(broken, "part.json")


def test_a_rule_is_shown_where_the_part_alone_decides_it(lead: Session) -> None:
    """Lists of a part are not complete: what fails for these entries fails for the whole, and no sum is judged."""
    part = opened(lead, sent(lead))
    assert part.results() == ()
    part.answer("/budget/lines/0/amount", "1")
    assert [(one.rule, one.status) for one in part.results()] == [("BUDGET-2", Status.FAIL)]
    whole = lead.beside(lead.state)
    whole.answer("/budget/lines/1/amount", "1")
    assert whole.verdict is Verdict.INELIGIBLE


def test_a_question_of_the_record_is_asked_under_its_own_condition(lead: Session) -> None:
    part = opened(lead, sent(lead))
    page = part.pages()[0]
    level, non_profit = "/co_applicants/0/level", "/co_applicants/0/non_profit"
    assert [one.pointer in (level,) for one in part.questions(page)].count(True) == 1
    part.choose("/co_applicants/0/kind", "ngo")
    places = {one.pointer for one in part.questions(page)}
    assert (level in places, non_profit in places) == (False, True)
    part.choose(non_profit, value=False)
    asked = part.at(non_profit)
    assert asked is not None
    assert [one.rule for one in part.results_for(asked.question)] == ["COAPP-4"]
    assert [one.rule for one in part.results_on(page)] == ["COAPP-4"]


def test_entries_of_two_partners_never_have_one_id(lead: Session) -> None:
    document = sent(lead)
    one, other = opened(lead, document), opened(lead, document)
    places = [part.add("/budget/lines") for part in (one, other)]
    ids = {value_at(part.document, f"{place}/id") for part, place in zip((one, other), places, strict=True)}
    known = {value_at(line, "/id") for line in items_at(lead.document, "/budget/lines") if isinstance(line, dict)}
    assert len(ids) == 2
    assert not ids & known
    for part, place in zip((one, other), places, strict=True):
        assert value_at(part.document, f"{place}/applicant") == PARTNER


def test_a_table_pasted_into_a_part_is_the_partners(lead: Session) -> None:
    part = opened(lead, sent(lead))

    def show(step: Step) -> object:
        return "add" if isinstance(step, Choose) else None

    table = "Heading\tDescription\tQuantity\tUnit cost\tAmount\nTravel\tFlight\t4\t250\t1000\n"
    assert run(paste_table(part, "/budget/lines", table), show)
    taken = bringing_of(lead, part_of(part.document, "part"))
    assert [(one.sign, one.subject) for one in taken.changes({})] == [("+", "Budget line: Flight")]
    after = taken.state(lead.state, {})
    assert len(items_at(after.document, "/budget/lines")) == len(items_at(lead.document, "/budget/lines")) + 1


@pytest.mark.parametrize(
    ("place", "value", "where"),
    [
        ("/fund", "ISF", "fund"),
        ("/budget/total", "1.00", "Budget, Total"),
        ("/co_applicants/0/annex", {"x": 1}, "Border Police, annex"),
        ("/budget/lines/0/applicant", "lead", "Budget, Human resources"),
        ("/budget/lines/0/unknown", "x", "Budget, Human resources"),
        ("/lead", {"id": "lead", "name": "Another"}, "lead name"),
    ],
)
def test_what_the_partner_was_not_asked_for_is_refused_and_named(
    lead: Session, place: str, value: object, where: str
) -> None:
    changed = with_value(sent(lead), place, value)
    bringing = bringing_of(lead, part_of(changed, "part"))
    assert bringing.refused, "nothing is left out in silence"
    assert bringing.changes({}) == ()
    assert bringing.state(lead.state, {}) is lead.state


def test_an_entry_of_another_applicant_is_refused(lead: Session) -> None:
    document = sent(lead)
    lines = [*items_at(document, "/budget/lines"), {"id": "x", "applicant": "lead", "description": "Mine"}]
    lines.append({"id": "7", "applicant": PARTNER, "description": "By the id of another's line"})
    bringing = bringing_of(lead, part_of(with_value(document, "/budget/lines", lines), "part"))
    assert len(bringing.refused) == 2
    assert bringing.changes({}) == ()


def test_values_that_are_no_answers_are_refused(lead: Session) -> None:
    document = with_value(sent(lead), "/budget/lines/0/amount", "much")
    with pytest.raises(PartError, match="not an answer"):
        bringing_of(lead, part_of(document, "part"))


def test_a_part_for_another_call_is_refused(lead: Session) -> None:
    with pytest.raises(PartError, match="This part is for the call"):
        bringing_of(lead, part_of(with_value(sent(lead), "/call", "mpf-2022-amif"), "part"))


def test_an_answer_changed_on_both_sides_waits_for_a_choice(lead: Session) -> None:
    part = opened(lead, sent(lead))
    part.answer("/co_applicants/0/name", "Their name")
    lead.answer("/co_applicants/0/name", "Our name")
    bringing = bringing_of(lead, part_of(part.document, "part"))
    assert [(one.pointer, one.ours, one.theirs) for one in bringing.fields] == [
        ("/co_applicants/0/name", "Our name", "Their name")
    ]
    with pytest.raises(ValueError, match="Choose one side"):
        bringing.state(lead.state, {})
    kept = bringing.state(lead.state, bringing.all_of(Side.OURS))
    assert kept is lead.state


def test_in_the_next_round_only_what_both_changed_since_is_asked(lead: Session) -> None:
    """The partner goes on in the same file: its base is old, but the draft remembers what came from it."""
    part = opened(lead, sent(lead))
    part.answer("/co_applicants/0/name", "First")
    first = bringing_of(lead, part_of(part.document, "part"))
    lead.replace(first.state(lead.state, {}).document)
    part.answer("/co_applicants/0/name", "Second")
    read = part_of(part.document, "part")
    assert len(bringing_of(lead, read).fields) == 1
    again = bringing_of(lead, read, first.memory({}))
    assert again.fields == ()
    assert [change.details for change in again.changes({})] == [("Name: First → Second",)]


def test_an_applicant_that_was_removed_meanwhile_comes_back_only_where_that_is_wanted(lead: Session) -> None:
    part = opened(lead, sent(lead))
    lead.remove("/co_applicants/0")
    untouched = bringing_of(lead, part_of(part.document, "part"))
    assert untouched.changes({}) == ()
    part.answer("/co_applicants/0/name", "Still here")
    read = part_of(part.document, "part")
    with pytest.raises(GoneError):
        bringing_of(lead, read)
    back = bringing_of(lead, read, put_back=True).state(lead.state, {})
    names = [value_at(one, "/name") for one in items_at(back.document, "/co_applicants") if isinstance(one, dict)]
    assert "Still here" in names


def test_a_list_that_a_part_begins_is_not_complete(lead: Session) -> None:
    """Other partners may have lines for it: no rule may count it as the whole budget."""
    lead.replace(without(lead.document, "/budget/lines"))
    part = opened(lead, sent(lead))
    line = part.add("/budget/lines")
    part.answer(f"{line}/description", "Flights")
    after = bringing_of(lead, part_of(part.document, "part")).state(lead.state, {})
    assert value_at(after.document, "/open") == ["/budget/lines"]


def test_texts_that_are_no_answers_yet_stay_with_their_entries(lead: Session) -> None:
    lead.answer("/budget/lines/7/amount", "a lot")
    assert lead.state.unfinished == {"/budget/lines/7/amount": "a lot"}
    part = opened(lead, sent(lead))
    part.remove("/budget/lines/0")
    after = bringing_of(lead, part_of(part.document, "part")).state(lead.state, {})
    assert after.unfinished == {"/budget/lines/6/amount": "a lot"}


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b'{"format": "mpfcheck-part/1"}', b'{"format": "mpfcheck-part/1", "call": "x", "part": 1}',
     b'{"format": "mpfcheck-part/1", "call": "x", "part": {"base": []}}', b"{" * 100_000, b"\xff\xfe\x00"],
)  # fmt: skip
def test_a_file_that_is_no_part_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(PartError):
        part_in(data, "part.json")


def test_a_part_whose_applicant_is_not_in_it_is_refused(lead: Session, tmp_path: Path) -> None:
    path = tmp_path / "part.json"
    path.write_bytes(as_json(with_value(sent(lead), "/part/applicant", "nobody")))
    with pytest.raises(PartError, match="no record of the applicant"):
        Desk().open(path, read_only=True)
