"""The lines of a budget in a table: what each row says, in the answers of the form, and what cannot be taken from it.

Nothing is guessed and nothing is rounded. Where a cell cannot be taken as it is, the whole table is left, and a
sentence names the cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from mpfcheck.drafting.budget.columns import ID, NUMBERS, Columns, chosen_columns, find_columns, normal, words_of
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
from mpfcheck.reading.tables import Sheet, Tables, Value, cell_name, column_name
from mpfcheck.report.words import names
from mpfcheck.same_name import name_key

__all__ = ["APPLICANTS_SHEET", "BudgetTable", "CellProblem", "TableLine", "TableSource", "read_budget"]

APPLICANTS_SHEET = "Applicants"
"""The sheet of our workbooks that says which applicant a name stands for."""
FUNDING_SHEET = "Sources of funding"
LEAD = "lead"
IN_KIND = "in_kind"
SOUGHT = "contribution sought"
"""In every version of the EU's model; our own workbooks do not say it."""
GRANT_WORDS = (SOUGHT, "grant requested", "requested grant", "grant sought")
LEAD_WORDS = re.compile(r"\bapplicant's (own |financial )*contribution|\bown (financial )?(contribution|resources)")
_ERROR = re.compile(r"#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|ERROR!?)|Err:\d+")
_THOUSANDS = re.compile(r"\b[kt] ?(eur|€)|thousand|(?<!\d)1?[ .,]?000\b|million|\bm(io|ln)?\.? ?(eur|€)", re.IGNORECASE)
_FOREIGN = re.compile(r"[$£]|\b(usd|gbp|chf|pln|czk|huf|ron|bgn|sek|dkk|nok|uah|mdl|gel|mad|tnd|ngn)\b", re.IGNORECASE)
CENT = Decimal("0.01")
SUM_WORDS = ("sum", "sums", "zwischensumme", "gesamt", "gesamtsumme", "somme", "suma", "summa", "razem", "celkem")
"""Of a row that has an amount and neither a quantity nor a unit cost: it is a sum of others."""
_BEFORE_TOTAL = re.compile(r"^(overall|expected|grand) ")
NO_STORED_VALUE = "This formula has no stored value. Open the file in your spreadsheet program, save it, and try again."
MOST_ABOVE = 30
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


class TableLine(Frozen):
    """One budget line of a table: the cell it begins at, its id where the table has one, its answers by field."""

    place: str
    id: str
    answers: Mapping[str, object]


class TableSource(Frozen):
    """A co-financing source of a table: the cell it begins at, and its answers by field."""

    place: str
    answers: Mapping[str, object]


class BudgetTable(Frozen):
    """What was read of a table: lines, or why there are none.

    ``total`` is the total that the table itself has (EUR), None where it has none. ``grant`` and ``sources`` are None
    where the table does not say how the budget is financed; ``source_fields`` are the fields it says of each source.
    ``heads`` says which column was taken for what. Without a column of ids (``has_ids``), a line has the number before
    its name for an id.
    """

    lines: tuple[TableLine, ...]
    problems: tuple[CellProblem, ...]
    notes: tuple[str, ...]
    heads: tuple[str, ...]
    fields: frozenset[str]
    has_ids: bool = True
    total: Decimal | None = None
    grant: Decimal | None = None
    sources: tuple[TableSource, ...] | None = None
    source_fields: frozenset[str] = frozenset()


class Financing(Frozen):
    """How a budget is financed, as far as a sheet says it; ``fields`` are those that it says of each source."""

    grant: Decimal | None = None
    sources: tuple[TableSource, ...] | None = None
    fields: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


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
    reader.look_at_heads()
    lines = tuple(reader.lines())
    financing = reader.financing(tables.sheets, *funding) if funding else Financing()
    by_field = columns.by_field
    titles = {".".join(question.field): question.title for question in group.questions}
    return BudgetTable(
        lines,
        tuple(reader.problems[:MOST_PROBLEMS]),
        (*tables.notes, *reader.notes(lines), *financing.notes),
        tuple(f"{titles[field]}: {columns.sheet.place(columns.head, column)}" for field, column in by_field.items()
              if field in titles),
        frozenset((*by_field, "heading")) - {ID},
        ID in by_field,
        reader.total,
        financing.grant,
        financing.sources,
        financing.fields,
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
        self._notes: list[str] = []
        self._rows: list[int] = []
        """The rows of the lines, counted from 0."""
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

    def look_at_heads(self) -> None:
        """Refuse columns of amounts that are not in EUR, such as thousands of EUR."""
        sheet, head = self._columns.sheet, self._columns.head
        for field, column in self._columns.by_field.items() if head >= 0 else ():
            text = sheet.rows[head][column] if column < len(sheet.rows[head]) else None
            if field in ("unit_cost", "amount") and isinstance(text, str):
                if _THOUSANDS.search(text):
                    self._wrong(
                        sheet.place(head, column), f'"{text}" is not in EUR. Write the amounts in EUR, in full.'
                    )
                elif _FOREIGN.search(text):
                    message = f'"{text}" is in another currency. Write the amounts in EUR.'
                    self._wrong(sheet.place(head, column), message)

    def lines(self) -> Iterator[TableLine]:
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
            alone = all(_is_nothing(numbers[field]) for field in ("quantity", "unit_cost"))
            if _is_sum(name) or (alone and name_key(name).partition(" ")[0] in SUM_WORDS):
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
                if name and (self._get(row, "unit") or any(value is not None for value in numbers.values())):
                    self._passed_over.append(sheet.place(number, min(by_field.values())))
                continue
            answers = self._answers(number, row)
            if "heading" not in by_field and heading:
                answers["heading"] = heading
            if answers:
                line_id = identity if isinstance(identity, str | Decimal) else ""
                place = sheet.place(number, min(by_field.values()))
                self._rows.append(number)
                yield TableLine(place, str(line_id) or _own_number(name), answers)

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
        if _ERROR.fullmatch(text):
            self._wrong(place, f"This formula has an error ({text}). Correct it in your spreadsheet program.")
            return None
        identity = self._applicants.get(name_key(text), "") if question.refers_to else ""
        if identity and identity in {choice.code for choice in self._choices(question)}:
            return identity
        if isinstance(kind, Text) and not question.refers_to and not question.code_list:
            return text
        reading = self._understand(question, text)
        if isinstance(reading, Query) and question.own_text:
            # Somebody who is not among the applicants, though the name is like one of theirs.
            self._notes.append(f'{place}: "{text}" is not the full name of an applicant. It was read as another name.')
            return text
        if isinstance(reading, Query):
            self._wrong(place, f"{reading.message} {reading.hint}".strip())
            return None
        return reading.value

    def _wrong(self, place: str, message: str) -> None:
        self.problems.append(CellProblem(place, message))

    def _formula(self, number: int, field: str) -> None:
        place = self._columns.sheet.place(number, self._columns.by_field[field])
        self._wrong(place, NO_STORED_VALUE)

    def _unsaved(self, number: int, field: str) -> bool:
        column = self._columns.by_field.get(field)
        return column is not None and cell_name(number, column) in self._columns.sheet.unsaved

    def _get(self, row: Sequence[Value], field: str) -> Value:
        column = self._columns.by_field.get(field)
        return row[column] if column is not None and column < len(row) else None

    def _has_larger(self, column: int) -> bool:
        """Whether a line has a larger amount in another column."""
        pairs = ((self._get(row, "amount"), row[column] if column < len(row) else None) for row in self._lines_read())
        return any(isinstance(one, Decimal) and isinstance(other, Decimal) and other > one for one, other in pairs)

    def _lines_read(self) -> Iterator[Sequence[Value]]:
        return (self._columns.sheet.rows[number] for number in self._rows)

    def _take_total(self, number: int, value: Value) -> None:
        if isinstance(value, Decimal) and "excluding" not in str(value):
            self.total = value
            self._total_place = self._columns.sheet.place(number, self._columns.by_field["amount"])

    def notes(self, lines: Sequence[TableLine]) -> Iterator[str]:
        """What is odd about the table as a whole."""
        yield from self._notes
        sheet, columns = self._columns.sheet, self._columns
        if columns.others:
            alike = names([sheet.name, *columns.others][:MOST_NAMED], len(columns.others) + 1)
            yield (
                f"These sheets look like the budget: {alike}. {sheet.name} was read. To read another, give a file with "
                "only that sheet, or on the command line: --sheet NAME"
            )
        if hidden := [sheet.place(row, 0) for row in self._rows if row in sheet.hidden_rows]:
            yield f"These rows are hidden, and were read too: {names(hidden[:MOST_NAMED], len(hidden))}."
        if other := [place for place, line in zip(self._rows, lines, strict=True) if _is_no_product(line)]:
            places = [sheet.place(row, columns.by_field.get("amount", 0)) for row in other[:MOST_NAMED]]
            advice = "If formulas compute them, save the file in your spreadsheet program, and read it again."
            shown = names(places, len(other))
            yield f"These amounts are not the quantity multiplied by the unit cost: {shown}. {advice}"
        if larger := [column for column in columns.again if self._has_larger(column)]:
            shown = names([column_name(column) for column in larger][:MOST_NAMED], len(larger))
            read = column_name(columns.by_field["amount"])
            yield f"The amounts are from column {read}. There are larger amounts under the same head: {shown}."
        if self._passed_over:
            shown = names(self._passed_over[:MOST_NAMED], len(self._passed_over))
            yield f"Not read, because they have no cost: {shown}."
        amounts = [line.answers.get("amount") for line in lines]
        if self.total is None or any(amount is None for amount in amounts):
            return
        found = sum((Decimal(str(amount)) for amount in amounts), Decimal(0))
        if found != self.total:
            yield f"{self._total_place} says {self.total:f}, but the lines that were read add up to {found:f}."

    def financing(self, sheets: Sequence[Sheet], grant: Question, group: Group) -> Financing:
        """How the budget is financed, on the sheet that is about it; nothing where there is none."""
        others = [one for one in sheets if one is not self._columns.sheet and not one.hidden]
        found = next((one for one in others if one.name == FUNDING_SHEET), None)
        found = found or next(filter(_is_about_funding, others), None)
        if found is None:
            return Financing()
        texts = (name_key(value) for row in found.rows for value in row if isinstance(value, str))
        if any(SOUGHT in text for text in texts):
            return self._by_headings(found, grant, group)
        financing = self._listed(found, grant, group)
        ours = financing.fields or financing.grant is not None
        return financing if ours else self._by_headings(found, grant, group)

    def _listed(self, sheet: Sheet, grant: Question, group: Group) -> Financing:
        """The grant, and the co-financing sources in a table whose heads are the questions of the form."""
        fields = {".".join(question.field): question for question in group.questions}
        titles = {name_key(question.title): field for field, question in fields.items()}
        amount: Decimal | None = None
        columns: dict[str, int] = {}
        sources = []
        for number, row in enumerate(sheet.rows):
            texts = [(column, name_key(value)) for column, value in enumerate(row) if isinstance(value, str)]
            if any(text == name_key(grant.title) for _, text in texts):
                amount = self._amount_in(sheet, number, grant, 0)
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
                sources.append(TableSource(sheet.place(number, min(columns.values())), answers))
        return Financing(amount, tuple(sources) or None, frozenset(columns))

    def _by_headings(self, sheet: Sheet, grant: Question, group: Group) -> Financing:
        """The grant and the sources in the shape of EU external actions: a label, then an amount and a percentage.

        The model does not say of what kind a source is, but for contributions in kind.
        """
        fields = {".".join(question.field): question for question in group.questions}
        requested: Decimal | None = None
        sources: list[TableSource] = []
        notes: list[str] = []
        head, at = _amount_column(sheet)
        under, total = "", None
        for number, row in enumerate(sheet.rows):
            label = next((value for value in row if isinstance(value, str)), "")
            words = name_key(_FOOTNOTE.sub("", _without_number(label).strip()))
            if words.startswith("estimated"):  # the costs come next; the sheet of the budget has them
                break
            if not label or at is None or number <= head or "percentage" in words:
                continue
            place = sheet.place(number, at)
            if cell_name(number, at) in sheet.unsaved:
                self._wrong(place, NO_STORED_VALUE)
            elif at >= len(row) or _says_no_number(row[at]):
                under = under if words == "name" or (at < len(row) and row[at] == 0) else words
            elif _is_sum(_BEFORE_TOTAL.sub("", words)):
                total = total or (place, row[at])
            elif words == name_key(grant.title) or any(one in words for one in GRANT_WORDS):
                requested = self._amount_in(sheet, number, grant, at)
            elif "revenue" in words:
                notes.append(f"Not read, because the form does not ask for revenue: {place}.")
            else:
                sources.append(TableSource(place, self._source(place, label, words, under, row[at], fields)))
        sources = _without_sums(sources)
        read = [Decimal(str(source.answers.get("amount") or 0)) for source in sources]
        if requested is None and not sources:
            reason = "We do not know which cells hold the requested grant and the co-financing"
            notes.append(f'{reason}: "{sheet.name}" was not read. Answer these questions in the form.')
        elif "kind" in fields and (open_ := [source.place for source in sources if "kind" not in source.answers]):
            shown = names(open_[:MOST_NAMED], len(open_))
            notes.append(f"The table does not say what type of co-financing this is: {shown}. Check it in the form.")
        if total is not None and isinstance(total[1], Decimal) and sum(read, requested or Decimal(0)) != total[1]:
            found = f"{sum(read, requested or Decimal(0)):f}"
            notes.append(f"{total[0]} says {total[1]:f}, but the grant and the co-financing add up to {found}.")
        return Financing(requested, tuple(sources) or None, frozenset(("source", "amount")), tuple(notes))

    def _source(
        self, place: str, label: str, words: str, under: str, amount: Value, fields: Mapping[str, Question]
    ) -> dict[str, object]:
        """The answers about a source: the lead applicant, or whoever the row names, and how much."""
        answers: dict[str, object] = {}
        if "source" in fields:
            lead = LEAD_WORDS.search(words) and LEAD in {choice.code for choice in self._choices(fields["source"])}
            answers["source"] = LEAD if lead else self._answer(place, fields["source"], _without_number(label))
        if "kind" in fields and "in kind" in f"{words} {under}".replace("-", " "):
            answers["kind"] = self._answer(place, fields["kind"], IN_KIND)
        if "amount" in fields:
            answers["amount"] = self._answer(place, fields["amount"], amount)
        return {field: answer for field, answer in answers.items() if answer is not None}

    def _amount_in(self, sheet: Sheet, number: int, question: Question, first: int) -> Decimal | None:
        """The amount in a row, at or after a column."""
        row = sheet.rows[number]
        column = next((at for at, value in enumerate(row) if at >= first and isinstance(value, Decimal)), None)
        if column is None:
            return None
        answer = self._answer(sheet.place(number, column), question, row[column])
        return None if answer is None else Decimal(str(answer))


def _is_no_product(line: TableLine) -> bool:
    """Whether the amount of a line is more than a cent away from its quantity multiplied by its unit cost."""
    known = [line.answers.get(field) for field in NUMBERS]
    if any(value is None for value in known):
        return False
    quantity, unit_cost, amount = (Decimal(str(value)) for value in known)
    return abs(quantity * unit_cost - amount) > CENT


def _is_about_funding(sheet: Sheet) -> bool:
    """Whether a sheet shows the financing: its name or one of its first rows says so."""
    above = (value for row in sheet.rows[:MOST_ABOVE] for value in row if isinstance(value, str))
    return any("sources of funding" in name_key(text) for text in (sheet.name, *above))


def _amount_column(sheet: Sheet) -> tuple[int, int | None]:
    """The row and the column of the head of the amounts; no column where there is none."""
    for number, row in enumerate(sheet.rows[:MOST_ABOVE]):
        for column, value in enumerate(row):
            if isinstance(value, str) and normal(value) in ("amount", "total amount"):
                return number, column
    return 0, None


def _without_sums(sources: Sequence[TableSource]) -> list[TableSource]:
    """Sources without a row that only adds up those below it, such as "Co-financing"."""
    amounts = [Decimal(str(source.answers.get("amount") or 0)) for source in sources]
    return [
        source
        for number, source in enumerate(sources)
        if number + 2 > len(sources) or amounts[number] != sum(amounts[number + 1 :])
    ]


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


def _says_no_number(value: Value) -> bool:
    no_digits = isinstance(value, str) and not (any(map(str.isdigit, value)) or _ERROR.fullmatch(value))
    return _is_nothing(value) or no_digits


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
