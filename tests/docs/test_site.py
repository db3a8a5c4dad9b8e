"""The site is built without a warning, loads nothing from elsewhere, and has a page for every rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.generate.command_pages import man_pages
from docs.generate.site import DOCS, SiteError, build
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call

# What a browser loads by itself; links that people follow are not among it.
_LOADED = re.compile(r'<(?:script|img|iframe|source|link)\b[^>]*?\b(?:src|href)="([^"]*)"')
_FROM_ELSEWHERE = re.compile(r"@import|url\(\s*['\"]?(?:https?:)?//")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("docs"))


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    """No web fonts, no trackers: whoever reads is known to nobody."""
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 50
    for page in pages:
        loaded = _LOADED.findall(page.read_text(encoding="utf-8"))
        assert [address for address in loaded if address.startswith(("http:", "https:", "//"))] == [], page
    for style in site.rglob("*.css"):
        assert not _FROM_ELSEWHERE.search(style.read_text(encoding="utf-8")), style


def test_a_folder_with_something_else_in_it_is_not_emptied(tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("mine", encoding="utf-8")
    with pytest.raises(SiteError, match="There is something else in"):
        build(tmp_path)
    assert kept.read_text(encoding="utf-8") == "mine"


def test_every_rule_has_a_page(site: Path) -> None:
    for call_id in list_calls():
        for rule in load_call(call_id).rules:
            page = (site / "reference" / "rules" / call_id / f"{rule.id}.html").read_text(encoding="utf-8")
            assert rule.id in page
            assert "Messages" in page
            assert "Sources" in page


def test_every_page_that_was_written_is_in_the_menu(site: Path) -> None:
    menu = (site.parent / "zensical.toml").read_text(encoding="utf-8")
    for page in DOCS.rglob("*.md"):
        assert f'"{page.relative_to(DOCS).as_posix().replace("README.md", "index.md")}"' in menu


def test_every_page_that_was_written_is_in_the_site(site: Path) -> None:
    for page in DOCS.rglob("*.md"):
        name = page.relative_to(DOCS).as_posix().replace("README.md", "index.md").replace(".md", ".html")
        assert (site / name).is_file(), name


def test_the_man_pages_are_those_of_the_commands() -> None:
    """``make man`` writes them anew."""
    written = {place.name: place.read_text(encoding="utf-8") for place in (DOCS / "man").glob("*.1")}
    assert written == man_pages()
