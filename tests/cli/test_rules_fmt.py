"""``mpfcheck rules fmt``: files in one shape, or what would change."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Cli

UGLY = "- severity: blocking\n  id: A-1\n"
TIDY = "- id: A-1\n  severity: blocking\n"


def test_it_changes_files_and_says_which(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(UGLY)
    (tmp_path / "b.yaml").write_text(TIDY)
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / "c.yaml").write_text(UGLY)

    ended = cli("rules", "fmt", tmp_path)

    assert (ended.code, ended.err) == (0, "1 of 2 files changed.\n")
    assert ended.out == f"Changed {tmp_path / 'a.yaml'}.\n"
    assert (tmp_path / "a.yaml").read_text() == TIDY
    assert (tmp_path / "versions" / "c.yaml").read_text() == UGLY
    assert cli("rules", "fmt", tmp_path).out == ""


def test_it_can_only_look(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(UGLY)

    assert cli("rules", "fmt", "--check", file).code == 1
    ended = cli("rules", "fmt", "--diff", file)
    assert ended.code == 1
    assert "-- severity: blocking" in ended.out
    assert "+- id: A-1" in ended.out
    assert file.read_text() == UGLY


def test_a_file_that_is_not_yaml_is_named_with_its_place(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: [\n")
    (tmp_path / "b.yaml").write_text(UGLY)

    ended = cli("rules", "fmt", tmp_path)

    assert ended.code == 4
    assert "a.yaml:2:1: " in ended.err
    assert (tmp_path / "b.yaml").read_text() == TIDY


def test_what_is_not_yaml_is_left_alone(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "proposal.json"
    file.write_text('{"call": "x"}')

    assert cli("rules", "fmt", file).code == 2
    assert file.read_text() == '{"call": "x"}'
    assert cli("rules", "fmt", "").code == 2


def test_published_versions_are_not_changed_whichever_way_they_are_named(cli: Cli, tmp_path: Path) -> None:
    kept = tmp_path / "versions" / "a.0123456789abcdef.yaml"
    kept.parent.mkdir()
    kept.write_text(UGLY)

    assert cli("rules", "fmt", kept.parent).err == "0 of 0 files changed.\n"
    ended = cli("rules", "fmt", kept)
    assert ended.code == 2
    assert "belongs to a published version" in ended.err
    assert kept.read_text() == UGLY
