"""What a call consists of, as plain immutable values: rules, its form with choices and help, the schema of a proposal.

Expressions stand there as they are written, in FEEL; sentences with expressions in ``{ }``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from mpfcheck.api.schemas import schema_text
from mpfcheck.forms.choices import Choices
from mpfcheck.forms.form import Form, Group, Page, Question
from mpfcheck.forms.typed.choice import Choice
from mpfcheck.frozen import Frozen, FrozenDict, changed, frozen
from mpfcheck.packs.call import Call
from mpfcheck.packs.code_list import CodeList, Member
from mpfcheck.packs.rule import Citation, Rule
from mpfcheck.packs.severity import Severity
from mpfcheck.packs.template import Condition
from mpfcheck.proposal.fields import Code, Day, Exact, Kind, Many, Moment, Text, Whole, YesNo
from mpfcheck.proposal.pointer import pointer

__all__ = [
    "CallForm",
    "CallRule",
    "FormGroup",
    "FormPage",
    "FormQuestion",
    "code_list_of",
    "form_of",
    "rule_of",
    "schema_of",
]


class CallRule(Frozen):
    """A rule of a call.

    ``conditions`` are its conditions in FEEL by their names (``for each``, ``when``, ``require``, ``doubt``, ``note``),
    ``sentences`` what people read (``message``, ``fix``, ``doubt message``, ``note``), each only where it has one.
    ``scope`` is ``proposal``, or ``portfolio`` for a rule about all proposals together; ``manual`` a rule for manual
    review. ``source`` says where it comes from, ``also`` where else it is said: a source of the call by its id.
    """

    in_short = ("id", "title", "severity")

    id: str
    title: str
    severity: Severity
    manual: bool
    scope: str
    why: str
    conditions: Mapping[str, str]
    sentences: Mapping[str, str]
    source: Citation
    also: tuple[Citation, ...] = ()


class FormQuestion(Frozen):
    """A question of a form, which one field answers.

    ``field`` is the JSON Pointer of the field, inside a group from one of its items. ``kind`` says what is in it:
    ``text``, ``yes_no``, ``date``, ``moment``, ``whole`` (a whole number), ``exact`` (a decimal, as text), ``choice``
    (one code), ``choices`` (a list of codes) or ``record`` (the ``id`` of a record that one of ``refers_to`` finds in
    the proposal, in FEEL). ``unit`` is ``EUR``, ``months`` or None; ``decimals`` how many digits an exact number may
    have after the point. ``choices`` are the codes with their labels, of ``code_list`` where that has a name.

    ``ask`` is the question, ``title`` the name of the field, ``hint`` what to type, ``help`` what explains it; each may
    be empty but the first two. ``lines`` is how many lines of text are expected. ``own_text``: another text than a
    choice may be written. ``optional``: it may stay without an answer. ``shown_when`` is the condition for asking it,
    None where it is always asked; ``percent_of`` the pointer of the amount of which a percentage may be typed.
    """

    in_short = ("field", "kind", "ask")

    field: str
    kind: str
    ask: str
    title: str
    hint: str = ""
    help: str = ""
    unit: str | None = None
    decimals: int | None = None
    code_list: str | None = None
    choices: tuple[Choice, ...] = ()
    refers_to: tuple[str, ...] = ()
    own_text: bool = False
    optional: bool = False
    lines: int = 1
    shown_when: str | None = None
    percent_of: str | None = None


class FormGroup(Frozen):
    """A list of a form, to which people add items; each has the same ``questions``.

    ``field`` is the JSON Pointer of the list. ``noun`` is what one item is called, ``item`` what the conditions of its
    questions call it, ``none`` how to say that there are none (empty: something must be there). ``columns`` are the
    fields that a table shows. ``first_id`` is the id of the first item, such as co-1 (empty: items have no ids).
    """

    in_short = ("field", "noun", "ask")

    field: str
    ask: str
    title: str
    noun: str
    item: str
    questions: tuple[FormQuestion, ...]
    columns: tuple[str, ...]
    none: str = ""
    hint: str = ""
    help: str = ""
    first_id: str = ""
    optional: bool = False
    shown_when: str | None = None


FormPart: TypeAlias = FormQuestion | FormGroup


class FormPage(Frozen):
    """A page of a form: questions and groups that belong together, in order."""

    in_short = ("id", "title")

    id: str
    title: str
    parts: tuple[FormPart, ...]
    intro: str = ""
    shown_when: str | None = None


class CallForm(Frozen):
    """The form of a call. ``begin`` holds the answers that a new proposal starts with."""

    in_short = ("call", "title")

    call: str
    title: str
    pages: tuple[FormPage, ...]
    intro: str = ""
    begin: Mapping[str, object] = FrozenDict()

    def questions(self) -> Iterator[FormQuestion]:
        """Yield all questions in order, those inside groups too."""
        for page in self.pages:
            for part in page.parts:
                yield from part.questions if isinstance(part, FormGroup) else (part,)


def rule_of(rule: Rule) -> CallRule:
    """A rule as a value for programs."""
    return CallRule(
        rule.id,
        rule.title,
        rule.severity,
        rule.manual,
        rule.scope.value,
        rule.why,
        FrozenDict({key: condition.text for key, condition in rule.conditions()}),
        FrozenDict({key: sentence.text for key, sentence in rule.sentences()}),
        rule.source,
        rule.also,
    )


def code_list_of(call: Call, code_list: CodeList) -> CodeList:
    """A code list in which every code has its label, also where it is that of another list."""

    def labelled(members: tuple[Member, ...]) -> tuple[Member, ...]:
        return tuple(changed(one, label=call.label(code_list.id, one.code)) for one in members)

    return changed(code_list, members=labelled(code_list.members), candidates=labelled(code_list.candidates))


def form_of(call: Call, form: Form) -> CallForm:
    """A form as a value for programs."""
    choices = Choices(call)
    pages = tuple(_page(page, choices) for page in form.pages)
    return CallForm(form.call, form.title, pages, form.intro, frozen(form.begin))


def _page(page: Page, choices: Choices) -> FormPage:
    parts = tuple(_group(part, choices) if isinstance(part, Group) else _question(part, choices) for part in page.parts)
    return FormPage(page.id, page.title, parts, page.intro, _text(page.shown_when))


def _group(group: Group, choices: Choices) -> FormGroup:
    return FormGroup(
        pointer(group.field),
        group.ask,
        group.title,
        group.noun,
        group.item,
        tuple(_question(question, choices) for question in group.questions),
        group.columns,
        group.none,
        group.hint,
        group.help,
        group.first_id,
        group.optional,
        _text(group.shown_when),
    )


def _question(question: Question, choices: Choices) -> FormQuestion:
    kind = question.kind
    offered = choices.of(question)
    return FormQuestion(
        pointer(question.field),
        _kind(kind, refers=bool(question.refers_to), offered=bool(offered)),
        question.ask,
        question.title,
        question.hint,
        question.help,
        kind.unit if isinstance(kind, Exact | Whole) else None,
        kind.decimals if isinstance(kind, Exact) else None,
        question.code_list,
        offered,
        tuple(condition.text for condition in question.refers_to),
        question.own_text,
        question.optional,
        question.lines,
        _text(question.shown_when),
        None if question.percent_of is None else pointer(question.percent_of),
    )


_KINDS: Final[Mapping[type, str]] = {
    Text: "text",
    YesNo: "yes_no",
    Day: "date",
    Moment: "moment",
    Whole: "whole",
    Exact: "exact",
    Code: "choice",
    Many: "choices",
}


def _kind(kind: Kind, *, refers: bool, offered: bool) -> str:
    if refers:
        return "record"
    return "choice" if isinstance(kind, Text) and offered else _KINDS[type(kind)]


def _text(condition: Condition | None) -> str | None:
    return None if condition is None else condition.text


_PROPOSAL: Final = "urn:mpfcheck:proposal:1"
_RECORDS: Final = {
    "applicant": "Applicant",
    "activity": "Activity",
    "budget_line": "BudgetLine",
    "contribution": "Contribution",
    "document": "Document",
}
"""The records that may have an annex of their own, by what a call's schema calls them."""


def schema_of(call: Call, annex: bytes | None) -> Mapping[str, Any]:
    """The JSON Schema of a proposal for a call: the published one, with what the call's ``annex`` schema asks in it."""
    schema = json.loads(schema_text("proposal"))
    schema["$id"] = f"{_PROPOSAL}:{call.id}"
    schema["title"] = f"Proposal for {call.title}"
    if annex is not None:
        own = _fitted(json.loads(annex))
        parts = own.pop("$defs", {})
        _put_annex(schema, own)
        for name, part in parts.items():
            _put_annex(schema["$defs"][_RECORDS[name]], part)
    made: Mapping[str, Any] = frozen(schema)
    return made


def _put_annex(record: dict[str, Any], annex: dict[str, Any]) -> None:
    """Describe the annex of a record as the call does; unknown fields and null are allowed in it as before."""
    if "properties" not in annex:
        return
    kept = {name: member for name, member in annex.items() if not name.startswith("$")}
    record["properties"]["annex"] = {**kept, "type": ["object", "null"], "additionalProperties": True}


def _fitted(value: Any) -> Any:
    """A schema of an annex as a part of that of the proposal: references are local, and null is no answer anywhere."""
    if not isinstance(value, dict):
        return value
    found = {name: _fitted(member) for name, member in value.items()}
    if isinstance(reference := value.get("$ref"), str):
        found["$ref"] = reference.removeprefix(_PROPOSAL)
    if isinstance(fields := found.get("properties"), dict):
        found["properties"] = {name: _or_null(field) for name, field in fields.items()}
    return found


def _or_null(field: dict[str, Any]) -> dict[str, Any]:
    words: dict[str, Any] = {name: field[name] for name in ("title", "description") if name in field}
    rest = {name: member for name, member in field.items() if name not in words}
    return {**words, "anyOf": [rest, {"type": "null"}]}
