"""Compiled regular expressions: a small program, run with a stack of its own."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from mpfcheck.feel.errors import LimitExceeded
from mpfcheck.feel.evaluate.patterns.characters import Characters, literal, variants
from mpfcheck.feel.evaluate.patterns.syntax import (
    Alternatives,
    Anchor,
    CapturingGroup,
    NotAPattern,
    Part,
    Reference,
    Repeat,
    Sequence,
    read_pattern,
)
from mpfcheck.feel.limits import Run
from mpfcheck.feel.values.value import Value

__all__ = [
    "Pattern",
    "pattern_of",
]

_LONGEST_PROGRAM = 5_000
_CHARACTER, _SPLIT, _JUMP, _SAVE, _START, _END, _REFERENCE, _MATCH = range(8)


class Step(NamedTuple):
    """One instruction: its kind, the class of characters it takes, and up to two numbers."""

    kind: int
    characters: Characters | None = None
    first: int = 0
    second: int = 0


@lru_cache(maxsize=256)
def pattern_of(text: str, flags: str) -> Pattern | None:
    """The compiled pattern, or None where text or flags are none. Raises :class:`LimitExceeded` for one too large."""
    if set(flags) - set("smixq"):
        return None
    if "q" in flags:
        parts = tuple(literal(character, any_case="i" in flags) for character in text)
        return Pattern(Sequence(parts), 0, flags)
    try:
        return Pattern(*read_pattern(text, flags), flags)
    except NotAPattern:
        return None


class Pattern:
    """A regular expression, ready to be looked for."""

    def __init__(self, whole: Part, groups: int, flags: str) -> None:
        self.groups = groups
        self.lines = "m" in flags
        self.any_case = "i" in flags
        self.quoted = "q" in flags
        self.steps: list[Step] = []
        self.remembers = False
        self._emit(whole)
        self._add(Step(_MATCH))

    def _add(self, step: Step) -> int:
        if len(self.steps) >= _LONGEST_PROGRAM:
            raise LimitExceeded("the regular expression is too large")
        self.steps.append(step)
        return len(self.steps) - 1

    def _emit(self, part: Part) -> None:
        if isinstance(part, Sequence):
            for inner in part.parts:
                self._emit(inner)
        elif isinstance(part, Alternatives):
            self._emit_alternatives(part.branches)
        elif isinstance(part, Repeat):
            self._emit_repeat(part)
        elif isinstance(part, CapturingGroup):
            self._add(Step(_SAVE, first=part.number * 2))
            self._emit(part.part)
            self._add(Step(_SAVE, first=part.number * 2 + 1))
        elif isinstance(part, Reference):
            self.remembers = True
            self._add(Step(_REFERENCE, first=part.number))
        elif isinstance(part, Anchor):
            self._add(Step(_START if part.symbol == "^" else _END))
        else:
            self._add(Step(_CHARACTER, part))

    def _emit_alternatives(self, branches: tuple[Part, ...]) -> None:
        ends: list[int] = []
        for branch in branches[:-1]:
            split = self._add(Step(_SPLIT))
            self._emit(branch)
            ends.append(self._add(Step(_JUMP)))
            self.steps[split] = Step(_SPLIT, first=split + 1, second=len(self.steps))
        self._emit(branches[-1])
        for end in ends:
            self.steps[end] = Step(_JUMP, first=len(self.steps))

    def _emit_repeat(self, repeat: Repeat) -> None:
        for _ in range(repeat.least):
            self._emit(repeat.part)
        if repeat.most is None:
            split = self._add(Step(_SPLIT))
            self._emit(repeat.part)
            self._add(Step(_JUMP, first=split))
            self._branch(split, greedy=repeat.greedy)
            return
        splits: list[int] = []
        for _ in range(repeat.most - repeat.least):
            splits.append(self._add(Step(_SPLIT)))
            self._emit(repeat.part)
        for split in splits:
            self._branch(split, greedy=repeat.greedy)

    def _branch(self, split: int, *, greedy: bool) -> None:
        """Let the split go on or to the end, whichever it is to try first."""
        here, there = split + 1, len(self.steps)
        self.steps[split] = Step(_SPLIT, first=here if greedy else there, second=there if greedy else here)

    def search(self, text: str, start: int, run: Run) -> tuple[int, ...] | None:
        """The first match from ``start`` on: where it and its groups begin and end (-1: the group took no part)."""
        # A place of the pattern that failed at a place of the text fails there from every start, unless what groups
        # matched counts as well.
        tried: set[object] = set()
        for begin in range(start, len(text) + 1):
            found = self._match(text, begin, tried, run)
            if found is not None:
                return found
        return None

    def _match(self, text: str, begin: int, tried: set[object], run: Run) -> tuple[int, ...] | None:
        steps = self.steps
        stack = [(0, begin, (begin, begin) + (-1,) * (2 * self.groups))]
        size = len(text)
        while stack:
            place, position, saved = stack.pop()
            while True:
                state = (place, position, saved) if self.remembers else place * (size + 1) + position
                if state in tried:
                    break
                tried.add(state)
                run.spend()
                kind, characters, first, second = steps[place]
                if kind == _CHARACTER:
                    if position >= size or characters is None or not characters(text[position]):
                        break
                    position += 1
                    place += 1
                elif kind == _SPLIT:
                    stack.append((second, position, saved))
                    place = first
                elif kind == _JUMP:
                    place = first
                elif kind == _SAVE:
                    saved = (*saved[:first], position, *saved[first + 1 :])
                    place += 1
                elif kind == _MATCH:
                    return (saved[0], position, *saved[2:])
                else:
                    length = self._zero_or_reference(kind, first, text, position, saved)
                    if length < 0:
                        break
                    position += length
                    place += 1
        return None

    def _zero_or_reference(self, kind: int, group: int, text: str, position: int, saved: tuple[int, ...]) -> int:
        """How much an anchor or a reference takes here, or -1 where it does not hold."""
        if kind == _START:
            newline = self.lines and position < len(text) and text[position - 1 : position] == "\n"
            return 0 if position == 0 or newline else -1
        if kind == _END:
            return 0 if position == len(text) or (self.lines and text[position] == "\n") else -1
        begin, end = saved[group * 2], saved[group * 2 + 1]
        if begin < 0 or end < 0:
            return 0
        wanted, found = text[begin:end], text[position : position + end - begin]
        if wanted == found:
            return len(wanted)
        alike = self.any_case and len(wanted) == len(found)
        return (
            len(wanted)
            if alike and all(one in variants(other) for one, other in zip(wanted, found, strict=True))
            else -1
        )

    def _matches(self, text: str, run: Run) -> list[tuple[int, ...]] | None:
        """All matches; None for a pattern that matches an empty text."""
        if self._match("", 0, set(), run) is not None:
            return None
        found: list[tuple[int, ...]] = []
        position = 0
        while (match := self.search(text, position, run)) is not None:
            if match[1] == match[0]:
                return None
            found.append(match)
            position = match[1]
        return found

    def replace(self, text: str, replacement: str, run: Run) -> Value:
        """The text with every match replaced; null where the pattern matches nothing or the replacement is none."""
        parts = [replacement] if self.quoted else _replacement(replacement, self.groups)
        matches = self._matches(text, run)
        if parts is None or matches is None:
            return None
        made: list[str] = []
        position = size = 0
        for match in matches:
            made.append(text[position : match[0]])
            for part in parts:
                made.append(part if isinstance(part, str) else text[match[2 * part] : match[2 * part + 1]])
                size += len(made[-1])
            run.check_characters(size)
            position = match[1]
        return "".join([*made, text[position:]])

    def split(self, text: str, run: Run) -> Value:
        """The parts of the text between matches; null for a pattern that matches nothing."""
        matches = self._matches(text, run)
        if matches is None:
            return None
        ends = [0, *(match[1] for match in matches)]
        begins = [*(match[0] for match in matches), len(text)]
        return [text[end:begin] for end, begin in zip(ends, begins, strict=True)]


def _replacement(text: str, groups: int) -> list[str | int] | None:
    """The replacement as texts and numbers of groups, or None where a dollar or backslash stands for nothing."""
    parts: list[str | int] = []
    position = 0
    while position < len(text):
        character = text[position]
        following = text[position + 1 : position + 2]
        position += 1
        if character == "\\":
            if following not in ("\\", "$") or not following:
                return None
            parts.append(following)
            position += 1
        elif character == "$":
            if not (following.isascii() and following.isdecimal()):
                return None
            digits = following
            position += 1
            while text[position : position + 1].isdecimal() and int(digits + text[position]) <= groups:
                digits += text[position]
                position += 1
            parts.append(int(digits) if int(digits) <= groups else "")
        else:
            parts.append(character)
    return parts
