"""What a call has in common with others: changes that change nothing, sources that are listed twice or never cited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from mpfcheck.packs.call_file import SHARED
from mpfcheck.packs.lint.finding import Finding, warning
from mpfcheck.packs.loading import CALL_FILE, SOURCES_FILE, Loading
from mpfcheck.packs.mistake import PackError
from mpfcheck.packs.yaml_node import YamlFile, YamlList, YamlMap, YamlNode
from mpfcheck.packs.yaml_source import read_yaml

__all__ = ["shared_findings"]

_CITED = re.compile(r"\bdocument:\s*[\"']?([a-z0-9-]+)")


def shared_findings(loading: Loading) -> Iterator[Finding]:
    """Look at what a call that was loaded takes from shared files, and at what it could take from them."""
    call = _entries(loading.files[CALL_FILE].root)
    rules = call.get("rules")
    for listed in rules.items if isinstance(rules, YamlList) else ():
        yield from _idle_changes(_entries(listed), loading.files)
    name = f"{SHARED}/{SOURCES_FILE}"
    holder = next((folder for folder in loading.shared if folder.has(SOURCES_FILE)), None)
    if holder is None:
        return
    try:
        file = loading.files.get(name) or read_yaml(holder.read(SOURCES_FILE), name)
    except PackError as broken:
        for mistake in broken.mistakes:
            yield warning(mistake.place, mistake.message, mistake.hint)
        return
    shared = _entries(file.root)
    for source, node in _entries(call.get("sources")).items():
        if source in shared and node.plain() == shared[source].plain():
            message = f'the source "{source}" is the same in {name}'
            yield warning(node.place, message, "remove it here: a call takes from the shared list what it cites")
    if loading.path and holder.path_of(SOURCES_FILE).parent.parent == loading.path.parent:
        yield from _never_cited(file, loading.path.parent)


def _idle_changes(listed: Mapping[str, YamlNode], files: Mapping[str, YamlFile]) -> Iterator[Finding]:
    """Find the entries that a call replaces by what the shared rule says already."""
    file = files.get(str(listed["file"].plain())) if "file" in listed else None
    if file is None or not isinstance(file.root, YamlList):
        return
    rules = {str(rule["id"].plain()): rule for rule in map(_entries, file.root.items) if "id" in rule}
    for rule_id, change in _entries(listed.get("change")).items():
        for key, node in _entries(change).items():
            if key in rules[rule_id] and rules[rule_id][key].plain() == node.plain():
                message = f'"{key}" of {rule_id} is the same in {file.name}'
                yield warning(node.place, message, "remove it here", rule_id)


def _never_cited(file: YamlFile, folder: Path) -> Iterator[Finding]:
    """Find the shared sources that no call beside them cites."""
    cited: set[str] = set()
    for beside in (*folder.glob("*/*.yaml"),):
        if beside != folder / SHARED / SOURCES_FILE and beside.is_file():
            cited.update(_CITED.findall(beside.read_text(encoding="utf-8", errors="replace")))
    if isinstance(file.root, YamlMap):
        for source, key in file.root.keys.items():
            if source not in cited:
                yield warning(key.place, f'no call cites the source "{source}"', "cite it, or remove it")


def _entries(node: YamlNode | None) -> Mapping[str, YamlNode]:
    return node.entries if isinstance(node, YamlMap) else {}
