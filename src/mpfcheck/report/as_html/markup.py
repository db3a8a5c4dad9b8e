"""HTML by construction: what is not markup already is escaped, so that data can never become an element."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mpfcheck.report.as_html.escape import escaped

__all__ = ["Markup", "element", "joined", "link", "outside"]

VOID = frozenset({"br", "hr", "meta"})
_WEB = re.compile(r"https?://[!#-;=?-~]+", re.ASCII)
"""An address a browser may be sent to: no other scheme (``javascript:``), no quotes, angle brackets or blanks."""


class Markup(str):
    """Text that is HTML: made by :func:`element`, or written by us."""

    __slots__ = ()


def element(tag: str, *children: str | None, **attributes: str | int | None) -> Markup:
    """An element with its children and attributes, both escaped; None stands for nothing.

    ``class_`` is written ``class`` and ``aria_label`` ``aria-label``. Raises ValueError for a ``href`` that does not
    lead to a place on this page or to the web: addresses that come from outside go through :func:`link`.
    """
    written = "".join(_attribute(name, value) for name, value in attributes.items() if value is not None)
    if tag in VOID:
        return Markup(f"<{tag}{written}>")
    return Markup(f"<{tag}{written}>{joined(children)}</{tag}>")


def joined(children: Iterable[str | None]) -> Markup:
    """Children one after the other."""
    return Markup("".join(child if isinstance(child, Markup) else escaped(child) for child in children if child))


def link(address: str, *children: str | None) -> Markup:
    """A link to an address from outside; only the text where the address is none of the web."""
    if not _WEB.fullmatch(address):
        return joined(children)
    return element("a", *children, href=address, rel="noreferrer")


def outside(text: str, **attributes: str | int | None) -> Markup:
    """A name or value from a proposal; however it is written, it cannot turn the direction of what is around it."""
    return element("bdi", text, **attributes)


def _attribute(name: str, value: str | int) -> str:
    if name == "href" and not str(value).startswith("#") and not _WEB.fullmatch(str(value)):
        raise ValueError(f"{value!r} is not an address that may be linked")
    return f' {name.rstrip("_").replace("_", "-")}="{escaped(str(value))}"'
