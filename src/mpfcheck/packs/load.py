"""Calls from their folders and files: everything that is wrong with a pack is found before any of it is used."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from mpfcheck.frozen import FrozenDict
from mpfcheck.nearest import did_you_mean
from mpfcheck.packs.call import SHARED, Call, CallFile, ListedRules, read_call_file, read_shared_sources
from mpfcheck.packs.code_list import CODE_LISTS, CodeList, CodeListShelf, Labels
from mpfcheck.packs.entries import syntax_mistakes
from mpfcheck.packs.find import CALL_FILE, UnknownCallError, call_folder, shipped_rules
from mpfcheck.packs.folder import Allowance, KeptFile, KeptFolder, PackFiles, PackFolder
from mpfcheck.packs.mistake import PackError, PackMistake, Place
from mpfcheck.packs.rule import Rule, Source, read_rules
from mpfcheck.packs.yaml_file import YamlFile, YamlMap, read_yaml

if TYPE_CHECKING:
    from mpfcheck.packs.annex_file import AnnexSchema

__all__ = [
    "ANNEX_FILE",
    "CLAUSES_FILE",
    "FORM_FILE",
    "SOURCES_FILE",
    "Loading",
    "PackError",
    "UnknownVersionError",
    "files_state",
    "load_call",
    "load_pack",
    "pack_contents",
]


CLAUSES_FILE = "clauses.yaml"
"""The file beside it that says what the sources of the call say. No check reads it, but the checksum holds it."""

ANNEX_FILE = "annex.schema.json"
"""The JSON Schema of what a call asks beyond the common fields; a call that asks nothing more has none."""

FORM_FILE = "form.yaml"
"""What people are asked. No rule stands in it, but the checksum holds it."""

FORMS = "forms"
"""The folder beside the folder of the calls in which a form may lie, named after its call."""

SOURCES_FILE = "sources.yaml"
"""The file in the shared folder that lists the sources several calls cite."""

_EXAMPLES = rb"(?m)^  examples:\n(?:(?:    .*)?\n)+"
"""The lines with the examples of a rule, in a file in the shape that :mod:`mpfcheck.packs.layout` gives."""

_CITED = re.compile(rb"\bdocument:\s*[\"']?([a-z0-9-]+)")
"""A citation in a file of clauses, which nobody reads while a call is loaded."""


class Loading:
    """One call being loaded: the files and rules read so far, and the mistakes found so far.

    The expressions in sentences and the examples of rules are read only with ``rules_whole``: most sentences of a
    call are never said, and who checks proposals needs no examples. The labels of code lists are read only with
    ``labels_too``. All these are otherwise read when they are first asked for. ``name`` is the
    call's id where its folder has another name. With ``kept`` these files of a published version are loaded instead of
    those in the folder.
    """

    def __init__(
        self,
        folder: Path,
        *,
        name: str = "",
        rules_whole: bool = False,
        labels_too: bool = False,
        kept: Mapping[str, KeptFile] | None = None,
    ) -> None:
        self.rules_whole = rules_whole
        self.labels_too = labels_too
        folder = Path(os.path.abspath(folder))
        self.name = name or folder.name
        allowance = Allowance()
        around = dict.fromkeys((folder, folder.parent, shipped_rules()))
        lists: list[PackFiles] = [PackFolder(one / CODE_LISTS, f"{CODE_LISTS}/", one, allowance) for one in around]
        self.path = folder if kept is None else None
        # The files of others may have any shape.
        self._has_our_shape = kept is None and folder.parent == shipped_rules()
        self.folder: PackFiles
        self.shared: list[PackFiles]
        self._forms: PackFiles
        if kept is None:
            self.folder = PackFolder(folder, allowance=allowance)
            self.shared = [PackFolder(one / SHARED, f"{SHARED}/", one, allowance) for one in around]
            self._forms = PackFolder(folder.parent.parent / FORMS, f"{FORMS}/", allowance=allowance)
        else:
            self.folder = self._forms = KeptFolder(kept, "", allowance)
            self.shared = [KeptFolder(kept, f"{SHARED}/", allowance)]
            # What the version did not keep, only labels are looked up in.
            lists.insert(0, KeptFolder(kept, f"{CODE_LISTS}/", allowance))
        self.shelf = CodeListShelf(lists)
        self.mistakes: list[PackMistake] = []
        self.rules: list[Rule] = []
        self.files: dict[str, YamlFile] = {}
        self.data: dict[str, bytes] = {}
        self._paths: dict[str, Path] = {}
        self._sources: Mapping[str, Source] | None = None

    def call(self) -> Call:
        """Put the call together; raises PackError with everything that is wrong."""
        file = self._read(CALL_FILE)
        if file is None:
            raise PackError(self.mistakes)
        head = read_call_file(file, self.name, self._shared_sources, self.mistakes)
        self._read_rules(head)
        code_lists = self._code_lists(head, file)
        annex = self._annex(code_lists)
        self._check_names(head, code_lists)
        self._take_beside()
        for document in _CITED.findall(self.data.get(CLAUSES_FILE, b"")):
            head.sources.get(document.decode())
        if self.mistakes:
            raise PackError(sorted(self.mistakes, key=self._reading_order))
        return Call(
            id=head.id,
            title=head.title,
            version=head.version,
            as_of=head.as_of,
            summary=head.summary,
            sources=FrozenDict(head.sources.cited()),
            parameters=FrozenDict(head.parameters),
            definitions=FrozenDict(head.definitions),
            code_lists=FrozenDict(code_lists),
            rules=tuple(self.rules),
            gaps=head.gaps,
            next_steps=head.next_steps,
            equivalent=head.equivalent,
            sha256=_checksum(self.data),
            sha256_without_form=_checksum({name: data for name, data in self.data.items() if name != FORM_FILE}),
            published=head.published,
            annex=annex.record if annex else None,
            annex_parts=FrozenDict(annex.parts if annex else {}),
            labels=self._labels(),
            files=FrozenDict(self._paths),
            folder=self.path,
        )

    def _read(self, name: str, *, rules: bool = False) -> YamlFile | None:
        try:
            data = self._take(name, self.folder, name)
            file = self.files[name] = read_yaml(self._read_first(data) if rules else data, name)
        except PackError as error:
            self.mistakes.extend(error.mistakes)
            return None
        return file

    def _read_first(self, data: bytes) -> bytes:
        """What is read at once of a file with rules: other lines are empty, so that the rest stands where it stood."""
        if self.rules_whole or not self._has_our_shape:
            return data
        return re.sub(_EXAMPLES, lambda lines: b"\n" * lines[0].count(b"\n"), data)

    def _take_beside(self) -> None:
        """Take the clauses and the form as they are: they belong to the version, and who needs them reads them."""
        wanted = [(CLAUSES_FILE, self.folder, CLAUSES_FILE), (FORM_FILE, self.folder, FORM_FILE)]
        if not self.folder.has(FORM_FILE):
            wanted.append((FORM_FILE, self._forms, f"{self.name}.yaml"))
        for name, holder, file_name in wanted:
            if holder.has(file_name):
                try:
                    self._take(name, holder, file_name)
                except PackError as error:
                    self.mistakes.extend(error.mistakes)

    def _take(self, name: str, holder: PackFiles, file_name: str) -> bytes:
        """Read a file as part of the call, called ``name`` there."""
        data = self.data[name] = holder.read(file_name)
        self._paths[name] = holder.path_of(file_name)
        return data

    def _read_rules(self, head: CallFile) -> None:
        for name, listed in head.rules.items():
            if name.startswith(f"{SHARED}/"):
                self._read_shared(name, listed, head)
                continue
            if not self.folder.has(name):
                hint = did_you_mean(name, self.folder.names()) or "list the rule files of this folder"
                self.mistakes.append(PackMistake(listed.node.place, f'there is no rule file "{name}"', hint))
                continue
            self._take_rules(self._read(name, rules=True), head)
        seen: dict[str, Rule] = {}
        for rule in self.rules:
            if self.rules_whole:
                for _, sentence in rule.sentences():
                    self.mistakes += syntax_mistakes(sentence.placeholders())
            first = seen.setdefault(rule.id, rule)
            if first is not rule and rule.id:
                where = f"{first.place.file}:{first.place.line}"
                hint = f"the first is at {where}; rule ids are permanent, so give this rule another id"
                self.mistakes.append(PackMistake(rule.place, f"there are two rules {rule.id}", hint))

    def _read_shared(self, name: str, listed: ListedRules, head: CallFile) -> None:
        """Read a file of rules that several calls have in common; the call lists it as shared/NAME.yaml."""
        if self._shared_holder(name) is None:
            known = [f"{SHARED}/{known}" for folder in self.shared for known in folder.names()]
            hint = did_you_mean(name, known) or f"such files lie in the folder {SHARED} beside the calls"
            self.mistakes.append(PackMistake(listed.node.place, f'there is no rule file "{name}"', hint))
            return
        self._take_rules(self._read_shared_file(name, rules=True), head, listed.changes)

    def _take_rules(self, file: YamlFile | None, head: CallFile, changes: YamlMap | None = None) -> None:
        if file is not None:
            whole = None if self.rules_whole else cache(partial(read_yaml, self.data[file.name], file.name))
            self.rules += read_rules(file, head.sources, self.mistakes, changes, whole=whole)

    def _shared_holder(self, name: str) -> PackFiles | None:
        """Find the folder that holds a shared file, by its name from the call: shared/NAME.yaml."""
        return next((folder for folder in self.shared if folder.has(name.removeprefix(f"{SHARED}/"))), None)

    def _read_shared_file(self, name: str, *, rules: bool = False) -> YamlFile | None:
        """Read a shared file, of ``rules`` or not; None where it is not there, or broken."""
        holder = self._shared_holder(name)
        if holder is None:
            return None
        try:
            data = self.data[name] = holder.read(name.removeprefix(f"{SHARED}/"))
            file = self.files[name] = read_yaml(self._read_first(data) if rules else data, name)
        except PackError as error:
            self.mistakes.extend(error.mistakes)
            return None
        return file

    def _shared_sources(self) -> Mapping[str, Source]:
        """Read the list of sources that calls share, once a call cites one that it does not list itself."""
        if self._sources is None:
            file = self._read_shared_file(f"{SHARED}/{SOURCES_FILE}")
            self._sources = read_shared_sources(file, self.mistakes) if file else {}
        return self._sources

    def _code_lists(self, head: CallFile, call_file: YamlFile) -> dict[str, CodeList]:
        found: dict[str, CodeList] = {}
        for name, node in head.code_lists.items():
            if not self._has_code_list(name):
                hint = did_you_mean(name, self.shelf.ids()) or f"code lists are files in {CODE_LISTS}/"
                self.mistakes.append(PackMistake(node.place, f'there is no code list "{name}"', hint))
                continue
            code_list = self.shelf.read(name, self.mistakes)
            if code_list:
                found[name] = code_list
                self._check_base(code_list)
        return found

    def _labels(self) -> Labels:
        if not self.labels_too:
            return Labels(self.shelf.find, self.shelf.split)
        return Labels({name: self.shelf.find(name) for name in sorted(self.shelf.ids())}.get)

    def _annex(self, code_lists: Mapping[str, CodeList]) -> AnnexSchema | None:
        """Read the schema of the annex, None where the call has none."""
        file = self._read(ANNEX_FILE) if self.folder.has(ANNEX_FILE) else None
        if file is None:
            return None
        # Most calls checked in a day have no annex, and need not load its reader.
        from mpfcheck.packs.annex_file import read_annex

        annex = read_annex(file, self.mistakes)
        for name, node in annex.code_lists.items():
            self._check_annex_codes(name, node.place, annex.codes[name], code_lists.get(name))
        return annex

    def _check_annex_codes(self, name: str, place: Place, codes: tuple[str, ...], code_list: CodeList | None) -> None:
        """Look for the code list an annex names, and whether the two have the same codes."""
        if code_list is None:
            message = f'the call does not list the code list "{name}"'
            self.mistakes.append(PackMistake(place, message, 'add it to "code_lists" in call.yaml'))
            return
        known = {member.code for member in (*code_list.members, *code_list.candidates)}
        for code in sorted(known ^ set(codes)):
            where = "the enum" if code in known else "the code list"
            message = f'"{code}" is not in {where} of "{name}"'
            self.mistakes.append(PackMistake(place, message, "an enum and its code list have the same codes"))

    def _has_code_list(self, name: str) -> bool:
        """Tell whether there is such a code list, keeping its bytes for the checksum; it is parsed only when needed."""
        try:
            data = self.shelf.data(name)
        except PackError:
            # It is there, and cannot be read: reading it says so.
            return True
        if data is not None:
            self.data[f"{CODE_LISTS}/{name}.yaml"] = data
        return data is not None

    def _check_base(self, code_list: CodeList) -> None:
        """Look for the list whose codes a code list is made of."""
        base = code_list.of
        if base is None or (base != code_list.id and self._has_code_list(base)):
            return
        hint = did_you_mean(base, self.shelf.ids() - {code_list.id}) or 'remove "of"'
        message = f'the code list "{code_list.id}" is of "{base}", which is not another code list'
        file = self.shelf.files[f"{CODE_LISTS}/{code_list.id}.yaml"]
        place = file.root.entries["of"].place if isinstance(file.root, YamlMap) else code_list.place
        self.mistakes.append(PackMistake(place, message, hint))

    def _check_names(self, head: CallFile, code_lists: Mapping[str, CodeList]) -> None:
        """Note names that stand for two things."""
        taken = {"as_of": "the day of the check", **dict.fromkeys(code_lists, "a code list")}
        named = [(parameter.name, "a parameter", parameter.place) for parameter in head.parameters.values()]
        named += [(definition.name, "a definition", definition.place) for definition in head.definitions.values()]
        for name, what, place in named:
            if name in taken:
                message = f'"{name}" is {what} and {taken[name]}'
                self.mistakes.append(PackMistake(place, message, "give one of them another name"))
            taken[name] = what

    def _reading_order(self, mistake: PackMistake) -> tuple[int, str, int, int]:
        files = list(self.data)
        place = mistake.place
        return (files.index(place.file) if place.file in files else len(files), *place)


def _checksum(files: Mapping[str, bytes]) -> str:
    """Hash the call's files and the code lists it uses, by name and content, wherever and however checked out."""
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        content = data.replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


class UnknownVersionError(UnknownCallError):
    """A version of a call that is neither published nor the one being worked on; written ``CALL@VERSION``."""

    thing = "version"


def files_state(folder: Path) -> tuple[object, int]:
    """What changes whenever a file changes that a call in this folder is loaded from, is added or is removed.

    It is found without reading a file. Then when the newest of them was written, in nanoseconds: what is written at the
    same time as far as the file system knows does not show.
    """
    found: dict[str, tuple[tuple[str, int, int, int, int], ...] | None] = {}
    newest = 0
    for path in _places_of(str(folder)):
        try:
            with os.scandir(path) as inside:
                entries = sorted((entry.name, _stat(entry)) for entry in inside)
        except OSError:
            found[path] = None
            continue
        found[path] = tuple((name, one.st_mtime_ns, one.st_ctime_ns, one.st_size, one.st_ino) for name, one in entries)
        newest = max([newest, *(one.st_mtime_ns for _, one in entries)])
    return found, newest


def _stat(entry: os.DirEntry[str]) -> os.stat_result:
    try:
        return entry.stat()
    except OSError:  # A link that leads nowhere.
        return entry.stat(follow_symlinks=False)


def _places_of(folder: str) -> Iterable[str]:
    """The folders that the files of a call may lie in; as texts, because paths take longer than to look there."""
    around = os.path.dirname(folder)
    shelves = {folder, around, str(shipped_rules())}
    beside = (os.path.join(one, name) for one in shelves for name in (CODE_LISTS, SHARED))
    return folder, *beside, os.path.join(os.path.dirname(around), FORMS)


def load_call(call_id: str, folders: Iterable[Path] = (), *, whole: bool = False) -> Call:
    """Load a call by its id: from these folders, from those that come with mpfcheck, or from installed packages.

    A folder holds calls, or is a call's own. ``CALL@VERSION`` is a call in a version that was published, as it was.
    With ``whole`` the labels of all code lists are read as well, so that nothing is left to read later. Raises
    UnknownCallError, and PackError for a call that is broken.
    """
    name, at, version = call_id.partition("@")
    folder = call_folder(name, folders)
    return _load_version(folder, version, whole) if at else load_pack(folder, whole=whole)


def pack_contents(call_id: str, folders: Iterable[Path] = ()) -> tuple[Call, Mapping[str, bytes]]:
    """Load a call or a version of it, and give the files that it is made of, by the names its checksum knows them by.

    All code lists that labels are looked up in are among them. Put into one folder of the call's name, the files are
    the same call. Raises as :func:`load_call` does.
    """
    name, at, version = call_id.partition("@")
    folder = call_folder(name, folders)
    loading = (kept_version(folder, version) if at else None) or Loading(folder)
    call = loading.call()
    if at and call.version != version:
        raise UnknownVersionError(call_id, [f"{call.id}@{call.version}"])
    lists = {f"{CODE_LISTS}/{one}.yaml": loading.shelf.data(one) for one in sorted(loading.shelf.ids())}
    return call, {**{one: data for one, data in lists.items() if data is not None}, **loading.data}


def kept_version(folder: Path, version: str) -> Loading | None:
    """The files that a published version keeps; None where none are kept."""
    from mpfcheck.packs.version import kept_files, kept_folder, load_versions

    listed = {one.version: one for one in load_versions(folder)}.get(version)
    if listed is not None and listed.files:
        return Loading(folder, kept=kept_files(folder, listed))
    whole_folder = kept_folder(folder, version)
    return None if whole_folder is None else Loading(whole_folder, name=folder.name)


def _load_version(folder: Path, version: str, whole: bool) -> Call:
    # Most runs ask for no version.
    from mpfcheck.packs.version import kept_files, kept_folder, load_versions

    versions = {one.version: one for one in load_versions(folder)}
    if version in versions and versions[version].files:
        kept = kept_files(folder, versions[version])
        return Loading(folder, rules_whole=True, labels_too=whole, kept=kept).call()
    whole_folder = kept_folder(folder, version)
    if whole_folder is not None:
        return load_pack(whole_folder, name=folder.name, whole=whole)
    call = load_pack(folder, whole=whole)
    if call.version != version:
        known = dict.fromkeys((*versions, call.version))
        raise UnknownVersionError(f"{call.id}@{version}", [f"{call.id}@{one}" for one in known])
    return call


def load_pack(folder: Path, *, name: str = "", whole: bool = False) -> Call:
    """Load the call in a folder; raises PackError with all that is wrong.

    ``name`` is its id where its folder has another name.
    Its code lists are looked for in its own ``codelists``, then beside the folder, then among the shipped ones.
    Calls that do not come with mpfcheck have their conditions type-checked as well: the tests do that for ours.
    """
    if folder.resolve().parent == shipped_rules().resolve():
        return Loading(folder, labels_too=whole).call()
    from mpfcheck.packs.vocabulary import type_mistakes

    call = Loading(folder, name=name, rules_whole=True, labels_too=whole).call()
    mistakes = type_mistakes(call)
    if mistakes:
        raise PackError(mistakes)
    return call
