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
from dataclasses import dataclass

from mpfcheck.proposal.limits import MAX_DEPTH, MAX_VALUES
from mpfcheck.proposal.pointer import join
from mpfcheck.proposal.unfit import shown
from mpfcheck.reading.json_cursor import Cursor
from mpfcheck.reading.json_word import UNREADABLE, read_word
from mpfcheck.reading.trouble import TooMuchTroubleError, Trouble

__all__ = ["UNREADABLE", "JsonText", "read_json"]

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
    reading = _Reading(text, first_line)
    with suppress(TooMuchTroubleError):
        reading.run()
    return JsonText(reading.value, reading.cursor.troubles.all(), reading.places, reading.names)


class _Reading:
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
            self.troubles.stop(self.cursor.at, "There is no JSON here.", "A proposal starts with {.", "")
        self.value = self.read_value("")
        while self.open:
            self.step(self.open[-1])
        self.cursor.skip_blanks("")
        if self.cursor.next():
            message = "There is more after the end of the JSON document."
            hint = "One file holds one proposal. For several, write each on a line of its own in a .jsonl file."
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
                self.tell("A comma is missing before this.", "Put a comma between entries.", container)
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
            self.tell("There is a comma too many.", "Take it out.", container)
        self.cursor.at += 1

    def close(self, container: _Container, bracket: str) -> None:
        """End a container at a closing bracket, which may be the wrong one, or that of a container around it."""
        if container.comma is not None:
            message = "There is a comma after the last entry."
            self.troubles.add(container.comma, message, "Take it out.", container.pointer)
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
            self.tell(f"After a name comes a colon, not {equals[0]}.", "Write a colon.", container)
            self.cursor.at = equals.end()
        else:
            self.tell(f"A colon is missing after the name {shown(name)}.", "Write a colon and a value.", container)
        if name is None:
            self.read_field_value("a field", pointer, container)
        elif name in values:
            first = self.cursor.spot(self.names[pointer])
            message = f"The field {shown(name)} stands here a second time; the first is in {first}."
            self.troubles.add(start, message, "Keep one of the two.", pointer)
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
            self.tell("A name is missing before this colon.", "Write a name in double quotes before it.", container)
            return None
        if character in ("{", "["):
            self.tell("A name should stand here.", 'Give the value a name: "name": value.', container)
            self.read_value(pointer)
            return None
        name = self.cursor.take_other_quotes()
        if name is not None:
            self.troubles.add(start, "This name has other quotes.", 'Write double quotes: ".', pointer)
            return name
        word = self.cursor.take_word()
        if word[0].isdigit():
            message = f"A name should stand here, not the number {shown(word)}."
            hint = "If the comma before it belongs to a number: write a point before the cents, and no separators."
            self.troubles.add(start, message, hint, pointer)
            return None
        self.troubles.add(start, f"The name {shown(word)} stands without quotes.", "Put it in double quotes.", pointer)
        return word

    def read_field_value(self, named: str, pointer: str, container: _Container) -> object:
        self.cursor.skip_blanks(container.pointer)
        if self.cursor.next() in ("", ",", "}", "]"):
            self.tell(f"The value of {shown(named)} is missing.", "Write a value, or take the field out.", container)
            return UNREADABLE
        return self.read_value(pointer)

    def read_value(self, pointer: str) -> object:
        """The value that starts here; a list or object is returned empty and filled by the steps that follow."""
        start = self.cursor.at
        self.places.setdefault(pointer, start)
        if len(self.places) > MAX_VALUES:
            self.troubles.stop(start, f"There are more than {MAX_VALUES} values.", "Make it smaller.", pointer)
        character = self.cursor.next()
        if character == '"':
            return self.cursor.take_string(pointer)
        if character == "{":
            return self.enter({}, pointer)
        if character == "[":
            return self.enter([], pointer)
        text = self.cursor.take_other_quotes()
        if text is not None:
            self.troubles.add(start, "This text has other quotes.", 'Write double quotes: ".', pointer)
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
            self.troubles.stop(self.cursor.at, message, "Make it flatter: a proposal needs five levels.", pointer)
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
        hint = f"Write {missing[:20]} at the end, or look for what was lost."
        self.troubles.stop(self.cursor.at, f"The text ends here, but the {opened} is not closed.", hint, "")
