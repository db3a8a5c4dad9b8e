"""Draws the pictures of the wizard from the wizard itself: ``make pictures``.

Each is a screen at a size, in the dark or the light theme, of a proposal among the examples.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

os.environ["TEXTUAL_ANIMATIONS"] = "none"

from mpfcheck.drafting.desk import Desk
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.shelf import Shelf
from mpfcheck.wizard.app import Wizard
from mpfcheck.wizard.theme import DARK, LIGHT

FOLDER = Path(__file__).resolve().parent
EXAMPLES = FOLDER.parents[1] / "examples"
SOUND = "eligible-lithuania-moldova.json"
SLIPS = "ineligible-many-things.json"
_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_IDS = re.compile(r"terminal-\d+")


class Picture(NamedTuple):
    """A picture: its name, the example it shows (none: the start page), its size, and how one gets there.

    ``steps`` are actions of the draft's screen; one that begins with ``keys:`` presses keys, with ``type:`` types.
    """

    name: str
    example: str | None
    size: tuple[int, int]
    steps: Sequence[str]


PICTURES = (
    Picture("start", None, (100, 26), ()),
    Picture("pages", SLIPS, (120, 34), ()),
    Picture("page", SOUND, (132, 38), ("go('lead')",)),
    Picture("countries", SOUND, (100, 30), ("find('/lead/country')", "keys:enter", "type:mol")),
    Picture("unclear", SOUND, (100, 30), ("find('/budget/total')", "type:400.000", "keys:enter")),
    Picture("budget", SOUND, (132, 44), ("go('budget')",)),
    Picture("financing", SLIPS, (132, 38), ("go('financing')",)),
    Picture("explained", SLIPS, (110, 34), ("find('/financing/grant_requested')", "keys:f1")),
    Picture("result", SLIPS, (120, 38), ("go('result')",)),
    Picture("narrow", SLIPS, (80, 24), ("go('financing')",)),
)


def main() -> None:
    """Draw all pictures in both themes."""
    for picture in PICTURES:
        for theme, tone in ((DARK.name, "dark"), (LIGHT.name, "light")):
            place = FOLDER / f"{picture.name}-{tone}.svg"
            place.write_text(asyncio.run(drawn(picture, theme)), encoding="utf-8")
            print(place.relative_to(FOLDER.parents[1]))


async def drawn(picture: Picture, theme: str) -> str:
    """One picture as SVG."""
    with TemporaryDirectory() as folder:
        path = None
        if picture.example is not None:
            path = Path(folder, "proposal.json")
            path.write_bytes((EXAMPLES / picture.example).read_bytes())
        app = Wizard(Desk(shelf=Shelf(Folders(Path(folder, "drafts"), Path(folder, "state")))), path)
        app.theme = theme
        async with app.run_test(size=picture.size) as pilot:
            await pilot.pause()
            await pilot.pause()
            for step in picture.steps:
                kind, _, words = step.partition(":")
                if kind == "keys":
                    await pilot.press(*words.split())
                elif kind == "type":
                    app.screen.focused.value = words  # type: ignore[union-attr]
                else:
                    await app.screen.run_action(step)
                await pilot.pause()
                await pilot.pause()
            svg = app.export_screenshot(title="mpfcheck")
            await app.action_leave_at_once()
    return plain(svg)


def plain(svg: str) -> str:
    """The picture without fonts from elsewhere, and the same whenever it is drawn."""
    return _IDS.sub("terminal", _FONT.sub("", svg)).replace("Fira Code", "DejaVu Sans Mono") + "\n"


if __name__ == "__main__":
    main()
