"""Proposals to try laws on: realistic ones from the benchmark generator, and drafts with answers taken out."""

from __future__ import annotations

import copy
from functools import cache

import jiter
from hypothesis import strategies as st

from benchmarks.generate import Mix, proposals
from mpfcheck.proposal.pointer import pointer
from mpfcheck.proposal.reader import Answers, read_answers

__all__ = ["complete", "drafts_with_completion", "in_any_state", "open_drafts_with_completion"]


@cache
def _generated(mix: Mix) -> tuple[bytes, ...]:
    return tuple(proposals(120, 7, mix))


def _answers(data: bytes) -> Answers:
    return read_answers(jiter.from_json(data, float_mode="decimal"))


complete = st.one_of(
    *(st.sampled_from(_generated(mix)).map(_answers) for mix in (Mix.COMPLETE, Mix.FAILING, Mix.VALID))
)
"""Answers of complete proposals, eligible ones and ones that break rules."""


def _fields(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths of all fields, whole records and lists among them; items of lists can not be left out."""
    found: list[tuple[str | int, ...]] = []
    if isinstance(value, dict):
        for name, inner in value.items():
            found += [(*path, name), *_fields(inner, (*path, name))]
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found += _fields(inner, (*path, index))
    return found


def _without(answers: Answers, path: tuple[str | int, ...]) -> None:
    holder: object = answers
    for step in path[:-1]:
        try:
            holder = holder[step]  # type: ignore[index]
        except KeyError:
            return
    if isinstance(holder, dict):
        holder.pop(path[-1], None)


@st.composite
def drafts_with_completion(draw: st.DrawFn) -> tuple[Answers, Answers]:
    """A draft, and the proposal it becomes when its absent fields are filled in.

    Budget lines are never left out: absent ones mean that there is no breakdown, not that it is still to come.
    """
    whole = draw(complete)
    draft = copy.deepcopy(whole)
    fields = [path for path in _fields(whole) if path not in {("budget",), ("budget", "lines")}]
    for path in draw(st.lists(st.sampled_from(fields), min_size=1, max_size=12)):
        _without(draft, path)
    return draft, whole


in_any_state = st.one_of(complete, drafts_with_completion().map(lambda pair: pair[0]))
"""Answers of proposals in any state."""


def _lists(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths of all lists."""
    found = [path] if isinstance(value, list) else []
    for step, inner in (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    ):
        found += _lists(inner, (*path, step))
    return found


@st.composite
def open_drafts_with_completion(draw: st.DrawFn) -> tuple[Answers, Answers]:
    """A draft whose lists are partly open, with only the first of their items, and the proposal it becomes."""
    draft, whole = draw(drafts_with_completion())
    draft = copy.deepcopy(draft)
    for path in draw(st.lists(st.sampled_from(_lists(whole)), min_size=1, max_size=4, unique=True)):
        holder: object = draft
        for step in path[:-1]:
            holder = holder.get(step) if isinstance(holder, dict) else None
        if isinstance(holder, dict) and isinstance(items := holder.get(path[-1]), list):
            del items[draw(st.integers(0, len(items))) :]
            draft.setdefault("open", []).append(pointer(path))  # type: ignore[attr-defined]  # a list
    return draft, whole
