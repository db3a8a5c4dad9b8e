"""What an applicant can do and see, whatever the program asks them with."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

__all__ = ["Applicant"]


class Applicant(Protocol):
    """Somebody at work on a draft. Places are JSON Pointers, items are counted from 1."""

    path: Path
    """The file of the draft."""

    def begin(self, path: Path) -> None:
        """Begin a new draft in a file."""

    def go_on(self, path: Path) -> None:
        """Go on with the draft in a file."""

    def leave(self) -> None:
        """Leave the program."""

    def break_off(self, place: str, text: str) -> None:
        """Type a text without confirming it; then the program is ended from outside."""

    def confirm_text(self, place: str) -> None:
        """Confirm the text that is in a field."""

    def answer(self, place: str, text: str) -> None:
        """Type an answer."""

    def attempt(self, place: str, text: str) -> str:
        """Type a text that may be no answer, and press Enter; what is said of it."""

    def clear(self, place: str) -> None:
        """Take an answer away."""

    def take(self, number: int) -> None:
        """Take one of the suggestions for the answer typed last."""

    def undo(self) -> None:
        """Undo a step, or be told that there is none."""

    def redo(self) -> None:
        """Redo a step, or be told that there is none."""

    def add(self, group: str, name: str) -> None:
        """Add an item to a group, and answer its question for a name."""

    def copy(self, group: str, number: int) -> None:
        """Copy an item."""

    def take_out(self, group: str, number: int) -> None:
        """Take an item out, as far as to the question whether that is meant, where it is asked."""

    def confirmation(self) -> str:
        """What is asked before an item is taken out; empty where it was taken out at once."""

    def confirm(self) -> None:
        """Say that it is meant."""

    def to_check(self) -> str:
        """What the program lists as not valid or doubtful, with its place."""

    def row(self, group: str, number: int) -> str:
        """An item as the list of its group shows it."""

    def move_up(self, group: str, number: int) -> None:
        """Move an item up."""

    def say_none(self, group: str) -> None:
        """Say that there is no item in a group."""

    def say_complete(self, group: str) -> None:
        """Say that a group has no further item."""

    def send_part(self, number: int) -> Path:
        """Send a part to the co-applicant with a number; its file."""

    def bring_part(self, path: Path) -> None:
        """Bring the part in a file back, as far as to the first question about it."""

    def on_the_part(self) -> str:
        """What was said and asked while a part was brought back."""

    def settle(self, place: str) -> None:
        """Choose the partner's answer to the one question that both answered."""

    def take_part(self) -> None:
        """Take the changes of a part."""

    def comment(self, place: str, text: str) -> None:
        """Keep a comment on the answer at a place."""

    def pages(self) -> list[str]:
        """The titles of the pages of the form."""

    def whole_screen(self) -> str:
        """Everything that is said where the result is."""

    def asked_back(self) -> str:
        """What was said of the answer typed last; empty where it was understood."""

    def suggestions(self) -> list[str]:
        """What was suggested for the answer typed last."""

    def told(self) -> str:
        """What was said of the step done last: which rules are not met, and which no longer fail."""

    def shown(self, place: str) -> str:
        """The answer at a place as people read it; empty where there is none."""

    def standing_text(self, place: str) -> str:
        """What was typed at a place and not understood; empty where there is none."""

    def state(self, page: str) -> str:
        """The state of the page with this title, in words."""

    def asks(self, page: str) -> list[str]:
        """The questions of a page, in their own words."""

    def what_now(self) -> str:
        """What is said of what to do after the proposal is written."""

    def verdict(self) -> str:
        """The verdict that is shown, as a word of the contract."""
