"""A budget as a workbook, in the familiar shape of the budgets of EU external actions, with formulas that compute.

Cells to fill in are open, all others are locked (without a password). Column A is hidden: it holds the ids of lines and
applicants, by which the workbook is read back into the draft. All text is written as text, never as a formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from mpfcheck.drafting.budget.reading import APPLICANTS_SHEET, FUNDING_SHEET, INDIRECT, RESERVE
from mpfcheck.drafting.budget.taking import CONTRIBUTIONS, GRANT, LINES, budget_lines_of
from mpfcheck.drafting.document import items_at, value_at
from mpfcheck.extra import MissingLibraryError
from mpfcheck.forms.typed.choice import Choice
from mpfcheck.frozen import Frozen
from mpfcheck.plain import plain
from mpfcheck.reading.tables import column_name
from mpfcheck.report.paper.paper import NO_TIME

if TYPE_CHECKING:
    from mpfcheck.drafting.session import Session
    from mpfcheck.forms.form import Group, Question

__all__ = ["NoBudgetError", "budget_workbook"]

BUDGET_SHEET = "Budget"
SPARE_LINES = 6
"""Empty lines under each heading, beside those of the draft; at least so many in all as :data:`FEWEST_LINES`."""
FEWEST_LINES = 12
FEWEST_APPLICANTS = 7
FEWEST_SOURCES = 12
UNITS = ("month", "day", "per diem", "flight", "trip", "participant", "vehicle", "piece", "lump sum")
FONT, FONT_SIZE = "Arial", 10
"""Every spreadsheet program has this font, or one with letters of the same width: rows are high enough everywhere."""
TITLE_SIZE = 14
LINE_HEIGHT = 13.5
"""Points."""
WIDTHS = (6, 52, 30, 13, 11, 14, 16)
GUIDE_WIDTH = 84
"""A page of paper is as wide."""
ID, COSTS, APPLICANT, UNIT, QUANTITY, UNIT_COST, AMOUNT = range(7)
LAST_COLUMN = AMOUNT
"""Columns of the sheet of the budget."""


class NoBudgetError(ValueError):
    """A call whose form asks for no budget lines."""


class _Block(Frozen):
    """A heading of the budget, and its lines; ``rows`` are those of the sheet, counted from 0."""

    code: str
    label: str
    first: int
    last: int
    subtotal: int


def budget_workbook(session: Session) -> bytes:
    """The budget of a draft as a workbook; of a new draft, the template of its call.

    Raises NoBudgetError, and MissingLibraryError.
    """
    group = budget_lines_of(session)
    if group is None:
        raise NoBudgetError(f"The form of {session.call.id} asks for no budget lines.")
    try:
        from xlsxwriter import Workbook
    except ModuleNotFoundError:
        raise MissingLibraryError("A workbook", "xlsx") from None
    saved = BytesIO()
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    font = {"font_name": FONT, "font_size": FONT_SIZE}
    with Workbook(saved, {"in_memory": True, "default_format_properties": font, **as_text}) as workbook:
        workbook.set_properties({"created": NO_TIME})
        _Writer(workbook, session, group).write()
    return saved.getvalue()


class _Writer:
    """One workbook being written."""

    def __init__(self, workbook: Any, session: Session, group: Group) -> None:
        self.book = workbook
        self.session = session
        self.group = group
        self.questions = {".".join(question.field): question for question in group.questions}
        heading = self.questions.get("heading")
        self.headings = session.choices(heading) if heading else ()
        self.applicants = tuple(self._applicants())
        self._sums: dict[int, Decimal] = {}
        self.formats = {
            "title": workbook.add_format({"bold": True, "font_size": TITLE_SIZE}),
            "long title": workbook.add_format(
                {"bold": True, "font_size": TITLE_SIZE, "text_wrap": True, "valign": "top"}
            ),
            "head": workbook.add_format(
                {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E7E6E6", "border": 1}
            ),
            "heading": workbook.add_format({"bold": True, "bg_color": "#F2F2F2", "border": 1}),
            "text": workbook.add_format({"locked": False, "text_wrap": True, "valign": "top", "border": 1}),
            "number": workbook.add_format(
                {"locked": False, "num_format": "#,##0.######", "valign": "top", "border": 1}
            ),
            "money": workbook.add_format({"locked": False, "num_format": "#,##0.00", "valign": "top", "border": 1}),
            "sum": workbook.add_format({"bold": True, "num_format": "#,##0.00", "border": 1, "bg_color": "#F2F2F2"}),
            "share": workbook.add_format({"num_format": "0.00%", "border": 1, "bg_color": "#F2F2F2"}),
            "plain": workbook.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
            "wrap": workbook.add_format({"text_wrap": True, "valign": "top"}),
        }

    def write(self) -> None:
        """Write all sheets. The sheet of the budget is shown first; the ids of this workbook are on a hidden one."""
        budget = self._sheet(BUDGET_SHEET)
        by_applicant = self._sheet("By applicant")
        by_applicant.set_landscape()
        funding = self._sheet(FUNDING_SHEET)
        applicants = self._sheet(APPLICANTS_SHEET)
        guide = self._sheet("How to fill in")
        blocks, total = self._budget(budget)
        self._by_applicant(by_applicant, blocks)
        self._funding(funding, total)
        self._applicants_sheet(applicants)
        self._guide(guide)
        about = self.book.add_worksheet("mpfcheck")
        about.very_hidden()
        for number, text in enumerate(("mpfcheck-budget/1", self.session.call.id, self.session.call.version)):
            about.write_string(number, 0, text)
        budget.activate()

    def _sheet(self, name: str) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _applicants(self) -> Iterator[Choice]:
        question = self.questions.get("applicant")
        known = self.session.choices(question) if question else ()
        labels = [choice.label for choice in known]
        for choice in known:
            unclear = labels.count(choice.label) > 1 or choice.label == choice.code
            named = {"lead": "Lead applicant"}.get(choice.code, choice.code) if choice.label == choice.code else ""
            yield Choice(choice.code, named or (f"{choice.label} ({choice.code})" if unclear else choice.label))
        if not items_at(self.session.document, "/co_applicants") and len(known) < FEWEST_APPLICANTS:
            for number in range(1, FEWEST_APPLICANTS - len(known) + 1):
                yield Choice(f"co-{number}", f"Co-applicant {number}")

    def _budget(self, sheet: Any) -> tuple[list[_Block], int]:
        """Write the budget; its headings, and the row of its total."""
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width, None, {"hidden": column == ID})
        title = value_at(self.session.document, "/title")
        self._across(
            sheet, 0, str(title) if isinstance(title, str) else self.session.form.title, "long title", TITLE_SIZE
        )
        self._across(sheet, 1, f"Budget in EUR. Call: {self.session.form.title} ({self.session.call.id})", "wrap")
        heads = ("id", "Costs", "Applicant", "Unit", "Number of units", "Unit value (EUR)", "Total cost (EUR)")
        for column, head in enumerate(heads):
            self._text(sheet, 3, column, head, "head")
        self._fit(sheet, 3, *zip(heads, WIDTHS, strict=True))
        sheet.freeze_panes(4, COSTS + 1)
        sheet.repeat_rows(3)
        by_heading = self._lines_by_heading()
        direct = [choice for choice in self.headings if choice.code not in (INDIRECT, RESERVE)]
        row, number = 4, 0
        blocks: list[_Block] = []
        for choice in direct:
            number += 1
            row = self._block(sheet, row, number, choice, by_heading.pop(choice.code, []), blocks)
        if left := by_heading.pop("", []):
            number += 1
            row = self._block(sheet, row, number, Choice("", "Heading not known"), left, blocks, spare=0)
        subtotal = row
        number += 1
        self._sum(sheet, row, f"{number}. Subtotal direct costs", [block.subtotal for block in blocks])
        row += 1
        parts = [subtotal]
        for code in (INDIRECT, RESERVE):
            choice_ = next((choice for choice in self.headings if choice.code == code), None)
            if choice_ is not None:
                number += 1
                row = self._block(
                    sheet, row, number, choice_, by_heading.pop(code, []), blocks, spare=2, note=self._most(code)
                )
                parts.append(row - 1)
        number += 1
        self._sum(sheet, row, f"{number}. Total costs", parts)
        self._validate(sheet, 4, row - 1)
        return blocks, row

    def _lines_by_heading(self) -> dict[str, list[Mapping[str, object]]]:
        found: dict[str, list[Mapping[str, object]]] = {}
        known = {choice.code for choice in self.headings}
        for item in items_at(self.session.document, LINES):
            if isinstance(item, Mapping):
                heading = str(item.get("heading") or "")
                found.setdefault(heading if heading in known else "", []).append(item)
        return found

    def _most(self, code: str) -> str:
        """The usual most of a heading, as the rules of the call have it: "at most 7 % of the direct costs"."""
        name = {INDIRECT: "maximum_indirect_share", RESERVE: "maximum_reserve_share"}[code]
        parameter = self.session.call.parameters.get(name)
        value = parameter.values[-1].value if parameter else None
        return (
            f" (usually at most {(value * 100).normalize():f} % of the direct costs)"
            if isinstance(value, Decimal)
            else ""
        )

    def _block(
        self,
        sheet: Any,
        row: int,
        number: int,
        heading: Choice,
        lines: Sequence[Mapping[str, object]],
        blocks: list[_Block],
        *,
        spare: int | None = None,
        note: str = "",
    ) -> int:
        """Write a heading with its lines and its subtotal; the row after it."""
        for column in range(ID, LAST_COLUMN + 1):
            sheet.write_blank(row, column, None, self.formats["heading"])
        self._text(sheet, row, COSTS, f"{number}. {heading.label}{note}", "heading")
        first = row + 1
        room = max(FEWEST_LINES, len(lines) + SPARE_LINES) if spare is None else len(lines) + spare
        for place in range(room):
            self._line(sheet, first + place, lines[place] if place < len(lines) else {})
        last = first + max(room, 1) - 1
        subtotal = last + 1
        blocks.append(_Block(heading.code, heading.label, first, last, subtotal))
        amounts = sum((_number(line.get("amount")) or Decimal(0) for line in lines), Decimal(0))
        self._total_cells(sheet, subtotal, f"Subtotal {heading.label}")
        formula = f"=SUM({_range(AMOUNT, first, last)})"
        sheet.write_formula(subtotal, AMOUNT, formula, self.formats["sum"], float(amounts))
        self._sums[subtotal] = amounts
        return subtotal + 1

    def _total_cells(self, sheet: Any, row: int, text: str) -> None:
        for column in range(ID, LAST_COLUMN + 1):
            sheet.write_blank(row, column, None, self.formats["sum"])
        self._text(sheet, row, COSTS, text, "sum")

    def _sum(self, sheet: Any, row: int, text: str, rows: Sequence[int]) -> None:
        self._total_cells(sheet, row, text)
        total = sum((self._sums[part] for part in rows), Decimal(0))
        formula = "=" + "+".join(f"{_letter(AMOUNT)}{part + 1}" for part in rows) if rows else "=0"
        sheet.write_formula(row, AMOUNT, formula, self.formats["sum"], float(total))
        self._sums[row] = total

    def _line(self, sheet: Any, row: int, line: Mapping[str, object]) -> None:
        self._text(sheet, row, ID, str(line.get("id") or ""), "text")
        self._text(sheet, row, COSTS, str(line.get("description") or ""), "text")
        applicant = line.get("applicant")
        name = next((choice.label for choice in self.applicants if choice.code == applicant), str(applicant or ""))
        shown = (
            (str(line.get(field) or ""), WIDTHS[column]) for field, column in (("description", COSTS), ("unit", UNIT))
        )
        self._fit(sheet, row, *shown, (name, WIDTHS[APPLICANT]))
        self._text(sheet, row, APPLICANT, name, "text")
        self._text(sheet, row, UNIT, str(line.get("unit") or ""), "text")
        quantity, unit_cost, amount = (_number(line.get(field)) for field in ("quantity", "unit_cost", "amount"))
        self._value(sheet, row, QUANTITY, quantity, line.get("quantity"), "number")
        self._value(sheet, row, UNIT_COST, unit_cost, line.get("unit_cost"), "number")
        product = _product(quantity, unit_cost)
        if line.get("amount") is not None and amount != product:
            self._value(sheet, row, AMOUNT, amount, line.get("amount"), "money")
            return
        quantity_cell, cost_cell = f"{_letter(QUANTITY)}{row + 1}", f"{_letter(UNIT_COST)}{row + 1}"
        formula = f'=IF(OR({quantity_cell}="",{cost_cell}=""),"",ROUND({quantity_cell}*{cost_cell},2))'
        sheet.write_formula(row, AMOUNT, formula, self.formats["money"], "" if product is None else float(product))

    def _validate(self, sheet: Any, first: int, last: int) -> None:
        end = len(self.applicants)
        listed = f"='{APPLICANTS_SHEET}'!$B$2:$B${end + 1}"
        sheet.data_validation(
            first, APPLICANT, last, APPLICANT,
            {"validate": "list", "source": listed, "error_title": "Applicant",
             "error_message": f"Choose an applicant of the sheet {APPLICANTS_SHEET}."},
        )  # fmt: skip
        sheet.data_validation(
            first, UNIT, last, UNIT, {"validate": "list", "source": list(UNITS), "error_type": "information",
                                      "show_error": False},
        )  # fmt: skip
        for column, name in ((QUANTITY, "Number of units"), (UNIT_COST, "Unit value")):
            sheet.data_validation(
                first, column, last, column,
                {"validate": "decimal", "criteria": ">=", "value": 0, "error_title": name,
                 "error_message": "Enter a number of zero or more."},
            )  # fmt: skip

    def _by_applicant(self, sheet: Any, blocks: Sequence[_Block]) -> None:
        """Sums by heading and applicant; all of them are formulas over the budget."""
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, len(self.applicants) + 1, 18)
        self._text(sheet, 0, 0, "Costs by heading and applicant (EUR)", "title")
        self._fit(sheet, 2, *((choice.label, 18) for choice in self.applicants))
        self._text(sheet, 2, 0, "Heading", "head")
        items = [item for item in items_at(self.session.document, LINES) if isinstance(item, Mapping)]
        for column in range(1, len(self.applicants) + 1):
            sheet.write_formula(
                2, column, f"='{APPLICANTS_SHEET}'!$B${column + 1}", self.formats["head"],
                plain(self.applicants[column - 1].label),
            )  # fmt: skip
        last = len(self.applicants) + 1
        self._text(sheet, 2, last, "Total", "head")
        for number, block in enumerate(blocks):
            row = 3 + number
            self._text(sheet, row, 0, block.label, "plain")
            for column, choice in enumerate(self.applicants, 1):
                names, amounts = (
                    f"'{BUDGET_SHEET}'!{_range(at, block.first, block.last)}" for at in (APPLICANT, AMOUNT)
                )
                formula = f"=SUMIFS({amounts},{names},{_letter(column)}$3)"
                value = sum(
                    (
                        _number(item.get("amount")) or Decimal(0)
                        for item in items
                        if item.get("applicant") == choice.code and str(item.get("heading") or "") == block.code
                    ),
                    Decimal(0),
                )
                sheet.write_formula(row, column, formula, self.formats["sum"], float(value))
            formula = f"='{BUDGET_SHEET}'!{_letter(AMOUNT)}{block.subtotal + 1}"
            sheet.write_formula(row, last, formula, self.formats["sum"], float(self._sums[block.subtotal]))
        row = 3 + len(blocks)
        self._text(sheet, row, 0, "Total", "sum")
        for column in range(1, last + 1):
            inside = [choice.code for choice in self.applicants]
            of = [
                _number(item.get("amount")) or Decimal(0)
                for item in items
                if column == last or item.get("applicant") == inside[column - 1]
            ]
            sheet.write_formula(
                row, column, f"=SUM({_range(column, 3, row - 1)})", self.formats["sum"], float(sum(of, Decimal(0)))
            )

    def _funding(self, sheet: Any, total_row: int) -> None:
        """The grant and the co-financing, beside the total of the budget."""
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 1, 30)
        sheet.set_column(2, 3, 18)
        self._text(sheet, 0, 0, FUNDING_SHEET, "title")
        draft_question = self.session.at(GRANT)
        where = self.session.locate(CONTRIBUTIONS)
        if draft_question is None or where is None or where.group is None:
            return
        total = self._sums[total_row]
        grant = _number(value_at(self.session.document, GRANT))
        self._text(sheet, 2, 0, "Total costs", "plain")
        sheet.write_formula(
            2, 2, f"='{BUDGET_SHEET}'!{_letter(AMOUNT)}{total_row + 1}", self.formats["sum"], float(total)
        )
        self._text(sheet, 3, 0, draft_question.question.title, "plain")
        self._value(sheet, 3, 2, grant, value_at(self.session.document, GRANT), "money")
        sheet.write_formula(
            3, 3, '=IF(OR(C3=0,C4=""),"",C4/C3)', self.formats["share"],
            float(grant / total) if grant is not None and total else "",
        )  # fmt: skip
        group = where.group
        fields = {".".join(question.field): question for question in group.questions}
        columns = {field: at for field, at in (("source", 0), ("kind", 1), ("amount", 2)) if field in fields}
        for field, at in columns.items():
            head = fields[field].title
            self._text(sheet, 5, at, f"{head} (EUR)" if field == "amount" else head, "head")
        items = [item for item in items_at(self.session.document, CONTRIBUTIONS) if isinstance(item, Mapping)]
        rows = max(FEWEST_SOURCES, len(items) + SPARE_LINES)
        for number in range(rows):
            item = items[number] if number < len(items) else {}
            for field, at in columns.items():
                self._source_cell(sheet, 6 + number, at, fields[field], item.get(field))
            self._fit(sheet, 6 + number, (self._label(fields.get("source"), item.get("source")), 40))
        last = 6 + rows
        if "source" in columns:
            listed = f"='{APPLICANTS_SHEET}'!$B$2:$B${len(self.applicants) + 1}"
            sheet.data_validation(6, 0, last - 1, 0, {"validate": "list", "source": listed, "show_error": False})
        if "kind" in columns:
            labels = [choice.label for choice in self.session.choices(fields["kind"])]
            sheet.data_validation(6, 1, last - 1, 1, {"validate": "list", "source": labels})
        given = sum((_number(item.get("amount")) or Decimal(0) for item in items), Decimal(0))
        self._text(sheet, last, 0, f"Total {group.title[:1].lower()}{group.title[1:]}", "sum")
        sheet.write_formula(last, 2, f"=SUM({_range(2, 6, last - 1)})", self.formats["sum"], float(given))
        self._text(sheet, last + 1, 0, "Total grant and co-financing, less total costs", "plain")
        left = (grant or Decimal(0)) + given - total
        sheet.write_formula(last + 1, 2, f"=C4+C{last + 1}-C3", self.formats["sum"], float(left))

    def _source_cell(self, sheet: Any, row: int, column: int, question: Question, value: object) -> None:
        if question.field == ("amount",):
            self._value(sheet, row, column, _number(value), value, "money")
            return
        self._text(sheet, row, column, self._label(question, value), "text")

    def _label(self, question: Question | None, value: object) -> str:
        """What people call the value of a field that has choices or names an applicant."""
        known = self.session.choices(question) if question else ()
        labels = {choice.code: choice.label for choice in (*known, *self.applicants)}
        return labels.get(str(value), str(value or ""))

    def _applicants_sheet(self, sheet: Any) -> None:
        sheet.set_column(0, 0, 10, None, {"hidden": True})
        sheet.set_column(1, 1, 60)
        self._text(sheet, 0, 0, "id", "head")
        self._text(sheet, 0, 1, "Applicant", "head")
        for row, choice in enumerate(self.applicants, 1):
            self._fit(sheet, row, (choice.label, 60))
            self._text(sheet, row, 0, choice.code, "plain")
            self._text(sheet, row, 1, choice.label, "text")

    def _guide(self, sheet: Any) -> None:
        sheet.set_column(0, 0, GUIDE_WIDTH)
        self._text(sheet, 0, 0, "How to fill in this workbook", "title")
        lines = (
            "This workbook has the shape of the budgets of EU external actions. It is not the official budget form of "
            "the call.",
            f"{APPLICANTS_SHEET}: correct the names of the applicants first. The lists in the other sheets use them.",
            f"{BUDGET_SHEET}: write each cost under its heading. Choose the applicant that spends the money.",
            "Enter the number of units and the unit value. The total cost is computed and rounded to the cent. You may "
            "type another total over it.",
            "Subtotals and totals are formulas in locked cells. You can unlock the sheets without a password.",
            f"By applicant: computed from the sheet {BUDGET_SHEET}.",
            f"{FUNDING_SHEET}: enter the requested grant and the co-financing sources.",
            "Save the workbook as .xlsx or .ods. To take it into your draft, run: mpfcheck budget read FILE DRAFT. In "
            "the browser, choose the file on the page of the budget. You see what would change before anything is "
            "changed.",
            "The hidden column A holds the ids of the lines. Do not delete it: by these ids, lines are found again.",
        )
        for row, line in enumerate(lines, 2):
            self._text(sheet, row, 0, line, "wrap")
            self._fit(sheet, row, (line, GUIDE_WIDTH))

    def _across(self, sheet: Any, row: int, text: str, form: str, size: int = FONT_SIZE) -> None:
        """Write a text over all columns of the budget that are shown."""
        sheet.merge_range(row, COSTS, row, LAST_COLUMN, "", self.formats[form])
        self._text(sheet, row, COSTS, text, form)
        self._fit(sheet, row, (text, sum(WIDTHS[COSTS:]) * FONT_SIZE // size), size=size)

    def _fit(self, sheet: Any, row: int, *cells: tuple[str, int], size: int = FONT_SIZE) -> None:
        """Make a row as high as its texts need, each with the width of its column: not every program does so itself."""
        lines = max(len(wrap(" ".join(plain(text).split()), round(width * 1.05))) for text, width in cells)
        if lines > 1 or size > FONT_SIZE:
            sheet.set_row(row, LINE_HEIGHT * max(lines, 1) * size / FONT_SIZE)

    def _text(self, sheet: Any, row: int, column: int, text: str, form: str) -> None:
        """Write a text; it is never taken for a formula, and an empty one is an empty cell."""
        text = " ".join(plain(text).split())[:32000]
        if text:
            sheet.write_string(row, column, text, self.formats[form])
        else:
            sheet.write_blank(row, column, None, self.formats[form])

    def _value(self, sheet: Any, row: int, column: int, number: Decimal | None, given: object, form: str) -> None:
        """Write a number, or what is in the draft in its place as text."""
        if number is None:
            self._text(sheet, row, column, "" if given is None else str(given), form)
        else:
            sheet.write_number(row, column, float(number), self.formats[form])


def _number(value: object) -> Decimal | None:
    if not isinstance(value, str | int | Decimal) or isinstance(value, bool):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _product(quantity: Decimal | None, unit_cost: Decimal | None) -> Decimal | None:
    if quantity is None or unit_cost is None:
        return None
    return (quantity * unit_cost).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _letter(column: int) -> str:
    return column_name(column)


def _range(column: int, first: int, last: int) -> str:
    return f"${_letter(column)}${first + 1}:${_letter(column)}${last + 1}"
