"""The site: the written pages and the generated ones in one folder, built without a network and without a warning."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from docs.generate.command_pages import command_page
from docs.generate.rule_pages import rule_pages
from docs.generate.schema_pages import schema_pages

__all__ = ["SiteError", "build", "stage"]

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

BESIDE = {
    # Files outside docs/ that belong to the site, and where they stand in it.
    ROOT / "CHANGELOG.md": "changelog.md",
    ROOT / "CONTRIBUTING.md": "contributing.md",
    ROOT / "SECURITY.md": "security.md",
    ROOT / "examples" / "README.md": "examples.md",
    ROOT / "rules": "reference/rules/index.md",
}
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\((?!https?:|mailto:|<)([^)\s#]*)(#[^)\s]*)?\)")
_NAMED_FENCE = re.compile(r"^```(\w+) +([^\s=]+)$", re.MULTILINE)
_FENCED = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)

TUTORIALS = ("index", "applicants", "officers", "developers", "call-officers")
SETTINGS_FILE = "zensical.toml"
SETTINGS = """\
[project]
site_name = "mpfcheck"
site_description = "Eligibility checker for calls of the Migration Partnership Facility"
docs_dir = "pages"
site_dir = "site"
use_directory_urls = false
nav = []
copyright = "Apache-2.0. Not a service of the MPF or of ICMPD."

[project.theme]
font = false
features = ["navigation.indexes", "navigation.sections", "content.code.copy"]

[[project.theme.palette]]
media = "(prefers-color-scheme: light)"
scheme = "default"
toggle.icon = "lucide/sun"
toggle.name = "Dark"

[[project.theme.palette]]
media = "(prefers-color-scheme: dark)"
scheme = "slate"
toggle.icon = "lucide/moon"
toggle.name = "Light"

[project.extra]
generator = false
"""


class SiteError(Exception):
    """The site could not be built; the message is what the builder said."""


def _navigation() -> str:
    """The menu: written by hand where there are few pages, made where there are many."""
    rules: list[object] = []
    for name, _ in rule_pages():
        parts = name.split("/")
        if len(parts) == 4 and parts[3] == "index.md":
            rules.append({parts[2]: [name]})
        elif len(parts) == 4:
            holder = rules[-1]
            assert isinstance(holder, dict)  # noqa: S101 - the index of a call comes before its rules
            holder[parts[2]].append({parts[3].removesuffix(".md"): name})
        else:
            rules.append(name)
    reference = [
        {"Commands": "reference/commands.md"},
        "report.md",
        "rule-language.md",
        "terms.md",
        {"Schemas": [name for name, _ in reversed([*schema_pages()])]},
        {"Rules by call": rules},
    ]
    menu = [
        {"Start": "index.md"},
        {"First steps": [f"tutorials/{name}.md" for name in TUTORIALS]},
        {"The form": ["wizard.md", "line-by-line.md"]},
        {"How to": _folder("how-to")},
        {"Reference": reference},
        {"Decisions": _folder("decisions")},
        {"Project": ["examples.md", "changelog.md", "contributing.md", "security.md"]},
    ]
    return json.dumps(menu, ensure_ascii=False).replace('": ', '" = ')


def _folder(name: str) -> list[str]:
    return [_site_name(place.relative_to(DOCS).as_posix()) for place in sorted((DOCS / name).glob("*.md"), key=_first)]


def _first(place: Path) -> tuple[bool, str]:
    """The index of a folder stands before its pages."""
    return place.name != "README.md", place.name


def build(folder: Path) -> Path:
    """Build the site below a folder of its own; the folder of the pages to open. Raises SiteError."""
    stage(folder)
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
    environment = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run(  # noqa: S603 - the command is ours
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0 or "Warning" in done.stdout + done.stderr:
        raise SiteError(done.stdout + done.stderr)
    return folder / "site"


def stage(folder: Path) -> None:
    """Put all pages and the settings into a folder, in the place of an earlier site.

    Raises SiteError where something else is in the folder: it is not emptied.
    """
    if folder.is_dir() and any(folder.iterdir()) and not (folder / SETTINGS_FILE).is_file():
        raise SiteError(f"There is something else in {folder}. Name a new folder, or that of an earlier site.")
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in _pages():
        place = folder / "pages" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    pictures = DOCS / "pictures"
    if pictures.is_dir():
        shutil.copytree(pictures, folder / "pages" / "pictures")
    settings = SETTINGS.replace("nav = []", f"nav = {_navigation()}")
    (folder / SETTINGS_FILE).write_text(settings, encoding="utf-8")


def _pages() -> Iterator[tuple[str, str]]:
    for place in sorted(DOCS.rglob("*.md")):
        name = place.relative_to(DOCS).as_posix()
        yield _site_name(name), _mended(place.read_text(encoding="utf-8"), place, _site_name(name))
    for place, name in BESIDE.items():
        if place.is_file():
            yield name, _mended(place.read_text(encoding="utf-8"), place, name)
    yield "reference/commands.md", command_page()
    yield from rule_pages()
    yield from schema_pages()


def _site_name(name: str) -> str:
    return name.removesuffix("README.md") + "index.md" if name.endswith("README.md") else name


def _mended(text: str, place: Path, name: str) -> str:
    """A page with its links as they are in the site; of a link to what is not in it, the words stay."""

    def link(match: re.Match[str]) -> str:
        words, target, anchor = match[1], match[2], match[3] or ""
        if not target:
            return match[0]
        found = (place.parent / target).resolve()
        inside = _in_site(found)
        if inside is None:
            return words
        return f"[{words}]({os.path.relpath(inside, os.path.dirname(name) or '.')}{anchor})"

    parts = _FENCED.split(text)
    return "".join(_titled(part) if part.startswith("```") else _LINK.sub(link, part) for part in parts)


def _titled(block: str) -> str:
    """A fenced block with the file name after its language as its title, which is how the builder knows one."""
    return _NAMED_FENCE.sub(r'```\1 title="\2"', block)


def _in_site(found: Path) -> str | None:
    if found in BESIDE:
        return BESIDE[found]
    if found.is_dir() and (found / "README.md").is_file() and found.is_relative_to(DOCS):
        found = found / "README.md"
    if found.is_file() and found.is_relative_to(DOCS):
        return _site_name(found.relative_to(DOCS).as_posix())
    return None
