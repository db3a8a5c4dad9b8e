"""The work on one draft: what every key does, wherever one is."""

from __future__ import annotations

from functools import partial
from typing import TypeVar

from textual import on, work
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Button, Input, TextArea

from mpfcheck.checking.report import Result, Verdict
from mpfcheck.drafting.ahead import LookAhead
from mpfcheck.drafting.desk import Desk
from mpfcheck.drafting.desk import Work as OpenDraft
from mpfcheck.drafting.dialogues.changing import make_smallest_change
from mpfcheck.drafting.dialogues.commenting import comment_on
from mpfcheck.drafting.dialogues.earlier import change_call, go_back
from mpfcheck.drafting.dialogues.exporting import export
from mpfcheck.drafting.dialogues.partners import bring_file_back, send_to_partner
from mpfcheck.drafting.dialogues.saving import Keeper
from mpfcheck.drafting.dialogues.steps import Choose, Dialogue, Reply, run_async
from mpfcheck.drafting.document import State
from mpfcheck.drafting.questions import in_short
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.words import undo_words
from mpfcheck.wizard.answers import Answers, ItemEdits
from mpfcheck.wizard.dialogs import show_step
from mpfcheck.wizard.explain import explain_question, explain_rule, explain_what_now, keys_help
from mpfcheck.wizard.lists import OVERVIEW, RESULT, REVIEW, OverviewView, ResultView, ReviewView
from mpfcheck.wizard.panes import Panes, View
from mpfcheck.wizard.saving import Saving
from mpfcheck.wizard.scrolling import InView
from mpfcheck.wizard.sheets import ActionRequest, ItemView, Problems, page_view_id
from mpfcheck.wizard.text import visible
from mpfcheck.wizard.widgets import group_box
from mpfcheck.wizard.widgets.bars import KeyBar, Link, Rail, TopLine
from mpfcheck.wizard.widgets.field import AnswerGiven, ListRequest
from mpfcheck.wizard.widgets.group_box import GroupBox, ItemRequest, TablePasted
from mpfcheck.wizard.widgets.inputs import Choices, Line, LongText
from mpfcheck.wizard.widgets.menu import Menu
from mpfcheck.wizard.widgets.status_pane import RuleRow, counts, counts_in_short

__all__ = ["WorkScreen"]

Outcome = TypeVar("Outcome")

KEYS = (
    Link("PgDn", "next", "screen.turn(1)"),
    Link("PgUp", "back", "screen.turn(-1)"),
    Link("F1", "explain", "screen.explain"),
    Link("F2", "status", "screen.status"),
    Link("F3", "pages", "screen.go('overview')"),
    Link("^P", "find", "screen.palette"),
    Link("F10", "leave", "screen.leave"),
    Link("^Z", "undo", "screen.undo"),
    Link("F4", "check answers", "screen.go('review')"),
    Link("F5", "result", "screen.go('result')"),
    Link("F6", "export", "screen.go('export')"),
)
CHANGES_SHOWN_FOR = 8.0
"""How long, in seconds, the rules that the last answer changed are pointed out."""


class WorkScreen(InView[str]):
    """A draft one works on: its panes, what takes its answers and items, and what saves it."""

    AUTO_FOCUS = None
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (98, "-two"), (126, "-three")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    BINDINGS = [
        # These lead onwards. They are done before the widget that has the keyboard sees the key.
        Binding("enter", "in_order('enter')", "Next field", id="enter", show=False, priority=True),
        Binding("tab", "in_order('field(1)')", "Next field", id="next_field", show=False, priority=True),
        Binding("shift+tab", "in_order('field(-1)')", "Previous field", id="field_before", show=False, priority=True),
        Binding("pagedown,ctrl+n", "in_order('turn(1)')", "Next page", id="next", show=False, priority=True),
        Binding("pageup,ctrl+t", "in_order('turn(-1)')", "Previous page", id="before", show=False, priority=True),
        Binding("ctrl+p,ctrl+f", "in_order('palette')", "Find anything", id="find", show=False, priority=True),
        Binding("ctrl+s", "in_order('saved')", "Save now", id="saved", show=False, priority=True),
        Binding("f1", "explain", "Explain this question", id="explain"),
        Binding("f2", "status", "Status", id="status"),
        Binding("f3", "go('overview')", "All pages", id="pages"),
        Binding("f4", "go('review')", "Check your answers", id="review"),
        Binding("f5", "go('result')", "Result", id="result"),
        Binding("f6", "export", "Export", id="export"),
        Binding("ctrl+z", "undo", "Undo", id="undo"),
        Binding("ctrl+y", "redo", "Redo", id="redo"),
        Binding("escape", "back", "Back", id="back"),
        Binding("f10", "leave", "Leave", id="leave"),
    ]

    class FoundOut(Message):
        """It was found out what is certain of the draft."""

    def __init__(self, draft: OpenDraft, desk: Desk) -> None:
        super().__init__()
        self.session: Session = draft.session
        self.desk = desk
        self.top = TopLine()
        self.panes = Panes(draft.session)
        self.answers = Answers(self, self.panes, on_step=self.show_step, on_typing=self._typing)
        self.items = ItemEdits(self, self.panes, self.answers, on_step=self.show_step)
        self.saving = Saving(
            self,
            Keeper(draft, desk),
            typed=lambda: self.answers.typed,
            on_change=self._show_top,
            on_merge=self._show_changes,
        )
        self._changes_timer: Timer | None = None
        self._verdict = self.session.verdict
        self.ahead = LookAhead(draft.session, self._found_out) if desk.looks_ahead else None

    def compose(self) -> ComposeResult:
        """Put the first line, the panes and the keys below each other."""
        yield self.top
        yield self.panes
        yield KeyBar(KEYS)
        self.watch_in_view(self.panes)

    async def on_mount(self) -> None:
        """Begin at the list of pages; with a file from elsewhere at the first answer that cannot be read."""
        await self.panes.open(OVERVIEW)
        self._show_top()
        self._look_ahead()
        if self.session.verdict is Verdict.INVALID and (unclear := self.session.unclear()):
            await self.action_find(unclear[0].pointer)

    @property
    def draft(self) -> OpenDraft:
        """The draft and its file."""
        return self.saving.draft

    @property
    def view(self) -> View:
        """The view in the middle."""
        return self.panes.view

    # What is shown after a step

    def show_step(self) -> None:
        """Show what the last step changed, and save it."""
        was, self._verdict = self._verdict, self.session.verdict
        self._show_changes()
        self.saving.save_soon()
        if self._verdict is Verdict.ELIGIBLE is not was:
            self.app.notify("“What now” in the list of pages (F3) says how to go on.", title="Eligible", markup=False)
        self._look_ahead()

    # What is certain already

    def on_unmount(self) -> None:
        """Look ahead no longer."""
        if self.ahead is not None:
            self.ahead.close()

    def _look_ahead(self) -> None:
        if self.ahead is not None:
            self.ahead.ask()

    def _found_out(self) -> None:
        # In another thread: messages may come from there.
        self.post_message(self.FoundOut())

    @on(FoundOut)
    def _show_found(self, message: FoundOut) -> None:
        message.stop()
        if self.ahead is not None and self.ahead.take():
            self.panes.show_ahead()

    @work(exclusive=True, group="overlay")
    async def action_smallest_change(self) -> None:
        """Offer the smallest change that would do."""
        self.answers.take_typed()
        if await self._run_dialogue(make_smallest_change(self.session)):
            self.show_step()

    def _show_changes(self) -> None:
        self.panes.changed = {change.result.rule: change.was for change in self.session.changes}
        self.panes.show()
        self._show_top()
        if self._changes_timer is not None:
            self._changes_timer.stop()
        if self.panes.changed:
            self._changes_timer = self.set_timer(CHANGES_SHOWN_FOR, self._forget_changes)

    def _forget_changes(self) -> None:
        self.panes.changed = {}
        self.panes.show()

    def _show_top(self) -> None:
        session = self.session
        title = session.document.get("title") if session.scope is None else session.scope.heading
        name = " ".join(title.split()) if isinstance(title, str) and title.strip() else "New proposal"
        open_points = [count(session.report.results, session.optional_rules) for count in (counts, counts_in_short)]
        self.top.show(name, session.verdict, open_points, self.saving.words)

    def _typing(self) -> None:
        self.saving.keep_typing_soon()

    # What widgets send

    @on(AnswerGiven)
    def _answer_given(self, message: AnswerGiven) -> None:
        message.stop()
        self.answers.take(message.field, text=message.text, value=message.value, onwards=message.onwards)

    @on(ListRequest)
    def _list_requested(self, message: ListRequest) -> None:
        message.stop()
        self.run_worker(self.answers.pick(message.field, message.typed), exclusive=True, group="overlay")

    @on(Input.Changed)
    def _input_changed(self, message: Input.Changed) -> None:
        self.answers.on_input(message.input)

    @on(TextArea.Changed)
    def _text_area_changed(self) -> None:
        self._typing()

    @on(ItemRequest)
    async def _item_requested(self, message: ItemRequest) -> None:
        message.stop()
        await self.items.do(message.box, message.what, message.item)

    @on(TablePasted)
    def _table_pasted(self, message: TablePasted) -> None:
        message.stop()
        self.items.paste_soon(message.box, message.text)

    @on(ActionRequest)
    async def _action_requested(self, message: ActionRequest) -> None:
        message.stop()
        await self.run_action(message.action)

    @on(Problems.Chosen)
    async def _problem_chosen(self, message: Problems.Chosen) -> None:
        await self.action_find(message.pointer)

    @on(RuleRow.Followed)
    async def _rule_followed(self, message: RuleRow.Followed) -> None:
        await self.action_follow(message.result.rule)

    @on(Rail.Chosen)
    async def _page_chosen(self, message: Rail.Chosen) -> None:
        self.answers.take_typed()
        await self.panes.open(message.stop_id)

    # Keys that lead onwards

    async def action_in_order(self, action: str) -> None:
        """Run an action before the widget that has the keyboard sees the key."""
        if not await self.app.run_action(action, self):
            raise SkipAction

    async def action_enter(self) -> None:
        """Go on; what was typed is taken. It chooses nothing, but for a suggestion one went to with Down."""
        focused, field = self.focused, self.answers.field
        if isinstance(focused, Line) and field is not None:
            self.answers.take(field, text=focused.value, onwards=True)
        elif isinstance(focused, Choices) and field is not None:
            if field.is_suggestion(focused):
                chosen = focused.options[focused.cursor].value
                self.answers.take(field, value=field.value_of(focused, chosen), onwards=True)
            else:
                self.answers.go_on_from(field)
        elif isinstance(focused, group_box.Items) and (box := self._box()) is not None:
            await self.items.do(box, "edit", focused.here)
        elif isinstance(focused, Button) and self._box() is not None:
            self.focus_next()
        elif isinstance(focused, Button) and (action := getattr(focused, "name_of_action", "")):
            await self.run_action(action)
        elif isinstance(focused, Menu) and focused.here and (action_of := getattr(self.view, "action_of", None)):
            await self.run_action(action_of(focused.here))
        else:
            raise SkipAction

    def action_field(self, by: int) -> None:
        """Go to the next field, or the previous one; what was typed is taken."""
        self.answers.take_typed()
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def _box(self) -> GroupBox | None:
        """The group one is in."""
        nodes = self.focused.ancestors if self.focused else ()
        return next((node for node in nodes if isinstance(node, GroupBox)), None)

    async def action_turn(self, by: int) -> None:
        """Go to the next page or the previous one, from an item to its page."""
        self.answers.take_typed()
        if isinstance(self.view, ItemView):
            await self.items.leave(self.view)
            return
        stops = [stop.id for stop in self.panes.stops()]
        if isinstance(self.view, OverviewView):
            # One stands before the page under the cursor, and behind the one above it.
            here = self.view.view_here
            number = (stops.index(here) if here in stops else len(stops)) + (by if by < 0 else by - 1)
        else:
            number = stops.index(self.panes.view_id) + by
        if 0 <= number < len(stops):
            await self._go_to(stops[number])

    async def _go_to(self, view_id: str) -> None:
        """Go to a view; in the list of pages one stands on the page one comes from."""
        page = self.panes.page
        await self.panes.open(view_id)
        if isinstance(self.view, OverviewView) and page:
            self.view.stand_on(page.id)

    # Going somewhere

    async def action_go(self, where: str) -> None:
        """Go to the list of pages, a page by its id, the review, the result, or the export."""
        self.answers.take_typed()
        if where == "export":
            self.action_export()
            return
        known = where in (OVERVIEW, REVIEW, RESULT)
        await self._go_to(where if known else page_view_id(self.session.form.page(where)))

    async def action_find(self, pointer: str) -> None:
        """Go to where a place of the proposal is asked."""
        self.answers.take_typed()
        location = self.session.locate(pointer)
        if location is None:
            self.app.notify(f"The form does not ask for {visible(pointer)}.", severity="warning", markup=False)
        elif location.item is not None and self.session.item(location.item) is not None:
            await self.panes.open_item(location.item, location.pointer)
        else:
            await self.panes.open(page_view_id(location.page), location.pointer if location.item is None else None)

    async def action_follow(self, rule: str) -> None:
        """Go where the result of a rule can be changed; where nothing is asked about it, explain the rule."""
        result = self._result(rule)
        location = self.session.way_to(result) if result else None
        if location is not None:
            await self.action_find(location.pointer)
        else:
            await self.show_rule(rule)

    async def show_rule(self, rule: str) -> None:
        """Explain a rule."""
        result = self._result(rule)
        if result is not None:
            await self.app.push_screen(explain_rule(self.session, result))

    def _result(self, rule: str) -> Result | None:
        return next((result for result in self.session.results() if result.rule == rule), None)

    def action_palette(self) -> None:
        """Find anything by words."""
        self.answers.take_typed()
        self.app.action_command_palette()

    async def action_explain(self) -> None:
        """Explain the question or the rule one stands on."""
        focused, view, field = self.focused, self.view, self.answers.field
        if isinstance(focused, RuleRow) and focused.result is not None:
            await self.show_rule(focused.result.rule)
        elif isinstance(view, ResultView) and (rule := view.rule_here):
            await self.show_rule(rule)
        elif isinstance(view, ResultView | ReviewView) and (place := view.place_here):
            await self._explain_place(place)
        elif field is not None:
            await self._explain_place(field.pointer)
        elif (box := self._box()) is not None:
            await self._explain_place(box.pointer)
        else:
            await self.app.run_action("show_keys")

    async def _explain_place(self, pointer: str) -> None:
        """Explain the question or the list about a place of the proposal; where none is, say how to move about."""
        location = self.session.locate(pointer)
        if location is not None and location.question is not None:
            about = explain_question(self.session, location.question, location.group, location.pointer)
        elif location is not None and location.group is not None:
            about = explain_question(self.session, location.group, None, location.pointer)
        else:
            about = keys_help()
        await self.app.push_screen(about)

    async def action_what_now(self) -> None:
        """Say what to do after the proposal is written."""
        self.answers.take_typed()
        await self.app.push_screen(explain_what_now(self.session))

    async def action_status(self) -> None:
        """Go to the status and back; on narrow screens it takes the place of the page."""
        if self.focused is not None and self.panes.status in self.focused.ancestors:
            self.panes.leave_status()
            return
        self.answers.take_typed()
        self.panes.enter_status()

    async def action_back(self) -> None:
        """From the status or a suggestion back to the page; from an item to its group; otherwise to all pages."""
        field = self.answers.field
        if self.panes.leave_status():
            return
        if field is not None and self.focused is not field.editor:
            self.set_focus(field.editor)
        elif isinstance(self.view, ItemView):
            await self.items.leave(self.view)
        elif self.panes.view_id != OVERVIEW:
            await self.action_go(OVERVIEW)

    async def action_item_done(self, onwards: bool = False) -> None:
        """Go from an item back to its page."""
        if isinstance(self.view, ItemView):
            await self.items.leave(self.view, onwards=onwards)

    async def action_item_delete(self) -> None:
        """Delete the item one is at."""
        if isinstance(self.view, ItemView):
            await self.items.delete_open(self.view)

    async def action_item_another(self) -> None:
        """Add another item to the group one is in."""
        if isinstance(self.view, ItemView):
            await self.items.add_after(self.view)

    # Undo

    async def action_undo(self) -> None:
        """Undo what is being typed; then the last step, and the one before it."""
        field = self.answers.field
        if field is not None and field.typed is not None and isinstance(field.editor, Line | LongText):
            field.editor.revert()
        elif (state := self.session.undo()) is None:
            self.app.notify(undo_words("undo", None), markup=False)
        else:
            await self._show_other_step(state, visible(undo_words("undo", state)))

    async def action_redo(self) -> None:
        """Redo what was undone."""
        state = self.session.redo()
        if state is None:
            self.app.notify(undo_words("redo", None), markup=False)
        else:
            await self._show_other_step(state, visible(undo_words("redo", state)))

    async def _show_other_step(self, state: State, words: str) -> None:
        if isinstance(self.view, ItemView) and self.session.item(self.view.item.pointer) is None:
            await self.panes.open(page_view_id(self.view.page))
        self.show_step()
        self.app.notify(words, markup=False, timeout=4)
        if state.pointer and self.session.locate(state.pointer) is not None:
            await self.action_find(state.pointer)

    # Files

    def action_saved(self) -> None:
        """Say that everything is saved, and where; if it is not, try again."""
        self.answers.take_typed()
        self.saving.save_now()

    @work(exclusive=True, group="overlay")
    async def action_export(self) -> None:
        """Write the proposal or the report into a file."""
        self.answers.take_typed()
        await self._run_dialogue(export(self.draft, self.desk.checker(self.session.call.id)))

    @work(exclusive=True, group="overlay")
    async def action_comment(self) -> None:
        """Keep a comment on the answer one is at."""
        field = self.answers.field
        self.answers.take_typed()
        if field is None:
            self.app.notify("Go to a question first.", severity="warning", markup=False)
        elif await self._run_dialogue(comment_on(self.session, field.pointer)):
            self.show_step()

    @work(exclusive=True, group="overlay")
    async def action_send_to_partner(self) -> None:
        """Write the part of an applicant into a file for a partner."""
        self.answers.take_typed()
        await self._run_dialogue(send_to_partner(self.draft))

    @work(exclusive=True, group="overlay")
    async def action_bring_part_back(self) -> None:
        """Bring the part of a partner back; a step that can be undone."""
        self.answers.take_typed()
        if await self._run_dialogue(bring_file_back(self.draft)):
            self.show_step()

    @work(exclusive=True, group="overlay")
    async def action_change_call(self) -> None:
        """Make the draft one for another call, while no answer depends on its own."""
        self.answers.take_typed()
        if await self._run_dialogue(change_call(self.desk, self.saving.keeper)):
            self.dismiss("again")

    @work(exclusive=True, group="overlay")
    async def action_earlier(self) -> None:
        """Go back to an earlier state of the draft; a step that can be undone."""
        self.answers.take_typed()
        if await self._run_dialogue(go_back(self.draft)):
            self.show_step()

    async def _run_dialogue(self, dialogue: Dialogue[Outcome]) -> Outcome:
        return await run_async(dialogue, partial(show_step, self.app))

    @work(exclusive=True, group="overlay")
    async def action_leave(self) -> None:
        """Leave the draft: for the start page, or for good. Everything is saved."""
        field = self.answers.field if self.answers.typed else None
        self.answers.take_typed()
        error = self.saving.save_on_leaving()
        words = self.saving.keeper.leaving_words(error)
        question = self.session.at(field.pointer) if field is not None else None
        if question is not None and question.answered:
            title = self.session.title_of(question.pointer)
            words += f" The text you were typing is now the answer to {title}: {in_short(question.shown)}."
        replies = (
            Reply("quit", "Quit", "the terminal then shows where the draft is, and the verdict"),
            Reply("start", "Go to the start page", "your other drafts"),
            Reply("stay", "Continue with this draft"),
        )
        choice = Choose("Leave this draft?", words, replies, closing="continue with it")
        chosen = await show_step(self.app, choice)
        if chosen in ("quit", "start"):
            self.dismiss(str(chosen))
