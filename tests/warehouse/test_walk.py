"""The rules in SQL say what the reference evaluator says, or leave the row to it."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import duckdb
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.warehouse import TEXTS, Comparison, RowKind, compare, compare_rows
from mpfcheck.checking.checker import Checker
from mpfcheck.feel.evaluate.patterns.pattern import pattern_of
from mpfcheck.feel.limits import Run, WorkLimits
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call
from mpfcheck.same_name import name_key, pic_key
from mpfcheck.warehouse import dialect as dialects
from mpfcheck.warehouse import letters
from mpfcheck.warehouse.dialect import DUCKDB, NULL_LAWS
from mpfcheck.warehouse.judge import TableJudge
from mpfcheck.warehouse.letters import text_function
from mpfcheck.warehouse.rules import rules_sql
from mpfcheck.warehouse.walk import same_in_engines
from tests.docs import markdown


def test_no_rule_of_any_call_differs_on_rows_of_every_kind() -> None:
    """Complete, half-filled, with open lists, hostile: more of them in ``python -m benchmarks.warehouse``.

    Few of the complete and half-filled ones are left to the Python engine, which takes many times as long.
    """
    found = compare(80 * len(list_calls()), 11)

    assert not found.differences
    assert all(found[kind] for kind in RowKind)
    for kind in (RowKind.COMPLETE, RowKind.HALF_FILLED):
        assert found[f"asked {kind}"] < found[kind] / 5, kind


def test_limits_of_sums_and_products_decide_what_they_decide_in_the_reference() -> None:
    """Every sum of known and missing numbers meets amounts that it can reach, cannot reach, or just reaches."""
    most, cent = Decimal(999_999_999_999_999), Decimal("0.01")
    ten: dict[str, object] = {"heading": "indirect_costs", "amount": Decimal(10)}
    hundred: dict[str, object] = {"heading": "travel", "amount": Decimal(100)}
    lines: list[list[dict[str, object]]] = [
        [],
        [{}],
        [{"amount": most}, {"amount": cent}],
        [ten, {"heading": "travel"}],
        [ten, {"amount": Decimal(20)}],
        [{"amount": Decimal(90)}, {"heading": "contingency_reserve", "amount": Decimal(9)}, hundred],
        [hundred, *({"amount": Decimal(0)} for _ in range(8))],
        [hundred, *({"amount": Decimal(0)} for _ in range(9))],
        [{"quantity": Decimal(0), "amount": cent}, {"unit_cost": Decimal(0), "amount": Decimal(1)}],
        [{"quantity": Decimal("0.00001"), "amount": Decimal(10**9)}],
        [{"quantity": Decimal(2), "unit_cost": Decimal(3)}],
    ]
    given: list[list[dict[str, object]] | None]
    given = [None, [], [{}], [{"amount": Decimal(40)}], [{"amount": Decimal(40)}, {}], [{"amount": most}] * 2]
    amounts = [None, Decimal(0), Decimal(40), Decimal(110), most]
    rows = [
        {
            "fund": "BMVI",
            "budget": {"lines": some, **({} if total is None else {"total": total})},
            "financing": {
                **({} if contributions is None else {"contributions": contributions}),
                **({} if grant is None else {"grant_requested": grant}),
            },
        }
        for some, contributions, total, grant in product(lines, given, amounts, amounts)
    ]
    checker, found = Checker(load_call("mpf-2023-borders-security")), Comparison()
    compare_rows(checker, TableJudge(checker), rows, [RowKind.AT_LIMITS] * len(rows), found)

    assert not found.differences
    assert found[f"asked {RowKind.AT_LIMITS}"] < len(rows) / 2


def test_the_comparison_notices_an_unanswered_list_that_is_read_as_empty() -> None:
    assert compare(200, 11, calls=["mpf-2023-borders-security"], blind=True).differences


@pytest.mark.parametrize("call_id", list_calls())
def test_every_rule_can_be_said(call_id: str) -> None:
    for dialect in dialects.DIALECTS.values():
        sql = rules_sql(Checker(load_call(call_id)), dialect)
        assert not sql.left_out


@settings(max_examples=25)
@given(texts=st.lists(st.text(st.sampled_from("".join(letters._letters()) + " '\"`.-Az09\x00\u0301ßﬁ")), max_size=30))
def test_texts_are_compared_in_the_one_way_or_left_out(texts: list[str]) -> None:
    """Of a text with other letters the functions are NULL; of any other they are what the rule language says."""
    texts = [*texts, *TEXTS, *letters._letters()]
    names, digits = text_function(DUCKDB, "plain name", "text"), text_function(DUCKDB, "digits", "text")
    with duckdb.connect() as engine:
        engine.register("texts", pa.table({"text": texts}))
        found = engine.sql(f"SELECT text, {names}, {digits} FROM texts").fetchall()

    assert len(found) == len(texts)
    for text, name, number in found:
        assert name in (None, name_key(text))
        assert number in (None, pic_key(text))
        assert (name is None) == (number is None)
        if text in letters._letters():
            assert name is not None


PIECES = ("", "^", "$", "a", "b+", "|b", "[ab]*", "[^A-Z]", "[^A-Za]+", "(A|ba)?", "(a|b)+", "(", ")")


@settings(max_examples=15)
@given(
    pattern=st.lists(st.sampled_from(PIECES), max_size=4).map("".join).filter(same_in_engines),
    texts=st.lists(st.text(st.sampled_from("abAB-^\n\x00é\U0001d510"), max_size=6), max_size=20),
)
@example("^[^A-Z]*(BMVI([^A-Z]|AND)+ISF|ISF([^A-Z]|AND)+BMVI)[^A-Z]*$", ["BMVI AND ISF", "ISF\nBMVI\n", "BMVI ISFA"])
@example("a$", ["a", "a\n", "ba", "ab"])
@example("^a|(b|[^a-b])+$", ["a\n", "ba", "\na", "aA\n"])
def test_regular_expressions_that_are_said_find_the_same(pattern: str, texts: list[str]) -> None:
    assert same_in_engines(pattern)
    compiled = pattern_of(pattern, "")
    assert compiled is not None
    texts = [*texts, *TEXTS]
    with duckdb.connect() as engine:
        engine.register("texts", pa.table({"text": texts}))
        found = engine.sql(f"SELECT {DUCKDB.finds('text', pattern)} FROM texts").fetchall()

    assert [one for (one,) in found] == [compiled.search(text, 0, Run(WorkLimits())) is not None for text in texts]


def test_every_function_that_is_written_has_its_law_of_null() -> None:
    """A dialect cannot get a function without somebody saying what it makes of NULL."""
    laws = {
        **dict.fromkeys(("identifier", "text", "array", "array_type", "name", "text_type"), None),
        "each": "map over a list",
        "among": "IN (constants)",
        "keep": "filter of a list",
        "length": "length of a list",
        "known": "number of items that are known",
        "greatest": "greatest of a list",
        "complete": "whether a list is complete",
        "total": "sum of a list",
        "item": "item of a list",
        "joined": "concatenation of lists",
        "count_up": "count from one number to another",
        **dict.fromkeys(("plus_days", "plus_months"), "date + days, date + months"),
        **dict.fromkeys(("matches", "finds", "replaced", "contains", "starts", "ends"), "text functions"),
    }

    assert laws.keys() == set(dialects.Dialect.fields_of_class)
    assert {law for law in laws.values() if law} <= NULL_LAWS.keys()
    assert markdown.table("how-to/use-the-rules-elsewhere.md", "null-laws") == list(map(list, NULL_LAWS.items()))


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("TRUE AND NULL", None),
        ("FALSE AND NULL", False),
        ("TRUE OR NULL", True),
        ("NOT NULL::BOOLEAN", None),
        ("NULL IN ('a')", None),
        (DUCKDB.length("NULL::INTEGER[]"), None),
        (DUCKDB.length("[NULL]"), 1),
        (DUCKDB.each("[1, NULL]", "v", "v IS NULL"), [False, True]),
        (DUCKDB.keep("[1, NULL]", "v", "v > 0"), [1]),
        (DUCKDB.greatest("[1, NULL]"), 1),
        (DUCKDB.greatest("[]::INTEGER[]"), None),
        (DUCKDB.known("[1, NULL]"), 1),
        (DUCKDB.known("NULL::INTEGER[]"), None),
        (DUCKDB.complete("[1, NULL]"), False),
        (DUCKDB.complete("NULL::INTEGER[]"), None),
        (DUCKDB.total("[1, NULL]::DECIMAL(5, 2)[]", "DECIMAL(9, 2)"), 1),
        (DUCKDB.total("[]::DECIMAL(5, 2)[]", "DECIMAL(9, 2)"), None),
        (DUCKDB.joined(["NULL::INTEGER[]", "[1]"]), [1]),
        (DUCKDB.item("[1]", "2"), None),
        (DUCKDB.count_up("1", "NULL", "NULL"), []),
        (DUCKDB.among("NULL::VARCHAR", ["'a'", "'b'", "'c'", "'d'", "'e'"]), None),
        (DUCKDB.coded("NULL::BOOLEAN", 3, 1, "2"), 2),
        (DUCKDB.coded("TRUE", 3, 1, "2"), 3),
        (DUCKDB.coded("FALSE", 3, 1, "2"), 1),
    ],
)
def test_the_engine_keeps_the_laws_of_null(sql: str, value: object) -> None:
    """A new version of the engine that treats NULL in another way is found here."""
    with duckdb.connect() as engine:
        assert engine.sql(f"SELECT {sql}").fetchall() == [(value,)]
