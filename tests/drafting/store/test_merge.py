"""Two people's changes made one: what one side did is kept, what both did is asked, nothing is mixed up."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mpfcheck.drafting.store.json_file import as_json, same
from mpfcheck.drafting.store.merge import ABSENT, Conflict, FieldConflict, Side, Versions, merge
from mpfcheck.proposal.unfinished import OPEN
from tests.proposal.strategies import drafts, texts

scalars = st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from([Decimal("1.0"), Decimal("1.5")]) | texts
few = st.sampled_from(["a", "b", "c"])
records = st.fixed_dictionaries({}, optional={"id": few, "name": few, "amount": st.integers(0, 1)})


def _nested(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(inner, max_size=3) | st.dictionaries(few, inner, max_size=3) | st.lists(records, max_size=4)


values = st.recursive(scalars, _nested, max_leaves=8)
documents = st.dictionaries(few, values, max_size=3)


def conflict(base: object, ours: object, theirs: object) -> Conflict:
    return Conflict({"it": base}, {"it": ours}, {"it": theirs}, b"")


def merged(base: object, ours: object, theirs: object) -> object:
    """What becomes of three values where nobody has to choose."""
    whole = conflict(base, ours, theirs)
    assert whole.fields == ()
    return whole.resolve({})["it"]


def asked(base: object, ours: object, theirs: object) -> list[tuple[str, object, object, object]]:
    fields = conflict(base, ours, theirs).fields
    return [(field.pointer.removeprefix("/it"), field.base, field.ours, field.theirs) for field in fields]


@given(documents, documents)
def test_where_only_one_side_changed_it_is_taken(base: dict[str, object], new: dict[str, object]) -> None:
    for whole in (Conflict(base, new, base, b""), Conflict(base, base, new, b""), Conflict(base, new, new, b"")):
        assert whole.fields == ()
        assert same(whole.resolve({}), new)


def swapped(side: Side) -> Side:
    return {Side.OURS: Side.THEIRS, Side.THEIRS: Side.OURS, Side.BOTH: Side.BOTH}[side]


@given(documents, documents, documents, st.randoms(use_true_random=False))
def test_both_sides_are_treated_alike(
    base: dict[str, object], ours: dict[str, object], theirs: dict[str, object], chance: Random
) -> None:
    one, other = Conflict(base, ours, theirs, b""), Conflict(base, theirs, ours, b"")

    mirrored = [FieldConflict(f.pointer, f.base, f.theirs, f.ours, f.choices) for f in other.fields]
    assert sorted(one.fields, key=lambda field: field.pointer) == sorted(mirrored, key=lambda field: field.pointer)
    choices = {field.pointer: chance.choice(field.choices) for field in one.fields}
    there = {pointer: swapped(side) for pointer, side in choices.items()}
    assert same(one.resolve(choices), other.resolve(there))


@given(documents, documents, documents)
def test_each_choice_has_a_place_of_its_own(
    base: dict[str, object], ours: dict[str, object], theirs: dict[str, object]
) -> None:
    fields = Conflict(base, ours, theirs, b"").fields
    pointers = [field.pointer for field in fields]

    assert len(set(pointers)) == len(pointers)
    assert not any(one.startswith(f"{other}/") for one in pointers for other in pointers)
    assert not any(same(field.ours, field.theirs) for field in fields if field.ours is not None)


@given(drafts, drafts, drafts)
@settings(max_examples=30)
def test_whole_drafts_come_together(
    base: dict[str, object], ours: dict[str, object], theirs: dict[str, object]
) -> None:
    """What only one side changed is there, and with one side chosen throughout, what both changed is as it is there."""
    whole = Conflict(base, ours, theirs, b"")
    for side, chosen in ((Side.OURS, ours), (Side.THEIRS, theirs)):
        draft = whole.resolve(dict.fromkeys([field.pointer for field in whole.fields], side))
        for name in base.keys() | ours.keys() | theirs.keys():
            if same(theirs.get(name), base.get(name)):
                assert same(draft.get(name), ours.get(name))
            elif same(ours.get(name), base.get(name)):
                assert same(draft.get(name), theirs.get(name))
            # Lists that are not finished come together, and nobody has to choose.
            elif not (isinstance(chosen.get(name), dict | list) or (name == OPEN and chosen.get(name) is None)):
                assert same(draft.get(name), chosen.get(name))


@given(documents, documents, documents)
def test_what_is_merged_shares_nothing_with_what_it_was_made_of(
    base: dict[str, object], ours: dict[str, object], theirs: dict[str, object]
) -> None:
    whole = Conflict(base, ours, theirs, b"")
    before = as_json([base, ours, theirs])
    _change(whole.resolve({field.pointer: Side.OURS for field in whole.fields}))

    assert as_json([base, ours, theirs]) == before


def _change(value: object) -> None:
    if isinstance(value, dict):
        for each in value.values():
            _change(each)
        value["changed"] = True
    elif isinstance(value, list):
        for each in value:
            _change(each)
        value.append("changed")


def test_only_what_both_changed_differently_is_asked() -> None:
    base = {"title": "One", "fund": "ISF", "lead": {"country": "LT", "name": "Guard"}}
    ours = {"title": "Two", "fund": "ISF", "lead": {"country": "FR", "name": "Guard"}, "acronym": "TWO"}
    theirs = {"title": "Zwei", "fund": "BMVI", "lead": {"country": "LT", "name": "Border Guard"}, "acronym": "TWO"}

    assert asked(base, ours, theirs) == [("/title", "One", "Two", "Zwei")]
    assert conflict(base, ours, theirs).resolve({"/it/title": "theirs"}) == {
        "it": {"title": "Zwei", "fund": "BMVI", "lead": {"country": "FR", "name": "Border Guard"}, "acronym": "TWO"}
    }


def test_an_answer_taken_out_here_and_changed_there_is_asked() -> None:
    assert asked({"title": "One"}, {}, {"title": "Two"}) == [("/title", "One", None, "Two")]
    whole = conflict({"title": "One"}, {}, {"title": "Two"})
    assert whole.resolve({"/it/title": Side.OURS}) == {"it": {}}
    assert whole.resolve({"/it/title": Side.THEIRS}) == {"it": {"title": "Two"}}


def test_null_and_absent_are_the_same_non_answer() -> None:
    assert merged({"title": "One"}, {}, {"title": None}) == {}
    assert merged({"title": "One"}, {"title": "Two"}, {"title": "One", "fund": None}) == {"title": "Two", "fund": None}
    assert merged({}, {"title": None}, {"title": "Two"}) == {"title": "Two"}


def test_values_of_other_types_are_others() -> None:
    values = [None, "None", True, "True", 1, Decimal("1.0"), Decimal("1.00"), "1.0", "1", [], {}, "[]", [1], [True]]

    assert all(same(one, other) is (one is other) for one in values for other in values)


def test_a_yes_is_no_one() -> None:
    assert asked({"held": None}, {"held": True}, {"held": 1}) == [("/held", None, True, 1)]


PARTNERS = [{"id": "md", "country": "MD"}, {"id": "ua", "country": "UA"}, {"id": "am", "country": "AM"}]


def test_records_with_an_id_are_the_same_wherever_they_stand() -> None:
    ours = [{"id": "new", "country": "GE"}, PARTNERS[0], PARTNERS[2]]
    theirs = [*PARTNERS[:2], {"id": "am", "country": "AZ"}, {"id": "x", "country": "TN"}]

    assert merged(PARTNERS, ours, theirs) == [
        {"id": "new", "country": "GE"},
        {"id": "md", "country": "MD"},
        {"id": "am", "country": "AZ"},
        {"id": "x", "country": "TN"},
    ]


def test_a_new_order_is_kept_with_what_the_other_side_changed() -> None:
    theirs = [{"id": "md", "country": "RO"}, *PARTNERS[1:]]

    assert merged(PARTNERS, PARTNERS[::-1], theirs) == [*PARTNERS[:0:-1], {"id": "md", "country": "RO"}]


def test_two_new_orders_are_one_question() -> None:
    ours, theirs = PARTNERS[::-1], [PARTNERS[1], PARTNERS[0], PARTNERS[2]]

    assert asked(PARTNERS, ours, theirs) == [("", PARTNERS, ours, theirs)]


def test_what_both_added_has_one_order_for_both() -> None:
    assert merged([], PARTNERS[:2], PARTNERS[1::-1]) == merged([], PARTNERS[1::-1], PARTNERS[:2])


def test_pointers_say_where_things_stand_in_the_merged_draft() -> None:
    ours = [{"id": "new", "country": "GE"}, {"id": "ua", "country": "PL"}, {"id": "am", "country": "AZ"}]
    theirs = [{"id": "md", "country": "RO"}, {"id": "ua", "country": "HU"}, PARTNERS[2]]

    assert asked(PARTNERS, ours, theirs) == [
        ("/0", PARTNERS[0], None, {"id": "md", "country": "RO"}),
        ("/2/country", "UA", "PL", "HU"),
    ]
    out = conflict(PARTNERS, ours, theirs).resolve({"/it/0": "ours", "/it/2/country": "theirs"})
    assert out["it"] == [{"id": "new", "country": "GE"}, {"id": "ua", "country": "HU"}, {"id": "am", "country": "AZ"}]


def test_an_id_that_two_records_have_says_nothing() -> None:
    twins = [{"id": "a", "n": 1}, {"id": "a", "n": 2}]

    assert merged(twins, [{"id": "a", "n": 3}, twins[1]], [twins[0], {"id": "a", "n": 4}]) == [
        {"id": "a", "n": 3},
        {"id": "a", "n": 4},
    ]


WORKS = [{"title": "Train", "n": 1}, {"title": "Equip", "n": 1}]


def test_records_without_an_id_are_the_same_at_the_same_position() -> None:
    assert merged(WORKS, [{"title": "Train", "n": 2}, WORKS[1]], [WORKS[0], {"title": "Supply", "n": 1}]) == [
        {"title": "Train", "n": 2},
        {"title": "Supply", "n": 1},
    ]
    assert merged(["MD"], ["MD", "UA"], ["AM"]) == ["AM", "UA"]


@pytest.mark.parametrize(
    "ours",
    [
        [WORKS[1]],
        [{"title": "New", "n": 1}, *WORKS],
        [{"title": "New", "n": 1}, {"title": "Train", "n": 2}, {"title": "Equip", "n": 2}],
        [WORKS[1], {"title": "New", "n": 1}],
        WORKS[::-1],
    ],
    ids=["taken out", "put before", "put before and all changed", "taken out and added", "reordered"],
)
def test_fields_of_different_records_are_never_mixed(ours: list[object]) -> None:
    """Where a position no longer says which record it is, the whole list is one question."""
    theirs = [{"title": "Train", "n": 9}, WORKS[1]]

    assert asked(WORKS, ours, theirs) == [("", WORKS, ours, theirs)]


def test_two_new_records_at_the_same_position_are_one_question() -> None:
    ours, theirs = {"title": "Ours", "n": 1}, {"title": "Theirs", "kind": "x"}

    assert asked(WORKS, [*WORKS, ours], [*WORKS, theirs]) == [("/2", None, ours, theirs)]
    whole = conflict(WORKS, [*WORKS, ours], [*WORKS, theirs])
    assert whole.resolve({"/it/2": "theirs"})["it"] == [*WORKS, theirs]
    other_way_round = conflict(WORKS, [*WORKS, theirs], [*WORKS, ours])
    for each in (whole, other_way_round):
        assert each.resolve({"/it/2": "both"})["it"] == [*WORKS, ours, theirs]


def test_two_first_lists_come_together() -> None:
    md, ua = {"id": "md", "country": "MD"}, {"id": "ua", "country": "UA"}

    assert merged(None, [md], [ua]) == [md, ua]
    assert asked(None, ["MD"], ["UA", "AM"]) == [("/0", None, "MD", "UA")]


def test_a_choice_must_be_of_what_is_asked_and_of_all_of_it() -> None:
    whole = conflict("One", "Two", "Three")
    for wrong in ({}, {"/other": "ours"}, {"/it": "ours", "/other": "ours"}, {"/it": "mine"}, {"/it": "both"}):
        with pytest.raises(ValueError, match=r"Choose one side|mine"):
            whole.resolve(wrong)


def test_no_choice_is_made_in_silence() -> None:
    met: list[str] = []

    def settle(pointer: str, versions: Versions) -> object:
        met.append(pointer)
        return versions.ours

    assert merge(Versions(ABSENT, 1, 2), settle) == 1
    assert met == [""]
