"""Where the money ends: by the definition, for any scores and amounts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from operator import le

from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.portfolio.ranking import RankBy, _ranked, ranked_envelopes
from mpfcheck.checking.portfolio.summary import Ranked
from mpfcheck.checking.report import InputReference
from mpfcheck.packs.load import load_call

amounts = st.integers(1, 9).map(Decimal)
lines = st.lists(st.tuples(st.integers(0, 4).map(Decimal), amounts), max_size=12)


def ranked(given_lines: Sequence[tuple[Decimal, Decimal]], limit: int) -> list[Ranked]:
    inputs = [(score, InputReference(str(n), None, None), amount) for n, (score, amount) in enumerate(given_lines)]
    return list(_ranked(inputs, Decimal(limit), le))


@given(lines, st.integers(0, 30))
def test_the_money_ends_before_the_first_score_that_cannot_be_paid_whole(
    given_lines: list[tuple[Decimal, Decimal]], limit: int
) -> None:
    found = ranked(given_lines, limit)

    paid, ended = Decimal(0), False
    for score in sorted({score for score, _ in given_lines}, reverse=True):
        group = [amount for one, amount in given_lines if one == score]
        places = [one for one in found if one.score == score]
        assert {one.rank for one in places} == {1 + sum(one > score for one, _ in given_lines)}
        assert all(one.tied is (len(group) > 1) for one in places)
        if not ended and paid + sum(group) <= limit:
            expected: bool | None = True
        elif not ended and len(group) > 1 and paid + min(group) <= limit:
            expected, ended = None, True
        else:
            expected, ended = False, True
        assert {one.fits for one in places} == {expected}
        paid += sum(group)
    assert [one.sum for one in found] == [sum(one.amount for one in found[: n + 1]) for n in range(len(found))]


def test_each_proposal_is_ranked_in_the_envelope_it_requests_from() -> None:
    checker = Checker(load_call("mpf-2023-borders-security"))
    proposals = [
        (
            InputReference(f"{number}.json", None, None),
            {"fund": fund, "financing": {"grant_requested": Decimal(amount)}},
            score,
        )
        for number, (fund, amount, score) in enumerate(
            [
                ("ISF", "9000000", Decimal(1)),
                ("BMVI", "3900000", Decimal(2)),
                ("ISF", "1000000.01", Decimal(3)),
                ("ISF", "1", None),
            ]
        )
    ]

    bmvi, isf = ranked_envelopes(proposals, checker)

    assert (bmvi.item, bmvi.limit, [one.input.path for one in bmvi.proposals]) == ("BMVI", 3900000, ["1.json"])
    assert [(one.input.path, one.fits) for one in isf.proposals] == [("2.json", True), ("0.json", False)]
    assert bmvi.proposals[0].fits


def test_a_score_is_a_number_and_nothing_else() -> None:
    here = InputReference("in/a.json", 3, None)
    field = RankBy("annex.score")
    for value, score in (
        (7, 7),
        ("7.5", Decimal("7.5")),
        (True, None),
        ("high", None),
        ("NaN", None),
        (None, None),
        ([], None),
    ):
        assert field.score({"annex": {"score": value}}, here) == score
    assert RankBy("score", {("a.json", 3): Decimal(1)}).score({}, here) == 1
    assert RankBy("score", {("a.json", None): Decimal(1)}).score({}, here) is None
