"""The files of a pack: their layout, sentences that YAML cuts short, shared files, and published versions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from mpfcheck.packs.call import SHARED, Call
from mpfcheck.packs.find import CALL_FILE
from mpfcheck.packs.lint.finding import LintFinding, error, warning
from mpfcheck.packs.load import SOURCES_FILE, Loading
from mpfcheck.packs.lock import changed_files
from mpfcheck.packs.mistake import PackError, Place
from mpfcheck.packs.version import PublishedVersion, kept_files, kept_folder, load_versions
from mpfcheck.packs.yaml_file import YamlFile, YamlList, YamlMap, YamlNode, YamlScalar, read_yaml

__all__ = ["cut_sentences", "locked", "shared_findings"]


_COMMENT = re.compile(r"[ \t]+(#[^\n\r]*)")
_EXPRESSIONS = frozenset({"require", "when", "value", "doubt", "for each", "as", "show when", "field", "url", "sha256"})
"""Keys of what is no sentence: a comment after it cuts nothing off."""
_SHOWN = 30


def cut_sentences(file: YamlFile) -> Iterator[LintFinding]:
    """Find the texts people read that end before a # which was most likely meant as part of them."""
    for key, node in _texts("", file.root):
        found = _COMMENT.match(file.text, node.end)
        if found is None or key in _EXPRESSIONS or not isinstance(node.value, str) or " " not in node.value.strip():
            continue
        line = file.text.count("\n", 0, found.start(1)) + 1
        column = found.start(1) - file.text.rfind("\n", 0, found.start(1))
        rest = found[1] if len(found[1]) <= _SHOWN else f"{found[1][:_SHOWN]}…"
        message = f'"{key}" ends before the #: "{rest}" is a comment in YAML and is ignored'
        hint = "put quotes around the whole text, or the comment on a line of its own"
        yield warning(Place(file.name, line, column), message, hint)


def _texts(key: str, node: YamlNode) -> Iterator[tuple[str, YamlScalar]]:
    """Every text without quotes, with the key it is the value of."""
    match node:
        case YamlMap():
            for name, value in node.entries.items():
                yield from _texts(name, value)
        case YamlList():
            for item in node.items:
                yield from _texts(key, item)
        case YamlScalar() if not node.style:
            yield key, node


_CITED = re.compile(r"\bdocument:\s*[\"']?([a-z0-9-]+)")


def shared_findings(loading: Loading) -> Iterator[LintFinding]:
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


def _idle_changes(listed: Mapping[str, YamlNode], files: Mapping[str, YamlFile]) -> Iterator[LintFinding]:
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


def _never_cited(file: YamlFile, folder: Path) -> Iterator[LintFinding]:
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


def locked(call: Call, loading: Loading) -> Iterator[LintFinding]:
    """Hold the files of a pack, and those kept of its published versions, against the checksums they are locked by."""
    folder = loading.path
    if folder is None:
        return
    try:
        versions = load_versions(folder)
    except PackError as broken:
        for mistake in broken.mistakes:
            yield error(mistake.place, mistake.message, mistake.hint)
        return
    for version in versions:
        if version.version == call.version and version.sha256 == call.sha256_without_form != call.sha256:
            message = (
                f"version {version.version} was locked on {version.date} without its form, so a change of form.yaml "
                "since then cannot be seen"
            )
            hint = 'write a new "version" in call.yaml and lock it with "mpfcheck rules lock": that keeps the form'
            yield warning(Place(CALL_FILE, 1, 1), message, hint)
        elif version.version == call.version and version.sha256 != call.sha256:
            changed = changed_files(folder, version, loading.data)
            message = f"version {version.version} was locked on {version.date}, and differs now in {_listed(changed)}"
            hint = 'undo that, or write a new "version" in call.yaml and lock it with "mpfcheck rules lock"'
            yield error(Place(CALL_FILE, 1, 1), message, hint)
        yield from _kept(folder, call.id, version)


def _kept(folder: Path, call_id: str, version: PublishedVersion) -> Iterator[LintFinding]:
    """Hold what is kept of a version against its checksum."""
    whole = kept_folder(folder, version.version)
    try:
        if version.files:
            loading = Loading(folder, name=call_id, kept=kept_files(folder, version))
        elif whole is not None:
            loading = Loading(whole, name=call_id)
        else:
            message = f"the files of version {version.version} are not kept in versions/{version.version}"
            yield error(version.place, message, "take the folder from where the version was published")
            return
        same = loading.call().sha256 == version.sha256
    except PackError as broken:
        for mistake in broken.mistakes:
            yield error(version.place, mistake.message, mistake.hint)
        return
    if not same:
        message = (
            f"what is kept of version {version.version} is not what was locked on {version.date}: its checksum differs"
        )
        yield error(version.place, message, "undo the change; a correction is a new version")


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:4])
    more = len(names) - 4
    return f"{shown} and {more} more file{'s' if more > 1 else ''}" if more > 0 else shown or "nothing that is kept"
