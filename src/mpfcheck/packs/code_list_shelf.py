"""Where the code lists of a call are found: beside the call first, then among those that come with mpfcheck."""

from __future__ import annotations

from collections.abc import Iterable

from mpfcheck.packs.code_list import CodeList
from mpfcheck.packs.code_list_file import read_code_list
from mpfcheck.packs.entries import NAME
from mpfcheck.packs.folder import PackFiles
from mpfcheck.packs.mistake import PackError, PackMistake
from mpfcheck.packs.yaml_node import YamlFile
from mpfcheck.packs.yaml_source import read_yaml

__all__ = ["CODE_LISTS", "CodeListShelf"]

CODE_LISTS = "codelists"
"""The name of the folder of code lists beside the calls."""


class CodeListShelf:
    """The code lists in some folders, by id, read when asked for. One in an earlier folder hides one in a later.

    ``files`` are those read so far.
    """

    __slots__ = ("_data", "_folders", "_read", "files")

    def __init__(self, folders: Iterable[PackFiles]) -> None:
        self._folders = list(folders)
        self._data: dict[str, bytes | None] = {}
        self._read: dict[str, CodeList | None] = {}
        self.files: dict[str, YamlFile] = {}

    def ids(self) -> set[str]:
        """List the ids of all code lists there are."""
        return {name.removesuffix(".yaml") for folder in self._folders for name in folder.names()}

    def data(self, code_list: str) -> bytes | None:
        """Read a code list's file as it is, None where there is none; raises PackError if it cannot be read."""
        if code_list not in self._data:
            file_name = f"{code_list}.yaml"
            holders = (folder for folder in self._folders if NAME.fullmatch(code_list) and folder.has(file_name))
            holder = next(holders, None)
            self._data[code_list] = holder.read(file_name) if holder else None
        return self._data[code_list]

    def read(self, code_list: str, mistakes: list[PackMistake]) -> CodeList | None:
        """Read a code list, adding what is wrong to ``mistakes``; None where there is none."""
        if code_list not in self._read:
            self._read[code_list] = None
            try:
                data = self.data(code_list)
                if data is not None:
                    name = f"{CODE_LISTS}/{code_list}.yaml"
                    file = self.files[name] = read_yaml(data, name)
                    self._read[code_list] = read_code_list(file, code_list, mistakes)
            except PackError as error:
                mistakes.extend(error.mistakes)
        return self._read[code_list]

    def find(self, code_list: str) -> CodeList | None:
        """Read a code list for its labels: None where there is none or it is broken, which loading has said."""
        return self.read(code_list, [])
