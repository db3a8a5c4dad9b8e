"""What is wrong with a form, or looks wrong: questions that cannot be answered, conditions, lists of choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Self

from mpfcheck.feel.check.expression import check
from mpfcheck.feel.check.type_names import describe
from mpfcheck.feel.study.certainty import always
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.types import ANY, BOOLEAN, ListType, NumberType, RecordType, Type
from mpfcheck.forms.form import Bar, Figure, Form, Group, Page, Part, Question
from mpfcheck.forms.load import form_place, read_form_file
from mpfcheck.packs.call import Call
from mpfcheck.packs.lint.figures import Sentence, outdated_figures
from mpfcheck.packs.lint.files import cut_sentences
from mpfcheck.packs.lint.finding import LintFinding, Weight, error, warning
from mpfcheck.packs.mistake import NO_PLACE, PackMistake, Place
from mpfcheck.packs.rule import Rule
from mpfcheck.packs.severity import Severity
from mpfcheck.packs.template import Condition
from mpfcheck.packs.vocabulary import condition_fields, proposal_type, rule_fields, vocabulary_of
from mpfcheck.proposal.fields import Code, Many

__all__ = [
    "Answerable",
    "answerable_findings",
    "choice_findings",
    "condition_findings",
    "lint_form",
    "list_of",
    "sentences_of_form",
]


class Answerable:
    """The fields a form asks, or begins with."""

    def __init__(self, form: Form) -> None:
        self._ways: set[tuple[str, ...]] = set(_leaves(form.begin, ()))
        for _, part in form.parts():
            self.ask(part)

    @classmethod
    def begin(cls, form: Form) -> Self:
        """Only the fields a new proposal begins with."""
        return cls(Form(form.call, form.title, (), begin=form.begin))

    def ask(self, part: Part) -> None:
        """Count what a question or group asks."""
        self._ways.add(part.field)
        if isinstance(part, Group):
            self._ways |= {(*part.field, *question.field) for question in part.questions}
            if part.first_id:
                self._ways.add((*part.field, "id"))

    def has(self, way: tuple[str, ...]) -> bool:
        """Tell whether the field, or some of the fields inside it, can be answered."""
        return any(way == one[: len(way)] for one in self._ways)


def answerable_findings(form: Form, call: Call) -> Iterator[LintFinding]:
    """Find the fields a rule reads and nobody is asked: errors for blocking rules, warnings for others."""
    answerable = Answerable(form)
    first = form.pages[0].place
    for rule in call.rules:
        unasked = sorted(way for way in rule_fields(call)[rule.id] if not answerable.has(way))
        if unasked:
            find = error if _decides(rule) else warning
            listed = ", ".join(f'"{".".join(way)}"' for way in unasked)
            message = f"rule {rule.id} reads {listed}, which the form does not ask"
            yield find(first, message, "add a question, or the rule stays undecided", rule.id)
    blocking = {way for rule in call.rules if _decides(rule) for way in rule_fields(call)[rule.id]}
    for way, question in form.questions():
        if way in blocking and not question.effort and not question.fixed:
            message = f'a blocking rule reads "{".".join(way)}", and the form does not say whether it can be changed'
            yield warning(question.place, message, 'add "effort: 1" (little) to "effort: 9" (much), or "fixed: true"')
    for _, part in form.parts():
        if isinstance(part, Group) and not part.none:
            message = f'applicants cannot say that there are none of "{".".join(part.field)}"'
            yield warning(part.place, message, 'add "none" with the words for it')
        if isinstance(part, Question) and part.field in (("format",), ("call",)):
            yield error(part.place, f'"{part.field[0]}" is not for people to answer', "remove it")


def _decides(rule: Rule) -> bool:
    """Whether a rule can make a proposal ineligible."""
    return rule.severity is Severity.BLOCKING and not rule.manual


def _leaves(values: Mapping[str, object], way: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*way, name))
        else:
            yield (*way, name)


def choice_findings(form: Form, call: Call) -> Iterator[LintFinding]:
    """Find code lists that are not there, and codes that have no label."""
    for _, question in form.questions():
        if question.code_list is None:
            continue
        what = f'"{".".join(question.field)}"'
        code_list = call.labels.code_list(question.code_list)
        if code_list is None:
            hint = "code lists are files in codelists/"
            yield error(question.place, f'{what} has no code list "{question.code_list}" to choose from', hint)
            continue
        listed = [member.code for member in (*code_list.members, *code_list.candidates)]
        kind = question.kind.item if isinstance(question.kind, Many) else question.kind
        known = kind.codes if isinstance(kind, Code) else ()
        for code in (*listed, *(code for code in known if code not in listed)):
            if known and code not in known:
                message = f'{what} cannot be "{code}", which its code list "{code_list.id}" holds'
                yield error(question.place, message, "remove it from the list")
            elif call.label(code_list.id, code) == code:
                message = f'the code "{code}" of {what} has no label'
                yield error(question.place, message, f'give it one in the code list "{code_list.id}"')


_NO_ITEMS: Mapping[str, tree.Expression] = {}


def list_of(group: Group) -> Mapping[str, tree.Expression]:
    """The list each item name of a group stands for, as an expression."""
    return {group.item: parse(".".join(group.field))}


def condition_findings(form: Form, call: Call) -> Iterator[LintFinding]:
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


def _in_circles(form: Form, call: Call) -> Iterator[LintFinding]:
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
            message = (
                f'no applicant ever reaches "{".".join(part.field)}": the answers that show it are asked nowhere else'
            )
            yield error(condition.place, message, "ask what its condition reads where everybody is asked")


def _unseen(page: Page) -> Iterator[LintFinding]:
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

    def shown(
        self, condition: Condition | None, what: str, items: Mapping[str, tree.Expression]
    ) -> Iterator[LintFinding]:
        """Check a condition that shows something."""
        if condition is None:
            return
        mistakes = list(self._mistyped(condition, items, BOOLEAN))
        yield from mistakes
        if mistakes:
            return
        outcome = always(condition.tree, self._names(items), fields={*proposal_type().fields, *items})
        if outcome is not None:
            message = f"{what} is {'always' if outcome else 'never'} shown"
            hint = 'remove "show when"' if outcome else "look at the codes and numbers it compares"
            yield error(condition.place, message, hint)
        for way in sorted(condition_fields(self._call, condition, items)):
            if not self._answerable.has(way):
                message = f'{what} depends on "{".".join(way)}", which is not asked'
                yield error(condition.place, message, "ask it, or remove the condition")

    def references(self, question: Question, items: Mapping[str, tree.Expression]) -> Iterator[LintFinding]:
        """Check what a question refers to."""
        for condition in question.refers_to:
            yield from self._mistyped(condition, items, ANY)
            found = self._type(condition, items)
            record = found.item if isinstance(found, ListType) else found
            if not (isinstance(record, RecordType) and "id" in record.fields):
                message = (
                    f"`{condition.text}` is {describe(found)}, but this must be a record with an id, or a list of them"
                )
                yield error(condition.place, message, "such as lead or co_applicants")

    def figure(self, figure: Figure) -> Iterator[LintFinding]:
        """Check the expressions of a figure."""
        if isinstance(figure, Bar):
            for condition, wanted in (
                (figure.part, NumberType("EUR")),
                (figure.whole, NumberType("EUR")),
                (figure.limit, NumberType()),
            ):
                if condition is not None:
                    yield from self._mistyped(condition, _NO_ITEMS, wanted)
            return
        yield from self._mistyped(figure.of, _NO_ITEMS, ListType(ANY))
        listed = self._type(figure.of, _NO_ITEMS)
        item = listed.item if isinstance(listed, ListType) else ANY
        fields = item.fields if isinstance(item, RecordType) else {}
        for name in (figure.by, figure.amount):
            if name not in fields:
                yield error(figure.place, f'the items of `{figure.of.text}` have no field "{name}"')
        if figure.amount in fields and not isinstance(fields[figure.amount].type, NumberType):
            yield error(figure.place, f'"{figure.amount}" is not a number, so it cannot be summed')

    def item_name(self, group: Group) -> Iterator[LintFinding]:
        """Look for an item whose name means something else already."""
        if group.item in self._vocabulary.names:
            message = f'the group calls an item "{group.item}", which is a name of the call already'
            yield error(group.place, message, 'choose another name for "as"')

    def _names(self, items: Mapping[str, tree.Expression]) -> Mapping[str, Type]:
        return {**self._vocabulary.names, **self._vocabulary.item_types(items)}

    def _type(self, condition: Condition, items: Mapping[str, tree.Expression]) -> Type:
        return check(condition.tree, self._names(items)).type

    def _mistyped(
        self, condition: Condition, items: Mapping[str, tree.Expression], wanted: Type
    ) -> Iterator[LintFinding]:
        for mistake in check(condition.tree, self._names(items), wanted=wanted).mistakes:
            yield error(condition.place_at(mistake.span[0]), mistake.message, mistake.hint)


def lint_form(call: Call, place: Path | None = None) -> list[LintFinding]:
    """List what is wrong, or looks wrong, with the form of a call: in this file, or where forms are found.

    A call need not have a form: then there is nothing to say.
    """
    place = place or form_place(call)
    if place is None:
        return []
    mistakes: list[PackMistake] = []
    form, file = read_form_file(place, call, mistakes)
    findings = [error(mistake.place, mistake.message, mistake.hint) for mistake in mistakes]
    if form is None or file is None:
        return findings
    findings += cut_sentences(file)
    findings += outdated_figures(call, sentences_of_form(form, file.root.place))
    if not any(finding.severity is Weight.ERROR for finding in findings):
        findings += [*condition_findings(form, call), *choice_findings(form, call)]
        findings += [*answerable_findings(form, call), *_columns(form), *_begin(form, file.root.place.file)]
    return sorted(findings, key=lambda finding: finding.place)


def sentences_of_form(form: Form, place: Place = NO_PLACE) -> Iterator[Sentence]:
    """Yield every text of a form that people read; ``place`` is where the form begins."""
    yield Sentence(place, "the title of the form", form.title)
    yield Sentence(place, "the intro of the form", form.intro)
    for page in form.pages:
        yield Sentence(page.place, f'the title of the page "{page.id}"', page.title)
        yield Sentence(page.place, f'the intro of the page "{page.id}"', page.intro)
        for figure in page.figures:
            yield Sentence(figure.place, f'the title of a figure of the page "{page.id}"', figure.title)
        for part in page.parts:
            yield from _of_part(part, ())
            for question in part.questions if isinstance(part, Group) else ():
                yield from _of_part(question, part.field)


def _of_part(part: Part, holder: tuple[str, ...]) -> Iterator[Sentence]:
    name = ".".join((*holder, *part.field))
    for key, text in (("ask", part.ask), ("title", part.title), ("hint", part.hint), ("help", part.help)):
        yield Sentence(part.place, f'the "{key}" of "{name}"', text)


def _columns(form: Form) -> Iterator[LintFinding]:
    for _, part in form.parts():
        if isinstance(part, Group):
            for name in part.columns:
                if part.question((name,)) is None:
                    message = f'the table of "{".".join(part.field)}" shows "{name}", which is not asked'
                    yield warning(part.place, message, "ask it, or remove the column")


def _begin(form: Form, name: str) -> Iterator[LintFinding]:
    # Pydantic stays off the way of whoever only wants to know whether there is a form.
    from mpfcheck.proposal.answers import MistakenProposalError, answers_from
    from mpfcheck.proposal.mistakes import find_unknown_fields

    begin: Mapping[str, object] = form.begin
    place = Place(name, 1, 1)
    for unknown in find_unknown_fields(begin):
        yield error(place, f'"begin with" {unknown.pointer}: {unknown.message}', unknown.hint)
    try:
        answers_from(begin)
    except MistakenProposalError as refused:
        for mistake in refused.mistakes:
            yield error(place, f'"begin with" {mistake.pointer}: {mistake.message}', mistake.hint)
