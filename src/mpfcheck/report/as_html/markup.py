r"""HTML by construction: what is not markup already is escaped, so that data can never become an element.

What has no shape of its own (control characters, direction overrides, lone surrogates) is spelled out as its escape
(``\x1b``), what HTML would take for markup is written as a character reference, and an amount stays on one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from mpfcheck.plain import plain, whole_amounts

__all__ = ["Markup", "element", "escaped", "joined", "link", "outside", "shortened"]

MOST_CHARACTERS = 4000
"""Longer text is cut, and says so: nobody reads a name of a megabyte, and it would hide the findings after it."""


def escaped(text: str) -> str:
    """The text for use between tags and between double quotes."""
    return escape(whole_amounts(plain(shortened(text))), quote=True)


def shortened(text: str, most: int = MOST_CHARACTERS) -> str:
    """The text, or its first ``most`` characters and how many more there are."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text) - most} more characters)"


VOID = frozenset({"br", "hr", "meta"})
_WEB = re.compile(r"https?://[!#-;=?-~]+", re.ASCII)
"""An address a browser may be sent to: no other scheme (``javascript:``), no quotes, angle brackets or blanks."""
_HERE = re.compile("#.*", re.DOTALL)
_SITE = re.compile(r"/(?!/)[!#-;=?-\[\]-~]*", re.ASCII)
"""A page of the same site; two slashes, or a backslash, would lead to another one."""


class Markup(str):
    """Text that is HTML: made by :func:`element`, or written by us."""

    __slots__ = ()


def element(tag: str, *children: str | None, **attributes: str | int | None) -> Markup:
    """An element with its children and attributes, both escaped; None stands for nothing.

    ``class_`` is written ``class`` and ``aria_label`` ``aria-label``. Raises ValueError for a ``href`` that does not
    lead to a place on this page or site, or to the web: addresses that come from outside go through :func:`link`.
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
    if name == "href" and not any(place.fullmatch(str(value)) for place in (_HERE, _SITE, _WEB)):
        raise ValueError(f"{value!r} is not an address that may be linked")
    return f' {name.rstrip("_").replace("_", "-")}="{escaped(str(value))}"'
