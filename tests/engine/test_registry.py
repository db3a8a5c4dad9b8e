"""The one registry of calls and checkers: each is made once, few are kept, and threads and forks share it."""

from __future__ import annotations

import os
import pickle
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mpfcheck.checking.checker import ParameterError, UnknownRuleError
from mpfcheck.engine import registry as module
from mpfcheck.engine.check import Engine
from mpfcheck.engine.registry import BrokenCallError, KeptCalls, Registry, Terms
from mpfcheck.packs.call import Call
from mpfcheck.packs.find import UnknownCallError
from mpfcheck.packs.load import load_call, load_pack
from mpfcheck.packs.mistake import PackError
from mpfcheck.reading.inputs import read_file

ROOT = Path(__file__).resolve().parents[2]
CALL = "mpf-2023-borders-security"
ELIGIBLE = ROOT / "examples" / "eligible-lithuania-moldova.json"


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The calls that are loaded meanwhile."""
    found: list[str] = []
    load: Callable[..., object] = load_call

    def counted(call_id: str, *arguments: object, **more: object) -> object:
        found.append(call_id)
        return load(call_id, *arguments, **more)

    monkeypatch.setattr(module, "load_call", counted)
    return found


def test_a_call_is_loaded_once_by_however_many_threads(loads: list[str]) -> None:
    registry = Registry()
    with ThreadPoolExecutor(8) as threads:
        checkers = list(threads.map(lambda _: registry.checker(CALL), range(32)))

    assert loads == [CALL]
    assert len(set(map(id, checkers))) == 1


def test_the_same_terms_have_the_same_checker() -> None:
    registry = Registry()
    share = ("maximum_grant_share", "0.9")

    assert registry.checker(CALL, Terms(changes=(share,))) is registry.checker(CALL, Terms(changes=(share,)))
    as_number = Terms(changes=((share[0], Decimal("0.9")),))
    assert registry.checker(CALL, Terms(changes=(share,))) is registry.checker(CALL, as_number)
    assert registry.checker(CALL, Terms(changes=(share,))) is not registry.checker(CALL)
    rules = Terms(rules=("BUDGET-2", "BUDGET-1"))
    assert registry.checker(CALL, rules) is registry.checker(CALL, Terms(rules=("BUDGET-1", "BUDGET-2")))


def test_terms_without_end_take_no_memory_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CHECKERS", 3)
    checkers = Registry().checkers(CALL)
    made = [checkers.get(Terms(day=date(2024, 1, day))) for day in range(1, 6)]

    assert len(checkers._known) == 3
    assert checkers.get(Terms(day=date(2024, 1, 5))) is made[-1]
    assert checkers.get(Terms(day=date(2024, 1, 1))) is not made[0]


def test_few_calls_are_kept(monkeypatch: pytest.MonkeyPatch, loads: list[str]) -> None:
    monkeypatch.setattr(module, "MOST_CALLS", 1)
    registry = Registry()
    first, second = registry.ids()[:2]
    for call_id in (first, first, second, first):
        registry.call(call_id)

    assert loads == [first, second, first]


def test_a_broken_call_is_read_once_and_says_what_is_wrong(tmp_path: Path, loads: list[str]) -> None:
    folder = tmp_path / "broken-call"
    folder.mkdir()
    (folder / "call.yaml").write_text("nonsense: true\n", encoding="utf-8")
    registry = Registry([tmp_path])
    for _ in range(2):
        with pytest.raises(BrokenCallError) as broken:
            registry.call("broken-call")
    copied = pickle.loads(pickle.dumps(broken.value))  # noqa: S301 - our own

    assert loads == ["broken-call"]
    assert (copied.call_id, copied.mistakes) == ("broken-call", broken.value.mistakes)
    assert copied.mistakes


def test_what_is_wrong_with_terms_is_raised() -> None:
    registry = Registry()
    with pytest.raises(UnknownCallError):
        registry.checker("no-such-call")
    with pytest.raises(ParameterError):
        registry.checker(CALL, Terms(changes=(("no_such_parameter", "1"),)))
    with pytest.raises(UnknownRuleError):
        registry.checker(CALL, Terms(rules=("NO-1",)))


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_name_of_a_call_is_quoted(blank: str) -> None:
    with pytest.raises(UnknownCallError, match=f'^There is no call "{blank}"\\.'):
        Registry().call(blank)


def test_once_all_calls_are_loaded_no_other_is_looked_for(tmp_path: Path, loads: list[str]) -> None:
    registry = Registry([tmp_path])
    registry.load_all()
    loads.clear()
    (tmp_path / "late-call").mkdir()
    (tmp_path / "late-call" / "call.yaml").write_text("", encoding="utf-8")

    assert "late-call" not in registry.ids()
    with pytest.raises(UnknownCallError):
        registry.call("late-call")
    assert not loads


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders of calls that are kept ready meanwhile; ``tmp_path/calls`` holds one, written long ago."""
    folder = tmp_path / "calls" / "a-call"
    shutil.copytree(ROOT / "rules" / CALL, folder)
    for name in ("codelists", "shared"):
        shutil.copytree(ROOT / "rules" / name, folder.parent / name)
    # No file elsewhere has a part in it, whenever that was written.
    monkeypatch.setattr("mpfcheck.packs.load.shipped_rules", lambda: folder.parent)
    file = folder / "call.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(f"id: {CALL}", "id: a-call"), encoding="utf-8")
    written_long_ago(tmp_path)
    found: list[str] = []
    load: Callable[..., Call] = load_pack

    def counted(folder: Path, **more: bool) -> Call:
        found.append(folder.name)
        return load(folder, **more)

    monkeypatch.setattr(module, "load_pack", counted)
    return found


def written_long_ago(folder: Path) -> None:
    for one in (folder, *folder.rglob("*")):
        os.utime(one, (10**9, 10**9), follow_symlinks=False)


def test_a_kept_call_is_loaded_once_by_however_many_threads(tmp_path: Path, packs: list[str]) -> None:
    kept = KeptCalls()
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: kept.checkers("a-call", [tmp_path / "calls"]), range(32)))

    assert packs == ["a-call"]
    assert len(set(map(id, found))) == 1


@pytest.mark.usefixtures("packs")
@pytest.mark.parametrize(
    "place",
    ["calls/a-call/lead.yaml", "calls/shared/budget.yaml", "calls/codelists/added.yaml", "forms/a-call.yaml"],
)
def test_a_kept_call_is_loaded_again_when_a_file_of_it_is_written(tmp_path: Path, place: str) -> None:
    """Also one that was not there, one of the same length and time, and one that is removed."""
    kept = KeptCalls()
    file = tmp_path / place
    added = not file.exists()
    (tmp_path / "calls" / "a-call" / "nowhere.yaml").symlink_to("nothing")
    written_long_ago(tmp_path)
    first = kept.checkers("a-call", [tmp_path / "calls"])
    content = b"# nothing\n" if added else file.read_bytes()
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    file.write_bytes(content)
    os.utime(file, (10**9, 10**9))

    again = kept.checkers("a-call", [tmp_path / "calls"])
    assert again is not first
    assert kept.checkers("a-call", [tmp_path / "calls"]) is again
    if added:
        file.unlink()
        assert kept.checkers("a-call", [tmp_path / "calls"]) is not again


def test_a_call_that_is_being_written_or_broken_is_not_kept(tmp_path: Path, packs: list[str]) -> None:
    kept = KeptCalls()
    file = tmp_path / "calls" / "a-call" / "lead.yaml"
    os.utime(file, (2 * 10**10, 2 * 10**10))  # as good as now: what is written next may have the same time
    first = kept.checkers("a-call", [tmp_path / "calls"])
    assert kept.checkers("a-call", [tmp_path / "calls"]) is not first

    file.write_text("- id: [", encoding="utf-8")
    written_long_ago(tmp_path)
    for _ in range(2):
        with pytest.raises(PackError):
            kept.checkers("a-call", [tmp_path / "calls"])
    assert len(packs) == 4
    assert not kept._known


def test_few_calls_are_kept_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_KEPT", 1)
    monkeypatch.setattr(module, "files_state", lambda _: ("the same", 0))
    kept = KeptCalls()
    first, second = Registry().ids()[:2]
    one = kept.checkers(first, ())
    assert kept.checkers(first, ()) is one
    kept.checkers(second, ())
    assert kept.checkers(first, ()) is not one


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks are of POSIX")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_process_forked_off_while_a_call_is_loaded_can_check(monkeypatch: pytest.MonkeyPatch) -> None:
    loading, go_on = threading.Event(), threading.Event()
    load: Callable[..., object] = load_call

    def slow(*arguments: object, **more: object) -> object:
        if threading.current_thread() is not threading.main_thread():
            loading.set()
            go_on.wait(60)
        return load(*arguments, **more)

    registry = Registry(whole=True)
    Registry(whole=True).checker(CALL)  # everything is imported
    monkeypatch.setattr(module, "load_call", slow)
    thread = threading.Thread(target=registry.checker, args=(CALL,))
    thread.start()
    assert loading.wait(60)
    child = os.fork()
    if child == 0:
        verdict = Engine(registry).check(read_file(ELIGIBLE)).report.verdict
        os._exit(0 if verdict == "eligible" else 1)
    _, status = os.waitpid(child, 0)
    go_on.set()
    thread.join()

    assert os.waitstatus_to_exitcode(status) == 0
