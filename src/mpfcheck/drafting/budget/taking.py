"""A budget that was read of a table, beside the draft: what would change, and the draft with the changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from mpfcheck.drafting.budget.reading import BudgetTable, TableLine, read_budget
from mpfcheck.drafting.changes import ChangeLine, answers_in_words, differences, number_of_changes
from mpfcheck.drafting.document import Document, closed, is_open, items_at, opened, value_at, with_items, with_value
from mpfcheck.forms.form import Group, Question
from mpfcheck.frozen import Frozen
from mpfcheck.proposal.fields import Exact
from mpfcheck.proposal.values import format_money
from mpfcheck.report.words import NOT_ANSWERED

if TYPE_CHECKING:
    from mpfcheck.drafting.session import Session
    from mpfcheck.reading.tables import Tables

__all__ = ["Taking", "added_lines", "budget_in", "budget_lines_of", "taking_of"]

LINES = "/budget/lines"
TOTAL = "/budget/total"
GRANT = "/financing/grant_requested"
CONTRIBUTIONS = "/financing/contributions"


class Taking(Frozen):
    """What taking a budget would change, and the document with the changes."""

    changes: tuple[ChangeLine, ...]
    document: Document

    def in_words(self) -> str:
        """How much would change, in one sentence."""
        return number_of_changes(self.changes) if self.changes else "The draft has this budget already."


def budget_lines_of(session: Session) -> Group | None:
    """The list of budget lines in the form of a draft, None where the form has none."""
    found = [part for _, part in session.form.parts() if isinstance(part, Group) and part.field == ("budget", "lines")]
    return found[0] if found else None


def budget_in(
    tables: Tables,
    session: Session,
    group: Group,
    *,
    chosen: Mapping[str, int] | None = None,
    sheet: str | None = None,
) -> BudgetTable:
    """Read the budget in the sheets of a file for a draft; raises as :func:`read_budget` does."""
    grant = session.locate(GRANT)
    sources = session.locate(CONTRIBUTIONS)
    funding = None
    if grant and grant.question and sources and sources.group:
        funding = (grant.question, sources.group)
    return read_budget(tables, group, session.read, session.choices, funding=funding, chosen=chosen, sheet=sheet)


def taking_of(session: Session, group: Group, read: BudgetTable, *, unfinished: bool | None = None) -> Taking:
    """What taking a budget changes: the lines of the table become the lines of the draft.

    A line is the same where the table has its id; without ids, where heading, description and applicant are the same.
    Fields that the table has no column for stay. ``unfinished`` tells whether more lines may come than the table has;
    None leaves that as it is in the draft.
    """
    document = session.document
    changes: list[ChangeLine] = []
    lines = _lines(session, group, read, changes)
    if changes:
        document = with_items(document, LINES, lines)
    elif items_at(document, LINES) != lines:
        document = with_items(document, LINES, lines)
        changes.append(ChangeLine("~", group.title, ("The order of the lines.",)))
    total = _sum_of(lines)
    if total is not None and session.at(TOTAL) is not None:
        document = _with_amount(session, document, TOTAL, total, changes)
    if read.grant is not None:
        document = _with_amount(session, document, GRANT, read.grant, changes)
    if read.sources is not None:
        document = _with_sources(session, document, read, changes)
    if unfinished is not None:
        document = _finished(document, LINES, group, changes, unfinished=unfinished)
        if read.sources is not None and not unfinished:
            sources = session.group(CONTRIBUTIONS).group
            document = _finished(document, CONTRIBUTIONS, sources, changes, unfinished=unfinished)
    return Taking(tuple(changes), document)


def _finished(document: Document, place: str, group: Group, changes: list[ChangeLine], *, unfinished: bool) -> Document:
    """The document with a list complete as the table has it, or open for more."""
    if unfinished == is_open(document, place):
        return document
    words = "This list is not finished: more may come." if unfinished else "This list is complete: no more will come."
    changes.append(ChangeLine("~", group.title, (words,)))
    return opened(document, place) if unfinished else closed(document, place)


def added_lines(session: Session, group: Group, read: BudgetTable) -> Document:
    """The document with the lines of a table after its own, each by an id of its own; as ever, more may come."""
    items = list(items_at(session.document, LINES))
    taken = {str(item.get("id")) for item in items if isinstance(item, Mapping)}
    items += [_new_item(line, taken, group) for line in read.lines]
    return opened(with_items(session.document, LINES, items), LINES)


def _lines(session: Session, group: Group, read: BudgetTable, changes: list[ChangeLine]) -> list[object]:
    old = [item if isinstance(item, dict) else {} for item in items_at(session.document, LINES)]
    partner = _partners(old, read.lines, has_ids=read.has_ids)
    taken = {str(old[at]["id"]) for at in partner.values() if old[at].get("id")}
    questions = {".".join(question.field): question for question in group.questions}
    lines: list[object] = []
    for number, line in enumerate(read.lines):
        at = partner.get(number)
        if at is None:
            item = _new_item(line, taken, group)
            details = tuple(_facts(session, group, line.answers))
            changes.append(ChangeLine("+", f"{item['id']} {_name(line.answers)}".strip(), details))
            lines.append(item)
            continue
        before = old[at]
        after = _merged(before, line.answers, read.fields & questions.keys(), questions)
        details = tuple(differences(session, group.questions, before, after))
        if details:
            changes.append(ChangeLine("~", f"{before.get('id', '')} {_name(before)}".strip(), details))
        lines.append(after)
    kept = set(partner.values())
    for at, item in enumerate(old):
        if at not in kept:
            details = tuple(_facts(session, group, item))
            changes.append(ChangeLine("-", f"{item.get('id', '')} {_name(item)}".strip(), details))
    return lines


def _partners(old: Sequence[Mapping[str, object]], lines: Sequence[TableLine], *, has_ids: bool) -> dict[int, int]:
    """Which line of the draft each line of the table is, by their numbers: by id, else by what they say.

    A number before a name is not much of an id: another table counts in another way. It serves under one heading only.
    """
    found: dict[int, int] = {}
    by_id = {str(item["id"]): at for at, item in enumerate(old) if item.get("id")}
    for number, line in enumerate(lines):
        at = by_id.get(line.id)
        if not line.id or at is None or at in found.values():
            continue
        if has_ids or old[at].get("heading") == line.answers.get("heading"):
            found[number] = at
    for number, line in enumerate(lines):
        if number not in found:
            same = [at for at, item in enumerate(old) if at not in found.values() and _same(item, line) and _name(item)]
            if same:
                found[number] = same[0]
    return found


def _same(item: Mapping[str, object], line: TableLine) -> bool:
    return all(item.get(field) == line.answers.get(field) for field in ("heading", "description", "applicant"))


def _new_item(line: TableLine, taken: set[str], group: Group) -> dict[str, object]:
    """A line of the table as one of the draft, by its own id, or the next that no line has.

    In the part of an applicant it is the applicant's, by an id that no line of another applicant can have.
    """
    prefix = group.first_id.removesuffix("1")
    identity = "" if prefix else line.id
    if not identity or identity in taken:
        number = 1
        while f"{prefix}{number}" in taken:
            number += 1
        identity = f"{prefix}{number}"
    taken.add(identity)
    return {"id": identity, **line.answers, **group.begin}


def _merged(
    before: Mapping[str, object],
    answers: Mapping[str, object],
    fields: frozenset[str],
    questions: Mapping[str, Question],
) -> dict[str, object]:
    """An item with what the table says of it; a cell that is empty takes the answer away."""
    after = dict(before)
    for field in fields:
        new = answers.get(field)
        if new is None:
            after.pop(field, None)
        elif not _equal(before.get(field), new, questions[field]):
            after[field] = new
    return after


def _equal(one: object, other: object, question: Question) -> bool:
    if isinstance(question.kind, Exact) and one is not None and other is not None:
        try:
            return Decimal(str(one)) == Decimal(str(other))
        except InvalidOperation:
            return False
    return one == other


def _facts(session: Session, group: Group, answers: Mapping[str, object]) -> Iterator[str]:
    """The answers of a line but for its description, which names it."""
    yield from answers_in_words(session, [one for one in group.questions if one.field != ("description",)], answers)


def _name(answers: Mapping[str, object]) -> str:
    return str(answers.get("description") or "")


def _sum_of(lines: Sequence[object]) -> Decimal | None:
    """The sum of the amounts of lines (EUR), None where one is not known or there is no line."""
    amounts = [line.get("amount") for line in lines if isinstance(line, Mapping)]
    try:
        return sum((Decimal(str(amount)) for amount in amounts), Decimal(0)) if amounts and all(amounts) else None
    except InvalidOperation:
        return None


def _with_amount(
    session: Session, document: Document, pointer: str, amount: Decimal, changes: list[ChangeLine]
) -> Document:
    draft_question = session.at(pointer)
    old = value_at(document, pointer)
    if draft_question is None or _equal(old, amount, draft_question.question):
        return document
    was = NOT_ANSWERED if old is None else draft_question.shown
    changes.append(ChangeLine("~", session.title_of(pointer), (f"{was} → {format_money(amount)}",)))
    return with_value(document, pointer, f"{amount:.2f}")


def _with_sources(session: Session, document: Document, read: BudgetTable, changes: list[ChangeLine]) -> Document:
    """The document with the co-financing sources of the table; nothing changes where they are the same."""
    group = session.group(CONTRIBUTIONS).group
    questions = {".".join(question.field): question for question in group.questions}
    old = [item if isinstance(item, dict) else {} for item in items_at(document, CONTRIBUTIONS)]
    sources = read.sources or ()
    partner = _same_sources(old, [source.answers for source in sources], questions)
    new: list[object] = []
    for number, source in enumerate(sources):
        at = partner.get(number)
        before = {} if at is None else old[at]
        after = _merged(
            before, source.answers, (read.source_fields | source.answers.keys()) & questions.keys(), questions
        )
        details = tuple(differences(session, group.questions, before, after))
        if details:
            changes.append(ChangeLine("+" if at is None else "~", f"{group.title} {number + 1}", details))
        new.append(after)
    for number, item in enumerate(old):
        if number not in partner.values():
            changes.append(ChangeLine("-", f"{group.title} {number + 1}", tuple(_facts(session, group, item))))
    return with_items(document, CONTRIBUTIONS, new) if new != old else document


def _same_sources(
    old: Sequence[Mapping[str, object]], sources: Sequence[Mapping[str, object]], questions: Mapping[str, Question]
) -> dict[int, int]:
    """Which source of the draft each of the table is, by their numbers: all alike first, then whoever pays it."""
    found: dict[int, int] = {}
    for fields in (("source", "kind", "amount"), ("source", "kind"), ("source",)):
        known = [field for field in fields if field in questions]
        for number, source in enumerate(sources):
            if number in found:
                continue
            for at, item in enumerate(old):
                alike = all(_equal(item.get(one), source.get(one), questions[one]) for one in known)
                if alike and at not in found.values():
                    found[number] = at
                    break
    return found
