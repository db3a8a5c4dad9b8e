"""What is published works for who installs it: from a wheel, in a clean environment, in another folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ELIGIBLE = ROOT / "examples" / "eligible-lithuania-moldova.json"
PYTHONS = ("python3.11", "python3.12", "python3.13")


def run(*command: str | Path, cwd: Path) -> str:
    """Run a program as if nothing of the checkout were known, and return what it wrote."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "MPFCHECK"))}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(target: str, folder: Path, source: Path = ROOT) -> Path:
    """Build the wheel or the source distribution."""
    run(sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", folder, cwd=source)
    (built,) = folder.iterdir()
    return built


def version_of(python: str) -> str | None:
    """The version a command is, None where there is no such command or it only pretends to be there."""
    if shutil.which(python) is None:
        return None
    said = subprocess.run([python, "--version"], capture_output=True, check=False, text=True)
    return said.stdout.strip() if said.returncode == 0 else None


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


def test_the_wheel_holds_the_code_the_rules_and_the_licence_and_no_more(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    assert "mpfcheck/py.typed" in names
    assert "mpfcheck/proposal/proposal.schema.json" in names
    assert "mpfcheck/report/report.schema.json" in names
    assert "mpfcheck/packs/starter/call.yaml" in names
    assert "mpfcheck/_shipped/rules/mpf-2023-borders-security/call.yaml" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"mpfcheck"}


def test_the_source_distribution_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    archive = build("sdist", tmp_path / "sdist")
    with tarfile.open(archive) as file:
        file.extractall(tmp_path, filter="data")
    (source,) = (path for path in tmp_path.iterdir() if path.name != "sdist")
    again = build("wheel", tmp_path / "again", source)

    assert (source / "tests").is_dir()
    assert sorted(zipfile.ZipFile(again).namelist()) == sorted(zipfile.ZipFile(wheel).namelist())


@pytest.mark.parametrize("python", PYTHONS)
def test_an_installed_mpfcheck_checks_a_proposal(python: str, wheel: Path, tmp_path: Path) -> None:
    """In a clean environment of each Python there is; the running one is always there."""
    running = f"python3.{sys.version_info.minor}"
    if python == running:
        python = sys.executable
    elif not (version_of(python) or "").startswith(f"Python {python.removeprefix('python')}."):
        pytest.skip(f"there is no {python} here")
    run(python, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    programs = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    install = (programs / "python", "-m", "pip", "install", "--quiet", "--constraint", ROOT / "constraints.txt")
    run(*install, wheel, cwd=tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(ELIGIBLE, elsewhere / "proposal.json")

    assert run(programs / "mpfcheck", "check", "proposal.json", cwd=elsewhere).startswith("ELIGIBLE  proposal.json")
    assert "mpf-2023-borders-security" in run(programs / "mpfcheck", "calls", cwd=elsewhere)
    run(programs / "python", "-c", "import mpfcheck; mpfcheck.load_call('mpf-2023-borders-security')", cwd=elsewhere)
