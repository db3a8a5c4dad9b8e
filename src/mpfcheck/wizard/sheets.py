"""A sheet of questions: a page of the form, or one item of a group. Both look and work alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import HorizontalGroup, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Button, Static

from mpfcheck.drafting.questions import DraftGroup, DraftItem, DraftPart, DraftQuestion, Remark, each_with_title
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.words import complaint_words
from mpfcheck.forms.form import Group, Page
from mpfcheck.wizard.text import literal
from mpfcheck.wizard.widgets.field import Field
from mpfcheck.wizard.widgets.figures import Figures
from mpfcheck.wizard.widgets.group_box import GroupBox

__all__ = ["ITEM_VIEW", "ActionRequest", "ItemView", "PageView", "Part", "Problems", "Sheet", "page_view_id"]

Part = Field | GroupBox


class ActionRequest(Message):
    """A button at the end of a sheet was pressed: an action of the work."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action


class Problems(Static):
    """What is unclear on the sheet, in the words that stand beside the fields, with a way to each."""

    class Chosen(Message):
        """Somebody wants to go to a field."""

        def __init__(self, pointer: str) -> None:
            super().__init__()
            self.pointer = pointer

    def __init__(self) -> None:
        super().__init__(classes="problems", markup=False)
        self.display = False

    def show(self, unclear: Sequence[Remark]) -> None:
        """Show them."""
        self.display = bool(unclear)
        if not unclear:
            return
        number = len(unclear)
        # Where it is only to be said what was meant, nothing is wrong.
        asked_back = all(remark.complaint.suggestions for remark in unclear)
        one, several = ("answer to clarify", "answers to clarify") if asked_back else ("problem", "problems")
        heading = f"There is {number} {one}" if number == 1 else f"There are {number} {several}"
        lines = [Content.styled(heading, "$error bold")]
        for remark in unclear:
            words = literal(complaint_words(remark.complaint), "$error")
            line = Content.assemble(("✗ ", "$error"), literal(f"{remark.title}: ", "bold"), words)
            lines.append(line.stylize(Style.from_meta({"field": remark.pointer})))
        self.update(Content("\n").join(lines))

    def on_click(self, event: events.Click) -> None:
        """Go to the field."""
        pointer = event.style.meta.get("field")
        if isinstance(pointer, str):
            self.post_message(self.Chosen(pointer))


class Sheet(VerticalScroll, can_focus=False):
    """Questions and groups below each other. What is no longer asked is hidden, what is new is put in its place."""

    def __init__(self, session: Session, draft_parts: Sequence[DraftPart], view_id: str | None) -> None:
        super().__init__(id=view_id)
        self.session = session
        self.parts: dict[str, Part] = {}
        self._draft_parts = tuple(draft_parts)
        self._problems = Problems()
        self.last_focus: Widget | None = None

    def head(self) -> Iterable[Widget]:
        """What stands above the questions."""
        return ()

    def before_groups(self) -> Iterable[Widget]:
        """What stands between the questions and the groups."""
        return ()

    def turns(self) -> Sequence[tuple[str, str]]:
        """The buttons at the end: what they say, and the action of the work they run."""
        return ()

    def compose(self) -> ComposeResult:
        """Put everything below each other."""
        yield from self.head()
        yield self._problems
        between = list(self.before_groups())
        for draft_part in self._draft_parts:
            if isinstance(draft_part, DraftGroup):
                yield from between
                between = []
            yield self._part(draft_part)
        yield from between
        with HorizontalGroup(classes="turns"):
            for words, action in self.turns():
                button = Button(Content(words), compact=True)
                button.tooltip = None
                button.name_of_action = action  # type: ignore[attr-defined]
                yield button
        self._show_problems()

    def _part(self, draft_part: DraftPart) -> Part:
        part: Part = GroupBox(draft_part) if isinstance(draft_part, DraftGroup) else Field(draft_part, self.session)
        self.parts[draft_part.pointer] = part
        return part

    def show_parts(self, draft_parts: Sequence[DraftPart]) -> None:
        """Show what is asked now, drawing only what changed."""
        self._draft_parts = tuple(draft_parts)
        now = {one.pointer for one in draft_parts}
        for pointer, part in self.parts.items():
            if part.display != (pointer in now):
                part.display = pointer in now
        before: Widget = self._problems
        for one in draft_parts:
            known = self.parts.get(one.pointer)
            if known is None:
                known = self._part(one)
                self.mount(known, after=before)
            else:
                _redraw(known, one)
            before = known
        self._show_problems()

    def _show_problems(self) -> None:
        for pointer, part in self.parts.items():
            if part.display:
                # What is said beside the field is not said a second time.
                remark = part.draft_part.complaint or (isinstance(part, Field) and part.draft_part.doubt)
                doubtful = () if remark else self.session.warnings_at(pointer)
                part.findings.show(self.session.findings_at(pointer), doubtful)
                if isinstance(part, GroupBox):
                    part.items.mark([self.session.row_marks(item) for item in part.draft_part.items])
        self._problems.show(
            [
                Remark(one.pointer, title, one.complaint)
                for one, title in each_with_title(self._draft_parts)
                if one.complaint
            ]
        )

    def focus_on(self, pointer: str | None) -> bool:
        """Go to a field or group; to where one was last, or the first field, where none is named."""
        if pointer is not None:
            part = self.parts.get(pointer)
            if part is None or not part.display:
                return False
            self._enter(part)
            self.call_after_refresh(part.scroll_visible, animate=False)
            return True
        if self.last_focus is not None and self.last_focus.is_attached and self.last_focus.display:
            self.screen.set_focus(self.last_focus)
            return True
        for draft_part in self._draft_parts:
            self._enter(self.parts[draft_part.pointer])
            self.scroll_home(animate=False)
            return True
        return False

    def _enter(self, part: Part) -> None:
        """Go into a field or group. At once: the next key is for it."""
        self.screen.set_focus(part.entrance if isinstance(part, GroupBox) else part.editor)

    def on_button_pressed(self, message: Button.Pressed) -> None:
        """Tell which turn is taken."""
        message.stop()
        action = getattr(message.button, "name_of_action", "")
        if action:
            self.post_message(ActionRequest(action))


def _redraw(part: Part, draft_part: DraftPart) -> None:
    match part, draft_part:
        case GroupBox(), DraftGroup():
            part.show(draft_part)
        case Field(), DraftQuestion():
            part.show(draft_part)


def page_view_id(page: Page) -> str:
    """The id of the view of a page."""
    return f"page-{page.id}"


class PageView(Sheet):
    """The questions of a page, and its figures before the groups."""

    def __init__(self, session: Session, page: Page, turns: Sequence[tuple[str, str]]) -> None:
        super().__init__(session, session.questions(page), page_view_id(page))
        self.page = page
        self._turns = tuple(turns)
        self._figures = Figures(session.figures(page)) if page.figures else None
        self._title = Static(markup=False, classes="title")

    def head(self) -> Iterable[Widget]:
        """The title and what the page is about."""
        yield self._title
        self.show_place()

    def show_place(self) -> None:
        """Say which page of how many this is."""
        pages = self.session.pages()
        number = pages.index(self.page) + 1 if self.page in pages else 0
        title = Content.assemble((self.page.title, "bold $accent"), (f"   page {number} of {len(pages)}", "$muted"))
        self._title.update(Content("\n").join([title, literal(self.page.intro)]) if self.page.intro else title)

    def before_groups(self) -> Iterable[Widget]:
        """The figures."""
        return [self._figures] if self._figures is not None else []

    def turns(self) -> Sequence[tuple[str, str]]:
        """Back and onwards."""
        return self._turns

    def refresh_answers(self) -> None:
        """Show what stands there now."""
        self.show_parts(self.session.questions(self.page))
        if self._figures is not None:
            self._figures.show(self.session.figures(self.page))


ITEM_VIEW = "item"


class ItemView(Sheet):
    """The questions about one item."""

    def __init__(self, session: Session, page: Page, group: Group, item: DraftItem) -> None:
        # Another item is opened before the view of this one has quite gone.
        super().__init__(session, item.questions, None)
        self.page = page
        self.group = group
        self.item = item
        self._title = Static(markup=False, classes="title")

    def head(self) -> Iterable[Widget]:
        """Its title, and its number among the others."""
        yield self._title
        self._draw_title()

    def turns(self) -> Sequence[tuple[str, str]]:
        """Done, add another one, or delete this one."""
        noun = self.group.noun
        return ("✓ Done", "item_done(True)"), (f"+ Another {noun}", "item_another"), ("Delete", "item_delete")

    def refresh_answers(self) -> bool:
        """Show what stands there now; false where the item is gone."""
        item = self.session.item(self.item.pointer)
        if item is None:
            return False
        self.item = item
        self._draw_title()
        self.show_parts(item.questions)
        return True

    def _draw_title(self) -> None:
        noun = self.group.noun
        total = len(self.session.group(self.item.pointer.rpartition("/")[0]).items)
        place = f"{self.page.title} › {noun} {self.item.number} of {total}"
        self._title.update(Content("\n").join([literal(place, "$muted"), literal(self.item.title, "bold $accent")]))
