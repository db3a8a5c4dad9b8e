"""A text as it is written into a YAML file, so that it is read back as that text."""

from __future__ import annotations

import json
import re

__all__ = ["quoted"]

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ,.()/'_-]*[A-Za-z0-9.)]|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS = ("true", "false", "null")


def quoted(text: str) -> str:
    """The text as it stands where that is safe, in double quotes otherwise."""
    if _PLAIN.fullmatch(text) and text not in _WORDS:
        return text
    # What JSON writes between quotes, YAML reads as the same.
    return json.dumps(text, ensure_ascii=False)
