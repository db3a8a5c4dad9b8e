"""What of a proposal belongs to an applicant, found out from the form: its record, and the entries that name it.

A list belongs to applicants where one of its questions is answered by the id of an applicant (``refers to``). An entry
of it is the applicant's whose id it names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy

from mpfcheck.drafting.comments import with_comment
from mpfcheck.drafting.document import Document, State, is_within, items_at, opened, value_at, with_items, with_value
from mpfcheck.drafting.session import Session
from mpfcheck.forms.form import Form, Group, Question
from mpfcheck.frozen import Frozen, changed
from mpfcheck.proposal.codes import COMMENTS
from mpfcheck.proposal.pointer import join, pointer

__all__ = ["Applicant", "Holdings", "OwnList", "applicants_of", "holdings_of", "identity_of"]


class Applicant(Frozen):
    """An applicant of a draft: its id, what it is called, and the place of its record."""

    id: str
    name: str
    place: str


class OwnList(Frozen):
    """A list whose entries belong to applicants, and the question that says to whom."""

    group: Group
    owner: Question

    @property
    def place(self) -> str:
        """Where the list is."""
        return pointer(self.group.field)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What an applicant is asked about its own entries."""
        return tuple(question for question in self.group.questions if question is not self.owner)

    def is_of(self, item: object, applicant: str) -> bool:
        """Tell whether an entry belongs to an applicant."""
        return isinstance(item, Mapping) and value_at(item, pointer(self.owner.field)) == applicant


class Holdings(Frozen):
    """What belongs to one applicant.

    ``record`` is the way to its record, or to the list the record is in; ``group`` that list, None where the record
    stands alone; ``questions`` what is asked about the record, the ways going from the record.
    """

    applicant: str
    record: tuple[str, ...]
    group: Group | None
    questions: tuple[Question, ...]
    lists: tuple[OwnList, ...]

    def record_in(self, document: Document) -> tuple[str, Mapping[str, object]] | None:
        """The place of the record in a document, and the record; None where there is none."""
        place = pointer(self.record)
        if self.group is None:
            found = value_at(document, place)
            return (place, found) if isinstance(found, Mapping) and identity_of(found) == self.applicant else None
        for number, item in enumerate(items_at(document, place)):
            if isinstance(item, Mapping) and identity_of(item) == self.applicant:
                return join(place, number), item
        return None

    def items_in(self, document: Document, own: OwnList) -> list[object]:
        """The entries of the applicant in a list."""
        return [item for item in items_at(document, own.place) if own.is_of(item, self.applicant)]

    def notes_in(self, document: Document) -> dict[str, str]:
        """The comments on the applicant's lists as a whole, by the way to the list."""
        held = value_at(document, f"/{COMMENTS}")
        ways = [own.place[1:] for own in self.lists]
        return {way: held[way] for way in ways if isinstance(held.get(way), str)} if isinstance(held, Mapping) else {}

    def extract(self, document: Document, *, empty_lists: bool = False) -> Document:
        """Only what belongs to the applicant, at the names it has in a proposal.

        With ``empty_lists``, a list is there too where the applicant has no entry, so that states can be compared entry
        by entry.
        """
        found: Document = {}
        record = self.record_in(document)
        if record is not None:
            found = with_value(found, pointer(self.record), record[1] if self.group is None else [record[1]])
        for own in self.lists:
            items = self.items_in(document, own)
            if items or empty_lists:
                found = with_items(found, own.place, items)
        if notes := self.notes_in(document):
            found = with_value(found, f"/{COMMENTS}", notes)
        return deepcopy(found)

    def put_back(self, state: State, part: Document) -> State:
        """The state with what belongs to the applicant as it is in ``part``; everything else stays.

        An entry keeps its place among those of others, and a text that was typed and not understood its field. A list
        that was not there is open then: other applicants may have entries for it.
        """
        document = state.document
        places = {at: at for at in state.unfinished}
        record, found = self.record_in(part), self.record_in(document)
        if record is not None:
            place = pointer(self.record)
            if found is not None or self.group is None:
                document = with_value(document, found[0] if found is not None else place, record[1])
            else:
                document = with_items(document, place, [*items_at(document, place), record[1]])
        for own in self.lists:
            old = items_at(document, own.place)
            new = self._placed(own, old, self.items_in(part, own))
            if [item for _, item in new] != old:
                absent = value_at(document, own.place) is None
                document = with_items(document, own.place, [item for _, item in new])
                document = opened(document, own.place) if absent else document
                places = _moved(places, own.place, [number for number, _ in new])
        notes, noted = self.notes_in(part), self.notes_in(document)
        for way in noted.keys() | notes:
            if notes.get(way) != noted.get(way):
                document = with_comment(document, f"/{way}", notes.get(way, ""))
        texts = {
            new_place: state.unfinished[old_place]
            for old_place, new_place in places.items()
            # Where the part brought an answer, the text has no place any more.
            if value_at(document, new_place) == value_at(state.document, old_place)
        }
        return State(document, texts)

    def _placed(self, own: OwnList, old: Sequence[object], items: Sequence[object]) -> list[tuple[int | None, object]]:
        """The entries of all, each with the number it had: the applicant's take the places its own had."""
        coming = {identity for item in items if (identity := identity_of(item))}
        as_many = sum(own.is_of(item, self.applicant) for item in old) == len(items)
        rest = list(items)
        new: list[tuple[int | None, object]] = []
        end = None
        for number, item in enumerate(old):
            if own.is_of(item, self.applicant):
                if rest:
                    taken = rest.pop(0)
                    is_same = identity_of(item) == identity_of(taken) and (bool(identity_of(item)) or as_many)
                    new.append((number if is_same else None, taken))
                end = len(new)
            elif not (identity_of(item) and identity_of(item) in coming):
                # Another applicant's entry with one of these ids is the same entry, which comes back.
                new.append((number, item))
        end = len(new) if end is None else end
        new[end:end] = [(None, item) for item in rest]
        return new


def _moved(places: Mapping[str, str], place: str, old_numbers: Sequence[int | None]) -> dict[str, str]:
    """Where things are once the entries of a list are numbered anew; what is in an entry that is gone goes with it."""
    new_number = {old: new for new, old in enumerate(old_numbers) if old is not None}
    found: dict[str, str] = {}
    for old_place, at in places.items():
        number, slash, rest = at.removeprefix(f"{place}/").partition("/")
        if not is_within(at, place) or not number.isdecimal():
            found[old_place] = at
        elif (moved := new_number.get(int(number))) is not None:
            found[old_place] = f"{place}/{moved}{slash}{rest}"
    return found


def identity_of(item: object) -> str:
    """The id of a record, empty where it has none."""
    found = item.get("id") if isinstance(item, Mapping) else None
    return found if isinstance(found, str) else ""


def applicants_of(session: Session) -> tuple[Applicant, ...]:
    """The applicants that have an id, in the order of the form."""
    known = {choice.code for own in _lists(session.form) for choice in session.choices(own.owner)}
    found: dict[str, Applicant] = {}
    for place, record in _records(session.form, session.document):
        identity = identity_of(record)
        if identity in known and identity not in found:
            name = record.get("name")
            words = " ".join(name.split()) if isinstance(name, str) else ""
            found[identity] = Applicant(identity, words or identity, place)
    return tuple(found.values())


def holdings_of(form: Form, document: Document, applicant: str) -> Holdings | None:
    """What belongs to an applicant in a document, None where the document has no record with this id."""
    for holdings in _possible(form, applicant):
        if holdings.record_in(document) is not None:
            return holdings
    return None


def _possible(form: Form, applicant: str) -> Iterator[Holdings]:
    """The records that may have the id: those that stand alone, then the entries of lists that name no applicant."""
    lists = _lists(form)
    for way in _holders(form):
        questions = tuple(
            changed(question, field=question.field[len(way) :])
            for _, question in form.questions()
            if question.field[: len(way)] == way and len(question.field) > len(way)
        )
        yield Holdings(applicant, way, None, questions, lists)
    for _, part in form.parts():
        if isinstance(part, Group) and all(own.group is not part for own in lists):
            yield Holdings(applicant, part.field, part, part.questions, lists)


def _records(form: Form, document: Document) -> Iterator[tuple[str, Mapping[str, object]]]:
    for holdings in _possible(form, ""):
        place = pointer(holdings.record)
        if holdings.group is None:
            found = value_at(document, place)
            if isinstance(found, Mapping):
                yield place, found
            continue
        for number, item in enumerate(items_at(document, place)):
            if isinstance(item, Mapping):
                yield join(place, number), item


def _holders(form: Form) -> tuple[tuple[str, ...], ...]:
    """The ways to the objects that questions of the form are about, the outermost first."""
    found: dict[tuple[str, ...], None] = {}
    for _, part in form.parts():
        if isinstance(part, Question):
            for length in range(1, len(part.field)):
                found[part.field[:length]] = None
    return tuple(sorted(found, key=len))


def _lists(form: Form) -> tuple[OwnList, ...]:
    """The lists whose entries name the applicant they belong to."""
    found: list[OwnList] = []
    for _, part in form.parts():
        if isinstance(part, Group):
            owner = next((question for question in part.questions if question.refers_to), None)
            if owner is not None:
                found.append(OwnList(part, owner))
    return tuple(found)
