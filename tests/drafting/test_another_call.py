"""Another call for a draft: the draft is opened again only if the file holds the change."""

from __future__ import annotations

from pathlib import Path

import pytest

from mpfcheck.drafting.desk import Desk
from mpfcheck.drafting.dialogues.earlier import change_call
from mpfcheck.drafting.dialogues.saving import Keeper
from mpfcheck.drafting.dialogues.steps import Choose, Step, run
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.shelf import Shelf

OLD, NEW = "mpf-2023-borders-security", "mpf-2024-migration-partnerships"


@pytest.mark.parametrize("writable", [True, False])
def test_another_call_counts_only_once_it_is_saved(tmp_path: Path, writable: bool) -> None:
    desk = Desk(shelf=Shelf(Folders(tmp_path / "drafts", tmp_path / "state")))
    path = tmp_path / "draft.json"
    desk.start(path, OLD).file.close()
    before = path.read_bytes()
    keeper = Keeper(desk.open(path, read_only=not writable), desk)

    def reply(step: Step) -> str | None:
        if not isinstance(step, Choose):
            return None
        return "later" if step.title == "Not saved" else NEW

    assert run(change_call(desk, keeper), reply) is writable
    assert (path.read_bytes() == before) is not writable
    keeper = keeper.reopened()
    try:
        assert keeper.draft.session.call.id == (NEW if writable else OLD)
    finally:
        keeper.draft.file.close()
