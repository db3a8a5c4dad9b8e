"""The models, the published schema and the quick reader say the same of every document."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Context, Decimal

import pytest
from hypothesis import example, given
from jsonschema import Draft202012Validator, FormatChecker, TypeChecker, ValidationError
from jsonschema.validators import extend
from pydantic import ValidationError as ModelError

from mpfcheck.checking.wording import field_in_words
from mpfcheck.proposal.fields import Record, YesNo, proposal_record
from mpfcheck.proposal.models import Proposal
from mpfcheck.proposal.reader import MisfitError, known_answers
from mpfcheck.proposal.schema import SCHEMA_FILE, TITLES, schema_text
from tests.proposal.strategies import ODDITIES, complete_proposals, drafts, in_another_notation, mistaken_proposals

_WIDE = Context(prec=1000)


def _is_integer(_: TypeChecker, value: object) -> bool:
    """The specification counts 24.0 as an integer; the package looks at floats only."""
    whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return whole or (isinstance(value, int) and not isinstance(value, bool))


def _multiple_of(
    validator: Draft202012Validator, unit: Decimal | int, value: object, _: Mapping[str, object]
) -> Iterator[ValidationError]:
    """The package divides in the precision of the moment, in which 1E+300 has no remainder by 0.01 but an error."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and _WIDE.remainder(Decimal(value), unit):
        yield ValidationError(f"{value} is not a multiple of {unit}")


ExactValidator = extend(
    Draft202012Validator,
    validators={"multipleOf": _multiple_of},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer),
)


@pytest.fixture(scope="module")
def schema_accepts() -> Callable[[object], bool]:
    """Whether the schema accepts a document, numbers read exactly and formats asserted, as its descriptions ask for."""
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"), parse_float=Decimal)
    Draft202012Validator.check_schema(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))
    return ExactValidator(schema, format_checker=FormatChecker(["date"])).is_valid


def _model_accepts(document: object) -> bool:
    try:
        Proposal.model_validate(document)
    except ModelError:
        return False
    return True


def _shape_accepts(document: object) -> bool:
    try:
        known_answers(copy.deepcopy(document))
    except MisfitError:
        return False
    return True


def test_a_yes_or_no_is_called_by_what_is_asked_and_not_by_an_answer() -> None:
    """In a list of what is missing, "Not started" reads as if it were so."""
    answers = [
        (f"/{part}/{name}", field.title)
        for part, inner in proposal_record().fields.items()
        if isinstance(inner.kind, Record)
        for name, field in inner.kind.fields.items()
        if isinstance(field.kind, YesNo)
    ]

    assert len(answers) == 6
    for pointer, title in answers:
        assert TITLES[pointer.rpartition("/")[2]] == title
        assert field_in_words(pointer).rpartition(", ")[2].casefold() == title.casefold()
        assert title.split()[0] not in ("No", "Not", "Held")


def test_the_schema_file_is_what_the_models_generate() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text(), "run: python -m mpfcheck.proposal.schema"


@given(complete_proposals)
def test_a_complete_proposal_is_accepted(schema_accepts: Callable[[object], bool], document: object) -> None:
    assert _model_accepts(document)
    assert schema_accepts(document)
    assert _shape_accepts(document)


@given(drafts)
def test_a_draft_is_accepted_whatever_is_missing(schema_accepts: Callable[[object], bool], document: object) -> None:
    assert _model_accepts(document)
    assert schema_accepts(document)
    assert _shape_accepts(document)


@given(mistaken_proposals())
@example({"budget": {"total": Decimal("1.5000000000000000000000000000")}})
def test_model_schema_and_quick_reader_agree_on_odd_documents(
    schema_accepts: Callable[[object], bool], document: object
) -> None:
    assert _model_accepts(document) == _shape_accepts(document)
    assert _model_accepts(document) == schema_accepts(document) or in_another_notation(document)


@pytest.mark.parametrize(
    "path",
    [
        "format",
        "title",
        "fund",
        "target_countries",
        "start_date",
        "duration_months",
        "lead",
        "lead/country",
        "lead/kind",
        "lead/level",
        "lead/non_profit",
        "lead/mandate",
        "co_applicants",
        "budget/currency",
        "budget/lines",
        "budget/lines/*/heading",
        "budget/lines/*/quantity",
        "budget/lines/*/unit_cost",
        "budget/lines/*/amount",
        "budget/total",
        "financing/grant_requested",
        "declarations/not_started",
        "consultation/date",
        "annex",
        "no such field",
    ],
)
def test_model_schema_and_quick_reader_agree_on_every_odd_value(
    schema_accepts: Callable[[object], bool], path: str
) -> None:
    for value in ODDITIES:
        document: object = value
        for step in reversed(path.split("/")):
            document = [document] if step == "*" else {step: document}
        accepted = _model_accepts(document)
        by_schema = accepted if in_another_notation(document) else schema_accepts(document)
        answers = accepted, by_schema, _shape_accepts(document)
        assert len(set(answers)) == 1, f"model, schema and quick reader say {answers} of {document}"


@pytest.mark.parametrize("document", [[], "", "{}", 5, True, Decimal("1.5"), None, [{}]], ids=repr)
def test_what_is_no_object_is_no_proposal(schema_accepts: Callable[[object], bool], document: object) -> None:
    assert not _model_accepts(document)
    assert not schema_accepts(document)
    assert not _shape_accepts(document)


def test_the_schema_of_the_model_is_plain_json_for_frameworks() -> None:
    assert json.loads(json.dumps(Proposal.model_json_schema()))["title"] == "Proposal"
