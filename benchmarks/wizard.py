"""How long somebody at the wizard waits: for the first screen, for the longest page, for the verdict after a key.

By the clock, for that is what people wait for; on a machine that others use too, the median says most.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from textual.events import Key

from mpfcheck.drafting.desk import Desk
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.shelf import Shelf
from mpfcheck.wizard.app import Wizard
from mpfcheck.wizard.sheets import PageView
from mpfcheck.wizard.widgets.inputs import Line
from mpfcheck.wizard.work_screen import WorkScreen
from tests.wizard.terminal import Terminal
from tests.wizard.test_end_to_end import environment

__all__ = ["Waits", "measure_wizard", "section"]

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "eligible-lithuania-moldova.json"
SIZE = (120, 40)
LONGEST_PAGE = "lead"
BUDGETS = {"first screen": 0.9, "longest page": 0.3, "key to verdict": 0.03}
"""What people should wait at most, in seconds, on two cores."""


class Waits(NamedTuple):
    """Seconds waited, by what for; ``key_of_processor`` are seconds of processor time."""

    first_screen: Sequence[float]
    page: Sequence[float]
    key: Sequence[float]
    key_of_processor: Sequence[float]


def measure_wizard(starts: int) -> Waits:
    """Measure each wait so many times."""
    first = [first_screen() for _ in range(starts + 1)][1:]
    pages, keys, of_processor = [], [], []
    for _ in range(max(3, starts // 3)):
        page, key, processor = asyncio.run(inside())
        pages.append(page)
        keys += key
        of_processor += processor
    return Waits(first, pages, keys, of_processor)


def first_screen() -> float:
    """Start the real program in a pseudo-terminal, until its start page can be read."""
    with TemporaryDirectory() as folder:
        begun = time.perf_counter()
        terminal = Terminal([sys.executable, "-m", "mpfcheck", "apply"], environment(Path(folder)), SIZE)
        terminal.until("New proposal")
        took = time.perf_counter() - begun
        terminal.press("ctrl+q")
        terminal.end()
    return took


async def inside() -> tuple[float, list[float], list[float]]:
    """Open the longest page for the first time, then answer a question that every rule on grants reads."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "draft.json")
        path.write_bytes(EXAMPLE.read_bytes())
        app = Wizard(Desk(shelf=Shelf(Folders(Path(folder, "drafts"), Path(folder, "state")))), path)
        async with app.run_test(size=SIZE) as pilot:
            while not isinstance(app.screen, WorkScreen):
                await pilot.pause()
            await pilot.pause()
            work = app.screen
            begun = time.perf_counter()
            await work.run_action(f"go('{LONGEST_PAGE}')")
            await drawn(work, lambda: isinstance(work.view, PageView))
            page = time.perf_counter() - begun
            keys, processor = await answers(app, work, pilot.pause)
            await app.action_leave_at_once()
    return page, keys, processor


async def answers(app: Wizard, work: WorkScreen, pause: Callable[[], object]) -> tuple[list[float], list[float]]:
    """Change the grant again and again by a cent, between eligible and not."""
    keys, processor = [], []
    for number in range(12):
        await work.run_action("find('/financing/grant_requested')")
        await asyncio.sleep(0.3)
        field = work.answers.field
        assert field is not None
        assert isinstance(field.editor, Line)
        field.editor.value = ("380000.01", "380000.00")[number % 2]
        await asyncio.sleep(0.6)
        drawn_at: list[tuple[float, float]] = []
        # The draft is saved once the screen shows the answer: then the wait is over.
        work.saving.__dict__["save"] = lambda at=drawn_at: at.append((time.perf_counter(), time.process_time()))
        begun, used = time.perf_counter(), time.process_time()
        app.post_message(Key("enter", "\r"))
        while not drawn_at:
            await asyncio.sleep(0)
        if number > 1:
            keys.append(drawn_at[0][0] - begun)
            processor.append(drawn_at[0][1] - used)
    return keys, processor


async def drawn(work: WorkScreen, done: Callable[[], bool]) -> None:
    """Wait until something is done, and what came of it stands on the screen."""
    while not done():
        await asyncio.sleep(0)
    shown = asyncio.Event()
    work.call_after_refresh(shown.set)
    await shown.wait()


def section(waits: Waits) -> str:
    """The results as Markdown."""
    rows = (
        ("first screen", "a fresh process, until the start page can be read", waits.first_screen),
        ("longest page", "the first time, until it is drawn", waits.page),
        ("key to verdict", "Enter in a field, until the verdict of all rules is drawn", waits.key),
    )
    lines = [
        "",
        "## Waiting at the wizard",
        "",
        f"By the clock, at {SIZE[0]} by {SIZE[1]}; others may have used the machine.",
        "",
        "| wait | | median ms | fastest ms | budget ms |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    slow = []
    for name, words, seconds in rows:
        median, fastest = statistics.median(seconds) * 1000, min(seconds) * 1000
        lines.append(f"| {name} | {words} | {median:.0f} | {fastest:.0f} | {BUDGETS[name] * 1000:.0f} |")
        slow += [name] if median > BUDGETS[name] * 1000 else []
    processor = statistics.median(waits.key_of_processor) * 1000
    lines += ["", f"Of the wait after a key, {processor:.0f} ms are processor time, saving not counted.", ""]
    lines += [f"Over budget: {', '.join(slow)}." if slow else "Every wait is within budget.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    print(section(measure_wizard(9)))
