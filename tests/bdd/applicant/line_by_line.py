"""An applicant at the plain front end, who types lines and reads what comes out, and knows nothing of the inside.

Lines must be as long as they want to be (COLUMNS), or what is looked for may be broken in two.
"""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from queue import Queue
from threading import Thread

from mpfcheck.checking.report import Verdict
from mpfcheck.prompts.run import run_prompts
from mpfcheck.report.words import VERDICT_HEADLINE

from ..steps.desk import CALL

__all__ = ["LineByLine"]

PATIENCE = 30
"""Seconds after which a program that asks nothing more is taken for stuck."""

_STANDS = re.compile(r"Status: ([A-Z ]+)\.")
_NOW = re.compile(r"^  Now: (.*)$", re.MULTILINE)
_TYPED = re.compile(r"  Typed before: (.*)")
_SUGGESTED = re.compile(r"  :[0-9] for (.+)")
_TO_CHECK = re.compile(r"^    - (.*: .*)$", re.MULTILINE)
_PAGE = re.compile(r"  [0-9]+\. ([^:]+): (not started|in progress|complete|[0-9]+ problems?)")
_QUESTION = re.compile(r"^[0-9]+ of [0-9]+\. (.*?)(?: \(optional\))?$", re.MULTILINE)


class _Typing(StringIO):
    """A stream whose lines are typed while the program waits for them."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Queue[str] = Queue()
        self.waiting: Queue[bool] = Queue()

    def readline(self, _size: int = -1, /) -> str:
        self.waiting.put(True)
        return self.lines.get()


class LineByLine:
    """Types what an applicant would type."""

    path: Path

    def __init__(self) -> None:
        self._said = ""
        self._asked_back = ""
        self._suggested: list[str] = []
        self._told = ""
        self._question = ""

    def begin(self, path: Path) -> None:
        self._run(path)
        self._type("yes")

    def go_on(self, path: Path) -> None:
        self._run(path)

    def _run(self, path: Path) -> None:
        self.path = path
        self._typing, self._out = _Typing(), StringIO()
        self._thread = Thread(
            target=run_prompts,
            args=(path,),
            kwargs={"call_id": CALL, "typed": self._typing, "out": self._out},
            daemon=True,
        )
        self._thread.start()
        self._wait()

    def leave(self) -> None:
        self._typing.lines.put(":quit\n")
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def break_off(self, place: str, text: str) -> None:
        raise NotImplementedError("Half a text is known at a real terminal only: see tests/prompts/test_terminal.py.")

    def confirm_text(self, place: str) -> None:
        self.answer(place, self.standing_text(place))

    def answer(self, place: str, text: str) -> None:
        self._type(f":go {place}")
        said = self._type(text)
        self._suggested = _SUGGESTED.findall(said)
        self._asked_back = "" if "  Noted: " in said else said
        self._told = said

    def attempt(self, place: str, text: str) -> str:
        self.answer(place, text)
        return self._asked_back

    def clear(self, place: str) -> None:
        self._type(f":go {place}")
        self._type(":clear")

    def take(self, number: int) -> None:
        self._told = self._type(f":{number}")
        assert "Noted: " in self._told

    def undo(self) -> None:
        self._told = self._type(":undo")

    def redo(self) -> None:
        self._told = self._type(":redo")

    def add(self, group: str, name: str) -> None:
        self._type(f":go {group}")
        self._type("add")
        self._type(name)

    def copy(self, group: str, number: int) -> None:
        self._type(f":go {group}")
        self._type(f"copy {number}")

    def take_out(self, group: str, number: int) -> None:
        self._type(f":go {group}")
        asked = self._type(f"delete {number}")
        self._question = asked if "yes or no:" in asked else ""

    def confirmation(self) -> str:
        return self._question

    def confirm(self) -> None:
        self._type("yes")

    def to_check(self) -> str:
        return "\n".join(_TO_CHECK.findall(self._type("=")))

    def row(self, group: str, number: int) -> str:
        rows = dict(re.findall(r"^  ([0-9]+)\. (.*)$", self._at(group), re.MULTILINE))
        return rows[str(number)]

    def move_up(self, group: str, number: int) -> None:
        self._type(f":go {group}")
        self._type(f"up {number}")

    def say_none(self, group: str) -> None:
        self._type(f":go {group}")
        self._type("none")

    def say_complete(self, group: str) -> None:
        self._type(f":go {group}")
        self._type("no")

    def send_part(self, number: int) -> Path:
        said = "".join(self._type(line) for line in (":send", str(number), "Please check.", ""))
        found = re.search(r"Written: (.*)", said)
        assert found is not None, said
        return Path(found[1])

    def bring_part(self, path: Path) -> None:
        self._type(":bring")
        self._type(str(path))

    def on_the_part(self) -> str:
        return self._said

    def settle(self, place: str) -> None:
        self._type("theirs")

    def take_part(self) -> None:
        self._type("yes")

    def comment(self, place: str, text: str) -> None:
        self._type(f":go {place}")
        self._type(f":comment {text}")

    def pages(self) -> list[str]:
        return [title for title, _ in _PAGE.findall(self._pages())]

    def whole_screen(self) -> str:
        return self._type("=")

    def asked_back(self) -> str:
        return self._asked_back

    def suggestions(self) -> list[str]:
        return self._suggested

    def told(self) -> str:
        told = re.sub(r"\b(met|information missing|not applicable) now\b", "no longer fails", self._told)
        return re.sub(r"(?<=[0-9]) not met\b", " is not met", told)

    def shown(self, place: str) -> str:
        found = _NOW.search(self._at(place))
        return found[1] if found else ""

    def standing_text(self, place: str) -> str:
        found = _TYPED.search(self._at(place))
        return found[1] if found else ""

    def state(self, page: str) -> str:
        state = dict(_PAGE.findall(self._pages()))[page]
        return "has problems" if "problem" in state else state

    def asks(self, page: str) -> list[str]:
        titles = [title for title, _ in _PAGE.findall(self._pages())]
        said = self._type(str(titles.index(page) + 1))
        while "Pages of " not in said:
            said += self._type("")
        return _QUESTION.findall(said)

    def what_now(self) -> str:
        return self._type(":next")

    def verdict(self) -> str:
        words = _STANDS.search(self._type("="))
        assert words is not None
        return next(verdict.value for verdict in Verdict if VERDICT_HEADLINE[verdict] == words[1])

    def _at(self, place: str) -> str:
        """What is said at a place; the pages in between make sure that it is told in full."""
        self._pages()
        return self._type(f":go {place}")

    def _pages(self) -> str:
        self._type(":pages")
        return self._type(":pages")

    def _type(self, line: str) -> str:
        """What is said after a line is typed, until the next prompt."""
        self._typing.lines.put(f"{line}\n")
        self._wait()
        return self._said

    def _wait(self) -> None:
        """Wait for the next prompt, or for the end."""
        before = self._out.tell()
        self._typing.waiting.get(timeout=PATIENCE)
        self._said = self._out.getvalue()[before:]
