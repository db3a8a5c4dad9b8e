"""The fenced blocks and tables of a page, as the tests of the documentation need them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"

_FENCE = re.compile(r"^```(\w*) *([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the file name after it (may be empty), its text, and its line in the page."""

    language: str
    file: str
    text: str
    line: int
    page: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def page(name: str) -> str:
    """The text of a page."""
    return (DOCS / name).read_text(encoding="utf-8")


def blocks(name: str, *languages: str) -> list[Block]:
    """The fenced blocks of a page in these languages (all of them without any), in order."""
    text = page(name)
    found = [
        Block(match[1], match[2].strip(), match[3], text.count("\n", 0, match.start()) + 1, name)
        for match in _FENCE.finditer(text)
    ]
    return [block for block in found if not languages or block.language in languages]


def table(name: str, mark: str) -> list[list[str]]:
    """The rows of the table after ``<!-- mark -->``, cell by cell, without its head."""
    lines = page(name).split(f"<!-- {mark} -->\n", 1)[1].lstrip("\n").split("\n\n", 1)[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def codes(cell: str) -> list[str]:
    """What stands between backticks in a cell."""
    return _CODE.findall(cell)
