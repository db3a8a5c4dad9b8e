"""The code lists a form lets people choose from."""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.forms.form import Form, Group, Question
from mpfcheck.packs.call import Call
from mpfcheck.packs.lint.finding import Finding, error
from mpfcheck.proposal.fields import Code, Many

__all__ = ["choice_findings", "questions_of"]


def questions_of(form: Form) -> Iterator[Question]:
    """Yield every question of a form, those inside groups too."""
    for _, part in form.parts():
        yield from part.questions if isinstance(part, Group) else (part,)


def choice_findings(form: Form, call: Call) -> Iterator[Finding]:
    """Find code lists that are not there, and codes that have no label."""
    for question in questions_of(form):
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
                yield error(question.place, message, "take it out of the list")
            elif call.label(code_list.id, code) == code:
                message = f'the code "{code}" of {what} has no label'
                yield error(question.place, message, f'give it one in the code list "{code_list.id}"')
