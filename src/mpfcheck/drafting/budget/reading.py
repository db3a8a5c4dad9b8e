"""The lines of a budget in a table: what each row says, in the answers of the form, and what cannot be taken from it.

Nothing is guessed and nothing is rounded. Where a cell cannot be taken as it is, the whole table is left, and a
sentence names the cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from mpfcheck.drafting.budget.columns import ID, Columns, chosen_columns, find_columns, words_of
from mpfcheck.forms.form import Group, Question
from mpfcheck.forms.typed.answer import Query, Reading
from mpfcheck.forms.typed.choice import Choice
from mpfcheck.frozen import Frozen
from mpfcheck.proposal.fields import Exact, Text, Whole
from mpfcheck.proposal.values import (
    AMOUNT_DECIMALS,
    UnfitValueError,
    amount_from,
    as_text,
    decimal_from,
    whole_from,
)
from mpfcheck.reading.tables import Sheet, Tables, Value, cell_name
from mpfcheck.report.words import names
from mpfcheck.same_name import name_key

__all__ = ["APPLICANTS_SHEET", "BudgetTable", "CellProblem", "Line", "Source", "read_budget"]

APPLICANTS_SHEET = "Applicants"
"""The sheet of our workbooks that says which applicant a name stands for."""
FUNDING_SHEET = "Sources of funding"
MOST_PROBLEMS = 20
MOST_NAMED = 5
INDIRECT, RESERVE = "indirect_costs", "contingency_reserve"
HEADING_WORDS: Mapping[str, tuple[str, ...]] = {
    INDIRECT: ("indirect costs", "administrative costs", "overheads", "overhead"),
    RESERVE: ("contingency reserve", "provision for contingency reserve", "reserve", "contingencies"),
}
"""What templates call these headings beside their labels."""


class CellProblem(Frozen):
    """Why a cell cannot be taken: where it is (``Budget!H14``), and sentences."""

    place: str
    message: str


class Line(Frozen):
    """One budget line of a table: the cell it begins at, its id where the table has one, its answers by field."""

    place: str
    id: str
    answers: Mapping[str, object]


class Source(Frozen):
    """A co-financing source of a table: the cell it begins at, and its answers by field."""

    place: str
    answers: Mapping[str, object]


class BudgetTable(Frozen):
    """What was read of a table: lines, or why there are none.

    ``total`` is the total that the table itself has (EUR), None where it has none. ``grant`` and ``sources`` are None
    where the table does not say how the budget is financed. ``heads`` says which column was taken for what.
    """

    lines: tuple[Line, ...]
    problems: tuple[CellProblem, ...]
    notes: tuple[str, ...]
    heads: tuple[str, ...]
    fields: frozenset[str]
    total: Decimal | None = None
    grant: Decimal | None = None
    sources: tuple[Source, ...] | None = None


Understand = Callable[[Question, str], Reading]
"""What a typed text means as the answer to a question."""


def read_budget(
    tables: Tables,
    group: Group,
    understand: Understand,
    choices: Callable[[Question], Sequence[Choice]],
    *,
    funding: tuple[Question, Group] | None = None,
    chosen: Mapping[str, int] | None = None,
    sheet: str | None = None,
) -> BudgetTable:
    """Read the budget in the sheets of a file, in the questions of a form's list of budget lines.

    ``funding`` are the question about the grant and the list of co-financing sources, where they are to be read too.
    ``chosen`` are the columns a person named, by field; ``sheet`` the sheet. Raises UnclearColumnsError where it cannot
    be told which column is what, and TableError where there is no table.
    """
    sheets = [one for one in tables.sheets if sheet in (None, one.name)]
    columns = chosen_columns(sheets, chosen, sheet) if chosen else find_columns(sheets, words_of(group))
    reader = _Reader(group, columns, understand, choices, _applicants(tables.sheets))
    lines = tuple(reader.lines())
    grant, sources = None, None
    found = next((one for one in tables.sheets if one.name == FUNDING_SHEET), None)
    if funding and found is not None:
        grant, sources = reader.funding(found, *funding)
    by_field = columns.by_field
    titles = {".".join(question.field): question.title for question in group.questions}
    return BudgetTable(
        lines,
        tuple(reader.problems[:MOST_PROBLEMS]),
        (*tables.notes, *reader.notes(lines)),
        tuple(f"{titles[field]}: {columns.sheet.place(columns.head, column)}" for field, column in by_field.items()
              if field in titles),
        frozenset((*by_field, "heading")) - {ID},
        reader.total,
        grant,
        sources,
    )  # fmt: skip


def _applicants(sheets: Sequence[Sheet]) -> dict[str, str]:
    """The ids of applicants by their names, as a workbook of ours lists them."""
    found: dict[str, str] = {}
    for sheet in sheets:
        if sheet.name == APPLICANTS_SHEET:
            for row in sheet.rows[1:]:
                if len(row) > 1 and isinstance(row[0], str) and isinstance(row[1], str):
                    found[name_key(row[1])] = row[0]
    return found


_NUMBERED = re.compile(r"(\d+(?:\.\d+)*)\.?\s+(\S.*)", re.DOTALL)
_BRACKETS = re.compile(r"\s*\(.*?\)")
_FOOTNOTE = re.compile(r"(?<=[^\W\d])\d+$")


class _Reader:
    """One table being read."""

    def __init__(
        self,
        group: Group,
        columns: Columns,
        understand: Understand,
        choices: Callable[[Question], Sequence[Choice]],
        applicants: Mapping[str, str],
    ) -> None:
        self.problems: list[CellProblem] = []
        self.total: Decimal | None = None
        self._total_place = ""
        self._passed_over: list[str] = []
        self._questions = {".".join(question.field): question for question in group.questions}
        self._columns = columns
        self._understand = understand
        self._choices = choices
        self._applicants = applicants
        self._headings = self._heading_names()

    def _heading_names(self) -> dict[str, str]:
        question = self._questions.get("heading")
        named = {name_key(choice.label): choice.code for choice in self._choices(question)} if question else {}
        codes = set(named.values())
        for code, words in HEADING_WORDS.items():
            if code in codes:
                named |= dict.fromkeys(words, code)
        return named

    def lines(self) -> Iterator[Line]:
        """The lines, each under its heading."""
        sheet, by_field = self._columns.sheet, self._columns.by_field
        heading = ""
        for number in range(self._columns.head + 1, len(sheet.rows)):
            row = sheet.rows[number]
            if not any(value not in (None, "") for value in row):
                continue
            texts = [value for value in row if isinstance(value, str) and value]
            first = self._get(row, "description") or self._get(row, "heading") or (texts[0] if texts else "")
            name = first if isinstance(first, str) else ""
            numbers = {field: self._get(row, field) for field in ("quantity", "unit_cost", "amount")}
            if _is_sum(name):
                if name_key(_without_number(name)).startswith("total"):
                    self._take_total(number, numbers["amount"])
                continue
            named = "heading" not in by_field and self._headings.get(_heading_key(name))
            if named:
                heading = named
            has_numbers = any(not _is_nothing(value) for value in numbers.values())
            unsaved = [field for field in numbers if self._unsaved(number, field)]
            if unsaved and (name or has_numbers):
                for field in unsaved:
                    self._formula(number, field)
                continue
            if named and not has_numbers:
                continue
            identity = self._get(row, ID)
            if not (has_numbers or identity or (name and self._get(row, "applicant"))):
                if name and self._get(row, "unit"):
                    self._passed_over.append(sheet.place(number, min(by_field.values())))
                continue
            answers = self._answers(number, row)
            if "heading" not in by_field and heading:
                answers["heading"] = heading
            if answers:
                given = identity if isinstance(identity, str | Decimal) else ""
                place = sheet.place(number, min(by_field.values()))
                yield Line(place, str(given) or _own_number(name), answers)

    def _answers(self, number: int, row: Sequence[Value]) -> dict[str, object]:
        answers: dict[str, object] = {}
        for field, question in self._questions.items():
            column = self._columns.by_field.get(field)
            value = row[column] if column is not None and column < len(row) else None
            if column is None or value in (None, ""):
                continue
            if field == "description" and isinstance(value, str):
                value = _without_number(value)
            place = self._columns.sheet.place(number, column)
            answer = self._answer(place, question, value)
            if answer is not None:
                answers[field] = answer
        return answers

    def _answer(self, place: str, question: Question, value: Value) -> object:
        """The answer in a cell; None where it cannot be taken, which is among the problems then."""
        kind = question.kind
        if isinstance(value, Decimal) and isinstance(kind, Exact | Whole):
            try:
                return _number(value, kind)
            except UnfitValueError as error:
                self._wrong(place, f"{error.message} {error.hint}".strip())
                return None
        text = _as_text(value)
        identity = self._applicants.get(name_key(text), "") if question.refers_to else ""
        if identity and identity in {choice.code for choice in self._choices(question)}:
            return identity
        if isinstance(kind, Text) and not question.refers_to and not question.code_list:
            return text
        reading = self._understand(question, text)
        if isinstance(reading, Query):
            self._wrong(place, f"{reading.message} {reading.hint}".strip())
            return None
        return reading.value

    def _wrong(self, place: str, message: str) -> None:
        self.problems.append(CellProblem(place, message))

    def _formula(self, number: int, field: str) -> None:
        place = self._columns.sheet.place(number, self._columns.by_field[field])
        advice = "Open the file in your spreadsheet program, save it, and try again."
        self._wrong(place, f"This formula has no stored value. {advice}")

    def _unsaved(self, number: int, field: str) -> bool:
        column = self._columns.by_field.get(field)
        return column is not None and cell_name(number, column) in self._columns.sheet.unsaved

    def _get(self, row: Sequence[Value], field: str) -> Value:
        column = self._columns.by_field.get(field)
        return row[column] if column is not None and column < len(row) else None

    def _take_total(self, number: int, value: Value) -> None:
        if isinstance(value, Decimal) and "excluding" not in str(value):
            self.total = value
            self._total_place = self._columns.sheet.place(number, self._columns.by_field["amount"])

    def notes(self, lines: Sequence[Line]) -> Iterator[str]:
        """What is odd about the table as a whole."""
        if self._passed_over:
            shown = names(self._passed_over[:MOST_NAMED], len(self._passed_over))
            yield f"Not read, because they have no cost: {shown}."
        amounts = [line.answers.get("amount") for line in lines]
        if self.total is None or any(amount is None for amount in amounts):
            return
        found = sum((Decimal(str(amount)) for amount in amounts), Decimal(0))
        if found != self.total:
            yield f"{self._total_place} says {self.total:f}, but the lines that were read add up to {found:f}."

    def funding(self, sheet: Sheet, grant: Question, group: Group) -> tuple[Decimal | None, tuple[Source, ...] | None]:
        """The grant and the co-financing sources on the sheet of our workbooks; None for what is not filled in."""
        fields = {".".join(question.field): question for question in group.questions}
        titles = {name_key(question.title): field for field, question in fields.items()}
        amount: Decimal | None = None
        columns: dict[str, int] = {}
        sources = []
        for number, row in enumerate(sheet.rows):
            texts = [(column, name_key(value)) for column, value in enumerate(row) if isinstance(value, str)]
            if any(text == name_key(grant.title) for _, text in texts):
                column = next((at for at, value in enumerate(row) if isinstance(value, Decimal)), None)
                if column is not None:
                    answer = self._answer(sheet.place(number, column), grant, row[column])
                    amount = Decimal(str(answer)) if answer is not None else None
                continue
            heads = {titles[_head]: column for column, text in texts if (_head := _BRACKETS.sub("", text)) in titles}
            if len(heads) > 1:
                columns = heads
                continue
            if not columns or _is_sum(next((text for _, text in texts), "")):
                continue
            answers: dict[str, object] = {}
            for field, column in columns.items():
                value = row[column] if column < len(row) else None
                if value not in (None, ""):
                    answers[field] = self._answer(sheet.place(number, column), fields[field], value)
            if answers:
                sources.append(Source(sheet.place(number, min(columns.values())), answers))
        return amount, tuple(sources) or None


def _number(value: Decimal, kind: Exact | Whole) -> object:
    """A number as a draft holds it; raises UnfitValueError, for an amount with more than two decimals too."""
    if isinstance(kind, Whole):
        return whole_from(value)
    if kind.decimals == AMOUNT_DECIMALS:
        if value != round(value, AMOUNT_DECIMALS):
            advice = "Round it in the table, for example with the function ROUND."
            raise UnfitValueError(f"{value:f} has more than two decimals.", advice)
        return f"{amount_from(value):.{AMOUNT_DECIMALS}f}"
    return as_text(decimal_from(value))


def _is_nothing(value: Value) -> bool:
    return value in (None, "", False) or (isinstance(value, Decimal) and value == 0)


def _as_text(value: Value) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
    return " ".join(str(value).split())


def _without_number(name: str) -> str:
    """A name without the number before it: "1.1 Salaries"."""
    found = _NUMBERED.fullmatch(name.strip())
    return found[2] if found else name


def _own_number(name: str) -> str:
    """The number before a name, which serves as the id of its line; empty where there is none."""
    found = _NUMBERED.fullmatch(name.strip())
    return found[1] if found else ""


def _heading_key(name: str) -> str:
    return name_key(_FOOTNOTE.sub("", _BRACKETS.sub("", _without_number(name)).strip()))


def _is_sum(name: str) -> bool:
    """Whether a row is a sum of others, by its name: "Subtotal Travel", "11. Total eligible costs"."""
    key = name_key(_without_number(name)).replace("-", " ")
    return key.startswith(("subtotal", "sub total", "total", "grand total"))
