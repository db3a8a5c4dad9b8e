"""Naughty texts in every field of every page.

Run as a program, every text goes into every field, in about ten minutes:

python -m tests.web.test_naughty_texts
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from mpfcheck.web.fields import as_in_browser, id_of
from tests.data import NAUGHTY_STRINGS
from tests.web.conftest import CALL, EXAMPLES
from tests.web.window import Window, opened_window, text_of

PAGES = (
    *(f"page/{name}" for name in ("project", "fund", "lead", "budget", "financing", "declarations")),
    *(f"item/{name}/0" for name in ("co_applicants", "activities", "documents")),
)
OURS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "a\rb",
    "a\nb",
    "\nx",
    "a\0b",
    "{{ 7 * 7 }}",
    "\u202egnp",
)
TEXTS = [text for text in (*OURS, *NAUGHTY_STRINGS) if text.strip()]


@pytest.mark.parametrize("number", range(len(PAGES)), ids=PAGES)
def test_naughty_texts_in_every_field_of_every_page(tmp_path: Path, number: int) -> None:
    """Each time every field of the page gets another text. All pages together get every text."""
    page, window = PAGES[number], at_example(tmp_path)
    fields = fields_of(window, page)
    share = -(-len(TEXTS) // len(PAGES))
    texts = islice(cycle(TEXTS), number * share, None)
    for _ in range(0, share, len(fields)):
        put(window, tmp_path, page, {name: next(texts) for name in fields})
    for name in ("", "answers", "result"):
        window.go(f"/draft/1/{name}")
        only_text(window)


def at_example(folder: Path) -> Window:
    """A window at a draft with a list of each kind; one line of its budget is enough."""
    draft = json.loads((EXAMPLES / "eligible-lithuania-moldova.json").read_bytes())
    draft["budget"]["lines"] = draft["budget"]["lines"][:1]
    (folder / "draft.json").write_text(json.dumps(draft), encoding="utf-8")
    window, office, _ = opened_window(folder / "drafts", CALL)
    address = office.open(folder / "draft.json")
    assert address is not None
    window.go(address)
    if not draft.get("documents"):
        window.go("/draft/1/page/documents").send("state", "add:/documents", {})
    return window


def fields_of(window: Window, page: str) -> list[str]:
    """The names of all fields of a page, which is opened."""
    window.go(f"/draft/1/{page}")
    assert window.status == 200, page
    fields = fields_shown(window)
    assert fields, page
    return fields


def fields_shown(window: Window) -> list[str]:
    """The names of all fields in a window."""
    named = (one.get("name") or "" for tag in ("input", "select", "textarea") for one in window.all(tag))
    return sorted({name for name in named if name.startswith("/")})


def put(window: Window, folder: Path, page: str, typed: dict[str, str]) -> None:
    """Send a page with a text in each field.

    Each comes back as it was typed, and is never markup. It is saved as it was typed, or understood, or refused with
    words beside the field. What is not among the choices of a question is never chosen.
    """
    if not window.path.endswith(page):
        window.go(f"/draft/1/{page}")
    asked = set(fields_shown(window)) & typed.keys()
    assert asked, page
    before = json.loads((folder / "draft.json").read_bytes())
    free = {name for name in asked if not chosen_from_few(window, name)}
    window.send("state", "stay", {name: typed[name] for name in asked})
    only_text(window)
    saved = json.loads((folder / "draft.json").read_bytes())
    for name in asked:
        text = as_in_browser(typed[name]).strip()
        if all(one.get("name") != name for one in window.page.iter()):
            # Another answer decides whether it is asked.
            continue
        error = window.by_id(f"{id_of(name)}-error")
        stored = at(saved, name)
        if name not in free:
            assert stored in (at(before, name), text) or (stored is None and not window.value(name)), (name, text)
        elif error is not None:
            assert text_of(error).removeprefix("Error:").strip(), (name, text)
            assert window.value(name).strip() == text, (name, text)
        elif isinstance(stored, str) and as_in_browser(stored).strip() == text:
            assert window.value(name).strip() == text, (name, text)
        else:
            assert understood(stored), (name, text, stored)


def chosen_from_few(window: Window, name: str) -> bool:
    """Whether a question is answered with radio buttons or a list."""
    return any(
        one.tag == "select" or one.get("type") == "radio" for one in window.page.iter() if one.get("name") == name
    )


def understood(stored: object) -> bool:
    """Whether something was made of a text: a number, a date, codes."""
    if isinstance(stored, list):
        return all(isinstance(code, str) and code.isalpha() for code in stored)
    return isinstance(stored, int) or (isinstance(stored, str) and stored.replace(".", "").replace("-", "").isalnum())


def at(document: object, pointer: str) -> object:
    """What a saved draft has at a place; None where it has nothing."""
    for step in pointer.split("/")[1:]:
        if isinstance(document, list):
            document = document[int(step)] if int(step) < len(document) else None
        else:
            document = document.get(step) if isinstance(document, dict) else None
    return document


def only_text(window: Window) -> None:
    """That the page was given, and nothing that was typed is markup in it."""
    assert window.status == 200
    assert len(window.all("script")) == 1
    assert not window.all("img")


def every_text_in_every_field() -> Iterator[str]:
    """Put every text into every field of every page, and yield each page when it is done."""
    for page in PAGES:
        with TemporaryDirectory() as name:
            folder = Path(name)
            window = at_example(folder)
            fields = fields_of(window, page)
            for text in TEXTS:
                put(window, folder, page, dict.fromkeys(fields, text))
            yield f"{page}: {len(TEXTS)} texts in {len(fields)} fields"
            shutil.rmtree(folder / "drafts", ignore_errors=True)


if __name__ == "__main__":
    for done in every_text_in_every_field():
        print(done, flush=True)
