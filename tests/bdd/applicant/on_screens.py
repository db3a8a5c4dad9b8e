"""An applicant at the screens, who presses keys; the program runs without a terminal, in a thread of its own."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from pathlib import Path
from threading import Thread
from typing import TypeVar

from mpfcheck.checking.report import Status
from mpfcheck.drafting.desk import Desk
from mpfcheck.drafting.questions import DraftQuestion
from mpfcheck.drafting.words import complaint_words
from mpfcheck.report.words import VERDICT_HEADLINE

# Nothing moves and no cursor blinks. Textual reads it on import.
os.environ["TEXTUAL_ANIMATIONS"] = "none"

from mpfcheck.wizard.app import Wizard
from mpfcheck.wizard.lists import ResultView
from mpfcheck.wizard.widgets.field import Field
from mpfcheck.wizard.widgets.group_box import GroupBox, Items
from mpfcheck.wizard.widgets.inputs import Line, LongText, Pick
from tests.wizard.driving import Driven

from ..steps.desk import CALL

__all__ = ["OnScreens"]

KEY_TIMEOUT = 60
"""Seconds after which a program that does nothing more is taken for stuck."""

_Result = TypeVar("_Result")
_STATES = "not started|in progress|complete|[0-9]+ problems?"


class OnScreens:
    """Presses what an applicant would press."""

    path: Path

    def __init__(self) -> None:
        self._place = ""
        self._wanted: asyncio.Queue[tuple[Callable[[Driven], Awaitable[object]], Future[object]] | None]

    def begin(self, path: Path) -> None:
        desk = Desk()
        desk.start(path, CALL).file.close()
        self.go_on(path)

    def go_on(self, path: Path) -> None:
        self.path = path
        self._started: Future[bool] = Future()
        self._thread = Thread(target=lambda: asyncio.run(self._run()), daemon=True)
        self._thread.start()
        assert self._started.result(KEY_TIMEOUT)

    async def _run(self) -> None:
        """Run the program, and do in it, one after the other, what is asked for."""
        self._loop, self._wanted = asyncio.get_running_loop(), asyncio.Queue()
        app = Wizard(Desk(), self.path)
        async with app.run_test(size=(120, 40)) as pilot:
            user = Driven(app, pilot, self.path.parent)
            await user.still()
            self._started.set_result(True)
            while (wanted := await self._wanted.get()) is not None:
                do, done = wanted
                try:
                    done.set_result(await do(user))
                except BaseException as error:  # noqa: BLE001 - for the thread that waits
                    done.set_exception(error)
            await app.action_leave_at_once()

    def _do(self, do: Callable[[Driven], Awaitable[_Result]]) -> _Result:
        done: Future[object] = Future()
        self._loop.call_soon_threadsafe(self._wanted.put_nowait, (do, done))
        return done.result(KEY_TIMEOUT)  # type: ignore[return-value]

    def leave(self) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._wanted.put_nowait, None)
        self._thread.join(KEY_TIMEOUT)
        assert not self._thread.is_alive()

    def break_off(self, place: str, text: str) -> None:
        async def steps(user: Driven) -> None:
            await user.find(place)
            await user.type(text)
            user.app.hang_up()

        self._do(steps)
        self.leave()

    def confirm_text(self, place: str) -> None:
        async def steps(user: Driven) -> None:
            await user.find(place)
            await user.press("enter")

        self._do(steps)

    def all_in_view(self, page: str) -> bool:
        """Go through a page with Tab: whether the field one is in was always in view."""

        async def steps(user: Driven) -> bool:
            page_id = next(one.id for one in user.work.session.form.pages if one.title == page)
            await user.do(f"go({page_id!r})")
            seen = []
            for _ in range(30):
                focused = user.app.focused
                assert focused is not None
                seen.append(focused.region in user.work.view.region and bool(focused.region))
                await user.press("tab")
                if user.app.focused is focused:
                    break
            return all(seen)

        return self._do(steps)

    def answer(self, place: str, text: str) -> None:
        self._place = place

        async def steps(user: Driven) -> None:
            field = await user.find(place)
            if isinstance(field.editor, Line):
                await user.type(text, "enter")
            elif isinstance(field.editor, LongText):
                await user.type(text, "tab")
            elif isinstance(field.editor, Pick):
                await user.press("enter")
                await user.type(text, "enter")
            else:
                labels = [option.label.casefold() for option in field.editor.options]
                values = [str(option.value).casefold() for option in field.editor.options]
                known = labels if text.casefold() in labels else values
                field.editor.cursor = known.index(text.casefold())
                await user.press("space")

        self._do(steps)

    def attempt(self, place: str, text: str) -> str:
        async def steps(user: Driven) -> str:
            field = await user.find(place)
            assert isinstance(field.editor, Pick)
            await user.press("enter")
            await user.type(text, "enter")
            said = user.dialog
            await user.press("escape")
            return said

        return self._do(steps)

    def clear(self, place: str) -> None:
        self.answer(place, "")

    def take(self, number: int) -> None:
        async def steps(user: Driven) -> None:
            field = await user.find(self._place)
            await field.focus_suggestions()
            await user.press(str(number))

        self._do(steps)

    def undo(self) -> None:
        self._do(lambda user: user.press("ctrl+z"))

    def redo(self) -> None:
        self._do(lambda user: user.press("ctrl+y"))

    def add(self, group: str, name: str) -> None:
        async def steps(user: Driven) -> None:
            box = await _box(user, group)
            await user.press("plus" if box.draft_part.items else "space")
            await user.type(name, "enter")
            await user.press("escape")

        self._do(steps)

    def copy(self, group: str, number: int) -> None:
        self._with(group, number, "ctrl+d", "escape")

    def take_out(self, group: str, number: int) -> None:
        self._with(group, number, "delete")

    def confirmation(self) -> str:
        async def steps(user: Driven) -> str:
            return user.dialog

        return self._do(steps)

    def confirm(self) -> None:
        self._do(lambda user: user.press("down", "enter"))

    def to_check(self) -> str:
        async def steps(user: Driven) -> str:
            await user.press("f5")
            view = user.work.view
            assert isinstance(view, ResultView)
            shown = [entry for entry in view.menu.entries if entry.id.startswith("field:") and entry.detail]
            marked = [entry for entry in shown if entry.label.plain in ("correct", "check")]
            assert not marked or "check" in user.text or "correct" in user.text
            return "\n".join(" ".join(entry.detail.plain.split()) for entry in marked if entry.detail)

        return self._do(steps)

    def row(self, group: str, number: int) -> str:
        async def steps(user: Driven) -> str:
            box = await _box(user, group)
            row = str(box.items.render()).splitlines()[number]
            assert " ".join(row.split()) in " ".join(user.text.split())
            return row

        return self._do(steps)

    def move_up(self, group: str, number: int) -> None:
        self._with(group, number, "left_square_bracket")

    def _with(self, group: str, number: int, *keys: str) -> None:
        async def steps(user: Driven) -> None:
            box = await _box(user, group)
            assert isinstance(user.focused, Items)
            box.items.cursor = number - 1
            await user.press(*keys)

        self._do(steps)

    def say_none(self, group: str) -> None:
        async def steps(user: Driven) -> None:
            await _box(user, group)
            await user.press("tab", "space")

        self._do(steps)

    def say_complete(self, group: str) -> None:
        async def steps(user: Driven) -> None:
            await _box(user, group)
            await user.press("tab", "tab", "space")

        self._do(steps)

    def send_part(self, number: int) -> Path:
        async def steps(user: Driven) -> Path:
            await user.choose_in_palette("Send to a partner")
            await user.press(*["down"] * (number - 1), "enter")
            await user.type("Please check.", "enter")
            await user.press("enter")
            [written] = [one for one in user.notices if one.startswith("Written: ")]
            return Path(written.removeprefix("Written: "))

        return self._do(steps)

    def bring_part(self, path: Path) -> None:
        async def steps(user: Driven) -> None:
            user.notices.clear()
            await user.choose_in_palette("Bring a part back")
            await user.type(str(path), "enter")

        self._do(steps)

    def on_the_part(self) -> str:
        async def steps(user: Driven) -> str:
            return "\n".join((*user.notices, user.dialog))

        return self._do(steps)

    def settle(self, place: str) -> None:
        self._do(lambda user: user.press("down", "space", "tab", "enter"))

    def take_part(self) -> None:
        self._do(lambda user: user.press("down", "enter"))

    def comment(self, place: str, text: str) -> None:
        async def steps(user: Driven) -> None:
            await user.find(place)
            await user.choose_in_palette("Comment on this answer")
            await user.type(text, "enter")

        self._do(steps)

    def pages(self) -> list[str]:
        async def steps(user: Driven) -> list[str]:
            await user.do("go('overview')")
            titles = [page.title for page in user.work.session.pages()]
            shown = re.findall(rf"[0-9]+\. (.+?) +(?:{_STATES})", user.text)
            assert all(title.startswith(begin) for title, begin in zip(titles, shown, strict=True)), user.text
            return titles

        return self._do(steps)

    def whole_screen(self) -> str:
        async def steps(user: Driven) -> str:
            await user.press("f5")
            return user.text

        return self._do(steps)

    def asked_back(self) -> str:
        async def steps(user: Driven) -> str:
            complaint = (await user.find(self._place)).draft_part.complaint
            words = complaint_words(complaint) if complaint else ""
            assert " ".join(words.split())[:20] in " ".join(user.text.split()), "and it is told on the screen"
            return words

        return self._do(steps)

    def suggestions(self) -> list[str]:
        async def steps(user: Driven) -> list[str]:
            complaint = (await user.find(self._place)).draft_part.complaint
            shown = [one.shown for one in complaint.suggestions] if complaint else []
            assert all(one in user.text for one in shown)
            return shown

        return self._do(steps)

    def told(self) -> str:
        async def steps(user: Driven) -> str:
            said = {True: "is not met", False: "no longer fails"}
            changes = [one for one in user.work.session.changes if Status.FAIL in (one.result.status, one.was)]
            broken = [one.result.rule for one in changes if one.result.status is Status.FAIL]
            assert all(rule in user.text for rule in broken), user.text
            return "\n".join(f"{one.result.rule} {said[one.result.status is Status.FAIL]}" for one in changes)

        return self._do(steps)

    def shown(self, place: str) -> str:
        async def steps(user: Driven) -> str:
            asked = (await user.find(place)).draft_part
            return asked.shown if asked.answered else ""

        return self._do(steps)

    def standing_text(self, place: str) -> str:
        async def steps(user: Driven) -> str:
            field = await user.find(place)
            assert isinstance(field.editor, Line | LongText)
            return field.editor.value if field.draft_part.complaint else ""

        return self._do(steps)

    def state(self, page: str) -> str:
        async def steps(user: Driven) -> str:
            await user.do("go('overview')")
            found = re.search(rf"\. {re.escape(page)} +.*?({_STATES})", user.text)
            assert found is not None, user.text
            return "has problems" if "problem" in found[1] else found[1]

        return self._do(steps)

    def asks(self, page: str) -> list[str]:
        async def steps(user: Driven) -> list[str]:
            page_id = next(one.id for one in user.work.session.form.pages if one.title == page)
            await user.do(f"go({page_id!r})")
            fields = [node.draft_part for node in user.work.view.query(Field) if node.display]
            return [asked.question.ask for asked in fields if isinstance(asked, DraftQuestion)]

        return self._do(steps)

    def what_now(self) -> str:
        async def steps(user: Driven) -> str:
            await user.do("what_now")
            lines = user.text.splitlines()
            await user.press("escape")
            # The window lies over the page.
            left = next(line.index("Where to submit") for line in lines if "Where to submit" in line)
            return "\n".join(line[left:].partition("    ")[0] for line in lines)

        return self._do(steps)

    def verdict(self) -> str:
        async def steps(user: Driven) -> str:
            verdict = user.work.session.verdict
            assert VERDICT_HEADLINE[verdict].casefold() in user.text.casefold(), user.text
            return str(verdict)

        return self._do(steps)


async def _box(user: Driven, group: str) -> GroupBox:
    """Go to a group."""
    await user.do(f"find({group!r})")
    return next(box for box in user.work.view.query(GroupBox) if box.pointer == group)
