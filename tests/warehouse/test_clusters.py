"""The pages about clusters, on the real engines: two local workers say what ``check`` says.

The engines are large, so they are not installed with what the other tests need: ``make cluster`` installs them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import mpfcheck
from benchmarks.generate import Mix, proposals
from tests.docs.markdown import blocks

ROOT = Path(__file__).resolve().parents[2]
CALL = "mpf-2023-borders-security"
SPARK = find_spec("pyspark") is not None and shutil.which("java") is not None

pytestmark = pytest.mark.timeout(900)

_ON_SPARK = """
import json
lines, told, said = sys.argv[1:]
rows = checked(spark.read.text(lines).repartition(2)).collect()
Path(told).write_text(json.dumps([row.asDict(recursive=True) for row in rows]))
rows = judged(lines).collect()
Path(said).write_text(json.dumps([row.asDict(recursive=True) for row in rows]))
"""
_ON_RAY = """
import json, sys
from pathlib import Path
lines, told = sys.argv[1:]
Path(told).write_text(json.dumps(checked(lines).take_all()))
"""


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Complete and half-filled proposals, one with an open list, one that is not a proposal."""
    open_list = {"call": CALL, "title": "Open", "co_applicants": [{"kind": "ngo"}], "open": ["/co_applicants"]}
    every = [*proposals(40, 3), *proposals(40, 4, Mix.HALF_FILLED), json.dumps(open_list).encode(), b'{"fund": 3}']
    path = tmp_path_factory.mktemp("cluster") / "lines.jsonl"
    path.write_bytes(b"\n".join(every) + b"\n")
    return path


def run_page(page: str, more: str, folder: Path, *arguments: Path) -> None:
    """The Python of a page from top to bottom, then more, in a process of its own."""
    program = folder / "page_about_a_cluster.py"
    text = [block.text for block in blocks(f"how-to/{page}.md", "python")]
    program.write_text("\n".join([*text, more]), encoding="utf-8")
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
    ended = subprocess.run(
        [sys.executable, str(program), *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr[-4000:]


def require_what_check_says(rows: list[dict[str, Any]], text: str, lines: Path) -> None:
    """Each row has the verdict and statuses of its proposal, and no proposal is lost."""
    call = mpfcheck.load_call(CALL)
    assert sorted(row[text] for row in rows) == sorted(lines.read_text(encoding="utf-8").splitlines())
    for row in rows:
        report = call.check(row[text])
        assert row["verdict"] == report.verdict.value
        assert (row["statuses"] or {}) == {one.rule: one.status.value for one in report.results}


@pytest.mark.skipif(not SPARK, reason="pyspark or Java is not installed: make cluster checks on Spark")
def test_workers_of_spark_and_the_rules_as_sql_there_say_what_check_says(lines: Path, tmp_path: Path) -> None:
    run_page("spark", _ON_SPARK, tmp_path, lines, tmp_path / "told.json", tmp_path / "said.json")

    require_what_check_says(json.loads((tmp_path / "told.json").read_text(encoding="utf-8")), "value", lines)
    call = mpfcheck.load_call(CALL)
    texts = lines.read_text(encoding="utf-8").splitlines()
    said = json.loads((tmp_path / "said.json").read_text(encoding="utf-8"))
    reports = {row["line"]: call.check(texts[row["line"] - 1]) for row in said}
    assert reports.keys() == {number for number, text in enumerate(texts, 1) if call.verdict(text).value != "invalid"}
    known = 0
    for row in said:
        report = reports[row["line"]]
        assert row["verdict"] in (None, report.verdict.value)
        for result in report.results:
            assert row[result.rule] in (None, result.status.value), result.rule
            known += row[result.rule] is not None
    assert known > 0.8 * len(said) * len(call.rules)


@pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed: make cluster checks on Ray Data")
def test_workers_of_ray_say_what_check_says(lines: Path, tmp_path: Path) -> None:
    run_page("ray", _ON_RAY, tmp_path, lines, tmp_path / "told.json")

    require_what_check_says(json.loads((tmp_path / "told.json").read_text(encoding="utf-8")), "text", lines)
