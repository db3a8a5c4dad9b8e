"""A part brought back into its draft: what it changes, what the draft and the part answer differently, what is refused.

Nothing is taken where somebody must choose and has not. Only what the partner was asked for is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mpfcheck.drafting.changes import ChangeLine, answers_in_words, differences
from mpfcheck.drafting.comments import are_comments
from mpfcheck.drafting.document import Document, State, value_at, with_value, without
from mpfcheck.drafting.parts.holdings import Holdings, OwnList, holdings_of, identity_of
from mpfcheck.drafting.parts.part import Part, PartError, project_of, scope_of
from mpfcheck.drafting.reading import read_draft
from mpfcheck.drafting.scope import PART
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.store.json_file import Draft, as_json, same
from mpfcheck.drafting.store.merge import Conflict, FieldConflict, Side, keyed
from mpfcheck.forms.form import Question
from mpfcheck.frozen import Frozen
from mpfcheck.proposal.codes import COMMENTS
from mpfcheck.proposal.fields import Code, Text
from mpfcheck.proposal.pointer import join, pointer
from mpfcheck.proposal.unfinished import OPEN
from mpfcheck.same_name import name_key

__all__ = ["GIVEN_AWAY", "Bringing", "GoneError", "Refusal", "bringing_of", "is_of_this_draft"]


class Refusal(Frozen):
    """Something in a part that is not taken: where it is, in words, and why."""

    subject: str
    why: str


class GoneError(PartError):
    """The draft no longer has the applicant of a part that has something new."""


class Bringing(Frozen):
    """What bringing a part back does to a draft.

    ``fields`` were answered differently in the draft and in the part since it was made: each needs a choice, ``ours``
    for the draft; ``settled`` are those of them that were chosen before. ``before`` is what the draft has of the
    applicant. ``session`` is one on the part as it would be with the draft's answers there, for words.
    """

    part: Part
    session: Session
    holdings: Holdings
    before: Document
    conflict: Conflict
    fields: tuple[FieldConflict, ...]
    settled: Mapping[str, Side]
    refused: tuple[Refusal, ...]

    def all_of(self, side: Side) -> Mapping[str, Side]:
        """One side for every field; where each side added an entry, both for theirs."""
        return {
            field.pointer: Side.BOTH if side is Side.THEIRS and Side.BOTH in field.choices else side
            for field in self.fields
        }

    def document(self, choices: Mapping[str, Side]) -> Document:
        """The fields of the part as they are with these choices; raises ValueError where one is missing."""
        return self.conflict.resolve({**self.settled, **choices})

    def changes(self, choices: Mapping[str, Side]) -> tuple[ChangeLine, ...]:
        """What changes in the draft with these choices, in the order of the form."""
        return tuple(_changes(self.session, self.holdings, self.before, self.document(choices)))

    def state(self, state: State, choices: Mapping[str, Side]) -> State:
        """The state of the draft with the part in it; that state itself where nothing changes."""
        return self.holdings.put_back(state, self.document(choices)) if self.changes(choices) else state

    def memory(self, choices: Mapping[str, Side]) -> Draft:
        """What to know of this part when it comes again: its fields, and the answers that were not taken."""
        declined = [
            {"pointer": field.pointer, "ours": field.ours, "theirs": field.theirs}
            for field in self.conflict.fields
            if {**self.settled, **choices}[field.pointer] is Side.OURS
        ]
        return {"fields": self.conflict.theirs, "declined": declined}


def is_of_this_draft(session: Session, part: Part, states: Sequence[str]) -> bool:
    """Tell whether a part was made from a draft: from one of the ``states`` (SHA-256), or of the same project."""
    project = project_of(session.document)
    return part.state in states or bool(part.project and name_key(part.project) == name_key(project))


def bringing_of(session: Session, part: Part, memory: Document | None = None, *, put_back: bool = False) -> Bringing:
    """What bringing a part back does to the draft of a session, which stays as it is.

    ``memory`` is what is known of the part since it came the last time. ``put_back`` lets an applicant that the draft
    no longer has come back with its part. Raises PartError where the part is for another call, or has values that are
    no answers; GoneError where the draft no longer has the applicant and it is not to come back.
    """
    if part.call != session.call.id:
        message = f"This part is for the call {part.call}. The draft is for {session.call.id}."
        raise PartError("part", message, "Choose the draft that the part was made from.")
    form, scope = scope_of(part, session.form)
    theirs_whole = scope.proposal(part.document)
    if misfits := read_draft(theirs_whole).misfits:
        place, misfit = next(iter(misfits.items()))
        title = session.part(form, part.document, scope).title_of(place) or place
        message = f"The part has a value that is not an answer. {title}: {misfit.message}"
        raise PartError("part", message, "Open the part, correct it, and bring it back again.")
    holdings = _holdings(session, part)
    refused: list[Refusal] = []
    names = session.part(form, part.document, scope)
    theirs = _requested_changes(session, holdings, part, names, refused)
    base, before = (holdings.extract(one, empty_lists=True) for one in (part.base, session.document))
    ours = before
    if holdings.record_in(session.document) is None and not same(base, theirs):
        if not put_back:
            message = f"The draft no longer has the applicant {part.name}."
            raise GoneError("part", message, "Put the applicant back with its part, or leave the part.")
        was = holdings.record_in(base)
        way = pointer(holdings.record)
        ours = ours if was is None else with_value(ours, way, was[1] if holdings.group is None else [was[1]])
    conflict = Conflict(dict(base), dict(ours), dict(theirs), as_json(theirs))
    settled = _settled(conflict, memory or {}, holdings)
    fields = tuple(field for field in conflict.fields if field.pointer not in settled)
    shown = conflict.resolve({field.pointer: _visible(field) for field in conflict.fields})
    beside = session.part(form, {**shown, "call": part.call}, scope)
    return Bringing(part, beside, holdings, before, conflict, fields, settled, tuple(refused))


def _settled(conflict: Conflict, memory: Document, holdings: Holdings) -> Mapping[str, Side]:
    """The fields that need no choice any more: those that only the partner changed since the part came before.

    And those where the draft's was chosen from the very same two answers, and lists that the part changes as it did
    before, where the draft has these changes; of entries that both sides added, those that the draft has taken already.
    """
    fields = memory.get("fields")
    declined = _list(memory, "/declined")
    if not isinstance(fields, Mapping):
        return {}
    then = dict(holdings.extract(fields, empty_lists=True))
    since = Conflict(then, conflict.ours, conflict.theirs, conflict.theirs_data)
    asked_since = {field.pointer: Side.OURS for field in since.fields}
    merged = since.resolve(asked_since)
    settled: dict[str, Side] = {}
    for field in conflict.fields:
        pair = {"pointer": field.pointer, "ours": field.ours, "theirs": field.theirs}
        said_before = same(value_at(fields, field.pointer), field.theirs) and _has_changes(field)
        if said_before or _is_taken(field, fields, conflict.ours) or any(same(pair, one) for one in declined):
            settled[field.pointer] = Side.OURS
        elif field.pointer not in asked_since and same(value_at(merged, field.pointer), field.theirs):
            settled[field.pointer] = Side.THEIRS
    return settled


def _is_taken(field: FieldConflict, fields: Document, ours: Document) -> bool:
    """Whether a field is an entry of both sides, of which the partner's came before and is in the draft."""
    place = field.pointer.rpartition("/")[0]
    both = Side.BOTH in field.choices
    return both and all(_is_among(field.theirs, _list(document, place)) for document in (fields, ours))


def _has_changes(field: FieldConflict) -> bool:
    """Whether the draft has, of a list, all that the part changed in it: the new entries, and none of the removed."""
    base, ours, theirs = field.base or [], field.ours, field.theirs
    if not (isinstance(base, list) and isinstance(ours, list) and isinstance(theirs, list)):
        return False
    new = [entry for entry in theirs if not _is_among(entry, base)]
    gone = [entry for entry in base if not _is_among(entry, theirs)]
    return all(_is_among(entry, ours) for entry in new) and not any(_is_among(entry, ours) for entry in gone)


def _is_among(entry: object, entries: Sequence[object]) -> bool:
    return any(same(entry, one) for one in entries)


def _visible(field: FieldConflict) -> Side:
    """A side that leaves every place that is to be chosen where it is."""
    if Side.BOTH in field.choices:
        return Side.BOTH
    return Side.THEIRS if field.ours is None else Side.OURS


def _holdings(session: Session, part: Part) -> Holdings:
    """What belongs to the applicant in the draft; as in the part, where the draft no longer has it."""
    found = holdings_of(session.form, session.document, part.applicant)
    if found is None:
        found = holdings_of(session.form, part.document, part.applicant)
    assert found is not None  # noqa: S101 - the short form needs it too
    return found


def _requested_changes(
    session: Session, holdings: Holdings, part: Part, names: Session, refused: list[Refusal]
) -> Document:
    """The fields of the part with only the changes that were asked for; the others go to ``refused``."""
    document, base = part.document, part.base
    known = {"format", "call", PART, OPEN}
    record, old_record = holdings.record_in(document), holdings.record_in(base)
    theirs: Document = {}
    if record is not None:
        place, found = record
        before = {} if old_record is None else old_record[1]
        cleaned = _cleaned(found, before, holdings.questions, {"id": holdings.applicant})
        _refuse(names, place, found, cleaned, refused)
        way = pointer(holdings.record)
        theirs = with_value(theirs, way, cleaned if holdings.group is None else [cleaned])
    for own in holdings.lists:
        theirs = with_value(theirs, own.place, _own_items(session, holdings, own, part, names, refused))
    own_places = {own.place for own in holdings.lists} | {pointer(holdings.record)}
    rest: Document = {name: value for name, value in document.items() if name not in known}
    for place in own_places:
        if holdings.group is not None and place == pointer(holdings.record):
            others = [one for one in _list(rest, place) if identity_of(one) != holdings.applicant]
            if others:
                refused.append(Refusal(names.title_of(place) or place, "The part has a record of another applicant."))
        rest = without(rest, place)
    notes = holdings.notes_in(document)
    if notes and are_comments(notes):
        theirs = with_value(theirs, f"/{COMMENTS}", notes)
        for way in notes:
            rest = without(rest, join(f"/{COMMENTS}", way))
    refused += [Refusal(names.title_of(place) or place, NOT_ASKED) for place in _leaves(rest)]
    return theirs


GIVEN_AWAY = "In the draft, this entry belongs to another applicant. It was not taken."
NOT_ASKED = "The partner was not asked for this. It was not taken."


def _own_items(
    session: Session, holdings: Holdings, own: OwnList, part: Part, names: Session, refused: list[Refusal]
) -> list[object]:
    """The entries of a list that may be taken."""
    old = keyed(holdings.items_in(part.base, own))
    items = _list(part.document, own.place)
    owned = {pointer(own.owner.field)[1:]: holdings.applicant}
    taken: list[object] = []
    own_ids = {identity_of(item) for item in old.values()} - {""}
    kept = [
        (number, item)
        for number, item in enumerate(items)
        if isinstance(item, Mapping)
        and (identity_of(item) in own_ids or _owner(item, own) in (None, holdings.applicant))
    ]
    others = {number: item for number, item in enumerate(items) if (number, item) not in kept}
    for number in others:
        place = join(own.place, number)
        refused.append(Refusal(names.title_of(place), "This entry belongs to another applicant. It was not taken."))
    by_key = dict(zip(keyed([item for _, item in kept]), kept, strict=True))
    elsewhere = {
        identity_of(item) for item in _list(session.document, own.place) if not own.is_of(item, holdings.applicant)
    }
    for key, (number, item) in by_key.items():
        assert isinstance(item, Mapping)  # noqa: S101 - looked at above
        before = old.get(key)
        place = join(own.place, number)
        identity = identity_of(item)
        if before is None and identity and identity in elsewhere:
            refused.append(Refusal(names.title_of(place), GIVEN_AWAY))
            continue
        owned_values = {**({"id": identity} if identity else {}), **owned}
        cleaned = _cleaned(item, before if isinstance(before, Mapping) else {}, own.questions, owned_values)
        _refuse(names, place, item, cleaned, refused)
        taken.append(cleaned)
    return taken


def _owner(item: Mapping[str, object], own: OwnList) -> object:
    """Whose an entry is; None where it does not say."""
    return value_at(item, pointer(own.owner.field))


def _list(document: Document, place: str) -> list[object]:
    found = value_at(document, place)
    return found if isinstance(found, list) else []


def _cleaned(
    found: Mapping[str, object],
    before: Mapping[str, object],
    questions: Sequence[Question],
    owned_values: Mapping[str, str],
) -> Mapping[str, object]:
    """A record as it was, with the answers to these questions as they are now."""
    cleaned: Document = before or {name: value for name, value in owned_values.items() if "/" not in name}
    for name, text in owned_values.items():
        if "/" in name:
            cleaned = with_value(cleaned, f"/{name}", text)
    for question in questions:
        place = pointer(question.field)
        value = value_at(found, place)
        if value is None:
            cleaned = without(cleaned, place)
        elif not same(value, value_at(cleaned, place)):
            cleaned = with_value(cleaned, place, value)
    comments = found.get(COMMENTS)
    if are_comments(comments):
        cleaned = {**cleaned, COMMENTS: comments}
    elif comments is None:
        cleaned = without(cleaned, f"/{COMMENTS}")
    return cleaned


def _refuse(
    names: Session, place: str, found: Mapping[str, object], cleaned: Mapping[str, object], refused: list[Refusal]
) -> None:
    """Name each value that is not as it may be taken."""
    leaves = dict.fromkeys((*_leaves(found), *_leaves(cleaned)))
    changed = [f"{place}{leaf}" for leaf in leaves if not same(value_at(found, leaf), value_at(cleaned, leaf))]
    refused += [Refusal(names.title_of(at) or at, NOT_ASKED) for at in changed]


def _leaves(value: object, place: str = "") -> Iterator[str]:
    """The places of the values in a JSON value that hold no others."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, join(place, name))
    elif value is not None and value != []:
        yield place


def _changes(session: Session, holdings: Holdings, before: Document, after: Document) -> Iterator[ChangeLine]:
    """What is different between two states of what belongs to an applicant, in words."""
    old, new = holdings.record_in(before), holdings.record_in(after)
    if new is not None:
        record = {} if old is None else old[1]
        details = tuple(differences(session, holdings.questions, record, new[1]))
        name = new[1].get("name") or record.get("name") or holdings.applicant
        if details or not same(record, new[1]):
            yield ChangeLine("~" if old is not None else "+", str(name), details)
    for own in holdings.lists:
        yield from _changes_of_list(session, own, holdings.items_in(before, own), holdings.items_in(after, own))
        noted, note = (holdings.notes_in(document).get(own.place[1:], "") for document in (before, after))
        if noted != note:
            yield ChangeLine("~", own.group.title, (f"Comment: {note or '(deleted)'}",))


def _changes_of_list(session: Session, own: OwnList, before: list[object], after: list[object]) -> Iterator[ChangeLine]:
    if same(before, after):
        return
    old, new = keyed(before), keyed(after)
    found = False
    for key, item in new.items():
        was = old.get(key)
        record, earlier = _record(item), _record(was)
        subject = f"{own.group.noun.capitalize()}: {_name(session, own, record)}"
        if was is None:
            found = True
            yield ChangeLine("+", subject, tuple(answers_in_words(session, own.questions, record)))
        elif not same(item, was):
            found = True
            yield ChangeLine("~", subject, tuple(differences(session, own.questions, earlier, record)))
    for key, item in old.items():
        if key not in new:
            found = True
            record = _record(item)
            subject = f"{own.group.noun.capitalize()}: {_name(session, own, record)}"
            yield ChangeLine("-", subject, tuple(answers_in_words(session, own.questions, record)))
    if not found:
        yield ChangeLine("~", own.group.title, ("The order of the entries.",))


def _record(item: object) -> Mapping[str, object]:
    return item if isinstance(item, Mapping) else {}


def _name(session: Session, own: OwnList, record: Mapping[str, object]) -> str:
    """What an entry is called: by the first column that is a text, or else the first that is answered."""
    questions = [question for column in own.group.columns if (question := own.group.question((column,))) is not None]
    answered = [one for one in questions if one is not own.owner and value_at(record, pointer(one.field)) is not None]
    texts = [one for one in answered if one.code_list is None and isinstance(one.kind, Text)]
    codes = [one for one in answered if isinstance(one.kind, Code)]
    chosen = next(iter((*texts, *codes)), None)
    return "(no description)" if chosen is None else session.shown(chosen, value_at(record, pointer(chosen.field)))
