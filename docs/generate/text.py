"""Text as the builder of the site shows it: what could be markup is written as character references."""

from __future__ import annotations

import re

from mpfcheck.report.commonmark import code

__all__ = ["code", "link", "shown"]

_MARKS = re.compile(r"[\\`*_{}\[\]<>|~&$^#]|^[-+=:\d]")
_NOT_IN_ADDRESS = re.compile(r"[\s<>()]")


def shown(text: str) -> str:
    """The text on one line, exactly as it is."""
    return _MARKS.sub(lambda match: f"&#{ord(match[0])};", " ".join(text.split()))


def link(text: str, url: str | None) -> str:
    """The text as a link to an address of the web; without one, the text alone."""
    if url is None:
        return shown(text)
    return f"[{shown(text)}]({_NOT_IN_ADDRESS.sub(lambda match: f'%{ord(match[0]):02X}', url)})"
