"""One call for all: threads, processes, coroutines, and callers with decimal contexts of their own."""

from __future__ import annotations

import asyncio
import copy
import decimal
import pickle
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import mpfcheck

EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = [file.read_bytes() for file in sorted(EXAMPLES.glob("*.json"))]


@pytest.fixture
def call() -> mpfcheck.Call:
    return mpfcheck.load_call("mpf-2023-borders-security")


def test_threads_that_begin_at_once_agree(call: mpfcheck.Call) -> None:
    """From the very first check on, while sentences are read and rules compiled by whoever comes first."""
    terms: list[dict[str, object]] = [{}, {"maximum_grant_share": "0.9"}]
    expected = [call.check(data, parameters=each) for each in terms for data in FILES]

    for _ in range(4):
        fresh = mpfcheck.load_call(call.id)
        barrier = threading.Barrier(6)

        def check_all(shared: mpfcheck.Call = fresh, begin: threading.Barrier = barrier) -> list[mpfcheck.Report]:
            begin.wait()
            return [shared.check(data, parameters=each) for each in terms for data in FILES]

        with ThreadPoolExecutor(6) as pool:
            for running in [pool.submit(check_all) for _ in range(6)]:
                assert running.result() == expected


def test_a_copy_in_another_process_says_the_same_and_reads_no_file(call: mpfcheck.Call, tmp_path: Path) -> None:
    (tmp_path / "call.pickle").write_bytes(pickle.dumps((call, FILES)))
    code = """
import pathlib, pickle, sys
call, files = pickle.loads(pathlib.Path("call.pickle").read_bytes())
import mpfcheck.packs.load
def forbidden(*_): raise AssertionError("a file of a call is read")
import mpfcheck.packs.folder
mpfcheck.packs.folder.PackFolder.read = forbidden
sys.stdout.buffer.write(pickle.dumps([call.check(data) for data in files]))
"""
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True)

    assert pickle.loads(run.stdout) == [call.check(data) for data in FILES]  # noqa: S301 - our own process wrote it


def test_the_check_of_a_proposal_imports_nothing() -> None:
    """Python holds a lock during each import; in a process that is forked off meanwhile, nobody ever releases it."""
    code = """
import pathlib, sys
import mpfcheck
call, before = mpfcheck.load_call("mpf-2023-borders-security"), set(sys.modules)
for name in sys.argv[1:] * 2:
    call.check(pathlib.Path(name))
print(set(sys.modules) - before)
"""
    files = [
        str(path)
        for path in sorted(EXAMPLES.rglob("*.json"))
        if not path.name.startswith("broken") and ".part." not in path.name
    ]
    run = subprocess.run([sys.executable, "-c", code, *files], capture_output=True, check=True, text=True)

    assert run.stdout == "set()\n"


def test_what_a_check_takes_and_gives_can_be_copied(call: mpfcheck.Call) -> None:
    for data in FILES:
        report = call.check(data, parameters={"bmvi_pot": 1}, rules=["POT-1", "FUND-1"])
        if report.verdict is mpfcheck.Verdict.INVALID:
            continue
        for same in (pickle.loads(pickle.dumps(report)), copy.deepcopy(report), copy.copy(report)):  # noqa: S301
            assert same == report
            assert same.changed == {"bmvi_pot": "1"}
            with pytest.raises(TypeError):
                same.changed["x"] = "1"  # type: ignore[index]
    proposal = mpfcheck.Proposal.from_json((EXAMPLES / "eligible-lithuania-moldova.json").read_bytes())
    assert pickle.loads(pickle.dumps(proposal)) == proposal  # noqa: S301


def test_errors_travel_between_processes(call: mpfcheck.Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that cannot be pickled leaves a pool of processes hanging."""
    monkeypatch.setattr("mpfcheck.extra.find_spec", lambda _name: None)
    (tmp_path / "broken-2026").mkdir()
    (tmp_path / "broken-2026" / "call.yaml").write_text("id: broken-2026\n", encoding="utf-8")
    causes = (
        lambda: call.check({}, parameters={"none": 1}),
        lambda: call.check({}, rules=["NONE-1"]),
        lambda: mpfcheck.load_call("mpf-2023-border-security"),
        lambda: mpfcheck.load_call("broken-2026", [tmp_path]),
        lambda: mpfcheck.Report.model_validate_json("{}"),
        lambda: call.outlook({}),
    )
    kinds = set()
    for cause in causes:
        with pytest.raises(Exception) as caught:  # noqa: PT011 - which one it is, is told below
            cause()
        same = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
        assert (type(same), str(same), vars(same)) == (type(caught.value), str(caught.value), vars(caught.value))
        kinds.add(type(same))
    assert kinds == {getattr(mpfcheck, name) for name in mpfcheck.__all__ if name.endswith("Error")}


def test_coroutines_check_at_once_or_in_threads(call: mpfcheck.Call) -> None:
    expected = [call.check(data) for data in FILES]

    async def check_all() -> None:
        assert [call.check(data) for data in FILES] == expected
        in_threads = await asyncio.gather(*(asyncio.to_thread(call.check, data) for data in FILES))
        assert list(in_threads) == expected

    asyncio.run(check_all())


def test_the_callers_decimal_context_neither_matters_nor_changes(call: mpfcheck.Call) -> None:
    expected = [call.check(data) for data in FILES]
    with decimal.localcontext(decimal.Context(prec=2, traps=[decimal.Inexact, decimal.FloatOperation])) as context:
        before = (context.prec, dict(context.traps), dict(context.flags))
        for _ in range(5):
            assert [call.check(data) for data in FILES] == expected
        assert decimal.getcontext() is context
        assert (context.prec, dict(context.traps), dict(context.flags)) == before


def test_a_call_cannot_be_changed(call: mpfcheck.Call) -> None:
    with pytest.raises(AttributeError):
        call.data = call.data  # type: ignore[misc]
    with pytest.raises(AttributeError, match="immutable"):
        call.data.title = "another"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="immutable"):
        call.data.rules[0].title = "another"  # type: ignore[misc]
