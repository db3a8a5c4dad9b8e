"""What the wizard tells beside the screen quotes files and packs: nothing of that steers the terminal."""

from __future__ import annotations

import asyncio

import pytest

from mpfcheck.drafting.desk import Desk
from mpfcheck.wizard.app import Wizard
from mpfcheck.wizard.text import visible

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
