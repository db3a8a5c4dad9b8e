"""A place in a text that is read as JSON, and the small things that are read there: blanks, quoted texts, words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mpfcheck.reading.json_string import read_string
from mpfcheck.reading.lines import Lines
from mpfcheck.reading.trouble import Troubles

__all__ = ["Cursor"]

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
    _odd_blanks_told: bool = False

    def next(self) -> str:
        """The next character, or "" at the end."""
        return self.text[self.at : self.at + 1]

    def skip_blanks(self, pointer: str) -> None:
        """Pass over blanks, and over what is none but stands for one: comments, blanks JSON does not know."""
        while True:
            blanks = _blanks(self.text, self.at)
            self.at = blanks.end() if blanks else self.at
            if comment := _comment(self.text, self.at):
                self.troubles.add(self.at, "JSON has no comments.", "Take the comment out.", pointer)
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
        if not self._odd_blanks_told:
            message = f"This is not an ordinary blank but the character U+{ord(blank):04X}."
            hint = "Write ordinary blanks; there may be more of these, and only the first is reported."
            self.troubles.add(self.at, message, hint, pointer)
            self._odd_blanks_told = True
