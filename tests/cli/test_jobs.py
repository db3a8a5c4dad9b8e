"""Many proposals in several processes: the same reports in the same order, whatever happens to a process."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mpfcheck.checking.checker import Checker
from mpfcheck.engine import processes, stream
from tests.cli.conftest import Cli
from tests.cli.lethal import ENDING, KILLING, lethal_work, stillborn_work

pytestmark = pytest.mark.skipif(os.name == "nt", reason="these tests send signals")

Write = Callable[..., str]
Proposal = dict[str, Any]
FEW = 5


@pytest.fixture
def early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start processes for a few inputs, and leave the others to them even if they take long to start."""
    monkeypatch.setattr(stream, "PAYS_AFTER", FEW)
    monkeypatch.setattr(processes.Processes, "ready", lambda _: True)


def small(number: int, **changes: object) -> bytes:
    """A line that the small call of the tests is for."""
    proposal = {"call": "small-call", "title": f"number {number}", "budget": {"total": f"{1000 + number}.00"}}
    return json.dumps(proposal | changes).encode() + b"\n"


def lines_of(out: str) -> list[int]:
    return [json.loads(line)["input"]["line"] for line in out.splitlines()]


def verdicts(out: str) -> list[str]:
    return [json.loads(line)["verdict"] for line in out.splitlines()]


@pytest.mark.usefixtures("early")
@pytest.mark.parametrize("format_name", ["text", "json", "jsonl", "csv", "html", "markdown", "junit", "sarif"])
def test_reports_are_the_same_in_one_process_and_in_several(
    cli: Cli, write: Write, proposal: Proposal, pack: Callable[..., Path], format_name: str
) -> None:
    """Mixed calls, files and lines, good ones and all sorts of bad ones."""
    lines = b"".join(
        [
            *(small(number) for number in range(20)),
            b"not a proposal\n",
            b'{"call": "nobody-knows"}\n\n',
            small(40, budget={"total": "999.99"}),
            json.dumps(proposal).encode() + b"\n",
            json.dumps(proposal | {"fund": None}).encode() + b"\n",
            small(41, fund=3),
            *(small(number) for number in range(42, 60)),
        ]
    )
    write(lines, "many.jsonl")
    write(gzip.compress(lines), "packed.jsonl.gz")
    write(proposal | {"fund": "AMIF"}, "one.json")
    cli("check", "one.json", "many.jsonl", "--rules", pack(), "--format", "jsonl", "--output", "old")
    arguments = ("check", "many.jsonl", "nowhere.json", "one.json", "packed.jsonl.gz", "--rules", pack())
    arguments += ("--baseline", "old", "--fail-on", "new")
    if format_name in ("text", "json", "html", "markdown"):
        arguments += ("--compare-as-of", "2023-03-09")
    alone = cli(*arguments, "--format", format_name, "--jobs", "1")
    together = cli(*arguments, "--format", format_name, "--jobs", "2")

    assert together == alone
    assert alone.code == 3
    assert len(alone.out) > 1000


@pytest.mark.usefixtures("early")
def test_results_come_in_the_order_of_the_inputs(cli: Cli, write: Write, pack: Callable[..., Path]) -> None:
    """Also where the first ones take longest."""
    slow = [small(number, summary="x" * 400_000) for number in range(12)]
    write(b"".join([*slow, *(small(number) for number in range(300))]), "many.jsonl")
    ended = cli("check", "many.jsonl", "--rules", pack(), "--format", "jsonl", "--jobs", "3")

    assert lines_of(ended.out) == list(range(1, 313))


@pytest.mark.usefixtures("early")
def test_an_input_that_kills_its_process_is_inconclusive_and_the_others_are_checked(
    cli: Cli, write: Write, pack: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "work", lethal_work)
    lines = [small(number) for number in range(150)]
    lines[30] = small(30, title=KILLING.decode())
    lines[31] = small(31, title=ENDING.decode())
    lines[149] = small(149, title=KILLING.decode())
    write(b"".join(lines), "many.jsonl")
    ended = cli("check", "many.jsonl", "--rules", pack(), "--format", "jsonl", "--jobs", "2", "--fail-on", "never")
    reports = [json.loads(line) for line in ended.out.splitlines()]

    assert [report["input"]["line"] for report in reports] == list(range(1, 151))
    assert [report["input"]["line"] for report in reports if report["verdict"] == "inconclusive"] == [31, 32, 150]
    assert {report["verdict"] for report in reports} == {"inconclusive", "eligible"}
    assert "SIGKILL" in reports[30]["problems"][0]["message"]
    assert "exit code 3" in reports[31]["problems"][0]["message"]
    assert reports[30]["input"]["sha256"]
    assert ended.code == 5
    assert ended.err == ""


@pytest.mark.usefixtures("early")
def test_where_no_process_can_be_started_the_first_one_does_it_all(
    cli: Cli, write: Write, pack: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "work", stillborn_work)
    monkeypatch.setattr(processes, "MOST_FALSE_STARTS", 2)
    write(b"".join(map(small, range(150))), "many.jsonl")
    ended = cli("check", "many.jsonl", "--rules", pack(), "--format", "jsonl", "--jobs", "2")

    assert lines_of(ended.out) == list(range(1, 151))
    assert ended.code == 0


@pytest.mark.usefixtures("early")
def test_a_broken_pack_is_said_once_whoever_meets_it(cli: Cli, write: Write, pack: Callable[..., Path]) -> None:
    write(b"".join(map(small, range(150))), "many.jsonl")
    folder = pack(size="- id: SIZE-1\n  severity: blockin\n")
    ended = cli("check", "many.jsonl", "--rules", folder, "--format", "jsonl", "--jobs", "2")

    assert ended.code == 4
    assert verdicts(ended.out) == ["inconclusive"] * 150
    assert ended.err.count("cannot be used") == 1


@pytest.mark.usefixtures("early")
def test_a_parameter_the_call_of_a_late_proposal_does_not_have_is_wrong_usage(
    cli: Cli, write: Write, proposal: Proposal, pack: Callable[..., Path]
) -> None:
    write(b"".join([*map(small, range(149)), json.dumps(proposal).encode()]), "many.jsonl")
    ended = cli("check", "many.jsonl", "--rules", pack(), "--set", "smallest_total=5", "--jobs", "2")

    assert ended.code == 2
    assert "smallest_total" in ended.err


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ZeroDivisionError("by nothing"), "ZeroDivisionError: by nothing (cli/test_jobs.py, line "),
        (MemoryError(), "not enough memory"),
        (RecursionError(), "mpfcheck failed on this input: RecursionError ("),
    ],
)
def test_an_input_mpfcheck_fails_at_is_inconclusive_and_the_others_are_checked(
    cli: Cli, write: Write, proposal: Proposal, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    real = Checker.report

    def report(checker: Checker, answers: Any, **more: Any) -> Any:
        if answers["title"] == "cursed":
            raise error
        return real(checker, answers, **more)

    monkeypatch.setattr(Checker, "report", report)
    write(proposal | {"title": "cursed"}, "a.json")
    write(proposal, "b.json")
    ended = cli("check", "a.json", "b.json", "--format", "json", "--fail-on", "never")
    first, second = ended.json()["reports"]

    assert ended.code == 5
    assert (first["verdict"], second["verdict"]) == ("inconclusive", "eligible")
    assert said in first["problems"][0]["message"]
    assert first["input"]["path"] == "a.json"
    assert first["input"]["sha256"]


def test_a_few_inputs_start_no_process(
    cli: Cli, write: Write, pack: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(processes.Processes, "__init__", refuse)
    write(b"".join(map(small, range(stream.PAYS_AFTER))), "few.jsonl")
    write(b"".join(map(small, range(stream.PAYS_AFTER + 50))), "more.jsonl")

    assert cli("check", "few.jsonl", "--rules", pack(), "--format", "jsonl", "--jobs", "2").code == 0
    assert cli("check", "more.jsonl", "--rules", pack(), "--format", "jsonl", "--jobs", "1").code == 0


@pytest.mark.parametrize("number", ["0", "-1", "many"])
def test_no_jobs_are_wrong_usage(cli: Cli, write: Write, proposal: Proposal, number: str) -> None:
    ended = cli("check", write(proposal), "--jobs", number)

    assert ended.code == 2
    assert "--jobs" in ended.err


class Running:
    """A run in two processes that waits for more lines."""

    def __init__(self, folder: Path, rules: Path) -> None:
        self.out = folder / "out.jsonl"
        self._sent = 0
        command = [sys.executable, "-m", "mpfcheck", "check", "-", "--format", "jsonl", "--jobs", "2"]
        with self.out.open("wb") as out:
            self.process = subprocess.Popen(
                [*command, "--rules", rules],
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )

    def send(self, count: int) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"".join(map(small, range(self._sent, self._sent + count))))
        self.process.stdin.flush()
        self._sent += count

    def workers(self, count: int = 2) -> list[int]:
        """The processes it has started that check, once they are there."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
            found = [int(child) for child in children if b"spawn_main" in _command(child)]
            if len(found) == count:
                return found
            time.sleep(0.02)
        raise AssertionError("no processes were started")

    def end(self) -> tuple[int, list[dict[str, Any]], str]:
        """Send nothing more; the exit code, the reports, and what was said."""
        _, said = self.process.communicate(timeout=120)
        return self.process.returncode, list(map(json.loads, self.out.read_text().splitlines())), said.decode()


def _command(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.fixture
def running(tmp_path: Path, pack: Callable[..., Path]) -> Iterator[Running]:
    if not Path("/proc/self/task").exists():
        pytest.skip("there is no /proc here")
    run = Running(tmp_path, pack())
    yield run
    run.process.kill()
    run.process.communicate()


def test_a_process_that_is_killed_from_outside_costs_nothing(running: Running) -> None:
    running.send(2000)
    victim, _ = running.workers()
    os.kill(victim, signal.SIGKILL)
    running.send(2000)
    code, reports, said = running.end()

    assert code == 0
    assert said == ""
    assert [report["input"]["line"] for report in reports] == list(range(1, 4001))
    assert {report["verdict"] for report in reports} == {"eligible"}


@pytest.mark.parametrize("everybody", [True, False], ids=["terminal", "one process"])
def test_an_interruption_ends_all_processes_and_writes_what_is_finished(running: Running, everybody: bool) -> None:
    """A terminal sends Ctrl-C to every process in it, a supervisor only to the first."""
    running.send(2000)
    workers = running.workers()
    time.sleep(0.5)
    (os.killpg if everybody else os.kill)(running.process.pid, signal.SIGINT)
    code, reports, said = running.end()

    assert code == 130
    assert said.startswith("Interrupted. The report is not complete: ")
    assert len(reports) >= stream.PAYS_AFTER
    assert [report["input"]["line"] for report in reports] == list(range(1, len(reports) + 1))
    assert not any(b"spawn_main" in _command(str(worker)) for worker in workers)


def test_no_process_outlives_the_first_one(running: Running) -> None:
    running.send(2000)
    workers = running.workers()
    running.process.kill()
    end = time.monotonic() + 30
    while time.monotonic() < end and any(b"spawn_main" in _command(str(worker)) for worker in workers):
        time.sleep(0.05)

    assert not any(b"spawn_main" in _command(str(worker)) for worker in workers)


MEASURED = """
import resource, sys
from pathlib import Path
from mpfcheck.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    assert end.code == 0, end.code
own = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]
print(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="there is no /proc here")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_memory_does_not_grow_with_the_number_of_proposals(
    tmp_path: Path, pack: Callable[..., Path], jobs: str
) -> None:
    def peak(count: int) -> list[int]:
        lines = tmp_path / "lines.jsonl"
        with lines.open("wb") as file:
            for number in range(count):
                file.write(small(number, summary=f"{number} ".ljust(6000, "x")))
        arguments = ["check", lines, "--rules", pack(), "--format", "jsonl", "--output", os.devnull, "--jobs", jobs]
        done = subprocess.run([sys.executable, "-c", MEASURED, *arguments], capture_output=True, check=True)
        return [int(kib) for kib in done.stdout.split()]

    few, many = peak(1500), peak(15_000)

    # Ten times as many, and 80 MB more to read.
    assert all(after - before < 8 * 1024 for before, after in zip(few, many, strict=True)), (few, many)
