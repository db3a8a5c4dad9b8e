"""The draft as a document to read and sign: title page, answers page by page, tables, what is missing, signatures.

Every label comes from the form of the call. Missing answers are blanks to write on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

from mpfcheck.drafting.document import items_at, value_at
from mpfcheck.drafting.progress import NOT_SAID, BarFigure
from mpfcheck.drafting.questions import DraftGroup, DraftItem, DraftQuestion
from mpfcheck.drafting.store.json_file import NoDraftError, as_json, from_json, read_file
from mpfcheck.drafting.summary import COMMENTS_HEADING, no_longer_asked
from mpfcheck.forms.form import Group, Page, Question, Sums
from mpfcheck.proposal.fields import Exact, Whole, YesNo
from mpfcheck.proposal.values import UnfitValueError, amount_from, format_money
from mpfcheck.report.blocks import (
    Blank,
    Block,
    Code,
    Cover,
    Fact,
    Facts,
    Lines,
    PageBreak,
    Say,
    Section,
    Signature,
    Subject,
    Table,
    Tone,
)
from mpfcheck.report.paper.paper import Paper
from mpfcheck.report.say.proposal import Findings, opening, sections
from mpfcheck.report.words import DISCLAIMER, NOT_ANSWERED
from mpfcheck.version import __version__

if TYPE_CHECKING:
    from mpfcheck.drafting.desk import Work
    from mpfcheck.drafting.session import Session

__all__ = ["checksum_of", "paper_of"]

BLANK = Blank(NOT_ANSWERED)
NOTE = "This document shows the answers in a draft. It is not the official application form of the call."
SIGNING = (
    "Each applicant signs the answers and declarations in this document. The checksum on the first page names the "
    "state of the draft that is signed."
)
SIGNATURE_LINES = ("Name", "Function", "Place and date", "Signature")
MOST_COLUMNS = 8
"""A list whose items have more questions, or questions that need several lines, is no table on a page of paper."""
SHOWN_OF_CHECKSUM = 16


def paper_of(session: Session, checksum: str, *, with_check: bool = False) -> Paper:
    """The document of a draft whose file has this SHA-256; with the result of the check where that is wanted."""
    document = session.document
    title = _text(document, "/title")
    acronym = _text(document, "/acronym")
    lead = _text(document, "/lead/name")
    name = acronym or title or session.form.title
    return Paper(
        title=title or session.form.title,
        author=lead,
        identifier=checksum,
        footer=f"{name[:60]} · draft {checksum[:SHOWN_OF_CHECKSUM]}",
        blocks=tuple(_blocks(session, checksum, with_check=with_check)),
    )


def checksum_of(work: Work) -> str:
    """The SHA-256 of the draft's file; where the file does not hold the answers of now, of the file they would make."""
    data = as_json(dict(work.session.document))
    with suppress(OSError, NoDraftError):
        found = read_file(work.file.path)
        if found is not None and as_json(from_json(found)) == data:
            return sha256(found).hexdigest()
    return sha256(data).hexdigest()


def _text(document: Mapping[str, object], pointer: str) -> str:
    value = value_at(document, pointer)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _blocks(session: Session, checksum: str, *, with_check: bool) -> Iterator[Block]:
    yield _cover(session, checksum)
    for page in session.pages():
        yield Section(page.title, tuple(_page(session, page)))
    if kept := no_longer_asked(session):
        facts = Facts([Fact(line.label, line.answer) for line in kept])
        note = Say(("These answers are in the draft, but their questions are not asked any more.",), Tone.QUIET)
        yield Section("Other answers", (note, facts))
    yield Section("Missing information", tuple(_missing(session)))
    if with_check:
        findings = Findings(session.report)
        found = (*opening(session.report, findings), *sections(session.report, findings))
        yield Section("Result of the check", (*found, Say((DISCLAIMER,), Tone.QUIET)))
    yield PageBreak()
    yield Section("Signatures", (Say((SIGNING,)), *_signatures(session)))


def _cover(session: Session, checksum: str) -> Cover:
    title, acronym = _text(session.document, "/title"), _text(session.document, "/acronym")
    lead = session.at("/lead/name")
    facts = [Fact("Call", f"{session.form.title} ({session.call.id})")]
    if lead is not None:
        facts.append(Fact("Lead applicant", _value(lead)))
    facts += [
        Fact("Rules", f"Version {session.call.version}"),
        Fact("Checksum of the draft (SHA-256)", Code(checksum)),
        Fact("Written by", f"mpfcheck {__version__}"),
    ]
    return Cover("Proposal", title or BLANK, acronym, facts, NOTE)


def _page(session: Session, page: Page) -> Iterator[Block]:
    facts: list[Fact] = []
    for draft_part in session.questions(page):
        if isinstance(draft_part, DraftQuestion):
            facts.append(_fact(draft_part))
            continue
        if facts:
            yield Facts(facts)
            facts = []
        yield from _group(draft_part, alone=draft_part.group.title == page.title)
    if facts:
        yield Facts(facts)
    yield from _figures(session, page)


def _fact(draft_question: DraftQuestion) -> Fact:
    question = draft_question.question
    label = question.ask if isinstance(question.kind, YesNo) else question.title
    optional = question.optional and not draft_question.answered and draft_question.complaint is None
    return Fact(f"{label} (optional)" if optional else label, _value(draft_question))


def _value(draft_question: DraftQuestion) -> str:
    if draft_question.complaint is not None:
        return f"{draft_question.shown} (not an answer yet)"
    return (draft_question.shown or NOT_ANSWERED) if draft_question.answered else BLANK


def _group(draft_group: DraftGroup, *, alone: bool) -> Iterator[Block]:
    """A list: a table where its items fit the columns of one, otherwise one after the other."""
    group = draft_group.group
    blocks: list[Block]
    if not draft_group.answered or (draft_group.open and not draft_group.items):
        blocks = [Facts([Fact(group.title, BLANK)])]
    elif not draft_group.items:
        blocks = [Say((group.none or "None",))]
    elif _is_tabular(group):
        blocks = [_table(group, draft_group.items)]
    else:
        blocks = [block for item in draft_group.items for block in _item(item)]
    if alone:
        yield from blocks
    else:
        yield Section(group.title, blocks)


def _is_tabular(group: Group) -> bool:
    plain = all(question.lines == 1 and question.shown_when is None for question in group.questions)
    return plain and len(group.questions) < MOST_COLUMNS


def _item(item: DraftItem) -> Iterator[Block]:
    yield Subject(f"{item.number}. {item.title}")
    yield Facts([_fact(draft_question) for draft_question in item.questions])


def _table(group: Group, items: Sequence[DraftItem]) -> Table:
    by_field = [{draft_question.question.field: draft_question for draft_question in item.questions} for item in items]
    heads = tuple(
        f"{question.title}:" if isinstance(question.kind, Exact | Whole) else question.title
        for question in group.questions
    )
    rows = [tuple(_cell(question, fields.get(question.field)) for question in group.questions) for fields in by_field]
    sums = []
    for question in group.questions:
        total = _sum(_amount(fields.get(question.field)) for fields in by_field)
        sums.append(_money(total) if question.title == _amount_title(group) else "")
    return Table(heads, rows, [("Total", *sums[1:])] if any(sums) else [])


def _amount_title(group: Group) -> str:
    """The title of the question about the amount of an item; empty where there is none."""
    found = group.question(("amount",))
    return found.title if found and isinstance(found.kind, Exact) and found.kind.unit == "EUR" else ""


def _cell(question: Question, draft_question: DraftQuestion | None) -> str:
    if draft_question is None or not draft_question.answered:
        if draft_question is not None and draft_question.complaint is not None:
            return f"{draft_question.shown} (not an answer yet)"
        return "" if question.optional else BLANK
    return _without_currency(draft_question.shown)


def _without_currency(text: str) -> str:
    return text.removeprefix("EUR ")


def _money(amount: Decimal) -> str:
    return _without_currency(format_money(amount))


def _amount(draft_question: DraftQuestion | None) -> Decimal:
    """The amount answered to a question, zero where there is none."""
    try:
        return (
            amount_from(draft_question.value) if draft_question is not None and draft_question.answered else Decimal(0)
        )
    except UnfitValueError:
        return Decimal(0)


def _figures(session: Session, page: Page) -> Iterator[Block]:
    """The figures of a page: sums of one list by two things as one table, shares as another."""
    sums = [figure for figure in page.figures if isinstance(figure, Sums)]
    groups = {part.group.field: part for part in session.questions(page) if isinstance(part, DraftGroup)}
    for figure in sums:
        draft_group = groups.get(tuple(figure.of.text.strip().split(".")))
        if draft_group is None or not draft_group.items:
            continue
        over = [one for one in sums if (one.of.text, one.amount) == (figure.of.text, figure.amount)]
        if len(over) == 1:
            yield Section(figure.title, (_sums(draft_group, figure),))
        elif over[0] is figure:
            title = " and ".join((over[0].title, over[1].title[:1].lower() + over[1].title[1:]))
            yield Section(f"{title} (EUR)", (_cross_table(draft_group, over[0], over[1]),))
    bars = [figure for figure in session.figures(page) if isinstance(figure, BarFigure)]
    rows = [
        (bar.title, _known(bar.part), _known(bar.whole), bar.percent, _limit(bar))
        for bar in bars
        if bar.part is not None or bar.whole is not None
    ]
    if rows:
        yield Section("Shares", (Table(("", "EUR:", "Of EUR:", "Share:", "At most:"), rows),))


def _known(amount: Decimal | None) -> str:
    return BLANK if amount is None else _money(amount)


def _limit(bar: BarFigure) -> str:
    return "" if bar.limit == 1 else f"{(bar.limit * 100).normalize():f} %"


def _by(draft_group: DraftGroup, field: str) -> dict[str, str]:
    """What people call each value of a field among the items, in their order; two of one name are told apart."""
    found: dict[str, str] = {}
    for item in draft_group.items:
        question = item.question(field)
        value = str(question.value) if question is not None and question.answered else ""
        found.setdefault(value, question.shown if question is not None and value else NOT_SAID)
    shared = {name for name, number in Counter(found.values()).items() if number > 1}
    return {value: f"{name} ({value})" if name in shared else name for value, name in found.items()}


def _value_of(item: DraftItem, field: str) -> str:
    question = item.question(field)
    return str(question.value) if question is not None and question.answered else ""


def _sums(draft_group: DraftGroup, figure: Sums) -> Table:
    names = _by(draft_group, figure.by)
    sums = dict.fromkeys(names, Decimal(0))
    for item in draft_group.items:
        sums[_value_of(item, figure.by)] += _amount(item.question(figure.amount))
    rows = [(names[value], _money(amount)) for value, amount in sums.items()]
    return Table(("", "EUR:"), rows, [("Total", _money(_sum(sums.values())))])


def _cross_table(draft_group: DraftGroup, down: Sums, across: Sums) -> Table:
    """Sums by two fields at once, such as heading and applicant."""
    rows, columns = _by(draft_group, down.by), _by(draft_group, across.by)
    cells = {row: dict.fromkeys(columns, Decimal(0)) for row in rows}
    for item in draft_group.items:
        cells[_value_of(item, down.by)][_value_of(item, across.by)] += _amount(item.question(down.amount))
    body = [(rows[row], *map(_money, sums.values()), _money(_sum(sums.values()))) for row, sums in cells.items()]
    below = [_sum(sums[column] for sums in cells.values()) for column in columns]
    heads = tuple(f"{name}:" for name in columns.values())
    return Table(("", *heads, "Total:"), body, [("Total", *map(_money, below), _money(_sum(below)))])


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def _missing(session: Session) -> Iterator[Block]:
    found: list[str] = []
    for page in session.pages():
        for draft_part in session.questions(page):
            inside = draft_part.items if isinstance(draft_part, DraftGroup) else ()
            part = draft_part.group if isinstance(draft_part, DraftGroup) else draft_part.question
            if (not draft_part.answered and not part.optional) or draft_part.complaint is not None:
                found.append(session.title_of(draft_part.pointer))
            elif isinstance(draft_part, DraftGroup) and draft_part.open:
                found.append(f"{session.title_of(draft_part.pointer)} (this list may not be finished)")
            shared = Counter(item.title for item in inside)
            noun = draft_part.group.noun if isinstance(draft_part, DraftGroup) else ""
            found += [
                session.title_of(one.pointer) + (f" ({noun} {item.number})" if shared[item.title] > 1 else "")
                for item in inside
                for one in item.questions
                if (not one.answered and not one.question.optional) or one.complaint is not None
            ]
    yield Lines(found) if found else Say(("All required questions are answered.",))
    if comments := session.comments():
        yield Say((f"{COMMENTS_HEADING}:",))
        yield Lines([f"{one.title}: {one.text}" for one in comments])


def _signatures(session: Session) -> Iterator[Signature]:
    document = session.document
    yield Signature(_text(document, "/lead/name") or NOT_ANSWERED, "lead applicant", SIGNATURE_LINES)
    for number in range(len(items_at(document, "/co_applicants"))):
        name = _text(document, f"/co_applicants/{number}/name") or NOT_ANSWERED
        yield Signature(name, "co-applicant", SIGNATURE_LINES)
