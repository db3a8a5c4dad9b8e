"""JSON Pointers are those of RFC 6901."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.proposal.pointer import join, pointer, split

# The table of RFC 6901, section 5.
RFC_6901 = [
    ("", ()),
    ("/foo", ("foo",)),
    ("/foo/0", ("foo", "0")),
    ("/", ("",)),
    ("/a~1b", ("a/b",)),
    ("/c%d", ("c%d",)),
    ("/e^f", ("e^f",)),
    ("/ ", (" ",)),
    ("/m~0n", ("m~n",)),
]


@pytest.mark.parametrize(("text", "steps"), RFC_6901)
def test_the_examples_of_the_standard(text: str, steps: tuple[str, ...]) -> None:
    assert pointer(steps) == text
    assert split(text) == steps


@given(st.lists(st.text(max_size=5)))
def test_steps_survive_being_written(steps: list[str]) -> None:
    assert split(pointer(steps)) == tuple(steps)


def test_a_position_is_a_step() -> None:
    assert join("/co_applicants", 0) == "/co_applicants/0"


def test_what_does_not_start_with_a_slash_is_no_pointer() -> None:
    with pytest.raises(ValueError, match="JSON Pointer"):
        split("lead/country")
