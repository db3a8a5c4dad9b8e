"""One shape for the files of a pack: lines of at most 120 characters, long sentences folded, examples as blocks.

What a file says stays the same, and so do its comments; the layout of a file that is laid out already does not change.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from mpfcheck.packs.mistake import PackError, PackMistake, Place
from mpfcheck.packs.yaml_file import YamlFile, YamlList, YamlMap, YamlNode, YamlScalar, read_yaml

__all__ = ["WIDTH", "laid_out", "long_lines"]

WIDTH = 120
"""How long a line may be, in characters."""

STEP = "  "

KEY_ORDER = (
    *("id", "title", "severity", "manual", "scope", "why", "for each", "as", "when", "require", "doubt"),
    *("doubt message", "message", "fix", "note", "source", "also", "examples"),
)
"""The order of the entries of a rule: what it is, when it applies, what it demands, what people read, its source."""

EXAMPLE_ORDER = ("title", "given", "likewise", "expect", "noted", "as_of", "parameters")
"""The order of the entries of an example, read like a sentence: in this case, with these answers, that result."""

_NOT_IN_FLOW = re.compile(r"[,\[\]{}]")
_BOOLEAN_ELSEWHERE = re.compile("y|n|yes|no|on|off", re.IGNORECASE)
"""What YAML 1.1 reads as true or false. The code of Norway keeps its quotes."""


def laid_out(data: bytes, name: str) -> str:
    """Return the text of a YAML file in the one shape; ``name`` is what messages call it.

    Raises PackError if it is no YAML, or holds a comment that would be lost: inside a list or record on one line.
    """
    file = read_yaml(data, name)
    text = _Layout(file).text()
    after = read_yaml(text.encode(), name)
    if after.root.plain() != file.root.plain():
        raise PackError([PackMistake(Place(name, 1, 1), "the file cannot be formatted without changing what it says")])
    lost = _words(file) - _words(after)
    if lost:
        hint = "put comments on lines of their own, above the entry they are about"
        raise PackError([PackMistake(Place(name, 1, 1), f"a comment would be lost: {' '.join(lost)}", hint)])
    return text


def _words(file: YamlFile) -> Counter[str]:
    return Counter(word for comment in _comments(file).values() for word in comment.split() if word != "#")


def long_lines(file: YamlFile) -> Iterator[int]:
    """Yield the numbers of the lines that are longer than the limit and have a blank to be broken at."""
    for number, line in enumerate(file.text.splitlines(), 1):
        if len(line) > WIDTH and " " in line.split(": ", 1)[-1].strip():
            yield number


def _scalars(node: YamlNode) -> Iterator[YamlScalar]:
    if isinstance(node, YamlScalar):
        yield node
    elif isinstance(node, YamlList):
        for item in node.items:
            yield from _scalars(item)
    else:
        for key, value in node.entries.items():
            yield node.keys[key]
            yield from _scalars(value)


def _comments(file: YamlFile) -> dict[int, str]:
    """Find the comments by the numbers of their lines: each from the ``#`` that no text holds."""
    found: dict[int, str] = {}
    texts = sorted((scalar.start, scalar.end) for scalar in _scalars(file.root))
    at, number = 0, 1
    for line in file.text.splitlines(keepends=True):
        for mark in re.finditer(r"(?:(?<=\s)|^)#", line):
            if not any(start < at + mark.end() and at + mark.start() < end for start, end in texts):
                found[number] = line[mark.start() :].rstrip()
                break
        at, number = at + len(line), number + 1
    return found


class _Layout:
    """A file being written anew."""

    def __init__(self, file: YamlFile) -> None:
        self._file = file
        self._source = file.text.splitlines()
        self._comments = _comments(file)
        self._lines: list[str] = []

    def text(self) -> str:
        root = self._file.root
        if isinstance(root, YamlList):
            self._list(root, "", apart=all(isinstance(item, YamlMap) and "id" in item.entries for item in root.items))
        elif isinstance(root, YamlMap):
            self._map(root, "")
        else:
            return self._file.text
        self._take_comments(len(self._source) + 1, "")
        return "\n".join(self._lines).strip("\n") + "\n"

    def _blank_before(self, line: int) -> bool:
        """Tell whether the source has an empty line directly above this line."""
        return line > 1 and not self._source[line - 2].strip()

    def _take_comments(self, line: int, indent: str) -> None:
        """Write the comments that stand above a line and were not written yet."""
        run: list[str] = []
        for number in [number for number in self._comments if number < line]:
            if run and self._blank_before(number):
                self._comment(run, indent)
                run = []
            if self._blank_before(number) and self._lines:
                self._blank()
            run.append(self._comments.pop(number))
        if run:
            self._comment(run, indent)

    def _comment(self, run: Sequence[str], indent: str) -> None:
        """Write comments that stand below each other, filled anew where one of them is too long."""
        if all(len(indent) + len(comment) <= WIDTH for comment in run):
            self._lines += [indent + comment for comment in run]
            return
        words = " ".join(comment.lstrip("# ") for comment in run)
        begin = f"{indent}# "
        self._lines += textwrap.wrap(
            words, WIDTH, initial_indent=begin, subsequent_indent=begin, break_long_words=False, break_on_hyphens=False
        )

    def _blank(self) -> None:
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def _list(self, node: YamlList, indent: str, *, apart: bool = False, example: bool = False) -> None:
        for number, item in enumerate(node.items):
            above = self._blank_before(item.line)
            if (number and apart) or (above and self._lines):
                self._blank()
            self._take_comments(item.line, indent)
            if above and self._comments_end_with_blank(item.line):
                self._blank()
            begin = len(self._lines)
            self._value(item, f"{indent}- ", f"{indent}{STEP}", example=example)
            if isinstance(item, YamlMap) and not self._fits_flow(item, len(indent) + 2, example=example):
                # The first entry of a record stands behind the dash.
                first = next(at for at in range(begin, len(self._lines)) if self._lines[at].strip())
                first = next(
                    at for at in range(first, len(self._lines)) if not self._lines[at].lstrip().startswith("#")
                )
                self._lines[first] = f"{indent}- {self._lines[first][len(indent) + 2 :]}"

    def _comments_end_with_blank(self, line: int) -> bool:
        return self._blank_before(line) and bool(self._lines) and self._lines[-1].lstrip().startswith("#")

    def _map(self, node: YamlMap, indent: str, *, example: bool = False) -> None:
        for number, key in enumerate(self._order(node, example=example)):
            name, value = node.keys[key], node.entries[key]
            if number and self._blank_before(name.line):
                self._blank()
            self._take_comments(name.line, indent)
            if number and self._comments_end_with_blank(name.line):
                self._blank()
            self._value(
                value,
                f"{indent}{self._file.text[name.start : name.end]}:",
                f"{indent}{STEP}",
                example=key == "examples",
                given=example and key in ("given", "likewise"),
            )

    def _order(self, node: YamlMap, *, example: bool) -> Sequence[str]:
        keys = list(node.entries)
        order = EXAMPLE_ORDER if example else KEY_ORDER if "id" in keys and "severity" in keys else ()
        lines = [node.keys[key].line for key in keys]
        if lines and any(min(lines) < line < max(lines) for line in self._comments if self._stands_alone(line)):
            # A comment belongs to what stands below it: with one between them, the entries stay in their order.
            return keys
        return sorted(keys, key=lambda key: order.index(key) if key in order else len(order))

    def _stands_alone(self, line: int) -> bool:
        return self._source[line - 1].lstrip().startswith("#")

    def _value(self, node: YamlNode, head: str, indent: str, *, example: bool = False, given: bool = False) -> None:
        """Write a value behind ``head``, a key with its colon or a dash; what needs own lines gets ``indent``."""
        dash = head.endswith("- ")
        space = "" if dash else " "
        if isinstance(node, YamlScalar):
            self._scalar(node, head + space, indent)
        elif isinstance(node, YamlMap) and dash:
            if self._fits_flow(node, len(head), example=example):
                self._line(head + self._flow(node), node.line)
            else:
                self._map(node, indent, example=example)
        elif not given and not example and self._fits_flow(node, len(head) + 1):
            self._line(f"{head} {self._flow(node)}", node.line)
        elif isinstance(node, YamlMap) and node.entries:
            self._lines.append(head)
            self._map(node, indent)
        elif isinstance(node, YamlList) and node.items:
            self._lines.append(head.rstrip())
            self._list(node, indent, example=example)
        else:
            self._line(f"{head}{space}{self._flow(node)}", node.line)

    def _line(self, line: str, source: int) -> None:
        """Write a line, with the comment that stood at the end of the line of the source."""
        comment = self._comments.pop(source, None)
        if comment is None:
            self._lines.append(line)
        elif len(line) + 2 + len(comment) <= WIDTH:
            self._lines.append(f"{line}  {comment}")
        else:
            indent = line[: len(line) - len(line.lstrip(" "))]
            self._comment([comment], indent)
            self._lines.append(line)

    def _scalar(self, node: YamlScalar, head: str, indent: str) -> None:
        written = self._written(node, flow=False)
        value = node.value
        if written is not None and len(head) + len(written) <= WIDTH:
            self._line(head + written, node.line)
        elif (
            isinstance(value, str) and "\n" in value and (node.style == "|" or not _foldable(value)) and _literal(value)
        ):
            chomping = "" if value.endswith("\n") else "-"
            self._line(f"{head}|{chomping}", node.line)
            self._lines += [(indent + line).rstrip(" ") for line in value.removesuffix("\n").split("\n")]
        elif isinstance(value, str) and _foldable(value):
            self._line(f"{head}>-", node.line)
            for number, paragraph in enumerate(value.split("\n")):
                if number:
                    self._lines.append("")
                wrapped = textwrap.wrap(paragraph, WIDTH - len(indent), break_long_words=False, break_on_hyphens=False)
                self._lines += [indent + line for line in wrapped]
        else:
            self._line(head + (written or json.dumps(value, ensure_ascii=False)), node.line)

    def _written(self, node: YamlScalar, *, flow: bool) -> str | None:
        """Return how a value is written on one line; None where it stood in a block and needs quotes to leave it."""
        text = self._file.text[node.start : node.end]
        if not isinstance(node.value, str):
            return text
        if not node.style and "\n" not in text and not (flow and _NOT_IN_FLOW.search(text)):
            return text
        if "\n" in node.value and not flow:
            return None
        return node.value if self._is_plain(node.value, flow=flow) else json.dumps(node.value, ensure_ascii=False)

    def _is_plain(self, value: str, *, flow: bool) -> bool:
        """Tell whether a text reads back as itself without quotes, for other readers of YAML too."""
        if (flow and _NOT_IN_FLOW.search(value)) or _BOOLEAN_ELSEWHERE.fullmatch(value):
            return False
        item, entry = (f"[{value}]", f"{{a: {value}}}") if flow else (f"- {value}", f"a: {value}")
        tries = {item: [value], entry: {"a": value}}
        try:
            return all(read_yaml(text.encode(), self._file.name).root.plain() == read for text, read in tries.items())
        except PackError:
            return False

    def _fits_flow(self, node: YamlNode, column: int, *, example: bool = False) -> bool:
        """Tell whether a list or record was on one line, and may stay there."""
        if isinstance(node, YamlScalar) or example:
            return False
        empty = not (node.items if isinstance(node, YamlList) else node.entries)
        begins = self._source[node.line - 1][node.column - 1 : node.column] in ("[", "{")
        return empty or (begins and column + len(self._flow(node)) <= WIDTH)

    def _flow(self, node: YamlNode) -> str:
        if isinstance(node, YamlScalar):
            return self._written(node, flow=True) or "null"
        if isinstance(node, YamlList):
            return f"[{', '.join(self._flow(item) for item in node.items)}]"
        entries = (f"{self._key(node.keys[key])}: {self._flow(value)}" for key, value in node.entries.items())
        return f"{{{', '.join(entries)}}}"

    def _key(self, key: YamlScalar) -> str:
        return self._file.text[key.start : key.end]


def _foldable(text: str) -> bool:
    """Tell whether a text stays the same when its lines are broken at blanks and folded again."""
    return bool(text) and all(
        paragraph == " ".join(paragraph.split()) and paragraph == paragraph.strip() and paragraph
        for paragraph in text.split("\n")
    )


def _literal(text: str) -> bool:
    """Tell whether a text can stand line by line in a literal block."""
    return not text.startswith((" ", "\n", "\t")) and not re.search(r"[ \t](?=\n)|\n\n$|[ \t]$", text)
