"""The pages hang together: every link leads somewhere, and every page can be found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.markdown import DOCS

PAGES = sorted(DOCS.rglob("*.md"))
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def anchors(file: Path) -> set[str]:
    """The anchors GitHub gives the headings of a page."""
    headings = _HEADING.findall(_CODE.sub("", file.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(file: Path) -> list[str]:
    """Where a page links to inside the repository."""
    found = _LINK.findall(_CODE.sub("", file.read_text(encoding="utf-8")))
    return [link for link in found if not link.startswith("http")]


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.relative_to(DOCS).as_posix())
def test_every_link_leads_somewhere(file: Path) -> None:
    for link in links(file):
        path, _, anchor = link.partition("#")
        target = (file.parent / path).resolve() if path else file
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def test_every_page_can_be_found_from_the_first() -> None:
    seen: set[Path] = set()
    waiting = [DOCS / "README.md"]
    while waiting:
        file = waiting.pop()
        if file in seen or file.suffix != ".md" or DOCS not in file.parents:
            continue
        seen.add(file)
        waiting += [
            (file.parent / link.partition("#")[0]).resolve() for link in links(file) if not link.startswith("#")
        ]
    assert seen == set(PAGES)
