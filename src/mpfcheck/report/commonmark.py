"""Text as Markdown that shows it as it is: no markup, HTML, link, mention or table comes of it.

Punctuation is escaped with backslashes (CommonMark 0.31, 2.4). Sites that show Markdown also look for addresses,
``@names``, ``#numbers`` and ``:emoji:`` in the finished text, where no backslash is left; those are taken apart with an
empty comment, which is not shown.
"""

from __future__ import annotations

import re

from mpfcheck.plain import plain

__all__ = ["code", "link", "markdown"]

APART = "<!-- -->"

_MARKED = re.compile(
    r"""(?P<apart>@(?=\S)|:(?=//|[\w+-]+:)|www(?=\.)|!(?=\d))  # mentions, addresses, emoji
    |(?P<at_start>^(?:[-+=:%]|\d+(?=[.)])))  # lists, underlines of headings
    |(?P<number>\#(?=\w))
    |(?P<mark>[\\`*_{}\[\]<>|~&$^#])""",
    re.VERBOSE | re.IGNORECASE,
)
_BACKTICKS = re.compile("`+")
_NOT_IN_ADDRESS = re.compile(r"[^\w:/?#@!$&+,;=%.~'*-]", re.ASCII)


def markdown(text: str) -> str:
    """The text on one line, as Markdown of it."""
    return _MARKED.sub(_escaped, " ".join(plain(text).split()))


def code(text: str) -> str:
    """The text on one line as code, in more backticks than it has; empty for nothing."""
    text = plain(text).strip()
    if not text:
        return ""
    fence = "`" * (max(map(len, _BACKTICKS.findall(text)), default=0) + 1)
    blank = " " if "`" in (text[0], text[-1]) else ""
    return f"{fence}{blank}{text}{blank}{fence}"


def link(text: str, url: str | None) -> str:
    """The text as a link to an address of the web; without one, or with another kind of address, the text alone."""
    if url is None or not url.startswith(("https://", "http://")):
        return markdown(text)
    return f"[{markdown(text)}](<{_NOT_IN_ADDRESS.sub(_percent, url)}>)"


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    match match.lastgroup:
        case "apart":
            return found + APART
        case "number":
            return f"\\{found}{APART}"
        case "at_start" if found.isdigit():
            return f"{found}\\"
    return f"\\{found}"


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "backslashreplace"))
