"""A lead and partners who edit, send, merge and undo in any order: no answer is lost, and nothing else changes.

Every text that anybody types is typed once. So it can be looked for: in the draft, in an earlier state, in an answer
that was declined and kept, or in a part that was not taken because somebody has to choose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import ProposalReport
from mpfcheck.drafting.desk import Work
from mpfcheck.drafting.dialogues.partners import take
from mpfcheck.drafting.document import Document, items_at, without
from mpfcheck.drafting.parts.bringing import GIVEN_AWAY, Bringing, GoneError, bringing_of
from mpfcheck.drafting.parts.holdings import holdings_of
from mpfcheck.drafting.parts.part import as_part, part_of, scope_of
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.store.json_file import as_json, from_json
from mpfcheck.drafting.store.merge import Side
from mpfcheck.forms.form import Form
from mpfcheck.proposal.reader import Answers
from tests.drafting.conftest import CALL

LINES, DOCUMENTS = "/budget/lines", "/documents"
PARTNERS = ("co-1", "co-2")
BEGIN: Document = {
    "format": "mpfcheck-proposal/1",
    "call": CALL,
    "title": "Safer documents",
    "lead": {"id": "lead", "name": "Border Guard"},
    "co_applicants": [{"id": "co-1", "name": "t1"}, {"id": "co-2", "name": "t2"}],
    "budget": {
        "lines": [
            {"id": "1", "applicant": "co-1", "description": "t3"},
            {"id": "2", "applicant": "lead", "description": "t4"},
            {"id": "3", "applicant": "co-1", "description": "t5"},
            {"id": "4", "applicant": "co-2", "description": "t6"},
        ]
    },
    "documents": [
        {"applicant": "co-2", "issuer": "t7"},
        {"applicant": "co-1", "issuer": "t8"},
        {"applicant": "co-1", "issuer": "t9"},
    ],
}
EDITS = ("name", "describe", "add line", "issuer", "add document", "remove line", "remove document", "move line")
numbers = st.integers(0, 5)
steps = st.one_of(
    st.tuples(st.just("lead"), st.sampled_from((*EDITS, "give away", "remove applicant")), numbers),
    st.tuples(st.just("send"), st.sampled_from(PARTNERS), numbers),
    st.tuples(st.just("partner"), st.sampled_from(EDITS), numbers),
    st.tuples(st.just("partner"), st.sampled_from(EDITS), numbers),
    st.tuples(st.just("copy"), st.just(""), numbers),
    st.tuples(st.just("merge"), st.sampled_from(("ours", "theirs", "mixed", "later")), numbers),
    st.tuples(st.just("merge"), st.sampled_from(("ours", "theirs", "mixed", "later")), numbers),
    st.tuples(st.just("undo"), st.just(""), numbers),
)


class NoFile:
    """What is kept beside a draft, without a disk."""

    def __init__(self) -> None:
        self.memory: dict[str, Document] = {}
        self.declined: list[Document] = []

    def part(self, part_id: str) -> Document:
        return self.memory.get(part_id, {})

    def keep_part(self, part_id: str, memory: Document, declined: Document | None = None) -> None:
        self.memory[part_id] = from_json(as_json(memory))
        self.declined += [] if declined is None else [declined]


def texts_in(value: object) -> Iterator[str]:
    """The texts that were typed."""
    if isinstance(value, str) and re.fullmatch("t[0-9]+", value):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from texts_in(inner)


class Office:
    """The lead, and the partners with their parts."""

    def __init__(self, checker: Checker, form: Form) -> None:
        self.checker, self.form = checker, form
        self.file = NoFile()
        self.lead = Session(checker, form, BEGIN)
        self.parts: list[Session] = []
        self.states: list[Document] = [BEGIN]
        self.typed = 9

    def step(self, who: str, what: str, number: int) -> None:
        if who == "lead":
            self.edit(self.lead, what, number)
            self.states.append(self.lead.document)
        elif who == "send" and (holdings := holdings_of(self.form, self.lead.document, what)):
            document = as_part(self.lead, holdings, what, "")
            self.parts.append(self.opened(document))
        elif who == "undo":
            self.lead.undo()
        elif self.parts:
            part = self.parts[number % len(self.parts)]
            if who == "partner":
                self.edit(part, what, number)
            elif who == "copy":
                self.parts.append(self.opened(part.document))
            else:
                self.merge(part, what)

    def opened(self, document: Document) -> Session:
        """A part as its partner opens it: from its file."""
        read = from_json(as_json(document))
        form, scope = scope_of(part_of(read, "part"), self.form)
        return Session(self.checker, form, read, scope=scope)

    def edit(self, session: Session, what: str, number: int) -> None:
        lines, documents = (items_at(session.document, place) for place in (LINES, DOCUMENTS))
        own = items_at(session.document, "/co_applicants")
        owner = PARTNERS[number % 2]
        if what == "name" and own:
            self.type(session, f"/co_applicants/{number % len(own)}/name")
        elif what == "describe" and lines:
            self.type(session, f"{LINES}/{number % len(lines)}/description")
        elif what == "issuer" and documents:
            self.type(session, f"{DOCUMENTS}/{number % len(documents)}/issuer")
        elif what in ("add line", "add document"):
            item = session.add(LINES if what == "add line" else DOCUMENTS)
            if session.scope is None:
                session.choose(f"{item}/applicant", owner)
            self.type(session, f"{item}/{'description' if what == 'add line' else 'issuer'}")
        elif what == "remove line" and lines:
            session.remove(f"{LINES}/{number % len(lines)}")
        elif what == "remove document" and documents:
            session.remove(f"{DOCUMENTS}/{number % len(documents)}")
        elif what == "move line" and lines:
            session.move(f"{LINES}/{number % len(lines)}", 1)
        elif what == "give away" and lines:
            session.choose(f"{LINES}/{number % len(lines)}/applicant", owner)
        elif what == "remove applicant" and own and number == 0:
            session.remove("/co_applicants/0")

    def type(self, session: Session, place: str) -> None:
        self.typed += 1
        session.answer(place, f"t{self.typed}")

    def merge(self, part: Session, how: str) -> None:
        read = part_of(from_json(as_json(part.document)), "part")
        memory = self.file.part(read.id)
        before = self.lead.state
        try:
            bringing = bringing_of(self.lead, read, memory)
        except GoneError:
            if how in ("ours", "later"):
                return
            bringing = bringing_of(self.lead, read, memory, put_back=True)
        if bringing.refused:
            # The lead gave a line to somebody else after it had come with this part: it is named, and stays there.
            assert {one.why for one in bringing.refused} == {GIVEN_AWAY}
            return
        if how == "later" and bringing.fields:
            return
        sides = [Side.OURS, Side.THEIRS]
        choices = bringing.all_of(sides[how == "theirs"])
        if how == "mixed":
            choices = {one.pointer: sides[number % 2] for number, one in enumerate(bringing.fields)}
        take(Work(self.lead, self.file), bringing, choices)  # type: ignore[arg-type]
        self.states.append(self.lead.document)
        self.holds_after(bringing, choices, before.document)
        again = bringing_of(self.lead, read, self.file.part(read.id), put_back=True)
        assert (again.fields, again.changes({})) == ((), ()), "a part that is merged twice says nothing new"
        if self.lead.state is not before:
            self.lead.undo()
            assert self.lead.state == before, "undo takes the whole merge back"
            self.lead.redo()

    def holds_after(self, bringing: Bringing, choices: Mapping[str, Side], before: Document) -> None:
        after, base = self.lead.document, set(texts_in(bringing.part.base))
        theirs = set(texts_in({k: v for k, v in bringing.part.document.items() if k != "part"}))
        declined = set(texts_in(self.file.declined))
        assert theirs - set(texts_in(after)) <= base | declined, "an answer of the partner is lost"
        settled = {**bringing.settled, **choices}
        given_up = [one.ours for one in bringing.conflict.fields if settled[one.pointer] is not Side.OURS]
        assert set(texts_in(before)) - set(texts_in(after)) <= base | set(texts_in(given_up)), "a lead's answer is lost"
        assert self.outside(bringing, before) == self.outside(bringing, after), "something outside the part changed"

    @staticmethod
    def outside(bringing: Bringing, document: Document) -> list[object]:
        """All that does not belong to the applicant, in its order; of a list that was given away, all but its ids."""
        holdings = bringing.holdings
        coming = {one["id"] for one in items_at(bringing.conflict.theirs, LINES) if isinstance(one, dict)}
        rest = without(document, "/open")
        found: list[object] = []
        for own in holdings.lists:
            mine = [own.is_of(item, holdings.applicant) for item in items_at(document, own.place)]
            others = [item for item, is_own in zip(items_at(document, own.place), mine, strict=True) if not is_own]
            found += [item for item in others if not (isinstance(item, dict) and item.get("id") in coming)]
            rest = without(rest, own.place)
        applicants = items_at(document, "/co_applicants")
        found += [item for item in applicants if isinstance(item, dict) and item["id"] != holdings.applicant]
        return [*found, without(rest, "/co_applicants")]

    def found(self) -> set[str]:
        """The texts that can still be had somewhere."""
        return set(texts_in([self.lead.document, *self.states, *self.file.declined]))


class Silent(Checker):
    """Says the same of every draft: rules take most of the time, and no answer depends on them."""

    @cached_property
    def _always(self) -> ProposalReport:
        return super().report({})

    def report(self, answers: Answers, **_: object) -> ProposalReport:
        return self._always


@pytest.fixture(scope="module")
def office(checker: Checker, form: Form) -> Callable[[], Office]:
    silent = Silent(checker.call)
    return lambda: Office(silent, form)


@settings(max_examples=25)
@given(st.lists(steps, min_size=4, max_size=16))
@example([("send", "co-1", 0), ("lead", "add document", 0), ("partner", "add document", 0)])
@example([("send", "co-1", 0), ("lead", "remove line", 0), ("partner", "remove line", 1)])
def test_no_answer_is_lost_and_nothing_outside_a_part_changes(
    office: Callable[[], Office], done: list[tuple[str, str, int]]
) -> None:
    office_now = office()
    for who, what, number in done:
        office_now.step(who, what, number)
    known = office_now.found()
    waiting = set(texts_in([one.document for one in office_now.parts]))
    for part in office_now.parts:
        office_now.merge(part, "theirs")
    # What was still with the partners is in the draft now, or was replaced by another part of the same applicant.
    assert waiting <= known | office_now.found()
