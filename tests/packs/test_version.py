"""Versions: locked by checksum, kept for good, named as CALL@VERSION, and never edited unseen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mpfcheck.packs.lint import lint
from mpfcheck.packs.load import UnknownVersionError, load_call, load_pack
from mpfcheck.packs.lock import LockError, Locking
from mpfcheck.packs.mistake import PackError
from mpfcheck.packs.version import kept_name, load_versions

DAY = date(2024, 1, 31)


def lock(folder: Path, reason: str = "The first one.", day: date = DAY) -> None:
    Locking(folder).lock(reason, day)


def kept_in(folder: Path, name: str) -> Path:
    """Where the content of a file of the latest version is kept."""
    return folder / "versions" / kept_name(name, load_versions(folder)[-1].files[name])


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_pack_without_published_versions_is_a_draft(tiny: Path) -> None:
    assert load_versions(tiny) == ()
    assert load_call("tiny@1", [tiny.parent]).version == "1"


def test_a_locked_version_is_listed_with_day_reason_and_checksum(tiny: Path) -> None:
    lock(tiny, 'Because of "reasons": #1')
    (version,) = load_versions(tiny)

    assert (version.version, version.date, version.reason) == ("1", DAY, 'Because of "reasons": #1')
    assert version.sha256 == load_pack(tiny).sha256
    assert lint(tiny) == []


def test_a_locked_version_is_found_as_it_was_whatever_happens_to_the_files(tiny: Path) -> None:
    before = load_pack(tiny)
    lock(tiny)
    edit(tiny / "call.yaml", 'version: "1"', 'version: "2"')
    edit(tiny / "money.yaml", "budget.total >= least_total", "budget.total > least_total")
    edit(tiny / "codelists" / "neighbours.yaml", "MD", "AM")
    kept = load_call("tiny@1", [tiny.parent])

    assert (kept.id, kept.version, kept.sha256) == ("tiny", "1", before.sha256)
    assert kept.rules[0].require is not None
    assert kept.rules[0].require.text == "budget.total >= least_total"
    assert kept.code_lists["neighbours"].members == before.code_lists["neighbours"].members
    assert load_call("tiny", [tiny.parent]).version == load_call("tiny@2", [tiny.parent]).version == "2"
    assert [finding for finding in lint(kept) if "locked" in finding.message] == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("money.yaml", "less than", "lower than"),
        ("call.yaml", "250000.00", "250000.01"),
        ("codelists/neighbours.yaml", "MD", "AM"),
        ("money.yaml", "expect: undecided", "expect: undecided, title: nothing"),
    ],
)
def test_a_silent_edit_of_a_locked_version_is_an_error_that_names_the_file(
    tiny: Path, file: str, old: str, new: str
) -> None:
    lock(tiny)
    edit(tiny / file, old, new)

    said = [str(finding) for finding in lint(tiny)]
    assert (
        f"call.yaml:1:1: error: Version 1 was locked on 2024-01-31, and differs now in {file}. "
        'Undo that, or write a new "version" in call.yaml and lock it with "mpfcheck rules lock".'
    ) in said


@pytest.mark.parametrize("file", ["money.yaml", "call.yaml", "codelists/neighbours.yaml"])
def test_an_edit_of_what_is_kept_is_an_error(tiny: Path, file: str) -> None:
    lock(tiny)
    kept = kept_in(tiny, file)
    kept.write_text("- {}\n", encoding="utf-8")
    (finding,) = lint(tiny)

    assert str(finding) == (
        f"versions.yaml:5:3: error: The file {kept.name} is not what was published: its checksum differs. "
        "Undo the change; a correction is a new version."
    )


def test_a_version_whose_files_are_gone_is_an_error(tiny: Path) -> None:
    lock(tiny)
    gone = kept_in(tiny, "money.yaml")
    gone.unlink()

    assert [finding.message for finding in lint(tiny)] == [f"Files of version 1 are not kept in versions: {gone.name}."]
    with pytest.raises(PackError, match=r"not kept in versions: money\."):
        load_call("tiny@1", [tiny.parent])


def test_a_content_is_kept_once_and_a_version_lists_only_what_is_new_in_it(tiny: Path) -> None:
    lock(tiny)
    kept = {file.name for file in (tiny / "versions").iterdir()}
    first, _, _ = (tiny / "versions.yaml").read_text(encoding="utf-8").partition('- version: "2"')
    edit(tiny / "call.yaml", 'version: "1"', 'version: "2"')
    edit(tiny / "codelists" / "neighbours.yaml", "MD", "AM")
    lock(tiny, "A correction.")

    text = (tiny / "versions.yaml").read_text(encoding="utf-8")
    added = text.removeprefix(first)
    assert {file.name.partition(".")[0] for file in (tiny / "versions").iterdir() if file.name not in kept} == {
        "call",
        "neighbours",
    }
    assert added.count(".yaml: ") == 2
    assert load_call("tiny@2", [tiny.parent]).sha256 == load_pack(tiny).sha256
    assert lint(tiny) == []


def test_a_file_that_is_gone_from_a_version_is_not_part_of_it(tiny: Path) -> None:
    (tiny / "clauses.yaml").write_text("[]\n", encoding="utf-8")
    lock(tiny)
    (tiny / "clauses.yaml").unlink()
    edit(tiny / "call.yaml", 'version: "1"', 'version: "2"')
    lock(tiny, "No clauses any more.")

    first, second = load_versions(tiny)
    assert "clauses.yaml" in first.files
    assert "clauses.yaml" not in second.files
    assert load_call("tiny@2", [tiny.parent]).sha256 == second.sha256


def test_calls_beside_each_other_share_the_contents(tiny: Path) -> None:
    (tiny.parent / "versions").mkdir()
    lock(tiny)

    assert not (tiny / "versions").exists()
    assert load_call("tiny@1", [tiny.parent]).sha256 == load_pack(tiny).sha256


def test_a_version_kept_whole_as_it_used_to_be_is_found_too(tiny: Path) -> None:
    lock(tiny)
    (version,) = load_versions(tiny)
    whole = tiny / "versions" / "1"
    for name in version.files:
        (whole / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(kept_in(tiny, name), whole / name)
    text = (tiny / "versions.yaml").read_text(encoding="utf-8")
    (tiny / "versions.yaml").write_text(text[: text.index("  files:")], encoding="utf-8")
    edit(tiny / "call.yaml", 'version: "1"', 'version: "2"')

    assert load_call("tiny@1", [tiny.parent]).sha256 == version.sha256
    assert lint(tiny) == []


def test_line_ends_do_not_matter(tiny: Path) -> None:
    lock(tiny)
    for file in (tiny / "money.yaml", kept_in(tiny, "people.yaml")):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    assert lint(tiny) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _: None, "Version 1 is locked already, since 2024-01-31, and has not changed."),
        (
            lambda tiny: edit(tiny / "money.yaml", "less than", "lower than"),
            "Version 1 was locked on 2024-01-31, and the files have changed since. Give them a new version in "
            "call.yaml, then lock that.",
        ),
        (
            lambda tiny: edit(tiny / "call.yaml", 'version: "1"', "version: ../../1"),
            '"../../1" cannot be kept as a version: write it like 2023-12-07 or 1.2 in call.yaml.',
        ),
    ],
)
def test_what_is_locked_or_cannot_be_is_not_locked_again(tiny: Path, change: Callable[[Path], None], said: str) -> None:
    lock(tiny)
    change(tiny)
    with pytest.raises(LockError) as refused:
        lock(tiny, "Again.")

    assert str(refused.value) == said
    assert len(load_versions(tiny)) == 1


def test_versions_come_one_after_the_other(tiny: Path) -> None:
    lock(tiny)
    edit(tiny / "call.yaml", 'version: "1"', 'version: "2"')
    with pytest.raises(LockError, match="published on 2024-01-31, after 2024-01-30"):
        lock(tiny, day=date(2024, 1, 30))
    lock(tiny, "A correction.")

    assert [version.version for version in load_versions(tiny)] == ["1", "2"]
    assert (tiny / "versions.yaml").read_text(encoding="utf-8").count("# The published versions") == 1


def test_a_broken_pack_is_not_locked(tiny: Path) -> None:
    edit(tiny / "money.yaml", "budget.total >=", "budget.totl >=")
    with pytest.raises(PackError, match="totl"):
        lock(tiny)

    assert not (tiny / "versions").exists()


def test_a_lock_that_was_taken_back_leaves_nothing_in_the_way(tiny: Path) -> None:
    """Before it is published, deleting its entry makes a version a draft again."""
    lock(tiny)
    (tiny / "versions.yaml").unlink()
    edit(tiny / "money.yaml", "less than", "lower than")
    lock(tiny)

    assert lint(tiny) == []
    assert load_call("tiny@1", [tiny.parent]).sha256 == load_pack(tiny).sha256


@pytest.mark.parametrize("version", ["2", "", "..", "../..", "1/../1", "/", "1\n"])
def test_a_version_there_is_not_is_told_with_those_there_are(tiny: Path, version: str) -> None:
    lock(tiny)
    with pytest.raises(UnknownVersionError) as unknown:
        load_call(f"tiny@{version}", [tiny.parent])

    assert unknown.value.known == ("tiny@1",)


@pytest.mark.parametrize("inside", ["versions", "file"])
def test_a_kept_version_may_not_lead_out_of_the_pack(tiny: Path, tmp_path: Path, inside: str) -> None:
    lock(tiny)
    away = tmp_path / "away"
    linked = kept_in(tiny, "money.yaml") if inside == "file" else tiny / inside
    linked.rename(away)
    linked.symlink_to(away)
    edit(tiny / "call.yaml", 'version: "1"', 'version: "2"')

    with pytest.raises(PackError, match="not kept in versions"):
        load_call("tiny@1", [tiny.parent])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 1\n", "This file must be a list of versions, not entries of the form key: value."),
        ("- {version: a/b, date: 2024-01-01, reason: x, sha256: '0'}\n", '"version" cannot be "a/b".'),
        ("- {version: '1', date: soon, reason: '', sha256: '0'}\n", '"date" must be a date, not "soon".'),
        ("- {version: '1'}\n", '"date" is missing in a published version.'),
        ("- [\n", "This is not YAML"),
    ],
)
def test_a_broken_list_of_versions_is_told_with_its_place(tiny: Path, text: str, said: str) -> None:
    (tiny / "versions.yaml").write_text(text, encoding="utf-8")

    found = [finding for finding in lint(tiny) if said in finding.message]
    assert [finding.place.file for finding in found] == ["versions.yaml"]
