"""A table of another program, for the list of budget lines: pasted, or in a file."""

from __future__ import annotations

from mpfcheck.drafting.budget.columns import UnclearColumnsError
from mpfcheck.drafting.budget.reading import BudgetTable
from mpfcheck.drafting.budget.taking import added_lines, budget_in, budget_lines_of, taking_of
from mpfcheck.drafting.changes import changes_in_words
from mpfcheck.drafting.dialogues.steps import Choose, Confirm, Dialogue, Reply, choose, confirm, notify
from mpfcheck.drafting.session import Session
from mpfcheck.forms.form import Group
from mpfcheck.proposal.pointer import pointer
from mpfcheck.reading.tables import TableError, Tables, column_number, read_text_table
from mpfcheck.report.words import counted

__all__ = ["is_table", "paste_table", "take_budget"]

MOST_PROBLEMS = 5
NOTHING = "-"
COPY_HEADS = "Give the table with its heading row."


def is_table(text: str) -> bool:
    """Tell whether a pasted text is a table: programs put tabs between the cells that are copied."""
    return "\t" in text


def _read(session: Session, lines: Group, tables: Tables) -> Dialogue[BudgetTable | None]:
    """The budget in tables; where the heads do not say which column is what, the applicant does.

    None where the applicant does not. Raises TableError.
    """
    try:
        return budget_in(tables, session, lines)
    except UnclearColumnsError as error:
        unclear = error
    if not unclear.heads:
        raise TableError(f"{unclear} {COPY_HEADS}")
    titles = {".".join(question.field): question.title for question in lines.questions}
    chosen: dict[str, int] = {}
    left = len(unclear.heads)
    for column, text in unclear.heads.items():
        title = f'What is in column {column}, "{text}"?'
        words = "The table does not say which column is what." if not chosen and left == len(unclear.heads) else ""
        left -= 1
        replies = [Reply(field, name) for field, name in titles.items() if field not in chosen]
        field = yield from choose(
            Choose(title, words, (*replies, Reply(NOTHING, "Leave this column out")), "take nothing of the table")
        )
        if field is None:
            return None
        if field != NOTHING:
            chosen[field] = column_number(column)
    if not chosen:
        raise TableError("All columns are left out.")
    return budget_in(tables, session, lines, chosen=chosen, sheet=unclear.sheet.name or None)


def _lines_in(session: Session, lines: Group, tables: Tables, whose: str) -> Dialogue[BudgetTable | None]:
    """The budget in tables, if it can be taken as it is; else what is wrong is said. ``whose`` follows each cell."""
    try:
        read = yield from _read(session, lines, tables)
    except TableError as error:
        yield from notify(str(error), warning=True)
        return None
    if read is None:
        return None
    for problem in read.problems[:MOST_PROBLEMS]:
        yield from notify(f"Cell {problem.place} of {whose}: {problem.message}", warning=True)
    if read.problems or not read.lines:
        why = "" if read.problems else " The table has no line with a cost."
        yield from notify(f"Nothing was added.{why}", warning=True)
        return None
    return read


def take_budget(session: Session, tables: Tables, name: str) -> Dialogue[bool]:
    """Show what the budget in a file of this name changes, and take it in one step; whether it was taken.

    The lines of the file become the lines of the draft, and the list is complete then.
    """
    lines = budget_lines_of(session)
    if lines is None:
        yield from notify("This form asks for no budget lines.", warning=True)
        return False
    read = yield from _lines_in(session, lines, tables, name)
    if read is None:
        return False
    taking = taking_of(session, lines, read, unfinished=False)
    number = counted(len(read.lines), lines.noun)
    if not taking.changes:
        yield from notify(f"{number} read. {taking.in_words()}")
        return False
    question = Confirm(
        f"Take the budget in {name}?",
        " ".join((f"{number} read. {taking.in_words()}", *read.notes)),
        Reply("take", "Take these changes", "you can undo this"),
        Reply("leave", "Leave the draft as it is"),
        changes_in_words(taking.changes),
    )
    if not (yield from confirm(question)):
        return False
    session.replace(taking.document, step="budget read from a table")
    yield from notify("The budget was taken. You can undo this.")
    return True


def paste_table(session: Session, group: str, text: str) -> Dialogue[bool]:
    """Add the lines of a pasted table to the list at a place, or put them in its place, in one step.

    Whether they were taken. Nothing is taken where a cell of the table cannot be.
    """
    lines = budget_lines_of(session)
    if lines is None or pointer(lines.field) != group:
        yield from notify("A table can be pasted into the list of budget lines only.", warning=True)
        return False
    try:
        tables = Tables((read_text_table(text),))
    except TableError as error:
        yield from notify(str(error), warning=True)
        return False
    read = yield from _lines_in(session, lines, tables, "the pasted table")
    if read is None:
        return False
    there = len(session.group(group).items)
    number = counted(len(read.lines), lines.noun)
    replies = [Reply("add", f"Add {number}", "after those there are" if there else "")]
    if there:
        replies.append(Reply("replace", "Replace the list", f"{counted(there, lines.noun)} of the draft would go"))
    notes = " ".join(read.notes)
    text = f"{number} in the table. {notes}".strip()
    chosen = yield from choose(Choose("Paste a table", text, tuple(replies), "leave the list as it is"))
    if chosen is None:
        return False
    document = added_lines(session, lines, read) if chosen == "add" else taking_of(session, lines, read).document
    session.replace(document, step=f"{lines.title}: pasted")
    done = f"{number} added." if chosen == "add" else "The list was replaced."
    yield from notify(f"{done} You can undo this.")
    return True
