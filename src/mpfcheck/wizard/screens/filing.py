"""Files of a draft: exports, and the earlier states that were kept."""

from __future__ import annotations

import os
from pathlib import Path

from textual import work

from mpfcheck.drafting.store.errors import DraftError, printable
from mpfcheck.wizard.dialogs import Ask, PathField, way
from mpfcheck.wizard.screens.earlier import earlier, moment
from mpfcheck.wizard.screens.export import PROPOSAL, exported, usual_path, what_to_export, written
from mpfcheck.wizard.screens.keeping import Keeping

__all__ = ["Filing"]


class Filing(Keeping):
    """Writes exports, and goes back to earlier states."""

    @work(exclusive=True, group="overlay")
    async def action_export(self) -> None:
        """Write the proposal or the report into a file; a file that is there is never written over without a word."""
        self.take_what_is_typed()
        format_name = await self.app.push_screen_wait(what_to_export())
        if format_name is None:
            return
        path = usual_path(format_name, self.draft.file.path)
        words = ""
        while True:
            typed = await self.app.push_screen_wait(PathField("Write it to this file", printable(path), "Write", words))
            if not typed:
                return
            path = Path(typed).expanduser()
            if path.is_dir():
                path = path / usual_path(format_name, self.draft.file.path).name
            if os.path.lexists(path) and not await self._may_replace(path):
                words = "Choose another name."
                continue
            words = written(path, self._data(format_name), self.draft.file.path)
            if not words:
                break
        told = f"Written: {printable(path)}"
        if format_name == PROPOSAL and self.session.state.unfinished:
            told += " What could not be understood is not in it."
        self.app.notify(told, markup=False, timeout=10)

    def _data(self, format_name: str) -> bytes:
        return exported(format_name, self.draft, self.app.desk.checker(self.session.call.id))  # type: ignore[attr-defined]

    async def _may_replace(self, path: Path) -> bool:
        ways = [way("other", "Choose another name"), way("replace", "Write over it", "what is in it now is lost")]
        words = f"There is a file {printable(path)} already."
        return await self.app.push_screen_wait(Ask("Write over it?", words, ways)) == "replace"

    @work(exclusive=True, group="overlay")
    async def action_change_call(self) -> None:
        """Make the draft one for another call, while no answer depends on its own."""
        self.take_what_is_typed()
        desk = self.app.desk  # type: ignore[attr-defined]
        ways = [way(call.id, desk.title(call.id)) for call in desk.calls_to_change_to(self.session)]
        if not ways:
            words = "Answers of this draft depend on its call, such as the fund. Clear them, or begin a new proposal."
            self.app.notify(words, severity="warning", markup=False)
            return
        words = (
            f"It is for {self.session.form.title} now. Your answers stay. Rules and questions will be the new call's."
        )
        chosen = await self.app.push_screen_wait(
            Ask("Which call is this draft for?", words, ways, closing="keep the call")
        )
        if chosen is not None:
            self.session.replace(desk.document_for(self.session, chosen), said="changed to another call")
            self.dismiss("again")

    @work(exclusive=True, group="overlay")
    async def action_earlier(self) -> None:
        """Go back to an earlier state of the draft; a step that can be undone."""
        self.take_what_is_typed()
        generations = self.draft.file.generations()
        if not generations:
            self.app.notify("No earlier state of this draft is kept yet.", markup=False)
            return
        chosen = await self.app.push_screen_wait(earlier(generations))
        if chosen is None:
            return
        generation = generations[int(chosen)]
        try:
            document = generation.draft()
        except DraftError as error:
            self.app.notify(f"{error.message} {error.hint}", severity="warning", markup=False)
            return
        self.session.replace(document, {}, f"gone back to the state of {moment(generation)}")
        self.stepped()
        self.app.notify(f"The draft is as it was on {moment(generation)}. Ctrl+Z takes that back.", markup=False)
