"""What a program has in its hands: its own kinds of values, missing cells, texts that are no JSON, wrong arguments."""

from __future__ import annotations

import ast
import dataclasses
import datetime
import enum
import inspect
import json
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pydantic
import pytest

import mpfcheck
from mpfcheck.checking import report as values_of_reports
from mpfcheck.engine import run as values_of_runs
from mpfcheck.frozen import Frozen, short
from mpfcheck.plain import plain
from mpfcheck.reading import inputs as values_of_inputs

EXAMPLES = Path(__file__).parents[2] / "examples"
CALL = "mpf-2023-borders-security"


@pytest.fixture(scope="module")
def call() -> mpfcheck.Call:
    return mpfcheck.load_call(CALL)


class Fund(str, enum.Enum):  # noqa: UP042 - the kind that shows its name
    FIRST = "BMVI"


class Name(enum.Enum):
    FUND = "fund"


class Months(enum.IntEnum):
    LONG = 24


class Loud(str):
    __slots__ = ()

    def __str__(self) -> str:
        return "something else"


class Money(Decimal):
    def __str__(self) -> str:
        return "something else"


@dataclasses.dataclass
class Lead:
    country: str | None = "LT"
    name: str | None = None


class Line(NamedTuple):
    heading: str = "travel"
    amount: str = "100.00"


class Budget(pydantic.BaseModel):
    total: Decimal = Decimal(400000)


PLAIN: dict[str, Any] = {
    "fund": "BMVI",
    "start_date": datetime.date(2024, 3, 1),
    "duration_months": 24,
    "lead": {"country": "LT"},
    "budget": {"total": Decimal(400000), "lines": [{"heading": "travel", "amount": "100.00"}]},
    "declarations": {"not_started": True},
}


@pytest.mark.parametrize(
    ("change"),
    [
        {"fund": Fund.FIRST},
        {"fund": Loud("BMVI")},
        {"fund": np.str_("BMVI")},
        {"start_date": datetime.datetime(2024, 3, 1)},
        {"start_date": pd.Timestamp("2024-03-01")},
        {"start_date": np.datetime64("2024-03-01")},
        {"start_date": np.datetime64("2024-03-01T00:00:00.000000000")},
        {"duration_months": Months.LONG},
        {"duration_months": np.int64(24)},
        {"lead": Lead()},
        {"budget": {"total": Money(400000), "lines": (Line(),)}},
        {"budget": {"total": np.int32(400000), "lines": np.array([{"heading": "travel", "amount": "100.00"}])}},
        {"budget": pd.Series({"total": 400000, "lines": [Line()]}, dtype=object)},
        {"declarations": {"not_started": np.bool_(True)}},
    ],
    ids=repr,
)
def test_a_value_of_a_programs_own_is_what_it_stands_for(call: mpfcheck.Call, change: dict[str, Any]) -> None:
    assert call.check({**PLAIN, **change}) == call.check(PLAIN)
    assert not call.check(PLAIN).problems


def test_names_of_fields_may_be_an_enum_but_not_said_twice(call: mpfcheck.Call) -> None:
    assert call.check({Name.FUND: "BMVI"}) == call.check({"fund": "BMVI"})  # type: ignore[dict-item]
    (problem,) = call.check({Name.FUND: "BMVI", "fund": "AMIF"}).problems  # type: ignore[dict-item]
    assert (problem.pointer, problem.message) == ("/fund", 'The field "fund" is given twice.')


def test_a_model_a_dataclass_and_a_row_of_a_table_are_proposals(call: mpfcheck.Call) -> None:
    class Model(pydantic.BaseModel):
        fund: Fund = Fund.FIRST
        lead: Lead = Lead()
        budget: Budget = Budget()

    row = dataclasses.make_dataclass("row", ["fund", "lead", "budget"])(Fund.FIRST, Lead(), Budget())
    expected = call.check({"fund": "BMVI", "lead": {"country": "LT"}, "budget": {"total": "400000"}})
    table = pd.DataFrame([{"fund": "BMVI", "lead": Lead(), "budget": Budget()}])
    assert call.check(Model()).results == call.check(row).results == expected.results
    assert call.check(table.iloc[0]).results == expected.results
    assert [call.check(one).results for one in table.itertuples(index=False)] == [expected.results]


MISSING = [float("nan"), np.nan, np.float32("nan"), Decimal("NaN"), pd.NA, pd.NaT, np.datetime64("NaT")]


@pytest.mark.parametrize("value", MISSING, ids=repr)
@pytest.mark.parametrize("field", ["title", "start_date", "duration_months", "fund", "budget", "co_applicants"])
def test_nan_is_no_answer_and_is_said_so_at_its_field(call: mpfcheck.Call, field: str, value: object) -> None:
    report = call.check({field: value})
    assert report.verdict is mpfcheck.Verdict.INVALID
    assert [(each.pointer, "NaN" in each.message) for each in report.problems] == [(f"/{field}", True)]


@pytest.mark.parametrize(
    "value",
    [1.5, {1}, b"x", 1j, object(), np.float64(2), datetime.timedelta(1), Path("x")],
    ids=lambda value: type(value).__name__,
)
def test_any_other_value_is_a_problem_with_words(call: mpfcheck.Call, value: object) -> None:
    (problem,) = call.check({"budget": {"total": value}}).problems
    assert problem.pointer == "/budget/total"
    assert problem.hint


@pytest.mark.parametrize("entry", [None, *MISSING, 5, 1.5, [], object()], ids=lambda value: type(value).__name__)
def test_what_is_no_proposal_among_many_is_an_invalid_report(call: mpfcheck.Call, entry: Any) -> None:
    verdicts = [report.verdict for report in mpfcheck.check_many(call, [PLAIN, entry, PLAIN])]
    assert verdicts[1] is mpfcheck.Verdict.INVALID
    assert verdicts[0] is verdicts[2] is not mpfcheck.Verdict.INVALID


def test_a_text_is_json_and_never_the_name_of_a_file(
    call: mpfcheck.Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("p.json").write_text(json.dumps({"fund": "BMVI"}), encoding="utf-8")
    for text in ("p.json", str(tmp_path / "p.json"), "", "none"):
        for report in (call.check(text), mpfcheck.check(text), *mpfcheck.check_many(call, [text])):
            assert report.verdict is mpfcheck.Verdict.INVALID
            assert "pathlib.Path" in report.problems[0].hint
            assert report.input.path is None
    assert call.check(Path("p.json")).verdict is not mpfcheck.Verdict.INVALID
    with pytest.raises(mpfcheck.UnreadableReportError):
        mpfcheck.read_reports("p.json")
    with pytest.raises(mpfcheck.UnreadableReportError):
        mpfcheck.Report.model_validate_json("p.json")


def test_a_proposal_that_names_another_call_is_warned_of(call: mpfcheck.Call) -> None:
    (problem,) = call.check(b'{\n "call": "mpf-2016"}').problems
    assert (problem.pointer, problem.line, str(problem.severity)) == ("/call", 2, "warning")
    assert "mpf-2016" in problem.message
    assert call.id in problem.message
    for own in (call.id, f"{call.id}@{call.version}"):
        assert not call.check({"call": own}).problems
    assert call.check({"call": f"{call.id}@1999-01-01"}).problems


def test_the_call_that_a_proposal_names_is_found(call: mpfcheck.Call) -> None:
    assert mpfcheck.check({"call": CALL, **PLAIN}).results == call.check(PLAIN).results
    for document, said in (
        ({}, "does not name its call"),
        ({"call": CALL[:-1]}, "There is no call"),
        ({"call": f"{CALL}@1"}, "@1"),
    ):
        report = mpfcheck.check(document)
        assert report.verdict is mpfcheck.Verdict.INVALID
        assert said in report.problems[0].message
        assert "mpf-" in report.problems[0].hint


def test_a_day_may_be_a_text(call: mpfcheck.Call) -> None:
    assert call.check(PLAIN, as_of="2023-12-07") == call.check(PLAIN, as_of=datetime.date(2023, 12, 7))


MOMENT = datetime.datetime(2023, 6, 1)
SHARE = "maximum_grant_share"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"as_of": MOMENT}, TypeError),
        ({"as_of": 2023}, TypeError),
        ({"as_of": ""}, mpfcheck.ParameterError),
        ({"as_of": "1 June 2023"}, mpfcheck.ParameterError),
        ({"as_of": "2023-02-30"}, mpfcheck.ParameterError),
        ({"parameters": {SHARE: Decimal("NaN")}}, mpfcheck.ParameterError),
        ({"parameters": {SHARE: Decimal("sNaN")}}, mpfcheck.ParameterError),
        ({"parameters": {SHARE: Decimal("-Infinity")}}, mpfcheck.ParameterError),
        ({"parameters": {SHARE: float("nan")}}, mpfcheck.ParameterError),
        ({"parameters": {SHARE: None}}, mpfcheck.ParameterError),
        ({"parameters": {SHARE: [1]}}, mpfcheck.ParameterError),
        ({"parameters": {SHARE: 10**5000}}, mpfcheck.ParameterError),
        ({"parameters": {"no\x1b[2J": 1}}, mpfcheck.ParameterError),
        ({"parameters": {1: 1}}, TypeError),
        ({"parameters": [SHARE]}, TypeError),
        ({"parameters": SHARE}, TypeError),
        ({"rules": [1]}, TypeError),
        ({"rules": [None]}, TypeError),
        ({"rules": 1}, TypeError),
        ({"rules": "FUND-1"}, TypeError),
        ({"rules": [["FUND-1"]]}, TypeError),
        ({"rules": []}, mpfcheck.ParameterError),
        ({"rules": ["NONE-1"]}, mpfcheck.UnknownRuleError),
    ],
    ids=lambda arguments: "-".join(arguments) if isinstance(arguments, dict) else None,
)
def test_wrong_arguments_are_refused_in_words(
    call: mpfcheck.Call, arguments: dict[str, Any], error: type[Exception]
) -> None:
    def refused(check: Callable[[], object]) -> str:
        with pytest.raises(error) as caught:
            check()
        # From a check of ours, not from somewhere inside.
        assert "mpfcheck" in str(caught.traceback[-1].path)
        return str(caught.value)

    said = refused(lambda: call.check({}, **arguments))
    assert said.endswith((".", "?"))
    assert said.isprintable()
    assert refused(lambda: mpfcheck.check_many(call, [], **arguments)) == said
    assert refused(lambda: mpfcheck.check({"call": CALL}, **arguments)) == said


@pytest.mark.parametrize(
    "wrong",
    [
        lambda call: mpfcheck.load_call(5),
        lambda call: mpfcheck.load_call(CALL, [5]),
        lambda call: mpfcheck.load_call(CALL, None),
        lambda call: mpfcheck.check_many(CALL, []),
        lambda call: mpfcheck.check_many(call, {}),
        lambda call: mpfcheck.check_many(call, "{}"),
        lambda call: mpfcheck.check_many(call, None),
        lambda call: mpfcheck.check(None),
        lambda call: call.check(float("nan")),
        lambda call: call.check([{}]),
    ],
)
def test_wrong_things_are_refused_in_words(call: mpfcheck.Call, wrong: Callable[[mpfcheck.Call], object]) -> None:
    with pytest.raises(TypeError) as caught:
        wrong(call)
    assert str(caught.value).endswith(".")


def test_a_call_is_immutable_in_depth() -> None:
    """Nothing that can be reached from a call without a private name can be changed."""
    seen: set[int] = set()

    def walk(value: object, path: str) -> None:
        if id(value) in seen or isinstance(value, str | int | type):
            return
        seen.add(id(value))
        if isinstance(value, dict):
            for change in (lambda: value.pop("x"), lambda: value.update(x=1), value.clear, value.popitem):
                with pytest.raises(TypeError, match="immutable"):
                    change()
            with pytest.raises(TypeError, match="immutable"):
                value["x"] = 1
            with pytest.raises(TypeError, match="immutable"):
                del value["x"]
            assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own
            members = [*value.values()]
        elif isinstance(value, list):
            for change in (lambda: value.append(1), value.clear, value.sort, value.reverse, lambda: value.extend([1])):
                with pytest.raises(TypeError, match="immutable"):
                    change()
            members = [*value]
        elif isinstance(value, tuple | frozenset):
            members = [*value]
        else:
            assert not isinstance(value, set | bytearray), path
            if not type(value).__module__.startswith("mpfcheck"):
                return
            slots = [slot for kind in type(value).__mro__ for slot in getattr(kind, "__slots__", ())]
            names = [name for name in (*getattr(value, "__dict__", ()), *slots) if not name.startswith("_")]
            for name in names:
                with pytest.raises((AttributeError, TypeError)):
                    setattr(value, name, None)
            members = [getattr(value, name) for name in names]
        for member in members:
            walk(member, f"{path} > {type(member).__name__}")

    for call_id in mpfcheck.list_calls():
        fresh = mpfcheck.load_call(call_id)
        walk(fresh, call_id)
        for rule in fresh.data.rules:
            for _, condition in rule.conditions():
                with pytest.raises(AttributeError):
                    condition.text = "true"  # type: ignore[misc]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_fork_during_a_check_does_not_hang_the_child() -> None:
    """Whatever the other threads are doing: reading sentences, making checkers, compiling rules."""
    call = mpfcheck.load_call(CALL)
    stop = threading.Event()
    data = (EXAMPLES / "ineligible-romania-moldova-2016.json").read_bytes()

    def busy() -> None:
        day = datetime.date(2000, 1, 1)
        while not stop.is_set():
            day += datetime.timedelta(days=1)
            fresh = mpfcheck.load_call(CALL)
            for _ in range(5):
                fresh.check(data)
                call.check(data, as_of=day)

    threads = [threading.Thread(target=busy, daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(12):
            child = os.fork()
            if child == 0:
                signal.alarm(60)
                for _ in range(5):
                    call.check(data)
                os._exit(0)
            assert os.waitpid(child, 0)[1] == 0
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_no_lock_that_a_fork_could_leave_locked_is_held_while_checking() -> None:
    """In the versions of Python where functools.cached_property has a lock, it would be one."""
    import mpfcheck.checking.checker as checker

    held = [name for name, value in vars(checker.Checker).items() if type(value).__name__ == "cached_property"]
    assert not held
    assert sys.version_info >= (3, 11)


@pytest.mark.parametrize(
    "field", ['"budget": {"total": @}', '"duration_months": @', '"budget": {"lines": [{"quantity": @}]}']
)
@pytest.mark.parametrize(
    "number",
    ["1e400", "-1e400", "1e-400", "1e40", "1e99999999999999999999", "1" * 45, "9" * 5000, "-5", "1.500", "1e2"],
)
def test_a_number_gets_the_same_words_as_text_and_as_number(call: mpfcheck.Call, field: str, number: str) -> None:
    problems = [
        [(problem.pointer, problem.message, problem.hint) for problem in call.check(f"{{{text}}}").problems]
        for text in (field.replace("@", number), field.replace("@", f'"{number}"'))
    ]

    assert problems[0] == problems[1]


@pytest.mark.parametrize("odd", ["\x1b[31m", "\x9b", "\u202e", "\u3164", "\U000e0041"])
def test_what_cannot_be_seen_in_a_value_is_quoted_as_its_escape(call: mpfcheck.Call, odd: str) -> None:
    [message] = [problem.message for problem in call.check({"start_date": f"20{odd}"}).problems]
    with pytest.raises(mpfcheck.ParameterError) as refused:
        call.check({}, parameters={"maximum_grant_share": f"1{odd}"})

    assert f'"20{plain(odd)}"' in message
    assert f'"1{plain(odd)}"' in str(refused.value)


def test_what_a_program_is_given_is_shown_in_a_line(call: mpfcheck.Call) -> None:
    text = (EXAMPLES / "eligible-lithuania-moldova.json").read_bytes()
    proposal = mpfcheck.Proposal.from_json(text)
    good, bad = call.check(text), call.check({"fund": "BMVI", "financing": {"grant_requested": "12000000.00"}})
    wrong = call.check(b'{"title": "' + b"A" * 500 + b'", "lead": {"country": "ZZ"}}')
    (failed,) = (result for result in bad.failed if result.rule == "POT-1")
    values = [call, proposal, good, bad, wrong, *wrong.problems, *bad.results, *good.results, failed.sentence]
    values += [failed.source, good.input, good.call, mpfcheck.portfolio(call, [text, text, None])]
    values += call.explain({"fund": "BMVI"}, "FUND-2")

    for value in values:
        assert len(repr(value)) < 300, value
        assert repr(value).endswith(", …)"), value
    assert repr(bad) == f"Report(verdict={bad.verdict!r}, call={CALL!r}, title=None, path=None, line=None, …)"
    assert repr(failed) == f"Result(rule='POT-1', status={failed.status!r}, …)"


@pytest.mark.parametrize("long", ["A" * 500, """it's a "title" """ * 50, "\0" * 500])
def test_what_is_shown_cut_keeps_its_quotation_marks_and_brackets(long: str) -> None:
    in_full = repr(mpfcheck.Proposal(title=long))
    shown = in_full.removeprefix("Proposal(call=None, title=").removesuffix(", acronym=None, …)")

    assert len(shown) <= 80
    assert long.startswith(ast.literal_eval(shown).removesuffix("…"))
    assert short(("A" * 50, long)) == f"('{'A' * 50}', …)"
    assert short({"a": 1, "b": long}) == "{'a': 1, …}"
    assert short([long]) == "[…]"


def test_every_value_refuses_a_change_in_the_same_words(call: mpfcheck.Call) -> None:
    report = call.check({"fund": "BMVI"})
    proposal = mpfcheck.Proposal.from_json(EXAMPLES.joinpath("eligible-lithuania-moldova.json").read_bytes())
    for value in (call, call.form, call.rule("GRANT-1"), report, report.results[0], proposal, proposal.lead):
        for change in (partial(setattr, value, "id", "x"), partial(delattr, value, "id")):
            with pytest.raises(AttributeError, match=f"^{type(value).__name__} is immutable$"):
                change()


def test_values_that_set_their_fields_themselves_take_those_they_declare() -> None:
    known = {**vars(values_of_reports), **vars(values_of_runs), **vars(values_of_inputs)}
    kinds = [kind for kind in known.values() if isinstance(kind, type) and "__init__" in vars(kind)]
    own = [kind for kind in kinds if issubclass(kind, Frozen) and kind is not Frozen]
    expected = {"ReadField", "InputReference", "Sentence", "ProposalReport", "Gist", "Finished", "Input"}
    assert expected <= {kind.__name__ for kind in own}
    for kind in own:
        arguments = inspect.signature(kind).parameters
        defaults = {name: one.default for name, one in arguments.items() if one.default is not one.empty}
        assert (*arguments,) == kind.fields_of_class
        assert defaults == {name: vars(kind)[name] for name in kind.fields_of_class if name in vars(kind)}
        assert vars(kind(*kind.fields_of_class)) == {name: name for name in kind.fields_of_class}
