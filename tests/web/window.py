"""A window of a browser that runs no scripts: it shows pages, fills in forms and presses buttons, as HTML says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
from starlette.testclient import TestClient

from mpfcheck.drafting.desk import Desk
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.shelf import Shelf
from mpfcheck.web.app import Site
from mpfcheck.web.office import Office

__all__ = ["ORIGIN", "Window", "opened_window", "text_of"]

ORIGIN = "http://127.0.0.1:8000"
"""Where the pages seem to be."""


def text_of(element: Element) -> str:
    """What an element says, with one blank where there are several; marks say nothing."""
    return " ".join("".join(element.itertext()).split())


class Window:
    """A window at a site. ``page`` is the tree of what it shows, ``path`` its address, ``status`` how it was answered.

    Several windows of one browser share its ``client``, which holds the cookie.
    """

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.page = Element("html")
        self.path = ""
        self.status = 0
        self.source = ""

    def go(self, path: str) -> Window:
        """Go to an address."""
        self._show(self.client.get(path))
        return self

    def _show(self, response: object) -> None:
        self.status = response.status_code  # type: ignore[attr-defined]
        self.path = response.url.path  # type: ignore[attr-defined]
        self.source = response.text  # type: ignore[attr-defined]
        self.page = html5lib.parse(self.source, treebuilder="etree", namespaceHTMLElements=False)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """The elements with a tag and these attributes, in order."""
        named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [one for one in self.page.iter(tag) if all(one.get(name) == value for name, value in named.items())]

    def by_id(self, name: str) -> Element | None:
        """The element with an id."""
        return next((one for one in self.page.iter() if one.get("id") == name), None)

    def by_class(self, name: str) -> list[Element]:
        """The elements of a class."""
        return [one for one in self.page.iter() if name in (one.get("class") or "").split()]

    @property
    def text(self) -> str:
        """What the main part of the page says."""
        return " ".join(text_of(one) for one in self.page.iter("main"))

    @property
    def panel(self) -> str:
        """What the panel of rules says."""
        return " ".join(text_of(one) for one in self.page.iter("aside"))

    @property
    def title(self) -> str:
        """The title of the page."""
        return text_of(self.all("title")[0])

    @property
    def notices(self) -> list[str]:
        """What is said at the top of the page."""
        return [text_of(one) for one in self.by_class("notice")]

    def follow(self, words: str) -> Window:
        """Follow the first link that says this."""
        found = next((one for one in self.page.iter("a") if text_of(one) == words), None)
        assert found is not None, (words, self.text)
        return self.go(str(found.get("href")))

    def press(self, words: str = "", *, name: str = "", value: str = "", **filled: str) -> Window:
        """Press the button that says this, or that has a name and value, with these fields filled in, by name."""
        for form in self.page.iter("form"):
            for button in form.iter("button"):
                if (words and text_of(button) == words) or (
                    not words and button.get("name", "") == name and button.get("value", "") == value
                ):
                    return self._send(form, button, filled)
        raise AssertionError((words, name, value, self.text))

    def send(self, path_or_field: str, do: str, filled: dict[str, str]) -> Window:
        """Send the form that holds a field, as the button with this meaning does."""
        form = next(
            form for form in self.page.iter("form") if any(one.get("name") == path_or_field for one in form.iter())
        )
        button = Element("button", {"name": "do", "value": do})
        return self._send(form, button, filled)

    def _send(self, form: Element, button: Element, filled: dict[str, str]) -> Window:
        fields = dict(_fields(form)) | filled
        if button.get("name"):
            fields[str(button.get("name"))] = button.get("value", "")
        action = form.get("action") or self.path
        files = None
        if form.get("enctype") == "multipart/form-data":
            files = {"file": ("", b"")}
        self._show(self.client.post(action, data=fields, files=files, headers={"Origin": ORIGIN}))
        return self

    def download(self, words: str, **filled: str) -> bytes:
        """The file that the button which says this saves, with these fields filled in, by name."""
        found = ((form, one) for form in self.page.iter("form") for one in form.iter("button") if text_of(one) == words)
        form, _ = next(found)
        data = dict(_fields(form)) | filled
        response = self.client.post(str(form.get("action")), data=data, headers={"Origin": ORIGIN})
        assert "attachment" in response.headers["Content-Disposition"], response.text
        return bytes(response.content)

    def upload(self, name: str, data: bytes, what: str = "import") -> Window:
        """Choose a file to import, or for another form that takes one, and press the button."""
        form = next(form for form in self.page.iter("form") if str(form.get("action")).endswith(f"/{what}"))
        fields, action = dict(_fields(form)), str(form.get("action"))
        self._show(self.client.post(action, data=fields, files={"file": (name, data)}, headers={"Origin": ORIGIN}))
        return self

    def value(self, field: str) -> str:
        """What is in a field, by name; the value that is chosen of several."""
        for form in self.page.iter("form"):
            for name, value in _fields(form):
                if name == field:
                    return value
        return ""


def _fields(form: Element) -> Iterator[tuple[str, str]]:
    """The names and values a browser would send, without those of buttons and files."""
    for one in form.iter():
        name = one.get("name")
        if not name:
            continue
        if one.tag == "input" and one.get("type") in ("radio", "checkbox"):
            if "checked" in one.attrib:
                yield name, one.get("value", "on")
        elif one.tag == "input" and one.get("type") != "file":
            yield name, one.get("value", "")
        elif one.tag == "textarea":
            yield name, "".join(one.itertext())
        elif one.tag == "select":
            options = list(one.iter("option"))
            chosen = next((option for option in options if "selected" in option.attrib), options[0])
            yield name, chosen.get("value", "")


def opened_window(
    folder: Path, call_id: str | None = None, *, looks_ahead: bool = False
) -> tuple[Window, Office, Site]:
    """A window at the start page of a site whose drafts are in a folder."""
    office = Office(Desk((), Shelf(Folders(folder, folder / ".mpfcheck")), looks_ahead=looks_ahead), call_id)
    site = Site(office, ORIGIN, lambda: None)
    window = Window(TestClient(site.app, base_url=ORIGIN))
    address = site.gate.address.removeprefix(ORIGIN)
    return window.go(address), office, site
