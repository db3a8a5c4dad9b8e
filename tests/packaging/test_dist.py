"""What `make dist` builds: a program in one file, and a bill of materials with licences that go with ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Licences under which Apache-2.0 software may use a library without taking on its terms.
COMPATIBLE = {"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT OR AFL-2.1", "PSF-2.0", "Unlicense"}
COMPATIBLE |= {"License :: OSI Approved :: BSD License"}  # the words of packages that name no version of it


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder `make dist` fills, with the environment the tests run in."""
    if shutil.which("make") is None:
        pytest.skip("there is no make here")
    folder = tmp_path_factory.mktemp("dist")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", "dist", f"DIST={folder}", f"VENV={sys.prefix}", f"PYTHON={sys.executable}"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_it_holds_all_that_is_published_and_no_more(dist: Path) -> None:
    assert {place.suffix for place in dist.iterdir()} == {".whl", ".gz", ".pyz", ".json"}


def test_the_one_file_program_runs_anywhere(dist: Path, tmp_path: Path) -> None:
    """On a laptop where nothing may be installed: Python, the file, and a folder to unpack it in."""
    shutil.copy(dist / "mpfcheck.pyz", tmp_path)
    shutil.copy(ROOT / "examples" / "eligible-lithuania-moldova.json", tmp_path / "proposal.json")
    environment = {"PATH": os.environ["PATH"], "SHIV_ROOT": str(tmp_path / "unpacked"), "HOME": str(tmp_path)}

    def run(*arguments: str) -> str:
        command = [sys.executable, "-I", "mpfcheck.pyz", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert run("--version").startswith("mpfcheck ")
    assert run("check", "proposal.json").startswith("ELIGIBLE  proposal.json")
    assert "mpf-2023-borders-security" in run("calls")


def test_a_double_click_on_the_one_file_program_opens_the_form_in_the_browser(dist: Path, tmp_path: Path) -> None:
    """There is a desktop and no terminal. The browser is one that notes the address it is to open."""
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened.part; mv {tmp_path}/opened.part {tmp_path}/opened\n')
    browser.chmod(0o700)
    environment = {
        "PATH": os.environ["PATH"], "SHIV_ROOT": str(tmp_path / "unpacked"), "HOME": str(tmp_path),
        "DISPLAY": ":0", "BROWSER": str(browser),
    }  # fmt: skip
    command = [sys.executable, "-I", str(dist / "mpfcheck.pyz")]
    nothing = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment, stdin=nothing, stdout=nothing, stderr=subprocess.PIPE) as program:
        try:
            for _ in range(600):
                if (tmp_path / "opened").exists() or program.poll() is not None:
                    break
                time.sleep(0.1)
            address = (tmp_path / "opened").read_text().strip()
            opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
            with opener.open(address) as answer:
                assert b"Write a proposal" in answer.read()
        finally:
            program.terminate()


def test_the_bill_of_materials_names_what_an_installation_brings(dist: Path) -> None:
    bill = json.loads((dist / "mpfcheck.cdx.json").read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "mpfcheck")
    names = {component["name"] for component in bill["components"]}
    assert {"click", "pydantic", "PyYAML"} <= names
    assert all(component["version"] for component in bill["components"])


def test_every_licence_goes_with_ours(dist: Path) -> None:
    bill = json.loads((dist / "mpfcheck.cdx.json").read_text(encoding="utf-8"))
    said = {component["name"]: licences(component) for component in bill["components"]}
    assert {name: found for name, found in said.items() if not found or not found <= COMPATIBLE} == {}


def licences(component: dict[str, list[dict[str, dict[str, str]]]]) -> set[str]:
    """The SPDX ids or expressions of a component's licences."""
    found = set()
    for entry in component.get("licenses", []):
        licence = entry.get("license", {})
        found.add(str(entry.get("expression") or licence.get("id") or licence.get("name")))
    return found
