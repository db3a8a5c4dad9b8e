"""Text and addresses for SARIF, so that nothing of them is taken for its syntax (2.1.0, sections 3.10 and 3.11)."""

from __future__ import annotations

import re
from pathlib import PurePath
from urllib.parse import quote

from mpfcheck.report.plain import plain

__all__ = ["braces_doubled", "message_text", "path_address", "web_address"]

_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def braces_doubled(text: str) -> str:
    """Braces stand for themselves only when doubled; ``{0}`` would be a placeholder."""
    return text.replace("{", "{{").replace("}", "}}")


def message_text(text: str) -> str:
    """The lines of a text as a plain text message; never empty, which SARIF does not allow.

    ``[text](address)`` would be a link. Brackets have no escape outside of one, so a blank takes it apart.
    """
    lines = [line for given in text.splitlines() if (line := plain(given).strip())]
    return braces_doubled("\n".join(lines).replace("](", "] (")) or "(no text)"


def path_address(path: str) -> str:
    """The path of a file as an address: relative where the path is, percent-encoded, with slashes on every system."""
    pure = PurePath(path)
    text = pure.as_posix()
    if not pure.is_absolute():
        return quote(text, errors="backslashreplace")
    return f"file://{'' if text.startswith('/') else '/'}{quote(text, safe='/:', errors='backslashreplace')}"


def web_address(url: str | None) -> str | None:
    """An address of the web, with what does not belong in one percent-encoded; None for any other."""
    if url is None or not url.startswith(("https://", "http://")):
        return None
    encoded = quote(url, safe="/:?#@!$&'()*+,;=%~", errors="backslashreplace")
    before, mark, fragment = _LONE_PERCENT.sub("%25", encoded).partition("#")
    return f"{before}{mark}{fragment.replace('#', '%23')}"
