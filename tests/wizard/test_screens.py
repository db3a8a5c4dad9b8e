"""Every page as it stands on the screen, at 80 by 24 and at 120 by 40.

A screen that changed on purpose is renewed with ``pytest tests/wizard/test_screens.py --snapshot-update``, and read.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from tests.wizard.driving import Driven, run

SIZES = [(80, 24), (120, 40)]
PAGES = ["project", "fund", "lead", "co-applicants", "budget", "financing", "documents", "declarations"]
LATER = ["overview", "review", "result"]


class Screens(SingleFileSnapshotExtension):
    """A text file for each screen."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


Look = Callable[[str, Driven], None]


@pytest.fixture
def look(snapshot: SnapshotAssertion) -> Look:
    """Compare a screen with the one that was read before."""
    shots = snapshot.use_extension(Screens)

    def compare(name: str, user: Driven) -> None:
        assert user.text == shots(name=name)

    return compare


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
def test_a_new_proposal(tmp_path: Path, empty: bytes, size: tuple[int, int], look: Look) -> None:
    async def steps(user: Driven) -> None:
        for page in [*LATER, *PAGES]:
            await user.do(f"go('{page}')")
            look(page, user)

    run(steps, tmp_path, empty, size)


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
def test_a_proposal_with_many_slips(tmp_path: Path, many_slips: bytes, size: tuple[int, int], look: Look) -> None:
    async def steps(user: Driven) -> None:
        for page in [*LATER, *PAGES]:
            await user.do(f"go('{page}')")
            look(page, user)
        await user.do("find('/co_applicants/0/name')")
        look("item", user)
        await user.do("find('/financing/grant_requested')")
        await user.press("f1")
        look("explained", user)

    run(steps, tmp_path, many_slips, size)


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
def test_the_start_page_where_nothing_was_written_yet(tmp_path: Path, size: tuple[int, int], look: Look) -> None:
    async def steps(user: Driven) -> None:
        look("start", user)
        await user.press("f1")
        look("keys", user)

    run(steps, tmp_path, None, size)
