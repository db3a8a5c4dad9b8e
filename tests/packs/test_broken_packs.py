"""One broken pack for every mistake: what is said of it, word for word, with file, line and column.

A folder under ``broken/load`` or ``broken/lint`` holds only the files in which it differs from ``packs/tiny``, and
``expected.txt``. Packs under ``load`` are refused by the loader, those under ``lint`` only by lint.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mpfcheck.packs.lint import lint
from mpfcheck.packs.load import load_pack
from mpfcheck.packs.mistake import PackError

BROKEN = Path(__file__).parent / "broken"


def packs(kind: str) -> list[Path]:
    return sorted(folder for folder in (BROKEN / kind).iterdir() if folder.is_dir())


def break_it(tiny: Path, changes: Path) -> list[str]:
    """Put the changed files over the small pack; returns what is expected to be said of it."""
    shutil.copytree(changes, tiny, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    return (changes / "expected.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("changes", packs("load"), ids=lambda folder: folder.name)
def test_the_loader_refuses_the_pack_and_says_all_that_is_wrong(tiny: Path, changes: Path) -> None:
    expected = break_it(tiny, changes)
    with pytest.raises(PackError) as refused:
        load_pack(tiny)
    assert str(refused.value).splitlines() == expected


@pytest.mark.parametrize("changes", packs("load"), ids=lambda folder: folder.name)
def test_lint_says_what_the_loader_says_and_the_schemas_find_nothing_beyond_it(tiny: Path, changes: Path) -> None:
    expected = break_it(tiny, changes)
    assert [str(finding).replace(": error: ", ": ", 1) for finding in lint(tiny)] == expected


@pytest.mark.parametrize("changes", packs("lint"), ids=lambda folder: folder.name)
def test_lint_finds_fault_with_a_pack_that_loads(tiny: Path, changes: Path) -> None:
    expected = break_it(tiny, changes)
    load_pack(tiny)
    assert [str(finding) for finding in lint(tiny)] == expected


def test_the_whole_pack_is_without_fault(tiny: Path) -> None:
    assert lint(tiny) == []
