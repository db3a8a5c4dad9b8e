"""Who may import whom, and what a start costs."""

from __future__ import annotations

import json
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
ELIGIBLE = ROOT / "examples" / "eligible-lithuania-moldova.json"
SLOW = {
    *("textual", "rich", "pydantic", "pydantic_core", "jsonschema", "importlib.metadata", "asyncio", "difflib"),
    *("typst", "docx", "lxml", "xlsxwriter", "python_calamine", "multiprocessing", "z3"),
    *("duckdb", "pyarrow", "pandas", "polars", "mpfcheck.warehouse.walk"),
}
"""Modules that cost more to import than a proposal costs to check."""


def loaded_after(code: str) -> set[str]:
    """The names of the modules a fresh process holds after some code."""
    tell = "import json, sys; sys.stderr.write('\\n' + json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", f"{code}\n{tell}"], capture_output=True, check=True, text=True)
    modules: list[str] = json.loads(run.stderr.splitlines()[-1])
    return set(modules)


def test_imports_keep_to_the_contracts() -> None:
    """The contracts of pyproject.toml hold: rooms in one direction, one door to each library."""
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    run = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, check=False, text=True)

    assert run.returncode == 0, run.stdout + run.stderr


def test_no_module_needs_itself() -> None:
    """Import-linter compares neighbours: it does not see a package that imports a module which imports the package."""
    graph = grimp.build_graph("mpfcheck", exclude_type_checking_imports=False, cache_dir=None)
    TopologicalSorter({name: graph.find_modules_directly_imported_by(name) for name in graph.modules}).prepare()


def test_the_command_line_loads_nothing_before_it_heeds_signals() -> None:
    """Until then, Python answers Ctrl-C with a traceback. What it loads for itself is not ours."""
    assert loaded_after("import mpfcheck.cli") - loaded_after("") == {"mpfcheck", "mpfcheck.cli"}


def test_checking_a_good_file_loads_nothing_slow() -> None:
    code = f"""
from mpfcheck.cli.main import main
try:
    main(["check", {str(ELIGIBLE)!r}])
except SystemExit as end:
    assert end.code == 0, end.code
"""
    assert not loaded_after(code) & SLOW


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_loads_no_engine(argument: str) -> None:
    code = f"""
from mpfcheck.cli.main import main
try:
    main([{argument!r}])
except SystemExit:
    pass
"""
    loaded = loaded_after(code)

    assert not loaded & (SLOW | {"yaml", "jiter"})
    assert not any(name.startswith(("mpfcheck.feel", "mpfcheck.packs", "mpfcheck.checking")) for name in loaded)
