"""A process that is killed at any moment leaves a whole file, and generations that were all saved."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

from mpfcheck.drafting.store.draft_file import DraftFile
from mpfcheck.drafting.store.folders import Folders

KILLS = 30
MOST_LINES = 8
"""How many lines a process may write before it is killed, two for each save: so a slow machine kills as a fast one."""
LONGEST = 0.01
"""The seconds after that line, which spread the kills over all that a save does."""

# Saves numbers that count up, each with a text that makes a state of half a number easy to see, and says each before
# it saves it. One start for all kills: a child for each of them, made by fork.
SAVES = """
import os, sys
from pathlib import Path
from mpfcheck.drafting.store.draft_file import DraftFile
from mpfcheck.drafting.store.folders import Folders
import filelock, simplejson

folders = Folders(Path(sys.argv[2]), Path(sys.argv[3]))
for line in sys.stdin:
    child = os.fork()
    if child:
        print(child, flush=True)
        os.waitpid(child, 0)
        print("dead", flush=True)
        continue
    number = int(line)
    with DraftFile.open(sys.argv[1], folders) as draft:
        while True:
            number += 1
            os.write(2, b"%d\\n" % number)
            text = str(number) * 2000
            draft.save({"number": number, "text": text}, {"/number": text})
            os.write(2, b"%d saved\\n" % number)
"""


def whole(state: dict[str, object]) -> bool:
    return state["text"] == str(state["number"]) * 2000


def wait_for(told: Path, lines: int) -> None:
    for _ in range(60_000):
        if len(told.read_bytes().splitlines()) >= lines:
            return
        time.sleep(0.001)
    raise AssertionError(f"The saving process is stuck: {told.read_text()[-500:]}")


def test_a_killed_process_loses_at_most_the_answer_it_was_saving(folders: Folders, tmp_path: Path) -> None:
    path = tmp_path / "proposal.json"
    told = tmp_path / "told"
    DraftFile.create(path, {"number": 0, "text": "0" * 2000}, folders).close()
    chance = random.Random(2026)  # noqa: S311 - moments to kill at
    command = [sys.executable, "-c", SAVES, str(path), str(folders.drafts), str(folders.state)]
    number = surely_saved = 0
    with (
        told.open("w") as standard_error,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=standard_error, text=True
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(KILLS):
            process.stdin.write(f"{number}\n")
            process.stdin.flush()
            child = int(process.stdout.readline())
            lines = chance.randint(0, MOST_LINES)
            surely_saved += lines // 2
            wait_for(told, len(told.read_bytes().splitlines()) + lines)
            time.sleep(chance.uniform(0, LONGEST))
            os.kill(child, 9)
            assert process.stdout.readline() == "dead\n"

            said = told.read_text().splitlines()
            saved = max((int(line.split()[0]) for line in said if line.endswith("saved")), default=0)
            saved = max(saved, number)  # what the one before had saved when it was killed, but could not say any more
            with DraftFile.open(path, folders) as draft:
                number = int(str(draft.draft["number"]))
                assert whole(draft.draft)
                assert saved <= number <= saved + 1
                assert not draft.problems or all(problem.line for problem in draft.problems)
                states = [generation.draft() for generation in draft.generations()]
                assert all(map(whole, states))
                assert len(states) <= 10
                assert len({str(state["number"]) for state in states}) == len(states)
                assert all(int(str(state["number"])) <= number for state in states)
                text = draft.unfinished.get("/number", "")
                assert number == 0 or text in (str(number) * 2000, str(number + 1) * 2000)
        process.stdin.close()

    assert number >= surely_saved > KILLS
    assert sorted(os.listdir(tmp_path)) == ["proposal.json", "state", "told"]
    assert json.loads(path.read_bytes())["number"] == number
