"""What the wizard tells beside the screen quotes files and packs: nothing of that steers the terminal."""

from __future__ import annotations

import asyncio

import pytest

from mpfcheck.drafting.desk import Desk
from mpfcheck.wizard.app import Wizard
from mpfcheck.wizard.text import visible
from tests.wizard.driving import screen_text

HOSTILE = ["\x1b[2J", "\x1b]52;c;eA==\x07", "\x9b2J", "a\u202eb\u2066", "a\u3164\u115f\u1160\uffa0"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_notice_shows_what_it_quotes(hostile: str) -> None:
    async def told() -> list[str]:
        app = Wizard(Desk())
        async with app.run_test() as pilot:
            app.notify(f"first\n{hostile}", markup=False)
            await pilot.pause()
            return [notice.message for notice in app._notifications]

    assert f"first\n{visible(hostile)}" in asyncio.run(told())
    assert not set(visible(hostile)) & set("\x1b\x07\x9b\u202e\u2066\u3164\u115f\u1160\uffa0")


def test_few_notices_stand_beside_each_other_and_none_is_repeated() -> None:
    """At 80 by 24 more would cover the page, and the last line of a window with its keys."""

    async def shown(*told: tuple[str, str]) -> list[str]:
        app = Wizard(Desk())
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            for message, severity in told:
                app.notify(message, severity=severity, markup=False)
                await pilot.pause()
            return [notice.message for notice in app._notifications]

    assert asyncio.run(shown(("one", "information"), ("two", "information"), ("three", "information"))) == [
        "two",
        "three",
    ]
    assert asyncio.run(shown(("same", "information"), ("same", "information"))) == ["same"]
    assert asyncio.run(shown(("not saved", "warning"), ("one", "information"), ("two", "information"))) == [
        "not saved",
        "two",
    ]


def test_a_notice_leaves_the_keys_of_a_window_in_sight() -> None:
    async def last_lines() -> str:
        app = Wizard(Desk())
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            app.action_show_keys()
            await pilot.pause()
            for number in range(3):
                app.notify(f"A notice that takes two lines, because it says more than fits into one ({number}).")
            await pilot.pause(0.2)
            assert "A notice" in screen_text(app)
            return screen_text(app)

    assert "Esc or F1 close" in asyncio.run(last_lines())
