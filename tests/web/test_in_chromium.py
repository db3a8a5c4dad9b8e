"""A real browser at a real server: from nothing to ELIGIBLE with the mouse, the keyboard, and scripts off; and axe.

Without Chromium these tests are left out, and the run says so.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import APIResponse, Browser, BrowserContext, Page, Route, StorageState, sync_playwright
from syrupy.assertion import SnapshotAssertion

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
CALL = "mpf-2023-borders-security"
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = ("project", "fund", "lead", "co-applicants", "budget", "financing", "documents", "declarations")
SHEETS = tuple(f"page/{name}" for name in PAGES)
OTHERS = ("", "answers", "result", "next", "export", "partners", "rule/GRANT-1", "about/fund", "item/co_applicants/0")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: the pages are not tried in a browser")


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the drafts."""
    return tmp_path_factory.mktemp("drafts")


@pytest.fixture(scope="module")
def address(drafts: Path) -> Iterator[str]:
    """The address of a server of its own process, which works once."""
    environment = os.environ | {"MPFCHECK_DRAFTS": str(drafts)}
    command = [sys.executable, "-m", "mpfcheck", "apply", "--web", "--no-browser", "--call", CALL]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            found = re.search(r"http://\S+", server.stderr.readline())
            assert found is not None
            yield found[0]
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def entered(browser: Browser, address: str) -> StorageState:
    """What the browser keeps once it has opened the address."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    assert page.title() == "Your proposals - mpfcheck"
    assert "token" not in page.url
    kept = context.storage_state()
    context.close()
    return kept


Open = Callable[..., Page]


@pytest.fixture
def window(browser: Browser, entered: StorageState, address: str) -> Iterator[Open]:
    """Opens a window at the start page; whatever a page writes to the console, or fails to do, fails the test."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def opened(**settings: object) -> Page:
        context = browser.new_context(storage_state=entered, **settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: said.append(request.url) if not request.url.startswith(here) else None)
        page.goto(here)
        return page

    here = address.partition("/enter")[0]
    yield opened
    for context in contexts:
        _close_drafts(context.pages[0], here)
        context.close()
    assert [words for words in said if "status of 404" not in words] == []


def _close_drafts(page: Page, here: str) -> None:
    """Leave no draft open: their number is limited."""
    page.goto(here)
    while page.locator(".drafts a.button").count():
        page.locator(".drafts a.button").first.click()
        page.get_by_role("button", name="Close this draft").click()
        page.wait_for_url(f"{here}/")


def imported(page: Page, example: str) -> str:
    """Import an example; the address of its pages."""
    page.set_input_files("#file", str(EXAMPLES / example))
    page.get_by_role("button", name="Import", exact=True).click()
    page.wait_for_url("**/draft/*")
    return page.url


class Mouse:
    """Clicks and types."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def type(self, place: str, text: str) -> None:
        field = self.page.locator(f'[name="{place}"]')
        field.click()
        field.fill(text)

    def choose(self, place: str, code: str) -> None:
        self.page.locator(f'[name="{place}"][value="{code}"]').click()

    def pick(self, place: str, code: str) -> None:
        self.page.locator(f'select[name="{place}"]').select_option(code)

    def press(self, value: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(f'main button[value="{value}"]:not([tabindex="-1"])').click()


class Keys:
    """Has only a keyboard: Tab, arrows, Space, Enter and letters."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def _tab_to(self, selector: str) -> None:
        """Go on with Tab until an element that matches has the focus, which can be seen."""
        for _ in range(150):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                break
            self.page.keyboard.press("Tab")
        else:
            raise AssertionError(selector)
        style = self.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style != "none", f"the focus at {selector} cannot be seen"

    def type(self, place: str, text: str) -> None:
        self._tab_to(f'[name="{place}"]')
        self.page.keyboard.type(text)

    def choose(self, place: str, code: str) -> None:
        self._tab_to(f'[name="{place}"]')
        codes = self.page.locator(f'[name="{place}"]').evaluate_all("all => all.map(one => one.value)")
        for _ in range(codes.index(code)):
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")

    def pick(self, place: str, code: str) -> None:
        self._tab_to(f'select[name="{place}"]')
        words = self.page.locator(f'select[name="{place}"] option[value="{code}"]').inner_text()
        self.page.keyboard.type(words)

    def press(self, value: str) -> None:
        self._tab_to(f'main button[value="{value}"]')
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def walk(page: Page, hands: Mouse | Keys) -> None:
    """Write a proposal from nothing to ELIGIBLE."""

    def next_page(name: str) -> None:
        hands.press("continue")
        page.wait_for_url(f"**/{name}")

    page.get_by_role("button", name="New proposal").press("Enter")
    page.wait_for_url("**/draft/*")
    home = page.url
    assert page.locator("aside .verdict").inner_text() == "Not complete"
    page.locator(".tasks a").first.press("Enter")
    hands.type("/title", "Safer documents")
    next_page("fund")
    hands.choose("/fund", "BMVI")
    hands.type("/target_countries", "Moldova, ua")
    next_page("lead")
    hands.type("/lead/name", "State Border Guard Service")
    hands.type("/lead/country", "Lithuania")
    hands.choose("/lead/kind", "public_body")
    hands.press("continue")
    if page.url.endswith("lead") or "#" in page.url:
        hands.choose("/lead/level", "central")
        next_page("co-applicants")
    hands.press("none:/co_applicants")
    page.wait_for_url("**/co-applicants#*")
    next_page("budget")
    hands.type("/budget/total", "400 000,00")
    next_page("financing")
    hands.type("/financing/grant_requested", "95 %")
    hands.press("stay")
    page.locator(".problems a").first.wait_for()
    hands.press("take:0:/financing/grant_requested")
    hands.press("add:/financing/contributions")
    hands.type("/financing/contributions/0/source", "State Border Guard Service")
    hands.pick("/financing/contributions/0/kind", "staff_salaries")
    hands.type("/financing/contributions/0/amount", "20000")
    next_page("documents")
    next_page("declarations")
    for name in ("no_exclusion_situation", "no_double_funding", "not_started"):
        hands.choose(f"/declarations/{name}", "yes")
    hands.choose("/consultation/held", "yes")
    hands.press("continue")
    page.goto(f"{home}/result")
    assert page.locator(".verdict").inner_text() == "Eligible", page.locator("main").inner_text()
    page.get_by_role("link", name="What now").first.click()
    assert "Talk to the MPF before you submit" in page.locator("main").inner_text()


def test_from_nothing_to_eligible_with_the_mouse(window: Open) -> None:
    page = window()
    walk(page, Mouse(page))


def test_from_nothing_to_eligible_with_the_keyboard_alone(window: Open) -> None:
    page = window()
    walk(page, Keys(page))


@pytest.mark.parametrize("going", ["button", "link"])
def test_an_answer_corrected_while_it_is_being_saved_stays_corrected(window: Open, going: str) -> None:
    page = window()
    home = imported(page, "eligible-lithuania-moldova.json")
    page.goto(f"{home}/page/lead")
    late: list[tuple[Route, APIResponse]] = []

    def hold(route: Route) -> None:
        if late or route.request.is_navigation_request():
            route.continue_()
        else:
            # The server has taken it, and its answer is on the way.
            late.append((route, route.fetch()))

    page.route("**/page/lead", hold)
    page.locator('[name="/lead/level"][value="regional"]').click()
    for _ in range(6000):
        if late:
            break
        page.wait_for_timeout(10)
    assert late, "nothing was saved"
    page.locator('[name="/lead/level"][value="central"]').click()
    if going == "button":
        page.locator('main button[value="continue"]:not([tabindex="-1"])').click(no_wait_after=True)
    else:
        page.locator('a[href$="/answers"]').first.click(no_wait_after=True)
    [(route, answer)] = late
    route.fulfill(response=answer)
    page.wait_for_url("**/page/co-applicants" if going == "button" else "**/answers")
    page.unroute_all()
    page.goto(f"{home}/page/lead")
    assert page.locator('[name="/lead/level"]:checked').get_attribute("value") == "central"


def test_who_goes_on_while_nothing_is_saved_does_not_wait_for_ever(window: Open) -> None:
    page = window()
    page.goto(f"{imported(page, 'eligible-lithuania-moldova.json')}/page/lead")
    page.route("**/page/lead", lambda route: route.continue_() if route.request.is_navigation_request() else None)
    page.locator('[name="/lead/level"][value="regional"]').click()
    page.locator('main button[value="continue"]:not([tabindex="-1"])').click(no_wait_after=True)
    page.wait_for_url("**/page/co-applicants")
    page.unroute_all(behavior="ignoreErrors")


def test_from_nothing_to_eligible_without_scripts(window: Open) -> None:
    page = window(java_script_enabled=False)
    walk(page, Mouse(page))


def test_with_scripts_an_answer_is_saved_and_judged_when_its_field_is_left(window: Open) -> None:
    page = window()
    home = imported(page, "eligible-lithuania-moldova.json")
    page.goto(f"{home}/page/financing")
    grant = page.locator('[name="/financing/grant_requested"]')
    grant.fill("380000.01")
    grant.press("Tab")
    page.locator("aside .verdict.bad").wait_for()
    assert "GRANT-1" in page.locator("aside").inner_text()
    assert page.evaluate("document.activeElement.tagName") != "BODY", "the focus stays where it was"
    grant.fill("95 %")
    grant.press("Tab")
    page.locator("#problems a").wait_for()
    grant.fill("380000")
    grant.press("Tab")
    page.locator("aside .verdict.good").wait_for()
    assert page.locator("#problems").count() == 0
    page.goto(f"{home}/page/lead")
    page.locator('[name="/lead/kind"][value="mandated_operator"]').click()
    page.locator('[name="/lead/mandate/body"]').wait_for()
    page.locator('[name="/lead/mandate/body"]').press_sequentially("Ministry of the In")
    with page.expect_response("**/typing"):
        page.keyboard.type("t")
    page.reload()
    assert page.locator('[name="/lead/mandate/body"]').input_value() == "Ministry of the Int"


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing(window: Open, drafts: Path, colours: str) -> None:
    """On every page, with every rule, in both colours."""
    page = window(color_scheme=colours)
    found = {}

    def look(name: str) -> None:
        # What stands on a page can be there before its style, without which links are too small.
        page.wait_for_load_state()
        found[name] = Axe().run(page, options=RULES)

    look("start")
    home = imported(page, "ineligible-many-things.json")
    for name in (*SHEETS, *OTHERS):
        page.goto(f"{home}/{name}".rstrip("/"))
        look(name)
    page.goto(f"{home}/page/project")
    page.locator('[name="/start_date"]').fill("01/03/2024")
    page.locator('button[value="stay"]').click()
    page.locator(".problems").wait_for()
    look("with an error")
    for button in ("Earlier states of this draft", "Change the call", "Close this draft"):
        page.goto(home)
        with page.expect_navigation():
            page.get_by_role("button", name=button).click()
        look(button)
    home = imported(page, "ineligible-romania-moldova-2016.json")
    for _ in range(60):
        page.goto(f"{home}/result")
        if page.get_by_role("button", name="Make this change").count():
            break
        page.wait_for_timeout(500)
    look("outlook")
    with page.expect_navigation():
        page.get_by_role("button", name="Make this change").click()
    look("smallest change")
    page.goto(f"{home}/page/project")
    path = max(drafts.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    path.write_text(path.read_text(encoding="utf-8").replace('"title": "', '"title": "Another '), encoding="utf-8")
    page.locator('[name="/title"]').fill("Mine")
    page.locator('button[value="stay"]').click()
    page.wait_for_url("**/question")
    look("conflict")
    page.goto(home + "/nowhere")
    look("refused")
    wrong = {name: results.generate_report() for name, results in found.items() if results.violations_count}
    assert not wrong, "\n".join(f"{name}: {report}" for name, report in wrong.items())


@pytest.mark.parametrize("settings", [{}, {"forced_colors": "active"}], ids=["as usual", "forced colours"])
def test_at_320_pixels_nothing_is_cut_or_scrolled_sideways(window: Open, settings: dict[str, object]) -> None:
    """At a zoom of 400 %, a window of 1280 pixels has 320."""
    page = window(viewport={"width": 320, "height": 256}, **settings)
    home = imported(page, "ineligible-many-things.json")
    for name in (*SHEETS, *OTHERS):
        page.goto(f"{home}/{name}".rstrip("/"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
        cut = page.evaluate(
            "[...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right > 320.5"
            " && getComputedStyle(one).clipPath === 'none' && !one.closest('[class*=unseen], thead')).length"
        )
        assert cut == 0, name


@pytest.mark.parametrize("width", [768, 1200, 1600, 1800])
def test_what_is_chosen_or_written_in_a_budget_line_can_be_read(window: Open, width: int) -> None:
    """Headings and applicants are not cut, nor are texts of a usual length; nothing scrolls sideways."""
    page = window(viewport={"width": width, "height": 900})
    home = imported(page, "eligible-lithuania-moldova.json")
    page.goto(f"{home}/page/budget")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = page.locator(".edit :is(input, select)").evaluate_all("""
        fields => fields.filter(field => {
            const text = field.value && field.selectedOptions ? field.selectedOptions[0].textContent : field.value;
            const measured = document.body.appendChild(document.createElement("span"));
            measured.style.cssText = `position: absolute; white-space: nowrap; font: ${getComputedStyle(field).font}`;
            measured.textContent = text;
            const wanted = measured.offsetWidth + (field.selectedOptions ? 24 : 0);
            measured.remove();
            return text.length < 45 && wanted > field.clientWidth;
        }).map(field => field.name)
    """)
    assert cut == []


def test_headings_are_in_order_and_the_first_stop_skips_the_menu(window: Open) -> None:
    page = window()
    home = imported(page, "ineligible-many-things.json")
    for name in (*SHEETS, *OTHERS):
        page.goto(f"{home}/{name}".rstrip("/"))
        levels = page.locator("main :is(h1, h2, h3, h4)").evaluate_all("all => all.map(one => Number(one.tagName[1]))")
        if page.locator(".problems").count():
            levels = levels[1:]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), name
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


TOLD = ("", "page/fund", "page/budget", "item/co_applicants/0", "next")
OURS = (
    "Skip to", "mpfcheck", "Draft", "All pages", "Check your answers", "Result", "What now", "Export", "Undo", "Redo",
    "About this question", "Clear the answer", "Save and", "Add a", "Copy", "Up", "Down", "Remove", "Done", "Finish",
    "Earlier states", "Change the call", "Close this draft", "Status of the proposal", "See the result",
)  # fmt: skip


@pytest.mark.parametrize("name", TOLD, ids=lambda name: name.replace("/", "-") or "pages")
def test_what_a_screen_reader_is_told(window: Open, snapshot_text: SnapshotAssertion, name: str) -> None:
    """The roles, levels and states, with the names that are ours; the words of forms and rules are not kept here."""
    page = window(java_script_enabled=False)
    home = imported(page, "eligible-lithuania-moldova.json")
    page.goto(f"{home}/{name}".rstrip("/"))
    parts = [page.locator(part).aria_snapshot() for part in (".skip", "header", "main", "footer")]
    assert page.get_by_role("complementary", name="Status of the proposal").count() == 1
    assert "\n".join(map(_ours, "\n".join(parts).splitlines())) + "\n" == snapshot_text


def _ours(line: str) -> str:
    """A line of the tree of accessibility without the words of forms and rules, and without addresses."""
    found = re.fullmatch(r"""( *- )'?([a-z/]+)(?: "(.*?)(?<!\\)")?((?: \[[a-z]+(?:=\w+)?\])*)'?(:.*)?""", line)
    assert found is not None, line
    before, role, name, states, _ = found.groups()
    kept = next((ours for ours in OURS if (name or "").startswith(ours)), "…" if name else "")
    return f"{before}{role}{f' {kept!r}' if kept else ''}{states}"


def test_finish_ends_the_program_and_says_so(tmp_path: Path, browser: Browser) -> None:
    environment = os.environ | {"MPFCHECK_DRAFTS": str(tmp_path)}
    command = [sys.executable, "-m", "mpfcheck", "apply", "--web", "--no-browser", "--call", CALL]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stderr=pipe, stdout=pipe, text=True) as server:
        assert server.stderr is not None
        found = re.search(r"http://\S+", server.stderr.readline())
        assert found is not None
        page = browser.new_page()
        page.goto(found[0])
        page.get_by_role("button", name="New proposal").click()
        page.get_by_role("button", name="Finish and end mpfcheck").click()
        assert page.get_by_role("heading").inner_text() == "mpfcheck has ended"
        said, printed = server.communicate(timeout=30)[::-1]
        page.close()
    assert server.returncode == 0
    assert "Finished in the browser. mpfcheck has ended." in said
    assert "Your draft: " in printed
