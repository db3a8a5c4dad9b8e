"""What docs/how-to shows is true: commands print what is shown, Python runs, and configuration does what it says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree.ElementTree import parse

import duckdb
import pytest
import yaml

from mpfcheck.packs.find import shipped_rules
from tests.docs.console import agrees, commands, run
from tests.docs.markdown import DOCS, Block, blocks

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(f"how-to/{path.name}" for path in (DOCS / "how-to").glob("*.md"))
ON_CLUSTERS = ("how-to/ray.md", "how-to/spark.md")
"""Their Python runs in tests/warehouse/test_clusters.py, where the engines are installed."""
ELIGIBLE = ROOT / "examples" / "eligible-lithuania-moldova.json"
INELIGIBLE = ROOT / "examples" / "ineligible-romania-moldova-2016.json"
CALL = "mpf-2023-borders-security"
HOOKS = ROOT / ".pre-commit-hooks.yaml"


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "console")])
def test_what_is_shown_of_a_terminal_is_what_one_sees(
    page: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A page from top to bottom, in a folder with the examples: commands write files that later ones read."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "rules").symlink_to(ROOT / "rules")
    monkeypatch.chdir(tmp_path)
    for block in blocks(page):
        if block.language in ("json", "csv") and block.file:
            (tmp_path / block.file).parent.mkdir(exist_ok=True)
            (tmp_path / block.file).write_text(block.text, encoding="utf-8")
        for command, shown in commands(block) if block.language == "console" else ():
            printed, _ = run(command)
            assert agrees(shown, printed), "\n".join([str(block), *printed])


def test_the_table_gets_its_name_in_duckdb_as_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of the shell of DuckDB, ``.read`` is all that its library does not know."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    page = "how-to/use-the-rules-elsewhere.md"
    for command in [line for block in blocks(page, "console") for line, _ in commands(block) if "-o" in line]:
        assert run(command)[1] == 0
    (block,) = blocks(page, "sql")
    view, read = block.text.splitlines()
    with duckdb.connect() as database:
        database.execute(view)
        rows = database.execute(Path(read.removeprefix(".read ")).read_text(encoding="utf-8")).fetchall()

    # The last is half-filled: NULL, because SQL cannot tell.
    assert [row[3] for row in rows] == ["eligible", "eligible", "ineligible", "ineligible", "review", None]


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python") and page not in ON_CLUSTERS])
def test_the_python_of_a_page_runs_from_top_to_bottom(page: str, tmp_path: Path) -> None:
    """In a process of its own: frameworks are set up once and for all. A warning is an error."""
    program = tmp_path / "page.py"
    program.write_text("\n".join(block.text for block in blocks(page, "python")), encoding="utf-8")

    ended = subprocess.run(
        [sys.executable, "-W", "error", str(program)], cwd=ROOT, capture_output=True, check=False, text=True
    )

    assert ended.returncode == 0, ended.stderr


def block_of(page: str, file: str) -> Block:
    (found,) = (block for block in blocks(page) if block.file == file)
    return found


def put_rules(folder: Path) -> None:
    """Put one call there as a draft, with the code lists and rules it shares: its form and old versions stay behind."""
    for name in (CALL, "codelists", "shared"):
        shutil.copytree(shipped_rules() / name, folder / name, ignore=shutil.ignore_patterns("versions.yaml"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of proposals and rules, with the hooks the page shows."""
    folder = tmp_path / "repository"
    (folder / "proposals").mkdir(parents=True)
    shutil.copy(ELIGIBLE, folder / "proposals")
    put_rules(folder / "rules")
    config = block_of("how-to/pre-commit.md", ".pre-commit-config.yaml")
    (folder / config.file).write_text(config.text, encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)  # noqa: S607
    return folder


def pre_commit(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    subprocess.run(["git", "add", "-A"], cwd=repository, check=True)  # noqa: S607
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(repository.parent / "home"),
    }
    command = [sys.executable, "-m", "pre_commit", *arguments]
    return subprocess.run(command, cwd=repository, env=environment, capture_output=True, check=False, text=True)


def test_a_commit_that_is_sound_goes_through(repository: Path) -> None:
    ended = pre_commit(repository, "run", "--all-files", "--color", "never")

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.count("Passed") == 2


def test_a_proposal_that_is_not_eligible_and_rules_with_mistakes_hold_it_up(repository: Path) -> None:
    shutil.copy(INELIGIBLE, repository / "proposals")
    rules = repository / "rules" / CALL / "lead.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("severity:", "severety:", 1), encoding="utf-8")

    ended = pre_commit(repository, "run", "--all-files", "--color", "never")

    assert ended.returncode == 1
    assert ended.stdout.count("Failed") == 2
    assert "BUDGET-1" in ended.stdout
    assert "severety" in ended.stdout


def test_the_hooks_of_the_repository_are_those_the_page_shows(repository: Path) -> None:
    ended = pre_commit(repository, "validate-manifest", str(HOOKS))
    assert ended.returncode == 0, ended.stdout + ended.stderr

    offered = {hook["id"]: hook for hook in yaml.safe_load(HOOKS.read_text(encoding="utf-8"))}
    shown = yaml.safe_load(block_of("how-to/pre-commit.md", ".pre-commit-config.yaml").text)["repos"][0]["hooks"]
    used = yaml.safe_load(blocks("how-to/pre-commit.md", "yaml")[1].text)["repos"][0]["hooks"]
    assert offered.keys() == {hook["id"] for hook in shown} == {hook["id"] for hook in used}
    for hook in shown:
        known = offered[hook["id"]]
        assert set(known["entry"].split()) <= set(hook["entry"].split())
        assert known.get("pass_filenames", True) == hook.get("pass_filenames", True)


def scripts(text: str) -> list[str]:
    """The commands of mpfcheck that a CI configuration runs, wherever they stand in it."""
    found: list[str] = []
    waiting = [yaml.safe_load(text)]
    while waiting:
        part = waiting.pop(0)
        if isinstance(part, str) and part.startswith("mpfcheck "):
            found.append(part)
        elif isinstance(part, dict | list):
            waiting += part.values() if isinstance(part, dict) else part
    return found


@pytest.mark.parametrize(
    ("file", "report"), [(".github/workflows/proposals.yaml", "mpfcheck.sarif"), (".gitlab-ci.yml", "mpfcheck.xml")]
)
def test_a_job_writes_its_report_and_fails_only_for_what_is_not_eligible(
    file: str, report: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("proposals").mkdir()
    text = block_of("how-to/continuous-integration.md", file).text
    assert text.count(report) == 2
    (command,) = scripts(text)

    shutil.copy(ELIGIBLE, "proposals")
    assert run(command)[1] == 0
    shutil.copy(INELIGIBLE, "proposals")
    assert run(command)[1] == 1

    if report.endswith("sarif"):
        results = json.loads(Path(report).read_text(encoding="utf-8"))["runs"][0]["results"]
        assert "BUDGET-1" in {result["ruleId"] for result in results}
    else:
        suites = parse(report).getroot()  # noqa: S314 - mpfcheck wrote it
        assert suites.findall(".//failure")


def test_a_pack_is_linted_and_tested_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_rules(tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    shown = scripts(blocks("how-to/continuous-integration.md", "yaml")[2].text)

    assert len(shown) == 2
    for command in shown:
        assert run(command)[1] == 0, command
