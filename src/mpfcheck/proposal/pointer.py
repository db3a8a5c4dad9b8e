"""JSON Pointers (RFC 6901): where in a proposal something is, such as ``/co_applicants/0/country``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

__all__ = ["is_position", "join", "pointer", "split", "value_at"]


def join(base: str, step: str | int) -> str:
    """The pointer one step below ``base``: the name of a field, or the position of an item from 0."""
    if isinstance(step, int):
        return f"{base}/{step}"
    if "~" in step or "/" in step:
        step = step.replace("~", "~0").replace("/", "~1")
    return f"{base}/{step}"


def pointer(steps: Iterable[str | int]) -> str:
    """The pointer made of these steps; of none, the whole document ("")."""
    whole = ""
    for step in steps:
        whole = join(whole, step)
    return whole


def is_position(step: str) -> bool:
    """Whether a step is the position of an item: digits 0 to 9 only, because other digits (``²``) are not numbers."""
    return step.isascii() and step.isdigit()


def split(text: str) -> tuple[str, ...]:
    """The steps of a pointer, unescaped; raises ValueError where it is neither empty nor starts with a slash."""
    if not text:
        return ()
    if not text.startswith("/"):
        raise ValueError(f"{text!r} is not a JSON Pointer. It must be empty or start with '/'.")
    steps = text[1:].split("/")
    if "~" in text:
        steps = [step.replace("~1", "/").replace("~0", "~") for step in steps]
    return tuple(steps)


def value_at(document: object, place: str) -> object:
    """The value at a pointer; None where there is none (null and absent both mean: not answered)."""
    here = document
    for step in split(place):
        if type(here) is dict or isinstance(here, Mapping):
            here = here.get(step)
        elif isinstance(here, (list, tuple)) and is_position(step) and int(step) < len(here):
            here = here[int(step)]
        else:
            return None
    return here
