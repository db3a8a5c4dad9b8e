"""JSON from a text, with the place of every value and name, and with every problem there is, not only the first.

Own code, because no maintained library does all of it: the standard library and jiter stop at the first problem, keep
the last of two equal names without a word, and know no places. Good files do not come here unless somebody asks for a
place in them.

What is wrong is named, with what to do about it, and reading goes on where it is plain how the text was meant: after a
comment, a comma too many or too few, other quotes, a word without quotes. A value that cannot be known is
:data:`UNREADABLE`. Nothing here recurses, so no nesting is too deep to be refused politely.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Final

from mpfcheck.proposal.limits import MAX_DEPTH, MAX_VALUES, number_fits
from mpfcheck.proposal.pointer import join
from mpfcheck.proposal.values import beyond_magnitude, shown
from mpfcheck.reading.places import Lines

__all__ = [
    "MAX_TROUBLES",
    "UNREADABLE",
    "Cursor",
    "JsonText",
    "TooMuchTroubleError",
    "Trouble",
    "Troubles",
    "Unreadable",
    "read_json",
    "read_string",
    "read_word",
]


MAX_TROUBLES: Final = 100
"""After so many problems reading stops: nobody reads on, and a hostile file should not fill the memory with them."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong at an offset in the text: what it is, what to do, and in which part of the document."""

    offset: int
    message: str
    hint: str
    pointer: str


class TooMuchTroubleError(Exception):
    """Reading on makes no sense."""


class Troubles:
    """The troubles of one text, in the order they were met."""

    def __init__(self) -> None:
        self._met: list[Trouble] = []

    def add(self, offset: int, message: str, hint: str, pointer: str) -> None:
        """Remember one; raises TooMuchTroubleError once there are too many."""
        self._met.append(Trouble(offset, message, hint, pointer))
        if len(self._met) == MAX_TROUBLES:
            self.stop(offset, f"Reading stopped here, after {MAX_TROUBLES} problems.", "Correct these first.", pointer)

    def stop(self, offset: int, message: str, hint: str, pointer: str) -> None:
        """Remember one after which reading on makes no sense: always raises TooMuchTroubleError."""
        self._met.append(Trouble(offset, message, hint, pointer))
        raise TooMuchTroubleError

    def all(self) -> tuple[Trouble, ...]:
        """What was met so far."""
        return tuple(self._met)


_plain = re.compile(r'[^"\\\x00-\x1f]*').match
_is_hex = re.compile(r"[0-9a-fA-F]{4}").fullmatch
_low_surrogate = re.compile(r"\\u([dD][c-fC-F][0-9a-fA-F]{2})").match
_after = re.compile(r"\s*(.?)", re.DOTALL).match

_ESCAPES: Final = {
    '"': '"',
    "\\": "\\",
    "/": "/",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
}
_NO_CHARACTER: Final = "\N{REPLACEMENT CHARACTER}"


def read_string(text: str, start: int, pointer: str, troubles: Troubles) -> tuple[str, int]:
    """The string whose opening quote stands at ``start``, and the offset after it. Troubles are added, never raised."""
    parts: list[str] = []
    at = start + 1
    control_reported = False
    while True:
        plain = _plain(text, at)
        at = plain.end() if plain else at
        parts.append(plain[0] if plain else "")
        character = text[at : at + 1]
        if character == '"':
            return "".join(parts), at + 1
        if character == "\\":
            read, at = _escape(text, at, pointer, troubles)
            parts.append(read)
        elif not character:
            troubles.add(start, "The closing quote of this text is missing.", "Put a double quote at its end.", pointer)
            return "".join(parts), at
        elif character in "\r\n" and not control_reported and not _goes_on(text, at):
            troubles.add(
                start,
                "The closing quote of this text is missing on its line.",
                "Put a double quote at its end.",
                pointer,
            )
            return _without_comma("".join(parts), at)
        else:
            if not control_reported:
                troubles.add(at, *_control(character), pointer)
                control_reported = True
            parts.append(character)
            at += 1


def _escape(text: str, at: int, pointer: str, troubles: Troubles) -> tuple[str, int]:
    """What the escape at an offset stands for, and the offset after it."""
    letter = text[at + 1 : at + 2]
    if letter in _ESCAPES:
        return _ESCAPES[letter], at + 2
    digits = text[at + 2 : at + 6]
    if letter != "u" or not _is_hex(digits):
        hint = r"Write a backslash as two: \\." if letter != "u" else r"Write four digits after it, such as \u00e9."
        troubles.add(at, f"{shown(text[at : at + 2])} is not an escape of JSON.", hint, pointer)
        return text[at : at + 2], at + 2
    code = int(digits, 16)
    if not 0xD800 <= code <= 0xDFFF:
        return chr(code), at + 6
    low = _low_surrogate(text, at + 6)
    if code < 0xDC00 and low:
        return chr(0x10000 + ((code - 0xD800) << 10) + (int(low[1], 16) - 0xDC00)), at + 12
    message = f"\\u{digits} is only half of a character."
    troubles.add(at, message, "Write the character itself, or both of its halves.", pointer)
    return _NO_CHARACTER, at + 6


def _goes_on(text: str, line_end: int) -> bool:
    """Whether a text seems to go on after the end of its line: the next quote closes something."""
    quote = text.find('"', line_end)
    after = _after(text, quote + 1)
    return quote >= 0 and after is not None and after[1] in (",", "}", "]")


def _without_comma(read: str, at: int) -> tuple[str, int]:
    """A text that lost its closing quote has mostly swallowed the comma after it."""
    kept = read.rstrip()
    return (kept[:-1], at - (len(read) - len(kept)) - 1) if kept.endswith(",") else (read, at)


def _control(character: str) -> tuple[str, str]:
    if character in "\r\n":
        return "Line break inside this text.", r"Write \n instead, or keep the text on one line."
    if character == "\t":
        return "Tab inside this text.", r"Write \t instead, or a space."
    code = f"U+{ord(character):04X}"
    return f"Control character ({code}) inside this text.", "Remove it."


class Unreadable(Enum):
    """Stands for a value that is there but cannot be known."""

    UNREADABLE = "unreadable"


UNREADABLE: Final = Unreadable.UNREADABLE

_is_number = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?").fullmatch
_is_numeric = re.compile(r"[+-]?[0-9.][0-9._'\u00a0\u202f]*(?:[eE][+-]?[0-9]*)?").fullmatch
_is_money = re.compile(r"(?:EUR|€|\$)?[0-9.]+(?:EUR|€|\$|%)?", re.IGNORECASE).fullmatch

_CONSTANTS: Final = {"true": True, "false": False, "null": None}
_JSON_WORDS: Final = {
    "yes": "true",
    "on": "true",
    "no": "false",
    "off": "false",
    "true": "true",
    "false": "false",
    "none": "null",
    "null": "null",
    "nil": "null",
    "undefined": "null",
}
_NO_NUMBERS: Final = {"nan", "infinity", "inf", "-infinity", "-inf", "+infinity", "+inf", "-nan"}


def read_word(word: str, offset: int, pointer: str, troubles: Troubles) -> object:
    """The value of a word that stands at an offset; UNREADABLE, and a trouble, where it has none."""
    if word in _CONSTANTS:
        return _CONSTANTS[word]
    if found := _is_number(word):
        return _number(word, offset, pointer, troubles, whole=found[1] is None and found[2] is None)
    troubles.add(offset, *_explained(word), pointer)
    return UNREADABLE


def _number(word: str, offset: int, pointer: str, troubles: Troubles, *, whole: bool) -> object:
    try:
        number = Decimal(word)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number_fits(number):
        beyond = beyond_magnitude()
        troubles.add(offset, beyond.message, beyond.hint, pointer)
        return UNREADABLE
    return int(word) if whole else number


def _explained(word: str) -> tuple[str, str]:
    """What is wrong with a word, and what to do about it."""
    plain = word.casefold()
    if plain in _NO_NUMBERS:
        return f"{word} is not a number.", "Write a number, or leave the field out until you know it."
    if plain in _JSON_WORDS:
        return f"{shown(word)} is not JSON.", f"Write {_JSON_WORDS[plain]}, in small letters and without quotes."
    if _is_numeric(word):
        return f"{shown(word)} is not a number in JSON.", _number_hint(word)
    if _is_money(word):
        return f"{shown(word)} is not JSON.", "Write only the number, without a currency or percent sign."
    return f"{shown(word)} has no quotes.", "Put text in double quotes."


def _number_hint(word: str) -> str:
    if word.startswith("+"):
        return "Remove the plus sign."
    if re.match(r"-?0[0-9]", word):
        return "Remove the leading zeros, or use double quotes if it is not a quantity."
    if "." in (word.lstrip("-")[:1], word[-1:]):
        return "Write a digit before and after the point, such as 0.5."
    if any(mark in word for mark in "_'\u00a0\u202f") or word.count(".") > 1:
        return "Write it without thousands separators, such as 120000.00."
    return "Write digits with a point before the cents, such as 120000.00."


_blanks = re.compile(r"[ \t\n\r]*").match
_comment = re.compile(r"//[^\r\n]*|#[^\r\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL).match
_odd_blanks = re.compile("[\\s\u200b\u2060\ufeff\ufffd\x00]+").match
_simple_string = re.compile(r'"([^"\\\x00-\x1f]*)"').match
_other_quotes = re.compile(
    "'([^'\r\n]*)'"
    '|[\u201c\u201d\u201e\u00ab]([^\u201c\u201d\u201e\u00ab\u00bb"\r\n]*)[\u201c\u201d\u00bb"]'
    "|[\u2018\u2019]([^\u2018\u2019\r\n]*)[\u2018\u2019]"
    "|`([^`\r\n]*)`"
).match
_word = re.compile(r"""[^\s,:{}\[\]"#=]+|.""", re.DOTALL).match
_comment_start = re.compile(r"/[/*]").search
_rest_of_line = re.compile(r"""[^,{}\[\]"\r\n]*""").match


@dataclass(slots=True)
class Cursor:
    """Where reading is in a text (``at`` is an offset), and what was wrong up to there."""

    text: str
    first_line: int
    at: int = 0
    troubles: Troubles = field(default_factory=Troubles)
    _lines: Lines | None = None
    _odd_blank_reported: bool = False

    def next(self) -> str:
        """The next character, or "" at the end."""
        return self.text[self.at : self.at + 1]

    def skip_blanks(self, pointer: str) -> None:
        """Pass over blanks, and over what is none but stands for one: comments, blanks JSON does not know."""
        while True:
            blanks = _blanks(self.text, self.at)
            self.at = blanks.end() if blanks else self.at
            if comment := _comment(self.text, self.at):
                self.troubles.add(self.at, "JSON has no comments.", "Remove the comment.", pointer)
                self.at = comment.end()
            elif odd := _odd_blanks(self.text, self.at):
                self._tell_odd_blank(odd[0][0], pointer)
                self.at = odd.end()
            else:
                return

    def take_string(self, pointer: str) -> str:
        """The text between double quotes that starts here."""
        if simple := _simple_string(self.text, self.at):
            self.at = simple.end()
            return simple[1]
        read, self.at = read_string(self.text, self.at, pointer, self.troubles)
        return read

    def take_other_quotes(self) -> str | None:
        """The text between quotes of another kind that starts here; None where none does."""
        quoted = _other_quotes(self.text, self.at)
        if quoted is None:
            return None
        self.at = quoted.end()
        return next((part for part in quoted.groups() if part is not None), "")

    def take_word(self) -> str:
        """What stands here up to a blank or a mark of JSON; one character where it is such a mark itself."""
        found = _word(self.text, self.at)
        word = found[0] if found else ""
        if comment := _comment_start(word, 1):
            word = word[: comment.start()]
        self.at += len(word)
        return word

    def pass_rest_of_text(self) -> None:
        """Pass over the words that follow one without quotes, which mostly belong to it."""
        if rest := _rest_of_line(self.text, self.at):
            self.at = rest.end()

    def spot(self, offset: int) -> str:
        """A place in words, for a message that speaks of two places."""
        if self._lines is None:
            self._lines = Lines(self.text, self.first_line)
        line, column = self._lines.place(offset)
        return f"line {line}, column {column}"

    def _tell_odd_blank(self, blank: str, pointer: str) -> None:
        # Text copied from a web page has one in every line.
        if not self._odd_blank_reported:
            message = f"The character U+{ord(blank):04X} is not an ordinary space."
            hint = "Write ordinary spaces. There may be more; only the first is reported."
            self.troubles.add(self.at, message, hint, pointer)
            self._odd_blank_reported = True


_equals = re.compile(r"=>?").match


@dataclass(slots=True)
class JsonText:
    """What a text holds.

    ``places`` and ``names`` are offsets, by JSON Pointer: where values start, and where the names of fields do.
    """

    value: object
    troubles: tuple[Trouble, ...]
    places: dict[str, int]
    names: dict[str, int]


@dataclass(slots=True)
class _Container:
    """A list or object that is being read.

    ``due`` says that a comma must come before the next entry; ``comma`` is the offset of one that nothing followed yet.
    """

    values: list[object] | dict[str, object]
    pointer: str
    offset: int
    due: bool = False
    comma: int | None = None

    @property
    def brackets(self) -> str:
        return "{}" if isinstance(self.values, dict) else "[]"


def read_json(text: str, first_line: int = 1) -> JsonText:
    """The value of a text, whatever it looks like, and all that is wrong with it. Never raises.

    ``first_line`` is the line of its file the text starts at, for messages that speak of a second place.
    """
    reading = _JsonReading(text, first_line)
    with suppress(TooMuchTroubleError):
        reading.run()
    return JsonText(reading.value, reading.cursor.troubles.all(), reading.places, reading.names)


class _JsonReading:
    """One reading of a text: the lists and objects that are open, and what was read so far."""

    def __init__(self, text: str, first_line: int) -> None:
        self.cursor = Cursor(text, first_line)
        self.troubles = self.cursor.troubles
        self.open: list[_Container] = []
        self.value: object = UNREADABLE
        self.places: dict[str, int] = {}
        self.names: dict[str, int] = {}

    def run(self) -> None:
        """Read the whole text. Each step reads at least one character or closes a container, so it comes to an end."""
        self.cursor.skip_blanks("")
        if self.cursor.next() in ("", ",", ":", "}", "]"):
            self.troubles.stop(self.cursor.at, "No JSON here.", "A proposal starts with {.", "")
        self.value = self.read_value("")
        while self.open:
            self.step(self.open[-1])
        self.cursor.skip_blanks("")
        if self.cursor.next():
            message = "Unexpected text after the end of the JSON document."
            hint = "Write one proposal in a file. For several proposals, write each on its own line of a .jsonl file."
            self.troubles.add(self.cursor.at, message, hint, "")

    def step(self, container: _Container) -> None:
        """Read what comes next in the innermost open list or object: its end, a comma, or an entry."""
        self.cursor.skip_blanks(container.pointer)
        character = self.cursor.next()
        if character in ("}", "]"):
            self.close(container, character)
        elif character == ",":
            self.take_comma(container)
        elif not character:
            self.tell_unclosed()
        else:
            if container.due:
                self.tell("Missing comma before this.", "Put a comma between entries.", container)
            container.due, container.comma = True, None
            if isinstance(container.values, dict):
                self.read_field(container, container.values)
            else:
                position = len(container.values)
                container.values.append(UNREADABLE)
                container.values[position] = self.read_value(join(container.pointer, position))

    def take_comma(self, container: _Container) -> None:
        if container.due:
            container.due, container.comma = False, self.cursor.at
        else:
            self.tell("Unexpected comma.", "Remove it.", container)
        self.cursor.at += 1

    def close(self, container: _Container, bracket: str) -> None:
        """End a container at a closing bracket, which may be the wrong one, or that of a container around it."""
        if container.comma is not None:
            message = "Unexpected comma after the last entry."
            self.troubles.add(container.comma, message, "Remove it.", container.pointer)
        self.open.pop()
        closing = container.brackets[1]
        if bracket != closing:
            opened = f"{container.brackets[0]} of {self.cursor.spot(container.offset)}"
            self.tell(f"The {opened} is not closed before this {bracket}.", f"Write {closing}.", container)
            if self.open and self.open[-1].brackets[1] == bracket:
                return
        self.cursor.at += 1

    def read_field(self, container: _Container, values: dict[str, object]) -> None:
        """Read a name, a colon and a value."""
        start = self.cursor.at
        name = self.read_name(container)
        pointer = container.pointer if name is None else join(container.pointer, name)
        self.cursor.skip_blanks(container.pointer)
        if self.cursor.next() == ":":
            self.cursor.at += 1
        elif name is None:
            return
        elif equals := _equals(self.cursor.text, self.cursor.at):
            self.tell(f"A colon must follow a name, not {equals[0]}.", "Write a colon.", container)
            self.cursor.at = equals.end()
        else:
            self.tell(f"Missing colon after the name {shown(name)}.", "Write a colon and a value.", container)
        if name is None:
            self.read_field_value("a field", pointer, container)
        elif name in values:
            first = self.cursor.spot(self.names[pointer])
            message = f"The field {shown(name)} is here a second time. The first is in {first}."
            self.troubles.add(start, message, "Keep one of them.", pointer)
            # The first one counts, so that what is said of it is said of the place it has.
            self.read_field_value(name, pointer, container)
        else:
            self.names[pointer] = start
            values[name] = UNREADABLE
            values[name] = self.read_field_value(name, pointer, container)

    def read_name(self, container: _Container) -> str | None:
        """The name of a field; None where none stands here and what does was passed over."""
        start, pointer = self.cursor.at, container.pointer
        character = self.cursor.next()
        if character == '"':
            return self.cursor.take_string(pointer)
        if character == ":":
            self.tell("Missing name before this colon.", "Write a name in double quotes before it.", container)
            return None
        if character in ("{", "["):
            self.tell("A name is expected here.", 'Give the value a name: "name": value.', container)
            self.read_value(pointer)
            return None
        name = self.cursor.take_other_quotes()
        if name is not None:
            self.troubles.add(start, "This name has the wrong quotes.", 'Write double quotes: ".', pointer)
            return name
        word = self.cursor.take_word()
        if word[0] in "0123456789":
            message = f"A name is expected here, not the number {shown(word)}."
            hint = "If you meant a decimal comma, use a point. Do not separate thousands. Example: 1200.50."
            self.troubles.add(start, message, hint, pointer)
            return None
        self.troubles.add(start, f"The name {shown(word)} has no quotes.", "Put it in double quotes.", pointer)
        return word

    def read_field_value(self, named: str, pointer: str, container: _Container) -> object:
        self.cursor.skip_blanks(container.pointer)
        if self.cursor.next() in ("", ",", "}", "]"):
            self.tell(f"The value of {shown(named)} is missing.", "Write a value, or remove the field.", container)
            return UNREADABLE
        return self.read_value(pointer)

    def read_value(self, pointer: str) -> object:
        """The value that starts here; a list or object is returned empty and filled by the steps that follow."""
        start = self.cursor.at
        self.places.setdefault(pointer, start)
        if len(self.places) > MAX_VALUES:
            self.troubles.stop(start, f"There are more than {MAX_VALUES} values.", "Make the file smaller.", pointer)
        character = self.cursor.next()
        if character == '"':
            return self.cursor.take_string(pointer)
        if character == "{":
            return self.enter({}, pointer)
        if character == "[":
            return self.enter([], pointer)
        text = self.cursor.take_other_quotes()
        if text is not None:
            self.troubles.add(start, "This text has the wrong quotes.", 'Write double quotes: ".', pointer)
            return text
        word = self.cursor.take_word()
        value = read_word(word, start, pointer, self.troubles)
        if value is UNREADABLE and word[0].isalpha():
            self.cursor.pass_rest_of_text()
        return value

    def enter(self, values: list[object] | dict[str, object], pointer: str) -> object:
        """Open a list or object."""
        if len(self.open) == MAX_DEPTH:
            message = f"Lists and objects are nested deeper than {MAX_DEPTH} levels here."
            self.troubles.stop(self.cursor.at, message, "Use fewer levels. A proposal needs five.", pointer)
        self.open.append(_Container(values, pointer, self.cursor.at))
        self.cursor.at += 1
        return values

    def tell(self, message: str, hint: str, container: _Container) -> None:
        self.troubles.add(self.cursor.at, message, hint, container.pointer)

    def tell_unclosed(self) -> None:
        """The text ends too early: one trouble for all that is open."""
        inner = self.open[-1]
        opened = f"{inner.brackets[0]} of {self.cursor.spot(inner.offset)}"
        missing = "".join(container.brackets[1] for container in reversed(self.open))
        hint = f"Write {missing[:20]} at the end, or look for lost text."
        self.troubles.stop(self.cursor.at, f"The file ends here, but the {opened} is not closed.", hint, "")
