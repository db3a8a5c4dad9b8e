"""A run that a signal ends: what was finished is written, marked as not complete, and no older report is touched.

The moments are random; the seed is printed.
"""

from __future__ import annotations

import contextlib
import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mpfcheck.engine.interruption import IMPATIENT_AFTER, Interrupted, Interruption

pytestmark = pytest.mark.skipif(os.name == "nt", reason="these tests send signals")

FORMATS = ("text", "json", "jsonl", "csv", "html", "markdown", "junit", "sarif")
CODES = {signal.SIGHUP: 129, signal.SIGINT: 130, signal.SIGTERM: 143}
OLDER = "an older report, complete"
MANY = 3000


@pytest.fixture
def many(tmp_path: Path, pack: Callable[..., Path]) -> tuple[Path, Path]:
    """A folder with many proposals in it, and the rules for them."""
    lines = [
        json.dumps({"call": "small-call", "title": f"number {number}", "budget": {"total": f"{900 + number}.00"}})
        for number in range(MANY)
    ]
    (tmp_path / "many").mkdir()
    (tmp_path / "many" / "all.ndjson").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path / "many", pack()


def start(folder: Path, rules: Path, format_name: str, output: Path, jobs: int, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "mpfcheck", "check", folder, "--rules", rules, "--format", format_name]
    command += ["--output", output, "--jobs", str(jobs), *more]

    def heed_signals() -> None:
        # A test run in the background is started with them ignored, and so would be what it starts.
        for number in CODES:
            signal.signal(number, signal.SIG_DFL)

    return subprocess.Popen(
        list(map(str, command)), stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=heed_signals
    )


def begun(process: subprocess.Popen[str], folder: Path) -> bool:
    """Wait until the report has been begun: from then on signals are handled. False where it has ended before."""
    inside = f"{os.path.realpath(folder)}/"
    while process.poll() is None:
        with contextlib.suppress(OSError):
            files = [
                os.readlink(f"/proc/{process.pid}/fd/{number}") for number in os.listdir(f"/proc/{process.pid}/fd")
            ]
            if any(name.startswith(inside) and name.endswith("(deleted)") for name in files):
                return True
        time.sleep(0.01)
    return False


def stop(number: signal.Signals, folder: Path, rules: Path, output: Path) -> None:
    """Check into a file, and end the run in the middle: again where it came to its end before the signal did."""
    while True:
        process = start(folder, rules, "json", output, 1)
        if begun(process, output.parent):
            time.sleep(0.1)
            process.send_signal(number)
        process.communicate(timeout=120)
        # A signal that comes in the last moments finds the report written, and ends the program all the same.
        written = output.read_text(encoding="utf-8") if output.exists() else ""
        if process.returncode != 1 and '"complete": true' not in written:
            break
    assert process.returncode == CODES[number]


def says_not_complete(format_name: str, text: str) -> bool:
    """Whether a report is marked as not complete, in the way of its format, and can be read to its end."""
    match format_name:
        case "json":
            summary = json.loads(text)["summary"]
            return not summary["complete"] and bool(summary["interrupted"]) and summary["proposals"] < MANY
        case "sarif":
            [run] = json.loads(text)["runs"]
            return not run["invocations"][0]["executionSuccessful"] and bool(run["properties"]["interrupted"])
        case "junit":
            root = ElementTree.fromstring(text)  # noqa: S314 - our own
            return root.find("testsuite[@name='mpfcheck']/testcase/error") is not None
        case "jsonl":
            # A line is of one proposal, so the name of the file must say it, and that its last line has no end.
            return all("verdict" in json.loads(line) for line in text.splitlines()) and not text.endswith("\n")
        case "csv":
            rows = list(csv.reader(text.removeprefix("\ufeff").splitlines()))
            return all(len(row) == len(rows[0]) for row in rows) and not text.endswith(("\r", "\n"))
        case "html":
            return "This report is not complete." in text and text.endswith("</html>\n")
    return "This report is not complete." in " ".join(text.split())


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="there is no /proc here")
@pytest.mark.parametrize("older", [True, False], ids=["over an older report", "without one"])
@pytest.mark.parametrize("format_name", FORMATS)
def test_a_run_stopped_at_a_random_moment_is_marked_and_replaces_nothing(
    tmp_path: Path, many: tuple[Path, Path], format_name: str, older: bool
) -> None:
    seed = random.randrange(10**6)  # noqa: S311 - for a test
    print(f"seed {seed}")
    chance = random.Random(seed)  # noqa: S311 - for a test
    number, jobs = chance.choice(list(CODES)), chance.choice([1, 2])
    folder = tmp_path / "reports"
    folder.mkdir()
    output = folder / "report.json"
    if older:
        output.write_text(OLDER)
    process = start(*many, format_name, output, jobs)
    assert begun(process, folder)
    time.sleep(chance.random() * 1.5)
    signalled = time.monotonic()
    (os.killpg if chance.random() < 0.5 else os.kill)(process.pid, number)
    twice = chance.random() < 0.5
    if twice:
        # Shells and supervisors send it twice.
        with contextlib.suppress(OSError):
            os.kill(process.pid, number)
    _, said = process.communicate(timeout=120)
    slow = time.monotonic() - signalled > IMPATIENT_AFTER
    names = sorted(path.name for path in folder.iterdir())

    assert "Traceback" not in said
    if twice and slow and "No report was written" in said:
        # On a computer that stood still between the two, the second is that of somebody who does not want to wait.
        assert process.returncode == CODES[number]
        assert names == (["report.json"] if older else [])
        assert not older or output.read_text() == OLDER
        return
    if process.returncode in (0, 1):
        # It came to its end before.
        assert names == ["report.json"]
        return
    assert process.returncode == CODES[number]
    marked_by_name = older or format_name in ("jsonl", "csv")
    written = "report.incomplete.json" if marked_by_name else "report.json"
    assert names == sorted({written, *(["report.json"] if older else [])}), said
    if older:
        assert output.read_text() == OLDER
        assert f"{output} is unchanged" in said
    assert f"It was written to {folder / written}" in said
    assert "Interrupted. The report is not complete" in said
    assert says_not_complete(format_name, (folder / written).read_bytes().decode())


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="there is no /proc here")
@pytest.mark.parametrize("number", CODES)
def test_a_run_stopped_before_anything_was_begun_leaves_everything(
    tmp_path: Path, many: tuple[Path, Path], number: signal.Signals
) -> None:
    """From its first breath: whatever is imported at that moment."""
    seed = random.randrange(10**6)  # noqa: S311 - for a test
    print(f"seed {seed}")
    chance = random.Random(seed)  # noqa: S311 - for a test
    folder = tmp_path / "reports"
    folder.mkdir()
    output = folder / "report.json"
    output.write_text(OLDER)
    process = start(*many, "json", output, 1)
    time.sleep(chance.random() * 0.4)
    process.send_signal(number)
    process.communicate(timeout=120)

    assert process.returncode in (-number, CODES[number], 1)
    if process.returncode != 1:
        assert output.read_text() == OLDER
    assert not [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_a_second_part_does_not_replace_the_first(tmp_path: Path, many: tuple[Path, Path]) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    output = folder / "report.json"
    output.write_text(OLDER)
    (folder / "report.incomplete.json").write_text("an older part")
    stop(signal.SIGTERM, *many, output)

    assert (folder / "report.incomplete.json").read_text() == "an older part"
    assert says_not_complete("json", (folder / "report.incomplete-2.json").read_text(encoding="utf-8"))


def test_a_part_of_a_report_does_not_verify(tmp_path: Path, many: tuple[Path, Path]) -> None:
    output = tmp_path / "report.json"
    stop(signal.SIGINT, *many, output)
    command = [sys.executable, "-m", "mpfcheck", "verify", output, many[0], "--rules", many[1]]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    assert ended.stdout.startswith("NOT COMPLETE")
    assert "the run was interrupted" in ended.stdout
    # Long paths are broken wherever the line ends.
    assert f"all.ndjson,line{MANY}The" in "".join(ended.stdout.split())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ignored_from_the_start_stays_ignored(number: signal.Signals) -> None:
    """As nohup does."""
    before = signal.signal(number, signal.SIG_IGN)
    try:
        with Interruption() as interruption, interruption.open():
            os.kill(os.getpid(), number)
        assert interruption.number is None
    finally:
        signal.signal(number, before)


@pytest.mark.parametrize("number", CODES)
def test_a_signal_waits_for_an_open_moment_and_a_second_right_after_it_does_no_more(number: signal.Signals) -> None:
    with heeding(number), Interruption() as interruption:
        os.kill(os.getpid(), number)
        os.kill(os.getpid(), number)
        with pytest.raises(Interrupted) as interrupted, interruption.open():
            raise AssertionError("the moment was not to come")
        assert interrupted.value.number == number
        os.kill(os.getpid(), number)


def test_who_does_not_want_to_wait_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    from mpfcheck.engine import interruption as module

    now = iter([0.0, IMPATIENT_AFTER + 1])
    monkeypatch.setattr(module, "monotonic", lambda: next(now))
    with heeding(signal.SIGINT), Interruption():
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(Interrupted):
            os.kill(os.getpid(), signal.SIGINT)


@contextlib.contextmanager
def heeding(number: signal.Signals) -> Iterator[None]:
    """A process that was not started to ignore a signal."""
    default = signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL
    before = signal.signal(number, default)
    try:
        yield
    finally:
        signal.signal(number, before)


@pytest.mark.parametrize("format_name", ["text", "json"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_terminal_that_is_closed_ends_the_run_with_129(many: tuple[Path, Path], format_name: str, jobs: str) -> None:
    """Nothing can be written any more, neither the report nor what is said beside it."""
    import pty

    folder, rules = many
    command = [sys.executable, "-m", "mpfcheck", "check", folder, "--rules", rules, "--format", format_name]
    child, terminal = pty.fork()
    if child == 0:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        os.execv(sys.executable, [*map(str, command), "--jobs", jobs])  # noqa: S606 - it is the program itself
    os.read(terminal, 1)
    os.close(terminal)
    _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 129


EARLY = """
import os, sys
_, module, number, *arguments = sys.argv
class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == module:
            os.kill(os.getpid(), int(number))
sys.meta_path.insert(0, Finder)
from mpfcheck.cli import program
sys.argv = ["mpfcheck", *arguments]
program()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(
    "module", ["mpfcheck.cli.main", "click", "mpfcheck.cli.terminal", "mpfcheck.cli.check", "mpfcheck.cli.output"]
)
def test_a_signal_while_it_is_being_loaded_ends_it_quietly(module: str, number: int) -> None:
    """The signal comes just before a module is loaded: the first of ours, one of others, and one of the command."""
    arguments = [sys.executable, "-c", EARLY, module, str(int(number)), "check", "--help"]
    run = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (128 + number, "", "")
