"""What is certain already, on the screens: in the status and in the result, with a way to make the smallest change."""

from __future__ import annotations

import json
from pathlib import Path

from mpfcheck.wizard.lists import ResultView
from tests.drafting.test_ahead import FOUND
from tests.wizard.driving import Driven, run

DRAFT = json.dumps(
    {
        "format": "mpfcheck-proposal/1",
        "call": "mpf-2023-borders-security",
        "financing": {"grant_requested": "12000000.00"},
    }
).encode()


def plain(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


async def offer(user: Driven) -> None:
    view = user.work.view
    assert isinstance(view, ResultView)
    view.menu.stand_on("change:")
    await user.press("enter")


async def find_out(user: Driven) -> None:
    user.work.session.ahead = FOUND
    user.work.panes.show_ahead()
    await user.still()


def test_the_status_says_it_as_soon_as_it_is_found_out_and_no_longer_than_it_is_so(tmp_path: Path) -> None:
    async def steps(user: Driven) -> None:
        await user.do("go('financing')")
        assert "cannot become eligible" not in plain(user.text)
        await find_out(user)
        shown = plain(user.text)
        assert "No fund allows it." in shown
        assert "Smallest change that would do" in shown
        await user.find("/financing/grant_requested")
        await user.type("9 000 000", "enter")
        assert "No fund allows it." not in plain(user.text)

    run(steps, tmp_path, DRAFT)


def test_the_result_offers_the_smallest_change_which_can_be_undone(tmp_path: Path) -> None:
    async def steps(user: Driven) -> None:
        await user.do("go('result')")
        await find_out(user)
        assert "Press Enter to make this change. You can undo it." in plain(user.text)
        await offer(user)
        assert "Keep my answers" in user.dialog
        await user.press("escape")
        assert user.work.session.ahead is FOUND
        await offer(user)
        await user.press("down", "enter")
        assert user.work.session.document["financing"] == {"grant_requested": "10000000.00"}
        assert "Press Enter to make this change" not in plain(user.text)
        await user.press("ctrl+z")
        assert user.work.session.document["financing"] == {"grant_requested": "12000000.00"}

    run(steps, tmp_path, DRAFT, (80, 24))


def test_the_palette_leads_to_it_and_says_why_there_is_none(tmp_path: Path) -> None:
    async def steps(user: Driven) -> None:
        await user.choose_in_palette("smallest change")
        assert any("We do not know yet" in notice for notice in user.notices), user.notices

    run(steps, tmp_path, DRAFT)
