"""Every naughty string can be typed, stands in the file as it was typed, is there on return, and is shown harmless."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from mpfcheck.plain import plain
from mpfcheck.prompts.interview import as_answer, command_in
from mpfcheck.prompts.run import run_prompts
from tests.data import NAUGHTY_STRINGS
from tests.prompts.conftest import CALL

TEXTS = [text for text in NAUGHTY_STRINGS if text.strip() and not text.endswith("\r")]


class Typing(StringIO):
    """Types every text as the summary, which may have several lines, and looks into the file after each."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.kept: list[object] = []
        self._path = path
        self._lines = self._all()

    def readline(self, _size: int | None = -1, /) -> str:
        return next(self._lines, "")

    def _all(self) -> Iterator[str]:
        yield "yes\n"
        for text in TEXTS:
            yield ":go /summary\n"
            first, *others = (f".{line}" if line and not line.strip(".") else line for line in text.split("\n"))
            # What would be a command is an answer with a backslash before it.
            yield f"\\{first}\n" if as_answer(first) != first or command_in(first) else f"{first}\n"
            for line in others:
                yield f"{line}\n"
            yield ".\n"
            self.kept.append(json.loads(self._path.read_bytes()).get("summary"))


def test_naughty_strings_are_kept_as_they_were_typed_and_shown_harmless(path: Path) -> None:
    typing, out = Typing(path), StringIO()
    ending = run_prompts(path, call_id=CALL, typed=typing, out=out)

    assert ending.saved
    assert typing.kept == TEXTS
    said = out.getvalue()
    assert all(plain(line) == line for line in said.split("\n"))


@pytest.mark.parametrize("text", TEXTS[:: len(TEXTS) // 20] if TEXTS else ())
def test_they_are_there_on_return_and_nothing_changes_them(path: Path, text: str) -> None:
    path.write_text(json.dumps({"call": CALL, "title": text, "summary": text}), encoding="utf-8")
    before = path.read_bytes()
    out = StringIO()
    run_prompts(path, typed=StringIO("1\n\n\n\n\n\n=\nreview\n\n"), out=out)

    assert path.read_bytes() == before
    assert " ".join(plain(text).split())[:40] in " ".join(out.getvalue().split())
