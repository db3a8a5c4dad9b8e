"""An applicant in a browser without scripts, who fills in forms and reads pages, and knows nothing of the inside."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

from mpfcheck.checking.report import Verdict
from mpfcheck.report.words import VERDICT_HEADLINE
from tests.web.window import Window, opened_window, text_of

from ..steps.desk import CALL

__all__ = ["InTheBrowser"]

_STATES = re.compile("not started|in progress|complete|[0-9]+ problems?")


class InTheBrowser:
    """Does what an applicant would do with the mouse and the keyboard."""

    path: Path
    _window: Window

    def __init__(self) -> None:
        self._place = self._told = ""
        self._quiet: list[str] = []

    def begin(self, path: Path) -> None:
        self._open(path)

    def go_on(self, path: Path) -> None:
        self._open(path)

    def _open(self, path: Path) -> None:
        self.path = path
        self._window, self._office, _ = opened_window(path.parent / "drafts", CALL)
        address = self._office.open(path)
        assert address is not None, "nothing is asked"
        self._home = address
        self._window.go(address)

    def leave(self) -> None:
        self._window.go(self._home).press("Finish and end mpfcheck")
        assert self._window.title.startswith("Finished")

    def _find(self, place: str) -> None:
        """Go to the sheet that asks about a place."""
        item = re.match(r"(/[a-z_/]+/[0-9]+)/", place)
        if item is not None:
            self._window.go(f"{self._home}/item{item[1]}")
            if self._window.status == 200:
                return
        # In a part, the record of its applicant is a page of its own.
        self._window.go(self._home)
        for number in range(len(self._pages())):
            self._window.go(self._home)
            self._window.follow(self._pages()[number])
            if any(one.get("data-at") == place for one in self._window.page.iter()):
                return
        raise AssertionError(place)

    def _pages(self) -> list[str]:
        [tasks] = self._window.by_class("tasks")
        return [text_of(link) for link in tasks.iter("a")]

    def break_off(self, place: str, text: str) -> None:
        raise NotImplementedError("Half a text is known at a real terminal only: see tests/prompts/test_terminal.py.")

    def confirm_text(self, place: str) -> None:
        self.answer(place, self.standing_text(place))

    def answer(self, place: str, text: str) -> None:
        self._place = place
        self._find(place)
        labels = {label.get("for"): text_of(label) for label in self._window.page.iter("label")}
        radios = [one for one in self._window.all("input", type="radio") if one.get("name") == place]
        codes = {labels[one.get("id")].casefold(): one.get("value", "") for one in radios}
        self._window.send("state", "stay", {place: codes.get(text.casefold(), text)})
        self._note()

    def _note(self) -> None:
        """Remember what is said of a step."""
        self._told = f"{self._window.text} {self._window.panel}"
        self._quiet = [text_of(one) for fold in self._window.page.iter("details") for one in fold.iter("li")]

    def attempt(self, place: str, text: str) -> str:
        self.answer(place, text)
        return self.asked_back()

    def clear(self, place: str) -> None:
        self._find(place)
        self._window.send("state", "stay", {place: ""})

    def take(self, number: int) -> None:
        buttons = list(self._window.by_class("suggestions")[0].iter("button"))
        self._window.press(name="do", value=str(buttons[number - 1].get("value")))

    def undo(self) -> None:
        self._window.press("Undo")
        self._note()

    def redo(self) -> None:
        self._window.press("Redo")
        self._note()

    def add(self, group: str, name: str) -> None:
        self._find(group)
        self._window.press(name="do", value=f"add:{group}")
        place = next(one.get("name") for one in self._window.all("input") if str(one.get("name")).endswith("/name"))
        self._window.press("Done", **{str(place): name})

    def copy(self, group: str, number: int) -> None:
        self._with(group, number, "copy")

    def take_out(self, group: str, number: int) -> None:
        self._with(group, number, "remove")

    def confirmation(self) -> str:
        return self._window.text if self._window.by_class("replies") else ""

    def confirm(self) -> None:
        self._window.press(name="reply", value="delete")

    def to_check(self) -> str:
        self._window.go(f"{self._home}/result")
        return "\n".join(text_of(one) for one in self._window.by_class("remarks"))

    def row(self, group: str, number: int) -> str:
        self._find(group)
        rows = [one for items in self._window.by_class("items") for one in items.iter("li")]
        return text_of(rows[number - 1])

    def move_up(self, group: str, number: int) -> None:
        self._with(group, number, "up")

    def _with(self, group: str, number: int, what: str) -> None:
        self._find(group)
        self._window.press(name="do", value=f"{what}:{group}/{number - 1}")

    def say_none(self, group: str) -> None:
        self._find(group)
        self._window.press(name="do", value=f"none:{group}")

    def say_complete(self, group: str) -> None:
        self._find(group)
        self._window.press(name="do", value=f"close:{group}")

    def send_part(self, number: int) -> Path:
        self._window.go(f"{self._home}/partners")
        known = [str(one.get("value")) for one in self._window.all("input", type="radio")]
        filled = {"applicant": known[number - 1], "note": "Please check."}
        path = self.path.with_name(f"{known[number - 1]}.part.json")
        path.write_bytes(self._window.download("Save the file for the partner", **filled))
        return path

    def bring_part(self, path: Path) -> None:
        self._window.go(f"{self._home}/partners").upload(path.name, path.read_bytes(), "bring")

    def on_the_part(self) -> str:
        return "\n".join((*self._window.notices, self._window.text))

    def settle(self, place: str) -> None:
        self._window.press("Keep these answers", **{place: "theirs"})

    def take_part(self) -> None:
        self._window.press("Take these changes")

    def comment(self, place: str, text: str) -> None:
        self._window.go(f"{self._home}/about{place}").press("Keep the comment", comment=text)

    def pages(self) -> list[str]:
        self._window.go(self._home)
        return self._pages()

    def whole_screen(self) -> str:
        self._window.go(f"{self._home}/result")
        return f"{self._window.text} {self._window.panel}"

    def asked_back(self) -> str:
        error = self._window.by_id(f"f{self._place.replace('/', '-')}-error")
        words = text_of(error).removeprefix("Error: ") if error is not None else ""
        if words:
            [problems] = self._window.by_class("problems")
            assert words in text_of(problems), "and it is told at the top"
            assert self._window.title.startswith("Error: ")
        return words

    def suggestions(self) -> list[str]:
        lists = self._window.by_class("suggestions")
        return [text_of(one).removeprefix("Choose ") for one in lists[0].iter("button")] if lists else []

    def told(self) -> str:
        told = [f"{rule} is not met" for rule in re.findall(r"([A-Z]+-[0-9]+): ", self._told)]
        told += [
            f"{rule} no longer fails" for rule in re.findall(r"([A-Z]+-[0-9]+) [^()]*?\(before: not met", self._told)
        ]
        told += [f"{words.split()[0]} no longer fails" for words in self._quiet]
        return "\n".join(told)

    def shown(self, place: str) -> str:
        self._window.go(f"{self._home}/answers")
        for answer in self._window.by_class("answer"):
            links = [one.get("href", "").rpartition("#")[2] for one in answer.iter("a")]
            if f"f{place.replace('/', '-')}" in links:
                text = text_of(_text(answer))
                return "" if "not answered" in text or "not an answer yet" in text else text
        return ""

    def standing_text(self, place: str) -> str:
        self._find(place)
        error = self._window.by_id(f"f{place.replace('/', '-')}-error")
        return self._window.value(place) if error is not None else ""

    def state(self, page: str) -> str:
        self._window.go(self._home)
        [tasks] = self._window.by_class("tasks")
        words = next(text_of(one) for one in tasks.iter("li") if text_of(next(one.iter("a"))) == page)
        found = _STATES.search(words)
        assert found is not None, words
        return "has problems" if "problem" in found[0] else found[0]

    def asks(self, page: str) -> list[str]:
        self._window.go(self._home).follow(page)
        asked = [one for name in ("label", "legend") for one in self._window.page.iter(name)]
        return [text_of(one).removesuffix(" (optional)") for one in asked]

    def what_now(self) -> str:
        return self._window.go(f"{self._home}/next").text

    def verdict(self) -> str:
        self._window.go(f"{self._home}/result")
        words = text_of(self._window.by_class("verdict")[0])
        return next(one.value for one in Verdict if VERDICT_HEADLINE[one].capitalize() == words)


def _text(answer: Element) -> Element:
    return next(one for one in answer.iter() if one.get("class") == "text")
