"""Where the values and names of a document are in its text, as an editor counts lines and columns.

In a text with nothing wrong in it, a member of an object is looked for by its name, and the records of a list all at
once by what is between two of them. Where that does not tell, what the value is inside of is walked, once and no
further than asked for: the rest is stepped over by the standard library's parser, at the speed of C, and the values it
makes are dropped.

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
before the mark begins an object, and a comma before that brace is one between two items of a list. Where no bracket
stands between the start of a list and such a record, no other list was begun, nor was this one ended, and the record is
an item of this list. Where as many are found as the list is known to have, they are all of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import count, islice
from json import JSONDecoder
from json.scanner import make_scanner
from typing import Any, Final

from mpfcheck.frozen import made_once
from mpfcheck.proposal.fields import Kind, Many, Record, proposal_record
from mpfcheck.proposal.pointer import join, value_at

__all__ = ["Lines", "Place", "Places"]

Place = tuple[int, int]
"""Line and column, from 1; columns in characters."""

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
_RECORD: Final = r'(?=\{[ \t\n\r]*+"[A-Za-z_])'
_first_record = re.compile(rf"\[[ \t\n\r]*+{_RECORD}").match
_next_records = re.compile(rf"\}}[ \t\n\r]*+,[ \t\n\r]*+{_RECORD}").finditer


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
    lack some members of objects, and they are found all the same; its lists have all their items. ``fields_only`` says
    that the text is a proposal with no other names than those of its fields: there is no annex in it.
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
        self._values = {"": _end(_gap(text, 0))} if values is None else dict(values)
        self._names = {} if names is None else dict(names)
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
        container, name, quoted, lone = _parts(pointer)
        if name is None:
            return None
        if lone and self._fields_only:
            member = _first_named(self._text, quoted, 0, len(self._text))
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
            self._find_records(container, start)
            known = self._values.get(pointer)
            if known is not None:
                return known
        walk = self._walks.get(container)
        if walk is None:
            walk = self._walks[container] = _walk(self._text, container, start, self._values, self._names)
        # Each walk goes on where it was left, so that no part of the text is passed twice.
        for found in walk:
            if found == pointer:
                break
        return self._values.get(pointer)

    def _member(self, pointer: str, quoted: str, start: int) -> tuple[int, int] | None:
        """The offsets of the name and the value of a member of the object at ``start``, where its name tells."""
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

    def _find_records(self, container: str, start: int) -> None:
        """Remember where the items of the list at ``start`` are, where they tell: all of them, or none."""
        text = self._text
        known = value_at(self._answers, container)
        first = _first_record(text, start)
        if first is None or not isinstance(known, list):
            return
        starts = [first.end(), *[found.end() for found in islice(_next_records(text, start), len(known) - 1)]]
        if len(starts) == len(known) and text.find("[", start + 1, starts[-1]) < 0 > text.find("]", start, starts[-1]):
            self._values.update({f"{container}/{position}": offset for position, offset in enumerate(starts)})

    @made_once
    def _has_escaped_letters(self) -> bool:
        return "\\" in self._text and _escaped_letter(self._text) is not None


# The proposals of a batch have the same pointers.
@lru_cache(maxsize=4096)
def _parts(pointer: str) -> tuple[str, str | None, str, bool]:
    """What a value is inside of, its name there (None of the whole document), and the name as it is written in JSON.

    That is empty where a name that looks like this does not tell what it is. Last, whether it tells all by itself where
    there are no other names than those of fields.
    """
    container, slash, name = pointer.rpartition("/")
    if not slash:
        return pointer, None, "", False
    quoted = f'"{name}"' if name.isidentifier() and name.isascii() else ""
    return container, name, quoted, pointer in _lone_fields()


@cache
def _lone_fields() -> frozenset[str]:
    """The pointers of the fields that are the only ones of their name, and not in a list."""
    called: dict[str, list[str]] = {}
    for pointer in _fields(proposal_record(), ""):
        called.setdefault(pointer.rpartition("/")[2], []).append(pointer)
    return frozenset([pointers[0] for pointers in called.values() if len(pointers) == 1 and "/-/" not in pointers[0]])


def _fields(kind: Kind, place: str) -> Iterator[str]:
    """The pointers of the fields that a value of this kind may have, with ``-`` for any position in a list."""
    match kind:
        case Record(_, fields):
            for name, field in fields.items():
                yield f"{place}/{name}"
                yield from _fields(field.kind, f"{place}/{name}")
        case Many(item):
            yield from _fields(item, f"{place}/-")


def _first_named(text: str, quoted: str, start: int, end: int) -> tuple[int, int] | None:
    """The offsets of the first name that is written so between two offsets, and of the value of that member."""
    at = start
    while (at := text.find(quoted, at + 1, end)) > 0:
        member = _named(text, quoted, at)
        if member is not None:
            return member
    return None


def _named(text: str, quoted: str, at: int) -> tuple[int, int] | None:
    """The offsets of the name of a member and of its value, where ``quoted``, which is at this offset, is its name."""
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
