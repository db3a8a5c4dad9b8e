"""Where the values and names of a document are in its text, as an editor counts lines and columns.

In a text with nothing wrong in it, a member of an object is looked for by its name, and a record of a list by the
records before it. Where that does not tell, what the value is inside of is walked, once and no further than asked for:
the rest is stepped over by the standard library's parser, at the speed of C, and the values it makes are dropped.

How a name tells. ``"name"`` with a colon after it is the name of a member wherever the first quotation mark has no
backslash before it and the name starts with a letter. Such a mark does not stand inside a text: it would be escaped
there. Nor does it end one: what follows a text is a blank, a comma, a colon or a bracket. So it starts one, which the
next mark ends, and a text before a colon is a name. Three things then tell whose name it is, the last two looked for
from where the object starts:

- It is the name of one field of a proposal only, such as ``"fund"``, and that field is not in a list. Only an annex has
  other names than those of the fields.
- No brace stands between the start and the name. Then no other object was begun, nor was this one ended, and it is a
  member of this object. (A brace inside a text is taken for one: then this does not tell.)
- It is the only one until the end of the document, the object is known to have the member, and no letter or digit is
  written as an escape, so that every member of this name would have been found.

How records tell. A mark with a letter after it starts a text as above, unless a backslash is before it; so a brace
before the mark begins an object, which is the value of a member where a colon is before that brace, and an item of a
list where a comma is. From the start of one record to that of the next no bracket may stand, and no brace but those of
values of members, as many closing as opening ones. A closing brace may be one inside a text: then more objects are open
than were counted. So the end of the record is not passed before all are closed, and the item that begins right after
is the next one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import count
from json import JSONDecoder
from json.scanner import make_scanner
from typing import Any, Final

from mpfcheck.frozen import made_once
from mpfcheck.proposal.fields import Kind, Many, Record, proposal_record
from mpfcheck.proposal.pointer import join, value_at

__all__ = ["Lines", "Place", "Places"]

Place = tuple[int, int]
"""Line and column, from 1; columns in characters."""

_Member = tuple[int, int]
"""The offsets of the name and of the value of a member of an object."""

_Seek = Callable[[str, str], "_Member | None"]
"""Finds a member in a text by its name as it is written there."""

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
# Numbers stay texts: none is refused for its length.
_scanner: Any = make_scanner  # the standard library's stub asks for a scanner, not for a decoder
_step_over: Final = _scanner(JSONDecoder(strict=False, parse_int=str, parse_float=str))
_PLAIN = r'("[^"\\]*+"|[^\[{"\s,}\]]++)?'
"""A number, a word, or a text without escapes; nothing where something else begins."""
_colon = re.compile(r"[ \t\n\r]*+:[ \t\n\r]*+").match
_escaped_letter = re.compile(r"\\u00[3-7]").search
"""The escape of a digit, a letter or an underscore of ASCII, or of one of a few marks."""
_gap = re.compile(r"[ \t\n\r,:]*").match
_member = re.compile(rf'[ \t\n\r,]*"([^"\\]*+)"[ \t\n\r]*:[ \t\n\r]*{_PLAIN}').match
_item = re.compile(rf"[ \t\n\r,]*{_PLAIN}").match
_RECORD: Final = r'\{(?=[ \t\n\r]*+"[A-Za-z_])'
_INSIDE: Final = r"[^\[\]{}]*+"
_is_position = re.compile("0|[1-9][0-9]{0,8}").fullmatch
_first_record = re.compile(rf"\[[ \t\n\r]*+(?={_RECORD})").match
_next_record = re.compile(
    rf"\{{{_INSIDE}(?:(?:(?<=:)|(?<=: )){_RECORD}{_INSIDE}\}}{_INSIDE})*+\}}[ \t\n\r]*+,[ \t\n\r]*+(?={_RECORD})"
).match


class Lines:
    """Where the lines of a text start. Lines and columns count from 1, columns in characters."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self._first_line = first_line
        self._starts = [0]
        if "\n" in text or "\r" in text:
            self._starts += [end.end() for end in _LINE_END.finditer(text)]

    def place(self, offset: int) -> Place:
        """The line and column of the character at an offset."""
        line = bisect_right(self._starts, offset) - 1
        return self._first_line + line, offset - self._starts[line] + 1


class Places:
    """The places of one document, by JSON Pointer.

    ``values`` and ``names`` are the offsets of all values and names, where the text was read with its mistakes. Without
    them the text must be one that :func:`mpfcheck.reading.exact_json.parse` accepts: offsets are then looked for when
    a place is asked for, and remembered. ``answers`` is what is known to stand in such a text, if anything is: it may
    lack some members of objects, and they are found all the same. ``fields_only`` says that the text is a proposal with
    no other names than those of its fields: there is no annex in it.
    """

    def __init__(
        self,
        text: str,
        first_line: int = 1,
        values: Mapping[str, int] | None = None,
        names: Mapping[str, int] | None = None,
        answers: object = None,
        *,
        fields_only: bool = False,
    ) -> None:
        self._text = text
        self._first_line = first_line
        self._lines: Lines | None = None
        self._seeks = values is None
        self._values = {} if values is None else dict(values)
        self._names = {} if names is None else dict(names)
        self._records: dict[str, list[int]] = {}
        self._walks: dict[str, Iterator[str]] = {}
        self._answers = answers
        self._fields_only = fields_only

    def of_value(self, pointer: str) -> Place | None:
        """Where a value starts, or None where the document has no such value."""
        offset = self._values.get(pointer)
        return self._place(self._sought(pointer) if offset is None and self._seeks else offset)

    def of_name(self, pointer: str) -> Place | None:
        """Where the name of a field starts, or None where the document has no such field."""
        if self._seeks and pointer not in self._values:
            self._sought(pointer)
        return self._place(self._names.get(pointer))

    def _place(self, offset: int | None) -> Place | None:
        if offset is None:
            return None
        if self._lines is None:
            self._lines = Lines(self._text, self._first_line)
        return self._lines.place(offset)

    def _sought(self, pointer: str) -> int | None:
        """The offset of a value that is not known yet."""
        container, quoted, position, lone = _parts(pointer)
        if container is None:
            return None if pointer else self._values.setdefault("", _end(_gap(self._text, 0)))
        if lone is not None and self._fields_only:
            member = lone(self._text, quoted)
            if member is not None:
                self._names[pointer], self._values[pointer] = member
                return member[1]
        start = self._values.get(container)
        if start is None:
            start = self._sought(container)
            if start is None:
                return None
        begins = self._text[start]
        if begins == "{":
            if quoted:
                member = self._member(pointer, quoted, start)
                if member is not None:
                    self._names[pointer], self._values[pointer] = member
                    return member[1]
        elif begins == "[" and container not in self._walks:
            record = None if position is None else self._record(container, start, position)
            if record is not None:
                self._values[pointer] = record
                return record
        walk = self._walks.get(container)
        if walk is None:
            walk = self._walks[container] = _walk(self._text, container, start, self._values, self._names)
        # Each walk goes on where it was left, so that no part of the text is passed twice.
        for found in walk:
            if found == pointer:
                break
        return self._values.get(pointer)

    def _member(self, pointer: str, quoted: str, start: int) -> _Member | None:
        """A member of the object at ``start``, where its name tells."""
        text = self._text
        end = text.find("}", start)
        inner = text.find("{", start + 1, end)
        brace = end if inner < 0 else inner
        member = _first_named(text, quoted, start, brace)
        if member is not None:
            return member
        if value_at(self._answers, pointer) is None or self._has_escaped_letters:
            return None
        # From the end of the text: the standard library looks backwards in half the time.
        at, only = len(text), None
        while (at := text.rfind(quoted, brace, at)) > 0:
            member = _named(text, quoted, at)
            if member is not None:
                if only is not None:
                    return None
                only = member
        return only

    def _record(self, container: str, start: int, position: int) -> int | None:
        """The offset of a record of the list at ``start``, where those before it tell."""
        starts = self._records.get(container)
        if starts is None:
            first = _first_record(self._text, start)
            starts = self._records[container] = [] if first is None else [first.end()]
        while len(starts) <= position:
            following = _next_record(self._text, starts[-1]) if starts else None
            if following is None:
                return None
            starts.append(following.end())
        return starts[position]

    @made_once
    def _has_escaped_letters(self) -> bool:
        return "\\" in self._text and _escaped_letter(self._text) is not None


# The proposals of a batch have the same pointers.
@lru_cache(maxsize=4096)
def _parts(pointer: str) -> tuple[str | None, str, int | None, _Seek | None]:
    """What a value is inside of (None of the whole document), and its name there as it is written in JSON.

    The name is empty where one that looks like this does not tell what it is. Then comes the position that it may be in
    a list, and what finds the member by its name alone where there are no other names than those of fields: None where
    others may have the same.
    """
    container, slash, name = pointer.rpartition("/")
    if not slash:
        return None, "", None, None
    quoted = f'"{name}"' if name.isidentifier() and name.isascii() else ""
    position = int(name) if _is_position(name) else None
    return container, quoted, position, _lone_fields().get(pointer)


@cache
def _lone_fields() -> Mapping[str, _Seek]:
    """What finds each field that is the only one of its name and not in a list, by its pointer."""
    pointers = [*_fields(proposal_record(), "")]
    names = Counter([pointer.rpartition("/")[2] for pointer in pointers])
    # Most texts have the order of the schema, and the budget lines are half of them.
    late = pointers.index("/budget/lines")
    return {
        pointer: _first_named if place < late else _last_named
        for place, pointer in enumerate(pointers)
        if names[pointer.rpartition("/")[2]] == 1 and "/-/" not in pointer
    }


def _fields(kind: Kind, place: str) -> Iterator[str]:
    """The pointers of the fields that a value of this kind may have, with ``-`` for any position in a list."""
    match kind:
        case Record(_, fields):
            for name, field in fields.items():
                yield f"{place}/{name}"
                yield from _fields(field.kind, f"{place}/{name}")
        case Many(item):
            yield from _fields(item, f"{place}/-")


def _first_named(text: str, quoted: str, start: int = 0, end: int | None = None) -> _Member | None:
    """The first member with this name between two offsets."""
    at = start
    while (at := text.find(quoted, at + 1, end)) > 0:
        member = _named(text, quoted, at)
        if member is not None:
            return member
    return None


def _last_named(text: str, quoted: str) -> _Member | None:
    """The last member with this name."""
    at = len(text)
    while (at := text.rfind(quoted, 0, at)) > 0:
        member = _named(text, quoted, at)
        if member is not None:
            return member
    return None


def _named(text: str, quoted: str, at: int) -> _Member | None:
    """The member whose name is ``quoted``, which is at this offset; None where it is not a name."""
    end = at + len(quoted)
    # Many a text is a name too: it is a code, and a comma or a bracket comes after it.
    if text[end] in ",]}" or text[at - 1] == "\\":
        return None
    colon = _colon(text, end)
    return None if colon is None else (at, colon.end())


# Walks are functions of their own: one that refers to the places that keep it would be a ring, and whole documents
# would wait for the garbage collector.
def _walk(text: str, container: str, start: int, values: dict[str, int], names: dict[str, int]) -> Iterator[str]:
    """Remember where the values directly inside an object or a list start, and the names of an object."""
    if text[start] == "{":
        return _members(text, container, start + 1, values, names)
    return _items(text, container, start + 1, values) if text[start] == "[" else iter(())


def _members(text: str, container: str, at: int, values: dict[str, int], names: dict[str, int]) -> Iterator[str]:
    while True:
        member = _member(text, at)
        if member is not None:
            name, plain = member.groups()
            name_at, value_at, at = member.start(1) - 1, member.start(2), member.end()
        else:
            # The end, or a name with escapes.
            name_at = _end(_gap(text, at))
            if text[name_at] == "}":
                return
            name, at = _step_over(text, name_at)
            plain, at = None, _end(_gap(text, at))
        if plain is None:
            value_at = at
        pointer = f"{container}/{name}" if "~" not in name and "/" not in name else join(container, name)
        values[pointer], names[pointer] = value_at, name_at
        yield pointer
        if plain is None:
            _, at = _step_over(text, value_at)


def _items(text: str, container: str, at: int, values: dict[str, int]) -> Iterator[str]:
    for position in count():
        item = _item(text, at)
        if item is None:
            return
        at = item.end()
        if item[1] is None and text[at] == "]":
            return
        pointer = f"{container}/{position}"
        values[pointer] = at if item[1] is None else item.start(1)
        yield pointer
        if item[1] is None:
            _, at = _step_over(text, at)


def _end(match: re.Match[str] | None) -> int:
    """Where a pattern ended that matches anything."""
    if match is None:
        raise ValueError("a pattern that matches anything did not")
    return match.end()
