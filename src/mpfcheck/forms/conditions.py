"""The conditions of a form: their names and types, and whether what they show can ever be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mpfcheck.feel.check.expression import check
from mpfcheck.feel.check.type_names import describe
from mpfcheck.feel.study.certainty import always
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.types import ANY, BOOLEAN, ListType, NumberType, RecordType, Type
from mpfcheck.forms.answerable import Answerable
from mpfcheck.forms.form import Bar, Figure, Form, Group, Page, Question
from mpfcheck.packs.call import Call
from mpfcheck.packs.lint.finding import Finding, error, warning
from mpfcheck.packs.template import Condition
from mpfcheck.packs.vocabulary import condition_fields, proposal_type, vocabulary_of

__all__ = ["condition_findings", "list_of"]

_NO_ITEMS: Mapping[str, tree.Expression] = {}


def list_of(group: Group) -> Mapping[str, tree.Expression]:
    """The list each item name of a group stands for, as an expression."""
    return {group.item: parse(".".join(group.field))}


def condition_findings(form: Form, call: Call) -> Iterator[Finding]:
    """Find what is wrong with the conditions of pages, groups and questions, and with figures."""
    looking = _Looking(form, call)
    for page in form.pages:
        yield from looking.shown(page.shown_when, f'the page "{page.id}"', _NO_ITEMS)
        for figure in page.figures:
            yield from looking.figure(figure)
        for part in page.parts:
            what = f'{"the group" if isinstance(part, Group) else "the question"} "{".".join(part.field)}"'
            yield from looking.shown(part.shown_when, what, _NO_ITEMS)
            if isinstance(part, Question):
                yield from looking.references(part, _NO_ITEMS)
                continue
            yield from looking.item_name(part)
            items = list_of(part)
            for question in part.questions:
                what = f'the question "{".".join((*part.field, *question.field))}"'
                yield from looking.shown(question.shown_when, what, items)
                yield from looking.references(question, items)
        yield from _unseen(page)
    yield from _in_circles(form, call)


def _in_circles(form: Form, call: Call) -> Iterator[Finding]:
    """Find what is shown only by answers that are asked for where it is shown itself: nobody ever gets there."""
    waiting = {id(part): (page, part) for page, part in form.parts()}
    reached = Answerable.begin(form)
    while True:
        fresh = [
            (page, part)
            for page, part in waiting.values()
            if all(
                condition is None or any(reached.has(way) for way in condition_fields(call, condition, _NO_ITEMS))
                for condition in (page.shown_when, part.shown_when)
            )
        ]
        if not fresh:
            break
        for _, part in fresh:
            reached.ask(part)
            del waiting[id(part)]
    for page, part in waiting.values():
        condition = part.shown_when or page.shown_when
        if condition is not None:
            message = f'nobody ever gets to "{".".join(part.field)}": what shows it is asked nowhere else'
            yield error(condition.place, message, "ask what its condition reads where everybody is asked")


def _unseen(page: Page) -> Iterator[Finding]:
    """Find pages that can be empty: nothing but questions with a condition, and none of its own."""
    if page.shown_when is None and page.parts and all(part.shown_when is not None for part in page.parts):
        message = f'every question of the page "{page.id}" has a condition, so the page can be empty'
        yield warning(page.place, message, 'give the page itself a "show when"')


class _Looking:
    """One look at the conditions of a form."""

    def __init__(self, form: Form, call: Call) -> None:
        self._call = call
        self._vocabulary = vocabulary_of(call)
        self._answerable = Answerable(form)

    def shown(self, condition: Condition | None, what: str, items: Mapping[str, tree.Expression]) -> Iterator[Finding]:
        """Check a condition that shows something."""
        if condition is None:
            return
        mistakes = list(self._typed(condition, items, BOOLEAN))
        yield from mistakes
        if mistakes:
            return
        outcome = always(condition.tree, self._names(items), fields={*proposal_type().fields, *items})
        if outcome is not None:
            message = f"{what} is {'always' if outcome else 'never'} shown"
            hint = 'leave out "show when"' if outcome else "look at the codes and numbers it compares"
            yield error(condition.place, message, hint)
        for way in sorted(condition_fields(self._call, condition, items)):
            if not self._answerable.has(way):
                message = f'{what} depends on "{".".join(way)}", which is not asked'
                yield error(condition.place, message, "ask it, or leave the condition out")

    def references(self, question: Question, items: Mapping[str, tree.Expression]) -> Iterator[Finding]:
        """Check what a question refers to."""
        for condition in question.refers_to:
            yield from self._typed(condition, items, ANY)
            found = self._type(condition, items)
            record = found.item if isinstance(found, ListType) else found
            if not (isinstance(record, RecordType) and "id" in record.fields):
                message = (
                    f"`{condition.text}` is {describe(found)}, but this must be a record with an id, or a list of them"
                )
                yield error(condition.place, message, "such as lead or co_applicants")

    def figure(self, figure: Figure) -> Iterator[Finding]:
        """Check the expressions of a figure."""
        if isinstance(figure, Bar):
            for condition, wanted in (
                (figure.part, NumberType("EUR")),
                (figure.whole, NumberType("EUR")),
                (figure.limit, NumberType()),
            ):
                if condition is not None:
                    yield from self._typed(condition, _NO_ITEMS, wanted)
            return
        yield from self._typed(figure.of, _NO_ITEMS, ListType(ANY))
        listed = self._type(figure.of, _NO_ITEMS)
        item = listed.item if isinstance(listed, ListType) else ANY
        fields = item.fields if isinstance(item, RecordType) else {}
        for name in (figure.by, figure.amount):
            if name not in fields:
                yield error(figure.place, f'the items of `{figure.of.text}` have no field "{name}"')
        if figure.amount in fields and not isinstance(fields[figure.amount].type, NumberType):
            yield error(figure.place, f'"{figure.amount}" is no number, so there is no sum of it')

    def item_name(self, group: Group) -> Iterator[Finding]:
        """Look for an item whose name means something else already."""
        if group.item in self._vocabulary.names:
            message = f'the group calls an item "{group.item}", which is a name of the call already'
            yield error(group.place, message, 'choose another name for "as"')

    def _names(self, items: Mapping[str, tree.Expression]) -> Mapping[str, Type]:
        return {**self._vocabulary.names, **self._vocabulary.item_types(items)}

    def _type(self, condition: Condition, items: Mapping[str, tree.Expression]) -> Type:
        return check(condition.tree, self._names(items)).type

    def _typed(self, condition: Condition, items: Mapping[str, tree.Expression], wanted: Type) -> Iterator[Finding]:
        for mistake in check(condition.tree, self._names(items), wanted=wanted).mistakes:
            yield error(condition.place_at(mistake.span[0]), mistake.message, mistake.hint)
