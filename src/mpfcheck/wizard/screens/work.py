"""The work on one draft: what every key does, wherever one is."""

from __future__ import annotations

from textual import on, work
from textual.binding import Binding

from mpfcheck.checking.report import Result, Verdict
from mpfcheck.drafting.step import State
from mpfcheck.drafting.store.errors import printable
from mpfcheck.wizard.dialogs import Ask, way
from mpfcheck.wizard.explain import explain_question, explain_rule
from mpfcheck.wizard.lists import OVERVIEW, RESULT, REVIEW, OverviewView, ResultView
from mpfcheck.wizard.screens.filing import Filing
from mpfcheck.wizard.sheets import ActionRequest, ItemView, Problems, page_view_id
from mpfcheck.wizard.text import visible
from mpfcheck.wizard.widgets.bars import Rail
from mpfcheck.wizard.widgets.group_box import GroupBox
from mpfcheck.wizard.widgets.inputs import Line, LongText
from mpfcheck.wizard.widgets.status_pane import RuleRow

__all__ = ["Work"]


class Work(Filing):
    """A draft one works on."""

    BINDINGS = [
        Binding("f1", "explain", "Explain this question", id="explain"),
        Binding("f2", "status", "Where does it stand?", id="status"),
        Binding("f3", "go('overview')", "All pages", id="pages"),
        Binding("f4", "go('review')", "Check your answers", id="review"),
        Binding("f5", "go('result')", "The result", id="result"),
        Binding("f6", "export", "Export", id="export"),
        Binding("ctrl+z", "undo", "Undo", id="undo"),
        Binding("ctrl+y", "redo", "Redo", id="redo"),
        Binding("escape", "back", "Back", id="back"),
        Binding("f10", "leave", "Leave", id="leave"),
    ]

    async def on_mount(self) -> None:
        """Begin at the task list; with a file from elsewhere at what does not fit in it."""
        await self.open_view(OVERVIEW)
        if self.session.verdict is Verdict.INVALID and (place := self.session.first_unclear()) is not None:
            await self.action_find(place)

    async def action_go(self, where: str) -> None:
        """Go to the task list, a page by its id, the review, the result, or the export."""
        self.take_what_is_typed()
        if where == "export":
            self.action_export()
            return
        page_id = self.page.id if self.page else None
        await self.open_view(
            where if where in (OVERVIEW, REVIEW, RESULT) else page_view_id(self.session.form.page(where))
        )
        if isinstance(self.view, OverviewView) and page_id:
            self.view.stand_on(page_id)

    async def action_turn(self, by: int) -> None:
        """Go to the page after or before, from an item to its page."""
        self.take_what_is_typed()
        if isinstance(self.view, ItemView):
            await self.action_item_done()
            return
        stops = [stop.id for stop in self.stops()]
        number = (stops.index(self.view_id) if self.view_id in stops else 0) + by
        if 0 <= number < len(stops):
            await self.open_view(stops[number])

    async def action_find(self, pointer: str) -> None:
        """Go to where a place of the proposal is asked."""
        self.take_what_is_typed()
        location = self.session.locate(pointer)
        if location is None:
            self.app.notify(f"{visible(pointer)} is not asked in the form.", severity="warning", markup=False)
        elif location.item is not None and self.session.item(location.item) is not None:
            await self.open_item(location.item, location.pointer)
        else:
            await self.open_view(page_view_id(location.page), location.pointer if location.item is None else None)

    async def action_follow(self, rule: str) -> None:
        """Go where what a rule says can be changed."""
        result = next((one for one in self.session.results() if one.rule == rule), None)
        location = self.session.way_to(result) if result else None
        if location is not None:
            await self.action_find(location.pointer)
        elif result is not None:
            await self.app.push_screen(explain_rule(self.session, result))

    async def show_rule(self, rule: str) -> None:
        """Explain a rule."""
        result = next((one for one in self.session.results() if one.rule == rule), None)
        if result is not None:
            await self.app.push_screen(explain_rule(self.session, result))

    def action_palette(self) -> None:
        """Find anything by words."""
        self.take_what_is_typed()
        self.app.action_command_palette()

    @on(ActionRequest)
    async def _turn(self, message: ActionRequest) -> None:
        message.stop()
        await self.run_action(message.action)

    @on(Problems.Chosen)
    async def _problem(self, message: Problems.Chosen) -> None:
        await self.action_find(message.pointer)

    @on(RuleRow.Followed)
    async def _followed(self, message: RuleRow.Followed) -> None:
        await self.action_follow(message.result.rule)

    @on(Rail.Chosen)
    async def _stop_chosen(self, message: Rail.Chosen) -> None:
        self.take_what_is_typed()
        await self.open_view(message.stop_id)

    async def action_explain(self) -> None:
        """Explain the question or the rule one stands on."""
        focused = self.focused
        if isinstance(focused, RuleRow) and focused.result is not None:
            await self.app.push_screen(explain_rule(self.session, focused.result))
            return
        if isinstance(self.view, ResultView) and (rule := self._rule_in_result()):
            await self.app.push_screen(explain_rule(self.session, rule))
            return
        inside = self.view.group if isinstance(self.view, ItemView) else None
        field = self.field_here()
        if field is not None:
            await self.app.push_screen(explain_question(self.session, field.asked.question, inside))
            return
        boxes = [node for node in focused.ancestors if isinstance(node, GroupBox)] if focused else []
        if boxes:
            await self.app.push_screen(explain_question(self.session, boxes[0].asked.group, None))
        else:
            self.app.action_show_keys()  # type: ignore[attr-defined]

    def _rule_in_result(self) -> Result | None:
        view = self.view
        entry = view.menu.here if isinstance(view, ResultView) else None
        name = entry.id.removeprefix("rule:") if entry and entry.id.startswith("rule:") else ""
        return next((one for one in self.session.results() if one.rule == name), None)

    async def action_status(self) -> None:
        """Go to the standing and back; on narrow screens it takes the place of the page."""
        if self.focused is not None and self.status_pane in self.focused.ancestors:
            await self.action_back()
            return
        self.take_what_is_typed()
        self._remember_focus()
        self.add_class("-status")
        self.status_pane.enter()

    async def action_back(self) -> None:
        """From the standing or a suggestion back to the page; from an item to its group; otherwise to the task list."""
        if self.has_class("-status"):
            self.remove_class("-status")
            self.status_pane.leave()
            self.view.focus_on(None)
        elif (field := self.field_here()) is not None and self.focused is not field.editor:
            self.set_focus(field.editor)
        elif isinstance(self.view, ItemView):
            await self.action_item_done()
        elif self.view_id != OVERVIEW:
            await self.action_go(OVERVIEW)

    async def action_undo(self) -> None:
        """Undo what is being typed; then the last step, and the one before it."""
        field = self.field_here()
        if field is not None and field.typed is not None and isinstance(field.editor, Line | LongText):
            field.editor.revert()
            return
        await self._stepped_back(self.session.undo(), "Undone")

    async def action_redo(self) -> None:
        """Do again what was undone."""
        await self._stepped_back(self.session.redo(), "Done again")

    async def _stepped_back(self, state: State | None, done: str) -> None:
        if state is None:
            self.app.notify(
                "There is nothing to undo." if done == "Undone" else "There is nothing to do again.", markup=False
            )
            return
        if isinstance(self.view, ItemView) and self.session.item(self.view.item.pointer) is None:
            await self.open_view(page_view_id(self.view.page))
        self.stepped()
        self.app.notify(f"{done}: {visible(state.said)}", markup=False, timeout=4)
        location = self.session.locate(state.pointer) if state.pointer else None
        if location is not None:
            await self.action_find(state.pointer)

    @work(exclusive=True, group="overlay")
    async def action_leave(self) -> None:
        """Leave the draft: for the start page, or for good. Everything is saved."""
        self.take_what_is_typed()
        trouble = self.save_quietly()
        words = f"Everything is saved in {printable(self.draft.file.path)}."
        if trouble is not None:
            words = f"Not everything is saved. {trouble.message} {trouble.hint}"
            if trouble.kept is not None:
                words += f" Your answers are kept in {printable(trouble.kept)}."
        ways = [
            way("quit", "Quit", "the terminal then shows where the draft is, and the verdict"),
            way("start", "Go to the start page", "your other drafts"),
            way("stay", "Go on with this draft"),
        ]
        chosen = await self.app.push_screen_wait(Ask("Leave this draft?", words, ways, closing="go on with it"))
        if chosen in ("quit", "start"):
            self.dismiss(chosen)
