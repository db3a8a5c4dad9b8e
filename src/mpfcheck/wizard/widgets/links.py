"""Words one can click, for whoever does not know the key: each says its key too."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from mpfcheck.frozen import Frozen

__all__ = ["Link", "Links", "links"]


class Link(Frozen):
    """A key as people read it, what it does, and the action it runs."""

    key: str
    words: str
    action: str


def links(all_links: Iterable[Link], gap: str = "   ") -> Content:
    """Links in a row."""
    return Content(gap).join(_link(one) for one in all_links)


def _link(one: Link) -> Content:
    text = Content.assemble((one.key, "bold $accent"), (f" {one.words}" if one.key else one.words, "$foreground"))
    return text.stylize(Style.from_meta({"@click": one.action}))


class Links(Static):
    """A row of links."""

    def __init__(self, all_links: Iterable[Link], *, classes: str = "") -> None:
        super().__init__(links(all_links), classes=classes)
        self.auto_links = False
