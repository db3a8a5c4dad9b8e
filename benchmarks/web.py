"""What the form in the browser costs: processor time of a page and of an answer, memory, and the start of the program.

The server is the real one; its processor time is read from the system, so that a machine others use does not matter.
"""

from __future__ import annotations

import os
import re
import resource
import statistics
import subprocess
import sys
import urllib.request
from collections.abc import Sequence
from http.cookiejar import CookieJar
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import urlencode

__all__ = ["Costs", "measure_web", "section"]

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "eligible-lithuania-moldova.json"
PAGES = ("", "page/lead", "page/budget", "page/financing", "answers", "result", "next")
BUDGETS = {"page": 0.050, "answer": 0.060, "start": 1.5}
"""Seconds of processor time of a page, and of an answer until its panel is there; the start in starts of the wizard."""
ROUNDS = 15


class Costs(NamedTuple):
    """Seconds of processor time of pages and answers; ``memory`` in bytes; seconds of processor time of both starts."""

    pages: dict[str, Sequence[float]]
    answers: Sequence[float]
    memory: int
    start: Sequence[float]
    start_of_wizard: Sequence[float]


class Served:
    """A server of its own process on a copy of the example, and a client that has opened it."""

    def __init__(self, folder: Path) -> None:
        path = folder / "draft.json"
        path.write_bytes(EXAMPLE.read_bytes())
        command = [sys.executable, "-m", "mpfcheck", "apply", str(path), "--web", "--no-browser"]
        environment = os.environ | {"MPFCHECK_DRAFTS": str(folder / "drafts")}
        self.process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        found = re.search(r"(http://[^/]+)\S+", self.process.stderr.readline())
        assert found is not None
        self.origin = found[1]
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.get(found[0].removeprefix(self.origin))

    def get(self, path: str) -> str:
        """Fetch a page."""
        with self._opener.open(f"{self.origin}{path}") as answer:
            return str(answer.read().decode())

    def post(self, path: str, fields: dict[str, str]) -> str:
        """Send a form, and fetch the page it leads to."""
        self._opener.addheaders = [("Origin", self.origin)]
        with self._opener.open(f"{self.origin}{path}", urlencode(fields).encode()) as answer:
            return str(answer.read().decode())

    def processor_time(self) -> float:
        """Seconds of processor time the server has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """The most memory the server has used, in bytes."""
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())
        assert found is not None
        return int(found[1]) * 1024

    def end(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.communicate()


def measure_web(starts: int) -> Costs:
    """Measure pages and answers, and so many starts."""
    pages: dict[str, Sequence[float]] = {}
    answers: list[float] = []
    with TemporaryDirectory() as folder:
        served = Served(Path(folder))
        try:
            for name in PAGES:
                served.get(f"/draft/1/{name}".rstrip("/"))
                pages[name or "all pages"] = [_page(served, name) for _ in range(3)]
            source = served.get("/draft/1/page/financing")
            found = re.search(r'name="csrf" value="([^"]+)"', source)
            assert found is not None
            for number in range(3):
                before = served.processor_time()
                for cent in range(ROUNDS):
                    state = re.search(r'id="state" value="(\d+)"', source)
                    assert state is not None
                    fields = {
                        "csrf": found[1],
                        "state": state[1],
                        "do": "save",
                        "/financing/grant_requested": f"3799{number}0.{cent:02}",
                    }
                    source = served.post("/draft/1/page/financing", fields)
                answers.append((served.processor_time() - before) / ROUNDS)
            memory = served.memory()
        finally:
            served.end()
    return Costs(pages, answers, memory, [_start("--web") for _ in range(starts)], [_start() for _ in range(starts)])


def _page(served: Served, name: str) -> float:
    before = served.processor_time()
    for _ in range(ROUNDS):
        served.get(f"/draft/1/{name}".rstrip("/"))
    return (served.processor_time() - before) / ROUNDS


def _start(*arguments: str) -> float:
    """Seconds of processor time until the first page is there, or until the wizard is loaded and its calls are read."""
    with TemporaryDirectory() as folder:
        if arguments:
            served = Served(Path(folder))
            used = served.processor_time()
            served.end()
            return used
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        path = Path(folder, "draft.json")
        path.write_bytes(EXAMPLE.read_bytes())
        program = (
            "import asyncio\nfrom pathlib import Path\nfrom mpfcheck.drafting.desk import Desk\n"
            "from mpfcheck.wizard.app import Wizard\n"
            "async def main():\n"
            f"    app = Wizard(Desk(), Path({str(path)!r}))\n"
            "    async with app.run_test(size=(120, 40)) as pilot:\n"
            "        await pilot.pause()\n"
            "asyncio.run(main())\n"
        )
        environment = os.environ | {"MPFCHECK_DRAFTS": folder, "TEXTUAL_ANIMATIONS": "none"}
        subprocess.run([sys.executable, "-c", program], check=True, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def section(costs: Costs) -> str:
    """What was measured, as a section of the results."""
    medians = {name: statistics.median(seconds) for name, seconds in costs.pages.items()}
    answer, start = statistics.median(costs.answers), statistics.median(costs.start)
    ratio = start / statistics.median(costs.start_of_wizard)
    lines = [
        "",
        "## The form in the browser",
        "",
        "Processor time of the server, median.",
        "",
        "| what | measured | at most |",
        "|---|---:|---:|",
        *(
            f"| page: {name} | {1000 * took:.0f} ms | {1000 * BUDGETS['page']:.0f} ms |"
            for name, took in medians.items()
        ),
        f"| an answer, saved, until the page with its panel is there | {1000 * answer:.0f} ms "
        f"| {1000 * BUDGETS['answer']:.0f} ms |",
        f"| start until the first page, compared with the wizard's | {ratio:.2f} | {BUDGETS['start']} |",
        f"| memory | {costs.memory / 1024**2:.0f} MiB | |",
    ]
    slow = [name for name, took in medians.items() if took > BUDGETS["page"]]
    slow += ["answer"] if answer > BUDGETS["answer"] else []
    slow += ["start"] if ratio > BUDGETS["start"] else []
    lines += ["", f"Over budget: {', '.join(slow)}." if slow else "Every page and answer is within budget.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    print(section(measure_web(5)))
