"""The pages as an ASGI application: each request is answered from the session, each form changes it and goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from http import HTTPStatus
from mimetypes import guess_type
from pathlib import Path
from typing import Final, Literal

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from mpfcheck.drafting.dialogues.changing import make_smallest_change
from mpfcheck.drafting.dialogues.commenting import WHAT_IT_IS
from mpfcheck.drafting.dialogues.earlier import change_call, go_back
from mpfcheck.drafting.dialogues.exporting import FORMATS, ONLY_THE_WHOLE, exported
from mpfcheck.drafting.dialogues.partners import PART_ENDING, bring_back, part_file, part_name, partners_of, why_no_part
from mpfcheck.drafting.dialogues.pasting import paste_table, take_budget
from mpfcheck.drafting.dialogues.removing import remove_all, remove_item
from mpfcheck.drafting.dialogues.steps import (
    Choose,
    Confirm,
    Dialogue,
    EnterPath,
    EnterText,
    Notice,
    Settle,
    notify,
)
from mpfcheck.drafting.parts.part import PartError, part_in
from mpfcheck.drafting.places import Location
from mpfcheck.drafting.questions import DraftGroup, DraftPart, DraftQuestion, each_with_title
from mpfcheck.drafting.session import Session
from mpfcheck.drafting.store.errors import printable
from mpfcheck.drafting.store.json_file import as_json
from mpfcheck.drafting.summary import COMMENTS_HEADING, no_longer_asked, summary_of, what_now
from mpfcheck.drafting.words import (
    ANOTHER,
    NO_MORE,
    complaint_words,
    how_to_type,
    no_rule_words,
    remark_lists,
    undo_words,
    verdict_words,
    with_article,
)
from mpfcheck.extra import MissingLibraryError
from mpfcheck.forms.form import Page
from mpfcheck.forms.typed.choice import choice_in_words
from mpfcheck.plain import harmless, whole_amounts
from mpfcheck.proposal.pointer import pointer
from mpfcheck.proposal.values import format_money
from mpfcheck.reading.tables import TableError, read_table_file
from mpfcheck.report.as_html.blocks import blocks_as_html
from mpfcheck.report.as_html.marks import SPRITE, mark
from mpfcheck.report.as_html.markup import Markup as ReportMarkup
from mpfcheck.report.say.next_steps import WHAT_NOW
from mpfcheck.report.words import DISCLAIMER
from mpfcheck.web.conversation import Conversation, NotAReplyError, reply_in
from mpfcheck.web.fields import as_in_browser, id_of, new_answers, take_answers
from mpfcheck.web.gate import MOST_BYTES, BodyTooLargeError, Gate
from mpfcheck.web.office import Office, OpenDraft, key_of
from mpfcheck.web.views import (
    address_of,
    draft_lines,
    panel_of,
    result_of,
    rule_as_html,
    rule_line,
    sheet_of_item,
    sheet_of_page,
    tasks_of,
)

__all__ = ["Site"]

HERE: Final = Path(__file__).parent
MOST_FIELDS: Final = 20_000
BUDGET_LINES: Final = "/budget/lines"
AHEAD_SECONDS: Final = 0.5
"""The result waits so long for what is certain already; other pages show what is known by then."""
SEE_OTHER: Final = HTTPStatus.SEE_OTHER

_Answer = Callable[[Request, OpenDraft], Awaitable[Response]]
_Sent = Mapping[str, str]


class NotHereError(Exception):
    """There is no such page, or it is not for whoever asks: what is wrong, and what to do."""

    def __init__(self, what: str, hint: str, status: HTTPStatus = HTTPStatus.NOT_FOUND) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint
        self.status = status


def _finalize(value: object) -> object:
    """What a template shows: a text from anywhere has nothing in it that is not shown as itself."""
    if isinstance(value, ReportMarkup):
        return Markup(value)  # noqa: S704 - made of escaped elements
    if isinstance(value, str) and not isinstance(value, Markup):
        return whole_amounts(harmless(value))
    return value


def _in_field(text: str) -> Markup:
    """A text in a field, as it is."""
    return Markup(escape(as_in_browser(text)))  # noqa: S704 - escaped


def _percent(percent: Decimal) -> str:
    """A length in a drawing, in percent and never beyond its end."""
    return f"{min(max(percent, Decimal(0)), Decimal(100)):.2f}"


def _sentence(text: str) -> str:
    """Words that begin a line: with a capital letter, and otherwise as they are (``CSV, for spreadsheets``)."""
    return text[:1].upper() + text[1:]


class Site:
    """The pages over an office. ``finish`` is called when the applicant is done; ``app`` is the application."""

    def __init__(self, office: Office, origin: str, finish: Callable[[], object]) -> None:
        self._office = office
        self._finish = finish
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            finalize=_finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.filters |= {
            "in_field": _in_field,
            "id_of": id_of,
            "money": format_money,
            "part": _percent,
            "one": with_article,
            "sentence": _sentence,
        }
        self._templates.globals |= {
            "mark": mark,
            "sprite": Markup(SPRITE),  # noqa: S704 - drawings of ours
            "disclaimer": DISCLAIMER,
            "choice_in_words": choice_in_words,
            "another": ANOTHER,
            "no_more": NO_MORE,
        }
        draft = "/draft/{number:int}"
        pages = Starlette(
            routes=[
                Route("/", self._start, methods=["GET"]),
                Route("/style.css", partial(_asset, "style.css", "text/css"), methods=["GET"]),
                Route("/script.js", partial(_asset, "script.js", "text/javascript"), methods=["GET"]),
                Route("/icon.svg", partial(_asset, "icon.svg", "image/svg+xml"), methods=["GET"]),
                Route("/new", self._new, methods=["POST"]),
                Route("/import", self._import, methods=["POST"]),
                Route("/drafts", self._with_listed, methods=["POST"]),
                Route("/question", self._start_dialogue, methods=["GET", "POST"]),
                Route("/finish", self._end, methods=["POST"]),
                Route(draft, self._on(self._tasks), methods=["GET"]),
                Route(f"{draft}/page/{{page}}", self._on(self._page), methods=["GET", "POST"]),
                Route(f"{draft}/item{{place:path}}", self._on(self._item), methods=["GET", "POST"]),
                Route(f"{draft}/typing", self._on(self._typing), methods=["POST"]),
                Route(f"{draft}/about{{place:path}}", self._on(self._about), methods=["GET", "POST"]),
                Route(f"{draft}/rule/{{rule}}", self._on(self._rule), methods=["GET"]),
                Route(f"{draft}/answers", self._on(self._answers), methods=["GET"]),
                Route(f"{draft}/result", self._on(self._result), methods=["GET"]),
                Route(f"{draft}/next", self._on(self._next), methods=["GET"]),
                Route(f"{draft}/export", self._on(self._export), methods=["GET"]),
                Route(f"{draft}/partners", self._on(self._partners), methods=["GET"]),
                Route(f"{draft}/part", self._on(self._send_part), methods=["POST"]),
                Route(f"{draft}/bring", self._on(self._bring_part), methods=["POST"]),
                Route(f"{draft}/budget-file", self._on(self._bring_budget), methods=["POST"]),
                Route(f"{draft}/file", self._on(self._own_file), methods=["GET"]),
                Route(f"{draft}/export/{{format}}", self._on(self._download), methods=["GET"]),
                Route(f"{draft}/do", self._on(self._do), methods=["POST"]),
                Route(f"{draft}/question", self._on(self._dialogue), methods=["GET", "POST"]),
            ],
            exception_handlers={
                NotHereError: self._on_not_here,
                HTTPException: self._on_http,
                BodyTooLargeError: self._on_too_large,
                Exception: self._on_trouble,
            },
        )
        self.gate = Gate(pages, origin, self._refuse, self._shut_out)
        self.app = self.gate

    # Pages

    def _show(self, name: str, values: Mapping[str, object], status: HTTPStatus = HTTPStatus.OK) -> Response:
        template = self._templates.get_template(name)
        text = template.render({"csrf": self.gate.csrf, "notices": (), **values})
        return Response(text.encode("utf-8", "replace"), status, media_type="text/html")

    def _show_draft(
        self, name: str, draft: OpenDraft, values: Mapping[str, object], page: Page | None = None
    ) -> Response:
        keeper, session = draft.keeper, draft.session
        draft.look_ahead(AHEAD_SECONDS if name == "result.html" else 0)
        file = keeper.draft.file
        if file.read_only:
            saved = "Read-only: your answers are not saved."
        elif not keeper.saved:
            saved = "Not saved. Your answers are in memory only."
        else:
            saved = f"All answers are saved in {printable(file.path)}"
        every = {
            "draft": draft,
            "session": session,
            "state": draft.state_number,
            "notices": draft.talk.news(),
            "saved": saved,
            "is_saved": keeper.saved and not file.read_only,
            "panel": panel_of(draft, page),
            "verdict": verdict_words(session.verdict),
        }
        return self._show(name, {**every, **values})

    def _on(self, answer: _Answer) -> Callable[[Request], Awaitable[Response]]:
        """Answer a request about an open draft."""

        async def endpoint(request: Request) -> Response:
            draft = self._office.draft(request.path_params["number"])
            if draft is None:
                raise NotHereError("This draft is not open here.", "Open it from the list of drafts.")
            return await answer(request, draft)

        return endpoint

    async def _start(self, _request: Request) -> Response:
        if self._office.talk.step is not None and not self._office.drafts():
            return RedirectResponse("/question", SEE_OTHER)
        first, self._office.first = self._office.first, None
        if first is not None:
            return _to(first.address)
        lines, gone = draft_lines(self._office)
        news = self._office.talk.news()
        pending = self._office.talk.step is not None
        return self._show("start.html", {"notices": news, "drafts": lines, "gone": gone, "pending": pending})

    async def _new(self, request: Request) -> Response:
        await self._sent(request)
        return _to(self._office.begin() or "/question")

    async def _import(self, request: Request) -> Response:
        if (file := await self._sent_file(request, self._office.talk)) is None:
            return _to("/")
        return _to(self._office.take_upload(*file) or "/question")

    async def _with_listed(self, request: Request) -> Response:
        sent = await self._sent(request)
        what, _, key = sent.get("do", "").partition(":")
        draft = next((one for one in self._office.desk.shelf.list().drafts if key_of(one.path) == key), None)
        if draft is None:
            raise NotHereError("This draft is no longer there.", "Look at the list of drafts again.")
        address = self._office.delete(draft) if what == "delete" else self._office.open(draft.path)
        return _to(address or "/question")

    async def _start_dialogue(self, request: Request) -> Response:
        return await self._hold(request, self._office.talk, "/question", "/", None)

    async def _dialogue(self, request: Request, draft: OpenDraft) -> Response:
        return await self._hold(request, draft.talk, f"{draft.address}/question", draft.address, draft)

    async def _hold(
        self, request: Request, talk: Conversation, here: str, home: str, draft: OpenDraft | None
    ) -> Response:
        """Show the step of a dialogue, or take the reply to it."""
        error = ""
        if request.method == "POST":
            sent = await self._sent(request)
            if talk.step is None or sent.get("step") != str(talk.number):
                talk.notices.append(Notice("This question was answered already."))
                return _to(here if talk.step is not None else home)
            try:
                reply = reply_in(talk.step, sent)
            except NotAReplyError as problem:
                error = str(problem)
            else:
                return _to(talk.reply(reply) or here)
        step = talk.step
        if step is None:
            return _to(home)
        kinds = {Choose: "choose", Confirm: "confirm", EnterPath: "path", EnterText: "text", Settle: "settle"}
        values = {"step": step, "kind": kinds[type(step)], "number": talk.number, "error": error, "here": here}
        if draft is not None:
            return self._show_draft("question.html", draft, values)
        return self._show("question.html", {"notices": talk.news(), "draft": None, **values})

    async def _end(self, request: Request) -> Response:
        await self._sent(request)
        return self._with_background(self._show("finished.html", {"endings": list(self._office.close_all())}))

    def _with_background(self, response: Response) -> Response:
        response.background = BackgroundTask(self._call_finish)
        return response

    async def _call_finish(self) -> None:
        self._finish()

    async def _tasks(self, _request: Request, draft: OpenDraft) -> Response:
        tasks = tasks_of(draft.session)
        return self._show_draft("tasks.html", draft, {"tasks": tasks})

    async def _page(self, request: Request, draft: OpenDraft) -> Response:
        page = next((one for one in draft.session.pages() if one.id == request.path_params["page"]), None)
        if page is None:
            raise NotHereError("The form does not have this page now.", "Choose a page from the list.")
        if request.method == "POST":
            return await self._take(request, draft, page, None)
        return self._show_draft("sheet.html", draft, {"sheet": sheet_of_page(draft, page)}, page)

    async def _item(self, request: Request, draft: OpenDraft) -> Response:
        place = request.path_params["place"]
        location = draft.session.locate(place)
        if location is None or location.group is None:
            raise NotHereError("The form does not ask for this.", "Choose a page from the list.")
        if request.method == "POST":
            return await self._take(request, draft, location.page, location)
        sheet = sheet_of_item(draft, location) if location.item == place else None
        if sheet is None:
            raise NotHereError("This entry is no longer there.", "Choose a page from the list.")
        return self._show_draft("sheet.html", draft, {"sheet": sheet}, location.page)

    # What a sheet sends

    async def _take(self, request: Request, draft: OpenDraft, page: Page, location: Location | None) -> Response:
        """Take the answers of a sheet, do what its button says, and go on."""
        sent = await self._sent(request)
        shown = draft.state(sent.get("state", ""))
        what, _, target = sent.get("do", "save").partition(":")
        here = f"{draft.address}/item{location.item}" if location is not None else f"{draft.address}/page/{page.id}"
        steps = _Steps(sent, page, location, what, target)
        known = frozenset(_complaints(self._open_questions(draft.session, page, location) or ()))

        def then(outcome: str, moved: Callable[[str], str | None]) -> str:
            if "paste" in sent:
                draft.pasted = "" if what == "paste" and outcome else sent["paste"]
            return self._next_address(draft, page, location, what, outcome, moved, here, known)

        return _to(draft.take(shown, steps, then, here) or f"{draft.address}/question")

    def _next_address(
        self,
        draft: OpenDraft,
        page: Page,
        location: Location | None,
        what: str,
        outcome: str,
        moved: Callable[[str], str | None],
        here: str,
        known: frozenset[tuple[str, str]],
    ) -> str:
        session = draft.session
        page_address = f"{draft.address}/page/{page.id}"
        if what in ("add", "edit", "copy", "up", "down"):
            place = moved(outcome) if outcome else None
            return address_of(draft, place) if place else page_address
        if what in ("remove", "none", "item_remove"):
            return f"{page_address}#{id_of(outcome)}" if outcome else page_address
        if what in ("take", "clear", "stay"):
            place = moved(outcome)
            return address_of(draft, place) if place and what != "stay" else here
        questions = self._open_questions(session, page, location)
        if questions is None:
            return page_address
        complaints = _complaints(questions)
        if complaints and (what != "continue" or self._stops(complaints, known)):
            return f"{here}#problems"
        if what != "continue":
            return here
        if complaints:
            titles = "; ".join(title for title, _ in complaints.values())
            draft.talk.notices.append(Notice(f"Not valid, and kept as you typed it: {titles}.", warning=True))
        new = next((one for one in questions if one.pointer in outcome.split("\n")), None)
        if new is not None:
            number = len(outcome.split("\n"))
            words = "1 more question is" if number == 1 else f"{number} more questions are"
            draft.talk.notices.append(Notice(f"Because of your answers, {words} asked on this page."))
            return f"{here}#{id_of(new.pointer)}"
        if location is not None and location.group is not None:
            return f"{page_address}#{id_of(pointer(location.group.field))}"
        pages = session.pages()
        number = next((number for number, one in enumerate(pages) if one.id == page.id), len(pages))
        return f"{draft.address}/page/{pages[number + 1].id}" if number + 1 < len(pages) else f"{draft.address}/answers"

    @staticmethod
    def _stops(complaints: Mapping[tuple[str, str], tuple[str, bool]], known: frozenset[tuple[str, str]]) -> bool:
        """Whether one stays on a page to see what is not valid there.

        Once, and not for what may stay unanswered: nothing that is not valid keeps anybody from going on.
        """
        return any(key not in known and not optional for key, (_, optional) in complaints.items())

    @staticmethod
    def _open_questions(
        session: Session, page: Page, location: Location | None
    ) -> tuple[DraftQuestion | DraftGroup, ...] | None:
        if location is None:
            return session.questions(page)
        item = session.item(location.item) if location.item else None
        return item.questions if item else None

    async def _typing(self, request: Request, draft: OpenDraft) -> Response:
        """Keep what is being typed beside the draft; it is not an answer."""
        sent = await self._sent(request)
        texts = {
            place: text
            for place, text in sent.items()
            if place.startswith("/") and (question := draft.session.at(place)) and as_in_browser(question.typed) != text
        }
        draft.keeper.keep_typing(texts)
        return Response(status_code=HTTPStatus.NO_CONTENT)

    async def _do(self, request: Request, draft: OpenDraft) -> Response:
        """Undo, redo, go back to an earlier state, change the call, save again, or close the draft."""
        sent = await self._sent(request)
        session = draft.session
        question = f"{draft.address}/question"
        match sent.get("do", ""):
            case "undo" | "redo" as way:
                return _to(draft.hold(_undo(session, way), partial(_undone_at, draft)) or question)
            case "earlier":
                return _to(draft.hold(go_back(draft.keeper.draft), lambda _: draft.address) or question)
            case "change":
                draft.look_ahead(AHEAD_SECONDS)
                return _to(draft.hold(make_smallest_change(session), lambda _: f"{draft.address}/result") or question)
            case "call":
                return _to(self._change_call(draft) or question)
            case "save":
                return _to(draft.save_again() or question)
            case "close":
                self._office.close(draft)
                return _to("/")
        raise NotHereError("This is not possible here.", "Go back to the list of pages.")

    def _change_call(self, draft: OpenDraft) -> str | None:
        def dialogue() -> Dialogue[str]:
            if (yield from change_call(draft.desk, draft.keeper)):
                draft.reopen()
            return draft.address

        return draft.talk.start(dialogue(), draft.address)

    # What is to be read

    async def _about(self, request: Request, draft: OpenDraft) -> Response:
        session = draft.session
        location = session.locate(request.path_params["place"])
        part = (location.question or location.group) if location else None
        if location is None or part is None:
            raise NotHereError("The form does not ask for this.", "Choose a page from the list.")
        inside = location.group if location.question is not None else None
        place = location.pointer if session.is_asked(location.pointer) else ""
        if request.method == "POST":
            sent = await self._sent(request)
            here = address_of(draft, location.pointer) or draft.address
            return _to(draft.hold(_comment(session, place, sent.get("comment", "")), lambda _: here) or here)
        results = session.results_for(part, inside)
        question = location.question
        values = {
            "part": part,
            "how": how_to_type(question) if question else "",
            "choices": session.choices(question) if question else (),
            "rules": [rule_line(draft, result) for result in results],
            "back": address_of(draft, location.pointer) or draft.address,
            "place": place,
            "comment": session.comment_at(place) if place else "",
            "comment_hint": WHAT_IT_IS,
            "no_rule": no_rule_words(session),
        }
        return self._show_draft("about.html", draft, values, location.page)

    async def _rule(self, request: Request, draft: OpenDraft) -> Response:
        result = next((one for one in draft.session.results() if one.rule == request.path_params["rule"]), None)
        if result is None:
            raise NotHereError("The call has no such rule.", "Choose a rule from the result.")
        body = rule_as_html(draft, result.rule)
        return self._show_draft("rule.html", draft, {"line": rule_line(draft, result), "body": body})

    async def _answers(self, _request: Request, draft: OpenDraft) -> Response:
        values = {
            "pages": summary_of(draft.session),
            "unasked": no_longer_asked(draft.session),
            "comments": draft.session.comments(),
            "comments_heading": COMMENTS_HEADING,
            "address_of": partial(address_of, draft),
        }
        return self._show_draft("answers.html", draft, values)

    async def _result(self, _request: Request, draft: OpenDraft) -> Response:
        body, sources = result_of(draft)
        remarks = [
            (
                one.heading,
                one.tone,
                [(each, address_of(draft, each.pointer), complaint_words(each.complaint)) for each in one.remarks],
            )
            for one in remark_lists(draft.session)
        ]
        return self._show_draft("result.html", draft, {"body": body, "sources": sources, "remarks": remarks})

    async def _next(self, _request: Request, draft: OpenDraft) -> Response:
        body = blocks_as_html(what_now(draft.session), level=2)
        values = {"body": body, "what_now": WHAT_NOW, "saved_in": printable(draft.keeper.draft.file.path)}
        return self._show_draft("next.html", draft, values)

    async def _export(self, _request: Request, draft: OpenDraft) -> Response:
        return self._show_draft("export.html", draft, {"formats": [reply for _, reply in FORMATS.values()]})

    async def _download(self, request: Request, draft: OpenDraft) -> Response:
        name = request.path_params["format"]
        scope = draft.session.scope
        if scope is not None:
            raise NotHereError(ONLY_THE_WHOLE, scope.hand_back)
        if name not in FORMATS:
            raise NotHereError("There is no such format.", "Choose one from the list.")
        try:
            made = exported(name, draft.keeper.draft, draft.checker)
        except MissingLibraryError as error:
            raise NotHereError("This file cannot be made here.", str(error)) from None
        draft.talk.notices += [Notice(words, warning=True) for words in made.warnings]
        return _as_file(made.data, draft.keeper.draft.file.path.stem, FORMATS[name][0])

    async def _partners(self, _request: Request, draft: OpenDraft) -> Response:
        work = draft.keeper.draft
        why_not = why_no_part(work)
        applicants = () if why_not else partners_of(work)
        return self._show_draft("partners.html", draft, {"why_not": why_not, "applicants": applicants})

    async def _send_part(self, request: Request, draft: OpenDraft) -> Response:
        """Give the file of an applicant's part to the browser."""
        sent = await self._sent(request)
        work = draft.keeper.draft
        if why_not := why_no_part(work):
            raise NotHereError("No part can be sent now.", why_not)
        chosen = next((one for one in partners_of(work) if one.id == sent.get("applicant")), None)
        if chosen is None:
            raise NotHereError("Choose an applicant first.", "Go back, and choose whose part it is.")
        name = part_name(work, chosen)
        return _as_file(part_file(work, chosen, sent.get("note", "")), name.removesuffix(PART_ENDING), PART_ENDING)

    async def _bring_part(self, request: Request, draft: OpenDraft) -> Response:
        """Bring back the part in a file that was sent."""
        if (file := await self._sent_file(request, draft.talk)) is None:
            return _to(f"{draft.address}/partners")
        name, data = file
        try:
            part = part_in(data, name)
        except PartError as error:
            draft.talk.notices.append(Notice(f"{error.message} {error.hint}", warning=True))
            return _to(f"{draft.address}/partners")
        address = draft.hold(bring_back(draft.keeper.draft, part), lambda _: f"{draft.address}/partners")
        return _to(address or f"{draft.address}/question")

    async def _bring_budget(self, request: Request, draft: OpenDraft) -> Response:
        """Take the budget in a workbook or a text file that was sent."""
        page = address_of(draft, BUDGET_LINES)
        if (file := await self._sent_file(request, draft.talk)) is None:
            return _to(page)
        name, data = printable(file[0]), file[1]
        try:
            # A workbook is read in a process of its own; other pages need not wait for it.
            tables = await run_in_threadpool(read_table_file, data, name)
        except (TableError, MissingLibraryError) as error:
            draft.talk.notices.append(Notice(str(error), warning=True))
            return _to(page)
        address = draft.hold(take_budget(draft.session, tables, name), lambda _: page)
        return _to(address or f"{draft.address}/question")

    async def _own_file(self, _request: Request, draft: OpenDraft) -> Response:
        """Give a part as it is now to the browser, to be sent back."""
        work = draft.keeper.draft
        if work.session.scope is None:
            raise NotHereError("This is a draft, not a part.", "Export the proposal.")
        return _as_file(as_json(dict(work.session.document)), work.file.path.stem, ".json")

    # What was sent, and what is wrong with it

    async def _sent(self, request: Request) -> _Sent:
        """The fields of a form of ours."""
        async with request.form(max_files=0, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES) as form:
            sent = {name: value for name, value in form.items() if isinstance(value, str)}
        self._own(sent.get("csrf", ""))
        return sent

    async def _sent_file(self, request: Request, talk: Conversation) -> tuple[str, bytes] | None:
        """The name and the content of the file in a form of ours; None, and ``talk`` says so, where none was chosen."""
        async with request.form(max_files=1, max_fields=10, max_part_size=1024) as form:
            self._own(str(form.get("csrf", "")))
            file = form.get("file")
            if not isinstance(file, UploadFile) or not file.filename:
                talk.notices.append(Notice("Choose a file first.", warning=True))
                return None
            return file.filename, await file.read()

    def _own(self, csrf: str) -> None:
        if not self.gate.is_own_form(csrf):
            what, hint = "This form does not come from a page of mpfcheck.", "Go back to the form and try again."
            raise NotHereError(what, hint, HTTPStatus.FORBIDDEN)

    def _refuse(self, status: HTTPStatus, what: str, hint: str) -> Response:
        return self._show("refused.html", {"what": what, "hint": hint, "way_back": True}, status)

    def _shut_out(self, status: HTTPStatus, what: str, hint: str) -> Response:
        return self._show("refused.html", {"what": what, "hint": hint}, status)

    async def _on_not_here(self, _request: Request, error: Exception) -> Response:
        assert isinstance(error, NotHereError)  # noqa: S101 - as it is registered
        return self._refuse(error.status, error.what, error.hint)

    async def _on_http(self, _request: Request, error: Exception) -> Response:
        status = HTTPStatus(error.status_code) if isinstance(error, HTTPException) else HTTPStatus.BAD_REQUEST
        bad = status is HTTPStatus.BAD_REQUEST
        what = "What was sent is not a form of mpfcheck." if bad else "There is no such page."
        return self._refuse(status, what, "Go back to the list of drafts.")

    async def _on_too_large(self, _request: Request, _error: Exception) -> Response:
        return self.gate.too_large()

    async def _on_trouble(self, _request: Request, _error: Exception) -> Response:
        what = "This is an error in mpfcheck, not in your answers."
        hint = "All saved answers are safe. Go back and try again. Report the error with the lines in the terminal."
        return self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, what, hint)


def _complaints(parts: Sequence[DraftPart]) -> dict[tuple[str, str], tuple[str, bool]]:
    """What is not valid among these parts: its place and text, with its title and whether it may stay unanswered."""
    return {
        (one.pointer, one.typed if isinstance(one, DraftQuestion) else ""): (
            title,
            one.question.optional if isinstance(one, DraftQuestion) else one.group.optional,
        )
        for one, title in each_with_title(parts)
        if one.complaint is not None
    }


class _Steps:
    """What a sheet asks for: its answers, and what its button says. The outcome is a place, or what is asked anew."""

    def __init__(self, sent: _Sent, page: Page, location: Location | None, what: str, target: str) -> None:
        self._sent = sent
        self._page = page
        self._location = location
        self._what = what
        self._target = target

    def __call__(self, session: Session) -> Dialogue[str]:
        """Do it at a session."""
        questions = self._questions_shown(session)
        answers = new_answers(self._sent, questions, session)
        what, target = self._what, self._target
        number = 0
        if what == "take":
            first, _, target = target.partition(":")
            number = int(first) if first.isascii() and first.isdecimal() and len(first) < 4 else -1
        taken = _suggested(session, target, number) if what == "take" else None
        if what in ("take", "clear"):
            answers.pop(target, None)
        before = {one.pointer for one in questions}
        take_answers(session, answers)
        return (yield from self._do(session, what, target, taken, before))

    def _questions_shown(self, session: Session) -> tuple[DraftQuestion | DraftGroup, ...]:
        if self._location is None:
            return session.questions(self._page)
        item = session.item(self._location.item) if self._location.item else None
        return item.questions if item else ()

    def _do(self, session: Session, what: str, target: str, taken: object, before: Iterable[str]) -> Dialogue[str]:
        is_group = _is_group(session, target)
        is_item = session.item(target) is not None
        if what == "take" and taken is not None:
            session.choose(target, taken)
            return target
        if what == "clear" and session.at(target) is not None:
            session.clear(target)
            return target
        if what == "add" and is_group:
            return session.add(target)
        if what == "paste" and is_group:
            taken = yield from paste_table(session, target, self._sent.get("paste", ""))
            return target if taken else ""
        if what == "close" and is_group:
            session.close(target)
            return target
        if what == "none" and is_group:
            yield from remove_all(session, target)
            return target
        if what == "edit" and is_item:
            return target
        if what == "copy" and is_item:
            return session.duplicate(target)
        if what in ("up", "down") and is_item:
            return session.move(target, -1 if what == "up" else 1)
        if what in ("remove", "item_remove") and is_item:
            yield from remove_item(session, target)
            return target.rpartition("/")[0]
        return "\n".join(one.pointer for one in self._questions_shown(session) if one.pointer not in before)


def _is_group(session: Session, place: str) -> bool:
    location = session.locate(place) if place else None
    return location is not None and location.group is not None and pointer(location.group.field) == place


def _suggested(session: Session, place: str, number: int) -> object:
    """The value of a suggestion, None where there is none such."""
    question = session.at(place)
    suggestions = question.complaint.suggestions if question is not None and question.complaint else ()
    return suggestions[number].value if 0 <= number < len(suggestions) else None


def _comment(session: Session, place: str, text: str) -> Dialogue[None]:
    """Keep a comment on the answer at a place."""
    if place and session.comment_at(place) != text.strip():
        session.comment(place, text)
        yield from notify("The comment is kept." if text.strip() else "The comment was deleted.")


def _undo(session: Session, way: Literal["undo", "redo"]) -> Dialogue[str]:
    """Undo or redo a step; the place where it was done."""
    state = session.undo() if way == "undo" else session.redo()
    yield from notify(undo_words(way, state))
    return state.pointer if state is not None else ""


def _undone_at(draft: OpenDraft, place: str) -> str:
    return (address_of(draft, place) if place else "") or draft.address


def _as_file(data: bytes, stem: str, ending: str) -> Response:
    """A file for the browser to save, by a name that every system can have."""
    plain = "".join(one if one.isalnum() and one.isascii() else "-" for one in stem)
    file_name = f"{plain[:60]}{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    kind, _ = guess_type(file_name)
    return Response(data, headers=headers, media_type=kind or "application/octet-stream")


async def _asset(name: str, media_type: str, _request: Request) -> Response:
    return FileResponse(HERE / "static" / name, media_type=media_type)


def _to(address: str) -> Response:
    return RedirectResponse(address, SEE_OTHER)
