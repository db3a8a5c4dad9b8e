"""Calls that other packages bring along: found by their entry point, after those given and those shipped."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import mpfcheck
from mpfcheck.cli.main import mpfcheck as program
from mpfcheck.drafting.desk import Desk
from mpfcheck.packs.find import shipped_rules
from mpfcheck.service.terms import Calls

SHIPPED = "mpf-2023-borders-security"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of installed packages."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    before = set(sys.modules)
    yield folder
    for name in set(sys.modules) - before:
        if name.split(".")[0] in ("ministry", "broken"):
            del sys.modules[name]


def install(site: Path, name: str, holder: str, code: str = "") -> Path:
    """Put a package there whose metadata say that calls are in ``holder``; the folder of the package."""
    package = site / name
    package.mkdir()
    (package / "__init__.py").write_text(code, encoding="utf-8")
    metadata = site / f"{name}-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text(f"[mpfcheck.calls]\nours = {holder}\n", encoding="utf-8")
    return package


def put_call(folder: Path, call_id: str) -> None:
    """Put a call there that is like the shipped one but for its id."""
    shutil.copytree(shipped_rules() / SHIPPED, folder / call_id)
    file = folder / call_id / "call.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(f"id: {SHIPPED}", f"id: {call_id}"), encoding="utf-8")


def test_a_call_of_another_package_is_found(site: Path) -> None:
    put_call(install(site, "ministry", "ministry.calls") / "calls", "ministry-2026")

    assert {"ministry-2026", SHIPPED} <= set(mpfcheck.list_calls())
    report = mpfcheck.load_call("ministry-2026").check({"fund": "AMIF"})
    assert report.call is not None
    assert report.call.id == "ministry-2026"
    assert [result.rule for result in report.failed] == ["FUND-1"]


def test_the_command_line_finds_it_too(site: Path, tmp_path: Path) -> None:
    put_call(install(site, "ministry", "ministry.calls") / "calls", "ministry-2026")
    proposal = tmp_path / "proposal.json"
    proposal.write_text('{"call": "ministry-2026", "fund": "AMIF"}', encoding="utf-8")

    run = CliRunner().invoke(program, ["check", str(proposal)])

    assert "Call ministry-2026" in run.output


def test_a_package_does_not_replace_a_shipped_call(site: Path) -> None:
    folder = install(site, "ministry", "ministry.calls") / "calls"
    put_call(folder, SHIPPED)

    assert mpfcheck.load_call(SHIPPED).data.folder == shipped_rules() / SHIPPED
    assert mpfcheck.load_call(SHIPPED, [folder]).data.folder == folder / SHIPPED


@pytest.mark.parametrize(
    ("holder", "code", "trouble"),
    [
        ("ministry.no_such", "", "there is no such package"),
        ("broken.calls", "", "ModuleNotFoundError"),
        ("ministry.calls", "raise RuntimeError('out of order')", "RuntimeError: out of order"),
        ("ministry.calls", "raise SystemExit(3)", "SystemExit: 3"),
        ("no module at all!", "", "AttributeError"),
    ],
)
def test_a_package_that_cannot_be_used_is_told_where_it_matters(
    site: Path, holder: str, code: str, trouble: str
) -> None:
    install(site, "ministry", holder, code)

    assert mpfcheck.load_call(SHIPPED).id == SHIPPED
    assert SHIPPED in mpfcheck.list_calls()
    with pytest.raises(mpfcheck.UnknownCallError, match="ours") as caught:
        mpfcheck.load_call("ministry-2026")
    assert trouble in str(caught.value)
    run = CliRunner().invoke(program, ["calls"])
    assert SHIPPED in run.output
    assert trouble in run.output
    assert any(trouble in words for words in Desk().left_out())
    assert SHIPPED in {call.id for call in Desk().calls()}
    assert mpfcheck.check({"call": SHIPPED}).call is not None


@pytest.mark.parametrize("folder", ["nope", "", "a\x00b", "file", "file/inside"])
def test_a_folder_that_is_none_is_refused_as_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    refusals = []
    for use in (
        lambda: mpfcheck.list_calls([folder]),
        lambda: mpfcheck.load_call(SHIPPED, [tmp_path, folder]),
        lambda: mpfcheck.check({"call": SHIPPED}, folders=[folder]),
    ):
        with pytest.raises((FileNotFoundError, NotADirectoryError)) as caught:
            use()
        refusals.append(str(caught.value))
    assert len(set(refusals)) == 1
    if folder and "\x00" not in folder:  # No command line gets as far with those.
        assert refusals[0] in CliRunner().invoke(program, ["calls", "--rules", folder]).output


def test_a_broken_call_in_a_folder_takes_no_other_down(tmp_path: Path) -> None:
    put_call(tmp_path, "ministry-2026")
    (tmp_path / "broken-2026").mkdir()
    (tmp_path / "broken-2026" / "call.yaml").write_text("id: [\n", encoding="utf-8")
    (tmp_path / "closed-2026").mkdir(mode=0)
    (tmp_path / "circle-2026").symlink_to("circle-2026")
    try:
        assert {"broken-2026", "ministry-2026", SHIPPED} <= set(mpfcheck.list_calls([tmp_path]))
        for good in ("ministry-2026", SHIPPED):
            assert mpfcheck.check({"call": good}, folders=[tmp_path]).call is not None
        with pytest.raises(mpfcheck.PackError):
            mpfcheck.load_call("broken-2026", [tmp_path])
        run = CliRunner().invoke(program, ["calls", "--rules", str(tmp_path)])
        assert run.exit_code == 4
        assert "broken-2026 cannot be used" in run.output
        assert "ministry-2026" in run.output
        assert any("broken-2026" in words for words in Desk([tmp_path]).left_out())
        calls = Calls([tmp_path])
        assert "ministry-2026" in calls.ids()
        assert list(calls.broken) == ["broken-2026"]
    finally:
        (tmp_path / "closed-2026").chmod(0o700)


def test_loading_a_shipped_call_imports_no_package(site: Path) -> None:
    install(site, "ministry", "ministry.calls", "raise AssertionError('imported')")

    mpfcheck.load_call(SHIPPED)

    assert "ministry" not in sys.modules


def test_calls_beside_package_data_are_given_as_a_folder(tmp_path: Path) -> None:
    put_call(tmp_path, "ministry-2026")

    assert mpfcheck.load_call("ministry-2026", [tmp_path]).id == "ministry-2026"
    assert mpfcheck.load_call("ministry-2026", [str(tmp_path / "ministry-2026")]).id == "ministry-2026"
    with pytest.raises(TypeError, match="as a list"):
        mpfcheck.load_call("ministry-2026", str(tmp_path))
