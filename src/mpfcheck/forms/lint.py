"""Static checks of a form against its call: everything that can be said of it before anybody is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from mpfcheck.forms.answerable import answerable_findings
from mpfcheck.forms.choice_lists import choice_findings
from mpfcheck.forms.conditions import condition_findings
from mpfcheck.forms.form import Form, Group
from mpfcheck.forms.load import form_place, read_form_file
from mpfcheck.packs.call import Call
from mpfcheck.packs.lint.files import cut_sentences
from mpfcheck.packs.lint.finding import Finding, Weight, error, warning
from mpfcheck.packs.lint.schema_check import schema_violations
from mpfcheck.packs.mistake import PackMistake, Place

__all__ = ["lint_form"]


def lint_form(call: Call, place: Path | None = None) -> list[Finding]:
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
    said = {finding.place[:2] for finding in findings}
    findings += [
        one for one in schema_violations(file, "mpfcheck.forms", "form.schema.json") if one.place[:2] not in said
    ]
    findings += cut_sentences(file)
    if not any(finding.severity is Weight.ERROR for finding in findings):
        findings += [*condition_findings(form, call), *choice_findings(form, call)]
        findings += [*answerable_findings(form, call), *_columns(form), *_begin(form, file.root.place.file)]
    return sorted(findings, key=lambda finding: finding.place)


def _columns(form: Form) -> Iterator[Finding]:
    for _, part in form.parts():
        if isinstance(part, Group):
            for name in part.columns:
                if part.question((name,)) is None:
                    message = f'the table of "{".".join(part.field)}" shows "{name}", which is not asked'
                    yield warning(part.place, message, "ask it, or leave the column out")


def _begin(form: Form, name: str) -> Iterator[Finding]:
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
